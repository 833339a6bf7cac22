"""Every format read back by a reader of its own and compared with the gold; what each says that it left out."""

from __future__ import annotations

import csv
import gc
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimspans import ClaimspansError, Document, Schema, Span, Zone
from claimspans.cli import main
from claimspans.data.layer import Layer
from claimspans.export.formats import Part, Task, get
from claimspans.export.formats.passages import passages
from claimspans.export.training_files import export
from claimspans.labelstudio.config import configuration
from claimspans.labelstudio.fields import Page

from ..helpers.command import claimspans
from ..helpers.labelstudio_articles import from_task
from ..helpers.places import ROOT, Write
from ..helpers.standoff import read_configuration, read_events, read_standoff

Found = list[tuple[str, str, int, int]]


def content(name: str, documents: list[Document], schema: Schema | None, **options: Any) -> Part:
    return get(name).export(Task.whole(documents, schema, options))


def lines(part: Part) -> list[dict[str, Any]]:
    assert isinstance(part.content, bytes)
    return [json.loads(line) for line in part.content.decode().splitlines()]


def places(documents: list[Document]) -> Found:
    return [(document.doc, span.label, span.start, span.end) for document in documents for span in document.spans]


def from_bio(part: Part) -> Found:
    found: Found = []
    for row in lines(part):
        start = None
        for tag, place, following in zip(row["ner_tags"], row["offsets"], [*row["ner_tags"][1:], "O"], strict=True):
            start = place[0] if tag[0] == "B" else start
            if tag != "O" and following != f"I-{tag[2:]}":
                found.append((row["doc"], tag[2:], start or 0, place[1]))
    return found


def from_langextract(part: Part) -> Found:
    found: Found = []
    for row in lines(part):
        doc, start = row["document_id"].split(":")
        for each in row["extractions"]:
            place = each["char_interval"]
            assert row["text"][place["start_pos"] : place["end_pos"]] == each["extraction_text"]
            shifted = (int(start) + place["start_pos"], int(start) + place["end_pos"])
            found.append((doc, each["extraction_class"], *shifted))
    return found


@pytest.mark.parametrize(("name", "read"), [("bio", from_bio), ("langextract", from_langextract)])
def test_every_span_comes_back_with_its_place_in_the_article(
    name: str, read: Callable[[Part], Found], gold: Layer, schema: Schema
) -> None:
    assert read(content(name, gold, schema)) == places(gold)


def test_words_of_gliner_are_those_of_the_spans(gold: Layer, schema: Schema) -> None:
    part = content("gliner", gold, schema)
    assert isinstance(part.content, bytes)
    texts = {document.doc: document.text or "" for document in gold}
    words = sorted(
        (row["doc"], label, "".join(row["tokenized_text"][first : last + 1]))
        for row in json.loads(part.content)
        for first, last, label in row["ner"]
    )
    assert words == sorted(
        (doc, label, re.sub(r"\s", "", texts[doc][start:end])) for doc, label, start, end in places(gold)
    )


def test_gliner2_has_every_label_and_the_places_of_its_mentions(gold: Layer, schema: Schema) -> None:
    part = content("gliner2", gold, schema)
    for row, passage in zip(lines(part), (each for document in gold for each in passages(document)), strict=True):
        entities = row["output"]["entities"]
        found = [(label, each["start"], each["end"]) for label, those in entities.items() for each in those]
        assert sorted(found) == sorted((span.label, span.start, span.end) for span in passage.spans)
        assert all(
            row["input"][each["start"] : each["end"]] == each["text"] for those in entities.values() for each in those
        )
        assert list(entities) == list(schema.labels)
        assert row["input"] == passage.text


def test_columns_of_conll_are_the_tokens_and_tags_of_bio(gold: Layer, schema: Schema) -> None:
    part = content("conll", gold, schema)
    assert isinstance(part.content, bytes)
    blocks = [block.splitlines() for block in part.content.decode().split("\n\n") if block.strip()]
    assert blocks.count(["-DOCSTART- -X- O O"]) == len(gold)
    columns = [[line.split(" ") for line in block] for block in blocks if not block[0].startswith("-DOCSTART-")]
    rows = [([row[0] for row in block], [row[3] for row in block]) for block in columns]
    assert rows == [(row["tokens"], row["ner_tags"]) for row in lines(content("bio", gold, schema))]


