"""Level 4: references between records, overlaps, and what must agree across articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from ..problems import Problem
from ..records import Claim, Span
from ..schema import Schema
from .sheet import Sheet


def within(sheet: Sheet, schema: Schema) -> Iterator[Problem]:
    """The problems inside one article."""
    references_hold = True
    for problem in _references(sheet, schema):
        references_hold = False
        yield problem
    yield from _overlaps(sheet)
    if references_hold:
        for claim in sheet.claims:
            yield from _claim(sheet, claim)


def across(sheets: Iterable[Sheet]) -> Iterator[Problem]:
    """An entity that is one thing here and another there.

    What begins with a small letter is a description ("coast guard"), which in another article may be of another.
    """
    first: dict[tuple[str, str], Span] = {}
    for sheet in sheets:
        for span in sheet.spans:
            entity = span.attributes.get("entity")
            if not isinstance(entity, str):
                continue
            other = first.setdefault((entity, sheet.doc if entity[:1].islower() else ""), span)
            for name in ("source_type", "country"):
                mine, theirs = span.attributes.get(name), other.attributes.get(name)
                if mine != theirs and not _may_differ(span, other, name):
                    yield sheet.problem("entity-inconsistent", span, f"{entity}: {name} {mine!r}, elsewhere {theirs!r}")


def _may_differ(one: Span, other: Span, name: str) -> bool:
    """Whether two spans of one entity are a group and a part of it, or two states' organs of one name."""
    types = {one.attributes.get("source_type"), other.attributes.get("source_type")}
    if name == "source_type":
        return types == {"group", "unnamed"}
    return types == {"body"} and None not in (one.attributes.get(name), other.attributes.get(name))


def _references(sheet: Sheet, schema: Schema) -> Iterator[Problem]:
    spanning = [attribute.name for _, attribute in schema.attributes() if attribute.compare == "spans"]
    for span in sheet.spans:
        for name in spanning:
            named = span.attributes.get(name)
            # Which label its spans have no schema says, but claims take the speakers of their cue.
            kind = "SPEAKER" if name == "speakers" and schema.has_claims else None
            for reference in named if isinstance(named, tuple) else ():
                yield from _reference(sheet, span, name, reference, kind)
    for claim in sheet.claims:
        for name, reference, kind in claim.references():
            yield from _reference(sheet, claim, name, reference, kind)


def _reference(sheet: Sheet, record: Span | Claim, name: str, reference: str, kind: str | None) -> Iterator[Problem]:
    """What is wrong with a reference to a claim, or to a span of this label or, with None, of any."""
    found = sheet.by_id.get(reference)
    if found is None:
        yield sheet.problem("ref-unknown", record, f"{name} names “{reference}”")
        return
    is_kind = "claim" if isinstance(found, Claim) else found.label
    if is_kind != kind and (kind is not None or is_kind == "claim"):
        yield sheet.problem("ref-kind", record, f"{name} names {reference}, a {is_kind}; expected a {kind or 'span'}")


def _overlaps(sheet: Sheet) -> Iterator[Problem]:
    for one, other in combinations(sheet.spans, 2):
        if one.label == other.label and one.start < other.end and other.start < one.end:
            yield sheet.problem("overlap-same-label", other, f"{other.label}, with “{sheet.quote(one)}”")
    for zone, next_zone in combinations(sheet.zones, 2):
        if zone.start < next_zone.end and next_zone.start < zone.end:
            yield sheet.problem("zone-overlap", next_zone, f"with the zone {zone.start}–{zone.end}")
    for span in sheet.spans:
        for zone in sheet.zones:
            if span.start < zone.end and zone.start < span.end:
                yield sheet.problem("span-in-zone", span, f"in the zone {zone.start}–{zone.end}")


def _claim(sheet: Sheet, claim: Claim) -> Iterator[Problem]:
    if claim.cue is not None:
        cue = sheet.by_id[claim.cue]
        speakers = cue.attributes.get("speakers") if isinstance(cue, Span) else None
        if isinstance(speakers, tuple) and set(speakers) != set(claim.holders):
            detail = (
                f"holders {', '.join(claim.holders) or 'none'}, speakers of {claim.cue} {', '.join(speakers) or 'none'}"
            )
            yield sheet.problem("claim-holders", claim, detail)
    if claim.same_as is not None:
        first = sheet.by_id[claim.same_as]
        positions = {other.id: index for index, other in enumerate(sheet.claims)}
        if isinstance(first, Claim) and not (
            positions[first.id] < positions[claim.id] and first.same_as is None and first.event == claim.event
        ):
            yield sheet.problem("claim-same-as", claim, f"same_as names {claim.same_as}")
    answers = claim.stance in ("denial", "dispute", "confirmation", "evasion")
    if claim.target is not None and (not answers or claim.target == claim.id):
        detail = "itself" if claim.target == claim.id else f"{claim.target}, with stance {claim.stance}"
        yield sheet.problem("claim-target", claim, f"target names {detail}")
