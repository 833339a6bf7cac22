"""Scoring by form of line: ``python -m benchmarks.forms``. The same spans in each form, peers and floor beside them."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import click

from claimspans.data.hashes import sha256_of

from . import workload
from .measure import run_process

Record = dict[str, Any]

ATTRIBUTES: dict[str, Callable[[Random], Record]] = {
    "SPEAKER": lambda rng: {"entity": f"Name {rng.randrange(9999)}", "source_type": "person", "country": "US"},
    "QUANTITY": lambda rng: {"value": rng.randrange(20000), "comparator": "gt", "unit": "container"},
    "ITEM": lambda _: {"category": "ML3", "origin": None},
    "DATE": lambda rng: {"edtf": f"2023-{1 + rng.randrange(12):02}", "mod": None, "signal": "since"},
    "STANCE": lambda rng: {"stance": "denial", "certainty": "certain", "speakers": [f"s{rng.randrange(40)}"]},
}


def bare(_doc: str, spans: list[Record], _rng: Random) -> Iterator[Record]:
    """``doc``, ``label``, ``start``, ``end`` and nothing else."""
    yield from spans


def ids(_doc: str, spans: list[Record], rng: Random) -> Iterator[Record]:
    """The same with ``type``, ``id`` and ``score``."""
    for number, span in enumerate(spans, 1):
        yield {"type": "span", "id": f"s{number}", **span, "score": round(rng.random(), 3)}


def full(doc: str, spans: list[Record], rng: Random) -> Iterator[Record]:
    """The records as annotation files hold them: a document record, ``text`` and all attributes."""
    yield {"type": "document", "doc": doc, "sha256": sha256_of(doc)}
    for number, span in enumerate(spans, 1):
        text = "x" * (span["end"] - span["start"])
        yield {"type": "span", "id": f"s{number}", **span, "text": text, **ATTRIBUTES[span["label"]](rng)}


def claimed(doc: str, spans: list[Record], rng: Random) -> Iterator[Record]:
    """The same with a claim for every ten spans, which refers to some of them."""
    yield from full(doc, spans, rng)
    named: dict[str, list[str]] = {}
    for number, span in enumerate(spans, 1):
        named.setdefault(span["label"], []).append(f"s{number}")
    for number in range(1, len(spans) // 10 + 1):
        claim: Record = {"type": "claim", "doc": doc, "id": f"c{number}", "event": "transfer", "stance": "denial"}
        claim |= {"supplier": "KP", "recipient": rng.choice(["RU", "IR", "SY"])}
        parts = {label: rng.choice(own) for label, own in named.items()}
        if "ITEM" in parts:
            claim["cargo"] = [{"item": parts["ITEM"], "quantity": None, "relation": None}]
        if "SPEAKER" in parts:
            claim["holders"] = [parts["SPEAKER"]]
        yield claim | ({"cue": parts["STANCE"]} if "STANCE" in parts else {})


def nested(doc: str, spans: list[Record], _rng: Random) -> Iterator[Record]:
    """An article a line, its spans inside."""
    yield {"doc": doc, "spans": [{key: span[key] for key in ("label", "start", "end")} for span in spans]}


def run(doc: str, spans: list[Record], rng: Random) -> Iterator[Record]:
    """What a run writes: an article a line, its spans inside with ``id``, ``text`` and all attributes."""
    told = ({key: one[key] for key in one if key not in ("type", "doc")} for one in list(full(doc, spans, rng))[1:])
    yield {"doc": doc, "status": "done", "spans": list(told)}


Form = Callable[[str, list[Record], Random], Iterator[Record]]


class Case(NamedTuple):
    """The forms of both sides, and whether a schema says that attributes are scored."""

    gold: Form
    predictions: Form
    attributes: bool = False

    @property
    def about(self) -> str:
        """The form of the predictions in a row of the table."""
        return f"{self.predictions.__doc__}{' **Attributes scored.**' if self.attributes else ''}"


CASES = (
    Case(bare, bare),
    Case(ids, ids),
    Case(full, full),
    Case(nested, nested),
    Case(full, full, attributes=True),
    Case(full, run, attributes=True),
    Case(claimed, claimed, attributes=True),
)
SCHEMA = Path(__file__).parents[1] / "schema.json"


def write(source: Path, target: Path, form: Form) -> None:
    """The spans of a file of bare lines in another form."""
    rng = Random(0)  # noqa: S311 -- reproducible, not secret
    with source.open(encoding="ascii") as lines, target.open("w", encoding="ascii") as file:
        for doc, spans in groupby(map(json.loads, lines), key=lambda span: str(span["doc"])):
            file.writelines(json.dumps(record) + "\n" for record in form(doc, list(spans), rng))


def floor(paths: list[str]) -> None:
    """Msgspec's typed decode of all fields that the form has: what reading costs at the least."""
    import msgspec

    attributes = [name for make in ATTRIBUTES.values() for name in make(Random(0))]  # noqa: S311 -- as above
    claims = ("event", "supplier", "recipient", "holders", "cue", "cargo")
    optional = [(name, Any, None) for name in ("id", "type", "score", "text", "sha256", *claims, *attributes)]
    span = msgspec.defstruct(
        "Row", [("doc", str, ""), ("label", str, ""), ("start", int, 0), ("end", int, 0), *optional]
    )
    article = msgspec.defstruct("Article", [("doc", str), ("status", str, ""), ("spans", list[span], [])])  # type: ignore[valid-type]
    for path in paths:
        with Path(path).open("rb") as file:
            msgspec.json.Decoder(article if Path(path).name.startswith(("nested", "run")) else span).decode_lines(
                file.read()
            )


