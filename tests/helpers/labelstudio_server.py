"""A real Label Studio for the tests: its environment, a migrated database to begin with, a server a session."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from filelock import FileLock

from claimspans.labelstudio import server
from claimspans.labelstudio.address import HOST
from claimspans.labelstudio.api import Client
from claimspans.labelstudio.home import Home

VENV = Path(__file__).parents[2] / ".venv-labelstudio"


class LabelStudio(NamedTuple):
    """A server that answers, and its first account."""

    url: str
    token: str
    username: str
    password: str
    home: Home

    def client(self) -> httpx.Client:
        return httpx.Client(
            base_url=self.url, headers={"Authorization": f"Token {self.token}"}, timeout=60, trust_env=False
        )

    def logged_in(self, username: str, password: str) -> httpx.Client:
        """The API as somebody's browser uses it, without a token."""
        page = httpx.Client(base_url=self.url, trust_env=False, timeout=60)
        page.get("/user/login/")
        form = {"email": username, "password": password, "csrfmiddlewaretoken": page.cookies["csrftoken"]}
        page.post("/user/login/", data=form, headers={"Referer": self.url})
        page.headers.update({"X-CSRFToken": page.cookies["csrftoken"], "Referer": self.url})
        return page

    def project(self, title: str, config: str, tasks: list[dict[str, Any]]) -> tuple[int, list[int]]:
        """A project with a default view, and the ids of its tasks."""
        with self.client() as api:

            def post(path: str, body: Any) -> Any:
                return api.post(path, json=body).raise_for_status().json()

            project = post("/api/projects", {"title": title, "label_config": config})["id"]
            post(f"/api/dm/views?project={project}", {"project": project, "data": {"title": "Default"}})
            made = post(f"/api/projects/{project}/import?return_task_ids=true", tasks)["task_ids"]
        return project, made


class Api(Client):
    """A client that also asks for any path, as no part of claimspans has to."""

    def __init__(self, url: str, token: str) -> None:
        super().__init__(url, token, retries=0)
        self._head = {"Authorization": f"Token {token}"}

    def _ask(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        answer = self._http.request(method, self.url + path, headers=self._head, json=body, params=query)
        return answer.raise_for_status().json() if answer.content else None

    def get(self, path: str, **query: Any) -> Any:
        return self._ask("GET", path, **query)

    def post(self, path: str, body: Any) -> Any:
        return self._ask("POST", path, body)

    def patch(self, path: str, body: Any) -> Any:
        return self._ask("PATCH", path, body)

    def delete(self, path: str) -> None:
        self._ask("DELETE", path)


def venv() -> Path:
    """Label Studio's environment. Without it the tests are skipped, but never where every test must run."""
    if not (VENV / "ready").exists():
        message = f"{VENV.name} is not there: make {VENV.name}/ready"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    return VENV


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind((HOST, 0))
        return int(tried.getsockname()[1])


def seeded(root: Path) -> Home:
    """A state folder with a migrated database, whose making takes up to two minutes and is done once."""
    program = venv()
    template = program / "template"
    with FileLock(program / "template.lock"):
        # Whoever makes the environment anew meanwhile removes a part of it.
        if not all((template / part).exists() for part in ("ready", "credentials.json", "data/label_studio.sqlite3")):
            shutil.rmtree(template, ignore_errors=True)
            made = Home(template)
            server.up(made, venv=program, port=free_port())
            server.down(made)
            (template / "ready").touch()
    home = Home(root)
    home.make()
    shutil.copytree(template / "data", home.data, dirs_exist_ok=True)
    shutil.copy(template / "credentials.json", home.root)
    return home


@contextmanager
def served(root: Path) -> Iterator[LabelStudio]:
    """A fresh server, stopped at the end whatever happens."""
    home = seeded(root)
    try:
        up = server.up(home, venv=venv(), port=free_port())
        who = up.credentials
        yield LabelStudio(up.served.url, who.token, who.username, who.password, home)
    finally:
        server.down(home)
