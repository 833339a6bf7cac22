"""A trained baseline: conditional random fields over tokens, with attributes and claims from the rules.

`extract` predicts the project's own articles without having seen them; `train`, `Model.save` and `load` make and keep
a model for any text. docs/training.md says what it is worth.
"""

from __future__ import annotations

from .features import LEVELS
from .manifest import Manifest, refuse_foreign
from .model import Model, load, require, train, versions
from .unseen import extract, left_out, model_for

__all__ = [
    "LEVELS",
    "Manifest",
    "Model",
    "extract",
    "left_out",
    "load",
    "model_for",
    "refuse_foreign",
    "require",
    "train",
    "versions",
]
