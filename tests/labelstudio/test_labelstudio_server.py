"""A local Label Studio: what is refused before anything starts, and the real server going up and down."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from queue import Queue
from types import SimpleNamespace

import psutil
import pytest
from click.testing import CliRunner
from filelock import FileLock

from claimspans.cli import cli
from claimspans.cli.labelstudio.project_options import connect
from claimspans.cli.labelstudio.server_options import running
from claimspans.data.environments import READY
from claimspans.data.problems import ClaimspansError
from claimspans.labelstudio import accounts, environment, server
from claimspans.labelstudio.address import HOST
from claimspans.labelstudio.environment import Progress, merge, variables
from claimspans.labelstudio.home import VARIABLE, Credentials, Home, Settings
from claimspans.labelstudio.process import Run, Served
from claimspans.labelstudio.tokens import TOKEN

from ..helpers.command import claimspans
from ..helpers.labelstudio_server import free_port, venv
from ..helpers.waiting import FOREVER, until

WHO = Credentials(username="owner@localhost", password="the-password", token="0123456789" * 4)  # noqa: S106


def stand_in(folder: Path, body: str) -> Path:
    """An environment that somebody else made, whose label-studio runs a few lines of ours."""
    path = folder / "bin" / "label-studio"
    path.parent.mkdir(parents=True)
    path.write_text(f"#!{sys.executable}\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    path.with_name("python").touch()
    said = folder / "lib" / "python3.12" / "site-packages" / "label_studio.dist-info" / "METADATA"
    said.parent.mkdir(parents=True)
    said.write_text(f"Name: label-studio\nVersion: {environment.VERSION}\n", encoding="utf-8")
    return folder


def test_a_busy_port_is_an_error_and_the_last_one_is_left_for_another() -> None:
    with socket.socket() as busy:
        busy.bind((HOST, 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(ClaimspansError, match=f"port {port}: another program serves there"):
            server.choose_port(port, None)
        assert server.choose_port(None, port) != port
    assert server.choose_port(None, port) == port


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["DJANGO_DB=default", "A=b=c"], {"OLD": "1", "DJANGO_DB": "default", "A": "b=c"}),
        (["SECRET"], {"OLD": "1", "SECRET": "from here"}),
        (["OLD=2"], {"OLD": "2"}),
        (["OLD="], {}),
    ],
)
def test_variables_are_kept_taken_and_forgotten(given: list[str], kept: dict[str, str]) -> None:
    assert merge(Settings(variables={"OLD": "1"}), given, {"SECRET": "from here"}).variables == kept


@pytest.mark.parametrize(
    ("given", "message"),
    [("=x", "expected NAME=VALUE"), ("A B=x", "expected NAME=VALUE"), ("NOT_SET", "is not set"), ("HOME=x", "itself")],
)
def test_variables_that_cannot_be_taken(given: str, message: str) -> None:
    with pytest.raises(ClaimspansError, match=message):
        merge(Settings(), [given], {})


def test_label_studio_sees_nothing_of_the_caller_and_tells_nobody(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "1")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    home.make()
    made = variables(home, "http://127.0.0.1:8080", WHO, Settings(variables={"DJANGO_DB": "default"}))
    assert {"DEBUG", "AWS_SECRET_ACCESS_KEY"}.isdisjoint(made)
    assert made["COLLECT_ANALYTICS"] == made["LATEST_VERSION_CHECK"] == "false"
    assert made["SENTRY_DSN"] == made["FRONTEND_SENTRY_DSN"] == ""
    assert made["DJANGO_DB"] == "default"
    assert Path(made["HOME"]).is_relative_to(home.root)


def test_an_address_of_a_proxy_is_answered_to_beside_our_own(home: Home) -> None:
    home.make()
    settings = merge(Settings(), ["LABEL_STUDIO_HOST=https://annotate.example.org"], {})
    made = variables(home, "http://127.0.0.1:8080", WHO, settings)
    assert made["ALLOWED_HOSTS"] == "127.0.0.1,localhost,annotate.example.org"
    assert made["LABEL_STUDIO_HOST"] == made["CSRF_TRUSTED_ORIGINS"] == "https://annotate.example.org"
    for wrong in ("annotate.example.org", "https://me:word@x", "https://x/labels", "https://x, https://y"):
        with pytest.raises(ClaimspansError, match="expected the address in the browser") as refused:
            merge(Settings(), [f"LABEL_STUDIO_HOST={wrong}"], {})
        assert "word" not in str(refused.value)


def test_the_folder_and_what_it_holds_are_the_owners_alone(home: Home) -> None:
    home.make()
    made = home.make_credentials("a@localhost")
    assert home.credentials() == made
    assert [stat.S_IMODE(path.stat().st_mode) for path in (home.root, home.root / "credentials.json")] == [0o700, 0o600]
    assert made.password not in repr(made)
    assert made.token not in repr(made)
    assert len({home.make_credentials("a@localhost").password for _ in range(5)}) == 5


def test_a_broken_file_is_an_error_that_quotes_no_secret(home: Home) -> None:
    home.make()
    (home.root / "credentials.json").write_text('{"password": "hunter2', encoding="utf-8")
    with pytest.raises(ClaimspansError, match=r"credentials\.json: is not what claimspans wrote") as caught:
        home.credentials()
    assert "hunter2" not in str(caught.value)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for root in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(ClaimspansError, match="--home"):
            Home(root).make()


def test_two_starts_do_not_meet(home: Home) -> None:
    home.make()
    with home.lock(), pytest.raises(ClaimspansError, match="another call is installing or starting"):
        server.up(home)


def test_a_process_of_the_same_number_is_not_the_server(home: Home) -> None:
    home.make()
    me = psutil.Process()
    home.keep(Served(pid=me.pid, created=me.create_time() - 60, host=HOST, port=1))
    assert server.current(home) is None
    assert server.down(home) is None
    assert home.served() is None


def test_an_environment_that_somebody_else_made_is_used_or_left_alone(tmp_path: Path) -> None:
    right = stand_in(tmp_path / "right", "")
    assert environment.ensure(right) == right / "bin" / "label-studio"
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.tex").touch()
    with pytest.raises(ClaimspansError, match=r"holds no Label Studio, expected .* --venv"):
        environment.ensure(other)
    assert (other / "thesis.tex").exists()
    with pytest.raises(ClaimspansError, match="is a file"):
        environment.ensure(other / "thesis.tex")


def test_no_room_or_another_python_is_said_before_the_download(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10**9))
    with pytest.raises(ClaimspansError, match=r"needs 2 GB while it is made, and 1\.0 GB are free"):
        environment.ensure(tmp_path / "new")
    monkeypatch.setattr(environment, "PYTHONS", ((3, 0), (3, 1)))
    with pytest.raises(ClaimspansError, match=r"runs on Python 3\.0 to 3\.1"):
        environment.ensure(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_an_environment_that_another_call_makes_is_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "environment"

    class Heard(Progress):
        def stage(self, text: str) -> None:
            heard.put(text)

    heard: Queue[str] = Queue()
    with ThreadPoolExecutor(1) as pool:
        with FileLock(tmp_path / "environment.lock"):
            found = pool.submit(environment.ensure, folder, Heard())
            assert heard.get(timeout=FOREVER) == f"waiting for another call that makes {folder}"
            stand_in(folder, "")
            (folder / environment._OURS).touch()
            (folder / READY).write_text("\n".join(environment.REQUIREMENTS) + "\n", encoding="utf-8")
        assert found.result(FOREVER) == folder / "bin" / "label-studio"
    assert heard.empty()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "timeout", "message"),
    [
        ("import sys; print('no such table', 'the-password'); sys.exit(3)", FOREVER, "ended before it answered"),
        ("import time; print('no such table', flush=True); time.sleep(3600)", 10, "did not answer in time"),
    ],
)
def test_a_start_that_fails_shows_the_log_and_leaves_nothing_running(
    home: Home, tmp_path: Path, body: str, timeout: float, message: str
) -> None:
    home.make()
    home.keep(WHO)
    before = psutil.Process().children()  # the server of other tests may run
    with pytest.raises(ClaimspansError, match=message) as caught:
        server.up(home, venv=stand_in(tmp_path / "venv", body), port=free_port(), timeout=timeout)
    assert "no such table" in str(caught.value)
    assert WHO.password not in str(caught.value)
    assert server.current(home) is None
    after = [child for child in psutil.Process().children() if child not in before]
    assert not [child for child in after if child.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.slow
def test_a_server_on_another_port_than_its_own_is_stopped(home: Home, tmp_path: Path) -> None:
    body = f"import socket, time; s = socket.socket(); s.bind(({HOST!r}, 0)); s.listen(); time.sleep(3600)"
    with pytest.raises(ClaimspansError, match=r"port \d+ was taken while Label Studio started"):
        server.up(home, venv=stand_in(tmp_path / "venv", body), port=free_port(), timeout=FOREVER)
    assert server.current(home) is None


@pytest.mark.slow
def test_what_ended_by_itself_is_collected_at_the_next_start(tmp_path: Path) -> None:
    ended, going = (
        Run.begin([sys.executable, "-c", code], tmp_path, tmp_path / "log", dict(os.environ))
        for code in ("pass", "import time; time.sleep(3600)")
    )
    going.stop()
    until(lambda: ended.find() is None)
    Run.begin([sys.executable, "-c", "pass"], tmp_path, tmp_path / "log", dict(os.environ)).stop()
    assert not psutil.pid_exists(ended.pid)


@pytest.mark.slow
def test_what_ignores_sigterm_is_killed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimspans.labelstudio.process.GRACE", 0.2)
    ignores = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True)"
    with subprocess.Popen([sys.executable, "-c", f"{ignores}; time.sleep(3600)"], stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        assert started.stdout.readline() == b"ready\n"
        home.make()
        home.keep(Served(pid=started.pid, created=Run.of(started.pid).created, host=HOST, port=1))
        assert server.down(home) is not None
        assert started.wait(FOREVER) == -signal.SIGKILL


@pytest.mark.parametrize("name", ["", "a b", "a@", "@b", "a\n", "ä@localhost", "a@b@c", "<b>"])
def test_names_that_are_no_address(name: str) -> None:
    with pytest.raises(ClaimspansError, match="expected a name"):
        accounts.address(name)


@pytest.mark.slow  # it needs label-studio-sdk
def test_which_server_and_which_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token alone names no server: it is that of an account on the local one."""
    me, home = psutil.Process(), Home(tmp_path)
    home.keep(Served(pid=me.pid, created=me.create_time(), host=HOST, port=8080, ready=True))
    home.keep(WHO)
    monkeypatch.delenv(TOKEN, raising=False)
    given = tmp_path / "token"
    given.write_text("of-the-file", encoding="utf-8")
    given.chmod(0o600)
    found = [connect(None, None, tmp_path)]
    monkeypatch.setenv(TOKEN, "of-the-environment")
    found += [connect(None, None, tmp_path), connect(None, given, tmp_path)]
    tokens = [one.studio._client_wrapper._tokens_client.api_key for one in found]
    assert tokens == [WHO.token, "of-the-environment", "of-the-file"]
    assert {one.url for one in found} == {f"http://{HOST}:8080"}
    assert connect("http://x/projects/1/data", None, None).url == "http://x"
    with pytest.raises(ClaimspansError, match="give one of the two"):
        connect("http://x", None, tmp_path)
    home.forget_served()
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    for root, told in ((None, "labelstudio up;"), (tmp_path, f"labelstudio up --home {tmp_path};")):
        with pytest.raises(ClaimspansError, match=re.escape(told)):
            connect(None, None, root)


