"""By capability, the share of texts in which a system has right what they are about: minimum functionality tests.

After CheckList (Ribeiro et al., 2020): a text passes or fails as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ..data.capabilities import Case
from ..data.records import Claim, Document, Span
from ..data.schema import Schema
from .attributes import same_value
from .claims import pair_claims, slots, whole_slots

CLAIM = "CLAIM"


class Verdict(msgspec.Struct, frozen=True):
    """Whether a text is passed, and if not, what is wrong, in words."""

    case: Case
    failure: str | None


class CapabilityScore(msgspec.Struct, frozen=True):
    """The texts of a capability and how many are passed, with the 95 % interval of the share (Wilson, 1927)."""

    capability: str
    verdicts: tuple[Verdict, ...]

    @property
    def texts(self) -> int:
        return len(self.verdicts)

    @property
    def passed(self) -> int:
        return sum(verdict.failure is None for verdict in self.verdicts)

    @property
    def share(self) -> float:
        return self.passed / self.texts

    @property
    def interval(self) -> tuple[float, float]:
        from scipy.stats import binomtest

        found = binomtest(self.passed, self.texts).proportion_ci(method="wilson")
        return float(found.low), float(found.high)

    @property
    def failures(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.failure is not None]

    @property
    def example(self) -> Verdict | None:
        """A text that is not passed, never of the half ``test``, which is to stay unknown to who mends the system."""
        return next((verdict for verdict in self.failures if verdict.case.half != "test"), None)

    def of_half(self, half: str) -> tuple[int, int]:
        """How many texts of a half are passed, and how many it has."""
        own = [verdict for verdict in self.verdicts if verdict.case.half == half]
        return sum(verdict.failure is None for verdict in own), len(own)

    def to_dict(self) -> dict[str, Any]:
        halves = dict.fromkeys(verdict.case.half for verdict in self.verdicts if verdict.case.half is not None)
        return {
            "capability": self.capability,
            "texts": self.texts,
            "passed": self.passed,
            "share": self.share,
            "interval": list(self.interval),
            "halves": {half: dict(zip(("passed", "texts"), self.of_half(half), strict=True)) for half in halves},
            "failed": {verdict.case.doc: verdict.failure for verdict in self.failures},
        }


def capability_scores(
    cases: Sequence[Case],
    pairs: Sequence[tuple[Document, Document]],
    stands_for: Mapping[str, Mapping[str, str]],
    schema: Schema | None,
) -> list[CapabilityScore]:
    """The weakest capability first, and of equal ones in the order of their names.

    ``pairs`` are gold and answer by article, ``stands_for`` by article the ids of predicted spans → those of the gold
    spans that the ``type`` alignment pairs them with. Attributes count if the system states any of the label anywhere.
    """
    answers = {gold.doc: (gold, answer) for gold, answer in pairs}
    stated = {(span.label, name) for _, answer in pairs for span in answer.spans for name in span.attributes}
    verdicts: dict[str, list[Verdict]] = {}
    for case in cases:
        gold, answer = answers[case.doc]
        failure = next(_failures(case, gold, answer, stands_for.get(case.doc, {}), schema, stated), None)
        verdicts.setdefault(case.capability, []).append(Verdict(case, failure))
    scores = [CapabilityScore(name, tuple(found)) for name, found in verdicts.items()]
    return sorted(scores, key=lambda score: (score.share, score.capability))


def _failures(
    case: Case,
    gold: Document,
    answer: Document,
    stands_for: Mapping[str, str],
    schema: Schema | None,
    stated: set[tuple[str, str]],
) -> Iterator[str]:
    """What is wrong in a text, the first thing first."""
    spans = {span.id: span for span in gold.spans}
    claims = {claim.id: claim for claim in gold.claims}
    found: dict[tuple[str, int, int], Span] = {}
    for span in answer.spans:
        found.setdefault((span.label, span.start, span.end), span)
    right = _right_claims(gold, answer, stands_for)
    for name in case.spans:
        if name in spans:
            wanted = spans[name]
            given = found.get((wanted.label, wanted.start, wanted.end))
            if given is None:
                yield f"{wanted.label} “{_words(gold, wanted.start, wanted.end)}” is not marked"
            else:
                yield from _wrong_attributes(wanted, given, stands_for, schema, stated)
        elif gold.claims.index(claims[name]) not in right:
            yield f"claim {name} is not among its claims"
    for place in case.absent:
        if place.label == CLAIM:
            wrong = [claim for number, claim in enumerate(answer.claims) if number not in right.values()]
            if any(_touches(claim, answer, place.start, place.end) for claim in wrong):
                yield f"a claim at “{_words(gold, place.start, place.end)}”, where there is none"
            continue
        for span in answer.spans:
            if span.label == place.label and span.start < place.end and place.start < span.end:
                yield f"“{_words(gold, span.start, span.end)}” is marked as {span.label}"


def _wrong_attributes(
    wanted: Span, given: Span, stands_for: Mapping[str, str], schema: Schema | None, stated: set[tuple[str, str]]
) -> Iterator[str]:
    known = schema.labels.get(wanted.label) if schema is not None else None
    for attribute in known.attributes if known is not None else ():
        if attribute.name not in wanted.attributes or (wanted.label, attribute.name) not in stated:
            continue
        right, told = wanted.attributes[attribute.name], given.attributes.get(attribute.name)
        if not same_value(attribute, right, told, stands_for):
            yield f"{attribute.name} of {wanted.label} “{wanted.text}” is {_shown(told)}, not {_shown(right)}"


def _right_claims(gold: Document, answer: Document, stands_for: Mapping[str, str]) -> dict[int, int]:
    """The gold claims → those of the answer that are paired with them and the same as wholes, by position."""
    own = [slots(claim) for claim in gold.claims]
    given = [slots(claim, stands_for) for claim in answer.claims]
    return {
        row: column for row, column in pair_claims(own, given) if whole_slots(own[row]) == whole_slots(given[column])
    }


def _touches(claim: Claim, answer: Document, start: int, end: int) -> bool:
    named = {reference for _, reference, kind in claim.references() if kind != "claim"}
    return any(span.id in named and span.start < end and start < span.end for span in answer.spans)


def _words(document: Document, start: int, end: int) -> str:
    return " ".join((document.text or "")[start:end].split())


def _shown(value: Any) -> str:
    return "null" if value is None else ", ".join(value) if isinstance(value, tuple) else str(value)
