"""The card's pictures as SVG, the same for the same input: label counts, claimed containers, an article in colour."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..data.corpus import Corpus
from ..data.ledger import entries
from ..data.problems import ClaimspansError
from ..data.records import Document
from ..data.schema import Schema
from ..text.dates import days

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SIGNS = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ ", "below": "almost "}
_SHADES = 12
"""Articles up to which each has a shade of its own."""

_UNIT, _DENIAL = "container", "denial"
_SPEAKER_COLOURS = ("#1f77b4", "#d95f02", "#1b9e77", "#7570b3", "#c2185b", "#8c6d1f", "#5f646d", "#3f8f29")


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


def timeline(corpus: Corpus, gold: Sequence[Document]) -> str | None:
    """Claimed numbers of containers at the dates of their articles, a colour for each speaker; a denial claims none.

    None where nothing of the kind is claimed, or dates are not known.
    """
    claimed: dict[tuple[str, float, str], list[str]] = {}
    for entry in entries(gold):
        if entry.unit == _UNIT and entry.value is not None and entry.stance != _DENIAL:
            speakers = claimed.setdefault((entry.doc, entry.value, entry.comparator), [])
            speakers += [name for name in [entry.holders or "the article itself"] if name not in speakers]
    published = {doc: source.published for doc, source in corpus.sources.items() if source.published is not None}
    if not claimed or any(doc not in published for doc, _, _ in claimed):
        return None
    figure, axes = _drawn(7, 4.2)
    names = list(
        dict.fromkeys(" / ".join(claimed[place]) for place in sorted(claimed, key=lambda at: published[at[0]]))
    )
    for (doc, value, comparator), speakers in claimed.items():
        name = " / ".join(speakers)
        first, last = (float(day.toordinal()) for day in days(published[doc]))
        colour = _SPEAKER_COLOURS[names.index(name) % len(_SPEAKER_COLOURS)]
        middle = (first + last) / 2
        axes.plot([first, last], [value, value], color=colour, linewidth=2)
        axes.plot([middle], [value], "o", color=colour, label=name)
        words = f"{_SIGNS.get(comparator, '')}{value:,.0f} ({doc})"
        axes.annotate(words, (middle, value), xytext=(0, 7), textcoords="offset points", ha="center", fontsize=8)
    ends = [day for date in published.values() for day in days(date)]
    months = [(year, month) for year in range(min(ends).year, max(ends).year + 1) for month in (1, 4, 7, 10)]
    ticks = {days(f"{year}-{month:02d}")[0].toordinal(): f"{year}-{month:02d}" for year, month in months}
    axes.set_xticks(list(ticks), list(ticks.values()))
    axes.set_xlim(min(ends).toordinal() - 40, max(ends).toordinal() + 40)
    axes.set_ylim(0, 1.18 * max((value for _, value, _ in claimed), default=1))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.set_ylabel(f"{_UNIT}s claimed")
    axes.set_xlabel("publication of the article; a line where only the month is known")
    shown = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
    listed = [name for name in names if name in shown]
    figure.legend(
        [shown[name] for name in listed], listed, loc="outside lower center", ncols=3, fontsize=8, frameon=False
    )
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
