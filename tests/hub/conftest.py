"""The double of the Hub, which takes what is pushed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..helpers.hub_double import Double


@pytest.fixture
def hub() -> Iterator[Double]:
    double = Double()
    yield double
    double.shutdown()
    double.server_close()
