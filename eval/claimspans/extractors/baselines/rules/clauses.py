"""The clause of an event by the parse: its subject, its prepositions and its words, also where the parser is misled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .quotative_edges import PARTING
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass")
"""The relations of a noun to the verb whose subject it is."""
_CLAUSES = ("ccomp", "advcl", "relcl", "conj", "pcomp")
_BLAMING = ("of", "from", "for")
_WITH_GERUND = words(
    "deny admit stop begin start continue consider avoid resume recall remember acknowledge report practise practice "
    "cease confess regret confirm resume enjoy risk mention announce of from by for about"
)
_DEALING = words(
    "negotiate negotiation talk bargain haggle bargaining haggling discuss discussion agree agreement contract deal "
    "sign accord memorandum treaty arrange arrangement treat parley confer consult consultation pact understanding "
    "settle settlement dicker"
)
PLANS = _DEALING | words(
    "plan intention decision scheme proposal offer bid attempt effort pledge promise move idea intent willingness "
    "readiness commitment undertaking order permission licence license authorisation approval wish desire hope project "
    "programme program obligation vow mandate clearance ambition"
)
"""Nouns whose infinitive has the subject of the verb that governs them: "announced a plan to sell"."""
_HELPERS = words("having has had have been being was were is are be")
_DEPTH = 5


def has_subject(verb: Token) -> bool:
    """Whether a verb has a subject of its own."""
    return any(child.dep_ in SUBJECTS for child in verb.children)


def is_verb(word: Token) -> bool:
    """Whether a word is the verb of a clause; some that the parser takes for an adjective of their object are too."""
    if word.pos_ != "VERB" or word.dep_ == "compound":
        return False
    return word.dep_ != "amod" or _is_misread(word)


def _is_misread(word: Token) -> bool:
    """Whether a participle has an object and no noun behind it: "Given nine guns, …", "denied firing rockets"."""
    noun = word.head
    before = word.nbor(-1) if word.i > word.sent.start else None
    if before is not None and before.text == "-" and word.tag_ == "VBD":
        return True
    if word.tag_ in ("VBN", "VBD"):
        later = any(child.dep_ in ("det", "nummod", "poss") and child.i > word.i for child in noun.children)
        return (before is None and later) or (before is not None and before.lower_ in _HELPERS)
    bare = noun.left_edge.i == word.left_edge.i
    return word.tag_ == "VBG" and bare and noun.dep_ in ("dobj", "pobj") and noun.head.lemma_.lower() in _WITH_GERUND


def is_comparative(word: Token) -> bool:
    """Whether a comparative is taken for a subject: "Louder still complained the fishermen"."""
    return word.pos_ in ("ADJ", "ADV") and word.lower_.endswith("er") and not any(word.lefts)


def shares_clause(verb: Token) -> bool:
    """Whether the clause behind a second verb is the first one's too: "the mayor thinks, and we know, that …"."""
    told = [child for joint in verb.children if joint.dep_ == "conj" for child in joint.children]
    shared = any(child.dep_ == "ccomp" and child.doc[child.left_edge.i - 1].text in PARTING for child in told)
    return shared and verb.i + 1 < len(verb.doc) and verb.nbor().text in PARTING


def is_finite(verb: Token) -> bool:
    """Whether a verb tells what is or was: "sold", "has sold"."""
    if verb.tag_ == "VBN":
        return any(child.lower_ in ("has", "have", "had") and child.dep_ == "aux" for child in verb.children)
    return verb.tag_ in ("VBD", "VBZ", "VBP")


def scope(word: Token) -> Token:
    """The word under which the parts of an event's clause stand."""
    if word.dep_ == "amod":
        helper = word.head.head
        return helper if helper.lemma_ == "have" and helper.i + 1 == word.i else word.head
    if word.pos_ != "NOUN":
        return word
    verb = word.head.head if word.head.lower_ == "on" else word.head
    on_its_way = word.lower_ == "way" and verb.lemma_ in ("find", "make")
    return verb if on_its_way or (verb.lemma_ == "be" and word.dep_ in ("attr", "pobj")) else word


