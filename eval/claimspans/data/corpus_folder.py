"""Which folder is the corpus at hand: the one that is named, the nearest one above, or the one that is shipped."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from .problems import ClaimspansError

VARIABLE = "CLAIMSPANS_CORPUS"
"""The environment variable that names the corpus; the option ``--corpus`` sets it for a command and its programs."""

SCHEMA, SEEDS, SOURCES, ANNOTATIONS = "schema.json", "seeds", "sources.jsonl", "annotations"
"""What a corpus holds: its schema, the texts with where they are from, and the layers."""

SIDES = ("labelstudio", "provenance", "decisions")
"""What files with what is known of a layer end in, before ``.jsonl``: they stand beside its records."""


@cache
def shipped_corpus() -> Path:
    """The corpus of the project: in a checkout its top folder, else inside the package."""
    package = Path(__file__).parents[1]
    checkout = package.parents[1]
    return checkout if is_corpus(checkout) else package / "corpus"


def is_corpus(folder: Path) -> bool:
    """Whether a folder has a schema and a folder of texts."""
    return (folder / SCHEMA).is_file() and (folder / SEEDS).is_dir()


def named_corpus(name: Path | str) -> Path:
    """The folder of a corpus that is named by its path, or as a further corpus of the project, such as ``wire``.

    Raises `ClaimspansError` for what is no corpus.
    """
    folder = Path(name)
    if not str(name):
        raise ClaimspansError("the corpus has an empty name; name its folder")
    if not folder.exists() and len(folder.parts) == 1 and is_corpus(shipped_corpus() / "corpora" / name):
        return shipped_corpus() / "corpora" / name
    if is_corpus(folder):
        return folder
    if not folder.exists():
        known = ", ".join(further_corpora())
        also = f", or one of {known}" if known else ""
        raise ClaimspansError(f"{name}: no such folder; expected a corpus{also}; claimspans new {name} makes one")
    if not folder.is_dir():
        raise ClaimspansError(f"{name}: is a file; expected the folder of a corpus")
    lacking = [part for part, there in ((SCHEMA, folder / SCHEMA), (f"{SEEDS}/", folder / SEEDS)) if not there.exists()]
    above = nearest_corpus(folder.resolve())
    inside = f"; it lies in the corpus {above}" if above is not None else ""
    raise ClaimspansError(
        f"{name}: no corpus: it has no {' and no '.join(lacking)}{inside}; claimspans new DIR makes a corpus"
    )


def corpus_at_hand() -> Path:
    """The corpus of the variable, else the nearest folder above the current one that is one, else the shipped one.

    Raises `ClaimspansError` where the variable names no corpus.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return named_corpus(named)
    try:
        here = Path.cwd()
    except FileNotFoundError:  # somebody removed the current folder
        return shipped_corpus()
    return nearest_corpus(here) or shipped_corpus()


def is_chosen() -> bool:
    """Whether somebody named the corpus at hand, or works in it: only then may it be written to."""
    return bool(os.environ.get(VARIABLE)) or nearest_corpus(Path.cwd()) is not None


def further_corpora() -> list[str]:
    """The names of the project's further corpora."""
    home = shipped_corpus() / "corpora"
    return sorted(folder.name for folder in home.iterdir() if is_corpus(folder)) if home.is_dir() else []


def nearest_corpus(folder: Path) -> Path | None:
    """The folder, or the nearest one above it, that is a corpus; None where none is."""
    return next((above for above in (folder, *folder.parents) if is_corpus(above)), None)
