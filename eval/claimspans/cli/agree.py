"""claimspans agree"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import msgspec

from ..data.corpus import Corpus
from ..data.files import refuse_input, write_text
from ..data.layer import Layer
from ..data.problems import counted
from ..layers.adjudication import origins as made
from ..layers.adjudication.origins import Origin, told
from ..layers.agreement import Agreement, agree
from ..layers.differences import differences, markdown
from ..report.agreement import agreement_tables, day_table, difference_lines
from ..report.terminal import console
from .layer_options import common_option, layer_origins, named_layers


@click.command("agree")
@click.argument("layers", nargs=-1, required=True, metavar="LAYER LAYER...")
@common_option
@click.option("--differences", "listed", is_flag=True, help="List every disagreement in reading order instead.")
@click.option(
    "--markdown",
    "file",
    type=click.Path(path_type=Path),
    help="Write the disagreements as a Markdown table with columns for decisions instead.",
)
@click.option("--by-day", is_flag=True, help="Show how agreement moves: by the day on which an article was finished.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, with the disagreements.")
def command(
    layers: tuple[str, ...],
    common: bool,
    listed: bool,
    file: Path | None,
    by_day: bool,
    as_json: bool,
) -> None:
    """Compare annotation layers: F1 of spans, κ and α of attributes, F1 of claims, and where they disagree.

    Of more than two layers every pair is compared. All must have files for the same articles, or --common be given.

    \b
    Example:
      claimspans agree pass-a pass-b
      claimspans agree pass-a pass-b gold --differences
      claimspans agree path/to/ann path/to/bob --markdown adjudication.md
    """
    if len(layers) < 2:
        raise click.UsageError(f"{layers[0]} is one layer; name two or more to compare")
    corpus = Corpus()
    documents = named_layers(corpus, layers, common=common)
    if file is not None:
        refuse_input(file, *map(corpus.layer_path, layers))
    known = layer_origins(corpus, documents, layers)
    if file is not None or (listed and not as_json):
        for origin in told(known, len(documents[0])):
            click.echo(origin, err=True)
    if file is not None:
        found = differences(*documents)
        write_text(file, markdown(found))
        click.echo(f"{counted(len(found), 'disagreement')} → {file}", err=True)
        return
    out = console()
    if listed and not as_json:
        found = differences(*documents)
        for line in difference_lines(found):
            out.print(line, soft_wrap=True)
        count = counted(len(found), "disagreement") if found else "no disagreements"
        out.print(f"{', '.join(layers)}: {count}")
        return
    days = _by_day(documents, known) if by_day else {}
    agreement = agree(*documents)
    if as_json:
        shown = agreement.to_dict() | {"differences": [each.to_dict() for each in differences(*documents)]}
        shown["origins"] = {name: msgspec.to_builtins(found) for name, found in known.items()}
        if by_day:
            shown["days"] = {day: {"articles": docs} | each.to_dict() for day, (docs, each) in days.items()}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2, allow_nan=False))
        return
    for table in agreement_tables(agreement):
        out.print(table, "")
    if by_day:
        out.print(day_table(days), "")
    for origin in told(known, len(documents[0])):
        out.print(origin, soft_wrap=True, markup=False, highlight=False)
    out.print(agreement.signature, style="dim", soft_wrap=True)


def _by_day(layers: Sequence[Layer], known: Mapping[str, Mapping[str, Origin]]) -> dict[str, tuple[int, Agreement]]:
    """How many articles were finished on each day, and the agreement on them."""
    return {
        day: (len(docs), agree(*(Layer([one for one in layer if one.doc in docs], layer.name) for layer in layers)))
        for day, docs in made.by_day(known).items()
    }
