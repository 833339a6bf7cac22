"""claimspans schema"""

from __future__ import annotations

import json

import click
import msgspec

from ..data.problems import KINDS, LEVELS
from ..data.schema import default_schema


@click.command("schema")
@click.option("--problems", is_flag=True, help="The kinds of problems that check finds.")
@click.option("--json", "as_json", is_flag=True, help="Print schema.json, or the kinds of problems, as JSON.")
def command(problems: bool, as_json: bool) -> None:
    """Print the labels with their attributes and values, as Markdown.

    \b
    Example:
      claimspans schema
      claimspans schema --problems
    """
    if as_json:
        kinds = {name: msgspec.structs.asdict(kind) for name, kind in KINDS.items()}
        click.echo(json.dumps(kinds if problems else default_schema().root, ensure_ascii=False, indent=2))
        return
    if problems:
        click.echo(problem_table(), nl=False)
        return
    schema = default_schema()
    for label in schema.labels:
        click.echo(f"## {label}\n\n{schema.markdown(label)}")


def problem_table() -> str:
    """The kinds of problems by level, as Markdown."""
    lines = []
    for level, title in LEVELS.items():
        lines += [f"### Level {level}: {title}", "", "| id | what is wrong | what to do |", "| --- | --- | --- |"]
        lines += [f"| `{name}` | {kind.title} | {kind.remedy} |" for name, kind in KINDS.items() if kind.level == level]
        lines.append("")
    return "\n".join(lines)
