"""Files as other tools write them, as records of ours: a form is told by its keys or its name, and never guessed.

Of every form the spans are read; what a tool says of its own tokens, sentences and pages is passed over. Offsets count
from the beginning of the article or, where a line holds a passage, of that passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from ..corpus import record_files
from ..lines import Line, scan, scan_json
from ..problems import Problem
from ..schema import Schema
from . import brat, csv_tables, json_forms, published, token_tags, webanno
from .articles import Articles, Texts

__all__ = ["Lines", "recognized"]

Lines = Iterable[Line | Problem]

_BY_NAME = {
    ".csv": csv_tables.FORM,
    ".conll": token_tags.FORM,
    ".bio": token_tags.FORM,
    ".iob": token_tags.FORM,
    ".iob2": token_tags.FORM,
    ".tsv": webanno.FORM,
}


def recognized(source: Path | Lines, schema: Schema | None, texts: Texts | None) -> tuple[str | None, Lines]:
    """The name of the form of a file, a folder or lines, None for our own records, and its lines as our records.

    ``texts`` are the articles of the gold by id, and None where the file is a gold itself, whose texts are those that
    it holds. A folder is that of a published dataset, of one of its tables, or of records; ``FILE#NAME`` is of a
    published file the layer or system of that name.
    """
    articles = Articles(texts)
    if not isinstance(source, Path):
        return _of_lines(source, articles, schema)
    path, selected = selected_part(source)
    if path.is_dir() and any(path.glob("*.ann")):
        return brat.FORM, brat.lines(path, articles, schema)
    form = _BY_NAME.get(path.suffix) if path.is_file() else None
    if form == webanno.FORM and not webanno.is_one(path):
        form = csv_tables.FORM
    if form == csv_tables.FORM:
        return form, csv_tables.lines(path, schema)
    if form == token_tags.FORM:
        return form, token_tags.lines(path, articles)
    if form == webanno.FORM:
        return form, webanno.lines(path, articles)
    lines = scan_json(path) if path.suffix == ".json" else chain.from_iterable(map(scan, _files(path)))
    return _of_lines(lines, articles, schema, selected)


def selected_part(path: Path) -> tuple[Path, str | None]:
    """A path without the name of a layer or system behind it, and that name."""
    file, mark, name = str(path).rpartition(published.SELECTOR)
    return (Path(file), name) if mark and not path.exists() and Path(file).exists() else (path, None)


def _files(path: Path) -> list[Path]:
    """The files of a folder: of a published dataset its ``documents``, else its Parquet files or those of records."""
    if not path.is_dir():
        return [path]
    inside = path / "documents" if (path / "documents").is_dir() else path
    return sorted(inside.glob("*.parquet")) or record_files(inside) or [path]


def _of_lines(
    lines: Lines, articles: Articles, schema: Schema | None, selected: str | None = None
) -> tuple[str | None, Lines]:
    """The form of the first line, and all lines as records; a line of another form than the first is a problem."""
    rest = iter(lines)
    first = next(rest, None)
    if not isinstance(first, Line):
        return None, chain([] if first is None else [first], rest)
    forms = [] if published.is_row(first.data) else json_forms.fitting(first.data)
    if not forms:
        return None, published.records(chain([first], rest), selected)
    if len(forms) > 1:
        names = " and ".join(form.name for form in forms)
        detail = f"the line can be read as {names}: leave out the keys of all but one"
        return None, [Problem("form-unclear", first.path, first.number, detail)]
    return forms[0].name, _converted(forms[0], chain([first], rest), articles, schema)


def _converted(
    form: json_forms.Form, lines: Lines, articles: Articles, schema: Schema | None
) -> Iterator[Line | Problem]:
    for line in lines:
        if isinstance(line, Problem):
            yield line
        elif not form.fits(line.data):
            detail = f"the first line is {form.name}, this one is not: it has {', '.join(sorted(map(str, line.data)))}"
            yield Problem("form-unclear", line.path, line.number, detail)
        else:
            yield from form.convert(line, articles, schema)
