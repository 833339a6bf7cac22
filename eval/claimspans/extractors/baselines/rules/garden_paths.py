"""Clauses whose subject the small model gives to another word: they are built again before anything is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_PAPERS = ("daily", "weekly", "monthly", "fortnightly")
_OF_NOUNS = ("det", "amod", "nummod", "poss", "compound", "nmod")


def mend(parsed: Doc) -> None:
    """Nouns side by side are one; a phrase that ends right before a verb without a subject is that."""
    for token in parsed:
        behind = token.head.i + 1 == token.i and token.tag_ in ("NN", "NNS") and token.head.pos_ == "NOUN"
        if behind and token.dep_ in ("appos", "amod"):
            _join(token)
        if token.dep_ in ("nsubj", "nsubjpass") and token.tag_ == "NN":
            _give_calling(token)
        if token.tag_ == "CD" and token.text.istitle() and token.i > token.sent.start:
            _make_name(token)
        alone = token.tag_ == "NN" and token.dep_ == "nsubj" and not any(token.children)
        if alone and token.text.istitle() and token.i > token.sent.start:
            token.tag_, token.pos_ = "NNP", "PROPN"
        if token.dep_ == "nmod" and token.tag_ == "NNS" and token.head.tag_ == "NNS":
            _part(token)
        if token.dep_ == "nsubj" and token.head.dep_ in ("aux", "auxpass") and token.head.head.pos_ == "VERB":
            token.dep_ = "nsubjpass" if token.head.dep_ == "auxpass" else "nsubj"
            token.head = token.head.head
        if token.tag_ == "VBN" and token.i + 1 < len(parsed):
            _make_adjective(token)
        if token.lower_ in _PAPERS and token.pos_ in ("ADV", "ADJ"):
            _make_paper(token)
        if token.dep_ == "nsubj" and token.head.pos_ == "NOUN" and any(child.tag_ == "POS" for child in token.children):
            token.dep_ = "poss"
    for token in parsed:
        if token.tag_ == "VB" and token.dep_ == "ROOT" and token.i == token.sent.start:
            _make_noun(token)
        if token.dep_ == "appos" and token.head.dep_ in ("pobj", "npadvmod"):
            _give_subject(token)
        elif token.dep_ in ("amod", "ROOT") and token.tag_ in ("VBD", "VBN"):
            _make_verb(token)
        elif token.pos_ == "DET" and token.dep_ == "det" and token.head.tag_ in _FINITE and token.i + 1 == token.head.i:
            token.dep_ = "nsubj"  # "and all claim that …"
        elif token.dep_ in ("amod", "compound") and token.tag_ in ("NN", "NNS") and token.head.tag_ in _FINITE:
            _make_subject(token)
        elif token.dep_ == "nsubj" and token.tag_ in ("VB", "VBP", "NN") and token.head.lemma_ == "do":
            _turn(token)
        elif token.lower_ in ("whether", "if") and token.dep_ == "mark":
            _part_question(token)
        elif token.dep_ == "advmod" and token.tag_ == "RBS" and token.i == token.sent.start:
            _make_part(token)
        elif token.dep_ == "nsubj" and token.pos_ == "PROPN" and token.head.tag_ in ("NN", "NNS"):
            _make_premodifier(token)
        elif token.dep_ == "conj" and token.tag_ in _FINITE and token.head.pos_ == "VERB":
            _part_clause(token)
        elif token.dep_ in ("ccomp", "acl", "relcl") and token.left_edge.lower_ == "that":
            _return_clause(token)
        elif token.dep_ == "csubj" and token.tag_ in _FINITE and token.head.dep_ == "ROOT":
            _raise(token)


def _join(noun: Token) -> None:
    """The second of two nouns side by side is no apposition but the head: "the tugboat skipper"."""
    first = noun.head
    if first.dep_ == "ROOT" or noun.text[:1].isupper() != first.text[:1].isupper():
        return
    before = [child for child in first.children if child.i < first.i and child.dep_ in _OF_NOUNS]
    behind = [child for child in first.children if child.i > noun.i]
    noun.head, noun.dep_ = first.head, first.dep_
    first.head, first.dep_ = noun, "compound"
    for child in (*before, *behind):
        child.head = noun


def _give_calling(noun: Token) -> None:
    """The first of two subjects side by side says what the second is: "The docker Anna Velde"."""
    names = [child for child in noun.head.children if child.dep_ == noun.dep_ and child.pos_ == "PROPN"]
    if not names or names[0].left_edge.i != noun.i + 1:
        return
    before = list(noun.children)
    noun.head, noun.dep_ = names[0], "compound"
    for child in before:
        child.head = names[0]


def _make_paper(word: Token) -> None:
    """Of an adverb that ends a phrase with an article: "the Talvian daily said"."""
    parsed = word.doc
    first = word.i
    while first > word.sent.start and parsed[first - 1].pos_ in ("ADJ", "PROPN", "NOUN", "ADV"):
        first -= 1
    opened = first > word.sent.start and parsed[first - 1].pos_ == "DET"
    following = parsed[word.i + 1] if word.i + 1 < len(parsed) else None
    ends = (
        following is None
        or following.is_punct
        or following.is_space
        or following.pos_ in ("VERB", "AUX", "PROPN", "ADP")
    )
    if not opened or not ends:
        return
    word.tag_, word.pos_ = "NN", "NOUN"
    before = word.nbor(-1)
    if before.dep_ in _SUBJECTS and word.head == before.head:
        word.dep_, word.head = before.dep_, before.head
        for child in (before, *before.children):
            child.head = word
        before.dep_ = "compound"


def _make_noun(word: Token) -> None:
    """Of a verb without a subject that opens a sentence with another one: "Unease among the crew grew"."""
    verb = next((child for child in word.children if child.dep_ == "ccomp" and child.tag_ in _FINITE), None)
    linked = word.i + 1 < len(word.doc) and word.nbor().pos_ == "ADP"
    if verb is None or not linked or any(child.dep_ in _SUBJECTS for child in verb.children):
        return
    word.tag_, word.pos_, word.lemma_ = "NN", "NOUN", word.lower_
    verb.head, verb.dep_ = verb, "ROOT"
    word.head, word.dep_ = verb, "nsubj"
    for child in list(word.children):
        if child.dep_ == "punct":
            child.head = verb


def _make_adjective(participle: Token) -> None:
    """Of a participle right before its noun, read as its verb: "Leaked memo"."""
    noun = participle.nbor()
    own = [child for child in participle.children if child.dep_ not in ("punct", "dep", "cc")]
    if own != [noun] or noun.dep_ != "dobj" or noun.pos_ != "NOUN" or participle.dep_ in ("conj", "acl", "relcl"):
        return
    root = participle.dep_ == "ROOT"
    noun.head, noun.dep_ = (noun, "ROOT") if root else (participle.head, participle.dep_)
    for child in [child for child in participle.children if child != noun]:
        child.head = noun
    participle.head, participle.dep_ = noun, "amod"


def _part(first: Token) -> None:
    """Two plurals that are joined, read as one noun: "Residents and weapons inspectors"."""
    last = first.head
    inner = next((child for child in first.children if child.dep_ == "conj" and child.i + 1 == last.i), None)
    if inner is None or not any(child.dep_ == "cc" for child in first.children):
        return
    first.head, first.dep_ = last.head, last.dep_
    last.head, last.dep_ = first, "conj"
    inner.head, inner.dep_ = last, "compound"


def _make_subject(noun: Token) -> None:
    """Of a noun that is taken for a premodifier of the finite verb behind it: "A Talvian weekly shares the worry"."""
    verb = noun.head
    if noun.i + 1 != verb.i or any(child.dep_ in _SUBJECTS for child in verb.children):
        return
    noun.dep_ = "nsubj"
    for child in [child for child in verb.children if child.i < noun.i and child.dep_ in _OF_NOUNS]:
        child.head = noun


def _turn(verb: Token) -> None:
    """A verb behind its subject and *did*, read as a noun: "Only then did the ministry concede that …"."""
    helper, noun = verb.head, verb.nbor(-1)
    own = [child for child in verb.children if child.dep_ == "nsubj" and helper.i < child.i < verb.i]
    noun = own[0] if own else noun
    if helper.dep_ != "ROOT" or noun.head != verb or not (own or (noun.dep_ == "compound" and verb.tag_ != "NN")):
        return
    before = [child for child in verb.children if child.i < noun.i]
    rest = [child for child in helper.children if child != verb]
    verb.head, verb.dep_, verb.tag_, verb.pos_, verb.lemma_ = verb, "ROOT", "VB", "VERB", verb.lower_
    helper.head, helper.dep_ = verb, "aux"
    noun.dep_ = "nsubj"
    for child in before:
        child.head = noun
    for child in rest:
        child.head = verb


def _part_question(mark: Token) -> None:
    """What was asked from its answer: "Asked whether the guns left by night, the paper did not deny it"."""
    verb = mark.head
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if len(subjects) < 2 or verb.head.dep_ != "ROOT" or verb.head.tag_ != "VBN" or verb.head.i != verb.sent.start:
        return
    asked, first, second = verb.head, subjects[0], subjects[1]
    commas = [child for child in verb.children if child.text == "," and first.i < child.i < second.i]
    inner = next((child for child in first.children if child.dep_ in ("acl", "relcl")), None)
    if not commas or inner is None:
        return
    verb.head, verb.dep_ = verb, "ROOT"
    asked.head, asked.dep_ = verb, "advcl"
    inner.head, inner.dep_ = asked, "ccomp"
    first.head = mark.head = inner


def _make_name(number: Token) -> None:
    """A number in capitals behind the name that it belongs to is a part of that: "Channel Six"."""
    before = number.nbor(-1)
    if before.pos_ == "PROPN" and before.head == number and before.dep_ == "compound":
        number.tag_, number.pos_ = "NNP", "PROPN"


def _give_subject(noun: Token) -> None:
    """To a verb behind a fronted phrase: "Two days after the sale, a clerk at the depot recalled …"."""
    verb = noun.head
    while verb.dep_ in ("pobj", "prep", "npadvmod", "pcomp") and verb.head != verb:
        verb = verb.head
    first = min([verb.i, *(child.i for child in verb.children if child.dep_ in ("aux", "auxpass", "neg"))])
    parted = noun.left_edge.i > 0 and noun.left_edge.nbor(-1).text == ","
    finite = verb.tag_ in _FINITE or any(child.tag_ in _FINITE for child in verb.children)
    if not parted or verb.pos_ not in ("VERB", "AUX") or not finite or noun.right_edge.i + 1 != first:
        return
    if any(child.dep_ in _SUBJECTS for child in verb.children):
        return
    noun.head = verb
    noun.dep_ = "nsubjpass" if any(child.dep_ == "auxpass" for child in verb.children) else "nsubj"


def _make_verb(verb: Token) -> None:
    """Of a participle with a noun before it: "The mayor voiced concern", read as a voiced concern."""
    noun = verb.head
    subject = next((child for child in verb.children if child.dep_ == "npadvmod" and child.i + 1 == verb.i), None)
    if subject is None or noun.dep_ != "ROOT" or any(child.dep_ in _SUBJECTS for child in verb.children):
        return
    before = [child for child in noun.children if child.i < subject.i and child.dep_ in _OF_NOUNS]
    if not before or subject.ent_type_ in ("DATE", "TIME"):
        return
    if verb != noun:
        rest = [child for child in noun.children if child.dep_ == "punct" or child.i < before[0].i]
        verb.head, verb.dep_ = verb, "ROOT"
        noun.head, noun.dep_ = verb, "dobj"
        for child in rest:
            child.head = verb
    elif not any(child.dep_ == "dobj" for child in verb.children):
        return
    verb.tag_, verb.pos_ = "VBD", "VERB"
    subject.dep_ = "nsubj"
    for child in before:
        child.head = subject


def _make_part(most: Token) -> None:
    """Of an adverb that opens a sentence right before its verb: "Most claimed that …"."""
    verb = most.head
    if most.i + 1 != verb.i or verb.tag_ not in _FINITE or any(child.dep_ in _SUBJECTS for child in verb.children):
        return
    most.tag_, most.pos_, most.dep_ = "JJS", "ADJ", "nsubj"


def _make_premodifier(name: Token) -> None:
    """Of a nationality that the model takes for the subject of its noun: "the Talvian stowaway"."""
    if name.i + 1 == name.head.i:
        name.dep_ = "compound"
        for child in list(name.children):
            child.head = name.head


def _part_clause(verb: Token) -> None:
    """A clause without *that*, read as a second verb: "recalled the rifles were rusty"."""
    first = verb.head
    noun = next((child for child in first.children if child.dep_ == "dobj" and first.i < child.i < verb.i), None)
    if noun is None or noun.right_edge.i + 1 != verb.i or any(child.dep_ in _SUBJECTS for child in verb.children):
        return
    if any(child.dep_ == "cc" for child in first.children) or noun.left_edge.i != first.i + 1:
        return
    verb.dep_ = "ccomp"
    noun.head, noun.dep_ = verb, "nsubj"


def _return_clause(clause: Token) -> None:
    """To the verb before a participle between commas: "The Wire reported, citing a clerk, that …"."""
    participle, first = clause.head if clause.head.pos_ == "VERB" else clause.head.head, clause.left_edge
    verb = participle.head
    if participle.tag_ != "VBG" or participle.dep_ != "advcl" or verb.pos_ != "VERB" or verb.i > participle.i:
        return
    whole = any(child.dep_ in ("nsubj", "nsubjpass") and child != first for child in clause.children)
    if whole and participle.nbor(-1).text == "," and first.nbor(-1).text == ",":
        clause.head, clause.dep_ = verb, "ccomp"


def _raise(verb: Token) -> None:
    """A verb of saying read as the subject of what it says: "Peru reckoned the rifles were rusty"."""
    inner = verb.head
    noun = next((child for child in verb.children if child.dep_ == "dobj" and verb.i < child.i < inner.i), None)
    if noun is None or noun.left_edge.i != verb.i + 1 or not any(child.dep_ == "nsubj" for child in verb.children):
        return
    verb.head, verb.dep_ = verb, "ROOT"
    inner.head, inner.dep_ = verb, "ccomp"
    noun.head, noun.dep_ = inner, "nsubj"
