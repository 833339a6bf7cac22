"""Who speaks: the words that fill the source role of a verb, and how far each mention reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import adjective_people, companions, parts, polarity, quotatives, relatives, states
from .addressed import is_told_so
from .agents import further_agents, of_relative
from .clauses import is_comparative, is_marked_passive
from .induced import induced
from .kinds import is_human, kind_of
from .source_words import KIND_OF, NAME_KIND_OF, OFFICES, PEOPLE
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_RELATIVES = frozenset(("who", "which", "that", "whom"))
_NOBODY = words(
    "question q answer nobody none nothing what whatever you there this that which who whom it's whoever "
    "anyone anybody something one everything whose himself herself themselves itself "
    "ourselves"
)
_CASE_OF = {"him": "he", "her": "she", "them": "they", "us": "we", "me": "I", "his": "he", "my": "I", "our": "we"}
_QUOTED_AS = words("quote cite record describe report remember recall portray depict show")
"""Verbs by which somebody is told of as saying something."""
_FLOATING = frozenset(("all", "both", "each"))
"""What may stand between a subject and its verb: "Kest and Vael both deny it"."""
_MEANS = words("telephone phone letter email e-mail cable telegram radio courier post wire fax text word note mail")
_VAGUE = words("score dozen hundred thousand million number couple handful lot plenty multitude host")


def of_verb(verb: Token) -> list[Token]:
    """The nouns that a verb of saying has as its source: subject, agent, antecedent, or the noun behind it."""
    if verb.dep_ in ("conj", "ccomp") and (subject := _displaced(verb)):
        return _eligible(subject)
    return _by_grammar(verb) or (
        [] if is_marked_passive(verb) or verb.dep_ == "conj" else _eligible(_displaced(verb) or _before(verb))
    )


def _by_grammar(verb: Token) -> list[Token]:
    agents = [
        noun
        for child in (*verb.children, *further_agents(verb))
        if child.dep_ == "agent"
        or (child.dep_ == "conj" and child.lower_ == "by")
        or (child.lower_ == "as" and verb.dep_ == "advcl" and verb.tag_ == "VBN")
        for link in (child, *(part for noun in child.children for part in noun.children if child.lower_ == "as"))
        if link.lower_ != "as"
        for noun in link.children
        if noun.dep_ == "pobj"
        and (can_speak(noun) or noun.pos_ == "PROPN" or companions.excepted(noun) is not None)
        and not (noun.pos_ == "NOUN" and noun.lower_ in _MEANS)
    ]
    if agents and not any(child.dep_ == "nsubj" for child in verb.children):
        return _eligible(agents)
    if is_marked_passive(verb):
        return []
    if (made := induced(verb)) is not None:
        return _eligible(_antecedents([made.speaker], made.causer))
    if (charging := polarity.charging(verb)) is not None:
        return _eligible([child for child in charging.children if child.dep_ in ("dobj", "nsubjpass")])
    if verb.dep_ in ("pcomp", "relcl", "acl", "advcl", "xcomp", "ccomp") and _has_no_subject(verb):
        outer = polarity.bearer(verb)
        if outer is not None and (verb.tag_ != "VBG" or verb.dep_ == "pcomp") and outer.i != verb.i:
            return _eligible(_borne(verb, outer))
    current = verb
    for _ in range(4):
        subjects = [
            child
            for child in current.children
            if (child.dep_ in SUBJECTS and not is_comparative(child)) or _taken_for_compound(child, current)
        ]
        if subjects:
            return _eligible(_antecedents(_nearest(subjects, current), current))
        finite = verb.tag_ in ("VBD", "VBZ", "VBP")
        if current == verb and finite and verb.dep_ != "conj" and (behind := _inverted(verb)) is not None:
            return _eligible([behind])
        if current == verb and (row := _in_a_row(verb)) is not None:
            current = row
            continue
        if current.dep_ == "acl" and current.tag_ == "VBG":
            return _eligible([named(current.head)])
        if current.dep_ not in ("conj", "xcomp", "advcl", "acomp") or current.head == current:
            return []
        if current.dep_ == "advcl" and current.tag_ not in ("VBG", "VB", "VBN"):
            return []
        current = current.head
        if is_marked_passive(current) and current.dep_ != "conj" and verb.tag_ != "VBG":
            return _eligible([child for child in current.children if child.dep_ == "nsubjpass"])
    return []


def _displaced(verb: Token) -> list[Token]:
    """The subject that the parser gives to an attribution put between: "The general, the Wire writes, said"."""
    bare = verb.dep_ == "ccomp" and not any(child.dep_ in (*SUBJECTS, "mark") for child in verb.children)
    outer = quotatives.of(verb.doc).get(verb.head.i) if bare or verb.dep_ == "conj" else None
    if outer is not None and outer.end <= verb.i:
        return [noun for noun in verb.head.children if noun.dep_ in SUBJECTS and noun.i < outer.start][:1]
    for child in verb.children:
        quotative = quotatives.of(verb.doc).get(child.i)
        if quotative is not None:
            return [noun for noun in child.children if noun.dep_ in SUBJECTS and noun.i < quotative.start]
    return []


def _before(verb: Token) -> list[Token]:
    """The noun right before a verb that the parser gives no subject at all."""
    last = verb.i - 1
    while last > verb.sent.start and (verb.doc[last].pos_ in ("AUX", "ADV") or verb.doc[last].dep_ == "neg"):
        last -= 1
    noun = verb.doc[last]
    loose = noun.dep_ in ("appos", "ROOT", "npadvmod", "dep", "nsubj")
    finite = verb.tag_ in ("VBD", "VBZ", "VBP") or last < verb.i - 1
    return [noun] if finite and loose and noun.pos_ in ("NOUN", "PROPN") and can_speak(noun) else []


def _nearest(subjects: list[Token], verb: Token) -> list[Token]:
    """Of several subjects, which the parser finds in garden paths, the nearest that can speak."""
    if len(subjects) < 2 or subjects[0].lower_ == "whom":
        return of_relative(subjects[-1], verb)
    subjects = [each for each in subjects if each.lower_ not in _FLOATING] or subjects
    if len(subjects) < 2:
        return subjects
    if any(child.dep_ == "cc" for child in subjects[0].children) and all(map(can_speak, subjects[:2])):
        return subjects[:2]  # "Kest nor, when pressed, its embassy"
    last = subjects[0].right_edge.i
    row = subjects[1].left_edge.i == last + 2 and subjects[0].doc[last + 1].text == ","
    if row and any(child.dep_ == "cc" for child in subjects[1].children) and all(map(can_speak, subjects[:2])):
        return subjects[:2]  # "Kest, Vael and its embassy"
    speaking = [each for each in subjects if can_speak(each) or each.lower_ in _RELATIVES] or subjects
    return [min(speaking, key=lambda each: abs(each.i - verb.i))]


def _in_a_row(verb: Token) -> Token | None:
    """The first verb of a row whose second is taken for a participle: "chose its words, denied it and left"."""
    if verb.dep_ != "acl" or verb.tag_ != "VBN" or not verb.i or verb.nbor(-1).text != ",":
        return None
    first = verb.head.head
    later = (child for child in first.children if child.dep_ == "conj" and child.i > verb.i)
    return first if verb.head.dep_ in ("dobj", "pobj") and any(child.pos_ == "VERB" for child in later) else None


def _has_no_subject(verb: Token) -> bool:
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    return (infinitive or verb.dep_ == "pcomp") and not any(child.dep_ in SUBJECTS for child in verb.children)


def _borne(verb: Token, outer: Token) -> list[Token]:
    """Who says what an infinitive or gerund says: of *quote* the one quoted, of other verbs the subject."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and outer.lemma_ in _QUOTED_AS:
        return _antecedents([child for child in outer.children if child.dep_ in ("dobj", "nsubjpass")], outer)
    roles = ("dobj", "dative") if polarity.took_time(outer) else SUBJECTS
    subjects = [child for child in outer.children if child.dep_ in roles]
    return _antecedents(subjects, outer)[:1] if polarity.took_time(outer) else _antecedents(subjects, outer)


