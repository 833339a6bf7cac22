"""Runs of a language model: answers that are kept, what is counted, failures and a second time."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from claimspans.data.corpus import Corpus
from claimspans.data.layer import Layer
from claimspans.data.schema import Schema
from claimspans.extractors import Article, Setting
from claimspans.extractors.openai.cache import NO_CACHE, Cache
from claimspans.extractors.openai.extractor import Options, prompt_for
from claimspans.extractors.run import run
from claimspans.scoring.score import score

from ..helpers.chat_server import (
    GOOD,
    SECRET,
    SHELLS,
    Body,
    ChatServer,
    Reply,
    answer,
    asked_text,
    completion,
    from_gold,
    in_turn,
    loaded,
)
from ..helpers.command import claimspans

# The cache, and what is counted


def test_the_same_question_is_asked_once(chat: ChatServer, schema: Schema, tmp_path: Path) -> None:
    kept = str(tmp_path / "cache")
    chat.say = lambda _: GOOD
    first = answer(chat, schema, cache=kept, price_in=2.0, price_out=10.0)
    assert first["usage"] == {"requests": 1, "prompt_tokens": 100, "completion_tokens": 20, "cost": 0.0004}
    again = answer(chat, schema, cache=kept, price_in=2.0, price_out=10.0)
    assert again["usage"] == {"cached": 1}
    assert again["quotes"] == first["quotes"]
    assert len(chat.asked) == 1
    for other in ({"seed": 1}, {"temperature": 0.5}, {"claims": False}):
        answer(chat, schema, cache=kept, **other)
    answer(chat, schema, Article(doc="a", text=f"{SHELLS.text} "), cache=kept)
    assert len(chat.asked) == 5


def test_a_cache_that_is_broken_or_switched_off_holds_nothing(
    chat: ChatServer, schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "cache"
    chat.say = lambda _: GOOD
    answer(chat, schema, cache=str(kept))
    (path,) = kept.rglob("*.json")
    whole = path.read_bytes()
    for broken in (
        b"",
        whole[:-20],
        b"[]",
        b"null",
        whole.replace(b"shells", b"rocket"),
        b'{"answer": {}, "sha256": ""}',
    ):
        path.write_bytes(broken)
        before = len(chat.asked)
        assert [one["quote"] for one in answer(chat, schema, cache=str(kept))["quotes"]] == ["shells"]
        assert len(chat.asked) == before + 1
        assert path.read_bytes() == whole
    monkeypatch.setenv(NO_CACHE, "1")
    assert answer(chat, schema, cache=str(kept))["usage"]["requests"] == 1


def test_what_could_not_be_read_is_not_kept(chat: ChatServer, schema: Schema, tmp_path: Path) -> None:
    kept = tmp_path / "cache"
    chat.say = lambda _: "no JSON"
    assert "error" in answer(chat, schema, cache=str(kept))
    assert list(kept.rglob("*.json")) == []
    # … nor believed where it was kept by somebody who could.
    Cache.at(str(kept)).put({"url": chat.url, "body": chat.asked[0]}, completion("no JSON"))
    chat.say = in_turn(GOOD)
    assert answer(chat, schema, cache=str(kept))["usage"]["requests"] == 1
    assert answer(chat, schema, cache=str(kept))["usage"] == {"cached": 1}


def test_a_full_disk_costs_the_cache_and_not_the_run(
    chat: ChatServer, schema: Schema, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cache = Cache.at(str(tmp_path / "cache"))
    (tmp_path / "cache" / "in the way").write_text("")
    ready = loaded(chat, schema, cache=str(tmp_path / "cache"))
    for number in range(256):
        (tmp_path / "cache" / f"{number:02x}").write_text("a file where a folder should be")
    (found,) = ready.answer([SHELLS])
    assert "error" not in found
    assert "not kept in the cache" in capsys.readouterr().err
    assert cache.get({"nothing": 1}) is None


def test_the_users_cache_is_where_the_system_has_it(chat: ChatServer, schema: Schema, tmp_path: Path) -> None:
    answer(chat, schema, cache="")
    assert len(list((tmp_path / "user-cache" / "claimspans" / "answers").rglob("*.json"))) == 1


def test_no_cost_is_told_where_the_server_does_not_tell_of_tokens(chat: ChatServer, schema: Schema) -> None:
    chat.say = lambda _: {**completion(GOOD), "usage": None}
    assert answer(chat, schema, price_in=1.0)["usage"] == {"requests": 1}


# Whole runs


@pytest.mark.slow
def test_a_run_with_examples_a_busy_server_and_a_second_time(
    chat: ChatServer, gold: Layer, schema: Schema, tmp_path: Path
) -> None:
    say, busy = from_gold(gold, schema), {"000": 2, "001": 1, "002": 1}
    doc_of = {document.text: document.doc for document in gold}

    def sometimes(body: Body) -> Any:
        doc = doc_of[asked_text(body)]
        if busy.get(doc):
            busy[doc] -= 1
            return Reply({"error": {"message": "busy"}}, 429, Retry_After="1") if doc == "000" else None
        return say(body)

    chat.say = sometimes
    args = ("run", chat.uri, "--shots", "2", "-o", "price_in=1", "-o", "price_out=4", "-o", "cache=kept", "--out")
    started = time.monotonic()
    ran = claimspans(*args, "first", cwd=tmp_path, env={"OPENAI_API_KEY": SECRET})
    assert ran.returncode == 0, ran.stderr
    assert time.monotonic() - started > 2
    assert "Used: " in ran.stderr
    manifest = json.loads((tmp_path / "first" / "manifest.json").read_text())
    assert manifest["result"]["usage"] == pytest.approx(
        {"requests": 5, "prompt_tokens": 500, "completion_tokens": 100, "cost": 0.0009}
    )
    assert manifest["extractor"] == {
        "prompt": prompt_for(Options(shots=2), Setting.of(schema)).sha256,
        "examples": ["000", "001", "002", "003", "004"],
    }
    result = score(gold, tmp_path / "first")
    assert (result["strict"].micro.f1, result.claims["whole"].f1) == (1.0, 1.0)
    for body in chat.asked:
        examples = [message["content"] for message in body["messages"][1:-1]]
        assert len(examples) == 4
        assert not any(asked_text(body)[300:400] in text for text in examples)

    before = len(chat.asked)
    ran = claimspans(*args, "second", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert len(chat.asked) == before
    first, second = ((tmp_path / name / "predictions.jsonl").read_bytes() for name in ("first", "second"))
    assert first == second
    assert json.loads((tmp_path / "second" / "manifest.json").read_text())["result"]["usage"] == {"cached": 5}
    everything = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(everything) > 10
    assert all(SECRET.encode() not in path.read_bytes() for path in everything)
    assert SECRET not in ran.stdout + ran.stderr


@pytest.mark.slow
def test_what_failed_is_counted_and_a_run_in_two_parts_counts_both(
    chat: ChatServer, gold: Layer, schema: Schema, tmp_path: Path
) -> None:
    good = from_gold(gold, schema)
    chat.say = lambda body: "no JSON" if asked_text(body) == gold[1].text else good(body)
    documents = Corpus().plain()
    options = {"cache": "off"}
    tally = run(chat.uri, documents, tmp_path / "run", options=options, only=["000", "001"])
    assert dict(tally.statuses) == {"done": 1, "failed": 1}
    assert tally.failures == {"invalid": 1}
    assert tally.usage == {"requests": 3, "prompt_tokens": 300, "completion_tokens": 60}
    chat.say = good
    tally = run(chat.uri, documents, tmp_path / "run", options=options, retry_failed=True)
    assert dict(tally.statuses) == {"done": 5}
    assert tally.usage["requests"] == 7
    assert score(gold, tmp_path / "run")["strict"].micro.f1 == 1.0


@pytest.mark.slow
def test_a_run_again_asks_again(chat: ChatServer, tmp_path: Path) -> None:
    ran = claimspans("run", chat.uri, "--out", "run", "--repeat", "2", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert len(chat.asked) == 10


@pytest.mark.slow
def test_a_gold_without_a_schema_is_asked_for_by_its_labels(chat: ChatServer, tmp_path: Path) -> None:
    gold = {"doc": "n", "text": "Ten ships", "spans": [{"label": "vessel", "start": 4, "end": 9}]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + "\n")
    chat.say = lambda _: '{"quotes": [{"id": "s1", "label": "vessel", "quote": "ships"}]}'
    scored = claimspans("score", chat.uri, "--gold", "gold.jsonl", "--out", "run", "--json", "--brief", cwd=tmp_path)
    assert scored.returncode == 0, scored.stderr
    assert json.loads(scored.stdout)["schemes"]["strict"]["micro"]["f1"] == 1
    (body,) = chat.asked
    assert re.findall(r"^## (.*)$", body["messages"][0]["content"], re.MULTILINE) == ["vessel"]
    assert asked_text(body) == gold["text"]
