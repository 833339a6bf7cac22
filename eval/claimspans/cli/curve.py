"""claimspans curve"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..data.corpus import Corpus
from ..data.files import write_bytes, write_text
from ..data.problems import ClaimspansError
from ..extractors.baselines.crf import LEVELS, require, train
from ..report.learning import (
    curve_csv,
    curve_dict,
    curve_picture,
    curve_table,
    label_table,
    picture_format,
    require_plot,
)
from ..report.terminal import console, print_table
from ..scoring.learning_curves import SCHEMES, Run, Train, run, subsets
from ..scoring.score import score


@click.command("curve")
@click.argument("kind", metavar="KIND", type=click.Choice(["crf"]))
@click.option("--layer", default="gold", show_default=True, help="The annotation layer to learn from and to score on.")
@click.option(
    "--features",
    "levels",
    multiple=True,
    type=click.Choice(LEVELS),
    help=f"What the model sees; may be given again, a curve each. [default: {LEVELS[-1]}]",
)
@click.option("--per-label", is_flag=True, default=None, help="A field a label, so that spans of two may overlap.")
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False), help="Write a picture as well: .svg or .png.")
@click.option(
    "--csv",
    "table",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a line a model, scheme and label as well.",
)
@click.option("--json", "as_json", is_flag=True, help="Print points and models as JSON, by label too.")
def command(
    kind: str,
    layer: str,
    levels: tuple[str, ...],
    per_label: bool | None,
    plot: Path | None,
    table: Path | None,
    as_json: bool,
) -> None:
    """Show how F1 grows with training articles: a learning curve. KIND is crf.

    A model is trained on every choice of articles, from one to all but one, and scored on the articles left out.

    \b
    Example:
      claimspans curve crf
      claimspans curve crf --features words --features rules --plot curve.svg --csv curve.csv
    """
    from rich.progress import Progress

    require()
    shape = picture_format(plot) if plot is not None else ""
    if plot is not None:
        require_plot()
    gold = Corpus().load(layer)
    chosen = subsets([document.doc for document in gold])
    if not chosen:
        raise ClaimspansError(f"{layer}: has one article; a learning curve needs two or more")
    wanted = list(dict.fromkeys(levels)) or [LEVELS[-1]]
    curves: dict[str, list[Run]] = {}
    with Progress(console=console(stderr=True), transient=True) as progress:
        bar = progress.add_task(kind, total=len(wanted) * len(chosen))
        for level in wanted:
            curves[level] = []
            for docs in chosen:
                curves[level].append(run(gold, docs, _trained(level, per_label)))
                progress.advance(bar)
    if plot is not None:
        write_bytes(plot, curve_picture(curves, shape))
    if table is not None:
        write_text(table, curve_csv(curves))
    signature = score(gold, [], schemes=SCHEMES).signature
    if as_json:
        shown = {"signature": signature, "kind": kind, "curves": curve_dict(curves)}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2, allow_nan=False))
        return
    out = console()
    print_table(out, curve_table(curves))
    for scheme in SCHEMES:
        print_table(out, label_table(curves, scheme))
    out.print(signature, style="dim", soft_wrap=True)


def _trained(level: str, per_label: bool | None) -> Train:
    # A curve has the figures of spans: their attributes and claims would take time.
    return lambda documents: train(documents, features=level, per_label=per_label).mark
