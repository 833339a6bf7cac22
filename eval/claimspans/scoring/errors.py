"""Every error of a system by kind, from the pairs of the matcher.

The kinds refine the ``strict`` counts and add up to them: COR is the number of ``correct``; INC that of ``boundary``,
``label``, ``both``, ``split`` and ``merged``; MIS that of ``missed`` and of the gold spans of a ``merged`` beyond its
first; SPU that of ``spurious``, of ``rejected`` and of the predictions of a ``split`` beyond its first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from ..data.records import Document, Span, Value
from ..data.schema import Attribute, Schema
from .attributes import same_value
from .matching import Pairs, align_spans
from .scored_spans import scored_spans, standing_for

KINDS: Mapping[str, str] = {
    "correct": "boundaries and label are right",
    "missed": "a gold span without a prediction",
    "spurious": "a prediction without a gold span",
    "rejected": "a prediction without a place in the article: it was rejected, or nearly quoted",
    "boundary": "the label is right, the boundaries are others that overlap",
    "label": "the boundaries are right, the label is another",
    "both": "overlapping, with another label and other boundaries",
    "split": "one gold span under several predictions of its label",
    "merged": "one prediction over several gold spans of its label",
    "attribute": "boundaries and label are right, an attribute is not",
}
"""Every gold span and every scored prediction is in one outcome; ``attribute`` comes on top of ``correct``."""

Cell = tuple[str | None, str | None]
"""Gold label × predicted label of the confusion; None is the margin: missed, or spurious."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """An attribute that is not right; ``given`` is whether the prediction has it at all."""

    attribute: str
    gold: Value
    predicted: Value
    given: bool


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of gold spans and predictions of one article that belong together.

    ``gold`` and ``predicted`` are in reading order; ``positions`` are those of ``gold`` in the article's spans.
    ``start`` and ``end`` bound the text around, as offsets in the article. ``cells`` are where its spans count in
    `claimspans.scoring.score.Result.confusion`, those of a pair with the gold span; an ``attribute`` counts nowhere.
    """

    kind: str
    doc: str
    gold: tuple[Span, ...]
    predicted: tuple[Span, ...]
    positions: tuple[int, ...]
    start: int
    end: int
    cells: tuple[Cell, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def wrong(self) -> bool:
        return self.kind != "correct"

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of its spans, each once, those of the gold first."""
        return tuple(dict.fromkeys(span.label for span in (*self.gold, *self.predicted)))

    def to_dict(self, text: str | None = None) -> dict[str, Any]:
        """For other programs; with the article's text, the words around too."""
        fields: dict[str, Any] = msgspec.to_builtins(self)
        del fields["positions"], fields["cells"]
        return fields | {"text": None if text is None else text[self.start : self.end]}


def outcomes(
    gold: Document,
    predicted: Document | None,
    schema: Schema | None = None,
    *,
    stated: Collection[str] | None = None,
) -> list[Outcome]:
    """What became of each gold span and each scored prediction of an article, in reading order.

    The pairs are those of the ``strict`` scheme: first as many as possible that are right, of the rest as many as
    possible that overlap, whatever their labels.

    - ``correct``: a pair with the same boundaries and label.
    - ``boundary``, ``label``, ``both``: a pair in which the one, the other or both are wrong.
    - ``split``: a ``boundary`` pair, with all unpaired predictions of its label that share a character with its gold
      span (one that could go to several goes to where it shares most, then to the first pair).
    - ``merged``: a ``boundary`` pair, with all unpaired gold spans of its label that share a character with its
      prediction, in the same way.
    - ``missed``, ``spurious``: what is left.
    - ``rejected``: a prediction that has no place, at the end of the article.
    - ``attribute``: a ``correct`` pair once more where an attribute of the gold span is not given or another, compared
      as the attribute scores do.

    Predictions wholly inside a zone are not scored and have no outcome. Without a schema there are no attributes; with
    ``stated``, names as ``LABEL.attribute``, only these.
    """
    scored = [] if predicted is None else scored_spans(gold, predicted)
    paired = align_spans(gold.spans, scored, ("strict", "partial", "type"))
    strict = paired["strict"]
    pairs = list(zip(strict.gold.tolist(), strict.predicted.tolist(), strict=True))
    near = [pair for pair in pairs if _kind(gold.spans[pair[0]], scored[pair[1]]) == "boundary"]
    near.sort(key=lambda pair: (gold.spans[pair[0]].order, scored[pair[1]].order))
    ours, theirs = ({pair[side] for pair in pairs} for side in (0, 1))
    missed = [one for one in range(len(gold.spans)) if one not in ours]
    spurious = [other for other in range(len(scored)) if other not in theirs]

    pieces = _attached({pair: gold.spans[pair[0]] for pair in near}, {i: scored[i] for i in spurious})
    # No pair has both: its loose prediction and its loose gold span would have made two pairs of the one.
    parts = _attached({pair: scored[pair[1]] for pair in near}, {i: gold.spans[i] for i in missed})

    groups: list[tuple[str, list[int], list[int]]] = []
    for pair in pairs:
        kind = "split" if pair in pieces else "merged" if pair in parts else _kind(gold.spans[pair[0]], scored[pair[1]])
        groups.append((kind, [pair[0], *parts.get(pair, ())], [pair[1], *pieces.get(pair, ())]))
    taken, used = ({index for held in several.values() for index in held} for several in (parts, pieces))
    groups += [("missed", [one], []) for one in missed if one not in taken]
    unplaced = {id(span) for span in scored} - {id(span) for span in (predicted.spans if predicted else ())}
    groups += [
        ("rejected" if id(scored[other]) in unplaced else "spurious", [], [other])
        for other in spurious
        if other not in used
    ]

    stands_for = standing_for(gold.spans, scored, paired["type"])
    row, column = _partners(scored, paired["partial"])
    listed = []
    for kind, left, right in groups:
        cells: list[Cell] = [(gold.spans[one].label, row.get(one)) for one in left]
        cells += [(None, scored[other].label) for other in right if other not in column]
        outcome = _outcome(kind, gold, left, [scored[other] for other in right], tuple(cells))
        listed.append(outcome)
        if kind == "correct" and schema is not None:
            differing = tuple(
                each
                for each in _differences(schema, outcome.gold[0], outcome.predicted[0], stands_for)
                if stated is None or f"{outcome.gold[0].label}.{each.attribute}" in stated
            )
            if differing:
                listed.append(msgspec.structs.replace(outcome, kind="attribute", cells=(), differences=differing))
    return sorted(listed, key=reading_order)


def _kind(gold: Span, predicted: Span) -> str:
    same_bounds = (gold.start, gold.end) == (predicted.start, predicted.end)
    if gold.label == predicted.label:
        return "correct" if same_bounds else "boundary"
    return "label" if same_bounds else "both"


def _attached(
    hosts: Mapping[tuple[int, int], Span], loose: Mapping[int, Span]
) -> dict[tuple[int, int], tuple[int, ...]]:
    """The loose spans by the host of their label with which they share most characters, then the first given."""
    by_label: dict[str, list[tuple[tuple[int, int], Span]]] = {}
    for pair, span in hosts.items():
        by_label.setdefault(span.label, []).append((pair, span))
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    for index, span in sorted(loose.items(), key=lambda item: item[1].order):
        shared = [(shared_characters(span, host), pair) for pair, host in by_label.get(span.label, ())]
        most, pair = max(shared, key=lambda host: host[0], default=(0, (0, 0)))
        if most > 0:
            found[pair] = (*found.get(pair, ()), index)
    return found


def shared_characters(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _partners(predicted: Sequence[Span], pairs: Pairs) -> tuple[dict[int, str], set[int]]:
    """The label that each paired gold span is paired with, and the predictions that are paired."""
    ours, theirs = pairs.gold.tolist(), pairs.predicted.tolist()
    return {one: predicted[other].label for one, other in zip(ours, theirs, strict=True)}, set(theirs)


def _outcome(
    kind: str, document: Document, left: Iterable[int], predicted: Iterable[Span], cells: tuple[Cell, ...]
) -> Outcome:
    positions = sorted(left, key=lambda index: document.spans[index].order)
    gold = tuple(document.spans[index] for index in positions)
    theirs = tuple(sorted(predicted, key=lambda span: span.order))
    start, end = around(document.text, [*gold, *theirs])
    return Outcome(
        kind=kind,
        doc=document.doc,
        gold=gold,
        predicted=theirs,
        positions=tuple(positions),
        start=start,
        end=end,
        cells=cells,
    )


def reading_order(outcome: Outcome) -> tuple[Any, ...]:
    spans = sorted(span.order for span in (*outcome.gold, *outcome.predicted))
    return (spans[0], list(KINDS).index(outcome.kind), spans)


def _differences(schema: Schema, gold: Span, predicted: Span, stands_for: Mapping[str, str]) -> list[Difference]:
    known: tuple[Attribute, ...] = schema.labels[gold.label].attributes if gold.label in schema.labels else ()
    return [
        Difference(
            attribute=attribute.name,
            gold=gold.attributes[attribute.name],
            predicted=predicted.attributes.get(attribute.name),
            given=attribute.name in predicted.attributes,
        )
        for attribute in known
        if attribute.name in gold.attributes
        and not (
            attribute.name in predicted.attributes
            and same_value(attribute, gold.attributes[attribute.name], predicted.attributes[attribute.name], stands_for)
        )
    ]


LINE, WINDOW = 400, 200
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(\s+)(?=[\"'“‘(\[]*[A-Z0-9])")


def around(text: str | None, spans: Sequence[Span]) -> tuple[int, int]:
    """Start and end of the text to show spans in: their line, of one longer than `LINE` characters their sentences.

    Where these are longer still, they are cut `WINDOW` characters before and after the spans, at a blank if there is
    one. Without a text, start and end of the spans themselves; the end of the text for what has no place in it.
    """
    low, high = min(span.start for span in spans), max(span.end for span in spans)
    if text is None:
        return low, high
    if low > len(text):
        return len(text), len(text)
    start = text.rfind("\n", 0, low) + 1
    end = text.find("\n", high)
    end = len(text) if end < 0 else end
    if end - start > LINE:
        # What follows a sentence's end decides whether it is one, so the search goes on into the spans.
        before = [found.end(1) for found in _SENTENCE_END.finditer(text, start, high) if found.end(1) <= low]
        after = _SENTENCE_END.search(text, max(high - 1, start), end)
        start = before[-1] if before else start
        end = after.start(1) if after else end
    long = end - start > LINE
    if long and low - start > WINDOW:
        blank = text.find(" ", low - WINDOW, low)
        start = low - WINDOW if blank < 0 else blank + 1
    if long and end - high > WINDOW:
        blank = text.rfind(" ", high, high + WINDOW)
        end = high + WINDOW if blank < 0 else blank
    while start < low and text[start].isspace():
        start += 1
    while end > high and text[end - 1].isspace():
        end -= 1
    return start, end
