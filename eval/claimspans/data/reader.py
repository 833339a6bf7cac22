"""Records as Documents, line by line: each is checked before it counts, and what is wrong is said with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from ..text.quotes import Quote, align_quotes
from .checks.structure import any_span_problems, field_problem, misplaced, place_problems, schema_problems
from .lines import Line
from .problems import InputError, Problem
from .records import Claim, Document, Failure, Rejected, Span, Zone, claim_of, span_of
from .schema import Schema

Lines = Iterable[Line | Problem]


class Articles(list[Document]):
    """The articles of a file.

    ``form`` names the form of another tool in which they were, None for records of ours; ``dropped`` counts by
    article and label the spans that a label map left out.
    """

    form: str | None = None
    dropped: Mapping[tuple[str, str], int] = MappingProxyType({})


def read_documents(lines: Lines, reader: Reader, form: str | None = None) -> Articles:
    """What a reader makes of lines, which were in this form; raises `InputError` with every problem found."""
    problems = [problem for line in lines for problem in reader.take(line)]
    problems += reader.place_quotes()
    problems += reader.loose_ends()
    if problems:
        raise InputError(problems)
    read = Articles(reader.documents())
    read.form = form
    return read


class _AnyClaim(Claim, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a claim has under any schema."""

    doc: str
    type: str = "claim"


class _Fate(msgspec.Struct, frozen=True):
    """What a run says of an article beside its spans and claims."""

    status: str | None = None
    rejected: tuple[Rejected, ...] = ()
    error: Failure | None = None


_WHOLE = frozenset({"type", "doc", "spans", "claims", *_Fate.__struct_fields__})
_NO_FATE = _Fate()
_EXTRA = frozenset(
    {"text", "zones", "published", "sha256", "fold", "characters", "source", "canary", "system", "layer"}
)
"""What a nested article may hold besides: a gold uses the text and the zones, predictions need neither.

The last six are columns of the published ``documents``, ``passes`` and ``predictions``, which can be scored as they
are.
"""


_PUBLISHED = frozenset({"fold", "sentence", "system"})
"""Columns that the published spans have besides: they say where a row is from, and nothing of the span."""


