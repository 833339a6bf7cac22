"""Text folded for comparison, with a map back to its code points."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import msgspec

_ALIKE = (
    dict.fromkeys("‘’‚‛′‵‹›`´ʹʻʼʽˈ＇", "'")
    | dict.fromkeys("“”„‟″‶«»〝〞〟ʺ＂", '"')
    | dict.fromkeys("−⁃", "-")
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff", "")
    | {"…": "...", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
)
"""What people and programs write for one another. What is invisible (a soft hyphen) folds to nothing."""

_RUNS = " -"
"""A run of these is one: "--" is written for a dash, and line breaks and indents for a blank."""


@lru_cache(maxsize=1 << 14)
def fold_sign(sign: str, case: bool = True) -> str:
    """One code point, folded; the upper case first because that of ı and ſ is also another letter's."""
    if sign.isspace():
        return " "
    plain = unicodedata.normalize("NFD", sign.upper().casefold() if case else sign)
    return "".join("-" if unicodedata.category(one) == "Pd" else _ALIKE.get(one, one) for one in plain)


class Folded(msgspec.Struct, frozen=True):
    """``text`` in folded signs; the sign at ``k`` stands for the code points ``starts[k]`` to ``ends[k]``."""

    text: str
    starts: list[int]
    ends: list[int]

    def whole(self, first: int, last: int) -> bool:
        """Whether ``text[first:last]`` begins and ends between code points, and not inside what one (ß) folds to."""
        starts = self.starts
        return (first == 0 or starts[first - 1] != starts[first]) and (
            last == len(starts) or starts[last] != starts[last - 1]
        )


def fold(text: str, case: bool = True) -> Folded:
    """Case (where ``case``), quotes, dashes, white space and composed letters made alike.

    Each code point folds by itself (full case folding and canonical decomposition of Unicode, chapters 3.13 and 3.11;
    several marks on one letter are left in their order), runs of white space and of dashes fold to one sign.
    """
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, source in enumerate(text):
        for sign in fold_sign(source, case):
            if signs and sign == signs[-1] and sign in _RUNS:
                ends[-1] = place + 1
            else:
                signs.append(sign)
                starts.append(place)
                ends.append(place + 1)
    return Folded("".join(signs), starts, ends)


def folded(text: str) -> str:
    """The folded text alone, without outer blanks.

    >>> folded(" “North\\nKorea’s” —  STRASSE, straße")
    '"north korea\\'s" - strasse, strasse'
    """
    return fold(text).text.strip(" ")
