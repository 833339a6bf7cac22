"""The same records in another order, in parts, nested or one a line: the same bytes."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from claimspans import Corpus, Layer, compare, score
from claimspans.data.records import document_records
from claimspans.data.schema import default_schema
from claimspans.data.span_columns import read_span_columns

from ..helpers.command import claimspans
from ..helpers.places import ROOT

Record = dict[str, Any]
Articles = dict[str, list[Record]]
RULES = ROOT / "submissions" / "rules" / "predictions.jsonl"


def of_layer(layer: Layer) -> Articles:
    return {one.doc: [*document_records(one)] for one in layer}


def of_run(path: Path) -> Articles:
    found = {}
    for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        of = [{"type": "span", **one} for one in line["spans"]] + [{"type": "claim", **one} for one in line["claims"]]
        found[line["doc"]] = [one | {"doc": line["doc"]} for one in of]
    return found


def plain(articles: Articles, rng: random.Random | None) -> Articles:
    """Spans alone, with scores and copies where there is a generator."""
    found: Articles = {}
    for doc, records in articles.items():
        spans = [
            {key: one[key] for key in ("doc", "id", "label", "start", "end")}
            for one in records
            if one["type"] == "span"
        ]
        if rng is not None:
            spans += [one | {"id": f"{one['id']}x"} for one in spans[::3]]
            spans = [one | {"score": rng.choice([0.2, 0.5, 0.9])} for one in spans]
        found[doc] = spans
    return found


def flat(articles: Articles, rng: random.Random) -> Iterator[Record]:
    records = [record for of in articles.values() for record in of]
    rng.shuffle(records)
    yield from records


def nested(articles: Articles, rng: random.Random) -> Iterator[Record]:
    for doc in rng.sample(list(articles), len(articles)):
        yield nest(doc, rng.sample(articles[doc], len(articles[doc])))


def in_parts(articles: Articles, rng: random.Random) -> Iterator[Record]:
    """Some of an article nested, the rest a line each, before and behind it."""
    lines: list[Record] = []
    for doc, records in articles.items():
        shuffled = rng.sample(records, len(records))
        at = rng.randrange(len(shuffled) + 1)
        lines += [nest(doc, shuffled[:at]), *shuffled[at:]]
    rng.shuffle(lines)
    yield from lines


def nest(doc: str, records: list[Record]) -> Record:
    line: Record = {"doc": doc, "spans": [], "claims": []}
    for record in records:
        kind = record.get("type", "span")
        line[f"{kind}s"].append({key: value for key, value in record.items() if key not in ("doc", "type")})
    return line


FORMS: tuple[Callable[[Articles, random.Random], Iterator[Record]], ...] = (flat, nested, in_parts)


class Files:
    """A gold and two systems, written anew in another order each time, under the same names."""

    def __init__(self, folder: Path, *, described: bool) -> None:
        corpus = Corpus()
        sides = {"gold": of_layer(corpus.load()), "one": of_run(RULES), "two": of_layer(corpus.load("pass-a"))}
        if not described:
            sides = {name: plain(side, random.Random(1) if name == "one" else None) for name, side in sides.items()}
        self.sides = sides
        self.paths = {name: folder / f"{name}.jsonl" for name in sides}
        self.schema = default_schema() if described else None

    def write(self, seed: int) -> None:
        rng = random.Random(seed)
        for name, side in self.sides.items():
            form = FORMS[seed % len(FORMS)] if name == "gold" else rng.choice(FORMS)
            lines = form(side, rng)
            self.paths[name].write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    def figures(self) -> str:
        gold, one, two = self.paths.values()
        scored = score(gold, one, schema=self.schema).to_json()
        return scored + compare(gold, {"one": one, "two": two}, schema=self.schema).to_json()


@pytest.mark.parametrize("described", [True, False])
@pytest.mark.parametrize("shuffles", [4, pytest.param(16, marks=pytest.mark.slow)])
def test_the_order_of_records_and_the_form_of_lines_change_no_byte(
    described: bool, shuffles: int, tmp_path: Path
) -> None:
    files = Files(tmp_path, described=described)
    files.write(0)
    first = files.figures()
    read = set()
    for seed in range(1, shuffles):
        files.write(seed)
        read.add(read_span_columns(files.paths["gold"], files.schema) is None)
        assert files.figures() == first, seed
    assert read == {True, False}  # as Documents, and as columns too


def test_the_command_line_prints_the_same_bytes(tmp_path: Path) -> None:
    files = Files(tmp_path, described=False)
    said = set()
    for seed in range(3):
        files.write(seed)
        own = ["--gold", "gold.jsonl", "--json"]
        scored = claimspans("score", "one.jsonl", *own, cwd=tmp_path)
        compared = claimspans("compare", "one.jsonl", "two.jsonl", "--spans", *own, cwd=tmp_path)
        assert (scored.returncode, compared.returncode) == (0, 0), scored.stderr + compared.stderr
        said.add(scored.stdout + compared.stdout)
    assert len(said) == 1


def test_the_order_of_documents_in_a_list_changes_no_interval() -> None:
    gold = Corpus().load()
    told = Corpus().load("pass-a")
    result = score(gold, told, schema=default_schema())
    other = score(list(gold)[::-1], list(told)[::-1], schema=default_schema())
    assert other["strict"].interval == result["strict"].interval
    assert other.docs == sorted(other.docs) == result.docs
