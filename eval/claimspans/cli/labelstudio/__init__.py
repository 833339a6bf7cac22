"""The command group claimspans labelstudio: one command a file."""

from __future__ import annotations

import click

from .. import LazyGroup

_COMMANDS = {
    "config": "Print the labelling configuration of the schema.",
    "down": "Stop the local Label Studio.",
    "install": "Make the environment of the local Label Studio, and no more.",
    "invite": "Make an account for an annotator.",
    "pull": "Fetch what annotators submitted.",
    "push": "Send articles, with suggestions to correct.",
    "status": "Say how far each annotator is, and whether the local Label Studio runs.",
    "suggest": "Serve an extractor: live suggestions.",
    "up": "Start a local Label Studio with the articles in it.",
}


@click.group("labelstudio", cls=LazyGroup, home=__name__, about=_COMMANDS)
def command() -> None:
    """Annotate in Label Studio.

    \b
    Example:
      claimspans labelstudio up
      claimspans labelstudio push --suggest rules
      claimspans labelstudio pull
    """
