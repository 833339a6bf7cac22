"""The rules are not written to the challenge: no name that its test half alone has stands in their source."""

from __future__ import annotations

import re

from claimspans.data.capabilities import read_cases
from claimspans.data.corpus import Corpus
from claimspans.extractors.baselines.rules.states import REAL
from claimspans.text.dates import MONTHS, WEEKDAYS

from ..helpers.places import ROOT

RULES = ROOT / "eval" / "claimspans" / "extractors" / "baselines" / "rules"
GRAMMARS = ROOT / "eval" / "claimspans" / "text"
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w-]+|\b[A-Z][A-Za-z]*-?\d+\w*")
"""A word with a capital inside a sentence, or a designation."""


def names(texts: list[str]) -> set[str]:
    """Names and designations, less the words of the calendar, of the map, and those that also have small letters."""
    small = {word for text in texts for word in re.findall(r"\b[a-z]+\b", text)}
    calendar = {word.title() for word in (*MONTHS, *WEEKDAYS)}
    found = {name for text in texts for name in _NAME.findall(text)}
    return {name for name in found - calendar if name.lower() not in small and REAL.code(name) is None}


def test_the_rules_name_nothing_of_the_test_half() -> None:
    challenge = Corpus("challenge")
    cases = read_cases(challenge.root, {document.doc: document for document in challenge.load()})
    half = {name: [challenge.texts[case.doc] for case in cases if case.half == name] for name in ("dev", "test")}
    handbook = (ROOT / "annotations" / "GUIDELINES.md").read_text(encoding="utf-8")
    common = set(re.findall(r"[\w-]+", " ".join([handbook, handbook.title(), *half["dev"]])))
    distinctive = names(half["test"]) - common
    assert len(distinctive) > 50
    sources = [path.read_text(encoding="utf-8") for folder in (RULES, GRAMMARS) for path in sorted(folder.glob("*.py"))]
    written = {word for source in sources for word in re.findall(r"[A-Z][\w-]*", source)}
    assert sorted(distinctive & written) == []
