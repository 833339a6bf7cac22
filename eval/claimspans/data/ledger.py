"""The claims of all articles as one flat table: who holds that what went where, when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from .records import Claim, Document, Span


class Entry(msgspec.Struct, frozen=True):
    """A row for each item or quantity of a claim; lists are joined by "; ", what is not known is empty."""

    doc: str
    claim: str
    event: str
    status: str
    stance: str
    certainty: str
    holders: str
    via: str
    supplier: str
    recipient: str
    user: str
    parties: str
    quantity: str
    value: float | None
    comparator: str
    upper: float | None
    unit: str
    relation: str
    item: str
    category: str
    when: str
    edtf: str
    target: str
    same_as: str
    paragraph: str


COLUMNS = Entry.__struct_fields__


def entries(documents: Iterable[Document]) -> Iterator[Entry]:
    """The rows in reading order of the articles' claims."""
    for document in documents:
        spans = {span.id: span for span in document.spans if span.id is not None}
        for claim in document.claims:
            yield from _rows(document, claim, spans)


def _rows(document: Document, claim: Claim, spans: dict[str, Span]) -> Iterator[Entry]:
    def attribute(reference: str | None, name: str) -> str:
        value = spans[reference].attributes.get(name) if reference in spans else None
        return "" if value is None else str(value)

    def number(reference: str | None, name: str) -> float | None:
        value = spans[reference].attributes.get(name) if reference in spans else None
        return value if isinstance(value, int | float) else None

    def words(reference: str | None) -> str:
        return " ".join((spans[reference].text or "").split()) if reference in spans else ""

    anchor = next((spans[name] for _, name, kind in claim.references() if kind != "claim" and name in spans), None)
    dates = [spans[name] for name in claim.when if name in spans]
    for row in claim.cargo or (None,):
        item, quantity = (row.item, row.quantity) if row is not None else (None, None)
        yield Entry(
            doc=document.doc,
            claim=claim.id or "",
            event=claim.event,
            status=claim.status or "",
            stance=claim.stance or "",
            certainty=claim.certainty or "",
            holders="; ".join(dict.fromkeys(attribute(name, "entity") for name in claim.holders)),
            via="; ".join(dict.fromkeys(attribute(name, "entity") for name in claim.via)),
            supplier=claim.supplier or "",
            recipient=claim.recipient or "",
            user=claim.user or "",
            parties="; ".join(claim.parties),
            quantity=words(quantity),
            value=number(quantity, "value"),
            comparator=attribute(quantity, "comparator"),
            upper=number(quantity, "upper"),
            unit=attribute(quantity, "unit"),
            relation=(row.relation if row is not None else None) or "",
            item=words(item),
            category=attribute(item, "category"),
            when="; ".join(f"{date.attributes.get('signal') or ''} {words(date.id)}".strip() for date in dates),
            edtf="; ".join(str(date.attributes.get("edtf") or "") for date in dates),
            target=claim.target or "",
            same_as=claim.same_as or "",
            paragraph=_paragraph(document.text or "", anchor),
        )


def _paragraph(text: str, span: Span | None) -> str:
    """The paragraph that a span stands in; empty for a claim that no span marks."""
    if span is None:
        return ""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return text[start : end if end >= 0 else len(text)].strip()
