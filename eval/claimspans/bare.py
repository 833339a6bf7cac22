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

CHUNK = 1 << 20
"""Bytes read at a time: small enough for the columns of a chunk to stay in the processor's cache."""

_PADDING = 512
"""Bytes behind a chunk: no cursor gets further, for a line's text and strings are shorter."""

_WORDS = 3
"""Strings of up to 31 bytes are compared by columns: so many words behind the first."""

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
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


def read_bare(path: Path, before: Bare | None = None) -> Bare | None:
    """The columns of a file whose every line is bare; None where one is not, and nothing is known of the file then.

    Behind the file ``before`` the names that it has keep their numbers, and new ones follow.
    """
    try:
        return _read(path, *(before.looked_up if before is not None else (_Names(), _Names())))
    except _DeclinedError:
        return None


def _read(path: Path, docs: _Names, labels: _Names) -> Bare:
    columns: dict[str, list[Small]] = {"doc": [], "label": [], "start": [], "end": []}
    template: _Template | None = None
    for chunk in _chunks(path):
        template = template or _template(chunk)
        found = _columns(chunk, template)
        for key, names in (("doc", docs), ("label", labels)):
            columns[key].append(names.codes(*found.strings[key]))
        for key in ("start", "end"):
            columns[key].append(found.numbers[key])
    if template is None:
        raise _DeclinedError
    whole = {key: np.concatenate(columns.pop(key)) for key in list(columns)}
    return Bare(
        list(docs.names),
        list(labels.names),
        whole["doc"],
        whole["label"],
        whole["start"],
        whole["end"],
        (docs, labels),
    )


def _chunks(path: Path) -> Iterator[npt.NDArray[np.uint8]]:
    """The file in pieces that end where a line ends; behind each there are `_PADDING` further bytes to look at."""
    buffer = np.zeros(2 * CHUNK + _PADDING, dtype=np.uint8)
    held = 0
    with path.open("rb", buffering=0) as file:
        while got := file.readinto(memoryview(buffer.data)[held : 2 * CHUNK]):
            held += got
            cut = _last_line_end(buffer, held - got, held)
            if not cut:
                if held == 2 * CHUNK:
                    raise _DeclinedError
                continue
            yield buffer[: cut + _PADDING]
            buffer[: held - cut] = buffer[cut:held]
            held -= cut
    if held:
        buffer[held] = ord("\n")
        yield buffer[: held + 1 + _PADDING]


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
    if sorted(keys) != ["doc", "end", "label", "start"] or texts + 2 * 8 * (_WORDS + 1) + 2 * 8 + 8 > _PADDING:
        raise _DeclinedError
    return _Template(tuple(keys), tuple(before), line[place:] + b"\n")


class _Found(msgspec.Struct):
    """Of each string key the words and the lengths, of each number key the values."""

    strings: dict[str, tuple[list[Words], Ints]]
    numbers: dict[str, Small]


def _columns(chunk: npt.NDArray[np.uint8], template: _Template) -> _Found:
    """The values of a chunk's lines; raises `_DeclinedError` at the first column in which a line differs."""
    size = len(chunk) - _PADDING
    # Eight bytes from every byte on, without a copy: words[i] are the bytes i to i + 7, the first the lowest.
    words: Words = np.ndarray(len(chunk) - 7, dtype="<u8", buffer=chunk, strides=(1,))
    ends = np.flatnonzero(chunk[:size] == ord("\n"))
    # What ends a line and what begins the next are looked at together.
    first, *between = template.before
    _expect(words, np.zeros(1, dtype=np.int64), first)
    cursor = np.empty_like(ends)
    cursor[0], cursor[1:] = len(first), ends[:-1] + (1 + len(first))
    found = _Found({}, {})
    for key, behind in zip(template.keys, [*between, template.after], strict=True):
        if key in ("doc", "label"):
            parts, length = _string(words, cursor)
            found.strings[key] = (parts, length)
        else:
            found.numbers[key], length = _number(words, cursor)
        cursor += length
        if behind is template.after:
            _expect(words, cursor[:-1], behind + first)
            _expect(words, cursor[-1:], behind)
        else:
            _expect(words, cursor, behind)
            cursor += len(behind)
    if not np.array_equal(cursor + (len(template.after) - 1), ends):
        raise _DeclinedError
    return found


def _low(length: int) -> np.uint64:
    """A mask of so many low bytes."""
    return np.uint64((1 << 8 * length) - 1)


def _expect(words: Words, cursor: Ints, text: bytes) -> None:
    """Every line has the text at its cursor."""
    for place in range(0, len(text), 8):
        piece = text[place : place + 8]
        here = words[cursor + place]
        if len(piece) < 8:
            here &= _low(len(piece))
        if not (here == np.uint64(int.from_bytes(piece, "little"))).all():
            raise _DeclinedError


_ONES = np.uint64(0x0101010101010101)
_TOPS = np.uint64(0x8080808080808080)


