"""The ledger of an archive: the claims of all partitions as one table, copies of an article once, entities counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from ...data.ledger import Entry, entries
from ...data.lines import Line
from ...data.predictions import read_gold, read_predictions
from ...data.records import Document
from ...data.schema import Schema
from ...scoring.attributes import fold_name
from .files import File, Folder
from .join import SPLIT, Piece, bucket_lines, join
from .near_copies import TEXTS, Copies, near_copies, texts_table
from .runners import Each

if TYPE_CHECKING:
    import pyarrow

CLAIMS, ENTITIES = "claims", "entities"
ROLES = ("supplier", "recipient", "user")
"""What a claim says of parties by their code."""


class Ledger(msgspec.Struct, frozen=True):
    """What was gathered: `tables` of claims in the order of the buckets, and what is counted of entities."""

    folder: Folder
    buckets: int
    schema: Any
    copies: Copies

    def tables(self) -> Iterator[pyarrow.Table]:
        """The rows of `Entry` of the articles that are no copies, each with ``copies``, the ids of those of its own."""
        import pyarrow

        for table in self._kept(CLAIMS):
            of = [list(self.copies.of.get(doc, ())) for doc in table.column("doc").to_pylist()]
            told = {"copies": [len(ids) for ids in of], "copy_docs": of}
            kinds = {"copies": pyarrow.int64(), "copy_docs": pyarrow.list_(pyarrow.string())}
            for name, values in told.items():
                table = table.append_column(name, pyarrow.array(values, kinds[name]))  # noqa: PLW2901
            yield table

    def _kept(self, part: str) -> Iterator[pyarrow.Table]:
        """The tables of a part without the rows of copies."""
        import numpy as np

        for number in range(self.buckets):
            table = self.folder.read_table(f"{part}/{number:06}.parquet")
            docs = table.column("doc").to_pylist()
            yield table.filter(np.array([doc not in self.copies.left_out for doc in docs], dtype=bool))

    def entities(self) -> list[dict[str, Any]]:
        """A row an entity and role, the most mentioned first: mentions, articles, and claims by stance.

        Mentions are spans of a label with a name, or claims with the code of a party; names are the same without case
        and punctuation, and shown as most often written. Claims are those that a speaker holds, or a party is part of.
        """
        stances = [str(one.value) for one in self.schema.choices("claim_fields", "stance") if one.value is not None]
        names: dict[tuple[str, str], Counter[str]] = {}
        counts: dict[tuple[str, str], Counter[str]] = {}
        for table in self._kept(ENTITIES):
            for row in table.to_pylist():
                key = (row["role"], fold_name(row["entity"]))
                names.setdefault(key, Counter())[row["entity"]] += max(row["mentions"], 1)
                told = counts.setdefault(key, Counter())
                told["mentions"] += row["mentions"]
                told["articles"] += row["first"]
                told.update({one["stance"]: one["claims"] for one in row["stances"]})
        rows = [
            {"entity": min(names[key], key=lambda name: (-names[key][name], name)), "role": key[0]}
            | {name: told[name] for name in ("mentions", "articles", *stances)}
            for key, told in counts.items()
        ]
        return sorted(rows, key=lambda row: (-row["mentions"], row["role"], row["entity"]))


class _Gathering(msgspec.Struct, frozen=True):
    """A bucket to be gathered out of these pieces."""

    folder: Folder
    schema: Any
    stance: str | None
    pieces: Sequence[Piece]
    number: int


def ledger_of(
    predictions: Sequence[File],
    articles: Sequence[File],
    folder: Folder,
    each: Each,
    schema: Schema,
    stance: str | None = None,
) -> Ledger:
    """Gather the claims of an archive, and which of its articles are copies of another.

    ``articles`` has the texts; where it is empty, these are those of the predictions. The same call goes on in its
    folder where another was broken off. Raises `ClaimspansError` for a folder with other work, `InputError` for
    records that cannot be used.
    """
    sides = {"predictions": predictions} | ({"articles": articles} if articles else {})
    joined = join(folder, sides, {"schema": schema.sha256, "stance": stance, "what": "ledger"})
    todo = [number for number in range(joined.buckets) if not folder.holds(f"{TEXTS}/{number:06}.parquet")]
    if todo:
        pieces = joined.split(each)
        for _ in each(gather_bucket, (_Gathering(folder, schema, stance, pieces, number) for number in todo)):
            pass
    folder.remove(SPLIT)
    for part in (CLAIMS, ENTITIES, TEXTS):
        folder.tidy(part)
    copies = near_copies(folder, [f"{TEXTS}/{number:06}.parquet" for number in range(joined.buckets)])
    return Ledger(folder, joined.buckets, schema, copies)


def gather_bucket(work: _Gathering) -> None:
    """Write the claims, the entities and, last, the signatures of a bucket's articles: where these are, all is."""
    lines = bucket_lines(work.folder, work.pieces, work.number)
    found = sorted(_documents(lines, work.schema), key=lambda document: document.doc)
    chosen = [
        msgspec.structs.replace(one, claims=tuple(claim for claim in one.claims if work.stance in (None, claim.stance)))
        for one in found
    ]
    texts = [one for one in chosen if one.text]
    parts = {
        CLAIMS: _table(map(msgspec.structs.asdict, entries(chosen)), _claim_schema()),
        ENTITIES: _table((row for one in chosen for row in _entities(one, work.schema)), _entity_schema()),
        TEXTS: texts_table(texts),
    }
    for part, table in parts.items():
        work.folder.write_table(f"{part}/{work.number:06}.parquet", table)


