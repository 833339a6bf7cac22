"""Articles as tasks of Label Studio and back, without a server."""

from __future__ import annotations

import copy
import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from hypothesis import given

from claimspans import Claim, Document, Layer, Span
from claimspans.data.checks.levels import check
from claimspans.data.corpus import Corpus
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Value, Zone
from claimspans.data.schema import Schema, default_schema
from claimspans.labelstudio.config import configuration, instruction
from claimspans.labelstudio.encode import RefusedError, to_task
from claimspans.labelstudio.export import read_export
from claimspans.labelstudio.fields import Page
from claimspans.labelstudio.since import moment, next_since
from claimspans.labelstudio.tokens import read_token
from claimspans.layers.provenance import Entry, Project, Sidecar, safe

from ..helpers.command import claimspans
from ..helpers.examples import examples
from ..helpers.labelstudio_articles import documents, from_task
from ..helpers.places import ROOT

PAGE = Page(default_schema())
Task = dict[str, Any]


def sent(document: Document) -> Task:
    """A task as the server gives it back."""
    task: Task = json.loads(json.dumps(to_task(document, PAGE, layer="annotations"))) | {"id": 7}
    return task


def rows(task: Task) -> list[Task]:
    found: list[Task] = task["annotations"][0]["result"]
    return found


@examples(30)
@given(documents())
def test_what_goes_in_comes_back(document: Document) -> None:
    assert from_task(sent(document), PAGE) == (document, [])


@pytest.mark.parametrize("layer", ["gold", "pass-a", "pass-b"])
def test_the_articles_come_back_and_the_gold_says_all_by_what_is_drawn(layer: str) -> None:
    from claimspans import load

    for document in load(layer):
        task = sent(document)
        assert from_task(task, PAGE) == (document, [])
        if layer == "gold":
            for row in rows(task):
                row.pop("meta", None)
            drawn, notes = from_task(task, PAGE)
            assert drawn is not None
            assert not notes
            assert [span.attributes for span in unnumbered(drawn).spans] == [
                span.attributes for span in unnumbered(document).spans
            ]
            assert sorted(map(str, unnumbered(drawn).claims)) == sorted(map(str, unnumbered(document).claims))


def unnumbered(document: Document) -> Document:
    """A document whose references name places and not ids, claims without references to one another."""
    places = {span.id: f"{span.label} {span.start}" for span in document.spans}

    def named(value: Any) -> Any:
        return tuple(places.get(one, one) for one in value) if isinstance(value, tuple) else value

    spans = [
        msgspec.structs.replace(span, id=None, attributes={key: named(one) for key, one in span.attributes.items()})
        for span in document.spans
    ]
    claims = [
        msgspec.structs.replace(
            claim,
            id=None,
            cue=places.get(claim.cue),
            holders=named(claim.holders),
            via=named(claim.via),
            when=named(claim.when),
            cargo=tuple(
                msgspec.structs.replace(row, item=places.get(row.item), quantity=places.get(row.quantity))
                for row in claim.cargo
            ),
            target=None,
            same_as=None,
        )
        for claim in document.claims
    ]
    return msgspec.structs.replace(document, spans=tuple(spans), claims=tuple(claims))


TEXT = "Kim said that he sent 65 shells in May. Pak denied it."


class Drawing:
    """What a person draws on TEXT: marks by the words that they cover, arrows by those of their ends."""

    def __init__(self) -> None:
        self.rows: list[Task] = []

    def mark(self, label: str, words: str, **answers: str) -> Drawing:
        place = {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}
        head = {"id": f"x-{words}", "to_name": "text"}
        self.rows.append(head | {"from_name": "label", "type": "labels", "value": place | {"labels": [label]}})
        for name, answer in answers.items():
            key = "choices" if PAGE.fields[f"{label}.{name}"].choices else "text"
            row = {"from_name": f"{label}.{name}", "type": "choices", "value": place | {key: [answer]}}
            self.rows.append(head | row)
        return self

    def arrow(self, source: str, target: str, *names: str, direction: str = "right") -> Drawing:
        row = {"type": "relation", "from_id": f"x-{source}", "to_id": f"x-{target}", "direction": direction}
        self.rows.append(row | ({"labels": list(names)} if names else {}))
        return self

    def task(self) -> Task:
        task = to_task(Document(doc="d", text=TEXT), PAGE, layer=None)
        return task | {"id": 7, "annotations": [{"result": self.rows}]}

    def read(self) -> tuple[Document, list[str]]:
        document, notes = from_task(self.task(), PAGE)
        assert document is not None
        return document, [str(note) for note in notes]


