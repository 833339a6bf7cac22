"""A library that is not installed is named, with what installs it, before any work is done."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from claimspans.data.problems import ClaimspansError
from claimspans.extractors import SCHEMES, Setting, load, parse


@pytest.mark.parametrize(
    ("uri", "library"),
    [
        ("spacy:en_core_web_sm", "spacy"),
        ("hf:MODEL", "torch"),
        ("hf:MODEL", "transformers"),
        ("gliner:MODEL", "torch"),
        ("gliner:MODEL", "gliner"),
        ("http://127.0.0.1:9/x", "httpx"),
        ("openai:http://127.0.0.1:9/v1#model", "httpx"),
    ],
)
def test_a_missing_library_is_named_with_its_extra(
    uri: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("config.json", "gliner_config.json", "model.safetensors"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)  # as if it were not installed
    address = parse(uri.replace("MODEL", str(tmp_path)))
    with pytest.raises(ClaimspansError, match="which is not installed") as error:
        load(address, {}, Setting(asked=("ITEM",)))
    assert f"pip install 'claimspans[{SCHEMES[address.scheme].extra}]'" in str(error.value)
