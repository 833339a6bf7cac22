"""Claims from found spans: one for each event that a word names, its holder, its parties and its cargo by the parse.

The spans may be another system's: what holds a claim is the innermost cue whose content the event is in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ....data.records import Cargo, Claim, Span
from .cargo import cargo_of, good, goods_of, one_cargo
from .cues import Reading, reading_of
from .main_parties import LONG, completed
from .negation import is_negated
from .parsing import parse
from .roles import ARRIVING, COOPERATING, RECEIVING, SENDING, USING, parties, roles
from .states import REAL, States
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_EVENTS = {"transfer": RECEIVING | SENDING | ARRIVING, "use": USING, "cooperation": COOPERATING}
_NOUNS = (
    words(
        "shipment delivery transaction sale receipt transfer export import use launch test gift order "
        "purchase lease loan "
        "handover acquisition procurement donation supply"
    )
    | COOPERATING
)
_ACTS = ARRIVING | words(
    "take pass offer grant return get hand fly strike drop accept lend give shell shoot promise pledge rent forward"
)
"""Verbs of much else: only with an item of their own do they name an event."""
_PLANNING = words(
    "seek plan want intend negotiate hope prepare agree offer promise pledge try aim attempt expect "
    "consider order due vow threaten"
)
_PLANS = words(
    "negotiate plan negotiation plan talk discuss contract licence license approve authorise authorize tender"
)
_PLANNED = words("order promise pledge offer contract")
_PRO_FORMS = words("them more some these those ones rest others both all any none they many several")
_ENTERTAINING = frozenset(("rule", "if", "whether", "consider", "possible", "possibility"))
_ANSWERING = frozenset(("denial", "dispute", "confirmation", "evasion"))


class _Holder(NamedTuple):
    cue: Span | None
    speakers: tuple[str, ...]
    via: tuple[str, ...]


def claims(text: str, spans: Sequence[Span], known: States = REAL) -> tuple[Claim, ...]:
    """The claims of an article; they refer to the spans by their ids, and need their attributes."""
    parsed = parse(text, known)
    reading = reading_of(parsed)
    found: list[Claim] = []
    entities = {span.id: str(span.attributes.get("entity")) for span in spans if span.label == "SPEAKER" and span.id}
    goods = {span.id: good(span) for span in spans if span.id and span.label in ("ITEM", "QUANTITY")}
    read = [claim for word, event in _events(parsed) if (claim := _claim(parsed, reading, word, event, spans))]
    if len(text) > LONG:
        read = completed(read, spans)
    for claim in read:
        filled = _completed(claim, found)
        if not (filled.cargo or filled.supplier or filled.recipient or filled.user or filled.parties):
            continue
        related = _related(filled, found, entities, goods)
        if not any(_same(related, other) for other in found):
            found.append(msgspec.structs.replace(related, id=f"c{len(found) + 1}"))
    return tuple(found)


def _events(parsed: Doc) -> Iterator[tuple[Token, str]]:
    """The words that name an event; a cooperation only in a sentence where nothing is sent or used."""
    for sentence in parsed.sents:
        found = [
            (token, event)
            for token in sentence
            for event, lemmas in _EVENTS.items()
            if token.lemma_.lower() in lemmas and _is_event(token)
        ]
        others = any(event != "cooperation" for _, event in found)
        yield from ((token, event) for token, event in found if event != "cooperation" or not others)


def _is_event(token: Token) -> bool:
    if token.lemma_ in ("turn", "sign") and not any(child.lower_ == "over" for child in token.children):
        return False
    if token.pos_ == "VERB":
        return token.dep_ not in ("amod", "compound")
    return token.pos_ == "NOUN" and token.lemma_.lower() in _NOUNS and token.dep_ != "compound"


def _claim(parsed: Doc, reading: Reading, word: Token, event: str, spans: Sequence[Span]) -> Claim | None:
    sentence = word.sent
    inside = [span for span in spans if sentence.start_char <= span.start < sentence.end_char]
    items, quantities = (
        goods_of(parsed, word, [span for span in inside if span.label == label]) for label in ("ITEM", "QUANTITY")
    )
    beside_it = [span for span in inside if span.label == "ITEM" and span not in items]
    stands_for = _stands_for(word, spans) if not items and word.pos_ == "VERB" else None
    if stands_for is not None and stands_for.id:
        counted = quantities[0].id if quantities and quantities[0].attributes.get("measure") == "count" else None
        items, rows = (
            [stands_for],
            [Cargo(item=stands_for.id, quantity=counted, relation="counts" if counted else None)],
        )
    else:
        rows = list(cargo_of(parsed.text, items, quantities, beside_it))
    cargo = tuple(rows)
    if not cargo and ((event == "transfer" and word.lemma_ in _ACTS) or event == "use"):
        return None
    beside = parties(word, reading.identities)
    holder = _holder(reading, word, spans, inside)
    claim = Claim(event=event)
    if event == "cooperation":
        named = tuple(sorted({*beside.patients, *(name for name in beside[:3] if name), *_named(parsed, word)}))
        if len(named) < 2:
            return None
        claim = Claim(event=event, parties=named[:2])
    else:
        filled = roles(event, word, beside, has_goods=bool(items))
        if event == "transfer" and not cargo and not any(filled.values()) and word.pos_ != "NOUN":
            return None
        claim = msgspec.structs.replace(claim, cargo=cargo, **filled)
    cue = holder.cue.attributes if holder.cue is not None else {}
    stance = str(cue.get("stance", "denial" if is_negated(word) and holder.cue is None else "assertion"))
    return msgspec.structs.replace(
        claim,
        status=_status(word),
        stance=stance,
        certainty=str(cue.get("certainty", "certain")),
        cue=holder.cue.id if holder.cue is not None else None,
        holders=holder.speakers,
        via=holder.via,
        when=tuple(
            span.id
            for span in inside
            if span.label == "DATE" and span.id and span.attributes.get("date_role", "event") == "event"
        ),
    )


def _stands_for(word: Token, spans: Sequence[Span]) -> Span | None:
    """The item for which the pronoun stands that an event's verb has as its object or passive subject."""
    objects = [
        child
        for child in word.children
        if (child.dep_ in ("dobj", "nsubjpass") or (child.dep_ == "advmod" and child.lower_ == "more"))
        and (child.lower_ in _PRO_FORMS or (child.lower_ in ("it", "one") and child.dep_ != "dative"))
    ]
    if not objects:
        return None
    before = [span for span in spans if span.label == "ITEM" and span.end <= word.idx]
    return max(before, key=lambda span: span.end, default=None)


