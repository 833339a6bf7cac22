"""Live suggestions: the protocol over a real socket, an extractor that falls, and Label Studio itself asking."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

import httpx
import msgspec
import pytest

from claimspans import Corpus, Document, Span
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Value
from claimspans.data.schema import default_schema
from claimspans.extractors import Refused, get
from claimspans.extractors.run import Limits
from claimspans.extractors.run.live import Live
from claimspans.labelstudio.decode import from_annotation
from claimspans.labelstudio.encode import to_task
from claimspans.labelstudio.fields import Page
from claimspans.labelstudio.push import push
from claimspans.labelstudio.suggest import LARGEST, PASSWORD, Backend, shared_password

from ..helpers.command import claimspans
from ..helpers.labelstudio_server import Api, LabelStudio, free_port
from ..helpers.places import ROOT
from ..helpers.waiting import FOREVER

PAGE = Page(default_schema())
FAULTY = f"py:{ROOT / 'tests' / 'helpers' / 'systems' / 'faulty.py'}:extract"
TOKEN = "0123456789" * 4
JSON = {"Content-Type": "application/json"}


def basic(name: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"


def suggest(document: Document) -> Document:
    """The first word as an ITEM; an article that begins with a question mark has no answer."""
    text = document.text or ""
    if text.startswith("?"):
        raise Refused("crash", f"killed by {document.doc}")
    span = Span(label="ITEM", start=0, end=len(text.split()[0]), attributes={"category": "ML4"})
    return msgspec.structs.replace(document, spans=(span,))


@pytest.fixture(scope="module")
def backend() -> Iterator[tuple[httpx.Client, list[str]]]:
    told: list[str] = []
    server = Backend(suggest, PAGE, "words@1", port=0, told=told.append)
    serving = threading.Thread(target=server.run)
    serving.start()
    with httpx.Client(base_url=server.url, timeout=60, trust_env=False) as client:
        yield client, told
    server.stop()
    serving.join(timeout=FOREVER)
    assert not serving.is_alive()


Asked = tuple[httpx.Client, list[str]]


def test_the_four_routes(backend: Asked) -> None:
    client, told = backend
    assert client.get("/health").json() == {"status": "UP", "model_version": "words@1"}
    setup = client.post("/setup", json={"project": "1.1", "schema": "<View/>", "access_token": TOKEN})
    assert setup.json() == {"model_version": "words@1"}
    assert client.post("/webhook", json={"action": "ANNOTATION_CREATED"}).json()["status"] == "ok"
    text = "👩‍👩‍👧\r\nKim\u00a0said "
    tasks = [
        {"id": 5, "data": {"text": text, "doc_id": "a", "published": "2024-09"}},
        {"id": 6, "data": {"text": "? no"}},
    ]
    found = client.post("/predict", json={"tasks": tasks, "params": {"login": "me", "password": TOKEN}}).json()
    wanted = suggest(Document(doc="a", text=text, published="2024-09"))
    # What a push would have sent; and an article without an answer does not look like one without a span.
    assert found["results"] == [to_task(wanted, PAGE, model_version="words@1")["predictions"][0], []]
    assert told == ["a: 1 span, 0 claims", "task-6: no suggestions: crash: killed by task-6"]
    assert TOKEN not in json.dumps([found, told])


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status", "said"),
    [
        ("POST", "/predict", b"{", JSON, 400, "not JSON"),
        ("POST", "/predict", b"[" * 100_000, JSON, 400, "not JSON"),
        ("POST", "/predict", b"[]", JSON, 400, "not an object"),
        ("POST", "/predict", b"{}", JSON, 400, "not an array of tasks"),
        ("POST", "/predict", b'{"tasks": [1]}', JSON, 400, "not an array of tasks"),
        ("POST", "/predict", b'{"tasks": [{"data": {"text": 1}}]}', JSON, 400, "tasks[0].data.text"),
        ("POST", "/predict", b"\xff", JSON, 400, "not JSON"),
        ("POST", "/predict", b'{"tasks": []}', {"Content-Type": "text/plain"}, 415, "application/json"),
        ("POST", "/predict", b"{}", JSON | {"Host": "evil.example"}, 403, "the Host is none of"),
        ("GET", "/health", None, {"Host": "127.0.0.1"}, 403, "the Host is none of"),
        ("POST", "/predict", b"{}", JSON | {"Origin": "http://evil.example"}, 403, "a page in a browser"),
        ("POST", "/setup", b"{}", JSON | {"Origin": "null"}, 403, "a page in a browser"),
        ("POST", "/train", b"{}", JSON, 404, "no such route"),
        ("GET", "/predict", None, {}, 404, "no such route"),
        ("PUT", "/predict", b"{}", JSON, 501, "Unsupported method"),
    ],
)
def test_a_bad_request_is_answered_with_what_is_wrong(
    backend: Asked, method: str, path: str, body: bytes | None, headers: dict[str, str], status: int, said: str
) -> None:
    client, _ = backend
    line = HTTPConnection(client.base_url.host, client.base_url.port, timeout=60)
    line.request(method, path, body, headers)
    answer = line.getresponse()
    assert (answer.status, answer.headers["content-type"]) == (status, "application/json; charset=utf-8")
    assert said in json.loads(answer.read())["error"]
    line.close()
    assert client.get("/health").status_code == 200


@pytest.mark.parametrize(("length", "status"), [(str(LARGEST + 1), 413), ("some", 400), ("-1", 400), ("9" * 400, 413)])
def test_a_body_that_is_too_large_is_not_waited_for(backend: Asked, length: str, status: int) -> None:
    client, _ = backend
    line = HTTPConnection(client.base_url.host, client.base_url.port, timeout=60)
    line.request("POST", "/predict", b"", JSON | {"Content-Length": length})
    answer = line.getresponse()
    answer.read()
    assert answer.status == status
    line.close()


def test_slow_connections_hold_no_thread_and_no_memory(backend: Asked) -> None:
    client, _ = backend
    before = threading.active_count()
    slow = [socket.create_connection((client.base_url.host, client.base_url.port or 0)) for _ in range(60)]
    for line in slow:
        line.sendall(b"POST /predict HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 9999999\r\n\r\n{")
    assert client.get("/health").status_code == 200
    assert threading.active_count() == before
    for line in slow:
        line.close()


def test_what_is_no_request_ends_nothing(backend: Asked) -> None:
    client, _ = backend
    for raw in (
        b"",
        b"\x16\x03\x01\x02",
        b"GET /health HTTP/1.1\r\n",
        b"POST /predict HTTP/1.1\r\nContent-Length: 9\r\n\r\n{",
    ):
        with socket.create_connection((client.base_url.host, client.base_url.port or 0)) as line:
            line.sendall(raw)
    assert client.get("/health").status_code == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (basic("claimspans", TOKEN), 200),
        (basic("", TOKEN).replace("Basic", "basic"), 200),
        (None, 401),
        (basic("claimspans", TOKEN[1:]), 401),
        (basic(TOKEN, ""), 401),
        (f"Bearer {TOKEN}", 401),
        ("Basic", 401),
        ("Basic é!", 401),
    ],
)
@pytest.mark.parametrize(("method", "path"), [("GET", "/health"), ("POST", "/predict"), ("GET", "/nowhere")])
def test_with_a_password_nobody_is_answered_without(sent: str | None, status: int, method: str, path: str) -> None:
    told: list[str] = []
    server = Backend(suggest, PAGE, "words@1", port=0, told=told.append, password=TOKEN)
    serving = threading.Thread(target=server.run)
    serving.start()
    given = JSON if sent is None else JSON | {"Authorization": sent}
    headers = {name.encode(): value.encode() for name, value in given.items()}
    try:
        answer = httpx.request(
            method, server.url + path, headers=headers, content=b'{"tasks": []}', timeout=60, trust_env=False
        )
    finally:
        server.stop()
        serving.join(timeout=FOREVER)
    assert answer.status_code == (404 if path == "/nowhere" and status == 200 else status)
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)
    assert TOKEN not in answer.text
    assert told == []


def test_the_password_is_that_of_the_environment_or_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD, raising=False)
    assert shared_password(made=False) is None
    assert len({shared_password(made=True) for _ in range(3)} - {None}) == 3
    monkeypatch.setenv(PASSWORD, TOKEN)
    assert shared_password(made=True) == shared_password(made=False) == TOKEN
    for weak in ("short", "with a blank in the middle", "with-an-é-in-the-middle"):
        monkeypatch.setenv(PASSWORD, weak)
        run = claimspans("labelstudio", "suggest", "rules")
        assert (run.returncode, weak in run.stderr) == (2, False)
        assert f"{PASSWORD}: expected 16 or more" in run.stderr


def test_a_port_that_is_taken_is_an_error() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        with pytest.raises(ClaimspansError, match="name another with --port"):
            Backend(suggest, PAGE, "x", port=busy.getsockname()[1])


@pytest.mark.slow
def test_an_extractor_that_falls_is_started_again() -> None:
    with Live(FAULTY, limits=Limits(timeout=60, load_timeout=300)) as live:
        text = "🚀 shells, and more"
        assert live.version.startswith(f"{FAULTY}@")
        assert len(live(Document(doc="good-1", text=text)).document.spans) == 1
        with pytest.raises(Refused, match=r"crash: ended with exit code 3"):
            live(Document(doc="exit-1", text=text))
        assert len(live(Document(doc="good-2", text=text)).document.spans) == 1
        with pytest.raises(Refused, match="no such language"):
            live(Document(doc="permanent-1", text=text))
    with pytest.raises(Refused, match="was ended"):
        live(Document(doc="good-3", text=text))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("nothing",), "nothing: no such extractor"),
        (("py:nowhere:extract",), "nowhere"),
        (("rules", "--map", "A=B"), "expected one of SPEAKER"),
        (("rules", "--connect", "--url", "http://127.0.0.1:9"), "no access token"),
    ],
)
def test_wrong_calls(args: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LABEL_STUDIO_API_KEY", raising=False)
    run = claimspans("labelstudio", "suggest", *args)
    assert run.returncode == 2
    assert said in run.stderr


@contextmanager
def suggesting(*args: str, token: str) -> Iterator[dict[str, Any]]:
    """The command, running; what it printed, and at the end its exit code and standard error."""
    run = subprocess.Popen(
        [sys.executable, "-m", "claimspans", "labelstudio", "suggest", *args, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LABEL_STUDIO_API_KEY": token},
    )
    try:
        assert run.stdout is not None
        line = run.stdout.readline()
        told: dict[str, Any] = json.loads(line) if line else {}
        yield told
        run.send_signal(signal.SIGINT if "rules" in args else signal.SIGTERM)
        _, told["stderr"] = run.communicate(timeout=FOREVER)
        told["exit"] = run.returncode
    finally:
        run.kill()
        run.wait()


def whole(document: Document) -> tuple[Span, ...]:
    """The spans with every attribute of their labels, null where a system says nothing: a page has a field for each."""
    spans = []
    for span in document.spans:
        known = PAGE.schema.labels[span.label].attributes
        names = [each.name for each in known if each.only_for is None or each.name in span.attributes]
        attributes: dict[str, Value] = {name: span.attributes.get(name) for name in names}
        spans.append(msgspec.structs.replace(span, attributes=attributes))
    return tuple(spans)


@pytest.mark.slow
def test_label_studio_fetches_what_the_extractor_says(label_studio: LabelStudio) -> None:
    """Opening a task brings its suggestions, equal to the extractor's output field by field; then the server ends."""
    plain = Corpus().plain()
    wanted = {document.doc: document for document in get("rules")(plain)}
    port = str(free_port())
    with Api(label_studio.url, label_studio.token) as client:
        push(client, "live", plain, PAGE.schema, layer=None)
        project = client.project("live")
        assert project is not None
        args = ("--connect", "--project", "live", "--url", label_studio.url, "--port", port)
        for _ in range(2):  # a second time the same connection is used again
            with suggesting("rules", *args, token=label_studio.token) as told:
                assert told["model_version"].startswith("rules@")
                assert len(client.get("/api/ml", project=project["id"])) == 1
                assert httpx.get(f"{told['url']}/health", trust_env=False).status_code == 401
                for task in list(client.tasks(project["id"], ["id"])):
                    opened = client.get(f"/api/tasks/{task['id']}")
                    (prediction,) = opened["predictions"]
                    assert prediction["model_version"] == told["model_version"]
                    found, _ = from_annotation(opened, prediction, PAGE)
                    assert found is not None
                    assert found.spans == whole(wanted[found.doc])
            assert told["exit"] == 0
            assert label_studio.token not in told["stderr"]
        assert client.get(f"/api/projects/{project['id']}")["model_version"] == told["model_version"]
        assert told["stderr"] == ""  # the second time everything was there


