"""Annotation layers compared by the scorer's own matcher: F1 of spans, κ and α of attributes, F1 of claims."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from ..data.corpus import schema_of
from ..data.escapes import markdown as escaped
from ..data.layer import Layer
from ..data.problems import ClaimspansError
from ..data.records import Document, Value
from ..data.schema import Attribute, Schema
from ..scoring.attributes import same_value
from ..scoring.counts import Counts, ratio
from ..scoring.matching import align_spans
from ..scoring.result import Result
from ..scoring.score import score
from ..scoring.scored_spans import standing_for
from ..scoring.signature import digest
from ..version import VERSION
from .side_by_side import SideBySide, alike, side_by_side


class AttributeAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement on an attribute over spans of equal label and boundaries.

    ``matched`` spans have the attribute in two layers at least, and in ``equal`` of them all that have it agree.
    ``observed`` agreement and Cohen's ``kappa`` (1960) are of two layers, and the means over pairs of more;
    ``alpha`` is Krippendorff's (2011) for nominal values, over all layers at once, where a span that a layer lacks
    is a missing value. κ and α are of the attributes whose values are a closed list (null is a value) or true and
    false; None for the others, and where one value is used throughout.
    """

    matched: int
    equal: int
    observed: float | None
    kappa: float | None
    alpha: float | None


class PairAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far two layers agree.

    ``result`` scores the second layer against the first, zones left aside: its F1 is symmetric (Hripcsak and
    Rothschild, 2005).
    """

    first: str
    second: str
    result: Result
    attributes: dict[str, AttributeAgreement]

    def to_dict(self) -> dict[str, Any]:
        rows = {
            name: {"first": exact.POS, "second": exact.ACT, "exact_f1": exact.f1, "overlap_f1": loose.f1}
            for name, (exact, loose) in self.spans().items()
        }
        return {
            "first": self.first,
            "second": self.second,
            "spans": rows,
            "attributes": {name: msgspec.structs.asdict(found) for name, found in self.attributes.items()},
            "claims": {name: {"f1": counts.f1} for name, counts in self.result.claims.items()},
        }

    def spans(self) -> dict[str, tuple[Counts, Counts]]:
        """Counts under the schemes ``strict`` and ``type`` by label, and of all labels under "all"."""
        strict, lenient = self.result["strict"], self.result["type"]
        rows = {name: (counts, lenient.labels[name]) for name, counts in strict.labels.items()}
        return rows | {"all": (strict.micro, lenient.micro)}


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far two or more layers agree: every pair, and over the pairs the mean of each figure that is defined."""

    layers: tuple[str, ...]
    signature: str
    counts: dict[str, tuple[int, ...]]
    pairs: tuple[PairAgreement, ...]
    attributes: dict[str, AttributeAgreement]

    @property
    def result(self) -> Result:
        """The score of the second layer against the first."""
        return self.pairs[0].result

    def to_dict(self) -> dict[str, Any]:
        pairs = [pair.to_dict() for pair in self.pairs]
        return {
            "signature": self.signature,
            "layers": list(self.layers),
            "spans": {
                name: {"counts": list(counts)}
                | {
                    figure: mean(pair["spans"].get(name, {}).get(figure) for pair in pairs)
                    for figure in ("exact_f1", "overlap_f1")
                }
                for name, counts in self.counts.items()
            },
            "attributes": {name: msgspec.structs.asdict(found) for name, found in self.attributes.items()},
            "claims": {name: {"f1": mean(pair["claims"][name]["f1"] for pair in pairs)} for name in pairs[0]["claims"]},
            "pairs": pairs,
        }

    def markdown(self) -> str:
        """The figures as tables for a document; of more than two layers the means over pairs."""
        found = self.to_dict()
        heads = ("first", "second") if len(self.layers) == 2 else self.layers
        lines = _head("label", *heads, "exact F1", "overlap F1")
        for name, row in found["spans"].items():
            lines.append(_row(name, *row["counts"], row["exact_f1"], row["overlap_f1"]))
        lines += ["", *_head("attribute", "spans", "equal", "observed", "κ", "α")]
        lines += [_row(name, *row.values()) for name, row in found["attributes"].items()]
        claims = {name: row["f1"] for name, row in found["claims"].items()}
        if set(claims.values()) != {None}:
            lines += ["", *_head("claims", "F1"), *(_row(name, f1) for name, f1 in claims.items())]
        return "\n".join(lines) + "\n"


def _head(*names: str) -> list[str]:
    return [f"| {' | '.join(map(escaped, names))} |", f"| --- |{' --: |' * (len(names) - 1)}"]


