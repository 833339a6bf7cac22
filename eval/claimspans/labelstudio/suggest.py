"""The ML-backend protocol of Label Studio over a function from articles to articles: live suggestions.

Four routes of plain JSON on loopback need no more than the standard library's server: ``GET /health``, ``POST
/setup``, ``/predict`` and ``/webhook``. ``/setup`` hands over the token of the project's owner, ``/predict`` the
login of its tasks' data: neither is kept, and no request is written to a log.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ..data.problems import ClaimspansError, counted, short
from ..data.records import Document
from ..version import VERSION
from .address import HOST
from .api import Client
from .encode import to_task
from .fields import Page
from .refusals import RefusedError
from .tasks import doc_of

LARGEST = 1 << 26
"""Bytes of a request."""

PATIENCE = 60
"""Seconds within which a request must have arrived."""

Suggest = Callable[[Document], Document]
"""An article with its spans; raises for one of which nothing can be said, with a message that says why."""

Told = Callable[[str], None]


def connect(client: Client, title: str, url: str, version: str) -> int:
    """Make the project called ``title`` ask ``url`` for suggestions; the number of the connection.

    One that is there for this address is put right instead of made twice. The project opens its articles with what
    comes from there. The server asks the address while this runs. Raises `ClaimspansError` for a project that is not
    there, and where the server does not reach the address or may not ask it.
    """
    project = client.project(title)
    if project is None:
        raise ClaimspansError(f"{client.url}: no project “{title}”; name one with --project, or push first")
    number, ml = project["id"], client.studio.ml
    wanted = {"url": url, "project": number, "title": version, "is_interactive": False}
    there = [one for one in client.again(ml.list, project=number) if one.url == url]
    try:
        backend = client.once(ml.update, there[0].id, **wanted) if there else client.once(ml.create, **wanted)
    except ClaimspansError as error:
        raise ClaimspansError(
            f"{error}\n{client.url} could not be connected with {url}: it must run where it reaches this address, with "
            "ML_BLOCK_LOCAL_IP=false and SSRF_PROTECTION_ENABLED=false in its environment (claimspans labelstudio up "
            "sets both)"
        ) from error
    # Which suggestions the page opens with is named by the connection's title.
    client.again(client.studio.projects.update, number, model_version=version, show_collab_predictions=True)
    return int(backend.id)


class WrongRequest(Exception):  # noqa: N818 -- an answer, not a fault of this program
    """A request that is not of the protocol, with the status that it is answered with."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status


class Backend:
    """A server that listens from its making on and answers once it is ``run``. ``url`` is its address."""

    def __init__(self, suggest: Suggest, page: Page, version: str, *, port: int, told: Told = lambda _: None) -> None:
        """``version`` is what Label Studio calls the suggestions; ``told`` gets a line for each article.

        Raises `ClaimspansError` where the port cannot be had; port 0 is any that is free.
        """
        self._suggest = suggest
        self._page = page
        self.version = version
        self._told = told
        try:
            self._server = _Server((HOST, port), _handler(self))
        except OSError as error:
            raise ClaimspansError(f"port {port}: {error.strerror}; name another with --port") from error
        self.url = f"http://{HOST}:{self._server.server_address[1]}"

    def run(self) -> None:
        """Answer until `stop` is called."""
        try:
            self._server.serve_forever(poll_interval=0.1)
        finally:
            self._server.server_close()

    def stop(self) -> None:
        """End `run`, from a signal handler, too: whoever asked and has no answer yet gets none."""
        threading.Thread(target=self._server.shutdown, daemon=True).start()

    def get(self, path: str) -> dict[str, Any]:
        if path in ("/", "/health"):
            return {"status": "UP", "model_version": self.version}
        if path == "/versions":
            return {"versions": [self.version]}
        raise _no_route(path)

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        if path == "/predict":
            return self._predict(body)
        if path == "/setup":
            return {"model_version": self.version}
        if path == "/webhook":
            # What annotators do changes no extractor.
            return {"status": "ok", "model_version": self.version}
        raise _no_route(path)

    def _predict(self, body: Mapping[str, Any]) -> dict[str, Any]:
        tasks = body.get("tasks")
        if not isinstance(tasks, list) or not all(isinstance(task, Mapping) for task in tasks):
            raise WrongRequest(HTTPStatus.BAD_REQUEST, "tasks is not an array of tasks")
        documents = [_document(task, number) for number, task in enumerate(tasks)]
        return {"results": [self._result(document) for document in documents], "model_version": self.version}

    def _result(self, document: Document) -> dict[str, Any] | list[Any]:
        """The suggestions of an article; an empty list, which Label Studio stores as none at all, where it has none.

        An article without an answer must not look like one in which nothing was found.
        """
        try:
            found = self._suggest(document)
            task = to_task(found, self._page, layer="predictions", model_version=self.version)
        except RefusedError as refused:
            self._told(f"{short(document.doc)}: no suggestions: {short(str(refused), 300)}")
            return []
        except Exception as error:  # noqa: BLE001 -- whatever an extractor raises, the next article is answered
            self._told(f"{short(document.doc)}: no suggestions: {short(str(error) or type(error).__name__, 300)}")
            return []
        self._told(f"{short(document.doc)}: {counted(len(found.spans), 'span')}, {counted(len(found.claims), 'claim')}")
        prediction: dict[str, Any] = task["predictions"][0]
        return prediction


