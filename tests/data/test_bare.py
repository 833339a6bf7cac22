"""Reading by columns: what is accepted means what a JSON parser makes of it; everything else is declined."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from claimspans.data import bare
from claimspans.data.bare import read_bare

from ..helpers.examples import examples

GOOD = {"doc": "a1", "label": "ITEM", "start": 0, "end": 7}

names = st.text(st.characters(codec="utf-8", exclude_characters='"\\', min_codepoint=32), min_size=1, max_size=20)
few = st.sampled_from(["SPEAKER", "ITEM", "QUANTITY", "a rather long label ü"])
records = st.fixed_dictionaries(
    {"doc": names, "label": few, "start": st.integers(0, 9_999_999), "end": st.integers(0, 9_999_999)}
)


def columns(path: Path) -> list[dict[str, Any]] | None:
    found = read_bare(path)
    if found is None:
        return None
    rows = zip(found.doc.tolist(), found.label.tolist(), found.start.tolist(), found.end.tolist(), strict=True)
    return [{"doc": found.docs[d], "label": found.labels[n], "start": s, "end": e} for d, n, s, e in rows]


@examples(100, suppressed=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(records, min_size=1, max_size=60),
    order=st.permutations(["doc", "label", "start", "end"]),
    separators=st.sampled_from([(",", ":"), (", ", ": "), (" , ", "  :  ")]),
    ending=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
)
def test_it_reads_what_json_reads(
    lines: list[dict[str, Any]],
    order: list[str],
    separators: tuple[str, str],
    ending: str,
    last: bool,
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.jsonl"
    written = [
        json.dumps({key: line[key] for key in order}, ensure_ascii=False, separators=separators) for line in lines
    ]
    path.write_bytes((ending.join(written) + (ending if last else "")).encode())
    found = columns(path)
    if found is None:
        # A last line without its carriage return has other bytes behind its value; long strings are read elsewhere.
        assert (ending == "\r\n" and not last) or any(len(line["doc"].encode()) > 31 for line in lines)
    else:
        assert found == lines


def test_chunks_join(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bare, "CHUNK", 100)
    lines = [
        {"doc": f"a{n // 7}", "label": "AB"[n % 2] * (n % 5 + 1), "start": n * 37, "end": n * 41 + 1}
        for n in range(500)
    ]
    path = tmp_path / "x.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert columns(path) == lines


DECLINED: dict[str, str | bytes] = {
    "an escape": '{"doc": "a\\u0031", "label": "ITEM", "start": 0, "end": 7}',
    "an escaped quotation mark": '{"doc": "a\\"", "label": "ITEM", "start": 0, "end": 7}',
    "a control character": '{"doc": "a\t1", "label": "ITEM", "start": 0, "end": 7}',
    "an empty string": '{"doc": "", "label": "ITEM", "start": 0, "end": 7}',
    "a negative number": '{"doc": "a1", "label": "ITEM", "start": -1, "end": 7}',
    "a leading zero": '{"doc": "a1", "label": "ITEM", "start": 00, "end": 7}',
    "a float": '{"doc": "a1", "label": "ITEM", "start": 0.0, "end": 7}',
    "an exponent": '{"doc": "a1", "label": "ITEM", "start": 0, "end": 7e1}',
    "no digits": '{"doc": "a1", "label": "ITEM", "start": , "end": 7}',
    "eight digits": '{"doc": "a1", "label": "ITEM", "start": 0, "end": 12345678}',
    "a string for a number": '{"doc": "a1", "label": "ITEM", "start": "0", "end": 7}',
    "a number for a string": '{"doc": 1, "label": "ITEM", "start": 0, "end": 7}',
    "a further key": '{"doc": "a1", "label": "ITEM", "start": 0, "end": 7, "score": 1}',
    "a missing key": '{"doc": "a1", "label": "ITEM", "start": 0}',
    "a key twice": '{"doc": "a1", "doc": "a1", "start": 0, "end": 7}',
    "another order": '{"label": "ITEM", "doc": "a1", "start": 0, "end": 7}',
    "other blanks": '{"doc": "a1", "label": "ITEM", "start": 0,  "end": 7}',
    "an open object": '{"doc": "a1", "label": "ITEM", "start": 0, "end": 7',
    "something behind": '{"doc": "a1", "label": "ITEM", "start": 0, "end": 7}}',
    "two on a line": json.dumps(GOOD) + " " + json.dumps(GOOD),
    "a blank line": "",
    "a very long string": json.dumps(GOOD | {"doc": "x" * 40}),
    "broken UTF-8": b'{"doc": "a\xff", "label": "ITEM", "start": 0, "end": 7}',
}


@pytest.mark.parametrize("what", DECLINED)
@pytest.mark.parametrize("place", ["first", "later", "last"])
def test_anything_else_is_declined(what: str, place: str, tmp_path: Path) -> None:
    line = DECLINED[what]
    odd = line if isinstance(line, bytes) else line.encode()
    good = json.dumps(GOOD).encode()
    before, behind = {"first": (0, 3), "later": (3, 3), "last": (3, 0)}[place]
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\n".join([*[good] * before, odd, *[good] * behind, b""]))
    assert read_bare(path) is None


@pytest.mark.parametrize("raw", [b"", b"\n", b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), b"x" * 5000])
def test_what_is_no_such_file_is_declined(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(raw)
    assert read_bare(path) is None
