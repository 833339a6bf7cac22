"""STANCE and SPEAKER by dependency: which word takes a position, whose it is, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ....data.records import Span
from . import mentions, quotatives, sources
from .adjective_words import ADJECTIVE_STANCE_OF
from .antecedents import Identity
from .content import content
from .content_stances import Content
from .cue_type import Cue
from .cue_words import cue_words
from .identity import Identities
from .idioms import refers
from .inner_cues import anothers
from .labels import turns
from .own_side import one_side, own_side
from .polarity import charging
from .quotations import Quoted
from .stance import stance_of
from .vocabulary import LIGHT_VERBS, NOUN_STANCE_OF, STANCE_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_DOUBTING = ("denial", "dispute", "evasion")
QUOTING = frozenset(("cite", "quote"))
_TELLING = words("tell say inform repeat report relay pass whisper confide write brief")
PASSING_ON = frozenset(("cite", "quote", "disclose", "leak", "release", "publish"))
REPRESENTATIVES = words(
    "lawyer spokesman spokeswoman spokesperson attorney counsel agent representative solicitor barrister broker "
    "advocate consul ambassador envoy publicist"
)
PRINCIPALS = words("client principal employer boss government ministry minister firm company chief employer owner side")


class Attribution(NamedTuple):
    """A cue, what it is about, and its sources with their heads; and the stance and certainty of all that."""

    cue: Cue
    content: Content
    speakers: list[tuple[TokenSpan, Token]]
    stance: str
    certainty: str


class Reading:
    """The cues of a text with their sources, and who these are."""

    def __init__(self, parsed: Doc) -> None:
        self.parsed = parsed
        self.quoted = Quoted(parsed.text)
        self.identities = Identities(parsed)
        self.turns = list(turns(parsed))
        self.attributions = list(self._read())
        self.identities.pronouns.spoken = {head.i for each in self.attributions for _, head in each.speakers}
        self._give_voices()

    def _read(self) -> Iterator[Attribution]:
        for cue in cue_words(self.parsed, self.quoted):
            speakers = [(span, head) for head in cue.speakers if (span := mentions.extent(head)) is not None]
            if speakers:
                about = content(cue.token, self.quoted)
                owned = own_side(cue.token, speakers[0], self.quoted, self.identities)
                yield Attribution(cue, about, speakers, *stance_of(cue, about, owned))

    def _give_voices(self) -> None:
        """Say whose words each quotation is, the inner ones first."""
        for turn in self.turns:
            self.identities.pronouns.quote(turn.words, self.identities.of_label(turn.speaker))
        for each in sorted(self.attributions, key=lambda found: len(found.content.tokens)):
            span, head = each.speakers[0]
            if head.lower_ not in ("we", "i", "us", "me"):
                self.identities.pronouns.quote(each.content.tokens, self.identities.of(head, span), head)

    def settled(self) -> Iterator[tuple[Attribution, str, str]]:
        """The attributions with their stances; an outer cue has that of an inner one of its own side."""
        at = {each.cue.token.i: each for each in self.attributions}
        for each in self.attributions:
            inner = self._inner(each, at)
            if inner is None or each.cue.negated or each.cue.stance != "assertion":
                yield each, *self._apart_from_others(each)
            elif inner.cue.unsaid:
                yield each, "dispute" if each.stance == "dispute" else "denial", "certain"
            elif self._same_side(each, inner):
                yield each, inner.stance, inner.certainty
            else:
                yield each, "assertion", "certain"

    def _apart_from_others(self, outer: Attribution) -> tuple[str, str]:
        """The stance and certainty of an attribution without the words that are another side's."""
        inside = outer.content.places
        within = (each for each in self.attributions if each is not outer and each.cue.token.i in inside)
        others = [each for each in within if not self._same_side(outer, each)]
        if outer.cue.negated or not (apart := anothers(outer, others)):
            return outer.stance, outer.certainty
        owned = own_side(outer.cue.token, outer.speakers[0], self.quoted, self.identities)
        return stance_of(outer.cue, outer.content.without(apart), owned)

    def _inner(self, outer: Attribution, at: Mapping[int, Attribution]) -> Attribution | None:
        root = outer.content.root
        verb = outer.cue.token
        told = [] if root is None else [root]
        if root is not None and root.lemma_ == "be":
            told += [child for child in root.children if child.dep_ in sources.SUBJECTS]
        elif root is not None and root.lemma_ in LIGHT_VERBS:
            told += [child for child in root.children if child.dep_ == "dobj"]
        for word in told:
            if word.i != verb.i and word.i in at:
                return at[word.i]
        quoted = [child for link in verb.children if link.lower_ == "as" for child in link.children if child.i in at]
        return at[quoted[0].i] if quoted and verb.lemma_ in QUOTING else None

    def who(self, attribution: Attribution) -> list[Identity]:
        """Who the sources of an attribution are."""
        return [self.identities.of(head, span) for span, head in attribution.speakers]

    def _same_side(self, outer: Attribution, inner: Attribution) -> bool:
        first, second = self.who(outer)[0], self.who(inner)[0]
        if one_side(first, second) or self.identities.pronouns.side_of(outer.speakers[0][1]) == second:
            return True
        (_, speaker), (_, source) = outer.speakers[0], inner.speakers[0]
        titles = speaker.doc[max(0, outer.speakers[0][0].start - 1) : outer.speakers[0][0].start]
        if not any(word.lower_ in REPRESENTATIVES for word in (*titles, *speaker.lefts)) and (
            speaker.lemma_.lower() not in REPRESENTATIVES
        ):
            return False
        owned = any(owner.pos_ == "PRON" for owner in sources.possessives(source))
        owned = owned or any(child.lower_ == "the" for child in source.children)
        return second.entity in first.entity or (owned and source.lemma_.lower() in PRINCIPALS)

    def _passes_on(self, outer: Attribution) -> bool:
        """Whether a speaker reports what another source says, and does not doubt that it was said."""
        if refers(outer.cue.token) or self._told(outer):
            return True
        if outer.cue.stance in _DOUBTING or outer.cue.token.lemma_ == "accuse":
            return False
        at = {each.cue.token.i: each for each in self.attributions}
        root = self._inner(outer, at)
        if root is not None and root.cue.unsaid:
            return False
        if root is not None and charging(root.cue.token) == outer.cue.token:
            root = None
        if root is not None and not self._same_side(outer, root) and not self._is_set_apart(root, outer):
            return True
        inside = outer.content.places
        inside -= {
            each.cue.token.i
            for each in self.attributions
            if self._is_set_apart(each, outer) or self._told(each) or charging(each.cue.token) == outer.cue.token
        }
        return outer.stance not in _DOUBTING and any(
            each is not outer and each.cue.token.i in inside and not self._same_side(outer, each)
            for each in self.attributions
        )

    def _told(self, outer: Attribution) -> bool:
        """Whether a relative clause makes a source of whom another one told: "told the mayor, who told the radio"."""
        verb = outer.cue.token
        noun = verb.head
        told = verb.dep_ == "relcl" and verb.lemma_ in _TELLING and noun.dep_ in ("dobj", "dative", "pobj")
        cues = {each.cue.token.i for each in self.attributions}
        told = told and noun.head.lemma_ not in QUOTING
        return told and (noun.head.i in cues or noun.head.head.i in cues) and outer.speakers[0][1] == noun

    def _is_set_apart(self, each: Attribution, outer: Attribution) -> bool:
        """Whether an attribution at the edge of a sentence holds another one of it, and is not in its content."""
        word, sentence = each.cue.token, outer.cue.token.sent
        around = self.quoted.at(outer.cue.token.idx)
        if around is not None and around != self.quoted.at(word.idx):
            return True
        if around is None and self.quoted.at(word.idx) is None and word.sent == sentence and _parted(outer, each):
            return True
        inner = quotatives.of(word.doc).get(word.i)
        if outer.cue.token.lower_ == "according" and inner is not None and 0 <= outer.cue.token.i - inner.end < 2:
            return False  # right behind an attribution it credits that too
        if word.sent != sentence or self.quoted.at(word.idx) is not None:
            return False
        if word.lower_ == "according":
            return word.i == sentence.start or word.right_edge.i + 2 >= sentence.end
        return word.i in quotatives.of(word.doc)

    @cached_property
    def relays(self) -> set[tuple[int, int]]:
        """The places of the speakers who pass on what another source says or feels."""
        found: set[tuple[int, int]] = set()
        for outer in self.attributions:
            if outer.cue.token.lemma_ in QUOTING and outer.cue.token.tag_ != "VBN":
                quoting = {noun.i for noun in sources.of_verb(outer.cue.token)}
                found.update(
                    (span.start_char, span.end_char)
                    for each in self.attributions
                    for span, head in each.speakers
                    if head.i in quoting and each.cue.token.sent == outer.cue.token.sent
                )
            elif _publishes(outer.cue.token) or self._passes_on(outer):
                found.update((span.start_char, span.end_char) for span, _ in outer.speakers)
        for turn in self.turns:
            opening = next((word.sent for word in turn.words if not word.is_space), turn.speaker.sent)
            who = self.identities.of_label(turn.speaker)
            words = {word.i for word in turn.words if word.sent == opening and word.i > turn.speaker.start}
            inside = (each for each in self.attributions if each.cue.token.i in words)
            if any(not one_side(who, self.who(each)[0]) for each in inside):
                found.add((turn.speaker.start_char, turn.speaker.end_char))
        return found


