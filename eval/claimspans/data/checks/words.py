"""The words of a span, whatever it is set in: what the rules of the guidelines compare."""

from __future__ import annotations

import re
import unicodedata

from ...text.normalize import folded


def plain(text: str) -> str:
    """The text in small letters, on one line, without what is invisible, and with one kind of quotes and dashes."""
    return unicodedata.normalize("NFC", folded(text))


def words_of(text: str) -> list[str]:
    """The words of a text in lower case; one empty word where there is none."""
    return re.findall(r"\w[\w'-]*", plain(text)) or [""]
