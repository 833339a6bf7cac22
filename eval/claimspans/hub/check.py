"""What is wrong with a dataset folder: its files, its card, its rows against the gold, what each loader makes of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import msgspec

from ..data.corpus import Corpus
from ..data.corpus_folder import further_corpora, shipped_corpus
from ..data.problems import ClaimspansError, counted, short
from . import loader
from .about import UNRELEASED
from .build import checked
from .folder import CARD, Manifest, hashes, lines_of, read_jsonl, read_manifest
from .table_schema import Configuration, configurations
from .tables import Row, Tables, key_of, tables

FILES = "files"

LOADERS = {"datasets 3.6": ("datasets>=3.6,<3.7",), "newest datasets": ("datasets",)}
"""The loaders that a build must work under: last year's and today's."""


class Finding(msgspec.Struct, frozen=True):
    """One thing that was looked at: ``loader`` and ``way`` say how; ``problem`` is empty where all is well."""

    loader: str
    way: str
    configuration: str
    split: str
    rows: int
    equal: int
    problem: str = ""

    def to_dict(self) -> dict[str, Any]:
        return msgspec.structs.asdict(self)


def check_folder(
    folder: Path | str,
    loaders: Mapping[str, Callable[[], Path]],
    corpus: Corpus | None = None,
    parts: Mapping[str, Corpus] | None = None,
) -> Iterator[Finding]:
    """What was found in a built folder, a finding for each table and way of reading it.

    ``loaders`` are interpreters by name that have ``datasets``; each is asked for only when it is needed. Rows are
    compared with the gold, in a dataset of several corpora with that of each of ``parts`` (those of the project and
    that at hand are found by their names); rows of ``predictions``, which no gold holds, with the JSON lines beside,
    and articles whose text is a near copy with nothing. Raises `ClaimspansError` for what is no build, for a gold that
    may not be published, and for a part whose corpus is not found.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    yield from _card(folder, manifest)
    expected: Tables = {}
    known: dict[str, Configuration] = {}
    if manifest.parts:
        yield from _files(folder, manifest, None)
        for part, own in _corpora(manifest, parts or {}).items():
            yield from _against_gold(folder / part, own, f"{part}-", expected, known)
    else:
        yield from _against_gold(folder, corpus or Corpus(), "", expected, known)
    for name, python in loaders.items():
        yield from loaded(name, python(), str(folder.absolute()), expected, known, without=manifest.reanchored)


def _corpora(manifest: Manifest, given: Mapping[str, Corpus]) -> dict[str, Corpus]:
    """The corpus of each part."""
    at_hand = Corpus()
    found = {}
    for part, name in manifest.parts.items():
        if part in given:
            found[part] = given[part]
        elif name == at_hand.name:
            found[part] = at_hand
        elif name in further_corpora():
            found[part] = Corpus(shipped_corpus() / "corpora" / name)
        elif name == (shipped := Corpus(shipped_corpus())).name:
            found[part] = shipped
        else:
            raise ClaimspansError(f"{part}: is of the corpus {name}, which is not here; name it: --part {part}=DIR")
    return found


def _against_gold(
    folder: Path, corpus: Corpus, prefix: str, expected: Tables, known: dict[str, Configuration]
) -> Iterator[Finding]:
    """What the files of one corpus's build are beside its gold; fills in what the loaders are to find."""
    manifest = read_manifest(folder)
    gold = checked(corpus)
    yield from _files(folder, manifest, corpus)
    columns = configurations(corpus.schema)
    wanted = tables(corpus, gold, {}, standoff=manifest.standoff)
    for name, splits in manifest.rows.items():
        for split in splits:
            if name not in columns:
                problem = "no table of this claimspans; build the folder again"
                yield Finding(FILES, "manifest", prefix + name, split, 0, 0, problem)
                continue
            known[prefix + name] = table = msgspec.structs.replace(columns[name], name=prefix + name)
            lines = read_jsonl(folder, name, split)
            if name == "predictions":
                wanted.setdefault(name, {})[split] = lines
            else:
                rows = wanted.get(name, {}).get(split, [])
                yield _compared(FILES, "jsonl", table, split, rows, lines, manifest.reanchored)
    for name, made in wanted.items():
        for split, rows in made.items():
            if split not in manifest.rows.get(name, {}):
                problem = f"{counted(len(rows), 'row')} of the gold missing"
                yield Finding(FILES, "manifest", prefix + name, split, 0, 0, problem)
        known.setdefault(prefix + name, msgspec.structs.replace(columns[name], name=prefix + name))
    expected |= {prefix + name: made for name, made in wanted.items()}


