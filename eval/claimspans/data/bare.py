"""Lines of nothing but doc, label, start and end, read by columns with no object made for a line.

The first line of a file is a template: its keys, their order and the blanks between them. Every line that has the
same bytes around its values is read with a few operations on whole columns, eight bytes at a time; the values are
strings without escapes and whole numbers of at most seven digits, so that what is accepted is JSON and means what a
JSON parser would make of it. Anything else is declined, and the caller reads the file line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

CHUNK = 1 << 19
"""Bytes read at a time: small enough for the columns of a chunk to stay in the processor's cache."""

_PADDING = 512
"""Bytes before and behind a chunk: no cursor gets further, for a line's text and strings are shorter."""

_WORDS = 4
"""Strings of up to 31 bytes are compared by columns: so many words of eight bytes."""

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Lengths = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]

_VALUE = re.compile(rb'"([^"\\\x00-\x1f]*)"|(0|[1-9][0-9]*)')
_LINE = re.compile(rb'\s*\{\s*("(?:doc|label|start|end)"\s*:\s*(?:"[^"\\\x00-\x1f]*"|\d+)\s*[,}]\s*){4}\r?\n?')
_KEY = re.compile(rb'"(doc|label|start|end)"\s*:\s*')


class Bare(msgspec.Struct, frozen=True):
    """The spans of a file as columns; ``doc`` and ``label`` are positions in ``docs`` and ``labels``."""

    docs: list[str]
    labels: list[str]
    doc: Small
    label: Small
    start: Small
    end: Small
    looked_up: tuple[_Names, _Names]


class _DeclinedError(Exception):
    """The file is not bare throughout."""


class _Template(msgspec.Struct, frozen=True):
    """``before[i]`` are the bytes before the value of ``keys[i]``, ``after`` those behind the last one."""

    keys: tuple[str, ...]
    before: tuple[bytes, ...]
    after: bytes

    @property
    def shortest(self) -> int:
        """The bytes of a line whose values have one each."""
        return sum(map(len, self.before)) + len(self.before) + len(self.after)


def read_bare(path: Path, before: Bare | None = None) -> Bare | None:
    """The columns of a file whose every line is bare; None where one is not, and nothing is known of the file then.

    Behind the file ``before`` the names that it has keep their numbers, and new ones follow.
    """
    try:
        return _read(path, *(before.looked_up if before is not None else (_Names(), _Names())))
    except _DeclinedError:
        return None


