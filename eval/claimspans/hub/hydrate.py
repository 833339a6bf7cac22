"""A build without texts and a user's own copies of the articles → the build with its texts."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from ..data.column_types import fit
from ..data.hydration import read_copies
from ..data.problems import ClaimspansError
from ..data.records import Document
from ..data.schema import Schema
from ..text.tokens import Place
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
from .header import resized
from .near_copy import LEAST, NearCopy, nearest, reanchored
from .table_schema import configurations
from .tables import Row, Tables, rows_of, with_text

_NOTE = re.compile(r"\*\*This copy holds no text of the articles\*\*[^\n]*\n")


def hydrate(folder: Path | str, articles: Path | str, out: Path | str, schema: Schema) -> Manifest:
    """Write ``out``, the build ``folder`` with the articles' texts in it, whole or not at all.

    ``articles`` holds the user's copies, under any names and in any sub-folders: each is recognised by the SHA-256 of
    its bytes, and else by its tokens, as a near copy: then the annotations are placed anew in its text, and the
    manifest says of which articles (``reanchored``), and what could not be placed. Raises `ClaimspansError` for a
    folder that has its texts, is not as it was published, or is of another version; where it would be overwritten; and
    where an article has no copy.
    """
    folder, articles, out = Path(folder), Path(articles), Path(out)
    manifest = read_manifest(folder)
    if manifest.parts:
        bare = [str(folder / part) for part in manifest.parts if read_manifest(folder / part).standoff]
        raise ClaimspansError(f"{folder}: holds several corpora; hydrate one of them: {' or '.join(bare)}")
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
    texts, near = find_texts(articles, wanted, _token_places(rows))
    placed = {
        row["doc"]: reanchored(row, near[row["doc"]], schema)
        for split in rows["documents"].values()
        for row in split
        if row["doc"] in near
    }
    lost = {doc: list(missing) for doc, (_, missing) in placed.items()}
    anew = {doc: document for doc, (document, _) in placed.items()}
    filled: Tables = {
        name: {
            split: [
                with_text(name, row, texts[row["doc"]])
                if row["doc"] in texts
                else fit(row | {"fold": fold}, dict(known[name].columns))
                for row, fold in _anew(name, lines, anew, near, schema, lost)
            ]
            for split, lines in splits.items()
        }
        for name, splits in rows.items()
    }
    with taking_the_place_of(out) as made:
        for name in manifest.files:
            if name.endswith(".parquet") or name.startswith("jsonl/") or name in (CROISSANT, CARD, MANIFEST):
                continue
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, made / name)
        write_tables(made, filled, known)
        said = json.loads((folder / CROISSANT).read_text(encoding="utf-8"))
        write_json(made / CROISSANT, refreshed(said, made))
        card = (folder / CARD).read_text(encoding="utf-8")
        note = "**The articles were put into this copy by whoever has it**: do not publish it.\n"
        if near:
            note = note.rstrip() + (
                f" The texts of {', '.join(near)} are near copies, in which the annotations were placed anew: offsets, "
                "`sha256` and figures are not those of the published dataset.\n"
            )
        counts = {name: {split: len(lines) for split, lines in splits.items()} for name, splits in filled.items()}
        card = resized(_NOTE.sub(lambda _: note, card), made, known, counts)
        (made / CARD).write_text(card, encoding="utf-8")
        told = {doc: tuple(missing) for doc, missing in lost.items()}
        changed = {"standoff": False, "hydrated": True, "reserved": None, "reanchored": told, "rows": counts}
        return seal(made, msgspec.structs.replace(manifest, **changed))


def _token_places(rows: Tables) -> dict[str, list[Place]]:
    """The places of the tokens of each article."""
    found: dict[str, list[Place]] = {}
    for row in (row for split in rows.get("tokens", {}).values() for row in split):
        found.setdefault(row["doc"], []).extend(zip(row["token_starts"], row["token_ends"], strict=True))
    return found


def _anew(
    name: str,
    lines: Sequence[Row],
    anew: Mapping[str, Document],
    near: Mapping[str, NearCopy],
    schema: Schema,
    lost: Mapping[str, list[str]],
) -> Iterator[tuple[Row, int]]:
    """The rows of a table with their folds, those of an article with a near copy made of that.

    To what is ``lost`` comes what a layer or a system marked and the copy does not have.
    """
    done: set[str] = set()
    for row in lines:
        doc, fold = row["doc"], row["fold"]
        if doc not in near:
            yield row, fold
        elif name in ("passes", "predictions"):
            document, missing = reanchored(row, near[doc], schema)
            lost[doc].extend(f"{row.get('layer', row.get('system'))}: {what}" for what in missing)
            yield from ((made, fold) for made in rows_of(name, document, row))
        elif doc not in done:
            done.add(doc)
            yield from ((made, fold) for made in rows_of(name, anew[doc], row))


def find_texts(
    articles: Path, wanted: Mapping[str, str], places: Mapping[str, Sequence[Place]]
) -> tuple[dict[str, str], dict[str, NearCopy]]:
    """The texts by article: those with the bytes of the hashes ``wanted``, and for the others near copies.

    ``places`` are those of the articles' tokens. Raises `ClaimspansError` for a folder that is not there and for
    articles without either.
    """
    by_hash = read_copies(articles)
    exact = {doc: by_hash[digest].decode("utf-8") for doc, digest in wanted.items() if digest in by_hash}
    others = [text for digest, raw in by_hash.items() if digest not in wanted.values() and (text := _decoded(raw))]
    near = {doc: nearest(places.get(doc, ()), others) for doc in wanted if doc not in exact}
    missing = sorted(doc for doc, copy in near.items() if copy is None)
    if missing:
        listed = ", ".join(f"{doc} (SHA-256 {wanted[doc][:12]}…)" for doc in missing)
        raise ClaimspansError(
            f"{articles}: no file has the bytes of {listed}, nor is one nearly it, with {LEAST:.0%} of its words in "
            "their order; put a copy of each article there, as UTF-8"
        )
    return exact, {doc: copy for doc, copy in near.items() if copy is not None}


def _decoded(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
