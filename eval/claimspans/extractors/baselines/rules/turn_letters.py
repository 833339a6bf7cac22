"""The letters that label questions and answers, with whatever sign behind them: "Q. And in May?", "A - None."."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LETTERED = re.compile(
    r"^[ \t]*(?P<letter>[QA])(?P<number>\d{0,3})"
    r"(?P<sign>\.[ \t]*[-–—]?|[ \t]*[-–—])?(?P<gap>[ \t]+)(?=[\w“\"‘$])[^\n]*",
    re.MULTILINE,
)


def letter_signs(source: str) -> Iterator[tuple[int, int, str]]:
    """The signs or blanks behind such letters, read as a colon: of answers those right behind a question."""
    asked = -1
    for match in _LETTERED.finditer(source):
        sign, answers = match["sign"], match["letter"] == "A"
        follows = asked >= 0 and not source[asked : match.start()].strip()
        if follows if answers else (sign or (not match["number"] and "?" in match[0])):
            yield (*match.span("sign"), ":") if sign else (*match.span("gap"), ": ")
        asked = -1 if answers else match.end()