def drawn() -> Drawing:
    return (
        Drawing()
        .mark("STANCE", "denied", stance="denial", certainty="certain")
        .mark("STANCE", "said", stance="assertion", certainty="probable")
        .mark("SPEAKER", "Pak", entity="Pak", source_type="person", relay="false")
        .mark("SPEAKER", "Kim", entity="Kim", source_type="person", relay="false")
        .mark("QUANTITY", "65", value="65", comparator="eq", measure="count")
        .mark("ITEM", "shells", category="ML3")
        .mark("DATE", "May", edtf="2024-05", date_role="event")
        .mark("CLAIM", "it", event="transfer", status="occurred")
        .mark("CLAIM", "sent", event="transfer", status="occurred", supplier="KP")
        .arrow("said", "Kim")
        .arrow("Pak", "denied")  # backwards
        .arrow("sent", "said")
        .arrow("sent", "65")
        .arrow("sent", "shells")
        .arrow("sent", "May", direction="right")
        .arrow("65", "shells", "counts")
        .arrow("sent", "it", "target", direction="left")
        .arrow("it", "denied", "cue")
    )


def test_what_a_person_draws_is_numbered_in_reading_order_and_takes_from_the_cue_what_is_not_said() -> None:
    document, notes = drawn().read()
    assert notes == []
    assert [(span.id, span.text) for span in document.spans] == [
        ("s1", "Kim"), ("s2", "said"), ("s3", "65"), ("s4", "shells"), ("s5", "May"), ("s6", "Pak"), ("s7", "denied"),
    ]  # fmt: skip
    first, second = document.claims
    assert first == Claim(
        id="c1", event="transfer", status="occurred", stance="assertion", certainty="probable", cue="s2",
        holders=("s1",), supplier="KP", cargo=first.cargo, when=("s5",),
    )  # fmt: skip
    assert [(row.item, row.quantity, row.relation) for row in first.cargo] == [("s4", "s3", "counts")]
    assert (second.stance, second.holders, second.target) == ("denial", ("s6",), "c1")


def test_a_mark_beside_suggested_ones_is_numbered_on_and_a_changed_one_counts_as_drawn(gold: Layer) -> None:
    document = gold[0]
    task = sent(document)
    gone = next(row for row in rows(task) if row["type"] == "relation" and row["labels"] == ["speakers"])
    rows(task).remove(gone)
    rows(task).append(
        {
            "id": "Yh6YTd8whE",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": 0, "end": 5, "labels": ["ITEM"]},
        }
    )
    found, notes = from_task(task, PAGE)
    assert found is not None
    assert [(span.id, span.start) for span in found.spans[:1]] == [(f"s{len(document.spans) + 1}", 0)]
    changed = {span.id: span for span in found.spans}[gone["from_id"]]
    assert changed.attributes["speakers"] == ()
    assert [note.detail for note in notes] == ["category is not given"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.arrow("sent", "Pak"), None),  # to a speaker that is not the cue's: via
        (lambda d: d.arrow("sent", "it"), "name it target or same_as"),
        (lambda d: d.arrow("May", "Kim"), "delete it, or draw it between other marks"),
        (lambda d: d.arrow("sent", "shells", "when"), "name it item"),
        (lambda d: d.arrow("sent", "gone"), "“x-gone”, which is not there"),
        (
            lambda d: d.mark("QUANTITY", "May.", value="a few", comparator="vague", measure="count"),
            "a number in digits",
        ),
        (lambda d: d.mark("QUANTITY", "May.", value="5", comparator="between", measure="count"), "upper is not given"),
        (lambda d: d.mark("CLAIM", "he", event="use", status="occurred"), "there is no cue to take it from"),
        (lambda d: d.mark("ITEM", "that", category="ML99"), "“ML99”, expected one of ML1"),
        (lambda d: d.mark("DATE", "that", edtf="May", date_role="event"), "does not match"),
        (lambda d: d.mark("SPEAKER", "he", entity="Kim"), "source_type is not given"),
    ],
)
def test_what_cannot_be_taken_is_told_with_what_to_do(change: Callable[[Drawing], Drawing], said: str | None) -> None:
    document, notes = change(drawn()).read()
    assert len(document.claims) >= 2
    assert (said is None and notes == []) or (said is not None and any(said in note for note in notes)), notes