def _taken_for_compound(child: Token, verb: Token) -> bool:
    """Whether a subject right before its verb is taken for a part of a noun: "…, the envoy claims"."""
    verbal = verb.tag_ in ("VBZ", "VBD", "VBG") or any(helper.dep_ == "aux" for helper in verb.children)
    return child.dep_ in ("compound", "amod") and verbal and child.i + 1 == verb.i and can_speak(child)


def _antecedents(subjects: list[Token], verb: Token) -> list[Token]:
    """What a relative pronoun stands for; other subjects as they are."""
    found = []
    for subject in subjects:
        if subject.lower_ in _RELATIVES and subject.tag_ in ("WP", "WDT", "IN"):
            clause = verb
            while clause.dep_ == "conj" and clause.head.pos_ not in ("NOUN", "PROPN"):
                clause = clause.head
            if clause.dep_ in ("relcl", "acl", "conj"):
                found.append(named(relatives.person_before(clause) if subject.lower_ == "who" else clause.head))
            elif focus := [part for part in clause.head.children if part.dep_ == "attr" and part.i < subject.i]:
                found += focus
            elif (parted := relatives.parted(clause)) is not None:
                found.append(parted)
        else:
            found.append(subject)
    return found


def named(noun: Token) -> Token:
    """A noun, or the one that it is an apposition of."""
    return noun.head if noun.dep_ == "appos" and noun.head.pos_ == "PROPN" and noun.pos_ != "PROPN" else noun


