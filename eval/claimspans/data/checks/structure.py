"""Lines against the schema and against their article: levels 1 to 3 of the checks, on which all reading rests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec

from ...text.quotes import Aligned
from ..lines import Line, scan
from ..offset_conventions import meant_label
from ..problems import Problem, short, show_path
from ..records import LAST_OFFSET, Span
from ..schema import Schema


class Article(msgspec.Struct, frozen=True):
    """What a record is checked against: the text, None where it is not here, and the hash of its bytes."""

    text: str | None
    sha256: str


_KINDS = ("document", "zone", "span", "claim")
_NOISE = frozenset({"oneOf", "unevaluatedProperties"})


def schema_problems(line: Line, data: Mapping[str, Any], definition: str, schema: Schema) -> Iterator[Problem]:
    """Level 2: what of a record the schema does not allow.

    A span is held against its label first, so that the answer is about the attribute, not about five labels.
    """
    try:
        yield from list(_schema_problems(line, data, definition, schema))
    except ValueError as error:  # the validator's own limit, such as that of nesting
        yield Problem("json-broken", line.path, line.number, str(error))


def _schema_problems(line: Line, data: Mapping[str, Any], definition: str, schema: Schema) -> Iterator[Problem]:
    if "claim" in definition and not schema.has_claims:
        yield Problem("record-type", line.path, line.number, f"a claim, and {schema.name} has none")
        return
    label = data.get("label")
    about = f"of {short(str(data.get('id') or data.get('text') or definition), 40)}"
    if "span" in definition and "label" in data:
        if not isinstance(label, str) or label not in schema.labels:
            near = meant_label(label, schema.labels) if isinstance(label, str) else None
            meant = f"; did you mean {near}?" if near else ""
            detail = f"{label!r}; expected one of {', '.join(schema.labels)}{meant}"
            yield Problem("label-unknown", line.path, line.number, detail)
            return
        wrong = [_schema_problem(line, error, about, schema) for error in _errors(schema, label, data)]
        yield from wrong
        if wrong:
            return
    errors = _errors(schema, definition, data)
    # What a missing field, or a label that is wrong, makes of the rest is no problem of its own.
    missing = [error for error in errors if error.schema_path[-1:] in (["dependentRequired"], ["required"])]
    direct = [error for error in errors if not any(step in _NOISE for step in error.schema_path)]
    yield from (_schema_problem(line, error, about, schema) for error in missing or direct or errors[:1])
    if not errors:
        yield from _float_offsets(line, data)


def _errors(schema: Schema, definition: str, data: Mapping[str, Any]) -> list[Any]:
    """What the validator finds; most records are sound, which it says much sooner than that nothing is wrong."""
    validator = schema.validator(definition)
    return [] if validator.is_valid(data) else list(validator.iter_errors(data))


def _float_offsets(line: Line, data: Mapping[str, Any]) -> Iterator[Problem]:
    """JSON Schema takes 29.0 for an integer; an offset that passed through a float is one to mend at its source."""
    for field in ("start", "end", "occurrence"):
        if isinstance(data.get(field), float):
            yield Problem(
                "field-value", line.path, line.number, f"{field} is {data[field]!r}, a float: write an integer"
            )


def _schema_problem(line: Line, error: Any, about: str, schema: Schema) -> Problem:
    place = "/".join(str(step) for step in error.instance_path)
    rule = str(error.schema_path[-1]) if error.schema_path else ""
    message = str(error.message)
    where = f"{place} {about}" if place else about
    if rule in ("required", "dependentRequired"):
        return Problem("field-missing", line.path, line.number, f"{message} {about}")
    if rule in ("additionalProperties", "unevaluatedProperties"):
        names = ", ".join(repr(name) for name in getattr(error.kind, "unexpected", ())) or message
        return Problem("field-unknown", line.path, line.number, f"{names} {about}")
    if rule == "anyOf" and not place and not {"start", "end", "text"} & error.instance.keys():
        missing = "neither start and end, nor its words in text"
        return Problem("field-missing", line.path, line.number, f"{missing} {about}")
    if rule == "oneOf":
        options = _constants(schema.root, error.schema_path)
        if options:
            message = f"{_short(error.instance)} is not one of {', '.join(options)}"
    return Problem("field-value", line.path, line.number, f"{where}: {message}")


def _constants(root: Any, path: list[Any]) -> list[str]:
    for step in path:
        try:
            root = root[step]
        except (KeyError, IndexError, TypeError):
            return []
    return ["null" if option.get("const") is None else str(option["const"]) for option in root if "const" in option]


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"


class _AnySpan(Span, frozen=True, kw_only=True):
    """What a span has under any schema."""

    doc: str
    occurrence: Annotated[int, msgspec.Meta(ge=1, le=LAST_OFFSET)] | None = None


def any_span_problems(line: Line, data: Mapping[str, Any]) -> Iterator[Problem]:
    """Level 2 where there is no schema: what of a span is wrong under any."""
    try:
        span = msgspec.convert(data, _AnySpan)
    except msgspec.ValidationError as error:
        yield field_problem(line, error)
        return
    if span.occurrence is not None and span.text is None:
        yield Problem(
            "field-missing", line.path, line.number, "occurrence counts the places of a text, and there is none"
        )
    if min(span.start, span.end) < 0 or not 0 <= (span.score or 0) <= 1:
        yield Problem("field-value", line.path, line.number, "offsets begin at 0, scores lie from 0 to 1")


def field_problem(line: Line, error: msgspec.ValidationError) -> Problem:
    """What msgspec has against a record."""
    missing = "missing required field" in str(error)
    return Problem("field-missing" if missing else "field-value", line.path, line.number, str(error))


def place_problems(line: Line, data: Mapping[str, Any], text: str | None) -> Iterator[Problem]:
    """Level 3: offsets outside the article or reversed, and a ``text`` that the article does not have there."""
    start, end = data.get("start"), data.get("end")
    if start is None or end is None:
        return
    quoted = data.get("text")
    if end <= start:
        yield Problem("offset-reversed", line.path, line.number, f"start {start}, end {end}", quoted)
    elif end > LAST_OFFSET:
        yield Problem(
            "offset-range", line.path, line.number, f"end is past {LAST_OFFSET}, which no article reaches", quoted
        )
    elif text is not None and end > len(text):
        detail = f"{start}–{end}, but the article has {len(text)} characters"
        yield Problem("offset-range", line.path, line.number, detail, quoted)
    elif text is not None and quoted is not None and text[start:end] != quoted:
        detail = f"{start}–{end} of the article is “{text[start:end]}”, and the record has"
        yield Problem("text-mismatch", line.path, line.number, detail, quoted)


def annotation_lines(
    path: Path, schema: Schema, articles: Mapping[str, Article], levels: int = 3
) -> Iterator[Line | Problem]:
    """The lines of an annotation file that hold at every level up to ``levels``, and a problem for what does not."""
    lines: list[Line] = []
    for line in scan(path):
        if isinstance(line, Problem):
            yield line
        elif levels >= 2:
            kind = line.data.get("type")
            if kind not in _KINDS:
                hint = "; for a predictions file use check --predictions" if "type" not in line.data else ""
                yield Problem("record-type", line.path, line.number, f"type is {kind!r}{hint}")
                continue
            problems = list(schema_problems(line, line.data, kind, schema))
            yield from problems
            if not problems:
                lines.append(line)
    if levels >= 3:
        yield from _in_article(path, lines, articles)
    else:
        yield from lines


def _in_article(path: Path, lines: list[Line], articles: Mapping[str, Article]) -> Iterator[Line | Problem]:
    if not lines:
        return
    name = show_path(path)
    first = lines[0]
    if first.data["type"] != "document":
        yield Problem("document-first", name, first.number, f"found a {first.data['type']} record")
    doc = first.data["doc"]
    if doc not in articles:
        yield Problem("doc-unknown", name, first.number, f"“{doc}”; expected one of {', '.join(list(articles)[:10])}")
        return
    if path.stem in articles and path.stem != doc:
        yield Problem("doc-file", name, first.number, f"the records are of article {doc}")
    seen: dict[str, int] = {}
    highest: tuple[int, int, int, str] | None = None
    for line in lines:
        data = line.data
        problems: list[Problem] = []
        if data["doc"] != doc:
            problems.append(Problem("doc-mixed", name, line.number, f"“{data['doc']}” in a file of article {doc}"))
        elif data["type"] == "document":
            if line is not first and first.data["type"] == "document":
                problems.append(Problem("document-repeated", name, line.number, f"the first is in line {first.number}"))
            if data["sha256"] != articles[doc].sha256:
                detail = f"article {doc} has {articles[doc].sha256[:12]}…, the record {data['sha256'][:12]}…"
                problems.append(Problem("hash-mismatch", name, line.number, detail))
        else:
            problems += place_problems(line, data, articles[doc].text)
        identity = data.get("id")
        if identity is not None:
            if identity in seen:
                detail = f"“{identity}” stands in line {seen[identity]} too"
                problems.append(Problem("id-duplicate", name, line.number, detail, data.get("text")))
            seen.setdefault(identity, line.number)
        order = _file_order(data)
        if highest is not None and order < highest:
            problems.append(Problem("record-order", name, line.number, f"a {data['type']} record", data.get("text")))
        highest = max(order, highest or order)
        yield from problems
        if not problems:
            yield line


def _file_order(data: Mapping[str, Any]) -> tuple[int, int, int, str]:
    return (_KINDS.index(data["type"]), data.get("start", 0), -data.get("end", 0), data.get("label", ""))


def misplaced(line: Line, data: Mapping[str, Any], found: Aligned) -> Problem | None:
    """What is wrong with the place of a quote in a file."""
    where = f"in article {data['doc']}"
    if found.status == "fuzzy":
        detail = f"{where}, which has “{found.text}”; found"
        return Problem("quote-missing", line.path, line.number, detail, data["text"])
    if found.status == "unaligned" or (found.status == "ambiguous" and "occurrence" in data):
        detail = f"occurrence {data['occurrence']} {where}" if "occurrence" in data else where
        return Problem("quote-missing", line.path, line.number, detail, data["text"])
    if found.status == "ambiguous":
        return Problem("quote-ambiguous", line.path, line.number, where, data["text"])
    if data.get("start", found.start) != found.start:
        detail = f"occurrence {data['occurrence']} begins at {found.start}, the record says {data['start']}"
        return Problem("text-mismatch", line.path, line.number, detail, data["text"])
    return None
