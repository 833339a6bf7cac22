"""What can be wrong with a file, each kind with a stable id, and how a mistake of the user's is raised."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from .escapes import one_line


class Kind(msgspec.Struct, frozen=True):
    """A kind of problem: its level (1 file and JSON … 5 guidelines), what it means, what to do."""

    level: int
    title: str
    remedy: str


LEVELS = {
    1: "file and JSON",
    2: "schema",
    3: "offsets, quotes, hashes, ids",
    4: "cross-references and overlaps",
    5: "guidelines",
}

KINDS: dict[str, Kind] = {
    # 1: file and JSON
    "file-missing": Kind(1, "the file is not there", "check the path"),
    "file-directory": Kind(1, "a folder stands where a file is expected", "name a file in it"),
    "file-unreadable": Kind(1, "the file cannot be read", "check its permissions, and whether it is a whole .gz"),
    "file-empty": Kind(1, "the file holds no record", "write at least the document record, or remove the file"),
    "file-large": Kind(1, "the file is too large to be read", "cut it into files of some articles each"),
    "line-long": Kind(1, "a line is too long to be a record", "write one JSON object on each line"),
    "file-bom": Kind(1, "a byte order mark before a record", "save the file as UTF-8 without BOM"),
    "file-encoding": Kind(1, "a line is not UTF-8", "save the file as UTF-8"),
    "json-broken": Kind(1, "a line is not JSON", "write one JSON object on each line"),
    "json-not-object": Kind(1, "a line is not a JSON object", "write one JSON object on each line"),
    "json-duplicate-key": Kind(1, "a key stands twice in an object", "remove one of the two"),
    "form-unclear": Kind(1, "the file has no one form", "write records as docs/scores.md has them, or one tool's form"),
    "form-broken": Kind(1, "a line that is not of its file's form", "write it as the tool does"),
    # 2: schema
    "record-type": Kind(2, "unknown record type", "use one of: document, zone, span, claim"),
    "label-unknown": Kind(2, "unknown label", "use a label of schema.json"),
    "field-missing": Kind(2, "a required field is missing", "add it; null where nothing applies"),
    "field-unknown": Kind(2, "unknown field or attribute", "remove it, or add it to schema.json"),
    "field-value": Kind(2, "a value that the schema does not allow", "use a value of schema.json"),
    "source-value": Kind(2, "what is said of an article cannot be", "mend it in sources.jsonl, or where it is given"),
    # 3: offsets, quotes, hashes, ids
    "document-first": Kind(3, "the first record is not the document record", "begin the file with it"),
    "document-repeated": Kind(3, "a second document record", "one article a file: remove it"),
    "doc-unknown": Kind(3, "no such article", "name an article of the gold, or of seeds/ in an annotation file"),
    "article-unnamed": Kind(3, "no article of the gold can be told", "name the article, or annotate its own text"),
    "doc-mixed": Kind(3, "a record of another article", "move it to that article's file"),
    "score-missing": Kind(3, "some predictions have a score and some none", "give all of them a score, or none"),
    "doc-file": Kind(3, "the file is named for another article", "rename the file, or mend doc"),
    "text-repeated": Kind(3, "the corpus has this text already", "leave it out: one article stands once"),
    "article-edited": Kind(
        3,
        "the text was edited after it was added",
        "put it back byte for byte, or take the edit over with claimspans add --update",
    ),
    "hash-mismatch": Kind(3, "the hash is not that of the article", "annotate the article as it is in seeds/"),
    "offset-reversed": Kind(3, "the span is empty or ends before it begins", "mend start and end (end is exclusive)"),
    "offset-range": Kind(3, "the offsets lie outside the article", "count code points, not bytes, from 0"),
    "text-mismatch": Kind(3, "text is not what the article has there", "mend start and end, or text"),
    "quote-missing": Kind(3, "the article does not hold the quote", "quote the article, and count occurrences from 1"),
    "quote-ambiguous": Kind(3, "the article holds the quote more than once", "say which one with occurrence"),
    "id-duplicate": Kind(3, "an id is used twice", "give each span and claim its own"),
    "record-order": Kind(3, "records out of order", "document, zones, spans by offset, claims"),
    # 4: cross-references and overlaps
    "ref-unknown": Kind(4, "a reference to an id that is not there", "add the record, or mend the reference"),
    "ref-kind": Kind(4, "a reference to a record of the wrong kind", "refer to a record of the kind that is expected"),
    "overlap-same-label": Kind(4, "two spans of one label share a character", "keep one, or split them"),
    "zone-overlap": Kind(4, "two zones share a character", "make them one, or end one earlier"),
    "span-in-zone": Kind(4, "a span in a zone", "zones carry no spans: remove it, or mend the zone"),
    "claim-holders": Kind(4, "the holders are not the speakers of the cue", "list exactly the speakers of the cue"),
    "claim-same-as": Kind(
        4, "same_as is not the first claim of its kind", "name an earlier claim of the same event, the first"
    ),
    "claim-target": Kind(4, "a target where there is nothing to answer", "null, or the other claim that it answers"),
    "entity-inconsistent": Kind(
        4,
        "one entity with two source types or countries",
        "a name has one of each in all articles, a description in its article",
    ),
    # 5: guidelines
    "edge-space": Kind(5, "white space at an edge", "leave it out"),
    "edge-quote": Kind(5, "a quotation mark at an edge", "leave it out"),
    "edge-punctuation": Kind(5, "punctuation at an edge", "end the span before it"),
    "edge-word": Kind(5, "an edge inside a word", "take the whole word"),
    "edge-article": Kind(5, "a leading article", "leave it out (only a DATE keeps it)"),
    "edge-possessive": Kind(5, "a possessive at an edge", "leave out a leading possessive; 's is never at an edge"),
    "country-code": Kind(5, "not a country of ISO 3166-1", "use the alpha-2 code, such as KP, KR, GB"),
    "speaker-without-stance": Kind(5, "a SPEAKER without a STANCE", "mark its cue, or remove the SPEAKER"),
    "speaker-role": Kind(5, "a title or role beside the name", "take the name alone"),
    "quantity-calibre": Kind(5, "a calibre as QUANTITY", "it is part of the ITEM"),
    "quantity-ordinal": Kind(5, "an ordinal as QUANTITY", "remove it"),
    "quantity-duration": Kind(5, "a date or duration as QUANTITY", "remove it, or mark a DATE"),
    "quantity-of": Kind(5, "“of” at the end of a QUANTITY", "leave it out"),
    "quantity-value": Kind(5, "a value that the text does not hold", "give the number of the text; null when vague"),
    "quantity-comparator": Kind(5, "a comparator that the text contradicts", "take that of the modifier"),
    "quantity-unit": Kind(5, "a unit where the measure has none, or none", "null for a ratio, a noun otherwise"),
    "item-determiner": Kind(5, "a determiner or quantifier in an ITEM", "leave it out"),
    "item-nationality": Kind(5, "a nationality in an ITEM", "leave it out; it goes into origin"),
    "item-package": Kind(5, "a package as ITEM", "mark what is in it; containers alone are none"),
    "item-coordination": Kind(5, "two items in one span", "split it"),
    "item-postmodifier": Kind(5, "a postmodifier in an ITEM", "end the span at the head noun"),
    "date-preposition": Kind(5, "a preposition in a DATE", "leave it out; it goes into signal"),
    "date-calendar": Kind(5, "a DATE without anything of a calendar", "remove it"),
    "date-mod": Kind(5, "a mod that the text contradicts", "start, mid or end as the text says, else null"),
    "date-signal": Kind(5, "a signal that the text contradicts", "the preposition before the span, else null"),
    "edtf-invalid": Kind(5, "edtf is not a date of the calendar", "write year, month and day that exist, in order"),
    "edtf-contradiction": Kind(5, "edtf contradicts the text", "mend edtf"),
    "stance-extent": Kind(5, "a STANCE of more than its cue", "one word, or a listed phrase"),
    "stance-auxiliary": Kind(5, "an auxiliary in a STANCE", "leave it out"),
    "stance-speakers": Kind(5, "a STANCE without a SPEAKER", "link its speakers, or remove the STANCE"),
    "stance-evasion": Kind(5, "an evasion that is not possible", "an evasion is always possible"),
    "claim-parties": Kind(5, "parties out of alphabetical order", "sort them"),
    "claim-article": Kind(
        5, "the article's own report is neither assertion nor denial", "one of the two, unless somebody holds it"
    ),
}


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong, where it is, and what to do about it."""

    id: str
    path: str
    line: int | None
    detail: str
    text: str | None = None

    @property
    def kind(self) -> Kind:
        return KINDS[self.id]

    @property
    def place(self) -> str:
        """``file:line``, or the file where the problem has no line."""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    def __str__(self) -> str:
        quoted = "" if self.text is None else f" “{short(self.text)}”"
        detail = short(self.detail, 400)
        return f"{one_line(self.place)}: {self.id}: {self.kind.title}: {detail}{quoted} → {self.kind.remedy}"

    def to_dict(self) -> dict[str, Any]:
        fields: dict[str, Any] = msgspec.structs.asdict(self)
        return fields | {"level": self.kind.level, "title": self.kind.title, "remedy": self.kind.remedy}