@pytest.mark.slow
def test_an_article_on_which_the_extractor_dies_has_no_suggestions_and_the_next_one_has(
    label_studio: LabelStudio,
) -> None:
    articles = [Document(doc=doc, text="shells, and more") for doc in ("exit-1", "good-1")]
    with Api(label_studio.url, label_studio.token) as client:
        push(client, "faulty", articles, PAGE.schema, layer=None)
        project = client.project("faulty")
        assert project is not None
        args = ("--connect", "--project", "faulty", "--url", label_studio.url, "--port", str(free_port()))
        with suggesting(FAULTY, *args, token=label_studio.token) as told:
            found = [client.get(f"/api/tasks/{task['id']}") for task in list(client.tasks(project["id"], ["id"]))]
            assert [len(task["predictions"]) for task in found] == [0, 1]
        assert told["exit"] == 0
        assert "exit-1: no suggestions: crash: ended with exit code 3" in told["stderr"]
        assert "good-1: 1 span, 0 claims" in told["stderr"]


@pytest.mark.slow
def test_a_project_that_is_not_there_ends_the_command(label_studio: LabelStudio) -> None:
    begun = time.monotonic()
    args = ("--connect", "--project", "nobody's", "--url", label_studio.url, "--port", str(free_port()))
    with suggesting("rules", *args, token=label_studio.token) as told:
        assert told == {}
    assert told["exit"] == 2
    assert "no project “nobody's”" in told["stderr"]
    assert time.monotonic() - begun < FOREVER
