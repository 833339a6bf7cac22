"""An article with its mentions exchanged: text, offsets, attributes and claims."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from random import Random

import msgspec

from ..records import Claim, Document, Span, Value
from ..schema import Schema
from ..states import State
from . import figures, marks
from .dates import Dated, Moved, is_calendar, moved
from .gazetteer import Gazetteer
from .mentions import Edit, EditedText, Mention, safe
from .names import NameIndex
from .words import Fresh, takes_an

KINDS = ("person", "organisation", "ship", "place", "state", "date", "figure", "designation", "quotation mark")


class Known(msgspec.Struct, frozen=True):
    """What is known of a corpus: its states, its names, and what its attributes are."""

    gazetteer: Gazetteer
    names: NameIndex
    schema: Schema

    def attributes(self, label: str, compare: str) -> list[str]:
        """The attributes of a label that compare so, as x-compare of the schema says."""
        known = self.schema.labels.get(label)
        return [] if known is None else [one.name for one in known.attributes if one.compare == compare]

    def of_states(self, label: str) -> list[str]:
        """The attributes of a label that may hold the code of a state."""
        known = self.schema.labels.get(label)
        return (
            []
            if known is None
            else [one.name for one in known.attributes if one.compare == "equal" and not one.choices]
        )


class Exchanged(msgspec.Struct, frozen=True):
    """An article after its exchange. ``left`` are the mentions that stayed, by kind as those that did not.

    ``edited`` carries offsets and has the edits that take all back; ``days`` is how far its dates are moved.
    """

    document: Document
    edited: EditedText
    exchanged: Counter[str]
    left: Counter[str]
    days: int


class Names(msgspec.Struct, frozen=True):
    """How the names of an edition are exchanged: states by their codes, words by themselves.

    ``years`` are added to those in a name; mentions of the keys that are ``stuck`` stay.
    """

    known: Known
    states: Mapping[str, State]
    words: Mapping[str, str]
    years: int = 0
    stuck: Collection[str] = ()

    def mentions(self, text: str) -> list[Mention]:
        found = [*self.known.names.mentions(text, self.words), *self.known.gazetteer.mentions(text, self.states)]
        return sorted(found, key=lambda one: (one.start - one.end, one.start))

    def name(self, text: str) -> str:
        """A name, such as an entity, with what it holds exchanged as in the article."""
        kept, _ = safe(self.mentions(text), ())
        edits = [edit for mention in kept if mention.key not in self.stuck for edit in mention.edits or ()]
        new = EditedText(text, edits).text
        return (
            re.sub(r"(?<!\d)(?:19|20)\d\d(?!\d)", lambda year: str(int(year[0]) + self.years), new)
            if self.years
            else new
        )

    def code(self, value: str) -> str:
        """The code of a state, that of the state which stands for it; any other party by its name."""
        if re.fullmatch("[A-Z]{2}", value):
            stays = value not in self.states or f"state {value}" in self.stuck
            return value if stays else str(self.states[value].code)
        return self.name(value)


def names_for(documents: Sequence[Document], known: Known, seed: int, edges: Mapping[str, Collection[int]]) -> Names:
    """How the names of some articles are exchanged in all of them, the same each time for one seed.

    A name that must stay in one article stays in all; ``edges`` are further offsets of each that must be kept.
    """
    needed: dict[str, set[str]] = defaultdict(set)
    stuck: set[str] = set()
    same = Names(known, known.gazetteer.states, {word: word for word in known.names.changing})
    for document in documents:
        _needed(document, known, needed)
        found = [*_unmoved(document, known), *same.mentions(document.text or "")]
        _, left = safe(found, (*_edges(document), *edges.get(document.doc, ())))
        stuck |= {one.key for one in left}
    texts = "\n".join(document.text or "" for document in documents)
    fresh = Fresh(Random(seed), texts)  # noqa: S311 -- nothing is secret
    kept = {key.partition(" ")[2] for key in stuck}
    states = known.gazetteer.exchanged(needed, kept, fresh)
    return Names(known, states, known.names.renamed(texts, kept, fresh))


def exchange(document: Document, names: Names, seed: int, edges: Iterable[int] = ()) -> Exchanged:
    """The article with its mentions exchanged, the same each time for one seed; ``edges`` are further offsets to keep.

    What cannot be exchanged safely stays: where a span begins or ends inside it, where another mention of the same
    must stay, and where nothing of its kind fits its grammar.
    """
    text, known = document.text or "", names.known
    fresh = Fresh(Random(f"{seed} {document.doc}"), text)  # noqa: S311 -- nothing is secret
    everywhere = sorted({*edges, *_edges(document)})
    dates = moved(text, document.published, _dated(document, known), fresh.rng)
    marked = [(span.start, span.end) for span in document.spans]
    named = [*names.mentions(text), *marks.designations(text, marked, fresh), *marks.quotation_marks(text, fresh.rng)]
    before = [*(dates.mentions if dates else _unmoved(document, known)), *named]
    _, left = safe(before, everywhere)
    if dates is not None and any(mention.key == "dates" for mention in left):
        dates, before = None, [*_unmoved(document, known), *named]
    protected = [(one.start, one.end) for one in before if one.kind != "quotation mark"]
    counted = [figures.Counted(span.start, span.end, _numbers(span, known)) for span in _with_figures(document, known)]
    stuck: set[str] = set()
    for _ in range(2):  # which figures must stay is known when they have been placed
        of_figures, values = figures.exchanged(text, counted, protected, stuck, fresh.rng)
        kept, left = safe([*before, *of_figures], everywhere)
        stuck = {one.key for one in left if one.kind == "figure"}
    names = msgspec.structs.replace(names, years=dates.years if dates else 0, stuck={one.key for one in left})
    edited = EditedText(text, _with_articles(text, kept, everywhere))
    return Exchanged(
        _carried(document, edited, names, values, dates),
        edited,
        Counter(one.kind for one in kept),
        Counter(one.kind for one in left),
        dates.days if dates else 0,
    )


def _edges(document: Document) -> list[int]:
    places = [(one.start, one.end) for one in document.spans] + [(one.start, one.end) for one in document.zones]
    return [edge for place in places for edge in place]


def _dated(document: Document, known: Known) -> list[Dated]:
    found = []
    for span in document.spans:
        for name in known.attributes(span.label, "edtf"):
            value = span.attributes.get(name)
            if isinstance(value, str):
                found.append(Dated(span.start, span.end, value))
    return found


def _unmoved(document: Document, known: Known) -> list[Mention]:
    return [Mention("date", "dates", one.start, one.end) for one in _dated(document, known)]


def _needed(document: Document, known: Known, needed: dict[str, set[str]]) -> None:
    """Add the states that an article mentions, or has in an attribute, with the forms in which it does."""
    told = [str(document.text)]
    for span in document.spans:
        values = {
            name: span.attributes.get(name)
            for name in (*known.attributes(span.label, "name"), *known.of_states(span.label))
        }
        told += [value for value in values.values() if isinstance(value, str)]
    for claim in document.claims:
        told += [party for party in (claim.supplier, claim.recipient, claim.user, *claim.parties) if party is not None]
    for text in told:
        if text in known.gazetteer.states:
            needed[text] |= set()
        for _, _, code, form in known.gazetteer.find(text):
            needed[code].add(form)


def _numbers(span: Span, known: Known) -> tuple[float, ...]:
    values = (span.attributes.get(name) for name in known.attributes(span.label, "number"))
    return tuple(float(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool))


def _with_figures(document: Document, known: Known) -> list[Span]:
    """The spans that state a number; where the schema has no attribute that is one, all that are no dates."""
    if any(attribute.compare == "number" for _, attribute in known.schema.attributes()):
        return [span for span in document.spans if _numbers(span, known)]
    text = document.text or ""
    return [span for span in document.spans if not is_calendar(text[span.start : span.end])]


def _with_articles(text: str, kept: Sequence[Mention], edges: Sequence[int]) -> list[Edit]:
    """The edits in order, with those of "a" and "an" before what has another sound now."""
    edits: list[Edit] = []
    for mention in kept:
        for number, edit in enumerate(sorted(mention.edits or ())):
            if edit.new == text[edit.start : edit.end]:
                continue
            found = (
                re.search(r"(?<!\w)(an?|An?)\s$", text[max(0, edit.start - 4) : edit.start]) if number == 0 else None
            )
            if found and edit.start == mention.start and takes_an(text[edit.start :]) == (len(found[1]) == 2):
                start = edit.start - len(found[1]) - 1
                right = found[1][0] + "n" * takes_an(edit.new + text[edit.end :])
                if right != found[1] and start + 1 not in edges:
                    edits.append(Edit(start, edit.start - 1, right))
            edits.append(edit)
    return edits


def _carried(
    document: Document, edited: EditedText, names: Names, values: Mapping[float, float], dates: Moved | None
) -> Document:
    spans = []
    for span in document.spans:
        start, end = edited.offset(span.start), edited.offset(span.end)
        attributes = _attributes(span, names, values, dates)
        new = {"start": start, "end": end, "text": edited.text[start:end], "attributes": attributes}
        spans.append(msgspec.structs.replace(span, **new))
    zones = [
        msgspec.structs.replace(zone, start=edited.offset(zone.start), end=edited.offset(zone.end))
        for zone in document.zones
    ]
    return msgspec.structs.replace(
        document,
        text=edited.text,
        published=dates.published if dates else document.published,
        spans=tuple(spans),
        zones=tuple(zones),
        claims=tuple(_claim(claim, names) for claim in document.claims),
    )


def _attributes(span: Span, names: Names, values: Mapping[float, float], dates: Moved | None) -> dict[str, Value]:
    found = dict(span.attributes)
    known = names.known
    for name in known.attributes(span.label, "name"):
        if isinstance(value := found.get(name), str):
            found[name] = names.name(value)
    for name in known.of_states(span.label):
        if isinstance(value := found.get(name), str) and re.fullmatch("[A-Z]{2}", value):
            found[name] = names.code(value)
    for name in known.attributes(span.label, "number"):
        value = found.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and value in values:
            new = values[value]
            found[name] = int(new) if new == int(new) else round(new, 6)
    for name in known.attributes(span.label, "edtf") if dates else ():
        if isinstance(value := found.get(name), str):
            found[name] = dates.edtf[value] if dates else value
    return found


def _claim(claim: Claim, names: Names) -> Claim:
    parties = {field: getattr(claim, field) for field in ("supplier", "recipient", "user")}
    new = {field: None if party is None else names.code(party) for field, party in parties.items()}
    return msgspec.structs.replace(claim, **new, parties=tuple(sorted(map(names.code, claim.parties))))
