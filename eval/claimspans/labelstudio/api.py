"""Label Studio through its own client, label-studio-sdk: what is sent once or again, and what each refusal means."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urlsplit

from ..data.problems import ClaimspansError, short
from .address import server_address
from .tokens import TOKEN, check_token

if TYPE_CHECKING:
    import httpx
    from label_studio_sdk.core.api_error import ApiError

_PAGE = 100
"""Tasks or projects in one answer."""

_Answer = TypeVar("_Answer")


class AwayError(ClaimspansError):
    """The server does not answer."""


class NotFoundError(ClaimspansError):
    """The server has no such thing."""


class Client:
    """A server and an account on it. ``studio`` is the SDK's client; it is asked by `once` or by `again`."""

    def __init__(self, url: str, token: str, *, retries: int = 4) -> None:
        """``retries``: how often a server that is away is asked again, after 1, 2, 4 … seconds.

        Both kinds of token are taken: the legacy one and the personal one, a JWT.
        """
        self.url = server_address(url)
        check_token(token)
        try:
            import httpx
            from label_studio_sdk import LabelStudio
        except ImportError as error:
            raise ClaimspansError(
                f"Label Studio needs {error.name}, which is not installed: pip install 'claimspans[labelstudio]'"
            ) from error
        self._retries = {"max_retries": retries}
        self._last: httpx.Response | None = None
        # A page of tasks with all their annotations takes a while to put together. No proxy leads to this machine.
        own = urlsplit(self.url).hostname in ("127.0.0.1", "localhost", "::1")
        self._http = httpx.Client(
            timeout=httpx.Timeout(120, connect=5), trust_env=not own, event_hooks={"response": [self._note]}
        )
        with self._told():
            # By itself it would send a POST three times where a proxy says that the server is away.
            self.studio: Any = LabelStudio(
                base_url=f"{self.url}/", api_key=token, httpx_client=self._http, max_retries=0
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()

    def __repr__(self) -> str:
        return f"Client({self.url!r})"

    def _note(self, response: httpx.Response) -> None:
        self._last = response

    @property
    def clock(self) -> datetime | None:
        """The server's time of its last answer, to the second; None before the first, or where it does not say."""
        from email.utils import parsedate_to_datetime

        try:
            return None if self._last is None else parsedate_to_datetime(self._last.headers["date"]).astimezone(UTC)
        except (KeyError, ValueError):
            return None

    def once(self, ask: Callable[..., _Answer], /, *arguments: Any, **given: Any) -> _Answer:
        """What the server answers, asked once: it may have done what it was asked for, whatever became of its answer.

        Raises `ClaimspansError` for a refusal, `AwayError` for silence.
        """
        with self._told():
            return ask(*arguments, **given)

    def again(self, ask: Callable[..., _Answer], /, *arguments: Any, **given: Any) -> _Answer:
        """What the server answers, asked again while it is away: for what changes nothing the second time."""
        return self.once(ask, *arguments, **given, request_options=self._retries)

    @contextmanager
    def _told(self) -> Iterator[None]:
        import httpx
        from label_studio_sdk.core.api_error import ApiError

        try:
            yield
        except ApiError as error:
            raise self._refusal(error) from None
        except httpx.TransportError as error:
            raise self._away(type(error).__name__) from None
        except (httpx.InvalidURL, httpx.HTTPError) as error:
            raise ClaimspansError(f"{self.url}: {type(error).__name__}; mend --url") from None
        except (AttributeError, TypeError, ValueError) as error:  # an answer that the SDK cannot read
            status = self._last.status_code if self._last is not None else None
            raise self._refusal(ApiError(status_code=status)) from error

    def _refusal(self, error: ApiError) -> ClaimspansError:
        """One sentence for what the server says to a request, with what to do."""
        status, place = error.status_code or 0, self.url + (urlsplit(str(self._last.url)).path if self._last else "")
        if status == 401:
            return ClaimspansError(
                f"{self.url}: the server does not accept the token; copy the Personal Access Token or the Legacy Token "
                f"anew from Account & Settings into {TOKEN} or the file of --token-file"
            )
        if status == 403:
            return ClaimspansError(f"{place}: this account may not do that; ask the project's owner")
        if status == 404:
            return NotFoundError(f"{place}: not there")
        if status in (502, 503, 504):
            return self._away(str(status))
        if status >= 400:
            return ClaimspansError(f"{place}: the server refuses ({status}): {_reason(error.body)}")
        if status >= 300 and self._last is not None:
            to = self._last.headers.get("location", "").partition("?")[0]
            return ClaimspansError(f"{place}: the server sends on to {short(to)}; mend --url")
        return self._other()

    def _away(self, why: str) -> AwayError:
        return AwayError(
            f"{self.url}: the server does not answer ({why}); start it, or mend --url, and run the same command again: "
            "it goes on where it stopped"
        )

    def _other(self) -> ClaimspansError:
        return ClaimspansError(f"{self.url}: does not answer as Label Studio does; mend --url")

    def projects(self) -> list[dict[str, Any]]:
        """Every project of the server."""
        found: list[dict[str, Any]] = []
        while len(found) % _PAGE == 0:
            try:
                page = self.again(self.studio.projects.list, page=len(found) // _PAGE + 1, page_size=_PAGE).items
                found += [dict(one) for one in page]
            except NotFoundError:  # there is none behind the last
                if found:
                    break
                raise self._other() from None
            except (TypeError, ValueError):
                raise self._other() from None
            if not page:
                break
        if any(one.get("id") is None for one in found):
            raise self._other()
        return found

    def project(self, title: str) -> dict[str, Any] | None:
        """The project of this title; raises `ClaimspansError` where there are several."""
        found = [one for one in self.projects() if one.get("title") == title]
        if len(found) > 1:
            numbers = ", ".join(str(one["id"]) for one in found)
            raise ClaimspansError(f"{self.url}: {len(found)} projects are called “{title}” ({numbers}); rename one")
        return found[0] if found else None

    def users(self) -> list[dict[str, Any]]:
        """Every account of the server."""
        return [dict(one) for one in self.again(self.studio.users.list)]

    def tasks(
        self, project: int, include: Sequence[str], filters: Sequence[Mapping[str, Any]] = (), *, inside: bool = True
    ) -> Iterator[dict[str, Any]]:
        """The tasks of a project that pass the filters, by id, with the fields that are asked for, ``id`` among them.

        Each page begins behind the last task of the one before: one that is deleted meanwhile moves no other.
        Without what is ``inside`` them, annotations and predictions, the server is two or three times as fast.
        """
        last = 0
        while True:
            behind = number_filter("id", "greater", last)
            rows = self._tasks(project, include, [*filters, behind], _PAGE, inside=inside).items or []
            for row in rows:
                yield {**dict(row), "predictions": [dict(one) for one in row.predictions or ()]}
            if len(rows) < _PAGE:
                return
            last = rows[-1].id

    def count(self, project: int, filters: Sequence[Mapping[str, Any]]) -> int:
        """How many tasks of a project pass the filters."""
        return int(self._tasks(project, ["id"], filters, 1, inside=False).response.total)

    def _tasks(
        self, project: int, include: Sequence[str], filters: Sequence[Mapping[str, Any]], size: int, *, inside: bool
    ) -> Any:
        wanted = {"ordering": ["tasks:id"], "filters": {"conjunction": "and", "items": list(filters)}}
        return self.again(
            self.studio.tasks.list,
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


def _reason(said: Any) -> str:
    """Why the server refuses, in its words."""
    if not isinstance(said, Mapping):
        return str(said)[:500] or "no reason given"
    return str(said.get("validation_errors") or said.get("detail") or said)[:500]
