"""The double of the Hub, which takes what is pushed, and the baselines' answers, which builds share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from unittest import mock

import pytest

from claimspans.data.records import Document
from claimspans.extractors import get
from claimspans.hub import build

from ..helpers.hub_double import Double


@pytest.fixture
def hub() -> Iterator[Double]:
    double = Double()
    yield double
    double.shutdown()
    double.server_close()


_ANSWERS: dict[Any, list[Document]] = {}


@pytest.fixture(scope="module", autouse=True)
def answers_made_once() -> Iterator[None]:
    """What a baseline says of the same articles is found once for all builds: that took most of a build's time."""

    def once(name: str, **given: Any) -> Callable[[Iterable[Document]], list[Document]]:
        def extract(documents: Iterable[Document]) -> list[Document]:
            documents = list(documents)
            asked = [(one.doc, one.text, one.published) for one in documents]
            key = (name, given["schema"].sha256, repr(given["options"]), tuple(asked))
            if key not in _ANSWERS:
                _ANSWERS[key] = list(get(name, **given)(documents))
            return _ANSWERS[key]

        return extract

    with mock.patch.object(build, "get", once):
        yield
