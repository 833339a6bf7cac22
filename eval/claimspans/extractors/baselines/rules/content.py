"""What a cue is about: its clause, the clause that it is put into, or its quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import quotatives
from .asides import without_asides
from .clauses import has_subject
from .content_stances import Content
from .misread import plural_subject
from .styled import front
from .vocabulary import STANCE_OF, VIEW_NOUNS
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from .quotations import Quoted

_CLAUSES = ("ccomp", "xcomp", "parataxis", "pcomp", "acl", "advcl", "oprd", "dep")
_SAID = words("report announce disclose reveal allege claim record document state mention")
"""Verbs whose passive has for its subject what is said, as those of denying and confirming have."""
_MISTAKENLY = ("falsely", "wrongly", "mistakenly", "incorrectly")
"""Adverbs that judge the cue, not what it says: "claiming, falsely, that …"."""


def content(cue: Token, quoted: Quoted) -> Content:
    """What a verb, noun or adjective of saying says: its clause, the clause that it is put into, or its quotation."""
    clauses = [child for child in cue.children if child.dep_ in _CLAUSES and not _adverbial(child)]
    clauses += [clause for child in cue.children if child.dep_ == "agent" for clause in _behind_agent(child)]
    if not clauses and cue.dep_ == "acomp":
        clauses = [child for child in cue.head.children if child.dep_ == "ccomp" and child.i > cue.i]
    sources = {token.i for child in cue.children if child.dep_ in ("nsubj", "agent") for token in child.subtree}
    sources -= {token.i for clause in clauses for token in clause.subtree}
    tokens, root = _by_grammar(cue, clauses, sources)
    tokens = [token for token in tokens if token.head.i != cue.i or token.lower_ not in _MISTAKENLY]
    tokens = front(cue) or without_asides(cue, tokens, root)
    held = {token.i for token in tokens}
    first = min(sources, default=cue.i)
    for quotation in _quotations(cue, quoted):
        for token in cue.doc.char_span(quotation[0], quotation[1], alignment_mode="contract") or ():
            if token.i not in held and token.i != cue.i and (token.i not in sources or token.i > cue.i > first):
                held.add(token.i)
                tokens.append(token)
    return Content(tokens, root)


def _by_grammar(cue: Token, clauses: list[Token], sources: set[int]) -> tuple[list[Token], Token | None]:
    """The tokens of the content without quotations, and the root of its clause, if it has one."""
    clause = next((child for child in clauses if child.i > cue.i), clauses[0] if clauses else None)
    sentence = cue.sent
    quotative = quotatives.of(cue.doc).get(cue.i)
    if quotative is not None:
        credited = {token.i for word in sentence if word.lower_ == "according" for token in word.subtree}
        own = set(range(quotative.start, quotative.end)) | credited
        first, last = sentence.start, sentence.end
        if _in_relative(quotative):
            first = quotative.end
            last = next((token.i for token in sentence if token.text == "," and token.i > first), last)
        tokens = [token for token in _own_part(cue) if token.i not in own and first <= token.i < last]
        root = _main(tokens, cue)
    elif cue.lower_ == "according":
        own = {token.i for token in _credit(cue)}
        tokens = [token for token in sentence if token.i not in own]
        root = cue.head if cue.head.i not in own else _main(tokens, cue)
    elif cue.lemma_ in VIEW_NOUNS and cue.dep_ == "pobj" and cue.head.head.pos_ in ("VERB", "AUX"):
        own = {token.i for token in cue.head.subtree}
        within = cue.head.head.subtree if cue.head.head.dep_ == "ccomp" else sentence
        tokens, root = [token for token in within if token.i not in own], cue.head.head
    elif plural_subject(cue) is not None:
        tokens = [token for token in sentence if token.i > cue.i]
        root = next((token.nbor().head for token in tokens[:1] if token.i + 1 < sentence.end), None)
        root = tokens[0].head if tokens[0].dep_ == "mark" else root
    elif cue.tag_ == "NNS" and cue.lemma_ in STANCE_OF and not any(child.dep_ == "prep" for child in cue.children):
        own = {token.i for token in cue.subtree}  # a verb that the parser takes for a noun
        tokens, root = [token for token in sentence if token.i not in own], sentence.root
    elif clause is not None:
        tokens, root = _before_semicolon(list(clause.subtree), cue), clause
        tokens += _joined(cue, clause)
        tokens += [token for token in sentence if token.i > cue.i and token.i not in sources and token.head.i == cue.i]
        tokens += [part for link in cue.children if link.i > cue.i and link.dep_ == "prep" for part in _never(link)]
    elif _leads_to(cue):
        own = {token.i for token in cue.subtree}
        tokens, root = [token for token in cue.head.subtree if token.i not in own and not token.is_punct], cue.head
    elif (
        cue.dep_ in ("parataxis", "ccomp", "dep", "advcl", "intj")
        and cue.head != cue
        and cue.dep_ != "ROOT"
        and _inserted(cue)
        and not _before_head(cue)
        and not _opens_quotation(cue)
        and not any(child.dep_ == "mark" and child.lower_ == "that" for child in cue.children)
    ):
        first = min((child.left_edge.i for child in cue.children if child.dep_ == "nsubj"), default=cue.left_edge.i)
        own = {token.i for token in cue.subtree if token.i >= first}
        tokens, root = [token for token in cue.head.subtree if token.i not in own], cue.head
    else:
        joined = {
            token.i
            for child in cue.children
            if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")
            for token in child.subtree
        }
        top = cue.head if cue.pos_ == "NOUN" and cue.dep_ == "dobj" else cue
        joined |= {token.i for child in top.children if child.dep_ in ("conj", "advcl") for token in child.subtree}
        tokens = [token for token in top.subtree if token.i > cue.i and token.i not in sources | joined]
        said = [child for child in cue.children if child.dep_ in ("nsubjpass", "csubjpass") and _is_said(cue)]
        tokens += [token for child in said for token in child.subtree]
        gerunds = [
            word for link in cue.children if link.dep_ == "prep" for word in link.children if word.dep_ == "pcomp"
        ]
        tokens, root = _before_semicolon(tokens, cue), next(iter(gerunds), None)
    return tokens, root


def _joined(cue: Token, clause: Token) -> list[Token]:
    """The words of a second clause that no comma parts from the first one, which the parser joins to the cue."""
    if clause.i < cue.i or any(child.lower_ == "that" for child in clause.children):
        return []
    return [
        token
        for child in cue.children
        if child.dep_ == "conj" and child.i > clause.i and has_subject(child) and child.lemma_ not in STANCE_OF
        if not any(word.is_punct for word in cue.doc[clause.right_edge.i + 1 : child.left_edge.i])
        for token in child.subtree
    ]


def _is_said(cue: Token) -> bool:
    """Whether the subject of a passive is what is said, not whom it is said to: "the sale was denied by Peru"."""
    return STANCE_OF.get(cue.lemma_) in ("denial", "dispute", "confirmation") or cue.lemma_ in _SAID


def _never(link: Token) -> list[Token]:
    """The words of a phrase that denies what follows it, which the parser gives to the cue: "on no account had …"."""
    words = list(link.subtree)
    return words if link.lower_ in ("on", "at", "under", "in") and any(word.lower_ == "no" for word in words) else []


def _behind_agent(link: Token) -> list[Token]:
    """The clause that the parser gives to the source of a passive: "was told by the auditors that …"."""
    return [
        clause
        for source in link.children
        for clause in source.children
        if clause.dep_ in ("acl", "relcl")
        and any(
            child.dep_ == "mark" or (child.lower_ == "that" and child.dep_ != "nsubj" and has_subject(clause))
            for child in clause.children
        )
    ]


def _in_relative(quotative: quotatives.Quotative) -> bool:
    """Whether an attribution is put into a relative clause: "the man who, police say, sold it"."""
    before = [token for token in quotative.verb.doc[: quotative.start] if not token.is_punct]
    direct = any(token.tag_ in ("WP", "WDT") for token in before[-1:])
    return direct or any(token.tag_ == "WP$" for token in before[-3:])


def _credit(cue: Token) -> Sequence[Token]:
    """The words of *according to* with its source; at the head of a sentence up to the comma."""
    comma = next((token.i for token in cue.sent if token.text == "," and token.i > cue.i), None)
    if cue.i == cue.sent.start and comma is not None:
        return list(cue.doc[cue.i : comma])
    return list(cue.subtree)


def _own_part(cue: Token) -> Sequence[Token]:
    """The words of a sentence, or the part between semicolons that an attribution is in where others have their own."""
    ends = [token.i for token in cue.sent if token.text == ";"]
    start = max((end + 1 for end in ends if end < cue.i), default=cue.sent.start)
    end = min((end for end in ends if end > cue.i), default=cue.sent.end)
    others = [place for place in quotatives.of(cue.doc) if cue.sent.start <= place < cue.sent.end]
    apart = any(not start <= place < end for place in others)
    return list(cue.doc[start:end] if apart else cue.sent)


def _before_semicolon(tokens: Sequence[Token], cue: Token) -> list[Token]:
    """The words of a clause up to a semicolon behind the cue, with which the reporting ends."""
    end = next((token.i for token in tokens if token.text == ";" and token.i > cue.i), None)
    return [token for token in tokens if end is None or token.i < end]


def _main(tokens: Sequence[Token], cue: Token) -> Token | None:
    """The main verb of the words into which an attribution is put."""
    verbs = [token for token in tokens if token.pos_ in ("VERB", "AUX")]
    outer = (token for token in verbs if token.dep_ == "ROOT" or token.head == cue or cue.head == token)
    return next(outer, verbs[0] if verbs else None)


def _adverbial(clause: Token) -> bool:
    return clause.dep_ == "advcl" and any(
        (child.dep_ in ("mark", "advmod") and child.i < clause.i) or child.lower_ == "what" for child in clause.children
    )


def _inserted(cue: Token) -> bool:
    """Whether commas, dashes or quotation marks part an attribution from what it is put into."""
    left, right = cue.left_edge.i, cue.right_edge.i
    marks = [cue.doc[index].text for index in (left - 1, left) if 0 <= index < len(cue.doc)]
    marks += [cue.doc[index].text for index in (right, right + 1) if index < len(cue.doc)]
    return any(mark in (",", "–", "—", '"', "”", "“", "-", "’", "»", ";") for mark in marks)


def _opens_quotation(cue: Token) -> bool:
    """Whether a verb is the first of what another one quotes: "said: “We condemn it”"."""
    left = cue.left_edge.i
    return left > 1 and cue.head.i < left and cue.doc[left - 1].text in '“«"' and cue.doc[left - 2].text == ":"


def _leads_to(cue: Token) -> bool:
    """Whether a colon parts a clause of taking a position from what it says: "stuck to its story: none was sold"."""
    behind = cue.right_edge.i + 1
    clause = cue.dep_ in ("ccomp", "parataxis", "dep", "advcl") and cue.i < cue.head.i
    return clause and behind < len(cue.doc) and ":" in (cue.right_edge.text, cue.doc[behind].text)


def _before_head(cue: Token) -> bool:
    """Whether a semicolon parts a clause of saying from the one behind it: "it promised ten; it sent two"."""
    return any(token.text == ";" for token in cue.doc[cue.right_edge.i : cue.head.i])


def _quotations(cue: Token, quoted: Quoted) -> list[tuple[int, int]]:
    """The quotations of a cue's sentence and those that go on beside it."""
    if quoted.at(cue.idx) is not None:
        return []
    sentence = cue.sent
    start, end = sentence.start_char, sentence.end_char
    found = [(each.start, each.end) for each in quoted.touching(start, end)]
    if found:
        beside = quoted.next_to(min(start, found[0][0]), max(end, found[-1][1]))
        found += [(each.start, each.end) for each in beside if not quoted.goes_on(each)]
    return found
