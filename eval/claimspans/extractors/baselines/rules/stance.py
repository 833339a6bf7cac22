"""The stance and certainty of a cue: of its kind, its polarity and its content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .attacked import attacked
from .clauses import is_marked_passive
from .content_stances import NEGATIONS, Content
from .content_words import POSSIBLE, PROBABLE
from .named_judgments import belittles
from .negation import is_negated
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from .cue_type import Cue

_HANDING_OVER = words(
    "sell send ship supply deliver provide transfer give lend export fire use launch drop "
    "shell bomb arm hit shoot deploy fly smuggle hand donate lease loan test sink aim strike attack torpedo blow "
    "detonate barter trade ferry gift pass mine shell torpedo strafe bombard gas scuttle carry haul freight cart "
    "convey "
    "pawn auction hawk flog peddle offload steal loot pilfer filch bury hide stash conceal sabotage rob plunder bombed "
    "tamper defuse dump jettison resell re-sell reexport re-export airlift airdrop truck funnel channel divert "
    "distribute contribute bequeath cede surrender relinquish rent dispatch despatch forward consign foist equip "
    "rearm re-arm resupply outfit pound pelt lob hurl unleash discharge fling raid storm raze ambush ram scupper "
    "employ bring detonate explode mine"
)
"""Acts in arms: whoever tells such an act of his own side confirms it."""
_OURS = words("ours mine own")
_AT_FAULT = re.compile(
    r"\b(?:to blame|at fault|responsible|in the wrong|guilty|erred|made a (?:\w+ )?mistake|blundered)\b"
)
_TELLING = words("boast brag crow gloat recall remember recollect recount relate tell reminisce describe own speak")
"""Verbs whose gerund tells an act of the speaker's own."""
_VOUCHING = frozenset(("vouch", "vow", "pledge", "attest", "certify", "guarantee"))
"""Verbs of confirming and promising that deny a thing past or present: "vouched that no gun was sold"."""
_EXCLAIMING = words("protest scoff sneer jeer object demur complain fulminate rail")
"""Verbs of attacking and blaming whose content is what somebody says himself."""
_CLEFT = re.compile(r"\bit (?:was|is|had been)\b", re.IGNORECASE)
_SORRY = re.compile(r"[\W_]*sorry\b", re.IGNORECASE)
_YES = re.compile(r"[\W_]*(?:yes|true|indeed|of course|correct|granted)\b", re.IGNORECASE)

_POSSIBLE = re.compile(rf"\b(?:{POSSIBLE})\b", re.IGNORECASE)
_PROBABLE = re.compile(rf"\b(?:{PROBABLE})\b", re.IGNORECASE)


def stance_of(cue: Cue, words: Content, is_own: Callable[[Token], bool]) -> tuple[str, str]:
    """Stance and certainty of a cue, whose content is that of no inner cue; a noun ``is_own`` of the speaker's side."""
    stance = _stance(cue, words, is_own)
    return stance, _certainty(cue.token, stance, words)


def _stance(cue: Cue, words: Content, is_own: Callable[[Token], bool]) -> str:
    if cue.negated:
        return "evasion"
    if cue.stance in ("dispute", "condemnation", "concern") and _denies_too(cue.token, words):
        return "denial"
    if cue.stance == "dispute" or (cue.token.lemma_ == "caution" and words.says("dispute")):
        return "dispute"
    if cue.stance == "confirmation" and words.says("concern") and cue.token.lemma_ == "admit":
        return "concern"
    if (
        cue.stance == "denial"
        and cue.token.lemma_ in ("reject", "refuse")
        and any(
            child.dep_ == "dobj"
            and child.lemma_ in ("offer", "proposal", "request", "demand", "call", "invitation", "plan")
            for child in cue.token.children
        )
    ):
        return "commitment"
    if cue.token.lemma_ in _VOUCHING and words.negated and not (words.root is not None and _ahead(words.root)):
        return "denial"
    if cue.token.lemma_ == "claim" and any(
        child.dep_ == "dobj" and child.lower_ == "responsibility" for child in cue.token.children
    ):
        return "confirmation"
    if cue.token.lemma_ == "swear" and words.root is not None and _intends(words.root):
        return "commitment"
    told = cue.token.lemma_ in ("agree", "volunteer") and any(child.dep_ == "ccomp" for child in cue.token.children)
    if cue.stance == "concern" and cue.token.pos_ == "NOUN" and words.says("condemnation") and _has_actor(words):
        return "condemnation"
    if cue.stance != "assertion" and not told:
        return cue.stance
    if is_negated(cue.token) and (words.says("denial") or words.says("dispute")):
        return "evasion"
    return _by_content(cue.token, words, is_own)


