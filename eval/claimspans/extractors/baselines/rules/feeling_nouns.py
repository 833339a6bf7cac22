"""Nouns of feeling whose source is an object, a relative clause's subject, or stands behind *among*, *to* or *for*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import sources
from .cue_type import Cue
from .polarity import Polarity, polarity
from .vocabulary import LIGHT_VERBS
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

_GIVING = words("give cause bring afford spare occasion")
"""Verbs of which somebody gets a feeling: "gave the crew the jitters"."""
_SEIZING = words(
    "grip seize haunt beset plague overcome consume overwhelm torment possess assail paralyse paralyze grab engulf "
    "take strike dog trouble unnerve rack"
)
"""What a feeling does to somebody: "panic seized the crew"."""
_STIRRING = words(
    "strike instil instill arouse awaken kindle inspire stir rouse sow spread provoke prompt trigger raise"
)
_DRAWING = words("draw elicit bring earn win prompt provoke trigger spark ignite unleash arouse stir attract")
_BEING = words(
    "be exist grow spread rise persist remain reign prevail linger run mount abound increase deepen simmer build fester"
)
_ORIGINS = words("source cause matter object reason ground grounds subject focus point")
SENSE = words(
    "sense feeling wave pang tinge touch fit mood air state shiver rush frisson note measure degree deal lot modicum "
    "flicker undercurrent hint trace word storm chorus torrent stream flood barrage hail shred string list number "
    "host range series litany load mixture"
)
"""What stands before a feeling with *of*: "a note of caution"."""
_GROUNDS = words("cause reason ground grounds occasion matter source")
"""What one is given for a feeling: "gave the crew cause for alarm"."""
_STAYING = words("be live remain stand go dwell walk work sleep wait stay sit lie spend")
_SPOKEN = words("warning caution")
"""Nouns of concern that are said to somebody, not felt by him."""
_ABOUT = ("about", "over", "at", "of", "that", "regarding", "concerning", "for", "on")
_MET = words("meet greet receive view regard hear read watch see await")
_PLAIN = words("plain clear known felt public evident")


def felt_noun(noun: Token, stance: str | None) -> Cue | None:
    """The cue of a noun of feeling or saying by one of these constructions."""
    if stance is None:
        return None
    for found in (_in_relative(noun, stance), _shown(noun, stance)):
        if found:
            return Cue(noun.i, noun.i + 1, noun, stance, False, found)
    answered = _drawn(noun) or _met(noun) or _filling(noun) if stance != "assertion" else []
    if answered:
        return Cue(noun.i, noun.i + 1, noun, stance, False, answered)
    satisfied = noun.lemma_.lower() in (
        "bewilderment",
        "disappointment",
        "amazement",
        "astonishment",
        "relief",
        "delight",
        "surprise",
        "satisfaction",
        "joy",
        "pride",
    )
    if stance != "concern" and not satisfied:
        return None
    if noun.lemma_.lower() in _SPOKEN:
        return None
    felt = _aside(noun) or _given(noun) or _in_state(noun) or _seized(noun)
    felt = felt or _among(noun) or _is_to(noun) or _met(noun)
    return Cue(noun.i, noun.i + 1, noun, stance, False, felt) if felt else None


def _speaking(nouns: Iterable[Token]) -> list[Token]:
    return [each for noun in nouns if sources.can_speak(noun) for each in sources.joined(noun)]


def _objects(link: Token) -> list[Token]:
    return [noun for noun in link.children if noun.dep_ == "pobj"]


def _in_relative(noun: Token, stance: str) -> list[Token]:
    """Who voices it in a relative clause: "the fears that the union voiced about the shells"."""
    for clause in noun.children:
        if clause.dep_ not in ("relcl", "acl") or clause.lemma_ not in LIGHT_VERBS or stance == "assertion":
            continue
        if clause.lemma_ == "have" and stance != "concern":
            continue
        subjects = [child for child in clause.children if child.dep_ == "nsubj" and child.i > noun.i]
        about = any(
            child.lower_ in _ABOUT and child.dep_ == "prep" for part in (noun, clause) for child in part.children
        )
        if subjects and about and subjects[0].tag_ not in ("WDT", "WP") and polarity(clause) is Polarity.SPOKEN:
            return _speaking(subjects)
    return []


def _shown(noun: Token, stance: str) -> list[Token]:
    """Who makes it plain: "made plain his misgivings about the sale", "made known her displeasure at it"."""
    word = noun.head
    if stance == "assertion" or noun.dep_ not in ("nsubj", "dobj") or word.lower_ not in _PLAIN:
        return []
    verb = word.head
    made = verb.lemma_ in ("make", "let") and any(
        child.lower_ in ("his", "her", "its", "their") for child in noun.children
    )
    return _speaking(sources.of_verb(verb)) if made and polarity(verb) is Polarity.SPOKEN else []


def _aside(noun: Token) -> list[Token]:
    """Whose feeling a phrase with *to* names: "much to the mayor's dismay", "to the horror of the crew"."""
    link = noun.head
    if noun.dep_ != "pobj" or link.lower_ != "to" or link.head.pos_ in ("NOUN", "PROPN", "PRON"):
        return []
    if link.head.pos_ in ("VERB", "AUX") and link.i > link.head.i and link.nbor(-1).text not in (",", "–", "—", "much"):
        return []
    owners = [owner for owner in sources.possessives(noun) if owner.lower_ != "its"]
    owners += [each for of in noun.children if of.lower_ == "of" for each in _objects(of)]
    return _speaking(owners[:1])


def _in_state(noun: Token) -> list[Token]:
    """Who is in it: "live in dread of the mines", "remain in a state of panic over the shells"."""
    top = _top(noun)
    link = top.head
    near = [child for part in (noun, top, link.head) for child in part.children if child.i > noun.i]
    if not any(child.lower_ in (*_ABOUT, "lest") or child.dep_ in ("acl", "ccomp") for child in near):
        return []
    stays = link.lower_ == "in" and link.dep_ == "prep" and link.head.lemma_ in _STAYING
    return _speaking(sources.of_verb(link.head)) if stays and polarity(link.head) is Polarity.SPOKEN else []


def _filling(noun: Token) -> list[Token]:
    """Who is full of it: "is full of scorn for the estimate"."""
    link, word = noun.head, noun.head.head
    full = noun.dep_ == "pobj" and link.lower_ == "of" and word.lower_ == "full" and word.dep_ == "acomp"
    return _speaking(sources.of_verb(word.head)) if full and polarity(word.head) is Polarity.SPOKEN else []


def _top(noun: Token) -> Token:
    """A feeling, or what stands before it with *of*: "a wave of panic"."""
    of_sense = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_ in SENSE
    return noun.head.head if of_sense else noun


def _given(noun: Token) -> list[Token]:
    """Who gets it: "gave the crew the jitters", "gave it cause for alarm", "struck fear into the guards"."""
    link = noun.head
    if noun.dep_ == "pobj" and link.lower_ == "for" and link.i and link.nbor(-1).lemma_ in _GROUNDS:
        noun = link.nbor(-1)
    verb = noun.head
    if verb.lemma_ in _GIVING and noun.dep_ == "dobj" and not any(child.dep_ == "dative" for child in verb.children):
        people = [child for child in noun.children if child.dep_ == "compound" and sources.can_speak(child)]
        if people:
            return _speaking(people[-1:])  # "gave the crew cause", which the parser takes for one noun
    if verb.lemma_ in _GIVING and noun.dep_ == "dobj":
        given = [child for child in verb.children if child.dep_ == "dative" and child.i < noun.i]
        to = [link for part in (verb, noun) for link in part.children if link.lower_ == "to" and link.i > noun.i]
        return _speaking([*given, *(each for link in to for each in _objects(link))])
    if verb.lemma_ in _GIVING and noun.dep_ == "ccomp":
        return _speaking(child for child in noun.children if child.dep_ == "nsubj")
    misread = noun.dep_ in ("dobj", "appos") and verb.dep_ == "dobj" and verb.head.lemma_ in _GIVING
    if misread and noun.i > verb.i and any(child.dep_ == "det" for child in noun.children):
        return _speaking([verb])
    if verb.lemma_ in _STIRRING and noun.dep_ == "dobj":
        into = [link for part in (verb, noun) for link in part.children if link.lower_ in ("into", "in", "among")]
        return _speaking(each for link in into for each in _objects(link))
    return []


def _drawn(noun: Token) -> list[Token]:
    """From whom something draws it: "drew a denial from the firm", "provoked fury among the miners"."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_ not in _DRAWING or polarity(verb) is not Polarity.SPOKEN:
        return []
    if any(child.lower_ in ("no", "little") for child in noun.children):
        return []
    links = [child for part in (noun, verb) for child in part.children if child.lower_ in ("from", "among", "amongst")]
    return _speaking(each for link in links if link.i > noun.i for each in _objects(link))


