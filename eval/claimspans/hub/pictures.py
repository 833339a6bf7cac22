"""The card's pictures of labels and of an article as SVG, the same for the same input."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..data.corpus import Corpus
from ..data.problems import ClaimspansError
from ..data.records import Document
from ..data.schema import Schema

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SHADES = 12
"""Articles up to which each has a shade of its own."""


def example(corpus: Corpus, gold: Sequence[Document], lines: int = 5) -> str:
    """The first lines of the shortest article with its spans in colour and its claims."""
    from ..report.articles import article, head
    from ..report.picture import to_svg

    shortest = min(gold, key=lambda document: len(document.text or ""))
    shown = article(head(shortest, lines), corpus.sources[shortest.doc], corpus.schema)
    return to_svg([shown], f"claimspans show {shortest.doc} --head {lines}")


def labels(gold: Sequence[Document], schema: Schema) -> str:
    """Spans by label, each bar in the label's colour, a shade an article."""
    figure, axes = _drawn(7, 3)
    names = list(schema.labels)
    shades = len(gold) <= _SHADES
    parts = [[document] for document in gold] if shades else [list(gold)]
    left = [0] * len(names)
    for number, documents in enumerate(parts):
        counts = Counter(span.label for document in documents for span in document.spans)
        widths = [counts[name] for name in names]
        axes.barh(
            names,
            widths,
            left=left,
            color=[schema.labels[name].color for name in names],
            alpha=1 - 0.7 * number / max(1, len(parts)),
            edgecolor="white",
        )
        left = [start + width for start, width in zip(left, widths, strict=True)]
    for number, total in enumerate(left):
        axes.annotate(str(total), (total, number), xytext=(4, 0), textcoords="offset points", va="center")
    axes.invert_yaxis()
    each = f"; a shade for each article, {' · '.join(document.doc for document in gold)}" if shades else ""
    axes.set_xlabel(f"spans{each}")
    return _svg(figure)


def _drawn(width: float, height: float) -> tuple[Figure, Axes]:
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ClaimspansError("the card's pictures need matplotlib: pip install 'claimspans[plot]'") from error
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _svg(figure: Figure) -> str:
    """Without date and with fixed ids; letters as shapes, so that it looks alike everywhere."""
    import matplotlib as mpl

    drawn = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "claimspans", "svg.fonttype": "path"}):
        figure.savefig(drawn, format="svg", facecolor="white", metadata={"Date": None, "Creator": None})
    return "\n".join(line.rstrip() for line in drawn.getvalue().splitlines()) + "\n"
