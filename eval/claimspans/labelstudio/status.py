"""What a local Label Studio says of itself: where it runs, its version, its accounts and projects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from .home import Home
from .process import memory
from .server import client, current

if TYPE_CHECKING:
    import httpx


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """A project; ``annotated`` counts its tasks with at least one annotation."""

    id: int
    title: str
    url: str
    tasks: int
    annotated: int
    annotations: int


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """``memory`` in bytes; what only a running server can say is None or empty otherwise."""

    state: Literal["running", "starting", "stopped"]
    home: str
    url: str | None = None
    pid: int | None = None
    memory: int | None = None
    version: str | None = None
    users: tuple[str, ...] = ()
    projects: tuple[Project, ...] = ()


def look(home: Home) -> Status:
    """Ask; raises `ClaimspansError` where a server runs and does not answer."""
    served, credentials = current(home), home.credentials()
    if served is None or credentials is None:
        return Status(state="stopped", home=str(home.root))
    if not served.ready:
        return Status(state="starting", home=str(home.root), url=served.url, pid=served.pid)
    with client(served, credentials) as api:
        version = api.get("/api/version").raise_for_status().json()["release"]
        users = api.get("/api/users").raise_for_status().json()
        projects = tuple(_project(served.url, row) for row in _pages(api, "/api/projects"))
    return Status(
        state="running",
        home=str(home.root),
        url=served.url,
        pid=served.pid,
        memory=memory(served),
        version=version,
        users=tuple(user["email"] for user in users),
        projects=projects,
    )


def _pages(api: httpx.Client, path: str) -> Iterator[dict[str, Any]]:
    page, more = 1, True
    while more:
        answer = api.get(path, params={"page": page, "page_size": 100}).raise_for_status().json()
        yield from answer["results"]
        page, more = page + 1, answer["next"] is not None


def _project(url: str, row: dict[str, Any]) -> Project:
    return Project(
        id=row["id"],
        title=row["title"],
        url=f"{url}/projects/{row['id']}/data",
        tasks=row["task_number"] or 0,
        annotated=row["num_tasks_with_annotations"] or 0,
        annotations=row["total_annotations_number"] or 0,
    )
