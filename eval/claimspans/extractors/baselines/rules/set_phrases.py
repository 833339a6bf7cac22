"""Set phrases of a verb with its object by which somebody takes a position: "picked holes in the count"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import sources
from .cue_type import Cue
from .goods import ENTRY_OF
from .negation import is_negated
from .plain_text import one_of
from .polarity import Polarity, polarity
from .source_words import KIND_OF
from .vocabulary import CLAIMS, SAID
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 70
"""So many characters behind its verb a set phrase begins and ends."""
_OWN = r"(?:his|her|its|their|my|our|the)"
_SAID = rf"(?:{'|'.join(sorted(SAID | words('testimony confession admission')))})"
_PHRASES = {
    "dispute": {
        "poke": r"fun at",
        "pick poke punch shoot knock": r"(?:\w+[ -]){0,2}(?:holes?|flaws) (?:in|through)",
        "pour throw dash fling": r"(?:(?:icy|ice-)?cold )?water (?:on|over)|buckets of (?:cold )?water",
        "take": r"(?:\w+ )?issue with|(?:\w+ )?exception to|(?:\w+ )*with (?:a|more than a) (?:pinch|grain) of salt|"
        r"a dim view of (?:the )?(?:evidence|report|figure|claim|count|estimate|photograph)|(?:\w+ ){1,5}to pieces",
        "beg": r"(?:leave )?to (?:differ|disagree|dissent)",
        "turn": rf"(?:up )?{_OWN} nose|a (?:sceptical|skeptical) eye",
        "wrinkle": rf"{_OWN} nose",
        "make": r"(?:light|little|short work|a mockery|fun|sport|nonsense|mincemeat) of",
        "give": r"(?:(?:very )?short shrift|no credence|little credence|scant credence|little weight|no weight) to|"
        r"(?:\w+ ){1,5}short shrift|(?:\w+ ){1,5}(?:no|little|scant) (?:credence|weight)",
        "lend attach": r"(?:no|little|scant|not much) (?:credence|weight|credit|value|importance) to|"
        r"(?:\w+ ){1,5}(?:no|little|scant) (?:credence|weight)",
        "put set place": r"(?:no|little|scant|not much) (?:faith|trust|stock|store|credence|reliance|confidence) "
        r"(?:in|on|by)",
        "raise": rf"(?:an |{_OWN} )?eyebrows?(?! at the chance)",
        "roll": rf"{_OWN} eyes",
        "see find": r"no (?:\w+ )?(?:merit|truth|substance|sense|validity|weight|value|basis|foundation) in",
        "tear rip": r"(?:\w+ ){1,5}(?:apart|to shreds|to pieces|to ribbons|down)|"
        r"(?:apart|down) (?:the|that|this|its|his|her)",
        "blow drive": r"(?:a|some) (?:\w+ )?(?:holes?|coach and horses) (?:in|through)",
        "throw cast": r"(?:\w+ ){1,5}into doubt",
        "call": r"(?:\w+ ){1,6}in(?:to)? (?:question|doubt)|(?:in(?:to)? (?:question|doubt))",
        "find": r"fault with (?:the |its |his |her |their )?"
        r"(?:evidence|report|figure|count|method|claim|estimate|audit)",
        "thumb": rf"{_OWN} nose at (?:the )?(?:evidence|report|figure|claim|count)",
    },
    "denial": {
        "give": r"the lie to",
        "knock": r"(?:\w+ ){1,4}on the head",
        "eat swallow": rf"{_OWN} (?:own )?words",
        "back row climb walk": rf"(?:back |down |off |away )+(?:from|on) (?:the |this |that |{_OWN} )?{_SAID}s?",
        "nail": r"(?:\w+ ){1,4}as (?:a lie|lies|false|fiction)",
        "shoot": rf"down (?:the |a |all )?{_SAID}s?|(?:the |a |all )?{_SAID}s? down",
        "go": rf"back on (?:the |this |that |its |his |her |their ){_SAID}s?",
    },
    "confirmation": {
        "own": r"(?:up )?to\b",
        "cop fess": r"(?:up )?to\b|up\b",
        "hold put": rf"(?:up {_OWN} hands?|{_OWN} hands? up) to\b",
        "make": r"a clean breast",
        "come": r"clean\b",
        "eat": r"humble pie\b",
        "let": r"(?:it )?(?:slip|drop|out|on) that",
        "set": r"(?:his|her|its|their) (?:seal|stamp) (?:to|on)",
        "shoulder": r"(?:the |full |all |sole )*(?:blame|responsibility)",
    },
    "evasion": {
        "breathe utter speak": r"(?:not|never) an? (?:\w+ )?(?:word|syllable|sound)|no (?:word|syllable)|nothing\b",
        "say": r"(?:not|never) an? (?:\w+ )?(?:word|syllable|thing)|no (?:more|word)\b|(?:precious |very )?little\b",
        "hold": rf"{_OWN} (?:tongue|peace)s?\b(?! out)",
        "bite": rf"(?:{_OWN} )(?:lip|tongue)s?\b",
        "keep": rf"{_OWN} (?:own )?(?:counsel|peace|silence|(?:mouth|lips|trap|beak) (?:shut|sealed|closed|buttoned))|"
        r"(?:schtum|shtum|quiet)\b|silence\b|(?:\w+ ){1,3}(?:guessing|in the dark about)",
        "maintain preserve observe": r"(?:an? |its |his |her |their )?(?:\w+ )?silence\b",
        "lapse fall": r"(?:\w+ )?into (?:a )?(?:\w+ )?silence\b",
        "sit": r"on the fence",
        "give": r"(?:nothing|little) (?:away|more away)|away nothing",
        "plead": r"ignorance|amnesia|(?:a )?loss of memory|the fifth",
        "feign profess": r"(?:ignorance|amnesia)",
        "play": r"dumb\b|for time\b",
        "beat": r"(?:about|around) the bush",
        "change": r"the subject",
        "draw": r"a veil (?:over|across)",
        "leave": r"(?:(?:it|that|this) )?open\b(?! the)|"
        r"(?:the|every|that|this) (?:question|matter|point|issue) (?:\w+ ){0,6}(?:open|hanging|unanswered)\b",
        "let": r"(?:\w+ ){1,9}(?:go|pass|stand) (?:unchallenged|uncontradicted|uncorrected|unanswered)\b|"
        r"(?:the |that |this |its |every )?(?:charge|allegation|claim|accusation|story|report|rumour|rumor)s? "
        r"(?:\w+ ){0,6}stand\b|(?:the |that |every |each )(?:question|query|remark|matter) (?:pass|drop|go|hang|lie)",
        "clam button zip": r"(?:up|it)\b",
        "take": r"the fifth",
        "hedge": r"(?:its|his|her|their) (?:bets?|answers?)|on (?:whether|the (?:question|issue))",
        "fudge": r"(?:the |its |his |her )?(?:answer|question|issue|reply|matter)",
        "drag": r"a red herring",
    },
    "condemnation": {
        "point": r"(?:an? |the )?(?:\w+ )?fingers? at",
        "take": r"(?:\w+ ){1,4}to task",
        "haul rake": r"(?:\w+ ){1,4}over the coals",
        "cry": r"foul\b",
        "hold": r"(?:\w+ ){1,5}(?:responsible|accountable|to blame|liable)\b",
        "read": r"(?:\w+ ){1,4}the riot act",
        "hit": r"out at",
        "tear lay": r"into the (?:\w+ )?(?:minister|government|ministry|army|company|firm|navy|state)",
        "speak": r"out against",
        "heap": r"(?:blame|opprobrium|abuse) (?:on|upon)",
    },
    "concern": {
        "lose": r"(?:\w+ )?sleep (?:over|about)",
        "ring": r"(?:the |an? )?alarm(?: bells?)?",
        "raise": r"(?:an? |the )?(?:red flags?|alarm)\b",
        "take": r"fright at",
    },
    "assertion": {
        "let": r"it be known|it be understood",
        "put": r"(?:it |the \w+ )?(?:about|around) that|it on record that|on record that",
        "lay set": r"(?:it )?down that",
        "make": r"(?:it )?(?:\w+ly |quite )?(?:known|clear|plain|public) that",
        "spread": r"(?:the )?(?:word|rumour|rumor|story|tale) that",
    },
    "commitment": {
        "draw": r"the line at",
        "balk baulk jib": r"at \w+ing",
        "give pledge": r"(?:its|his|her|their) (?:solemn )?word\b",
        "stand": r"ready to",
        "turn": r"down (?:the |an? |any |all )?(?:\w+ )?(?:offer|request|proposal|demand|invitation|plea|bid)s?",
        "spurn rebuff": r"(?:the |an? |any |all |\w+['’]s )?(?:\w+ )?"
        r"(?:offer|request|proposal|demand|invitation|plea|bid|overture)s?",
    },
}
_BY_VERB: dict[str, list[tuple[re.Pattern[str], str]]] = {}
for _stance, _phrases in _PHRASES.items():
    for _verbs, _pattern in _phrases.items():
        for _verb in _verbs.split():
            _BY_VERB.setdefault(_verb, []).append((re.compile(rf"(?:\w+ly )?(?:{_pattern})", re.IGNORECASE), _stance))
_OF_CLAIMS = {
    "scotch": "denial",
    "quash": "denial",
    "squash": "denial",
    "explode": "denial",
    "negate": "denial",
    "dispel": "denial",
    "rebuff": "denial",
    "withdraw": "denial",
    "nix": "denial",
    "falsify": "denial",
    "rubbish": "dispute",
    "trash": "dispute",
    "discredit": "dispute",
    "scorn": "dispute",
    "pooh": "dispute",
    "savage": "dispute",
    "demolish": "dispute",
    "shred": "dispute",
    "dissect": "dispute",
    "pan": "dispute",
    "slate": "dispute",
    "spurn": "dispute",
    "disbelieve": "dispute",
    "correct": "denial",
    "mock": "dispute",
    "deride": "dispute",
    "lampoon": "dispute",
    "ridicule": "dispute",
    "uphold": "confirmation",
    "ratify": "confirmation",
    "second": "confirmation",
}
"""Verbs that take a position only to a claim: "scotched the rumour"."""
_UNBELIEVED = words("buy swallow credit trust believe recognise recognize")
_TOLD = words(
    "story explanation account version figure claim tale excuse count theory number total estimate tally denial "
    "argument line word reason assurance explanations rumour rumor report"
)


_PHYSICAL = words("pick poke punch shoot knock pour throw dash fling take tear rip blow drive turn put set nail cast")
"""Verbs of set phrases that are also done to things."""
_ARGUED = words(
    "case argument method methodology arithmetic logic reasoning testimony alibi calculations findings those"
)


def set_phrase(verb: Token) -> Cue | None:
    """The cue of a verb that takes a position with the words behind it, or only to a claim."""
    lemma = verb.lemma_.lower()
    stance = _laid(verb, lemma) or _of_claim(verb, lemma) or _by_phrase(verb, lemma) or _unbreathed(verb, lemma)
    if stance is None or (verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod")):
        return None
    if polarity(verb) is Polarity.UNSPOKEN:
        return None
    start = verb.i
    while start > 1 and verb.doc[start - 1].text == "-" and not verb.doc[start - 1].whitespace_:
        start -= 2
    if start != verb.i and verb.doc[start].head != verb:
        start = verb.i
    before = verb.doc[start - 1] if verb.i > start > 0 else None
    named = before is not None and before.pos_ in ("NOUN", "PROPN", "ADJ", "PRON") and sources.can_speak(before)
    speakers = [before] if before is not None and named else sources.of_verb(verb)
    if not speakers or not all(map(sources.can_speak, speakers)):
        return None
    own = stance == "dispute" and any(token.lower_ in ("no", "little", "scant") for token in verb.subtree)
    negated = any(child.dep_ == "neg" for child in verb.children) if own else is_negated(verb)
    negated = negated or stance == "evasion"
    if negated and stance in ("condemnation", "concern", "commitment"):
        return None
    if lemma in _UNBELIEVED:
        negated = False
    return Cue(start, verb.i + 1, verb, "evasion" if negated else stance, negated, speakers)


def _laid(verb: Token, lemma: str) -> str | None:
    """A charge that is laid at somebody's door; what is left in front of a house is none."""
    if lemma != "lay" or any(one_of(child.lower_) in ENTRY_OF for child in verb.children if child.dep_ == "dobj"):
        return None
    doors = [noun for part in verb.subtree if part.lower_ == "at" for noun in part.children]
    owners = [
        owner
        for door in doors
        if door.lemma_ in ("door", "doorstep", "foot")
        for part in (door, *door.children)
        for owner in part.children
        if owner.dep_ in ("poss", "pobj")
    ]
    return "condemnation" if any(map(sources.can_speak, owners)) else None


