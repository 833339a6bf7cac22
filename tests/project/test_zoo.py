"""Every option that takes a file, through every bad file: refused with words, or taken; never a crash."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from claimspans.cli import cli
from claimspans.data import files, lines
from claimspans.data.problems import ClaimspansError
from claimspans.extractors.registry import Setting, load, parse
from claimspans.labelstudio import export

from ..helpers.command import Ran, claimspans
from ..helpers.places import ROOT
from ..helpers.zoo import LARGE, Bounds, zoo

Call = Callable[[Path], list[str | Path]]

GOLD = ROOT / "annotations" / "gold" / "003.jsonl"
ARTICLES = '{"doc": "1", "text": "ten shells", "spans": [{"label": "ITEM", "start": 4, "end": 10}]}\n'

OPTIONS: dict[str, Call] = {
    "check targets": lambda bad: ["check", bad],
    "check targets --predictions": lambda bad: ["check", "--predictions", bad],
    "score predictions": lambda bad: ["score", bad],
    "score predictions, other gold": lambda bad: ["score", bad, "--gold", "articles.jsonl"],
    "score --gold": lambda bad: ["score", "articles.jsonl", "--gold", bad],
    "score --engine": lambda bad: ["score", bad, "--gold", bad, "--engine", "local"],
    "ledger --schema": lambda bad: ["ledger", ".", "--engine", "local", "--schema", bad],
    "ledger predictions": lambda bad: ["ledger", bad, "--engine", "local"],
    "score --schema": lambda bad: ["score", "articles.jsonl", "--gold", "articles.jsonl", "--schema", bad],
    "score --map": lambda bad: ["score", "file:articles.jsonl", "--gold", "articles.jsonl", "--map", bad],
    "compare systems": lambda bad: ["compare", f"a={bad}", f"b={bad}"],
    "compare --gold": lambda bad: ["compare", "a=articles.jsonl", "b=articles.jsonl", "--gold", bad],
    "compare --schema": lambda bad: [
        *["compare", "a=articles.jsonl", "b=articles.jsonl", "--gold", "articles.jsonl", "--schema"],
        bad,
    ],
    "compare --map": lambda bad: ["compare", "a=articles.jsonl", "b=articles.jsonl", "--map", bad],
    "report predictions": lambda bad: ["report", bad],
    "report second": lambda bad: ["report", GOLD, bad],
    "report --gold": lambda bad: ["report", "articles.jsonl", "--gold", bad],
    "report --schema": lambda bad: ["report", "articles.jsonl", "--gold", "articles.jsonl", "--schema", bad],
    "show --predictions": lambda bad: ["show", "--predictions", bad],
    "show --layer": lambda bad: ["show", "--layer", bad],
    "site --layer": lambda bad: ["site", "out", "--layer", bad],
    "site --over": lambda bad: ["site", "out", "--over", bad],
    "export --gold": lambda bad: ["export", "csv", "--out", "out", "--gold", bad],
    "export --schema": lambda bad: ["export", "csv", "--out", "out", "--gold", "articles.jsonl", "--schema", bad],
    "export -o guidelines": lambda bad: ["export", "chat", "--out", "out", "-o", f"guidelines={bad}"],
    "run --map": lambda bad: ["run", "file:articles.jsonl", "--articles", "articles.jsonl", "--map", bad],
    "run --articles": lambda bad: ["run", "file:articles.jsonl", "--articles", bad, "--only", "none"],
    "run --schema": lambda bad: ["run", "file:articles.jsonl", "--articles", "articles.jsonl", "--schema", bad],
    "leaderboard runs": lambda bad: ["leaderboard", run_with(bad, "manifest.json")],
    "leaderboard --gold": lambda bad: ["leaderboard", "articles.jsonl", "--gold", bad],
    "leaderboard --schema": lambda bad: ["leaderboard", "articles.jsonl", "--gold", "articles.jsonl", "--schema", bad],
    "leaderboard predictions": lambda bad: ["leaderboard", run_with(bad, "predictions.jsonl")],
    "score manifest": lambda bad: ["score", run_with(bad, "manifest.json")],
    "prompt -o examples": lambda bad: ["prompt", "003", "--shots", "1", "-o", f"examples={bad}"],
    "agree layers": lambda bad: ["agree", "gold", layer_with(bad)],
    "diff new": lambda bad: ["diff", "gold", layer_with(bad)],
    "adjudicate --decisions": lambda bad: ["adjudicate", "pass-a", "pass-b", "--out", "out", "--decisions", bad],
    "add files": lambda bad: ["--corpus", corpus_with(None), "add", bad],
    "new folder": lambda bad: ["new", bad],
    "new --schema": lambda bad: ["new", "out", "--schema", bad],
    "check schema.json": lambda bad: ["--corpus", corpus_with(bad, "schema.json"), "check"],
    "check sources.jsonl": lambda bad: ["--corpus", corpus_with(bad, "seeds/sources.jsonl"), "check"],
    "check an article": lambda bad: ["--corpus", corpus_with(bad, "seeds/a.txt"), "check"],
    "hydrate folder": lambda bad: ["hydrate", bad, "--articles", ".", "--out", "out"],
    "hydrate --articles": lambda bad: ["hydrate", ".", "--articles", bad, "--out", "out"],
    "hub check folder": lambda bad: ["hub", "check", bad],
    "hub diff folder": lambda bad: ["hub", "diff", ".", "--with", bad],
    "hub diff --with": lambda bad: ["hub", "diff", bad, "--with", "."],
}

SERVERS = {"labelstudio push", "labelstudio pull", "labelstudio suggest", "hub push"}
"""They ask a server before they read, or read with what is tried above (--schema, --map)."""

WRITTEN = {
    "--out",
    "--html",
    "--svg",
    "--csv",
    "--plot",
    "--markdown",
    "--cache",
    "--venv",
    "--home",
    "--token-file",
    "out",
}
"""What is written, the folders of programs, and the token, which is no data."""

URIS = ("file:", "labelstudio:", "crf:", "spacy:", "py:", "py:{}:f")


def run_with(bad: Path, name: str) -> Path:
    """A run folder in which one file is bad."""
    folder = Path("run")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "submissions" / "rules", folder)
    (folder / name).unlink()
    (folder / name).symlink_to(bad.absolute())
    return folder


@functools.cache
def corpus_of_one() -> dict[Path, bytes]:
    """The files of a corpus of one article."""
    folder = Path("of-one")
    assert claimspans("new", folder).returncode == 0
    Path("a.txt").write_text("Mara Vale denied it.")
    assert claimspans("--corpus", folder, "add", "a.txt").returncode == 0
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def corpus_with(bad: Path | None, name: str = "") -> Path:
    """A corpus of one article, in which one file is bad."""
    folder = Path("corpus")
    shutil.rmtree(folder, ignore_errors=True)
    for path, raw in corpus_of_one().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)
    if bad is not None:
        (folder / name).unlink()
        (folder / name).symlink_to(bad.absolute())
    return folder


def layer_with(bad: Path) -> Path:
    """A layer in which one article's file is bad."""
    folder = Path("layer")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "annotations" / "gold", folder)
    (folder / "003.jsonl").unlink()
    (folder / "003.jsonl").symlink_to(bad.absolute())
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return zoo(tmp_path_factory.mktemp("small"))