def _named(parsed: Doc, word: Token) -> list[str]:
    """The states that the phrase of an event's noun names: "cooperation between Iran and Russia"."""
    known: States = parsed.user_data.get("states", REAL)
    return known.named(parsed[word.left_edge.i : word.right_edge.i + 1].text) or known.named(word.sent.text)


def _holder(reading: Reading, word: Token, spans: Sequence[Span], inside: Sequence[Span]) -> _Holder:
    """The innermost cue whose content an event is in; the speakers of the outer ones are those it passes through."""
    at = {span.start: span for span in spans if span.label == "STANCE"}
    around = [
        (len(each.content.tokens), at[reading.parsed[each.cue.start].idx])
        for each in reading.attributions
        if reading.parsed[each.cue.start].idx in at and any(token.i == word.i for token in each.content.tokens)
    ]
    if not around:
        cues = [span for span in inside if span.label == "STANCE"]
        unread = {reading.parsed[each.cue.start].idx for each in reading.attributions}
        around = [(abs(span.start - word.idx), span) for span in cues if span.start not in unread]
    ordered = [span for _, span in sorted(around, key=lambda pair: pair[0])]
    turn = _turn(reading, word, spans)
    if not ordered:
        return _Holder(None, turn, ())
    holders = _speakers(ordered[0])
    outer = [*turn, *(name for span in reversed(ordered[1:]) for name in _speakers(span))]
    return _Holder(ordered[0], holders, tuple(dict.fromkeys(name for name in outer if name not in holders)))


