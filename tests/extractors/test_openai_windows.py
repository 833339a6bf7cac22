"""Articles that are too long for a language model: windows that overlap, and what is made of their answers."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from claimspans.data.layer import Layer
from claimspans.data.records import Document
from claimspans.extractors import get
from claimspans.extractors.openai.answers import Said, joined
from claimspans.text.windows import Window

from ..helpers.chat_server import Body, ChatServer, Reply, asked_text, completion

WANTED = [("SPEAKER", "Jung Pak"), ("ITEM", "weapons"), ("ITEM", "missiles"), ("QUANTITY", "10,000")]


def mentions(text: str) -> list[tuple[str, re.Match[str]]]:
    """Every place of a text where one of the words stands, under its label."""
    return [(label, hit) for label, said in WANTED for hit in re.finditer(rf"\b{re.escape(said)}\b", text)]


def places(text: str) -> list[tuple[str, int, int]]:
    return sorted(((label, *hit.span()) for label, hit in mentions(text)), key=lambda place: place[1:])


def found_in(body: Body) -> str:
    """An answer with every mention in the part that is asked for, and a claim about the first speaker."""
    count: Counter[str] = Counter()
    quotes: list[dict[str, Any]] = []
    for label, hit in mentions(asked_text(body)):
        count[hit[0]] += 1
        quotes.append({"id": f"s{len(quotes)}", "label": label, "quote": hit[0], "occurrence": count[hit[0]]})
    speakers = [quote["id"] for quote in quotes if quote["label"] == "SPEAKER"][:1]
    claims = [{"id": "c1", "event": "transfer", "holders": speakers, "supplier": "KP"}] if speakers else []
    return json.dumps({"quotes": quotes, "claims": claims})


def test_a_long_article_is_asked_for_in_windows_that_overlap(chat: ChatServer, gold: Layer) -> None:
    text = "\n\n".join(document.text or "" for document in gold) * 3
    document = Document(doc="long", text=text)
    chat.say = found_in
    (found,) = get(chat.uri, options={"cache": "off", "window": 500, "overlap": 80})([document])
    assert len(chat.asked) > 10
    assert all(len(asked_text(body).split()) <= 500 for body in chat.asked)
    assert all("part of a longer article" in body["messages"][1]["content"] for body in chat.asked)
    assert [(one.label, one.start, one.end) for one in found.spans] == places(text)
    assert len({one.id for one in found.spans}) == len(found.spans)
    assert {one.alignment for one in found.spans} == {"exact"}
    assert found.rejected == ()
    kept = {one.id for one in found.spans}
    assert all(set(claim.holders) <= kept for claim in found.claims)
    assert len(found.claims) == len({claim.holders for claim in found.claims})  # what two windows state is stated once


def test_what_two_windows_state_is_stated_once() -> None:
    """Both windows see the second sentence; what the second says of it refers to what the first has said."""
    text = "Kim left. Pak sent shells. Lee denied it."
    windows = [Window(0, 26, text[:26]), Window(10, 41, text[10:])]
    sent = {"event": "transfer", "target": None}
    first = {
        "quotes": [{"id": "a", "label": "SPEAKER", "quote": "Kim"}, {"id": "b", "label": "SPEAKER", "quote": "Pak"}],
        "claims": [{"id": "x", "holders": ["b"], **sent}],
    }
    second = {
        "quotes": [{"id": "a", "label": "SPEAKER", "quote": "Pak"}, {"id": "b", "label": "SPEAKER", "quote": "Lee"}],
        "claims": [
            {"id": "x", "holders": ["a"], **sent},
            {"id": "y", "holders": ["b"], "event": "transfer", "target": "x"},
        ],
    }
    found = joined([Said(windows[0], first), Said(windows[1], second)], ())
    ids = {span["id"]: (span["text"], span["start"]) for span in found["spans"]}
    assert sorted(ids.values()) == [("Kim", 0), ("Lee", 27), ("Pak", 10)]
    assert [([ids[holder][0] for holder in claim["holders"]], claim["target"]) for claim in found["claims"]] == [
        (["Pak"], None),
        (["Lee"], found["claims"][0]["id"]),
    ]


def test_what_a_window_does_not_hold_is_spurious_even_if_another_does(chat: ChatServer) -> None:
    text = f"Kim sent shells. {'And so on. ' * 60}Then rockets came."
    chat.say = lambda _: '{"quotes": [{"id": "s1", "label": "ITEM", "quote": "rockets"}], "claims": []}'
    (found,) = get(chat.uri, options={"cache": "off", "window": 100, "overlap": 20})([Document(doc="a", text=text)])
    assert len(chat.asked) > 1
    assert [(one.start, one.text) for one in found.spans] == [(text.index("rockets"), "rockets")]
    assert [(one.reason, one.text) for one in found.rejected] == [("quote-missing", "rockets")] * (len(chat.asked) - 1)


@pytest.mark.parametrize(
    "short", [completion('{"quotes": [', "length"), Reply({"error": {"code": "context_length_exceeded"}}, 400)]
)
def test_what_is_too_long_for_a_model_is_asked_for_in_smaller_windows(
    chat: ChatServer, gold: Layer, short: Any
) -> None:
    text = gold[0].text or ""
    chat.say = lambda body: found_in(body) if len(asked_text(body).split()) < 200 else short
    (found,) = get(chat.uri, options={"cache": "off"})([gold[0]])
    assert [(one.label, one.start, one.end) for one in found.spans] == places(text)
    assert found.error is None