class ClaimspansError(Exception):
    """A mistake of the caller's; its text says what was expected and what to do."""


class InputError(ClaimspansError):
    """A file that cannot be used; carries the problems found in it, and ``hints`` at what all may come from."""

    def __init__(self, problems: Iterable[Problem], hints: Iterable[str] = ()) -> None:
        self.problems = list(problems)
        self.hints = list(hints)
        shown = [str(problem) for problem in self.problems[:5]]
        more = len(self.problems) - len(shown)
        if more > 0:
            shown.append(f"… and {counted(more, 'more problem')}")
        super().__init__("\n".join([*shown, *self.hints]))

    def __reduce__(self) -> tuple[type[InputError], tuple[list[Problem], list[str]]]:
        """So that it comes whole out of another process."""
        return type(self), (self.problems, self.hints)


def show_path(path: Path | str) -> str:
    """The path as the user would write it: relative to the working folder where it is inside."""
    try:
        inside = os.path.relpath(path)
    except (OSError, ValueError):
        return str(path)
    return str(path) if inside.startswith("..") else inside


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun, and the verb if that is given with both: 1 span, 2 spans."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


def short(text: str, length: int = 120) -> str:
    """A text for a message: cut where it is long, and what cannot be seen is written as an escape."""
    cut = text if len(text) <= length else text[: length - 1] + "…"
    if cut.isprintable():
        return cut
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in cut)
