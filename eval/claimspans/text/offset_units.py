"""Offsets in UTF-16 units or UTF-8 bytes, as other languages count them, in code points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

UNITS = ("codepoint", "utf16", "utf8")


def code_points(text: str, unit: str) -> Mapping[Any, int]:
    """For each offset in ``unit`` at which a character begins, or the text ends, its offset in code points.

    An offset inside a character (the second half of a surrogate pair, a continuation byte) is not there.

    >>> code_points("a🚀b", "utf16")
    {0: 0, 1: 1, 3: 2, 4: 3}
    """
    if unit == "codepoint":
        return {}
    found, at = {0: 0}, 0
    for number, sign in enumerate(text, 1):
        at += (1 + (ord(sign) > 0xFFFF)) if unit == "utf16" else len(sign.encode("utf-8", "surrogatepass"))
        found[at] = number
    return found
