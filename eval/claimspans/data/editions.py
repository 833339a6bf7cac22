"""A layer as it is, as it was at a git revision, or as another folder has it: with its schema and its version."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from ..version import DATASET_VERSION
from .corpus import Corpus, Source
from .problems import ClaimspansError
from .records import Document
from .schema import Schema, data_root, read_schema

_PARTS = ("annotations", "seeds", "schema.json")
_VERSION = Path("eval", "claimspans", "version.py")


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """The articles with one layer. ``version`` is the dataset's, None where nothing says which it is."""

    name: str
    documents: Sequence[Document]
    schema: Schema
    sources: Mapping[str, Source]
    version: str | None = None


def read_edition(name: str, layer: str = "gold") -> Edition:
    """The edition of a name: a layer, a folder (of a layer, or with seeds and annotations), or a git revision.

    Of a folder with annotations and of a revision it is ``layer``. Raises `ClaimspansError` for what is none of them,
    where git is missing, and where the data are in no git checkout.
    """
    ours = Corpus()
    if name not in ours.layers and (Path(name) / "annotations").is_dir():
        return _of_root(Path(name), name, layer)
    if name in ours.layers or Path(name).is_dir():
        version = DATASET_VERSION if name == layer == "gold" else None
        return Edition(
            name=name, documents=ours.annotated(name), schema=ours.schema, sources=ours.sources, version=version
        )
    with tempfile.TemporaryDirectory(prefix="claimspans-") as folder:
        _check_out(name, Path(folder))
        return _of_root(Path(folder), name, layer)


def _of_root(root: Path, name: str, layer: str) -> Edition:
    schema = read_schema(root / "schema.json" if (root / "schema.json").is_file() else data_root() / "schema.json")
    corpus = Corpus(root, schema)
    if layer not in corpus.layers:
        known = ", ".join(corpus.layers) or "none"
        raise ClaimspansError(f"{name}: has no layer {layer}; its layers: {known}")
    try:
        documents = corpus.annotated(layer)
    except ClaimspansError as error:
        said = str(error).replace(f"{root}/", "")
        raise ClaimspansError(f"{name}: this version cannot read its {layer}: {said}") from error
    return Edition(
        name=name, documents=documents, schema=schema, sources=corpus.sources, version=_version(root / _VERSION)
    )


def _version(path: Path) -> str | None:
    if not path.is_file():
        return None
    found = re.search(r'^DATASET_VERSION = "([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found is not None else None


def _check_out(revision: str, folder: Path) -> None:
    """The data of a git revision of the checkout that we run from."""
    what = f"{revision}: no layer or folder of this name"
    git = shutil.which("git")
    if git is None:
        raise ClaimspansError(f"{what}, and git, which would know a revision, is not installed")
    root = data_root()

    def run(*args: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([git, "-C", str(root), *args], capture_output=True, check=False)  # noqa: S603 -- no shell

    if not (root / _VERSION).is_file() or run("rev-parse", "--git-dir").returncode:
        raise ClaimspansError(
            f"{what}, and {root} is in no git checkout, so there are no revisions; "
            "name a folder with seeds and annotations"
        )
    if run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").returncode:
        raise ClaimspansError(f"{what}, and git knows no such revision; `git tag` and `git log --oneline` list some")
    made = run("archive", "--format=tar", "--end-of-options", revision, *_PARTS)
    if made.returncode:
        raise ClaimspansError(f"{revision}: has no {', '.join(_PARTS)} as this version has them; name a later revision")
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
        archive.extractall(folder, filter="data")
    version = run("show", "--end-of-options", f"{revision}:./{_VERSION.as_posix()}")
    if version.returncode == 0:
        (folder / _VERSION).parent.mkdir(parents=True)
        (folder / _VERSION).write_bytes(version.stdout)
