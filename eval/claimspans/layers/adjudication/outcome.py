"""What came of an adjudication as files: the layer, where each of its records comes from, and a table of the decisions.

Beside the folder ``NAME/`` with the records stand ``NAME.provenance.jsonl``, ``NAME.md`` and ``NAME.decisions.jsonl``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from ...data.files import read_json_lines, write_text
from ...data.hashes import sha256_of
from ...data.problems import ClaimspansError
from ...data.records import Document, document_records, to_line
from ..differences import Difference, markdown
from .origins import Origin, mixed, provenance_path
from .question import Decision, Question
from .trail import Trail


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

    The same decisions give the same bytes. Raises `ClaimspansError`, with nothing written, where a file that is in the
    way is not as an adjudication wrote it.
    """
    before = _known(provenance_path(folder))
    known = {record["doc"]: record.get("sha256") for record in before if record["type"] in ("article", "table")}
    texts = {folder / f"{one.document.doc}.jsonl": None if one.open else one.text for one in outcomes}
    hashes = {path: known.get(path.stem) for path in texts}
    rows = list(_rows(outcomes))
    if rows:
        shown = markdown([found for found, _, _ in rows], [(taken, why) for _, taken, why in rows])
        texts[table_path(folder)] = shown
        hashes[table_path(folder)] = known.get(None)
        known[None] = sha256_of(shown)
    there = {path: path.read_bytes() for path in texts if path.exists()}
    for path, raw in there.items():
        text = texts[path]
        if sha256_of(raw) != hashes[path] and (text is None or raw != text.encode()):
            raise ClaimspansError(
                f"{path}: was edited, or is not of an adjudication; move it away, or name another folder with --out"
            )
    # The files before their hashes: what is broken off in between is the outcome of the same decisions, and is known.
    for path, text in texts.items():
        if text is not None and there.get(path) != text.encode():
            write_text(path, text)
        elif text is None:
            path.unlink(missing_ok=True)  # an earlier outcome, of which something is open again
    given = {one.document.doc for one in outcomes}
    lines = [record for record in before if record["doc"] is not None and record["doc"] not in given]
    lines += _provenance(one for one in outcomes if not one.open)
    lines.sort(key=lambda record: str(record["doc"]))
    head = [{"type": "table", "sha256": known[None]}] if None in known else []
    write_text(provenance_path(folder), "".join(map(to_line, [*head, *lines])))
    return [path for path, text in texts.items() if text is not None and path.parent == folder]


def _known(path: Path) -> list[dict[str, Any]]:
    """What was written last, of the articles and of the table, which is of no article."""
    found = []
    expected = "what an adjudication wrote: name another folder with --out"
    for record in read_json_lines(path, dict[str, Any], expected) if path.exists() else ():
        if "type" not in record:
            raise ClaimspansError(f"{path}: a line without type; expected {expected}")
        found.append({"type": record["type"], "doc": None} | record)
    return found


def _provenance(outcomes: Iterable[Outcome]) -> Iterator[dict[str, Any]]:
    for one in outcomes:
        doc = one.document.doc
        for name, origin in one.origins.items():
            yield {"type": "layer", "doc": doc, "layer": name, "origin": msgspec.to_builtins(origin)}
        yield {
            "type": "article",
            "doc": doc,
            "sha256": sha256_of(one.text),
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