def _row(*cells: str | float | None) -> str:
    shown = [
        "–" if cell is None else f"{cell:.3f}" if isinstance(cell, float) else escaped(str(cell)) for cell in cells
    ]
    return f"| {' | '.join(shown)} |"


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of the defined values; None without any."""
    defined = [value for value in values if value is not None]
    return ratio(sum(defined), len(defined))


def agree(
    first: Sequence[Document],
    second: Sequence[Document],
    *more: Sequence[Document],
    schema: Schema | None = None,
) -> Agreement:
    """How far two or more layers of the same articles agree.

    Zones are left aside: a span that one layer has where another draws a zone is a disagreement. Raises
    `ClaimspansError` for layers of different articles, and without the extra ``agree``.
    """
    layers = (first, second, *more)
    schema = schema or schema_of(*layers)
    beside = side_by_side(layers)
    values = _attribute_values(beside, schema)
    open_zones = [[msgspec.structs.replace(document, zones=()) for document in layer] for layer in layers]
    pairs = tuple(
        PairAgreement(
            first=beside.names[one],
            second=beside.names[two],
            result=score(open_zones[one], open_zones[two], schema=schema, schemes=("strict", "type")),
            attributes={name: found.between(one, two) for name, found in values.items()},
        )
        for one, two in beside.pairs
    )
    return Agreement(
        layers=beside.names,
        signature=_signature(beside.names, layers, schema),
        counts=_counts(layers, schema),
        pairs=pairs,
        attributes={
            name: found.over([pair.attributes[name] for pair in pairs], beside) for name, found in values.items()
        },
    )


def _signature(names: Sequence[str], layers: Sequence[Sequence[Document]], schema: Schema) -> str:
    """As a score's, with the data of every layer."""
    versions = [layer.version or "" if isinstance(layer, Layer) else "" for layer in layers]
    hashes = [digest(layer, layer.corpus if isinstance(layer, Layer) else None) for layer in layers]
    data = [f"{name} {version}@{of}" for name, version, of in zip(names, versions, hashes, strict=True)]
    docs = f"docs {len(layers[0])}"
    contract = f"schema {schema.version.partition('.')[0]}@{schema.sha256[:8]}"
    return " | ".join((f"claimspans {VERSION}", *data, contract, docs, "strict and type", "zones left aside"))


def _counts(layers: Sequence[Sequence[Document]], schema: Schema) -> dict[str, tuple[int, ...]]:
    used = [Counter(span.label for document in layer for span in document.spans) for layer in layers]
    labels = dict.fromkeys((*schema.labels, *sorted(set().union(*used))))
    by_label = {label: tuple(counts[label] for counts in used) for label in labels}
    return by_label | {"all": tuple(counts.total() for counts in used)}


class _Values(msgspec.Struct, frozen=True):
    """What the layers say of an attribute, span by span, and between which of them it is the same."""

    attribute: Attribute
    units: list[dict[int, Value]]
    same: list[Mapping[tuple[int, int], bool]]

    def between(self, one: int, two: int) -> AttributeAgreement:
        both = [row for row, unit in enumerate(self.units) if one in unit and two in unit]
        pairs = [{one: self.units[row][one], two: self.units[row][two]} for row in both]
        equal = sum(self.same[row][one, two] for row in both)
        kappa = alpha = None
        if self._is_closed():
            kappa = cohen_kappa([(_category(pair[one]), _category(pair[two])) for pair in pairs])
            alpha = krippendorff_alpha([[_category(value) for value in pair.values()] for pair in pairs])
        return AttributeAgreement(
            matched=len(both), equal=equal, observed=ratio(equal, len(both)), kappa=kappa, alpha=alpha
        )

    def over(self, pairs: Sequence[AttributeAgreement], beside: SideBySide) -> AttributeAgreement:
        if len(beside.names) == 2:
            return pairs[0]
        return AttributeAgreement(
            matched=len(self.units),
            equal=sum(all(same.values()) for same in self.same),
            observed=mean(pair.observed for pair in pairs),
            kappa=mean(pair.kappa for pair in pairs),
            alpha=krippendorff_alpha([[_category(value) for value in unit.values()] for unit in self.units])
            if self._is_closed()
            else None,
        )

    def _is_closed(self) -> bool:
        given = [value for unit in self.units for value in unit.values()]
        return bool(self.attribute.choices) or all(isinstance(value, bool) for value in given)


def _category(value: Value) -> str:
    return str(value)


def _attribute_values(beside: SideBySide, schema: Schema) -> dict[str, _Values]:
    values = {f"{label.name}.{attribute.name}": _Values(attribute, [], []) for label, attribute in schema.attributes()}
    of_label: dict[str, list[Attribute]] = {label.name: list(label.attributes) for label in schema.labels.values()}
    for documents in beside.articles:
        stands_for = {(one, two): _standing_for(documents[one], documents[two]) for one, two in beside.pairs}
        for unit in alike(documents):
            label = next(iter(unit.values())).label
            for attribute in of_label.get(label, ()):
                given = {
                    layer: span.attributes[attribute.name]
                    for layer, span in unit.items()
                    if attribute.name in span.attributes
                }
                if len(given) < 2:
                    continue
                found = values[f"{label}.{attribute.name}"]
                found.units.append(given)
                found.same.append(
                    {
                        (one, two): same_value(attribute, given[one], given[two], stands_for[one, two])
                        for one, two in itertools.combinations(given, 2)
                    }
                )
    return {name: found for name, found in values.items() if found.units or found.attribute.only_for is None}


def _standing_for(first: Document, second: Document) -> dict[str, str]:
    return standing_for(first.spans, second.spans, align_spans(first.spans, second.spans, ["type"])["type"])


_EXTRA = "agreement needs scikit-learn and krippendorff: pip install 'claimspans[agree]'"


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's κ (1960) of the categories that two annotators gave; None where there is one category throughout."""
    if len(set(itertools.chain.from_iterable(pairs))) < 2:
        return None
    try:
        from sklearn.metrics import cohen_kappa_score
    except ImportError as error:
        raise ClaimspansError(_EXTRA) from error
    return float(cohen_kappa_score([one for one, _ in pairs], [two for _, two in pairs]))


def krippendorff_alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Krippendorff's α (2011) for nominal values: for each unit the categories that its annotators gave.

    A unit with fewer than two does not count. None where what counts is one category throughout.
    """
    counted = [Counter(unit) for unit in units if len(unit) > 1]
    categories = sorted(set().union(*counted))
    if len(categories) < 2:
        return None
    try:
        import krippendorff
    except ImportError as error:
        raise ClaimspansError(_EXTRA) from error
    table = [[unit[category] for category in categories] for unit in counted]
    return float(krippendorff.alpha(value_counts=table, level_of_measurement="nominal"))
