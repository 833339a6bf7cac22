"""The layers that a command line names."""

from __future__ import annotations

from collections.abc import Sequence

from ..corpus import Corpus, Layer


def named_layers(corpus: Corpus, names: Sequence[str]) -> list[Layer]:
    """The layers with the articles that each has; folders of one name are called as they were given."""
    layers = [corpus.annotated(name) for name in names]
    folders: dict[str, set[object]] = {}
    for layer, name in zip(layers, names, strict=True):
        folders.setdefault(layer.name, set()).add(corpus.layer_path(name).resolve())
    for layer, name in zip(layers, names, strict=True):
        if len(folders[layer.name]) > 1:
            layer.name = name.rstrip("/")
    return layers
