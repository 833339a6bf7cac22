"""Every disagreement of annotation layers in reading order, with its sentence, ready for adjudication."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...data.corpus import schema_of
from ...data.records import Document
from ...data.schema import Schema
from ..side_by_side import side_by_side
from .article import Article
from .claims import claim_differences
from .record import Difference, Reading
from .spans import span_differences, zone_differences

__all__ = ["Difference", "Reading", "differences", "markdown"]


def differences(
    first: Sequence[Document],
    second: Sequence[Document],
    *more: Sequence[Document],
    schema: Schema | None = None,
) -> list[Difference]:
    """Every disagreement of two or more layers, by article in the order of the first, then by offset.

    A place is a span of the first layer that has it, with the spans that the later layers pair with it: equal ones,
    then as the scorer's ``type`` alignment does. Claims are paired as the scorer pairs them. Unlike in scores the
    zones and a claim's ``target`` and ``same_as`` are compared too. Raises `ClaimspansError` for layers of different
    articles.
    """
    schema = schema or schema_of(first, second, *more)
    beside = side_by_side((first, second, *more))
    found = []
    for documents in beside.articles:
        article = Article(beside.names, documents)
        here = [*zone_differences(article), *span_differences(article, schema), *claim_differences(article)]
        found += sorted(here, key=lambda each: (each.start, each.end))
    return found


def markdown(found: Iterable[Difference], decided: Sequence[tuple[str, str]] = ()) -> str:
    """The disagreements as a table, in the form of ``annotations/adjudication.md``, with room for decisions.

    ``decided`` has the decision and its reason for the disagreement at the same position.
    """
    found = list(found)
    names = found[0].layers if found else ()
    lines = [f"| {' | '.join(('article', 'place', *names, 'decision', 'why'))} |", f"|{' --- |' * (len(names) + 4)}"]
    for number, each in enumerate(found):
        field = f", `{each.field}`" if each.field else ""
        place = f"{each.ids} {each.place}{field}" + (f" ({each.sentence})" if each.sentence else "")
        words = ["–" if reading is None else reading.words for reading in each.readings]
        filled = decided[number] if number < len(decided) else ("", "")
        cells = [" ".join(cell.split()).replace("|", "\\|") for cell in (each.doc, place, *words, *filled)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
