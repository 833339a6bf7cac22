"""How far an event has come: occurred, going on, planned or only entertained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import SUBJECTS, dealing, is_marked_passive, relative
from .cooperations import COOPERATING, is_pact
from .events import is_deal_again, let_of
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_PLANNING = words(
    "seek plan want intend negotiate hope prepare agree offer promise pledge try aim attempt expect mean wish propose "
    "aspire arrange undertake endeavour strive "
    "consider order due vow threaten"
)
_PLANS = words(
    "negotiate plan negotiation talk discuss contract licence license approve authorise authorize tender clear permit "
    "cancel scrap shelve postpone veto block approval bargain haggle bargaining haggling discussion agreement deal "
    "arrange dicker parley"
)
_PERCEIVING = words("watch see hear observe catch spot notice film photograph witness")
_ALSO_PAST = words("let put set hit cast shed rid")
_PUT_OFF = words("schedule expect slate delay suspend freeze propose await foresee envisage agree time set bar ban")
_COMING = words(
    "planned proposed intended scheduled expected pending impending future forthcoming upcoming imminent prospective "
    "projected envisaged mooted contemplated due intending near"
)
_UNDER = words("negotiation negotiations discussion talks hold consideration pipeline ice offing horizon")
_OFF = {("call", "off"), ("put", "off"), ("fall", "through"), ("break", "off")}
_AGREED = words("agree deal agreement contract order approve authorise authorize clear permit prepare")
"""What governs a pact that has come about too."""
_THOUGHT = {("think", "of"), ("think", "about"), ("toy", "with"), ("flirt", "with"), ("play", "with")}
_BRINKS = words("point verge brink cusp eve threshold hope dream")
_LASTING = words("continue keep")
_PLANNED = words("order promise pledge offer contract owe await expect earmark reserve seek request demand look ask")
_ENTERTAINED = words("rule consider mull weigh ponder contemplate explore eye possibility")
_ENTERTAINING = _ENTERTAINED | {"if", "whether", "possible"}


def status(word: Token) -> str:
    """By the form of the verb and what governs it; a noun has happened."""
    word = let_of(word) or word
    helpers = {child.lower_ for child in word.children if child.dep_ in ("aux", "auxpass")}
    governors = {token.lemma_.lower() for token in _above(word) if token.i < word.i and token.sent == word.sent}
    if _is_condition(word) or any(map(_is_conditional, _told_by(word))):
        return "hypothetical"
    governor = word.head.head if word.dep_ == "pcomp" else word.head
    if (governors & _ENTERTAINING and governor.lemma_ in _ENTERTAINED) or _is_dwelt_on(word, governor):
        return "hypothetical"
    if any(child.dep_ == "mark" and child.lower_ in ("if", "whether") for child in word.children):
        return "hypothetical"
    if _is_asked(word) or (helpers & {"would", "could"} and "have" in helpers) or helpers & {"can", "could"}:
        return "hypothetical"
    if word.pos_ == "NOUN" and _is_to_come(word):
        return "planned"
    if word.pos_ == "NOUN" and (is_pact(word) or word.lemma_.lower() in COOPERATING):
        return "planned" if governors & (_PLANNING | _PLANS) - _AGREED else "occurred"
    if is_deal_again(word):
        return "occurred"
    if word.dep_ == "pcomp" and governor.lemma_.lower() in _BRINKS:
        return "planned"
    if governors & _PLANS or dealing(word) is not None or word.lemma_.lower() in _PLANNED:
        return "planned"
    if word.tag_ == "VB" and word.dep_ == "ccomp" and word.head.lemma_ in _PERCEIVING and word.head.i < word.i:
        return "ongoing"
    if word.tag_ == "VB" and any(child.lower_ == "to" and child.dep_ == "aux" for child in word.children):
        if word.head.lemma_ == "continue" and word.head.tag_ in ("VBZ", "VBP"):
            return "ongoing"
        return "occurred" if word.head.lemma_ in ("manage", "have", "use", "begin", "continue") else "planned"
    if word.tag_ == "VBN" and "to" in helpers and word.head.lemma_ == "be":
        return "planned"
    if word.tag_ in ("VBZ", "VBP") and any(token.lower_ in ("tomorrow", "next", "soon") for token in word.sent):
        return "planned"
    if helpers & {"may", "might"} and "have" in helpers:
        return "occurred"
    if helpers & {"will", "would", "'ll", "’ll", "shall", "may", "might"} or (
        word.head != word and word.head.lemma_ in _PLANNING and word.dep_ != "conj"
    ):
        return "planned"
    if "being" in helpers or (word.tag_ == "VBG" and helpers & {"is", "are", "was", "were", "been"}):
        return "ongoing"
    if word.pos_ == "VERB" and word.tag_ == "VBG":
        return "ongoing" if word.head.lemma_ in _PERCEIVING | _LASTING or _goes_on(word.head) else "occurred"
    headline = not word.sent.text.rstrip().endswith((".", "!", "?", "”", '"', "’", ":"))
    present = word.tag_ in ("VBP", "VBZ") and word.lower_ not in _ALSO_PAST
    habitual = word.tag_ == "VBN" and not helpers - {"is", "are"} and helpers and is_marked_passive(word)
    return "ongoing" if ((present and not helpers) or habitual) and not headline else "occurred"


def _is_asked(word: Token) -> bool:
    """Whether it is the event of a question that is answered by yes or no: "Did Chile sell Peru tanks?"."""
    if not word.sent.text.rstrip('"”’ \n').endswith("?") or relative(word) is not None:
        return False
    top = word if word.pos_ == "VERB" else word.head
    subject = next((child for child in top.children if child.dep_ in SUBJECTS), None)
    helper = next((child for child in (top, *top.children) if child.pos_ == "AUX"), None)
    opened = word.sent[0] if not word.sent[0].is_punct else word.sent[min(1, len(word.sent) - 1)]
    return helper is not None and helper == opened and subject is not None and helper.i < subject.i


def _is_dwelt_on(word: Token, governor: Token) -> bool:
    """Whether an act is only thought of: "is thinking of selling", "toys with the idea of selling"."""
    link = word.head.lower_ if word.dep_ == "pcomp" else ""
    return (governor.lemma_, link) in _THOUGHT or (
        governor.lemma_ in ("idea", "thought", "notion") and governor.head.lower_ in ("with", "of")
    )


def _goes_on(verb: Token) -> bool:
    return verb.lemma_ in ("go", "carry") and any(child.lower_ == "on" for child in verb.children)


def _is_to_come(noun: Token) -> bool:
    """Whether a noun of an event is said to be planned or put off: "the planned sale", "the sale fell through"."""
    if any(child.lower_ in _COMING for child in noun.children if child.dep_ in ("amod", "compound")):
        return True
    verb = noun.head
    if noun.dep_ == "dobj" and {(verb.lemma_, child.lower_) for child in verb.children} & _OFF:
        return True
    if noun.dep_ not in SUBJECTS:
        return False
    if verb.lemma_ in _PLANS | _PUT_OFF and verb.tag_ == "VBN":
        return True
    behind = {child.lower_ for child in verb.children if child.i > verb.i}
    if (verb.lemma_, *(behind & {"off", "through"}))[:2] in _OFF:
        return True
    if verb.lemma_ not in ("be", "remain", "stay"):
        return {"will", "would", "shall", "may", "might"} & {child.lower_ for child in verb.children} != set()
    said = [word.lower_ for child in verb.children if child.i > verb.i for word in (child, *child.children)]
    return not _COMING.isdisjoint(said) or not _UNDER.isdisjoint(said)


def _above(word: Token) -> Iterator[Token]:
    """What governs a word, as far as its own clause of time or contrast: not "shelved after it had sold two"."""
    current = word
    while current.head != current:
        if current.dep_ == "advcl" and any(child.dep_ == "mark" for child in current.children):
            return
        current = current.head
        yield current


def _told_by(word: Token) -> Iterator[Token]:
    """The verbs of which a clause is the content: "if Chile admits that it sold them"."""
    current = word
    while current.dep_ == "ccomp" and current.head.i < current.i:
        current = current.head
        yield current


def _is_conditional(verb: Token) -> bool:
    marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
    return bool(marks & {"if", "unless"}) or _is_condition(verb)


def _is_condition(verb: Token) -> bool:
    """Whether an inverted helper opens its clause: "Should Chile sell Peru tanks, …"."""
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    helper = next((child for child in verb.children if child.dep_ == "aux"), None)
    if subject is None or helper is None or helper.i > subject.i or verb.sent.text.rstrip().endswith("?"):
        return False
    return helper.lower_ in ("should", "had", "were") and (helper.is_sent_start or helper.nbor(-1).lower_ in ",;")
