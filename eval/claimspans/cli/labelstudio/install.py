"""claimspans labelstudio install"""

from __future__ import annotations

from pathlib import Path

import click

from ...labelstudio import environment
from .local import home_option, open_home, shown_progress


@click.command("install")
@home_option
@click.option(
    "--venv", type=click.Path(path_type=Path), help="The folder of the environment, if not in the state folder."
)
def command(root: Path | None, venv: Path | None) -> None:
    """Make the environment that up would make on first use, and start nothing.

    \b
    Example:
      claimspans labelstudio install
    """
    home = open_home(root)
    if venv is None:
        home.make()
    folder = home.environment if venv is None else venv.absolute()
    with shown_progress() as progress:
        environment.ensure(folder, progress)
    click.echo(f"Label Studio {environment.VERSION} is installed in {folder}")
