"""What is asked where two layers differ, and what was decided: both without a word about which layer came first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from ...data.hashes import sha256_of
from ...data.records import Document, Span
from ..differences import Difference

How = Literal["layer", "both", "neither", "own"]
"""What somebody took: what one layer has, what both have, nothing, or a value of their own."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A difference to decide.

    ``key`` is made of the article and of what the two layers say, not of their order, their names or the ids that they
    happen to use: it is another one as soon as a layer says something else. ``options`` are what may be taken.
    ``label`` is that of the span in question, None for zones and claims. ``spans`` are those of the layers at the
    place, None for a layer without one.
    """

    key: str
    difference: Difference
    options: tuple[How, ...]
    label: str | None = None
    spans: tuple[Span | None, Span | None] = (None, None)

    @property
    def doc(self) -> str:
        return self.difference.doc

    @property
    def what(self) -> str:
        """Its kind and field, in words."""
        return " ".join(filter(None, (self.difference.kind, self.difference.field)))


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody decided about a question, with what was before them.

    ``layer`` where ``how`` is layer; ``value`` where it is own: of a span its label, start and end, of a field its
    value as in the record, spans named as ``LABEL start end``. ``when`` is ISO 8601.
    """

    doc: str
    key: str
    kind: str
    field: str | None
    place: str
    sentence: str
    readings: dict[str, str | None]
    how: How
    layer: str | None = None
    value: Any = None
    why: str = ""
    who: str = ""
    when: str = ""

    @property
    def taken(self) -> str:
        """What was taken, in words."""
        if self.how == "layer":
            return self.readings.get(self.layer or "") or "–"
        if self.how == "own":
            value = self.value
            if isinstance(value, dict) and "label" in value:
                return f"{value['label']} [{value['start']}, {value['end']}]"
            return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return self.how


def decision(
    question: Question,
    how: How,
    *,
    layer: str | None = None,
    value: Any = None,
    why: str = "",
    who: str = "",
    when: str = "",
) -> Decision:
    """The decision of a question."""
    difference = question.difference
    words = [None if reading is None else reading.words for reading in difference.readings]
    return Decision(
        doc=question.doc,
        key=question.key,
        kind=difference.kind,
        field=difference.field,
        place=difference.place,
        sentence=difference.sentence,
        readings=dict(zip(difference.layers, words, strict=True)),
        how=how,
        layer=layer,
        value=value,
        why=why,
        who=who,
        when=when,
    )


def place_name(span: Span) -> str:
    """A span by its label and place, which a renumbering leaves alone."""
    return f"{span.label} {span.start} {span.end}"


def keys_of(found: list[Difference], documents: tuple[Document, Document]) -> list[str]:
    """A key for each difference, in their order."""
    names: list[Mapping[str | None, str]] = [
        {span.id: place_name(span) for span in document.spans}
        | {claim.id: f"claim {number}" for number, claim in enumerate(document.claims)}
        for document in documents
    ]
    seen: dict[str, int] = {}
    keys = []
    for each in found:
        said: list[Any] = [each.doc, each.kind, each.field]
        for reading, known in zip(each.readings, names, strict=True):
            said.append(None if reading is None else [known.get(reading.id), _portable(reading.value, known)])
        digest = sha256_of(json.dumps(said, ensure_ascii=False))[:12]
        seen[digest] = seen.get(digest, 0) + 1
        keys.append(digest if seen[digest] == 1 else f"{digest}-{seen[digest]}")
    return keys


def _portable(value: Any, names: Mapping[str | None, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_portable(one, names) for one in value]
    if isinstance(value, dict):
        return {key: _portable(one, names) for key, one in value.items()}
    return value
