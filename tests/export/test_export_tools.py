"""Exports to annotation tools and to DyGIE++: their own forms, relations, and what each cannot hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import claimspans
from claimspans import Document, Layer, Span
from claimspans.data.schema import default_schema
from claimspans.export.formats import Part, Task, get

from ..helpers.command import claimspans as program

TEXT = "Mara Vale denied it.\nOro sent 40x shells. 🚢 She said so."


def span(label: str, words: str, number: str, **attributes: Any) -> Span:
    start = TEXT.index(words)
    return Span(label=label, start=start, end=start + len(words), id=number, attributes=attributes)


ARTICLE = Document(
    doc="a",
    text=TEXT,
    spans=(
        span("SPEAKER", "Mara Vale", "s1", entity="Mara Vale"),
        span("STANCE", "denied", "s2", speakers=("s1",)),
        span("QUANTITY", "40", "s3"),
        span("SPEAKER", "She", "s4"),
        span("STANCE", "said", "s5", speakers=("s1", "s4")),
    ),
)


def exported(name: str, *documents: Document) -> Part:
    return get(name).export(Task.whole(documents or (ARTICLE,), default_schema()))


def rows(part: Part) -> list[dict[str, Any]]:
    assert isinstance(part.content, bytes)
    return [json.loads(line) for line in part.content.decode().splitlines()]


@pytest.fixture(scope="module")
def gold() -> Layer:
    return claimspans.load()


def test_prodigy_has_tokens_spans_and_relations_by_token() -> None:
    part = exported("prodigy")
    (task,) = rows(part)
    tokens = task["tokens"]
    assert all(TEXT[token["start"] : token["end"]] == token["text"] for token in tokens)
    assert "".join(token["text"] + " " * token["ws"] for token in tokens).split() == TEXT.split()
    for marked in task["spans"]:
        assert tokens[marked["token_start"]]["start"] == marked["start"]
        assert tokens[marked["token_end"]]["end"] == marked["end"]
    tied = {(tokens[one["head"]]["text"], one["label"], tokens[one["child"]]["text"]) for one in task["relations"]}
    assert tied == {("denied", "speakers", "Vale"), ("said", "speakers", "Vale"), ("said", "speakers", "She")}
    assert task["meta"] == {"doc": "a"}


def test_a_span_inside_a_token_is_dropped_and_counted() -> None:
    assert "40" not in [TEXT[one["start"] : one["end"]] for one in rows(exported("prodigy"))[0]["spans"]]
    assert exported("prodigy").dropped["spans that end inside a token"] == 1
    assert len(rows(exported("doccano"))[0]["entities"]) == len(ARTICLE.spans)


def test_doccano_ids_are_unique_over_articles_and_lead_to_spans() -> None:
    found = rows(exported("doccano", ARTICLE, Document(doc="b", text=TEXT, spans=ARTICLE.spans)))
    ids = [entity["id"] for row in found for entity in row["entities"]]
    assert len(set(ids)) == len(ids) == 2 * len(ARTICLE.spans)
    for row in found:
        words = {each["id"]: row["text"][each["start_offset"] : each["end_offset"]] for each in row["entities"]}
        assert ("said", "She") in {(words[one["from_id"]], words[one["to_id"]]) for one in row["relations"]}


def test_dygiepp_counts_tokens_of_the_article_and_keeps_a_relation_in_its_sentence() -> None:
    part = exported("dygiepp")
    (row,) = rows(part)
    words = [word for sentence in row["sentences"] for word in sentence]
    assert len(row["sentences"]) == len(row["ner"]) == len(row["relations"])
    assert [words[first : last + 1] for of_one in row["ner"] for first, last, _ in of_one] == [
        ["Mara", "Vale"],
        ["denied"],
        ["She"],
        ["said"],
    ]
    tied = [(words[first], words[last]) for of_one in row["relations"] for first, _, _, last, _ in of_one]
    assert tied == [("denied", "Vale"), ("said", "She")]
    assert part.dropped["attributes"] == 2  # an entity, and a speaker in another sentence


def test_dygiepp_leaves_out_zones(gold: Layer) -> None:
    read = rows(exported("dygiepp", *gold))
    for document, row in zip(gold, read, strict=True):
        words = {word for sentence in row["sentences"] for word in sentence}
        zoned = "".join((document.text or "")[zone.start : zone.end] for zone in document.zones)
        kept = "".join((document.text or "")[start:end] for start, end in _outside(document))
        assert words <= set(_words(kept))
        assert not zoned or sum(len(sentence) for sentence in row["sentences"]) < len(_words(document.text or ""))
        assert sum(map(len, row["ner"])) == len(document.spans)


def _outside(document: Document) -> list[tuple[int, int]]:
    edges = [0, *(edge for zone in document.zones for edge in (zone.start, zone.end)), len(document.text or "")]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _words(text: str) -> list[str]:
    from claimspans.text.tokens import tokens

    return [text[start:end] for start, end in tokens(text, rule="quotes")]


@pytest.mark.parametrize("name", ["prodigy", "doccano"])
def test_what_a_tool_would_give_back_scores_as_the_gold(name: str, gold: Layer, tmp_path: Path) -> None:
    done = program("export", name, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    found = claimspans.score(gold, tmp_path / "out" / "all.jsonl")["strict"].micro
    assert (found.MIS, found.SPU, found.INC) == (0, 0, 0)


@pytest.mark.slow
def test_uima_is_read_back_by_its_own_library(gold: Layer) -> None:
    from cassis import load_cas_from_xmi, load_typesystem

    part = exported("uima", ARTICLE, *gold)
    assert isinstance(part.content, dict)
    types = load_typesystem(part.content["TypeSystem.xml"].decode())
    for document in (ARTICLE, *gold):
        cas = load_cas_from_xmi(part.content[f"{document.doc}.xmi"].decode(), typesystem=types)
        assert cas.sofa_string == document.text
        read = [
            (one.label, one.begin, one.end, one.id, one.speakers) for one in cas.select("webanno.custom.ClaimspansSpan")
        ]
        assert sorted(read, key=str) == sorted(
            (
                (each.label, each.start, each.end, each.id, " ".join(each.attributes.get("speakers") or ()) or None)
                for each in document.spans
            ),
            key=str,
        )
        zones = [(one.kind, one.begin, one.end) for one in cas.select("webanno.custom.ClaimspansZone")]
        assert sorted(zones) == sorted((zone.kind, zone.start, zone.end) for zone in document.zones)
