"""The third project: what both have alike to begin with, both versions beside it, and what is submitted taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from claimspans import Corpus
from claimspans.data.schema import default_schema
from claimspans.labelstudio.accounts import invite
from claimspans.labelstudio.decode import from_annotation
from claimspans.labelstudio.fields import Page
from claimspans.labelstudio.server import current

from ..helpers.command import program
from ..helpers.labelstudio_page import Annotator
from ..helpers.labelstudio_server import Api, LabelStudio
from ..helpers.places import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow
PASSES = ("pass-a", "pass-b")
TITLE = "third"


class Third(NamedTuple):
    """The folder to work in, the project, and its tasks by article."""

    folder: Path
    project: dict[str, Any]
    tasks: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def third(label_studio: LabelStudio, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Third]:
    """The third project over the two passes, which differ in a field of 001, of 002 and of 003."""
    folder = tmp_path_factory.mktemp("third")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LABEL_STUDIO_URL", label_studio.url)
        environment.setenv("LABEL_STUDIO_API_KEY", label_studio.token)
        sent = program("adjudicate", *PASSES, "--out", folder / "out", "--labelstudio", "--project", TITLE, "--json")
        assert (sent.returncode, json.loads(sent.stdout)["articles"]) == (0, 5), sent.stderr
        assert not (folder / "out").exists()
        with Api(label_studio.url, label_studio.token) as client:
            project = client.project(TITLE)
            assert project is not None
            fields = ["id", "data", "meta", "predictions", "result", "model_version"]
            tasks = {task["data"]["doc_id"]: task for task in client.tasks(project["id"], fields)}
            yield Third(folder, client.get(f"/api/projects/{project['id']}"), tasks)


def test_each_article_is_there_with_what_is_agreed_and_both_versions(third: Third) -> None:
    page = Page(default_schema())
    layers = {name: {each.doc: each for each in Corpus().load(name)} for name in PASSES}
    assert third.project["model_version"] == "agreed"
    said = "<b>attribute stance</b> STANCE “added”<br>pass-a: assertion; pass-b: concern"
    assert said in third.project["expert_instruction"]
    for doc, task in third.tasks.items():
        versions: dict[str, Any] = {one["model_version"]: one for one in task["predictions"]}
        for name, layer in layers.items():
            assert from_annotation(task, versions.pop(name), page) == (layer[doc], [])
        agreed, notes = from_annotation(task, versions["agreed"], page)
        assert agreed is not None
        # The field on which the two differ is empty, and the page asks for it where it must be given.
        assert [note.detail for note in notes] == {
            "001": ["stance is not given"], "003": ["date_role is not given"]
        }.get(doc, [])  # fmt: skip
        assert (agreed == layers["pass-a"][doc]) == (doc in ("000", "004"))


@pytest.mark.browser
def test_somebody_decides_in_the_page_and_it_is_taken(
    browser: Browser, label_studio: LabelStudio, third: Third
) -> None:
    """They answer what is open in 001 as pass-a has it, take pass-b's version of 003, and 000 as both have it."""
    served, owner = current(label_studio.home), label_studio.home.credentials()
    assert served is not None
    assert owner is not None
    eve = invite(served, owner, "Eve")
    person, project = Annotator(browser, label_studio), third.project["id"]
    try:
        person.log_in(eve.username, eve.password, picture=None)
        person.open_row(project, third.tasks["001"]["id"])
        person.see("added", "STANCE")
        person.tabs("Eve", "agreed", "pass-b", "pass-a")
        person.submit_in_vain("STANCE: choose stance")
        person.write("reason:0", "no word | warns")
        person.click_on("added")
        person.picture("adjudication")
        person.choose("assertion")
        person.submit()
        person.open_row(project, third.tasks["003"]["id"])
        person.see("procured", "CLAIM")
        person.duplicate("pass-b")
        person.submit()
        # Label All Tasks goes on with what is not done, and shows no other version.
        person.open_project(project)
        person.begin("to-decide")
        person.see("Jung Pak", "SPEAKER")
        person.tabs()
        person.submit()
        assert person.elsewhere == []
    finally:
        person.page.screenshot(path=third.folder / "eve.png")
        person.page.context.close()

    pulled = program("labelstudio", "pull", "--project", TITLE, "--out", third.folder / "pulled")
    assert pulled.returncode == 0, pulled.stderr
    layer = third.folder / "pulled" / eve.username
    run = program("adjudicate", *PASSES, "--taken", layer, "--out", third.folder / "out")
    assert run.returncode == 1
    assert "nobody submitted 002 yet" in run.stdout  # on 004 both agree
    written = {path.name: path.read_bytes() for path in (third.folder / "out").iterdir()}
    wanted = {"000.jsonl": "pass-a", "001.jsonl": "pass-a", "003.jsonl": "pass-b", "004.jsonl": "pass-a"}
    assert written == {name: (ROOT / "annotations" / of / name).read_bytes() for name, of in wanted.items()}
    records = [json.loads(line) for line in (third.folder / "out.provenance.jsonl").read_text("utf-8").splitlines()]
    decided = [record for record in records if record.get("how") == "decided"]
    assert [(one["doc"], one["id"], one["in"], one["decisions"][0]["who"]) for one in decided] == [
        ("001", "s53", {"pass-a": "s53"}, eve.username),
        ("003", "s26", {"pass-b": "s26"}, eve.username),
    ]
    assert all(one["decisions"][0]["when"] for one in decided)
    table = (third.folder / "out.md").read_text(encoding="utf-8").splitlines()
    assert table[0] == "| article | place | pass-a | pass-b | decision | why |"
    assert [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[3:-1]] for row in table[2:]] == [
        ["assertion", "concern", "assertion", r"no word \| warns"],
        ["statement", "event", "event", ""],
    ]
