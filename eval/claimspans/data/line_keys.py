"""Which lines have which keys, and whether each stands once in its object: of two alike msgspec takes the last."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

import msgspec
import numpy as np
from msgspec import UNSET


def keys_told(part: bytes, rows: Iterable[tuple[type[msgspec.Struct], list[Any]]]) -> Counter[str]:
    """How often rows of each type have each of their fields; 0 where the bytes of which they are have no such key."""
    told: Counter[str] = Counter()
    for kind, own in rows:
        for field in msgspec.structs.fields(kind) if own else ():
            if field.required:
                told[field.name] += len(own)
            elif b'"%b"' % field.name.encode() in part:
                told[field.name] += len(own) - list(map(attrgetter(field.name), own)).count(UNSET)
    return told


def each_stands_once(part: bytes, told: Mapping[str, int]) -> bool:
    """Whether the bytes have these keys as often as the rows do, whatever other keys they have."""
    blanks = _may_have_blanks(part)
    return all(_standing(part, key.encode(), blanks) == count for key, count in told.items() if count)


def all_are_told(part: bytes, count: int) -> bool:
    """Whether the bytes have so many keys."""
    return _standing(part, b"", _may_have_blanks(part)) == count


def _standing(part: bytes, key: bytes, blanks: bool) -> int:
    """How often a key stands in the bytes, or any if it is empty; blanks say whether some may precede a colon.

    Inside a string, the quotation mark before a colon is behind a backslash.
    """
    if blanks:
        return len(re.findall(rb'"%b"\s*:' % key if key else rb'(?<!\\)"\s*:', part))
    return part.count(b'"%b":' % key) if key else part.count(b'":') - part.count(b'\\":')


def _may_have_blanks(part: bytes) -> bool:
    raw = np.frombuffer(part, dtype=np.uint8)
    return bool(((raw[1:] == ord(":")) & (raw[:-1] <= ord(" "))).any())


def lines_with(part: bytes, *marks: bytes) -> tuple[bytes, list[bytes]]:
    """The lines without any of these marks, which most are, as they stand, and those with one."""
    places = []
    for mark in marks:
        place = part.find(mark)
        while place >= 0:
            places.append(place)
            place = part.find(mark, place + len(mark))
    without, others, done = [], [], 0
    for place in sorted(places):
        if place >= done:
            start = part.rfind(b"\n", 0, place) + 1
            end = part.find(b"\n", place)
            without.append(part[done:start])
            done = len(part) if end < 0 else end + 1
            others.append(part[start:done])
    return b"".join([*without, part[done:]]), others
