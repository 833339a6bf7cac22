"""An article with its spans, claims and zones → a task of Label Studio; nothing is sent that could not come back."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from ..data.fields import CLAIM_PARTS, answers_of
from ..data.hashes import sha256_of
from ..data.records import Claim, Document, Span, Zone
from .fields import LABELS, TEXT, Page
from .refusals import RefusedError, refusals
from .relations import Arrow, Fields, Graph, Region, arrows_of

_Record = tuple[str, str, int, int, Fields]
"""Id, label, start, end and fields of a record."""

OURS = "claimspans"
"""The key of what is ours in the ``meta`` of a region and of a task."""

_WORD = re.compile(r"\w[\w’'-]*")

As = Literal["predictions", "annotations"]


def to_task(
    document: Document, page: Page, *, layer: As | None = "predictions", model_version: str = "claimspans"
) -> dict[str, Any]:
    """The task of an article, as the server's import takes it.

    What the document says goes in as ``predictions`` (suggestions that somebody corrects) or as ``annotations``;
    with None the article goes alone. A score of a span is shown and not read back. Raises `RefusedError` for what
    the server or the page would lose or choke on.
    """
    notes = list(refusals(document, page))
    if notes:
        raise RefusedError(notes)
    text = document.text or ""
    task: dict[str, Any] = {
        "data": {"text": text, "doc_id": document.doc, "published": document.published or ""},
        "meta": {OURS: {"sha256": sha256_of(text), "schema": page.schema.version}},
    }
    if layer is None:
        return task
    results = results_of(document, page, model_version)
    if layer == "predictions":
        prediction: dict[str, Any] = {"model_version": model_version, "result": results}
        told = [span.score for span in document.spans if span.score is not None]
        if told:
            prediction["score"] = sum(told) / len(told)
        return task | {"predictions": [prediction]}
    # The server's own default on import is true, and ground truth is what nobody has said here.
    return task | {"annotations": [{"result": results, "ground_truth": False}]}


def results_of(document: Document, page: Page, version: str) -> list[dict[str, Any]]:
    """The rows of an annotation: a span and its attributes a row each, then the arrows.

    Each mark says of which ``version`` it is, so that what somebody makes of it can be told from work of their own.
    """
    own = {record.id for record in _records(document) if record.id is not None}
    named = _with_ids(document)
    regions, arrows = _drawn(named, page, own, version)
    scores = {span.id: span.score for span in named.spans}
    rows = [row for region in regions for row in _rows(region, page, scores.get(region.id))]
    return rows + [_arrow_row(arrow) for arrow in arrows]


def _arrow_row(arrow: Arrow) -> dict[str, Any]:
    ends = {"from_id": arrow.source, "to_id": arrow.target}
    return {"type": "relation", "direction": "right", "labels": list(arrow.names)} | ends


def _rows(region: Region, page: Page, score: float | None) -> Iterator[dict[str, Any]]:
    place: dict[str, Any] = {"start": region.start, "end": region.end}
    head: dict[str, Any] = {"id": region.id, "to_name": TEXT}
    first = head | {"from_name": LABELS, "type": "labels", "value": place | {"labels": [region.label]}}
    if region.meta:
        first["meta"] = dict(region.meta)
    if score is not None:
        first["score"] = score
    yield first
    for field, answers in region.answers.items():
        for control, key, given in page.rows_of(field, answers) if answers else ():
            kind = "choices" if key == "choices" else "textarea"
            yield head | {"from_name": control, "type": kind, "value": place | {key: list(given)}}


def _records(document: Document) -> list[Span | Claim]:
    return [*document.spans, *document.claims]


def _with_ids(document: Document) -> Document:
    """Every span and claim with an id: what a system left without one gets one that nobody has."""
    taken = {record.id for record in _records(document)}
    free = (f"p{number}" for number in range(1, len(taken) + len(document.spans) + len(document.claims) + 2))
    ids = (each for each in free if each not in taken)
    spans = [span if span.id is not None else msgspec.structs.replace(span, id=next(ids)) for span in document.spans]
    claims = [
        claim if claim.id is not None else msgspec.structs.replace(claim, id=next(ids)) for claim in document.claims
    ]
    return msgspec.structs.replace(document, spans=tuple(spans), claims=tuple(claims))


def _drawn(document: Document, page: Page, own: set[str], version: str) -> tuple[list[Region], list[Arrow]]:
    """The regions and arrows of a document.

    Where the page's way of saying it does not give a field back as it is (an order of its own, a quantity that
    says one thing of an item in one claim and another in the next), the region keeps both, and the field counts as
    long as nobody changes what is drawn.
    """
    records: list[_Record] = []
    taken = {record.id for record in _records(document)}
    zone_ids = (each for each in (f"z{number}" for number in range(1, 10**9)) if each not in taken)
    records += [(next(zone_ids), page.zone, zone.start, zone.end, {"zone": zone.kind}) for zone in document.zones]
    records += [(span.id or "", span.label, span.start, span.end, _plain(span.attributes)) for span in document.spans]
    anchors = _anchors(document)
    for claim, (start, end) in zip(document.claims, anchors, strict=True):
        fields = _plain(msgspec.structs.asdict(claim))
        records.append((claim.id or "", page.claim or "", start, end, fields))
    regions = [_region(page, *record) for record in records]
    arrows = _arrows(page, records)
    fields_of = Graph(page, regions, arrows).fields
    numbers = {claim.id: number for number, claim in enumerate(document.claims)}
    marked = []
    for region, record in zip(regions, records, strict=True):
        kept: dict[str, Any] = {"from": version}
        if region.label == page.zone:
            marked.append(msgspec.structs.replace(region, meta={OURS: kept}))
            continue
        given, derived = record[4], fields_of[region.id]
        exact = {
            name: [given[name], value]
            for name, value in derived.items()
            if given.get(name, value) != value and not (given[name] is None and name in page.inherited)
        }
        # What a system left without an id is numbered when it comes back.
        if region.id in own:
            kept["id"] = region.id
        if region.id in numbers:
            kept["n"] = numbers[region.id]
        if exact:
            kept["exact"] = exact
        marked.append(msgspec.structs.replace(region, meta={OURS: kept}))
    return marked, arrows


def _plain(fields: Mapping[str, Any]) -> Fields:
    """Fields as JSON has them, lists for tuples."""
    plain: Fields = json.loads(json.dumps(msgspec.to_builtins(fields)))
    return plain


def _region(page: Page, name: str, label: str, start: int, end: int, fields: Fields) -> Region:
    given = {field.control: answers_of(fields.get(field.name)) for field in page.marks[label].fields}
    answers = {control: page.come_back(control, one) for control, one in given.items()}
    return Region(id=name, label=label, start=start, end=end, answers=answers)


def _arrows(page: Page, records: list[_Record]) -> list[Arrow]:
    """The arrows of the records. Two between the same regions are one with two names: the server drops a second."""
    names: dict[tuple[str, str], list[str]] = {}
    by_id = {name: fields for name, _, _, _, fields in records}
    for name, label, _, _, fields in records:
        drawn = fields
        if label == page.claim:
            cue = by_id.get(fields["cue"] or "", {})
            speakers = [cue[key] for key in (page.marks[CLAIM_PARTS["cue"]].references if cue else ())]
            if speakers and set(speakers[0] or ()) == set(fields["holders"]):
                drawn = fields | {"holders": []}
        for source, target, called in arrows_of(page, name, label, drawn):
            known = names.setdefault((source, target), [])
            if called not in known:
                known.append(called)
    return [Arrow(source, target, tuple(called)) for (source, target), called in names.items()]


def _anchors(document: Document) -> list[tuple[int, int]]:
    """Where each claim stands on the page: a record does not say, so a word near its parts that nothing else covers.

    It is the last word before the first thing of its cargo, where its verb often is, else the first behind its cue
    or its date; a claim without any of them stands behind the claim before it. No two stand on one word.
    """
    text = document.text or ""
    places = {span.id: span for span in document.spans}
    covered = bytearray(len(text))
    records: list[Span | Zone] = [*document.spans, *document.zones]
    for record in records:
        covered[record.start : record.end] = b"\1" * (record.end - record.start)
    words = [match.span() for match in _WORD.finditer(text)]
    free = [word for word in words if not any(covered[word[0] : word[1]])]
    long = [word for word in free if word[1] - word[0] > 3]
    taken: set[tuple[int, int]] = set()
    found: list[tuple[int, int]] = []
    for claim in document.claims:
        cargo = [places[one].start for row in claim.cargo for one in (row.item, row.quantity) if one in places]
        others = [places[one] for one in (claim.cue, *claim.when, *claim.holders) if one in places]
        start = min(cargo) if cargo else others[0].end if others else found[-1][1] if found else 0
        word = _nearest(long, start, taken, before=bool(cargo)) or _nearest(free, start, taken, before=bool(cargo))
        word = word or _nearest(words, start, taken, before=False) or (0, len(text))
        taken.add(word)
        found.append(word)
    return found


def _nearest(
    words: list[tuple[int, int]], place: int, taken: set[tuple[int, int]], *, before: bool
) -> tuple[int, int] | None:
    """The nearest word that is not taken: before the place where that is wanted and there is one, else behind it."""
    middle = bisect_left(words, (place, place))
    behind = (word for word in words[middle:] if word not in taken)
    ahead = (word for word in reversed(words[:middle]) if word not in taken)
    for side in (ahead, behind) if before else (behind, ahead):
        word = next(side, None)
        if word is not None:
            return word
    return None


__all__ = ["OURS", "As", "RefusedError", "results_of", "to_task"]