def _files(folder: Path, manifest: Manifest, corpus: Corpus | None) -> Iterator[Finding]:
    """Files that are not as they were built, a version that is not the project's, and licences that are others now."""
    found = hashes(folder)
    changed = sorted(name for name, digest in manifest.files.items() if found.get(name) not in (None, digest))
    problems = [
        (f"{', '.join(names)} {what}; build the folder again")
        for names, what in (
            (changed, "changed since the build"),
            (sorted(manifest.files.keys() - found.keys()), "missing"),
            (sorted(found.keys() - manifest.files.keys()), "not from the build"),
        )
        if names
    ]
    version = corpus.version or UNRELEASED if corpus is not None else manifest.dataset
    if manifest.dataset != version:
        problems.append(f"built for dataset {manifest.dataset}, the gold is {version}; build the folder again")
    holds_texts = corpus is not None and not manifest.standoff and not manifest.hydrated
    if corpus is not None and holds_texts and manifest.reserved != corpus.reserved:
        said = ", ".join(corpus.reserved) or "none"
        problems.append(f"the articles that no licence lets anybody publish are now {said}; build the folder again")
    yield Finding(
        FILES, "manifest", "", "", len(manifest.files), len(manifest.files) - len(changed), "; ".join(problems)
    )


def _card(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    """Whether the card's header can be read, names every configuration and file, and has one default."""
    from datasets.utils.metadata import MetadataConfigs
    from huggingface_hub import DatasetCard

    problem = ""
    try:
        data = DatasetCard.load(folder / CARD).data
        found = MetadataConfigs.from_dataset_card_data(data)
        paths = {one["path"] for config in found.values() for one in config["data_files"]}
        wanted = {manifest.path_of(name, split) for name, splits in manifest.rows.items() for split in splits}
        if paths != wanted:
            problem = f"the card's configurations name {sorted(paths ^ wanted)}, which are not the files of the build"
        elif found.get_default_config_name() is None:
            problem = "no configuration is the default one"
        elif not data.license or (data.license == "other" and not data.to_dict().get("license_link")):
            problem = "the licence or its link is missing"
    except Exception as error:  # noqa: BLE001 -- YAML's, the Hub's and datasets' own errors
        problem = f"{CARD}: {type(error).__name__}: {error}"
    yield Finding(FILES, "card", "", "", len(manifest.rows), 0 if problem else len(manifest.rows), problem)


def loaded(
    name: str,
    python: Path,
    source: str,
    expected: Tables,
    known: Mapping[str, Configuration],
    *,
    revision: str | None = None,
    settings: Mapping[str, str] | None = None,
    without: Collection[str] = (),
) -> Iterator[Finding]:
    """What the loader of an interpreter makes of a folder, or of a repository under the ``settings`` of its server.

    Rows of the articles ``without`` are not compared.
    """
    wanted = [f"{table}={'+'.join(splits)}" for table, splits in expected.items()]
    with tempfile.TemporaryDirectory() as scratch:
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "HF_"))}
        environment |= {"HF_HOME": f"{scratch}/home", "HF_HUB_DISABLE_TELEMETRY": "1", "PYTHONUTF8": "1"}
        environment |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"} if settings is None else settings
        out = Path(scratch) / "rows"
        for made in (out, Path(scratch) / "program"):
            made.mkdir()
        # In a folder of its own: the folder of a program leads the path, and ours has other modules.
        program = Path(shutil.copy(loader.__file__, Path(scratch, "program")))
        command = [str(python), str(program), source, str(out), *wanted]
        command += ["--revision", revision] if revision else []
        run = subprocess.run(  # noqa: S603 -- an interpreter that the caller named
            command, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=scratch, check=False
        )
        said = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
        if not said or "datasets" not in said[0]:
            last = next((line for line in reversed(run.stderr.splitlines()) if line.strip()), "it said nothing")
            raise ClaimspansError(f"{python}: cannot run the loader: {last}; name an interpreter that has datasets")
        title = f"{name} ({said[0]['datasets']})"
        told = {(one["configuration"], one["split"], one["way"]): one.get("error") for one in said[1:]}
        for table, splits in expected.items():
            for split, rows in splits.items():
                for way in loader.WAYS:
                    error = told.get((table, split, way), "the loader ended before it came to this")
                    if error is not None:
                        yield Finding(title, way, table, split, 0, 0, short(error, 400))
                        continue
                    loaded = lines_of(out / f"{table}.{split}.{way}.jsonl")
                    yield _compared(title, way, known[table], split, rows, loaded, without)


def _compared(
    title: str,
    way: str,
    table: Configuration,
    split: str,
    expected: Sequence[Row],
    found: Sequence[Row],
    without: Collection[str] = (),
) -> Finding:
    expected, found = ([row for row in rows if row["doc"] not in without] for rows in (expected, found))
    equal = sum(one == two for one, two in zip(expected, found, strict=False))
    problem = ""
    if equal < max(len(expected), len(found)):
        problem = next(_difference(table, one, two) for one, two in zip_longest(expected, found) if one != two)
    return Finding(title, way, table.name, split, len(found), equal, problem)


def _difference(table: Configuration, expected: Row | None, found: Row | None) -> str:
    """Where the first row that differs does so."""
    if expected is None or found is None:
        row = found if expected is None else expected
        what = "a row too many" if expected is None else "a row is missing"
        return f"{what}: {_named(table, row or {})}"
    names = [name for name in dict.fromkeys([*expected, *found]) if expected.get(name) != found.get(name)]
    if names:
        name = names[0]
        return (
            f"{_named(table, expected)}: {name} is {short(repr(found.get(name)))}, "
            f"expected {short(repr(expected.get(name)))}"
        )
    return f"{_named(table, expected)}: has other columns"


def _named(table: Configuration, row: Row) -> str:
    return " ".join(str(value) for value in key_of(table, row))
