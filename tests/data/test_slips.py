"""Slips of counting and of naming: said with the option that reads them so, and read so only where it is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans.data.layer import Layer
from claimspans.data.offset_conventions import OF_OFFSETS, Place, article_named, fits, fitting, meant_label, moved
from claimspans.data.problems import ClaimspansError, InputError
from claimspans.data.records import Document, Span
from claimspans.scoring.score import score

from ..helpers.command import claimspans
from ..helpers.examples import examples

TEXT = "🚀 “Ann” met Bob, ünd 🚀 Cy."
NAMES = ("Ann", "Bob", "Cy")
GOLD = [
    Document(
        doc="000",
        text=TEXT,
        spans=tuple(Span(label="PER", start=TEXT.index(one), end=TEXT.index(one) + len(one)) for one in NAMES),
    )
]


def utf16(at: int) -> int:
    return len(TEXT[:at].encode("utf-16-le")) // 2


COUNTED: dict[tuple[str, ...], Callable[[int, int], tuple[int, int]]] = {
    ("utf16",): lambda start, end: (
        len(TEXT[:start].encode("utf-16-le")) // 2,
        len(TEXT[:end].encode("utf-16-le")) // 2,
    ),
    ("utf8",): lambda start, end: (len(TEXT[:start].encode()), len(TEXT[:end].encode())),
    ("inclusive",): lambda start, end: (start, end - 1),
    ("from-1",): lambda start, end: (start + 1, end + 1),
    ("from-1", "inclusive"): lambda start, end: (start + 1, end),
}


def records(reading: tuple[str, ...], *, words: bool, doc: object = "000") -> list[dict[str, Any]]:
    found = []
    for name, span in zip(NAMES, GOLD[0].spans, strict=True):
        start, end = COUNTED[reading](span.start, span.end)
        found.append({"doc": doc, "label": "PER", "start": start, "end": end} | ({"text": name} if words else {}))
    return found


def test_every_reading_is_tried() -> None:
    assert set(COUNTED) == set(OF_OFFSETS)


@pytest.mark.parametrize("reading", COUNTED)
def test_words_that_stand_elsewhere_name_the_reading(reading: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match=" ".join(f"--read-as {name}" for name in reading)):
        score(GOLD, records(reading, words=True))
    result = score(GOLD, records(reading, words=True), read_as=reading)
    assert result["strict"].micro.COR == 3


@pytest.mark.parametrize("reading", COUNTED)
def test_without_words_the_gold_names_it_and_nothing_is_mended(reading: tuple[str, ...]) -> None:
    predictions = [{**one, "end": max(one["end"], one["start"] + 1)} for one in records(reading, words=False)]
    if any(one["end"] > len(TEXT) for one in predictions):
        with pytest.raises(InputError, match=f"--read-as {reading[0]}"):
            score(GOLD, predictions)
        return
    result = score(GOLD, predictions)
    assert result["strict"].micro.COR == 0
    (note,) = (note for note in result.notes if "would be strictly right" in note)
    assert " ".join(f"--read-as {name}" for name in reading) in note


def test_a_system_that_errs_otherwise_is_told_nothing() -> None:
    far = [{"doc": "000", "label": "PER", "start": at, "end": at + 2} for at in range(5)]
    assert not any("--read-as" in note for note in score(GOLD, far).notes)
    right = [*records(("from-1",), words=False)[:2], {"doc": "000", "label": "PER", "start": 3, "end": 6}]
    assert not any("--read-as" in note for note in score(GOLD, right).notes)
    with pytest.raises(InputError) as error:
        score(GOLD, [{"doc": "000", "label": "PER", "start": 0, "end": 3, "text": "Zoe"}])
    assert error.value.hints == []


@pytest.mark.parametrize("doc", [0, "0", "texts/000.txt", "000.JSON", "texts\\000"])
def test_an_article_that_is_named_otherwise_is_said(doc: object) -> None:
    given = [{"doc": doc, "label": "PER", "start": 3, "end": 6}]
    with pytest.raises(InputError, match="--read-as ids"):
        score(GOLD, given)
    assert score(GOLD, given, read_as=["ids"])["strict"].micro.COR == 1


def test_a_frame_that_pandas_read_has_numbers_for_ids() -> None:
    import pandas

    frame = pandas.DataFrame([{"doc": 0, "label": "PER", "start": 3, "end": 6}])
    with pytest.raises(InputError, match="--read-as ids"):
        score(GOLD, frame)
    assert score(GOLD, frame, read_as=["ids"])["strict"].micro.COR == 1


@pytest.mark.parametrize(
    ("doc", "known", "meant"),
    [
        (3, ["003", "013"], "003"),
        (3.0, ["003"], "003"),
        ("a/B.txt", ["b"], "b"),
        ("b", ["B", "b.txt"], None),
        ("v1.2", ["v1"], None),
        ("", ["0"], None),
        (0, ["000"], "000"),
    ],
)
def test_ids_are_the_same_but_for_their_form(doc: object, known: list[str], meant: str | None) -> None:
    assert article_named(doc, known) == meant


def test_labels_that_are_written_nearly_so() -> None:
    labels = ("SPEAKER", "STANCE", "DATE")
    assert [meant_label(one, labels) for one in ("stance", "Speakers", "GPE")] == ["STANCE", "SPEAKER", None]


@examples(100)
@given(text=st.text(min_size=3, max_size=30), data=st.data())
def test_what_was_counted_in_a_unit_is_found_again(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for unit, encoding, width in (("utf16", "utf-16-le", 2), ("utf8", "utf-8", 1)):
        first, last = (len(text[:at].encode(encoding)) // width for at in (start, end))
        assert moved(text, first, last, (unit,)) == (start, end)
        assert fits(text, Place("a", first, last, text[start:end]), (unit,))
    assert fitting([Place("a", start, end, text[start:end])], {"a": text}) == ()


def test_an_unknown_reading_and_two_units_are_refused() -> None:
    for wrong in (["bytes"], ["utf16", "utf8"]):
        with pytest.raises(ClaimspansError, match="no reading; expected utf16: offsets count"):
            score(GOLD, [], read_as=wrong)


def test_the_command_reads_files_and_answers_so(tmp_path: Path, gold: Layer) -> None:
    spans = [{"label": one.label, "start": one.start + 1, "end": one.end, "text": one.text} for one in gold[3].spans]
    path = tmp_path / "p.jsonl"
    path.write_text(json.dumps({"doc": "3", "spans": spans}) + "\n", encoding="utf-8")
    refused = claimspans("score", path)
    assert refused.returncode == 2
    assert "--read-as from-1 --read-as inclusive" in refused.stderr
    read_as = ("--read-as", "from-1", "--read-as", "inclusive", "--only", "003", "--json", "--brief")
    read = claimspans("score", path, *read_as, "--read-as", "ids")
    assert json.loads(read.stdout)["schemes"]["strict"]["micro"]["f1"] == 1.0
    (tmp_path / "mine.py").write_text(
        f"def extract(a): return {spans!r} if a['doc'] == '003' else []\n", encoding="utf-8"
    )
    run = ("score", "py:mine:extract", "--workers", "1")
    said = claimspans(*run, cwd=tmp_path)
    assert "--read-as from-1 --read-as inclusive" in said.stderr
    assert json.loads(claimspans(*run, *read_as, cwd=tmp_path).stdout)["schemes"]["strict"]["micro"]["f1"] == 1.0
