"""What an answer says of its article: each span, quote and claim is used, or rejected with its reason."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

import msgspec

from ..data.checks.structure import any_span_problems, place_problems, schema_problems
from ..data.label_map import mapped
from ..data.lines import Line, no_json_number
from ..data.problems import Problem
from ..data.records import Claim, Document, Rejected, Span, claim_of, span_of
from ..data.schema import Schema
from ..text.offset_units import UNITS, code_points
from ..text.quotes import Quote, align_quotes
from .claim_references import resolved, without_lost
from .contract import Answer, Article, Reading, Refused

MOST = {"spans": 20_000, "quotes": 5_000, "claims": 20_000}
"""How many an answer may have; a quote is looked for in all of its article, nearly too."""


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
        if len(answer.get(field) or ()) > MOST[field]:
            found = f"{len(answer[field]):,} {field} for one article"
            raise Refused("invalid", f"{found}; at most {MOST[field]:,} are read: say fewer, or cut the article")
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
    raised_at = answer.get("traceback")
    return Refused(
        str(answer.get("kind") or "error"),
        detail,
        retryable=retryable,
        retry_after=wait,
        traceback=raised_at if isinstance(raised_at, str) else None,
    )


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
            data = without_lost(one, self._lost_ids)
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
        claims, wrong = resolved(self._claims, self._spans, any_label=self._schema is None)
        for reason, detail in wrong:
            self._reject("claim", reason, detail, {})
        return Reading(
            Document(
                doc=self._article.doc,
                text=self._article.text,
                published=self._article.published,
                spans=tuple(self._spans),
                claims=claims,
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
        if isinstance(data.get("attributes"), Mapping):
            data = {str(key): value for key, value in data.pop("attributes").items()} | data
        problem = _unreadable(data) or (None if "label" in data else _problem("field-missing", "label"))
        if problem is not None:
            self._reject("span", problem.id, problem.detail, data)
            return None
        label = data["label"]
        if self._mapped and isinstance(label, str):
            label = mapped(label, self._map, self._schema.labels if self._schema is not None else ())
            if label is None:
                self._dropped[data["label"]] = self._dropped.get(data["label"], 0) + 1
                return None
            data["label"] = label
        return data

    def _take_span(self, data: dict[str, Any], alignment: str | None = None) -> None:
        label = data.get("label")
        known = self._schema.labels.get(label) if self._schema is not None and isinstance(label, str) else None
        data = {"type": "span", **(known.without_empty_conditions(data) if known is not None else data)}
        data["doc"] = self._article.doc
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

    def _problems(self, data: dict[str, Any], definition: str) -> Iterator[Problem]:
        if self._schema is not None:
            yield from schema_problems(_line(data), data, definition, self._schema)
        elif definition == "predicted_span":
            yield from any_span_problems(_line(data), data)

    def _reject(self, kind: str, reason: str, detail: str, data: Mapping[str, Any]) -> None:
        label, text, start, end = (data.get(field) for field in ("label", "text", "start", "end"))
        length = 1
        if isinstance(text, str) and text:
            length = min(len(text), max(1, len(self._article.text)))
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


def _as_span(data: Mapping[str, Any]) -> dict[str, Any]:
    return {**data, "text": data.get("quote")}


def _line(data: dict[str, Any]) -> Line:
    return Line("", 0, data)


def _first(problems: Iterable[Problem]) -> Problem | None:
    return next(iter(problems), None)


def _unreadable(data: Mapping[str, Any]) -> Problem | None:
    """Numbers that JSON has not: what follows from them would be one too."""
    wrong = no_json_number(data)
    return _problem("json-broken", wrong) if wrong else None


def _problem(kind: str, detail: str) -> Problem:
    return Problem(kind, "", None, detail)


class _Quoted(Quote, frozen=True, kw_only=True):
    """A quote as JSON may give it."""

    occurrence: Annotated[int, msgspec.Meta(ge=1)] | None = None


def _loose_claim(data: Mapping[str, Any]) -> Problem | None:
    try:
        claim_of(data)
    except msgspec.ValidationError as error:
        return _problem("field-value", str(error))
    return None
