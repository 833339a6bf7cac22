"""How a text is set changes nothing of what the rules find in it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from claimspans import Document
from claimspans.extractors.baselines.rules import extract, find

pytestmark = pytest.mark.slow
PUBLISHED = "2042-08-14"
SENTENCES = [
    "Between 30 and 35 carbines left the quay on 9 July 2042, the broker Silke Orrin said.",
    "“Nobody here has seen the crates,” the stoker’s uncle told the court, “nor the 40 pistols.”",
    "No fewer than 25 mortars were sold, the Norwegian foreign ministry has admitted.",
    "According to Deputy Consul Maren Tofte, at least 60 torpedoes sank in the spring of 2040.",
]
SETTINGS: dict[str, Callable[[str], str]] = {
    "lines": lambda text: re.sub(r"\b(and|July|the|than|least|of|Deputy|has) ", r"\1\n", text),
    "blanks": lambda text: text.replace(" ", "  "),
    "no-break blanks": lambda text: re.sub(r"(?<=\d) | (?=\d)", "\u00a0", text),
    "soft hyphens": lambda text: re.sub(r"([a-z]{3})(?=[a-z]{3})", "\\1\u00ad", text),
    "guillemets": lambda text: text.replace("“", "«").replace("”", "»"),
    "guillemets with blanks": lambda text: text.replace("“", "« ").replace("”", " »"),
    "low quotation marks": lambda text: text.replace("”", "\0").replace("“", "„").replace("\0", "“"),
    "typewritten": lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'"),
    "pictures": lambda text: f"🎺 {text.replace(', ', ', 🎺 ')} 🎺🎺",
}


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_setting_changes_nothing(sentence: str, setting: str) -> None:
    def read(text: str) -> list[tuple[str, str, dict[str, object]]]:
        return [(span.label, _plain(span.text or ""), dict(span.attributes)) for span in find(text, PUBLISHED)]

    assert read(SETTINGS[setting](sentence)) == read(sentence)


def _plain(text: str) -> str:
    """Without soft hyphens, with blanks as blanks and pictures as nothing."""
    return re.sub(r"[\s🎺]+", " ", text.replace("\u00ad", ""))


@pytest.mark.parametrize(
    "text",
    [
        "Carbines found in a mill\nNorway denied the sale.",
        "Ship lost\nThe 40 mortars sank, the captain said.",
        "🚢 Five ships off, one still on\nNorway lost four.",
    ],
)
def test_a_headline_is_no_part_of_the_sentence_below(text: str) -> None:
    assert all("\n" not in (span.text or "") for span in find(text, PUBLISHED))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The envoy, רון אלבז, would not comment on the carbines.", "רון אלבז"),
        ("According to سامي درويش, a porter, the crates held pistols.", "سامي درويش"),
        ("“They were empty,” said Пётр Зимин, a porter.", "Пётр Зимин"),
        ("“Sold out,” said Lt.-Col. O’Hara of the carbines.", "O’Hara"),
    ],
)
def test_a_name_in_another_script_and_a_short_rank_are_read(text: str, name: str) -> None:
    spans = find(text, PUBLISHED)
    assert [(span.text, span.attributes["entity"]) for span in spans if span.label == "SPEAKER"] == [
        (name, name.replace("’", "'"))
    ]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Three Crates of Grenades Found Under Mill", [("QUANTITY", "Three Crates"), ("ITEM", "Grenades")]),
        ("Norway Sells Old Mortars to a Museum", [("ITEM", "Old Mortars")]),
        ("NORWEGIAN SHELLS KILL 12", [("ITEM", "SHELLS"), ("QUANTITY", "12")]),
    ],
)
def test_a_headline_may_have_capitals_throughout(headline: str, expected: list[tuple[str, str]]) -> None:
    found = find(f"{headline}\nNobody was there.", PUBLISHED)
    assert [(span.label, span.text) for span in found if span.label in ("QUANTITY", "ITEM")] == expected


CUT = (
    "The Dockers' Union, whose office in Oslo is shut, denied that Peru, by an envoy, had lent Chile two guns.",
    "Peru is kept in rockets by Chile, and Chile in mines by Peru; it bought a gross of grenades, that is 144.",
    "In fog every grey frigate, ferry or tug did stop, the clerk declared, and none did, and nor did King's.",
)


@pytest.mark.parametrize("text", CUT)
def test_a_text_may_begin_and_end_anywhere(text: str) -> None:
    words = text.split(" ")
    cuts = [" ".join(part) for at in range(1, len(words)) for part in (words[:at], words[at:])]
    documents = [Document(doc=str(number), text=cut) for number, cut in enumerate(cuts)]
    assert [one.text for one in extract(documents)] == cuts
