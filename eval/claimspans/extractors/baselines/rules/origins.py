"""Whose goods are: the state that a modifier, a possessive or "made in" beside them names."""

from __future__ import annotations

import re

from . import designations, states
from .goods import ENTRY_OF
from .heads import entry_of
from .plain_text import PlainText, one_of
from .word_lists import words as word_set

_OWN = re.compile(r"-(?:made|built|produced|manufactured|owned|assembled)$")
_MAKING = "made|produced|manufactured|built|cast|forged|assembled"
_MADE = re.compile(
    rf"^,? (?:(?:{_MAKING})(?: [a-z-]+){{0,5}}?(?: for [A-Z]\w+)? (?:in|by|at)|owned by|belonging to"
    r"|(?:that|which)(?= (?:the )?[A-Z][\w'-]+(?: [a-z]+)? (?:ha[sd] )?(?:made|built|produced|cast)\b)) "
    r"(?:the )?(?P<who>(?:[A-Z][\w'-]* ?){1,3})"
    r"|^,? of (?P<make>(?:[A-Z][\w-]* ?){1,2})(?:make|manufacture|origin|design|production|provenance|fabrication)\b"
)
"""Behind goods, who made or owns them: made at a plant in Talvia, of Talvian make, which Talvia built."""
_JOINED_BEHIND = re.compile(
    r"(?:,(?: [a-z-]+){1,3})*,? (?:and|or)(?: [a-z-]+){0,2} (?P<noun>[a-z-]+)"
    rf"(?= (?:{_MAKING}|owned|belonging|of [A-Z]))"
)
_DEGREES = word_set("light medium heavy short long small large old new")
"""Adjectives that the model may take for nouns before "and"."""
_NEAR = 110
_MAKE = word_set("make manufacture origin design production provenance")
_GIVING = word_set("give sell send lend offer hand promise ship grant deny bring owe loan lease")
_PLACING = word_set("in from to near through across outside inside via over at into")
_FORCES = word_set("army navy military militia police force airforce government country state ministry")
_PRONOUNS = ("its", "their", "our", "her", "his")


def state_before(reading: PlainText, index: int) -> tuple[str, int] | None:
    """The state that the words before a word name, with the index of their first; a possessive or -made counts."""
    return _state_ending(reading, index - 1) if index and reading.gap(index - 1) == " " else None


def _state_ending(reading: PlainText, last: int) -> tuple[str, int] | None:
    words = reading.words
    if words[last].lower == "'s" and last:
        last -= 1
    for size in (3, 2, 1):
        if last - size + 1 < 0 or any(reading.gap(each) != " " for each in range(last - size + 1, last)):
            continue
        named = " ".join(word.text for word in words[last - size + 1 : last + 1])
        named = _OWN.sub("", re.sub(r"'s?$", "", named))
        if code := states.of(reading.parsed).code(named):
            return code, last - size + 1
    return None


def origin(reading: PlainText, first: int, last: int) -> str | None:
    """The state whose goods the words from ``first`` to ``last`` are, as far as what stands beside them says."""
    words = reading.words
    beside = state_before(reading, first)
    if beside is not None:
        return None if _is_recipient(reading, first, beside[1]) else beside[0]
    before = first - 1
    while (
        before >= 0 and reading.gap(before) == " " and words[before].token.pos_ in ("ADJ", "NUM") and before > first - 3
    ):
        if (beside := state_before(reading, before)) is not None:
            return None if _is_recipient(reading, before, beside[1]) else beside[0]
        before -= 1
    if (beside := _before_calibres(reading, first)) is not None:
        return None if _is_recipient(reading, beside[1], beside[1]) else beside[0]
    named = entry_of(reading, last)
    bare = named is None or last - first < named[1]
    if (made := _made_behind(reading, last, shared=bare)) is not None:
        parts = re.sub(r"'s?(?= |$)", "", made["who"] or made["make"]).split()
        sizes = range(len(parts), 0, -1)
        return next((code for size in sizes if (code := states.of(reading.parsed).code(" ".join(parts[:size])))), None)
    if before > 1 and words[before].lower == "'s" and words[before - 1].lower in _FORCES:  # their own navy's
        if (beside := state_before(reading, before - 1)) is not None:
            return beside[0]
        before -= 3 if words[before - 2].lower == "own" else 2
    if before > 1 and words[before].lower == "whose" and words[before - 1].lower == ",":
        return (_state_ending(reading, before - 2) or (None, 0))[0]
    if before >= 0 and words[before].lower in _PRONOUNS:
        return _owner(reading, before)
    return _shared(reading, first) if bare else None


def _before_calibres(reading: PlainText, first: int) -> tuple[str, int] | None:
    """The state before a modifier that is joined to that of the goods: Talvian 60mm and 81mm mortars, short- and …"""
    words = reading.words
    if first < 3 or words[first - 1].lower not in ("and", "or", ",", "to"):
        return None
    while first > 1 and (
        words[first - 1].lower in ("and", "or", ",", "to", "-") or _is_joined_modifier(reading, first - 1)
    ):
        first -= 1
    return state_before(reading, first) if _is_joined_modifier(reading, first) else None


