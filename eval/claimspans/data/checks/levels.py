"""Layer → problems, level by level, as in the validator of Universal Dependencies: a higher one waits for the lower."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..corpus import Corpus, record_files
from ..lines import Line
from ..predictions import read_predictions
from ..problems import InputError, Problem, show_path
from ..records import Document
from . import guidelines, references
from .sheet import Sheet
from .structure import annotation_lines


def check(
    target: Path | str = "gold", corpus: Corpus | None = None, *, levels: int = 5, predictions: bool = False
) -> list[Problem]:
    """Every problem of an annotation layer (by name or folder) or an annotation file, or of a predictions file.

    Levels: 1 file and JSON, 2 schema, 3 offsets, quotes, hashes and ids, 4 cross-references and overlaps,
    5 the guidelines, where they are the project's; predictions are not held to them. An article that was edited is a
    problem of any target.
    Raises `ClaimspansError` for a layer that is not there.
    """
    corpus = corpus or Corpus()
    path = Path(target)
    if wrong := check_articles(corpus):
        return [problem for problem in wrong if problem.kind.level <= levels]
    if predictions:
        return [problem for problem in check_predictions(path, corpus)[0] if problem.kind.level <= levels]
    if path.is_file() or (path.suffix and not path.is_dir()):
        return list(check_file(path, corpus, levels))
    return list(check_layer(corpus.layer_path(str(target)), corpus, levels))


def check_articles(corpus: Corpus) -> list[Problem]:
    """What is wrong with the articles themselves and with ``sources.jsonl``."""
    try:
        corpus.texts  # noqa: B018 -- reads them
    except InputError as error:
        return error.problems
    first: dict[str, str] = {}
    for doc, source in corpus.sources.items():
        first.setdefault(source.sha256, doc)
    return [
        Problem("text-repeated", show_path(corpus.sources_path), None, f"{doc} is the text of {first[source.sha256]}")
        for doc, source in corpus.sources.items()
        if first[source.sha256] != doc
    ]


def check_predictions(path: Path | str, corpus: Corpus) -> tuple[list[Problem], list[Document]]:
    """The problems of a predictions file or a run folder, and its articles where there are none at any level."""
    try:
        return [], read_predictions(path, corpus.schema, corpus.texts)
    except InputError as error:
        return error.problems, []


def check_file(path: Path | str, corpus: Corpus, levels: int = 5) -> Iterator[Problem]:
    """The problems of one annotation file, level by level."""
    path = Path(path)
    yield from _check(path, corpus, levels)[0]


def check_layer(folder: Path | str, corpus: Corpus, levels: int = 5) -> Iterator[Problem]:
    """The problems of a layer: of each file, and of the files together. An article without a file is yet to come."""
    folder = Path(folder)
    sheets: list[Sheet] = []
    for path in record_files(folder):
        problems, sheet = _check(path, corpus, levels)
        yield from problems
        if sheet is not None:
            sheets.append(sheet)
    if levels >= 4 and corpus.schema.has_our_guidelines:
        yield from references.across(sheets)


def _check(path: Path, corpus: Corpus, levels: int) -> tuple[list[Problem], Sheet | None]:
    problems: list[Problem] = []
    lines: list[Line] = []
    for line in annotation_lines(path, corpus.schema, corpus.articles, min(levels, 3)):
        if isinstance(line, Line):
            lines.append(line)
        else:
            problems.append(line)
    if problems or levels < 4:
        return problems, None
    sheet = Sheet.of(lines, corpus.texts)
    problems += references.within(sheet, corpus.schema)
    if not problems and levels >= 5:
        problems += guidelines.problems(sheet) if corpus.schema.has_our_guidelines else guidelines.blanks(sheet)
    return problems, sheet
