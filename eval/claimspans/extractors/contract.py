"""The contract of an extractor: what it gets of an article, what it may answer, and what an answer means.

In: ``{"doc", "text", "lang"?, "published"?}``. Out, one answer an article, in any order::

    {"doc", "spans": [{"label", "start", "end", "text"?, "score"?, …attributes}], "claims"?: […],
     "offset_unit"?: "codepoint" | "utf16" | "utf8"}
    {"doc", "quotes": [{"label", "quote", "before"?, "after"?, "occurrence"?, …attributes}]}
    {"doc", "error": "…", "retryable"?: true, "retry_after"?: seconds}

An answer may have spans and quotes both; a span without offsets but with ``quote`` or ``text`` is a quote. One with
``"alignment": "unaligned"`` has been looked for in the part of the article from which it was taken, and is not there.
What cannot be used of an answer is rejected piece by piece, never the whole.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

import msgspec

from ..form import place_problems, schema_problems
from ..lines import Line
from ..problems import Problem
from ..quotes import Quote, align_quotes
from ..records import Claim, Document, Rejected, Span, claim_of, span_of
from ..schema import Schema
from .offsets import UNITS, code_points

Answer = Mapping[str, Any]
"""What an extractor said of one article: a JSON object."""


class Article(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an extractor gets: never an annotation, a zone, or another article."""

    doc: str
    text: str
    lang: str | None = None
    published: str | None = None


class Refused(Exception):  # noqa: N818 -- an extractor may say it; nothing has gone wrong in the program
    """The extractor gave no answer for an article. ``retry_after`` is in seconds."""

    def __init__(self, kind: str, detail: str, *, retryable: bool = False, retry_after: float | None = None) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail
        self.retryable = retryable
        self.retry_after = retry_after


class Reading(msgspec.Struct, frozen=True):
    """An answer as a Document, and how many spans the label map left out, by their label."""

    document: Document
    dropped: dict[str, int]
    details: tuple[str, ...] = ()
    """What was wrong with what is no span or claim of its own, such as an attribute that was left out."""


def read_answer(
    article: Article, answer: Answer, schema: Schema | None, label_map: Mapping[str, str | None] | None = None
) -> Reading:
    """What an answer says of its article.

    Labels go through ``label_map`` first (None leaves a span out; with a map, so does a label that neither it nor the
    schema has). A span that the schema or the article does not allow is in ``rejected`` with the kind of problem; an
    attribute that the schema does not allow is left out, and its span stays. Raises `Refused` for an error that the
    extractor reports, and for an answer that is none.
    """
    if answer.get("error") is not None:
        raise _reported(answer)
    if not any(field in answer for field in ("spans", "quotes")):
        raise Refused("invalid", f"expected spans, quotes or error, found {', '.join(answer) or 'an empty object'}")
    for field in ("spans", "quotes", "claims"):
        if not isinstance(answer.get(field) or [], list | tuple):
            raise Refused("invalid", f"{field} is {type(answer[field]).__name__}, not an array")
    unit = answer.get("offset_unit") or "codepoint"
    if unit not in UNITS:
        raise Refused("invalid", f"offset_unit is {unit!r}; expected one of {', '.join(UNITS)}")
    reader = _AnswerReader(article, schema, label_map)
    reader.take_spans(answer.get("spans") or (), unit)
    reader.take_quotes(answer.get("quotes") or ())
    reader.place_quotes()
    reader.take_claims(answer.get("claims") or ())
    return reader.reading()


def _reported(answer: Answer) -> Refused:
    error, after = answer["error"], answer.get("retry_after")
    detail = error if isinstance(error, str) else str(msgspec.json.encode(error), "utf-8", "replace")
    wait = float(after) if isinstance(after, int | float) and 0 <= after < sys.float_info.max else None
    retryable = bool(answer.get("retryable")) or wait is not None
    return Refused(str(answer.get("kind") or "error"), detail, retryable=retryable, retry_after=wait)


_CORE = ("type", "doc", "id", "label", "start", "end", "text", "score", "alignment")


