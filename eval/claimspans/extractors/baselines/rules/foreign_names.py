"""Names in other scripts than Latin, for which a parser of English is given English ones to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LETTER = r"(?:(?![\u1e00-\u1eff\ufb00-\ufb06\uff21-\uff5a])[^\W\d_a-zA-Z\u00aa-\u036f])"
_MARKED = rf"(?:{_LETTER}[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u00ad\u200b-\u200f\u2066-\u2069]*)"
_WORD = rf"{_MARKED}{{2,}}(?![\w-])"
_NAME = re.compile(rf"(?<![\w“‘\"'«„-])[\u200e\u200f\u2066-\u2069]?(?P<words>{_WORD}(?:[ -]{_WORD}){{0,3}})")
_FIRST = ("Peter", "Martin", "Robert", "Daniel", "Victor", "Thomas")
_LAST = ("Miller", "Larsson", "Harding", "Novak", "Fischer", "Carlson", "Jensen", "Walker", "Morgan", "Bennett")


def stand_ins(source: str) -> Iterator[tuple[int, int, str]]:
    """The places of the words of such names, each with the English name that is read there."""
    given: dict[str, str] = {}
    free = {names: [name for name in names if name not in source] for names in (_FIRST, _LAST)}
    for match in _NAME.finditer(source):
        words = list(re.finditer(rf"{_MARKED}+", match["words"]))
        for word in words:
            names = free[_FIRST if word is words[0] and len(words) > 1 else _LAST]
            if word[0] not in given and not names:
                return
            name = given[word[0]] if word[0] in given else given.setdefault(word[0], names.pop(0))
            yield word.start() + match.start("words"), word.end() + match.start("words"), name
