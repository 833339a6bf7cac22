"""What each text of a challenge corpus tests: ``capabilities.jsonl`` beside the schema, a text a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from .lines import scan, typed
from .problems import InputError, Problem
from .records import Document

CAPABILITIES = "capabilities.jsonl"


class Absent(msgspec.Struct, frozen=True, array_like=True):
    """A place in which a careless system marks this label, and nothing is to be marked; "CLAIM" for a claim."""

    start: int
    end: int
    label: str


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text, the capability that it tests (Ribeiro et al., 2020), and what must be right: spans and claims by id."""

    doc: str
    capability: str
    spans: tuple[str, ...] = ()
    absent: tuple[Absent, ...] = ()
    half: str | None = None
    why: str = ""


def read_cases(root: Path, gold: Mapping[str, Document]) -> list[Case]:
    """The cases of a corpus whose texts the gold has; empty where the corpus has no such file.

    Raises `InputError` for a line that is no case, a text without anything to test, and ids that the gold lacks.
    """
    path = root / CAPABILITIES
    if not path.is_file():
        return []
    cases: list[Case] = []
    problems: list[Problem] = []
    for read in typed(scan(path), Case, "field-value"):
        if isinstance(read, Problem):
            problems.append(read)
            continue
        line, case = read
        wrong = list(_wrong(case, gold))
        problems += [Problem("ref-unknown", line.path, line.number, detail) for detail in wrong]
        if case.doc in gold:
            cases.append(case)
    if problems:
        raise InputError(problems)
    return cases


def _wrong(case: Case, gold: Mapping[str, Document]) -> Iterator[str]:
    if not case.spans and not case.absent:
        yield f"{case.doc} names neither spans nor places without any: nothing of it can be right or wrong"
    if case.doc in gold:
        known = {span.id for span in gold[case.doc].spans} | {claim.id for claim in gold[case.doc].claims}
        yield from (f"{case.doc} has no span or claim {name}" for name in case.spans if name not in known)
