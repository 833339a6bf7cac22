"""claimspans harness"""

from __future__ import annotations

import json

import click

from ..export.harnesses import HARNESSES, harness_path


@click.command("harness")
@click.argument("name", type=click.Choice(list(HARNESSES)))
@click.option("--json", "as_json", is_flag=True, help="Print the path as JSON.")
def command(name: str, as_json: bool) -> None:
    """Print the path of what another evaluation harness is given to score with us.

    For inspect it is a task file, for lm-eval the folder for --include_path, for evaluate the module to load.

    \b
    Example:
      lm-eval run --include_path "$(claimspans harness lm-eval)" --tasks claimspans --model dummy
    """
    path = harness_path(name)
    click.echo(json.dumps({"harness": name, "path": str(path)}) if as_json else path)