class Reader:
    """Takes the articles of ``texts`` alone; a text is None where it is not known. Without a schema takes any label."""

    def __init__(self, schema: Schema | None, texts: Mapping[str, str | None]) -> None:
        self._schema = schema
        self._texts = dict(texts)
        self._spans: dict[str, list[Span]] = {}
        self._claims: dict[str, list[tuple[Claim, Line]]] = {}
        self._zones: dict[str, list[Zone]] = {}
        self._fates: dict[str, _Fate] = {}
        self._whole: dict[str, int] = {}
        self._ids: dict[tuple[str, str], int] = {}
        self._quoted: dict[str, list[tuple[Line, dict[str, Any]]]] = {}
        self._unscored: Line | None = None
        self._scored = False

    def take(self, line: Line | Problem) -> Iterator[Problem]:
        """Read one line; yields what is wrong with it."""
        if isinstance(line, Problem):
            # An empty file is a prediction too: a system that found nothing.
            if line.id != "file-empty":
                yield line
            return
        data = self._pruned(line.data, table=line.table)
        if "spans" in data or data.get("type") == "document" or self._is_article(data):
            yield from self._take_document(line, {"spans": []} | data)
        elif data.get("type") == "zone":
            yield from self._take_zone(line, data)
        elif data.get("type") == "claim":
            yield from self._take_claim(line, data)
        else:
            yield from self._take_span(line, data)

    def _is_article(self, _data: Mapping[str, Any]) -> bool:
        """Whether a line without spans is a whole article: never a prediction, which might have lost them."""
        return False

    def _pruned(self, data: dict[str, Any], *, table: bool) -> dict[str, Any]:
        """A row without the columns that it leaves empty; an attribute of its label that is empty is null."""
        if not table and None not in data.values() and not _PUBLISHED & data.keys() and "spans" not in data:
            return data
        label = data.get("label")
        known = self._schema.labels.get(label) if self._schema is not None and isinstance(label, str) else None
        kept = {each.name for each in known.attributes if each.only_for is None} if known is not None else set()
        pruned = {key: value for key, value in data.items() if value is not None or key in kept}
        if "label" in pruned:
            pruned = {key: value for key, value in pruned.items() if key not in _PUBLISHED - kept}
        for field in ("start", "end", "occurrence") if table else ():
            # A column of numbers that pandas finds one empty cell in is a column of floats.
            if isinstance(pruned.get(field), float) and pruned[field].is_integer():
                pruned[field] = int(pruned[field])
        for field in ("spans", "claims"):
            if isinstance(pruned.get(field), list):
                pruned[field] = [
                    self._pruned(one, table=table) if isinstance(one, dict) else one for one in pruned[field]
                ]
        return pruned

    def _take_document(self, line: Line, data: dict[str, Any]) -> Iterator[Problem]:
        doc = data.get("doc")
        outer = {key: value for key, value in data.items() if key not in _EXTRA} | {"spans": [], "claims": []}
        wrong = list(self._schema_problems(line, outer, "predicted_document"))
        wrong += [
            Problem("field-value", line.path, line.number, f"{field} is not an array")
            for field in ("spans", "claims", "zones")
            if not isinstance(data.get(field, []), list)
        ]
        wrong = wrong or list(self._open_document(line, data))
        yield from wrong
        if wrong or not isinstance(doc, str):
            return
        takes: tuple[tuple[str, Callable[[Line, dict[str, Any]], Iterator[Problem]]], ...] = (
            ("spans", self._take_span),
            ("claims", self._take_claim),
        )
        for field, take in takes:
            for inner in data.get(field, []):
                if not isinstance(inner, dict):
                    yield Problem("field-value", line.path, line.number, f"{field} holds {inner!r}, not an object")
                elif inner.get("doc", doc) != doc:
                    yield Problem("doc-mixed", line.path, line.number, f"“{inner['doc']}” inside article {doc}")
                else:
                    yield from take(line, {"type": field.removesuffix("s"), **inner, "doc": doc})

    def _open_document(self, line: Line, data: dict[str, Any]) -> Iterator[Problem]:
        doc = data["doc"]
        yield from self._unknown_article(line, doc)
        if doc in self._whole:
            detail = f"article {doc} stands in line {self._whole[doc]} already"
            yield Problem("document-repeated", line.path, line.number, detail)
        elif doc in self._texts:
            self._whole[doc] = line.number
            self._open(doc)
            try:
                self._fates[doc] = fate = msgspec.convert(data, _Fate)
            except msgspec.ValidationError as error:
                yield Problem("field-value", line.path, line.number, str(error))
                return
            size = len(self._texts[doc] or "")
            if size and any(one.length > size for one in fate.rejected):
                yield Problem("field-value", line.path, line.number, f"a rejected span of more than {size} characters")

    def _take_zone(self, _line: Line, _data: dict[str, Any]) -> Iterator[Problem]:
        """An annotation layer may be scored as predictions: its zones are its own business, the gold's count."""
        yield from ()

    def _take_span(self, line: Line, data: dict[str, Any]) -> Iterator[Problem]:
        problems = list(self._schema_problems(line, data, "predicted_span"))
        problems = problems or list(self._unknown_article(line, data["doc"]))
        if not problems and ("start" not in data or "occurrence" in data):
            self._open(data["doc"])
            self._quoted.setdefault(data["doc"], []).append((line, data))
            return
        yield from problems or self._add_span(line, data)

    def _add_span(self, line: Line, data: dict[str, Any]) -> Iterator[Problem]:
        problems = list(place_problems(line, data, self._texts[data["doc"]]))
        problems = problems or list(self._repeated_id(line, data))
        yield from problems
        if not problems:
            span = span_of(data)
            self._open(data["doc"])
            self._spans[data["doc"]].append(span)
            if span.score is not None:
                self._scored = True
            elif "status" not in line.data:  # a run is not lost for a score that its system left out once
                self._unscored = self._unscored or line

    def _take_claim(self, line: Line, data: dict[str, Any]) -> Iterator[Problem]:
        problems = list(self._schema_problems(line, data, "predicted_claim"))
        problems = problems or [*self._unknown_article(line, data["doc"]), *self._repeated_id(line, data)]
        yield from problems
        if not problems:
            self._open(data["doc"])
            self._claims[data["doc"]].append((claim_of(data), line))

    def _schema_problems(self, line: Line, data: dict[str, Any], definition: str) -> Iterator[Problem]:
        if self._schema is not None:
            yield from schema_problems(line, data, definition, self._schema)
            return
        if definition == "predicted_span":
            # The place of a quote is looked for afterwards.
            quoted = "start" not in data and "end" not in data and "text" in data
            yield from any_span_problems(line, {"start": 0, "end": 1} | data if quoted else data)
        elif definition == "predicted_claim":
            try:
                msgspec.convert(data, _AnyClaim)
            except msgspec.ValidationError as error:
                yield field_problem(line, error)
        elif not isinstance(data.get("doc"), str) or set(data) - _WHOLE:
            detail = f"expected an article with doc, spans and claims, found {', '.join(sorted(data))}"
            yield Problem("field-value", line.path, line.number, detail)

    def _open(self, doc: str) -> None:
        self._spans.setdefault(doc, [])
        self._claims.setdefault(doc, [])
        self._zones.setdefault(doc, [])

    def _unknown_article(self, line: Line, doc: Any) -> Iterator[Problem]:
        if doc not in self._texts:
            known = ", ".join(list(self._texts)[:10])
            yield Problem("doc-unknown", line.path, line.number, f"“{doc}”; the gold has {known}")

    def _repeated_id(self, line: Line, data: Mapping[str, Any]) -> Iterator[Problem]:
        if data.get("id") is not None:
            key = (data["doc"], data["id"])
            if key in self._ids:
                detail = f"“{data['id']}” of article {data['doc']} stands in line {self._ids[key]} too"
                yield Problem("id-duplicate", line.path, line.number, detail, data.get("text"))
            else:
                self._ids[key] = line.number

    def place_quotes(self) -> Iterator[Problem]:
        """Find the places of all quotes of each article together, by the rule that holds for extractors too.

        A file is held to more than an extractor's answer: a quote that its article has nearly, or in several places
        of which nothing names one, is a problem.
        """
        for doc, quoted in self._quoted.items():
            text = self._texts[doc]
            if text is None:
                for line, data in quoted:
                    detail = f"article {doc} of this gold has no text to look in: give start and end"
                    yield Problem("quote-missing", line.path, line.number, detail, data["text"])
                continue
            asked = [
                Quote(label=data["label"], quote=data["text"], occurrence=data.get("occurrence")) for _, data in quoted
            ]
            for (line, data), found in zip(quoted, align_quotes(text, asked), strict=True):
                wrong = misplaced(line, data, found)
                if wrong is not None:
                    yield wrong
                else:
                    place = {"start": found.start, "end": found.end, "text": found.text}
                    yield from self._add_span(line, {**data, **place})

    def loose_ends(self) -> Iterator[Problem]:
        """Claims that name ids which no record of their article has, and scores that only some spans have."""
        for doc, claims in self._claims.items():
            kinds = {span.id: span.label for span in self._spans[doc]} | {claim.id: "claim" for claim, _ in claims}
            for claim, line in claims:
                for field, reference, kind in claim.references():
                    if reference not in kinds:
                        detail = f"{field} names “{reference}” in a claim of article {doc}"
                        yield Problem("ref-unknown", line.path, line.number, detail)
                    elif self._schema is not None and kinds[reference] != kind:
                        detail = f"{field} names {reference}, a {kinds[reference]}; expected a {kind}"
                        yield Problem("ref-kind", line.path, line.number, detail)
        if self._scored and self._unscored is not None:
            yield Problem("score-missing", self._unscored.path, self._unscored.number, "this one has none")

    def documents(self) -> list[Document]:
        return [
            Document(
                doc=doc,
                text=self._texts[doc],
                spans=tuple(spans),
                claims=tuple(claim for claim, _ in self._claims[doc]),
                zones=tuple(self._zones[doc]),
                **msgspec.structs.asdict(self._fates.get(doc, _NO_FATE)),
            )
            for doc, spans in self._spans.items()
        ]
