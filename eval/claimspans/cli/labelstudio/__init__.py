"""The command group claimspans labelstudio: one command a file, imported where it is called."""

from __future__ import annotations

import importlib

import click

_COMMANDS = {
    "config": "Print the labelling configuration of the schema.",
    "down": "Stop the local Label Studio.",
    "install": "Make the environment of the local Label Studio, and no more.",
    "invite": "Make an account for an annotator.",
    "pull": "Fetch what annotators submitted.",
    "push": "Send articles, with suggestions to correct.",
    "status": "Say whether the local Label Studio runs, where, and with which projects.",
    "suggest": "Serve an extractor: live suggestions.",
    "up": "Start a local Label Studio with the articles in it.",
}


class _Group(click.Group):
    """Imports a command where it is called, so that --help answers at once."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        found: click.Command = importlib.import_module(f"{__name__}.{cmd_name}").command
        return found

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group("labelstudio", cls=_Group)
def command() -> None:
    """Annotate in Label Studio.

    \b
    Example:
      claimspans labelstudio up
      claimspans labelstudio push --suggest rules
      claimspans labelstudio pull
    """
