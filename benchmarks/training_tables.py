"""What benchmarks.training measured, as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
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
    def editions(self) -> int: ...
    @property
    def left_out(self) -> str | None: ...
    @property
    def beside(self) -> str | None: ...


Found = Sequence[tuple[Training, Mapping[str, Run]]]


_MADE = """\
Made by `python -m benchmarks.training`, [set up](README.md#training) as the benchmarks say. Strict F1. The network
was chosen on the split dev of wire; no article that is scored on here was seen, and none was tuned on.
"""


def page(found: Found) -> str:
    """All tables, as Markdown."""
    return "\n".join(
        [
            "# What the articles of wire teach\n",
            _MADE,
            _about(found),
            "## Trained on wire's split train alone\n",
            _alone(found),
            "## Trained on more of our own beside it\n",
            "The split train and what is named; no article of the news.\n",
            _more(found),
            "## By articles\n",
            "Mean, least and most over the draws.\n",
            _curves(found),
            "## With editions\n",
            "All articles with so many editions of each by `claimspans augment`: mean, least and most.\n",
            _editions(found),
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
    """By system and test set, the most articles: strict F1 by label, of all, and partial F1, pooled over the seeds."""
    alone = _plain(found)
    labels = _labels(alone)
    rows = []
    for name in _systems(alone):
        most = max(training.articles for training, _ in alone if training.system == name)
        chosen = [runs for training, runs in alone if (training.system, training.articles) == (name, most)]
        rows += [
            [f"`{name}`", str(most), test, *_figures([runs[test] for runs in chosen], labels)] for test in chosen[0]
        ]
    return _table(["system", "articles", "scored on", *labels, "all", "all, partial"], rows)


def _more(found: Found) -> str:
    """By system, what was trained on beside the articles, and test set: strict F1 by label, of all, and partial F1."""
    chosen = [one for one in found if one[0].beside is not None and one[0].left_out is None]
    labels = _labels(chosen)
    rows = [
        [f"`{training.system}`", str(training.beside), test, *_figures([run], labels)]
        for name in _systems(chosen)
        for training, runs in chosen
        if training.system == name
        for test, run in runs.items()
    ]
    return _table(["system", "beside train", "scored on", *labels, "all", "all, partial"], rows)


def _labels(found: Found) -> list[str]:
    return sorted({label for _, runs in found for run in runs.values() for label in run.counts["strict"]} - {"all"})


def _figures(runs: Sequence[Run], labels: Sequence[str]) -> list[str]:
    """Strict F1 by label and of all, and partial F1, pooled over the runs."""
    wanted = [*(("strict", label) for label in [*labels, "all"]), ("partial", "all")]
    return [
        _figure(sum((run.counts[scheme].get(label, Counts()) for run in runs), Counts()).f1) for scheme, label in wanted
    ]


def _plain(found: Found) -> Found:
    """The trainings on articles of the split train alone."""
    return [one for one in found if one[0].left_out is None and one[0].beside is None and not one[0].editions]


def _editions(found: Found) -> str:
    most = max((training.articles for training, _ in found), default=0)
    alone = [one for one in found if one[0].left_out is None and one[0].beside is None and one[0].articles == most]
    counts = sorted({training.editions for training, _ in alone})
    rows = []
    for name in _systems([one for one in alone if one[0].editions]):
        own = [one for one in alone if one[0].system == name]
        for test in own[0][1]:
            by_count = [[runs[test] for training, runs in own if training.editions == count] for count in counts]
            rows.append([f"`{name}`", test, *(_spread(next(iter(points(runs, "strict")), None)) for runs in by_count)])
    return _table(["system", "scored on", *map(str, counts)], rows)


def _curves(found: Found) -> str:
    alone = _plain(found)
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
    left_out = [one for one in found if one[0].left_out is not None]
    sizes = sorted({training.articles for training, _ in left_out})
    return _table(["system", "beside train", *map(str, sizes)], _left_out_rows(left_out, sizes))


def _left_out_rows(found: Found, sizes: Sequence[int]) -> Iterator[list[str]]:
    folds = len({training.left_out for training, _ in found})
    besides = sorted({training.beside or "" for training, _ in found})
    for name, beside in product(_systems(found), besides):
        row = []
        for size in sizes:
            runs = [
                run
                for training, by_test in found
                if (training.system, training.articles, training.beside or "") == (name, size, beside)
                for run in by_test.values()
            ]
            pooled = sum((run.counts["strict"]["all"] for run in runs), Counts()).f1
            row.append(_figure(pooled) if len(runs) == folds else "–")
        if set(row) != {"–"}:
            yield [f"`{name}`", beside or "–", *row]
