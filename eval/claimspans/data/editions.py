"""A layer as it is, as it was at a git revision, or as another folder has it: with its schema and its version."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from .corpus import Corpus
from .corpus_folder import ANNOTATIONS, SCHEMA, SEEDS, is_corpus
from .problems import ClaimspansError
from .records import Document
from .schema import Schema
from .sources import Source

_PARTS = (ANNOTATIONS, SEEDS, SCHEMA)


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """The articles with one layer. ``version`` is the dataset's, None where nothing says which it is."""

    name: str
    documents: Sequence[Document]
    schema: Schema
    sources: Mapping[str, Source]
    version: str | None = None


def read_edition(name: str, corpus: Corpus, layer: str = "gold") -> Edition:
    """The edition of a name: a layer of the corpus, a folder (of a layer, or a corpus), or a git revision of it.

    Of a folder with annotations and of a revision it is ``layer``. Raises `ClaimspansError` for what is none of them,
    where git is missing, and where the data are in no git checkout.
    """
    if name not in corpus.layers and (Path(name) / ANNOTATIONS).is_dir():
        return _of_root(Path(name), name, layer)
    if name in corpus.layers or Path(name).is_dir():
        found = corpus.load(name)
        return Edition(name=name, documents=found, schema=corpus.schema, sources=corpus.sources, version=found.version)
    with tempfile.TemporaryDirectory(prefix="claimspans-") as folder:
        _check_out(name, corpus, Path(folder))
        return _of_root(Path(folder), name, layer)


def _of_root(root: Path, name: str, layer: str) -> Edition:
    if not is_corpus(root):
        raise ClaimspansError(f"{name}: no corpus: expected {', '.join(_PARTS)} in it")
    corpus = Corpus(root)
    if layer not in corpus.layers:
        known = ", ".join(corpus.layers) or "none"
        raise ClaimspansError(f"{name}: has no layer {layer}; its layers: {known}")
    try:
        documents = corpus.load(layer)
    except ClaimspansError as error:
        said = str(error).replace(f"{root}/", "")
        raise ClaimspansError(f"{name}: this version cannot read its {layer}: {said}") from error
    return Edition(name=name, documents=documents, schema=corpus.schema, sources=corpus.sources, version=corpus.version)


def _check_out(revision: str, corpus: Corpus, folder: Path) -> None:
    """The corpus at a git revision of the repository that it is in."""
    what = f"{revision}: no layer or folder of this name"
    git = shutil.which("git")
    if git is None:
        raise ClaimspansError(f"{what}, and git, which would know a revision, is not installed")
    root = corpus.root

    def run(*args: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([git, "-C", str(root), *args], capture_output=True, check=False)  # noqa: S603 -- no shell

    if run("rev-parse", "--git-dir").returncode:
        raise ClaimspansError(
            f"{what}, and {root} is in no git checkout, so there are no revisions; name the folder of a corpus"
        )
    if run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").returncode:
        raise ClaimspansError(f"{what}, and git knows no such revision; `git tag` and `git log --oneline` list some")
    made = run("archive", "--format=tar", "--end-of-options", revision, *_PARTS)
    if made.returncode:
        raise ClaimspansError(f"{revision}: has no {', '.join(_PARTS)} as this version has them; name a later revision")
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
        archive.extractall(folder, filter="data")
