"""Which articles of a corpus are for training and which for testing, by genre: the lines of ``splits.jsonl``."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from .corpus import Corpus
from .files import read_json_lines
from .problems import ClaimspansError

SPLITS = "splits.jsonl"
"""Its place in a corpus, beside the schema."""


class Split(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An article's split, such as ``train`` or ``test``, and what kind of text it is."""

    doc: str
    split: str
    genre: str | None = None
    style: str | None = None


def read_splits(corpus: Corpus) -> Mapping[str, Split]:
    """The splits by article, in the order of the file; none where the corpus has no such file.

    Raises `ClaimspansError` for a file that has another form, or does not name each article of the corpus once.
    """
    path = corpus.root / SPLITS
    if not path.is_file():
        return {}
    rows: list[Split] = read_json_lines(path, Split, "lines with doc, split and genre, one for each article")
    found = {row.doc: row for row in rows}
    wrong = sorted(found.keys() ^ corpus.sources.keys())
    if wrong or len(found) < len(rows):
        named = f"not about {', '.join(wrong[:5])}" if wrong else "with two lines for one article"
        raise ClaimspansError(f"{path}: {named}; expected one line for each article of seeds/sources.jsonl")
    return found


def docs_of(corpus: Corpus, split: str) -> list[str]:
    """The ids of a split's articles; raises `ClaimspansError` for one that the corpus has not."""
    splits = {doc: row.split for doc, row in read_splits(corpus).items()}
    if split not in splits.values():
        known = ", ".join(dict.fromkeys(splits.values())) or f"no {SPLITS}"
        raise ClaimspansError(f"{split}: no such split of {corpus.name}; it has {known}")
    return [doc for doc, of in splits.items() if of == split]
