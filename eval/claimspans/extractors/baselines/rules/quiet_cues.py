"""Nouns that take a position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import relatives, sources
from .cue_type import Cue
from .feeling_nouns import SENSE, felt_noun
from .mistrust import TRUST, is_mistrust, is_of_claim
from .negation import is_negated
from .polarity import Polarity, polarity
from .source_words import KIND_OF
from .view_nouns import is_nationality, view
from .vocabulary import (
    ANSWERING,
    EVIDENCE,
    HIDING,
    LIGHT_VERBS,
    NOUN_STANCE_OF,
    VOICES,
    WITHHELD_NOUNS,
)
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOT_OWNED = words("evidence data offer threat protest anger regret word resolve support caution report record demand")
_UNTOLD = {"secret": "confirmation", "bones": "confirmation"}
"""Nouns of hiding, which a light verb denies: "made no secret of it"."""
_FELT = words(
    "view opinion belief estimate finding version assessment argument conclusion position suggestion suspicion "
    "hope satisfaction condolence condolences relief surprise gratitude theory allegation evidence data "
    "delight pride joy "
    "support approval confidence certainty conviction assurance"
)
"""Nouns of thinking and feeling, which need no content of their own under a light verb."""
_MOODS = words(
    "satisfaction relief surprise gratitude delight pride joy bewilderment puzzlement amazement astonishment "
    "perplexity bemusement disappointment optimism enthusiasm elation incomprehension"
)
"""Feelings that take no side."""
_FELT |= _MOODS
_ISSUING = words("issue serve present provide hit slap greet")
"""Verbs that hand somebody a warning or a charge: "issued mariners with a warning"."""
_HARSH = words("harsh hard strong stern angry sharp bitter choice scathing withering")
"""What words are that blame: "had harsh words for the makers"."""
_POSSESSIVES = ("its", "their", "his", "her", "our")
_STATED = words("story explanation line point case excuse message thesis reading guess tale defence defense contention")
_ABOUT = ("about", "over", "at", "of", "on", "that", "regarding", "concerning", "for", "to", "by")


def noun_cue(noun: Token) -> Cue | None:
    """The cue of a noun of saying, feeling or knowing whose source depends on it, or on its light verb."""
    before = noun.nbor(-1) if noun.i > 0 else None
    lemma = noun.lemma_.lower()
    if lemma == "comment" and before is not None and before.lower_ == "no" and noun.dep_ in ("dobj", "conj"):
        return Cue(noun.i - 1, noun.i + 1, noun, "evasion", True, sources.of_verb(noun.head))
    stance = NOUN_STANCE_OF.get(lemma) or NOUN_STANCE_OF.get(noun.lower_) or _stated(noun)
    if (cue := _missing(noun)) is not None:
        return cue
    if (cue := view(noun) or felt_noun(noun, stance)) is not None:
        return cue
    voiced = [child for child in noun.children if child.dep_ == "acl" and child.tag_ == "VBN"]
    voiced += [noun.head] if noun.dep_ == "nsubjpass" else []
    felt = stance in ("concern", "condemnation", "dispute") or lemma in _MOODS
    felt = felt or (stance not in (None, "assertion") and _own_content(noun))
    for verb in voiced:
        if stance and felt and verb.lemma_ in LIGHT_VERBS and any(child.dep_ == "agent" for child in verb.children):
            own = [owner for owner in sources.possessives(noun) if verb.lemma_ == "share" and sources.can_speak(owner)]
            return Cue(noun.i, noun.i + 1, noun, stance, False, [*own, *sources.of_verb(verb)])
    told_of = _says_that(noun) or (noun.dep_ == "nsubj" and _says_that(noun.head))
    if stance and told_of and noun.head.lemma_ in ("come", "arrive", "issue", "follow"):
        sent = [each for link in noun.head.children if link.lower_ == "from" for each in link.children]
        if sent and sources.can_speak(sent[0]) and polarity(noun.head) is Polarity.SPOKEN:
            known = "assertion" if lemma == "word" else stance
            return Cue(noun.i, noun.i + 1, noun, known, False, sources.joined(sent[0]))
    carried = _carried(noun, stance)
    if carried is not None or stance is None:
        return carried
    stated = noun.dep_ == "nsubj" and noun.head.lemma_ == "be" and _own_content(noun)
    told = stated or _says_that(noun)
    owners = [token for token in sources.possessives(noun) if told or token.lower_ not in _POSSESSIVES]
    owners += [child for child in noun.children if is_nationality(child) or (felt and _is_body(child))]
    if owners and _own_content(noun) and lemma not in _NOT_OWNED:
        return Cue(noun.i, noun.i + 1, noun, stance, False, [relatives.of_whose(owners[0])])
    agents = [
        source
        for child in noun.children
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "of", "among", "from")
        for source in child.children
        if source.dep_ == "pobj" and sources.can_speak(source)
        if _further_content(noun, child)
    ]
    if agents:
        if lemma in WITHHELD_NOUNS and any(child.lower_ == "no" for child in noun.children):
            return Cue(noun.i, noun.i + 1, noun, "evasion", True, sources.joined(agents[0]))
        return Cue(noun.i, noun.i + 1, noun, stance, False, sources.joined(agents[0]))
    return None


def _missing(noun: Token) -> Cue | None:
    """What somebody does not say: "there was no word from the firm", "no denial came from it"."""
    if noun.lemma_.lower() not in WITHHELD_NOUNS or not any(child.lower_ == "no" for child in noun.children):
        return None
    if noun.dep_ not in ("attr", "nsubj") or noun.head.lemma_ not in ("be", "come", "arrive", "follow"):
        return None
    named = [
        source
        for link in (*noun.children, *noun.head.children)
        if link.lower_ == "from" and link.i > noun.i
        for source in link.children
        if source.dep_ == "pobj" and sources.can_speak(source)
    ]
    start = noun.i - 1 if noun.lower_ == "comment" and noun.nbor(-1).lower_ == "no" else noun.i
    return Cue(start, noun.i + 1, noun, "evasion", True, sources.joined(named[0])) if named else None


def _stated(noun: Token) -> str | None:
    """The stance of a noun that says something only as the subject of "is that …": "her story is that …"."""
    clause = any(child.dep_ == "ccomp" for child in noun.head.children)
    stated = noun.dep_ == "nsubj" and noun.head.lemma_ == "be" and clause and noun.lemma_ in _STATED
    return "assertion" if stated else None


def _carried(noun: Token, stance: str | None) -> Cue | None:
    """The noun of a light verb: "voiced alarm", "gave no answer", "has no record of it"."""
    verb = noun.head
    if noun.dep_ == "pobj" and (giving := _voicing(verb)) is not None:
        speakers = sources.of_verb(giving)
        return Cue(noun.i, noun.i + 1, noun, stance, False, speakers) if stance and stance != "assertion" else None
    if noun.dep_ == "dobj" and verb.lemma_ in HIDING and stance in ("concern", "condemnation") and is_negated(verb):
        return Cue(noun.i, noun.i + 1, noun, stance, False, sources.of_verb(verb))
    if (issuing := _issued(noun)) is not None:
        return Cue(noun.i, noun.i + 1, noun, str(stance), False, sources.of_verb(issuing)) if stance else None
    within = noun.dep_ == "pobj" and verb.lower_ == "of" and verb.head.lemma_ in SENSE and verb.head.dep_ == "dobj"
    if within and stance not in (None, "assertion"):
        return _carried_by(noun, verb.head.head, stance)
    while verb.dep_ == "conj" and verb.pos_ == "NOUN":
        verb = verb.head.head if verb.head.dep_ == "dobj" else verb.head
    if (
        noun.dep_ not in ("dobj", "conj", "xcomp", "oprd", "npadvmod", "dep")
        or verb.pos_ not in ("VERB", "AUX")
        or verb.lemma_ not in LIGHT_VERBS
    ):
        return _filled(noun, stance)
    return _carried_by(noun, verb, stance)


def _carried_by(noun: Token, verb: Token, stance: str | None) -> Cue | None:
    """The noun of a verb that may be a light one."""
    lemma = noun.lemma_.lower()
    if verb.lemma_ not in LIGHT_VERBS:
        return None
    stands = polarity(verb)
    if lemma in ("blame", "responsibility") and verb.lemma_ == "take":
        stance = "confirmation"
    clause = any(child.dep_ == "ccomp" for child in verb.children)
    if stands is Polarity.UNSPOKEN or (clause and verb.lemma_ != "have" and noun.lower_ not in _UNTOLD):
        return None
    speakers = sources.of_verb(verb)
    if not all(sources.can_speak(token) for token in speakers):
        return None
    negated = (
        any(child.lower_ in ("no", "little", "scant", "neither") for child in noun.children)
        or stands is Polarity.NEGATED
    )
    shown = any(part.lemma_ in NOUN_STANCE_OF for child in noun.children for part in child.children)
    if negated and noun.lower_ in _UNTOLD and not shown:
        return Cue(noun.i, noun.i + 1, noun, _UNTOLD[noun.lower_], False, speakers)
    if lemma in TRUST and is_mistrust(noun, verb, negated=negated):
        return Cue(noun.i, noun.i + 1, noun, "dispute", False, speakers)
    withheld = lemma in (WITHHELD_NOUNS if verb.lemma_ != "have" else EVIDENCE)
    if stance is None and not (negated and withheld):
        return None
    if negated and withheld:
        return Cue(noun.i, noun.i + 1, noun, "evasion", True, speakers)
    if stance == "assertion" and lemma not in _FELT and not _own_content(noun):
        return None
    shared = [owner for owner in sources.possessives(noun) if owner.pos_ != "PRON" and sources.can_speak(owner)]
    shared += [child for child in noun.children if is_nationality(child)]
    felt = negated and stance in ("concern", "dispute")
    if lemma == "word" and noun.tag_ == "NNS":
        if not any(child.lower_ in _HARSH for child in noun.children):
            return None
        stance = "condemnation"
    if lemma == "reservation" and not is_of_claim(noun):
        stance = "concern"
    return Cue(
        noun.i,
        noun.i + 1,
        noun,
        "assertion" if felt else stance or "assertion",
        negated and not felt,
        [*speakers, *shared[:1]],
    )


def _issued(noun: Token) -> Token | None:
    """The verb of "issued mariners with a warning about the mines"."""
    verb = noun.head.head
    handed = noun.dep_ == "pobj" and noun.head.lower_ == "with" and verb.lemma_ in _ISSUING and _own_content(noun)
    active = any(child.dep_ == "dobj" and sources.can_speak(child) for child in verb.children)
    return verb if handed and active and polarity(verb) is Polarity.SPOKEN else None


def _voicing(link: Token) -> Token | None:
    """The verb of "gave vent to his anger", "made no secret of her alarm"."""
    outer = link.head.head if link.head.lemma_ in VOICES else link.head
    voiced = outer != link.head or any(child.dep_ == "dobj" and child.lemma_ in VOICES for child in outer.children)
    return outer if voiced and outer.lemma_ in ("make", "give") else None


def _filled(noun: Token, stance: str | None) -> Cue | None:
    """A feeling that fills somebody, or with which he answers: "filled the admiral with dread", "reacted in alarm"."""
    verb = noun.head.head if noun.head.head.pos_ == "VERB" else noun.head.head.head
    moved = stance not in (None, "assertion") or noun.lemma_ in _MOODS
    answered = verb.lemma_ in ANSWERING and noun.head.lower_ in ("with", "in") and moved
    if answered and noun.dep_ == "pobj" and polarity(verb) is Polarity.SPOKEN:
        speakers = sources.of_verb(verb)
        return (
            Cue(noun.i, noun.i + 1, noun, str(stance), False, speakers)
            if all(map(sources.can_speak, speakers))
            else None
        )
    if stance is None or noun.dep_ != "pobj" or noun.head.lower_ != "with" or verb.lemma_ not in ("fill", "leave"):
        return None
    felt = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass") and sources.can_speak(child)]
    return Cue(noun.i, noun.i + 1, noun, stance, False, felt[:1]) if felt else None


def _is_body(word: Token) -> bool:
    """Whether a body stands before a noun of feeling without 's: "ministry qualms about the sale"."""
    return word.dep_ in ("compound", "nmod") and KIND_OF.get(word.lemma_.lower()) in ("body", "organisation")


