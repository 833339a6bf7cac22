"""A score in the layout of scikit-learn's ``classification_report``, as seqeval prints it for spans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..data.schema import Schema
from .counts import Counts
from .score import score

Row = dict[str, float | int | None]


def classification_report(
    gold: Any,
    predictions: Any,
    *,
    scheme: str = "strict",
    schema: Schema | None = None,
    output_dict: bool = False,
    digits: int = 2,
) -> str | dict[str, Row]:
    """Precision, recall, F1 and number of gold spans by label, with micro, macro and weighted averages.

    ``gold`` and ``predictions`` are all that `claimspans.score` takes, and the figures are its. An undefined ratio is
    None and prints as –; it is left out of the averages, where seqeval counts it as 0. Labels that neither side has
    have no row.
    """
    result = score(gold, predictions, schema=schema, schemes=[scheme])[scheme]
    used = {label: counts for label, counts in result.labels.items() if counts.POS or counts.ACT}
    rows = {label: _row(counts) for label, counts in sorted(used.items())}
    support = sum(counts.POS for counts in used.values())
    averages: dict[str, Row] = {
        "micro avg": _row(result.micro),
        "macro avg": _mean([(row, 1) for row in rows.values()], support),
        "weighted avg": _mean([(row, row["support"] or 0) for row in rows.values()], support),
    }
    found = rows | averages
    return found if output_dict else _printed(rows, averages, digits)


_RATIOS = ("precision", "recall", "f1-score")


def _row(counts: Counts) -> Row:
    return dict(zip((*_RATIOS, "support"), (counts.precision, counts.recall, counts.f1, counts.POS), strict=True))


def _mean(rows: Sequence[tuple[Row, float]], support: int) -> Row:
    """The mean of each ratio over the rows where it is defined, by their weights."""
    means: Row = {}
    for name in _RATIOS:
        defined = [(row[name] or 0, weight) for row, weight in rows if row[name] is not None]
        weights = sum(weight for _, weight in defined)
        means[name] = sum(value * weight for value, weight in defined) / weights if weights else None
    return means | {"support": support}


def _printed(rows: dict[str, Row], averages: dict[str, Row], digits: int) -> str:
    width = max(len(name) for name in (*rows, *averages))
    head = " " * width + "".join(f" {name:>9}" for name in (*_RATIOS, "support"))

    def line(name: str, row: Row) -> str:
        ratios = "".join(f" {'–' if row[key] is None else f'{row[key]:.{digits}f}':>9}" for key in _RATIOS)
        return f"{name:>{width}}{ratios} {row['support']:>9}"

    return (
        "\n".join([head, "", *(line(*each) for each in rows.items()), "", *(line(*each) for each in averages.items())])
        + "\n"
    )
