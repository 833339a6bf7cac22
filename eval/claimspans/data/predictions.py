"""Predictions, and any gold that somebody brings, as Documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from ..text.dates import is_published
from .checks.structure import place_problems
from .lines import Line, scan
from .manifest import refuse_other_articles
from .offset_conventions import hints, reread
from .other_forms import recognized
from .problems import InputError, Problem
from .reader import Articles, Lines, Reader, read_documents
from .records import Document, Zone, zone_of
from .schema import Schema

PREDICTIONS = "predictions.jsonl"


def predictions_path(path: Path | str) -> Path:
    """The predictions file that a path names: itself, or that of a run folder."""
    path = Path(path)
    inside = path / PREDICTIONS
    return inside if inside.is_file() else path


Relabel = Callable[[str, str], str | None]
"""A system's label, and the article → the label that is scored, or None where its spans are to be left out."""


def read_predictions(
    source: Path | str | Lines,
    schema: Schema | None,
    texts: Mapping[str, str | None],
    relabel: Relabel | None = None,
    read_as: Collection[str] = (),
) -> Articles:
    """The articles of a predictions file with their spans and claims, in order of first appearance.

    ``source`` is a file, a run folder, or lines. ``texts`` maps the ids of the gold's articles to their text (None
    where it is not known). Without a schema any label and attribute is taken. Quotes are resolved to offsets. An
    article may stand on one line with its spans and claims nested, and further lines may add to it. ``relabel`` gives
    the label of each span, ``read_as`` says what offsets and ids mean (`claimspans.data.offset_conventions`).

    Raises `InputError` with every problem found: nothing is left out silently; and `ClaimspansError` for a run folder
    whose run was over other articles.
    """
    if isinstance(source, Path | str):
        refuse_other_articles(source, texts)
        source = predictions_path(source)
    form, lines = recognized(source, schema, texts)
    if read_as:
        lines = reread(lines, texts, read_as)
    if relabel is not None:
        lines = _relabelled(lines, relabel)
    try:
        return read_documents(lines, Reader(schema, texts), form)
    except InputError as error:
        again = source if isinstance(source, Path | list) else []
        labels = None if schema is None or relabel is not None else schema.labels
        raise InputError(error.problems, hints(_lines(again), texts, labels)) from error


def _lines(source: Path | Lines) -> Lines:
    return scan(source) if isinstance(source, Path) else source


def _relabelled(lines: Lines, relabel: Relabel) -> Iterator[Line | Problem]:
    """The lines with the labels of their spans changed, and without what is left out."""

    def changed(data: dict[str, Any], doc: Any) -> dict[str, Any] | None:
        if not isinstance(data.get("label"), str):
            return data
        label = relabel(data["label"], str(doc))
        return None if label is None else data | {"label": label}

    for line in lines:
        if isinstance(line, Problem):
            yield line
            continue
        doc = line.data.get("doc")
        data = changed(line.data, doc)
        if data is None:
            continue
        for field in ("spans", "rejected"):
            if isinstance(data.get(field), list):
                each = (changed(one, doc) if isinstance(one, dict) else one for one in data[field])
                data = data | {field: [one for one in each if one is not None]}
        yield msgspec.structs.replace(line, data=data)


def read_gold(source: Path | str | Lines, schema: Schema | None) -> Articles:
    """The articles of a gold that is not ours: records of annotations, or the forms that a predictions file has.

    Texts are those of nested articles (``text``); where there are none, offsets are not checked against any.
    Raises `InputError` as `read_predictions` does, and for a file without a record.
    """
    form, lines = recognized(Path(source) if isinstance(source, str) else source, schema, None)
    return read_documents(lines, _GoldReader(schema), form)


class _GoldReader(Reader):
    """Takes every article that it meets, its text, its zones and the date of its publication."""

    def __init__(self, schema: Schema | None) -> None:
        super().__init__(schema, {})
        self._published: dict[str, str] = {}

    def documents(self) -> list[Document]:
        return [msgspec.structs.replace(one, published=self._published.get(one.doc)) for one in super().documents()]

    def _is_article(self, data: Mapping[str, Any]) -> bool:
        """An article that nobody has annotated is one to run over."""
        return "text" in data and not {"label", "start", "end", "event", "type"} & data.keys()

    def take(self, line: Line | Problem) -> Iterator[Problem]:
        if isinstance(line, Problem):
            yield line
        else:
            yield from super().take(line)

    def _unknown_article(self, _line: Line, doc: Any) -> Iterator[Problem]:
        self._texts.setdefault(doc, None)
        yield from ()

    def _open_document(self, line: Line, data: dict[str, Any]) -> Iterator[Problem]:
        text = data.get("text")
        if text is not None and not isinstance(text, str):
            yield Problem("field-value", line.path, line.number, f"text is {type(text).__name__}, not a string")
            return
        published = data.get("published")
        if published is not None:
            if not isinstance(published, str) or not is_published(published):
                detail = f"published is {published!r}; expected YYYY, YYYY-MM or YYYY-MM-DD of the calendar, or null"
                yield Problem("source-value", line.path, line.number, detail)
                return
            self._published[data["doc"]] = published
        if isinstance(text, str):
            self._texts[data["doc"]] = text
        yield from super()._open_document(line, data)
        for zone in data.get("zones") or ():
            if isinstance(zone, dict):
                yield from self._take_zone(line, {"type": "zone", **zone, "doc": data["doc"]})
            else:
                yield Problem("field-value", line.path, line.number, f"zones holds {zone!r}, not an object")

    def _take_zone(self, line: Line, data: dict[str, Any]) -> Iterator[Problem]:
        if "kind" in data:
            data = {("zone" if key == "kind" else key): value for key, value in data.items()}
        try:
            zone = zone_of(data)
            doc = msgspec.convert(data.get("doc"), str)
            msgspec.convert({"kind": zone.kind, "start": zone.start, "end": zone.end}, Zone)
        except (KeyError, msgspec.ValidationError) as error:
            yield Problem("field-value", line.path, line.number, f"a zone has doc, zone, start and end: {error}")
            return
        problems = list(place_problems(line, data, self._texts.get(doc)))
        yield from problems
        if not problems:
            self._texts.setdefault(doc, None)
            self._open(doc)
            self._zones[doc].append(zone)