LOWERED = Bounds(size=1 << 20, blank=10_000)
"""What is too large for a reader is too large for each option: below the true bounds, less is read to see it."""


@pytest.fixture(scope="module")
def all_sizes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return zoo(tmp_path_factory.mktemp("zoo"), above=LOWERED)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """The animals that a command may fill, which each test has for itself, in whose folder it works."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr(files, "PATIENCE", 0.05)
    Path("articles.jsonl").write_text(ARTICLES)
    (tmp_path / "folder").mkdir()
    return {"folder": tmp_path / "folder", "missing": tmp_path / "missing.jsonl"}


@pytest.fixture
def some(small: dict[str, Path], own: dict[str, Path]) -> dict[str, Path]:
    return small | own


@pytest.fixture
def animals(all_sizes: dict[str, Path], own: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    for module, name in ((files, "LARGEST"), (lines, "LONGEST_LINE"), (export, "_LARGEST")):
        assert getattr(module, name) > LOWERED.size
        monkeypatch.setattr(module, name, LOWERED.size)
    assert LOWERED.blank < lines.MOST_BLANK
    monkeypatch.setattr(lines, "MOST_BLANK", LOWERED.blank)
    return all_sizes | own


def tried(call: Call, bad: Path, code: set[int]) -> bool:
    """Whether the file was refused, with words."""
    try:
        given = call(bad)
    except OSError:  # a name that no link can have
        return True
    ran: Ran = claimspans(*given)
    shutil.rmtree("out", ignore_errors=True)
    shutil.rmtree("runs", ignore_errors=True)
    assert ran.returncode in code, (given, ran)
    if ran.returncode:
        assert (ran.stdout + ran.stderr).strip(), given
    return ran.returncode != 0


def commands(group: click.Command, path: str = "") -> Iterator[tuple[str, click.Command]]:
    if isinstance(group, click.Group):
        for name in group.list_commands(None):  # type: ignore[arg-type]
            command = group.get_command(None, name)  # type: ignore[arg-type]
            assert command is not None
            yield from commands(command, f"{path} {name}".strip())
    else:
        yield path, group


def test_every_option_that_takes_a_file_is_in_the_matrix() -> None:
    for path, command in commands(cli):
        for parameter in command.params:
            named = parameter.opts[-1] if isinstance(parameter, click.Option) else str(parameter.name)
            written = named in WRITTEN or parameter.metavar == "OUT"
            if isinstance(parameter.type, click.Path) and path not in SERVERS and not written:
                assert any(key.startswith(f"{path} {named}") for key in OPTIONS), (path, named)


@pytest.mark.parametrize("option", OPTIONS)
def test_some_bad_files_for_each_option(option: str, some: dict[str, Path]) -> None:
    """A twelfth of the zoo, another one for each option; endless and large ones are for the whole."""
    names = sorted(some)[list(OPTIONS).index(option) % 12 :: 12]
    assert [name for name in names if tried(OPTIONS[option], some[name], {0, 1, 2})]


@pytest.mark.slow
@pytest.mark.parametrize("option", OPTIONS)
def test_the_whole_zoo_for_each_option(
    option: str, animals: dict[str, Path], record_property: Callable[[str, object], None]
) -> None:
    refused = [name for name, bad in animals.items() if tried(OPTIONS[option], bad, {0, 1, 2})]
    record_property("tried", len(animals))
    record_property("refused", len(refused))
    assert len(refused) > len(animals) / 2


@pytest.mark.slow
@pytest.mark.parametrize("option", ["check targets", "check schema.json"])
def test_what_is_larger_than_the_true_bounds_is_refused(option: str, own: dict[str, Path], tmp_path: Path) -> None:
    """By a reader of lines, and by one of whole files."""
    bounds = Bounds(size=files.LARGEST, blank=lines.MOST_BLANK)
    animals = own | zoo(tmp_path / "zoo", above=bounds)
    assert all(tried(OPTIONS[option], animals[name], {1, 2}) for name in (*LARGE, "zero"))


@pytest.mark.slow
@pytest.mark.parametrize("scheme", URIS)
def test_the_whole_zoo_for_each_extractor_that_is_a_file(scheme: str, animals: dict[str, Path]) -> None:
    """In this process: what a worker would say."""
    refused = 0
    for bad in animals.values():
        try:
            load(parse(scheme.format(bad) if "{}" in scheme else f"{scheme}{bad}"), {}, Setting())
        except ClaimspansError:
            refused += 1
    assert refused > len(animals) / 2
    assert not (animals["pickle"].parent / "ran").exists()
