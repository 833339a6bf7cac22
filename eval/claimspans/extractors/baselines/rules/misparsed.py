"""What the small model gets wrong of a text time and again, mended by the words before anything is read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....text.dates import MONTHS, WEEKDAYS
from . import adjective_people
from .events import SENDING, is_listed, is_of_trade, lemma_of
from .goods import ENTRY_OF
from .plain_text import one_of
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .states import States

_OF_NOUNS = ("dobj", "pobj", "conj", "appos", "attr")
_BEGINNING = words(
    "begin start stop continue keep resume cease finish suspend halt admit deny avoid quit delay consider contemplate "
    "mull weigh ponder rule discuss regret recall acknowledge confess risk postpone consider recommend suggest propose "
    "oppose forbid ban prohibit enjoy prefer practise end"
)
_MAKING = words("make build produce assemble")
_PARTICIPLES = ("ed", "sent", "lent", "sold", "given", "bought", "got", "gotten", "flown", "borne", "taken")
_RECEIVERS = words(
    "army navy force guard government ministry militia rebels fighters guerrillas brigade military police regiment "
    "corps battalion insurgents separatists company militia buyers troops legion command fleet resistance front"
)
"""Who may get goods whose name stands right behind his own."""
_PARTED = words("hand turn sign make palm fob kit fit dole parcel deal pick snap scoop sell ship send give fire let set")
_CALENDAR = frozenset((*MONTHS, *WEEKDAYS))
_DATING = frozenset(("in", "on", "by", "since", "until", "from", "during", "last", "next"))


_LEMMAS = {
    "forbore": "forbear",
    "forborne": "forbear",
    "poohed": "pooh",
    "poohs": "pooh",
    "fessed": "fess",
    "copped": "cop",
    "sang": "sing",
    "denies": "deny",
    "admits": "admit",
    "confirms": "confirm",
    "insists": "insist",
    "asserts": "assert",
    "concedes": "concede",
    "contends": "contend",
    "alleges": "allege",
    "avers": "aver",
    "refutes": "refute",
    "sworn": "swear",
    "balked": "balk",
    "baulked": "baulk",
    "recanted": "recant",
    "recants": "recant",
    "forswore": "forswear",
    "gainsaid": "gainsay",
    "unsaid": "unsay",
    "foresaw": "foresee",
    "blurted": "blurt",
    "quashed": "quash",
    "rubbished": "rubbish",
    "rubbishes": "rubbish",
    "misdoubted": "misdoubt",
    "resold": "resell",
    "lent": "lend",
}
"""Verb forms that the model does not trace to their lemma."""


def mend(parsed: Doc, known: States) -> None:
    """States are names; goods that are the object of a verb are nouns; a month before a name is no part of it."""
    for token in parsed:
        _give_lemma(token)
    for token in parsed:
        _make_verb(token)
        _part_receiver(token)
    for token in parsed:
        adjective_people.mend(token)
        if token.pos_ not in ("PROPN", "NOUN", "ADJ") and token.text[:1].isupper() and known.is_state(token.text):
            token.tag_, token.pos_ = "NNP", "PROPN"
        if token.tag_ == "VB" and token.i == token.sent.start and token.dep_ in ("nsubj", "nsubjpass"):
            token.tag_, token.pos_ = "NN", "NOUN"  # "Unease was voiced"
        if token.tag_ == "VBZ" and token.dep_ in _OF_NOUNS and one_of(token.lower_) in ENTRY_OF:
            _make_noun(token)
        elif token.dep_ == "acl" and _has_own(token) and one_of(token.head.lower_) in ENTRY_OF:
            token.dep_ = "relcl"
        elif token.lower_ in _CALENDAR and token.dep_ == "compound" and token.head.pos_ == "PROPN":
            _part_from_name(token)
        elif token.tag_ == "NNP" and token.dep_ in ("compound", "npadvmod") and known.is_state(token.text):
            _make_subject(token)
        elif token.tag_ in ("NN", "VBG") and token.dep_ == "compound" and token.lower_.endswith("ing"):
            _make_gerund(token)
        elif token.tag_ == "NN" and token.dep_ == "dobj" and token.lower_.endswith("ing"):
            _make_gerund_with_particle(token)
        elif token.tag_ == "NNS" and token.dep_ == "ROOT" and _has_clause(token):
            token.tag_, token.pos_ = "VBZ", "VERB"
        elif token.tag_ == "NN" and token.lower_ == "fire" and token.dep_ in ("xcomp", "ccomp", "ROOT"):
            token.tag_, token.pos_ = "VB", "VERB"


def _give_lemma(verb: Token) -> None:
    if (lemma := _LEMMAS.get(verb.lower_)) is None:
        return
    verb.lemma_ = lemma
    if verb.tag_ == "NNS":
        verb.tag_, verb.pos_ = "VBZ", "VERB"
    if verb.tag_ in ("NN", "NNP", "JJ") and verb.i > verb.sent.start:
        verb.tag_, verb.pos_ = "VBD", "VERB"


def _make_verb(word: Token) -> None:
    """The participle before its object where the clause has no other verb: "the navy, says she, supplied rifles"."""
    parts = {child.dep_ for child in word.children}
    if word.pos_ == "ADJ" and {"nsubj", "dobj"} <= parts and word.lower_.endswith("ed"):
        word.tag_, word.pos_ = "VBD", "VERB"
        word.lemma_ = lemma_of(word)
    if word.tag_ == "NNS" and word.dep_ in ("ROOT", "advcl", "ccomp", "conj") and {"nsubj", "dobj"} <= parts:
        _make_finite(word)
    held = _goods_behind(word) if word.tag_ == "NNS" and word.i > word.sent.start else None
    finite = held is not None and word.nbor(-1).tag_ in ("NN", "NNP")
    participle = word.dep_ == "amod" and word.lower_.endswith(_PARTICIPLES)
    if word.i == word.sent.start or not (participle or finite):
        return
    before, goods = word.nbor(-1), (held if held is not None and finite else word.head)
    if before.lemma_ == "be" and word.head.dep_ == "attr" and word.head.head == before and is_of_trade(word):
        _make_passive(word, before)
        return
    while goods.head.i > word.i and goods.head != goods:
        goods = goods.head
    joined = before.lower_ in ("and", "but", "then") and goods.dep_ == "conj" and goods.head.dep_ == "dobj"
    if joined and one_of(goods.head.lower_) in ENTRY_OF:
        return
    opened = joined or before.lower_ == "having"
    subject = None if opened else _subject_before(word)
    if goods.i < word.i or (subject is None and not opened):
        return
    tag, pos, lemma = word.tag_, word.pos_, word.lemma_
    word.tag_, word.pos_ = ("VBN" if before.lower_ == "having" else "VBZ" if finite else "VBD"), "VERB"
    if not is_of_trade(word):
        word.tag_, word.pos_, word.lemma_ = tag, pos, lemma
        return
    word.lemma_ = lemma_of(word)
    if finite and word.is_ancestor(goods):
        goods.head, goods.dep_ = word, "dobj"
        if subject is not None and not subject.is_ancestor(word):
            subject.head, subject.dep_ = word, "nsubj"
        return
    governor, root = goods.head, word.sent.root
    first = (subject or goods).left_edge.i
    behind = [token for token in word.doc[first : goods.i] if token.head == governor and token.tag_ in ("WP", "WDT")]
    links = [
        token
        for token in word.sent
        if token.dep_ in ("prep", "dative")
        and token.i > goods.i
        and (token.head in (goods, governor) or token.head.i < word.i)
    ]
    if joined:
        word.head, word.dep_ = governor.head, "conj"
    elif root == goods or root == subject or root.pos_ not in ("VERB", "AUX"):
        word.head, word.dep_ = word, "ROOT"
        if root != word:
            root.head = word
    elif subject is not None and (subject == governor or subject.is_ancestor(governor)):
        word.head, word.dep_ = subject.head, subject.dep_
    elif governor.pos_ in ("VERB", "AUX"):
        word.head, word.dep_ = governor, "advcl" if subject is None else "ccomp"
    else:
        word.head, word.dep_ = governor, "relcl"
    goods.head, goods.dep_ = word, "dobj"
    if subject is not None:
        subject.head, subject.dep_ = word, "nsubj"
    for part in (*behind, *links):
        if not part.is_ancestor(word):
            part.head = word


def _goods_behind(word: Token) -> Token | None:
    """The goods right behind a word, with their number: "ships 300 drones"."""
    last = None
    for token in word.doc[word.i + 1 : word.sent.end]:
        if token.pos_ not in ("NUM", "ADJ", "NOUN", "DET"):
            break
        last = token
    return last if last is not None and one_of(last.lower_) in ENTRY_OF else None


def _make_finite(word: Token) -> None:
    """A verb in the present that the parser takes for a noun: "Chile loans rifles to Peru"."""
    word.tag_, word.pos_ = "VBZ", "VERB"
    if is_of_trade(word):
        word.lemma_ = lemma_of(word)
    else:
        word.tag_, word.pos_ = "NNS", "NOUN"


def _make_passive(word: Token, helper: Token) -> None:
    """The verb that the parser takes for a part of the goods: "Peru was gifted rifles by Chile"."""
    goods, governor = word.head, helper.head
    word.tag_, word.pos_, word.lemma_ = "VBN", "VERB", lemma_of(word)
    parts = [child for child in helper.children if child not in (goods, word)]
    links = [child for child in goods.children if child.dep_ == "prep"]
    word.head, word.dep_ = (word if governor == helper else governor), helper.dep_
    goods.head, goods.dep_ = word, "dobj"
    helper.head, helper.dep_ = word, "auxpass"
    for part in (*parts, *links):
        part.head = word
        if part.dep_ == "nsubj":
            part.dep_ = "nsubjpass"
        elif part.lower_ == "by":
            part.dep_ = "agent"


def _part_receiver(receiver: Token) -> None:
    """Who gets the goods, that the parser takes for a part of their name: "gave the Peruvian army rifles"."""
    goods = receiver.head
    if receiver.dep_ not in ("compound", "nmod") or goods.dep_ != "dobj" or one_of(goods.lower_) not in ENTRY_OF:
        return
    verb = goods.head
    if receiver.lower_ not in _RECEIVERS or verb not in SENDING or goods.left_edge.lower_ not in ("the", "a", "an"):
        return
    if any(child.lower_ == "to" and child.dep_ != "aux" for part in (verb, goods) for child in part.children):
        return
    before = [child for child in goods.children if child.i < receiver.i]
    receiver.head, receiver.dep_ = verb, "dative"
    for part in before:
        part.head = receiver
    for number in [child for child in receiver.children if child.i > receiver.i and child.dep_ == "nummod"]:
        number.head = goods


def _subject_before(word: Token) -> Token | None:
    """The noun right before a participle, or the one of the sentence before a comma, that no other verb has."""
    before, root = word.nbor(-1), word.sent.root
    if before.text in (",", "–", "—"):
        return root if root.pos_ in ("NOUN", "PROPN") and root.i < word.i else None
    if before.pos_ not in ("NOUN", "PROPN"):
        return None
    while before.head.i < before.i and before.head.pos_ in ("NOUN", "PROPN", "ADP"):
        before = before.head
    return None if before.dep_ in ("dobj", "dative", "oprd", "attr", "prep", "pobj", "agent") else before


def _make_subject(state: Token) -> None:
    """Of the verb behind it, where that has none: "Chile test-fires a torpedo", "Peru, once it has paid, gets"."""
    verb = state.head
    finite = verb.tag_ in ("VBZ", "VBD") or any(child.tag_ in ("MD", "VBZ", "VBD") for child in verb.children)
    if verb.pos_ != "VERB" or verb.i < state.i or not finite:
        return
    if not any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children):
        state.dep_ = "nsubjpass" if any(child.dep_ == "auxpass" for child in verb.children) else "nsubj"


def _has_clause(noun: Token) -> bool:
    """Whether a noun has what only a verb has, a subject right before it and a clause: "Peru doubts … that …"."""
    subject = noun.i > noun.sent.start and noun.nbor(-1).dep_ == "nsubj" and noun.nbor(-1).head == noun
    return subject and any(child.dep_ == "ccomp" and child.i > noun.i for child in noun.children)


def _has_own(verb: Token) -> bool:
    """Whether a verb has a subject and a "that" of its own: "the carbines that it had meant to keep"."""
    return {"nsubj", "mark"} <= {child.dep_ for child in verb.children}


def _make_gerund(word: Token) -> None:
    """A verb of an act behind one of its beginning or end, with its object: "has begun shipping tanks to Peru"."""
    goods, verb = word.head, word.head.head
    near = verb.i + 1 == word.i or (verb.i + 2 == word.i and word.nbor(-1).dep_ == "prt")
    begun = verb.lemma_ in _BEGINNING and near and goods.dep_ == "dobj" and goods.lemma_ != "container"
    lemma = next((form for form in _stems(word.lower_) if form in _MAKING or is_listed(form)), None)
    if not begun or lemma is None:
        return
    word.tag_, word.pos_, word.dep_, word.lemma_, word.head = "VBG", "VERB", "xcomp", lemma, verb
    behind = [child for child in verb.children if child.dep_ == "prep" and child.i > goods.i]
    for part in (goods, *behind):
        part.head = word


def _make_gerund_with_particle(word: Token) -> None:
    """A verb whose particle the parser takes for a preposition: "denied handing over the tanks"."""
    particle = word.nbor() if word.i + 1 < len(word.doc) else None
    if particle is None or particle.head != word or particle.lower_ not in ("over", "off", "out", "up", "away"):
        return
    lemma = next((form for form in _stems(word.lower_) if form in _PARTED), None)
    if word.head.pos_ != "VERB" or lemma is None:
        return
    word.tag_, word.pos_, word.dep_, word.lemma_ = "VBG", "VERB", "xcomp", lemma
    for goods in [child for child in particle.children if child.dep_ == "pobj"]:
        goods.head, goods.dep_ = word, "dobj"
    particle.dep_ = "prt"


def _stems(gerund: str) -> tuple[str, ...]:
    stem = gerund.removesuffix("ing")
    return stem, f"{stem}e", stem[:-1]


def _make_noun(token: Token) -> None:
    """With its relative clause and its number: "gave Peru the 500 carbines that it had meant to keep"."""
    token.tag_, token.pos_ = "NNS", "NOUN"
    for child in token.children:
        if (
            child.dep_ == "ccomp"
            and child.i > token.i
            and any(part.lower_ in ("that", "which") for part in child.children)
        ):
            child.dep_ = "relcl"
        elif child.dep_ == "nsubj" and child.i < token.i and child.like_num:
            child.dep_ = "nummod"


def _part_from_name(date: Token) -> None:
    """The name is the subject of the verb behind it, where that has none: "In May Peru lent Chile a gunboat"."""
    name, first = date.head, date.i
    while first > 0 and date.doc[first - 1].like_num:
        first -= 1
    preposition = date.doc[first - 1] if first > 0 else None
    if preposition is None or preposition.lower_ not in _DATING or name.i < date.i or name.dep_ != "pobj":
        return
    verb = name.head.head
    if name.head != preposition or verb.pos_ not in ("VERB", "AUX") or verb.i < name.i:
        return
    if not any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children):
        passive = any(child.dep_ == "auxpass" for child in verb.children)
        name.head, name.dep_ = verb, "nsubjpass" if passive else "nsubj"
        date.head, date.dep_ = preposition, "pobj"
