"""How far a system agrees with itself: the first articles run again, apart from the run that they belong to."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ...data.manifest import read_manifest
from ...data.predictions import PREDICTIONS, read_predictions
from ...data.records import Document
from ...scoring.score import score
from ..openai.cache import NO_CACHE
from . import run

SAMPLE = 10
"""Articles that are run again."""


def repeat(
    uri: str, documents: Sequence[Document], folder: Path, times: int, settings: Mapping[str, Any]
) -> dict[str, Any]:
    """Over how many ``articles``, the first that a run has done, and ``strict_f1`` between it and each further run.

    There are ``times - 1`` of these; ``settings`` are the keyword arguments of `claimspans.run`. It goes into the
    manifest too.
    """
    texts = {document.doc: document.text for document in documents}

    def read(path: Path) -> list[Document]:
        found = read_predictions(path / PREDICTIONS, settings["schema"], texts)
        return [Document(doc=one.doc, text=one.text, spans=one.spans) for one in found[:SAMPLE]]

    first = read(folder)
    done = {one.doc for one in first}
    sample = [document for document in documents if document.doc in done]
    figures: list[float | None] = []
    with tempfile.TemporaryDirectory(prefix="claimspans-") as whole, _no_cache():
        for number in range(1, times):
            again = Path(whole) / str(number)
            run(uri, sample, again, **settings)
            result = score(first, read(again), schema=settings["schema"], schemes=["strict"])
            figures.append(result["strict"].micro.f1)
    agreement = {"articles": len(sample), "strict_f1": figures}
    manifest = read_manifest(folder)
    if manifest is not None:
        manifest.result["repeat"] = agreement
        manifest.write(folder)
    return agreement


@contextmanager
def _no_cache() -> Iterator[None]:
    """An answer that was kept is no second answer."""
    before = os.environ.get(NO_CACHE)
    os.environ[NO_CACHE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[NO_CACHE]
        else:
            os.environ[NO_CACHE] = before
