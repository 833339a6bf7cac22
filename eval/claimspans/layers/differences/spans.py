"""Disagreements on zones, spans and attributes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from ...data.records import Span, Value, Zone
from ...data.schema import Attribute, Schema
from ...scoring.attributes import same_value
from ..side_by_side import Unit
from .article import Article, plain
from .record import Difference, Reading


def zone_differences(article: Article) -> Iterator[Difference]:
    """Zones that not every layer has exactly so."""
    for place in article.zones:
        if len(place) == len(article.layers) and len(set(place.values())) == 1:
            continue
        first = place[min(place)]
        readings = {layer: _zone_reading(zone) for layer, zone in place.items()}
        at = Span(label=first.kind, start=first.start, end=first.end)
        yield article.difference(at, "zone", f"zone {first.kind}", readings)


def _zone_reading(zone: Zone) -> Reading:
    value = {"zone": zone.kind, "start": zone.start, "end": zone.end}
    return Reading(id=None, value=value, words=f"{zone.kind} [{zone.start}, {zone.end}]")


def span_differences(article: Article, schema: Schema) -> Iterator[Difference]:
    """Spans that a layer lacks, or has with other boundaries or another label; attributes of those of one label."""
    for place in article.places:
        first = place[min(place)]
        shown = f"{first.label} {article.quote(first)}"
        kind = _kind(place, len(article.layers))
        if kind is not None:
            readings = {layer: _span_reading(article, span) for layer, span in place.items()}
            yield article.difference(first, kind, shown, readings)
        for label in dict.fromkeys(span.label for span in place.values()):
            spans = {layer: span for layer, span in place.items() if span.label == label}
            for attribute in schema.labels[label].attributes if label in schema.labels else ():
                if not _same(article, attribute, spans):
                    values = {layer: _value_reading(article, layer, span, attribute) for layer, span in spans.items()}
                    yield article.difference(first, "attribute", shown, values, attribute.name)


def _kind(place: Unit, layers: int) -> str | None:
    if len(place) < layers:
        return "missing"
    if len({span.label for span in place.values()}) > 1:
        return "label"
    if len({(span.start, span.end) for span in place.values()}) > 1:
        return "boundaries"
    return None


def _span_reading(article: Article, span: Span) -> Reading:
    value = {"label": span.label, "start": span.start, "end": span.end}
    return Reading(id=span.id, value=value, words=f"{span.label} {article.quote(span)}")


def _same(article: Article, attribute: Attribute, spans: Mapping[int, Span]) -> bool:
    given = {layer: span for layer, span in spans.items() if attribute.name in span.attributes}
    if not given or (attribute.only_for is not None and len(given) < len(spans)):
        return True  # what the attribute belongs to differs, and is told
    themselves = {name: name for names in article.names for name in names.values()}
    values = [_named(article, layer, span.attributes[attribute.name], attribute) for layer, span in given.items()]
    return len(given) == len(spans) and all(
        same_value(attribute, one, two, themselves) for one, two in itertools.combinations(values, 2)
    )


def _named(article: Article, layer: int, value: Value, attribute: Attribute) -> Value:
    """The value, of an attribute that names spans under the names that they share with those of other layers."""
    if attribute.compare != "spans" or not isinstance(value, tuple):
        return value
    return tuple(article.names[layer].get(reference, f"{layer} {reference}") for reference in value)


def _value_reading(article: Article, layer: int, span: Span, attribute: Attribute) -> Reading:
    if attribute.name not in span.attributes:
        return Reading(id=span.id, value=None, words="not given")
    value = span.attributes[attribute.name]
    if isinstance(value, tuple):
        words = article.quotes(layer, value) if attribute.compare == "spans" else ", ".join(map(plain, value)) or "–"
        return Reading(id=span.id, value=list(value), words=words)
    return Reading(id=span.id, value=value, words=plain(value))
