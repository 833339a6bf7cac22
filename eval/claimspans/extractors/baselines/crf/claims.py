"""Claims from found spans: in each sentence one for each kind of event that a word names, filled by simple rules.

The word lists are of somebody who had read the articles. Nothing is learned, restatements and targets are not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ....data.records import Cargo, Claim, Span
from ..rules import parse
from ..rules.lexicon import COUNTRY_OF

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_RECEIVING = frozenset({"receive", "procure", "import", "buy", "purchase", "acquire", "obtain", "get"})
_SENDING = frozenset(
    {"send", "ship", "supply", "deliver", "provide", "transfer", "export", "sell", "transport", "give"}
)
_EVENTS = {
    "transfer": _RECEIVING | _SENDING | {"shipment", "delivery", "transaction"},
    "use": frozenset({"use", "fire", "launch", "test", "deploy", "strike"}),
    "cooperation": frozenset({"cooperation", "cooperate", "partnership", "treaty", "agreement", "deal", "pact"}),
}
_PACKAGES = frozenset({"container", "crate", "box"})
_COUNTRY = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, sorted(COUNTRY_OF, key=len, reverse=True)))})(?!\w)", re.IGNORECASE
)
_BETWEEN = re.compile(r"[^.;:!?]{0,60}")


class _Party(NamedTuple):
    country: str
    start: int
    before: str
    """The word before the name, or the preposition before its article."""


def claims(text: str, spans: Sequence[Span]) -> tuple[Claim, ...]:
    """The claims of an article; they refer to the spans by their ids, and need their attributes."""
    found: list[Claim] = []
    for sentence in parse(text).sents:
        inside = [span for span in spans if sentence.start_char <= span.start < sentence.end_char]
        for event, words in _triggers(sentence).items():
            claim = _claim(text, event, words, inside)
            if claim is not None:
                found.append(msgspec.structs.replace(_completed(claim, found), id=f"c{len(found) + 1}"))
    return tuple(found)


def _triggers(sentence: Sentence) -> Mapping[str, list[Token]]:
    """The words of a sentence that name an event, by kind; a cooperation only where nothing is sent or used."""
    found = {
        event: [token for token in sentence if token.lemma_.lower() in lemmas and token.pos_ in ("VERB", "NOUN")]
        for event, lemmas in _EVENTS.items()
    }
    if found["transfer"] or found["use"]:
        del found["cooperation"]
    return {event: tokens for event, tokens in found.items() if tokens}


def _claim(text: str, event: str, words: Sequence[Token], spans: Sequence[Span]) -> Claim | None:
    sentence = words[0].sent
    parties = list(_parties(text, sentence, spans))
    by_label = {label: [span for span in spans if span.label == label] for label in {span.label for span in spans}}
    cargo = tuple(_cargo(text, by_label.get("ITEM", []), by_label.get("QUANTITY", [])))
    if event == "cooperation":
        names = tuple(sorted({party.country for party in parties}))
        if len(names) < 2:
            return None
        claim = Claim(event=event, parties=names)
    else:
        if not cargo or (event == "use" and not any(row.item for row in cargo)):
            return None
        claim = msgspec.structs.replace(_roles(event, words[0], parties), cargo=cargo)
    cues = sorted(by_label.get("STANCE", []), key=lambda cue: abs(cue.start - words[0].idx))
    inner = cues[0].attributes if cues else {}
    outer = [name for cue in cues[1:] for name in _names(cue)]
    return msgspec.structs.replace(
        claim,
        status=_status(words[0]),
        stance=inner.get("stance", "assertion"),
        certainty=inner.get("certainty", "certain"),
        cue=cues[0].id if cues else None,
        holders=_names(cues[0]) if cues else (),
        via=tuple(dict.fromkeys(name for name in outer if name not in _names(cues[0]))),
        when=tuple(
            span.id for span in by_label.get("DATE", []) if span.id and span.attributes.get("date_role") == "event"
        ),
    )


def _names(cue: Span) -> tuple[str, ...]:
    speakers = cue.attributes.get("speakers")
    return speakers if isinstance(speakers, tuple) else ()


def _parties(text: str, sentence: Sentence, spans: Sequence[Span]) -> Iterator[_Party]:
    """The countries of a sentence that do not speak in it."""
    speakers = [span for span in spans if span.label == "SPEAKER"]
    for match in _COUNTRY.finditer(text, sentence.start_char, sentence.end_char):
        if not any(span.start < match.end() and match.start() < span.end for span in speakers):
            before = re.findall(r"\w+", text[sentence.start_char : match.start()].lower())
            before = before[:-1] if before[-1:] in (["the"], ["a"]) else before
            yield _Party(COUNTRY_OF[match[0].lower()], match.start(), before[-1] if before else "")


def _roles(event: str, word: Token, parties: Sequence[_Party]) -> Claim:
    """The event with who does it to whom: by preposition, else the last country before the word is its subject."""
    source = next((party.country for party in parties if party.before == "from"), None)
    goal = next((party.country for party in parties if party.before == "to"), None)
    agents = [party.country for party in parties if party.before == "by"]
    agents += [
        party.country
        for party in reversed(parties)
        if party.start < word.idx and party.before not in ("from", "to", "in", "of", "with", "against", "on")
    ]
    agent = agents[0] if agents else None
    if event == "use":
        return Claim(event=event, user=agent)
    if word.lemma_.lower() in _RECEIVING:
        return Claim(event=event, supplier=source, recipient=goal or (agent if agent != source else None))
    return Claim(event=event, supplier=source or (agent if agent != goal else None), recipient=goal)


def _completed(claim: Claim, earlier: Sequence[Claim]) -> Claim:
    """A party that the sentence does not name is that of the last claim of this kind that agrees with the rest."""
    for other in reversed(earlier):
        pairs = [(getattr(claim, role), getattr(other, role)) for role in ("supplier", "recipient", "user")]
        if other.event == claim.event and all(own is None or own == theirs for own, theirs in pairs):
            return msgspec.structs.replace(claim, supplier=pairs[0][1], recipient=pairs[1][1], user=pairs[2][1])
    return claim


def _cargo(text: str, items: Sequence[Span], quantities: Sequence[Span]) -> Iterator[Cargo]:
    """Each item with the last quantity before it, if no other sentence part stands between; then other quantities."""
    used = set()
    for item in items:
        before = [quantity for quantity in quantities if quantity.end <= item.start]
        nearest = max(before, key=lambda quantity: quantity.end, default=None)
        if nearest is not None and _BETWEEN.fullmatch(text, nearest.end, item.start):
            used.add(nearest.id)
            yield Cargo(item=item.id, quantity=nearest.id, relation=_relation(nearest))
        else:
            yield Cargo(item=item.id)
    for quantity in quantities:
        if quantity.id not in used and quantity.attributes.get("measure") != "amount":
            yield Cargo(quantity=quantity.id)


def _relation(quantity: Span) -> str | None:
    if quantity.attributes.get("measure") == "capacity":
        return "could_hold"
    if quantity.attributes.get("measure") == "ratio":
        return None
    return "contains" if quantity.attributes.get("unit") in _PACKAGES else "counts"


def _status(word: Token) -> str:
    """By the form of the verb; a noun has happened."""
    helpers = {child.lower_ for child in word.children if child.dep_ in ("aux", "auxpass")}
    if helpers & {"will", "would", "'ll"} or word.head.lemma_ in ("seek", "plan", "want", "intend", "negotiate"):
        return "planned"
    if word.tag_ == "VBG" or (word.tag_ in ("VBP", "VBZ") and not helpers):
        return "ongoing"
    return "occurred"
