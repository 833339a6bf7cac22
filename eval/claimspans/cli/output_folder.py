"""A folder that a command line names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class Folder(click.Path):
    """An empty name, such as that of a variable that is not set, is refused: it would be the current folder."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value):
            self.fail("is empty; name a folder, or . for the current one", param, ctx)
        return super().convert(value, param, ctx)
