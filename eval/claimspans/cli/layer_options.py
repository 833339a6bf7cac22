"""The layers that a command line names, and how they came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from ..data.corpus import Corpus
from ..data.layer import Layer
from ..data.problems import ClaimspansError
from ..layers.adjudication.origins import Origin, origins

common_option = click.option(
    "--common", is_flag=True, help="Take the articles that all layers have; those left out are named."
)


def named_layers(corpus: Corpus, names: Sequence[str], *, common: bool) -> list[Layer]:
    """The layers with the articles that each has; folders of one name are called as they were given.

    With ``common`` only the articles that all have. Raises `ClaimspansError` where there are none.
    """
    layers = [corpus.load(name) for name in names]
    folders: dict[str, set[object]] = {}
    for layer, name in zip(layers, names, strict=True):
        folders.setdefault(layer.name, set()).add(corpus.layer_path(name).resolve())
    for layer, name in zip(layers, names, strict=True):
        if len(folders[layer.name]) > 1:
            layer.name = name.rstrip("/")
    if not common:
        return layers
    docs = [{document.doc for document in layer} for layer in layers]
    shared = set.intersection(*docs)
    if not shared:
        raise ClaimspansError(f"no article is in all of {', '.join(names)}")
    if left := sorted(set.union(*docs) - shared):
        click.echo(f"left out, for not every layer has them: {', '.join(left)}", err=True)
    return [Layer([each for each in layer if each.doc in shared], layer.name, layer.version) for layer in layers]


def layer_origins(corpus: Corpus, layers: Sequence[Layer], names: Sequence[str]) -> dict[str, Mapping[str, Origin]]:
    """Of each layer, by name, the origins of the articles that it holds."""
    found: dict[str, Mapping[str, Origin]] = {}
    for layer, name in zip(layers, names, strict=True):
        known = origins(corpus.layer_path(name))
        found[layer.name] = {each.doc: known[each.doc] for each in layer if each.doc in known}
    return found
