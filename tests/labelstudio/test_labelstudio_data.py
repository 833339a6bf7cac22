"""Push and pull against a real Label Studio: the articles there and back, twice, and with what goes wrong between."""

from __future__ import annotations

import base64
import contextlib
import copy
import hashlib
import hmac
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from claimspans import Corpus, Document, Layer, Span
from claimspans.data.hashes import sha256_of
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import document_records, to_line
from claimspans.data.schema import Schema, default_schema
from claimspans.labelstudio import accounts, server
from claimspans.labelstudio.api import AwayError
from claimspans.labelstudio.config import configuration, instruction
from claimspans.labelstudio.encode import to_task
from claimspans.labelstudio.fields import Page
from claimspans.labelstudio.pull import pull
from claimspans.labelstudio.push import EVERYBODY, Pushed, push
from claimspans.labelstudio.submissions import Pulled
from claimspans.layers.adjudication.origins import origins

from ..helpers.command import program
from ..helpers.labelstudio_articles import documents, from_task
from ..helpers.labelstudio_server import Api, LabelStudio, served, venv
from ..helpers.places import ROOT

pytestmark = pytest.mark.slow
SCHEMA = default_schema()
PAGE = Page(SCHEMA)
_TITLES = iter(f"project {number}" for number in range(1000))


@pytest.fixture
def title() -> str:
    return next(_TITLES)


@pytest.fixture
def client(label_studio: LabelStudio) -> Iterator[Api]:
    with Api(label_studio.url, label_studio.token) as made:
        yield made


