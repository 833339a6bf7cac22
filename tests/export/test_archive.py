"""Archives without an engine: which files are meant, joined scores, the ledger, and copies of an article."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

import claimspans
from claimspans import ClaimspansError, Document, Layer
from claimspans.data.ledger import COLUMNS
from claimspans.data.records import Claim, nested_record
from claimspans.export.engines import join
from claimspans.export.engines.files import folder, parquet_files
from claimspans.export.engines.near_copies import near_copies, texts_table
from claimspans.text.shingles import word_shingles

from ..helpers import archive
from ..helpers.command import Ran
from ..helpers.command import claimspans as called
from ..helpers.places import ROOT

GOLD, FOUND = archive.articles(9)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for side, rows, parts in (("gold", GOLD, 3), ("found", FOUND, 2)):
        (tmp_path / side).mkdir()
        for part in range(parts):
            archive.write(rows[part::parts], str(tmp_path / side / f"{part}.parquet"))
    return tmp_path


def scored(place: Path, *options: str, gold: str = "gold/*.parquet", found: str = "found") -> Ran:
    return called("score", "--gold", str(place / gold), str(place / found), *options)


def test_files_folders_and_patterns_are_told_apart(place: Path) -> None:
    (place / "gold" / "_SUCCESS").touch()
    (place / "gold" / ".hidden.parquet").touch()
    every = [str(place / "gold" / f"{part}.parquet") for part in range(3)]
    assert [file.path for file in parquet_files(str(place / "gold"))] == every
    assert [file.path for file in parquet_files(str(place / "g*" / "[12].parquet"))] == every[1:]
    assert [file.path for file in parquet_files(every[0])] == every[:1]
    assert [file.name for file in parquet_files(f"file://{every[0]}")] == [f"file://{every[0]}"]
    for missing in ("nowhere", "nowhere/*.parquet", "gold/*.csv"):
        with pytest.raises(ClaimspansError, match="no such Parquet files"):
            parquet_files(str(place / missing))
    with pytest.raises(ClaimspansError, match=r"expected a path, or a URI such as s3://"):
        parquet_files("nothing://x/y")


@pytest.mark.parametrize("size", [4000, 1 << 24])
def test_an_archive_has_the_score_of_its_articles(place: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join, "BUCKET", size)
    monkeypatch.setattr(join, "ROWS", 2)
    archive.write(GOLD, str(place / "all-gold.parquet"))
    archive.write(FOUND, str(place / "all-found.parquet"))
    plain = called("score", "--gold", place / "all-gold.parquet", place / "all-found.parquet", "--json")
    ran = scored(place, "--engine", "local", "--json")
    assert (ran.returncode, ran.stdout) == (0, plain.stdout)


def test_options_of_a_score_hold_for_an_archive(place: Path) -> None:
    options = ("--scheme", "iou0.5", "--brief", "--fail-under", "strict.f1=.99")
    ran = scored(place, "--engine", "local", *options)
    assert ran.returncode == 1
    assert "strict.f1 is 0." in ran.stderr
    assert ran.stdout.startswith("iou0.5")
    details = scored(place, "--engine", "local", "--details")
    assert "characters" in details.stdout
    assert "confusion" in details.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--errors"], "--errors goes without --engine"),
        (["--map", "A=B"], "a label map needs a schema here"),
        (["--read-as", "ids"], "articles are joined by their ids"),
        (["--watch"], "--watch goes without --engine"),
        (["--editions", "3"], "--editions goes without --engine"),
        (["--only", "d001"], "--only goes without --engine"),
        (["--split", "test"], "--split goes without --engine"),
        (["--out", "x"], "--out goes without --engine"),
    ],
)
def test_what_an_engine_cannot_do_is_refused(place: Path, options: list[str], said: str) -> None:
    ran = scored(place, "--engine", "local", *options)
    assert ran.returncode == 2
    assert said in ran.stderr


def test_calls_without_what_they_need_are_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--engine needs --gold" in called("score", place / "found", "--engine", "local").stderr
    assert "name one, or leave it out" in scored(place, "--keep", str(place / "kept")).stderr
    monkeypatch.setenv("RAY_ADDRESS", "10.0.0.1:6379")
    ran = scored(place, "--engine", "ray")
    assert (ran.returncode, "needs --keep" in ran.stderr) == (2, True)
    lone = called("ledger", place / "found")
    assert (lone.returncode, "name an --engine" in lone.stderr) == (2, True)
    assert "--engine needs PREDICTIONS" in called("ledger", "--engine", "local").stderr


def test_rows_at_fault_are_named_with_their_file(place: Path) -> None:
    wrong = [*FOUND[:2], FOUND[2] | {"spans": [{"label": "A", "start": 5, "end": 3}]}]
    archive.write(wrong, str(place / "wrong.parquet"))
    ran = scored(place, "--engine", "local", found="wrong.parquet")
    assert ran.returncode == 2
    assert "wrong.parquet:3" in ran.stderr
    parquet.write_table(pyarrow.table({"id": ["x"]}), str(place / "other.parquet"))
    ran = scored(place, "--engine", "local", found="other.parquet")
    assert "expected the id of an article, by which the tables are joined" in ran.stderr
    (place / "text.parquet").write_text("no Parquet", encoding="utf-8")
    assert "expected a Parquet file" in scored(place, "--engine", "local", found="text.parquet").stderr
    archive.write([FOUND[0] | {"doc": "unknown"}], str(place / "unknown.parquet"))
    assert "“unknown”" in scored(place, "--engine", "local", found="unknown.parquet").stderr


def nested(documents: list[Document], path: Path, *, text: bool) -> None:
    rows = [nested_record(one) | ({"text": one.text, "published": one.published} if text else {}) for one in documents]
    names = dict.fromkeys(name for row in rows for name in row)
    parquet.write_table(pyarrow.table({name: [row.get(name) for row in rows] for name in names}), path)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_ledger_of_an_archive_is_that_of_the_corpus(gold: Layer, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    nested(list(gold[:2]), tmp_path / "in" / "a.parquet", text=True)
    nested(list(gold[2:]), tmp_path / "in" / "b.parquet", text=True)
    files = {name: tmp_path / name for name in ("rows.csv", "rows.parquet", "entities.csv", "own.csv")}
    options = ("--csv", files["rows.csv"], "--parquet", files["rows.parquet"], "--entities", files["entities.csv"])
    ran = called("ledger", tmp_path / "in", "--engine", "local", *options)
    assert (ran.returncode, ran.stderr) == (0, "96 rows of claims; 0 articles left out as copies\n")
    called("ledger", "--csv", files["own.csv"])
    found = rows_of(files["rows.csv"])
    assert [{name: row[name] for name in COLUMNS} for row in found] == rows_of(files["own.csv"])
    assert {(row["copies"], row["copy_docs"]) for row in found} == {("0", "")}
    table = parquet.read_table(files["rows.parquet"])
    assert table.column("claim").to_pylist() == [row["claim"] for row in found]
    entities = {(row["entity"], row["role"]): row for row in rows_of(files["entities.csv"])}
    supplied = [claim for document in gold for claim in document.claims if claim.supplier == "KP"]
    assert entities["KP", "supplier"]["mentions"] == str(len(supplied))
    assert entities["KP", "supplier"]["assertion"] == str(sum(claim.stance == "assertion" for claim in supplied))
    speakers = [span for document in gold for span in document.spans if span.attributes.get("entity") == "Jung Pak"]
    assert entities["Jung Pak", "SPEAKER"]["mentions"] == str(len(speakers))


def test_a_stance_and_json_lines(gold: Layer, tmp_path: Path) -> None:
    nested(list(gold), tmp_path / "a.parquet", text=True)
    ran = called("ledger", tmp_path / "a.parquet", "--engine", "local", "--stance", "denial", "--json")
    rows = list(map(json.loads, ran.stdout.splitlines()))
    assert rows
    assert {row["stance"] for row in rows} == {"denial"}
    assert called("ledger", tmp_path / "a.parquet", "--engine", "local", "--stance", "joy").returncode == 2


def reprinted(document: Document, name: str, published: str | None) -> Document:
    """The article in another paper: with a line of its own before and behind, which moves every span."""
    head = "The Vladivostok Courier\n\n"
    spans = (claimspans.Span(**_moved(span, len(head))) for span in document.spans)
    text = f"{head}{document.text}\n\nAll rights reserved."
    return Document(doc=name, text=text, published=published, spans=tuple(spans), claims=document.claims)


def _moved(span: Any, by: int) -> dict[str, Any]:
    fields = {name: getattr(span, name) for name in span.__struct_fields__}
    return fields | {"start": span.start + by, "end": span.end + by}


def test_wire_copy_stands_once_with_the_ids_of_its_copies(gold: Layer, tmp_path: Path) -> None:
    one = gold[0]
    other = [reprinted(one, "zz-first", "1999-01-01"), reprinted(one, "aa-later", None)]
    archived = [*gold, *other]
    nested(archived, tmp_path / "texts.parquet", text=True)
    nested([*gold[:1], *archived[1:]], tmp_path / "found.parquet", text=False)
    call = ("ledger", tmp_path / "found.parquet", "--articles", tmp_path / "texts.parquet", "--engine", "local")
    ran = called(*call, "--csv", tmp_path / "rows.csv", "--entities", tmp_path / "entities.csv")
    assert "2 articles left out as copies" in ran.stderr
    kept = {row["doc"]: row for row in rows_of(tmp_path / "rows.csv")}
    assert set(kept) == {*(document.doc for document in gold[1:]), "zz-first"}
    assert kept["zz-first"]["copies"] == "2"
    assert set(kept["zz-first"]["copy_docs"].split("; ")) == {one.doc, "aa-later"}
    alone = tmp_path / "alone.csv"
    nested(list(gold), tmp_path / "gold.parquet", text=True)
    called("ledger", tmp_path / "gold.parquet", "--engine", "local", "--entities", alone, "--csv", tmp_path / "x.csv")
    assert rows_of(tmp_path / "entities.csv") == rows_of(alone)


def share(one: str, other: str) -> float:
    ours, theirs = set(word_shingles(one)), set(word_shingles(other))
    return len(ours & theirs) / len(ours | theirs)


def test_copies_are_those_that_share_most_shingles(tmp_path: Path) -> None:
    """Against every pair's own share: what has far more is a copy, what has far less is none, in any partition."""
    rng = random.Random(7)
    words = [f"w{number}" for number in range(300)]
    texts = {}
    for family in range(12):
        base = [rng.choice(words) for _ in range(120)]
        for copy in range(4):
            changed = [rng.choice(words) if rng.random() < copy * 0.01 else word for word in base]
            texts[f"{family:02}-{copy}"] = " ".join(changed)
    documents = [Document(doc=doc, text=text, claims=(Claim(event="use"),)) for doc, text in texts.items()]
    rng.shuffle(documents)
    answers = []
    for parts in (1, 5):
        place = folder(tmp_path / str(parts))
        names = [f"{part}.parquet" for part in range(parts)]
        for part, name in enumerate(names):
            place.write_table(name, texts_table(documents[part::parts]))
        answers.append(near_copies(place, names))
    assert answers[0] == answers[1]
    grouped = {doc: first for first, others in answers[0].of.items() for doc in (first, *others)}
    shares = {(one, other): share(texts[one], texts[other]) for one in texts for other in texts if one < other}
    assert any(found >= 0.85 for found in shares.values())
    for (one, other), found in shares.items():
        if found >= 0.85:
            assert grouped[one] == grouped[other]
        if one[:2] != other[:2]:
            assert grouped.get(one, one) != grouped.get(other, other)


def test_an_article_with_claims_stands_for_one_without(tmp_path: Path) -> None:
    text = " ".join(f"word{number}" for number in range(80))
    silent = Document(doc="a", text=text, published="1990-01-01")
    telling = Document(doc="b", text=text, published="2000-01-01", claims=(Claim(event="use"),))
    place = folder(tmp_path)
    place.write_table("x.parquet", texts_table([silent, telling]))
    assert near_copies(place, ["x.parquet"]).of == {"b": ("a",)}
    place.write_table("nothing.parquet", texts_table([]))
    assert near_copies(place, ["nothing.parquet"]).of == {}


def test_the_examples_of_help_are_calls_that_there_are() -> None:
    for command in ("score", "ledger"):
        assert "--engine ray" in called(command, "--help", cwd=ROOT).stdout
