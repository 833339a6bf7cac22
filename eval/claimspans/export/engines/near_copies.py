"""Articles that are nearly the same, such as wire copy in many papers: found by MinHash (Broder, 1997), not by pairs.

A signature estimates what share of two articles' shingles is common. Articles of which a band of the signature is the
same are candidates (Leskovec, Rajaraman and Ullman, 2020, chapter 3); what is a copy is decided by all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from ...data.problems import ClaimspansError
from ...data.records import Document
from ...text.shingles import word_shingles
from .files import Folder

if TYPE_CHECKING:
    import pyarrow

HASHES, BANDS = 128, 32
"""Of two articles with 0.7 of their shingles in common one pair in 5,000 has no band of four hashes in common."""
LEAST = 0.7
"""The share of common shingles from which on articles are copies."""

TEXTS = "texts"


def texts_table(articles: Sequence[Document]) -> pyarrow.Table:
    """The signatures of articles with a text: a row an article."""
    import pyarrow

    found = _signatures(one.text or "" for one in articles)
    columns: dict[str, Any] = {
        "doc": pyarrow.array([one.doc for one in articles], pyarrow.string()),
        "published": pyarrow.array([one.published for one in articles], pyarrow.string()),
        "claims": pyarrow.array([len(one.claims) for one in articles], pyarrow.int32()),
        "signature": pyarrow.array([row.tobytes() for row in found], pyarrow.binary(HASHES * 4)),
    }
    bands = pyarrow.FixedSizeListArray.from_arrays(pyarrow.array(_bands(found).ravel()), BANDS)
    return pyarrow.table(columns | {"bands": bands})


def _signatures(texts: Iterable[str]) -> Any:
    """The least hashes of each text's shingles: texts × `HASHES`."""
    try:
        from datasketch import MinHash
    except ImportError as error:
        raise ClaimspansError("finding copies needs datasketch: pip install 'claimspans[archive]'") from error
    made = MinHash.generator(map(word_shingles, texts), num_perm=HASHES, seed=1)
    return np.array([each.hashvalues for each in made], dtype=np.uint32).reshape(-1, HASHES)


def _bands(signatures: Any) -> Any:
    """A number of 32 bits for each band: articles × bands."""
    mixed = np.zeros((len(signatures), BANDS), dtype=np.uint64)
    for column in signatures.astype(np.uint64).reshape(-1, BANDS, HASHES // BANDS).transpose(2, 0, 1):
        mixed = (mixed ^ column) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed.astype(np.uint32)


class Copies(msgspec.Struct, frozen=True):
    """The articles that are copies of another that stands for them, and by that one the ids of its copies."""

    left_out: frozenset[str]
    of: Mapping[str, tuple[str, ...]]


def near_copies(folder: Folder, names: Sequence[str], least: float = LEAST) -> Copies:
    """The copies among the articles whose `texts_table` are these files.

    Of articles that are copies of one another the first published stands for all, and of several the first by its id;
    one without a date comes behind those, and one without claims last.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    docs: list[str] = []
    keys: list[tuple[bool, str, str]] = []
    parts = [np.zeros((0, BANDS), dtype=np.uint32)]
    for name in names:
        table = folder.read_table(name, ["doc", "published", "claims", "bands"])
        here, dates, claims = (table.column(column).to_pylist() for column in ("doc", "published", "claims"))
        docs += here
        keys += ((not told, date or "~", doc) for told, date, doc in zip(claims, dates, here, strict=True))
        parts.append(table.column("bands").combine_chunks().flatten().to_numpy().reshape(-1, BANDS))
    bands = np.concatenate(parts)
    order = sorted(range(len(docs)), key=keys.__getitem__)
    rank = np.empty(len(docs), dtype=np.int64)
    rank[order] = np.arange(len(docs))
    pairs = [_pairs(bands[:, at], rank) for at in range(BANDS)]
    found = np.unique(np.concatenate(pairs), axis=0) if len(docs) else np.zeros((0, 2), dtype=np.int64)
    found = found[_alike(folder, names, found) >= least]
    graph = coo_array((np.ones(len(found)), (found[:, 0], found[:, 1])), shape=(len(docs), len(docs)))
    group = connected_components(graph, directed=False)[1] if len(docs) else []
    members: dict[int, list[int]] = {}
    for at in sorted(set(found.ravel().tolist()), key=rank.__getitem__):
        members.setdefault(int(group[at]), []).append(at)
    of = {docs[first]: tuple(docs[at] for at in others) for first, *others in members.values()}
    return Copies(frozenset(doc for others in of.values() for doc in others), of)


def _pairs(band: Any, rank: Any) -> Any:
    """Of articles with the same band each with the first of them."""
    order = np.lexsort((rank, band))
    same = band[order][1:] == band[order][:-1]
    first = np.concatenate([[True], ~same]) if len(order) else np.zeros(0, dtype=bool)
    head = order[np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))]
    return np.stack([head[~first], order[~first]], axis=1)


def _alike(folder: Folder, names: Sequence[str], pairs: Any) -> Any:
    """What share of their shingles the articles of each pair have in common, as their signatures estimate it."""
    wanted = np.unique(pairs)
    held, first = [np.zeros((0, HASHES), dtype=np.uint32)], 0
    for name in names:
        column = folder.read_table(name, ["signature"]).column("signature")
        here = wanted[(wanted >= first) & (wanted < first + len(column))] - first
        raw = b"".join(column.take(here).to_pylist())
        held.append(np.frombuffer(raw, dtype=np.uint32).reshape(-1, HASHES))
        first += len(column)
    signatures = np.concatenate(held)
    one, other = (signatures[np.searchsorted(wanted, side)] for side in pairs.T)
    return (one == other).mean(axis=1) if len(pairs) else np.zeros(0)
