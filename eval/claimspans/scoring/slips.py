"""How many predictions of each article would be strictly right if their offsets counted something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..data.offset_conventions import OF_OFFSETS, READINGS, moved, option, slip_of_score
from .counts import Counts
from .entries import Entries, Name, entries_of
from .overlaps import Columns


def slips(gold: Columns, predicted: Columns, texts: Sequence[str | None] | None) -> Entries:
    """By reading, named by its parts with a blank between; of units only where the articles' texts are known."""
    found: dict[tuple[int, Name], int] = {}
    known = set(_rows(gold))
    for reading in OF_OFFSETS:
        if texts is None and {"utf16", "utf8"} & set(reading):
            continue
        name = (" ".join(reading),)
        for doc, label, start, end in _rows(predicted):
            place = moved(None if texts is None else texts[doc], start, end, reading)
            if place is not None and (doc, label, *place) in known:
                found[doc, name] = found.get((doc, name), 0) + 1
    return entries_of(((doc, name, (count,)) for (doc, name), count in found.items()), 1)


def _rows(side: Columns) -> Iterator[tuple[int, ...]]:
    return zip(side.doc.tolist(), side.label.tolist(), side.start.tolist(), side.end.tolist(), strict=True)


def slip(strict: Counts, right: Mapping[Name, tuple[int, ...]]) -> Iterator[str]:
    """Whether most predictions would be right under another reading, in a sentence; ``right`` is a sum of `slips`."""
    found = slip_of_score(strict.ACT_COR, strict.ACT, lambda reading: right.get((" ".join(reading),), (0,))[0])
    if found is not None:
        reading, count = found
        meant = " and ".join(READINGS[name] for name in reading)
        yield (
            f"{count} of {strict.ACT} predictions would be strictly right, instead of {strict.ACT_COR}, if {meant}. "
            f"Where they do, {option(reading)} reads them so."
        )
