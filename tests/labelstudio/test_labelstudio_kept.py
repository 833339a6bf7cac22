"""Against a real Label Studio: no work is lost there or here, and nobody's is credited to somebody else."""

from __future__ import annotations

import contextlib
import copy
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from claimspans import Document, Layer
from claimspans.data.hashes import sha256_of
from claimspans.data.problems import ClaimspansError
from claimspans.data.schema import Schema, default_schema
from claimspans.labelstudio import accounts, server
from claimspans.labelstudio.config import configuration
from claimspans.labelstudio.export import EACH, read_export
from claimspans.labelstudio.project import schema_of
from claimspans.labelstudio.pull import pull
from claimspans.labelstudio.push import push

from ..helpers.command import program
from ..helpers.labelstudio_server import Api, LabelStudio
from ..helpers.places import ROOT

pytestmark = pytest.mark.slow
SCHEMA = default_schema()


@pytest.fixture(scope="module")
def anna(label_studio: LabelStudio) -> Iterator[httpx.Client]:
    yield from somebody(label_studio, "anna")


@pytest.fixture(scope="module")
def carla(label_studio: LabelStudio) -> Iterator[httpx.Client]:
    yield from somebody(label_studio, "carla")


def somebody(label_studio: LabelStudio, name: str) -> Iterator[httpx.Client]:
    served, who = server.current(label_studio.home), label_studio.home.credentials()
    assert served is not None
    assert who is not None
    made = accounts.invite(served, who, name)
    with contextlib.closing(label_studio.logged_in(made.username, made.password)) as page:
        yield page


def ask(page: httpx.Client, method: str, path: str, body: Any = None) -> Any:
    answer = page.request(method, path, json=body).raise_for_status()
    return answer.json() if answer.content else None


def mark(label: str, start: int, end: int, name: str = "x", **value: Any) -> dict[str, Any]:
    place: dict[str, Any] = {"start": start, "end": end, "labels": [label]}
    return {"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": place | value}


def submit(page: httpx.Client, task: int, *marks: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = ask(page, "POST", f"/api/tasks/{task}/annotations/", {"result": list(marks)})
    return made


def tasks_of(client: Api, project: int) -> dict[str, int]:
    return {row["data"].get("doc_id", "?"): row["id"] for row in client.tasks(project, ["id", "data"], inside=False)}


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def spans_in(path: Path) -> list[tuple[str, str]]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(record["label"], record["text"]) for record in records if record["type"] == "span"]


GOODS = "The ship carried wheat, not arms. An official said so."


def goods() -> Schema:
    """A schema with one label more than ours."""
    root = copy.deepcopy(SCHEMA.root)
    root["$defs"]["GOODS"] = {
        "title": "Goods", "description": "What was carried", "x-color": "#123456", "x-hotkey": "7",
        "properties": {"label": {"const": "GOODS"}},
    }  # fmt: skip
    root["$defs"]["label"]["oneOf"].append({"$ref": "#/$defs/GOODS"})
    return Schema(json.dumps(root).encode(), "goods.json")


def corpus_of_goods(folder: Path) -> Path:
    """A corpus of one article under the schema of goods."""
    corpus = folder / "corpus"
    (corpus / "seeds").mkdir(parents=True)
    (corpus / "schema.json").write_bytes(goods().raw)
    (corpus / "seeds" / "ship.txt").write_text(GOODS, encoding="utf-8")
    source = {"doc": "ship", "file": "ship.txt", "sha256": sha256_of(GOODS)}
    (corpus / "seeds" / "sources.jsonl").write_text(json.dumps(source) + "\n", encoding="utf-8")
    return corpus


