"""A service over HTTP: what it answers, what it refuses, and that nobody learns the token."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from claimspans.data.predictions import read_predictions
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Document, Span
from claimspans.data.schema import Schema
from claimspans.extractors import Article, Refused, Setting, get, parse
from claimspans.extractors.adapters import http as service
from claimspans.extractors.run import run
from claimspans.extractors.secrets import TOKEN
from claimspans.scoring.score import score

from ..helpers.command import claimspans
from ..helpers.web_service import Service, serve

TEXT = "🚀 shells, and more"


@pytest.fixture(scope="module")
def web() -> Iterator[Service]:
    with serve() as found:
        yield found


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        (None, None),
        ("3", 3.0),
        ("0", 0.0),
        ("-5", 0.0),
        ("Sun, 22 Nov 2026 10:00:30 GMT", 30.0),
        ("Sunday, 22-Nov-26 10:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 09:00:00 GMT", 0.0),
        ("soon", None),
        ("nan", None),
        ("1e9999", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(given: str | None, seconds: float | None) -> None:
    assert service.retry_after(given, datetime(2026, 11, 22, 10, tzinfo=UTC)) == seconds


ANSWERS = {
    "good": None,
    "busy": ("unavailable", True, "HTTP 429: later"),
    "failing": ("unavailable", True, "HTTP 503: later"),
    "gone": ("refused", False, "HTTP 404: no such model"),
    "forbidden": ("refused", False, "HTTP 401: wrong: Bearer [key]"),
    "moved": ("refused", False, "HTTP 307 to http://127.0.0.1:9/elsewhere: a redirection is not followed"),
    "html": ("invalid", False, "not JSON"),
    "list": ("invalid", False, "an answer that is list"),
    "other": ("invalid", False, "an answer for article 'another'"),
    "large": ("invalid", False, "more than 0 MiB"),
    "drop": ("unavailable", True, "disconnected"),
    "slow": ("timeout", False, "no answer within 0.3 s"),
    "drip": ("timeout", False, "no whole answer within 3 s"),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_what_a_service_says(web: Service, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "s3cr3t")
    monkeypatch.setattr(service, "LONGEST", 100_000)
    web.asked.clear()
    timeout = {"slow": 0.3, "drip": 3.0}.get(kind, 60.0)  # who drips must have begun
    loaded = service.load(web.url, service.Options(timeout=timeout), Setting())
    (answer,) = loaded.answer([Article(doc=f"{kind}-1", text=TEXT)])
    expected = ANSWERS[kind]
    if expected is None:
        assert answer["spans"][0]["text"] == "shells"
    else:
        assert (answer["kind"], answer["retryable"]) == expected[:2]
        assert expected[2] in answer["error"]
    assert answer["doc"] == f"{kind}-1"
    assert answer.get("retry_after") == (0.0 if kind == "busy" else None)
    assert web.seen["Authorization"] == "Bearer s3cr3t"
    assert "s3cr3t" not in json.dumps(answer)


def test_it_is_sent_the_article_and_nothing_else(web: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOKEN, raising=False)
    document = Document(doc="good-1", text=TEXT, spans=(Span(label="ITEM", start=2, end=8),), published="2024-03")
    (found,) = get(web.url)([document])
    assert [(span.start, span.end) for span in found.spans] == [(2, 8)]
    sent = len(
        json.dumps(
            {"doc": "good-1", "text": TEXT, "published": "2024-03"}, ensure_ascii=False, separators=(",", ":")
        ).encode()
    )
    assert int(web.seen["Content-Length"]) == sent
    assert "Authorization" not in web.seen


@pytest.mark.parametrize(
    "uri",
    [
        "http://me:s3cr3t@127.0.0.1:9/x",
        "https://s3cr3t@example.org/x",
        "https://example.org/x?api_key=s3cr3t",
        "openai:http://me:s3cr3t@127.0.0.1:9/v1#model",
    ],
)
def test_credentials_in_a_url_are_refused_before_anything_is_written(uri: str, tmp_path: Path) -> None:
    variable = "OPENAI_API_KEY" if uri.startswith("openai:") else "CLAIMSPANS_TOKEN"
    with pytest.raises(ClaimspansError, match=variable) as error:
        parse(uri)
    assert "s3cr3t" not in str(error.value)
    with pytest.raises(ClaimspansError, match=variable):
        run(uri, [Document(doc="1", text=TEXT)], tmp_path / "run")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("uri", ["http:///x", "http://[::1", "http:", "https:nowhere"])
def test_a_url_without_a_host_is_refused(uri: str) -> None:
    with pytest.raises(ClaimspansError, match="expected http"):
        parse(uri)


@pytest.mark.slow
def test_an_endpoint_that_refuses_ends_a_run_before_it_begins(tmp_path: Path) -> None:
    with serve() as gone:
        url = gone.url
    done = claimspans("run", url, "--out", "run", cwd=tmp_path)
    assert done.returncode == 2
    assert "does not answer" in done.stderr
    assert "start the service" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_run_asks_again_where_that_can_help_and_keeps_the_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schema: Schema
) -> None:
    monkeypatch.setenv(TOKEN, "s3cr3t")
    kinds = ["good", "busy", "failing", "never", "gone", "forbidden", "html", "list", "other", "drop"]
    documents = [Document(doc=f"{kind}-{number}", text=TEXT) for number, kind in enumerate(kinds)]
    with serve() as web:
        tally = run(web.url, documents, tmp_path / "run", options={"timeout": 60.0}, workers=2)
        slow = [Document(doc="slow-1", text=TEXT)]
        late = run(web.url, slow, tmp_path / "late", options={"timeout": 0.3}, workers=1)
        asked = {doc.partition("-")[0]: count for doc, count in web.asked.items()}
        seen = web.seen
    assert asked == dict.fromkeys([*kinds, "slow"], 1) | {"busy": 2, "failing": 2, "never": 5, "drop": 5}
    assert tally.statuses == {"done": 3, "failed": 7}
    assert tally.failures == {"unavailable": 2, "refused": 2, "invalid": 3}
    assert late.failures == {"timeout": 1}
    assert seen["Authorization"] == "Bearer s3cr3t"
    for path in (path for name in ("run", "late") for path in (tmp_path / name).rglob("*")):
        assert path.is_dir() or b"s3cr3t" not in path.read_bytes(), path

    gold = [Document(doc=one.doc, text=one.text, spans=(Span(label="ITEM", start=2, end=8),)) for one in documents]
    texts = {one.doc: TEXT for one in documents}
    assert len(read_predictions(tmp_path / "run" / "predictions.jsonl", schema, texts)) == len(kinds)
    micro = score(gold, tmp_path / "run", schema=schema)["strict"].micro
    assert (micro.COR, micro.MIS, micro.SPU) == (3, 7, 0)


def test_an_answer_for_an_article_is_refused_as_the_contract_says(web: Service) -> None:
    import httpx

    with httpx.Client() as client, pytest.raises(Refused) as refused:
        service.ask(client, web.url, Article(doc="never-9", text=TEXT), 60.0)
    assert (refused.value.kind, refused.value.retryable, refused.value.retry_after) == ("unavailable", True, 0.0)