def _turn(reading: Reading, word: Token, spans: Sequence[Span]) -> tuple[str, ...]:
    for turn in reading.turns:
        if any(token.i == word.i for token in turn.words):
            return tuple(
                span.id
                for span in spans
                if span.label == "SPEAKER" and span.start == turn.speaker.start_char and span.id
            )
    return ()


def _speakers(cue: Span) -> tuple[str, ...]:
    speakers = cue.attributes.get("speakers")
    return speakers if isinstance(speakers, tuple) else ()


def _related(claim: Claim, earlier: Sequence[Claim], entities: Mapping[str, str], goods: Mapping[str, str]) -> Claim:
    """With the claim that it answers, and the first that it restates."""
    alike = [other for other in earlier if other.event == claim.event and _agree(claim, other)]
    own = {entities.get(name, name) for name in (*claim.holders, *claim.via)}
    target = same = None
    for other in alike:
        theirs = {entities.get(name, name) for name in (*other.holders, *other.via)}
        if (
            target is None
            and claim.stance in _ANSWERING
            and other.stance not in ("denial", "evasion")
            and not own & theirs
        ):
            target = other.id
        if (
            same is None
            and other.stance == claim.stance
            and own & theirs
            and other.status == claim.status
            and one_cargo(claim, other, goods)
        ):
            same = other.id
    return msgspec.structs.replace(claim, target=target, same_as=same)


def _agree(claim: Claim, other: Claim) -> bool:
    roles_of = [(getattr(claim, role), getattr(other, role)) for role in ("supplier", "recipient", "user")]
    return all(own is None or theirs is None or own == theirs for own, theirs in roles_of) and (
        not claim.parties or not other.parties or claim.parties == other.parties
    )


def _same(claim: Claim, other: Claim) -> bool:
    """Whether two words of one sentence name one event: same holders, parties, status and stance."""
    fields = ["event", "cue", "holders", "supplier", "recipient", "user", "parties", "status", "stance"]
    if claim.cue is None:
        fields.append("cargo")
    return all(getattr(claim, field) == getattr(other, field) for field in fields)


def _completed(claim: Claim, earlier: Sequence[Claim]) -> Claim:
    """A party that the sentence does not name is that of the last claim of this kind that agrees with the rest."""
    for other in reversed(earlier):
        pairs = [(getattr(claim, role), getattr(other, role)) for role in ("supplier", "recipient", "user")]
        if other.event == claim.event and all(own is None or own == theirs for own, theirs in pairs):
            return msgspec.structs.replace(claim, supplier=pairs[0][1], recipient=pairs[1][1], user=pairs[2][1])
    return claim


def _status(word: Token) -> str:
    """By the form of the verb and what governs it; a noun has happened."""
    helpers = {child.lower_ for child in word.children if child.dep_ in ("aux", "auxpass")}
    governors = {token.lemma_.lower() for token in word.ancestors if token.i < word.i and token.sent == word.sent}
    if governors & _ENTERTAINING and word.head.lemma_ in ("rule", "consider", "possibility"):
        return "hypothetical"
    if any(child.dep_ == "mark" and child.lower_ in ("if", "whether") for child in word.children):
        return "hypothetical"
    if governors & _PLANS or word.lemma_.lower() in _PLANNED:
        return "planned"
    if word.tag_ == "VB" and any(child.lower_ == "to" for child in word.children):
        return "occurred" if word.head.lemma_ in ("manage", "have", "use", "begin", "continue") else "planned"
    if word.tag_ in ("VBZ", "VBP") and any(token.lower_ in ("tomorrow", "next", "soon") for token in word.sent):
        return "planned"
    if helpers & {"will", "would", "'ll", "’ll", "shall", "may", "might"} or word.head.lemma_ in _PLANNING:
        return "planned"
    if "being" in helpers or (word.tag_ == "VBG" and helpers & {"is", "are", "was", "were", "been"}):
        return "ongoing"
    if word.pos_ == "VERB" and word.tag_ == "VBG":
        return "ongoing" if word.head.lemma_ in ("watch", "see", "hear", "continue", "keep") else "occurred"
    headline = not word.sent.text.rstrip().endswith((".", "!", "?", "”", '"', "’", ":"))
    return "ongoing" if word.tag_ in ("VBP", "VBZ") and not helpers and not headline else "occurred"
