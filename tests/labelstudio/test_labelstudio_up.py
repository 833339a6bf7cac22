"""A Label Studio of one's own from nothing: up, down, up again, invited annotators, this machine alone."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import msgspec
import psutil
import pytest

from claimspans.labelstudio import environment, server
from claimspans.labelstudio.address import HOST
from claimspans.labelstudio.status import look

from ..helpers.command import program
from ..helpers.labelstudio_server import LabelStudio, free_port, seeded, venv
from ..helpers.waiting import until

slow = pytest.mark.slow


KEPT = [("Kept", 3, 0), ("claimspans", 5, 0)]
"""Title, tasks and annotated ones of the projects, the newest first: ours, and that which up makes."""


def asked(studio: LabelStudio, path: str) -> Any:
    with studio.client() as api:
        return api.get(path).raise_for_status().json()


def log_in(url: str, username: str, password: str) -> bool:
    """Whether the page lets somebody in, as a browser would ask."""
    with httpx.Client(base_url=url, trust_env=False, timeout=60) as page:
        page.get("/user/login/")
        form = {"email": username, "password": password, "csrfmiddlewaretoken": page.cookies["csrftoken"]}
        page.post("/user/login/", data=form, headers={"Referer": url})
        return page.get("/api/current-user/whoami").status_code == httpx.codes.OK


@slow
def test_up_down_and_up_again_keep_the_data(tmp_path: Path) -> None:
    home, port = seeded(tmp_path), free_port()
    at = ("--home", home.root)
    try:
        first = program("labelstudio", "up", *at, "--venv", venv(), "--port", str(port))
        assert first.returncode == 0, first.stderr
        made = home.credentials()
        assert made is not None
        assert made.shown
        assert f"http://127.0.0.1:{port}" in first.stdout
        assert made.password in first.stdout
        assert made.token not in first.stdout

        again = json.loads(program("labelstudio", "up", *at, "--json").stdout)
        assert (again["started"], "password" in again) == (False, False)
        assert program("labelstudio", "up", *at, "--port", str(free_port())).returncode == 2
        assert program("labelstudio", "up", *at, "--env", "DJANGO_DB=default").returncode == 2

        for name in ("server.log", "settings.json", "server.json"):
            assert stat.S_IMODE((home.root / name).stat().st_mode) == 0o600
            assert made.password not in (home.root / name).read_text(encoding="utf-8")

        studio = LabelStudio(f"http://127.0.0.1:{port}", made.token, made.username, made.password, home)
        studio.project("Kept", "<View><Text name='t' value='$text'/></View>", [{"data": {"text": "a"}}] * 3)
        status = json.loads(program("labelstudio", "status", *at, "--json").stdout)
        assert (status["state"], status["version"]) == ("running", environment.VERSION)
        assert status["memory"] > 100_000_000
        assert [(row["title"], row["tasks"], row["annotated"]) for row in status["projects"]] == KEPT

        # As an up that was broken off while it filled the project has left it.
        with studio.client() as api:
            project = next(row["id"] for row in status["projects"] if row["title"] == "claimspans")
            for task in api.get("/api/tasks", params={"project": project, "fields": "task_only"}).json()["tasks"][2:]:
                api.delete(f"/api/tasks/{task['id']}").raise_for_status()
        home.keep(msgspec.structs.replace(home.settings(), filling="claimspans"))
        for _ in range(2):
            assert program("labelstudio", "up", *at).returncode == 0
            status = json.loads(program("labelstudio", "status", *at, "--json").stdout)
            assert [(row["title"], row["tasks"], row["annotated"]) for row in status["projects"]] == KEPT
            assert home.settings().filling is None

        assert program("labelstudio", "down", *at).returncode == 0
        assert not psutil.pid_exists(status["pid"]) or psutil.Process(status["pid"]).status() == psutil.STATUS_ZOMBIE
        assert program("labelstudio", "status", *at).returncode == 1

        # Without --port and --venv it comes back where it was.
        third = program("labelstudio", "up", *at)
        assert third.returncode == 0, third.stderr
        assert f"http://127.0.0.1:{port}" in third.stdout
        assert made.password not in third.stdout
        status = json.loads(program("labelstudio", "status", *at, "--json").stdout)
        assert [row["title"] for row in status["projects"]] == ["Kept", "claimspans"]

        os.kill(status["pid"], signal.SIGKILL)
        until(lambda: server.current(home) is None)
        assert json.loads(program("labelstudio", "status", *at, "--json").stdout)["state"] == "stopped"
        fourth = program("labelstudio", "up", *at)
        assert fourth.returncode == 0, fourth.stderr
    finally:
        server.down(home)


@slow
def test_up_that_is_killed_while_it_waits_leaves_a_server_that_the_next_one_takes_over(tmp_path: Path) -> None:
    home = seeded(tmp_path)
    command = [sys.executable, "-m", "claimspans", "labelstudio", "up", "--home", str(tmp_path), "--venv", str(venv())]
    try:
        with subprocess.Popen([*command, "--port", str(free_port())], stderr=subprocess.DEVNULL) as first:
            until(lambda: server.current(home) is not None)
            first.kill()
        begun = server.current(home)
        assert begun is not None
        assert not begun.ready
        assert look(home).state == "starting"
        up = server.up(home, venv=venv())
        assert (up.started, up.served.ready, up.served.pid) == (False, True, begun.pid)
    finally:
        server.down(home)


@slow
def test_only_who_is_invited_gets_in(label_studio: LabelStudio) -> None:
    at = ("--home", label_studio.home.root)
    made = json.loads(program("labelstudio", "invite", "Second", *at, "--json").stdout)
    assert made["username"] == "second@localhost"
    assert log_in(label_studio.url, made["username"], made["password"])
    assert not log_in(label_studio.url, made["username"], "wrong-password")
    names = {user["email"]: user["first_name"] for user in asked(label_studio, "/api/users")}
    assert names["second@localhost"] == "Second"

    taken = program("labelstudio", "invite", "second", *at)
    assert (taken.returncode, "--new-password" in taken.stderr) == (2, True)
    changed = json.loads(program("labelstudio", "invite", "second", "--new-password", *at, "--json").stdout)
    assert log_in(label_studio.url, changed["username"], changed["password"])
    assert not log_in(label_studio.url, made["username"], made["password"])
    assert program("labelstudio", "invite", "nobody", "--new-password", *at).returncode == 2

    with httpx.Client(base_url=label_studio.url, trust_env=False) as stranger:
        stranger.get("/user/signup/")
        form = {
            "email": "x@localhost",
            "password": "long-enough-1",
            "csrfmiddlewaretoken": stranger.cookies["csrftoken"],
        }
        refused = stranger.post("/user/signup/", data=form, headers={"Referer": label_studio.url})
        assert refused.status_code == httpx.codes.FORBIDDEN
        assert stranger.get("/api/version", headers={"Host": "example.org"}).status_code == httpx.codes.BAD_REQUEST


@slow
def test_the_server_is_reached_from_this_machine_alone(label_studio: LabelStudio) -> None:
    served = server.current(label_studio.home)
    assert served is not None
    found = served.find()
    assert found is not None
    listening = [one.laddr for one in found.net_connections() if one.status == psutil.CONN_LISTEN]
    assert listening == [(HOST, served.port)]
