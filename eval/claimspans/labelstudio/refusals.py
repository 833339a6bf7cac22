"""Why an article cannot be a task: what the server stores and then fails on, or drops without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from ..data.checks.structure import place_problems, schema_problems
from ..data.lines import Line
from ..data.problems import ClaimspansError
from ..data.records import Claim, Document, Span, claim_record, span_record
from .fields import Page
from .relations import Note


class RefusedError(ClaimspansError):
    """An article that Label Studio could not hold without loss; carries a note for each reason."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self.notes = list(notes)
        super().__init__("\n".join(str(note) for note in self.notes))


def refusals(document: Document, page: Page) -> Iterator[Note]:
    """The reasons why a document cannot be a task; none where it comes back as it is."""

    def note(place: str, detail: str, remedy: str) -> Note:
        return Note(document.doc, place, detail, remedy)

    text = document.text
    if text is None:
        yield note("", "no text", "give the article with its text")
        return
    if any(map(_unstorable, (text, document.doc, document.published or ""))):
        detail = "a lone surrogate or U+0000, which are no characters: the server fails on them"
        yield note("", detail, "mend the text")
        return
    if not page.schema.validator("doc").is_valid(document.doc):
        yield note("", "no id of an article, so that no pull could name its file", "give it one such as 003")
    if not text.strip():
        yield note("", "an empty text", "leave the article out")
        return
    records: list[tuple[str, dict[str, Any]]] = []
    records += [(f"{one.label} {one.start}–{one.end}", span_record(document.doc, one)) for one in document.spans]
    records += [
        (f"claim {one.id or number}", claim_record(document.doc, one)) for number, one in enumerate(document.claims, 1)
    ]
    if records and page.claim is None and document.claims:
        yield note("", "claims", f"{page.schema.name} has none: leave them out")
    for place, record in records:
        yield from (note(place, *told) for told in _wrong(record, text, page))
    for zone in document.zones:
        if not 0 <= zone.start < zone.end <= len(text):
            yield note(f"zone {zone.start}–{zone.end}", "outside the article or empty", "mend its offsets")
        if page.zone not in page.marks or zone.kind not in {c.value for c in page.marks[page.zone].fields[0].choices}:
            yield note(f"zone {zone.start}–{zone.end}", f"“{zone.kind}” is no zone of the schema", "mend it")
    yield from (note(name, *told) for name, *told in _dangling(document, page))


def _unstorable(text: str) -> bool:
    """Whether a database could not hold it: PostgreSQL takes no U+0000."""
    try:
        return b"\0" in text.encode("utf-8")
    except UnicodeEncodeError:
        return True


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _wrong(record: dict[str, Any], text: str, page: Page) -> Iterator[tuple[str, str]]:
    """What of a record the schema, as of predictions, or the article does not allow."""
    if any(map(_unstorable, _strings(record))):
        yield "a lone surrogate or U+0000, which are no characters", "mend the value"
        return
    line = Line("", 1, record)
    definition = f"predicted_{record['type']}"
    given = {key: value for key, value in record.items() if value is not None or record["type"] == "span"}
    found = list(schema_problems(line, given, definition, page.schema))
    if not found and record["type"] == "span":
        found = list(place_problems(line, record, text))
    for problem in found:
        yield problem.detail, problem.kind.remedy


def _dangling(document: Document, page: Page) -> Iterator[tuple[str, str, str]]:
    """Ids that stand twice, and references to what is not there or is something else."""
    records: list[Span | Claim] = [*document.spans, *document.claims]
    counts = Counter(record.id for record in records if record.id is not None)
    for name, count in counts.items():
        if count > 1:
            yield name, f"{count} records have this id: the page would make them one", "give each its own"
    kinds = {span.id: span.label for span in document.spans} | {claim.id: "claim" for claim in document.claims}
    for span in document.spans:
        references = page.marks[span.label].references if span.label in page.marks else ()
        for name in references:
            named = span.attributes.get(name)
            for one in [named] if isinstance(named, str) else named if isinstance(named, tuple) else ():
                if kinds.get(one, "claim") == "claim" or one == span.id:
                    detail = f"{name} names {one!r}, which is no other span here"
                    yield span.id or span.label, detail, "add it, or mend it"
    for claim in document.claims:
        for name, one, kind in claim.references():
            if kinds.get(one) != kind:
                detail = f"{name} names {one!r}, {kinds.get(one, 'which is not there')}; expected a {kind}"
                yield claim.id or "a claim", detail, "add it, or mend the reference"
            elif one == claim.id:
                detail = f"{name} names the claim itself, and an arrow has two ends"
                yield claim.id or "a claim", detail, "add it, or mend the reference"
