"""How far the mention of a source reaches: a name alone, a description with its premodifiers and *of* phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....text.dates import MONTHS, WEEKDAYS
from . import companions, kinds, quotatives, states
from .genders import is_first_name
from .postmodifiers import with_phrase
from .quotative_edges import PARTING
from .source_words import LEFT_OUT, NAME_KIND_OF, NAME_KINDS, OFFICES, PEOPLE, TITLES, UNNAMING
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

PRONOUNS = words("he she they we i it him her them us me his my our their its each both")
_NO_PREMODIFIERS = words("poss det predet nsubj cc preconj prep advmod aux nummod")
_ROLES = TITLES | PEOPLE | {"nurse", "sister", "brother", "baker", "dame", "warden", "harbourmaster"}
_PRESS_WORDS = words("portal agency newspaper website channel daily newswire magazine outlet broadcaster")
_CALENDAR = frozenset((*MONTHS, *WEEKDAYS))
_DATING = words("in on since until till during last next this early late mid throughout from before after")
_OWNERS = words("women men children people mothers parents workers veterans fishermen seamen students peoples")
_BODIES = frozenset(NAME_KINDS["organisation"].split()) | words("institute guild club council office ministry alliance")
_WITH_PHRASE = words(
    "both each one those some someone somebody everyone everybody neither either none all many several few most another"
)
_VAGUE = words("many several few most other certain various multiple numerous")
_MARKS = frozenset(("'s", "’s", "'", "’"))
_NEAR = 8
_FAR = 16
_NAME_PARTS = frozenset(("of", "and", "&", "for", "the", "de", "van", "von", "al", "bin", "-", "–", "to", "on", "in"))


def extent(head: Token) -> TokenSpan | None:
    """The mention of a source by its head: a name alone, otherwise the noun with its premodifiers and *of* phrase."""
    apposed = _apposed_name(head)
    if apposed is not None:
        head = apposed
    if head.lower_ in ("others", "other", "rest", "former", "latter"):
        whole = head.i + 1 < len(head.doc) and head.nbor().lower_ == "of"
        return with_phrase(head, head.i, head.i) if whole else head.doc[head.i : head.i + 1]
    if head.pos_ == "PRON" or head.lower_ in PRONOUNS:
        return with_phrase(head, head.i, head.i) if head.lower_ in _WITH_PHRASE else head.doc[head.i : head.i + 1]
    if is_name(head):
        return _name(head)
    return _description(head)


def is_name(token: Token) -> bool:
    """Whether a noun is written with a capital in the way of names."""
    first = token.text[:1]
    if not first.isalpha() or first.islower() or token.pos_ == "PRON":
        return False
    if token.pos_ == "PROPN":
        return True
    return not token.is_sent_start and token.i > token.sent.start and token.nbor(-1).text not in ("“", '"', ":", "\n")


def _apposed_name(head: Token) -> Token | None:
    """The personal name in apposition: "the minister, Ana Lund"; or the press's own: "the Kest Times portal"."""
    role = head.lower_ in OFFICES or head.lower_ in _ROLES
    if is_name(head) and not role:
        return None
    if head.lower_ in _PRESS_WORDS and head.i > 0:
        before = head.nbor(-1)
        if before.pos_ == "PROPN" and before.head == head and states.of(head.doc).code(before.text) is None:
            return before
    for child in (child for title in (head, *companions.further_titles(head)) for child in title.children):
        if child.dep_ == "appos" and child.i > head.i and child.pos_ == "PROPN":
            between = head.doc[head.i + 1 : child.left_edge.i]
            if any(token.text == ":" for token in between):
                continue
            parted = all(token.text in PARTING or token.is_space or token.head in (head, child) for token in between)
            if parted or len(between) < _NEAR:
                return child
    if (role or kinds.is_human(head.lemma_.lower())) and (name := _named_behind_place(head)) is not None:
        return name
    return _name_behind(head) if role and not is_name(head) else None


def _named_behind_place(head: Token) -> Token | None:
    """A personal name that is taken for an apposition to a place or body: "the mayor of Gdansk, Ana Lund, said"."""
    places = [each for link in head.children if link.dep_ == "prep" for each in link.children if each.dep_ == "pobj"]
    for place in places:
        for child in () if kinds.is_human(place.lemma_.lower()) else place.children:
            first = child.left_edge.i
            personal = child.pos_ == "PROPN" and (child.ent_type_ == "PERSON" or is_first_name(child.doc[first].text))
            if child.dep_ == "appos" and personal and child.doc[first - 1].text == ",":
                return child
        if (named := _named_behind_place(place)) is not None:
            return named
    return None


