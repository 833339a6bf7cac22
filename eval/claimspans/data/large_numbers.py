"""Numbers in JSON that may have more than 64 bits, or be more than a float can be, found without decoding it."""

from __future__ import annotations

import re

import numpy as np

_LARGE = re.compile(rb"[\s:,\[]-?(?:\d{19}|\d[\d.]*[eE]\+?\d{3})")
_BEFORE, _BEHIND = 64, 24
"""Bytes around a candidate that tell whether it is a number: most are in hashes and names."""


def may_hold_large_number(part: bytes) -> bool:
    """Whether bytes of JSON have a number of 19 digits or more, or with an exponent of three, outside of strings."""
    raw = np.frombuffer(part, dtype=np.uint8)
    if len(raw) < len("1e999"):
        return False
    digit = raw - ord("0") < 10  # what is less than "0" wraps round
    run = digit
    for step in (1, 2, 4, 8, 3):  # runs of 2, 4, 8, 16 and 19 digits
        run = run[:-step] & run[step:]
    exponent = digit[:-4] & ((raw[1:-3] | 32) == ord("e")) & digit[3:-1] & digit[4:]
    exponent &= digit[2:-2] | (raw[2:-2] == ord("+"))
    places = np.concatenate([np.flatnonzero(run), np.flatnonzero(exponent)]).tolist()
    return any(_LARGE.search(part, max(0, place - _BEFORE), place + _BEHIND) for place in places)
