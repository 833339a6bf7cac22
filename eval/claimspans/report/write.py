"""A report as files: the page, and every error beside it where the page lists only a part of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Unpack

from ..data.files import write_text
from ..data.problems import ClaimspansError
from ..data.records import Document
from ..data.schema import Schema, given_schema
from ..scoring.inputs import Reading
from ..scoring.score import score
from .html import MOST, Found, System, find, render
from .page import LETTERS


def write_report(
    out: PathLike[str] | str,
    gold: Any,
    predictions: Any,
    *,
    schema: Schema | PathLike[str] | str | None = None,
    **reading: Unpack[Reading],
) -> list[Path]:
    """Write the report of one system, or of two side by side, and say which files were written.

    Gold, predictions and what follows are whatever `claimspans.score` takes; two systems, or one under a name of its
    own, are a mapping of names to predictions. The first file is ``out``, one HTML page that works from disk. Where
    that lists but a sample of the errors, the second, with the ending ``.errors.jsonl``, has each of them as a line of
    JSON. Raises `ClaimspansError` for more than two systems, and what `claimspans.score` raises.
    """
    named = predictions if isinstance(predictions, Mapping) else {_name(predictions): predictions}
    if not 0 < len(named) <= len(LETTERS):
        raise ClaimspansError(f"a report shows one system or two; got {len(named)}")
    own = given_schema(schema)
    systems = [scored_system(name, gold, told, own, **reading) for name, told in named.items()]
    documents = systems[0].gold
    found = find(documents, systems)
    target = Path(out)
    beside = target.with_name(f"{target.stem}.errors.jsonl")
    sampled = len(found.places) > MOST
    # The page is written last: it names the file beside.
    if sampled:
        errors = _errors(found, documents, systems)
        write_text(beside, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in errors))
    write_text(target, render(documents, systems, found=found, beside=beside.name))
    return [target, beside] if sampled else [target]


def scored_system(name: str, gold: Any, predictions: Any, schema: Schema | None, **reading: Unpack[Reading]) -> System:
    """A system with its score, of whatever `claimspans.score` takes."""
    result = score(gold, predictions, schema=schema, **reading)
    pairs = result.task.both_documents()
    return System(name, {answer.doc: answer for _, answer in pairs}, result)


def outcome_records(systems: list[System]) -> Iterator[dict[str, Any]]:
    """Every outcome of every system for other programs."""
    for system in systems:
        for document in system.gold:
            for outcome in system.result.outcomes(document, system.predictions.get(document.doc)):
                yield {"system": system.name} | outcome.to_dict(document.text)


def _errors(found: Found, gold: Sequence[Document], systems: Sequence[System]) -> Iterator[dict[str, Any]]:
    texts = {document.doc: document.text for document in gold}
    for place in found.places:
        for system, side in zip(systems, place.sides, strict=True):
            for outcome in side:
                if outcome.wrong:
                    yield {"system": system.name} | outcome.to_dict(texts[outcome.doc])


def _name(predictions: Any) -> str:
    return str(predictions) if isinstance(predictions, PathLike | str) else "predictions"
