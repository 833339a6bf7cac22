"""What benchmarks.training measured, as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from claimspans.scoring.counts import Counts
from claimspans.scoring.learning_curves import Point, Run, points

from .training_systems import SYSTEMS


class Training(Protocol):
    """What was trained: see benchmarks.training."""

    @property
    def system(self) -> str: ...
    @property
    def articles(self) -> int: ...
    @property
    def left_out(self) -> str | None: ...


Found = Sequence[tuple[Training, Mapping[str, Run]]]


def page(found: Found) -> str:
    """All tables, as Markdown."""
    return "\n".join(
        [
            "# What the articles of wire teach\n",
            "Made by `python -m benchmarks.training`. Strict F1; nothing was tuned, on any of these articles.\n",
            _about(found),
            "## Trained on wire's split train alone\n",
            _alone(found),
            "## By articles\n",
            "Mean, least and most over the draws.\n",
            _curves(found),
            "## With the news articles, each left out in turn\n",
            "Strict F1 on the five, pooled, by articles of wire beside the other four.\n",
            _left_out(found),
        ]
    )


def _systems(found: Found) -> list[str]:
    return [name for name in SYSTEMS if any(training.system == name for training, _ in found)]


def _about(found: Found) -> str:
    return "".join(f"- `{name}`: {SYSTEMS[name].about}.\n" for name in _systems(found))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    lines = [columns, ["---", *["---:"] * (len(columns) - 1)], *map(list, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _alone(found: Found) -> str:
    """By system and test set, the most articles: strict F1 by label, of all, and partial F1."""
    alone = [one for one in found if one[0].left_out is None]
    labels = sorted({label for _, runs in alone for run in runs.values() for label in run.counts["strict"]} - {"all"})
    rows = []
    for name in _systems(alone):
        most = max(training.articles for training, _ in alone if training.system == name)
        chosen = [runs for training, runs in alone if (training.system, training.articles) == (name, most)]
        for test, run in chosen[0].items():
            strict, partial = (run.counts[scheme] for scheme in ("strict", "partial"))
            figures = [*(strict.get(label, Counts()).f1 for label in labels), strict["all"].f1, partial["all"].f1]
            rows.append([f"`{name}`", str(most), test, *map(_figure, figures)])
    return _table(["system", "articles", "scored on", *labels, "all", "all, partial"], rows)


def _curves(found: Found) -> str:
    alone = [one for one in found if one[0].left_out is None]
    sizes = sorted({training.articles for training, _ in alone})
    rows = []
    for name in _systems(alone):
        own = [runs for training, runs in alone if training.system == name]
        for test in own[0]:
            known = {point.articles: point for point in points([runs[test] for runs in own], "strict")}
            rows.append([f"`{name}`", test, *(_spread(known.get(size)) for size in sizes)])
    return _table(["system", "scored on", *map(str, sizes)], rows)


def _spread(point: Point | None) -> str:
    if point is None or point.runs == 1:
        return _figure(None if point is None else point.mean)
    return f"{_figure(point.mean)} ({_figure(point.least)}–{_figure(point.most)})"


def _left_out(found: Found) -> str:
    sizes = sorted({training.articles for training, _ in found if training.left_out is not None})
    return _table(["system", *map(str, sizes)], _left_out_rows(found, sizes))


def _left_out_rows(found: Found, sizes: Sequence[int]) -> Iterator[list[str]]:
    folds = len({training.left_out for training, _ in found if training.left_out is not None})
    for name in _systems(found):
        row = []
        for size in sizes:
            runs = [
                run
                for training, by_test in found
                if (training.system, training.articles) == (name, size) and training.left_out is not None
                for run in by_test.values()
            ]
            pooled = sum((run.counts["strict"]["all"] for run in runs), Counts()).f1
            row.append(_figure(pooled) if len(runs) == folds else "–")
        if set(row) != {"–"}:
            yield [f"`{name}`", *row]