def _is_joined_modifier(reading: PlainText, index: int) -> bool:
    """Whether a word is a calibre or an adjective, and the state of nobody; a hyphen may hang behind it."""
    word = reading.words[index]
    if designations.CALIBRE.match(word.lower):
        return True
    hangs = reading.plain.startswith("- ", word.end) or word.lower.startswith(("anti-", "counter-"))
    said = word.token.pos_ == "ADJ" or word.lower in _DEGREES
    named = states.of(reading.parsed).code(word.text) is not None
    return hangs or (said and not named and entry_of(reading, index) is None)


def _made_behind(reading: PlainText, last: int, *, shared: bool) -> re.Match[str] | None:
    """What says behind goods who made them; behind a conjunct it is said of all that have no modifier of their own."""
    behind = reading.plain[reading.words[last].end : reading.words[last].end + _NEAR]
    joined = _JOINED_BEHIND.match(behind) if shared else None
    if joined and (one_of(joined["noun"]) in ENTRY_OF or joined["noun"] in ENTRY_OF):
        behind = behind[joined.end() :]
    return _MADE.match(behind)


def _is_recipient(reading: PlainText, first: int, state: int) -> bool:
    """Whether the state beside goods gets them, or is where they are: "gave Talvia shells", "in Talvia shells fell"."""
    words = reading.words
    known = states.of(reading.parsed)
    adjective = known.is_state(words[state].text) is False and words[state].token.pos_ == "ADJ"
    if adjective or words[first - 1].lower == "'s" or not state or reading.gap(state - 1) != " ":
        return False
    before = words[state - 1].token
    placed = (
        before.lower_ in _PLACING and words[first - 1].token.dep_ == "pobj" and words[first - 1].token.head == before
    )
    opens = before.is_sent_start and before.lower_ in _PLACING
    return (
        placed
        or (opens and known.is_state(" ".join(word.text for word in words[state:first])))
        or (before.lemma_.lower() in _GIVING and before.pos_ == "VERB")
    )


def _owner(reading: PlainText, pronoun: int) -> str | None:
    """The state that "its" stands for: the first of the sentence that no preposition governs."""
    words = reading.words
    if (
        pronoun > 1
        and words[pronoun - 1].lower in (",", "and", "with")
        and one_of(words[pronoun - 2].lower) in ENTRY_OF
    ):
        return None  # a tank, its shells
    sentence = words[pronoun].token.sent
    for index in range(pronoun):
        if words[index].token.i < sentence.start:
            continue
        found = _state_ending(reading, index)
        if found is None:
            continue
        following = words[index + 1] if reading.gap(index) == " " else None
        if words[pronoun].lower in ("his", "her") and following is not None and following.is_noun:
            continue  # the Talvian officer's own
        governor = words[found[1] - 1].token.pos_ if found[1] else ""
        if words[found[1] - 1].lower == "of" and found[1] > 1 and words[found[1] - 2].lower in _FORCES:
            return found[0]
        if governor != "ADP" or words[found[1] - 1].lower == "by":
            return found[0]
    return _subject_before(reading, pronoun) if words[pronoun].token.i == sentence.start else None


def _subject_before(reading: PlainText, pronoun: int) -> str | None:
    """The state that is the subject of the sentence before, which a sentence opens with the pronoun of."""
    words = reading.words
    index = pronoun - 1
    while index >= 0 and "\n" not in reading.gap(index) and words[pronoun].token.i - words[index].token.i < _SENTENCE:
        found = _state_ending(reading, index)
        if found is not None and words[index].token.dep_ in ("nsubj", "nsubjpass"):
            return found[0]
        if words[index].text in ".!?" and index < pronoun - 1:
            return None
        index -= 1
    return None


_SENTENCE = 40


def _shared(reading: PlainText, first: int) -> str | None:
    """The state of the conjunct before, which an item without a modifier of its own shares."""
    words = reading.words
    before = first - 1
    if before < 1 or words[before].lower not in ("and", "or", ",", "nor", "&", "plus"):
        return None
    joined = before - 1 if words[before].lower != "," or words[before - 1].is_sign is False else before - 2
    if words[joined].lower == ",":
        joined -= 1
    if words[joined].lower in _MAKE:
        return None
    if not words[joined].is_noun and one_of(words[joined].lower) not in ENTRY_OF:
        return None
    start = joined
    while start > 0 and (
        start == joined
        or words[start].token.pos_ in ("NOUN", "PROPN", "ADJ")
        or designations.CALIBRE.match(words[start].lower)
    ):
        if (found := state_before(reading, start) or _before_calibres(reading, start)) is not None:
            return None if _is_recipient(reading, start, found[1]) else found[0]
        if reading.gap(start - 1) != " ":
            break
        start -= 1
    return _shared(reading, joined) if start >= joined - 1 else None
