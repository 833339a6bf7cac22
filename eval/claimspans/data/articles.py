"""Texts that somebody brings → articles for a corpus: plain text, Markdown, web pages, rows of tables, folders."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from .corpus_folder import SIDES
from .files import open_file, read_bytes
from .lines import Line, rows_of, scan
from .problems import ClaimspansError, Problem, counted, short, show_path
from .sources import said_problem

TEXTS, PAGES, TABLES = (".txt", ".md"), (".html", ".htm"), (".jsonl", ".gz", ".csv", ".tsv", ".parquet")
KNOWN = (*TEXTS, *PAGES, *TABLES)
"""Names of files that are read."""

_FROM_ROW = ("title", "published", "publisher", "language", "license", "rights")
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in range(10))
_RESERVED = frozenset({"con", "prn", "aux", "nul", "sources", *_PORTS})
"""Names that some system, or a corpus, keeps for itself."""

LONGEST = 200
"""Characters of an id: file systems take 255 bytes, and what a file's name ends in is longer than that of a text."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller says of the articles; ``doc`` of one alone. ``encoding`` is that of files of text."""

    doc: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    license: str | None = None
    encoding: str = "utf-8"


class NewArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article that is to be added: ``place`` is where it was read, ``notes`` what was done to it on the way.

    ``read_from_page`` names what a web page's metadata said and nobody else.
    """

    place: str
    doc: str
    text: str
    fields: dict[str, str]
    notes: tuple[str, ...] = ()
    read_from_page: tuple[str, ...] = ()


def read_articles(path: Path, given: Given) -> Iterator[NewArticle | Problem]:
    """The articles of a file or of the files in a folder; a `Problem` for what is none.

    Raises `ClaimspansError` for a kind of file that is not known, and where a library is missing.
    """
    if path.is_dir():
        files = sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
        known = [one for one in files if one.suffix.lower() in KNOWN]
        if not known:
            raise ClaimspansError(f"{path}: has no file to add; expected names that end in {', '.join(KNOWN)}")
        for file in known:
            yield from read_articles(file, given)
        for file in files:
            if file.suffix.lower() not in KNOWN:
                detail = f"is no {', '.join(KNOWN)}; convert it, or move it out of the folder"
                yield Problem("file-unreadable", show_path(file), None, detail)
        for inner in sorted(one for one in path.iterdir() if one.is_dir() and not one.name.startswith(".")):
            detail = "is a folder in a folder, which is not read; name it too, or move it out"
            yield Problem("file-directory", show_path(inner), None, detail)
        return
    suffix = path.suffix.lower()
    if suffix in TABLES:
        yield from _of_rows(path, given)
        return
    if suffix not in (*TEXTS, *PAGES):
        raise ClaimspansError(f"{path}: is no {', '.join(KNOWN)}; convert it to one of these")
    try:
        raw = read_bytes(path)
    except OSError as error:
        yield Problem("file-missing", show_path(path), None, error.strerror or str(error))
        return
    yield _of_page(path, raw, given) if suffix in PAGES else _of_text(path, raw, given)


def _of_text(path: Path, raw: bytes, given: Given) -> NewArticle | Problem:
    try:
        text = raw.decode(given.encoding)
    except UnicodeDecodeError as error:
        detail = f"byte {raw[error.start]:#04x} at {error.start}; save it as UTF-8, or say --encoding latin-1"
        return Problem("file-encoding", show_path(path), None, detail)
    except LookupError as error:
        raise ClaimspansError(f"--encoding {given.encoding}: {error}; name one such as latin-1 or cp1252") from error
    notes = [] if given.encoding.lower() in ("utf-8", "utf8") else [f"read as {given.encoding}, kept as UTF-8"]
    return _article(show_path(path), given.doc or path.stem, text, {}, given, notes)


def _of_page(path: Path, raw: bytes, given: Given) -> NewArticle | Problem:
    """The main text of a web page, and what its metadata say, by trafilatura."""
    try:
        import trafilatura
        from trafilatura.settings import Document
    except ImportError as error:
        raise ClaimspansError(f"{path}: web pages need trafilatura: pip install 'claimspans[html]'") from error
    name = show_path(path)
    found = trafilatura.bare_extraction(raw, with_metadata=True, include_comments=False, include_tables=False)
    text = found.text or "" if isinstance(found, Document) else ""
    if not isinstance(found, Document) or not text.strip():
        return Problem("file-empty", name, None, "no main text found in the page; copy it into a .txt file")
    said = {"title": found.title, "published": found.date, "publisher": found.sitename, "language": found.language}
    fields = {key: value for key, value in said.items() if value}
    notes = [f"{key} “{value}” read from the page" for key, value in fields.items() if getattr(given, key) is None]
    notes.insert(0, "main text of the page")
    article = _article(name, given.doc or path.stem, text.rstrip() + "\n", fields, given, notes)
    if isinstance(article, Problem):
        return article
    own = tuple(key for key in fields if getattr(given, key) is None)
    return msgspec.structs.replace(article, read_from_page=own)


def _of_rows(path: Path, given: Given) -> Iterator[NewArticle | Problem]:
    left_out: dict[str, int] = {}
    last: NewArticle | None = None
    for line in _csv_lines(path) if path.suffix.lower() in (".csv", ".tsv") else scan(path):
        if isinstance(line, Problem):
            yield line
            continue
        if last is not None:
            yield last
            last = None
        article = _of_row(line, given)
        for name in line.data.keys() - {"text", "doc", "id", *_FROM_ROW}:
            left_out[name] = left_out.get(name, 0) + (line.data[name] not in (None, "", []))
        if isinstance(article, NewArticle):
            last = article
        else:
            yield article
    if last is not None:
        columns = [f"{name} ({counted(count, 'row')})" for name, count in sorted(left_out.items()) if count]
        note = (f"left out, for an article has no such field: {', '.join(columns)}",) if columns else ()
        yield msgspec.structs.replace(last, notes=(*last.notes, *note))


def _of_row(line: Line, given: Given) -> NewArticle | Problem:
    data = line.data
    text = data.get("text")
    if not isinstance(text, str) or not text:
        return Problem("source-value", line.path, line.number, "an article has its text in the field text")
    doc = given.doc or data.get("doc") or data.get("id")
    if isinstance(doc, int) and not isinstance(doc, bool):
        doc = str(doc)
    if not isinstance(doc, str):
        return Problem("source-value", line.path, line.number, "an article has its id in the field doc, or id")
    fields: dict[str, str] = {}
    for name in _FROM_ROW:
        value: Any = data.get(name)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            value = value.isoformat()[:10] if name == "published" and hasattr(value, "isoformat") else value
        if not isinstance(value, str):
            return Problem("source-value", line.path, line.number, f"{name} is {value!r}; expected a string")
        fields[name] = value
    return _article(f"{line.path}:{line.number}", doc, text, fields, given, [])


def _csv_lines(path: Path) -> Iterator[Line | Problem]:
    name = show_path(path)
    try:
        with open_file(path) as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file:
            delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
            rows = csv.DictReader(file, restkey=_BEYOND, delimiter=delimiter, strict=True)
            csv.field_size_limit(1 << 30)
            for line in rows_of(rows, name):
                if isinstance(line, Line) and any(line.data.get(_BEYOND) or ()):
                    detail = "has more cells than the first line names; quote a text that holds the sign between cells"
                    yield Problem("json-broken", name, line.number, detail)
                else:
                    yield line
    except OSError as error:
        yield Problem("file-missing", name, None, error.strerror or str(error))
    except UnicodeDecodeError as error:
        yield Problem("file-encoding", name, None, f"byte {error.object[error.start]:#04x}; save the table as UTF-8")
    except csv.Error as error:
        yield Problem("json-broken", name, None, f"not CSV: {error}")


_BEYOND = "cells beyond the first line"
"""Under this name a row has the cells for which the first line of a table has none."""


def _article(
    place: str, doc: str, text: str, fields: dict[str, str], given: Given, notes: list[str]
) -> NewArticle | Problem:
    """An article whose id and date hold, with line ends as the project's texts have them."""
    if text.startswith("\ufeff"):
        text = text.removeprefix("\ufeff")
        notes = [*notes, "byte order mark left out"]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        notes = [*notes, "line ends made \\n"]
    wrong = id_problem(doc)
    if wrong is not None:
        return Problem("source-value", place, None, f"{wrong}; name another with --id, or in the field doc")
    if not text.strip():
        return Problem("file-empty", place, None, "holds no text")
    told = {name: getattr(given, name) for name in ("title", "published", "publisher", "language", "license")}
    fields = fields | {name: value for name, value in told.items() if value is not None}
    if (wrong := said_problem(fields.get("published"), fields.get("license"))) is not None:
        return Problem("source-value", place, None, wrong)
    return NewArticle(place=place, doc=doc, text=text, fields=fields, notes=tuple(notes))


def id_problem(doc: str) -> str | None:
    """Why a name cannot be the id of an article; None where it can."""
    if len(doc) > LONGEST:
        return f"{short(doc, 40)!r} has {len(doc)} characters, of which an id has {LONGEST} at most: it names files"
    if not _ID.fullmatch(doc):
        return f"{doc!r} is no id of an article, which has letters, digits and . _ - and begins with one of the first"
    if doc.lower().partition(".")[0] in _RESERVED or doc.lower().rpartition(".")[2] in SIDES:
        return f"{doc!r} is a name that is kept for something else"
    return None
