"""What ties the claims of an article: parties that another one names, an event told twice, answers, restatements."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ....data.records import Claim, Span
from .cargo import good, one_cargo
from .clauses import relative
from .deal_kinds import kind_of
from .event_words import lemma_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Token

_ANSWERING = frozenset(("denial", "dispute", "confirmation", "evasion"))
_HELD = ("event", "cue", "holders", "parties", "status", "stance")
_ROLES = ("supplier", "recipient", "user")


_Sides = tuple[str | None, str | None, str | None]


class Told(NamedTuple):
    """A claim and the word that names its event."""

    claim: Claim
    word: Token
    to_others: bool = False
    """Whether the goods go to somebody who is not named: "to a dealer", "to anyone"."""


def tied(read: Iterable[Told], spans: Sequence[Span]) -> tuple[Claim, ...]:
    """The claims numbered in reading order, each event of a sentence once, with their targets and what they restate."""
    entities = {span.id: str(span.attributes.get("entity")) for span in spans if span.label == "SPEAKER" and span.id}
    goods = {span.id: good(span) for span in spans if span.id and span.label in ("ITEM", "QUANTITY")}
    goods |= {span.id: str(span.attributes.get("edtf")) for span in spans if span.id and span.label == "DATE"}
    countries = {span.id: span.attributes.get("country") for span in spans if span.label == "SPEAKER" and span.id}
    found: list[Told] = []
    for each in _from_relatives(list(read)):
        told = each._replace(claim=_of_holder(_completed(each, found, goods, countries), countries))
        claim = told.claim
        if claim.event == "cooperation" and not claim.parties:
            continue
        if not (claim.cargo or claim.supplier or claim.recipient or claim.user or claim.parties):
            continue
        place = next((at for at, other in enumerate(found) if _is_one(told, other, goods)), None)
        if place is None:
            related = _related(told, found, entities, goods)
            found.append(told._replace(claim=msgspec.structs.replace(related, id=f"c{len(found) + 1}")))
        else:
            found[place] = found[place]._replace(claim=_joined(found[place].claim, claim))
    return tuple(told.claim for told in found)


def _from_relatives(read: Sequence[Told]) -> Iterator[Told]:
    """With the party that the relative clause of its goods names: "handed over five of the guns that Peru ordered"."""
    for told in read:
        claim = told.claim
        items = {row.item for row in claim.cargo if row.item}
        for other in read:
            theirs = other.claim
            clause = relative(other.word)
            if (
                other is not told
                and clause is not None
                and clause.head.sent == told.word.sent
                and told.word.i < clause.head.i < other.word.i
                and theirs.event == claim.event == "transfer"
                and items & {row.item for row in theirs.cargo}
                and not (claim.supplier and theirs.supplier)
                and not (claim.recipient and theirs.recipient)
            ):
                sides = (claim.supplier or theirs.supplier, claim.recipient or theirs.recipient)
                if sides[0] != sides[1]:
                    claim = msgspec.structs.replace(claim, supplier=sides[0], recipient=sides[1])
        yield told._replace(claim=claim)


def _completed(told: Told, earlier: Sequence[Told], goods: Mapping[str, str], countries: Mapping[str, object]) -> Claim:
    """With the parties that its sentence leaves out, of the likest claim before it; of two like ones what they share.

    What is given back goes the other way, and to whom it came from.
    """
    claim, own = told.claim, _sides(told.claim)
    if claim.event == "cooperation" and not claim.parties:
        before = [other.claim.parties for other in earlier if other.claim.parties]
        return msgspec.structs.replace(claim, parties=before[-1] if before else ())
    answering = {countries.get(name) for name in claim.holders if claim.stance in _ANSWERING} - {None}
    ranked: list[tuple[tuple[bool, ...], _Sides, Token]] = []
    for other in earlier:
        theirs = _sides(other.claim)
        if _is_back(told.word) != _is_back(other.word):
            theirs = (theirs[1], theirs[0], theirs[2])
        same_goods = bool(_items(claim, goods) & _items(other.claim, goods))
        agrees = all(mine is None or mine == their for mine, their in zip(own, theirs, strict=True))
        if other.claim.event == claim.event and (agrees or same_goods):
            acted = bool({theirs[0], theirs[2]} & answering)
            same_word = kind_of(lemma_of(told.word)) == kind_of(lemma_of(other.word))
            likeness = (agrees, same_goods, bool({*theirs} & answering), acted, same_word)
            ranked.append((likeness, theirs, other.word))
    if not ranked:
        return claim
    answers = claim.stance in _ANSWERING
    best = max(likeness for likeness, _, _ in ranked)
    last = [word for likeness, _, word in ranked if likeness == best][-1]
    alike = [sides for likeness, sides, word in ranked if likeness == best and (answers or word.sent == last.sent)]
    if not best[0] and _is_back(told.word):
        own = (None, None, None)
    if told.to_others and own[1] is None:
        return claim
    filled = [mine or (theirs[0] if len({*theirs}) == 1 else None) for mine, *theirs in zip(own, *alike, strict=True)]
    if filled[0] is not None and filled[0] == filled[1]:
        return claim
    return msgspec.structs.replace(claim, **dict(zip(_ROLES, filled, strict=True)))


def _of_holder(claim: Claim, countries: Mapping[str, object]) -> Claim:
    """With the state that answers for itself, where nobody is named on a side: "Chile confirmed the sale to Peru"."""
    own = {str(country) for name in claim.holders if (country := countries.get(name))} - {claim.recipient}
    if claim.stance not in _ANSWERING or len(own) != 1:
        return claim
    if claim.event == "use":
        return msgspec.structs.replace(claim, user=claim.user or own.pop())
    return claim if claim.event != "transfer" else msgspec.structs.replace(claim, supplier=claim.supplier or own.pop())


def _sides(claim: Claim) -> _Sides:
    return claim.supplier, claim.recipient, claim.user


def _items(claim: Claim, goods: Mapping[str, str]) -> set[str]:
    return {goods[row.item] for row in claim.cargo if row.item}


def _is_back(word: Token) -> bool:
    return word.lemma_ in ("return", "repurchase") or any(child.lower_ == "back" for child in word.children)


def _is_one(told: Told, other: Told, goods: Mapping[str, str]) -> bool:
    """Whether two words name one event: same sentence, holders, parties, status and stance."""
    if told.word.sent != other.word.sent and (told.claim.cue or told.claim.cargo != other.claim.cargo):
        return False
    items = {row.item for row in other.claim.cargo}
    again = {goods[row.item] for row in told.claim.cargo if row.item and row.item not in items}
    if again & _items(other.claim, goods):
        return False
    alike = all(getattr(told.claim, field) == getattr(other.claim, field) for field in _HELD)
    sides = list(zip(_sides(told.claim), _sides(other.claim), strict=True))
    if items & {row.item for row in told.claim.cargo if row.item}:
        return alike and all(own is None or their is None or own == their for own, their in sides)
    return alike and all(own == their for own, their in sides)


def _joined(claim: Claim, other: Claim) -> Claim:
    """With the cargo of both, and the parties that either names."""
    known = {row.item for row in claim.cargo}
    rows = [row for row in other.cargo if row not in claim.cargo and (row.item is None or row.item not in known)]
    sides = (own or their for own, their in zip(_sides(claim), _sides(other), strict=True))
    return msgspec.structs.replace(claim, cargo=(*claim.cargo, *rows), **dict(zip(_ROLES, sides, strict=True)))


def _related(told: Told, earlier: Sequence[Told], entities: Mapping[str, str], goods: Mapping[str, str]) -> Claim:
    """With the claim that it answers, and the first that it restates."""
    claim = told.claim
    alike = [other for other in earlier if other.claim.event == claim.event and _agree(claim, other.claim)]
    own = {entities.get(name, name) for name in (*claim.holders, *claim.via)}
    same: str | None = None
    answered: list[Told] = []
    for other in alike:
        theirs = {entities.get(name, name) for name in (*other.claim.holders, *other.claim.via)}
        if claim.stance in _ANSWERING and other.claim.stance not in ("denial", "evasion") and not own & theirs:
            answered.append(other)
        if (
            same is None
            and other.claim.stance == claim.stance
            and own & theirs
            and other.claim.status == claim.status
            and one_cargo(claim, other.claim, goods)
        ):
            same = other.claim.id
    return msgspec.structs.replace(claim, target=_target(told, answered, goods), same_as=same)


def _target(told: Told, answered: Sequence[Told], goods: Mapping[str, str]) -> str | None:
    """The likest of the claims that it may answer, the first of equals; none where those tell of several deals."""
    ranked = [(_likeness(told, other, goods), other.claim) for other in answered]
    best = max((likeness for likeness, _ in ranked), default=None)
    claims = [claim for likeness, claim in ranked if likeness == best]
    several = not told.claim.cargo and len({_sides(claim) for claim in claims}) > 1
    return claims[0].id if claims and not several else None


def _likeness(told: Told, other: Told, goods: Mapping[str, str]) -> tuple[bool, ...]:
    """How much of an earlier claim one names again: its number, its goods, its day, its kind of deal."""
    first, second = told.claim, other.claim
    numbers = [{goods[row.quantity] for row in one.cargo if row.quantity} for one in (first, second)]
    days = [{goods.get(day) for day in one.when} for one in (first, second)]
    return (
        not (all(numbers) and not numbers[0] & numbers[1]),
        bool(numbers[0] & numbers[1]),
        bool(_items(first, goods) & _items(second, goods)),
        bool(days[0] & days[1]),
        kind_of(lemma_of(told.word)) == kind_of(lemma_of(other.word)),
    )


def _agree(claim: Claim, other: Claim) -> bool:
    sides = zip(_sides(claim), _sides(other), strict=True)
    return all(own is None or theirs is None or own == theirs for own, theirs in sides) and (
        not claim.parties or not other.parties or claim.parties == other.parties
    )
