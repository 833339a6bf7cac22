"""An extractor over the articles, its predictions written to a run folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from .extractors import Extractor
from .predictions import PREDICTIONS
from .problems import ClaimspansError
from .records import Document, nested_record, to_line, write_text


def run(
    extractor: Extractor,
    documents: Iterable[Document],
    folder: Path | str,
    done: Callable[[Document], None] | None = None,
) -> list[Document]:
    """Run an extractor and write ``folder/predictions.jsonl``, an article a line, whole or not at all.

    ``done`` is called with each article's predictions. Raises `ClaimspansError` when the folder is a file.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise ClaimspansError(f"{folder}: is a file; expected a folder to write {PREDICTIONS} into")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ClaimspansError(f"{folder}: cannot be made: {error.strerror}; name another folder") from error
    predicted = []
    for document in extractor(documents):
        predicted.append(document)
        if done is not None:
            done(document)
    write_text(folder / PREDICTIONS, "".join(to_line(nested_record(document)) for document in predicted))
    return predicted
