"""Files that no command can use, each bad in its own way, and those that are good for something else."""

from __future__ import annotations

import datetime
import decimal
import gzip
import json
import os
import pickle
import random
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from .places import ROOT

GOOD = b'{"doc": "003", "label": "ITEM", "start": 55, "end": 64}\n'
DEEP = 100_000


class Payload:
    """What runs a program where somebody unpickles it."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.system, (f"touch {self.mark}",)


RAW: dict[str, bytes] = {
    "empty": b"",
    "newline": b"\n",
    "nul": b"\0" * 4096,
    "random": random.Random(0).randbytes(4096),
    "png": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "zip": b"PK\x03\x04" + bytes(64),
    "latin1": '{"doc": "é"}\n'.encode("latin-1"),
    "utf16": GOOD.decode().encode("utf-16"),
    "bom": b"\xef\xbb\xbf" + GOOD,
    "bom-later": GOOD + b"\xef\xbb\xbf" + GOOD,
    "brace": b"{",
    "array": b"[]\n",
    "arrays": b"[[]]\n[{}]\n",
    "null": b"null\n",
    "string": b'"x"\n',
    "number": b"1\n",
    "object": b"{}\n",
    "deep-arrays": b"[" * DEEP,
    "deep-closed": b"[" * DEEP + b"]" * DEEP + b"\n",
    "deep-objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP + b"\n",
    "deep-doc": b'{"doc": "003", "spans": ' + b"[" * 5000 + b"]" * 5000 + b"}\n",
    "deep-span": GOOD.strip()[:-1] + b', "value": ' + b"[" * 900 + b"]" * 900 + b"}\n",
    "long-number": b'{"doc": "003", "label": "ITEM", "start": ' + b"9" * 5000 + b', "end": 64}\n',
    "infinite": b'{"doc": "003", "label": "QUANTITY", "start": 29, "end": 51, "value": 1e400}\n',
    "nan": b'{"doc": "003", "label": "ITEM", "start": 55, "end": 64, "score": NaN}\n',
    "twice": b'{"doc": "003", "doc": "004", "label": "ITEM", "start": 55, "end": 64}\n',
    "surrogate": b'{"doc": "003", "label": "\\ud800", "start": 55, "end": 64}\n',
    "over-lines": GOOD.replace(b', "start"', b'\n, "start"'),
    "torn": GOOD + GOOD[:20],
    "torn.gz": gzip.compress(GOOD * 1000)[:-12],
    "wrong.gz": b"\x1f\x8b" + bytes(40),
    "zlib": zlib.compress(GOOD),
    "reversed": GOOD.replace(b"55", b"99"),
    "negative": GOOD.replace(b"55", b"-5"),
    "far": GOOD.replace(b"64", b"2147483648"),
    "types": b'{"doc": 3, "label": [], "start": "a", "end": {}}\n',
    "type": b'{"type": ["span"], "doc": {"a": 1}}\n',
    "text.parquet": GOOD,
    "torn.parquet": b"PAR1" + bytes(20) + b"PAR1",
}


class Bounds(NamedTuple):
    """Of how much a reader takes: the bytes of a line or a whole file, and the blank lines in a row."""

    size: int
    blank: int


LARGE: dict[str, Callable[[Bounds], bytes]] = {
    "newlines": lambda bounds: b"\n" * (2 * bounds.blank),
    "newlines.gz": lambda bounds: gzip.compress(b"\n" * (bounds.size // 2)),
    "zeros.gz": lambda bounds: gzip.compress(b"\0" * (2 * bounds.size)),
    "long-line": lambda bounds: b"{" + b" " * (bounds.size + 10) + b"}\n",
}

TABLES: dict[str, pa.Array] = {
    "timestamp": pa.array([datetime.datetime(2024, 9, 4, tzinfo=datetime.UTC)]),
    "date": pa.array([datetime.date(2024, 9, 4)]),
    "decimal": pa.array([decimal.Decimal("1.5")]),
    "duration": pa.array([datetime.timedelta(days=1)]),
    "binary": pa.array([b"\xff"]),
    "map": pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
    "infinity": pa.array([float("inf")]),
}

SCHEMAS: dict[str, object] = {
    "schema-labels": {"x-version": "1", "$defs": {"label": {"oneOf": [{"$ref": "#/$defs/X"}]}}},
    "schema-loop": {
        "x-version": "1",
        "$defs": {
            "label": {"oneOf": [{"$ref": "#/$defs/X"}]},
            "span": {},
            "X": dict.fromkeys(("title", "description", "x-color", "x-hotkey"), "")
            | {"properties": {"a": {"$ref": "#/$defs/L"}}},
            "L": {"$ref": "#/$defs/L"},
        },
    },
    "schema-types": {"x-version": 1, "$defs": {"label": {"oneOf": "x"}}},
    "schema-defs": {"x-version": "1", "$defs": []},
    "schema-reference": {"x-version": "1", "$defs": {"label": {"oneOf": [{"$ref": 7}]}}},
    "schema-elsewhere": {"x-version": "1", "$defs": {"label": {"oneOf": [{"$ref": "http://127.0.0.1:9/x"}]}}},
}  # fmt: skip


def zoo(folder: Path, *, above: Bounds | None = None) -> dict[str, Path]:
    """All of them, by name, in a folder; also those that are larger than these bounds, or have no end, if any are."""
    folder.mkdir(parents=True, exist_ok=True)
    raws = RAW | ({name: make(above) for name, make in LARGE.items()} if above else {})
    found = {name: folder / name for name in raws}
    for name, raw in raws.items():
        found[name].write_bytes(raw)
    for name, column in TABLES.items():
        found[f"{name}.parquet"] = folder / f"{name}.parquet"
        place = {"doc": ["003"], "label": ["QUANTITY"], "start": [29], "end": [51]}
        columns = {key: pa.array(one) for key, one in place.items()} | {"value": column}
        pq.write_table(pa.table(columns), found[f"{name}.parquet"])
    for name, schema in SCHEMAS.items():
        found[name] = folder / f"{name}.json"
        found[name].write_text(json.dumps(schema), encoding="utf-8")
    found["pickle"] = folder / "model.pkl"
    found["pickle"].write_bytes(pickle.dumps(Payload(folder / "ran")))
    found["folder"] = folder / "folder"
    found["folder"].mkdir()
    found["missing"] = folder / "missing.jsonl"
    found["inside-a-file"] = found["empty"] / "file"
    found["dangling"] = folder / "dangling"
    found["dangling"].symlink_to("nowhere")
    found["loop"] = folder / "loop"
    found["loop"].symlink_to("loop")
    found["long-name"] = folder / ("x" * 5000)
    found["fifo"] = folder / "fifo"
    os.mkfifo(found["fifo"])
    found["null"] = Path("/dev/null")
    if above:
        found["zero"] = Path("/dev/zero")
    found["a-schema"] = ROOT / "schema.json"
    found["a-layer"] = ROOT / "annotations" / "gold" / "000.jsonl"
    found["a-manifest"] = ROOT / "submissions" / "rules" / "manifest.json"
    found["a-program"] = ROOT / "tests" / "helpers" / "zoo.py"
    return found
