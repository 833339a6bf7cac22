"""claimspans score"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..data.corpus import Corpus
from ..data.files import write_text
from ..data.manifest import MANIFEST
from ..data.problems import ClaimspansError, counted
from ..data.records import Document
from ..data.schema import read_schema
from ..scoring.matching import SCHEMES
from ..scoring.score import score
from .run_options import RunOptions, do_run, exit_code, folder_of, run_options

if TYPE_CHECKING:
    from ..data.schema import Schema
    from ..scoring.result import Result


@click.command("score", epilog="Exit code 3: more articles failed in the run than --max-fail allows.")
@click.argument("predictions", metavar="PREDICTIONS|EXTRACTOR")
@click.option("--gold", type=click.Path(), help="A gold in a file, of records or articles, not the corpus.")
@click.option("--schema", type=click.Path(), help="The schema of that gold; without one its labels are those it holds.")
@click.option("--layer", default="gold", show_default=True, help="The annotation layer to score against.")
@click.option(
    "--scheme",
    "schemes",
    multiple=True,
    help="Schemes to print: strict, exact, partial, type, or iou with a threshold (iou0.5); may be given again. "
    "[default: strict, partial; with --json also exact and type]",
)
@click.option("--brief", is_flag=True, help="Leave out what takes time on much data: intervals, characters, confusion.")
@click.option("--details", is_flag=True, help="Print confusion, characters, MUC error measures and curves as well.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@run_options
def command(
    predictions: str,
    gold: str | None,
    schema: str | None,
    layer: str,
    schemes: tuple[str, ...],
    brief: bool,
    details: bool,
    as_json: bool,
    run_options: RunOptions,
) -> None:
    """Score PREDICTIONS, a predictions file or a run folder, against the gold.

    Files are JSON lines (.jsonl, .jsonl.gz) or .parquet. Where an extractor is named instead (claimspans run --help
    lists them), it is run first; --out and what follows are options of that run.

    \b
    Example:
      claimspans score runs/rules
      claimspans score predictions.jsonl --scheme strict --scheme iou0.5 --json
      claimspans score py:my_module:extract --out runs/mine
      claimspans score --gold my-gold.jsonl my-predictions.jsonl
    """
    if schema is not None and gold is None:
        raise click.UsageError("--schema describes the gold of a file: name it with --gold")
    wanted = schemes or (SCHEMES if as_json else ("strict", "partial"))
    own = read_schema(schema) if schema is not None else None
    if gold is not None and not Path(gold).exists():
        raise ClaimspansError(f"{gold}: no such file; expected the file of a gold (--layer names a layer)")
    path, code = Path(predictions), 0
    if not path.exists() and _is_extractor(predictions):
        path, code = _run(predictions, run_options, gold, own, as_json=as_json)
    if gold is None:
        result = score(Corpus().load(layer), path, schemes=wanted, progress=True)
    else:
        result = score(Path(gold), path, schema=own, schemes=wanted, progress=True)
    if (path / MANIFEST).is_file() and path != Path(predictions):
        write_text(path / "scores.json", result.to_json(brief=brief) + "\n")
    if as_json:
        click.echo(result.to_json(brief=brief))
    else:
        _print(result, details=details, brief=brief)
    if code:
        raise click.exceptions.Exit(code)


def _is_extractor(given: str) -> bool:
    from ..extractors.registry import SCHEMES

    return given.partition(":")[0] in SCHEMES


def _run(uri: str, given: RunOptions, gold: str | None, schema: Schema | None, *, as_json: bool) -> tuple[Path, int]:
    """Run an extractor over the articles that are to be scored: the run folder, and the exit code of the run."""
    from ..data.predictions import read_gold
    from ..report.terminal import console

    documents, labels = None, None
    if gold is not None:
        read = read_gold(Path(gold), schema)
        if schema is None:
            # Which labels there are is the task, where they stand is the answer. What else a system says is its error.
            labels = sorted({span.label for one in read for span in one.spans})
        documents = [Document(doc=one.doc, text=one.text, published=one.published) for one in read]
    out = console(stderr=True)
    tally = do_run(
        uri,
        given,
        out,
        documents=documents,
        schema=schema,
        labels=labels,
        quiet=as_json,
    )
    return folder_of(uri, given), exit_code(tally, given)


def _print(result: Result, *, details: bool, brief: bool) -> None:
    from ..report import terminal

    out = terminal.console()
    for side, form in result.task.read_as.items():
        out.print(f"{side}: read as {form}", markup=False)
    if result.coverage is not None:
        out.print(result.coverage, soft_wrap=True)
    for table in terminal.span_tables(result, list(result.schemes), intervals=not brief):
        terminal.print_table(out, table)
    if result.attributes:
        terminal.print_table(out, terminal.attribute_table(result))
    if result.claims["whole"].POS or result.claims["whole"].ACT:
        terminal.print_table(out, terminal.claim_score_table(result))
    if details:
        for table in terminal.detail_tables(result):
            terminal.print_table(out, table)
    if result.ignored:
        out.print(
            f"{counted(result.ignored, 'prediction lies', 'predictions lie')} in zones, which are not read: ignored."
        )
    for note in result.notes:
        if note != result.coverage:
            out.print(note)
    out.print(result.signature, style="dim", soft_wrap=True)
