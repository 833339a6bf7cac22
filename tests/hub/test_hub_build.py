"""The dataset folder as it is built, loaded and hydrated. Environments are made once, in .venv-hub."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from claimspans.data.corpus import Corpus
from claimspans.data.corpus_folder import shipped_corpus
from claimspans.data.environments import environment
from claimspans.data.hashes import sha256_of
from claimspans.data.layer import Layer
from claimspans.data.predictions import read_predictions
from claimspans.data.problems import ClaimspansError, InputError
from claimspans.data.schema import Schema, read_schema
from claimspans.hub import check
from claimspans.hub.build import BASELINES, build
from claimspans.hub.check import LOADERS, Finding, check_folder
from claimspans.hub.folder import read_jsonl, read_manifest
from claimspans.hub.hydrate import hydrate
from claimspans.hub.tables import TEST, Tables, tables
from claimspans.scoring.result import Result
from claimspans.scoring.score import score

from ..helpers.command import claimspans
from ..helpers.places import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("hub"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the libraries that datasets imports
]

CACHE = ROOT / ".venv-hub"
TOOLS = (*LOADERS["datasets 3.6"], "mlcroissant[parquet]>=1.0.17,<2", "olah>=0.5.4,<0.6")
"""One environment for last year's loader and both tools of the tests: they share most of what they need.

The newest loader is this interpreter's.
"""


def loaders() -> list[str]:
    """The options that name both loaders."""
    return ["--environment", f"datasets 3.6={environment(TOOLS, CACHE)}", "--environment", f"newest={sys.executable}"]


@pytest.fixture(scope="session")
def expected(corpus: Corpus, gold: Layer) -> Tables:
    return tables(corpus, gold, {})


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_input_gives_the_same_bytes(dataset: Path, tmp_path: Path) -> None:
    """The baselines run again, where the dataset was built with their predictions as another build has them."""
    again = tmp_path / "another name"
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Seoul", "LC_ALL": "C"}
    command = [sys.executable, "-m", "claimspans", "hub", "build", str(again), "--repo", "me/claimspans"]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    assert bytes_of(again) == bytes_of(dataset)


def test_every_loader_gives_the_rows_of_the_gold(whole: Path, expected: Tables) -> None:
    run = claimspans("hub", "check", whole, *loaders(), "--json")
    assert run.returncode == 0, run.stdout + run.stderr
    findings = [Finding(**json.loads(line)) for line in run.stdout.splitlines()]
    loaded = {finding.loader for finding in findings} - {"files"}
    assert len(loaded) == len(LOADERS)
    assert any("(3.6" in loader for loader in loaded)
    for loader in loaded:
        for way in ("batch", "streaming"):
            mine = [one for one in findings if (one.loader, one.way) == (loader, way)]
            assert {one.configuration for one in mine} == {*expected, "predictions"}
            for one in mine:
                assert one.equal == one.rows > 0
                if one.configuration in expected:
                    assert one.rows == len(expected[one.configuration][one.split])


def test_croissant_is_valid_and_its_records_are_the_rows(whole: Path) -> None:
    python = environment(TOOLS, CACHE)
    reader = ROOT / "tests" / "helpers" / "croissant_reader.py"
    run = subprocess.run([python, reader, whole], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads(run.stdout)
    assert found["errors"] == []
    assert found["warnings"] == []
    for name, records in found["records"].items():
        configuration, _, split = name.partition("_")
        rows = read_jsonl(whole, configuration, split)
        assert [bare(record, name) for record in records] == [without_inner(row) for row in rows]


def bare(record: dict[str, Any], prefix: str) -> dict[str, Any]:
    """A record of mlcroissant with its columns' own names."""

    def named(name: str, value: Any) -> tuple[str, Any]:
        if isinstance(value, dict):
            return name, dict(named(inner.rpartition("/")[2], each) for inner, each in value.items())
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return name, [named("", each)[1] for each in value]
        return name, value

    return dict(named(name.removeprefix(f"{prefix}/").rpartition("/")[2], value) for name, value in record.items())


