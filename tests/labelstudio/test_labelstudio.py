"""Articles as tasks of Label Studio and back, without a server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given

from claimspans import Claim, Document, Layer, Span
from claimspans.data.records import Zone
from claimspans.labelstudio.encode import RefusedError, to_task

from ..helpers.examples import examples
from ..helpers.labelstudio_articles import PAGE, Task, documents, from_task, sent


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
