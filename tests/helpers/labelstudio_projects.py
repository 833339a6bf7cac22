"""What the tests of push and pull look at: counts, files, side files, and articles that somebody submitted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from claimspans import Document, Layer
from claimspans.data.schema import default_schema
from claimspans.labelstudio.push import Pushed, push

from .labelstudio_server import Api
from .places import ROOT

SCHEMA = default_schema()

GOLD = {path.name: path.read_bytes() for path in sorted((ROOT / "annotations" / "gold").glob("*.jsonl"))}


def counts(result: Pushed) -> tuple[int, int, int]:
    return result.created, result.updated, result.unchanged


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*/*.jsonl"))}


def side(folder: Path, title: str, kind: str) -> list[dict[str, Any]]:
    """The lines of a kind in the side file."""
    path = folder / f"{title.replace(' ', '-')}.labelstudio.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["type"] == kind]


def submitted(client: Api, title: str, documents: list[Document]) -> list[dict[str, Any]]:
    """A project whose suggestions somebody submitted as they are, and its tasks."""
    push(client, title, documents, SCHEMA, model_version="gold")
    project = client.project(title)
    assert project is not None
    tasks = list(client.tasks(project["id"], ["id", "data", "predictions", "result"]))
    for task in tasks:
        prediction = task["predictions"][0]
        body = {"result": prediction["result"], "parent_prediction": prediction["id"], "lead_time": 12.5}
        task["annotation"] = client.post(f"/api/tasks/{task['id']}/annotations/", body)
    return tasks


def many(gold: Layer, number: int) -> list[Document]:
    """Articles enough to be under way for a while."""
    return [msgspec.structs.replace(gold[index % 5], doc=f"a{index:04}") for index in range(number)]
