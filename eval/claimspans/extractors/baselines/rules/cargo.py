"""What an event is about: the items and quantities in its clause, and how they belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ....data.records import Cargo, Claim, Span
from .clauses import SUBJECTS, in_focus, is_passive, number_behind_name, own_words, relative, scope, shared_object
from .cooperations import is_pact
from .event_words import ARMING, ARRIVING
from .plain_text import one_of
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PACKAGES = frozenset({"container", "crate", "box", "pallet", "case", "barrel", "consignment", "wagon", "batch", "lot"})
_JOINED = re.compile(r"(?:,| and| or|, and)? ?(?:other |also |the )?", re.IGNORECASE)
_BARE = re.compile(r"\s*(?:[.,;:!?”\"]|$|(?:by|from|to|in|on|at|last|this)\b)")
_PRO_FORMS = words(
    "them more some these those ones rest others both all any none they many several first last second remainder half "
    "another"
)
_ABOUT = words("about over regarding concerning on")
_POINTING = words("them these those")
_BETWEEN = re.compile(r"[^.;:!?]{0,60}")


def cargo(parsed: Doc, word: Token, spans: Sequence[Span], within: range) -> tuple[Cargo, ...]:
    """What an event is about: the goods of its clause that stand within, or what a number or pronoun stands for."""
    sentence = word.sent
    inside = [span for span in spans if sentence.start_char <= span.start < sentence.end_char]
    own = _goods_of(parsed, word, inside)
    goods = [span for span in own if _place(parsed, span) in within]
    if within.start == sentence.start or not any(span.label == "ITEM" for span in goods):
        goods = [span for span in own if span in goods or span.end <= word.idx]
    if any(_is_package(span) for span in goods if span.label == "QUANTITY"):
        goods += [span for span in _could_hold(inside) if span not in goods]
    items, quantities = ([span for span in goods if span.label == label] for label in ("ITEM", "QUANTITY"))
    if (word.pos_ == "VERB" or scope(word) != word or _of_them(word) is not None) and (
        row := _stood_for(parsed, word, items, quantities, spans)
    ) is not None:
        return (row,)
    beside = [span for span in inside if span.label == "ITEM" and span not in items]
    return tuple(_rows(parsed.text, items, quantities, beside))


def cargo_of(parsed: Doc, within: range, spans: Sequence[Span], before: Sequence[Cargo]) -> tuple[Cargo, ...]:
    """What a clause without a verb is about: what stands in it, or the item ``before`` that it leaves out."""
    inside = [span for span in spans if span.label in ("ITEM", "QUANTITY") and _place(parsed, span) in within]
    items, quantities = ([span for span in inside if span.label == label] for label in ("ITEM", "QUANTITY"))
    if items:
        return tuple(_rows(parsed.text, items, quantities))
    counted = next((span.id for span in quantities if span.attributes.get("measure") == "count"), None)
    if counted is None:
        return tuple(Cargo(item=row.item) for row in before if row.item is not None)
    return tuple(
        Cargo(item=row.item, quantity=counted, relation="counts" if row.item else None) for row in before[:1]
    ) or (Cargo(quantity=counted),)


def _could_hold(spans: Sequence[Span]) -> Iterator[Span]:
    """What packages might give, and the goods that it counts: "containers, which could hold 40,000 shells"."""
    for quantity in spans:
        if quantity.label == "QUANTITY" and _holds(quantity):
            yield quantity
            yield from [span for span in spans if span.label == "ITEM" and span.start > quantity.end][:1]


def _place(parsed: Doc, span: Span) -> int:
    tokens = parsed.char_span(span.start, span.end, alignment_mode="expand")
    return -1 if tokens is None else int(tokens.root.i)


def _stood_for(
    parsed: Doc, word: Token, items: Sequence[Span], quantities: Sequence[Span], spans: Sequence[Span]
) -> Cargo | None:
    """The item for which a pronoun, ordinal or bare number stands that is the object or passive subject of a verb."""
    top = scope(word)
    bare = next((child for child in top.children if _stands_in(child, word)), None) or number_behind_name(top)
    bare = bare or _of_them(word)
    if bare is None:
        return None
    of_them = any(
        token.lower_ in _POINTING and token.head.lower_ == "of"
        for token in word.doc[bare.i : min(bare.i + 4, word.sent.end)]
    )
    stands_for = of_them or bare.lower_ in _PRO_FORMS
    phrase = [
        token
        for token in bare.subtree
        if not any(part.lower_ == "of" for part in (token, *token.ancestors) if part.i > bare.i)
    ]
    own = {token.i for token in phrase}
    if any(_place(parsed, item) in own for item in items):
        return None
    counted = next(
        (span for span in quantities if _place(parsed, span) in own and span.attributes.get("measure") == "count"), None
    )
    if counted is None and not stands_for and bare.lower_ not in ("it", "one"):
        return None
    near = [
        span
        for span in spans
        if span.label == "ITEM"
        and (span.end <= word.idx or _place(parsed, span) in range(bare.left_edge.i, bare.right_edge.i + 1))
    ]
    alike = [span for span in near if counted is not None and _counts(counted, span)]
    item = max(alike or near, key=lambda span: span.end, default=None)
    if counted is not None and not stands_for and (item is None or item.start < word.sent.start_char):
        return Cargo(quantity=counted.id)
    if item is None or item.id is None:
        return None
    return Cargo(item=item.id, quantity=counted.id if counted else None, relation="counts" if counted else None)


def _of_them(noun: Token) -> Token | None:
    """The pronoun behind the noun of an event: "the use of them"."""
    links = [child for child in noun.children if child.lower_ == "of" and noun.pos_ == "NOUN"]
    return next((word for link in links for word in link.children if word.lower_ in (*_POINTING, "it")), None)


def _stands_in(child: Token, word: Token) -> bool:
    """Whether a part of a clause stands for goods; a number that the parser misplaces too: "sold it ten"."""
    roles = ("dobj", "nsubjpass", "nsubj") if word in ARRIVING or word.pos_ == "NOUN" else ("dobj", "nsubjpass")
    number = child.like_num or child.pos_ == "NUM"
    if child.lower_ in ("it", "one"):
        return child.dep_ in roles and not any(other.like_num and other.i > child.i for other in word.children)
    if child.dep_ in ("advmod", "npadvmod"):
        return child.lower_ == "more" or (child.dep_ == "npadvmod" and number)
    if child.dep_ in ("amod", "nummod", "oprd"):
        return word.pos_ == "VERB" and (child.lower_ in _PRO_FORMS or (child.dep_ == "oprd" and number))
    return child.dep_ in roles and (child.lower_ in _PRO_FORMS or number)


def _goods_of(parsed: Doc, word: Token, spans: Sequence[Span]) -> list[Span]:
    """The spans in the clause of an event: what it governs, and what its relative clause belongs to."""
    own = own_words(word)
    kind = ("with", "in") if word in ARMING else ()  # "the rifles with which it was paid"
    links = [child for child in word.children if child.dep_ == "prep" and child.lower_ not in kind]
    apart = any(map(_is_relative, links))
    clause = _clause_of_goods(word)
    if clause.dep_ in ("relcl", "acl") and not apart:
        own |= own_words(clause.head) - {
            token.i for part in clause.head.children if part.dep_ == "appos" for token in part.subtree
        }
    if word.dep_ in ("xcomp", "advcl") and word.head.pos_ in ("VERB", "AUX"):
        taken = ("nsubjpass", "dobj", "nsubj") if word.dep_ == "xcomp" else ("nsubj", "nsubjpass")
        if word.dep_ == "xcomp" or (word.tag_ == "VBN" and not any(child.dep_ in SUBJECTS for child in word.children)):
            subject = [child for child in word.head.children if child.dep_ in taken]
            own |= {token.i for child in subject for token in child.subtree}
            own -= {
                token.i
                for child in subject
                for part in child.children
                if part.dep_ == "relcl"
                for token in part.subtree
            }
    own |= in_focus(word)
    if word.pos_ == "VERB" and not is_passive(word) and word not in ARRIVING:
        own |= shared_object(word)
    if is_pact(word) and word.dep_ == "dobj":
        about = [child for child in word.head.children if child.lower_ in _ABOUT and child.dep_ == "prep"]
        own |= {token.i for link in about for token in link.subtree}
    if word in ARRIVING and any(child.dep_ in SUBJECTS for child in word.children):
        own -= {token.i for child in word.children if child.dep_ == "dobj" for token in child.subtree}
    if word.pos_ == "VERB":
        apart_from = [part for part in word.subtree if part != word and _is_of_matter(part, word)]
        own -= {token.i for part in apart_from for token in part.subtree}
    return [span for span in spans if _place(parsed, span) in own]


def _clause_of_goods(word: Token) -> Token:
    """The clause whose noun is the goods of a verb; a second verb without an object has it too: "offered but sold"."""
    if word.dep_ == "xcomp" and word.head.dep_ == "relcl":
        return word.head
    own = any(child.dep_ in ("dobj", "nsubj", "nsubjpass") for child in word.children)
    clause = relative(word) if word.dep_ == "conj" and word.pos_ == "VERB" and not own else None
    return clause if clause is not None else word


def _is_of_matter(part: Token, verb: Token) -> bool:
    """Whether a phrase or an infinitive says what a thing is about or for: "gave a speech about rifles"."""
    if part.i < verb.i:
        return False
    counting = part.i + 1 < len(part.doc) and part.nbor().like_num
    if part.dep_ == "prep" and part.lower_ in _ABOUT and not counting:
        return part.head.pos_ == "NOUN" or part.lower_ != "on"
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in part.children)
    return part.pos_ == "VERB" and infinitive and part.dep_ in ("acl", "advcl", "relcl", "xcomp")


def _is_relative(preposition: Token) -> bool:
    return any(child.lower_ in ("which", "whom") for child in preposition.children)


def good(span: Span) -> str:
    """The head of an item, or the value of a quantity, by which two mentions are held to be of one thing."""
    value = span.attributes.get("value")
    return str(value) if span.label == "QUANTITY" else (span.text or "").lower().rpartition(" ")[2].removesuffix("s")


def one_cargo(claim: Claim, other: Claim, goods: Mapping[str, str]) -> bool:
    """Whether the cargo of two claims may be the same: one may say less, but not another item or number."""
    first, second = (
        (
            {goods.get(row.item) for row in one.cargo if row.item},
            {goods.get(row.quantity) for row in one.cargo if row.quantity},
        )
        for one in (claim, other)
    )
    return all(
        not own or not theirs or own <= theirs or theirs <= own for own, theirs in zip(first, second, strict=True)
    )


def _rows(text: str, items: Sequence[Span], quantities: Sequence[Span], beside: Sequence[Span] = ()) -> Iterator[Cargo]:
    """Each item with the quantity that counts it; then quantities of packages, and of items ``beside`` the clause.

    A quantity of packages belongs to every item of the coordination before which it stands.
    """
    used: set[str | None] = set()
    packages = [quantity for quantity in quantities if _is_package(quantity) and not _holds(quantity)]
    previous: tuple[Span, Span] | None = None
    for item in items:
        before = [quantity for quantity in quantities if quantity.end <= item.start and not _is_other(quantity, item)]
        nearest = max(before, key=lambda quantity: quantity.end, default=None)
        between = [other for other in items if nearest and nearest.end <= other.start < other.end <= item.start]
        if nearest is not None and not between and _BETWEEN.fullmatch(text, nearest.end, item.start):
            used.add(nearest.id)
            previous = (item, nearest) if nearest in packages else None
            yield Cargo(item=item.id, quantity=nearest.id, relation=_relation(nearest))
        elif previous is not None and _JOINED.fullmatch(text, previous[0].end, item.start):
            previous = (item, previous[1])
            yield Cargo(item=item.id, quantity=previous[1].id, relation=_relation(previous[1]))
        else:
            previous = None
            behind = [each for each in quantities if each.start > item.end and each.id not in used]
            counted = next((each for each in behind if _counts(each, item)), None)
            used.add(counted.id if counted else None)
            yield Cargo(item=item.id, quantity=counted.id if counted else None, relation="counts" if counted else None)
    for quantity in quantities:
        if quantity.id in used or quantity.attributes.get("measure") == "amount":
            continue
        counted = next((item for item in (*items, *beside) if _counts(quantity, item)), None)
        if counted is not None and counted not in items:
            yield Cargo(item=counted.id, quantity=quantity.id, relation="counts")
        elif counted is None and (
            _is_package(quantity)
            or quantity.attributes.get("measure") == "ratio"
            or (quantity.attributes.get("measure") == "count" and _BARE.match(text, quantity.end))
        ):
            yield Cargo(quantity=quantity.id)


def _head(item: Span) -> str:
    return one_of((item.text or "").lower().split()[-1])


def _counts(quantity: Span, item: Span) -> bool:
    """Whether a number without a noun of its own counts an item: their noun is the same."""
    return quantity.attributes.get("unit") == _head(item) and quantity.attributes.get("measure") == "count"


def _is_other(quantity: Span, item: Span) -> bool:
    """Whether a number counts something else than an item: people, regions, another item."""
    unit = str(quantity.attributes.get("unit"))
    if quantity.attributes.get("measure") != "count" or _is_package(quantity) or item.start - quantity.end == 1:
        return False  # "12 T-72s" too, whose noun the text need not name
    return unit != _head(item) and unit not in (item.text or "").lower()


def is_package(unit: str) -> bool:
    """Whether a number of such things is one of what goods are packed in."""
    return unit in _PACKAGES or unit.endswith("load")


def _is_package(quantity: Span) -> bool:
    return is_package(str(quantity.attributes.get("unit")))


def _holds(quantity: Span) -> bool:
    return quantity.attributes.get("measure") == "capacity"


def _relation(quantity: Span) -> str | None:
    if quantity.attributes.get("measure") == "capacity":
        return "could_hold"
    if quantity.attributes.get("measure") == "ratio":
        return None
    return "contains" if _is_package(quantity) else "counts"
