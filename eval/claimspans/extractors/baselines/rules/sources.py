"""Who speaks: the words that fill the source role of a verb, and how far each mention reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import states
from .vocabulary import KIND_OF, LEFT_OUT, NAME_KIND_OF, NOUN_STANCE_OF, OFFICES, PEOPLE, THINGS, TITLES, UNNAMING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_RELATIVES = frozenset(("who", "which", "that", "whom"))
_NOBODY = frozenset(
    "question q answer nobody none nothing what whatever you there this that which who whom it's whoever anyone anybody something "
    "someone somebody one everything whose himself herself themselves itself ourselves".split()
)
PRONOUNS = frozenset("he she they we i it him her them us me his my our their its each both".split())
_CASE_OF = {"him": "he", "her": "she", "them": "they", "us": "we", "me": "I", "his": "he", "my": "I", "our": "we"}
_SHORTEST = 4
_POSTMODIFIERS = ("of", "from", "at", "to", "for")
_DOCUMENT_POSTMODIFIERS = (*_POSTMODIFIERS, "by")
_NAME_PARTS = frozenset(("of", "and", "&", "for", "the", "de", "van", "von", "al", "bin", "-", "–", "to", "on", "in"))


def of_verb(verb: Token) -> list[Token]:
    """The nouns that a verb of saying has as its source: subject, agent, antecedent, or the noun behind it."""
    agents = [noun for child in verb.children if child.dep_ == "agent" for noun in child.children if noun.dep_ == "pobj"]
    if agents:
        return _eligible(agents)
    if _is_passive(verb):
        return []
    current = verb
    for _ in range(4):
        subjects = [child for child in current.children if child.dep_ in SUBJECTS]
        if subjects:
            return _eligible(_antecedents(subjects, current))
        if current == verb and (behind := _inverted(verb)) is not None:
            return _eligible([behind])
        if current.dep_ == "acl" and current.tag_ == "VBG":
            return _eligible([current.head])
        if current.dep_ not in ("conj", "xcomp", "advcl", "acomp") or current.head == current:
            return []
        if current.dep_ == "advcl" and current.tag_ not in ("VBG", "VB", "VBN"):
            return []
        current = current.head
        if _is_passive(current) and current.dep_ != "conj" and verb.tag_ != "VBG":
            return _eligible([child for child in current.children if child.dep_ == "nsubjpass"])
    return []


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)


def _antecedents(subjects: list[Token], verb: Token) -> list[Token]:
    """What a relative pronoun stands for; other subjects as they are."""
    found = []
    for subject in subjects:
        if subject.lower_ in _RELATIVES and subject.tag_ in ("WP", "WDT"):
            clause = verb
            while clause.dep_ == "conj":
                clause = clause.head
            if clause.dep_ in ("relcl", "acl"):
                found.append(_named(clause.head))
        else:
            found.append(subject)
    return found


def _named(noun: Token) -> Token:
    """A noun, or the one that it is an apposition of."""
    return noun.head if noun.dep_ == "appos" and noun.head.pos_ == "PROPN" and noun.pos_ != "PROPN" else noun


def _inverted(verb: Token) -> Token | None:
    """The noun right behind a verb that ends or opens an attribution: "…," said the envoy."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else None
    if before is not None and before.pos_ in ("AUX", "PRON", "NOUN", "PROPN", "PART") and before.lower_ not in ("so", "thus"):
        return None
    for child in verb.children:
        if child.i > verb.i and child.dep_ in ("dobj", "attr", "npadvmod", "oprd", "dep", "nsubj", "dative", "appos", "pobj"):
            between = verb.doc[verb.i + 1 : child.left_edge.i]
            if all(token.is_space or token.pos_ in ("ADV", "DET", "PUNCT") for token in between) and child.pos_ in (
                "NOUN",
                "PROPN",
                "PRON",
            ):
                return child
    return None