def _own_content(noun: Token) -> bool:
    """Whether what a noun of saying or feeling is about depends on it."""
    felt = NOUN_STANCE_OF.get(noun.lemma_.lower()) == "concern"
    if (
        noun.dep_ == "nsubj"
        and noun.head.lemma_ == "be"
        and any(
            child.dep_ in (("ccomp", "advcl", "attr") if felt else ("ccomp", "advcl"))
            or (felt and child.lower_ in ("for", "about", "over") and child.i == noun.head.i + 1)
            for child in noun.head.children
        )
    ):
        return True
    return any(
        (child.dep_ == "prep" and child.lower_ in _ABOUT)
        or child.dep_ in ("acl", "ccomp")
        or (child.dep_ == "relcl" and _is_content(child))
        for child in noun.children
    )


def _is_content(clause: Token) -> bool:
    """Whether a clause with *that* behind a noun says what it is about, though the parser calls it relative."""
    whole = any(part.dep_ in ("attr", "acomp", "dobj", "nsubjpass") for part in clause.children)
    return any(
        part.lower_ == "that" and (part.tag_ == "IN" or (whole and part.dep_ == "mark")) for part in clause.children
    )


def _says_that(noun: Token) -> bool:
    """Whether a clause with *that* behind a noun is what it says: "his claim that they were a gift"."""
    clauses = (child for child in noun.children if child.dep_ in ("acl", "ccomp", "relcl") and child.i > noun.i)
    return any(
        part.lower_ == "that" and part.dep_ in ("mark", "pobj") for clause in clauses for part in clause.children
    )


def _further_content(noun: Token, source: Token) -> bool:
    """Whether a noun has a content beside the phrase that names its source."""
    stated = noun.dep_ == "nsubj" and noun.head.lemma_ == "be"
    near = [*noun.children, *(child for part in noun.children for child in part.children)]
    near += [child for part in source.children for child in part.children]
    near += list(noun.head.children) if stated or noun.dep_ == "attr" else []
    return any(
        child != source
        and child.i > noun.i
        and (
            child.dep_ in ("ccomp", "acl")
            or (child.dep_ == "relcl" and _is_content(child))
            or (child.dep_ == "prep" and child.lower_ in ("about", "over", "at", "regarding", "concerning"))
        )
        for child in near
    )
