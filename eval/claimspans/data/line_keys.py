"""Which lines have which keys, and whether each stands once in its object: of two alike msgspec takes the last."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from operator import attrgetter

import msgspec
import numpy as np
from msgspec import UNSET


class Keys:
    """The keys of some lines of JSON."""

    def __init__(self, part: bytes) -> None:
        self._part = part
        raw = np.frombuffer(part, dtype=np.uint8)
        colon = raw[1:] == ord(":")
        self._blanks = bool((colon & (raw[:-1] <= ord(" "))).any())
        """Whether a blank may precede a colon."""
        # Inside a string, the quotation mark before a colon is behind a backslash.
        marks = np.flatnonzero((raw[:-1] == ord('"')) & colon)
        self.total = int((raw[marks - 1] != ord("\\")).sum())
        if self._blanks:
            self.total = len(re.findall(rb'(?<!\\)"\s*:', part))

    def told(self, rows: Sequence[msgspec.Struct]) -> Counter[str]:
        """How often rows have each of their fields; what they require is not looked for.

        Left out are fields that have another name in the rows, as the attributes of a schema do.
        """
        told: Counter[str] = Counter()
        optional = []
        kinds = set(map(type, rows))
        for kind in kinds:
            own = rows if len(kinds) == 1 else [row for row in rows if type(row) is kind]
            for field in msgspec.structs.fields(kind):
                if field.encode_name != field.name:
                    continue
                if field.required:
                    told[field.name] += len(own)
                else:
                    optional.append((field.name, own))
        for name, own in optional if told.total() < self.total else ():
            told[name] += len(own) - list(map(attrgetter(name), own)).count(UNSET)
        return told

    def each_stands_once(self, told: Mapping[str, int]) -> bool:
        """Whether the lines have these keys as often as the rows do, whatever other keys they have."""
        if sum(told.values()) == self.total:
            return True  # there are no others
        return all(self._standing(key.encode()) == count for key, count in told.items() if count)

    def _standing(self, key: bytes) -> int:
        return len(re.findall(rb'"%b"\s*:' % key, self._part)) if self._blanks else self._part.count(b'"%b":' % key)


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
