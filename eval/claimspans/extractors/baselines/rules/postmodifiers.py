"""The phrase behind a description that says which one: of an organisation, from a place, for a side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import quotatives
from .kinds import is_human, kind_of
from .source_words import OFFICES, PEOPLE
from .vocabulary import NOUN_STANCE_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_POSTMODIFIERS = ("of", "from", "at", "to", "for")
_DOCUMENT_POSTMODIFIERS = (*_POSTMODIFIERS, "by")
_PLAIN = ("ADP", "DET", "ADJ", "NOUN", "PROPN", "NUM")
OCCASIONS = words(
    "statement interview letter report briefing speech message comment email response reply case turn "
    "inquest trial hearing session meeting conference rally summit funeral ceremony dinner supper lunch breakfast "
    "party reception wedding parade debate inquiry record time moment noon dawn dusk night midnight once oath press"
)
"""At what somebody says something, which does not tell who he is."""


def with_phrase(head: Token, start: int, last: int) -> TokenSpan:
    """A description with the phrase behind it that says which one: "a spokesman for the army"."""
    parsed = head.doc
    allowed = _DOCUMENT_POSTMODIFIERS if kind_of(head) == "document" else _POSTMODIFIERS
    following = parsed[last + 1] if last + 1 < len(parsed) else None
    if (
        following is None
        or following.lower_ not in allowed
        or not (following.head.i == head.i or _is_given_to_verb(following, head))
        or following.dep_ not in ("prep", "agent")
        or any(child.dep_ == "pcomp" for child in following.children)
    ):
        return parsed[start : last + 1]
    objects = [child for child in following.children if child.dep_ == "pobj"]
    document = allowed is _DOCUMENT_POSTMODIFIERS  # "an earlier version of this report"
    if not document and any(noun.lemma_ in NOUN_STANCE_OF and not quotatives.ends_phrase(noun) for noun in objects):
        return parsed[start : last + 1]
    if following.lower_ != "of" and any(noun.lemma_.lower() in OCCASIONS for noun in objects):
        return parsed[start : last + 1]
    own = any(child.dep_ == "poss" and child.pos_ == "PRON" for noun in objects for child in noun.children)
    if following.lower_ == "from" and own:
        return parsed[start : last + 1]  # "said the general from his balcony"
    end = last
    for token in parsed[last + 1 : head.sent.end]:
        inside = token.i in range(following.i, following.right_edge.i + 1)
        if (
            not inside
            or token.text in (",", ";", ":", "–", "—", '"', "“", "”", "(")
            or token.is_space
            or token.tag_ in ("WDT", "WP", "WP$")
            or quotatives.ends_phrase(token)
            or token.lower_ in ("as", "about", "over")
            or (token.tag_ == "CD" and not token.text[:1].isupper() and token.nbor(-1).pos_ in ("NOUN", "PROPN"))
        ):
            break
        if token.dep_ in ("relcl", "acl", "advcl") or (
            token.dep_ == "prep" and token.head.i == head.i and token.i != following.i and token.lower_ not in allowed
        ):
            break
        end = token.i
    if end == following.i:
        return parsed[start : last + 1]
    further = parsed[end + 1] if end + 1 < len(parsed) else None
    if further is not None and further.lower_ in allowed and further.head.i == head.i and further.dep_ == "prep":
        inner = [child for child in further.children if child.dep_ == "pobj"]
        dated = any(child.ent_type_ in ("DATE", "TIME") for child in inner)
        if inner and not dated and all(word.pos_ in _PLAIN for word in parsed[end + 1 : inner[0].i + 1]):
            end = inner[0].i
    return parsed[start : end + 1]


def _is_given_to_verb(link: Token, head: Token) -> bool:
    """Whether the parser gives a phrase right behind a source to its verb: "muttered the deckhand from the island"."""
    verb = link.head
    agent = head.dep_ == "pobj" and head.head.dep_ == "agent" and head.head.head == verb
    if not (agent or (verb.i < head.i and verb.i in quotatives.of(head.doc) and head.head == verb)):
        return False
    plain = all(word.pos_ in _PLAIN for word in link.subtree)
    ends = link.right_edge.i + 1 >= len(head.doc) or link.right_edge.nbor().is_punct
    named = [word for word in link.subtree if word.ent_type_ in ("DATE", "TIME") or word.lemma_.lower() in OCCASIONS]
    at = [child.lemma_.lower() for child in link.children if child.dep_ == "pobj"]
    addressed = any(noun in PEOPLE | OFFICES or is_human(noun) for noun in at)  # "shouted the envoy at the editor"
    return link.lower_ in ("from", "at") and plain and ends and not named and not addressed
