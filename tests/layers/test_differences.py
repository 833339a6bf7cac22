"""The list of disagreements: what it holds, in which order, and the forms in which it is written."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from claimspans import Claim, Document, Layer, Span, Zone, load
from claimspans.layers.differences import Difference, differences, markdown
from claimspans.layers.differences.record import sentence

from ..helpers import two_annotators
from ..helpers.command import claimspans
from ..helpers.places import ROOT
from ..helpers.two_annotators import TEXT, at


def layer(name: str, *spans: Span, claims: tuple[Claim, ...] = (), zones: tuple[Zone, ...] = ()) -> Layer:
    return Layer([Document(doc="7", text=TEXT, spans=spans, claims=claims, zones=zones)], name)


def brief(found: list[Difference]) -> list[tuple[str, str | None, list[str | None]]]:
    return [
        (each.kind, each.field, [None if reading is None else reading.words for reading in each.readings])
        for each in found
    ]


ANN, BOB = Layer([two_annotators.ANN], "ann"), Layer([two_annotators.BOB], "bob")


def test_every_kind_of_disagreement_in_reading_order() -> None:
    """Ids differ everywhere and are no disagreement; spans that stand for each other fill slots and links alike."""
    found = differences(ANN, BOB)
    assert brief(found) == [
        ("missing", None, [None, "DATE “Sept. 4”"]),
        ("attribute", "relay", ["false", "true"]),
        ("slot", "event", ["use", "transfer"]),
        ("slot", "supplier", ["null", "KP"]),
        ("slot", "user", ["RU", "null"]),
        ("boundaries", None, ["ITEM “missiles”", "ITEM “saw missiles”"]),
        ("label", None, ["SPEAKER “Moscow”", "ITEM “Moscow”"]),
        ("attribute", "speakers", ["“Moscow” s4", "“Kyiv” s2"]),
        (
            "claim",
            None,
            [
                "event use; stance denial; cue “denied” s5; holders “Moscow” s4; user RU; same_as claim use “said” c1",
                None,
            ],
        ),
        ("zone", None, [None, "boilerplate [56, 76]"]),
    ]
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert [each.ids for each in found[:3]] == ["– / s1", "s1 / s2", "c1"]
    first = "On Sept. 4 Kyiv said it saw missiles."
    second = "Moscow denied it."
    assert [each.sentence for each in found] == [*[first] * 6, *[second] * 3, "Nobody | else spoke."]


def test_each_reading_has_id_value_and_words() -> None:
    speakers = differences(ANN, BOB)[7].to_dict()
    assert speakers["readings"] == {
        "ann": {"id": "s5", "value": ["s4"], "words": "“Moscow” s4"},
        "bob": {"id": "s6", "value": ["s2"], "words": "“Kyiv” s2"},
    }
    assert json.loads(json.dumps(speakers)) == speakers


def test_zones_that_share_a_character_are_one_place() -> None:
    """Those of one layer never are, and an equal one comes before one that only overlaps."""

    def zones(*places: tuple[int, int]) -> tuple[Zone, ...]:
        return tuple(Zone(kind="boilerplate", start=start, end=end) for start, end in places)

    one, two = (
        layer("one", zones=zones((0, 7), (20, 30), (40, 50))),
        layer("two", zones=zones((0, 5), (6, 9), (20, 30))),
    )
    assert brief(differences(one, two)) == [
        ("zone", None, ["boilerplate [0, 7]", "boilerplate [0, 5]"]),
        ("zone", None, [None, "boilerplate [6, 9]"]),
        ("zone", None, ["boilerplate [40, 50]", None]),
    ]


def test_a_place_of_three_layers_is_one_row() -> None:
    """What the second layer begins, the third joins; a label that two share has its attributes compared."""
    eve = layer(
        "eve",
        at("Sept. 4", "DATE", "d1", edtf="2024-09"),
        at("Moscow", "ITEM", "i1", category="ML3"),
        at("missiles", "ITEM", "i2", category="ML4"),
    )
    found = [each for each in brief(differences(ANN, BOB, eve)) if each[0] not in ("claim", "slot", "zone")]
    assert found[:2] == [
        ("missing", None, [None, "DATE “Sept. 4”", "DATE “Sept. 4”"]),
        ("attribute", "edtf", [None, "2024-09-04", "2024-09"]),
    ]
    assert ("boundaries", None, ["ITEM “missiles”", "ITEM “saw missiles”", "ITEM “missiles”"]) in found
    assert ("label", None, ["SPEAKER “Moscow”", "ITEM “Moscow”", "ITEM “Moscow”"]) in found
    assert ("attribute", "category", [None, "ML4", "ML3"]) in found


def test_an_equal_span_comes_before_one_that_overlaps_more_spans() -> None:
    one = layer("one", at("saw missiles", "ITEM", "a"), at("missiles", "ITEM", "b"))
    two = layer("two", at("missiles", "ITEM", "c"))
    assert brief(differences(one, two)) == [("missing", None, ["ITEM “saw missiles”", None])]


def test_restated_and_answered_claims_are_compared_by_the_claims_that_they_name() -> None:
    def restating(name: str, first: str, second: str, same_as: str | None) -> Layer:
        claims = (Claim(id=first, event="use", user="RU"), Claim(id=second, event="transfer", same_as=same_as))
        return layer(name, claims=claims)

    one = restating("one", "c1", "c2", "c1")
    assert differences(one, restating("two", "x", "y", "x")) == []
    (found,) = differences(one, restating("two", "x", "y", None))
    assert (found.kind, found.field, found.sentence, found.start) == ("slot", "same_as", "", len(TEXT))


def test_an_attribute_that_only_one_layer_gives_is_listed() -> None:
    one, two = layer("one", at("Kyiv", "SPEAKER", "s", relay=False)), layer("two", at("Kyiv", "SPEAKER", "s"))
    assert brief(differences(one, two)) == [("attribute", "relay", ["false", "not given"])]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Sept", "On Sept. 4 the U.S. Army spoke."),
        ("said", "He said: “No.”"),
        ("Army spoke. He", "On Sept. 4 the U.S. Army spoke. He said: “No.”"),
        ("Then", "Then 3.5 tons came"),
        ("last", "The last"),
    ],
)
def test_the_sentence_around_a_place(words: str, expected: str) -> None:
    text = "On Sept. 4 the U.S. Army spoke. He said: “No.” Then 3.5 tons came\n\nThe last"
    start = text.index(words)
    assert sentence(text, start, start + len(words)) == expected


def test_the_table_has_the_form_of_the_adjudication() -> None:
    adjudication = (ROOT / "annotations" / "adjudication.md").read_text(encoding="utf-8")
    table = markdown(differences(load("pass-a"), load("pass-b")))
    head = table.splitlines()[:2]
    assert "\n".join(head) in adjudication
    listed = re.findall(r"^\| (\d{3}) \| ([sc]\d+) ", adjudication.partition("## Places that both")[0], re.MULTILINE)
    assert sorted(re.findall(r"^\| (\d{3}) \| ([sc]\d+) ", table, re.MULTILINE)) == sorted(listed)
    assert "| assertion | concern |  |  |" in table


def test_the_table_keeps_its_columns_whatever_the_text_holds() -> None:
    for line in markdown(differences(ANN, BOB)).splitlines():
        assert len(re.findall(r"(?<!\\)\|", line)) == 7
    assert "Nobody \\| else" in markdown(differences(ANN, BOB))
    assert markdown([]).startswith("| article | place | decision | why |")


@pytest.mark.slow
def test_the_command_lists_the_disagreements() -> None:
    run = claimspans("agree", "pass-a", "pass-b", "--differences")
    assert run.returncode == 0
    place = run.stdout.index("2079–2084 attribute stance s53 STANCE “added”")
    assert run.stdout[place:].splitlines()[1:3] == ["    pass-a: assertion", "    pass-b: concern"]
    assert run.stdout.splitlines()[-1] == "pass-a, pass-b: 3 disagreements"
    assert claimspans("agree", "gold", "gold", "--differences").stdout == "gold, gold: no disagreements\n"


@pytest.mark.slow
def test_the_command_writes_the_table(tmp_path: Path) -> None:
    run = claimspans("agree", "pass-a", "pass-b", "--markdown", tmp_path / "adjudication.md")
    assert (run.returncode, run.stdout) == (0, "")
    assert "3 disagreements → " in run.stderr
    assert (tmp_path / "adjudication.md").read_text(encoding="utf-8") == markdown(
        differences(load("pass-a"), load("pass-b"))
    )


@pytest.mark.slow
def test_layers_that_hold_some_articles_are_compared_on_those(tmp_path: Path) -> None:
    for name, docs in {"ann": ("000", "001"), "bob": ("000", "001"), "eve": ("000",)}.items():
        (tmp_path / name).mkdir()
        for doc in docs:
            shutil.copy(ROOT / "annotations" / "pass-a" / f"{doc}.jsonl", tmp_path / name)
    (tmp_path / "none").mkdir()
    found = json.loads(claimspans("agree", "ann", "bob", "--json", cwd=tmp_path).stdout)
    assert "docs 2" in found["signature"]
    assert found["differences"] == []
    for other, said in (("eve", "001: eve lacks this article, which ann has"), ("none", "none: no annotations")):
        run = claimspans("agree", "ann", other, cwd=tmp_path)
        assert run.returncode == 2
        assert said in run.stderr