@pytest.mark.parametrize("command", ["push", "pull", "suggest", "adjudicate"])
def test_commands_that_ask_a_server_take_the_folder_of_up_and_name_it_again(command: str, tmp_path: Path) -> None:
    words = {
        "suggest": ("labelstudio", "suggest", "rules", "--connect"),
        "adjudicate": ("adjudicate", "pass-a", "pass-b", "--labelstudio"),
    }.get(command, ("labelstudio", command))
    run = CliRunner().invoke(cli, [*words, "--home", str(tmp_path / "a b")])
    assert f"start it: claimspans labelstudio up --home '{tmp_path / 'a b'}'" in str(run.exception)


@pytest.mark.parametrize(
    "words",
    [("labelstudio", "pull", "--out"), ("labelstudio", "up", "--home"), ("adjudicate", "pass-a", "pass-b", "--out")],
)
def test_a_folder_without_a_name_is_not_the_current_one(words: tuple[str, ...]) -> None:
    run = CliRunner().invoke(cli, [*words, ""])
    assert (run.exit_code, "is empty; name a folder" in run.output) == (2, True)


def test_commands_without_a_server(tmp_path: Path) -> None:
    root = tmp_path / "home"
    assert f"claimspans labelstudio up --home {root}" in claimspans("labelstudio", "status", "--home", root).stdout
    run = claimspans("labelstudio", "status", "--home", root, "--json")
    assert (run.returncode, json.loads(run.stdout)["state"]) == (1, "stopped")
    assert server.down(Home(root)) is None
    with pytest.raises(ClaimspansError, match="claimspans labelstudio up"):
        running(Home(root))
    assert not root.exists()


slow = pytest.mark.slow


@slow
def test_the_environment_holds_the_versions_that_are_pinned() -> None:
    pinned = dict(line.split("==") for line in environment.CONSTRAINTS.read_text(encoding="utf-8").splitlines())
    assert pinned["label-studio"] == environment.VERSION
    packages = [str(path) for path in venv().glob("lib/*/site-packages")]
    held = {found.metadata["Name"]: found.version for found in metadata.distributions(path=packages)}
    assert {name: pinned.get(name) for name in held if name != "pip"} == {
        name: version for name, version in held.items() if name != "pip"
    }
