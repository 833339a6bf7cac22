"""Claims from found spans: one for each event that a word names, its holder, its parties and its cargo by the parse.

The spans may be another system's: what holds a claim is the innermost cue whose content the event is in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ....data.records import Cargo, Claim, Span
from .cargo import cargo, cargo_of, is_package
from .clauses import dealing, has_subject, is_finite, own_words, subjects
from .cues import Attribution, Reading, reading_of
from .event_words import ARRIVING, RECEIVING, SEEKING
from .events import events, needs_goods, needs_side
from .gaps import gaps, sides_of
from .goods import ENTRY_OF
from .main_parties import LONG, completed
from .named_parties import goes_to_others
from .negation import is_negated
from .parsing import mended
from .partners import partners
from .roles import Parties, parties, roles
from .shares import shares
from .states import REAL, States
from .status import status
from .ties import Told, tied
from .vocabulary import STANCE_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_REFUSING = words("refuse decline")
"""Who refuses to act denies the act to come."""


class _Holder(NamedTuple):
    cue: Span | None
    speakers: tuple[str, ...]
    via: tuple[str, ...]


def claims(text: str, spans: Sequence[Span], known: States = REAL) -> tuple[Claim, ...]:
    """The claims of an article; they refer to the spans by their ids, and need their attributes."""
    parsed = mended(text, known)
    reading = reading_of(parsed)
    read: list[Told] = []
    for word, event in events(parsed):
        found = list(_claims(parsed, reading, word, event, spans))
        to_others = bool(found) and goes_to_others(word, reading.identities)
        read += [Told(claim, word, to_others=to_others) for claim in found]
    if len(text) > LONG:
        filled = completed([told.claim for told in read], spans)
        read = [
            told if told.to_others else told._replace(claim=claim) for told, claim in zip(read, filled, strict=True)
        ]
    return tied(read, spans)


def _claims(parsed: Doc, reading: Reading, word: Token, event: str, spans: Sequence[Span]) -> Iterator[Claim]:
    """What the word of an event tells: a claim for each deal of its clause, and of it for each party on a side."""
    inside = [span for span in spans if word.sent.start_char <= span.start < word.sent.end_char]
    held = _held(reading, word, event, spans, inside)
    if event == "cooperation":
        named = partners(word, parties(word, reading.identities, _whole(word)), reading.identities)
        if named is not None:
            goods = cargo(parsed, word, spans, _whole(word))
            if needs_goods(word, event) and not _is_exchanged(word, inside):
                return
            yield msgspec.structs.replace(held, parties=named, cargo=goods)
        return
    for first, beside in _deals(parsed, reading, word, held, spans):
        if needs_goods(word, event) and not _has_goods(first, spans):
            continue
        for sides in roles(event, word, beside, has_goods=bool(first)):
            own = event == "transfer" and needs_side(word) and not any(sides[side] for side in _far_sides(word))
            if not own and (first or any(sides.values()) or word.pos_ == "NOUN"):
                yield msgspec.structs.replace(held, cargo=first, **sides)


def _deals(
    parsed: Doc, reading: Reading, word: Token, held: Claim, spans: Sequence[Span]
) -> Iterator[tuple[tuple[Cargo, ...], Parties]]:
    """The cargo and the parties of each deal that the clause of a word tells, and of the clauses that leave it out."""
    who = reading.identities
    left_out = gaps(word)
    end = left_out[0].words.start if left_out else word.sent.end
    goods: tuple[Cargo, ...] = ()
    beside = Parties()
    for within in shares(word, who):
        if within.start < end:
            stretch = range(within.start, min(within.stop, end))
            goods = cargo(parsed, word, spans, stretch) or goods
            beside = _of_holder(parties(word, who, stretch), word, held, spans)
            yield goods, beside
    for gap in left_out:
        yield cargo_of(parsed, gap.words, spans, goods), sides_of(gap, word, beside, who)


def _has_goods(rows: Sequence[Cargo], spans: Sequence[Span]) -> bool:
    """Whether a row has an item, or a number of arms or packages, not of people or a share of something else."""
    units = {span.id: str(span.attributes.get("unit")) for span in spans if span.label == "QUANTITY"}
    return any(row.item or is_package(unit := units.get(row.quantity, "")) or unit in ENTRY_OF for row in rows)


def _far_sides(word: Token) -> tuple[str, ...]:
    """The sides without which goods are only moved about: to whom they go, or from whom they are taken."""
    if word in SEEKING:
        return ("recipient",)
    return ("supplier",) if word in RECEIVING else ("recipient", "supplier") if word in ARRIVING else ("recipient",)


def _of_holder(beside: Parties, word: Token, held: Claim, spans: Sequence[Span]) -> Parties:
    """With the state for which the holder speaks where "it" would be one that the sentence does not name."""
    own = {str(span.attributes.get("country")) for span in spans if span.id in held.holders} - {"None"}
    if len(own) != 1 or [noun.lower_ for noun in subjects(word)] != ["it"] or own & {*beside.goals, *beside.sources}:
        return beside
    known: States = word.doc.user_data.get("states", REAL)
    named = known.named(word.sent.text)
    return beside if {*beside.agents} & {*named} or not beside.agents else beside._replace(agents=tuple(own))


def _whole(word: Token) -> range:
    return range(word.sent.start, word.sent.end)


def _held(reading: Reading, word: Token, event: str, spans: Sequence[Span], inside: Sequence[Span]) -> Claim:
    """Who holds the claims of a word, with what stance, and of what time they are."""
    holder = _holder(reading, word, spans, inside)
    cue = holder.cue.attributes if holder.cue is not None else {}
    return Claim(
        event=event,
        status=status(word),
        stance=_stance_of(reading, holder, cue, word),
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


def _stance_of(reading: Reading, holder: _Holder, cue: Mapping[str, object], word: Token) -> str:
    """That of its cue; a denial of an act that is refused or forsworn, and of a negated one without a cue."""
    stance = str(cue.get("stance", "assertion"))
    refused = word.dep_ == "xcomp" and word.head.lemma_ in _REFUSING and stance == "commitment"
    if (holder.cue is None or stance == "commitment") and (refused or _is_denied(word)):
        return "denial"
    own = [each for each in reading.attributions if holder.cue and each.cue.token.idx == holder.cue.start]
    return "assertion" if stance == "denial" and any(_is_beside_denied(each, word) for each in own) else stance


def _is_beside_denied(attribution: Attribution, word: Token) -> bool:
    """Whether a neutral cue is a denial by another clause than that of an event: "says it sold ten and bought none"."""
    told, content = attribution.cue.token.lemma_, attribution.content
    if STANCE_OF.get(told) != "assertion" or not content.negations or content.says("denial"):
        return False
    clause = {word.i}
    for token in (word, *word.ancestors):
        clause |= own_words(token) if token.i in clause else set()
        if token.dep_ == "conj" and has_subject(token):
            break
        clause.add(token.head.i)
    return clause.isdisjoint(token.i for token in content.negations)


def _commits_itself(attribution: Attribution, word: Token) -> bool:
    """Whether the word of an event is the cue as well: "pledged Peru 40 guns"."""
    return attribution.cue.token.i == word.i and attribution.stance == "commitment"


def _is_beside(attribution: Attribution, word: Token) -> bool:
    """Whether an act stands beside its promise, not in it: "agreed to sell ten but sold two"."""
    if word.dep_ != "conj" or not is_finite(word):
        return False
    return word.head.i == attribution.cue.token.i or word.head.tag_ == "VB"


def _is_exchanged(verb: Token, spans: Sequence[Span]) -> bool:
    """Whether an item is what a verb of exchange has as its object, not what is written about one."""
    objects = [noun for child in verb.children if child.dep_ == "dobj" for noun in (child, *child.conjuncts)]
    return any(span.label == "ITEM" and span.start <= noun.idx < span.end for noun in objects for span in spans)


def _is_denied(word: Token) -> bool:
    subject = next((child for child in word.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    deal = dealing(word)
    if deal is not None and any(child.lower_ == "no" and child.dep_ == "det" for child in deal.children):
        return True  # "no talks on the sale"
    licensed = word.head.head if word.dep_ == "pobj" else word
    if licensed.pos_ == "NOUN" and any(child.lower_ == "no" and child.dep_ == "det" for child in licensed.children):
        return True  # "no licence for the sale was granted"
    return is_negated(word) or (subject is not None and subject.lower_ in ("none", "nobody", "nothing"))


def _holder(reading: Reading, word: Token, spans: Sequence[Span], inside: Sequence[Span]) -> _Holder:
    """The innermost cue whose content an event is in; the speakers of the outer ones are those it passes through."""
    at = {span.start: span for span in spans if span.label == "STANCE"}
    around = [
        (len(each.content.tokens), at[reading.parsed[each.cue.start].idx])
        for each in reading.attributions
        if reading.parsed[each.cue.start].idx in at
        and (_commits_itself(each, word) or any(token.i == word.i for token in each.content.tokens))
        and not (each.stance == "commitment" and _is_beside(each, word))
    ]
    if not around:
        cues = [span for span in inside if span.label == "STANCE"]
        read = {reading.parsed[each.cue.start].idx for each in reading.attributions if not _is_open(each, word)}
        around = [(abs(span.start - word.idx), span) for span in cues if span.start not in read]
    if not around:
        around = [(0, at[place]) for place in _announcing(word, reading) if place in at]
    ordered = [span for _, span in sorted(around, key=lambda pair: pair[0])]
    ordered = _by_whom_cited(reading, word, at, ordered)
    turn = _turn(reading, word, spans)
    if not ordered:
        return _Holder(None, turn, ())
    holders = _speakers(ordered[0])
    outer = [*turn, *(name for span in reversed(ordered[1:]) for name in _speakers(span))]
    return _Holder(ordered[0], holders, tuple(dict.fromkeys(name for name in outer if name not in holders)))


def _by_whom_cited(reading: Reading, word: Token, at: Mapping[int, Span], ordered: list[Span]) -> list[Span]:
    """With a source that is cited innermost, who quotes it outermost: "the paper says, citing a clerk", "quoted by"."""
    cues = [each.cue.token for each in reading.attributions if each.cue.token.lemma_ in ("cite", "quote")]
    cited = [at[cue.idx] for cue in cues if cue.tag_ == "VBG" and cue.sent == word.sent and cue.idx in at]
    quoting = [span for span in ordered if any(cue.tag_ == "VBN" and cue.idx == span.start for cue in cues)]
    rest = [span for span in ordered if span not in cited and span not in quoting]
    return [*cited, *rest, *quoting] if rest else ordered


def _is_open(attribution: Attribution, word: Token) -> bool:
    """Whether nothing is read as what a cue says, or only whom it tells: "What it denies is …", "a man told us"."""
    cue, tokens = attribution.cue.token, attribution.content.tokens
    if cue.lemma_ == "tell" and word.i < cue.i:
        return all(token.pos_ not in ("VERB", "AUX") for token in tokens)
    return not tokens and word.i > cue.i and cue.dep_ == "csubj"


def _announcing(word: Token, reading: Reading) -> list[int]:
    """Where the cue stands before whose colon a clause or sentence stands: "calls it an invention: none was sold"."""
    sentence = word.sent
    before = [token for token in sentence.doc[: sentence.start + 1] if not token.is_space][-2:]
    before += sentence.doc[sentence.start : word.i]
    colon = next((token for token in reversed(before) if token.text == ":"), None)
    cues = [reading.parsed[each.cue.start] for each in reading.attributions]
    return [cue.idx for cue in cues if colon is not None and colon.sent.start <= cue.i < colon.i][-1:]


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
