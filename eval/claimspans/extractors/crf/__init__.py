"""A trained baseline: conditional random fields over tokens, with attributes and claims from the rules.

`extract` predicts the project's own articles without having seen them; `train`, `Model.save` and `load` make and keep
a model for any text. docs/crf.md says what it is worth.
"""

from __future__ import annotations

from .features import LEVELS
from .left_out import extract, model_for
from .manifest import Manifest, refuse_foreign
from .model import Model, load, require, train

__all__ = ["LEVELS", "Manifest", "Model", "extract", "load", "model_for", "refuse_foreign", "require", "train"]
