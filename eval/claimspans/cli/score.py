"""claimspans score"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from ..data.files import write_text
from ..data.layer import Layer
from ..data.manifest import MANIFEST
from ..data.predictions import predictions_path, read_gold
from ..data.problems import ClaimspansError
from ..data.records import Document
from ..data.schema import read_schema
from ..report.formats import FORMATS
from ..scoring.inputs import Reading
from ..scoring.matching import SCHEMES
from ..scoring.score import score
from ..scoring.thresholds import Threshold, read_threshold
from .engine_options import EngineOptions, engine_options
from .print_score import Shown, print_score
from .run_options import RunOptions, do_run, exit_code, folder_of, refuse_run_options, run_options
from .scoring_options import GoldOptions, gold_options

if TYPE_CHECKING:
    from ..data.schema import Schema
    from ..extractors.run import Tally
    from ..scoring.editions import Loss
    from ..scoring.result import Result

_OF_FILES = ("label_map", "only", "read_as")
"""Options of a run that say something of a predictions file too."""

_OF_ARCHIVES = frozenset(
    {"predictions", "gold", "schema", "schemes", "brief", "details", "form", "as_json", "fail_under", *_OF_FILES}
    - {"only"}
)
"""Options that go with an engine."""


class _Call(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line asks for."""

    predictions: str
    against: GoldOptions
    schemes: tuple[str, ...]
    brief: bool
    details: bool
    errors: bool
    form: str
    thresholds: tuple[Threshold, ...]
    editions: int
    engine: EngineOptions
    run: RunOptions


@click.command(
    "score",
    epilog="Exit code 1: a figure is under its threshold, or nothing that the system gave could be used. "
    "3: more articles failed in the run than --max-fail allows.",
)
@click.argument("predictions", metavar="PREDICTIONS|EXTRACTOR")
@gold_options
@click.option(
    "--scheme",
    "schemes",
    multiple=True,
    help="Schemes to print: strict, exact, partial, type, or iou with a threshold (iou0.5); may be given again. "
    "[default: strict, partial; with --format json or csv also exact and type]",
)
@click.option("--brief", is_flag=True, help="Print the spans' figures alone, without what takes time on much data.")
@click.option("--details", is_flag=True, help="Print confusion, characters, MUC error measures and curves as well.")
@click.option("--errors", is_flag=True, help="List every error in its sentence as well.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option(
    "--fail-under",
    multiple=True,
    metavar="FIGURE=NUMBER",
    help="End with exit code 1 where a figure is less, such as strict.f1=.8 or strict.DATE.recall=.9; repeatable.",
)
@click.option(
    "--editions",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Run the extractor over N editions of the articles too, with names, dates and figures exchanged, and compare.",
)
@engine_options
@click.option("--watch", "watched", is_flag=True, help="Score again each time that a file of the system is saved.")
@run_options
@click.pass_context
def command(
    context: click.Context,
    /,
    predictions: str,
    fail_under: tuple[str, ...],
    form: str,
    as_json: bool,
    watched: bool,
    run_options: RunOptions,
    **given: Any,
) -> None:
    """Score PREDICTIONS, a predictions file or a run folder, against the gold.

    Files are JSON lines (.jsonl, .jsonl.gz) or .parquet. Where an extractor is named instead (claimspans run --help
    lists them), it is run first; --out and what follows are options of that run. --only and --map hold for files too.

    \b
    Example:
      claimspans score runs/rules
      claimspans score predictions.jsonl --scheme strict --scheme iou0.5 --json
      claimspans score py:my_module:extract --watch --errors
      claimspans score runs/mine --fail-under strict.f1=.8
      claimspans score rules --editions 20
      claimspans score --gold my-gold.jsonl my-predictions.jsonl
      claimspans score --gold 's3://news/gold/*.parquet' s3://news/predictions --engine ray --keep s3://news/counts
    """
    form = "json" if as_json else form
    call = _Call(
        predictions=predictions, form=form, thresholds=tuple(map(read_threshold, fail_under)), run=run_options, **given
    )
    _refuse(context, call)
    if watched and call.editions:
        raise click.UsageError("--watch goes without --editions: they take as long as so many runs")
    if watched:
        from .watch import files_named, watch

        named = (call.against.gold, call.against.schema, call.run.label_map)
        beside = [Path(name) for name in named if name and Path(name).is_file()]
        own = files_named(predictions) or [predictions_path(predictions)]
        watch(lambda number: [*_once(call, again=number > 0)[1], *beside], [*own, *beside])
        return
    code = _once(call)[0] if call.engine.name is None else _finished(_of_archive(call), call)
    if code:
        raise click.exceptions.Exit(code)


