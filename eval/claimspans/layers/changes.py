"""What changed from one edition of a layer to another, and which step of the version that demands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec

from ..data.editions import Edition
from ..data.escapes import markdown as escaped
from ..data.layer import Layer
from ..data.problems import ClaimspansError, counted
from ..data.records import Document
from ..data.schema import Schema
from ..scoring.signature import digest
from .differences import Difference, differences

STEPS = ("none", "patch", "minor", "major")
"""In rising order. None: the schema alone, whose version is its own; patch: no figure
changes; minor: figures of attributes or claims; major: figures of spans too."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One change. ``label`` is that of the span, or ``claim``, ``zone``, ``article`` or ``schema``.

    ``kind``: ``added``, ``removed``, or what of it changed: ``label``, ``boundaries``, ``attribute``, ``slot`` (named
    by ``field``), ``text``, ``source``, ``ids``, ``content``, ``words``. ``before`` and ``after`` are in words, None
    where there is nothing.
    """

    doc: str | None
    label: str
    kind: str
    step: str
    place: str
    field: str | None = None
    before: str | None = None
    after: str | None = None


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """Every change, by article in reading order, with the versions of the dataset where they are known."""

    old: str
    new: str
    old_version: str | None
    new_version: str | None
    changes: list[Change]

    @property
    def step(self) -> str:
        """The greatest step that a change demands."""
        return max((change.step for change in self.changes), key=STEPS.index, default="none")

    @property
    def demanded(self) -> str | None:
        """The least version that the new edition may have; None where that of the old one is not known."""
        return None if self.old_version is None else stepped(self.old_version, self.step)

    def to_dict(self) -> dict[str, Any]:
        fields: dict[str, Any] = msgspec.to_builtins(self)
        return fields | {"step": self.step, "demanded": self.demanded}


def changes(old: Edition, new: Edition) -> Changes:
    """What changed from ``old`` to ``new``: the schema, whole articles, then span by span and claim by claim.

    Spans and claims are compared as `claimspans.layers.differences` does; ids matter only as references.
    """
    found = [*_of_schema(old.schema, new.schema), *_of_articles(old, new)]
    return Changes(old=old.name, new=new.name, old_version=old.version, new_version=new.version, changes=found)


def _of_schema(old: Schema, new: Schema) -> Iterator[Change]:
    if old.sha256 == new.sha256:
        return
    versions = {"before": old.version, "after": new.version}
    if _rules(old) == _rules(new):
        place = "nothing that annotations are held to"
        yield Change(doc=None, label="schema", kind="words", step="none", place=place, **versions)
        return
    names = [
        {*schema.labels, *(f"{label.name}.{each.name}" for label, each in schema.attributes())} for schema in (old, new)
    ]
    for kind, gone in (("removed", names[0] - names[1]), ("added", names[1] - names[0])):
        for name in sorted(gone):
            yield Change(doc=None, label="schema", kind=kind, step="major", place=name)
    yield Change(doc=None, label="schema", kind="content", step="major", place="rules", **versions)


def _rules(schema: Schema) -> dict[str, Any]:
    """The definitions that an annotation is held to, without what only people and tools read."""
    definitions = schema.root["$defs"]
    found: dict[str, Any] = {}
    waiting = ["record"] if "record" in definitions else list(definitions)
    while waiting:
        name = waiting.pop()
        if name in definitions and name not in found:
            found[name] = _bare(definitions[name], waiting)
    return found


def _bare(part: Any, named: list[str]) -> Any:
    """A part of the schema without descriptions, colours and examples; adds the definitions that it names."""
    if isinstance(part, list):
        return [_bare(each, named) for each in part]
    if not isinstance(part, dict):
        return part
    if isinstance(part.get("$ref"), str):
        named.append(part["$ref"].rpartition("/")[2])
    return {key: _bare(value, named) for key, value in part.items() if key not in _WORDS or isinstance(value, dict)}


_WORDS = frozenset({"title", "description", "examples", "x-color", "x-hotkey"})
"""Keywords for people and tools; a field of such a name is an object, and is kept."""


def _of_articles(old: Edition, new: Edition) -> Iterator[Change]:
    before, after = ({document.doc: document for document in each.documents} for each in (old, new))
    for doc in dict.fromkeys([*before, *after]):
        if doc not in after:
            yield _article(before[doc], "removed")
        elif doc not in before:
            yield _article(after[doc], "added")
        elif before[doc].text != after[doc].text:
            yield Change(doc=doc, label="article", kind="text", step="major", place="the article itself")
        else:
            yield from _of_source(doc, old, new)
            yield from _of_article(before[doc], after[doc], old, new)


def _article(document: Document, kind: str) -> Change:
    return Change(
        doc=document.doc, label="article", kind=kind, step="major", place=counted(len(document.spans), "span")
    )


def _of_source(doc: str, old: Edition, new: Edition) -> Iterator[Change]:
    before, after = (msgspec.structs.asdict(each.sources[doc]) for each in (old, new))
    for field in before:
        if before[field] != after[field]:
            said = {"before": str(before[field]), "after": str(after[field])}
            yield Change(doc=doc, label="article", kind="source", step="patch", place="source", field=field, **said)


def _of_article(before: Document, after: Document, old: Edition, new: Edition) -> Iterator[Change]:
    found = differences(Layer([before], old.name), Layer([after], new.name), schema=new.schema)
    yield from map(_change, found)
    if not found and digest([before]) != digest([after]):
        yield Change(
            doc=before.doc, label="article", kind="ids", step="patch", place="ids or the order of records alone"
        )


def _change(each: Difference) -> Change:
    """A difference of two layers as a change from the first to the second."""
    before, after = each.readings
    kind = each.kind
    if before is None or after is None:
        kind = "added" if before is None else "removed"
    label = each.place.partition(" ")[0]
    of_claims = label == "claim" and each.kind in ("claim", "slot")
    minor = of_claims or each.kind == "attribute"
    only = before or after if before is None or after is None else None
    ids = each.ids if only is None else only.id
    return Change(
        doc=each.doc,
        label=label,
        kind="boundaries" if kind == "zone" else kind,
        step="minor" if minor else "major",
        place=" ".join(filter(None, (None if label == "zone" else ids, each.place.partition(" ")[2]))),
        field=each.field,
        before=None if before is None else before.words,
        after=None if after is None else after.words,
    )


def stepped(version: str, step: str) -> str:
    """The version a step on. Raises `ClaimspansError` for one that is not of three numbers (semver.org)."""
    numbers = numbers_of(version)
    kept = {"none": 3, "patch": 2, "minor": 1, "major": 0}[step]
    following = [*numbers[:kept], *([numbers[kept] + 1] if kept < 3 else []), 0, 0]
    return ".".join(map(str, following[:3]))


def numbers_of(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        raise ClaimspansError(f"{version}: not a version of three numbers, such as 1.0.0")
    return tuple(map(int, parts))


def shown(change: Change) -> str:
    """A change as a line of text, without its article."""
    what = " ".join(filter(None, (change.label, change.place)))
    field = f" {change.field}" if change.field else ""
    line = f"{what}: {change.kind}{field}"
    if change.before is not None and change.after is not None:
        return f"{line}: {change.before} → {change.after}"
    return f"{line} ({change.before or change.after})" if change.label == "claim" else line


def markdown(found: Changes) -> str:
    """The changes for a changelog: a section by article, a list in it, what concerns all first.

    Headed by the version: the new edition's where it is high enough, else the one that the changes demand.
    """
    versions = [version for version in (found.demanded, found.new_version) if version is not None]
    known = found.demanded is not None and found.step != "none"
    lines = [f"## {max(versions, key=numbers_of)}", ""] if known else []
    for doc, of_article in groupby(found.changes, key=lambda change: change.doc):
        lines += [f"### {escaped(doc or 'Schema')}", "", *(f"- {escaped(shown(change))}" for change in of_article), ""]
    return "\n".join(lines if found.changes else ["No changes.", ""])


def counts(found: Iterable[Change]) -> dict[str, dict[str, int]]:
    """How many changes of each kind, by label."""
    table: dict[str, dict[str, int]] = {}
    for change in found:
        of_label = table.setdefault(change.label, {})
        of_label[change.kind] = of_label.get(change.kind, 0) + 1
    return table


def short_of(found: Changes) -> Sequence[str]:
    """Why the version that heads the new edition's changelog does not say what changed; empty where it does.

    Raises `ClaimspansError` where a version is not known.
    """
    if found.old_version is None or found.new_version is None or found.demanded is None:
        name = found.old if found.old_version is None else found.new
        raise ClaimspansError(f"{name}: its version is not known; --check compares the gold with a git revision of it")
    reasons = []
    if numbers_of(found.new_version) < numbers_of(found.demanded):
        reasons.append(
            f"a {found.step} change since {found.old} ({found.old_version}): annotations/CHANGELOG.md has "
            f"{found.new_version}, expected a section “## {found.demanded}” or later; claimspans release writes it"
        )
    if any(each.label == "schema" and each.kind == "content" and each.before == each.after for each in found.changes):
        reasons.append("schema.json: its rules changed and its x-version did not; raise it")
    return reasons


def to_json(found: Changes) -> str:
    return json.dumps(found.to_dict(), ensure_ascii=False, indent=2)