class _AnswerReader:
    def __init__(self, article: Article, schema: Schema | None, label_map: Mapping[str, str | None] | None) -> None:
        self._article = article
        self._schema = schema
        self._map = label_map or {}
        self._mapped = label_map is not None
        self._spans: list[Span] = []
        self._quoted: list[dict[str, Any]] = []
        self._claims: list[Claim] = []
        self._rejected: list[Rejected] = []
        self._dropped: dict[str, int] = {}
        self._details: list[str] = []
        self._ids: set[str] = set()
        self._lost_ids: set[str] = set()

    def take_spans(self, given: Iterable[Any], unit: str) -> None:
        points = code_points(self._article.text, unit)
        for one in given:
            data = self._labelled(one)
            if data is None:
                continue
            words = data.get("quote", data.get("text"))
            if "start" not in data and "end" not in data and isinstance(words, str):
                self._quoted.append({key: value for key, value in data.items() if key != "text"} | {"quote": words})
                continue
            given_at = {field: data[field] for field in ("start", "end") if type(data.get(field)) is int}
            astray = [f"{field} {at}" for field, at in given_at.items() if unit != "codepoint" and at not in points]
            if astray:
                self._reject("span", "offset-range", f"no character begins at {', '.join(astray)} in {unit}", data)
            elif unit == "codepoint":
                self._take_span(data)
            else:
                self._take_span({**data, **{field: points[at] for field, at in given_at.items()}})

    def take_quotes(self, given: Iterable[Any]) -> None:
        self._quoted += [data for data in map(self._labelled, given) if data is not None]

    def place_quotes(self) -> None:
        """Find the places of all quotes together: none takes that of another."""
        if self._quoted:
            self._align(self._quoted)

    def take_claims(self, given: Iterable[Any]) -> None:
        for one in given:
            if not isinstance(one, Mapping):
                self._reject("claim", "json-not-object", f"found {type(one).__name__}", {})
                continue
            data = self._without_lost(one)
            problem = _unreadable(data) or _first(
                self._problems({"type": "claim", **data, "doc": self._article.doc}, "predicted_claim")
            )
            if problem is None and self._schema is None:
                problem = _loose_claim(data)
            if problem is None and data.get("id") in self._ids:
                problem = _problem("id-duplicate", f"“{data['id']}” is used twice")
            if problem is not None:
                self._reject("claim", problem.id, problem.detail, {})
                continue
            self._claims.append(claim_of(data))
            if data.get("id") is not None:
                self._ids.add(data["id"])

    def reading(self) -> Reading:
        kinds = {span.id: span.label for span in self._spans} | {claim.id: "claim" for claim in self._claims}
        claims = []
        for claim in self._claims:
            wrong = next(
                (
                    (field, reference)
                    for field, reference, kind in claim.references()
                    if reference not in kinds or (self._schema is not None and kinds[reference] != kind)
                ),
                None,
            )
            if wrong is None:
                claims.append(claim)
            else:
                reason = "ref-unknown" if wrong[1] not in kinds else "ref-kind"
                self._reject("claim", reason, f"{wrong[0]} names “{wrong[1]}”", {})
        if len(claims) < len(self._claims):
            # What names a claim that is gone names nothing.
            left = {claim.id for claim in claims}
            claims = [
                msgspec.structs.replace(
                    claim,
                    target=claim.target if claim.target in left else None,
                    same_as=claim.same_as if claim.same_as in left else None,
                )
                for claim in claims
            ]
        return Reading(
            Document(
                doc=self._article.doc,
                text=self._article.text,
                published=self._article.published,
                spans=tuple(self._spans),
                claims=tuple(claims),
                status="partial" if self._rejected or self._details else "done",
                rejected=tuple(self._rejected),
            ),
            self._dropped,
            tuple(self._details),
        )

    def _labelled(self, one: Any) -> dict[str, Any] | None:
        """The span with its label mapped; None where it is left out, or rejected because it is no span."""
        if not isinstance(one, Mapping):
            detail = f"expected an object with label, start and end, found {type(one).__name__}"
            self._reject("span", "json-not-object", detail, {})
            return None
        data = {str(key): value for key, value in one.items()}
        problem = _unreadable(data) or (None if "label" in data else _problem("field-missing", "label"))
        if problem is not None:
            self._reject("span", problem.id, problem.detail, data)
            return None
        label = data["label"]
        if self._mapped and isinstance(label, str):
            known = self._schema is not None and label in self._schema.labels
            label = self._map.get(label, label if known else None)
            if label is None:
                self._dropped[data["label"]] = self._dropped.get(data["label"], 0) + 1
                return None
            data["label"] = label
        return data

    def _take_span(self, data: dict[str, Any], alignment: str | None = None) -> None:
        data = {"type": "span", **data, "doc": self._article.doc}
        if alignment is not None:
            data["alignment"] = alignment
        problem = _first(self._problems(data, "predicted_span"))
        if problem is not None:
            # Is it the span, or something that it says of itself?
            core = {key: data[key] for key in _CORE if key in data}
            if _first(self._problems(core, "predicted_span")) is None:
                data, problem = self._sound_attributes(core, data), None
        problem = problem or _first(place_problems(_line(data), data, self._article.text))
        if problem is None and data.get("id") in self._ids:
            problem = _problem("id-duplicate", f"“{data['id']}” is used twice")
        if problem is not None:
            self._reject("span", problem.id, problem.detail, data)
            return
        span = span_of(data)
        if span.text is None:
            span = msgspec.structs.replace(span, text=self._article.text[span.start : span.end])
        self._spans.append(span)
        if span.id is not None:
            self._ids.add(span.id)

    def _sound_attributes(self, core: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
        kept = dict(core)
        for key, value in data.items():
            if key in core:
                continue
            problem = _first(self._problems({**core, key: value}, "predicted_span"))
            if problem is None:
                kept[key] = value
            else:
                self._details.append(f"{problem.id}: {problem.detail}")
        return kept

    def _align(self, given: list[dict[str, Any]]) -> None:
        asked = []
        for data in given:
            if data.get("alignment") == "unaligned":
                self._reject("span", "quote-missing", "its part of the article does not say it", _as_span(data))
                continue
            try:
                quote = msgspec.convert({key: data[key] for key in Quote.__struct_fields__ if key in data}, _Quoted)
            except msgspec.ValidationError as error:
                missing = "missing required field" in str(error)
                self._reject("span", "field-missing" if missing else "field-value", str(error), data)
            else:
                asked.append((data, quote))
        for (data, quote), found in zip(
            asked, align_quotes(self._article.text, [quote for _, quote in asked]), strict=True
        ):
            rest = {key: value for key, value in data.items() if key == "label" or key not in Quote.__struct_fields__}
            if found.status == "unaligned":
                self._reject("span", "quote-missing", "the article does not say it", {**rest, "text": quote.quote})
            else:
                place = {"start": found.start, "end": found.end, "text": found.text}
                self._take_span({**rest, **place}, found.status)

    def _without_lost(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """A claim without what refers to spans that were rejected: they have been counted."""
        if not self._lost_ids:
            return dict(data)

        def kept(value: Any) -> Any:
            if isinstance(value, str):
                return None if value in self._lost_ids else value
            if isinstance(value, list | tuple):
                return [each for each in map(kept, value) if each is not None]
            if isinstance(value, Mapping):
                return {key: kept(inner) for key, inner in value.items()}
            return value

        references = {field for field in ("cue", "holders", "via", "cargo", "when") if field in data}
        found = {key: kept(value) if key in references else value for key, value in data.items()}
        if isinstance(found.get("cargo"), list) and found["cargo"] != list(data["cargo"]):
            found["cargo"] = [row for row in map(_without_relation, found["cargo"]) if row]
        return found

    def _problems(self, data: dict[str, Any], definition: str) -> Iterator[Problem]:
        if self._schema is not None:
            yield from schema_problems(_line(data), data, definition, self._schema)
        elif definition == "predicted_span":
            yield from _loose_span(data)

    def _reject(self, kind: str, reason: str, detail: str, data: Mapping[str, Any]) -> None:
        label, text, start, end = (data.get(field) for field in ("label", "text", "start", "end"))
        length = 1
        if isinstance(text, str) and text:
            length = len(text)
        elif isinstance(start, int) and isinstance(end, int) and 0 < end - start <= len(self._article.text):
            length = end - start
        self._rejected.append(
            Rejected(
                type=kind,
                reason=reason,
                detail=detail,
                label=label if isinstance(label, str) and label else None,
                text=text[:200] if isinstance(text, str) else None,
                length=length,
            )
        )
        if isinstance(data.get("id"), str):
            self._lost_ids.add(data["id"])


def _without_relation(row: Any) -> Any:
    """A row of a claim's cargo that has lost a part: nothing is left to relate, or nothing at all."""
    if not isinstance(row, dict) or (row.get("item") is not None and row.get("quantity") is not None):
        return row
    return {**row, "relation": None} if row.get("item") or row.get("quantity") else None


def _as_span(data: Mapping[str, Any]) -> dict[str, Any]:
    return {**data, "text": data.get("quote")}


def _line(data: dict[str, Any]) -> Line:
    return Line("", 0, data)


def _first(problems: Iterable[Problem]) -> Problem | None:
    return next(iter(problems), None)


def _unreadable(data: Mapping[str, Any]) -> Problem | None:
    """Numbers that JSON has not: what follows from them would be one too."""
    for key, value in data.items():
        if isinstance(value, float) and not math.isfinite(value):
            return _problem("json-broken", f"{key} is {value}, which is no JSON number")
    return None


def _problem(kind: str, detail: str) -> Problem:
    return Problem(kind, "", None, detail)


class _Quoted(Quote, frozen=True, kw_only=True):
    """A quote as JSON may give it."""

    occurrence: Annotated[int, msgspec.Meta(ge=1)] | None = None


class _Loose(msgspec.Struct, frozen=True):
    label: str
    start: int
    end: int
    id: str | None = None
    text: str | None = None
    score: float | None = None


def _loose_span(data: Mapping[str, Any]) -> Iterator[Problem]:
    """What a span needs where there is no schema."""
    try:
        span = msgspec.convert(data, _Loose)
    except msgspec.ValidationError as error:
        yield _problem("field-missing" if "missing required field" in str(error) else "field-value", str(error))
        return
    if min(span.start, span.end) < 0 or not 0 <= (span.score or 0) <= 1:
        yield _problem("field-value", "offsets begin at 0, scores lie from 0 to 1")


def _loose_claim(data: Mapping[str, Any]) -> Problem | None:
    try:
        claim_of(data)
    except msgspec.ValidationError as error:
        return _problem("field-value", str(error))
    return None
