"""Who a source is: its canonical name, its kind and its state, with pronouns and short mentions resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import companions, kinds, mentions, parts, quotatives, sources, states
from .antecedents import Identity, Mention, repeated, thing_of
from .full_forms import abbreviations
from .homes import HEADING, home_of, own_home
from .kinds import kind_of
from .leads import holder_of, named_behind
from .name_kinds import is_part, kind_of_named, ministry_of
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
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan


class Identities:
    """The sources and other persons, states and bodies of a text, by their mentions."""

    def __init__(self, parsed: Doc) -> None:
        self._parsed = parsed
        self._text = parsed.text  # spaCy puts it together anew each time
        self._abbreviations = abbreviations(self._text)
        self._states = states.of(parsed)
        self.pronouns = Pronouns(parsed, self._states)
        self._mentions = self.pronouns.mentions
        self._full_names = full_names(parsed)
        self._home = home_of(self._text, self._states)
        self._inside = self._states.inside_names(parsed)
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
        self._leads = named_behind(self._mentions)
        self._mentions[:] = [each._replace(identity=self._settled(each)) for each in self._mentions]

    def _settled(self, mention: Mention) -> Identity:
        """Who is mentioned, with the state that any other place of the text gives him or the name that follows."""
        identity = self._leads.get(mention.head.i, mention.identity)
        if identity.kind != "person" or identity.country is not None:
            return identity
        every = [*self._leads.values(), *self._identities()]
        return next((each for each in every if each.entity == identity.entity and each.country), identity)

    def _identities(self) -> Iterator[Identity]:
        return (each.identity for each in self._mentions)

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
        if (named := self._leads.get(head.i)) is not None:
            return named
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
        home = own_home(self._text, self._states)
        if span.text == "A" or (span.text.isupper() and span.text.lower() in OFFICES | PEOPLE):
            return Identity(span.text if len(span.text) == 1 else span.text.lower(), "unnamed", home)
        identity = self.of(span.root, span)
        if span.text.lower() in KIND_OF or (span[0].pos_ == "NOUN" and span.root.text.islower()):
            return identity._replace(entity=identity.entity[:1].lower() + identity.entity[1:])
        title = span[0].i > 0 and (span[0].nbor(-1).lower_ in TITLES or span[0].nbor(-1).text == ".")
        if identity.kind == "organisation" and span.text.isupper() and title:
            identity = identity._replace(kind="person")
        named = identity.kind == "person" and identity.country is None
        return identity._replace(country=home) if named else identity

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
        half = head.lower_ in ("north", "south") and span.start > 0 and "Korea" in self._text
        if half and span[0].nbor(-1).lower_ == "the":
            text = f"the {text}"
        code = self._states.code(text) or self._inside.get(head.i)
        if head.i in self._inside and code is not None:
            return Identity(self._states.name_of[code], "state", code)
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
        text = self._abbreviations.get(text, text)
        kind = kind_of_named(head, span, text, self._full_names)
        name = text
        if kind == "person" and (len(span) > 1 or text.title() in self._full_names):
            name = self._full_names.get(span[-1].text.title(), text) if len(span) == 1 or "." in span.text[:3] else text
        elif kind != "media" or len(span) == 1:
            longer = next((each for each in self._identities() if is_part(text, kind, each)), None)
            if longer is not None:
                return longer
        country = self._country(head, kind, name) if kind in ("person", "body") else None
        return Identity(name, kind, country)

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
        if not plural and (person := self._holder(head, span)) is not None:
            return person
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
        if (ministry := ministry_of(span)) is not None:
            text = ministry
        if kind == "state" and len(named := self._states.named(text)) == 1:
            return Identity(self._states.name_of[named[0]], "state", named[0])
        if country is None and kind not in ("media", "organisation"):
            country = self._country(head, kind)
        return Identity(text, kind, country)

    def _holder(self, head: Token, span: TokenSpan) -> Identity | None:
        """The person named before for whom a definite word for many officials stands: "the American diplomat"."""
        country = self._states.code(span[0].text)
        before = {child.lower_ for child in head.children if child not in span}
        if before not in ({"the"}, {"this"}) or len(span) != 1 + (country is not None):
            return None
        return holder_of([each for each in self._mentions if each.head.i < head.i], head.lemma_, country)

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

    def _country(self, head: Token, kind: str, name: str = "") -> str | None:
        """The state for which an organ or an office-holder speaks, if one is named beside it or where he is named."""
        around = phrase(head)
        known = next((each.country for each in self._identities() if each.entity == name and each.country), None)
        offices = [word for word in around if is_official(word) or NAME_KIND_OF.get(word.lower_) == "body"]
        if kind != "body" and not offices:
            return known
        watchman = head.lemma_ == "guard" and _CORPS.isdisjoint(word.lower_ for word in around)
        if head.lemma_ in _KIN or (watchman and kind == "unnamed"):
            return None
        if any(word.lower_ in _OF_NO_STATE for word in around):
            return None
        text = "".join(word.text_with_ws for word in around if not _is_accredited(word, self._states))
        named = self._states.named(text)
        if len(named) == 1:
            return named[0]
        for office in offices if named else ():
            before = self._states.named(self._parsed[office.left_edge.i : office.i + 1].text)
            if len(before) == 1:
                return before[0]
        if named or known is not None:
            return known
        for word in around:
            for owner in sources.possessives(word):
                of_owner = self._owner(owner)
                if of_owner is not None and of_owner.country is not None:
                    return of_owner.country
        central = kind in ("body", "person") and any(word.lower_ in _CENTRAL for word in around)
        organs = is_official(head) and any(each.kind == "body" and each.country for each in self._identities())
        return self._home if central or organs or len(self._text) > 2 * HEADING else None


def _is_accredited(word: Token, known: states.States) -> bool:
    """Whether a state is the one to which somebody is sent, or of which he has charge: "the envoy to Talvia"."""
    link = word.head
    sent = link.lower_ in ("to", "for") and is_official(link.head) and not link.head.lemma_.startswith("spokes")
    return word.dep_ == "pobj" and sent and known.is_state(word.text)


_CLIENTS = words("client principal employer boss")
_ABBREVIATION = 3
_CORPS = words("coast national border home civil republican presidential royal revolutionary palace honour")
_KIN = words("wife husband widow widower mother father son daughter brother sister family relative parent child")
_OF_NO_STATE = words("former ex retired ex-minister nato eu un osce iaea alliance western gulf european")
"""Words beside those who speak for no state any more, or for several."""
_PARTS_OF_TEXTS = words("footnote note entry chapter passage paragraph annex appendix article caption column page")
_COMMANDS = ("general staff", "joint staff", "defence staff", "chiefs of staff")
_CENTRAL = words("minister ministry government foreign defence defense president parliament ambassador army")
