"""What the commands share that work through an archive on an engine."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click
import msgspec

from .scoring_options import gathering

if TYPE_CHECKING:
    from ..export.engines.files import Folder
    from ..export.engines.runners import Each

ENGINES = ("local", "ray")


class EngineOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The engine as the command line names it."""

    name: str | None
    keep: str | None

    def require(self) -> None:
        """Raise `click.UsageError` for what makes no sense without an engine."""
        if self.name is None and self.keep is not None:
            raise click.UsageError("--keep is a folder of the work of an --engine: name one, or leave it out")

    def refuse_others(self, context: click.Context, allowed: Collection[str]) -> None:
        """Raise `click.UsageError` for an option that asks for more than an engine does, or lacks what it needs."""
        for parameter in context.command.params:
            told = context.get_parameter_source(parameter.name or "") is click.core.ParameterSource.COMMANDLINE
            if told and parameter.name not in {*allowed, *EngineOptions.__struct_fields__}:
                raise click.UsageError(
                    f"{parameter.opts[-1]} goes without --engine, which works through partitions and holds no article"
                )
        if self.name == "ray" and os.environ.get("RAY_ADDRESS") and self.keep is None:
            raise click.UsageError(
                "on a cluster --engine needs --keep: a folder that all its machines see, as of s3://"
            )

    @contextmanager
    def started(self) -> Iterator[tuple[Folder, Each]]:
        """The folder to work in, which is gone afterwards unless it is named, and the engine."""
        from ..export.engines.files import folder
        from ..export.engines.runners import runner

        with ExitStack() as stack:
            place = self.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="claimspans-"))
            yield folder(place), stack.enter_context(runner(self.name or "local"))


engine_options = gathering(
    "engine",
    EngineOptions,
    (
        click.option(
            "--engine",
            "name",
            type=click.Choice(ENGINES),
            help="Work through Parquet files, as many as there are: files, folders and patterns with *, also of s3://. "
            "On Ray, or in this process.",
        ),
        click.option("--keep", metavar="FOLDER", help="Keep the work of an engine; the same command goes on."),
    ),
)
"""Gives a command the options of an engine; it gets them as ``engine``."""
