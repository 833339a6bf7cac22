"""The REST API of Label Studio that push and pull need: retried while the server is away, clear where it says no."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from ..data.problems import ClaimspansError, short
from .address import server_address
from .tokens import TOKEN, is_personal

if TYPE_CHECKING:
    import httpx

_PAGE = 100
"""Tasks in one answer."""

_AWAY = frozenset({502, 503, 504})
"""What a proxy says while the server behind it restarts."""


class AwayError(ClaimspansError):
    """The server does not answer."""


class NotFoundError(ClaimspansError):
    """The server has no such thing."""


class Client:
    """A server and an account on it. Both kinds of token are taken: the legacy one and the personal one, a JWT."""

    def __init__(self, url: str, token: str, *, patience: float = 30) -> None:
        """``patience``: for how many seconds a server that is away is asked again."""
        try:
            import httpx
            import tenacity  # noqa: F401
        except ImportError as error:
            raise ClaimspansError(
                f"Label Studio needs {error.name}, which is not installed: pip install 'claimspans[labelstudio]'"
            ) from error
        self.url = server_address(url)
        self._is_personal = is_personal(token)
        self._token = token
        self._patience = patience
        self._access: str | None = None
        self._date: str | None = None
        # A page of tasks with all their annotations takes a while to put together. No proxy leads to this machine.
        own = urlsplit(self.url).hostname in ("127.0.0.1", "localhost", "::1")
        self._http = httpx.Client(base_url=self.url, timeout=httpx.Timeout(120, connect=5), trust_env=not own)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()

    def __repr__(self) -> str:
        return f"Client({self.url!r})"

    @property
    def clock(self) -> datetime | None:
        """The server's time of its last answer, to the second; None before the first, or where it does not say."""
        from email.utils import parsedate_to_datetime

        try:
            return None if self._date is None else parsedate_to_datetime(self._date).astimezone(UTC)
        except ValueError:
            return None

    def get(self, path: str, **query: Any) -> Any:
        return self._json("GET", path, query)

    def post(self, path: str, body: Any, **query: Any) -> Any:
        return self._json("POST", path, query, body)

    def patch(self, path: str, body: Any) -> Any:
        return self._json("PATCH", path, {}, body)

    def delete(self, path: str) -> None:
        self._json("DELETE", path, {})

    def _json(self, method: str, path: str, query: Mapping[str, Any], body: Any = None) -> Any:
        """What the server answers to a request; raises `ClaimspansError` for a refusal, `AwayError` for silence.

        A request that may have arrived is sent again only where a second time does no harm.
        """
        import httpx
        import tenacity

        harmless = method != "POST"
        retried = (httpx.TransportError, _AwayStatusError) if harmless else (httpx.ConnectError, httpx.ConnectTimeout)
        attempts = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(retried),
            wait=tenacity.wait_exponential(multiplier=0.2, max=5),
            stop=tenacity.stop_after_delay(self._patience),
            reraise=True,
        )
        try:
            response = attempts(self._send, method, path, query, body)
        except (httpx.TransportError, _AwayStatusError) as error:
            raise AwayError(
                f"{self.url}: the server does not answer ({type(error).__name__}); start it, or mend --url, and run "
                "the same command again: it goes on where it stopped"
            ) from None
        except (httpx.InvalidURL, httpx.HTTPError) as error:
            raise ClaimspansError(f"{self.url}: {type(error).__name__}; mend --url") from None
        return self._answer(response, path)

    def _send(self, method: str, path: str, query: Mapping[str, Any], body: Any) -> httpx.Response:
        response = self._once(method, path, query, body)
        if response.status_code == 401 and self._is_personal:
            self._access = None  # it lives for minutes only
            response = self._once(method, path, query, body)
        if response.status_code in _AWAY:
            raise _AwayStatusError(str(response.status_code))
        return response

    def _once(self, method: str, path: str, query: Mapping[str, Any], body: Any) -> httpx.Response:
        return self._http.request(
            method,
            path,
            params=dict(query),
            content=None if body is None else json.dumps(body, ensure_ascii=False, allow_nan=False).encode("utf-8"),
            headers={"Authorization": self._authorization(), "Content-Type": "application/json"},
        )

    def _authorization(self) -> str:
        if not self._is_personal:
            return f"Token {self._token}"
        if self._access is None:
            response = self._http.post("/api/token/refresh/", json={"refresh": self._token})
            if response.status_code in _AWAY:
                raise _AwayStatusError(str(response.status_code))
            answer = self._answer(response, "/api/token/refresh/")
            if not isinstance(answer, Mapping) or not isinstance(answer.get("access"), str):
                raise self._other()
            self._access = answer["access"]
        return f"Bearer {self._access}"

    def _other(self) -> ClaimspansError:
        return ClaimspansError(f"{self.url}: does not answer as Label Studio does; mend --url")

    def _refused(self) -> ClaimspansError:
        return ClaimspansError(
            f"{self.url}: the server does not accept the token; copy the Personal Access Token or the Legacy Token "
            f"anew from Account & Settings into {TOKEN} or the file of --token-file"
        )

    def _answer(self, response: httpx.Response, path: str) -> Any:
        self._date = response.headers.get("date", self._date)
        if response.status_code == 401:
            raise self._refused()
        if response.status_code == 403:
            raise ClaimspansError(f"{self.url}{path}: this account may not do that; ask the project's owner")
        if response.status_code == 404:
            raise NotFoundError(f"{self.url}{path}: not there")
        if response.status_code >= 400:
            raise ClaimspansError(f"{self.url}{path}: the server refuses ({response.status_code}): {_reason(response)}")
        if response.status_code >= 300:
            place = response.headers.get("location", "").partition("?")[0]
            raise ClaimspansError(f"{self.url}{path}: the server sends on to {short(place)}; mend --url")
        if response.status_code == 204 or not response.content:
            return None
        try:
            return response.json()
        except ValueError as error:
            raise self._other() from error

    def pages(self, path: str, key: str, size: int, **query: Any) -> Iterator[dict[str, Any]]:
        """The rows of all pages of a list; a page behind the last is a 404."""
        number = 1
        while True:
            try:
                rows = self._rows(self.get(path, page=number, page_size=size, **query), key)
            except NotFoundError:
                if number == 1:
                    raise self._other() from None
                return
            yield from rows
            if len(rows) < size:
                return
            number += 1

    def _rows(self, answer: Any, key: str) -> list[dict[str, Any]]:
        rows = answer.get(key) if isinstance(answer, Mapping) else None
        if not isinstance(rows, list) or not all(isinstance(row, dict) and "id" in row for row in rows):
            raise self._other()
        return rows

    def project(self, title: str) -> dict[str, Any] | None:
        """The project of this title; raises `ClaimspansError` where there are several."""
        found = [one for one in self.pages("/api/projects", "results", 100) if one.get("title") == title]
        if len(found) > 1:
            numbers = ", ".join(str(one["id"]) for one in found)
            raise ClaimspansError(f"{self.url}: {len(found)} projects are called “{title}” ({numbers}); rename one")
        return found[0] if found else None

    def tasks(
        self, project: int, include: Sequence[str], filters: Sequence[Mapping[str, Any]] = (), *, inside: bool = True
    ) -> Iterator[Any]:
        """The tasks of a project that pass the filters, by id, with the fields that are asked for, ``id`` among them.

        Each page begins behind the last task of the one before: one that is deleted meanwhile moves no other.
        Without what is ``inside`` them, annotations and predictions, the server is two or three times as fast.
        """
        last = 0
        while True:
            behind = number_filter("id", "greater", last)
            rows = self._rows(self._tasks(project, include, [*filters, behind], _PAGE, inside=inside), "tasks")
            yield from rows
            if len(rows) < _PAGE:
                return
            last = rows[-1]["id"]

    def count(self, project: int, filters: Sequence[Mapping[str, Any]]) -> int:
        """How many tasks of a project pass the filters."""
        return int(self._tasks(project, ["id"], filters, 1, inside=False)["total"])

    def _tasks(
        self, project: int, include: Sequence[str], filters: Sequence[Mapping[str, Any]], size: int, *, inside: bool
    ) -> Any:
        wanted = {"ordering": ["tasks:id"], "filters": {"conjunction": "and", "items": list(filters)}}
        return self.get(
            "/api/tasks",
            project=project,
            fields="all" if inside else "task_only",
            include=",".join(include),
            query=json.dumps(wanted),
            page=1,
            page_size=size,
        )


