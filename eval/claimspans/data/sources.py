"""Where the articles of a corpus come from: the lines of ``seeds/sources.jsonl``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from ..text.dates import is_published
from .corpus_folder import SEEDS
from .lines import Line, scan, typed
from .problems import InputError, Problem

OPEN = re.compile(r"CC0-1\.0|CC-BY(-SA)?-[1-4]\.[05](-[A-Z]{2,3})?|PDDL-1\.0|CC-PDDC")
"""The licences, by their SPDX ids, under which anybody may publish an article, as it is and cut into tokens."""

_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")


def said_problem(published: str | None, license_: str | None) -> str | None:
    """What cannot be said of an article; None where all can."""
    if published is not None and not is_published(published):
        return f"published is {published!r}; expected YYYY, YYYY-MM or YYYY-MM-DD of the calendar, or nothing"
    if license_ is not None and not _SPDX.fullmatch(license_):
        return f"license is {license_!r}; expected an SPDX id such as CC-BY-4.0, or nothing"
    return None


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where an article comes from: a line of ``seeds/sources.jsonl``; None where nobody knows.

    ``url`` is its address where the text itself says it.
    ``published`` is a year, a month or a day in EDTF. ``license`` is the SPDX id of the article's own licence; nobody
    may publish the text of an article without one.
    """

    doc: str
    file: str
    publisher: str | None = None
    publisher_from: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    precision: str | None = None
    published_stated: bool | None = None
    published_from: str | None = None
    language: str | None = None
    sha256: str
    rights: str | None = None
    license: str | None = None
    synthetic: str | None = None

    @property
    def open(self) -> bool:
        """Whether its licence lets anybody publish the article."""
        return self.license is not None and OPEN.fullmatch(self.license) is not None


def read_sources(path: Path) -> Mapping[str, Source]:
    """The sources by id, in the order of the file; raises `InputError` for a bad line."""
    found: dict[str, Source] = {}
    problems: list[Problem] = []
    for read in typed(scan(path), Source, "source-value"):
        if isinstance(read, Problem):
            problems += [] if read.id == "file-empty" else [read]
            continue
        line, source = read
        problems += _source_problems(line, source)
        if source.doc in found:
            problems.append(Problem("id-duplicate", line.path, line.number, f"a second article {source.doc}"))
        found[source.doc] = source
    if problems:
        raise InputError(problems)
    return found


_DOC = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SHA = re.compile(r"[0-9a-f]{64}")


def _source_problems(line: Line, source: Source) -> Iterator[Problem]:
    """What a source says that cannot be."""
    expected = (
        (bool(_DOC.fullmatch(source.doc)), f"doc is {source.doc!r}; expected letters, digits and . _ -"),
        ("/" not in source.file and "\\" not in source.file, f"file is {source.file!r}; expected a name in {SEEDS}/"),
        (bool(_SHA.fullmatch(source.sha256)), "sha256 is no SHA-256; expected 64 hexadecimal digits"),
    )
    for holds, detail in expected:
        if not holds:
            yield Problem("source-value", line.path, line.number, detail)
    if (wrong := said_problem(source.published, source.license)) is not None:
        yield Problem("source-value", line.path, line.number, wrong)