def test_a_row_of_csv_is_a_span_with_its_attributes(gold: Layer, schema: Schema, tmp_path: Path) -> None:
    export(gold, "csv", tmp_path / "out", schema=schema)
    with (tmp_path / "out" / "all.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["doc"], row["label"], int(row["start"]), int(row["end"])) for row in rows] == places(gold)
    names = {attribute.name for _, attribute in schema.attributes()}
    spans = [(document, span) for document in gold for span in document.spans]
    for row, (document, span) in zip(rows, spans, strict=True):
        assert row["text"] == (document.text or "")[span.start : span.end]
        for name in names:
            value = span.attributes.get(name)
            shown = " ".join(value) if isinstance(value, tuple) else json.dumps(value).strip('"')
            assert row[name] == ("" if value is None else shown)


def test_brat_has_every_span_attribute_relation_and_zone(gold: Layer, schema: Schema) -> None:
    part = content("brat", gold, schema)
    assert isinstance(part.content, dict)
    conf = read_configuration(part.content["annotation.conf"].decode())
    allowed = {line.partition("\t")[0]: line.partition("Value:")[2].split("|") for line in conf["attributes"]}
    for document in gold:
        text = part.content[f"{document.doc}.txt"].decode()
        assert text == document.text
        bounds = read_standoff(text, part.content[f"{document.doc}.ann"].decode())
        ids = dict(zip(bounds, (span.id for span in document.spans), strict=False))
        zones = [bound for name, bound in bounds.items() if name not in ids]
        assert [(each.kind, each.fragments[0][0], each.fragments[-1][1]) for each in zones] == [
            (zone.kind, zone.start, zone.end) for zone in document.zones
        ]
        for span, bound in zip(document.spans, bounds.values(), strict=False):
            assert (bound.kind, bound.fragments) == (span.label, ((span.start, span.end),))
            named: dict[str, tuple[str | None, ...]] = {}
            for name, other in bound.relations:
                named[name] = (*named.get(name, ()), ids[other])
            said = {name: value for name, value in span.attributes.items() if value not in (None, False, ())}
            assert bound.attributes | named == said
            for name, value in bound.attributes.items():
                assert name not in allowed or value is True or value in allowed[name]
        assert {bound.kind for bound in bounds.values()} <= set(conf["entities"])


def test_brat_has_claims_as_events_with_their_roles(gold: Layer, schema: Schema) -> None:
    part = content("brat", gold, schema)
    assert isinstance(part.content, dict)
    conf = read_configuration(part.content["annotation.conf"].decode())
    kinds = {line.partition("\t")[0] for line in conf["events"]}
    written = 0
    for document in gold:
        raw = part.content[f"{document.doc}.ann"].decode()
        events = read_events(document.text or "", raw)
        bounds = read_standoff(document.text or "", raw)
        ids = dict(zip(bounds, (span.id for span in document.spans), strict=False))
        by_id = {event.attributes["id"]: event for event in events.values()}
        written += len(events)
        assert {event.kind for event in events.values()} <= kinds
        names = {name: event.attributes["id"] for name, event in events.items()}
        for claim in document.claims:
            if claim.id not in by_id:
                assert not [reference for _, reference, kind in claim.references() if kind != "claim"]
                continue
            event = by_id[claim.id]
            roles: dict[str, set[str | None]] = {}
            for role, target in event.arguments:
                roles.setdefault(role, set()).add(ids.get(target, names.get(target)))
            assert event.kind == claim.event
            assert event.attributes["stance_of_claim"] == claim.stance
            assert event.attributes.get("supplier") == claim.supplier
            assert roles.get("Holder", set()) == set(claim.holders)
            assert roles.get("Item", set()) == {row.item for row in claim.cargo} - {None}
            assert roles.get("Target", set()) <= {claim.target}
    claims = sum(len(document.claims) for document in gold)
    assert part.dropped["claims"] == claims - written
    assert written > 50


def test_label_studios_tasks_come_back_as_the_gold(gold: Layer, schema: Schema) -> None:
    part = content("labelstudio", gold, schema)
    assert isinstance(part.content, dict)
    page = Page(schema)
    for document, task in zip(gold, json.loads(part.content["tasks.json"]), strict=True):
        found, notes = from_task(task, page)
        assert notes == []
        assert found == document
    assert part.content["config.xml"].decode() == configuration(schema)
    with pytest.raises(ClaimspansError, match="name that of your gold with --schema"):
        content("labelstudio", odd(), None)


TEXT = "Head\r\nHead\nOn 4 Sept. Anna\nLee said “10\u00a0000 shells” 🚀 sank in-depth.\n\nShare: Kyiv"


def odd() -> list[Document]:
    """An article of somebody else's: a span over two lines, two that overlap, one in half a token, one in a zone."""

    def at(words: str, label: str, **attributes: Any) -> Span:
        start = TEXT.index(words)
        ident = words.split(maxsplit=1)[0]
        return Span(label=label, start=start, end=start + len(words), id=ident, attributes=attributes)

    return [
        Document(
            doc="x",
            text=TEXT,
            zones=(Zone(kind="menu", start=0, end=6), Zone(kind="menu", start=TEXT.index("Share"), end=len(TEXT))),
            spans=(
                at("4 Sept", "WHEN"),
                at("Anna\nLee", "WHO", role="two words", sure=True),
                at("10\u00a0000 shells", "WHAT", number=10000, by=("4",)),
                at("shells", "WHAT"),
                at("dep", "WHAT"),
                at("Kyiv", "WHO", role="town"),
            ),
        ),
        Document(doc="y", text="Nothing."),
    ]


@pytest.mark.parametrize(
    ("name", "dropped"),
    [
        ("bio", {"attributes": 5, "overlapping spans": 1, "spans in zones": 1, "spans that end inside a token": 1}),
        ("conll", {"attributes": 5, "overlapping spans": 1, "spans in zones": 1, "spans that end inside a token": 1}),
        ("gliner", {"attributes": 5, "spans in zones": 1, "spans that end inside a token": 1}),
        ("gliner2", {"attributes": 5, "spans in zones": 1, "spans that end inside a token": 1}),
        ("langextract", {"attributes": 1, "spans in zones": 1}),
        ("brat", {}),
        ("csv", {}),
        pytest.param("spacy", {"overlapping spans": 1, "spans in zones": 1}, marks=pytest.mark.slow),
    ],
)
def test_what_a_format_cannot_hold_is_counted_by_reason(name: str, dropped: dict[str, int]) -> None:
    assert dict(+content(name, odd(), None).dropped) == dropped


def test_passages_are_what_is_read_line_by_line() -> None:
    x = odd()[0]
    found = list(passages(x))
    assert [passage.text for passage in found] == [
        "Head",
        "On 4 Sept. Anna\nLee said “10\u00a0000 shells” 🚀 sank in-depth.",
    ]
    assert all(TEXT.startswith(passage.text, passage.start) for passage in found)
    assert found[0].start == 6
    words = [passage.text[span.start : span.end] for passage in found for span in passage.spans]
    assert words == ["4 Sept", "Anna\nLee", "10\u00a0000 shells", "shells", "dep"]


def test_passages_of_the_gold_hold_every_span_and_nothing_of_a_zone(gold: Layer) -> None:
    for document in gold:
        text = document.text or ""
        found = list(passages(document))
        read = "".join(
            sign
            for place, sign in enumerate(text)
            if not any(zone.start <= place < zone.end for zone in document.zones)
        )
        assert "".join("".join(passage.text for passage in found).split()) == "".join(read.split())
        assert [
            (passage.start + span.start, passage.start + span.end) for passage in found for span in passage.spans
        ] == [(span.start, span.end) for span in document.spans]


def test_brat_writes_a_span_over_two_lines_in_fragments() -> None:
    part = content("brat", odd(), None)
    assert isinstance(part.content, dict)
    bounds = read_standoff(TEXT, part.content["x.ann"].decode())
    start = TEXT.index("Anna")
    assert bounds["T2"].fragments == ((start, start + 4), (start + 5, start + 8))
    assert bounds["T2"].attributes == {"role": "two words", "sure": True}
    assert read_configuration(part.content["annotation.conf"].decode())["attributes"] == ["sure\tArg:WHO"]
    assert part.content["y.ann"] == b""


def test_a_label_added_to_the_schema_is_in_every_format_that_lists_labels(gold: Layer, schema: Schema) -> None:
    root = json.loads(json.dumps(schema.root))
    root["$defs"]["PLACE"] = root["$defs"]["ITEM"] | {"description": "Where it was.", "x-hotkey": "6"}
    root["$defs"]["PLACE"]["properties"] = {"kind": {"description": "Which kind."}}
    root["$defs"]["label"]["oneOf"].append({"$ref": "#/$defs/PLACE"})
    wider = Schema(json.dumps(root).encode())
    assert lines(content("gliner2", gold, wider))[0]["output"]["entities"]["PLACE"] == []
    table, brat = content("csv", gold, wider).content, content("brat", gold, wider).content
    assert isinstance(table, bytes)
    assert isinstance(brat, dict)
    assert table.decode().splitlines()[0].endswith(',"kind"')
    assert "PLACE" in brat["annotation.conf"].decode()


def test_folds_hold_each_article_out_once(gold: Layer, schema: Schema, tmp_path: Path) -> None:
    written = export(gold, "bio", tmp_path / "out", schema=schema, folds=True)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [document.doc for document in gold]
    assert len(written.files) == 2 * len(gold)
    for document in gold:
        docs = {}
        for part in ("train", "test"):
            raw = (tmp_path / "out" / document.doc / f"{part}.jsonl").read_text(encoding="utf-8")
            docs[part] = {json.loads(line)["doc"] for line in raw.splitlines()}
        assert docs["test"] == {document.doc}
        assert docs["train"] == {other.doc for other in gold} - {document.doc}
    one = export(gold, "bio", tmp_path / "one", schema=schema, fold="003")
    assert [file["path"] for file in one.files] == ["train.jsonl", "test.jsonl"]
    assert (tmp_path / "one" / "test.jsonl").read_bytes() == (tmp_path / "out" / "003" / "test.jsonl").read_bytes()
    assert one.dropped == written.dropped


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("pickle", "--out", "x"), "pickle: no such format; expected one of bio, brat, chat"),
        (("bio",), "Missing option '--out'"),
        (("bio", "--out", "full"), "full: the folder is not empty; name a new one"),
        (("bio", "--out", "full/file"), "is a file; expected a folder"),
        (("bio", "--out", "full/file/x"), "cannot be written"),
        (("bio", "--out", "x", "--layer", "silver"), "silver: no such annotation layer"),
        (("bio", "--out", "x", "--fold", "9"), "9: no such article to hold out; expected one of 000, 001"),
        (("bio", "--out", "x", "--fold", "001", "--folds"), "give one of the two"),
        (("bio", "--out", "x", "--schema", "s.json"), "name it with --gold"),
        (("bio", "--out", "x", "--gold", "nowhere.jsonl"), "nowhere.jsonl: no such file"),
        (("bio", "--out", "x", "--gold", "bare.jsonl"), "x: no text in this gold; give it, an article a line"),
        (("bio", "--out", "x", "--gold", "one.jsonl", "--folds"), "x: the only article"),
        (("bio", "--out", "x", "--gold", "one.jsonl", "--schema", "one.jsonl"), "one.jsonl: x-version: is not there"),
        (("bio", "--out", "x", "-o", "claims=false"), "bio has no options; -o is for chat and prompt-completion"),
        (("chat", "--out", "x", "-o", "claims"), "expected NAME=VALUE"),
        (("chat", "--out", "x", "-o", "shots=1"), "-o shots: a prompt has the options attributes, claims, guidelines"),
        (("chat", "--out", "x", "--gold", "one.jsonl"), "made from a schema: name that of your gold with --schema"),
        (("bio", "--out", "x", "--layer", "unsound"), "unsound does not pass `claimspans check`"),
    ],
)
def test_a_wrong_call_says_what_was_expected_and_writes_nothing(
    args: tuple[str, ...],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine", encoding="utf-8")
    span = {"label": "L", "start": 0, "end": 1}
    (tmp_path / "bare.jsonl").write_text(json.dumps({"doc": "x"} | span), encoding="utf-8")
    (tmp_path / "one.jsonl").write_text(json.dumps({"doc": "x", "text": "ab", "spans": [span]}), encoding="utf-8")
    (tmp_path / "unsound").mkdir()
    raw = (ROOT / "annotations" / "gold" / "004.jsonl").read_text(encoding="utf-8")
    (tmp_path / "unsound" / "004.jsonl").write_text(raw.replace('"cue": "s5"', '"cue": "s99"'), encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["export", *args])
    gc.enable()  # which a process that ends needs no more
    assert ended.value.code == 2
    assert said in capsys.readouterr().err.replace("\n", " ")
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "full" / "file").read_text(encoding="utf-8") == "mine"


