"""Where a claim that came as a record stands on the page."""

from __future__ import annotations

import re
from bisect import bisect_left

from ..data.records import Document, Span, Zone

_WORD = re.compile(r"\w[\w’'-]*")


def anchors_of(document: Document) -> list[tuple[int, int]]:
    """Where each claim stands on the page: a record does not say, so a word near its parts that nothing else covers.

    It is the last word before the first thing of its cargo, where its verb often is, else the first behind its cue
    or its date; a claim without any of them stands behind the claim before it. No two stand on one word.
    """
    text = document.text or ""
    places = {span.id: span for span in document.spans}
    covered = bytearray(len(text))
    records: list[Span | Zone] = [*document.spans, *document.zones]
    for record in records:
        covered[record.start : record.end] = b"\1" * (record.end - record.start)
    words = [match.span() for match in _WORD.finditer(text)]
    free = [word for word in words if not any(covered[word[0] : word[1]])]
    long = [word for word in free if word[1] - word[0] > 3]
    taken: set[tuple[int, int]] = set()
    found: list[tuple[int, int]] = []
    for claim in document.claims:
        cargo = [places[one].start for row in claim.cargo for one in (row.item, row.quantity) if one in places]
        others = [places[one] for one in (claim.cue, *claim.when, *claim.holders) if one in places]
        start = min(cargo) if cargo else others[0].end if others else found[-1][1] if found else 0
        word = _nearest(long, start, taken, before=bool(cargo)) or _nearest(free, start, taken, before=bool(cargo))
        word = word or _nearest(words, start, taken, before=False) or (0, len(text))
        taken.add(word)
        found.append(word)
    return found


def _nearest(
    words: list[tuple[int, int]], place: int, taken: set[tuple[int, int]], *, before: bool
) -> tuple[int, int] | None:
    """The nearest word that is not taken: before the place where that is wanted and there is one, else behind it."""
    middle = bisect_left(words, (place, place))
    behind = (word for word in words[middle:] if word not in taken)
    ahead = (word for word in reversed(words[:middle]) if word not in taken)
    for side in (ahead, behind) if before else (behind, ahead):
        word = next(side, None)
        if word is not None:
            return word
    return None