def without_inner(row: dict[str, Any]) -> dict[str, Any]:
    """A row without the lists of structs that lie in another list of structs, which Croissant cannot reach."""

    def shallow(value: Any) -> Any:
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return [{name: each for name, each in one.items() if name != "cargo"} for one in value]
        return value

    return {name: shallow(value) for name, value in row.items()}


def said_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Every string that a file holds: JSON's without its escapes, Parquet's without compression, its metadata too."""
    from pyarrow import parquet

    for name, raw in bytes_of(folder).items():
        if name.endswith(".parquet"):
            file = parquet.ParquetFile(folder / name)
            values: list[Any] = [file.read().to_pylist(), file.metadata.to_dict(), str(file.schema_arrow.metadata)]
        elif name.endswith(".json"):
            values = [json.loads(raw)]
        elif name.endswith(".jsonl"):
            values = [json.loads(line) for line in raw.decode().split("\n") if line]
        else:
            values = [raw.decode()]
        while values:
            value = values.pop()
            if isinstance(value, dict | list):
                values += [*value, *value.values()] if isinstance(value, dict) else value
            elif isinstance(value, str | bytes):
                yield name, value if isinstance(value, str) else value.decode("utf-8", errors="replace")


def test_a_standoff_build_quotes_nothing_longer_than_a_span_but_titles_in_any_file(
    dataset: Path, corpus: Corpus, gold: Layer
) -> None:
    longest = max(len(span.text or "") for document in gold for span in document.spans)
    runs = {text[at : at + longest + 1] for text in corpus.texts.values() for at in range(len(text) - longest)}
    titles = [source.title for source in corpus.sources.values() if source.title is not None]
    for name, said in said_in(dataset):
        text = functools.reduce(lambda left, title: left.replace(title, "\n"), titles, said)
        assert not any(text[at : at + longest + 1] in runs for at in range(len(text) - longest)), name
    assert problems(dataset, loaded=False) == ""


def test_hydrated_data_are_those_of_the_full_build(dataset: Path, whole: Path, tmp_path: Path) -> None:
    from huggingface_hub import DatasetCard

    copies = shutil.copytree(shipped_corpus() / "seeds", tmp_path / "copies")
    full = tmp_path / "full"
    run = claimspans("hydrate", dataset, "--articles", copies, "--out", full)
    assert run.returncode == 0, run.stderr
    ours, theirs = bytes_of(full), bytes_of(whole)
    data = [name for name in theirs if name.endswith((".parquet", ".jsonl", "croissant.json"))]
    assert len(data) > 20
    assert all(ours[name] == theirs[name] for name in data)
    card = ours["README.md"].decode()
    assert "holds no text" not in card
    infos = [DatasetCard.load(each / "README.md").data.to_dict()["dataset_info"] for each in (full, whole)]
    assert infos[0] == infos[1]
    assert read_manifest(full).reanchored == {}
    assert "**The articles were put into this copy by whoever has it**: do not publish it." in card
    with mock.patch.object(check, "loaded", return_value=()):  # the bytes are those of the full build
        run = claimspans("hub", "check", full, "--environment", f"this={sys.executable}")
    assert run.returncode == 0
    assert "holds your own copies of the articles (hydrated): not to be pushed" in run.stderr
    run = claimspans("hub", "push", full, "--repo", "me/claimspans", "--dry-run")
    assert (run.returncode, "push the folder that it was hydrated from" in run.stderr) == (2, True)
    run = claimspans("hydrate", full, "--articles", copies, "--out", tmp_path / "twice")
    assert (run.returncode, (tmp_path / "twice").exists()) == (2, False)
    assert "has the articles' texts already" in run.stderr


def test_near_copies_are_hydrated_marked_and_not_held_against_the_gold(dataset: Path, tmp_path: Path) -> None:
    corpus = Corpus(shipped_corpus())
    copies = tmp_path / "copies"
    copies.mkdir()
    for doc, text in corpus.texts.items():
        changed = text if doc != "003" else "Menu\n\n" + re.sub(r"\s+", " ", text).replace("more than 16,500", "many")
        (copies / f"my {doc}").write_text(changed, encoding="utf-8", newline="")
    run = claimspans("hydrate", dataset, "--articles", copies, "--out", tmp_path / "full")
    assert run.returncode == 0, run.stderr
    assert "003: a near copy, the annotations were placed anew in it" in run.stderr
    assert re.search(r"003: not in it: QUANTITY s\d+ “more than 16,500 containers”", run.stderr)
    manifest = read_manifest(tmp_path / "full")
    assert manifest.reanchored.keys() == {"003"}
    assert any("pass-a: QUANTITY" in what for what in manifest.reanchored["003"])
    assert " The texts of 003 are near copies" in (tmp_path / "full" / "README.md").read_text(encoding="utf-8")
    (row,) = read_jsonl(tmp_path / "full", "documents", TEST)
    assert row["text"].startswith("Menu\n\nGeneral Russia has procured")
    assert row["sha256"] == sha256_of(row["text"])
    assert all(row["text"][one["start"] : one["end"]] == one["text"] for one in row["spans"])
    for name in ("sentences", "tokens", "spans", "claims", "passes", "predictions"):
        assert all(each["doc"] == "003" for each in read_jsonl(tmp_path / "full", name, TEST))
    run = claimspans("hub", "check", tmp_path / "full", "--environment", f"this={sys.executable}")
    assert run.returncode == 0, run.stdout
    run = claimspans("hub", "push", tmp_path / "full", "--repo", "me/claimspans", "--dry-run")
    assert (run.returncode, "is hydrated" in run.stderr) == (2, True)


@pytest.fixture
def damaged(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "damaged")


def problems(folder: Path, corpus: Corpus | None = None, *, loaded: bool = True) -> str:
    """What a check finds in the files, and in what this interpreter's ``datasets`` makes of them where it is loaded."""
    loaders = {"this": lambda: Path(sys.executable)} if loaded else {}
    return "\n".join(f"{one.way}: {one.problem}" for one in check_folder(folder, loaders, corpus) if one.problem)


