"""Half of a surrogate pair, which JSON can name and UTF-8 cannot hold, costs a span and never a run."""

from __future__ import annotations

import sys

import pytest

from claimspans.extractors.process import Ask, LineProcess


@pytest.mark.parametrize(
    ("said", "heard"),
    [(r"\ud800 shells", "? shells"), (r"\ud83d\ude80", "🚀"), (r"\udc00\ud83d", "??"), (r"\\ud800", r"\ud800")],
)
def test_an_answer_can_be_written_to_a_file(said: str, heard: str) -> None:
    process = LineProcess([sys.executable, "-c", f"""print(r'{{"doc": "a", "error": "{said}"}}')"""])
    try:
        answer = process.ask(Ask(b"", ("a",), 30.0))["a"]
    finally:
        process.kill()
    assert answer == {"doc": "a", "error": heard}
