"""Pull against a real Label Studio: what happened in the page, and what goes wrong between."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import shutil
import signal
from pathlib import Path

import httpx
import msgspec
import pytest

from claimspans import Corpus, Layer
from claimspans.data.problems import ClaimspansError
from claimspans.data.schema import default_schema
from claimspans.labelstudio import accounts, server
from claimspans.labelstudio.api import AwayError
from claimspans.labelstudio.config import configuration
from claimspans.labelstudio.encode import to_task
from claimspans.labelstudio.fields import Page
from claimspans.labelstudio.pull import pull
from claimspans.labelstudio.push import push
from claimspans.labelstudio.submissions import Pulled

from ..helpers.labelstudio_projects import GOLD, counts, files, many, side, submitted
from ..helpers.labelstudio_server import Api, LabelStudio, served, venv
from ..helpers.places import ROOT

pytestmark = pytest.mark.slow


SCHEMA = default_schema()


PAGE = Page(SCHEMA)


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


def test_a_pull_whose_server_is_killed_is_finished_by_the_next(
    gold: Layer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claimspans.labelstudio.pull.BATCH", 10)
    monkeypatch.setattr("claimspans.labelstudio.api._PAGE", 10)
    made = many(gold, 25)
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


def test_pulled_layers_are_layers(client: Api, gold: Layer, title: str, tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "annotations").mkdir(parents=True)
    shutil.copytree(ROOT / "seeds", root / "seeds")
    shutil.copy(ROOT / "schema.json", root)
    submitted(client, title, list(gold))
    result: Pulled = pull(client, title, root / "annotations", SCHEMA)
    assert result.clean
    corpus = Corpus(root)
    assert corpus.layers == ["owner@localhost"]
    assert corpus.load("owner@localhost") == gold
