"""Annotations of a text that is edited: carried over where there is one place for them, listed where there is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimspans import Corpus, check
from claimspans.data.articles import Given
from claimspans.data.holdings import add
from claimspans.layers.reanchoring import Carried, Carrying, carry, prepare

from ..helpers.command import claimspans
from ..helpers.grain import TEXTS, annotate, grain

OLD = TEXTS["cairo"][1]


def edited(corpus: Corpus, text: str, tmp_path: Path) -> Carried:
    path = tmp_path / "cairo.txt"
    path.write_text(text, encoding="utf-8")
    prepared: list[Carrying] = []
    add(corpus, [path], Given(), update=lambda articles: prepared.extend(prepare(corpus, articles)))
    (carried,) = carry(corpus, prepared)
    return carried


def spans(corpus: Corpus) -> list[tuple[str | None, str | None, int]]:
    return [(span.id, span.text, span.start) for document in corpus.load() for span in document.spans]


def test_what_is_only_moved_is_carried_over_with_all_that_it_says(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    annotate(corpus, "gold", ("cairo",))
    before = spans(corpus)
    carried = edited(corpus, "CAIRO, 6 March.\n" + OLD, tmp_path)
    assert (carried.placed, carried.lost) == (len(before), [])
    assert spans(corpus) == [(name, text, start + 16) for name, text, start in before]
    assert check("gold", corpus) == []
    assert corpus.sources["cairo"].published == "2024-03-06"
    assert not list((corpus.root / "annotations").rglob("*.before"))


def test_what_has_no_sure_place_is_listed_and_the_file_is_kept(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    folder = annotate(corpus, "gold", ("cairo",))
    kept = (folder / "cairo.jsonl").read_bytes()
    carried = edited(
        corpus, OLD.replace("60,000 tonnes", "63,000 tonnes").replace(" GASC paid 265 dollars.", ""), tmp_path
    )
    assert [(one.record, one.text, one.status) for one in carried.lost] == [
        ("QUANTITY s2", "60,000 tonnes", "unaligned"),
        ("ACTOR s5", "GASC", "unaligned"),
        ("QUANTITY s6", "265 dollars", "unaligned"),
    ]
    assert (folder / "cairo.jsonl.before").read_bytes() == kept
    assert [text for _, text, _ in spans(corpus)] == ["Egypt", "Romania", "5 March 2024"]
    assert check("gold", corpus) == []


def test_an_edit_in_place_is_found_by_check_and_taken_over(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    annotate(corpus, "gold", ("cairo",))
    path = corpus.root / "seeds" / "cairo.txt"
    path.write_text(OLD.replace("bought", "has bought"), encoding="utf-8")
    corpus = Corpus(corpus.root)
    assert [problem.id for problem in check("gold", corpus)] == ["article-edited"]
    (carried,) = carry(corpus, prepare(corpus, add(corpus, [path], Given(), update=lambda _: None).edited))
    # Which of two equal words was meant is not known where the old text is not: it is not guessed.
    assert [(one.record, one.status) for one in carried.lost] == [("ACTOR s1", "ambiguous")]
    assert carried.placed == 5
    assert check("gold", Corpus(corpus.root)) == []


def test_what_had_no_place_in_one_text_is_kept_when_the_text_changes_again(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    folder = annotate(corpus, "gold", ("cairo",))
    kept = (folder / "cairo.jsonl").read_text(encoding="utf-8")
    edited(corpus, OLD.replace("60,000 tonnes", "63,000 tonnes"), tmp_path)
    later = (folder / "cairo.jsonl").read_text(encoding="utf-8")
    edited(corpus, OLD.replace("60,000 tonnes", "63,000 tonnes").replace("GASC", "They"), tmp_path)
    assert (folder / "cairo.jsonl.before").read_text(encoding="utf-8") == kept
    assert (folder / "cairo.jsonl.2.before").read_text(encoding="utf-8") == later


def test_annotations_that_cannot_be_read_stop_an_update_before_anything_is_written(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    annotate(corpus, "gold")
    broken = corpus.root / "annotations" / "gold" / "odesa.jsonl"
    broken.write_text(broken.read_text(encoding="utf-8").replace('"start"', '"begin"'), encoding="utf-8")
    files = tmp_path / "files"
    files.mkdir()
    for name, text in (("cairo", f"Cairo.\n{OLD}"), ("odesa", "Maize."), ("new", "Sorghum.")):
        (files / f"{name}.txt").write_text(text, encoding="utf-8")
    before = {path: path.read_bytes() for path in corpus.root.rglob("*") if path.is_file()}
    ran = claimspans("add", "--update", files, "--corpus", corpus.root)
    assert (ran.returncode, "odesa.jsonl:2: field-" in ran.stderr) == (2, True)
    assert {path: path.read_bytes() for path in corpus.root.rglob("*") if path.is_file()} == before
    broken.unlink()
    ran = claimspans("add", "--update", files, "--corpus", corpus.root)
    assert ran.returncode == 0, ran.stderr
    assert list(Corpus(corpus.root).sources) == [*TEXTS, "new"]


def test_an_update_that_was_broken_off_is_completed_by_the_same_call(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    folder = annotate(corpus, "gold", ("cairo",))
    source, text = corpus.sources_path.read_bytes(), corpus.root / "seeds" / "cairo.txt"
    edited(corpus, f"Cairo.\n{OLD}", tmp_path)
    carried = (folder / "cairo.jsonl").read_bytes()
    corpus.sources_path.write_bytes(source)
    text.write_text(OLD, encoding="utf-8")
    edited(Corpus(corpus.root), f"Cairo.\n{OLD}", tmp_path)
    assert (folder / "cairo.jsonl").read_bytes() == carried
    assert check("gold", Corpus(corpus.root)) == []


def test_a_text_that_was_edited_is_put_back_by_adding_it_again(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    annotate(corpus, "gold", ("cairo",))
    (corpus.root / "seeds" / "cairo.txt").write_text("Edited.", encoding="utf-8")
    corpus = Corpus(corpus.root)
    (tmp_path / "cairo.txt").write_text(OLD, encoding="utf-8")
    result = add(corpus, [tmp_path / "cairo.txt"], Given())
    assert result.unchanged == ["cairo"]
    assert result.notes == ["cairo: its text was another one, and is put back"]
    assert check("gold", corpus) == []


@pytest.fixture
def claims(tmp_path: Path) -> Corpus:
    """An article with a claim and a zone under the project's schema."""
    from claimspans.data.new_corpus import new_corpus

    new_corpus(tmp_path / "mine", "claims")
    corpus = Corpus(tmp_path / "mine")
    text = "Share:\nKim denied that ten shells were sent.\n"
    (tmp_path / "cairo.txt").write_text(text, encoding="utf-8")
    add(corpus, [tmp_path / "cairo.txt"], Given())
    folder = corpus.root / "annotations" / "gold"
    folder.mkdir()
    claim: dict[str, Any] = {"event": "transfer", "status": "occurred", "stance": "denial", "certainty": "certain"}
    claim |= {"cue": "s2", "holders": ["s1"], "via": [], "supplier": None, "recipient": None, "user": None}
    claim |= {"parties": [], "cargo": [{"item": "s4", "quantity": "s3", "relation": "counts"}], "when": []}
    marks: list[tuple[str, dict[str, Any]]] = [
        ("Kim", {"label": "SPEAKER", "entity": "Kim", "source_type": "person", "country": "KP", "relay": False}),
        ("denied", {"label": "STANCE", "stance": "denial", "certainty": "certain", "speakers": ["s1"]}),
        ("ten", {"label": "QUANTITY", "value": 10, "comparator": "eq", "unit": "shell", "measure": "count"}),
        ("shells", {"label": "ITEM", "category": "ML3", "origin": None}),
    ]
    records: list[dict[str, Any]] = [
        {"type": "document", "doc": "cairo", "sha256": corpus.sources["cairo"].sha256},
        {"type": "zone", "doc": "cairo", "zone": "boilerplate", "start": 0, "end": 6},
    ]
    for number, (words, said) in enumerate(marks, 1):
        start = text.index(words)
        place = {"start": start, "end": start + len(words), "text": words}
        records.append({"type": "span", "doc": "cairo", "id": f"s{number}", **said, **place})
    records.append({"type": "claim", "doc": "cairo", "id": "c1", **claim, "target": None, "same_as": None})
    (folder / "cairo.jsonl").write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    assert check("gold", corpus) == []
    return corpus


def test_a_claim_names_no_span_that_is_gone_and_is_listed(claims: Corpus, tmp_path: Path) -> None:
    carried = edited(claims, "Share:\nKim denied that some missiles were sent.\n", tmp_path)
    assert [(one.record, one.status) for one in carried.lost] == [
        ("QUANTITY s3", "unaligned"),
        ("ITEM s4", "unaligned"),
        ("claim c1", "names spans that are not placed"),
    ]
    (document,) = claims.load()
    assert [(zone.start, zone.end) for zone in document.zones] == [(0, 6)]
    assert (document.claims[0].cue, document.claims[0].cargo) == ("s2", ())
    assert check("gold", claims) == []
