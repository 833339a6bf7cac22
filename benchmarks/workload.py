"""Gold spans and predictions of a fixed seed, in proportions that say beforehand what every scheme must count."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

LABELS = ("SPEAKER", "QUANTITY", "ITEM", "DATE", "STANCE")
PER_ARTICLE = 45
MISSED, SHIFTED, RELABELLED, SPURIOUS, NESTED = 0.15, 0.15, 0.05, 0.15, 0.30
SEED = 0

Row = tuple[int, int, str]

# Every way of moving a start, an end or both by one to three characters.
_MOVES = [
    (by * moves_start, by * moves_end)
    for by in (-3, -2, -1, 1, 2, 3)
    for moves_start, moves_end in ((1, 0), (0, 1), (1, 1))
]
_REACH = 3


def totals(articles: int) -> dict[str, int]:
    """How many gold spans there are, what becomes of them, and how many predictions come out of nowhere."""
    gold = articles * PER_ARTICLE
    fates = {"missed": round(MISSED * gold), "shifted": round(SHIFTED * gold), "relabelled": round(RELABELLED * gold)}
    return {"gold": gold, **fates, "found": gold - sum(fates.values()), "spurious": round(SPURIOUS * gold)}


def expected(articles: int, *, nested: bool = False) -> dict[str, dict[str, int]]:
    """The counts of an optimal one-to-one matching by scheme, which follow from how the files are made.

    Every prediction but a spurious one overlaps its own gold span, no spurious one overlaps any, and no shifted one
    has the boundaries of any gold span. So all but the spurious can be paired, and pairing each with its own earns the
    most. Under ``type`` this holds for flat gold only: nested, a relabelled prediction may find its label around it.
    """
    of = totals(articles)
    both = {"MIS": of["missed"], "SPU": of["spurious"], "POS": of["gold"]}
    both["ACT"] = of["gold"] - of["missed"] + of["spurious"]
    found, shifted, relabelled = of["found"], of["shifted"], of["relabelled"]
    schemes = {
        "strict": {"COR": found, "INC": shifted + relabelled, "PAR": 0},
        "exact": {"COR": found + relabelled, "INC": shifted, "PAR": 0},
        "partial": {"COR": found + relabelled, "INC": 0, "PAR": shifted},
        "type": {"COR": found + shifted, "INC": relabelled, "PAR": 0},
    }
    if nested:
        del schemes["type"]
    return {name: counts | both for name, counts in schemes.items()}


def write(folder: Path, articles: int, *, nested: bool = False, seed: int = SEED) -> tuple[Path, Path]:
    """Write ``gold.jsonl`` and ``predictions.jsonl``, a span a line in reading order; the same call, the same bytes."""
    paths = folder / "gold.jsonl", folder / "predictions.jsonl"
    # A Random seeded with a string gives the same numbers on every machine and Python.
    rng = Random(f"claimspans {seed} {articles} {nested}")  # noqa: S311 -- reproducible, not secret
    with paths[0].open("w", encoding="ascii") as gold_file, paths[1].open("w", encoding="ascii") as predictions_file:
        for doc, (gold, predictions) in enumerate(_articles(rng, articles, nested=nested), 1):
            gold_file.writelines(_lines(doc, gold))
            predictions_file.writelines(_lines(doc, predictions))
    return paths


def _lines(doc: int, rows: list[Row]) -> Iterator[str]:
    for start, end, label in sorted(rows, key=lambda row: (row[0], -row[1], row[2])):
        yield f'{{"doc": "a{doc:05d}", "label": "{label}", "start": {start}, "end": {end}}}\n'


def _articles(rng: Random, articles: int, *, nested: bool) -> Iterator[tuple[list[Row], list[Row]]]:
    of = totals(articles)
    fates = [fate for fate in ("missed", "shifted", "relabelled", "found") for _ in range(of[fate])]
    rng.shuffle(fates)
    extra = [position < of["spurious"] for position in range(of["gold"])]
    rng.shuffle(extra)
    for article in range(articles):
        here = slice(article * PER_ARTICLE, (article + 1) * PER_ARTICLE)
        inner = 0
        if nested:  # 13 or 14 of 45, so that the sum is 30 %
            inner = round(NESTED * PER_ARTICLE * (article + 1)) - round(NESTED * PER_ARTICLE * article)
        gold, spurious = _layout(rng, inner, sum(extra[here]))
        yield gold, _predict(rng, gold, fates[here], nested=nested) + spurious


def _layout(rng: Random, inner: int, spurious: int) -> tuple[list[Row], list[Row]]:
    """The gold spans of an article in reading order, and the predictions that lie in the gaps between them.

    About a third of the gaps are so narrow that a shifted prediction reaches into the neighbour.
    """
    outer = PER_ARTICLE - inner
    depth, extra = [0] * outer, [0] * outer
    for count, times in ((depth, inner), (extra, spurious)):
        for _ in range(times):
            count[rng.randrange(outer)] += 1
    gold: list[Row] = []
    between: list[Row] = []
    end = 0
    for levels, guesses in zip(depth, extra, strict=True):
        start = end + (rng.randint(1, _REACH) if rng.random() < 0.3 else rng.randint(_REACH + 1, 120))
        end = start + rng.randint(5, 30) + 12 * levels
        gold.append((start, end, rng.choice(LABELS)))
        left, right = start, end
        for _ in range(levels):
            by_left, by_right = rng.randint(0, 6), rng.randint(0, 6)
            left, right = left + by_left, right - (by_right or not by_left)
            gold.append((left, right, rng.choice(LABELS)))
        for _ in range(guesses):
            # Out of reach of what is shifted before and after it.
            start = end + _REACH
            between.append((start, start + rng.randint(5, 30), rng.choice(LABELS)))
            end = between[-1][1] + _REACH
    return gold, between


def _predict(rng: Random, gold: list[Row], fates: list[str], *, nested: bool) -> list[Row]:
    """What a system finds of the gold spans; of flat gold its answers are flat too, so that tags can tell them."""
    bounds = {(start, end) for start, end, _ in gold}
    found: list[Row] = []
    reached = 0
    for position, ((start, end, label), fate) in enumerate(zip(gold, fates, strict=True)):
        if fate == "missed":
            continue
        if fate == "relabelled":
            label = rng.choice([other for other in LABELS if other != label])  # noqa: PLW2901 -- the label it gets
        if fate == "shifted":
            limit = None
            if not nested and position + 1 < len(gold):
                after = gold[position + 1]
                limit = after[1] if fates[position + 1] == "missed" else after[0]
            places = [
                (start + by_start, end + by_end)
                for by_start, by_end in _MOVES
                if max(start, start + by_start) < min(end, end + by_end)
                and (0 if nested else reached) <= start + by_start
                and (limit is None or end + by_end <= limit)
                and (start + by_start, end + by_end) not in bounds
            ]
            start, end = rng.choice(places)  # noqa: PLW2901 -- where it is seen
            bounds.add((start, end))
        found.append((start, end, label))
        reached = end
    return found


def write_dense(folder: Path, name: str, *, scale: float = 1.0, seed: int = SEED) -> tuple[Path, Path]:
    """Write ``gold.jsonl`` and ``predictions.jsonl`` of one article full of overlaps, one of `DENSE`.

    With a ``scale`` below 1 it has as many spans fewer.
    """
    rng = Random(f"claimspans {seed} {name}")  # noqa: S311 -- reproducible, not secret

    def scattered(count: int, width: int) -> list[Row]:
        starts = [rng.randrange(10_000) for _ in range(round(count * scale))]
        return [(start, start + rng.randint(1, width), rng.choice(LABELS)) for start in starts]

    if name == "copies":
        sides = ([(0, 10, LABELS[0])] * round(10_000 * scale),) * 2
    elif name == "nested":
        count = round(5_000 * scale)
        sides = ([(at, 2 * count + 1 - at, rng.choice(LABELS)) for at in range(count)],) * 2
    elif name == "random":
        sides = scattered(4_000, 1_000), scattered(4_000, 1_000)
    elif name == "wide":
        gold = [(10 * at, 10 * at + 8, rng.choice(LABELS)) for at in range(61)]
        bounds = [(rng.randrange(300), rng.randrange(310, 610)) for _ in range(round(1_000 * scale))]
        sides = gold, [(start, end, rng.choice(LABELS)) for start, end in bounds]
    else:
        raise ValueError(f"{name!r} is no dense workload; expected one of {', '.join(DENSE)}")
    paths = folder / "gold.jsonl", folder / "predictions.jsonl"
    for path, rows in zip(paths, sides, strict=True):
        path.write_text("".join(_lines(1, rows)), encoding="ascii")
    return paths


DENSE = ("copies", "nested", "random", "wide")
"""Articles in which spans overlap far more often than in any plain text, and so ask the most of a matcher."""


if __name__ == "__main__":
    # A program of its own for run.py, whose memory the processes that it measures would seem to have.
    write(Path(sys.argv[1]), int(sys.argv[2]), nested=sys.argv[3] == "nested")
