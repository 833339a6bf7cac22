"""claimspans schema"""

from __future__ import annotations

import click

from ..problems import KINDS, LEVELS
from ..schema import default_schema


@click.command("schema")
@click.option("--problems", is_flag=True, help="The kinds of problems that check finds.")
def command(problems: bool) -> None:
    """Print the labels with their attributes and values, as Markdown.

    \b
    Example:
      claimspans schema
      claimspans schema --problems
    """
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
