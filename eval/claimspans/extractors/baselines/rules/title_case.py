"""Headlines Whose Words All Have Capitals: which of their words are read in small letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....text.dates import MONTHS, WEEKDAYS
from .parsing import is_english
from .source_words import KIND_OF, OFFICES, TITLES
from .states import States
from .word_lists import words

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|\d[\d.,]*")
_SMALL = words(
    "a an the of in on at to for and or but nor by with from as over into under after before than off out up via per "
    "is its not no s"
)
"""Words that have no capital in such a line either."""
_FEWEST = 4
_CALENDAR = {*MONTHS, *WEEKDAYS}
_PLACES = words("port cape lake mount fort camp saint san isle bay river street")
_BODIES = ("body", "organisation", "media")


def small_words(source: str, known: States) -> Iterator[tuple[int, int]]:
    """Where the words of such headlines stand that are no names."""
    lines = [line for line in _LINE.finditer(source) if _is_titled(line[0], known)]
    if not lines:
        return
    rest = _LINE.sub(lambda line: "" if _is_titled(line[0], known) else line[0], source)
    named = set(re.findall(r"(?<=[a-z,] )[A-Z][^\W\d_]+", rest))
    for line in lines:
        each = list(_WORD.finditer(source, *line.span()))
        kept = {index for index in range(len(each)) if _is_name(each, index, known) or each[index][0] in named}
        for index, word in enumerate(each):
            opens = not source[line.start() : word.start()].strip(" “\"'‘(—–-") or source[word.start() - 2] in ":.!?"
            if index not in kept and not opens and word[0].istitle():
                yield word.span()


def _is_titled(line: str, known: States) -> bool:
    """Whether every longer word has a capital, and some have one that are no names."""
    said = _WORD.findall(line)
    if len(said) < _FEWEST or line.isupper() or line.rstrip()[-1:] in '.:;,”"' or "|" in line:
        return False
    others = [word for word in said[1:] if word[0].isalpha() and word.lower() not in _SMALL]
    plain = [word for word in others if is_english(word.lower()) and known.code(word) is None]
    return all(word[0].isupper() for word in others) and len(plain) > 1 and len(plain) * 2 >= len(others)


def _is_name(said: list[re.Match[str]], index: int, known: States) -> bool:
    word = said[index][0]
    lower = re.sub("[’']s$", "", word.lower())
    behind = said[index + 1][0] if index + 1 < len(said) else ""
    before = said[index - 1][0] if index else ""
    if not is_english(lower) or known.code(word) or known.is_seat(word) or lower in _CALENDAR or not word.istitle():
        return True
    if any(known.code(pair) is not None for pair in (f"{before} {word}", f"{word} {behind}")):
        return True
    strange = behind.istitle() and not is_english(behind.lower()) and known.code(behind) is None
    if strange and (lower in TITLES | OFFICES or lower in _PLACES):
        return True
    body = KIND_OF.get(lower) in _BODIES
    return len(word) == 1 or body or (KIND_OF.get(behind.lower()) in _BODIES and behind.istitle())
