"""The ML-backend protocol of Label Studio over a function from articles to articles: live suggestions.

Four routes of JSON on loopback, served by waitress: ``GET /health``, ``POST /setup``, ``/predict`` and ``/webhook``.
``/setup`` hands over the token of the project's owner, ``/predict`` the login of its tasks' data: neither is kept, and
no request is written to a log. Pages in a browser are not answered, nor who has not the password where there is one:
Basic authentication (RFC 7617) is what Label Studio can send.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import re
import secrets
import socket
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from waitress.server import create_server

from ..data.problems import ClaimspansError, counted, short
from ..data.records import Document
from ..version import VERSION
from .address import HOST
from .api import Client
from .encode import to_task
from .fields import Page
from .refusals import RefusedError
from .tasks import doc_of

LARGEST = 1 << 24
"""Bytes of a request; Label Studio asks for one article, or for a page of them."""

PATIENCE = 60
"""Seconds without a byte after which a connection is closed."""

_THREADS = 4
"""Requests that are answered at a time; a connection that has not sent all of its own holds none."""

_CONNECTIONS = 100

PASSWORD = "CLAIMSPANS_SUGGEST_TOKEN"  # noqa: S105 -- the name of the variable that holds it
"""The environment variable with what must be sent as password; any name is taken with it."""

Suggest = Callable[[Document], Document]
"""An article with its spans; raises for one of which nothing can be said, with a message that says why."""

Told = Callable[[str], None]


def shared_password(*, made: bool) -> str | None:
    """The password of the environment; without one None, or a new one where it is to be ``made``.

    Raises `ClaimspansError` for one that can be guessed, or that a header cannot hold as it is.
    """
    given = os.environ.get(PASSWORD, "")
    if not given:
        return secrets.token_urlsafe(32) if made else None
    if not re.fullmatch(r"[!-~]{16,}", given):
        raise ClaimspansError(f"{PASSWORD}: expected 16 or more letters, digits and signs of ASCII, without blanks")
    return given


def connect(client: Client, title: str, url: str, version: str, password: str) -> int:
    """Make the project called ``title`` ask ``url`` for suggestions with a password; the number of the connection.

    One that is there for this address is put right instead of made twice. The project opens its articles with what
    comes from there. The server asks the address while this runs. Raises `ClaimspansError` for a project that is not
    there, and where the server does not reach the address or may not ask it.
    """
    project = client.project(title)
    if project is None:
        raise ClaimspansError(f"{client.url}: no project “{title}”; name one with --project, or push first")
    number, ml = project["id"], client.studio.ml
    wanted = {"url": url, "project": number, "title": version, "is_interactive": False}
    wanted |= {"auth_method": "BASIC_AUTH", "basic_auth_user": "claimspans", "basic_auth_pass": password}
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

    def __init__(
        self,
        suggest: Suggest,
        page: Page,
        version: str,
        *,
        port: int,
        told: Told = lambda _: None,
        password: str | None = None,
    ) -> None:
        """``version`` is what Label Studio calls the suggestions; ``told`` gets a line for each article.

        With a ``password`` nobody is answered who does not send it. Raises `ClaimspansError` where the port cannot be
        had; port 0 is any that is free.
        """
        self._suggest = suggest
        self._page = page
        self.version = version
        self._told = told
        self._stopped = False
        site = _Site(self, password)
        try:
            listening = socket.create_server((HOST, port))
        except OSError as error:
            raise ClaimspansError(f"port {port}: {error.strerror}; name another with --port") from error
        self._server: Any = create_server(
            site,
            sockets=[listening],
            threads=_THREADS,
            connection_limit=_CONNECTIONS,
            channel_timeout=PATIENCE,
            cleanup_interval=PATIENCE // 4,
            max_request_body_size=LARGEST,
            ident=f"claimspans/{VERSION}",
        )
        number = listening.getsockname()[1]
        self.url = f"http://{HOST}:{number}"
        site.hosts = frozenset(f"{name}:{number}" for name in (HOST, "localhost"))

    def run(self) -> None:
        """Answer until `stop` is called."""
        server = self._server
        try:
            while not self._stopped:
                server.asyncore.loop(timeout=0.1, map=server._map, count=1)  # noqa: SLF001 -- its own loop never ends
        finally:
            server.task_dispatcher.shutdown(timeout=5)
            server.asyncore.close_all(server._map, ignore_all=True)  # noqa: SLF001

    def stop(self) -> None:
        """End `run`, from a signal handler, too: whoever asked and has no answer yet gets none."""
        self._stopped = True

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


class _Site:
    """The backend as a WSGI application (PEP 3333). Nothing is logged: requests carry tokens."""

    def __init__(self, backend: Backend, password: str | None) -> None:
        self._backend = backend
        self._password = None if password is None else password.encode()
        self.hosts: frozenset[str] = frozenset()
        """What a request may call this server: a page of another site whose name leads here (DNS rebinding) has its."""

    def __call__(self, environ: Mapping[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        try:
            status, said = HTTPStatus.OK, self._answer(environ)
        except WrongRequest as wrong:
            status, said = wrong.status, {"error": str(wrong)}
        raw = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
        asked = [("WWW-Authenticate", 'Basic realm="claimspans"')] if status == HTTPStatus.UNAUTHORIZED else []
        headers = [*asked, ("Content-Type", "application/json; charset=utf-8"), ("Content-Length", str(len(raw)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [raw]

    def _answer(self, environ: Mapping[str, Any]) -> Mapping[str, Any]:
        if environ.get("HTTP_HOST", "").lower() not in self.hosts:
            raise WrongRequest(HTTPStatus.FORBIDDEN, f"the Host is none of {', '.join(sorted(self.hosts))}")
        if "HTTP_ORIGIN" in environ:
            raise WrongRequest(HTTPStatus.FORBIDDEN, "a page in a browser has nothing to ask here, Label Studio has")
        if self._password is not None and not hmac.compare_digest(_password(environ), self._password):
            raise WrongRequest(HTTPStatus.UNAUTHORIZED, f"the password is not that of {PASSWORD}, or of --connect")
        method, path = environ["REQUEST_METHOD"], "/" + environ["PATH_INFO"].strip("/")
        if method in ("GET", "HEAD"):
            return self._backend.get(path)
        if method == "POST":
            return self._backend.post(path, _body(environ))
        raise WrongRequest(HTTPStatus.NOT_IMPLEMENTED, f"Unsupported method {short(method)}")


def _password(environ: Mapping[str, Any]) -> bytes:
    """What a request sends as password; empty where it sends none."""
    kind, _, sent = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    try:
        return base64.b64decode(sent, validate=True).partition(b":")[2] if kind.lower() == "basic" else b""
    except ValueError:
        return b""


def _body(environ: Mapping[str, Any]) -> Mapping[str, Any]:
    if not environ.get("CONTENT_LENGTH"):
        raise WrongRequest(HTTPStatus.LENGTH_REQUIRED, "no Content-Length")
    # A page of another site can send anything but this without being asked.
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != "application/json":
        raise WrongRequest(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "the Content-Type is not application/json")
    try:
        body = json.loads(environ["wsgi.input"].read())
    except (ValueError, RecursionError):
        raise WrongRequest(HTTPStatus.BAD_REQUEST, "the body is not JSON") from None
    if not isinstance(body, dict):
        raise WrongRequest(HTTPStatus.BAD_REQUEST, "the body is not an object")
    return body
