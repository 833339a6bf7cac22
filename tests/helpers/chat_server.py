"""A server on loopback that speaks the chat protocol and does what a test tells it, and how tests ask it."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from claimspans.data.layer import Layer
from claimspans.data.schema import Schema
from claimspans.extractors import Article, Loaded, Setting, load, parse
from claimspans.extractors.openai.examples import example

SHELLS = Article(doc="a", text="Kim denied it. The shells, said Kim, are 10 shells.")
GOOD = '{"quotes": [{"id": "s1", "label": "ITEM", "quote": "shells"}], "claims": []}'
"""What may be said of that."""

SECRET = "sk-secret-0123456789"  # noqa: S105 -- of no service

_ARTICLE = re.compile(r".*?<article>\n(.*)\n</article>", re.DOTALL)

Body = dict[str, Any]
Say = Callable[[Body], Any]
"""What the model says to a request: a text; a `Reply`; None hangs up."""


class Reply:
    """An answer of the server: JSON, or bytes as they are."""

    def __init__(self, content: Any, status: int = 200, **headers: str) -> None:
        self.content = content
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def completion(content: str | None, finish: str = "stop", **message: Any) -> Body:
    """An answer as the protocol has it, with a token for each four characters."""
    said = {"role": "assistant", "content": content, **message}
    return {
        "object": "chat.completion",
        "choices": [{"index": 0, "message": said, "finish_reason": finish}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }


class ChatServer:
    """``url`` is its base URL, ``asked`` the requests that it got, ``headers`` what came with them."""

    def __init__(self, url: str, say: Say) -> None:
        self.url = url
        self.say = say
        self.models: Any = {"object": "list", "data": [{"id": "tiny", "object": "model"}]}
        self.asked: list[Body] = []
        self.headers: list[dict[str, str]] = []

    @property
    def uri(self) -> str:
        return f"openai:{self.url}#tiny"


@contextmanager
def serve(say: Say) -> Iterator[ChatServer]:
    """Run the server until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            known = self.path == "/v1/models" and state.models is not None
            self._send(state.models if isinstance(state.models, Reply) else Reply(state.models, 200 if known else 404))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.asked.append(body)
            state.headers.append(dict(self.headers))
            if self.path != "/v1/chat/completions":
                self._send(Reply({"error": {"message": f"no {self.path} here"}}, 404))
                return
            said = state.say(body)
            if said is None:
                self.close_connection = True
                return
            self._send(said if isinstance(said, Reply) else Reply(completion(said) if isinstance(said, str) else said))

        def _send(self, reply: Reply) -> None:
            raw = reply.content if isinstance(reply.content, bytes) else json.dumps(reply.content).encode()
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            with contextlib.suppress(ConnectionError):  # who has waited long enough is gone
                self.wfile.write(raw)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- its name in the standard library
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state = ChatServer(f"http://127.0.0.1:{server.server_address[1]}/v1", say)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def loaded(server: ChatServer, schema: Schema, **options: Any) -> Loaded:
    return load(parse(server.uri), {"cache": "off", **options}, Setting.of(schema))


def answer(server: ChatServer, schema: Schema, article: Article = SHELLS, **options: Any) -> dict[str, Any]:
    (found,) = loaded(server, schema, **options).answer([article])
    return dict(found)


def asked_text(body: Body) -> str:
    """The article, or the part of it, that a request is about."""
    asked = [found[1] for one in body["messages"] if (found := _ARTICLE.fullmatch(one["content"]))]
    return str(asked[-1])


def from_gold(gold: Layer, schema: Schema, change: Callable[[str], str] = str) -> Say:
    """A model that says what the gold says, its quotes changed."""
    answers = {one.text: example(one, schema.labels, attributes=True, claims=True).answer for one in gold}

    def say(body: Body) -> str:
        said = answers[asked_text(body)]
        quotes = [quote | {"quote": change(quote["quote"])} for quote in said["quotes"]]
        return json.dumps({**said, "quotes": quotes}, ensure_ascii=False)

    return say


def in_turn(*said: Any) -> Say:
    """A model that says one thing after the other."""
    left = iter(said)
    return lambda _: next(left)
