"""``crf``: the trained baseline, by the model that ships, by that of a folder, or with each article left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from ...data.corpus import load as load_corpus
from ...data.corpus_folder import is_corpus
from ...data.hashes import hash_of
from ...data.problems import ClaimspansError
from ...data.records import Document
from ...data.schema import default_schema, read_schema
from ...scoring.signature import digest
from ..baselines import crf
from ..registry import Loaded, Setting
from .builtin import answers

Extract = Callable[[Iterable[Document]], Iterator[Document]]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a model is from that no folder holds, and what those that are trained for the run see."""

    train: Annotated[
        Literal["auto", "leave-one-out"],
        msgspec.Meta(description="auto: the model that ships, where labels agree"),
    ] = "auto"
    features: Annotated[
        str,
        msgspec.Meta(description="what others see: `words`, `parse` or `rules`; else rules"),
    ] = ""


def load(target: str, options: Options, setting: Setting) -> Loaded:
    crf.require()
    here = Path(str(crf.__file__)).parent
    identity = {"code": hash_of(here), "rules": hash_of(here.with_name("rules"))} | crf.versions()
    schema = default_schema() if setting.schema is None else read_schema(setting.schema)
    extract: Extract
    if target:
        if options != Options():
            raise ClaimspansError(f"crf:{target}: the model is trained; its features cannot be set, nor its training")
        extract = crf.load(target, schema).extract
        identity |= {"model": hash_of(target)}
    elif options.train == "auto" and set(crf.shipped().manifest.labels) == set(schema.labels):
        if options.features:
            raise ClaimspansError(
                "crf: the model that ships has its features; those of models that leave an article out are set with "
                f"-o train=leave-one-out -o features={options.features}"
            )
        extract = crf.extract_shipped
        identity |= {"model": hash_of(crf.SHIPPED)}
    else:
        features = options.features or crf.LEVELS[-1]
        folder = None if setting.schema is None else Path(setting.schema).parent
        corpus = folder if folder is not None and is_corpus(folder) else None
        extract = crf.left_out(features, corpus)
        identity |= {"gold": digest(load_corpus(corpus=corpus)), "features": features}

    return Loaded(answers(extract, setting), identity)
