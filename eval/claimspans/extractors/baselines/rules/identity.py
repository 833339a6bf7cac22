"""Who a source is: its canonical name, its kind and its state, with pronouns and short mentions resolved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import companions, kinds, mentions, parts, quotatives, sources, states
from .antecedents import Identity, Mention, repeated, thing_of
from .genders import is_first_name
from .kinds import kind_of, kind_of_name
from .phrases import (
    are_capitals,
    are_persons,
    client_of,
    countrymen,
    full_names,
    is_human,
    is_official,
    is_subject,
    lowered,
    phrase,
    shared_owner,
    where,
)
from .pronouns import INDEFINITE, PAIRS, Pronouns
from .source_words import KIND_OF, NAME_KIND_OF, OFFICES, PEOPLE, TITLES
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_PRESS = re.compile(r"(?:\w+-)?\w*(?:press|wire|inform|news|post|tass|pravda|radio|tv|fax(?:-\w+)?)", re.IGNORECASE)


class Identities:
    """The sources and other persons, states and bodies of a text, by their mentions."""

    def __init__(self, parsed: Doc) -> None:
        self._parsed = parsed
        self._states = states.of(parsed)
        self.pronouns = Pronouns(parsed, self._states)
        self._mentions = self.pronouns.mentions
        self._full_names = full_names(parsed)
        named = self._states.named(parsed.text)
        heading = self._states.named(parsed.text[:_HEADING].title()) if len(parsed.text) > 2 * _HEADING else named
        self._home = heading[0] if heading and (heading is not named or len(named) == 1) else None
        """The state of whose organs an article speaks where it names no other."""
        for token in parsed:
            if (
                token.i in quotatives.of(parsed)
                or token.ent_type_ in ("DATE", "TIME")
                or mentions.is_inside_name(token)
            ):
                continue
            first = any(token in companions.named_with(noun) for noun in token.ancestors)
            first = first or mentions.is_firm_before_role(token)
            if token.pos_ in ("NOUN", "PROPN") and (first or token.dep_ not in ("compound", "amod", "nmod")):
                span = mentions.extent(token)
                if span is not None and token.i in range(span.start, span.end) and sources.can_speak(token):
                    identity = self._apposed(token) or self._of_noun(token, span)
                    if identity is not None and (identity.kind != "unnamed" or is_human(token)):
                        words = frozenset(word.lower_ for word in phrase(token))
                        self._mentions.append(Mention(token, identity, words))

    def _apposed(self, token: Token) -> Identity | None:
        """The person of whom a description speaks in apposition or as a predicate: "Ana Lund, a dentist"."""
        negated = any(child.dep_ == "neg" for child in token.head.children)
        if token.dep_ not in ("appos", "attr") or mentions.is_name(token) or negated:
            return None
        heads = [token.head] if token.dep_ == "appos" else [child for child in token.head.children if is_subject(child)]
        known = (each.identity for each in self._mentions if each.head in heads)
        return next((each for each in known if each.kind == "person"), None)

    def of(self, head: Token, span: TokenSpan) -> Identity:
        """Who a source is."""
        word = head.lower_
        if (whole := parts.whole_of(head)) is not None and (of_whole := self._of_whole(whole)) is not None:
            ordinal = head.ent_type_ == "ORDINAL" and all(child.lower_ != "a" for child in head.children)
            one = word in ("one", "another") or ordinal or word in ("former", "latter", "last")
            return of_whole._replace(kind="unnamed" if one else "group")
        if (of_group := self.pronouns.of_part(head, span)) is not None:
            return of_group
        if word in INDEFINITE or (word == "those" and where(span)):
            return Identity(lowered(span) + where(span), "group" if word == "those" else "unnamed", None)
        if head.pos_ == "PRON" or word in mentions.PRONOUNS or word in ("former", "latter", "those", "one"):
            return self.pronouns.of(head)
        before = {child.lower_ for child in head.children if child.dep_ in ("det", "preconj", "poss")}
        if head.tag_ == "NN" and before == {"neither"}:
            return Identity(parts.plural(lowered(span)), "group", self._country(head, "group"))
        inside = head in span and not mentions.is_name(head)  # "the Ulmarkish envoy", taken apart by the parser
        found = self._of_noun(span.root if mentions.is_name(span.root) and not inside else head, span)
        return found if found is not None else Identity(lowered(span), "unnamed", None)

    def of_label(self, span: TokenSpan) -> Identity:
        """Who answers in a transcript; a person for the state whose organs it speaks of."""
        if span.text == "A" or (span.text.isupper() and span.text.lower() in OFFICES | PEOPLE):
            return Identity(span.text if len(span.text) == 1 else span.text.lower(), "unnamed", self._home)
        identity = self.of(span.root, span)
        if span.text.lower() in KIND_OF or (span[0].pos_ == "NOUN" and span.root.text.islower()):
            return identity._replace(entity=identity.entity[:1].lower() + identity.entity[1:])
        title = span[0].i > 0 and (span[0].nbor(-1).lower_ in TITLES or span[0].nbor(-1).text == ".")
        if identity.kind == "organisation" and span.text.isupper() and title:
            identity = identity._replace(kind="person")
        named = identity.kind == "person" and identity.country is None
        return identity._replace(country=self._home) if named else identity

    def _of_whole(self, whole: Token) -> Identity | None:
        """Who those are of whom a part speaks: "two of the clerks"."""
        if whole.pos_ == "PRON":
            return self.pronouns.of(whole)
        span = mentions.extent(whole)
        return None if span is None else self._of_noun(whole, span)

    def _of_noun(self, head: Token, span: TokenSpan) -> Identity | None:
        text = span.text.replace("\n", " ").replace("’", "'").replace("\u00ad", "").replace("\u00a0", " ")
        if text.isupper() and len(text) > _ABBREVIATION and self._states.code(text.title()):
            text = text.title()
        if (kind := countrymen(head, text)) is not None:
            return Identity(text, kind, None)
        code = self._states.code(text)
        nationality = len(span) == 1 and head.dep_ in ("amod", "compound", "nmod") and not text.islower()
        if code is not None and (self._states.is_state(text) or (nationality and not self._states.is_seat(text))):
            return Identity(self._states.name_of[code], "state", code)
        if self._states.is_seat(text):
            return Identity(text, "body", self._states.code(text))
        singular = text.lower().removesuffix("s")
        role = not {text.lower(), singular}.isdisjoint(OFFICES | PEOPLE) or (
            head.is_sent_start is True and is_human(head)
        )
        capitals = len(span) > 1 and are_capitals(span)
        if (mentions.is_name(head) or capitals) and not role and not text.islower():
            return self._of_name(head, span, text)
        return self._of_description(head, span)

    def _of_name(self, head: Token, span: TokenSpan, text: str) -> Identity:
        kind = self._name_kind(head, span, text)
        name = text
        if kind == "person":
            name = text if len(span) > 1 else self._full_names.get(text.title(), text)
        elif kind != "media" or len(span) == 1:
            longer = [
                each.identity
                for each in self._mentions
                if each.identity.kind == kind
                and (each.identity.entity.endswith(f" {text}") or each.identity.entity.startswith(f"{text} "))
            ]
            if longer:
                return longer[0]
        country = None
        if kind in ("person", "body"):
            country = self._country(head, kind) or next(
                (
                    each.identity.country
                    for each in self._mentions
                    if each.identity.entity == name and each.identity.country is not None
                ),
                None,
            )
        return Identity(name, kind, country)

    def _name_kind(self, head: Token, span: TokenSpan, text: str) -> str:
        if (pair := kind_of_name(text)) is not None:
            return pair
        for word in reversed(span):
            if (kind := NAME_KIND_OF.get(word.lower_)) is not None:
                return kind
            if word.lower_ in ("of", "for", "to"):
                continue
        if " " not in text and _PRESS.fullmatch(text):
            return "media"
        outside = [word for word in phrase(head) if head.ent_type_ != "ORG" or word not in span]
        around = [word.lower_ for word in outside]
        if "&" in text:
            return "organisation"
        titled = span.start > 0 and span[0].nbor(-1).lower_ in TITLES
        if text.isupper() and len(span) == 1 and text.title() not in self._full_names and not titled:
            return next((NAME_KIND_OF[word] for word in reversed(around) if word in NAME_KIND_OF), "organisation")
        article = span.start > 0 and span[0].nbor(-1).lower_ == "the" and len(span) == 1
        if article and span.text.title() not in self._full_names and TITLES.isdisjoint(around):
            return "media" if head.tag_ == "NNP" else "organisation"
        if len(span) > 1 and is_first_name(span[0].text):
            return "person"
        if len(span) > 1 and span.start > 0 and span[0].nbor(-1).lower_ == "the":
            return "media" if head.head.lemma_ in _PRINTING else "organisation"
        if any(word in TITLES or word in OFFICES or word in PEOPLE for word in around) or head.ent_type_ == "PERSON":
            return "person"
        if text.title() in self._full_names or (len(span) > 1 and head.ent_type_ not in ("ORG", "GPE", "LOC", "FAC")):
            return "person"
        quoting = head.i in quotatives.sources_of(head.doc) and len(span) == 1
        if quoting and not article and any(mark in head.sent.text for mark in '“"«”'):
            return "person"
        if any(word in NAME_KIND_OF for word in around):
            return next(NAME_KIND_OF[word] for word in reversed(around) if word in NAME_KIND_OF)
        return "organisation" if head.ent_type_ in ("ORG", "") or len(span) > 1 else "person"

    def _of_description(self, head: Token, span: TokenSpan) -> Identity | None:
        lemma = head.lemma_.lower()
        plural = head.tag_ in ("NNS", "NNPS") or head.lower_ in parts.SEVERAL or are_persons(lemma)
        kind = kind_of(head)
        single = any(child.lower_ in ("a", "an", "one", "another") for child in head.children)
        watchman = lemma == "guard" and (plural or single or _CORPS.isdisjoint(word.lower_ for word in span))
        if kind is None or (kind == "body" and (lemma == "agent" or watchman)):
            kind = "group" if plural else "unnamed"
        if plural and kind == "organisation" and kinds.is_human(lemma.removesuffix("s")):
            kind = "group"
        if lemma == "staff" and span.text.lower().endswith(_COMMANDS):
            kind = "body"
        if kind == "group" and lemma in ("staff", "crew", "family", "team"):
            plural = True
        if len(span) == 1 and lemma in PAIRS and any(child.lower_ == "the" for child in head.children):
            return self.pronouns.of(head)
        if len(span) == 1 and (earlier := repeated(self._mentions, head, plural=plural)) is not None:
            return earlier
        owner = next(sources.possessives(head), None) or shared_owner(head)
        text = lowered(span) + ("" if kind == "document" and lemma not in _PARTS_OF_TEXTS else where(span))
        country: str | None = None
        if owner is not None and (of_owner := self._owner(owner)) is not None:
            if lemma in _CLIENTS and owner.pos_ == "PRON" and (client := client_of(of_owner.entity)) is not None:
                return Identity(client, "unnamed", None)
            if of_owner.kind == kind == "body" and of_owner.country is not None:
                of_owner = of_owner._replace(entity=self._states.name_of[of_owner.country])
            text = f"{of_owner.entity}'{'' if of_owner.entity.endswith('s') else 's'} {text}"
            own_text = kind == "document" and of_owner.kind == "state"
            if is_official(head) or own_text or (of_owner.kind == "body" and lemma not in _KIN):
                country = of_owner.country
        if kind == "state" and len(named := self._states.named(text)) == 1:
            return Identity(self._states.name_of[named[0]], "state", named[0])
        if country is None and kind not in ("media", "organisation"):
            country = self._country(head, kind)
        return Identity(text, kind, country)

    def _owner(self, owner: Token) -> Identity | None:
        if owner.lower_ == "whose":
            clause = next((word for word in owner.ancestors if word.dep_ == "relcl"), None)
            antecedent = None if clause is None else mentions.extent(clause.head)
            return None if clause is None or antecedent is None else self._of_noun(clause.head, antecedent)
        if owner.lower_ in ("my", "our") and (voice := self.pronouns.voice(owner)) is not None:
            return voice
        if owner.pos_ == "PRON" or owner.lower_ in ("his", "her", "its", "their", "my", "our"):
            found = self.pronouns.nearest(owner)
            if found is None and owner.lower_ == "its":
                return thing_of(owner)
            return found if found is None or found.entity.lower() != owner.lower_ else None
        span = mentions.extent(owner)
        if span is None:
            return None
        return self._of_noun(owner, span)

    def _country(self, head: Token, kind: str) -> str | None:
        """The state for which an organ or an office-holder speaks, if one is named beside it."""
        around = phrase(head)
        if kind != "body" and not any(is_official(word) or NAME_KIND_OF.get(word.lower_) == "body" for word in around):
            return None
        watchman = head.lemma_ == "guard" and _CORPS.isdisjoint(word.lower_ for word in around)
        if head.lemma_ in _KIN or (watchman and kind == "unnamed"):
            return None
        if any(word.lower_ in ("former", "ex", "retired", "ex-minister") for word in around):
            return None
        text = "".join(word.text_with_ws for word in around)
        named = self._states.named(text)
        if len(named) == 1:
            return named[0]
        if named:
            return None
        for word in around:
            for owner in sources.possessives(word):
                of_owner = self._owner(owner)
                if of_owner is not None and of_owner.country is not None:
                    return of_owner.country
        if (of_organ := self._country_of_organs(head)) is not None:
            return of_organ
        central = kind in ("body", "person") and any(word.lower_ in _CENTRAL for word in around)
        return self._home if central or len(self._parsed.text) > 2 * _HEADING else None

    def _country_of_organs(self, head: Token) -> str | None:
        """The state whose organ is named before an office-holder, where the text speaks of no other state."""
        if head.pos_ == "PROPN" or not is_official(head) or len(self._states.named(self._parsed.text)) != 1:
            return None
        organs = (each.identity.country for each in self._mentions if each.identity.kind == "body")
        return next((country for country in organs if country is not None), None)


_PRINTING = words("report write cite quote print publish carry reveal")
"""What a paper does whose name has an article: "the Evening Lamp cites a deserter"."""
_CLIENTS = words("client principal employer boss")
_ABBREVIATION = 3
_CORPS = words("coast national border home civil republican presidential royal revolutionary palace honour")
_KIN = words("wife husband widow widower mother father son daughter brother sister family relative parent child")
_PARTS_OF_TEXTS = words("footnote note entry chapter passage paragraph annex appendix article caption column page")
_COMMANDS = ("general staff", "joint staff", "defence staff", "chiefs of staff")
_HEADING = 300
"""So many characters of an article say whose it is."""
_CENTRAL = words("minister ministry government foreign defence defense president parliament ambassador army")