def test_an_arrow_without_a_name_to_another_speaker_is_the_way_of_the_statement() -> None:
    document, _ = drawn().arrow("sent", "Pak").read()
    assert document.claims[0].via == ("s6",)


def test_numbers_are_read_as_people_write_them() -> None:
    for written, value in (("16500", 16500), ("16,500", 16500), (" 3000.50 ", 3000.5), ("1e3", 1000.0), ("3.0", 3.0)):
        drawing = Drawing().mark("QUANTITY", "65", value=written, comparator="eq", measure="count")
        document, notes = drawing.read()
        read = document.spans[0].attributes["value"]
        assert (read, type(read), notes) == (value, type(value), [])


def edit(path: str, value: Any) -> Callable[[Task], None]:
    """A change of one place of a task, written as keys and positions."""

    def change(task: Task) -> None:
        part: Any = task
        *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
        for step in steps:
            part = part[step]
        part[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "said", "lost"),
    [
        (edit("data/text", TEXT + "!"), "its text is not the one that was sent", True),
        (edit("data", {"image": "x.png"}), "its data have no text", True),
        (edit("data", {"text": TEXT}), "give its data a doc_id", True),
        (edit("annotations/0/result/0/value/text", "said"), "says “said”, and there stands “denied”", False),
        (edit("annotations/0/result/0/value/end", 999), "outside the article, which has 54 characters", False),
        (edit("annotations/0/result/0/value/end", 1.5), "no whole numbers", False),
        (edit("annotations/0/result/0/value/labels", ["ALIEN"]), "“ALIEN” is not in the schema", False),
        (edit("annotations/0/result/0/value/labels", []), "has no label", False),
        (edit("annotations/0/result/0/id", "x-said"), "is that of another mark", False),
        (edit("annotations/0/result/1/from_name", "mood"), "the field “mood” is not of this configuration", False),
        (edit("annotations/0/result/0", "nonsense"), "is no result", False),
    ],
)
def test_a_task_that_somebody_broke_is_told_and_what_is_whole_is_taken(
    change: Callable[[Task], None], said: str, lost: bool
) -> None:
    task = drawn().task()
    change(task)
    document, notes = from_task(task, PAGE)
    assert any(said in str(note) for note in notes), notes
    assert all("(task 7)" in str(note) and "→" in str(note) for note in notes)
    assert (document is None) == lost
    if document is not None:
        assert len(document.claims) == 2


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (Document(doc="d"), "no text"),
        (Document(doc="d", text=" \n"), "an empty text"),
        (Document(doc="d", text="a\ud800b"), "a lone surrogate"),
        (Document(doc="d", text="a\0b"), "U+0000"),
        (Document(doc="../d", text="ab"), "no id of an article"),
        (Document(doc="d", text="ab", claims=(Claim(event="cooperation", parties=("a\0",)),)), "U+0000"),
        (Document(doc="d", text="ab", spans=(Span(label="ITEM", start=0, end=3),)), "the article has 2 characters"),
        (Document(doc="d", text="ab", spans=(Span(label="ITEM", start=1, end=1),)), "start 1, end 1"),
        (
            Document(doc="d", text="ab", spans=(Span(label="ALIEN", start=0, end=1),)),
            "'ALIEN'; expected one of SPEAKER",
        ),
        (
            Document(doc="d", text="ab", spans=(Span(label="ITEM", start=0, end=1, attributes={"category": "ML99"}),)),
            "ML99",
        ),
        (
            Document(
                doc="d", text="ab", spans=(Span(label="SPEAKER", start=0, end=1, attributes={"entity": "\udc00"}),)
            ),
            "a lone surrogate",
        ),
        (Document(doc="d", text="ab", spans=(Span(id="a b", label="ITEM", start=0, end=1),)), "does not match"),
        (
            Document(doc="d", text="ab", spans=tuple(Span(id="s1", label="ITEM", start=0, end=1) for _ in range(2))),
            "2 records have this id",
        ),
        (
            Document(
                doc="d", text="ab", spans=(Span(label="STANCE", start=0, end=1, attributes={"speakers": ("s9",)}),)
            ),
            "names 's9', which is no other span here",
        ),
        (Document(doc="d", text="ab", claims=(Claim(event="use", cue="s9"),)), "expected a STANCE"),
        (Document(doc="d", text="ab", claims=(Claim(event="theft"),)), "theft"),
        (Document(doc="d", text="ab", claims=(Claim(id="c1", event="use", target="c1"),)), "names the claim itself"),
        (Document(doc="d", text="ab", zones=(Zone(kind="boilerplate", start=0, end=9),)), "outside the article"),
        (Document(doc="d", text="ab", zones=(Zone(kind="advert", start=0, end=1),)), "no zone of the schema"),
    ],
)
def test_what_label_studio_would_lose_is_refused_before_anything_is_sent(document: Document, said: str) -> None:
    with pytest.raises(RefusedError, match=re.escape(said)):
        to_task(document, PAGE)


