"""The Hub over the network, on loopback: read from a real olah server, written to a recording double."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest import mock

import pytest

from claimspans import DATASET_VERSION
from claimspans.data.corpus import Corpus
from claimspans.data.environments import environment
from claimspans.data.layer import Layer
from claimspans.data.problems import ClaimspansError
from claimspans.hub import check
from claimspans.hub import push as pushing
from claimspans.hub.check import loaded
from claimspans.hub.folder import write_json
from claimspans.hub.published import Published, fetch
from claimspans.hub.table_schema import configurations
from claimspans.hub.tables import tables

from ..helpers.command import Ran, claimspans, program
from ..helpers.hub_double import READER, TOKEN, Double
from ..helpers.waiting import FOREVER, until
from .test_hub_build import CACHE, TOOLS, bytes_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("hub"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the libraries that huggingface_hub imports
]

REPO = "me/claimspans"
TAG = f"v{DATASET_VERSION}"
THIS = f"this={sys.executable}"


def addressed(folder: Path) -> Path:
    """A build as it is where pyproject.toml has addresses in the place of placeholders, which no push takes."""
    manifest = json.loads((folder / "build.json").read_bytes())
    write_json(folder / "build.json", manifest | {"placeholders": []})
    return folder


@pytest.fixture(scope="module")
def dataset(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return addressed(shutil.copytree(dataset, tmp_path_factory.mktemp("addressed") / "dataset"))


def settings_of(url: str, home: Path, token: str | None) -> dict[str, str]:
    """The variables of a program whose Hub is there and whose login is this."""
    settings = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
    settings |= {"HF_ENDPOINT": url, "HF_HOME": str(home), "HF_HUB_DISABLE_XET": "1"}
    return settings | ({"HF_TOKEN": token} if token else {})


@contextmanager
def hub_at(url: str, home: Path, token: str | None) -> Iterator[None]:
    """huggingface_hub in this process under these settings, which it reads when it is imported."""
    from huggingface_hub import close_session, constants

    with mock.patch.dict(os.environ, settings_of(url, home, token), clear=True):
        importlib.reload(constants)
        try:
            yield
        finally:
            close_session()
    importlib.reload(constants)


def call(url: str, home: Path, *args: str | Path, token: str | None = TOKEN) -> Ran:
    with hub_at(url, home, token):
        return told(claimspans("hub", *args))


def told(run: Ran | subprocess.CompletedProcess[str]) -> Ran:
    assert TOKEN not in run.stdout + run.stderr
    return Ran(run.returncode, run.stdout, run.stderr)


@pytest.fixture(scope="module")
def olah(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real olah server that has the dataset as a git repository under the name me/claimspans, tagged v1.0.0."""
    folder = tmp_path_factory.mktemp("olah")
    repository = shutil.copytree(dataset, folder / "mirrors" / "datasets" / REPO)
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Dataset 1.0.0"], ["tag", "v1.0.0"]):
        subprocess.run(["git", *identity, *command], cwd=repository, check=True)
    # The branch goes on behind the tag, so that the tag is seen to be what is loaded.
    (repository / "jsonl" / "later.txt").write_text("later", encoding="utf-8")
    for command in (["add", "-A"], ["commit", "-qm", "Later"]):
        subprocess.run(["git", *identity, *command], cwd=repository, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder / "olah.toml"
    settings.write_text(
        f'[basic]\nhost = "127.0.0.1"\nport = {port}\nrepos-path = "{folder}/cache"\n'
        f'mirrors-path = ["{folder}/mirrors"]\n[accessibility]\noffline = true\n',
        encoding="utf-8",
    )
    python = environment(TOOLS, CACHE)
    with (folder / "said.txt").open("w", encoding="utf-8") as said:
        server = subprocess.Popen(
            [python.with_name("olah-cli"), "--config", settings, "--log-path", folder / "logs"],
            cwd=folder,
            stdout=said,
            stderr=said,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/api/datasets/{REPO}/revision/main")
            yield url
        finally:
            server.terminate()
            server.wait(timeout=FOREVER)


def wait_for(url: str) -> None:
    def answers() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=60):  # noqa: S310 -- loopback
                return True
        except (urllib.error.URLError, OSError):
            return False

    until(answers, f"an answer of {url}")


@pytest.mark.parametrize("revision", [None, "v1.0.0"], ids=["by name", "by tag"])
@pytest.mark.parametrize("loader", ["datasets 3.6", "this"])
def test_a_server_s_dataset_loads_by_name_and_by_tag_at_once_and_as_a_stream(
    olah: str, corpus: Corpus, gold: Layer, loader: str, revision: str | None
) -> None:
    python = environment(TOOLS, CACHE) if loader == "datasets 3.6" else Path(sys.executable)
    expected = tables(corpus, gold, {}, standoff=True)
    if revision is not None:  # each table is loaded by name; one shows that the tag is found
        expected = {"spans": expected["spans"]}
    settings = {"HF_ENDPOINT": olah, "HF_HUB_DISABLE_XET": "1"}
    known = configurations(corpus.schema)
    findings = list(loaded(loader, python, REPO, expected, known, revision=revision, settings=settings))
    assert [one.problem for one in findings if one.problem] == []
    assert {(one.configuration, one.way) for one in findings} == {
        (name, way) for name in expected for way in ("batch", "streaming")
    }
    assert all(one.equal == one.rows == len(expected[one.configuration][one.split]) for one in findings)


def test_a_snapshot_of_the_tag_is_the_folder(olah: str, dataset: Path, tmp_path: Path) -> None:
    program = (
        "from huggingface_hub import snapshot_download as s\n"
        f"s({REPO!r}, repo_type='dataset', revision='v1.0.0', local_dir={str(tmp_path / 'snapshot')!r})"
    )
    settings = os.environ | {"HF_ENDPOINT": olah, "HF_HOME": str(tmp_path / "home"), "HF_HUB_DISABLE_XET": "1"}
    subprocess.run([sys.executable, "-c", program], check=True, env=settings, capture_output=True)
    shutil.rmtree(tmp_path / "snapshot" / ".cache")
    assert bytes_of(tmp_path / "snapshot") == bytes_of(dataset)


@pytest.fixture(scope="module")
def other(predicted: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset as it is where the baseline rules finds nothing."""
    folder = tmp_path_factory.mktemp("other")
    (folder / "none.jsonl").write_text("", encoding="utf-8")
    options = ["--repo", REPO, predicted["crf"], f"--predictions=rules={folder / 'none.jsonl'}"]
    assert claimspans("hub", "build", folder / "other", *options).returncode == 0
    return folder / "other"


def test_diff_against_a_server(olah: str, dataset: Path, other: Path, tmp_path: Path) -> None:
    run = call(olah, tmp_path, "diff", dataset, "--repo", REPO, "--revision", "v1.0.0", token=None)
    assert (run.returncode, run.stdout) == (0, "no difference\n")
    run = call(olah, tmp_path, "diff", other, "--repo", REPO, "--json", token=None)
    changes = [json.loads(line) for line in run.stdout.splitlines()]
    assert {(one["configuration"], one["column"], one["what"], one["count"]) for one in changes} == {
        ("predictions", "spans", "changed", 5),
        ("predictions", "claims", "changed", 5),
        ("", "README.md", "file changed", 1),
        ("", "croissant.json", "file changed", 1),
    }
    run = call(olah, tmp_path, "diff", dataset, "--repo", "me/nothing", token=None)
    assert "me/nothing: nothing is published that you may see" in run.stderr


def push(hub: Double, home: Path, folder: Path, *args: str, token: str | None = TOKEN) -> Ran:
    """Without what a loader makes of the folder, which takes long and asks no server."""
    with mock.patch.object(check, "loaded", return_value=()) as asked:
        run = call(hub.url, home, "push", folder, "--repo", REPO, "--environment", THIS, *args, token=token)
    assert asked.call_count == ("no problems" in run.stdout)
    return run


def error_of(hub: Double, home: Path, act: Callable[[], object], token: str = TOKEN) -> str:
    """What is wrong, as a call of ours says it; nothing where all went well."""
    with hub_at(hub.url, home, token):
        try:
            act()
        except ClaimspansError as error:
            return str(error)
    return ""


def planned_and_pushed(folder: Path, **options: bool) -> None:
    pushing.push(folder, pushing.plan(folder, REPO, **options))


def push_unchecked(hub: Double, home: Path, folder: Path) -> str:
    """The error of a push without the check before it."""
    return error_of(hub, home, partial(planned_and_pushed, folder))


@pytest.fixture
def never_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """huggingface_hub tries some calls again, after up to eight seconds."""
    monkeypatch.setattr(time, "sleep", lambda _: None)


def test_a_push_is_one_commit_and_a_tag(hub: Double, dataset: Path, tmp_path: Path) -> None:
    """By a program of its own, which takes the Hub and the login from its variables, and checks with a loader."""
    args = ("hub", "push", dataset, "--repo", REPO, "--environment", THIS)
    with mock.patch.dict(os.environ, settings_of(hub.url, tmp_path, TOKEN), clear=True):
        run = told(program(*args))
    assert run.returncode == 0, run.stderr
    assert "no problems" in run.stdout
    repository = hub.repositories[REPO]
    assert hub.writes() == [
        "/api/repos/create",
        f"/api/datasets/{REPO}/commit/main",
        f"/api/datasets/{REPO}/tag/{repository.head}",
    ]
    assert repository.tags == {TAG: repository.head}
    assert repository.private is None  # as the organisation has it
    assert {name: raw for name, raw in (repository.files() or {}).items() if name != ".gitattributes"} == bytes_of(
        dataset
    )
    assert f"did: tag it {TAG}" in run.stdout
    hub.calls.clear()
    again = push(hub, tmp_path, dataset)
    assert again.returncode == 0
    assert "nothing to do" in again.stdout
    assert hub.writes() == []


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(hub: Double, dataset: Path, tmp_path: Path) -> None:
    run = push(hub, tmp_path, dataset, "--dry-run", token=None)
    assert run.returncode == 0, run.stderr
    assert "would: create the dataset me/claimspans" in run.stdout
    assert f"would: tag it {TAG}" in run.stdout
    assert hub.writes() == []


@pytest.mark.usefixtures("never_waiting")
@pytest.mark.parametrize("part", ["/repos/create", "/preupload/", "/commit/", "/tag/"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_push_that_breaks_off_is_completed_by_another(
    hub: Double,
    dataset: Path,
    tmp_path: Path,
    part: str,
    after: bool,
) -> None:
    """``after``: the server has done what was asked when the connection breaks, and the client does not know."""
    hub.breaks, hub.breaks_after = part, after
    said = push_unchecked(hub, tmp_path, dataset)
    assert "the connection to the Hub broke" in said
    assert "run the same command again" in said
    assert ("nothing was published" in said) == (part == "/repos/create")
    hub.breaks = None
    with hub_at(hub.url, tmp_path, TOKEN):
        left = pushing.plan(dataset, REPO).steps
    committed = part == "/tag/" or (part == "/commit/" and after)
    assert any("upload" in step for step in left) == (not committed and (part, after) != ("/tag/", True))
    assert push_unchecked(hub, tmp_path, dataset) == ""
    repository = hub.repositories[REPO]
    assert len(repository.commits) == 2  # the Hub's first, and ours once
    assert repository.tags == {TAG: repository.head}
    assert {name: raw for name, raw in (repository.files() or {}).items() if name != ".gitattributes"} == bytes_of(
        dataset
    )


def test_a_commit_of_somebody_else_s_is_not_removed(hub: Double, dataset: Path, tmp_path: Path) -> None:
    """It comes between what was looked at and our own commit."""
    from ..helpers.hub_double import Repository

    repository = hub.repositories[REPO] = Repository()
    first = repository.commit({"README.md": b"old"}, "first")
    repository.commit({"README.md": b"old", "thesis.pdf": b"theirs"}, "theirs")
    standing = Published(repo=REPO, head=first, files={"README.md": "old"})
    with mock.patch.object(pushing, "look", return_value=standing):
        said = push_unchecked(hub, tmp_path, dataset)
    assert "the Hub refused (412" in said
    assert (repository.files() or {}).keys() == {"README.md", "thesis.pdf"}
    assert repository.tags == {}


def test_a_tag_that_names_no_build_of_ours_is_said(hub: Double, dataset: Path, tmp_path: Path) -> None:
    from ..helpers.hub_double import Repository

    repository = hub.repositories[REPO] = Repository()
    repository.tags[TAG] = repository.commit({"README.md": b"old"}, "first")
    said = push_unchecked(hub, tmp_path, dataset)
    assert f"me/claimspans: {TAG} names what is no build of ours" in said
    assert hub.writes() == []


def test_what_is_to_be_private_does_not_go_where_all_see_it(hub: Double, dataset: Path, tmp_path: Path) -> None:
    private = partial(planned_and_pushed, dataset, private=True)
    assert error_of(hub, tmp_path, private) == ""
    repository = hub.repositories[REPO]
    assert repository.private is True
    repository.tags.clear()
    repository.private = False
    assert "is there and public" in error_of(hub, tmp_path, private)
    assert repository.tags == {}


@pytest.mark.usefixtures("never_waiting")
def test_a_hub_that_is_away_and_a_token_that_is_none_are_said(dataset: Path, tmp_path: Path) -> None:
    away = Double()
    said = error_of(away, tmp_path, lambda: pushing.plan(dataset, REPO), token="hf_ä")  # noqa: S106 -- no token at all
    assert said == "the login's token has letters that no token has; log in again: hf auth login"
    away.shutdown()
    away.server_close()
    said = error_of(away, tmp_path, lambda: fetch(REPO, tmp_path / "into"))
    assert "the connection to the Hub broke" in said
    assert TOKEN not in said


def test_files_that_a_new_version_has_no_more_are_removed(hub: Double, dataset: Path, tmp_path: Path) -> None:
    from ..helpers.hub_double import Repository

    repository = hub.repositories[REPO] = Repository()
    old = {"build.json": b"{}", "old/train.parquet": b"old", ".gitattributes": b"x", "README.md": b"old"}
    repository.commit(old, "Dataset 0.9.0")
    assert push(hub, tmp_path, dataset).returncode == 0
    assert set(repository.files() or {}) == {*bytes_of(dataset), ".gitattributes"}
    assert len(repository.commits) == 2


def test_other_content_is_not_overwritten(hub: Double, dataset: Path, tmp_path: Path) -> None:
    from ..helpers.hub_double import Repository

    repository = hub.repositories[REPO] = Repository()
    repository.commit({"thesis.pdf": b"mine", "README.md": b"mine"}, "mine")
    run = push(hub, tmp_path, dataset)
    assert run.returncode == 2
    assert "exists with other content (thesis.pdf)" in run.stderr
    assert hub.writes() == []


def test_a_published_version_stays_as_it_is(hub: Double, dataset: Path, other: Path, tmp_path: Path) -> None:
    assert push(hub, tmp_path, dataset).returncode == 0
    hub.calls.clear()
    run = push(hub, tmp_path, other)
    assert (run.returncode, "maintainers@claimspans.invalid for an address, a placeholder" in run.stderr) == (2, True)
    assert "say in pyproject.toml where the tool is ([project.urls], Repository)" in run.stderr
    run = push(hub, tmp_path, addressed(shutil.copytree(other, tmp_path / "addressed")))
    assert run.returncode == 2
    assert f"{TAG} is published with other content" in run.stderr
    assert "give the dataset a new version" in run.stderr
    assert hub.writes() == []


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (None, "not logged in to the Hub"),
        ("hf_other", "the login: the Hub refused (401"),
        (READER, "the login's token “mine” may only read"),
    ],
)
def test_without_a_login_that_may_write_nothing_is_pushed(
    hub: Double,
    dataset: Path,
    tmp_path: Path,
    token: str | None,
    said: str,
) -> None:
    run = push(hub, tmp_path, dataset, token=token)
    assert run.returncode == 2
    assert said in run.stderr
    assert "nothing was changed" in run.stderr or token is None
    assert "hf auth login" in run.stderr
    assert "no problems" not in run.stdout  # said before the check, which takes long
    assert hub.repositories == {}


def test_a_folder_with_problems_or_for_another_name_is_refused(hub: Double, dataset: Path, tmp_path: Path) -> None:
    damaged = shutil.copytree(dataset, tmp_path / "damaged")
    with (damaged / "README.md").open("a", encoding="utf-8") as card:
        card.write("more")
    run = push(hub, tmp_path, damaged)
    assert (run.returncode, "is not as it was built" in run.stderr) == (2, True)
    run = call(hub.url, tmp_path, "push", dataset, "--repo", "me/other", "--environment", THIS)
    assert run.returncode == 2
    assert "its card tells the reader to load me/claimspans, not me/other" in run.stderr
    assert hub.writes() == []