def _refuse(context: click.Context, call: _Call) -> None:
    """Raise `ClaimspansError` or `click.UsageError` for what makes no sense together, before anything is done."""
    if call.engine.name is not None:
        call.engine.refuse_others(context, _OF_ARCHIVES)
        if call.against.gold is None:
            raise click.UsageError("--engine needs --gold: the Parquet files of the gold")
    else:
        call.engine.require()
        call.against.require()
    if call.form not in ("table", "json") and (call.errors or call.details):
        raise click.UsageError(f"--errors and --details go with the formats table and json, not with {call.form}")
    if call.editions and (call.against.gold is not None or not _is_run(call) or call.form not in ("table", "json")):
        raise click.UsageError(
            "--editions needs an extractor that can be run, the corpus instead of --gold, and the format table or json"
        )
    if call.engine.name is None and not _is_run(call):
        refuse_run_options(context, call.predictions, _OF_FILES)


def _of_archive(call: _Call) -> Result:
    """The score of the Parquet files that are named."""
    from ..export.engines.files import parquet_files
    from ..export.engines.scoring import score_archive

    schema = None if call.against.schema is None else read_schema(call.against.schema)
    sides = parquet_files(str(call.against.gold)), parquet_files(call.predictions)
    with call.engine.started() as (kept, each):
        return score_archive(*sides, kept, each, schema=schema, schemes=_schemes(call), **call.run.reading)


def _is_run(call: _Call) -> bool:
    """Whether an extractor is to be run: no path, and the name of one."""
    from ..extractors.registry import SCHEMES as KINDS

    return not Path(call.predictions).exists() and call.predictions.partition(":")[0] in KINDS


def _once(call: _Call, *, again: bool = False) -> tuple[int, list[Path]]:
    """Score, and print it: the exit code, and the files whose change makes it another score."""
    gold, schema = call.against.load()
    tally: Tally | None = None
    path = Path(call.predictions)
    if _is_run(call):
        if isinstance(gold, Layer) and call.against.split is not None and not call.run.only:
            chosen = tuple(document.doc for document in gold)
            call = msgspec.structs.replace(call, run=msgspec.structs.replace(call.run, only=chosen))
        tally = _run(call, gold, schema, again=again)
        path = folder_of(call.predictions, call.run)
    reading = call.run.reading if tally is None else Reading()  # a run has read its answers so
    result = _scored(gold, path, schema, _schemes(call), call.run.only, reading)
    if tally is not None and (path / MANIFEST).is_file() and not call.run.only:
        write_text(path / "scores.json", result.to_json(brief=call.brief) + "\n")
    code = 0 if tally is None else exit_code(tally, call.run)
    lost: list[Loss] = []
    if call.editions:
        from .edition_scores import score_editions

        quiet = call.form != "table"
        lost, over = score_editions(
            call.predictions, result, call.against.layer, call.editions, path, call.run, quiet=quiet
        )
        code = max(code, exit_code(over, call.run))
    code = _finished(result, call, lost, code)
    return code, [predictions_path(path)] if tally is None else [Path(file) for file in tally.files]


def _schemes(call: _Call) -> list[str]:
    """The schemes that are to be printed or held against a threshold."""
    wanted = call.schemes or (SCHEMES if call.form in ("json", "csv") else ("strict", "partial"))
    asked = [each.scheme for each in call.thresholds if each.scheme is not None]
    return list(dict.fromkeys([*wanted, *asked]))


def _finished(result: Result, call: _Call, lost: Sequence[Loss] = (), code: int = 0) -> int:
    """Print a score, and say which thresholds it does not reach: the exit code."""
    shown = Shown(call.form, brief=call.brief, details=call.details, errors=call.errors, editions=call.editions)
    print_score(result, shown, lost)
    for threshold in call.thresholds:
        short = threshold.shortfall(result)
        if short is not None:
            click.echo(f"claimspans: {short}", err=True)
            code = code or 1
    return code


def _scored(
    gold: Layer | Path,
    path: Path,
    schema: Schema | None,
    schemes: list[str],
    only: Collection[str],
    reading: Reading,
) -> Result:
    """The score; of the articles of ``only`` alone where there are any."""
    if not only:
        return score(gold, path, schema=schema, schemes=schemes, progress=True, **reading)
    layer = gold if isinstance(gold, Layer) else Layer(read_gold(gold, schema), "data")
    _refuse_unknown(only, [one.doc for one in layer])
    return score(layer.only(only), path, schema=schema, schemes=schemes, **reading)


def _refuse_unknown(only: Iterable[str], known: Sequence[str]) -> None:
    for doc in only:
        if doc not in known:
            raise ClaimspansError(f"{doc}: no such article; expected one of {', '.join(known[:10])}")


def _run(call: _Call, gold: Layer | Path, schema: Schema | None, *, again: bool) -> Tally:
    """Run an extractor over the articles that are to be scored."""
    from ..report.terminal import console

    documents, labels = None, None
    if isinstance(gold, Path):
        read = read_gold(gold, schema)
        if schema is None:
            # Which labels there are is the task, where they stand is the answer. What else a system says is its error.
            labels = sorted({span.label for one in read for span in one.spans})
        documents = [Document(doc=one.doc, text=one.text, published=one.published) for one in read]
    return do_run(
        call.predictions,
        call.run,
        console(stderr=True),
        documents=documents,
        schema=schema,
        labels=labels,
        quiet=call.form != "table",
        restart=again,
    )
