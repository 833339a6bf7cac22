"""The forms of the verbs of saying, and their lemmas, which the model does not know or takes for other words."""

from __future__ import annotations

from .particle_words import PARTICLES
from .vocabulary import CLAUSE_VERBS, STANCE_OF
from .word_lists import words

_VOWELS = "aeiou"
_DOUBLING = words(
    "admit commit submit permit omit rebut demur concur infer aver deter refer confer regret allot acquit recap "
    "dispel rebel"
)
"""Verbs of more than one syllable that double their last consonant: "demurred"."""
IRREGULAR = {
    "said": "say",
    "wrote": "write",
    "written": "write",
    "held": "hold",
    "thought": "think",
    "knew": "know",
    "known": "know",
    "swore": "swear",
    "sworn": "swear",
    "foresaw": "foresee",
    "foreseen": "foresee",
    "foretold": "foretell",
    "retold": "retell",
    "told": "tell",
    "spoke": "speak",
    "spake": "speak",
    "quoth": "say",
    "sang": "sing",
    "wept": "weep",
    "forbore": "forbear",
    "forborne": "forbear",
    "forswore": "forswear",
    "forsworn": "forswear",
    "gainsaid": "gainsay",
    "unsaid": "unsay",
    "understood": "understand",
    "mistook": "mistake",
    "misread": "misread",
    "belied": "belie",
}
"""Forms of these verbs that no rule makes, and that are forms of no other verb."""
_FURTHER = words("fess cop balk baulk quash pooh rail fulminate fret gloat misdoubt squash scupper")
_ONLY_VERBS = words(
    "deny refute reject rebut repudiate disavow disclaim retract contradict disprove debunk recant disown gainsay "
    "rescind negate controvert confute forswear abjure falsify belittle disparage impugn deride downplay minimise "
    "minimize disbelieve confirm acknowledge admit concede corroborate confess apologise apologize verify vouch "
    "authenticate substantiate validate condemn accuse denounce criticise criticize decry deplore castigate excoriate "
    "upbraid berate vilify fulminate inveigh impeach incriminate denigrate revile vituperate stigmatise stigmatize "
    "chastise lament bemoan bewail agonise agonize insist assert concede contend allege aver avow opine affirm "
    "maintain argue believe explain declare announce reiterate testify recount emphasise emphasize underscore clarify "
    "disclose theorise theorize hypothesise deduce infer presume assure reassure notify certify depose posit "
    "stipulate insinuate divulge proclaim profess pronounce interject narrate foresee foretell prophesy "
    "blurt quash fess misdoubt pooh recant conclude suggest indicate predict reckon imply "
    "confide"
)
"""Verbs of which no form in *-s* is a noun, and none in *-ed* an adjective that stands where a verb could."""


def _doubles(lemma: str) -> bool:
    lemma = lemma.replace("qu", "q")
    short = len(lemma) > 2 and lemma[-1] not in _VOWELS + "wxy" and lemma[-2] in _VOWELS
    syllables = sum(a in _VOWELS + "y" and b not in _VOWELS for a, b in zip(lemma, f"{lemma[1:]}-", strict=True))
    return lemma in _DOUBLING or (short and lemma[-3] not in _VOWELS and syllables == 1)


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return f"{lemma}d"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return f"{lemma[:-1]}ied"
    return f"{lemma}{lemma[-1]}ed" if _doubles(lemma) else f"{lemma}ed"


def _present(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return f"{lemma[:-1]}ies"
    return f"{lemma}es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else f"{lemma}s"


def _gerund(lemma: str) -> str:
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ie")):
        return f"{lemma[:-1]}ing"
    return f"{lemma}{lemma[-1]}ing" if _doubles(lemma) else f"{lemma}ing"


def finite(lemma: str) -> tuple[str, str]:
    """The forms of a regular verb behind *he*, in the present and in the past."""
    return _present(lemma), _past(lemma)


_KNOWN = frozenset((*STANCE_OF, *CLAUSE_VERBS, *PARTICLES, *_FURTHER)) - frozenset(IRREGULAR.values()) - {"see"}
BASES = _KNOWN | frozenset(IRREGULAR.values())
"""The verbs of saying as they stand behind *they*."""
LEMMA_OF = {form: lemma for lemma in sorted(_KNOWN) for form in (*finite(lemma), _gerund(lemma))}
LEMMA_OF |= {form: lemma for lemma in IRREGULAR.values() for form in (_present(lemma), _gerund(lemma))}
LEMMA_OF |= IRREGULAR
"""By its form the lemma of a verb of saying."""
VERBS_ONLY = frozenset(form for lemma in _ONLY_VERBS for form in finite(lemma)) | words(
    "forbore forborne forswore gainsaid foresaw foretold balked baulked sang"
)
"""Forms that are verbs whatever the model takes them for."""
