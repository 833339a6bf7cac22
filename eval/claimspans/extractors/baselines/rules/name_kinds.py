"""Which kind of source a name stands for, and which short name is a part of a longer one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import quotatives, states
from .genders import is_first_name
from .kinds import kind_before, kind_of_name
from .phrases import phrase
from .source_words import NAME_KIND_OF, OFFICES, PEOPLE, TITLES
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

    from .antecedents import Identity

_PRESS = re.compile(r"(?:\w+-)?\w*(?:press|wire|inform|news|post|tass|pravda|radio|tv|fax(?:-\w+)?)", re.IGNORECASE)
_PRINTING = words("report write cite quote print publish carry reveal")
"""What a paper does whose name has an article: "the Evening Lamp cites a deserter"."""


def kind_of_named(head: Token, span: TokenSpan, text: str, full_names: Mapping[str, str]) -> str:
    """The kind of source that a name stands for, by its words, those around it and its place."""
    if (said := kind_of_name(text) or kind_before(span)) is not None:
        return said
    for word in reversed(re.split(r"[ -]", text)):
        if (kind := NAME_KIND_OF.get(word.lower())) is not None:
            return kind
    if " " not in text and _PRESS.fullmatch(text):
        return "media"
    outside = [word for word in phrase(head) if head.ent_type_ != "ORG" or word not in span]
    around = [word.lower_ for word in outside]
    if "&" in text:
        return "organisation"
    before = head.doc[max(0, span.start - 2) : span.start].text
    if text.isupper() and len(span) == 1 and states.of(head.doc).named(before):
        return "body"
    titled = span.start > 0 and span[0].nbor(-1).lower_ in TITLES
    if text.isupper() and len(span) == 1 and text.title() not in full_names and not titled:
        return next((NAME_KIND_OF[word] for word in reversed(around) if word in NAME_KIND_OF), "organisation")
    article = span.start > 0 and span[0].nbor(-1).lower_ == "the" and len(span) == 1
    if article and span.text.title() not in full_names and TITLES.isdisjoint(around):
        return "media" if head.tag_ == "NNP" else "organisation"
    if len(span) > 1 and is_first_name(span[0].text):
        return "person"
    if len(span) > 1 and span.start > 0 and span[0].nbor(-1).lower_ == "the":
        return "media" if head.head.lemma_ in _PRINTING else "organisation"
    if any(word in TITLES or word in OFFICES or word in PEOPLE for word in around) or head.ent_type_ == "PERSON":
        return "person"
    if text.title() in full_names or (len(span) > 1 and head.ent_type_ not in ("ORG", "GPE", "LOC", "FAC")):
        return "person"
    quoting = head.i in quotatives.sources_of(head.doc) and len(span) == 1
    if quoting and not article and any(mark in head.sent.text for mark in '“"«”'):
        return "person"
    if any(word in NAME_KIND_OF for word in around):
        return next(NAME_KIND_OF[word] for word in reversed(around) if word in NAME_KIND_OF)
    return "organisation" if head.ent_type_ in ("ORG", "LOC", "FAC", "") or len(span) > 1 else "person"


def is_part(short: str, kind: str, whole: Identity) -> bool:
    """Whether a short name is the beginning or the end of a longer one: "Vostrik" of Vostrik Logistics."""
    if short == whole.entity:
        return kind == "organisation" and whole.kind == "body"  # "the HVU", elsewhere "the Talvian HVU"
    begins = whole.entity.startswith(f"{short} ")
    if kind == whole.kind:
        return begins or whole.entity.endswith(f" {short}")
    return " " not in short and begins and whole.kind in ("organisation", "body") and kind in ("person", "organisation")


def ministry_of(span: TokenSpan) -> str | None:
    """The name of a ministry that is described in small letters: "the Talvian foreign ministry"."""
    plain = [word for word in span if not states.of(span.doc).named(word.text) and word.tag_ != "POS"]
    lemma = span.root.lemma_.lower()
    if len(plain) < 2:
        return None
    called = lemma == "ministry" or (lemma == "office" and plain[-2].lower_ in ("foreign", "war", "home"))
    if not called or span.root.tag_ == "NNS" or not plain[0].text.islower():
        return None
    return " ".join(word.text if word.pos_ in ("ADP", "CCONJ", "DET") else word.text.capitalize() for word in plain)
