"""What every harness asks of a model, what the model's words say, and what that counts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from ...data.corpus import load
from ...data.layer import Layer
from ...data.records import Document, Failure
from ...data.schema import default_schema
from ...extractors import Refused, Setting, article_of, parse, read_answer
from ...extractors.openai.answers import Said, joined, read_content
from ...extractors.openai.extractor import prompt_for, references_of
from ...extractors.openai.prompt import Prompt
from ...extractors.registry import options_of
from ...scoring.counts import f1, ratio
from ...scoring.score import score
from ...text.windows import Window


class Tally(msgspec.Struct, frozen=True):
    """Spans under the scheme strict: right, spurious or wrong, missed or wrong. Tallies of articles add."""

    tp: int
    fp: int
    fn: int


@cache
def gold() -> Layer:
    """The articles with their gold annotations."""
    return load()


@cache
def articles() -> Mapping[str, Document]:
    """The same by id."""
    return {document.doc: document for document in gold()}


@cache
def prompt(shots: int = 0) -> Prompt:
    """What ``openai:`` tells a model too; raises `ClaimspansError` for a number of examples that cannot be."""
    options = options_of(parse("openai:http://localhost#MODEL"), {"shots": shots})
    return prompt_for(options, Setting.of(default_schema()))


def answered(document: Document, said: str) -> Document:
    """What a model's words say of an article, read as those of ``openai:`` are; without spans where they say nothing.

    Only ``document``'s text and id are looked at. The status of what comes back is failed where the words are no
    answer; what is wrong in an answer is in ``rejected``, and counts as spurious.
    """
    article, schema = article_of(document), default_schema()
    try:
        content = read_content(said, claims=prompt().claims)
        answer = joined([Said(Window(0, len(article.text), article.text), content)], references_of(schema))
        return read_answer(article, answer, schema).document
    except (ValueError, Refused) as error:
        failure = Failure(kind="invalid", detail=error.detail if isinstance(error, Refused) else str(error))
        return Document(doc=document.doc, text=document.text, status="failed", error=failure)


def tally(document: Document, answer: Document) -> Tally:
    """What our scorer counts for one article."""
    counts = score([document], [answer], schema=default_schema(), schemes=("strict",))["strict"].micro
    return Tally(tp=counts.COR, fp=counts.ACT - counts.COR, fn=counts.POS - counts.COR)


def precision(tallies: Iterable[tuple[float, float, float]]) -> float:
    """Right over predicted, from (tp, fp, fn) added over articles; NaN without predictions."""
    tp, fp, _ = _added(tallies)
    return _number(ratio(tp, tp + fp))


def recall(tallies: Iterable[tuple[float, float, float]]) -> float:
    """Right over gold, from (tp, fp, fn) added over articles; NaN without gold."""
    tp, _, fn = _added(tallies)
    return _number(ratio(tp, tp + fn))


def f_score(tallies: Iterable[tuple[float, float, float]]) -> float:
    """F1 from (tp, fp, fn) added over articles; NaN where there is neither gold nor prediction."""
    tp, fp, fn = _added(tallies)
    return _number(f1(ratio(tp, tp + fp), ratio(tp, tp + fn)))


def _added(tallies: Iterable[tuple[float, float, float]]) -> tuple[float, float, float]:
    tp, fp, fn = (sum(column) for column in zip((0, 0, 0), *tallies, strict=True))
    return tp, fp, fn


def _number(value: float | None) -> float:
    """Harnesses want a number: NaN is the one that does not look like a result."""
    return math.nan if value is None else value
