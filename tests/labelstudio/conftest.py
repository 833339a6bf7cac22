"""A client of the session's Label Studio, and a name that no project on it has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from claimspans.labelstudio import server
from claimspans.labelstudio.home import Home

from ..helpers.labelstudio_server import Api, LabelStudio

_NUMBERS = count(1)


@pytest.fixture
def title() -> str:
    return f"project {next(_NUMBERS)}"


@pytest.fixture
def client(label_studio: LabelStudio) -> Iterator[Api]:
    with Api(label_studio.url, label_studio.token) as made:
        yield made


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path / "home")
    yield made
    server.down(made)