def _documents(lines: Mapping[str, list[Line]], schema: Schema) -> list[Document]:
    """The articles with their texts and claims."""
    predicted = lines.get("predictions", [])
    if "articles" not in lines:
        return list(read_gold(predicted, schema)) if predicted else []
    given = {line.data["doc"]: line.data for line in lines["articles"]}
    read = read_predictions(predicted, schema, {doc: row.get("text") for doc, row in given.items()})
    return [msgspec.structs.replace(one, published=given[one.doc].get("published")) for one in read]


def _entities(document: Document, schema: Schema) -> Iterator[dict[str, Any]]:
    """How often an article mentions each name, and its claims by stance; ``first`` is 1 in one row of each."""
    named = {label.name: attribute.name for label, attribute in schema.attributes() if attribute.compare == "name"}
    names = {
        span.id or str(number): (span.label, str(span.attributes[named[span.label]]))
        for number, span in enumerate(document.spans)
        if span.label in named and span.attributes.get(named[span.label]) is not None
    }
    mentions = Counter(names.values())
    claims: dict[tuple[str, str], Counter[str]] = {}
    for claim in document.claims:
        parties = {(role, party) for role in ROLES if (party := getattr(claim, role)) is not None}
        mentions.update(parties)
        for key in {*(names[holder] for holder in claim.holders if holder in names), *parties}:
            claims.setdefault(key, Counter())[claim.stance or ""] += 1
    seen: set[tuple[str, str]] = set()
    for (role, entity), count in sorted(mentions.items()):
        folded = (role, fold_name(entity))
        told = [{"stance": name, "claims": n} for name, n in sorted(claims.get((role, entity), {}).items()) if name]
        head = {"doc": document.doc, "role": role, "entity": entity, "mentions": count}
        yield head | {"first": int(folded not in seen), "stances": told}
        seen.add(folded)


def _claim_schema() -> pyarrow.Schema:
    import pyarrow

    numbers = ("value", "upper")
    kinds = {name: pyarrow.float64() if name in numbers else pyarrow.string() for name in Entry.__struct_fields__}
    return pyarrow.schema(list(kinds.items()))


def _entity_schema() -> pyarrow.Schema:
    import pyarrow

    stances = pyarrow.list_(pyarrow.struct([("stance", pyarrow.string()), ("claims", pyarrow.int64())]))
    head = [("doc", pyarrow.string()), ("role", pyarrow.string()), ("entity", pyarrow.string())]
    return pyarrow.schema([*head, ("mentions", pyarrow.int64()), ("first", pyarrow.int64()), ("stances", stances)])


def _table(rows: Iterator[dict[str, Any]], schema: pyarrow.Schema) -> pyarrow.Table:
    import pyarrow

    return pyarrow.Table.from_pylist(list(rows), schema=schema)