def test_a_suggestion_without_ids_gets_some_and_its_scores_are_shown() -> None:
    spans = (Span(label="ITEM", start=22, end=24, score=0.5), Span(label="ITEM", start=0, end=3, score=1.0))
    task = to_task(Document(doc="d", text=TEXT, spans=spans), PAGE, model_version="m")
    (prediction,) = task["predictions"]
    assert (prediction["model_version"], prediction["score"]) == ("m", 0.75)
    assert [(row["id"], row["score"]) for row in prediction["result"]] == [("p1", 0.5), ("p2", 1.0)]
    document, _ = from_task(json.loads(json.dumps(task)), PAGE)
    assert document is not None
    assert [span.id for span in document.spans] == ["s1", "s2"]


def test_the_configuration_says_what_the_schema_says(schema: Schema) -> None:
    root = ET.fromstring(configuration(schema))  # noqa: S314 -- our own
    labels = {label.get("value"): label for label in root.iter("Label")}
    assert set(labels) == {*schema.labels, "CLAIM", "ZONE"}
    keys = [label.get("hotkey") for label in labels.values()]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"#[0-9a-f]{6}", str(label.get("background"))) for label in labels.values())
    controls = {control.get("name"): control for tag in ("Choices", "TextArea") for control in root.iter(tag)}
    for label, attribute in schema.attributes():
        if attribute.compare == "spans":
            assert f"{label.name}.{attribute.name}" not in controls
            assert any(relation.get("value") == attribute.name for relation in root.iter("Relation"))
            continue
        control = controls[f"{label.name}.{attribute.name}"]
        assert (control.get("whenTagName"), control.get("whenLabelValue")) == ("label", label.name)
        values = [choice.get("value") for choice in control.iter("Choice")]
        assert values == [choice.value for choice in attribute.choices if choice.value] or values == ["true", "false"]
        given_keys = [choice.get("hotkey") for choice in control.iter("Choice")]
        assert len(set(given_keys)) == len(given_keys)
        assert not set(given_keys) & set(keys)
        nullable = not schema.validator(label.name).is_valid({"label": label.name, attribute.name: None})
        assert (control.get("required") == "true") == (attribute.required and nullable)
    assert all(str(label) in instruction(schema) for label in labels)


