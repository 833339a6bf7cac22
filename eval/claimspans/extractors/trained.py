"""``crf``, one article left out, and ``crf:MODEL``: the project's trained baseline."""

from __future__ import annotations

import msgspec

from ..corpus import load as load_corpus
from ..signature import digest
from . import crf
from .builtin import answers, code_of
from .hashes import hash_of
from .uri import Loaded, Setting


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing can be set."""


def load(target: str, _options: Options, _setting: Setting) -> Loaded:
    """Without a target every article of the gold is predicted by a model that was trained on the others."""
    crf.require()
    if target:
        return Loaded(answers(crf.load(target).extract), code_of(crf) | {"weights": hash_of(target)})
    return Loaded(answers(crf.extract), code_of(crf) | {"trained on": f"gold {digest(load_corpus())}"})
