"""A command group that imports a command where it is called, so that --help answers at once."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """Commands that live in modules of ``home`` under their own names, each with a line about it."""

    def __init__(self, *args: Any, home: str, about: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._home = home
        self._about = about

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self._about)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._about:
            return None
        found: click.Command = importlib.import_module(f"{self._home}.{cmd_name}").command
        return found

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(self._about.items()))