def test_a_project_remembers_its_schema_and_a_forgotten_one_destroys_nothing(
    client: Api, label_studio: LabelStudio, anna: httpx.Client, title: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """What was once lost: a layer made with another schema, by a pull and then a push that did not name it."""
    corpus = corpus_of_goods(tmp_path)
    monkeypatch.setenv("LABEL_STUDIO_URL", label_studio.url)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", label_studio.token)
    articles = ("--project", title, "--corpus", corpus, "--suggest", "none")
    assert program("labelstudio", "push", *articles).returncode == 0
    assert schema_of(client, title).raw == goods().raw
    project = client.project(title)
    assert project is not None
    submit(anna, tasks_of(client, project["id"])["ship"], mark("GOODS", 17, 22))
    out = tmp_path / "annotations"
    pull_whole = ("labelstudio", "pull", "--project", title, "--out", out, "--whole")
    assert program(*pull_whole, "--corpus", corpus).returncode == 0
    layer = out / "anna@localhost" / "ship.jsonl"
    assert spans_in(layer) == [("GOODS", "wheat")]
    own = layer.read_bytes()

    # With the corpus at hand, which has another schema, nothing is written.
    assert program(*pull_whole).returncode != 0
    assert layer.read_bytes() == own
    before = everything(out)
    pushed = program("labelstudio", "push", *articles)
    assert (pushed.returncode, "1 unchanged" in pushed.stdout) == (0, True), pushed.stderr
    assert client.get(f"/api/projects/{project['id']}")["label_config"] == configuration(goods())

    # With another one, nothing is written here, and nothing is changed there.
    with pytest.raises(ClaimspansError, match="no file was changed"):
        pull(client, title, out, SCHEMA, whole=True)
    assert everything(out) == before
    ship = [Document(doc="ship", text=GOODS)]
    with pytest.raises(ClaimspansError, match=r"holds 1 annotations.*nothing was sent"):
        push(client, title, ship, SCHEMA, layer=None)
    assert client.get(f"/api/projects/{project['id']}")["label_config"] == configuration(goods())
    forgotten = configuration(goods()).replace("<!--", "<!-- not", 1)
    client.patch(f"/api/projects/{project['id']}", {"label_config": forgotten})
    with pytest.raises(ClaimspansError, match="no file was changed"):  # it remembers nothing any more
        pull(client, title, out, whole=True)
    push(client, title, ship, goods(), layer=None, reconfigure=True)
    assert pull(client, title, out, whole=True).clean
    assert everything(out).keys() == before.keys()
    assert layer.read_bytes() == own


def test_what_one_annotator_changes_of_anothers_is_not_credited_to_the_first(
    client: Api, anna: httpx.Client, carla: httpx.Client, title: str, tmp_path: Path
) -> None:
    number = push(client, title, [Document(doc="ship", text=GOODS)], SCHEMA, layer=None).project
    task = tasks_of(client, number)["ship"]
    made = submit(anna, task, mark("ITEM", 28, 32))
    pull(client, title, tmp_path, SCHEMA)
    first, second = (tmp_path / f"{name}@localhost" / "ship.jsonl" for name in ("anna", "carla"))
    own = first.read_bytes()
    ask(carla, "PATCH", f"/api/annotations/{made['id']}/", {"result": [mark("SPEAKER", 37, 45)]})
    told = pull(client, title, tmp_path, SCHEMA)
    said = "carla@localhost changed what anna@localhost had submitted, which counts as carla@localhost's alone"
    assert said in [note.detail for note in told.news]
    assert first.read_bytes() == own
    assert spans_in(second) == [("SPEAKER", "official")]
    lines = (tmp_path / f"{title.replace(' ', '-')}.labelstudio.jsonl").read_text(encoding="utf-8").splitlines()
    entries = {row["annotator"]: row for row in map(json.loads, lines) if row["type"] == "annotation"}
    assert entries["carla@localhost"]["completed_by"] == "anna@localhost"
    assert (entries["anna@localhost"]["gone"], entries["anna@localhost"]["completed_by"]) == (True, None)

    # Carla's own answers, once there are some, are hers; Anna's come back where she submits them again.
    mine = submit(carla, task, mark("SPEAKER", 0, 8))
    told = pull(client, title, tmp_path, SCHEMA)
    assert any("two annotations" in note.detail for note in told.problems)
    assert spans_in(second) == [("SPEAKER", "The ship")]
    ask(anna, "PATCH", f"/api/annotations/{made['id']}/", {"result": [mark("ITEM", 17, 22)]})
    assert {note.detail for note in pull(client, title, tmp_path, SCHEMA).problems} == {"category is not given"} | {
        f"{name} is not given" for name in ("entity", "source_type", "relay")
    }
    assert (spans_in(first), spans_in(second)) == ([("ITEM", "wheat")], [("SPEAKER", "The ship")])
    assert ask(carla, "GET", f"/api/annotations/{mine['id']}/")["updated_by"] is not None


def test_what_nobody_submitted_is_not_annotated_and_several_annotators_are_not_one(
    client: Api, label_studio: LabelStudio, anna: httpx.Client, carla: httpx.Client, gold: Layer, title: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    number = push(client, title, gold, SCHEMA).project
    tasks = tasks_of(client, number)
    submit(anna, tasks["000"])
    ask(anna, "POST", f"/api/tasks/{tasks['001']}/drafts", {"result": [], "lead_time": 1})
    ask(anna, "POST", f"/api/tasks/{tasks['002']}/annotations/", {"result": [], "was_cancelled": True})
    path = tmp_path / "export.json"

    def export() -> Path:
        answer = client.get(f"/api/projects/{number}/export", exportType="JSON", download_all_tasks="true")
        path.write_text(json.dumps(answer), encoding="utf-8")
        return path

    assert len(json.loads(export().read_text(encoding="utf-8"))) == len(gold)
    (only,) = read_export(path)
    assert (only.doc, only.spans, only.claims) == ("000", (), ())  # submitted, with nothing in it
    scored = program("score", f"labelstudio:{path}", "--json", "--out", tmp_path / "run", "--max-fail", "1")
    assert scored.returncode == 0, scored.stderr
    assert json.loads(scored.stdout)["schemes"]["strict"]["micro"]["ACT"] == 0

    with label_studio.client() as api:  # a snapshot that holds the suggestions in full
        whole = {"serialization_options": {"predictions": {"only_id": False}}}
        snapshot = ask(api, "POST", f"/api/projects/{number}/exports", whole)["id"]
        full = ask(api, "GET", f"/api/projects/{number}/exports/{snapshot}/download?exportType=JSON")
    assert any(isinstance(one, dict) and one["result"] for task in full for one in task["predictions"])
    path.write_text(json.dumps(full), encoding="utf-8")
    assert read_export(path) == [only]

    submit(carla, tasks["003"])
    accounts_ = [account["id"] for account in client.get("/api/users") if account["email"][:4] in ("anna", "carl")]
    with pytest.raises(ClaimspansError, match=r"annotations by 2 accounts .*--option annotator="):
        read_export(export())
    assert [one.doc for one in read_export(path, annotator=str(accounts_[0]))] == ["000"]
    assert [one.doc for one in read_export(path, annotator=str(accounts_[1]))] == ["003"]
    assert [one.doc for one in read_export(path, annotator=EACH)] == ["000", "003"]
    with pytest.raises(ClaimspansError, match="nothing submitted by dora@localhost"):
        read_export(path, annotator="dora@localhost")
    submit(carla, tasks["000"], mark("ZONE", 0, 3))
    with pytest.raises(ClaimspansError, match="000: has 2 annotations in the export"):
        read_export(export(), annotator=EACH)


SHIPS = "🚢🚢 Officials said so. Officials did."


def test_words_that_contradict_their_offsets_are_put_right_or_told(
    client: Api, anna: httpx.Client, title: str, tmp_path: Path
) -> None:
    """A program that counts as JavaScript does is two behind the second ship; one mark that is wrong is only told."""
    documents = [Document(doc=doc, text=SHIPS) for doc in ("utf16", "points", "wrong")]
    number = push(client, title, documents, SCHEMA, layer=None).project
    tasks = tasks_of(client, number)
    submit(anna, tasks["utf16"], mark("SPEAKER", 5, 14, text="Officials"), mark("STANCE", 15, 19, "y", text="said"))
    submit(anna, tasks["points"], mark("SPEAKER", 3, 12, text="Officials"))
    submit(anna, tasks["wrong"], mark("SPEAKER", 5, 14, text="Officials"), mark("STANCE", 13, 17, "y", text="said"))
    told = pull(client, title, tmp_path, SCHEMA)
    folder = tmp_path / "anna@localhost"
    assert spans_in(folder / "utf16.jsonl") == [("SPEAKER", "Officials"), ("STANCE", "said")]
    assert spans_in(folder / "points.jsonl") == [("SPEAKER", "Officials")]
    assert spans_in(folder / "wrong.jsonl") == [("STANCE", "said")]
    assert [note.detail for note in told.problems if "offsets" in note.detail] == [
        "says “Officials”, and there stands “ficials s”: its offsets are wrong"
    ]


def test_suggestions_are_made_with_the_schema_mapped_counted_and_missed(
    label_studio: LabelStudio, title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = corpus_of_goods(tmp_path)
    code = "def extract(article):\n    return {'spans': [{'label': %r, 'start': 17, 'end': 22}]}\n"
    for name, label in (("finds", "GOODS"), ("cargo", "CARGO")):
        (tmp_path / f"{name}.py").write_text(code % label, encoding="utf-8")
    (tmp_path / "none.py").write_text("def extract(article):\n    return {'spans': []}\n", encoding="utf-8")
    monkeypatch.setenv("LABEL_STUDIO_URL", label_studio.url)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", label_studio.token)
    push_ = ("labelstudio", "push", "--project", title, "--corpus", corpus)
    for name, options, marks in (
        ("finds", (), 1),
        ("cargo", ("--map", "CARGO=GOODS"), 1),
        ("none", (), 0),
    ):
        run = program(*push_, "--suggest", f"py:{tmp_path / name}.py:extract", *options)
        assert (run.returncode, f"{marks} mark" in run.stdout) == (0, True), run.stdout + run.stderr
        assert ("no marks in any article" in run.stderr) == (marks == 0)


def test_a_project_made_by_hand_is_adopted_where_text_and_page_fit(
    client: Api, label_studio: LabelStudio, anna: httpx.Client, gold: Layer, title: str, tmp_path: Path
) -> None:
    """Articles pasted into a project by hand: without an id, known by their text; strangers are told one by one."""
    texts = [{"text": text} for text in (gold[0].text, "Mine, and of no corpus.", "Another.", "Of none either.")]
    texts[2]["doc_id"] = "mine"
    number, tasks = label_studio.project(title, configuration(SCHEMA), [{"data": data} for data in texts])
    for task in tasks:
        submit(anna, task, mark("ZONE", 0, 1))
    hashes = {one.doc: sha256_of(one.text or "") for one in gold}
    told = pull(client, title, tmp_path, SCHEMA, hashes=hashes)
    assert [Path(path).name for path in told.written] == ["000.jsonl", "mine.jsonl"]
    named = [(note.task, note.remedy) for note in told.problems if "no article" in note.detail]
    assert named == [(tasks[1], "give its data a doc_id"), (tasks[3], "give its data a doc_id")]
    assert not any("second task" in note.detail for note in told.problems)
    pushed = push(client, title, gold[:2], SCHEMA)
    assert (pushed.project, pushed.created, pushed.updated) == (number, 1, 1)
    assert {note.task for note in pushed.notes} == {tasks[1], tasks[3]}

    page = '<View><Text name="t" value="$text"/></View>'
    other, _ = label_studio.project(f"{title} other", page, [{"data": texts[0]}])
    with pytest.raises(ClaimspansError, match=f"other” \\({other}\\).*no file was changed"):
        pull(client, f"{title} other", tmp_path / "other", SCHEMA, hashes=hashes)
    assert not (tmp_path / "other").exists()


def test_how_far_everybody_is(
    client: Api, label_studio: LabelStudio, anna: httpx.Client, carla: httpx.Client, title: str
) -> None:
    documents = [Document(doc=doc, text=GOODS) for doc in ("one", "two", "three", "four")]
    tasks = tasks_of(client, push(client, title, documents, SCHEMA, layer=None).project)
    wheat, arms, person = mark("ITEM", 17, 22), mark("ITEM", 28, 32, "y"), mark("SPEAKER", 37, 45, "z")
    for page, doc, seconds, marks in (
        (anna, "one", 60, (wheat, arms)),
        (anna, "two", 180, (wheat, person)),
        (anna, "three", 600, (wheat,)),
        (carla, "one", 30, (wheat, arms)),
        (carla, "two", 90, (arms,)),
    ):
        body = {"result": list(marks), "lead_time": seconds}
        ask(page, "POST", f"/api/tasks/{tasks[doc]}/annotations/", body)
    ask(carla, "POST", f"/api/tasks/{tasks['three']}/annotations/", {"result": [], "was_cancelled": True})
    ask(carla, "POST", f"/api/tasks/{tasks['four']}/drafts", {"result": [wheat], "lead_time": 1})
    run = program("labelstudio", "status", "--home", label_studio.home.root, "--project", title, "--json")
    assert run.returncode == 0, run.stderr
    shown = {row.pop("name"): row for row in json.loads(run.stdout)["annotators"]}
    # On both articles: two of Anna's four marks are among Carla's three.
    agreement = pytest.approx(2 * 2 / (4 + 3))
    assert shown == {
        "anna@localhost": {
            "done": 3, "skipped": 0, "drafts": 0, "minutes": 3.0, "spans_an_hour": pytest.approx(5 * 3600 / 840),
            "agreement": agreement, "compared": 2,
        },
        "carla@localhost": {
            "done": 2, "skipped": 1, "drafts": 1, "minutes": 1.0, "spans_an_hour": pytest.approx(3 * 3600 / 120),
            "agreement": agreement, "compared": 2,
        },
    }  # fmt: skip
    told = program("labelstudio", "status", "--home", label_studio.home.root, "--project", title).stdout
    assert re.search(r"anna@localhost +3 +0 +0 +3\.0 +21 +0\.571 on 2", told), told


def test_the_round_trip_that_the_documents_show(
    label_studio: LabelStudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs" / "labelstudio.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```python\n(import json, os.*?)```", page, re.DOTALL)
    monkeypatch.setenv("LABEL_STUDIO_URL", label_studio.url)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", label_studio.token)
    monkeypatch.chdir(tmp_path)
    assert program("export", "labelstudio", "--out", "out").returncode == 0
    (tmp_path / "trip.py").write_text(shown, encoding="utf-8")
    run = subprocess.run([sys.executable, "trip.py"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    scored = program("score", "labelstudio:export.json", "--json")
    assert scored.returncode == 0, scored.stderr
    assert json.loads(scored.stdout)["schemes"]["strict"]["micro"]["f1"] == 1.0
