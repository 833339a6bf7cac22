"""A build without texts and a user's own copies of the articles → the build with its texts."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec

from ..data.copies import read_copies
from ..data.problems import ClaimspansError
from ..data.schema import Schema
from .build import seal
from .croissant import CROISSANT, refreshed
from .folder import (
    CARD,
    MANIFEST,
    Manifest,
    hashes,
    jsonl_name,
    needs_hub,
    read_jsonl,
    read_manifest,
    taking_the_place_of,
    write_json,
    write_tables,
)
from .table_schema import configurations
from .tables import Tables, with_text

_NOTE = re.compile(r"\*\*This copy holds no text of the articles\*\*[^\n]*\n")
_OF_TOKENS = re.compile(r" In this copy `tokens` and `ner_tags` are both null[^.]*\.")


def hydrate(folder: Path | str, articles: Path | str, out: Path | str, schema: Schema) -> Manifest:
    """Write ``out``, the build ``folder`` with the articles' texts in it, whole or not at all.

    ``articles`` holds the user's copies, under any names and in any sub-folders: each is recognised by the SHA-256 of
    its bytes. Raises `ClaimspansError` for a folder that has its texts, is not as it was published, or is of another
    version; where it would be overwritten; and where an article has no copy.
    """
    folder, articles, out = Path(folder), Path(articles), Path(out)
    manifest = read_manifest(folder)
    if not manifest.standoff:
        raise ClaimspansError(
            f"{folder}: has the articles' texts already; hydrate a folder that was built without --with-articles"
        )
    known = configurations(schema)
    if manifest.schema != schema.version or not {"documents"} <= manifest.rows.keys() <= known.keys():
        raise ClaimspansError(
            f"{folder}: was built under schema {manifest.schema}, this claimspans has {schema.version}; "
            f"install the one that made it ({manifest.made_by})"
        )
    if out.resolve() == folder.resolve():
        raise ClaimspansError(f"{out}: is the folder without the texts, which stays as it is; name another for --out")
    tables = {jsonl_name(name, split) for name, splits in manifest.rows.items() for split in splits}
    # A split that is no file of the build may be the name of any file, here and where it is written to.
    if hashes(folder) != manifest.files or not tables <= manifest.files.keys():
        raise ClaimspansError(f"{folder}: is not as it was published; download it again")
    needs_hub()
    rows: Tables = {
        name: {split: read_jsonl(folder, name, split) for split in splits} for name, splits in manifest.rows.items()
    }
    wanted = {row["doc"]: row["sha256"] for split in rows["documents"].values() for row in split}
    texts = find_texts(articles, wanted)
    spans = {row["doc"]: row["spans"] for split in rows["documents"].values() for row in split}
    filled: Tables = {
        name: {
            split: [with_text(known[name], row, texts[row["doc"]], spans[row["doc"]]) for row in lines]
            for split, lines in splits.items()
        }
        for name, splits in rows.items()
    }
    with taking_the_place_of(out) as made:
        for name in manifest.files:
            if name.endswith((".parquet", ".jsonl")) or name in (CROISSANT, CARD, MANIFEST):
                continue
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, made / name)
        write_tables(made, filled, known)
        said = json.loads((folder / CROISSANT).read_text(encoding="utf-8"))
        write_json(made / CROISSANT, refreshed(said, made))
        card = (folder / CARD).read_text(encoding="utf-8")
        note = "**The articles were put into this copy by whoever has it**: do not publish it.\n"
        (made / CARD).write_text(_OF_TOKENS.sub("", _NOTE.sub(note, card)), encoding="utf-8")
        return seal(made, msgspec.structs.replace(manifest, standoff=False, hydrated=True, reserved=None))


def find_texts(articles: Path, wanted: Mapping[str, str]) -> dict[str, str]:
    """The texts by article; raises `ClaimspansError` for a folder that is not there and for articles without a copy."""
    by_hash = read_copies(articles)
    missing = {doc: digest for doc, digest in wanted.items() if digest not in by_hash}
    if missing:
        listed = ", ".join(f"{doc} (SHA-256 {digest[:12]}…)" for doc, digest in sorted(missing.items()))
        raise ClaimspansError(
            f"{articles}: no file has the bytes of {listed}; copies must be the same byte for byte, "
            "line ends and white space included"
        )
    return {doc: by_hash[digest].decode("utf-8") for doc, digest in wanted.items()}
