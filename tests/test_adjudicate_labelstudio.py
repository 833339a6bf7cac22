"""The third project: what both have alike to begin with, both versions beside it, and what is submitted taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimspans import Corpus
from claimspans.labelstudio.client import Client
from claimspans.labelstudio.page import Page
from claimspans.labelstudio.results import from_annotation
from claimspans.schema import default_schema

from .conftest import ROOT
from .labelstudio_server import GROUP, LabelStudio
from .test_cli import claimspans

pytestmark = [pytest.mark.slow, GROUP]


def test_a_third_project_is_made_and_taken_back(
    label_studio: LabelStudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody submits pass-a's version of 001, pass-b's of 003, and 000, on which both agree, as it is."""
    monkeypatch.setenv("LABEL_STUDIO_URL", label_studio.url)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", label_studio.token)
    both = ("pass-a", "pass-b", "--out", tmp_path / "out")
    sent = claimspans("adjudicate", *both, "--labelstudio", "--project", "third", "--json")
    assert (sent.returncode, json.loads(sent.stdout)["articles"]) == (0, 5), sent.stderr
    assert not (tmp_path / "out").exists()
    page = Page(default_schema())
    layers = {name: {each.doc: each for each in Corpus().load(name)} for name in ("pass-a", "pass-b")}
    with Client(label_studio.url, label_studio.token) as client:
        project = client.project("third")
        assert project is not None
        assert client.get(f"/api/projects/{project['id']}")["model_version"] == "agreed"
        fields = ["id", "data", "meta", "predictions", "result", "model_version"]
        for task in list(client.tasks(project["id"], fields)):
            versions: dict[str, Any] = {one["model_version"]: one for one in task["predictions"]}
            doc = task["data"]["doc_id"]
            for name, layer in layers.items():
                assert from_annotation(task, versions.pop(name), page) == (layer[doc], [])
            agreed, notes = from_annotation(task, versions["agreed"], page)
            assert agreed is not None
            # The field on which the two differ is empty, and the page asks for it where it must be given.
            assert [note.detail for note in notes] == {
                "001": ["stance is not given"], "003": ["date_role is not given"]
            }.get(doc, [])  # fmt: skip
            assert (agreed == layers["pass-a"][doc]) == (doc in ("000", "004"))
            chosen = {"000": versions["agreed"], "001": "pass-a", "003": "pass-b"}.get(doc)
            if chosen is not None:
                by_name = {one["model_version"]: one for one in task["predictions"]}
                result = by_name[chosen]["result"] if isinstance(chosen, str) else chosen["result"]
                body = {"result": result, "parent_prediction": versions["agreed"]["id"], "lead_time": 60}
                client.post(f"/api/tasks/{task['id']}/annotations/", body)
    pulled = claimspans("labelstudio", "pull", "--project", "third", "--out", tmp_path / "third")
    assert pulled.returncode == 0, pulled.stderr
    run = claimspans("adjudicate", *both, "--taken", tmp_path / "third" / label_studio.username)
    assert run.returncode == 1
    assert "nobody submitted 002, 004 yet" in run.stdout
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    wanted = {"000.jsonl": "pass-a", "001.jsonl": "pass-a", "003.jsonl": "pass-b"}
    assert written == {name: (ROOT / "annotations" / of / name).read_bytes() for name, of in wanted.items()}
    records = [json.loads(line) for line in (tmp_path / "out.provenance.jsonl").read_text("utf-8").splitlines()]
    decided = [record for record in records if record.get("how") == "decided"]
    assert [(one["doc"], one["id"], one["in"], one["decisions"][0]["who"]) for one in decided] == [
        ("001", "s53", {"pass-a": "s53"}, label_studio.username),
        ("003", "s26", {"pass-b": "s26"}, label_studio.username),
    ]
    assert all(one["decisions"][0]["when"] for one in decided)