def counts(result: Pushed) -> tuple[int, int, int]:
    return result.created, result.updated, result.unchanged


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*/*.jsonl"))}


GOLD = {path.name: path.read_bytes() for path in sorted((ROOT / "annotations" / "gold").glob("*.jsonl"))}


def test_the_gold_comes_back_byte_for_byte_and_a_second_time_nothing_moves(
    client: Api, gold: Layer, title: str, tmp_path: Path
) -> None:
    assert counts(push(client, title, gold, SCHEMA, layer="annotations")) == (5, 0, 0)
    assert counts(push(client, title, gold, SCHEMA, layer="annotations")) == (0, 0, 5)
    hashes = {doc: source.sha256 for doc, source in Corpus().sources.items()}
    first = pull(client, title, tmp_path, SCHEMA, hashes=hashes)
    assert (len(first.written), first.clean, first.news) == (5, True, [])
    assert files(tmp_path) == GOLD
    pull(client, title, tmp_path, SCHEMA)  # what changed in the second of the first pull is fetched again
    side = (tmp_path / f"{title.replace(' ', '-')}.labelstudio.jsonl").read_bytes()
    again = pull(client, title, tmp_path, SCHEMA, whole=True)
    assert (again.written, again.unchanged, again.clean) == ([], 5, True)
    lines = [json.loads(line) for line in side.splitlines()]
    entry = next(line for line in lines if line["type"] == "annotation")
    assert (entry["doc"], entry["annotator"], entry["parent_prediction"]) == ("000", "owner@localhost", None)
    assert {"lead_time", "updated_at", "task", "sha256"} <= set(entry)


@settings(max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.lists(documents(), min_size=6, max_size=6, unique_by=lambda one: one.doc))
def test_generated_articles_come_back_from_the_server(label_studio: LabelStudio, made: list[Document]) -> None:
    title = next(_TITLES)
    with Api(label_studio.url, label_studio.token) as client:
        push(client, title, made, SCHEMA, layer="annotations")
        project = client.project(title)
        assert project is not None
        tasks = list(client.tasks(project["id"], ["id", "data", "meta", "annotations", "result", "updated_at"]))
    assert [from_task(task, PAGE) for task in tasks] == [(document, []) for document in made]


def test_suggestions_are_replaced_where_they_differ_and_stand_beside_others(
    client: Api, gold: Layer, title: str
) -> None:
    other = Corpus().load("pass-b")
    assert counts(push(client, title, gold, SCHEMA, layer=None)) == (5, 0, 0)
    assert counts(push(client, title, gold, SCHEMA, model_version="a")) == (0, 5, 0)
    assert counts(push(client, title, gold, SCHEMA, model_version="a")) == (0, 0, 5)
    assert counts(push(client, title, other, SCHEMA, model_version="a")) == (0, 5, 0)
    assert counts(push(client, title, gold, SCHEMA, model_version="b")) == (0, 5, 0)
    project = client.project(title)
    assert project is not None
    assert client.get(f"/api/projects/{project['id']}")["model_version"] == "b"
    for task in client.tasks(project["id"], ["id", "predictions", "result", "model_version"]):
        assert sorted(one["model_version"] for one in task["predictions"]) == ["a", "b"]


def test_an_annotation_still_says_from_which_suggestion_it_began_when_that_is_replaced(
    client: Api, gold: Layer, title: str, tmp_path: Path
) -> None:
    task = submitted(client, title, [gold[0]])[0]
    push(client, title, [gold[0]], SCHEMA, layer="predictions", model_version="gold")
    assert counts(push(client, title, [Corpus().load("pass-b")[0]], SCHEMA, model_version="gold")) == (0, 1, 0)
    kept = client.get(f"/api/annotations/{task['annotation']['id']}/")
    assert kept["parent_prediction"] == task["predictions"][0]["id"]
    pull(client, title, tmp_path, SCHEMA)
    client.delete(f"/api/predictions/{kept['parent_prediction']}")
    pull(client, title, tmp_path, SCHEMA, whole=True)
    (entry,) = side(tmp_path, title, "annotation")
    assert (entry["parent_prediction"], entry["suggestions"]) == (kept["parent_prediction"], "gold")


def test_what_was_pushed_as_annotations_is_told_from_what_somebody_made(
    client: Api, gold: Layer, title: str, tmp_path: Path
) -> None:
    bare = [Document(doc=one.doc, text=one.text, published=one.published) for one in gold[:2]]
    push(client, title, [gold[0]], SCHEMA, layer="annotations", model_version="pass-a")
    push(client, title, bare, SCHEMA, layer=None)
    project = client.project(title)
    assert project is not None
    (number,) = [row["id"] for row in client.tasks(project["id"], ["id", "data"]) if row["data"]["doc_id"] == "001"]
    row = {"id": "x", "from_name": "label", "to_name": "text", "type": "labels"}
    zone = row | {"value": {"start": 0, "end": 2, "labels": ["ZONE"]}}
    client.post(f"/api/tasks/{number}/annotations/", {"result": [zone]})
    pull(client, title, tmp_path, SCHEMA)
    found = origins(tmp_path / "owner@localhost")
    assert {doc: (each.kind, each.suggestions) for doc, each in found.items()} == {
        "000": ("model-assisted", "pass-a"),
        "001": ("human", None),
    }


def test_of_several_suggestions_the_one_that_somebody_took_is_named(
    client: Api, gold: Layer, title: str, tmp_path: Path
) -> None:
    submitted(client, title, [gold[0]])
    push(client, title, [Corpus().load("pass-b")[0]], SCHEMA, model_version="pass-b")
    pull(client, title, tmp_path, SCHEMA)
    (entry,) = side(tmp_path, title, "annotation")
    assert entry["suggestions"] == "gold"


def test_everybody_gets_every_article_unless_the_project_says_how_many_do(client: Api, gold: Layer, title: str) -> None:
    def overlaps(**options: Any) -> set[int]:
        number = push(client, title, gold[:2], SCHEMA, **options).project
        return {client.get(f"/api/tasks/{row['id']}")["overlap"] for row in client.tasks(number, ["id"])}

    assert overlaps() == {EVERYBODY}
    assert overlaps(annotators=2) == overlaps() == {2}
    assert overlaps(annotators=1) == {1}


def test_what_the_owner_wrote_before_the_instructions_stays(client: Api, gold: Layer, title: str) -> None:
    number = push(client, title, gold[:1], SCHEMA).project
    client.patch(f"/api/projects/{number}", {"expert_instruction": "<p>Mind 001.</p>" + instruction(SCHEMA)})
    push(client, title, gold[:1], SCHEMA)
    assert client.get(f"/api/projects/{number}")["expert_instruction"] == "<p>Mind 001.</p>" + instruction(SCHEMA)
    client.patch(f"/api/projects/{number}", {"expert_instruction": "<p>Something else.</p>"})
    push(client, title, gold[:1], SCHEMA)
    assert client.get(f"/api/projects/{number}")["expert_instruction"] == instruction(SCHEMA)


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


def test_what_happened_in_the_page_is_followed(client: Api, gold: Layer, title: str, tmp_path: Path) -> None:
    tasks = submitted(client, title, list(gold))
    path = f"/api/tasks/{tasks[0]['id']}/drafts"
    client.post(path, {"result": [], "lead_time": 1})
    first = pull(client, title, tmp_path, SCHEMA)
    assert files(tmp_path) == GOLD
    assert [note.detail for note in first.news] == ["drafts are not taken: 000"]
    side = (tmp_path / f"{title.replace(' ', '-')}.labelstudio.jsonl").read_text(encoding="utf-8")
    entry = next(json.loads(line) for line in side.splitlines() if '"annotation"' in line)
    assert (entry["lead_time"], entry["suggestions"]) == (12.5, "gold")
    assert entry["parent_prediction"] == tasks[0]["predictions"][0]["id"]

    kept = [row for row in tasks[1]["annotation"]["result"] if "c1" not in (row.get("id"), row.get("from_id"))]
    kept = [row for row in kept if row.get("to_id") != "c1"]
    client.patch(f"/api/annotations/{tasks[1]['annotation']['id']}/", {"result": kept})
    client.delete(f"/api/tasks/{tasks[2]['id']}/")
    client.delete(f"/api/annotations/{tasks[3]['annotation']['id']}/")
    client.post(f"/api/tasks/{tasks[4]['id']}/annotations/", {"result": [], "was_cancelled": True})
    second = pull(client, title, tmp_path, SCHEMA)
    assert [Path(path).name for path in second.written] == ["001.jsonl"]
    assert b'"id": "c1"' not in files(tmp_path)["001.jsonl"]
    told = {(note.doc, note.detail) for note in second.news}
    assert ("002", "the task was deleted on the server") in told
    assert ("003", "owner@localhost has no annotation any more") in told
    assert len(files(tmp_path)) == 5


def test_a_file_that_was_edited_on_both_sides_is_a_conflict_until_it_is_settled(
    client: Api, gold: Layer, title: str, tmp_path: Path
) -> None:
    tasks = submitted(client, title, list(gold)[:2])
    pull(client, title, tmp_path, SCHEMA)
    here = tmp_path / "owner@localhost" / "000.jsonl"
    beside = here.with_name("000.jsonl.server")
    edited = here.read_text(encoding="utf-8").replace('"KP"', '"KR"')
    here.write_text(edited, encoding="utf-8")
    assert pull(client, title, tmp_path, SCHEMA, whole=True).clean  # edited here alone: it stays
    assert here.read_text(encoding="utf-8") == edited

    zones = [row for row in tasks[0]["annotation"]["result"] if not str(row.get("id")).startswith("z")]
    client.patch(f"/api/annotations/{tasks[0]['annotation']['id']}/", {"result": zones})
    for _ in range(2):
        result = pull(client, title, tmp_path, SCHEMA)
        assert [note.doc for note in result.conflicts] == ["000"]
        assert here.read_text(encoding="utf-8") == edited
        assert '"zone"' not in beside.read_text(encoding="utf-8")
    beside.unlink()
    assert pull(client, title, tmp_path, SCHEMA, whole=True).clean
    assert here.read_text(encoding="utf-8") == edited

    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "owner@localhost").touch()
    with pytest.raises(ClaimspansError, match="owner@localhost: is a file where owner@localhost has a folder"):
        pull(client, title, tmp_path / "elsewhere", SCHEMA)


def test_what_came_from_a_task_that_is_gone_is_not_overwritten_by_another(
    client: Api, gold: Layer, title: str, tmp_path: Path
) -> None:
    """The work on a deleted task, or a deleted project, is nowhere but here."""
    first = submitted(client, title, list(gold)[:2])[0]
    pull(client, title, tmp_path, SCHEMA)
    client.delete(f"/api/tasks/{first['id']}/")
    other = [msgspec.structs.replace(gold[0], spans=(), claims=(), zones=())]
    push(client, title, other, SCHEMA, layer="annotations")
    told = pull(client, title, tmp_path, SCHEMA)
    assert [(note.doc, note.detail) for note in told.news] == [("000", "the task was deleted on the server")]
    assert [note.doc for note in told.conflicts] == ["000"]
    assert files(tmp_path) == {name: GOLD[name] for name in ("000.jsonl", "001.jsonl")}
    (tmp_path / "owner@localhost" / "000.jsonl.server").unlink()
    assert pull(client, title, tmp_path, SCHEMA, whole=True).clean

    project = client.project(title)
    assert project is not None
    client.delete(f"/api/projects/{project['id']}/")
    push(client, title, [msgspec.structs.replace(gold[1], spans=(), claims=(), zones=())], SCHEMA, layer="annotations")
    assert [note.doc for note in pull(client, title, tmp_path, SCHEMA).conflicts] == ["001"]
    assert files(tmp_path) == {name: GOLD[name] for name in ("000.jsonl", "001.jsonl")}


def test_of_two_tasks_of_an_article_the_first_is_taken_and_the_other_told(
    client: Api, gold: Layer, title: str, tmp_path: Path
) -> None:
    (task,) = submitted(client, title, [gold[0]])
    project = client.project(title)
    assert project is not None
    empty = to_task(msgspec.structs.replace(gold[0], spans=(), claims=(), zones=()), PAGE, layer="annotations")
    client.post(f"/api/projects/{project['id']}/import", [empty])
    for _ in range(2):
        (note,) = pull(client, title, tmp_path, SCHEMA).problems
        assert note.detail == f"a second task of this article; task {task['id']} is the one that is taken"
        assert files(tmp_path) == {"000.jsonl": GOLD["000.jsonl"]}
    client.delete(f"/api/tasks/{note.task}/")
    assert pull(client, title, tmp_path, SCHEMA).clean


def test_a_task_that_is_deleted_between_two_pages_hides_no_other(
    client: Api, gold: Layer, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claimspans.labelstudio.api._PAGE", 2)
    number = push(client, title, gold, SCHEMA, layer=None).project
    tasks = client.tasks(number, ["id", "data"], inside=False)
    seen = [next(tasks), next(tasks)]
    client.delete(f"/api/tasks/{seen[0]['id']}/")
    assert [task["data"]["doc_id"] for task in [*seen, *tasks]] == [document.doc for document in gold]
    # As many tasks as a page holds.
    assert len(list(client.tasks(number, ["id"], inside=False))) == 4


def test_work_of_an_account_that_is_deleted_stays_in_its_folder(
    client: Api, label_studio: LabelStudio, gold: Layer, title: str, tmp_path: Path
) -> None:
    served, who = server.current(label_studio.home), label_studio.home.credentials()
    assert served is not None
    assert who is not None
    made = accounts.invite(served, who, "leaver")
    number = push(client, title, [gold[0]], SCHEMA, layer=None).project
    (task,) = client.tasks(number, ["id"], inside=False)
    with contextlib.closing(label_studio.logged_in(made.username, made.password)) as page:
        (result,) = to_task(gold[0], PAGE, layer="annotations")["annotations"]
        page.post(f"/api/tasks/{task['id']}/annotations/", json=result).raise_for_status()
    assert pull(client, title, tmp_path, SCHEMA).clean
    (user,) = [one["id"] for one in client.get("/api/users") if one["email"] == made.username]
    client.delete(f"/api/users/{user}")
    again = pull(client, title, tmp_path, SCHEMA, whole=True)
    assert (again.written, again.unchanged, again.news) == ([], 1, [])
    assert [entry["annotator"] for entry in side(tmp_path, title, "annotation")] == ["leaver@localhost"]


def expired(access: str, secret: str) -> str:
    """An access token as the server signs it, whose time is over."""

    def part(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    head, body, _ = access.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "==")) | {"exp": 1_700_000_000}
    signed = f"{head}.{part(json.dumps(claims).encode())}"
    return f"{signed}.{part(hmac.digest(secret.encode(), signed.encode(), hashlib.sha256))}"


def test_a_personal_token_is_renewed_when_its_access_expires_in_the_middle(
    client: Api, label_studio: LabelStudio, gold: Layer, title: str, tmp_path: Path
) -> None:
    token = client.post("/api/token/", {})["token"]
    lines = (label_studio.home.data / ".env").read_text(encoding="utf-8").splitlines()
    secret = next(line.removeprefix("SECRET_KEY=") for line in lines if line.startswith("SECRET_KEY="))
    with Api(label_studio.url, token) as personal:
        tokens = personal.studio._client_wrapper._tokens_client
        used: list[str] = []

        def expire(_count: int) -> None:
            used.append(expired(tokens.api_key, secret))
            tokens._set_access_token(used[-1])

        assert counts(push(personal, title, gold, SCHEMA, layer="annotations", done=expire)) == (5, 0, 0)
        assert pull(personal, title, tmp_path, SCHEMA, done=expire).clean
        assert files(tmp_path) == GOLD
        for access in used:  # each was refused, and bought anew
            asked = httpx.get(f"{label_studio.url}/api/projects", headers={"Authorization": f"Bearer {access}"})
            assert asked.status_code == httpx.codes.UNAUTHORIZED
        assert len(used) > 1
        assert tokens.api_key not in used
        client.post("/api/token/blacklist/", {"refresh": token})
        tokens._set_access_token(used[-1])
        with pytest.raises(ClaimspansError, match="does not accept the token") as refused:
            personal.project(title)
    assert not {token, *used} & set(str(refused.value).split())


def test_a_project_that_somebody_broke_is_told_and_mended_by_a_push(
    client: Api, gold: Layer, title: str, tmp_path: Path
) -> None:
    tasks = submitted(client, title, list(gold)[:3])
    project = client.project(title)
    assert project is not None
    hint = configuration(SCHEMA).replace('hint="How much', 'hint="How many', 1)
    client.patch(f"/api/projects/{project['id']}", {"label_config": hint})
    client.patch(f"/api/tasks/{tasks[1]['id']}/", {"data": tasks[1]["data"] | {"text": "Another text."}})
    rows = tasks[2]["annotation"]["result"]
    broken = [row for row in rows if row.get("id") != "s1"]
    client.patch(f"/api/annotations/{tasks[2]['annotation']['id']}/", {"result": broken})
    pulls = [pull(client, title, tmp_path, SCHEMA) for _ in range(2)]
    said, again = ("\n".join(map(str, pulled.problems)) for pulled in pulls)
    assert sorted(again.splitlines()) == sorted(said.splitlines())
    assert [note.detail.partition(":")[0] for note in pulls[0].news] == [
        "its configuration looks otherwise than that of the schema"
    ]
    assert "001 (task" in said
    assert "its text is not the one that was sent" in said
    assert "“s1”, which is not there" in said
    assert [path.name for path in sorted(tmp_path.glob("*/*.jsonl"))] == ["000.jsonl", "002.jsonl"]
    mended = push(client, title, list(gold)[:3], SCHEMA, model_version="gold")
    assert {note.doc for note in mended.notes} == {"001"}
    assert client.get(f"/api/projects/{project['id']}")["label_config"] == hint
    push(client, title, list(gold)[:3], SCHEMA, model_version="gold", reconfigure=True)
    assert client.get(f"/api/projects/{project['id']}")["label_config"] == configuration(SCHEMA)


