"""For whom a pronoun stands: he and it, we of a side and of a speaker, both and the pair, one and others of several."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from . import sources
from .antecedents import Identity, Mention, nearest, pair, pairs, side
from .cataphors import otherwise, state_as_woman
from .full_forms import house_of
from .quotations import Quoted
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

    from .states import States

PAIRS = words("both neither either pair couple duo twosome two")
"""Words for two that were named."""
INDEFINITE = words("someone somebody")
_HUMAN = ("person", "unnamed", "group")
_OWN = words("i me my mine myself")
_OUR = words("we us our ours")
_MANY = words("others some few several many most all none both neither either each two")
_RANKS = words("another other first second third fourth fifth sixth seventh last rest")


class Pronouns:
    """The mentions of a text as far as they are read, who spoke where, and who is meant by a pronoun."""

    def __init__(self, parsed: Doc, states: States) -> None:
        self.mentions: list[Mention] = []
        self.spoken: Collection[int] = ()
        """The places of those who are known to speak in the text."""
        self._states = states
        self._sentence_of = list(accumulate(int(token.is_sent_start is True) for token in parsed))
        self._voices: dict[int, Identity] = {}
        self._sides: dict[int, Identity] = {}
        """For which organisation somebody speaks where he says "we"."""

    def voice(self, token: Token) -> Identity | None:
        """Whose words a place lies in, if somebody is quoted there."""
        return self._voices.get(token.i)

    def quote(self, tokens: Sequence[Token], speaker: Identity, head: Token | None = None) -> None:
        """Note that words are a speaker's own, whom ``head`` names."""
        spoken_for = self.side_of(head) if head is not None and speaker.kind in _HUMAN else None
        for token in tokens:
            if self._voices.setdefault(token.i, speaker) is speaker and spoken_for is not None:
                self._sides.setdefault(token.i, spoken_for)

    def side_of(self, head: Token) -> Identity | None:
        """The organisation for which somebody speaks, if it is named beside him."""
        return side(self.mentions, head)

    def nearest(self, pronoun: Token, apart: Sequence[str] = ()) -> Identity | None:
        """Whom a pronoun of the third person stands for, somebody before it or else behind it."""
        found = nearest(self.mentions, pronoun, self._sentence_of, apart, self.spoken)
        return found or otherwise(self.mentions, pronoun) or state_as_woman(self.mentions, pronoun)

    def of(self, head: Token, apart: Sequence[str] = ()) -> Identity:
        """For whom a pronoun stands; for none of the states and names that are kept ``apart``."""
        word = head.lower_
        if word in _OWN | _OUR:
            return self._of_first_person(head)
        if word == "you":
            return self._addressed(head)
        if word in ("former", "latter") and (one := self._one_of_two(head)) is not None:
            return one
        if word in PAIRS and (two := self._two(head)) is not None:
            return two
        found = self.nearest(head, apart)
        if found is not None:
            return found._replace(kind="group") if word in ("each", "one", *PAIRS) else found
        name = sources.nominative(word)
        kind = {"he": "unnamed", "she": "unnamed", "i": "unnamed", "it": "organisation"}.get(name, "group")
        return Identity(name, kind, None)

    def _of_first_person(self, head: Token) -> Identity:
        own = head.lower_ in _OWN
        voice = self.voice(head)
        if voice is None and own:
            return Identity("I", "unnamed", None)
        if voice is None:
            text = head.doc.text
            house = None if Quoted(text).at(head.idx) else house_of(text)
            return Identity("we", "group", None) if house is None else Identity(*house, None)
        if own or voice.kind == "document":
            return voice
        if voice.country is None:
            return self._sides.get(head.i, voice)
        return Identity(self._states.name_of[voice.country], "state", voice.country)

    def _addressed(self, head: Token) -> Identity:
        """Whom somebody speaks to: who speaks next, else who spoke last."""
        others = [place for place in sorted(self._voices) if self._voices[place] != self.voice(head)]
        near = [place for place in others if place > head.i][:1] or others[-1:]
        return self._voices[near[0]] if near else Identity("you", "unnamed", None)

    def _one_of_two(self, head: Token) -> Identity | None:
        """The first or the second of those who are named together before, else of the last two persons or sides."""
        before = [each for each in self.mentions if each.head.i < head.i]
        joined = pairs(before)
        if joined:
            second = next(at for at, each in enumerate(before) if each.head == joined[-1].head)
            return before[second - 1 if head.lower_ == "former" else second].identity
        every = [each.identity for each in before]
        named = list(dict.fromkeys(each for each in every if each.kind == "person"))
        named = named if len(named) > 1 else list(dict.fromkeys(every))
        return named[-2 if head.lower_ == "former" else -1] if len(named) > 1 else None

    def _two(self, head: Token) -> Identity | None:
        """Those of whom *both* and *the pair* speak: two who are named together, or several."""
        both = pair(self.mentions, head)
        several = self._several(head)
        if both is None or several is None:
            return both or (None if several is None else several.identity._replace(kind="group"))
        joined = [each.head.i for each in pairs(self.mentions) if each.head.i < head.i]
        return both if joined[-1] >= several.head.i else several.identity._replace(kind="group")

    def of_part(self, head: Token, span: TokenSpan) -> Identity | None:
        """Who those are of whom a number or *other* without a noun speaks: "The third refused"."""
        word = head.lower_
        number = head.like_num and head.pos_ in ("NUM", "ADJ", "NOUN")
        if len(span) > 1 or not (number or word in _MANY | _RANKS or word == "one"):
            return None
        if word in PAIRS and (two := self._two(head)) is not None:
            return two
        whole = self._several(head)
        if whole is None and word in ("another", "other"):
            before = [each for each in self.mentions if each.head.i < head.i and each.identity.kind == "unnamed"]
            return before[-1].identity if before else None
        if whole is None:
            return None
        one = word == "one" or word in _RANKS - {"rest"} or head.ent_type_ == "ORDINAL"
        if not one:
            return whole.identity._replace(kind="group")
        kind = whole.identity.kind
        return whole.identity._replace(kind="unnamed" if kind == "group" else kind)

    def _several(self, head: Token) -> Mention | None:
        """The last before a word who are more than one, people before bodies."""
        before = [
            each
            for each in reversed(self.mentions)
            if each.head.i < head.i and (each.head.tag_ in ("NNS", "NNPS") or each.identity.kind == "group")
        ]
        people = [each for each in before if each.identity.kind == "group" and each.head.tag_ in ("NNS", "NNPS")]
        near = people[:1] if people and head.i - people[0].head.i < _NEAR else []
        return next(iter((*near, *before)), None)


_NEAR = 40
"""So many words before it a part may have its whole."""