def test_check_names_the_row_and_the_column_that_differ(damaged: Path) -> None:
    path = damaged / "jsonl" / "spans" / "test.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"label": "DATE"', '"label": "ITEM"', 1), encoding="utf-8")
    found = problems(damaged, loaded=False)
    assert "manifest: jsonl/spans/test.jsonl changed since the build; build the folder again" in found
    assert re.search(r"jsonl: 003 s\d+: label is 'ITEM', expected 'DATE'", found)


def test_check_finds_what_a_loader_makes_of_a_column(damaged: Path) -> None:
    """The card declares numbers as words, so the loader gives words."""
    card = damaged / "README.md"
    text = card.read_text(encoding="utf-8")
    declared = "- name: fold\n    dtype: int64"
    assert declared in text
    card.write_text(text.replace(declared, declared.replace("int64", "string")), encoding="utf-8")
    found = problems(damaged)
    for way in ("batch", "streaming"):
        assert f"{way}: 003: fold is '3', expected 3" in found


def test_check_compares_with_the_gold_of_today(damaged: Path, tmp_path: Path) -> None:
    root = copied(tmp_path)
    path = root / "annotations" / "gold" / "003.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"value": 16500', '"value": 16500.5', 1), encoding="utf-8")
    with pytest.raises(InputError, match="quantity-value"):
        problems(damaged, Corpus(root), loaded=False)
    text = (ROOT / "annotations" / "gold" / "003.jsonl").read_text(encoding="utf-8")
    path.write_text(text.replace('"certainty": "certain"', '"certainty": "probable"', 1), encoding="utf-8")
    found = problems(damaged, Corpus(root), loaded=False)
    assert re.search(r"jsonl: 003 s\d+: certainty is 'certain', expected 'probable'", found)


def test_a_card_that_is_no_yaml_is_a_problem(damaged: Path) -> None:
    card = damaged / "README.md"
    card.write_text(card.read_text(encoding="utf-8").replace("license: other", "license: [other", 1), encoding="utf-8")
    assert "card: README.md: " in problems(damaged, loaded=False)


