"""Push against a real Label Studio: the articles there and back, twice, and what stays as it is."""

from __future__ import annotations

import copy
import json
import os
import signal
import subprocess
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from claimspans import Corpus, Document, Layer, Span
from claimspans.data.hashes import sha256_of
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import document_records, to_line
from claimspans.data.schema import Schema, default_schema
from claimspans.labelstudio import server
from claimspans.labelstudio.api import AwayError
from claimspans.labelstudio.config import configuration, instruction
from claimspans.labelstudio.encode import to_task
from claimspans.labelstudio.fields import Page
from claimspans.labelstudio.pull import pull
from claimspans.labelstudio.push import EVERYBODY, push
from claimspans.layers.adjudication.origins import origins

from ..helpers.command import claimspans, program
from ..helpers.labelstudio_articles import documents, from_task
from ..helpers.labelstudio_projects import GOLD, counts, files, many, side, submitted
from ..helpers.labelstudio_server import Api, LabelStudio, served, venv

pytestmark = pytest.mark.slow


SCHEMA = default_schema()


PAGE = Page(SCHEMA)
_MADE = count(1)


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
    title = f"made {next(_MADE)}"
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


def test_a_push_whose_server_is_killed_is_finished_by_the_next(
    gold: Layer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claimspans.labelstudio.push.BATCH", 5)
    made = many(gold, 15)
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
            assert result.unchanged >= 10
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
    article.write_text('{"doc": "mine", "text": "Kim said so.", "published": "2024"}\n', encoding="utf-8")
    own = ("--corpus", tmp_path / "corpus")
    assert claimspans("new", tmp_path / "corpus").returncode == 0
    assert claimspans("add", article, *own).returncode == 0
    mine = claimspans("labelstudio", "push", *where, *own)
    assert (mine.returncode, "1 created" in mine.stdout, mine.stderr) == (0, True, "")
    pulled = program("labelstudio", "pull", *where, "--out", tmp_path / "out", "--json")
    assert (pulled.returncode, json.loads(pulled.stdout)["written"]) == (0, [])
    monkeypatch.setenv("LABEL_STUDIO_URL", "http://127.0.0.1:9")
    for arguments, said in (
        (("pull", "--project", "no such thing", "--url", label_studio.url), "no project “no such thing”"),
        (("push", *where, "--suggest", "none", "--as", "annotations"), "there is nothing to submit"),
        (("push", *where, "--suggest", "oracle"), "oracle: no such extractor"),
        (("push", *where, "--corpus", tmp_path / "nowhere"), "no such folder"),
    ):
        run = claimspans("labelstudio", *arguments)
        assert (run.returncode, said in run.stderr) == (2, True), run.stderr
