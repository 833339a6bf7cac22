"""Whose organs a text speaks of where it names no state: of its heading, its dateline, or all it names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .source_words import KIND_OF, OFFICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .states import States

HEADING = 300
"""So many characters of an article say whose it is."""
_LEAD = 1000
_SHORT = 6
"""A first line of fewer words is the name of a house or an office."""
_ORGANS = OFFICES | {word for word, kind in KIND_OF.items() if kind == "body"}
_WORD = re.compile(r"\w+")
_DATELINE = re.compile(
    r"(?:^|[ ,/])(?P<place>[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+)?),? \(?"
    r"(?:\d{1,2}[. ]|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d)",
    re.MULTILINE,
)


@lru_cache(maxsize=64)
def home_of(text: str, known: States) -> str | None:
    """The state of whose organs an article speaks where it names no other."""
    own = own_home(text, known)
    organs = [] if own or len(text) <= 2 * HEADING else list(_with_organs(text, known))
    return organs[0] if len(organs) > 1 and len({*organs}) == 1 else own


@lru_cache(maxsize=64)
def own_home(text: str, known: States) -> str | None:
    """The state of the organ or of the place that an article itself is from."""
    if len(text) <= 2 * HEADING:
        named = known.named(text)
        return named[0] if len(named) == 1 else None
    title = text.strip().partition("\n")[0].title()
    found = known.named(title.partition(" Of ")[2]) if title.count(" ") < _SHORT else []
    found += _with_organs(text[:HEADING].title(), known)
    places = [dateline["place"].title() for dateline in _DATELINE.finditer(text[:_LEAD])]
    found += [code for place in places for code in known.named(place) if known.is_state(place)]
    opens = known.pattern.match(text.strip())
    found += known.named(opens[0]) if opens else []  # the title is about it: "Talvia owns up to the sale"
    return found[0] if found else None


def _with_organs(text: str, known: States) -> Iterator[str]:
    """The states whose organs and offices a text names: "Department of Talvia", "Talvian Ministry", "Talvia's army"."""
    for line in text.splitlines():
        for match in known.pattern.finditer(line):
            before = _WORD.findall(line[: match.start()].lower())[-4:]
            behind = _WORD.findall(line[match.end() :].partition(",")[0].lower())[:3]
            if ("of" in before[-2:] and not _ORGANS.isdisjoint(before)) or not _ORGANS.isdisjoint(behind):
                yield from known.named(match[0])