def _first(word: Words, byte: str) -> Ints:
    """How many bytes of a word stand before the first such byte, 8 where there is none."""
    differs = word ^ (_ONES * np.uint64(ord(byte)))
    zero = (differs - _ONES) & ~differs & _TOPS
    # Borrows mark further bytes only above the first zero byte, and only the lowest mark counts.
    first: Ints = (np.bitwise_count(zero ^ (zero - np.uint64(1))) >> 3).astype(np.int64) - (zero != 0)
    return first


_MASKS = np.array([_low(length) for length in range(9)], dtype=np.uint64)


def _string(words: Words, cursor: Ints) -> tuple[list[Words], Ints]:
    """The bytes up to the next quotation mark, as zero-padded words, and how many they are."""
    first = words[cursor]
    length = _first(first, '"')
    parts = [first & _MASKS[length]]
    going = np.flatnonzero(length == 8)
    for index in range(1, _WORDS + 1):
        if not len(going):
            break
        # Only the longer strings are looked at further; the others have nothing there.
        word = words[cursor[going] + 8 * index]
        until = _first(word, '"')
        part = np.zeros_like(first)
        part[going] = word & _MASKS[until]
        parts.append(part)
        length[going] += until
        going = going[until == 8]
    if len(going):
        raise _DeclinedError
    return parts, length


def _number(words: Words, cursor: Ints) -> tuple[Small, Ints]:
    """The whole number at the cursor, without sign or leading zero, and how many digits it has."""
    word = words[cursor]
    # A byte is a digit where its high half is 3, also after adding 6.
    threes = np.uint64(0x3030303030303030)
    halves = np.uint64(0xF0F0F0F0F0F0F0F0)
    other = ((word & halves) ^ threes) | (((word + np.uint64(0x0606060606060606)) & halves) ^ threes)
    marks = (other | (other << np.uint64(1)) | (other << np.uint64(2)) | (other << np.uint64(3))) & _TOPS
    digits = (np.bitwise_count(marks ^ (marks - np.uint64(1))) >> 3).astype(np.int64) - (marks != 0)
    zero_first = (word & np.uint64(0xFF)) == np.uint64(ord("0"))
    if not ((digits > 0) & (digits < 8) & ~(zero_first & (digits > 1))).all():
        raise _DeclinedError
    # Right-align the digits and add them pairwise, in fours, in eights.
    value = (word & np.uint64(0x0F0F0F0F0F0F0F0F)) << ((8 - digits) * 8).astype(np.uint64)
    value = (value * np.uint64(2561) >> np.uint64(8)) & np.uint64(0x00FF00FF00FF00FF)
    value = (value * np.uint64(6553601) >> np.uint64(16)) & np.uint64(0x0000FFFF0000FFFF)
    value = (value * np.uint64(42949672960001)) >> np.uint64(32)
    return value.astype(np.int32), digits


class _Names:
    """The strings of a column as numbers in order of first appearance."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._codes: dict[bytes, int] = {}

    def codes(self, parts: list[Words], length: Ints) -> Small:
        """The codes of a chunk: few values are compared with every line, of many each run is looked up."""
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
            heads = np.flatnonzero(_changes([length[rest], *(part[rest] for part in parts)]))
            codes[rest] = np.repeat(self._look_up(_bytes(parts, length, rest[heads])), np.diff(heads, append=len(rest)))
        return codes

    def _look_up(self, raws: list[bytes]) -> Small:
        new = [raw for raw in dict.fromkeys(raws) if raw not in self._codes]
        try:
            names = msgspec.json.decode(b'["' + b'","'.join(new) + b'"]', type=list[str]) if new else []
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _DeclinedError from error
        if len(names) != len(new) or b"\\" in b"".join(new):
            raise _DeclinedError
        for raw, name in zip(new, names, strict=True):
            self._codes[raw] = len(self.names)
            self.names.append(name)
        return np.array([self._codes[raw] for raw in raws], dtype=np.int32)


_FEW = 8


def _changes(columns: list[Words | Ints]) -> npt.NDArray[np.bool_]:
    """Whether a line differs from the one before it; the first does."""
    new = np.ones(len(columns[0]), dtype=np.bool_)
    new[1:] = False
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return new


def _equal(parts: list[Words], length: Ints, raw: bytes) -> npt.NDArray[np.bool_]:
    """Which lines have the string."""
    same: npt.NDArray[np.bool_] = length == len(raw)
    for index, part in enumerate(parts):
        same &= part == np.uint64(int.from_bytes(raw[8 * index : 8 * index + 8], "little"))
    return same


def _bytes(parts: list[Words], length: Ints, lines: Ints) -> list[bytes]:
    """The strings of some lines; raises `_DeclinedError` for one with a zero byte, which is no JSON."""
    raws: list[bytes] = np.stack([part[lines] for part in parts], axis=1).view(f"S{8 * len(parts)}").ravel().tolist()
    if [len(raw) for raw in raws] != length[lines].tolist() or b"" in raws:
        raise _DeclinedError
    return raws