def _inverted(verb: Token) -> Token | None:
    """The noun right behind a verb that ends or opens an attribution: "…," said the envoy."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else None
    if (
        before is not None
        and before.pos_ in ("AUX", "PRON", "NOUN", "PROPN", "PART")
        and before.lower_ not in ("so", "thus")
    ):
        return None
    for child in verb.children:
        if child.i > verb.i and child.dep_ in (
            "dobj",
            "attr",
            "npadvmod",
            "oprd",
            "dep",
            "nsubj",
            "dative",
            "appos",
            "pobj",
        ):
            between = verb.doc[verb.i + 1 : child.left_edge.i]
            if all(token.is_space or token.pos_ in ("ADV", "DET", "PUNCT") for token in between) and child.pos_ in (
                "NOUN",
                "PROPN",
                "PRON",
            ):
                return child if can_speak(child) else None
    return None


def _eligible(nouns: list[Token]) -> list[Token]:
    found: list[Token] = []
    for noun in (counted for noun in nouns if (counted := companions.meant(_counted(noun))) is not None):
        titles = companions.further_titles(noun)
        others = [other for other in noun.conjuncts if other.i > noun.i and other not in titles and _is_joined(other)]
        for each in sorted((*companions.named_with(noun), noun, *others), key=lambda word: word.i):
            if (
                (each.lower_ not in _NOBODY or parts.is_part(each) or is_told_so(each))
                and each.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X")
                and each not in found
            ):
                found.append(each)
    return found


def _is_joined(other: Token) -> bool:
    negated = any(child.lower_ == "not" for child in other.children)
    return not negated and other.lower_ not in _FLOATING and can_speak(other) and not companions.is_excluded(other)


def _counted(noun: Token) -> Token:
    """What a vague number, which is no mention, is said of: "scores of veterans"."""
    named = [child for child in noun.children if child.dep_ == "nmod" and child.pos_ == "PROPN" and child.i < noun.i]
    if named and noun.doc[noun.left_edge.i : noun.i].text.rstrip().endswith(","):
        return named[0]  # an apposition to names, which the parser gives to it
    if noun.lemma_.lower() not in _VAGUE:
        return noun
    counted = [
        each for child in noun.children if child.lower_ == "of" for each in child.children if each.dep_ == "pobj"
    ]
    definite = [each for each in counted if any(child.dep_ in ("det", "poss") for child in each.children)]
    return counted[0] if counted and not definite else noun


def can_speak(noun: Token) -> bool:
    """Whether a noun is a person, a state, a body or a document, not a thing or an event."""
    if noun.pos_ in ("PROPN", "PRON"):
        return not any(letter.isdigit() for letter in noun.text)
    if (whole := parts.whole_of(noun)) is not None:
        return can_speak(whole)
    if noun.lower_ in ("someone", "somebody") or parts.stands_for_people(noun) or adjective_people.are_people(noun):
        return True
    lemma = noun.lemma_.lower()
    known = (KIND_OF, OFFICES, PEOPLE, NAME_KIND_OF) if noun.text[:1].isupper() else (KIND_OF, OFFICES, PEOPLE)
    listed = any(lemma in words for words in known) or kind_of(noun) is not None
    return listed or states.of(noun.doc).is_state(noun.text) or is_human(lemma)


def joined(noun: Token) -> list[Token]:
    """A source and those that are joined to it behind it."""
    return _eligible([noun])


def eligible(noun: Token) -> bool:
    """Whether a word can be a source at all."""
    return bool(_eligible([noun]))


def possessives(noun: Token) -> Iterator[Token]:
    """The nouns and pronouns that a noun belongs to by 's or *my, its*."""
    of_verb = noun.dep_ == "compound" and noun.head.i in quotatives.of(noun.doc)  # which is read as the last noun
    yield from (child for child in (noun.head if of_verb else noun).children if child.dep_ == "poss")


def nominative(word: str) -> str:
    """A pronoun in the nominative."""
    return _CASE_OF.get(word.lower(), word.lower())