def _no_route(path: str) -> WrongRequest:
    detail = f"{short(path)}: no such route; expected /health, /setup, /predict or /webhook"
    return WrongRequest(HTTPStatus.NOT_FOUND, detail)


def _document(task: Mapping[str, Any], number: int) -> Document:
    """The article of a task, its text as it is."""
    data = task.get("data")
    text = data.get("text") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(text, str):
        raise WrongRequest(
            HTTPStatus.BAD_REQUEST, f"tasks[{number}].data.text is not there: push articles with claimspans"
        )
    doc, published = doc_of(task), data.get("published")
    named = doc if doc != "?" else f"task-{task.get('id', number)}"
    return Document(doc=named, text=text, published=published if isinstance(published, str) and published else None)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: who goes away in the middle of a request is no news, and its words are nobody's business."""


def _handler(backend: Backend) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = f"claimspans/{VERSION}"
        sys_version = ""
        timeout = PATIENCE

        def do_GET(self) -> None:
            self._reply(lambda: backend.get(self._path))

        def do_HEAD(self) -> None:
            self._reply(lambda: backend.get(self._path))

        def do_POST(self) -> None:
            self._reply(lambda: backend.post(self._path, self._body()))

        @property
        def _path(self) -> str:
            return "/" + self.path.partition("?")[0].strip("/")

        def _body(self) -> Mapping[str, Any]:
            length = self.headers.get("Content-Length", "")
            if not (length.isascii() and length.isdigit()):
                raise WrongRequest(HTTPStatus.LENGTH_REQUIRED, "no Content-Length")
            if int(length) > LARGEST:
                raise WrongRequest(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {LARGEST >> 20} MiB")
            # A page of another site can send anything but this without being asked.
            if self.headers.get_content_type() != "application/json":
                raise WrongRequest(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "the Content-Type is not application/json")
            raw = self.rfile.read(int(length))
            try:
                body = json.loads(raw)
            except (ValueError, RecursionError):
                raise WrongRequest(HTTPStatus.BAD_REQUEST, "the body is not JSON") from None
            if not isinstance(body, dict):
                raise WrongRequest(HTTPStatus.BAD_REQUEST, "the body is not an object")
            return body

        def _reply(self, answer: Callable[[], Mapping[str, Any]]) -> None:
            try:
                status, said = HTTPStatus.OK, answer()
            except WrongRequest as wrong:
                status, said = wrong.status, {"error": str(wrong)}
                # What is left of a body that nobody read would be taken for the next request.
                self.close_connection = True
            raw = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(raw)))
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(raw)

        def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
            """As JSON, where the library itself refuses a request."""
            status = HTTPStatus(code)
            self.close_connection = True
            raw = json.dumps({"error": message or explain or status.phrase}).encode()
            self.send_response(status, status.phrase)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(raw)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: Any) -> None:
            """Nothing is logged: requests carry tokens."""

    return Handler