def test_another_schema_has_a_page_of_its_own(schema: Schema) -> None:
    """Labels that are called as ours, a field with numbers, no claims, markup in the words."""
    root = copy.deepcopy(schema.root)
    defs = root["$defs"]
    for name in ("claim", "claim_fields", "predicted_claim", "predicted_claim_fields", "cargo"):
        defs.pop(name)
    defs["ZONE"] = {
        "title": "<b>", "description": 'say "a" & $text', "x-color": "red", "x-hotkey": "0",
        "properties": {"label": {"const": "ZONE"}, "level": {"description": "1 to 3", "enum": ["1", "2", None]},
                       "weight": {"description": "tons", "type": ["integer", "null"]},
                       "names": {"description": "all", "type": "array", "items": {"type": "string"}}},
    }  # fmt: skip
    defs["label"]["oneOf"] = [{"$ref": "#/$defs/ZONE"}]
    defs["span"].pop("allOf")
    defs["predicted_document"]["properties"].pop("claims")
    defs["record"]["oneOf"] = defs["record"]["oneOf"][:3]
    defs["prediction"]["oneOf"] = defs["prediction"]["oneOf"][:2]
    other = Schema(json.dumps(root).encode())
    page = Page(other)
    found = ET.fromstring(configuration(other))  # noqa: S314
    assert [label.get("value") for label in found.iter("Label")] == ["ZONE", "ZONE_"]
    assert len({label.get("hotkey") for label in found.iter("Label")}) == 2
    assert not list(found.iter("Relations"))
    attributes: dict[str, Value] = {"level": "2", "weight": 3, "names": ("a, b", "c")}
    spans = (Span(id="s1", label="ZONE", start=0, end=3, text="Kim", attributes=attributes),)
    document = Document(doc="d", text=TEXT, spans=spans, zones=(Zone(kind="duplicate", start=4, end=8),))
    assert from_task(json.loads(json.dumps(to_task(document, page))), page) == (document, [])


def test_keys_and_colours_are_given_out_once_and_never_run_dry(schema: Schema) -> None:
    """Forty more labels, all wishing for one key, half of them without a colour, and a yes or no in other words."""
    root = copy.deepcopy(schema.root)
    defs = root["$defs"]
    names = [f"L & <{number}>" for number in range(40)]
    for number, name in enumerate(names):
        defs[name] = {
            "title": name, "description": name, "x-color": "#ffffff" if number % 2 else "", "x-hotkey": "1",
            "properties": {"label": {"const": name}, "sure": {"description": "?", "enum": [True, False, None]}},
        }  # fmt: skip
        defs["label"]["oneOf"].append({"$ref": f"#/$defs/{name}"})
        defs["predicted_span"].get("oneOf", []).append({"$ref": f"#/$defs/{name}"})
    page = Page(Schema(json.dumps(root).encode()))
    keys = [mark.hotkey for mark in page.marks.values() if mark.hotkey]
    assert len(keys) == len(set(keys))
    assert [page.marks[label].hotkey for label in schema.labels] == [one.hotkey for one in schema.labels.values()]
    assert all(re.fullmatch("#[0-9a-f]{6}", mark.color) for mark in page.marks.values())
    assert [page.marks[name].color for name in names[1::2]] == ["#ffffff"] * 20
    assert page.fields["L & <0>.sure"].kind == "boolean"
    found = ET.fromstring(configuration(page.schema))  # noqa: S314 -- our own
    shown = [label.get("value") for label in found.iter("Label")]
    assert shown == [*schema.labels, *names, "CLAIM", "ZONE"]


