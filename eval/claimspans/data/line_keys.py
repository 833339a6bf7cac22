"""Whether each key of decoded lines stands once in its object: of two that are alike msgspec takes the last."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import UNSET


def keys_told(rows: Iterable[tuple[type[msgspec.Struct], list[Any]]]) -> Counter[str]:
    """How often rows of each type have each of its fields."""
    told: Counter[str] = Counter()
    for kind, own in rows:
        for key in kind.__struct_fields__ if own else ():
            told[key] += len(own) - list(map(attrgetter(key), own)).count(UNSET)
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
    return any(blank in part for blank in (b" :", b"\t:", b"\r:", b"\n:"))
