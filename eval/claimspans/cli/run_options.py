"""What `claimspans run` and `claimspans score URI` share: the options of a run, its progress, and its summary."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..data.corpus import Corpus
from ..data.problems import ClaimspansError
from ..data.schema import default_schema
from .run_summary import summary
from .scoring_options import READING, ReadingOptions, gathering

if TYPE_CHECKING:
    from rich.console import Console

    from ..data.records import Document
    from ..data.schema import Schema
    from ..extractors.run import Tally

TOO_MANY_FAILED = 3
"""Exit code of a run of which more than ``--max-fail`` failed."""


class RunOptions(ReadingOptions, frozen=True, kw_only=True):
    """The options of a run as the command line gives them."""

    out: Path | None
    option: tuple[str, ...]
    shots: int | None
    only: tuple[str, ...]
    workers: int | None
    batch: int | None
    timeout: float
    load_timeout: float
    memory: int | None
    max_fail: float
    repeat: int | None
    fresh: bool
    retry_failed: bool
    note: str | None


_POSITIVE = click.FloatRange(min=0, min_open=True)
_OPTIONS = (
    click.option("--out", type=click.Path(path_type=Path), help="The run folder. [default: runs/EXTRACTOR]"),
    *READING,
    click.option("-o", "--option", multiple=True, metavar="NAME=VALUE", help="An option of the extractor; repeatable."),
    click.option(
        "--shots",
        type=click.IntRange(min=0),
        help="Example articles for a language model; never the article itself.",
    ),
    click.option("--only", multiple=True, metavar="DOC", help="Run this article, the others later; repeatable."),
    click.option("--workers", type=click.IntRange(min=1), help="Processes side by side. [default: one a core]"),
    click.option(
        "--batch",
        type=click.IntRange(min=1),
        help="Articles that a worker gets at once, with --timeout for each. [default: what the extractor likes]",
    ),
    click.option("--timeout", type=_POSITIVE, default=60.0, show_default=True, help="Seconds for an article."),
    click.option(
        "--load-timeout",
        type=_POSITIVE,
        default=300.0,
        show_default=True,
        help="Seconds to load the extractor, and for its first article.",
    ),
    click.option(
        "--memory",
        type=click.IntRange(min=1),
        metavar="MIB",
        help="A worker that holds more is ended. [default: 3/4 of the machine's, shared out]",
    ),
    click.option(
        "--max-fail",
        type=click.FloatRange(0, 1),
        default=0.01,
        show_default=True,
        help="The share of articles that may fail; past it the exit code is 3.",
    ),
    click.option(
        "--repeat",
        type=click.IntRange(min=2),
        help="Run the first ten articles so often, and say how far the runs agree.",
    ),
    click.option("--fresh", is_flag=True, help="Remove an earlier run from the folder first."),
    click.option("--retry-failed", is_flag=True, help="Run again also what failed in an earlier run."),
    click.option("--note", help="What a reader of the figures must know; claimspans leaderboard shows it."),
)


run_options = gathering("run_options", RunOptions, _OPTIONS)
"""Gives a command the options of a run; it gets them as ``run_options``."""


def refuse_run_options(context: click.Context, predictions: str, allowed: Collection[str]) -> None:
    """Raise `click.UsageError` where an option of a run is given with a file, which is not run."""
    for field in RunOptions.__struct_fields__:
        if context.get_parameter_source(field) is click.core.ParameterSource.COMMANDLINE and field not in allowed:
            option = next(each.opts[-1] for each in context.command.params if each.name == field)
            raise click.UsageError(
                f"{option} is an option of a run, and {predictions} holds predictions that are there: leave it out, or "
                f"name an extractor, such as file:{predictions}"
            )


def folder_of(uri: str, given: RunOptions) -> Path:
    """The run folder: the one that is named, or one that is named for the extractor."""
    from ..extractors.run.folder import default_folder

    return given.out if given.out is not None else default_folder(uri)


def do_run(
    uri: str,
    given: RunOptions,
    out: Console,
    *,
    documents: list[Document] | None = None,
    schema: Schema | None = None,
    labels: Collection[str] | None = None,
    quiet: bool = False,
    restart: bool = False,
) -> Tally:
    """Run an extractor with a bar on ``out``, and print there what became of the articles.

    ``documents`` are the articles of the corpus at hand unless given, ``schema`` its schema too, unless ``labels`` are
    those of articles without one. A run of another version that is there is begun anew where no folder is named, or
    with ``restart``. Raises `ClaimspansError` as `claimspans.extractors.run.run` does.
    """
    from ..data.label_map import read_label_map
    from ..extractors.run import Limits, run
    from ..extractors.run.consistency import repeat

    version = None
    if documents is None:
        corpus = Corpus()
        documents, schema, version = corpus.plain(), corpus.schema, corpus.version
    elif schema is None and labels is None:
        schema = default_schema()
    known = None if schema is None else schema.labels
    label_map = None if given.label_map is None else read_label_map(given.label_map, known)
    settings: dict[str, Any] = {
        "options": options_given(given.option, given.shots),
        "label_map": label_map,
        "read_as": given.read_as,
        "schema": schema,
        "labels": labels,
        "dataset": version,
        "note": given.note,
        "workers": given.workers,
        "batch": given.batch,
        "limits": Limits(
            timeout=given.timeout,
            load_timeout=given.load_timeout,
            memory=None if given.memory is None else given.memory << 20,
        ),
    }
    folder = folder_of(uri, given)
    with nullcontext(None) if quiet else _bar(out, uri, len(documents)) as moved:
        try:
            tally = run(
                uri,
                documents,
                folder,
                only=given.only,
                fresh=given.fresh,
                restart=restart or given.out is None,
                retry_failed=given.retry_failed,
                done=moved,
                **settings,
            )
        except KeyboardInterrupt:
            out.print(f"Stopped. What was done is in {folder}; the same command goes on from there.")
            raise
    if given.repeat is not None:
        tally.repeat = repeat(uri, documents, folder, given.repeat, settings)
    if not quiet:
        for line in summary(uri, folder, tally):
            out.print(line, soft_wrap=line.startswith("  "))  # a line of a traceback is not broken
    return tally


def options_given(option: Sequence[str], shots: int | None) -> dict[str, Any]:
    """The options of an extractor from the command line; raises `ClaimspansError` for one without a value."""
    found: dict[str, Any] = {} if shots is None else {"shots": shots}
    for one in option:
        name, equals, value = one.partition("=")
        if not equals:
            raise ClaimspansError(f"--option {one}: expected NAME=VALUE")
        found[name.strip()] = value
    return found


@contextmanager
def _bar(out: Console, uri: str, total: int) -> Iterator[Callable[[Tally], None]]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[trouble]}", markup=False),
        TimeRemainingColumn(),
    )
    progress = Progress(*columns, console=out, transient=True)
    task = progress.add_task(uri[:60], total=total, trouble="")

    def moved(tally: Tally) -> None:
        trouble = ", ".join(
            f"{tally.statuses[status]} {status}" for status in ("partial", "failed") if tally.statuses[status]
        )
        if not progress.live.is_started and out.is_terminal:
            progress.start()  # not before there is something to show: loading may end in an error
        progress.update(task, completed=tally.settled, trouble=trouble)

    try:
        yield moved
    finally:
        if progress.live.is_started:
            progress.stop()


def exit_code(tally: Tally, given: RunOptions) -> int:
    """3 where more failed than may, or the run stopped for that; 1 where nothing could be used; else 0."""
    if tally.stopped or (tally.failed_share or 0) > given.max_fail:
        return TOO_MANY_FAILED
    return int(tally.useless)
