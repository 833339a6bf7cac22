"""What came of an adjudication as files: the layer, where each of its records comes from, and a table of the decisions.

Beside the folder ``NAME/`` with the records stand ``NAME.provenance.jsonl``, ``NAME.md`` and ``NAME.decisions.jsonl``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from ..differences import Difference, markdown
from ..problems import ClaimspansError
from ..records import Document, document_records, to_line, write_text
from .merge import Trail
from .origins import Origin, mixed, provenance_path
from .question import Decision, Question


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """An article of the outcome. ``sha256`` is the article's, ``origins`` those of its layers, by name.

    With questions ``open`` nothing is written of it.
    """

    document: Document
    sha256: str
    origins: Mapping[str, Origin]
    trails: Sequence[Trail] = ()
    closed: Sequence[tuple[Question, Decision]] = ()
    open: Sequence[Question] = ()

    @property
    def text(self) -> str:
        """Its file."""
        return "".join(map(to_line, document_records(self.document, self.sha256)))


def decisions_path(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.decisions.jsonl")


def table_path(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.md")


def write_outcome(folder: Path, outcomes: Sequence[Outcome]) -> list[Path]:
    """Write every article that is wholly decided, the provenance of all that are there, and the table; the paths.

    The same decisions give the same bytes. Raises `ClaimspansError`, with nothing written, where a file of the folder
    is not one that an adjudication wrote.
    """
    ready = {one.document.doc: one for one in outcomes if not one.open}
    before = _known(provenance_path(folder))
    known = {record["doc"]: record.get("sha256") for record in before if record["type"] == "article"}
    for doc, one in ready.items():
        path = folder / f"{doc}.jsonl"
        here = _hash(path.read_bytes()) if path.exists() else None
        if here is not None and here not in (known.get(doc), _hash(one.text.encode())):
            raise ClaimspansError(
                f"{path}: was edited, or is not of an adjudication; remove it, or name another folder with --out"
            )
    for one in outcomes:
        path = folder / f"{one.document.doc}.jsonl"
        if one.open and path.exists() and _hash(path.read_bytes()) == known.get(one.document.doc):
            path.unlink()  # an earlier outcome, of which something is open again
    written = []
    # The files before their hashes: what is broken off in between is the outcome of the same decisions, and is known.
    for doc, one in ready.items():
        write_text(folder / f"{doc}.jsonl", one.text)
        written.append(folder / f"{doc}.jsonl")
    given = {one.document.doc for one in outcomes}
    lines = [record for record in before if record["doc"] not in given]
    lines += _provenance(ready.values())
    lines.sort(key=lambda record: str(record["doc"]))
    write_text(provenance_path(folder), "".join(map(to_line, lines)))
    rows = list(_rows(outcomes))
    if rows:
        shown = markdown([found for found, _, _ in rows], [(taken, why) for _, taken, why in rows])
        write_text(table_path(folder), shown)
    return written


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _known(path: Path) -> list[dict[str, Any]]:
    """What was written of the articles last."""
    found = []
    for line in path.read_bytes().splitlines() if path.exists() else ():
        try:
            record = msgspec.json.decode(line, type=dict[str, Any])
            found.append({"type": record["type"], "doc": record["doc"]} | record)
        except (msgspec.DecodeError, KeyError) as error:
            raise ClaimspansError(f"{path}: not written by an adjudication; name another folder with --out") from error
    return found


def _provenance(outcomes: Any) -> Iterator[dict[str, Any]]:
    for one in outcomes:
        doc = one.document.doc
        for name, origin in one.origins.items():
            yield {"type": "layer", "doc": doc, "layer": name, "origin": msgspec.to_builtins(origin)}
        yield {
            "type": "article",
            "doc": doc,
            "sha256": _hash(one.text.encode()),
            "origin": msgspec.to_builtins(mixed(list(one.origins.values()))),
        }
        for trail in one.trails:
            yield _record(doc, trail)


def _record(doc: str, trail: Trail) -> dict[str, Any]:
    record: dict[str, Any] = {"type": trail.type, "doc": doc, "id": trail.id, "place": trail.place, "in": trail.ids}
    record["how"] = "left out" if trail.left_out else "decided" if trail.decisions else "agreed"
    if trail.decisions:
        record["decisions"] = [
            {
                **({"key": each.key} if each.key else {}),
                "field": each.field,
                "took": each.layer if each.how == "layer" else each.how,
                "who": each.who,
                "why": each.why,
                "when": each.when,
            }
            for each in trail.decisions
        ]
    if trail.lost:
        record["lost"] = list(trail.lost)
    return record


def _rows(outcomes: Sequence[Outcome]) -> Iterator[tuple[Difference, str, str]]:
    for one in outcomes:
        rows = [(question.difference, decision.taken, decision.why) for question, decision in one.closed]
        rows += [(question.difference, "", "") for question in one.open]
        yield from sorted(rows, key=lambda row: (row[0].start, row[0].end))
