"""Cues of more than a verb: with a particle, with "it", in the passive, and the verbs that name whom they quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import sources
from .clauses import is_marked_passive
from .cue_content import told_of
from .cue_type import Cue
from .goods import ENTRY_OF
from .negation import is_negated
from .particle_words import OF_CLAIMS, PARTICLES
from .plain_text import one_of
from .polarity import Polarity, polarity, withholds
from .set_phrases import set_phrase
from .source_words import KIND_OF
from .unseen import unseen, uttered
from .vocabulary import (
    CLAIMS,
    LIGHT_VERBS,
    NOUN_STANCE_OF,
    SAID,
    TROUBLING_VERBS,
    WITHHOLDING,
)
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 5
_QUOTING = words("cite quote")
_STATING = words("say state note report write mention record claim explain stress list log register enter count give")
_ANONYMOUS = words("name identify quote anonymous unnamed anonymity")
_MEETING = words("see speak meet know hear respond comment leave sit join answer read talk interview reply")
"""What one asks for who only wants to know."""
_CARRYING = words("carry run air print relay transmit circulate broadcast forward disseminate reprint syndicate convey")
_IT = ("it that", "it from", "it on", "it at")
_BACKED = words("exclude support adopt back share endorse")
_UNSAID = words("discuss elaborate expand expound return talk") | _BACKED
"""Verbs that, negated, leave a matter open, some only of a claim."""
_CALLS = words("call message email e-mail query letter request text")
_REFUSING = words("refuse decline")


def idiom(verb: Token) -> Cue | None:
    """The cue of a verb that takes a position only with the words around it."""
    for read in (
        _rule_out,
        _withheld,
        _refused,
        _troubled,
        _quoted,
        set_phrase,
        _with_particle,
        _taken,
        _drawn,
        _stated,
        _unsaid,
        _carried,
    ):
        if (cue := read(verb)) is not None:
            return cue
    return None


def _cue(verb: Token, stance: str, speakers: list[Token], *, negated: bool = False) -> Cue | None:
    return Cue(verb.i, verb.i + 1, verb, stance, negated, speakers) if speakers else None


def _rule_out(verb: Token) -> Cue | None:
    """The cue of *does not rule out* in every form, with its auxiliaries; without a negation the verb alone."""
    if verb.lemma_ != "rule":
        return None
    out = next((child for child in verb.children if child.lower_ == "out" and child.i > verb.i), None)
    if out is None or (not is_negated(verb) and polarity(verb) is Polarity.UNSPOKEN):
        return None
    if not is_negated(verb):
        return None if verb.tag_ == "VBN" and verb.dep_ != "ROOT" else _cue(verb, "denial", sources.of_verb(verb))
    helpers = [child.i for child in verb.children if child.i < verb.i and child.dep_ in ("aux", "neg")]
    if out.i - verb.i > 3 or not helpers or "neither" in {token.lower_ for token in verb.lefts}:
        return Cue(verb.i, verb.i + 1, verb, "evasion", True, sources.of_verb(verb))
    return Cue(min(helpers), out.i + 1, verb, "evasion", True, sources.of_verb(verb))


def _withheld(verb: Token) -> Cue | None:
    if verb.lemma_ not in WITHHOLDING or not (withholds(verb) or _refused_alone(verb)):
        return None
    if polarity(verb) is Polarity.UNSPOKEN and not _will_refrain(verb):
        return None
    return _cue(verb, "evasion", sources.of_verb(verb), negated=True)


def _refused_alone(verb: Token) -> bool:
    """Whether somebody refuses and it is left out what: "the firm declined", "has neither agreed nor refused"."""
    if verb.lemma_ not in _REFUSING or (verb.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in verb.children)):
        return False
    speakers = sources.of_verb(verb)
    alone = not any(child.dep_ in ("dobj", "xcomp", "prep", "ccomp", "npadvmod", "oprd") for child in verb.children)
    return alone and bool(speakers) and all(map(sources.can_speak, speakers))


def _will_refrain(verb: Token) -> bool:
    """Whether somebody says of himself that he will hold back: "I will refrain from answering"."""
    return any(child.dep_ == "nsubj" and child.lower_ in ("i", "we") for child in verb.children)


def _refused(verb: Token) -> Cue | None:
    """A refusal of something else than to speak: "refuses to sell"."""
    acts = any(child.dep_ in ("xcomp", "dobj") and child.i > verb.i for child in verb.children)
    if verb.lemma_ not in _REFUSING or not acts or verb.tag_ == "VBN" or polarity(verb) is not Polarity.SPOKEN:
        return None
    return _cue(verb, "commitment", sources.of_verb(verb))


def _troubled(verb: Token) -> Cue | None:
    """A verb whose object feels: "the sale troubled Kest"; or whose participle says how its subject feels."""
    lemma = verb.lemma_
    if lemma not in TROUBLING_VERBS or polarity(verb) is Polarity.UNSPOKEN:
        return None
    stance = TROUBLING_VERBS[lemma]
    if is_marked_passive(verb):
        felt = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass") and sources.eligible(child)]
        return _cue(verb, stance, felt)
    felt = [child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i and sources.can_speak(child)]
    return None if verb.tag_ == "VBG" else _cue(verb, stance, [each for noun in felt for each in sources.joined(noun)])


def _quoted(verb: Token) -> Cue | None:
    """A verb that names whom it quotes: "citing the army", "which quoted a nurse"."""
    if verb.lemma_ not in _QUOTING or any(child.dep_ in ("agent", "auxpass", "nsubjpass") for child in verb.children):
        return None
    named = [child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i and _is_source(child)]
    saying = any(child.lower_ == "as" and child.dep_ == "prep" for child in verb.children)
    if not named or saying or polarity(verb) is Polarity.UNSPOKEN:
        return None
    own = [] if verb.tag_ == "VBG" or verb.dep_ in ("relcl", "advcl", "acl") else sources.of_verb(verb)
    return _cue(verb, "assertion", [*own, *named])


def _is_source(noun: Token) -> bool:
    return sources.can_speak(noun) and sources.eligible(noun) and KIND_OF.get(noun.lemma_.lower()) != "document"


def _with_particle(verb: Token) -> Cue | None:
    particles = PARTICLES.get(verb.lemma_)
    done = any(child.lemma_ == "have" or child.dep_ == "agent" for child in verb.children)
    participle = verb.tag_ == "VBN" and not done
    if particles is None or participle or polarity(verb) is Polarity.UNSPOKEN:
        return None
    own = {child.i for child in verb.children if child.dep_ in ("prt", "prep", "advmod", "acomp", "xcomp", "oprd")}
    near = [token for token in verb.doc[verb.i + 1 : min(verb.i + _REACH, verb.sent.end)] if token.lower_ in particles]
    if not near or not (near[0].i == verb.i + 1 or near[0].i in own):
        return None
    speakers = sources.of_verb(verb)
    if not all(sources.can_speak(token) for token in speakers) or _goes_to(near[0], verb):
        return None
    negated = is_negated(verb)
    return _cue(verb, "evasion" if negated else particles[near[0].lower_], speakers, negated=negated)


def _goes_to(particle: Token, verb: Token) -> bool:
    """Whether a thing or a person is meant, not a claim: "took back the guns", "stood by the door", "called on Ana"."""
    if verb.lemma_ == "call" and particle.lower_ in ("on", "upon"):
        return not any(child.dep_ in ("xcomp", "ccomp", "advcl") for child in verb.children)
    if particle.lower_ == "back" and verb.lemma_ in ("fire", "hit"):
        means = [
            noun
            for part in (verb, particle)
            for link in part.children
            if link.lower_ == "with"
            for noun in link.children
        ]
        return any(one_of(noun.lower_) in ENTRY_OF for noun in means)
    if verb.lemma_ not in OF_CLAIMS:
        return False
    objects = [
        noun
        for part in (verb, particle, *(child for word in (verb, particle) for child in word.children))
        if part in (verb, particle) or (part.dep_ == "prep" and part.lower_ in ("on", "from", "of"))
        for noun in part.children
        if (noun.dep_ in ("dobj", "pobj", "npadvmod") and noun.i > verb.i) or noun.dep_ == "nsubjpass"
    ]
    dismissing = PARTICLES[verb.lemma_].get(particle.lower_) == "dispute"
    return not any(
        noun.lemma_.lower() in CLAIMS
        or noun.lower_ in CLAIMS
        or (dismissing and KIND_OF.get(noun.lemma_.lower()) == "document")
        for noun in objects
    )


def _taken(verb: Token) -> Cue | None:
    """Requests, and idioms with *it*: "takes it that …"."""
    parsed = verb.doc
    if verb.lemma_ in ("take", "have") and parsed[verb.i + 1 : verb.i + 3].text.lower() in _IT:
        return _cue(verb, "assertion", sources.of_verb(verb))
    if verb.lemma_ == "put" and _as_it_is_put(verb):
        return _cue(verb, "assertion", sources.of_verb(verb))
    asks = any(child.dep_ in ("xcomp", "ccomp") and child.i > verb.i for child in verb.children)
    asked = verb.tag_ == "VBN" and not any(child.dep_ in ("aux", "nsubj") for child in verb.children)
    if verb.lemma_ == "ask" and asks and not asked and _is_request(verb) and polarity(verb) is Polarity.SPOKEN:
        return _cue(verb, "assertion", sources.of_verb(verb))
    return None


def _as_it_is_put(verb: Token) -> bool:
    """Whether a verb credits its sentence: "as the union puts it"."""
    parts = {(child.dep_, child.lower_) for child in verb.children}
    return {("mark", "as"), ("dobj", "it")} <= parts


def _is_request(verb: Token) -> bool:
    """Whether something is asked for, not a question: "asked Chile to return the guns"; not "to remain unnamed"."""
    asked = next(child for child in verb.children if child.dep_ in ("xcomp", "ccomp") and child.i > verb.i)
    if not any(child.lower_ == "to" and child.dep_ == "aux" for child in asked.children):
        return False
    return asked.lemma_ not in _MEETING and not any(word.lemma_ in _ANONYMOUS for word in asked.subtree)


def _drawn(verb: Token) -> Cue | None:
    """Who lets no word be drawn from him: "would not be drawn"."""
    felt = [each for child in verb.children if child.dep_ == "nsubjpass" for each in sources.joined(child)]
    done = any(child.dep_ == "agent" for child in verb.children)
    if verb.lemma_ not in ("draw", "pin") or not felt or not is_negated(verb) or done:
        return None
    return _cue(verb, "evasion", felt, negated=True) if all(map(sources.can_speak, felt)) else None


def _stated(verb: Token) -> Cue | None:
    """A document in which something is said: "it is said in the communiqué", "in the log two are listed"."""
    if verb.tag_ != "VBN" or not any(child.dep_ == "auxpass" for child in verb.children):
        return None
    if verb.lemma_ not in _STATING or polarity(verb) is Polarity.UNSPOKEN:
        return None
    named = [
        noun
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ == "in"
        for noun in child.children
        if noun.dep_ == "pobj" and KIND_OF.get(noun.lower_, KIND_OF.get(noun.lemma_.lower())) in ("document", "media")
    ]
    return _cue(verb, "assertion", named)


def _unsaid(verb: Token) -> Cue | None:
    """What somebody does not speak of: "would not discuss the loss", "did not elaborate"."""
    if uttered(verb) or unseen(verb):
        return _cue(verb, "evasion", sources.of_verb(verb), negated=True)
    if verb.lemma_ not in _UNSAID or not is_negated(verb) or polarity(verb) is Polarity.UNSPOKEN:
        return None
    if verb.lemma_ == "talk" and not any(child.lower_ in ("about", "of") for child in verb.children):
        return None
    objects = [*told_of(verb), *(child for child in verb.children if child.dep_ == "ccomp")]
    claims = any(noun.dep_ == "ccomp" or noun.lemma_ in SAID or noun.lower_ in ("it", "this") for noun in objects)
    calls = any(noun.lemma_ in _CALLS for noun in objects)
    if any(KIND_OF.get(noun.lemma_.lower()) == "document" for noun in sources.of_verb(verb)):
        return None
    if (verb.lemma_ in _BACKED and not claims) or (verb.lemma_ == "return" and not calls):
        return None
    return _cue(verb, "evasion", sources.of_verb(verb), negated=True)


def _carried(verb: Token) -> Cue | None:
    """A paper or channel that passes on what somebody says: "carried the widow's claim"."""
    told = [noun for part in (verb, *verb.children) for noun in part.children if noun.dep_ in ("dobj", "pobj")]
    said = [noun for noun in told if noun.lemma_.lower() in NOUN_STANCE_OF and noun.head.lower_ in (verb.lower_, "on")]
    if verb.lemma_ in LIGHT_VERBS:
        said = [noun for noun in said if any(child.dep_ == "poss" for child in noun.children)]
    on = verb.lemma_ == "pass" and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ in ("on", "along")
    speakers = sources.of_verb(verb) if (on or verb.lemma_ in _CARRYING) and said else []
    if not all(map(sources.can_speak, speakers)) or polarity(verb) is not Polarity.SPOKEN:
        return None
    return _cue(verb, "assertion", speakers)


def refers(cue: Token) -> bool:
    """Whether an attribution names what it refers to: "writes, with reference to a dock worker"."""
    behind = cue.doc[cue.i : cue.sent.end].text
    return cue.lower_ != "according" and any(
        phrase in behind for phrase in ("with reference to", "on the authority of", "on the word of", " it from")
    )
