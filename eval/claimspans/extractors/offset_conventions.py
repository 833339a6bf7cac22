"""Answers whose offsets mean something else than they say: read so where that is asked for, and recognised if not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ..data.offset_conventions import Place, fitting, map_hint, offset_hint
from ..data.records import Document
from .contract import Answer, Article

_OF_OFFSETS = {"offset-range", "offset-reversed", "text-mismatch"}


def as_meant(answer: Answer, reading: Collection[str]) -> Answer:
    """An answer with the offsets of its spans as one of `claimspans.data.offset_conventions.READINGS` means them."""
    if not reading or not isinstance(answer.get("spans"), list | tuple):
        return answer
    first, last = -("from-1" in reading), ("inclusive" in reading) - ("from-1" in reading)

    def shifted(span: Any) -> Any:
        if not isinstance(span, Mapping) or type(span.get("start")) is not int or type(span.get("end")) is not int:
            return span
        return {**span, "start": span["start"] + first, "end": span["end"] + last}

    unit = next((name for name in ("utf16", "utf8") if name in reading), answer.get("offset_unit") or "codepoint")
    return {**answer, "spans": list(map(shifted, answer["spans"])), "offset_unit": unit}


def slipped(article: Article, answer: Answer, document: Document) -> set[tuple[str, ...]] | None:
    """The readings under which all offsets of an answer would fit; None where none of its offsets were rejected."""
    if not any(one.reason in _OF_OFFSETS for one in document.rejected) or answer.get("offset_unit"):
        return None
    spans = [one for one in answer.get("spans") or () if isinstance(one, Mapping)]
    places = [
        Place(article.doc, one["start"], one["end"], one["text"] if isinstance(one.get("text"), str) else None)
        for one in spans
        if type(one.get("start")) is int and type(one.get("end")) is int
    ]
    return set(fitting(places, {article.doc: article.text}))


def run_hints(
    slips: Sequence[set[tuple[str, ...]]], unknown: Collection[str], labels: Collection[str] | None
) -> list[str]:
    """What may have slipped in all answers of a run: offsets, by article, and labels of which none is known."""
    said = []
    if slips and (shared := set.intersection(*slips)):
        found = offset_hint(sorted(shared), f"The offsets of {len(slips)} articles in which some do not fit")
        said += [found] if found is not None else []
    if unknown and labels:
        said.append(map_hint(unknown, labels))
    return said
