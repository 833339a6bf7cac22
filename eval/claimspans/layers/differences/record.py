"""What a disagreement is, and the sentence it stands in."""

from __future__ import annotations

from typing import Any

import msgspec

from ...text.sentences import around


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one layer has at a place: the id of its record, the value as in the record, and in words."""

    id: str | None
    value: Any
    words: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One disagreement.

    ``kind`` is ``missing`` (a span that a layer lacks), ``label`` or ``boundaries`` (spans that overlap, with another
    label, or the same label and other boundaries), ``attribute`` or ``slot`` (named by ``field``), ``claim`` (one
    that a layer lacks) or ``zone``. ``place`` is the record in words, ``readings`` holds None for a layer that has
    nothing there, in the order of ``layers``. ``start`` and ``end`` are those of the first layer that has something;
    a claim stands at its cue, or else at the first span that it names.
    """

    doc: str
    start: int
    end: int
    kind: str
    field: str | None
    place: str
    sentence: str
    layers: tuple[str, ...]
    readings: tuple[Reading | None, ...]

    def to_dict(self) -> dict[str, Any]:
        fields: dict[str, Any] = msgspec.structs.asdict(self)
        del fields["layers"]
        shown = zip(self.layers, self.readings, strict=True)
        return fields | {
            "readings": {name: None if found is None else msgspec.structs.asdict(found) for name, found in shown}
        }

    @property
    def ids(self) -> str:
        """The id that all layers agree on, else each layer's, – for one that lacks the record."""
        found = [reading and reading.id for reading in self.readings]
        return found[0] or "–" if len(set(found)) == 1 else " / ".join(each or "–" for each in found)


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around ``text[start:end]`` on one line; more than one if it crosses."""
    first, last = around(text, start, end)
    return " ".join(text[first:last].split())
