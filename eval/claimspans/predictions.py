"""A predictions file as Documents, each record checked against the schema and its article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .form import place_problems, schema_problems
from .problems import InputError, Problem
from .records import Claim, Document, Line, Span, claim_of, scan, span_of
from .schema import Schema


def read_predictions(path: Path | str, schema: Schema, texts: Mapping[str, str | None]) -> list[Document]:
    """The articles of a predictions file with their spans and claims, in order of first appearance.

    ``texts`` maps the ids of the gold's articles to their text (None where it is not known). Quotes are resolved
    to offsets. Raises `InputError` with every problem found: nothing is left out silently.
    """
    reader = _Reader(schema, texts)
    problems = [problem for line in scan(path) for problem in reader.take(line)]
    problems += reader.loose_references()
    if problems:
        raise InputError(problems)
    return reader.documents()


class _Reader:
    def __init__(self, schema: Schema, texts: Mapping[str, str | None]) -> None:
        self._schema = schema
        self._texts = texts
        self._spans: dict[str, list[Span]] = {}
        self._claims: dict[str, list[tuple[Claim, Line]]] = {}
        self._whole: dict[str, int] = {}
        self._ids: dict[tuple[str, str], int] = {}

    def take(self, line: Line | Problem) -> Iterator[Problem]:
        """Read one line; yields what is wrong with it."""
        if isinstance(line, Problem):
            # An empty file is a prediction too: a system that found nothing.
            if line.id != "file-empty":
                yield line
            return
        data = line.data
        if "spans" in data or data.get("type") == "document":
            yield from self._take_document(line)
        elif data.get("type") == "claim":
            yield from self._take_claim(line, data, "predicted_claim")
        else:
            yield from self._take_span(line, data, "predicted_span")

    def _take_document(self, line: Line) -> Iterator[Problem]:
        doc = line.data.get("doc")
        outer = {**line.data, "spans": [], "claims": []}
        wrong = list(schema_problems(line, outer, "predicted_document", self._schema))
        wrong += [
            Problem("field-value", line.path, line.number, f"{field} is not an array")
            for field in ("spans", "claims")
            if not isinstance(line.data.get(field, []), list)
        ]
        wrong = wrong or list(self._unknown_article(line, doc))
        if not wrong and doc in self._whole:
            detail = f"article {doc} stands in line {self._whole[doc]} already"
            wrong.append(Problem("document-repeated", line.path, line.number, detail))
        yield from wrong
        if wrong or not isinstance(doc, str):
            return
        self._whole[doc] = line.number
        self._open(doc)
        for field, take in (("spans", self._take_span), ("claims", self._take_claim)):
            for inner in line.data.get(field, []):
                if not isinstance(inner, dict):
                    yield Problem("field-value", line.path, line.number, f"{field} holds {inner!r}, not an object")
                elif inner.get("doc", doc) != doc:
                    yield Problem("doc-mixed", line.path, line.number, f"“{inner['doc']}” inside article {doc}")
                else:
                    kind = field.removesuffix("s")
                    yield from take(line, {"type": kind, **inner, "doc": doc}, f"predicted_{kind}")

    def _take_span(self, line: Line, data: dict[str, Any], definition: str) -> Iterator[Problem]:
        problems = list(schema_problems(line, data, definition, self._schema))
        problems = problems or list(self._unknown_article(line, data["doc"]))
        if not problems and "start" not in data:
            data, problems = self._resolve_quote(line, data)
        problems = problems or list(place_problems(line, data, self._texts[data["doc"]]))
        problems = problems or list(self._repeated_id(line, data))
        yield from problems
        if not problems:
            self._open(data["doc"])
            self._spans[data["doc"]].append(span_of(data))

    def _take_claim(self, line: Line, data: dict[str, Any], definition: str) -> Iterator[Problem]:
        problems = list(schema_problems(line, data, definition, self._schema))
        problems = problems or [*self._unknown_article(line, data["doc"]), *self._repeated_id(line, data)]
        yield from problems
        if not problems:
            self._open(data["doc"])
            self._claims[data["doc"]].append((claim_of(data), line))

    def _open(self, doc: str) -> None:
        self._spans.setdefault(doc, [])
        self._claims.setdefault(doc, [])

    def _unknown_article(self, line: Line, doc: Any) -> Iterator[Problem]:
        if doc not in self._texts:
            known = ", ".join(list(self._texts)[:10])
            yield Problem("doc-unknown", line.path, line.number, f"“{doc}”; the gold has {known}")

    def _repeated_id(self, line: Line, data: Mapping[str, Any]) -> Iterator[Problem]:
        if "id" in data:
            key = (data["doc"], data["id"])
            if key in self._ids:
                detail = f"“{data['id']}” of article {data['doc']} stands in line {self._ids[key]} too"
                yield Problem("id-duplicate", line.path, line.number, detail, data.get("text"))
            else:
                self._ids[key] = line.number

    def _resolve_quote(self, line: Line, data: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
        text, quote = self._texts[data["doc"]], data["text"]
        if text is None:
            detail = f"article {data['doc']} of this gold has no text to look in: give start and end"
            return data, [Problem("quote-missing", line.path, line.number, detail, quote)]
        wanted = data.get("occurrence", 1)
        start = -1
        for _ in range(wanted):
            start = text.find(quote, start + 1)
            if start < 0:
                detail = f"occurrence {wanted} in article {data['doc']}"
                return data, [Problem("quote-missing", line.path, line.number, detail, quote)]
        if "occurrence" not in data and text.find(quote, start + 1) >= 0:
            return data, [Problem("quote-ambiguous", line.path, line.number, f"in article {data['doc']}", quote)]
        return {**data, "start": start, "end": start + len(quote)}, []

    def loose_references(self) -> Iterator[Problem]:
        """Claims that name ids which no record of their article has."""
        for doc, claims in self._claims.items():
            for claim, line in claims:
                cargo = [reference for row in claim.cargo for reference in (row.item, row.quantity)]
                for reference in [
                    claim.cue,
                    claim.target,
                    claim.same_as,
                    *claim.holders,
                    *claim.via,
                    *claim.when,
                    *cargo,
                ]:
                    if reference is not None and (doc, reference) not in self._ids:
                        detail = f"“{reference}” in a claim of article {doc}"
                        yield Problem("ref-unknown", line.path, line.number, detail)

    def documents(self) -> list[Document]:
        return [
            Document(doc=doc, spans=tuple(spans), claims=tuple(claim for claim, _ in self._claims[doc]))
            for doc, spans in self._spans.items()
        ]