def copied(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    for name in ("seeds", "annotations"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "schema.json", root)
    return root


def test_a_gold_that_does_not_pass_check_is_not_built(tmp_path: Path) -> None:
    root = copied(tmp_path)
    path = root / "annotations" / "gold" / "003.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"label": "DATE"', '"label": "DAY"', 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"003\.jsonl:\d+: label-unknown"):
        build(tmp_path / "out", Corpus(root))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["root"]


def test_a_label_of_the_user_s_with_attributes_of_every_type_is_loaded_as_it_is(tmp_path: Path) -> None:
    root = copied(tmp_path)
    schema = json.loads((ROOT / "schema.json").read_text(encoding="utf-8"))
    parts = {"type": "object", "properties": {"name": {"type": "string"}, "size": {"type": ["number", "null"]}}}
    kinds: dict[str, tuple[dict[str, Any], Any]] = {
        "region": ({"type": ["string", "null"]}, None),
        "area": ({"type": "number"}, 2561.5),
        "near": ({"type": "boolean"}, False),
        "people": ({"type": ["integer", "null"]}, 13),
        "names": ({"type": "array", "items": {"type": "string"}}, ["Moscow", "Moskva"]),
        "side": ({"oneOf": [{"const": "left", "description": "l"}, {"const": None, "description": "n"}]}, "left"),
        "parts": ({"type": "array", "items": parts}, [{"name": "Kremlin", "size": None}]),
    }
    schema["$defs"]["PLACE"] = {
        "title": "Where",
        "description": "A place.",
        "x-color": "#123456",
        "x-hotkey": "6",
        "examples": [{"label": "PLACE"}],
        "properties": {"label": {"const": "PLACE"}}
        | {name: {"description": "About it.", **kind} for name, (kind, _) in kinds.items()},
        "required": ["label"],
    }
    schema["$defs"]["label"]["oneOf"].append({"$ref": "#/$defs/PLACE"})
    own = tmp_path / "mine.json"
    own.write_text(json.dumps(schema), encoding="utf-8")
    start = Corpus().texts["003"].index("Moscow")
    given = {"type": "span", "doc": "003", "id": "s99", "label": "PLACE", "start": start, "end": start + 6}
    given |= {"text": "Moscow"} | {name: value for name, (_, value) in kinds.items()}
    path = root / "annotations" / "gold" / "003.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    after = next(at for at, each in enumerate(records) if each["type"] == "span" and each["start"] > start)
    records.insert(after, given)
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    (tmp_path / "none.jsonl").write_text("", encoding="utf-8")
    corpus = Corpus(root, read_schema(own))
    build(tmp_path / "out", corpus, dict.fromkeys(BASELINES, tmp_path / "none.jsonl"), with_articles=True)
    assert problems(tmp_path / "out", corpus) == ""  # each loader's rows are those of the gold
    (row,) = (row for row in read_jsonl(tmp_path / "out", "spans", TEST) if row["label"] == "PLACE")
    assert {name: row[name] for name in kinds} == {name: value for name, (_, value) in kinds.items()}
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "### PLACE (1)" in card
    assert (tmp_path / "out" / "schema.json").read_bytes() == own.read_bytes()
    assert "B-PLACE" in card


def test_predictions_of_the_user_are_published_and_scored(predicted: dict[str, str], tmp_path: Path) -> None:
    mine = tmp_path / "mine.jsonl"
    mine.write_text('{"doc": "003", "label": "QUANTITY", "start": 29, "end": 51}\n', encoding="utf-8")
    options = (predicted["crf"], f"--predictions=rules={mine}")
    run = claimspans("hub", "build", tmp_path / "out", *options, "--json")
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["rows"]["predictions"] == {"train": 4 * len(BASELINES), TEST: len(BASELINES)}
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "| rules | strict | 1.000 [" in card  # the one span is right
    run = claimspans("hub", "build", tmp_path / "out", "--predictions", f"mine={tmp_path / 'none.jsonl'}")
    assert (run.returncode, "file-missing" in run.stderr) == (2, True)
    assert "| rules | strict | 1.000 [" in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")


def test_the_published_documents_can_be_scored_against_as_they_are(whole: Path) -> None:
    parquet = whole / "documents" / "test-00000-of-00001.parquet"
    run = claimspans("score", "--gold", parquet, "--schema", whole / "schema.json", "--json", parquet)
    assert json.loads(run.stdout)["schemes"]["strict"]["micro"]["f1"] == 1
    assert json.loads(run.stdout)["claims"]["whole"]["f1"] == 1


def figures(result: Result) -> dict[str, Any]:
    """What a score says of spans, by scheme and label."""
    return {
        scheme: [result[scheme].micro.f1, {name: counts.f1 for name, counts in result[scheme].labels.items()}]
        for scheme in ("strict", "partial")
    }


@pytest.mark.parametrize("folder", ["whole", "dataset"])
def test_each_published_table_is_a_gold_and_predictions_in_every_form(
    folder: str, gold: Layer, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """As a folder, as one file after another, as JSON lines, and as what the loader gives, at once and as a stream."""
    from datasets import load_dataset

    built: Path = request.getfixturevalue(folder)
    answers = list(read_predictions(Path(f"{built / 'jsonl' / 'predictions'}#rules"), gold.schema, gold.texts))
    wanted = score(gold, answers)
    assert 0 < (wanted["strict"].micro.f1 or 0) < 1
    assert wanted.ignored
    for table in ("documents", "sentences", "tokens"):
        forms: list[Any] = [built / table, built / "jsonl" / table]
        if folder == "dataset":
            forms += [
                sorted((built / table).iterdir()),
                load_dataset(str(built), table, cache_dir=str(tmp_path)),
                load_dataset(str(built), table, streaming=True, cache_dir=str(tmp_path)),
            ]
        for form in forms:
            scored = score(form, answers)
            assert figures(scored) == figures(wanted), (table, form)
            assert scored.ignored == wanted.ignored
            assert score(gold, form)["strict"].micro.f1 == 1
    for form in ([*sorted((built / "claims").iterdir()), *sorted((built / "spans").iterdir())], built / "spans"):
        assert score(gold, form)["strict"].micro.f1 == 1
    for form in (built / "claims", built / "jsonl" / "claims"):
        assert score(gold, form).claims["whole"].f1 == score(form, gold).claims["whole"].f1 == 1


def test_of_a_table_with_several_systems_one_is_named(dataset: Path, gold: Layer) -> None:
    for table, names in (("predictions", ("rules", "crf")), ("passes", ("pass-a", "pass-b"))):
        with pytest.raises(InputError, match=rf"rows of {names[0]} and of {names[1]}: name one .* PATH#{names[0]}"):
            score(gold, dataset / table)
        with pytest.raises(InputError, match=rf"no layer or system nobody; the file holds {names[0]}, {names[1]}"):
            score(gold, Path(f"{dataset / table}#nobody"))
        run = claimspans("score", f"{dataset / table}#{names[1]}", "--json")
        assert run.returncode == 0, run.stderr
        alone = score(gold, Path(f"{dataset / 'jsonl' / table}#{names[1]}"))
        assert json.loads(run.stdout)["schemes"]["strict"]["micro"]["f1"] == alone["strict"].micro.f1
    assert claimspans("score", "--gold", dataset, f"{dataset / 'predictions'}#crf", "--brief").returncode == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("hub", "build", "."), "is not empty and no earlier build of ours"),
        (("hub", "build", "out", "--predictions", "mine"), "'mine' is not NAME=PATH"),
        (("hub", "check", "."), "it has no build.json; name a folder that hub build wrote"),
        (("hub", "check", ".", "--environment", "x=nowhere"), "is not NAME=PYTHON with an interpreter"),
        (("hub", "diff", "."), "compare with a dataset on the Hub (--repo OWNER/NAME) or with a folder"),
        (("hub", "diff", ".", "--with", "x", "--revision", "v1"), "name it with --repo"),
        (("hub", "push", "."), "Missing option '--repo'"),
        (("hub", "pull"), "No such command 'pull'"),
        (("hydrate", ".", "--articles", ".", "--out", "x"), "no build of ours"),
    ],
)
def test_a_wrong_call_says_what_was_expected(args: tuple[str, ...], said: str, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    run = claimspans(*args, cwd=tmp_path)
    assert run.returncode == 2
    assert said in " ".join(run.stderr.split())
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_hydrate_in_python_refuses_a_taken_folder(dataset: Path, tmp_path: Path, schema: Schema) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(ClaimspansError, match="not empty and no earlier build"):
        hydrate(dataset, shipped_corpus() / "seeds", tmp_path, schema)
