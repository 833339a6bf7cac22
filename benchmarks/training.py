"""What the articles of `wire` teach: train systems on more and more of them, score them, and write TRAINING.md.

``python -m benchmarks.training``; what has been trained is kept in ``runs/training.jsonl`` and not trained again.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import click
import msgspec

from claimspans.data.capabilities import read_cases
from claimspans.data.corpus import Corpus
from claimspans.data.corpus_folder import shipped_corpus
from claimspans.data.exchange.corpus import edition
from claimspans.data.files import write_text
from claimspans.data.layer import Layer
from claimspans.data.records import Document
from claimspans.data.splits import docs_of
from claimspans.scoring.learning_curves import Run, tested
from claimspans.scoring.signature import digest

from .kept import keep, read_kept
from .training_systems import SYSTEMS
from .training_tables import page

PAGE = Path(__file__).with_name("TRAINING.md")
SIZES = (1, 2, 4, 8, 16, 24)
TEST, NEWS = "wire test", "news"
CHALLENGE, REST = "challenge's half dev", "wire dev and test"
"""What is trained on beside the split train, in a row of its own."""


class Training(msgspec.Struct, frozen=True, kw_only=True):
    """A training: the system, how many articles of `wire`, how many editions of each, and the news article left out.

    Articles are drawn, editions made and networks begun by the seed. With none left out no news article is trained on.
    ``beside`` is `CHALLENGE` or `REST`, which are trained on as well.
    """

    system: str
    articles: int
    seed: int = 0
    editions: int = 0
    left_out: str | None = None
    beside: str | None = None


class Trained(msgspec.Struct, frozen=True, kw_only=True):
    """A training, the digest of the data it was made of, and what it scored on each test set."""

    training: Training
    data: str
    runs: Mapping[str, Run]


class Data(msgspec.Struct, frozen=True):
    """The articles for training and for testing of `wire`, the news, and what may be trained on beside."""

    train: Layer
    test: Sequence[Document]
    news: Sequence[Document]
    beside: Mapping[str, Sequence[Document]]

    def of(self, training: Training) -> tuple[list[Document], Mapping[str, Sequence[Document]]]:
        """What a training learns from, and what its system is then tested on: never the same article."""
        drawn = random.Random(training.seed).sample(list(self.train), training.articles)  # noqa: S311 -- a draw, no secret
        if training.beside is not None:
            drawn += self.beside[training.beside]
        if training.left_out is None:
            return drawn, {NEWS: self.news} if training.beside == REST else {TEST: self.test, NEWS: self.news}
        others = [document for document in self.news if document.doc != training.left_out]
        return [*drawn, *others], {NEWS: [one for one in self.news if one.doc == training.left_out]}

    def editions(self, training: Training) -> list[Document]:
        """The editions of what a training draws of `wire`: other seeds make others."""
        drawn = self.train.only({document.doc for document in self.of(training)[0]})
        first = 1 + training.seed * training.editions
        seeds = range(first, first + training.editions)
        return [one.document for seed in seeds for one in edition(drawn, seed).values()]


def read_data() -> Data:
    """The data of the project, wherever one works."""
    wire, news = Corpus(shipped_corpus() / "corpora" / "wire"), Corpus(shipped_corpus())
    challenge = Corpus(shipped_corpus() / "corpora" / "challenge").load()
    texts = {document.doc: document for document in challenge}
    half = [case.doc for case in read_cases(shipped_corpus() / "corpora" / "challenge", texts) if case.half == "dev"]
    layer = wire.load()
    train, dev, test = (layer.only(docs_of(wire, split)) for split in ("train", "dev", "test"))
    beside = {CHALLENGE: [texts[doc] for doc in half], REST: [*dev, *test]}
    return Data(train, list(test), list(news.load()), beside)


def plan(
    systems: Sequence[str],
    sizes: Sequence[int],
    seeds: int,
    editions: Sequence[int],
    left_out: Sequence[int],
    beside: Sequence[str],
    news: Sequence[Document],
) -> Iterator[Training]:
    """The trainings: all articles first, then fewer, then all with editions, with the news but for one, and with more.

    Each ``seeds`` times where the seed makes a difference; with the news, and with more, once: alone and with the news.
    """
    for system in systems:
        for size in sorted(sizes, reverse=True):
            for seed in range(seeds if size < max(SIZES) or SYSTEMS[system].random else 1):
                yield Training(system=system, articles=size, seed=seed)
        for count in editions:
            for seed in range(seeds):
                yield Training(system=system, articles=max(SIZES), seed=seed, editions=count)
        for size in left_out:
            for document in news:
                yield Training(system=system, articles=size, left_out=document.doc)
        for more in beside:
            yield Training(system=system, articles=max(SIZES), beside=more)
            for document in news if left_out else ():
                yield Training(system=system, articles=max(SIZES), left_out=document.doc, beside=more)


def trained(training: Training, data: Data, digest_of_data: str) -> Trained:
    """Train a system and test it."""
    ours, tests = data.of(training)
    extract = SYSTEMS[training.system].train([*ours, *data.editions(training)], training.seed)
    runs = {name: tested(ours, others, extract) for name, others in tests.items()}
    return Trained(training=training, data=digest_of_data, runs=runs)


@click.command()
@click.option("--system", "systems", multiple=True, type=click.Choice(list(SYSTEMS)), help="[default: all]")
@click.option("--sizes", default=",".join(map(str, SIZES)), show_default=True, help="Articles of wire, comma between.")
@click.option("--seeds", default=2, show_default=True, type=click.IntRange(1), help="Trainings of each kind.")
@click.option("--editions", default="1", show_default=True, help="Editions of each article beside all, comma between.")
@click.option("--left-out", default="0,24", show_default=True, help="Articles of wire beside the news but for one.")
@click.option("--beside", multiple=True, type=click.Choice([CHALLENGE, REST]), help="Train on this too. [default: not]")
@click.option(
    "--kept",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("runs/training.jsonl"),
    show_default=True,
    help="What has been trained; remove the file where the code of a system has changed.",
)
def main(
    systems: tuple[str, ...],
    sizes: str,
    seeds: int,
    editions: str,
    left_out: str,
    beside: tuple[str, ...],
    kept: Path,
) -> None:
    """Train the systems that have not been, and write benchmarks/TRAINING.md from all that have."""
    data = read_data()
    made_of = digest([*data.train, *data.test, *data.news, *chain.from_iterable(data.beside.values())])
    found: list[Trained] = read_kept(kept, Trained)
    found = [one for one in found if one.data == made_of]
    known = {one.training for one in found}
    counts = [[int(part) for part in text.split(",") if part] for text in (sizes, editions, left_out)]
    for training in plan(systems or list(SYSTEMS), counts[0], seeds, counts[1], counts[2], beside, data.news):
        if training not in known:
            found.append(trained(training, data, made_of))
            keep(kept, found)
            write_text(PAGE, page([(one.training, one.runs) for one in found]))
            click.echo(f"{training}", err=True)
    write_text(PAGE, page([(one.training, one.runs) for one in found]))


if __name__ == "__main__":
    sys.exit(main())