def _publishes(cue: Token) -> bool:
    """Whether a cue passes on a document or what a text tells: "leaked by the union", "that the Wire released"."""
    has = cue.lemma_ == "have" and cue.nbor().lower_ != "it"
    return has or (cue.lemma_ in PASSING_ON and (cue.tag_ in ("VBN", "VBG") or cue.dep_ == "relcl"))


def _parted(outer: Attribution, each: Attribution) -> bool:
    """Whether a semicolon ends the clause of a cue before another one."""
    first, last = sorted((outer.cue.token.i, each.cue.token.i))
    return any(token.text == ";" for token in outer.cue.token.doc[first:last])


def reading_of(parsed: Doc) -> Reading:
    """The reading of a text, made once."""
    found: Reading | None = parsed.user_data.get("reading")
    if found is None:
        found = parsed.user_data["reading"] = Reading(parsed)
    return found


def find(parsed: Doc) -> Iterator[Span]:
    """Cues whose speaker the parse tells, and those speakers; and the speakers that have none."""
    reading = reading_of(parsed)
    relays = reading.relays
    speakers: dict[tuple[int, int], Span] = {}
    for turn in reading.turns:
        _add(speakers, turn.speaker, reading.identities.of_label(turn.speaker), relays)
    for each, stance, certainty in reading.settled():
        ids = [_add(speakers, span, reading.identities.of(head, span), relays) for span, head in each.speakers]
        cue = parsed[each.cue.start : each.cue.end]
        yield Span(
            label="STANCE",
            start=cue.start_char,
            end=cue.end_char,
            id=f"c{cue.start_char}",
            text=cue.text,
            attributes={"stance": stance, "certainty": certainty, "speakers": tuple(dict.fromkeys(ids))},
        )
    yield from speakers.values()


