"""Site furniture and repeated lines: what of a text is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPENERS = (
    r"share(?: this)?|read (?:also|more|next)|related(?: posts| articles| stories)?|more (?:on this|stories|from)|"
    r"see also|"
    r"photo(?:graph)?s?|pictures?|images?|image source|source|credits?|caption|follow us|subscribe|sign up|"
    r"tags?|topics|"
    r"advertisement|sponsored|watch|listen|reporting by|editing by|edited by|writing by|translated by|most read|"
    r"recommended|comments?|newsletter|donate|support us|copyright|cookies?|don['’]t miss|you may also like"
)
_FURNITURE = re.compile(
    rf"[\W_]*(?:(?:{_OPENERS})\s*[:|–—-].*|(?:related posts?|related articles|advertisement|most read|read more|"
    r"comments|ends|"
    r"share this article|subscribe|sign up|newsletter)\W*|by [A-Z][\w.’'-]+ [A-Z][^.!?]{2,60}|\((?:"
    r"edited|photo|image|picture|"
    r"source|translated|reporting)\b.*\)|(?:[©📷📸●▶#]|\(c\)).{0,120}|.{0,60}\|.{0,160}|(?:#\w+\s*)+)\s*",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"\s*By [A-Z]")
_DIGITS = re.compile(r"\b(?:19|20)\d\d\b")
_SHORTEST = 12
_CREDIT = 6
"""Words of a credit with its "Source:"; a longer line is a headline of what a source says."""


def zones(text: str) -> Iterator[tuple[int, int]]:
    """The lines that are furniture, and those that repeat an earlier one word for word."""
    seen: set[str] = set()
    for match in re.finditer(r"[^\n]+", text):
        line = " ".join(match[0].split())
        repeated = line in seen and len(line) >= _SHORTEST
        seen.add(line)
        if repeated or _is_furniture(match[0]):
            yield match.span()


def _is_furniture(line: str) -> bool:
    if not _FURNITURE.fullmatch(line):
        return False
    if line.strip().lower().startswith("by "):
        return bool(_BYLINE.match(line))
    if line.strip().lower().startswith("source:") and len(line.split()) > _CREDIT:
        return False
    return not ("|" in line and _DIGITS.search(line))  # a publication line is read
