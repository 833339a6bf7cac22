"""One article in all layers: its spans put in places, and what stands there in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...data.records import Document, Span, Value, Zone
from ...scoring.matching import align_spans
from ..side_by_side import Unit, alike
from .record import Difference, Reading, sentence


class Article:
    """One article in all layers.

    ``names[layer]`` maps ids of the layer's spans to a name that spans of one place and label share in all layers:
    they stand for each other, as in scores.
    """

    def __init__(self, layers: tuple[str, ...], documents: tuple[Document, ...]) -> None:
        self.layers = layers
        self.documents = documents
        self.places = places(documents)
        self.zones = zone_places(documents)
        self.spans = [{span.id: span for span in document.spans if span.id is not None} for document in documents]
        self.names: list[dict[str, str]] = [{} for _ in documents]
        for number, place in enumerate(self.places):
            for layer, span in place.items():
                if span.id is not None:
                    self.names[layer][span.id] = f"{number} {span.label}"
        self._text = next((document.text for document in documents if document.text is not None), None)

    def difference(
        self, at: Span | None, kind: str, place: str, readings: Mapping[int, Reading], field: str | None = None
    ) -> Difference:
        """A difference at a span, or at the end of the article."""
        text = self._text or ""
        start, end = (len(text), len(text)) if at is None else (at.start, at.end)
        return Difference(
            doc=self.documents[0].doc,
            start=start,
            end=end,
            kind=kind,
            field=field,
            place=place,
            sentence="" if at is None else sentence(text, start, end),
            layers=self.layers,
            readings=tuple(readings.get(layer) for layer in range(len(self.layers))),
        )

    def quote(self, span: Span) -> str:
        """The words of a span; its offsets where the text is not known."""
        text = span.text if self._text is None else self._text[span.start : span.end]
        return f"[{span.start}, {span.end}]" if text is None else f"“{' '.join(text.split())}”"

    def quotes(self, layer: int, references: Iterable[str]) -> str:
        """Spans by their ids, quoted."""
        known = self.spans[layer]
        shown = [f"{self.quote(known[each])} {each}" if each in known else each for each in references]
        return ", ".join(shown) or "none"


def places(documents: Sequence[Document]) -> list[Unit]:
    """The spans of one article grouped by place, in reading order, at most one of each layer.

    A span joins a place that has an equal one; what is left joins, as the ``type`` alignment pairs it, a place whose
    first span it overlaps; the rest begins places of its own. One layer after the other.
    """
    found: list[Unit] = []
    units = alike(documents)
    places_of: list[list[Unit]] = [[] for _ in units]
    for layer in range(len(documents)):
        rest: list[int] = []
        for number, unit in enumerate(units):
            if layer in unit:
                place = next((place for place in places_of[number] if layer not in place), None)
                if place is None:
                    rest.append(number)
                else:
                    place[layer] = unit[layer]
        free = [place for place in found if layer not in place]
        standing, joining = [place[min(place)] for place in free], [units[each][layer] for each in rest]
        pairs = align_spans(standing, joining, ["type"])["type"]
        joined = {
            rest[other]: free[one] for one, other in zip(pairs.gold.tolist(), pairs.predicted.tolist(), strict=True)
        }
        for number in rest:
            if number not in joined:
                found.append({})
            place = joined.get(number, found[-1])
            place[layer] = units[number][layer]
            places_of[number].append(place)
    return sorted(found, key=lambda place: place[min(place)].order)


def zone_places(documents: Sequence[Document]) -> list[dict[int, Zone]]:
    """The zones of one article grouped by place, in reading order, at most one of each layer.

    Equal zones stand in one place, and with them those of other layers that share a character with one of them.
    """
    layers: dict[Zone, set[int]] = {}
    for layer, document in enumerate(documents):
        for zone in document.zones:
            layers.setdefault(zone, set()).add(layer)
    found: list[dict[int, Zone]] = []
    for zone in sorted(layers, key=lambda zone: (zone.start, zone.end, zone.kind)):
        joined = (
            place
            for place in found
            if not layers[zone] & place.keys()
            and any(zone.start < other.end and other.start < zone.end for other in place.values())
        )
        place = next(joined, None)
        if place is None:
            place = {}
            found.append(place)
        place |= dict.fromkeys(layers[zone], zone)
    return found


def plain(value: Value) -> str:
    """A value as JSON writes it, text without quotation marks."""
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)
