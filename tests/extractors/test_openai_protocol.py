"""The chat protocol: what a server may say or not say, what is refused before any work, and the key."""

from __future__ import annotations

import json
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from claimspans.data.problems import ClaimspansError
from claimspans.data.schema import Schema
from claimspans.extractors import Setting, load, parse

from ..helpers.chat_server import GOOD, SECRET, ChatServer, Reply, answer, completion, loaded
from ..helpers.command import claimspans


@pytest.mark.parametrize(
    ("said", "kind", "detail"),
    [
        ("nothing to see", "invalid", "no JSON object; it said 'nothing to see'"),
        (completion(None), "invalid", "it is empty"),
        (completion(None, refusal="I must not."), "error", "the model refused: I must not."),
        (completion("", "content_filter"), "error", "filtered"),
        (completion(GOOD[:-2], "length"), "error", "-o max_tokens"),
        ({"choices": []}, "invalid", "choices"),
        (Reply(b"<html>"), "invalid", "no JSON object: <html>"),
        (Reply(b'data: {"choices"', Content_Type="text/event-stream"), "invalid", "a stream, though asked for none"),
        (Reply(b"\xff\xfe"), "invalid", "no JSON object"),
        (Reply({"error": {"message": "bad response_format"}}, 400), "error", "-o response_format=json_object"),
        (Reply({"error": "use max_completion_tokens"}, 400), "error", "-o extra="),
        (Reply({"detail": "temperature is fixed"}, 422), "error", "-o temperature=null"),
        (Reply({"error": {"message": "gone"}}, 404), "error", "is the base URL right?"),
        (
            Reply({"error": {"message": "context length is 8"}}, 400),
            "error",
            "cannot read so much: context length is 8",
        ),
        (Reply({"error": {"message": "pay", "code": "insufficient_quota"}}, 429), "error", "429: pay"),
        (Reply({"error": {"message": "who?"}}, 401), "error", "set OPENAI_API_KEY (who?)"),
        (Reply(b"moved", 302, Location="/elsewhere"), "error", "302: moved"),
    ],
    ids=range(17),
)
def test_what_is_no_answer_is_a_failure_with_its_reason(
    chat: ChatServer, schema: Schema, said: Any, kind: str, detail: str
) -> None:
    chat.say = lambda _: said
    found = answer(chat, schema)
    assert (found["kind"], found["retryable"]) == (kind, False)
    assert detail in found["error"]


@pytest.mark.parametrize(
    ("said", "detail", "wait"),
    [
        (Reply({"error": {"message": "slow down"}}, 429, Retry_After="7"), "429: slow down", 7.0),
        (Reply(b"", 503), "503: Service Unavailable", None),
        (Reply(b"oops", 500), "500: oops", None),
        (None, "disconnected", None),
    ],
    ids=["429", "503", "500", "hangs up"],
)
def test_what_may_pass_is_to_be_tried_again(
    chat: ChatServer, schema: Schema, said: Any, detail: str, wait: float | None
) -> None:
    chat.say = lambda _: said
    found = answer(chat, schema)
    assert (found["kind"], found["retryable"], found["retry_after"]) == ("unavailable", True, wait)
    assert detail in found["error"]


def test_a_server_that_does_not_answer_in_time(chat: ChatServer, schema: Schema) -> None:
    over = threading.Event()
    chat.say = lambda _: over.wait()
    found = answer(chat, schema, timeout=0.1)
    over.set()
    assert (found["kind"], found["error"]) == ("timeout", "no answer within 0.1 s")


# Before any work


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_what_cannot_be_asked_is_refused_at_once(chat: ChatServer, schema: Schema, tmp_path: Path) -> None:
    base = chat.url.removesuffix("/v1")
    (tmp_path / "file").write_text("")
    for uri, options, message in (
        (f"openai:http://127.0.0.1:{free_port()}/v1#tiny", {}, "no answer .*refused.*; does a server run there"),
        (f"openai:{chat.url}#huge", {}, "no model huge; the server has tiny"),
        (f"openai:{chat.url}", {}, "names no model: expected .*#MODEL; the server has tiny"),
        (f"openai:{base}#tiny", {}, f"but at {base}/v1"),
        ("openai:#tiny", {}, "has no host; expected openai:URL#MODEL"),
        ("openai:ftp://host#tiny", {}, "expected a base URL"),
        ("openai:http://[#tiny", {}, "not a URL .*expected openai:URL#MODEL"),
        ("openai:http://host/v1?a=b#tiny", {}, "without what follows a ?"),
        (chat.uri, {"response_format": "xml"}, "json_schema"),
        (chat.uri, {"overlap": "1500"}, "at most half of window=2000"),
        (chat.uri, {"extra": "{"}, "not JSON"),
        (chat.uri, {"extra": '{"stream": true}'}, "without .*stream"),
        (chat.uri, {"temperature": "-1"}, "temperature"),
        (chat.uri, {"cache": str(tmp_path / "file")}, "-o cache=off"),
        (chat.uri, {"api_key": "x"}, "unknown field `api_key`"),
    ):
        with pytest.raises(ClaimspansError, match=message):
            load(parse(uri), {"cache": "off", **options}, Setting.of(schema))
    assert chat.asked == []