def _name_behind(head: Token) -> Token | None:
    """The person who is named at the end of a role's phrase: "representative of the Foreign Ministry Ana Lund"."""
    named = [
        token
        for token in head.doc[head.i + 1 : min(head.i + _FAR, head.sent.end)]
        if token.ent_type_ == "PERSON" and token.ent_iob_ == "B" and token.i > head.i + 1
    ]
    if not named:
        return None
    first = last = named[0].i
    parsed = head.doc
    while last + 1 < len(parsed) and parsed[last + 1].ent_iob_ == "I" and parsed[last + 1].ent_type_ == "PERSON":
        last += 1
    between = parsed[head.i + 1 : first]
    plain = all(token.pos_ in ("ADP", "DET", "NOUN", "PROPN", "ADJ", "PART", "CCONJ") for token in between)
    ends = last + 1 >= len(parsed) or parsed[last + 1].is_punct or parsed[last + 1].pos_ in ("VERB", "AUX")
    return parsed[last] if plain and ends and parsed[first - 1].pos_ != "ADP" and last > first else None


def _name(head: Token) -> TokenSpan:
    """A name without title, nationality and article."""
    parsed, known = head.doc, states.of(head.doc)
    start = end = head.i
    end = _name_end(parsed, end)
    while start > head.sent.start and _belongs(parsed, start - 1):
        start -= 1
    while start < end and parsed[start].lower_ in _NAME_PARTS and parsed[start + 1].text != "-":
        start += 1
    whole = parsed[start : end + 1]
    if known.is_state(whole.text) or known.is_seat(whole.text):
        return whole
    organisation = any(token.lower_ in NAME_KIND_OF for token in whole if token.lower_ not in TITLES or token.i == end)
    opening = whole[0].is_sent_start and len(whole) > 2 and kinds.is_human(whole[0].lower_)
    calling = whole[:1] if opening and not is_first_name(whole[0].text) else ()
    last_title = max(
        (token.i for token in (*calling, *whole[:-1]) if token in calling or token.lower_ in _ROLES), default=None
    )
    if last_title is not None and not organisation and parsed[last_title + 1].text[:1].isalpha():
        start = last_title + 1
    while start < end:
        word = parsed[start].lower_
        pair = parsed[start : start + 2].text
        plural = start + 2 < end + 1 and word.endswith("s") and word[:-1] in TITLES
        if not organisation and (word in TITLES or word.rstrip(".") in TITLES or plural):
            start += 1
        elif word in _CALENDAR and _is_dated(parsed, start):
            start += 1  # "In January Orm & Dale did"
        elif start + 1 < end and known.code(pair) and not _press(whole):
            start += 2
        elif known.code(parsed[start].text) and not _press(whole) and (not organisation or len(whole) > 1):
            start += 1
        else:
            break
    return parsed[start : end + 1]


def _is_dated(parsed: Doc, place: int) -> bool:
    """Whether a preposition of time stands before a word; "by", which names sources too, at a sentence's head alone."""
    before = parsed[place - 1] if place > 0 else None
    if before is not None and before.text.isdigit():
        return True
    return before is not None and (before.lower_ in _DATING or (before.text == "By" and before.is_sent_start is True))


def _name_end(parsed: Doc, end: int) -> int:
    """The last word of a name that goes on: "Ministry of Ports and Shipping", "Panel of Experts"."""
    linked, goes_on = end, False
    following = parsed[end + 1] if end + 1 < len(parsed) else None
    if following is not None and following.pos_ == "PROPN" and following.is_ancestor(parsed[end]):
        end = linked = end + 1  # "Pavel Orlik and Anna Holm", whose parts the parser joins across
    if end + 2 < len(parsed) and parsed[end + 1].text == "&" and parsed[end + 2].text[:1].isupper():
        return end + 2
    if NAME_KIND_OF.get(parsed[end].lower_) == "media":
        return end
    while parsed[end].lower_ in NAME_KIND_OF or linked > end or goes_on:
        following = parsed[linked + 1] if linked + 1 < len(parsed) else None
        if following is None or following.is_space:
            break
        if following.lower_ in ("of", "for", "to", "on", "the", "and", "&") and linked + 2 < len(parsed):
            if parsed[linked + 2].lower_ in _CALENDAR:
                break
            linked += 1
        elif following.text[:1].isupper() and following.pos_ in ("PROPN", "NOUN", "ADJ"):
            end = linked = linked + 1
            goes_on = True
            if (
                linked + 1 < len(parsed)
                and parsed[linked + 1].lower_ not in ("and", "&")
                and not parsed[linked + 1].text[:1].isupper()
            ):
                break
        else:
            break
    return end


def _press(name: TokenSpan) -> bool:
    return NAME_KIND_OF.get(name[-1].lower_) in ("media", "organisation")


