"""Two annotation layers compared by the scorer's own matcher: F1 of spans, κ of attributes, F1 of claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from .attributes import same_value
from .counts import ratio
from .match import align_spans
from .records import Document, Span, Value
from .schema import Attribute, Schema, default_schema
from .score import Result, score, standing_for


class AttributeAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement on an attribute over spans of equal label and boundaries.

    ``kappa`` is Cohen's (1960), of the attributes whose values are a closed list or true and false; None for the
    others, and where both sides use one and the same value throughout.
    """

    matched: int
    equal: int
    kappa: float | None

    @property
    def observed(self) -> float | None:
        return ratio(self.equal, self.matched)


class Agreement(msgspec.Struct, frozen=True):
    """How far two layers agree.

    ``result`` scores the second layer against the first: its F1 is symmetric (Hripcsak and Rothschild, 2005).
    """

    result: Result
    attributes: dict[str, AttributeAgreement]

    def to_dict(self) -> dict[str, Any]:
        strict, lenient = self.result["strict"], self.result["type"]
        rows = [*((name, strict.labels[name], lenient.labels[name]) for name in strict.labels)]
        rows.append(("all", strict.micro, lenient.micro))
        return {
            "signature": self.result.signature,
            "spans": {
                name: {"first": exact.POS, "second": exact.ACT, "exact_f1": exact.f1, "overlap_f1": loose.f1}
                for name, exact, loose in rows
            },
            "attributes": {
                name: {"matched": a.matched, "equal": a.equal, "observed": a.observed, "kappa": a.kappa}
                for name, a in self.attributes.items()
            },
            "claims": {name: {"f1": counts.f1} for name, counts in self.result.claims.items()},
        }

    def markdown(self) -> str:
        """The figures as tables for a document."""
        found = self.to_dict()
        lines = ["| label | first | second | exact F1 | overlap F1 |", "| --- | --: | --: | --: | --: |"]
        for name, row in found["spans"].items():
            ratios = f"{_figure(row['exact_f1'])} | {_figure(row['overlap_f1'])}"
            lines.append(f"| {name} | {row['first']} | {row['second']} | {ratios} |")
        lines += ["", "| attribute | spans | equal | observed | κ |", "| --- | --: | --: | --: | --: |"]
        for name, row in found["attributes"].items():
            ratios = f"{_figure(row['observed'])} | {_figure(row['kappa'])}"
            lines.append(f"| {name} | {row['matched']} | {row['equal']} | {ratios} |")
        lines += ["", "| claims | F1 |", "| --- | --: |"]
        lines += [f"| {name} | {_figure(row['f1'])} |" for name, row in found["claims"].items()]
        return "\n".join(lines) + "\n"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def agree(first: Sequence[Document], second: Sequence[Document], *, schema: Schema | None = None) -> Agreement:
    """How far two layers agree: both must have the same articles."""
    schema = schema or default_schema()
    others = {document.doc: document for document in second}
    values: dict[str, tuple[Attribute, list[tuple[Value, Value, bool]]]] = {
        f"{label.name}.{attribute.name}": (attribute, []) for label, attribute in schema.attributes()
    }
    for document in first:
        other = others.get(document.doc, Document(doc=document.doc))
        paired = align_spans(document.spans, other.spans, ("strict", "type"))
        stands_for = standing_for(document.spans, other.spans, paired["type"])
        strict = paired["strict"]
        for one, two, credit in zip(
            strict.gold.tolist(), strict.predicted.tolist(), strict.credit.tolist(), strict=True
        ):
            if credit == 2:
                _collect(values, document.spans[one], other.spans[two], stands_for)
    return Agreement(
        score(first, second, schema=schema),
        {name: _agreement(attribute, pairs) for name, (attribute, pairs) in values.items()},
    )


def _collect(
    values: dict[str, tuple[Attribute, list[tuple[Value, Value, bool]]]],
    one: Span,
    two: Span,
    stands_for: dict[str, str],
) -> None:
    for name, given in one.attributes.items():
        key = f"{one.label}.{name}"
        if key in values and name in two.attributes:
            attribute, pairs = values[key]
            pairs.append((given, two.attributes[name], same_value(attribute, given, two.attributes[name], stands_for)))


def _agreement(attribute: Attribute, pairs: list[tuple[Value, Value, bool]]) -> AttributeAgreement:
    kappa = None
    closed = bool(attribute.choices) or all(isinstance(value, bool) for one, two, _ in pairs for value in (one, two))
    if pairs and closed and len({str(value) for one, two, _ in pairs for value in (one, two)}) > 1:
        from sklearn.metrics import cohen_kappa_score

        kappa = float(cohen_kappa_score([str(one) for one, _, _ in pairs], [str(two) for _, two, _ in pairs]))
    return AttributeAgreement(matched=len(pairs), equal=sum(same for _, _, same in pairs), kappa=kappa)
