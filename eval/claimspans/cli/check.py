"""claimspans check"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ..data.checks.levels import check, check_articles, check_predictions
from ..data.corpus import Corpus
from ..data.problems import Problem, counted
from ..data.records import Document
from ..report.terminal import console, problem_lines


@click.command("check")
@click.argument("targets", nargs=-1, type=click.Path())
@click.option("--predictions", is_flag=True, help="The targets are predictions files.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.pass_context
def command(context: click.Context, targets: tuple[str, ...], predictions: bool, as_json: bool) -> None:
    """Check TARGETS: annotation layers by name or folder, or single files. Without any, the gold, or all layers.

    Levels: 1 file and JSON, 2 schema, 3 offsets, quotes, hashes and ids, 4 cross-references and overlaps,
    5 the guidelines. A higher level runs on a file only where the lower ones held.

    \b
    Example:
      claimspans check
      claimspans check pass-a annotations/gold/003.jsonl
      claimspans check --predictions runs/rules/predictions.jsonl
    """
    corpus = Corpus()
    if predictions and not targets:
        raise click.UsageError("name the predictions files to check")
    problems: list[Problem] = []
    notes: list[str] = []
    named = targets or _layers(corpus)
    for target in named:
        if predictions:
            found, documents = check_predictions(target, corpus)
            notes += failures(target, documents)
        else:
            found = check(target, corpus)
            notes += progress(target, corpus)
        problems += found
    if not named:
        problems += check_articles(corpus)
        notes += [f"{counted(len(corpus.sources), 'article')}, none annotated"]
    # What failed in a run is no mistake of the file; with --json stdout is for the problems alone.
    out = console(stderr=as_json)
    if as_json:
        click.echo(json.dumps([problem.to_dict() for problem in problems], ensure_ascii=False, indent=2))
    else:
        for line in problem_lines(problems):
            out.print(line, soft_wrap=True)
        count = len(problems)
        names = ", ".join(named) or corpus.name
        out.print(f"{names}: no problems" if not count else f"{names}: {count} problem{'s' if count > 1 else ''}")
    for note in notes:
        out.print(note, markup=False, soft_wrap=True)
    context.exit(1 if problems else 0)


def _layers(corpus: Corpus) -> tuple[str, ...]:
    """What is checked where nothing is named: the gold, or as long as there is none every layer."""
    return ("gold",) if "gold" in corpus.layers else tuple(corpus.layers)


def progress(target: str, corpus: Corpus) -> Iterator[str]:
    """How far a layer is that has not annotated every article."""
    if target not in corpus.layers and not Path(target).is_dir():
        return
    folder = corpus.layer_path(target)
    found = sum((folder / f"{doc}.jsonl").exists() for doc in corpus.sources)
    if found < len(corpus.sources):
        yield f"{target}: {found} of {counted(len(corpus.sources), 'article')} annotated"


def failures(target: str, documents: Sequence[Document]) -> Iterator[str]:
    """A sentence about the articles that failed in the run, where there are any."""
    failed = [document for document in documents if document.status == "failed"]
    if failed:
        shown = ", ".join(f"{one.doc} {one.error.kind}" if one.error else one.doc for one in failed[:10])
        more = f" and {len(failed) - 10} more" if len(failed) > 10 else ""
        yield (
            f"{target}: {len(failed)} of {len(documents)} articles failed in the run, and count as all missed: "
            f"{shown}{more}. claimspans run with --retry-failed runs them again."
        )