def _add(
    speakers: dict[tuple[int, int], Span], span: TokenSpan, identity: Identity, relays: Iterable[tuple[int, int]]
) -> str:
    place = (span.start_char, span.end_char)
    name = f"s{span.start_char}"
    attributes = _attributes(identity, relay=place in relays)
    speakers.setdefault(
        place, Span(label="SPEAKER", start=place[0], end=place[1], id=name, text=span.text, attributes=attributes)
    )
    return name


def describe(cue: TokenSpan) -> tuple[dict[str, str], list[Token]]:
    """Stance and certainty of a cue that another system found, and the nouns that its grammar names as speakers."""
    reading = reading_of(cue.doc)
    for each, stance, certainty in reading.settled():
        if each.cue.start < cue.end and cue.start < each.cue.end:
            return {"stance": stance, "certainty": certainty}, [head for _, head in each.speakers]
    root = cue.root
    found = Cue(cue.start, cue.end, root, _by_word(cue), False, sources.of_verb(root))
    stance, certainty = stance_of(found, content(root, reading.quoted), lambda noun: noun.lower_ in ("i", "we"))
    return {"stance": stance, "certainty": certainty}, found.speakers


def describe_speaker(speaker: TokenSpan) -> dict[str, str | bool | None]:
    """The attributes of a speaker that another system found."""
    reading = reading_of(speaker.doc)
    identity = reading.identities.of(speaker.root, speaker)
    return _attributes(identity, relay=(speaker.start_char, speaker.end_char) in reading.relays)


def _by_word(cue: TokenSpan) -> str:
    """The stance of the first word that is on a list, whatever its grammar; an assertion where none is."""
    lists = (STANCE_OF, NOUN_STANCE_OF, ADJECTIVE_STANCE_OF)
    known = (kinds[form] for token in cue for kinds in lists for form in (token.lemma_, token.lower_) if form in kinds)
    return next(known, "assertion")


def _attributes(identity: Identity, *, relay: bool) -> dict[str, str | bool | None]:
    return {
        "entity": identity.entity,
        "source_type": identity.kind,
        "country": None if identity.kind == "media" else identity.country,
        "relay": relay,
    }
