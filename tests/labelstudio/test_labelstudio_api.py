"""The client of Label Studio: what it says where the server is another, is away, or says no; what it sends once."""

from __future__ import annotations

import base64
import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import pytest

from claimspans.data.problems import ClaimspansError
from claimspans.labelstudio.api import AwayError, Client

pytestmark = pytest.mark.slow  # it needs label-studio-sdk, which is large


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8080", "ftp://x", "http://", "http://[bad", "http://x:port", "http://x:0", "http://a b"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ClaimspansError, match="not the address of a server"):
        Client(url, "token")


@pytest.mark.parametrize(
    ("given", "server"),
    [
        ("http://127.0.0.1:8095/projects/1/data?tab=1&task=3", "http://127.0.0.1:8095"),
        ("https://x.org/labels/projects/", "https://x.org/labels"),
        ("http://x/user/login/", "http://x"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
        ("http://x/userspace", "http://x/userspace"),
    ],
)
def test_a_page_of_the_server_names_the_server(given: str, server: str) -> None:
    with Client(given, "token") as client:
        assert client.url == server


def jwt(kind: str) -> str:
    """A token of the form that a personal one has."""
    said = (
        base64.urlsafe_b64encode(json.dumps({"token_type": kind, "jti": "ÿ", "exp": 4_000_000_000}).encode())
        .decode()
        .rstrip("=")
    )
    head = base64.urlsafe_b64encode(b'{"alg": "HS256", "typ": "JWT"}').decode().rstrip("=")
    return f"{head}.{said}.c2lnbmF0dXJl"


def test_a_token_that_lives_for_minutes_is_refused_with_the_one_that_is_wanted() -> None:
    with pytest.raises(ClaimspansError, match="take the Personal Access Token") as refused:
        Client("http://127.0.0.1:9", jwt("access"))
    assert jwt("access") not in str(refused.value)


class Answers(NamedTuple):
    """What a server says to every request: status, body, and where it sends on."""

    status: int
    body: str = ""
    location: str = ""


@pytest.fixture
def answering() -> Iterator[Callable[[Answers], str]]:
    """A server that is not Label Studio; its address."""
    with contextlib.ExitStack() as stack:

        def serve(answers: Answers) -> str:
            class Handler(BaseHTTPRequestHandler):
                def do_GET(self) -> None:
                    self.send_response(answers.status)
                    self.send_header("Content-Length", str(len(answers.body)))
                    if answers.location:
                        self.send_header("Location", answers.location)
                    self.end_headers()
                    self.wfile.write(answers.body.encode())

                def do_POST(self) -> None:
                    self.rfile.read(int(self.headers["Content-Length"]))
                    self.do_GET()

                def log_message(self, *_: Any) -> None:
                    """Nobody reads it."""

            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
            threading.Thread(target=server.serve_forever, args=(0.01,)).start()
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}"

        yield serve


OTHER = "does not answer as Label Studio does; mend --url"


@pytest.mark.parametrize("token", ["legacy", jwt("refresh")])
@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (Answers(200, "<html>"), OTHER),
        (Answers(200), OTHER),
        (Answers(200, "[]"), OTHER),
        (Answers(200, '{"results": null}'), OTHER),
        (Answers(200, '{"results": [1, 2], "access": "a"}'), OTHER),
        (Answers(200, '{"results": [{"title": "p"}], "access": "a"}'), OTHER),
        (Answers(404, "<html>"), OTHER),
        (Answers(302, location="https://x.org/login?next=/"), "sends on to https://x.org/login; mend --url"),
        (Answers(500, "oh"), "the server refuses (500)"),
        (Answers(401), "copy the Personal Access Token or the Legacy Token"),
    ],
)
def test_a_server_that_is_another_is_not_taken_for_a_wrong_token(
    answering: Callable[[Answers], str], token: str, answers: Answers, said: str
) -> None:
    with (
        Client(answering(answers), token, retries=0) as client,
        pytest.raises(ClaimspansError, match=re.escape(said)),
    ):
        client.project("p")


@pytest.mark.parametrize("url", ["http://me:word@x", "me:word@x", "http://me:word@[x"])
def test_an_address_with_a_password_is_refused_and_not_quoted(url: str) -> None:
    with pytest.raises(ClaimspansError, match="leave the name and password out of it") as refused:
        Client(url, "token")
    assert "word@" not in str(refused.value)


def test_a_server_that_is_not_there_is_said_to_be_away() -> None:
    with (
        Client("http://127.0.0.1:9", "token", retries=0) as client,
        pytest.raises(ClaimspansError, match="run the same command again"),
    ):
        client.project("claimspans")


def test_no_post_is_sent_twice_and_what_does_no_harm_is_sent_again() -> None:
    """A proxy that says 504 to everything: the server behind it may have done what it was asked for."""
    sent: list[str] = []

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            sent.append(self.command)
            self.send_response(504)
            self.send_header("Content-Length", "0")
            self.send_header("Retry-After", "0.01")
            self.end_headers()

        def do_POST(self) -> None:
            self.do_GET()

        def do_PATCH(self) -> None:
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        with Client(f"http://127.0.0.1:{server.server_port}", "token", retries=1) as client:
            studio = client.studio
            posts: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
                (studio.projects.create, (), {"title": "p"}),
                (studio.projects.import_tasks, (1,), {"request": [{"data": {}}]}),
                (studio.annotations.create, (1,), {"result": []}),
                (studio.predictions.create, (), {"task": 1, "result": []}),
            ]
            for post, arguments, given in posts:
                with pytest.raises(AwayError, match=r"does not answer \(504\).*run the same command again"):
                    client.once(post, *arguments, **given)
            assert sent == ["POST"] * 4
            with pytest.raises(AwayError):
                client.projects()
            with pytest.raises(AwayError):
                client.again(studio.projects.update, 1, model_version="a")
            assert sent[4:] == ["GET"] * 2 + ["PATCH"] * 2
        server.shutdown()