def _read(path: Path, docs: _Names, labels: _Names) -> Bare:
    columns: Small | None = None
    lines = 0
    for chunk in _chunks(path):
        if columns is None:
            template = _template(chunk[_PADDING:])
            # As long as a file of the shortest lines needs: memory that is not written to is none.
            columns = np.empty((4, path.stat().st_size // template.shortest + 1), dtype=np.int32)
        found = _columns(chunk, template)
        here = columns[:, lines : lines + len(found.numbers["start"])]
        here[0], here[1] = docs.codes(*found.strings["doc"]), labels.codes(*found.strings["label"])
        here[2], here[3] = found.numbers["start"], found.numbers["end"]
        lines += here.shape[1]
    if columns is None:
        raise _DeclinedError
    doc, label, start, end = columns[:, :lines]
    return Bare(list(docs.names), list(labels.names), doc, label, start, end, (docs, labels))


def _chunks(path: Path) -> Iterator[npt.NDArray[np.uint8]]:
    """The file in pieces that end where a line ends; before and behind each there are `_PADDING` further bytes."""
    buffer = np.zeros(_PADDING + 2 * CHUNK + _PADDING, dtype=np.uint8)
    room = buffer[_PADDING:-_PADDING]
    held = 0
    with path.open("rb", buffering=0) as file:
        while got := file.readinto(memoryview(room.data)[held:]):
            held += got
            cut = _last_line_end(room, held - got, held)
            if not cut:
                if held == len(room):
                    raise _DeclinedError
                continue
            yield buffer[: _PADDING + cut + _PADDING]
            room[: held - cut] = room[cut:held]
            held -= cut
    if held:
        buffer[_PADDING + held] = ord("\n")
        yield buffer[: _PADDING + held + 1 + _PADDING]


def _last_line_end(buffer: npt.NDArray[np.uint8], first: int, last: int) -> int:
    """Where the last line of the bytes from ``first`` to ``last`` ends, 0 where none does."""
    for place in range(last, first, -4096):
        ends = np.flatnonzero(buffer[max(first, place - 4096) : place] == ord("\n"))
        if len(ends):
            return max(first, place - 4096) + int(ends[-1]) + 1
    return 0


def _template(chunk: npt.NDArray[np.uint8]) -> _Template:
    head = chunk[:65536].tobytes()
    line = head[: head.find(b"\n")]
    if not _LINE.fullmatch(line):
        raise _DeclinedError
    keys, before, place = [], [], 0
    for match in _KEY.finditer(line):
        value = _VALUE.match(line, match.end())
        is_string = match[1] in (b"doc", b"label")
        if value is None or (value[1] is not None) != is_string:
            raise _DeclinedError
        keys.append(match[1].decode())
        before.append(line[place : value.start() + is_string])
        place = value.end() - is_string
    texts = sum(map(len, before)) + len(line) - place
    if sorted(keys) != ["doc", "end", "label", "start"] or texts + 2 * 8 * _WORDS + 2 * 8 + 8 > _PADDING:
        raise _DeclinedError
    return _Template(tuple(keys), tuple(before), line[place:] + b"\n")


class _Found(msgspec.Struct):
    """Of each string key the words and the lengths, of each number key the values."""

    strings: dict[str, tuple[list[Words], Lengths]]
    numbers: dict[str, Small]


def _columns(chunk: npt.NDArray[np.uint8], template: _Template) -> _Found:
    """The values of a chunk's lines; raises `_DeclinedError` at the first column in which a line differs."""
    ends = np.flatnonzero(chunk[_PADDING:-_PADDING] == ord("\n")) + _PADDING
    # What ends a line and what begins the next are looked at together; before the first line it is put there.
    after = len(template.after)
    chunk[_PADDING - after : _PADDING] = np.frombuffer(template.after, dtype=np.uint8)
    cursor = np.empty_like(ends)
    cursor[0], cursor[1:] = _PADDING - after, ends[:-1] + (1 - after)
    found = _Found({}, {})
    first, *between = template.before
    for key, text in zip(template.keys, [template.after + first, *between], strict=True):
        cursor += len(text)
        if key in ("doc", "label"):
            parts, length = _string(_behind(chunk, cursor, text, _WORDS))
            found.strings[key] = (parts, length)
        else:
            found.numbers[key], length = _number(_behind(chunk, cursor, text, 1)[0])
        cursor += length
    last = chunk[cursor[-1] : ends[-1] + 1].tobytes()
    if last != template.after or not np.array_equal(cursor + (after - 1), ends):
        raise _DeclinedError
    return found


def _low(length: int) -> np.uint64:
    """A mask of so many low bytes."""
    return np.uint64((1 << 8 * length) - 1)


def _behind(chunk: npt.NDArray[np.uint8], cursor: Ints, text: bytes, count: int) -> list[Words]:
    """So many words from the cursor of each line on, the first byte the lowest; every line has the text before it.

    The text and what follows it are fetched together: each fetch from odd places costs as much as many bytes more.
    """
    before = -(-len(text) // 8)
    size = 8 * (before + count)
    # An item of this many bytes from every byte on, without a copy.
    items = np.ndarray(len(chunk) - size + 1, dtype=f"V{size}", buffer=chunk, strides=(1,))
    words = items[cursor - 8 * before].view("<u8").reshape(len(cursor), before + count)
    wanted = np.frombuffer(text.rjust(8 * before, b"\0"), dtype="<u8")
    for place, word in enumerate(wanted):
        here = words[:, place]
        if not place:
            here = here & ~_low(8 * before - len(text))
        if not (here == word).all():
            raise _DeclinedError
    return [words[:, before + place] for place in range(count)]


_ONES = np.uint64(0x0101010101010101)
_TOPS = np.uint64(0x8080808080808080)


def _bytes_before(marks: Words) -> Lengths:
    """How many bytes of a word stand before the first whose top bit is marked, 8 where none is."""
    length: Lengths = np.bitwise_count((marks - np.uint64(1)) & ~marks) >> 3
    return length


def _first(word: Words, byte: str) -> Lengths:
    """How many bytes of a word stand before the first such byte, 8 where there is none."""
    differs = word ^ (_ONES * np.uint64(ord(byte)))
    # Borrows mark further bytes only above the first zero byte, and only the lowest mark counts.
    return _bytes_before((differs - _ONES) & ~differs & _TOPS)


_MASKS = np.array([_low(length) for length in range(9)], dtype=np.uint64)


def _string(words: list[Words]) -> tuple[list[Words], Lengths]:
    """The bytes up to the next quotation mark, as zero-padded words, and how many they are."""
    length = _first(words[0], '"')
    parts = [words[0] & _MASKS[length]]
    going = np.flatnonzero(length == 8)
    for word in words[1:]:
        if not len(going):
            break
        # Only the longer strings are looked at further; the others have nothing there.
        here = word[going]
        until = _first(here, '"')
        part = np.zeros_like(parts[0])
        part[going] = here & _MASKS[until]
        parts.append(part)
        length[going] += until
        going = going[until == 8]
    if len(going):
        raise _DeclinedError
    return parts, length


def _number(word: Words) -> tuple[Small, Lengths]:
    """The whole number that a word begins with, without sign or leading zero, and how many digits it has."""
    value = word ^ (_ONES * np.uint64(ord("0")))
    # A byte is a digit where this is below 10: where adding 118 does not reach the top bit, and that was not set.
    digits = _bytes_before(((value & ~_TOPS) + _ONES * np.uint64(118) | value) & _TOPS)
    zero_first = (value & np.uint64(0xFF)) == 0
    if not ((digits > 0) & (digits < 8) & ~(zero_first & (digits > 1))).all():
        raise _DeclinedError
    # Right-align the digits and add them pairwise, in fours, in eights.
    value <<= (64 - 8 * digits).astype(np.uint64)
    value = (value * np.uint64(2561) >> np.uint64(8)) & np.uint64(0x00FF00FF00FF00FF)
    value = (value * np.uint64(6553601) >> np.uint64(16)) & np.uint64(0x0000FFFF0000FFFF)
    value = (value * np.uint64(42949672960001)) >> np.uint64(32)
    return value.astype(np.int32), digits


class _Names:
    """The strings of a column as numbers in order of first appearance."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._codes: dict[bytes, int] = {}

    def codes(self, parts: list[Words], length: Lengths) -> Small:
        """The codes of a chunk: long runs of one value are looked up, else few values are compared with every line."""
        heads = np.flatnonzero(_changes([length, *parts]))
        if len(heads) * _FEW <= len(length):
            return self._of_runs(parts, length, heads)
        codes = np.full(len(length), -1, dtype=np.int32)
        if len(self.names) <= _FEW:
            for raw, code in self._codes.items():
                codes[_equal(parts, length, raw)] = code
        rest = np.flatnonzero(codes < 0)
        for _ in range(_FEW):
            if not len(rest):
                return codes
            (raw,) = _bytes(parts, length, rest[:1])
            same = _equal([part[rest] for part in parts], length[rest], raw)
            if same.sum() * _FEW < len(rest):
                break
            codes[rest[same]] = self._look_up([raw])
            rest = rest[~same]
        if len(rest):
            parts, length = [part[rest] for part in parts], length[rest]
            codes[rest] = self._of_runs(parts, length, np.flatnonzero(_changes([length, *parts])))
        return codes

    def _of_runs(self, parts: list[Words], length: Lengths, heads: Ints) -> Small:
        return np.repeat(self._look_up(_bytes(parts, length, heads)), np.diff(heads, append=len(length)))

    def _look_up(self, raws: list[bytes]) -> Small:
        new = [raw for raw in dict.fromkeys(raws) if raw not in self._codes]
        try:
            names = msgspec.json.decode(b'["' + b'","'.join(new) + b'"]', type=list[str]) if new else []
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _DeclinedError from error
        if len(names) != len(new) or b"\\" in b"".join(new):
            raise _DeclinedError
        self._codes.update(zip(new, range(len(self.names), len(self.names) + len(new)), strict=True))
        self.names += names
        return np.array([self._codes[raw] for raw in raws], dtype=np.int32)


_FEW = 8


def _changes(columns: list[Words | Lengths]) -> npt.NDArray[np.bool_]:
    """Whether a line differs from the one before it; the first does."""
    new = np.ones(len(columns[0]), dtype=np.bool_)
    new[1:] = False
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return new


def _equal(parts: list[Words], length: Lengths, raw: bytes) -> npt.NDArray[np.bool_]:
    """Which lines have the string."""
    same: npt.NDArray[np.bool_] = length == len(raw)
    for index, part in enumerate(parts):
        same &= part == np.uint64(int.from_bytes(raw[8 * index : 8 * index + 8], "little"))
    return same


def _bytes(parts: list[Words], length: Lengths, lines: Ints) -> list[bytes]:
    """The strings of some lines; raises `_DeclinedError` for one with a zero byte, which is no JSON."""
    raws: list[bytes] = np.stack([part[lines] for part in parts], axis=1).view(f"S{8 * len(parts)}").ravel().tolist()
    if [len(raw) for raw in raws] != length[lines].tolist() or b"" in raws:
        raise _DeclinedError
    return raws
