"""claimspans labelstudio config"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ...data.files import write_text
from ...data.schema import default_schema
from ...labelstudio.config import configuration, instruction


@click.command("config")
@click.option("--instruction", "as_instruction", is_flag=True, help="The short guidelines (HTML) in its place.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to a file.")
@click.option("--json", "as_json", is_flag=True, help="Both as JSON, named as in the body of /api/projects.")
def command(as_instruction: bool, out: Path | None, as_json: bool) -> None:
    """Print the labelling configuration that push gives a project.

    Labels, fields, values and hints are those of schema.json; the same schema gives the same bytes.

    \b
    Example:
      claimspans labelstudio config --out config.xml
    """
    found = default_schema()
    text = instruction(found) if as_instruction else configuration(found)
    if as_json:
        both = {"label_config": configuration(found), "expert_instruction": instruction(found)}
        text = json.dumps(both, ensure_ascii=False) + "\n"
    if out is not None:
        write_text(out, text)
    else:
        click.echo(text, nl=not text.endswith("\n"))
