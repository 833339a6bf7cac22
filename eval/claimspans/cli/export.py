"""claimspans export"""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec

from ..data.corpus import Corpus
from ..data.files import refuse_taken
from ..data.predictions import read_gold
from ..data.problems import ClaimspansError, counted
from ..data.records import Document
from ..data.schema import Schema, read_schema
from ..export.formats import FORMATS, get
from ..export.training_files import Exported, export
from .run_options import options_given


def _table() -> str:
    width = max(map(len, FORMATS))
    return "\n".join(f"  {name:<{width}}  {made.about}" for name, made in FORMATS.items())


@click.command("export", help=None)
@click.argument("name", metavar="FORMAT")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder to make.")
@click.option("--layer", default="gold", show_default=True, help="The annotation layer to export.")
@click.option("--gold", type=click.Path(), help="A gold in a file, of articles with text, not the corpus.")
@click.option("--schema", type=click.Path(), help="The schema of that gold; without one its labels are those it holds.")
@click.option("--fold", metavar="DOC", help="Hold this article out: train has the others, test has it.")
@click.option("--folds", is_flag=True, help="Hold each article out in turn, a folder for each.")
@click.option(
    "-o",
    "--option",
    multiple=True,
    metavar="NAME=VALUE",
    help="What a prompt tells, as for openai: (attributes, claims, guidelines); repeatable.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written, and what was not, as JSON.")
def command(
    name: str,
    out: Path,
    layer: str,
    gold: str | None,
    schema: str | None,
    fold: str | None,
    folds: bool,
    option: tuple[str, ...],
    as_json: bool,
) -> None:
    if fold is not None and folds:
        raise click.UsageError("--folds holds each article out in turn, --fold one: give one of the two")
    if schema is not None and gold is None:
        raise click.UsageError("--schema describes the gold of a file: name it with --gold")
    get(name)
    refuse_taken(out)
    documents, used = _layer(layer) if gold is None else _own(gold, schema)
    options = options_given(option, None)
    written = export(documents, name, out, schema=used, options=options, fold=fold, folds=folds)
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(written), ensure_ascii=False, indent=2))
    else:
        for line in _lines(written):
            click.echo(line, err=True)


command.help = f"""Write the gold in FORMAT for training, or for another tool, into a new folder.

\b
Formats:
{_table()}

Without --fold and --folds the folder holds one file, all, with every article; with them train and test, split by
article. What a format cannot hold, and what it does with zones, is said on standard error and with --json.

\b
Example:
  claimspans export spacy --out data/spacy --folds
  claimspans export chat --out data/chat --fold 003 -o claims=false
  claimspans export bio --gold my-gold.jsonl --out data/bio --json
"""


def _own(gold: str, schema: str | None) -> tuple[list[Document], Schema | None]:
    if not Path(gold).exists():
        raise ClaimspansError(f"{gold}: no such file; expected the file of a gold (--layer names a layer)")
    own = read_schema(schema) if schema is not None else None
    return read_gold(Path(gold), own), own


def _layer(layer: str) -> tuple[list[Document], Schema | None]:
    """A layer; one whose references or overlaps are broken would make broken training data."""
    from ..data.checks.levels import check

    corpus = Corpus()
    problems = check(layer, corpus, levels=4)
    if problems:
        first = f"{problems[0]}" + (f"\n… and {len(problems) - 1} more" if len(problems) > 1 else "")
        raise ClaimspansError(f"{first}\n{layer} does not pass `claimspans check`; mend it first")
    found = corpus.load(layer)
    if found.progress is not None:
        click.echo(f"{found.progress}; the others are not exported", err=True)
    return list(found), corpus.schema


def _lines(written: Exported) -> list[str]:
    files = counted(len(written.files), "file")
    held = f"{counted(written.articles, 'article')}, {counted(written.spans, 'span')}"
    lines = [f"{written.format}: {held} → {written.out} ({files})"]
    if written.dropped:
        left_out = ", ".join(f"{reason} ({count:,})" for reason, count in written.dropped.items())
        lines.append(f"not in it: {left_out}")
    if written.zones["count"]:
        lines.append(f"{counted(written.zones['count'], 'zone')}, not read: {written.zones['treatment']}")
    return lines
