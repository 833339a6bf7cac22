"""The published dataset's rows and cards, as far as no heavy library is needed."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from contextlib import nullcontext
from importlib.metadata import entry_points
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans.data.bio import encode
from claimspans.data.column_types import Tags, attribute_types, fit, tag_names, type_of
from claimspans.data.corpus import Corpus
from claimspans.data.layer import Layer
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Document, Span
from claimspans.data.schema import Schema
from claimspans.hub import build, croissant, folder
from claimspans.hub import eval_yaml as leaderboard
from claimspans.hub import tables as rows
from claimspans.hub.about import about_of
from claimspans.hub.field_descriptions import Field, descriptions, fields
from claimspans.hub.table_schema import configurations
from claimspans.text.sentences import sentences
from claimspans.text.tokens import tokens
from claimspans.version import DATASET_VERSION

from ..helpers.places import ROOT


def cut(text: str, *spans: Span) -> list[str]:
    return [text[start:end] for start, end in sentences(text, [(span.start, span.end) for span in spans])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said so. She did not.", ["He said so.", "She did not."]),
        ("“We know.” Then he left.", ["“We know.”", "Then he left."]),
        ("On Sept. 4 it began. It ended.", ["On Sept. 4 it began.", "It ended."]),
        ("the U.S. Department. Next.", ["the U.S. Department.", "Next."]),
        ("A headline\nThe body goes on", ["A headline", "The body goes on"]),
        ("said that t\nhe door is open. ok", ["said that t\nhe door is open. ok"]),
        ("it was\n  open", ["it was\n  open"]),
        ("Shipments\n\nrussia denied it", ["Shipments", "russia denied it"]),
        ("It rose 3.5 percent. 2 more came.", ["It rose 3.5 percent.", "2 more came."]),
        ("  \n\n  ", []),
        ("", []),
    ],
)
def test_sentences_end_where_the_rule_says(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_sentence_does_not_end_inside_a_span() -> None:
    text = "Sent by Acme Corp. Ltd in May. Then more."
    assert len(cut(text)) == 3
    assert cut(text, Span(label="SPEAKER", start=8, end=22)) == ["Sent by Acme Corp. Ltd in May.", "Then more."]


@given(st.text(alphabet="aB .!?\n\"'”4–ß", max_size=60))
def test_sentences_and_tokens_hold_every_visible_character_once_and_in_order(text: str) -> None:
    places = sentences(text)
    assert all(one[1] <= two[0] for one, two in pairwise(places))
    held = "".join(text[start:end] for place in places for start, end in tokens(text, *place))
    assert held == "".join(text.split())


def test_every_span_of_the_gold_begins_and_ends_at_tokens_of_one_sentence(gold: Layer) -> None:
    for document in gold:
        text = document.text or ""
        assert sentences(text) == sentences(text, [(span.start, span.end) for span in document.spans]), (
            "no end had to be moved"
        )
        for start, end in sentences(text):
            inside = [span for span in document.spans if start <= span.start < end]
            tags, dropped = encode(tokens(text, start, end), inside)
            assert dropped == []
            assert sum(tag.startswith("B-") for tag in tags) == len(inside)


def span(label: str, start: int, end: int, identity: str) -> Span:
    return Span(label=label, start=start, end=end, id=identity)


@pytest.mark.parametrize(
    ("spans", "tags", "dropped"),
    [
        ([span("ITEM", 0, 9, "a")], ["B-ITEM", "I-ITEM", "O"], []),
        ([span("ITEM", 0, 4, "a"), span("ITEM", 5, 9, "b")], ["B-ITEM", "B-ITEM", "O"], []),
        ([span("DATE", 5, 9, "b"), span("ITEM", 0, 9, "a")], ["B-ITEM", "I-ITEM", "O"], ["b"]),
        ([span("ITEM", 0, 3, "a")], ["O", "O", "O"], ["a"]),
    ],
    ids=["two tokens", "neighbours", "the longer stays", "inside a token"],
)
def test_bio_tags_name_what_they_drop(spans: list[Span], tags: list[str], dropped: list[str]) -> None:
    found, left_out = encode([(0, 4), (5, 9), (9, 10)], spans)
    assert (found, [span.id for span in left_out]) == (tags, dropped)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({"type": "string"}, "string"),
        ({"type": ["number", "null"]}, "float64"),
        ({"type": "array", "items": {"type": "integer"}}, ["int64"]),
        ({"oneOf": [{"const": "a"}, {"const": None}]}, "string"),
        ({"anyOf": [{"type": "boolean"}, {"type": "null"}]}, "bool"),
        ({"type": "object", "properties": {"x": {"enum": [1, 2.5]}}}, {"x": "float64"}),
        ({"$ref": "#/$defs/ids"}, ["string"]),
    ],
)
def test_types_come_from_the_schema(part: dict[str, Any], expected: Any, schema: Schema) -> None:
    assert type_of(schema, part) == expected


@pytest.mark.parametrize("part", [{"type": ["string", "number"]}, {}, {"type": "null"}])
def test_a_value_of_no_single_type_is_refused(part: dict[str, Any], schema: Schema) -> None:
    with pytest.raises(ClaimspansError, match="no single type that a table can hold"):
        type_of(schema, part)


@pytest.mark.parametrize("name", ["sentence", "fold", "text", "given"])
def test_an_attribute_that_is_named_like_a_column_is_refused(name: str, schema: Schema) -> None:
    with pytest.raises(
        ClaimspansError, match=rf"ITEM.*{name}.* (have a column; rename it|a field of every span; rename)"
    ):
        configurations(changed(schema, "ITEM", name, {"description": "x", "type": "string"}))


def test_a_text_may_hold_what_ends_a_line_elsewhere(tmp_path: Path) -> None:
    """str.splitlines would cut the JSON at each of these."""
    said = [{"text": "one\u2028two\x85three\x0cfour\r\nfive"}, {"text": ""}]
    path = tmp_path / folder.jsonl_name("documents", "train")
    path.parent.mkdir(parents=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in said), encoding="utf-8")
    assert folder.read_jsonl(tmp_path, "documents", "train") == said


def changed(schema: Schema, label: str, name: str, part: dict[str, Any]) -> Schema:
    root = json.loads(json.dumps(schema.root))
    root["$defs"][label]["properties"][name] = part
    return Schema(json.dumps(root).encode())


def test_an_attribute_that_is_added_to_the_schema_is_a_column_everywhere(schema: Schema) -> None:
    more = configurations(changed(schema, "ITEM", "calibre", {"description": "Of a gun.", "type": ["integer", "null"]}))
    assert more["spans"].columns["calibre"] == "int64"
    for name in ("documents", "passes", "predictions"):
        nested: Any = more[name].columns["spans"]
        assert nested[0]["calibre"] == "int64"


def test_one_attribute_with_two_types_is_refused(schema: Schema) -> None:
    twice = changed(schema, "ITEM", "value", {"description": "A word.", "type": "string"})
    with pytest.raises(ClaimspansError, match=r"value of ITEM is string, elsewhere float64.*rename"):
        attribute_types(twice)


def test_tags_are_those_of_the_labels(schema: Schema) -> None:
    assert tag_names(schema) == ("O", *(f"{letter}-{label}" for label in schema.labels for letter in "BI"))


def test_values_fit_their_columns() -> None:
    columns = {"value": "float64", "inner": [{"a": "string"}], "tags": [Tags(("O", "B-X"))], "none": ["string"]}
    fitted = fit({"value": 3, "inner": [{}], "tags": ["B-X"]}, columns)
    assert fitted == {"value": 3.0, "inner": [{"a": None}], "tags": [1], "none": None}
    assert isinstance(fitted["value"], float)


def test_the_test_articles_are_the_newest(corpus: Corpus) -> None:
    test = rows.newest(corpus.sources.values())
    assert test == ["003"]  # September 2024; the next is of August
    latest = max(source.published or "" for source in corpus.sources.values() if source.doc not in test)
    assert all((corpus.sources[doc].published or "") > latest for doc in test)


@pytest.fixture(scope="module")
def full(corpus: Corpus, gold: Layer) -> rows.Tables:
    return rows.tables(corpus, gold, {"half": [gold[0]]})


def test_no_article_stands_in_both_splits_and_its_fold_is_its_number(full: rows.Tables, gold: Layer) -> None:
    docs = [document.doc for document in gold]
    for splits in full.values():
        train, test = ({row["doc"] for row in splits[name]} for name in ("train", "test"))
        assert not train & test
        assert train | test == set(docs)
        assert all(docs[row["fold"]] == row["doc"] for name in splits for row in splits[name])


def test_offsets_lead_back_to_the_article(full: rows.Tables, corpus: Corpus) -> None:
    for split in ("train", "test"):
        for row in full["spans"][split]:
            assert corpus.texts[row["doc"]][row["start"] : row["end"]] == row["text"]
        for row in full["sentences"][split]:
            assert corpus.texts[row["doc"]][row["start"] : row["end"]] == row["text"]
            assert all(row["text"][each["start"] : each["end"]] == each["text"] for each in row["spans"])
        for row in full["tokens"][split]:
            places = zip(row["token_starts"], row["token_ends"], strict=True)
            assert [corpus.texts[row["doc"]][start:end] for start, end in places] == row["tokens"]
        for row in full["claims"][split]:
            named: dict[str, list[str]] = {}
            for each in row["evidence"]:
                named.setdefault(each["field"], []).append(each["id"])
            assert named.get("holders", []) == row["holders"]
            for number, cargo in enumerate(row["cargo"]):
                for field in ("item", "quantity"):
                    assert named.get(f"cargo.{number}.{field}", [None]) == [cargo[field]]


def test_a_row_lies_in_one_zone_or_in_none(full: rows.Tables, gold: Layer) -> None:
    """So that who leaves the rows with a zone out leaves all furniture out, and nothing else."""
    zones = {document.doc: document.zones for document in gold}
    for name in ("sentences", "tokens"):
        marked = 0
        for row in [row for split in full[name].values() for row in split]:
            place = range(row["start"], row["end"])
            kinds = {at: zone.kind for zone in zones[row["doc"]] for at in range(zone.start, zone.end)}
            assert {kinds.get(at) for at in place} == {row["zone"]}
            marked += row["zone"] is not None
        assert marked > 0


def test_rows_are_told_apart_by_their_key_and_hold_every_record(full: rows.Tables, schema: Schema, gold: Layer) -> None:
    known = configurations(schema)
    for name, splits in full.items():
        keys = [rows.key_of(known[name], row) for split in splits.values() for row in split]
        assert len(set(keys)) == len(keys)
        assert all(list(row) == list(known[name].columns) for split in splits.values() for row in split)
    assert sum(map(len, full["spans"].values())) == sum(len(document.spans) for document in gold)
    assert sum(map(len, full["claims"].values())) == sum(len(document.claims) for document in gold)
    assert sum(map(len, full["passes"].values())) == 2 * len(gold)


def test_a_system_that_is_silent_on_an_article_has_a_row_for_it(full: rows.Tables, gold: Layer) -> None:
    found = {row["doc"]: len(row["spans"]) for split in full["predictions"].values() for row in split}
    assert found == {document.doc: len(document.spans) * (document is gold[0]) for document in gold}


def test_the_canary_is_in_metadata_and_in_no_text(full: rows.Tables) -> None:
    for row in [*full["documents"]["train"], *full["documents"]["test"]]:
        assert row["canary"] == rows.CANARY
        assert rows.CANARY not in row["text"]


def test_without_text_nothing_longer_than_a_span_is_left_and_with_it_all_is_back(
    full: rows.Tables, corpus: Corpus, gold: Layer
) -> None:
    longest = max(len(each.text or "") for document in gold for each in document.spans)
    runs = {text[at : at + longest + 1] for text in corpus.texts.values() for at in range(len(text) - longest)}
    for name, splits in full.items():
        for split in splits.values():
            for row in split:
                bare = rows.without_text(name, row)
                title = json.dumps(corpus.sources[row["doc"]].title, ensure_ascii=False)
                shown = json.dumps(bare, ensure_ascii=False).replace(f'"title": {title}', "")
                assert not any(shown[at : at + longest + 1] in runs for at in range(len(shown) - longest))
                assert rows.with_text(name, bare, corpus.texts[row["doc"]]) == row
                if name == "tokens":
                    lists = ("tokens", "tags", "ner_tags", "token_starts", "token_ends")
                    assert len({len(bare[column]) for column in lists}) == 1
                    assert set(bare["tokens"]) == {None}
                if name == "documents":
                    assert bare["source"]["title"] == corpus.sources[row["doc"]].title


def test_what_quotes_more_than_a_span_is_not_built_without_the_articles(corpus: Corpus, gold: Layer) -> None:
    """A system may call a paragraph an entity."""
    text = corpus.texts["003"]
    for length, refused in ((56, False), (57, True)):
        told = Span(label="SPEAKER", start=0, end=4, attributes={"entity": text[300 : 300 + length]})
        made = rows.tables(corpus, gold, {"mine": [Document(doc="003", spans=(told,))]}, standoff=True)
        with pytest.raises(ClaimspansError, match="predictions 003: “") if refused else nullcontext():
            build.quotes_no_more_than_spans(corpus, made)


def test_the_card_says_of_a_word_that_labels_and_claims_share_what_the_label_s_says(schema: Schema) -> None:
    assert descriptions(schema)["stance"].startswith("The first that fits the act as a whole")


def test_every_field_of_the_card_is_described_and_has_its_example(full: rows.Tables, schema: Schema) -> None:
    for name, table in configurations(schema).items():
        for field in fields(schema, table, full[name]["train"]):
            assert field.about, f"{name}.{field.name}"
            assert field.example.count("|") == 0

    def said(name: str) -> dict[str, Field]:
        return {field.name: field for field in fields(schema, configurations(schema)[name], full[name]["train"])}

    assert said("spans")["entity"].example == '`"Jung Pak"`'
    cargo = schema.root["$defs"]["cargo"]["properties"]
    assert {name for name in said("claims") if name.startswith("cargo.")} == {f"cargo.{name}" for name in cargo}
    assert said("claims")["cargo.relation"].about == cargo["relation"]["description"]
    assert said("claims")["evidence.field"].example == '`"cue"`'
    documents = said("documents")
    assert documents["source.title"].about == schema.field("source", "title")["description"]
    assert documents["zones.zone"].about == schema.field("zone", "zone")["description"]
    assert documents["spans"].about == "Its spans in reading order. Fields as in `spans`."
    assert documents["claims"].about == "Its claims in reading order. Fields as in `claims`, without `evidence`."
    assert said("sentences")["spans"].about.endswith("Fields: `id`, `label`, `start`, `end`, `text`.")
    assert {"spans.score", "spans.given", "claims.score"} <= said("predictions").keys()


@pytest.mark.slow
def test_croissant_names_every_column_and_hashes_every_file(full: rows.Tables, corpus: Corpus, tmp_path: Path) -> None:
    schema = corpus.schema
    known = configurations(schema)
    shutil.copy(ROOT / "CITATION.cff", tmp_path)
    for name, splits in full.items():
        for split in splits:
            path = tmp_path / folder.parquet_name(name, split)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(f"{name} {split}".encode())
    found = croissant.metadata(
        tmp_path, full, known, "me/data", descriptions(schema), about_of(corpus), DATASET_VERSION
    )
    for file in found["distribution"]:
        assert file["sha256"] == hashlib.sha256((tmp_path / file["contentUrl"]).read_bytes()).hexdigest()
    columns = {each["@id"]: [field["name"] for field in each["field"]] for each in found["recordSet"]}
    assert columns == {
        f"{name}_{split}": list(known[name].columns) for name, splits in full.items() for split in splits
    }
    documents = next(each for each in found["recordSet"] if each["@id"] == "documents_train")
    (zones,) = (field for field in documents["field"] if field["name"] == "zones")
    (zone,) = (part for part in zones["subField"] if part["name"] == "zone")
    assert zone["description"] == schema.field("zone", "zone")["description"]
    assert found["license"].endswith("/me/data/blob/main/LICENSE-DATA.md")  # which says that there are two
    assert "rai:dataLimitations" in found
    assert found["datePublished"] == released()[1]
    assert rows.CANARY in found["description"]


def released() -> tuple[str, str]:
    """Version and day of CITATION.cff."""
    said = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    ((version, day),) = re.findall(r"^version: (.+)\ndate-released: (.+)$", said, re.MULTILINE)
    return version, day


def test_the_citation_and_the_changelog_say_which_version_came_out_when() -> None:
    assert released()[0] == DATASET_VERSION == Corpus(ROOT).version
    log = (ROOT / "annotations" / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\n## {released()[0]} ({released()[1]})\n" in log


@pytest.mark.slow
def test_the_leaderboard_names_configurations_and_splits_that_there_are(full: rows.Tables) -> None:
    described = leaderboard.eval_yaml("Spans.")
    named = re.findall(r"config: (\w+)\n\s+split: (\w+)", described)
    assert named
    assert all(split in full[configuration] for configuration, split in named)


@pytest.mark.slow
def test_the_leaderboard_s_harness_is_one_that_the_hub_knows_and_finds_our_task() -> None:
    """The Hub's list has inspect-ai (hub-docs, eval-results); whoever runs what is named there must find it."""
    described = leaderboard.eval_yaml("Spans.")
    assert "\nevaluation_framework: inspect-ai\n" in described
    named = re.findall(r"inspect eval (\w+)/(\w+)", described)
    (task,) = entry_points(group="inspect_ai", name="claimspans")
    assert named == [(task.name, "claimspans")]