def _belongs(parsed: Doc, index: int) -> bool:
    """Whether the word at an index is the part before of the name that begins behind it."""
    token, following = parsed[index], parsed[index + 1]
    owned = following.text in _MARKS and following.i + 1 < len(parsed) and _owns(following)
    if token.is_space or (not token.whitespace_ and token.text != "-" and following.text != "-" and not owned):
        return False
    if token.lower_ in ("today", "yesterday", "tomorrow", "tonight"):
        return False
    if token.is_sent_start and token.lower_ in _VAGUE:
        return False
    capital = token.text[:1].isalpha() and not token.text[:1].islower()  # or a letter that knows no case
    if capital and token.pos_ in ("PROPN", "NOUN", "ADJ") and token.lower_ not in UNNAMING:
        return not token.is_sent_start or token.pos_ == "PROPN" or token.head.i > token.i
    if token.text == "-":
        return not token.whitespace_  # but not "INTERFAX - Peru denied it"
    if token.text in _MARKS:
        return _owns(token)
    linked = token.lower_ in ("of", "&", "and", "for", "de", "van", "von", "al") and index > token.sent.start
    return (
        linked
        and parsed[index - 1].text[:1].isupper()
        and parsed[index - 1].pos_ == "PROPN"
        and (token.lower_ not in ("of", "for", "and") or parsed[index - 1].lower_ in NAME_KIND_OF)
    )


def is_firm_before_role(token: Token) -> bool:
    """Whether a word ends the name of an organisation before the role of its man: "Glaziers' Guild head Ana Lund"."""
    if NAME_KIND_OF.get(token.lower_) != "organisation" or token.i == token.sent.start or token.i + 1 == len(token.doc):
        return False
    before, following = token.nbor(-1).text, token.nbor().text
    named = token.text[:1].isupper() and (before[:1].isupper() or before in (*_MARKS, "&"))
    return named and following in OFFICES | _ROLES


def is_inside_name(token: Token) -> bool:
    """Whether a possessive is a part of the name of an organisation: "Dockers' Union"."""
    marks = (child for child in token.children if child.tag_ == "POS" and child.i == token.i + 1)
    return any(mark.i + 1 < len(mark.doc) and _owns(mark) for mark in marks)


def _owns(mark: Token) -> bool:
    """Whether a possessive mark stands inside the name of a body of people: "Dockers' Union", "Women's Institute"."""
    owner, last = mark.nbor(-1), mark.nbor()
    while last.i + 1 < len(last.doc) and last.nbor().pos_ == "PROPN" and last.nbor().text[:1].isupper():
        last = last.nbor()
    singular = owner.lower_.removesuffix("s")
    human = owner.lower_ in _OWNERS or owner.lower_.endswith("men") or singular in PEOPLE | OFFICES
    human = human or kinds.is_human(singular)
    return last.lower_ in _BODIES and mark.nbor().text[:1].isupper() and owner.text[:1].isupper() and human


def _description(head: Token) -> TokenSpan:
    """A common noun with its premodifiers, nationality included, and the phrase that says which one."""
    parsed = head.doc
    start = head.i
    while start > head.sent.start and _premodifies(parsed[start - 1], head):
        start -= 1
    if head.i in quotatives.sources_of(parsed):
        start = _behind_article(head, start)
    while start < head.i and (
        parsed[start].is_punct or (parsed[start].lower_ in LEFT_OUT | UNNAMING) or parsed[start].like_num
    ):
        start += 1
    while start > 1 and parsed[start - 1].text == "-" and not parsed[start - 1].whitespace_:
        start -= 2
        while start > head.sent.start and _premodifies(parsed[start - 1], parsed[start]):
            start -= 1
    last = head.i
    while last + 2 < len(parsed) and parsed[last + 1].text == "-" and not parsed[last].whitespace_:
        last += 2
    return with_phrase(head, start, last)


def _behind_article(head: Token, start: int) -> int:
    """Where the words between an article and the source of an attribution begin, whatever the parse makes of them."""
    first = start
    while first > head.sent.start and head.doc[first - 1].pos_ in ("ADJ", "NOUN", "PROPN"):
        first -= 1
    opened = first > head.sent.start and head.doc[first - 1].lower_ in ("the", "a", "an")
    return first if opened else start


def _premodifies(token: Token, head: Token) -> bool:
    if token.is_space or token.text in ('"', "“", "”", ",", "(", ")", "—", "–"):
        return False
    top = token
    while top.head.i != head.i and top.head != top and top.head.i > token.i and top.head.i < head.i:
        top = top.head
    mistaken = head.dep_ == "compound" and head.head.i == head.i + 1 and head.head.i in quotatives.of(head.doc)
    if top.head.i != head.i and not (mistaken and top.head == head.head):
        return False
    return top.dep_ not in _NO_PREMODIFIERS and token.dep_ != "case" and token.tag_ != "POS"
