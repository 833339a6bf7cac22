"""Verbs of saying that the small parser takes for nouns, and contents that it gives to another word than their verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import sources
from ..source_words import KIND_OF
from ..verb_forms import BASES, LEMMA_OF
from ..vocabulary import NOUN_STANCE_OF, SAID
from ..word_lists import words
from .trees import OF_NOUNS, hang

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CAUSING = {"let": "let", "lets": "let", "made": "make", "makes": "make"}
_COLLECTIVE = words("police people customs clergy folk")
_MODIFYING = ("compound", "amod", "nmod", "nsubj", "nummod")
_PLACES = ("ROOT", "ccomp", "conj", "advcl", "nsubj", "csubj")
_CLAUSES = ("ccomp", "relcl", "acl")
_HELD = (
    NOUN_STANCE_OF.keys() | SAID | words("fact idea news proof sign condition ground grounds notion point extent way")
)
"""Nouns whose own content a clause with *that* behind them is."""
_UNPASSIVE = words(
    "boast brag crow gloat grumble gripe grouse moan whine fume seethe rage storm rail fulminate inveigh sneer jeer "
    "scoff quibble swear attest fret worry despair object disagree complain protest apologise apologize confess vouch "
    "call hint allude argue dissent demur agree concur insist react respond reply comment"
)
"""Verbs whose form in *-ed* with a preposition is no passive."""
_OPENING = words("the a an this that these those it its his her their any all such he she they no nobody nothing")
_INTRANSITIVE = words("belong come go remain arrive stay lie exist happen fall rise sail disappear vanish depart land")
_BARE = words(
    "say think believe claim insist argue maintain swear allege suspect know admit concede hope fear hint joke boast "
    "brag quip snap shout yell surmise guess reckon suppose conclude infer mutter murmur whisper grumble complain "
    "lament moan groan sigh bark growl opine aver affirm attest assert contend remark observe add stress predict warn "
    "vow pledge promise explain establish determine feel find deny acknowledge confirm declare announce state write "
    "reply respond recall drawl"
)
"""Verbs whose clause may stand without *that*."""


def mend(parsed: Doc) -> None:
    """A verb is a verb again, and has its source and its content."""
    for token in parsed:
        if token.tag_ in ("NN", "NNP", "JJ", "NNS") and _is_verb(token):
            _make_verb(token)
        elif token.tag_ == "NN" and token.lower_ in BASES and token.dep_ == "nsubj" and token.head.lemma_ == "do":
            _give_auxiliary(token)
        elif token.lower_ in _CAUSING and token.dep_ == "aux":
            _raise(token)
        elif token.dep_ in ("csubj", "nsubj") and token.i == token.sent.start:
            _join_to_noun(token)
    for token in parsed:
        if token.lower_ == "that":
            _give_clause(token)
        elif token.dep_ == "dobj" and token.head.lemma_ in BASES and token.i > token.head.i:
            _give_bare_clause(token)
    for token in parsed:
        if token.dep_ in ("acl", "appos") and token.tag_ in ("VBN", "VBD") and token.head.dep_ == "ROOT":
            _make_main(token)


def _is_verb(word: Token) -> bool:
    """Whether a word that is taken for a noun has a source before it and a content behind it."""
    before = word.nbor(-1) if word.i > word.sent.start else None
    if before is None or word.i + 1 >= len(word.doc) or word.dep_ not in _PLACES:
        return False
    following = word.nbor()
    if word.tag_ == "NNS" and following.lower_ in ("is", "was") and word.sent[0].lower_ in ("what", "all"):
        return word.lower_ in LEMMA_OF and sources.can_speak(before)
    if word.tag_ == "NNS":
        subject = any(child.dep_ == "nsubj" and child.i < word.i for child in word.children)
        behind = [child for child in word.children if child.dep_ in _CLAUSES and child.i > word.i]
        told = [part for clause in behind for part in clause.children if part.lower_ == "that"]
        subject = subject or (_is_collective(before, word) and any(part.dep_ == "mark" for part in told))
        return subject and word.lower_ in LEMMA_OF and bool(told)
    if word.tag_ == "JJ" and word.lower_.endswith("ed"):
        subject = any(child.dep_ == "nsubj" and sources.can_speak(child) for child in word.children)
        return subject and word.lower_ in LEMMA_OF and not any(child.pos_ == "AUX" for child in word.children)
    if before.head != word or before.dep_ not in _MODIFYING or not sources.can_speak(before):
        return False
    if word.lower_.endswith("ed") and word.tag_ != "JJ":
        return word.lower_ in LEMMA_OF
    many = before.tag_ in ("NNS", "NNPS") or before.lower_ in _COLLECTIVE or _is_collective(before, word)
    base = word.lower_ in BASES and (many or (word.lower_ == "forecast" and following.lower_ == "that"))
    return base and following.lower_ in _OPENING


def _is_collective(noun: Token, word: Token) -> bool:
    """Whether a body or a group stands before the only verb of its sentence: "Danish cavalry deny that …"."""
    before = noun.head == word and noun.dep_ == "compound" and word.dep_ == "ROOT"
    single = any(child.lower_ in ("a", "an", "this", "any", "no") for child in word.children)
    return before and not single and KIND_OF.get(noun.lower_) in ("body", "group")


def _make_verb(word: Token) -> None:
    past = word.lower_.endswith("ed") or word.lower_ == "forecast"
    word.tag_ = "VBZ" if word.tag_ == "NNS" else "VBD" if past else "VBP"
    word.pos_, word.lemma_ = "VERB", LEMMA_OF.get(word.lower_, word.lower_)
    for child in list(word.children):
        if (
            child.i > word.i
            and child.dep_ in ("relcl", "acl")
            and any(part.lower_ == "that" for part in child.children)
        ):
            child.dep_ = "ccomp"
    if any(child.dep_ == "nsubj" for child in word.children):
        return
    source = word.nbor(-1)
    hang(
        [child for child in word.children if child.i < source.i and child.dep_ in OF_NOUNS],
        source,
    )
    source.dep_ = "nsubj"


def _join_to_noun(word: Token) -> None:
    """A noun that opens a sentence and is taken for a verb: "Aid workers allege …"."""
    noun, verb = word.doc[min(word.i + 1, len(word.doc) - 1)], word.head
    if noun.head == word and noun.tag_ == "NNS" and noun.dep_ == "dobj" and verb.i > noun.i:
        for child in list(word.children):
            if child.i > noun.i:
                child.head = noun
                child.dep_ = "acl" if child.tag_ == "VBN" else child.dep_
        word.tag_, word.pos_, noun.dep_, noun.head = "NN", "NOUN", "nsubj", verb
        word.head, word.dep_ = noun, "compound"


def _give_auxiliary(word: Token) -> None:
    """A verb that is taken for the subject of its *did*: "never did the panel dispute it"."""
    helper, noun = word.head, word.doc[max(0, word.i - 1)]
    if noun.head != word or noun.i <= helper.i or noun.dep_ not in ("compound", "amod") or not sources.can_speak(noun):
        return
    word.tag_, word.pos_, word.lemma_ = "VB", "VERB", word.lower_
    for child in list(word.children):
        if child.i < noun.i:
            child.head = noun
        elif child.dep_ in ("relcl", "acl") and child.i > word.i:
            child.dep_ = "ccomp"
    noun.dep_ = "nsubj"
    _swap(word, helper, "aux")


def _raise(verb: Token) -> None:
    """A verb that is taken for the auxiliary of its predicate: "who let slip that …", "who made known that …"."""
    inner = verb.head
    if inner.i < verb.i or any(word.pos_ in ("NOUN", "PROPN", "VERB") for word in verb.doc[verb.i + 1 : inner.i]):
        return
    verb.pos_, verb.lemma_ = "VERB", _CAUSING[verb.lower_]
    _swap(verb, inner, "ccomp")


def _swap(verb: Token, lower: Token, relation: str) -> None:
    """Put a verb in the place of the one that it hangs on, with what stands before both."""
    top, place = lower.head, lower.dep_
    verb.head = verb if top == lower else top
    verb.dep_ = place
    lower.head, lower.dep_ = verb, relation
    hang([child for child in lower.children if child != verb and (child.i < verb.i or child.is_punct)], verb)


def _give_clause(that: Token) -> None:
    """A clause with *that* belongs to the verb of saying before it, whatever adjuncts stand between."""
    clause = that.head
    if (
        that.tag_ == "WDT"
        and clause.i > that.i
        and clause.head.lemma_.lower() in _HELD
        and (_opens(that, clause) and not any(child.dep_ == "xcomp" for child in clause.children))
    ):
        that.tag_, that.pos_, that.dep_, clause.dep_ = "IN", "SCONJ", "mark", "acl"
    if clause.i > that.i and clause.pos_ in ("VERB", "AUX") and (held := _held(that)) is not None:
        if clause not in held.ancestors:
            clause.head, clause.dep_ = held, "acl"
            hang(
                [
                    link
                    for link in held.head.children
                    if held.i < link.i < that.i and link.lower_ in ("by", "of", "from")
                ],
                held,
            )
        return
    if clause.i < that.i or clause.pos_ not in ("VERB", "AUX") or not _opens(that, clause):
        return
    astray = clause.dep_ == "ccomp" and clause.head.pos_ in ("ADV", "ADP", "PROPN")
    if not astray and clause.dep_ not in ("relcl", "acl", "conj", "advcl"):
        return
    verb = _verb_before(that)
    if verb is None or (clause.head == verb and clause.dep_ != "conj") or clause in verb.ancestors:
        return
    if any(child.dep_ == "ccomp" and child.i > verb.i for child in verb.children):
        return
    before = that.nbor(-1)
    named = before.dep_ in ("dobj", "nsubj", "nsubjpass", "attr") or before.lemma_.lower() in _HELD
    if named and before.pos_ == "NOUN":
        return
    that.dep_, that.tag_, that.pos_ = "mark", "IN", "SCONJ"
    clause.head, clause.dep_ = verb, "ccomp"


def _held(that: Token) -> Token | None:
    """The claim before *that* of which a phrase says whose it is: "denied the claim by two officers that …"."""
    links = [word for word in that.doc[that.sent.start : that.i] if word.lower_ in ("by", "of", "from")]
    if not links or links[-1].i == that.sent.start:
        return None
    noun, owner = links[-1].nbor(-1), next(iter(links[-1].children), None)
    ends = owner is not None and that.i - 1 in (owner.i, owner.right_edge.i)
    if not ends or noun.lemma_.lower() not in _HELD or noun.pos_ != "NOUN":
        return None
    return noun if noun.dep_ in ("dobj", "nsubj", "nsubjpass", "attr") else None


def _opens(that: Token, clause: Token) -> bool:
    """Whether *that* opens a clause that lacks nothing, so that it is no relative pronoun."""
    if that.dep_ == "mark":
        return True
    rest = [child for child in clause.children if child != that]
    full = any(child.dep_ == "dobj" for child in rest) or clause.lemma_ in _INTRANSITIVE
    full = full or any(child.dep_ == "auxpass" for child in rest)
    return that.dep_ == "dobj" and full and any(child.dep_ in sources.SUBJECTS for child in rest)


def _verb_before(that: Token) -> Token | None:
    """The verb of saying behind which no other verb stands before *that*."""
    for word in reversed(that.doc[that.sent.start : that.i]):
        if word.tag_.startswith("VB") and word.dep_ not in ("amod", "aux", "auxpass", "compound"):
            return word if word.lemma_ in BASES else None
        if word.text in (";", ":", "“", "”", '"'):
            return None
    return None


def _give_bare_clause(noun: Token) -> None:
    """The object of a verb of saying is the subject of the clause behind it: "swore the crates held guns"."""
    verb = noun.head
    if verb.tag_ in ("VBG", "VBN") and verb.dep_ == "acl":
        return
    clauses = [child for part in (noun, verb) for child in part.children if child.dep_ in ("acl", "advcl", "conj")]
    clause = next((each for each in clauses if each.i > noun.i and each.tag_ in ("VBN", "VBD")), None)
    if clause is None:
        _part_from_object(noun)
        return
    if any(child.dep_ in ("nsubj", "nsubjpass", "mark") for child in clause.children):
        return
    between = noun.doc[noun.i + 1 : clause.i]
    if any(word.dep_ not in ("aux", "auxpass", "neg", "advmod") for word in between):
        return
    helped = any(word.lemma_ in ("have", "be") for word in between)
    own = any(child.dep_ in ("dobj", "attr") and child.i > clause.i for child in clause.children)
    past = clause.lemma_ in _INTRANSITIVE or clause.tag_ == "VBD"
    if past or (verb.lemma_ in _BARE and (helped or own)):
        clause.head, clause.dep_ = verb, "ccomp"
        noun.head, noun.dep_ = clause, "nsubj"


def _part_from_object(noun: Token) -> None:
    """A verb between two nouns that is taken for a participle of the second: "maintain the barge carried rifles"."""
    verb = next((child for child in noun.children if child.dep_ == "amod" and child.tag_ == "VBN"), None)
    if verb is None or noun.head.lemma_ not in _BARE or verb.i < noun.head.i + 3:
        return
    subject = verb.nbor(-1)
    article = noun.doc[noun.left_edge.i]
    named = subject.dep_ in ("nsubj", "amod", "compound") and subject.head in (verb, noun)
    if not named or article.dep_ != "det" or article.i >= subject.i:
        return
    hang([child for child in noun.children if child.i < subject.i], subject)
    verb.head, verb.dep_, verb.tag_ = noun.head, "ccomp", "VBD"
    subject.head, subject.dep_, subject.tag_, subject.pos_ = verb, "nsubj", "NN", "NOUN"
    noun.head, noun.dep_ = verb, "dobj"


def _make_main(verb: Token) -> None:
    """A participle with a clause of its own behind the noun that a sentence consists of is its verb."""
    noun = verb.head
    behind = {child.dep_ for child in verb.children if child.i > verb.i}
    told = verb.lemma_ in BASES and (not behind.isdisjoint(("ccomp", "oprd")) or verb.tag_ == "VBD")
    told = told or (
        verb.lemma_ in _UNPASSIVE and "prep" in behind and any(part.dep_ == "det" for part in noun.children)
    )
    if (
        not told
        or not sources.can_speak(noun)
        or any(child.dep_ in ("nsubj", "nsubjpass", "agent") for child in verb.children)
    ):
        return
    parts = [child for child in noun.children if child.i > verb.i or child.is_punct]
    verb.head, verb.dep_, verb.tag_ = verb, "ROOT", "VBD"
    noun.head, noun.dep_ = verb, "nsubj"
    hang(parts, verb)
    for child in verb.children:
        if child.dep_ == "relcl" and any(part.lower_ == "to" for part in child.children):
            child.dep_ = "xcomp"
