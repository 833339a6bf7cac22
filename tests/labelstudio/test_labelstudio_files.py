"""What is read beside the tasks: exports, tokens, side files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from claimspans import Document, Layer
from claimspans.data.checks.levels import check
from claimspans.data.corpus import Corpus
from claimspans.data.problems import ClaimspansError
from claimspans.labelstudio.export import read_export
from claimspans.labelstudio.last_pull import moment, next_since
from claimspans.labelstudio.tokens import read_token
from claimspans.layers.provenance import Entry, Project, Sidecar, safe

from ..helpers.labelstudio_articles import sent
from ..helpers.places import ROOT


def test_an_export_is_read_whole_or_refused_with_reasons(tmp_path: Path, gold: Layer) -> None:
    path = tmp_path / "export.json"
    tasks = [sent(document) for document in gold]
    skipped = sent(Document(doc="skipped", text="x"))
    skipped["annotations"][0]["was_cancelled"] = True
    path.write_text(json.dumps([*tasks, skipped]), encoding="utf-8")
    assert read_export(path) == list(gold)
    tasks[1]["data"]["text"] += "."
    for broken, said in (
        (json.dumps([*tasks, tasks[0]]), "its text is not the one that was sent"),
        (json.dumps([tasks[0], tasks[0]]), "000: has 2 annotations in the export"),
        ('[{"text": "JSON_MIN"}]', "export the project as JSON"),
        ('[{"data": {}, "annotations": [1]}]', "export the project as JSON"),
        ("{", "not JSON"),
    ):
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(ClaimspansError, match=said):
            read_export(path)
    with pytest.raises(ClaimspansError, match="expected a JSON export"):
        read_export(tmp_path / "nowhere.json")


def test_a_token_is_never_taken_from_a_file_that_others_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "token"
    path.write_text("secret-token\n", encoding="utf-8")
    path.chmod(0o644)
    with pytest.raises(ClaimspansError, match="chmod 600") as refused:
        read_token(path)
    path.chmod(0o600)
    assert read_token(path) == "secret-token"
    with pytest.raises(ClaimspansError, match="no such file"):
        read_token(tmp_path / "nowhere")
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "secret token")
    with pytest.raises(ClaimspansError, match="copy it again") as blank:
        read_token()
    monkeypatch.delenv("LABEL_STUDIO_API_KEY")
    with pytest.raises(ClaimspansError, match="LABEL_STUDIO_API_KEY"):
        read_token()
    assert "secret" not in f"{refused.value}{blank.value}"


def test_a_side_file_that_is_none_is_refused_and_names_stay_inside_the_folder(tmp_path: Path) -> None:
    assert [safe(name) for name in ("a@b.org", "../../etc", "..", "x/y\\z", "")] == [
        "a@b.org", "etc", "unnamed", "x-y-z", "unnamed",
    ]  # fmt: skip
    (tmp_path / "p.labelstudio.jsonl").write_text('{"type": "annotation"}\n', encoding="utf-8")
    with pytest.raises(ClaimspansError, match=r"p\.labelstudio\.jsonl:1: .*expected a line that a pull wrote"):
        Sidecar(tmp_path, "p")


def test_a_side_file_is_that_of_one_project(tmp_path: Path) -> None:
    """“arms 2025” and “arms-2025” have one file name; a project that was renamed is the same."""

    def opened(title: str, number: int, created_at: str) -> str | None:
        sidecar = Sidecar(tmp_path, title)
        since = sidecar.open(Project(title=title, project=number, url="http://x", created_at=created_at))
        assert sidecar.project is not None
        sidecar.project.since = "2025-01-01T00:00:00.000000Z"
        sidecar.save()
        return since

    assert opened("arms 2025", 1, "monday") is None
    assert opened("arms-2025", 1, "monday") == "2025-01-01T00:00:00.000000Z"
    with pytest.raises(ClaimspansError, match=r"is that of the project “arms-2025”.* --out"):
        opened("arms 2025", 2, "monday")
    assert opened("arms-2025", 1, "tuesday") is None  # the number of another server's project


def test_each_account_has_a_folder_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    sidecar = Sidecar(tmp_path, "p")
    users = [
        {"id": 4, "email": "a/b@x.org"},
        {"id": 3, "email": "A-b@x.org"},
        {"id": 5, "email": "gold"},
        {"id": 6, "email": "../../pass-a"},
        {"id": 7, "email": ""},
    ]
    assert sidecar.folders(users) == {
        3: "a-b@x.org", 4: "a-b@x.org-4", 5: "gold@localhost", 6: "pass-a@localhost", 7: "7@localhost",
    }  # fmt: skip
    sidecar.entries["old@x.org", "003"] = Entry(doc="003", annotator="old@x.org", user=8, task=1, annotation=1)
    renamed = sidecar.folders([{"id": 8, "email": "new@x.org"}, {"id": 9, "email": "old@x.org"}])
    assert renamed == {8: "old@x.org", 9: "old@x.org-9"}


@pytest.mark.parametrize(
    ("began", "latest", "before", "since"),
    [
        # Nothing was changed lately: what is looked at again is the latest alone.
        ("12:00:00", "09:00:00.25", None, "09:00:00.250000"),
        # A change that began a minute ago may not have been in sight.
        ("12:00:00", "11:59:59", "11:00:00.000000", "11:59:00.000000"),
        # A proxy whose clock is ahead, or behind.
        ("15:00:00", "11:59:59", None, "11:59:59.000000"),
        ("09:00:00", "11:59:59", None, "08:59:00.000000"),
        # Nothing was there to look at.
        ("12:00:00", None, "11:00:00.000000", "11:00:00.000000"),
        ("12:00:00", None, None, None),
        (None, "11:59:59", "11:00:00.000000", None),
        ("12:00:00", "no time", "11:00:00.000000", None),
    ],
)
def test_the_next_pull_looks_back_far_enough(
    began: str | None, latest: str | None, before: str | None, since: str | None
) -> None:
    def day(time: str) -> str:
        return f"2025-01-01T{time}Z"

    began_at, latest_at = (None if time is None else moment(day(time)) for time in (began, latest))
    found = next_since(began_at, latest_at, None if before is None else day(before))
    assert found == (None if since is None else day(since))


def test_what_lies_beside_layers_is_none(tmp_path: Path) -> None:
    """A folder of pulled layers inside the annotations, with the side files of a project and of an adjudication."""
    shutil.copytree(ROOT / "annotations", tmp_path / "annotations")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copy(ROOT / "schema.json", tmp_path)
    for name in ("third.labelstudio.jsonl", "third.provenance.jsonl", "third.decisions.jsonl"):
        for folder in (tmp_path / "annotations" / "third", tmp_path / "annotations" / "gold"):
            folder.mkdir(exist_ok=True)
            (folder / name).write_text('{"type": "task", "task": 1, "doc": "000"}\n', encoding="utf-8")
    corpus = Corpus(tmp_path)
    assert corpus.layers == Corpus().layers
    assert check("gold", corpus) == check("gold")