@pytest.mark.parametrize(
    ("models", "message"),
    [
        (Reply({"error": {"message": "no key"}}, 401), "refuses requests without a key: set OPENAI_API_KEY"),
        (Reply({"error": {"message": "no key"}}, 403), "403"),
        (Reply(b"starting", 503), r"answers 503 \(starting\)"),
        (None, None),  # a server without the list is asked all the same
        (Reply({}, 429), None),
        ({"data": []}, None),
        ({"data": [{"id": "tiny:latest"}]}, None),
        ({"models": 1}, None),
    ],
    ids=range(8),
)
def test_the_list_of_models_is_looked_at_where_there_is_one(
    chat: ChatServer, schema: Schema, models: Any, message: str | None
) -> None:
    chat.models = models
    if message is None:
        assert "quotes" in answer(chat, schema)
    else:
        with pytest.raises(ClaimspansError, match=message):
            loaded(chat, schema)
        assert "quotes" in answer(chat, schema, check=False)


def test_a_missing_library_names_its_extra(chat: ChatServer, schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("httpx", "platformdirs"):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, name, None)
            with pytest.raises(ClaimspansError, match=rf"needs {name}.*pip install 'claimspans\[http\]'"):
                loaded(chat, schema, cache="")


@pytest.mark.slow
def test_the_command_line_says_what_is_wrong(tmp_path: Path) -> None:
    for uri in (f"openai:http://127.0.0.1:{free_port()}/v1#x", "openai:x"):
        ran = claimspans("run", uri, "--out", "run", cwd=tmp_path)
        assert (ran.returncode, ran.stdout) == (2, ""), ran.stderr
        assert "Traceback" not in ran.stderr
        assert not (tmp_path / "run").exists()


# The key


def test_the_key_goes_to_the_server_and_nowhere_else(
    chat: ChatServer, schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", f" {SECRET}\n")
    echo = json.dumps({"quotes": [{"id": "s1", "label": "ITEM", "quote": SECRET}], "claims": []})
    for said in (
        echo,
        f"{SECRET} is no JSON",
        completion(None, refusal=f"not with {SECRET}"),
        {"choices": SECRET},
        Reply({"error": {"message": f"Incorrect API key: {SECRET}", "code": SECRET}}, 401),
        Reply(f"who is {SECRET}".encode(), 500),
        Reply(SECRET.encode(), 200),
    ):
        chat.say = lambda _, said=said: said  # type: ignore[misc]
        assert SECRET not in json.dumps(answer(chat, schema, cache=str(tmp_path / "cache")))
    assert {headers["Authorization"] for headers in chat.headers} == {f"Bearer {SECRET}"}
    assert all(SECRET not in json.dumps(body) for body in chat.asked)
    kept = list((tmp_path / "cache").rglob("*.json"))
    assert kept
    assert all(SECRET.encode() not in path.read_bytes() for path in kept)
    chat.models = Reply({"error": {"message": f"{SECRET} is no key"}}, 401)
    with pytest.raises(ClaimspansError, match=r"refuses the key of OPENAI_API_KEY \(\[key\] is no key\)"):
        loaded(chat, schema)


def test_a_key_that_is_none_is_not_shown(chat: ChatServer, schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", f"{SECRET}\r\nX: y")
    with pytest.raises(ClaimspansError, match="OPENAI_API_KEY holds a character") as raised:
        loaded(chat, schema)
    assert SECRET not in str(raised.value)
    with pytest.raises(ClaimspansError, match="environment variable OPENAI_API_KEY") as raised:
        load(parse(f"openai:http://me:{SECRET}@127.0.0.1/v1#tiny"), {}, Setting.of(schema))
    assert SECRET not in str(raised.value)


def test_a_word_that_stands_for_a_key_is_left_in_the_text(
    chat: ChatServer, schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "shells")
    chat.say = lambda _: GOOD
    assert [one["quote"] for one in answer(chat, schema)["quotes"]] == ["shells"]
