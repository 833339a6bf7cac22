"""What is made of a language model's answers: the JSON in its words, its quotes, ids and claims."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from claimspans.data.corpus import Corpus
from claimspans.data.layer import Layer
from claimspans.data.records import Document
from claimspans.data.schema import Schema
from claimspans.extractors import get
from claimspans.extractors.openai.answers import read_content
from claimspans.scoring.score import score

from ..helpers.chat_server import GOOD, SHELLS, ChatServer, answer, from_gold, in_turn


def test_a_model_that_says_the_gold_is_scored_as_the_gold(chat: ChatServer, gold: Layer, schema: Schema) -> None:
    chat.say = from_gold(gold, schema)
    result = score(gold, list(get(chat.uri, options={"cache": "off"})(Corpus().plain())), schemes=["strict"])
    micro = result["strict"].micro
    assert (micro.COR, micro.SPU) == (micro.POS, 0)
    assert sum(len(one.spans) for one in gold) == micro.POS
    assert result.claims["whole"].f1 == 1.0
    assert result.attributes["STANCE.speakers"].accuracy == 1.0


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda quote: quote.replace("'", "’").replace("-", "–"),
        lambda quote: f"“{quote}”" if quote[0].isupper() else quote.replace(" ", "\n"),
    ],
    ids=["capitals", "curly", "quoted"],
)
def test_words_in_other_case_and_signs_are_found(
    chat: ChatServer, gold: Layer, schema: Schema, change: Callable[[str], str]
) -> None:
    chat.say = from_gold(gold, schema, change)
    document = gold[3]
    (found,) = get(chat.uri, options={"cache": "off"})([document])
    right = {(one.label, one.start, one.end) for one in document.spans}
    same = {(one.label, one.start, one.end) for one in found.spans} & right
    # A quotation mark that the article has not around these words makes them other words.
    least = 0.6 if change("A") == "“A”" else 0.98
    assert len(same) >= least * len(right)
    assert len(found.spans) + len(found.rejected) == len(right)


QUOTE = '{"id": "s1", "label": "ITEM", "quote": "shells"}'


@pytest.mark.parametrize(
    "said",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"Here you are:\n```\n{GOOD}\n```\nAnything else?",
        f"<think>Is {{this}} one? [No]</think>\n\n{GOOD}",
        f"Is {{this}} one? [No]</think>\n\n{GOOD}",
        f"The answer is {GOOD}.",
        f"\ufeff  {GOOD}\n",
    ],
)
def test_json_is_found_in_what_a_model_says(said: str) -> None:
    assert read_content(said, claims=True) == json.loads(GOOD)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("", "empty"),
        ("<think>Hm.</think>", "empty"),
        ("I cannot do that.", "no JSON object"),
        (GOOD[:-2], "delimiter|Expecting"),
        (f"[{QUOTE}]", "one JSON object"),
        (f"{GOOD}\n{GOOD}", "one JSON object"),
        (f"```json\n{GOOD}\n```\n```json\n{GOOD}\n```", "2 blocks"),
        ('{"quotes": []}', "no array “claims”"),
        ('{"claims": []}', "no array “quotes”"),
        ('{"quotes": null, "claims": []}', "no array “quotes”"),
        ('{"quotes": [], "quotes": [], "claims": []}', "stands twice"),
        ('{"quotes": [{"value": NaN}], "claims": []}', "NaN"),
        ('{"quotes": [{"quote": "\\ud800"}], "claims": []}', "surrogate"),
        ('{"quotes": ' + "[" * 100_000, "nested"),
    ],
    ids=range(14),
)
def test_half_an_answer_is_none(said: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        read_content(said, claims=True)


def test_what_cannot_be_read_is_asked_for_once_more(chat: ChatServer, schema: Schema) -> None:
    chat.say = in_turn(GOOD[:-2], GOOD)
    found = answer(chat, schema)
    assert [one["quote"] for one in found["quotes"]] == ["shells"]
    assert found["usage"] == {"requests": 2, "prompt_tokens": 200, "completion_tokens": 40}
    assert [message["content"] for message in chat.asked[1]["messages"][2:3]] == [GOOD[:-2]]
    assert "cannot be read" in chat.asked[1]["messages"][3]["content"]


def test_ids_that_a_model_gives_twice_or_as_numbers_cost_nothing(chat: ChatServer) -> None:
    quotes = [
        {"id": 1, "label": "SPEAKER", "quote": "Kim", "occurrence": 0},
        {"id": 2, "label": "STANCE", "quote": "denied", "speakers": [1, "9"]},
        {"id": 2, "label": "ITEM", "quote": "shells"},
        {"label": "QUANTITY", "quote": "10"},
        "shells",
    ]
    claims = [
        {"id": "c1", "event": "transfer", "cue": "2", "holders": ["1"], "supplier": "KP"},
        {"id": "c1", "event": "use", "holders": ["", 1], "same_as": "c1", "cue": ""},
        {"id": "c3", "event": "use", "cue": "s3"},
        7,
    ]
    chat.say = lambda _: json.dumps({"quotes": quotes, "claims": claims})
    (found,) = get(chat.uri, options={"cache": "off"})([Document(doc="a", text=SHELLS.text)])
    assert [(one.id, one.label, one.start) for one in found.spans] == [
        ("s1", "SPEAKER", 0),
        ("s2", "STANCE", 4),
        ("s3", "ITEM", 19),
        ("s4", "QUANTITY", 41),
    ]
    assert found.spans[1].attributes == {"speakers": ("s1", "none-9")}
    assert [(one.id, one.cue, one.holders, one.same_as) for one in found.claims] == [
        ("c1", "s2", ("s1",), None),
        ("c2", None, ("s1",), "c1"),
    ]
    # “s3” is none of the model's ids: it must not come to name what is s3 now.
    assert [(one.type, one.reason) for one in found.rejected] == [
        ("span", "json-not-object"),
        ("claim", "json-not-object"),
        ("claim", "ref-unknown"),
    ]


def test_wrong_quotes_are_spurious_and_a_claim_does_without_them(chat: ChatServer) -> None:
    quotes = [
        {"id": "s1", "label": "ITEM", "quote": "rockets"},
        {"id": "s2", "label": "WEAPON", "quote": "shells"},
        {"id": "s3", "label": "ITEM"},
        {"id": "s4", "label": "SPEAKER", "quote": "Kim", "before": "said", "source_type": "robot", "country": None},
        {"id": "s5", "label": "QUANTITY", "quote": "10"},
    ]
    lost = {"item": "s1", "quantity": None, "relation": "counts"}
    claims = [{"id": "c1", "event": "transfer", "holders": ["s4"], "cargo": [lost, {**lost, "quantity": "s5"}]}]
    chat.say = lambda _: json.dumps({"quotes": quotes, "claims": claims})
    (found,) = get(chat.uri, options={"cache": "off"})([Document(doc="a", text=SHELLS.text)])
    assert [(one.label, one.start, one.attributes) for one in found.spans] == [
        ("SPEAKER", 32, {"country": None}),
        ("QUANTITY", 41, {}),
    ]
    assert sorted(one.reason for one in found.rejected) == ["field-missing", "label-unknown", "quote-missing"]
    (claim,) = found.claims
    assert [(row.item, row.quantity, row.relation) for row in claim.cargo] == [(None, "s5", None)]
    assert found.status == "partial"
