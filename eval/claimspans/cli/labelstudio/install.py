"""claimspans labelstudio install"""

from __future__ import annotations

from pathlib import Path

import click

from ...labelstudio import environment
from .server_options import home_option, open_home, shown_progress


@click.command("install")
@home_option
@click.option(
    "--venv", type=click.Path(path_type=Path), help="The folder of the environment, if not in the state folder."
)
@click.option("--unpinned", is_flag=True, help="The newest of what Label Studio needs, not what it was tried with.")
def command(root: Path | None, venv: Path | None, unpinned: bool) -> None:
    """Make the environment that up would make on first use, and start nothing. One that is there stays as it is.

    \b
    Example:
      claimspans labelstudio install
    """
    home = open_home(root)
    if venv is None:
        home.make()
    folder = home.environment if venv is None else venv.absolute()
    with shown_progress() as progress:
        environment.ensure(folder, progress, pinned=not unpinned)
    click.echo(f"Label Studio {environment.VERSION} is installed in {folder}")
