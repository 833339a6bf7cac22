"""Agents that a passive verb shares, and whose verb follows that of a relative clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import is_marked_passive

if TYPE_CHECKING:
    from spacy.tokens import Token


def further_agents(verb: Token) -> list[Token]:
    """A second *by*, and that of the last of several passive verbs: "was neither confirmed nor denied by the firm"."""
    own = [child for child in verb.children if child.dep_ == "agent"]
    if own or not is_marked_passive(verb):
        return [child for agent in own for child in agent.children if child.dep_ == "conj" and child.lower_ == "by"]
    last = next((child for child in verb.children if child.dep_ == "conj" and child.tag_ == "VBN"), None)
    if last is None or any(child.dep_ == "prep" for child in verb.children):
        return []
    return [child for child in last.children if child.dep_ == "agent"]


def of_relative(subject: Token, verb: Token) -> list[Token]:
    """Whose verb it is that follows another: "the lawyer whom the dealer hired says"."""
    inner = [child for child in subject.children if child.dep_ == "acl" and child.tag_ in ("VBD", "VBZ", "VBP")]
    if verb.dep_ == "relcl" and inner and inner[0].i == subject.i + 1 and verb.i == inner[0].i + 1:
        return [verb.head]
    inner = [child for child in subject.children if child.dep_ == "acl" and child.i < verb.i]
    whom = any(child.tag_ == "WP" and child.i < subject.i for child in verb.children)
    if verb.dep_ == "relcl" and inner and whom and any(word.text == "," for word in verb.doc[inner[0].i : verb.i]):
        return [verb.head]
    return [subject]
