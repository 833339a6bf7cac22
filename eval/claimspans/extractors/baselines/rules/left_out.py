"""Goods that only say the kind of a head that comes behind "and": rifle and mortar ammunition."""

from __future__ import annotations

from .goods import ENTRY_OF, MASS, PACKAGES_OF
from .heads import entry_of, is_modifier
from .origins import state_before
from .plain_text import PlainText, one_of, singular
from .premodifiers import KINDS_OF
from .word_lists import words as word_set

_UNCHANGED = word_set("cannon aircraft spacecraft craft shot")
"""Nouns with the same plural."""
_STUFFS = ("ML7", "ML8", "ML21", "ML22")
"""Entries whose goods are no single things."""


def is_left_out(reading: PlainText, first: int, index: int, head: str) -> bool:
    """Whether it is a mere modifier of a head that comes behind "and": rifle and mortar ammunition."""
    words = reading.words
    mass = head.rsplit("-", maxsplit=1)[-1] in MASS | _UNCHANGED or ENTRY_OF.get(head.replace("-", " ")) in _STUFFS
    if words[index].lower != head or index + 2 >= len(words):
        return False
    behind = index + 1
    while behind + 2 < len(words) and words[behind].lower == "," and words[behind + 1].token.tag_ in ("NN", "JJ"):
        behind += 2
    if words[behind].lower not in ("and", "or", "/") or reading.plain[words[behind].start - 1] != " ":
        return False
    before = words[first - 1] if first else None
    if first == index and _is_paired(reading, index, behind + 1):
        return before is None or before.lower not in ("a", "an", "one")
    if behind + 1 < len(reading.words) and _is_single(reading, behind + 1):
        return False
    if mass and not (index + 3 < len(words) and f"{head} {one_of(words[index + 3].lower)}" in ENTRY_OF):
        return False
    bare = (
        before is None
        or (before.is_sign and reading.plain[before.end] != " ")
        or before.text in ",;:-—().!?"
        or before.lower in ("of", "for", "with", "in", "and", "or", "from", "by", "to", "both")
    )
    bare = (
        bare or (before is not None and before.token.pos_ in ("VERB", "ADP", "SCONJ")) or _is_bare_state(reading, first)
    )
    return bare and first == index


def _is_paired(reading: PlainText, index: int, other: int) -> bool:
    """Whether two words of one kind stand before a head that both say the kind of: howitzer and mortar shells."""
    words = reading.words
    if other + 1 >= len(words) or reading.gap(other) != " ":
        return False
    second, head = words[other], words[other + 1]
    one = singular(head)
    if (
        not head.is_noun
        or second.lower in ("spare", "replacement")
        or (one == head.lower and one not in MASS)
        or one in PACKAGES_OF
    ):
        return False
    if words[index].token.pos_ == "ADJ":
        return second.token.pos_ == "ADJ" and entry_of(reading, other + 1) is not None
    found = entry_of(reading, other)
    said = second.lower in KINDS_OF and entry_of(reading, other + 1) is not None
    return said or (found is not None and found[1] == 1 and second.lower == singular(second))


def _is_single(reading: PlainText, index: int) -> bool:
    """Whether a word is one thing, which nothing before it says the kind of: a tank, gun or rifle."""
    word = reading.words[index]
    following = reading.words[index + 1] if index + 1 < len(reading.words) and reading.gap(index) == " " else None
    found = entry_of(reading, index)
    if found is None or found[0] in _STUFFS or singular(word) != word.lower or word.lower in MASS | _UNCHANGED:
        return False
    return following is None or not is_modifier(reading, index, word.lower)


def _is_bare_state(reading: PlainText, first: int) -> bool:
    """Whether the adjective of a state stands before a word, and no article before that."""
    state = state_before(reading, first)
    if state is None:
        return False
    before = reading.words[state[1] - 1].lower if state[1] and reading.gap(state[1] - 1) == " " else ""
    return before not in ("a", "an", "the", "one", "its", "their", "his", "her")
