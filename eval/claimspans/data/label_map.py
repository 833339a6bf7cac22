"""A label map: which of our labels each label of a system stands for; the same in a run and over a file."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Mapping

from .files import read_whole
from .problems import ClaimspansError, short

LabelMap = Mapping[str, str | None]
"""A system's label → ours, or None where its spans are to be left out."""


def read_label_map(given: str, labels: Mapping[str, object] | None) -> LabelMap:
    """A label map of the command line: ``PERSON=SPEAKER,GPE=``, or a file of such lines, or of a JSON object.

    ``labels`` are those that there are; None takes any. Raises `ClaimspansError` for what is neither, for a label
    that is mapped twice, and for one that the schema lacks.
    """
    if "=" not in given or os.path.isfile(given):  # noqa: PTH113 -- whatever is given, it raises nothing
        expected = "THEIRS=OURS,… or a file of such lines"
        try:
            text = read_whole(given, expected).decode("utf-8")
        except (ClaimspansError, UnicodeDecodeError) as error:
            raise ClaimspansError(f"--map {given}: expected {expected}, and found neither ({error})") from error
        pairs = _of_json(given, text) if text.lstrip().startswith("{") else _of_lines(given, text.splitlines())
    else:
        pairs = _of_lines("--map", given.split(","))
    if not pairs:
        raise ClaimspansError(f"--map {given}: names no label: all spans would be left out; expected THEIRS=OURS")
    found: dict[str, str | None] = {}
    for theirs, ours in pairs:
        if theirs in found:
            raise ClaimspansError(f"{given}: {theirs} is mapped twice; give each label once")
        found[theirs] = ours
    if labels is not None:
        require_ours(found, labels, given)
    return found


def require_ours(label_map: LabelMap, labels: Collection[str], name: str = "the label map") -> None:
    """Raise `ClaimspansError` where a map leads to a label that there is not."""
    for theirs, ours in label_map.items():
        if ours is not None and ours not in labels:
            raise ClaimspansError(f"{name}: {theirs}={ours}: expected one of {', '.join(labels)}, or nothing")


def mapped(label: str, label_map: LabelMap, known: Collection[str]) -> str | None:
    """Our label for a system's: what the map says, else the same if it is ``known``, else None: left out."""
    return label_map.get(label, label if label in known else None)


class Relabelling:
    """A label map for the spans of a file, one after the other; ``dropped`` counts those left out.

    They are counted by article and label.
    """

    def __init__(self, label_map: LabelMap, known: Collection[str]) -> None:
        """``known`` are the labels that there are; raises `ClaimspansError` where the map leads to another."""
        require_ours(label_map, known)
        self._map, self._known = label_map, known
        self.dropped: Counter[tuple[str, str]] = Counter()

    def __call__(self, label: str, doc: str) -> str | None:
        found = mapped(label, self._map, self._known)
        if found is None:
            self.dropped[doc, label] += 1
        return found


def _of_lines(name: str, lines: list[str]) -> list[tuple[str, str | None]]:
    pairs = []
    for line in lines:
        part = line.partition("#")[0].strip()
        if not part:
            continue
        theirs, equals, ours = (word.strip() for word in part.partition("="))
        if not equals or not theirs:
            raise ClaimspansError(f"{name}: “{short(part)}”: expected THEIRS=OURS, or THEIRS= to leave a label out")
        pairs.append((theirs, ours or None))
    return pairs


def _of_json(name: str, text: str) -> list[tuple[str, str | None]]:
    try:
        pairs = json.loads(text, object_pairs_hook=list)  # so that a label that stands twice is seen
    except (ValueError, RecursionError) as error:
        raise ClaimspansError(f"{name}: not JSON: {error}") from error
    if not all(isinstance(ours, str | None) for _, ours in pairs):
        raise ClaimspansError(f"{name}: expected an object of THEIRS: OURS, or null to leave a label out")
    return [(theirs, ours or None) for theirs, ours in pairs]


def require_common(name: str, known: Collection[str], wanted: Collection[str]) -> None:
    """Raise `ClaimspansError` where a system has labels and none of them is wanted: it would be run for nothing."""
    if known and wanted and not set(known) & set(wanted):
        ours = ", ".join(sorted(wanted))
        raise ClaimspansError(
            f"{name}: knows the labels {', '.join(sorted(known)[:20])}; expected some of {ours}: "
            f"say which is which with --map THEIRS=OURS"
        )
