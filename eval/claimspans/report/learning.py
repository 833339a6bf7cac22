"""Learning curves as a table, as CSV and as a picture."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from ..data.escapes import csv_text
from ..data.problems import ClaimspansError
from ..scoring.learning_curves import SCHEMES, Run, points
from .terminal import figure, new_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FORMATS = (".svg", ".png")
_COLOURS = ("#1b6ca8", "#c2185b", "#1b9e77", "#7570b3", "#8c6d1f")
_MARKERS = "os^Dv"


def curve_table(curves: Mapping[str, Sequence[Run]]) -> Table:
    """A row for each curve and number of training articles: F1 over the models that were trained on so many."""
    measures = ("mean", "least", "most", "pooled")
    heads = [f"{scheme} {measure}" if measure == "mean" else measure for scheme in SCHEMES for measure in measures]
    table = new_table("F1 on the articles left out, by training articles", ("features", "articles", "models", *heads))
    for name, runs in curves.items():
        for row in zip(*(points(runs, scheme) for scheme in SCHEMES), strict=True):
            figures = [figure(getattr(point, measure)) for point in row for measure in measures]
            table.add_row(name, str(row[0].articles), str(row[0].runs), *figures)
        table.add_section()
    return table


def label_table(curves: Mapping[str, Sequence[Run]], scheme: str) -> Table:
    """Pooled F1 by label where the most articles are trained on: with all but one, that of leaving one out."""
    labels = list(dict.fromkeys(label for runs in curves.values() for run in runs for label in run.counts[scheme]))
    most = max(len(run.trained_on) for runs in curves.values() for run in runs)
    table = new_table(f"{scheme} F1 by label with {most} training articles, pooled", ("features", *labels))
    for name, runs in curves.items():
        table.add_row(name, *(figure(points(runs, scheme, label)[-1].pooled) for label in labels))
    return table


def curve_csv(curves: Mapping[str, Sequence[Run]]) -> str:
    """A line for each model, scheme and label: what it was trained and tested on, counts and ratios."""
    counted = ("POS", "ACT", "COR", "INC", "PAR", "MIS", "SPU", "precision", "recall", "f1")
    columns = ("features", "articles", "trained_on", "tested_on", "scheme", "label", *counted)
    rows = []
    for name, runs in curves.items():
        for run in runs:
            sides = [len(run.trained_on), " ".join(run.trained_on), " ".join(run.tested_on)]
            for scheme, by_label in run.counts.items():
                for label, counts in by_label.items():
                    figures = (getattr(counts, each) for each in counted)
                    rows.append(dict(zip(columns, (name, *sides, scheme, label, *figures), strict=True)))
    return csv_text(columns, rows)


def curve_dict(curves: Mapping[str, Sequence[Run]]) -> dict[str, Any]:
    """Points by scheme and label, and every run."""
    return {
        name: {
            "points": {
                scheme: {
                    label: [point.to_dict() for point in points(runs, scheme, label)]
                    for label in runs[0].counts[scheme]
                }
                for scheme in SCHEMES
            },
            "runs": [run.to_dict() for run in runs],
        }
        for name, runs in curves.items()
    }


def curve_picture(curves: Mapping[str, Sequence[Run]], file_format: str) -> bytes:
    """The curves as "svg" or "png", the same bytes each time; raises `ClaimspansError` without matplotlib."""
    require_plot()
    import matplotlib as mpl
    from matplotlib.figure import Figure

    # Text stays text, so that it can be searched and read aloud; ids come from the salt and not from chance.
    with mpl.rc_context({"svg.hashsalt": "claimspans", "svg.fonttype": "none", "font.size": 10}):
        drawn = Figure(figsize=(8, 3.6), layout="constrained")
        sides = drawn.subplots(1, len(SCHEMES), sharey=True)
        for axes, scheme in zip(sides, SCHEMES, strict=True):
            for number, (name, runs) in enumerate(curves.items()):
                _draw(axes, name, runs, scheme, number)
            axes.set_title(scheme)
            axes.set_xlabel("training articles")
            axes.set_ylim(0, 1)
            axes.grid(axis="y", alpha=0.3)
            axes.spines[["top", "right"]].set_visible(False)
        sides[0].set_ylabel("F1 on the articles left out")
        lines, names = sides[0].get_legend_handles_labels()
        drawn.legend(lines[::-1], names[::-1], frameon=False, loc="outside right center", title="features")
        file = io.BytesIO()
        metadata = {"Date": None, "Creator": None} if file_format == "svg" else {"Software": None}
        drawn.savefig(file, format=file_format, dpi=150, metadata=metadata)
    return file.getvalue()


def _draw(axes: Axes, name: str, runs: Sequence[Run], scheme: str, number: int) -> None:
    """The mean as a line, from the least to the most as a band, each model as a dot."""
    shown = [point for point in points(runs, scheme) if point.mean is not None]
    colour, marker = _COLOURS[number % len(_COLOURS)], _MARKERS[number % len(_MARKERS)]
    articles = [point.articles for point in shown]
    axes.fill_between(
        articles, [point.least or 0 for point in shown], [point.most or 0 for point in shown], color=colour, alpha=0.12
    )
    every = [(len(run.trained_on), run.counts[scheme]["all"].f1) for run in runs]
    dots = [(at, f1) for at, f1 in every if f1 is not None]
    axes.plot([at for at, _ in dots], [f1 for _, f1 in dots], marker, color=colour, alpha=0.35, markersize=3)
    axes.plot(articles, [point.mean or 0 for point in shown], marker=marker, color=colour, markersize=5, label=name)
    axes.set_xticks(sorted({len(run.trained_on) for run in runs}))


def require_plot() -> None:
    """Raises `ClaimspansError` where the extra is missing."""
    try:
        import matplotlib as mpl  # noqa: F401 -- only whether it is there
    except ImportError as error:
        raise ClaimspansError(f"a plot needs {error.name}: pip install 'claimspans[plot]'") from error


def picture_format(path: Path) -> str:
    """By a file's ending, "svg" or "png"; raises `ClaimspansError` for another."""
    if path.suffix.lower() not in FORMATS:
        raise ClaimspansError(f"{path}: a plot is written as {' or '.join(FORMATS)}; name such a file")
    return path.suffix.lower().removeprefix(".")
