"""What a local Label Studio says of itself: where it runs, its version, its accounts and projects."""

from __future__ import annotations

import contextlib
from typing import Any, Literal

import msgspec
import psutil

from .api import Client
from .home import Home
from .process import Served
from .server import current


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
    with Client(served.url, credentials.token) as client:
        version = str(client.again(client.studio.versions.get).release)
        users = [str(user["email"]) for user in client.users()]
        projects = tuple(_project(served.url, row) for row in client.projects())
    return Status(
        state="running",
        home=str(home.root),
        url=served.url,
        pid=served.pid,
        memory=_memory(served),
        version=version,
        users=tuple(users),
        projects=projects,
    )


def _memory(served: Served) -> int:
    """Resident bytes of the server's process; 0 where it has ended."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return 0 if (process := served.find()) is None else int(process.memory_info().rss)
    return 0


def _project(url: str, row: dict[str, Any]) -> Project:
    return Project(
        id=row["id"],
        title=row["title"],
        url=f"{url}/projects/{row['id']}/data",
        tasks=row["task_number"] or 0,
        annotated=row["num_tasks_with_annotations"] or 0,
        annotations=row["total_annotations_number"] or 0,
    )