def _by_phrase(verb: Token, lemma: str) -> str | None:
    if lemma not in _BY_VERB:
        return None
    start = verb.idx + len(verb.text)
    behind = verb.doc.text[start : min(start + _REACH, verb.sent.end_char)].lstrip()
    stance = next((stance for pattern, stance in _BY_VERB[lemma] if pattern.match(behind)), None)
    doubted = stance not in ("assertion", None)
    return None if doubted and lemma in _PHYSICAL and not _claims(verb) else stance


def _claims(verb: Token) -> bool:
    """Whether a claim, a document or "it" stands behind a verb that is also done to things."""
    named = (token for token in verb.subtree if token.i > verb.i + 1 and token.pos_ in ("NOUN", "PRON", "PROPN"))
    return any(
        noun.lower_ in _ARGUED
        or (noun.lower_ in CLAIMS or noun.lemma_.lower() in CLAIMS)
        or KIND_OF.get(noun.lemma_.lower()) == "document"
        for noun in named
    )


def _unbreathed(verb: Token, lemma: str) -> str | None:
    """Silence by the negation of a word: "would not breathe a word of it"."""
    words_of = any(child.dep_ == "dobj" and child.lemma_ in ("word", "syllable") for child in verb.children)
    return "evasion" if lemma in ("breathe", "utter", "say") and words_of and is_negated(verb) else None


def _of_claim(verb: Token, lemma: str) -> str | None:
    """The stance of a verb over a claim or a document, or of not believing one."""
    objects = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    if lemma in _UNBELIEVED:
        told = any(noun.lemma_.lower() in _TOLD for noun in objects)
        return "dispute" if told and is_negated(verb) else None
    if lemma not in _OF_CLAIMS:
        return None
    held = any(noun.lemma_.lower() in CLAIMS or KIND_OF.get(noun.lemma_.lower()) == "document" for noun in objects)
    return _OF_CLAIMS[lemma] if held else None
