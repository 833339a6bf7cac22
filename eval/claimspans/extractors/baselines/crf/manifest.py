"""The manifest of a model folder: what the model is, what it was made of, and whether its weights are whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from ....data.files import read_json
from ....data.problems import ClaimspansError
from ....version import VERSION

FORMAT = 1
"""Goes up when the features change: weights of other features would be read without an error and mean nothing."""
KIND = "claimspans crf"
MANIFEST = "manifest.json"


class Trained(msgspec.Struct, frozen=True):
    """An article that a model was trained on: its id, and the hash of its text's UTF-8."""

    doc: str
    sha256: str


class Weights(msgspec.Struct, frozen=True):
    """A file of weights in the model's folder, the hash of its bytes, and the labels that it tells."""

    file: Annotated[str, msgspec.Meta(pattern=r"^\w[\w.-]*$")]
    sha256: str
    labels: tuple[str, ...]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a model is and what it was made of."""

    kind: str = KIND
    format: int = FORMAT
    features: str
    labels: tuple[str, ...]
    schema: str
    trained_on: tuple[Trained, ...]
    weights: tuple[Weights, ...] = ()
    claimspans: str = VERSION
    python: str
    packages: Mapping[str, str]


def refuse_foreign(folder: Path) -> None:
    """Raises `ClaimspansError` where a model cannot go into a folder: a file, or a folder with something else in it."""
    if folder.exists() and not folder.is_dir():
        raise ClaimspansError(f"{folder}: is a file; expected a folder for the model")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise ClaimspansError(f"{folder}: holds something that is no model; name a new or an empty folder")
    if (folder / MANIFEST).is_file():
        read_manifest(folder)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a model folder; raises `ClaimspansError` where there is none of ours."""
    path = folder / MANIFEST
    if not path.is_file():
        raise ClaimspansError(f"{folder}: no model: {MANIFEST} is not there; expected a folder of claimspans train crf")
    manifest = read_json(path, Manifest, "the manifest of a model of claimspans train crf")
    if manifest.kind != KIND:
        raise ClaimspansError(f"{path}: a “{manifest.kind}”, not a model of claimspans train crf (“{KIND}”)")
    return manifest
