"""What editions add to a training set: ``python -m benchmarks.augmentation``.

Trains ``crf`` on the train split of corpora/wire alone, then with editions of each article beside it, and scores it on
the split's test articles and on the five news articles, of which it has seen none.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import fmean, stdev

import claimspans
from claimspans.data.corpus import Corpus
from claimspans.data.exchange.corpus import write_augmented
from claimspans.data.layer import Layer
from claimspans.data.splits import docs_of
from claimspans.extractors.baselines.crf import LEVELS, train
from claimspans.report.formats import markdown_table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 2], help="editions of each article")
    parser.add_argument("--seeds", type=int, default=3, help="training sets of each kind")
    parser.add_argument("--features", nargs="+", choices=LEVELS, default=["words", "rules"])
    given = parser.parse_args()
    head = ("features", "editions of each", "training sets", "wire test", "news")
    sys.stdout.write(markdown_table(head, (), names=1) + "\n")
    for row in _rows(given.features, given.copies, given.seeds):
        sys.stdout.write(f"| {' | '.join(row)} |\n")
        sys.stdout.flush()


def _rows(levels: Sequence[str], copies: Sequence[int], seeds: int) -> Iterator[tuple[str, ...]]:
    wire = Corpus("wire")
    layer = wire.load()
    scored = (layer.only(docs_of(wire, "test")), list(claimspans.load(corpus=Corpus().root)))
    for level in levels:
        yield (level, "0", "1", *_figures([_f1(layer.only(docs_of(wire, "train")), level, scored)]))
        for count in copies:
            sets = (_augmented(layer, range(1 + first * count, 1 + (first + 1) * count)) for first in range(seeds))
            yield (level, str(count), str(seeds), *_figures([_f1(one, level, scored) for one in sets]))


def _augmented(layer: Layer, seeds: Sequence[int]) -> list[claimspans.Document]:
    """The training set that ``claimspans augment --corpus wire --split train`` writes with these seeds."""
    with tempfile.TemporaryDirectory() as folder:
        write_augmented(layer, seeds, Path(folder) / "set", "train")
        return list(Corpus(Path(folder) / "set").load())


def _f1(
    documents: Sequence[claimspans.Document], level: str, scored: Iterable[Sequence[claimspans.Document]]
) -> list[float]:
    """Strict F1 on each of the lists of articles."""
    model = train(documents, features=level)
    found = []
    for gold in scored:
        plain = [claimspans.Document(doc=one.doc, text=one.text, published=one.published) for one in gold]
        f1 = claimspans.score(list(gold), list(model.extract(plain)), schemes="strict")["strict"].micro.f1
        found.append(f1 or 0.0)
    return found


def _figures(found: Sequence[Sequence[float]]) -> tuple[str, ...]:
    """Mean over the training sets, and standard deviation where there are several."""
    columns = zip(*found, strict=True)
    return tuple(f"{fmean(each):.3f}" + (f" ± {stdev(each):.3f}" if len(each) > 1 else "") for each in columns)


if __name__ == "__main__":
    main()