def test_the_command_says_what_it_wrote_and_what_it_left_out(tmp_path: Path) -> None:
    run = claimspans("export", "csv", "--out", tmp_path / "a", "--fold", "003")
    assert (run.returncode, run.stdout) == (0, "")
    assert "csv: 5 articles, 294 spans → " in run.stderr
    assert "not in it: claims (61)\n11 zones, not read: not in it\n" in run.stderr
    given = ("export", "chat", "--out", tmp_path / "b", "-o", "claims=false", "--json")
    found = json.loads(claimspans(*given).stdout)
    assert found["dropped"] == {"claims": 61}
    assert [(file["path"], len(file["articles"])) for file in found["files"]] == [("all.jsonl", 5)]
    assert found["files"][0]["bytes"] == (tmp_path / "b" / "all.jsonl").stat().st_size


def test_a_gold_of_ones_own_goes_into_any_format(write: Write, tmp_path: Path) -> None:
    nested = {"doc": "d", "text": "Anna came.", "spans": [{"label": "WHO", "start": 0, "end": 4, "role": "guest"}]}
    path = write(nested, nested | {"doc": "e"})
    for name in ("bio", "brat", "gliner2"):
        run = claimspans("export", name, "--gold", path, "--out", tmp_path / name, "--folds")
        assert run.returncode == 0, run.stderr
    row = json.loads((tmp_path / "gliner2" / "e" / "test.jsonl").read_text(encoding="utf-8"))
    assert row == {"input": "Anna came.", "output": {"entities": {"WHO": [{"text": "Anna", "start": 0, "end": 4}]}}}
