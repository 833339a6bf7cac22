"""What a language model is told and what it should answer: quotes with their attributes and claims, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..records import Claim, Document, Span, claim_record
from ..schema import Attribute, Choice, Label
from .task import Task


def answer(document: Document, *, claims: bool) -> str:
    """The gold of an article in the form of a line of a predictions file, without offsets, which models cannot count.

    A quote that the article has more than once says which one is meant, counted from 1 over the whole article.
    """
    found: dict[str, Any] = {
        "spans": [_span(document.text or "", span) for span in sorted(document.spans, key=lambda span: span.order)]
    }
    if claims:
        found["claims"] = [_claim(document.doc, claim) for claim in document.claims]
    return json.dumps(found, ensure_ascii=False, allow_nan=False)


def _span(text: str, span: Span) -> dict[str, Any]:
    quote = text[span.start : span.end]
    shown: dict[str, Any] = {} if span.id is None else {"id": span.id}
    shown |= {"label": span.label, "text": quote}
    places = list(_places(text, quote))
    if len(places) > 1:
        shown["occurrence"] = places.index(span.start) + 1
    return shown | {key: list(value) if isinstance(value, tuple) else value for key, value in span.attributes.items()}


def _places(text: str, quote: str) -> Iterator[int]:
    """Every place of a quote, those that overlap too, as the reader of predictions counts them."""
    place = text.find(quote)
    while place >= 0:
        yield place
        place = text.find(quote, place + 1)


def _claim(doc: str, claim: Claim) -> dict[str, Any]:
    return {key: value for key, value in claim_record(doc, claim).items() if key not in ("type", "doc")}


def question(document: Document) -> str:
    """What is asked: the article as it is, zones and all, under its date, by which others are resolved."""
    dated = f"Published: {document.published}\n\n" if document.published is not None else ""
    return f"{dated}Article:\n{document.text}"


def instruction(task: Task) -> str:
    """The task in words: the form of the answer, and what the schema says of each label, attribute and field."""
    form = '{"spans": [{"id", "label", "text", "occurrence", …}]' + (', "claims": [{…}]}' if task.claims else "}")
    rules = (
        "id numbers the spans s1, s2 … in reading order. text quotes the article exactly. Where the article has the "
        "quote more than once, occurrence says which one is meant, counted from 1; else it is left out. Give every "
        "attribute of the label, null where nothing applies."
    )
    lines = [
        "Mark spans of the article under the labels below and answer with one JSON object and nothing else:",
        form,
        "",
        rules,
    ]
    for label in task.labels.values():
        lines += ["", *_label(label)]
    if task.claims:
        said = (
            "Claims: who holds that what happened. id numbers them c1, c2 …; they name spans and claims by their ids."
        )
        lines += ["", said, *_claims(task)]
    return "\n".join(lines)


def _label(label: Label) -> Iterator[str]:
    yield f"{label.name}: {label.description}" if label.description else label.name
    yield from (f"- {_attribute(attribute)}" for attribute in label.attributes)


def _attribute(attribute: Attribute) -> str:
    return _field(attribute.name, attribute.description, attribute.choices)


def _field(name: str, description: str, choices: tuple[Choice, ...]) -> str:
    values = "; ".join(f"{'null' if each.value is None else each.value} ({each.description})" for each in choices)
    return ": ".join(filter(None, (name, " ".join(filter(None, (description, values))))))


def _claims(task: Task) -> Iterator[str]:
    schema = task.schema
    if schema is None or not {"claim_fields", "cargo"} <= set(schema.root["$defs"]):
        return
    known = {attribute.name: attribute.choices for _, attribute in schema.attributes()}
    for definition in ("claim_fields", "cargo"):
        if definition == "cargo":
            yield "Each entry of cargo:"
        for name, body in schema.root["$defs"][definition]["properties"].items():
            choices = schema.choices(definition, name)
            if choices and known.get(name) == choices:
                yield f"- {name}: as in the spans, but of this event."
            elif name != "id":
                yield f"- {_field(name, body.get('description', ''), choices)}"