def _eligible(nouns: list[Token]) -> list[Token]:
    found = []
    for noun in nouns:
        for each in (noun, *(other for other in noun.conjuncts if other.i > noun.i and can_speak(other))):
            if each.lower_ not in _NOBODY and each.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X") and each not in found:
                found.append(each)
    return found


def can_speak(noun: Token) -> bool:
    """Whether a noun is a person, a state, a body or a document, not a thing or an event."""
    if noun.pos_ in ("PROPN", "PRON"):
        return not any(letter.isdigit() for letter in noun.text)
    lemma = noun.lemma_.lower()
    known = (KIND_OF, OFFICES, PEOPLE, NAME_KIND_OF)
    return any(lemma in words for words in known) or states.of(noun.doc).is_state(noun.text) or is_human(lemma)


def is_human(lemma: str) -> bool:
    """Whether a common noun has the form of those that name a person: dealer, sailor, chemist, gunman."""
    return lemma not in THINGS and len(lemma) > _SHORTEST and lemma.endswith(("er", "or", "ist", "man", "woman"))


def eligible(noun: Token) -> bool:
    """Whether a word can be a source at all."""
    return bool(_eligible([noun]))


def extent(head: Token) -> TokenSpan | None:
    """The mention of a source by its head: a name alone, otherwise the noun with its premodifiers and *of* phrase."""
    apposed = _apposed_name(head)
    if apposed is not None:
        head = apposed
    if head.pos_ == "PRON" or head.lower_ in PRONOUNS:
        return _with_phrase(head, head.i, head.i) if head.lower_ in ("both", "each", "one", "those") else head.doc[head.i : head.i + 1]
    if is_name(head):
        return _name(head)
    return _description(head)


def is_name(token: Token) -> bool:
    """Whether a noun is written with a capital in the way of names."""
    if not token.text[:1].isupper() or token.pos_ == "PRON":
        return False
    if token.pos_ == "PROPN":
        return True
    return not token.is_sent_start and token.i > token.sent.start and token.nbor(-1).text not in ("“", '"', ":", "\n")


def _apposed_name(head: Token) -> Token | None:
    """The personal name in apposition: "the minister, Ana Lund"."""
    for child in head.children:
        if child.dep_ == "appos" and child.i > head.i and child.pos_ == "PROPN" and not is_name(head):
            between = head.doc[head.i + 1 : child.left_edge.i]
            if all(token.text in (",", "–", "—") or token.is_space or token.head in (head, child) for token in between) or len(between) < 8:
                return child
    return None


def _name(head: Token) -> TokenSpan:
    """A name without title, nationality and article."""
    parsed, known = head.doc, states.of(head.doc)
    start = end = head.i
    end = _name_end(parsed, end)
    while start > head.sent.start and _belongs(parsed, start - 1):
        start -= 1
    while start < end and parsed[start].lower_ in _NAME_PARTS:
        start += 1
    whole = parsed[start : end + 1]
    if known.is_state(whole.text) or known.is_seat(whole.text):
        return whole
    organisation = any(token.lower_ in NAME_KIND_OF for token in whole)
    while start < end:
        word = parsed[start].lower_
        pair = parsed[start : start + 2].text
        if not organisation and (word in TITLES or word.rstrip(".") in TITLES):
            start += 1
        elif start + 1 < end and known.code(pair) and not _press(whole):
            start += 2
        elif known.code(parsed[start].text) and not _press(whole) and (not organisation or len(whole) > 1):
            start += 1
        else:
            break
    return parsed[start : end + 1]


def _name_end(parsed: Doc, end: int) -> int:
    """The last word of a name that goes on: "Ministry of Ports and Shipping", "Panel of Experts"."""
    linked, goes_on = end, False
    if NAME_KIND_OF.get(parsed[end].lower_) == "media":
        return end
    while parsed[end].lower_ in NAME_KIND_OF or linked > end or goes_on:
        following = parsed[linked + 1] if linked + 1 < len(parsed) else None
        if following is None or following.is_space:
            break
        if following.lower_ in ("of", "for", "to", "on", "the", "and", "&") and linked + 2 < len(parsed):
            linked += 1
        elif following.text[:1].isupper() and following.pos_ in ("PROPN", "NOUN", "ADJ"):
            end = linked = linked + 1
            goes_on = True
            if linked + 1 < len(parsed) and parsed[linked + 1].lower_ not in ("and", "&") and not parsed[linked + 1].text[:1].isupper():
                break
        else:
            break
    return end