@pytest.mark.parametrize(
    ("label", "attributes", "said"),
    [("ARMS, big", ["a"], "“ARMS, big” for two; leave the comma out"), ("A", ["b.c"], None), ("A.b", ["c"], "A.b.c")],
)
def test_names_that_label_studio_would_confuse_are_refused(
    schema: Schema, label: str, attributes: list[str], said: str | None
) -> None:
    """Beside a label A with an attribute b.c."""
    root = copy.deepcopy(schema.root)
    for name, fields in {"A": ["b.c"], label: attributes}.items():
        properties = {"label": {"const": name}} | {field: {"description": "", "type": "string"} for field in fields}
        root["$defs"][name] = {
            "title": "", "description": "", "x-color": "", "x-hotkey": "", "properties": properties,
        }  # fmt: skip
        root["$defs"]["label"]["oneOf"].append({"$ref": f"#/$defs/{quote(name)}"})
    other = Schema(json.dumps(root).encode())
    if said is None:
        assert Page(other).fields["A.b.c"].label == "A"
    else:
        with pytest.raises(ClaimspansError, match=said):
            Page(other)


def test_an_export_is_read_whole_or_refused_with_reasons(tmp_path: Path, gold: Layer) -> None:
    path = tmp_path / "export.json"
    tasks = [sent(document) for document in gold]
    skipped = sent(Document(doc="skipped", text="x"))
    skipped["annotations"][0]["was_cancelled"] = True
    path.write_text(json.dumps([*tasks, skipped]), encoding="utf-8")
    assert read_export(path) == list(gold)
    tasks[1]["data"]["text"] += "."
    for broken, said in (
        (json.dumps([*tasks, tasks[0]]), "its text is not the one that was sent"),
        (json.dumps([tasks[0], tasks[0]]), "000: has 2 annotations in the export"),
        ('[{"text": "JSON_MIN"}]', "export the project as JSON"),
        ('[{"data": {}, "annotations": [1]}]', "export the project as JSON"),
        ("{", "not JSON"),
    ):
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(ClaimspansError, match=said):
            read_export(path)
    with pytest.raises(ClaimspansError, match="expected a JSON export"):
        read_export(tmp_path / "nowhere.json")


def test_a_token_is_never_taken_from_a_file_that_others_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "token"
    path.write_text("secret-token\n", encoding="utf-8")
    path.chmod(0o644)
    with pytest.raises(ClaimspansError, match="chmod 600") as refused:
        read_token(path)
    path.chmod(0o600)
    assert read_token(path) == "secret-token"
    with pytest.raises(ClaimspansError, match="no such file"):
        read_token(tmp_path / "nowhere")
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "secret token")
    with pytest.raises(ClaimspansError, match="copy it again") as blank:
        read_token()
    monkeypatch.delenv("LABEL_STUDIO_API_KEY")
    with pytest.raises(ClaimspansError, match="LABEL_STUDIO_API_KEY"):
        read_token()
    assert "secret" not in f"{refused.value}{blank.value}"


def test_a_side_file_that_is_none_is_refused_and_names_stay_inside_the_folder(tmp_path: Path) -> None:
    assert [safe(name) for name in ("a@b.org", "../../etc", "..", "x/y\\z", "")] == [
        "a@b.org", "etc", "unnamed", "x-y-z", "unnamed",
    ]  # fmt: skip
    (tmp_path / "p.labelstudio.jsonl").write_text('{"type": "annotation"}\n', encoding="utf-8")
    with pytest.raises(ClaimspansError, match=r"p\.labelstudio\.jsonl:1: .*expected a line that a pull wrote"):
        Sidecar(tmp_path, "p")


