"""Sources apart from their verb: sides that share the cue of their sentence, and those behind a fronted predicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import parts, quotatives, source_phrases, sources, states
from .quotative_edges import PARTING
from .vocabulary import STANCE_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OTHERS = words("others other another second rest latter")
_DOING = words("do does did has have had")
_FRONTED = words("first last foremost chief prominent among loudest quick swift prompt fast happy glad keen eager")
_BEING = words("is was are were been")
_STANDING = words("is was are were remains remained stays stayed seems seemed looks looked sounded sounds")
_FAR = 14
_BESIDE = words("with beside alongside")
_THEM = words("him her it them")
_BEHIND = frozenset(("who", "that"))
_ASIDE = 8
_YEAR = 4
_SHORT = 5
_ARTICLES = ("the", "a", "an")
_LINKS = words("and while whereas but")
_BEFORE_FIGURES = words("at of to in with only just about around some nearly over under almost fewer more than roughly")
_NO_REST = words("of who which , . and or ; )")


def sharing(verb: Token) -> list[Token]:
    """The sources behind a spoken verb that have none of their own."""
    places = range(verb.i + 1, verb.sent.end - 2)
    return [noun for place in places if (noun := _found(verb, place)) is not None]


def sharing_noun(noun: Token) -> list[Token]:
    """The sides that share a noun of feeling, each with its own *about*: "has qualms about it, and Peru about this"."""
    links = [child for child in noun.children if child.dep_ == "prep" and child.i > noun.i]
    if not links:
        return []
    found = []
    for place in range(links[0].i + 1, noun.sent.end - 2):
        opens = noun.doc[place].text in (",", ";", "–", "—") or noun.doc[place].lower_ in _LINKS
        start = place + 1 + (noun.doc[place + 1].lower_ in _LINKS)
        start += noun.doc[start].lower_ in ("the", "a", "an")
        side, end = source_phrases.phrase(noun.doc, start, noun.sent.end) if opens else (None, start)
        if side is not None and end < noun.sent.end and noun.doc[end].lower_ == links[0].lower_ and side not in found:
            found.append(side)
    return found


def doing_so(verb: Token) -> list[Token]:
    """Of them those behind *do* or *have*, which a verb behind what it says has too: "…, thinks Vale, as does Orr"."""
    if not (verb.lemma_ in STANCE_OF or verb.i in quotatives.of(verb.doc)):
        return []
    places = range(verb.i + 1, verb.sent.end - 2)
    return [noun for place in places if (noun := _doing_so(verb, place)) is not None]


def _found(verb: Token, place: int) -> Token | None:
    return _side(verb, place) or _doing_so(verb, place) or _with_it(verb, place) or _with_its_object(verb, place)


def _with_it(verb: Token, place: int) -> Token | None:
    """One who is put beside the source by *with*: "swears, and with him the cook, that"."""
    parsed = verb.doc
    start = place + 1
    if parsed[place].text not in PARTING or parsed[start].lower_ not in ("and", "as"):
        return None
    start += 1
    before = parsed[start : start + 2]
    leads = len(before) > 1 and before[0].lower_ in _BESIDE and before[1].lower_ in _THEM
    noun, end = source_phrases.phrase(parsed, start + 2 * leads, verb.sent.end)
    if noun is None or (not leads and not (end + 1 < len(parsed) and parsed[end].lower_ in _BESIDE)):
        return None
    if not leads and parsed[end + 1].lower_ not in _THEM:
        return None
    end += 0 if leads else 2
    return noun if end < len(parsed) and parsed[end].text in PARTING else None


def _with_its_object(verb: Token, place: int) -> Token | None:
    """A side right before an object of its own: "blames the baker, and the baker the miller", "…, Peru Chile"."""
    parsed = verb.doc
    start = place + 1
    if parsed[place].text not in (",", ";", "–", "—") and parsed[place].lower_ not in _LINKS:
        return None
    start += parsed[start].lower_ in _LINKS
    start += parsed[start].lower_ in _ARTICLES
    split = _second_phrase(parsed, start, verb.sent.end)
    if split is None or not any(child.dep_ == "dobj" and child.i < place for child in verb.children):
        return None
    end = next((word.i for word in parsed[split : verb.sent.end] if word.is_punct), verb.sent.end)
    noun, behind = source_phrases.phrase(parsed, start, split)
    verbal = any(word.pos_ in ("VERB", "AUX") or word.tag_ in ("WDT", "WP") for word in parsed[start:end])
    return noun if noun is not None and behind == split and not verbal and sources.can_speak(noun) else None


def _second_phrase(parsed: Doc, start: int, limit: int) -> int | None:
    """Where a second noun phrase begins right behind the first: at its article, or at the second of two states."""
    known = states.of(parsed)
    for place in range(start + 1, min(start + _SHORT, limit)):
        if parsed[place].lower_ in _ARTICLES and parsed[place - 1].pos_ in ("NOUN", "PROPN"):
            return place
        if parsed[place].is_punct or parsed[place].pos_ in ("VERB", "AUX", "ADP", "CCONJ"):
            return None
        following = (parsed[place : place + length].text for length in (1, 2))
        if known.is_state(parsed[start:place].text) and any(map(known.is_state, following)):
            return place
    return None


def _doing_so(verb: Token, place: int) -> Token | None:
    """The source of *do* or *have*, which stand for the verb: "as does its navy", "and so did the panel"."""
    parsed = verb.doc
    if parsed[place].lower_ not in ("as", "so") or parsed[place + 1].lower_ not in _DOING:
        return None
    noun, end = source_phrases.phrase(parsed, place + 2, verb.sent.end)
    return noun if noun is not None and (end == len(parsed) or parsed[end].is_punct) else None


def fronted(verb: Token) -> list[Token]:
    """The source behind the copula of a predicate put first: "First to report it was Vale", "Among those …"."""
    parsed, sentence = verb.doc, verb.sent
    if sentence[0].lower_ not in _FRONTED and sentence[0].tag_ not in ("JJS", "RBS"):
        return []
    if verb.i == sentence.start or not (verb.tag_ == "VBG" or verb.nbor(-1).lower_ in ("to", "who")):
        return []
    copulas = [word for word in parsed[verb.i + 1 : sentence.end] if word.lower_ in _BEING]
    if not copulas:
        return []
    for copula in reversed(copulas):
        noun, end = source_phrases.phrase(parsed, copula.i + 1, sentence.end)
        ends = end == len(parsed) or parsed[end].text in (".", ",", ";") or parsed[end].is_space
        if noun is not None and ends:
            return sources.joined(noun)
    return []


def behind_predicate(word: Token) -> list[Token]:
    """The source behind the copula of an adjective put first: "Equally silent about it remains the firm"."""
    parsed, sentence = word.doc, word.sent
    if not all(token.pos_ == "ADV" or token.is_punct or token.is_space for token in parsed[sentence.start : word.i]):
        return []
    for copula in parsed[word.i + 1 : min(word.i + _FAR, sentence.end)]:
        if copula.lower_ in _STANDING:
            between = parsed[word.i + 1 : copula.i]
            fits = all(word.is_punct or word.lower_ in ("too", "also") for word in between)
            fits = fits or between[0].pos_ in ("ADP", "SCONJ") or between[0].lower_ == "that"
            noun, end = source_phrases.phrase(parsed, copula.i + 1, sentence.end)
            ends = noun is not None and (end >= sentence.end or parsed[end].is_punct or parsed[end].lower_ in _BEHIND)
            if fits and ends and noun is not None:
                return sources.joined(noun)
    return []


def _side(verb: Token, place: int) -> Token | None:
    """The side that begins right behind a mark: one of others with its rest, or a name with a figure or a clause."""
    parsed = verb.doc
    start = place + 1
    if parsed[place].text not in (",", ";", "–", "—"):
        joined = parsed[place].lower_ in _LINKS and _figure_behind(parsed, start, verb.sent.end) < verb.sent.end
        if not joined or parsed[place - 1].is_punct:
            return None
    if parsed[start].lower_ in _LINKS:
        start += 1
    if parsed[start].lower_ in ("the", "a", "an"):
        start += 1
    if start + 1 >= len(parsed):
        return None
    first = parsed[start]
    if first.lower_ in _OTHERS:
        following = parsed[start + 1]
        if following.text == "," and start + 2 < len(parsed) and parsed[start + 2].lower_ == "that":
            return first
        alone = start + 2 < len(parsed) and parsed[start + 2].is_punct and states.of(parsed).code(following.text)
        verbal = not alone and following.pos_ in ("VERB", "AUX", "NOUN", "PROPN") and following.tag_ != "VBN"
        return None if verbal or following.is_punct or following.lower_ in _NO_REST else first
    if parsed[start + 1].lower_ == "that" and parts.stands_for_people(first):
        return first
    figure_at = _figure_behind(parsed, start, verb.sent.end)
    links = source_phrases.LINKS if figure_at < verb.sent.end else ("of",)
    noun, end = source_phrases.phrase(parsed, start, figure_at, links)
    if noun is not None and end < verb.sent.end and parsed[end].text == ",":
        aside = next((word.i for word in parsed[end + 1 : min(end + _ASIDE, verb.sent.end)] if word.text == ","), end)
        end = aside + 1 if parsed[aside + 1].lower_ == "that" else end
    if noun is None or end >= verb.sent.end or not sources.can_speak(noun):
        return None
    counted = noun.i + 2 < end and (parsed[noun.i + 2].like_num or parsed[noun.i + 2].lower_ in _BEFORE_FIGURES)
    if counted and parsed[noun.i + 1].lower_ == "of":
        end = noun.i + 1
    rest = parsed[end]
    while end + 1 < verb.sent.end and rest.lower_ in _BEFORE_FIGURES:
        end += 1
        rest = parsed[end]
    dated = rest.ent_type_ == "DATE" and (rest.i != figure_at or len(rest.text) == _YEAR)
    figure = rest.like_num and not dated and (end + 1 == len(parsed) or parsed[end + 1].is_punct)
    between = parsed[verb.i + 1 : place]  # without a clause in it the noun is beside an addressee
    told = any(word.tag_ in ("VBD", "VBZ", "VBP", "MD") for word in between)
    return noun if figure or (told and rest.lower_ == "that" and rest.tag_ == "IN") else None


def _figure_behind(parsed: Doc, start: int, limit: int) -> int:
    """The place of a figure at the end of a clause, which is no part of the name before it: "Orsenna 60"."""
    for word in parsed[start + 1 : limit]:
        if word.is_punct:
            break
        if word.like_num and not word.text[:1].isupper() and (word.i + 1 == limit or word.nbor().is_punct):
            return word.i
    return limit
