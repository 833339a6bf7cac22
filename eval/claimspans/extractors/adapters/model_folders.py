"""What the folder of a model must hold, and how much of a text the model in it can take."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ...data.hashes import hash_of
from ...data.problems import ClaimspansError

_HUB_NAME = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)?")
UNSAFE = "whether weights may be a pickle, which runs what its author wants; else safetensors alone"

_NO_LIMIT = 1 << 20
"""Tokenizers without a limit name a number as large as a float can be."""


def require_model(name: str, target: str, config: str, *, unsafe: bool = False) -> None:
    """Raise `ClaimspansError` where the target is neither a folder with ``config`` and weights nor on the hub.

    A folder's weights are safetensors, unless they may be ``unsafe``: a pickle runs what its author wants.
    """
    path = Path(target)
    if not path.is_dir():
        if path.exists() or not _HUB_NAME.fullmatch(target):
            raise ClaimspansError(f"{name}: no such folder; expected one with {config}, weights and a tokenizer")
        _fetch(name, target, config)
        return
    if not (path / config).is_file():
        raise ClaimspansError(f"{name}: has no {config}; expected a folder written by save_pretrained")
    # GLiNER reads the one file of this name; beside another, it would take a pickle.
    named = "model.safetensors" if config == "gliner_config.json" else "model*.safetensors"
    safe, pickled = (any(path.glob(pattern)) for pattern in (named, "pytorch_model*.bin"))
    if not safe and not pickled:
        raise ClaimspansError(f"{name}: has no weights; expected model.safetensors in it")
    if not safe and not unsafe:
        raise ClaimspansError(
            f"{name}: its weights are a pickle, pytorch_model.bin, which runs what its author wants when it is read; "
            "save them as model.safetensors, or say -o unsafe=1 if you trust the author"
        )


def _fetch(name: str, target: str, config: str) -> None:
    """The model's first file: where it cannot be had, a library that loads the model would ask for each in turn."""
    from huggingface_hub import hf_hub_download

    try:
        hf_hub_download(target, config)
    except Exception as error:
        raise ClaimspansError(f"{name}: no such folder here, and not to be had from the hub ({said(error)})") from error


def weights_of(target: str, commit: str | None) -> str:
    """What tells the weights from others: the hash of their folder, or the hub's commit."""
    return hash_of(target) if Path(target).is_dir() else str(commit)


def token_limit(model: Any, *others: int | None) -> int | None:
    """Tokens that a model has positions for, and its tokenizer cuts at; None where nothing limits them."""
    limits = [*others]
    for place, module in model.named_modules():
        if place.endswith("position_embeddings") and hasattr(module, "num_embeddings"):
            # RoBERTa and its kin begin to count after the padding's position.
            limits.append(module.num_embeddings - (0 if module.padding_idx is None else module.padding_idx + 1))
    return min((limit for limit in limits if limit and 0 < limit < _NO_LIMIT), default=None)


def said(error: Exception) -> str:
    """An error of a library in one line."""
    return f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}"