def number_filter(column: str, operator: str, value: int) -> dict[str, Any]:
    """A condition on a column of the tasks that holds a number."""
    return {"filter": f"filter:tasks:{column}", "operator": operator, "type": "Number", "value": value}


class _AwayStatusError(Exception):
    """A status that says that the server is not there at the moment."""


def _reason(response: httpx.Response) -> str:
    """Why the server refuses, in its words."""
    try:
        said = response.json()
    except ValueError:
        return response.reason_phrase or "no reason given"
    if not isinstance(said, Mapping):
        return str(said)[:500]
    return str(said.get("validation_errors") or said.get("detail") or said)[:500]


def connect(client: Client, title: str, url: str, version: str) -> int:
    """Make the project called ``title`` ask ``url`` for suggestions; the number of the connection.

    One that is there for this address is put right instead of made twice. The project opens its articles with what
    comes from there. The server asks the address while this runs. Raises `ClaimspansError` for a project that is not
    there, and where the server does not reach the address or may not ask it.
    """
    project = client.project(title)
    if project is None:
        raise ClaimspansError(f"{client.url}: no project “{title}”; name one with --project, or push first")
    number = project["id"]
    wanted = {"url": url, "project": number, "title": version, "is_interactive": False}
    there = [one for one in client.get("/api/ml", project=number) if one.get("url") == url]
    try:
        backend = client.patch(f"/api/ml/{there[0]['id']}", wanted) if there else client.post("/api/ml", wanted)
    except ClaimspansError as error:
        raise ClaimspansError(
            f"{error}\n{client.url} could not be connected with {url}: it must run where it reaches this address, with "
            "ML_BLOCK_LOCAL_IP=false and SSRF_PROTECTION_ENABLED=false in its environment (claimspans labelstudio up "
            "sets both)"
        ) from error
    # Which suggestions the page opens with is named by the connection's title.
    client.patch(f"/api/projects/{number}", {"model_version": version, "show_collab_predictions": True})
    return int(backend["id"])
