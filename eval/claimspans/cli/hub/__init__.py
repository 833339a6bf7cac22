"""claimspans hub: one command a file."""

from __future__ import annotations

import click

from .. import LazyGroup

_COMMANDS = {
    "build": "Write the dataset folder with its card.",
    "check": "Load every configuration of a folder and compare it with the gold.",
    "diff": "Show what a push would change, column by column.",
    "push": "Check a folder, upload it in one commit, tag its version.",
}


@click.group("hub", cls=LazyGroup, home=__name__, about=_COMMANDS)
def command() -> None:
    """Build, check, compare and push the dataset on Hugging Face.

    Needs pip install 'claimspans[hub]'.

    \b
    Example:
      claimspans hub build dataset
      claimspans hub check dataset
      claimspans hub diff dataset --repo OWNER/NAME
      claimspans hub push dataset --repo OWNER/NAME
    """