def own_words(word: Token) -> set[int]:
    """The places of the words of a clause, those of the clauses in it left out."""
    top = scope(word)
    left_out = {
        token.i
        for part in top.subtree
        if part not in (top, word)
        and part.dep_ in _CLAUSES
        and (part.pos_ == "VERB" or (part.pos_ == "AUX" and (part.dep_ != "conj" or has_subject(part))))
        for token in part.subtree
    }
    return {token.i for token in top.subtree} - left_out


def in_focus(verb: Token) -> set[int]:
    """The places of the noun that a cleft puts in front: "It was guns that he sold", "Guns are what he sold"."""
    first, second = verb.sent[0], verb.sent[min(1, len(verb.sent) - 1)]
    pronouns = [child.lower_ for child in verb.subtree if child.i < verb.i]
    behind = verb.doc[verb.head.i + 1 : verb.head.i + 2].text.lower()
    if first.lower_ == "it" and second.lemma_ == "be" and verb.head != second and {"that", "which"} & {*pronouns}:
        opened = [part for part in second.children if part.dep_ == "attr" and second.i < part.i < verb.i]
    elif verb.head.lemma_ == "be" and verb.dep_ == "ccomp" and "what" in (*pronouns, behind):
        opened = [part for part in verb.head.children if part.dep_ in SUBJECTS and part.i < verb.head.i]
    else:
        return set()
    return {token.i for part in opened for token in part.subtree}


def shared_object(verb: Token) -> set[int]:
    """The places of the object that a verb has in common with the one behind "and": "bought and then lost 40 mines"."""
    other = next((child for child in verb.children if child.dep_ == "conj" and child.pos_ == "VERB"), None)
    if other is None or has_subject(other) or any(child.dep_ == "dobj" for child in verb.children):
        return set()
    if any(word.pos_ in ("NOUN", "PROPN", "PRON") for word in verb.doc[verb.i + 1 : other.i]):
        return set()
    return {token.i for child in other.children if child.dep_ == "dobj" for token in child.subtree}


def number_behind_name(verb: Token) -> Token | None:
    """The number that the parser gives to the name of who gets the goods: "sold Peru 18 of them"."""
    names = [child for child in verb.children if child.dep_ in ("dobj", "dative") and child.pos_ == "PROPN"]
    for number in (part for name in names for part in name.children if part.dep_ == "nummod" and part.i == name.i + 1):
        if all(word.pos_ not in ("NOUN", "ADJ", "VERB", "PROPN") for word in number.doc[number.i + 1 : number.i + 2]):
            return number
    return None


def dealing(word: Token) -> Token | None:
    """The verb or noun of dealing that governs the word of an event: "talks on the sale"."""
    current = word
    for _ in range(_DEPTH):
        head = current.head
        if (
            head == current
            or current.dep_ in ("relcl", "conj")
            or (current.dep_ in ("ccomp", "advcl") and current != word)
        ):
            return None
        if head.pos_ in ("VERB", "AUX") and (noun := _dealt(head, word)) is not None:
            return noun
        if head.lemma_.lower() in _DEALING:
            return head
        current = head
    return None


def _dealt(verb: Token, word: Token) -> Token | None:
    """The noun of dealing that a verb has before a word: "is in talks to buy", "signed a contract to sell"."""
    objects = [child for child in verb.children if child.dep_ in ("dobj", "attr")]
    objects += [noun for child in verb.children if child.dep_ == "prep" for noun in child.children]
    if word.pos_ == "NOUN" and word.head.lower_ in ("on", "about", "over", "for"):
        objects += [child for child in verb.children if child.dep_ in SUBJECTS]
    return next((noun for noun in objects if noun.i < word.i and noun.lemma_.lower() in _DEALING), None)