@click.command()
@click.option("--articles", type=click.IntRange(1), default=10_000, show_default=True, help="45 gold spans each.")
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True, help="Each program once a round.")
@click.option("--peer/--no-peer", default=True, show_default=True, help="Measure nervaluate too.")
def main(articles: int, rounds: int, *, peer: bool) -> None:
    """CPU seconds and peak memory of ``claimspans score`` for each form of line, over msgspec's typed decode.

    nervaluate takes objects in memory, so that its reading is msgspec's and the same for every form.

    \b
    Example:
      python -m benchmarks.forms --articles 1000 --rounds 1
    """
    click.echo(
        "| form of the lines | floor, s | claimspans, s | ÷ floor | peak, MB | nervaluate, s |\n| --- "
        + "| ---: " * 5
        + "|"
    )
    with tempfile.TemporaryDirectory(prefix="claimspans-benchmark-") as name:
        made = workload.write(Path(name), articles)
        for case in CASES:
            sides = [path.with_name(f"{form.__name__}-{path.name}") for path, form in zip(made, case[:2], strict=True)]
            for source, target, form in zip(made, sides, case[:2], strict=True):
                if not target.exists():
                    write(source, target, form)
            gold, predictions = map(str, sides)
            base = _median([sys.executable, "-m", "benchmarks.forms", "floor", gold, predictions], rounds)
            command = [sys.executable, "-P", "-m", "claimspans", "score", "--gold", gold, predictions, "--json"]
            # The short form leaves attributes out.
            ours = _median([*command, *(["--schema", str(SCHEMA)] if case.attributes else ["--brief"])], rounds)
            tools = Path(__file__).with_name("tools.py")
            bare_files = list(map(str, made))
            other = _median([sys.executable, "-P", str(tools), "nervaluate", *bare_files], 1)[0] if peer else None
            shown = "–" if other is None else f"{other:.1f}"
            ratio, megabytes = ours[0] / base[0], ours[1] / 1e6
            click.echo(f"| {case.about} | {base[0]:.2f} | {ours[0]:.2f} | {ratio:.1f} | {megabytes:.0f} | {shown} |")


def _median(command: list[str], rounds: int) -> tuple[float, float]:
    """CPU seconds and peak bytes of a command."""
    runs = [run_process(command, 900) for _ in range(rounds)]
    failed = next((run.error for run in runs if run.error), None)
    if failed:
        raise click.ClickException(f"{' '.join(command[:6])} …: {failed}")
    return statistics.median(run.cpu for run in runs), statistics.median(run.peak for run in runs)


if __name__ == "__main__":
    if sys.argv[1:2] == ["floor"]:
        floor(sys.argv[2:])
    else:
        main()
