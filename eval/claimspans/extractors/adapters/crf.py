"""``crf``: the trained baseline, by the model of a folder or with each article of the gold left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated

import msgspec

from ...data.corpus import load as load_corpus
from ...data.corpus_folder import is_corpus
from ...data.hashes import hash_of
from ...data.problems import ClaimspansError
from ...data.records import Document
from ...data.schema import read_schema
from ...scoring.signature import digest
from ..baselines import crf
from ..registry import Loaded, Setting
from .builtin import answers

Extract = Callable[[Iterable[Document]], Iterator[Document]]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the models see that leave an article out; a model of a folder has its own."""

    features: Annotated[
        str,
        msgspec.Meta(description="what the models see: `words`, `parse` or `rules`; else rules"),
    ] = ""


def load(target: str, options: Options, setting: Setting) -> Loaded:
    crf.require()
    here = Path(str(crf.__file__)).parent
    identity = {"code": hash_of(here), "rules": hash_of(here.with_name("rules"))} | crf.versions()
    if target:
        if options.features:
            raise ClaimspansError(f"crf:{target}: the model has its features; they cannot be set")
        extract: Extract = crf.load(target, None if setting.schema is None else read_schema(setting.schema)).extract
        identity |= {"model": hash_of(target)}
    else:
        features = options.features or crf.LEVELS[-1]
        folder = None if setting.schema is None else Path(setting.schema).parent
        corpus = folder if folder is not None and is_corpus(folder) else None
        extract = crf.left_out(features, corpus)
        identity |= {"gold": digest(load_corpus(corpus=corpus)), "features": features}

    return Loaded(answers(extract, setting), identity)