def _by_content(cue: Token, words: Content, is_own: Callable[[Token], bool]) -> str:
    """The first that fits of the table's order: evasion, denial, dispute, confirmation, condemnation, concern."""
    if words.says("evasion") or words.halfway or _knows_nothing(words, is_own):
        return "evasion"
    if words.negated or words.says("denial"):
        return "denial"
    if words.says("dispute") or words.negations:
        return "dispute"
    if words.says("confirmation"):
        return "confirmation"
    if _SORRY.match(words.text):
        return "confirmation"
    root = words.root
    own = root is not None and any(
        child.dep_ == "nsubj" and child.lower_ not in ("other", "others") and is_own(child) for child in root.children
    )
    if _tells_own_act(cue, root) or _cleft(words, is_own):
        return "confirmation"
    if root is not None and (
        (own and (_is_act(root) or _AT_FAULT.search(words.main))) or _is_ours(root) or _YES.match(words.text)
    ):
        return "confirmation"
    for stance in ("condemnation", "concern"):
        if words.says(stance):
            return stance
    if own and root is not None and _will(root):
        return "commitment"
    return "dispute" if belittles(cue) else "assertion"


def _denies_too(cue: Token, words: Content) -> bool:
    """Whether who attacks or blames says too that it is false: "dismissed it as a lie", "“Never,” she scoffed"."""
    judged = [token for link in cue.children if link.lower_ == "as" and link.i > cue.i for token in link.subtree]
    if judged:
        return Content(judged, None).says("denial")
    if cue.lemma_ == "dismiss":
        return words.says("denial")
    return cue.lemma_ in _EXCLAIMING and (words.negated or words.says("denial"))


def _ahead(root: Token) -> bool:
    """Whether a verb tells what is to come: "will not sell", "never to sell"."""
    return _will(root) or any(child.lower_ == "to" and child.dep_ == "aux" for child in root.children)


def _intends(root: Token) -> bool:
    """Whether an infinitive tells what somebody will do, not what he has done: "swore to avenge it"."""
    marks = [child for child in root.children if child.dep_ == "aux"]
    return any(child.lower_ == "to" for child in marks) and not any(child.lemma_ == "have" for child in marks)


def _knows_nothing(words: Content, is_own: Callable[[Token], bool]) -> bool:
    """Whether the speaker's own side has, or has seen, no evidence: "had found no proof of a sale"."""
    verbs = [verb for token in words.tokens if token.lower_ in NEGATIONS and (verb := attacked(token)) is not None]
    return any(child.dep_ == "nsubj" and is_own(child) for verb in verbs for child in verb.children)


def _will(root: Token) -> bool:
    return any(
        child.dep_ == "aux" and child.lower_ in ("will", "'ll", "’ll", "would", "shall") for child in root.children
    )


def _is_act(root: Token) -> bool:
    passive = is_marked_passive(root)
    laid = root.lemma_ in ("lay", "plant") and any(
        child.lemma_ in ("mine", "bomb", "charge") for child in root.children
    )
    only_able = any(child.tag_ == "MD" for child in root.children) or is_negated(root)
    return (root.lemma_ in _HANDING_OVER or laid) and not only_able and not passive


def _tells_own_act(cue: Token, root: Token | None) -> bool:
    """Whether somebody tells an act of his own by a gerund: "boasted of carrying rockets", "recalled firing it"."""
    if root is None or root.tag_ not in ("VBG", "VBN") or cue.lemma_ not in _TELLING or not _is_act(root):
        return False
    return root.dep_ in ("pcomp", "xcomp", "ccomp") and not any(child.dep_ == "nsubj" for child in root.children)


def _cleft(words: Content, is_own: Callable[[Token], bool]) -> bool:
    """Whether an act is told by "it was we who …"."""
    for word in words.tokens:
        if word.dep_ == "attr" and word.head.lemma_ == "be" and is_own(word) and _CLEFT.search(words.text):
            return any(child.lower_ in ("who", "that") and _is_act(child.head) for child in words.tokens)
    return False


def _has_actor(words: Content) -> bool:
    """Whether somebody is named whose deed it is: "at Kest's illegal sale"."""
    return any((token.dep_ == "poss" and token.text[:1].isupper()) or token.lower_ == "by" for token in words.tokens)


def _is_ours(root: Token) -> bool:
    """Whether things are said to be of the speaker's side: "the shells were ours"."""
    return root.lemma_ == "be" and any(
        child.dep_ in ("attr", "acomp")
        and child.lower_ in _OURS
        and not any(part.dep_ == "det" for part in child.children)
        for child in root.children
    )


def _certainty(cue: Token, stance: str, words: Content) -> str:
    """How sure the speaker is, by the words of the cue and of its content."""
    if stance == "evasion":
        return "possible"
    text = words.main[:1].lower() + words.main[1:]
    said = f"{cue.text.lower()} {text}"
    if _POSSIBLE.search(said) and stance not in ("denial", "dispute"):
        return "possible"
    return "probable" if _PROBABLE.search(said) and stance not in ("denial", "dispute") else "certain"
