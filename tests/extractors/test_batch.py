"""`claimspans.batch`: the rows of a table are the lines of a run, and what befalls an article costs that article."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

import claimspans
from claimspans import ClaimspansError, Corpus, Document
from claimspans.data.prediction_rows import record_of
from claimspans.extractors.run import Limits

from ..helpers.command import claimspans as command
from ..helpers.places import ROOT, Write

pytestmark = pytest.mark.slow

FAULTY = f"py:{ROOT / 'tests' / 'helpers' / 'systems' / 'faulty.py'}:extract"
TEMPLATE = ROOT / "eval" / "claimspans" / "data" / "templates" / "spans.json"
"""A schema without claims."""
KINDS = (
    *("good", "nan", "label", "quote", "exit", "segfault", "memory", "raise"),
    *("permanent", "busy", "twice", "once", "wrong", "none", "text", "noise"),
)


def table_of(documents: Sequence[Document]) -> pa.Table:
    rows = [{"doc": one.doc, "text": one.text, "published": one.published} for one in documents]
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in ("doc", "text", "published")]))


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "predictions.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_rows_of_rules_are_the_lines_of_a_run(tmp_path: Path, corpus: Corpus) -> None:
    documents = corpus.plain()
    extract = pickle.loads(pickle.dumps(claimspans.batch("rules")))  # noqa: S301 -- its own
    found = extract(table_of(documents))
    claimspans.run("rules", documents, tmp_path / "run")
    assert list(map(record_of, found.to_pylist())) == lines(tmp_path / "run")
    assert sum(map(len, found["claims"].to_pylist())) > 10
    parquet.write_table(found, tmp_path / "rows.parquet")
    scores = [command("score", tmp_path / name) for name in ("rows.parquet", "run")]
    assert scores[0].returncode == 0
    assert scores[0].stdout == scores[1].stdout


def test_whatever_befalls_an_article_is_what_befalls_it_in_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [Document(doc=f"{kind}-0", text="shells went") for kind in KINDS]
    limits = Limits(timeout=90, memory=1 << 30)
    found = []
    for name in ("run", "batch"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv("FAULTY_FOLDER", str(tmp_path / name))
        if name == "run":
            claimspans.run(FAULTY, documents, tmp_path / "runs", limits=limits, batch=5)
            found.append(lines(tmp_path / "runs"))
        else:
            extract = claimspans.batch(FAULTY, limits=limits, size=5)
            halves = [extract(table_of(documents[:9])), extract(table_of(documents[9:]))]
            found.append(list(map(record_of, pa.concat_tables(halves).to_pylist())))
    for error in (line["error"] for line in (*found[0], *found[1]) if "error" in line):
        del error["attempts"]  # one more where a neighbour in the batch ended the worker
    assert found[0] == found[1]
    assert {line["status"] for line in found[0]} == {"done", "partial", "failed"}


def test_a_row_that_is_no_article_fails_alone(write: Write) -> None:
    system = write("def extract(article):\n    return [{'label': 'ITEM', 'start': 0, 'end': 3}]", name="system.py")
    given = {
        "doc": pa.array(["good", "blank", None, "no text", "twice", "twice", "date", "bytes"]),
        "text": pa.array([b"arms", b"", b"arms", None, b"arms", b"weapons", b"arms", b"\xff"]).cast(pa.string(), False),
        "published": pa.array(["2024", None, None, None, None, None, "yesterday", None]),
        "source": pa.array(range(8)),
    }
    rows = claimspans.batch(f"py:{system}:extract")(pa.table(given)).to_pylist()
    assert [row["doc"] for row in rows] == given["doc"].to_pylist()
    assert [row["status"] for row in rows] == [
        "done",
        "partial",
        "failed",
        "failed",
        "done",
        "done",
        "failed",
        "failed",
    ]
    assert [row["spans"][0]["text"] for row in rows if row["spans"]] == ["arm", "arm", "wea"]
    told = [row["error"]["detail"] for row in rows if row["error"] is not None]
    for detail, words in zip(told, ("doc is None", "not the id", "'yesterday'", "UnicodeDecodeError"), strict=True):
        assert words in detail


def test_the_columns_are_the_same_for_every_table(write: Write) -> None:
    system = write("def extract(article):\n    return []", name="system.py")
    extract = claimspans.batch(f"py:{system}:extract")
    text = pa.table({"doc": ["1"], "text": ["arms"]})
    large = text.cast(pa.schema([("doc", pa.large_string()), ("text", pa.large_string())]))
    for table in (text.slice(0, 0), text, large, text.to_batches()[0]):
        found = extract(table)
        assert found.schema == extract.schema
        assert found.num_rows == table.num_rows
    names = ["doc", "status", "spans", "claims", "rejected", "error"]
    assert extract.schema.names == names
    other = claimspans.batch(f"py:{system}:extract", schema=TEMPLATE)
    sent = pickle.loads(pickle.dumps(other))  # noqa: S301 -- its own
    assert sent(text).schema.names == [name for name in names if name != "claims"]


def test_the_schema_is_that_of_where_it_was_made(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert command("new", tmp_path / "corpus", "--schema", TEMPLATE).returncode == 0
    system = write("def extract(article):\n    return [{'label': 'ACTOR', 'start': 0, 'end': 4}]", name="system.py")
    monkeypatch.chdir(tmp_path / "corpus")
    sent = pickle.dumps(claimspans.batch(f"py:{system}:extract"))
    monkeypatch.chdir(tmp_path)
    (row,) = pickle.loads(sent)(pa.table({"doc": ["1"], "text": ["arms"]})).to_pylist()  # noqa: S301 -- its own
    assert [span["label"] for span in row["spans"]] == ["ACTOR"]


def test_a_process_loads_the_extractor_once(tmp_path: Path, write: Write) -> None:
    system = write(
        f"class System:\n    def __init__(self):\n        open({str(tmp_path / 'loaded')!r}, 'a').write('x')\n"
        "    def __call__(self, article):\n        return []",
        name="system.py",
    )
    table = pa.table({"doc": ["1"], "text": ["arms"]})
    for _ in range(3):
        claimspans.batch(f"py:{system}:System")(table)
    assert (tmp_path / "loaded").read_text(encoding="utf-8") == "x"


def test_a_secret_stays_out_of_the_rows(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMSPANS_TOKEN", "correct-horse-battery")
    system = write(
        "import os\ndef extract(article):\n    raise ValueError(os.environ['CLAIMSPANS_TOKEN'])", name="s.py"
    )
    (row,) = claimspans.batch(f"py:{system}:extract")(pa.table({"doc": ["1"], "text": ["arms"]})).to_pylist()
    assert row["error"] == {"kind": "error", "detail": "ValueError: [key]", "attempts": 1}


def test_a_number_that_no_column_holds_costs_its_article(write: Write) -> None:
    own = json.loads((ROOT / "schema.json").read_text(encoding="utf-8"))
    own["$defs"]["QUANTITY"]["properties"]["value"]["type"] = ["integer", "null"]
    system = write(
        "def extract(article):\n    value = 2 ** int(article['text'])\n"
        "    return [{'label': 'QUANTITY', 'start': 0, 'end': 1, 'value': value}]",
        name="system.py",
    )
    extract = claimspans.batch(f"py:{system}:extract", schema=write(json.dumps(own), name="schema.json"))
    found = extract(pa.table({"doc": ["1", "2", "3"], "text": ["1", "63", "2"]}))
    assert found["status"].to_pylist() == ["done", "failed", "done"]
    assert "no table can hold" in found["error"][1].as_py()["detail"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: claimspans.batch("nothing"), "no such extractor"),
        (lambda: claimspans.batch("rules", options={"depth": 3}), "it has these options"),
        (lambda: claimspans.batch("rules", read_as=["utf7"]), "utf7"),
        (
            lambda: claimspans.batch("py:no_such_module:extract")(pa.table({"doc": ["1"], "text": ["x"]})),
            "no_such_module",
        ),
        (lambda: claimspans.batch(FAULTY)(pa.table({"id": ["1"], "text": ["x"]})), "no column doc; it has id, text"),
    ],
)
def test_a_wrong_call_is_refused(call: Any, said: str) -> None:
    with pytest.raises(ClaimspansError, match=said):
        call()


def test_a_fork_has_a_worker_of_its_own(write: Write) -> None:
    system = write("import os\ndef extract(article):\n    return {'error': str(os.getpid())}", name="system.py")
    extract, table = claimspans.batch(f"py:{system}:extract"), pa.table({"doc": ["1"], "text": ["arms"]})
    first = extract(table)["error"][0].as_py()["detail"]
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writes, extract(table)["error"][0].as_py()["detail"].encode())
        os._exit(0)
    other = os.read(reads, 100).decode()
    os.waitpid(child, 0)
    assert other not in ("", first)
    assert extract(table)["error"][0].as_py()["detail"] == first
