"""Articles as no newspaper prints them, for what must come back from Label Studio as it went in."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from hypothesis import strategies as st

from claimspans import Claim, Document, Span
from claimspans.data.fields import Field
from claimspans.data.records import Cargo, Zone
from claimspans.data.schema import default_schema
from claimspans.labelstudio.decode import from_annotation
from claimspans.labelstudio.encode import to_task
from claimspans.labelstudio.fields import Page
from claimspans.labelstudio.relations import Note

PIECES = [
    "said ", "Kim", "over 16,500 containers", " ", "\n", "\r\n", "\u00a0", "\t", "👩‍👩‍👧", "𝔘", "e\u0301", "שלום ",
    "\u202eمرحبا\u202c", "<b>&amp;</b>", "]]>", "{{ x }}", "$text", '"', "\\n", "\u200b", "\x07", "%", "東京",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join).filter(str.strip)
WORDS = st.lists(st.sampled_from([*PIECES, "a", "1"]), min_size=1, max_size=4).map("".join)
PAGE = Page(default_schema())


def values(field: Field) -> st.SearchStrategy[Any]:
    """What the schema allows for a field of a span."""
    part = PAGE.schema.field(field.label, field.name)
    options = (part, *part.get("anyOf", ()))
    pattern = next((option["pattern"] for option in options if "pattern" in option), None)
    if field.kind == "choice":
        found: st.SearchStrategy[Any] = st.sampled_from([choice.value for choice in field.choices])
    elif field.kind == "boolean":
        found = st.booleans()
    elif field.kind == "number":
        found = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
    else:
        found = (
            WORDS
            if pattern is None
            else st.from_regex(pattern, fullmatch=True, alphabet=st.characters(max_codepoint=127))
        )
    return found | st.none() if field.nullable else found


@st.composite
def spans(draw: st.DrawFn, text: str) -> list[Span]:
    """Nested, overlapping and equal ones, in reading order; each STANCE names some SPEAKERs in any order."""
    made: list[Span] = []
    for number in range(draw(st.integers(0, 9))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        mark = PAGE.marks[draw(st.sampled_from(list(PAGE.schema.labels)))]
        attributes = {field.name: draw(values(field)) for field in mark.fields if not field.left_out}
        for field in mark.fields:
            if field.left_out and field.shown_for and attributes[field.shown_for[0]] == field.shown_for[1]:
                attributes[field.name] = draw(values(field).filter(lambda value: value is not None))
        quoted = text[start:end]
        made.append(Span(id=f"s{number}", label=mark.name, start=start, end=end, text=quoted, attributes=attributes))
    made.sort(key=lambda span: span.order)
    speakers = [str(span.id) for span in made if span.label == "SPEAKER"]
    whole = []
    for span in made:
        order = [attribute.name for attribute in PAGE.schema.labels[span.label].attributes]
        given = dict(span.attributes)
        for name in PAGE.marks[span.label].references:
            given[name] = tuple(draw(st.permutations(speakers)))[: draw(st.integers(0, 3))]
        attributes = {name: given[name] for name in order if name in given}
        whole.append(
            Span(id=span.id, label=span.label, start=span.start, end=span.end, text=span.text, attributes=attributes)
        )
    return whole


@st.composite
def claims(draw: st.DrawFn, marked: list[Span]) -> list[Claim]:
    """Claims that share cues, cargo and dates, that pair things differently, and that have nothing at all."""
    of = {label: [span.id for span in marked if span.label == label] for label in PAGE.schema.labels}

    def some(label: str) -> tuple[str, ...]:
        return tuple(str(one) for one in draw(st.permutations(of[label]))[: draw(st.integers(0, 2))])

    def one(label: str) -> str | None:
        found: str | None = draw(st.sampled_from([*of[label], None]))
        return found

    def chosen(field: str) -> str | None:
        return draw(st.sampled_from([choice.value for choice in PAGE.schema.choices("claim_fields", field)]))

    names = [f"c{number}" for number in range(draw(st.integers(0, 4)))]
    made = []
    party = WORDS | st.sampled_from(["KP", "RU", None])
    for name in names:
        event = chosen("event")
        rows = [(one("ITEM"), one("QUANTITY")) for _ in range(draw(st.integers(0, 3)))]
        relations = [choice.value for choice in PAGE.schema.choices("cargo", "relation")]
        cargo = [
            Cargo(item=item, quantity=much, relation=draw(st.sampled_from(relations)) if item and much else None)
            for item, much in rows
            if item or much
        ]
        made.append(
            Claim(
                id=name,
                event=str(event),
                status=chosen("status"),
                stance=draw(st.sampled_from([choice.value for choice in PAGE.schema.choices("STANCE", "stance")])),
                certainty=draw(st.sampled_from([c.value for c in PAGE.schema.choices("STANCE", "certainty")])),
                cue=one("STANCE"),
                holders=some("SPEAKER"),
                via=some("SPEAKER"),
                supplier=draw(party) if event == "transfer" else None,
                recipient=draw(party) if event == "transfer" else None,
                user=draw(party) if event == "use" else None,
                parties=tuple(draw(st.lists(WORDS, max_size=3, unique=True))) if event == "cooperation" else (),
                cargo=tuple(cargo),
                when=some("DATE"),
                target=draw(st.sampled_from([*(other for other in names if other != name), None])),
                same_as=draw(st.sampled_from([*(other for other in names if other != name), None])),
            )
        )
    return made


def from_task(task: dict[str, Any], page: Page) -> tuple[Document | None, list[Note]]:
    """The article of a task with the one annotation, or the one suggestion, that a test put into it."""
    found: list[dict[str, Any]] = task.get("annotations") or task.get("predictions") or []
    assert len(found) == 1
    return from_annotation(task, found[0], page)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(TEXTS)
    marked = draw(spans(text))
    zones = []
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(text) - 1))
        kind = draw(st.sampled_from([choice.value for choice in PAGE.schema.choices("zone", "zone")]))
        zones.append(Zone(kind=str(kind), start=start, end=draw(st.integers(start + 1, len(text)))))
    return Document(
        doc="g" + hashlib.sha256(text.encode()).hexdigest()[:12],
        text=text,
        published=draw(st.sampled_from([None, "2024-09"])),
        zones=tuple(sorted(zones, key=lambda zone: (zone.start, -zone.end))),
        spans=tuple(marked),
        claims=tuple(draw(claims(marked))),
    )


Task = dict[str, Any]


def sent(document: Document) -> Task:
    """A task as the server gives it back."""
    task: Task = json.loads(json.dumps(to_task(document, PAGE, layer="annotations"))) | {"id": 7}
    return task