def relative(verb: Token) -> Token | None:
    """The relative clause that a verb is in, if it is in one."""
    current = verb
    while current.dep_ in ("conj", "xcomp") and current.head != current:
        current = current.head
    return current if current.dep_ in ("relcl", "acl") else None


def subjects(verb: Token) -> list[Token]:
    """The nouns that a verb has as its subject, also through the verbs that it hangs on."""
    if verb.dep_ == "amod":
        top = scope(verb)
        before = [part for part in top.children if part.pos_ == "PROPN" and part.i < verb.i]
        return before or subjects(top if top != verb.head else top.head)
    current = verb
    for _ in range(_DEPTH):
        if own := _own_subjects(current, inherited=current != verb):
            return own
        head = current.head
        infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in current.children)
        if current.dep_ == "acl" or (current.dep_ == "relcl" and infinitive):
            owners = [child for child in head.children if child.dep_ == "poss"]
            if infinitive and not owners and head.lemma_.lower() in PLANS:
                head = governor_of(head)
                if head.pos_ not in ("VERB", "AUX"):
                    return []
                current = head
                continue
            return owners if infinitive and owners else [head]
        if current.dep_ == "pcomp":
            blamed = [child for child in head.head.children if child.dep_ in ("dobj", "nsubjpass")]
            if head.lower_ in _BLAMING and blamed:
                return blamed
            head = head.head
            if head.lemma_.lower() in _DEALING and head.pos_ == "NOUN":
                head = governor_of(head)
        elif current.dep_ == "xcomp":
            asked = [child for child in head.children if child.dep_ == "dobj" and child.i < current.i]
            if asked and head.lemma_ != "promise":
                return asked
            if head.dep_ == "acomp":  # "is due to hand", "stands ready to sell"
                head = head.head
        elif current.dep_ not in ("conj", "advcl", "acomp") or any(child.dep_ == "mark" for child in current.children):
            return []
        if head.pos_ not in ("VERB", "AUX") or head == current:
            return []
        current = head
    return []


def governor_of(noun: Token) -> Token:
    """The verb that a noun of dealing depends on: "is in talks", "reached an agreement"."""
    while noun.pos_ not in ("VERB", "AUX") and noun.head != noun:
        noun = noun.head
    return noun


def _own_subjects(verb: Token, *, inherited: bool) -> list[Token]:
    """The subject of a verb; what another verb takes over from it is the first of two: "Peru, he says, sold …"."""
    found = [child for child in verb.children if child.dep_ in SUBJECTS and child.ent_type_ not in ("DATE", "TIME")]
    if inherited:
        found = [child for child in verb.children if child.dep_ == "intj" and child.pos_ == "PROPN"] + found
        found = found[:1]
    clause = relative(verb)
    stands_for = (
        clause.head if clause is not None else next((part for part in verb.head.children if part.dep_ == "attr"), None)
    )
    return [stands_for if stands_for is not None and _is_relative(each) else each for each in found[-1:]]


def _is_relative(pronoun: Token) -> bool:
    return pronoun.tag_ in ("WP", "WDT") or (pronoun.lower_ == "that" and pronoun.tag_ == "IN")


def is_marked_passive(verb: Token) -> bool:
    """Whether a verb has the auxiliary or the subject of a passive."""
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)


def is_passive(verb: Token) -> bool:
    """Whether the subject of a verb is what it is done to; of a participle without auxiliary, what it belongs to."""
    if is_marked_passive(verb):
        return True
    if verb.dep_ == "amod":
        return verb.tag_ == "VBN" and scope(verb) == verb.head
    if verb.tag_ != "VBN" or any(child.dep_ in ("aux", "nsubj") for child in verb.children):
        return False
    if verb.i > verb.sent.start and verb.nbor(-1).lower_ == "having":
        return False
    if verb.dep_ in ("xcomp", "acomp") and verb.head.lemma_ in ("keep", "have", "get", "leave", "want", "need"):
        return True
    return verb.dep_ in ("acl", "advcl") or (verb.dep_ == "conj" and is_passive(verb.head))