def test_other_peoples_projects_and_bad_articles_are_left_alone(
    client: Api, label_studio: LabelStudio, gold: Layer, title: str
) -> None:
    config = '<View><Text name="t" value="$x"/></View>'
    label_studio.project(title, config, [{"data": {"x": "somebody's"}}])
    with pytest.raises(ClaimspansError, match="claimspans did not make"):
        push(client, title, gold, SCHEMA)
    bad = [*gold, Document(doc="bad", text="a\ud800")]
    with pytest.raises(ClaimspansError, match=r"nothing was sent.*\nbad: a lone surrogate"):
        push(client, "never made", bad, SCHEMA)
    with pytest.raises(ClaimspansError, match="given twice"):
        push(client, "never made", [*gold, gold[0]], SCHEMA)
    with pytest.raises(ClaimspansError, match="3 to 50 characters"):
        push(client, "x", gold, SCHEMA)
    assert client.project("never made") is None
    with pytest.raises(ClaimspansError, match="no project “never made”"):
        pull(client, "never made", Path("nowhere"), SCHEMA)


def test_a_schema_of_ones_own_goes_there_and_back(client: Api, gold: Layer, title: str, tmp_path: Path) -> None:
    """A label more, with blanks and signs of XML in its name, its attribute and the values."""
    root = copy.deepcopy(SCHEMA.root)
    defs = root["$defs"]
    name, values = 'ARMS & "<crates>"', ["a, b", "<c>", "d & e"]
    defs[name] = {
        "title": "Arms", "description": "What <b>was</b> in them", "x-color": "#123456", "x-hotkey": "7",
        "properties": {"label": {"const": name}, "how many": {"description": "“&”", "enum": [*values, None]}},
    }  # fmt: skip
    defs["label"]["oneOf"].append({"$ref": f"#/$defs/{quote(name)}"})
    rule = {"if": {"properties": {"label": {"const": name}}}, "then": {"required": ["how many"]}}
    defs["span"]["allOf"].append(rule)
    schema = Schema(json.dumps(root).encode())
    extra = [
        Span(label=name, start=at, end=at + 1, id=f"x{at}", text=(gold[0].text or "")[at], attributes={"how many": one})
        for at, one in enumerate([*values, None])
    ]
    spans = sorted([*gold[0].spans, *extra], key=lambda span: span.order)
    document = msgspec.structs.replace(gold[0], spans=tuple(spans))
    push(client, title, [document], schema, layer="annotations")
    assert pull(client, title, tmp_path, schema).clean
    sha256 = sha256_of(document.text or "")
    assert files(tmp_path)["000.jsonl"].decode() == "".join(map(to_line, document_records(document, sha256)))


