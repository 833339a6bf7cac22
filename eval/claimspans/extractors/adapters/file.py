"""``file:predictions.jsonl``: what a system has said already, as if it were run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from ...data.hashes import hash_of
from ...data.lines import Line, scan
from ...data.predictions import predictions_path
from ...data.problems import InputError, Problem
from ..contract import Answer, Article
from ..registry import Loaded, Setting


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing can be set."""


def load(target: str, _options: Options, _setting: Setting) -> Loaded:
    """The answers by article; raises `InputError` for lines that are no records, as a file that nobody will mend."""
    path = predictions_path(target)
    lines = list(scan(path))
    problems = [line for line in lines if isinstance(line, Problem) and line.id != "file-empty"]
    if problems:
        raise InputError(problems)
    answers: dict[str, dict[str, list[object]]] = {}
    for line in lines:
        if isinstance(line, Line):
            problems += _take(line, answers)
    if problems:
        raise InputError(problems)

    def answer(articles: Sequence[Article]) -> Iterator[Answer]:
        for article in articles:
            yield {"doc": article.doc, "spans": [], **answers.pop(article.doc, {})}

    return Loaded(answer, {"predictions": hash_of(path)}, batch=64, workers=1)


def _take(line: Line, answers: dict[str, dict[str, list[object]]]) -> list[Problem]:
    data = line.data
    doc = data.get("doc")
    if not isinstance(doc, str):
        return [Problem("field-missing", line.path, line.number, "doc, which says of which article it is")]
    found = answers.setdefault(doc, {"spans": [], "claims": []})
    if "spans" in data or "quotes" in data:
        for field in ("spans", "quotes", "claims"):
            if isinstance(data.get(field), list):
                found.setdefault(field, []).extend(data[field])
    else:
        kind = "claims" if data.get("type") == "claim" else "spans"
        found[kind].append({key: value for key, value in data.items() if key != "doc"})
    return []