def test_a_side_file_is_that_of_one_project(tmp_path: Path) -> None:
    """“arms 2025” and “arms-2025” have one file name; a project that was renamed is the same."""

    def opened(title: str, number: int, created_at: str) -> str | None:
        sidecar = Sidecar(tmp_path, title)
        since = sidecar.open(Project(title=title, project=number, url="http://x", created_at=created_at))
        assert sidecar.project is not None
        sidecar.project.since = "2025-01-01T00:00:00.000000Z"
        sidecar.save()
        return since

    assert opened("arms 2025", 1, "monday") is None
    assert opened("arms-2025", 1, "monday") == "2025-01-01T00:00:00.000000Z"
    with pytest.raises(ClaimspansError, match=r"is that of the project “arms-2025”.* --out"):
        opened("arms 2025", 2, "monday")
    assert opened("arms-2025", 1, "tuesday") is None  # the number of another server's project


def test_each_account_has_a_folder_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    sidecar = Sidecar(tmp_path, "p")
    users = [
        {"id": 4, "email": "a/b@x.org"},
        {"id": 3, "email": "A-b@x.org"},
        {"id": 5, "email": "gold"},
        {"id": 6, "email": "../../pass-a"},
        {"id": 7, "email": ""},
    ]
    assert sidecar.folders(users) == {
        3: "a-b@x.org", 4: "a-b@x.org-4", 5: "gold@localhost", 6: "pass-a@localhost", 7: "7@localhost",
    }  # fmt: skip
    sidecar.entries["old@x.org", "003"] = Entry(doc="003", annotator="old@x.org", user=8, task=1, annotation=1)
    renamed = sidecar.folders([{"id": 8, "email": "new@x.org"}, {"id": 9, "email": "old@x.org"}])
    assert renamed == {8: "old@x.org", 9: "old@x.org-9"}


@pytest.mark.parametrize(
    ("began", "latest", "before", "since"),
    [
        # Nothing was changed lately: what is looked at again is the latest alone.
        ("12:00:00", "09:00:00.25", None, "09:00:00.250000"),
        # A change that began a minute ago may not have been in sight.
        ("12:00:00", "11:59:59", "11:00:00.000000", "11:59:00.000000"),
        # A proxy whose clock is ahead, or behind.
        ("15:00:00", "11:59:59", None, "11:59:59.000000"),
        ("09:00:00", "11:59:59", None, "08:59:00.000000"),
        # Nothing was there to look at.
        ("12:00:00", None, "11:00:00.000000", "11:00:00.000000"),
        ("12:00:00", None, None, None),
        (None, "11:59:59", "11:00:00.000000", None),
        ("12:00:00", "no time", "11:00:00.000000", None),
    ],
)
def test_the_next_pull_looks_back_far_enough(
    began: str | None, latest: str | None, before: str | None, since: str | None
) -> None:
    def day(time: str) -> str:
        return f"2025-01-01T{time}Z"

    began_at, latest_at = (None if time is None else moment(day(time)) for time in (began, latest))
    found = next_since(began_at, latest_at, None if before is None else day(before))
    assert found == (None if since is None else day(since))


def test_the_command_prints_the_configuration(schema: Schema, tmp_path: Path) -> None:
    run = claimspans("labelstudio", "config", "--json")
    assert json.loads(run.stdout) == {"label_config": configuration(schema), "expert_instruction": instruction(schema)}
    assert claimspans("labelstudio", "config", "--out", tmp_path / "config.xml").returncode == 0
    assert (tmp_path / "config.xml").read_text(encoding="utf-8") == configuration(schema)


def test_what_lies_beside_layers_is_none(tmp_path: Path) -> None:
    """A folder of pulled layers inside the annotations, with the side files of a project and of an adjudication."""
    shutil.copytree(ROOT / "annotations", tmp_path / "annotations")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copy(ROOT / "schema.json", tmp_path)
    for name in ("third.labelstudio.jsonl", "third.provenance.jsonl", "third.decisions.jsonl"):
        for folder in (tmp_path / "annotations" / "third", tmp_path / "annotations" / "gold"):
            folder.mkdir(exist_ok=True)
            (folder / name).write_text('{"type": "task", "task": 1, "doc": "000"}\n', encoding="utf-8")
    corpus = Corpus(tmp_path)
    assert corpus.layers == Corpus().layers
    assert check("gold", corpus) == check("gold")