def _press(name: TokenSpan) -> bool:
    return NAME_KIND_OF.get(name[-1].lower_) in ("media", "organisation")


def _belongs(parsed: Doc, index: int) -> bool:
    """Whether the word at an index is the part before of the name that begins behind it."""
    token, following = parsed[index], parsed[index + 1]
    if token.is_space or (not token.whitespace_ and token.text != "-" and following.text != "-"):
        return False
    if token.text[:1].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ") and token.lower_ not in UNNAMING:
        return not token.is_sent_start or token.pos_ == "PROPN" or token.head.i > token.i
    if token.text == "-":
        return True
    linked = token.lower_ in ("of", "&", "and", "for", "-", "de", "van", "von", "al") and index > token.sent.start
    return linked and parsed[index - 1].text[:1].isupper() and parsed[index - 1].pos_ == "PROPN" and (
        token.lower_ not in ("of", "for", "and") or parsed[index - 1].lower_ in NAME_KIND_OF
    )


def _description(head: Token) -> TokenSpan:
    """A common noun with its premodifiers, nationality included, and the phrase that says which one."""
    parsed = head.doc
    start = head.i
    while start > head.sent.start and _premodifies(parsed[start - 1], head):
        start -= 1
    while start < head.i and (
        parsed[start].is_punct or (parsed[start].lower_ in LEFT_OUT | UNNAMING) or parsed[start].like_num
    ):
        start += 1
    return _with_phrase(head, start, head.i)


def _premodifies(token: Token, head: Token) -> bool:
    if token.is_space or token.text in ('"', "“", "”", ",", "(", ")", "—", "–"):
        return False
    top = token
    while top.head.i != head.i and top.head != top and top.head.i > token.i and top.head.i < head.i:
        top = top.head
    if top.head.i != head.i:
        return False
    if top.dep_ in ("poss", "det", "predet", "nsubj", "cc", "preconj", "prep", "advmod", "aux", "nummod") and top.lower_ not in ("then",):
        return top.dep_ == "nummod" and False
    return token.dep_ not in ("case",) and token.tag_ != "POS"


def _with_phrase(head: Token, start: int, last: int) -> TokenSpan:
    parsed = head.doc
    allowed = _DOCUMENT_POSTMODIFIERS if KIND_OF.get(head.lemma_.lower()) == "document" else _POSTMODIFIERS
    following = parsed[last + 1] if last + 1 < len(parsed) else None
    if following is None or following.lower_ not in allowed or following.head.i != head.i or following.dep_ not in ("prep", "agent"):
        return parsed[start : last + 1]
    if any(child.dep_ == "pobj" and child.lemma_ in NOUN_STANCE_OF for child in following.children):
        return parsed[start : last + 1]
    end = last
    for token in parsed[last + 1 : head.sent.end]:
        inside = token.i in range(following.i, following.right_edge.i + 1)
        if not inside or token.text in (",", ";", ":", "–", "—", '"', "“", "”", "(") or token.is_space or token.tag_ in ("WDT", "WP", "WP$"):
            break
        if token.dep_ in ("relcl", "acl", "advcl") or (token.dep_ == "prep" and token.head.i == head.i and token.i != following.i and token.lower_ not in allowed):
            break
        end = token.i
    if end == following.i:
        return parsed[start : last + 1]
    return parsed[start : end + 1]


def possessives(noun: Token) -> Iterator[Token]:
    """The nouns and pronouns that a noun belongs to by 's or *my, its*."""
    yield from (child for child in noun.children if child.dep_ == "poss")


def nominative(word: str) -> str:
    """A pronoun in the nominative."""
    return _CASE_OF.get(word.lower(), word.lower())