def _seized(noun: Token) -> list[Token]:
    """Whom it seizes, where its object is named: "panic over the shells seized the crew"."""
    top = _top(noun)
    if not any(child.lower_ in _ABOUT or child.dep_ in ("acl", "relcl") for child in noun.children):
        return []
    verb = top.head
    if top.dep_ == "nsubj" and verb.lemma_ in _SEIZING:
        return _speaking(child for child in verb.children if child.dep_ == "dobj")
    verb = top.head.head
    if top.dep_ == "pobj" and top.head.lower_ in ("by", "with") and verb.lemma_ in _SEIZING:
        return _speaking(child for child in verb.children if child.dep_ == "nsubjpass")
    return []


def _among(noun: Token) -> list[Token]:
    """Those among whom it is: "among the crew there is dread of the mines"."""
    verb = noun.head
    if noun.dep_ not in ("attr", "nsubj", "dobj") or verb.lemma_ not in _BEING:
        return []
    if not any(
        child.lower_ in _ABOUT or child.dep_ in ("acl", "relcl") for part in (noun, verb) for child in part.children
    ):
        return []
    links = [child for child in verb.children if child.lower_ in ("among", "amongst")]
    return _speaking(each for link in links for each in _objects(link))


def _is_to(noun: Token) -> list[Token]:
    """Those to whom something is one: "is a worry to the crew", "is a source of anxiety for local farmers"."""
    top = noun
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        top = noun.head.head if noun.head.head.lemma_ in _ORIGINS else noun.head
    if top.head.lemma_ not in ("be", "remain", "become", "cause") or top.dep_ not in ("attr", "prep", "dobj"):
        return []
    if top.head.lemma_ == "cause" and noun == top:
        return []
    links = [
        child for part in (noun, top, top.head) for child in part.children if child.lower_ in ("to", "for", "among")
    ]
    return _speaking(each for link in links if link.i > noun.i for each in _objects(link))


def _met(noun: Token) -> list[Token]:
    """Who met something with it: "was greeted with dismay by the admirals"."""
    verb = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "with" or verb.lemma_ not in _MET:
        return []
    links = [child for part in (verb, noun) for child in part.children if child.lower_ in ("by", "among", "from")]
    return _speaking(each for link in links for each in _objects(link))
