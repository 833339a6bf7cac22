"""A trained baseline: conditional random fields over tokens, with attributes and claims from the rules.

`shipped` is a model for any text, of the corpus `wire`; `extract` predicts the articles of a gold, each by a model of
the others; `train`, `Model.save` and `load` make and keep further ones. docs/training.md says what they are worth.
"""

from __future__ import annotations

from .features import LEVELS
from .manifest import Manifest, refuse_foreign
from .model import Model, load, require, train, versions
from .unseen import SHIPPED, extract, extract_shipped, left_out, model_for, shipped, trained_on

__all__ = [
    "LEVELS",
    "SHIPPED",
    "Manifest",
    "Model",
    "extract",
    "extract_shipped",
    "left_out",
    "load",
    "model_for",
    "refuse_foreign",
    "require",
    "shipped",
    "train",
    "trained_on",
    "versions",
]