def many(gold: Layer, number: int) -> list[Document]:
    """Articles enough to be under way for a while."""
    return [msgspec.structs.replace(gold[index % 5], doc=f"a{index:04}") for index in range(number)]


def test_a_pull_whose_server_is_killed_is_finished_by_the_next(gold: Layer, tmp_path: Path) -> None:
    made = many(gold, 250)
    with served(tmp_path / "home") as running:
        with Api(running.url, running.token) as client:
            push(client, "killed", made, SCHEMA, layer="annotations")
            process = server.current(running.home)
            assert process is not None

            def kill(_count: int) -> None:
                os.kill(process.pid, signal.SIGKILL)

            with pytest.raises(AwayError, match="run the same command again"):
                pull(client, "killed", tmp_path / "out", SCHEMA, done=kill)
        begun = files(tmp_path / "out")
        assert 0 < len(begun) < len(made)
        up = server.up(running.home, venv=venv())
        with Api(up.served.url, up.credentials.token) as client:
            result = pull(client, "killed", tmp_path / "out", SCHEMA)
            assert result.clean
            assert len(result.written) == len(made) - len(begun)
            changed = next(iter(client.tasks(result_project(client), ["id", "annotations", "result"])))
            client.patch(f"/api/annotations/{changed['annotations'][0]['id']}/", {"result": []})
            assert len(pull(client, "killed", tmp_path / "out", SCHEMA).written) == 1
    assert len(files(tmp_path / "out")) == len(made)


