"""Which cues are negated: by a particle, an adverb, a subject, an opening, or what governs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .clauses import SUBJECTS, has_subject
from .companions import excepted
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEGATIONS = frozenset(
    ("not", "n't", "n’t", "never", "neither", "nor", "hardly", "scarcely", "nothing", "no", "nobody", "nowhere")
)
_PERCEIVED = words("hear see catch find")
"""Verbs that perceive what somebody says: "you will not hear me deny it"."""
_TRIED = words(
    "careful manage want seem appear bother care try seek attempt wish choose dare deign rush hurry go feel bring"
)
_ATTEMPTS = words(
    "attempt effort move bid haste hurry rush reason need wish desire intention step steps mood cause inclination "
    "position mandate authority"
)
_NO_OPENING = re.compile(
    r"\W*(?:(?:and|but|yet|still) )?(?:(?:at|in|on|under|to|by|with|from|for) (?:no|none|neither)\b|never\b|"
    r"not (?:once|one|a)\b"
    r"|nowhere\b|rarely\b|hardly\b|scarcely\b|seldom\b|nor\b|neither\b)",
    re.IGNORECASE,
)
_EVEN = words("once even yet ever twice again")
"""What a negation stands before, to which the parser gives it: "never once denied it"."""
_AT_NO = words("point time stage moment circumstances account occasion instance")
_CEASING = words("stop cease tire weary fail hesitate neglect omit forget scruple shrink shy quit desist avoid falter")
_REVEALING = words("say reveal disclose explain divulge tell add confirm")
_MISSING = words("miss lose waste pass forgo spare shun")
_CHANCES = words("chance opportunity occasion effort time moment")
_TO_COME = words("will 'll ’ll wo shall may might should")
_QUOTES = frozenset("“\"«„‘'")
_BARELY = frozenset(("hardly", "scarcely", "barely"))
_WITHHELD = frozenset(("nothing", "little", "no"))


def is_negated(verb: Token) -> bool:
    """Whether a verb is negated: by a particle, a subject, an adverb, "yet to", or the verb that it is joined to."""
    if any(_negates(child, verb) and not _quoted(child, verb) for child in verb.children):
        return True
    if verb.dep_ == "xcomp" and verb.head.lemma_ in ("have", "be", "remain") and is_yet_to(verb):
        return True
    if _fronted(verb) or held_back(verb):
        return True
    if verb.lemma_ in _REVEALING and verb.sent[0].lower_ == "little" and verb.sent[0].nbor().lower_ in ("did", "does"):
        return True
    if verb.dep_ == "ccomp" and verb.tag_ in ("VB", "VBG") and verb.head.lemma_ in _PERCEIVED and has_subject(verb):
        return is_negated(verb.head)
    if any(helper.i > verb.sent.start and helper.nbor(-1).lower_ in ("nor", "neither") for helper in helpers(verb)):
        return True
    if nothing_to(verb) or (verb.dep_ == "pcomp" and verb.head.lower_ == "without"):
        return True
    if is_infinitive(verb) and is_unable(verb.head):
        return True
    if (
        verb.dep_ == "conj"
        and not has_subject(verb)
        and any(child.lower_ in ("nor", "or") for child in verb.head.children)
    ):
        return is_negated(verb.head)
    return False


def is_unable(word: Token) -> bool:
    """Whether an adjective says that somebody cannot: "was unable to confirm", "has not been able to verify"."""
    if word.lower_ in ("able", "willing", "prepared", "free") and word.dep_ == "acomp":
        return any(child.dep_ == "neg" for child in word.head.children)
    return word.lower_ in ("unable", "powerless", "unwilling", "loath")


def _quoted(child: Token, verb: Token) -> bool:
    """Whether a negation opens what is quoted behind a verb: "told them: “Not at all.”"."""
    return child.i > verb.i and any(word.text in _QUOTES for word in verb.doc[verb.i : child.left_edge.i + 1])


def _fronted(verb: Token) -> bool:
    """Whether a negation opens the sentence, with the helper before the subject: "at no point did it deny"."""
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    helper = next((child for child in helpers(verb) if subject is not None and child.i < subject.i), None)
    if helper is not None and helper.lower_ == "had" and helper.i > 0 and helper.nbor(-1).lower_ in _BARELY:
        return False
    return helper is not None and _NO_OPENING.match(verb.doc[verb.sent.start : helper.i].text) is not None


def held_back(verb: Token) -> bool:
    """Whether a verb that is negated governs it: "did not bother to deny", "would not go so far as to deny"."""
    governor = verb.head
    if governor.lower_ == "as" and verb.dep_ == "pcomp":
        governor = governor.head
    if governor.lower_ == "far":
        governor = governor.head
    if verb.dep_ not in ("xcomp", "pcomp", "advcl") or governor.lemma_ not in _TRIED:
        return False
    return any(child.dep_ == "neg" for child in governor.children)


def is_unceasing(verb: Token) -> bool:
    """Whether what is negated is that somebody leaves off: "never tires of denying it", "did not fail to say"."""
    governor = verb.head
    if verb.dep_ == "pcomp" and governor.lower_ in ("of", "from", "to", "at"):
        governor = governor.head
    if governor.dep_ == "dobj" and governor.lemma_ in _CHANCES and governor.head.lemma_ in _MISSING:
        governor = governor.head
        return is_negated(governor)
    return governor.i < verb.i and never_ceases(governor)


def never_ceases(verb: Token) -> bool:
    """Whether it is said of a verb of leaving off that it is not done: "did not hesitate"."""
    if verb.lemma_ not in _CEASING or any(child.lower_ == "short" for child in verb.children):
        return False
    return is_negated(verb) and not any(helper.lower_ in _TO_COME for helper in helpers(verb))


def _negates(child: Token, verb: Token) -> bool:
    behind = child.doc[min(child.i + 1, len(child.doc) - 1)]
    if behind.text == "," and behind.i + 1 == verb.i and child.is_sent_start:
        return False  # "Never, swore the armourer, had they been loaded"
    if child.dep_ == "neg" and behind.lower_ in ("until", "till", "only") and child.i < verb.i - 2:
        return False  # "not until May did it admit it"
    if child.i < verb.i and child.dep_ == "advmod" and child.lower_ in _EVEN and child.i > child.sent.start:
        return child.nbor(-1).lower_ in ("never", "not", "n't", "n’t", "nor", "even") and _not_before(child)
    if child.dep_ == "prep" and child.sent.start < child.i < verb.i:
        near = not any(word.is_punct for word in verb.doc[child.i : verb.i])
        return near and any(noun.lemma_ in _AT_NO and noun.nbor(-1).lower_ == "no" for noun in child.children)
    if child.dep_ == "neg" or (child.lower_ in ("neither", "nor") and child.i < verb.i):
        return True
    if child.lower_ in _BARELY and behind.lower_ == "had":
        return False  # "hardly had it denied this when"
    if child.dep_ in ("preconj", "advmod", "cc") and child.lower_ in _NEGATIONS and child.lower_ not in ("nor", "no"):
        return child.i < verb.i
    if child.lower_ == "longer" and 0 < child.i < verb.i and child.nbor(-1).lower_ == "no":
        return True
    if child.dep_ in SUBJECTS and child.lower_ in ("none", "neither"):
        return True
    if child.dep_ in SUBJECTS and child.doc[child.left_edge.i : child.left_edge.i + 2].text.lower() in (
        "not one",
        "not a",
        "not even",
    ):
        return True
    if child.dep_ in SUBJECTS and excepted(child) is not None:
        return False
    if child.dep_ in SUBJECTS and verb.lemma_ != "say":
        return any(part.lower_ in ("neither", "no") and part.i < child.i for part in child.children)
    if child.dep_ == "prep" and child.i == verb.i + 1 and child.lower_ in ("to", "of", "on", "about"):
        return any(noun.lower_ in ("nothing", "none", "neither", "nobody") for noun in child.children)
    if child.i > verb.i and child.left_edge.i == verb.i + 1 and child.dep_ in ("dobj", "obj", "attr", "npadvmod"):
        opening = child.doc[verb.i + 1 : verb.i + 3].text.lower()
        if opening.startswith(("neither ", "none ", "not a ", "not one ", "not the ")) or child.lower_ == "none":
            return True
    return child.dep_ in ("dobj", "obj") and child.i > verb.i and (child.lower_ == "nothing" or _little(child))


def _not_before(word: Token) -> bool:
    """Whether *not* or *never* stands before an adverb, perhaps with *even* between: "not even once"."""
    before = word.nbor(-1)
    return before.lower_ != "even" or (before.i > word.sent.start and before.nbor(-1).lower_ in ("not", "never"))


def _little(noun: Token) -> bool:
    return noun.lower_ == "little" or any(part.lower_ == "no" and part.dep_ == "det" for part in noun.children)


def is_yet_to(verb: Token) -> bool:
    """Whether "yet to" stands before a verb: "has yet to confirm"."""
    before = {token.lower_ for token in verb.doc[max(verb.sent.start, verb.i - 4) : verb.i]}
    return ("yet" in before or ("still" in before and verb.head.lemma_ == "have")) and "to" in before


def helpers(verb: Token) -> list[Token]:
    """The auxiliaries of a verb."""
    return [child for child in verb.children if child.dep_ in ("aux", "auxpass")]


def is_infinitive(verb: Token) -> bool:
    """Whether "to" stands before a verb."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def nothing_to(verb: Token) -> bool:
    """Whether an infinitive says that nothing is said: "has nothing to say", "made no attempt to deny"."""
    head = verb.head
    if not is_infinitive(verb) or head.head.lemma_ in _MISSING:
        return False
    if head.lemma_ == "do":
        return any(child.lower_ in _WITHHELD and child.dep_ == "dobj" for child in head.children)
    if head.lower_ in _WITHHELD:
        return head.head.lemma_ in ("have", "do")
    behind = [noun for link in head.children if link.dep_ == "prep" and link.i < verb.i for noun in link.children]
    if any(noun.lower_ == "loss" and noun.head.lower_ == "at" for noun in (head, *behind)):
        return True  # "is at a loss to say"
    return any(
        noun.lower_ in _ATTEMPTS and any(child.lower_ in ("no", "little") for child in noun.children)
        for noun in (head, *behind)
    )
