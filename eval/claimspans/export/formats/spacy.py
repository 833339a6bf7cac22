"""spaCy's DocBin: an article a Doc, its text whole, so that offsets of predictions are those of the article."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ...data.problems import ClaimspansError
from ...data.records import Document, Value, claim_record
from .task import IN_ZONES, OVERLAPPING, Part, Task, flat, in_zone

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SPANS = "sc"
"""spaCy's own default key of ``doc.spans`` for its span categoriser."""
ZONES = "zones"


def export(task: Task) -> Part:
    """The Docs of the articles, with everything that the gold says in ``doc.user_data``.

    ``doc.spans["sc"]`` has every span, those that overlap too, its ``id_`` the record's; ``doc.ents`` of those that
    overlap the longest. Tokens in a zone are missing values of ``doc.ents``: spaCy neither trains on them nor counts
    what is predicted there; ``doc.spans["zones"]`` has the zones. Tokens are those of spaCy's English, but cut where
    a span begins or ends inside one or its blank, so that no span is lost. Raises `ClaimspansError` without spaCy.
    """
    try:
        import spacy
        from spacy.tokens import DocBin
    except ImportError as error:
        raise ClaimspansError("the format spacy needs spaCy: pip install 'claimspans[spacy]'") from error
    language = spacy.blank("en")
    dropped: Counter[str] = Counter()
    bin_ = DocBin(store_user_data=True)
    for document in task.documents:
        bin_.add(_doc(document, language, dropped))
    return Part(bin_.to_bytes(), dropped)


def _doc(document: Document, language: Language, dropped: Counter[str]) -> Doc:
    from spacy.tokens import Doc, Span

    starts, ends = {span.start for span in document.spans}, {span.end for span in document.spans}
    pieces = list(_pieces(language.make_doc(document.text or ""), starts, ends))
    doc = Doc(language.vocab, [words for words, _ in pieces], [space for _, space in pieces])

    def made(start: int, end: int, label: str, ident: str | None = None) -> Span:
        found = doc.char_span(start, end, label=label, span_id=ident or "", alignment_mode="expand")
        if found is None:
            raise ClaimspansError(f"{document.doc}: {label} {start}–{end} covers no token; mend its offsets")
        return found

    by_place = sorted(document.spans, key=lambda span: span.order)
    doc.spans[SPANS] = [made(span.start, span.end, span.label, span.id) for span in by_place]
    zones = sorted(document.zones, key=lambda zone: zone.start)
    doc.spans[ZONES] = [made(zone.start, zone.end, zone.kind) for zone in zones]
    read = [span for span in by_place if not in_zone(document, span)]
    kept = list(flat(read))
    dropped[IN_ZONES] += len(by_place) - len(read)
    dropped[OVERLAPPING] += len(read) - len(kept)
    ents = [made(span.start, span.end, span.label, span.id) for span in kept]
    inside = {token for span in ents for token in range(span.start, span.end)}
    unread = {token for zone in doc.spans[ZONES] for token in range(zone.start, zone.end)} - inside
    doc.set_ents(ents, missing=[doc[token : token + 1] for token in sorted(unread)], default="outside")
    doc.user_data["doc"] = document.doc
    doc.user_data["attributes"] = [_plain(span.attributes) for span in by_place]
    doc.user_data["claims"] = [claim_record(document.doc, claim) for claim in document.claims]
    return doc


def _plain(attributes: Mapping[str, Value]) -> dict[str, object]:
    """Tuples as lists, as msgpack stores them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in attributes.items()}


def _pieces(doc: Doc, starts: set[int], ends: set[int]) -> Iterator[tuple[str, bool]]:
    """The tokens, cut at the edges of spans, each with whether a blank follows that is no token of its own."""
    for token in doc:
        end = token.idx + len(token.text)
        inside = (place for place in range(token.idx + 1, end) if place in starts or place in ends)
        marked = bool(token.whitespace_) and (end in starts or end + 1 in ends)
        for first, last in itertools.pairwise([token.idx, *inside, end]):
            yield (
                token.text[first - token.idx : last - token.idx],
                bool(token.whitespace_) and last == end and not marked,
            )
        if marked:
            yield token.whitespace_, False