def result_project(client: Api) -> int:
    project = client.project("killed")
    assert project is not None
    return int(project["id"])


def test_a_push_whose_server_is_killed_is_finished_by_the_next(gold: Layer, tmp_path: Path) -> None:
    made = many(gold, 150)
    with served(tmp_path / "home") as running:
        process = server.current(running.home)
        assert process is not None
        done = []

        def kill(count: int) -> None:
            done.append(count)
            if len(done) == 2:
                os.kill(process.pid, signal.SIGKILL)

        with (
            Api(running.url, running.token) as client,
            pytest.raises(AwayError),
        ):
            push(client, "killed", made, SCHEMA, model_version="gold", done=kill)
        up = server.up(running.home, venv=venv())
        with Api(up.served.url, up.credentials.token) as client:
            result = push(client, "killed", made, SCHEMA, model_version="gold")
            assert result.created + result.unchanged == len(made)
            assert result.unchanged >= 100
            assert counts(push(client, "killed", made, SCHEMA, model_version="gold")) == (0, 0, len(made))


def test_label_studios_own_check_has_nothing_to_say(gold: Layer, tmp_path: Path) -> None:
    """With the SDK of the server's environment: labels, controls and relations of every suggestion."""
    (tmp_path / "config.xml").write_text(configuration(SCHEMA), encoding="utf-8")
    tasks = [to_task(document, PAGE)["predictions"][0] for document in gold]
    (tmp_path / "predictions.json").write_text(json.dumps(tasks), encoding="utf-8")
    code = (
        "import json\n"
        "from label_studio_sdk.label_interface import LabelInterface\n"
        "page = LabelInterface(open('config.xml', encoding='utf-8').read())\n"
        "page.validate()\n"
        "found = [page.validate_prediction(one, return_errors=True) for one in json.load(open('predictions.json'))]\n"
        "bad = page.validate_prediction({'result': [{'id': 'x', 'from_name': 'mood', 'to_name': 'text',\n"
        "    'type': 'labels', 'value': {'start': 0, 'end': 1, 'labels': ['ITEM']}}]}, return_errors=True)\n"
        "print(json.dumps([found, bool(bad)]))\n"
    )
    program = venv() / "bin" / "python"
    run = subprocess.run([program, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout.splitlines()[-1]) == [[[]] * 5, True]


def test_the_commands_as_a_user_calls_them(
    label_studio: LabelStudio, title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = ("--url", label_studio.url, "--project", title)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "f" * 40)
    refused = program("labelstudio", "push", *where)
    assert (refused.returncode, "does not accept the token" in refused.stderr) == (2, True)
    assert "ffff" not in refused.stderr + refused.stdout
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", label_studio.token)
    pushed = json.loads(program("labelstudio", "push", *where, "--suggest", "pass-a", "--json").stdout)
    assert (pushed["created"], pushed["notes"]) == (5, [])
    article = tmp_path / "articles.jsonl"
    article.write_text('{"doc": "mine", "text": "Kim said so.", "spans": [], "published": "2024"}\n', encoding="utf-8")
    mine = program("labelstudio", "push", *where, "--articles", article, "--suggest", "none")
    assert (mine.returncode, "1 created" in mine.stdout, mine.stderr) == (0, True, "")
    pulled = program("labelstudio", "pull", *where, "--out", tmp_path / "out", "--json")
    assert (pulled.returncode, json.loads(pulled.stdout)["written"]) == (0, [])
    monkeypatch.setenv("LABEL_STUDIO_URL", "http://127.0.0.1:9")
    for arguments, said in (
        (("pull", "--project", "no such thing", "--url", label_studio.url), "no project “no such thing”"),
        (("push", *where, "--suggest", "none", "--as", "annotations"), "there is nothing to submit"),
        (("push", *where, "--suggest", "oracle"), "oracle: no such extractor"),
        (("push", *where, "--articles", tmp_path / "nowhere.jsonl"), "file-missing"),
    ):
        run = program("labelstudio", *arguments)
        assert (run.returncode, said in run.stderr) == (2, True), run.stderr


def test_pulled_layers_are_layers(client: Api, gold: Layer, title: str, tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "annotations").mkdir(parents=True)
    shutil.copytree(ROOT / "seeds", root / "seeds")
    submitted(client, title, list(gold))
    result: Pulled = pull(client, title, root / "annotations", SCHEMA)
    assert result.clean
    corpus = Corpus(root)
    assert corpus.layers == ["owner@localhost"]
    assert corpus.load("owner@localhost") == gold
