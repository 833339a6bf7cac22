"""A language model behind the chat protocol: what it is asked, what is made of its answers, and what goes wrong."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from claimspans.cli.prompt import command
from claimspans.corpus import Corpus, Layer
from claimspans.extractors import Loaded, Setting, article_of, get, load, parse, read_answer
from claimspans.extractors.cache import NO_CACHE, Cache
from claimspans.extractors.chat_answer import Said, joined, read_content
from claimspans.extractors.contract import Article
from claimspans.extractors.examples import example
from claimspans.extractors.openai_chat import Options, prompt_for
from claimspans.extractors.prompt import summary_of_guidelines
from claimspans.extractors.windows import Window
from claimspans.problems import ClaimspansError
from claimspans.records import Document
from claimspans.run import run
from claimspans.schema import Schema
from claimspans.score import score

from .chat_server import Body, ChatServer, Reply, Say, completion, serve
from .conftest import ROOT

EMPTY = '{"quotes": [], "claims": []}'
SHELLS = Article(doc="a", text="Kim denied it. The shells, said Kim, are 10 shells.")
ARTICLE = re.compile(r".*?<article>\n(.*)\n</article>", re.DOTALL)
SECRET = "sk-secret-0123456789"  # noqa: S105 -- of no service


@pytest.fixture
def chat() -> Iterator[ChatServer]:
    """A server whose model finds nothing, until a test says otherwise."""
    with serve(lambda _: EMPTY) as server:
        yield server


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv(NO_CACHE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user-cache"))


def loaded(server: ChatServer, schema: Schema, **options: Any) -> Loaded:
    return load(parse(server.uri), {"cache": "off", **options}, Setting.of(schema))


def answer(server: ChatServer, schema: Schema, article: Article = SHELLS, **options: Any) -> dict[str, Any]:
    (found,) = loaded(server, schema, **options).answer([article])
    return dict(found)


def asked_text(body: Body) -> str:
    """The article, or the part of it, that a request is about."""
    asked = [found[1] for one in body["messages"] if (found := ARTICLE.fullmatch(one["content"]))]
    return str(asked[-1])


def from_gold(gold: Layer, schema: Schema, change: Callable[[str], str] = str) -> Say:
    """A model that says what the gold says, its quotes changed."""
    answers = {one.text: example(one, schema.labels, attributes=True, claims=True).answer for one in gold}

    def say(body: Body) -> str:
        said = answers[asked_text(body)]
        quotes = [quote | {"quote": change(quote["quote"])} for quote in said["quotes"]]
        return json.dumps({**said, "quotes": quotes}, ensure_ascii=False)

    return say


def in_turn(*said: Any) -> Say:
    """A model that says one thing after the other."""
    left = iter(said)
    return lambda _: next(left)


# What it is asked


def test_a_request_has_the_schema_and_nothing_left_to_chance(chat: ChatServer, schema: Schema) -> None:
    answer(chat, schema, seed=7, max_tokens=900, extra='{"top_p": 0.5}')
    (body,) = chat.asked
    settings = {key: value for key, value in body.items() if key not in ("messages", "response_format")}
    assert settings == {
        "model": "tiny",
        "stream": False,
        "temperature": 0.0,
        "seed": 7,
        "max_tokens": 900,
        "top_p": 0.5,
    }
    form = body["response_format"]["json_schema"]
    assert (body["response_format"]["type"], form["strict"]) == ("json_schema", True)
    kinds = form["schema"]["properties"]["quotes"]["items"]["anyOf"]
    assert [kind["properties"]["label"]["enum"] for kind in kinds] == [[label] for label in schema.labels]
    for kind in kinds:
        label = schema.labels[kind["properties"]["label"]["enum"][0]]
        assert set(kind["properties"]) >= {attribute.name for attribute in label.attributes}
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert asked_text(body) == SHELLS.text


def objects(form: Any) -> Iterator[dict[str, Any]]:
    if isinstance(form, dict):
        if form.get("type") == "object":
            yield form
        for inner in form.values():
            yield from objects(inner)
    elif isinstance(form, list):
        for inner in form:
            yield from objects(inner)


def test_the_form_of_the_answer_is_strict_and_takes_the_gold(gold: Layer, schema: Schema) -> None:
    import jsonschema_rs

    prompt = prompt_for(Options(), Setting.of(schema))
    for each in objects(prompt.form):
        assert each["required"] == list(each["properties"])
        assert each["additionalProperties"] is False
    allowed = {"type", "properties", "required", "additionalProperties", "items", "anyOf", "enum"}
    keywords = set(
        re.findall(r'"(\$?[A-Za-z]+)": ', json.dumps([{**one, "properties": 0} for one in objects(prompt.form)]))
    )
    assert keywords <= allowed
    validator = jsonschema_rs.Draft202012Validator(prompt.form)
    for document in gold:
        right = example(document, schema.labels, attributes=True, claims=True).answer
        validator.validate(right)
        assert not validator.is_valid({**right, "more": 1})


def test_the_prompt_says_every_label_attribute_and_value_and_the_summary(schema: Schema) -> None:
    system = prompt_for(Options(), Setting.of(schema)).system
    for label, attribute in schema.attributes():
        assert label.description in system
        assert attribute.description in system
        assert all(f"{choice.value or 'null'}: {choice.description}" in system for choice in attribute.choices)
    for choice in schema.choices("claim_fields", "event"):
        assert f"{choice.value}: {choice.description}" in system
    assert summary_of_guidelines() in system
    assert summary_of_guidelines().startswith("1. ")
    assert "## " not in summary_of_guidelines()


def own_schema(path: Path) -> Path:
    """Another schema: an attribute more, a label fewer, no claims."""
    raw = json.loads((ROOT / "schema.json").read_text(encoding="utf-8"))
    raw["$defs"]["ITEM"]["properties"]["colour"] = {"description": "Its paint.", "type": ["string", "null"]}
    raw["$defs"]["label"]["oneOf"] = [{"$ref": "#/$defs/ITEM"}]
    del raw["$defs"]["claim_fields"]
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


def test_another_schema_gives_another_prompt(chat: ChatServer, schema: Schema, tmp_path: Path) -> None:
    path = own_schema(tmp_path / "own.json")
    own = Schema(path.read_bytes(), str(path))
    chat.say = lambda _: '{"quotes": [{"id": "s1", "label": "ITEM", "quote": "shells", "colour": "grey"}]}'
    extract = get(chat.uri, options={"cache": "off"}, schema=own)
    (found,) = extract([Document(doc="a", text="Ten shells.")])
    assert [(one.start, one.attributes) for one in found.spans] == [(4, {"colour": "grey"})]
    told = chat.asked[0]["messages"][0]["content"]
    assert "`colour`: Its paint." in told
    assert "SPEAKER" not in told
    assert "claims" not in chat.asked[0]["response_format"]["json_schema"]["schema"]["properties"]
    ours, theirs = (prompt_for(Options(), Setting.of(one, path=at)) for one, at in ((schema, None), (own, str(path))))
    assert ours.sha256 != theirs.sha256
    assert loaded(chat, schema).identity == {"prompt": ours.sha256}


def test_only_what_is_asked_for_is_in_the_prompt(schema: Schema) -> None:
    plain = prompt_for(Options(claims=False, attributes=False, guidelines="off"), Setting.of(schema))
    assert list(plain.form["properties"]) == ["quotes"]
    assert "source_type" not in plain.system
    assert "Summary" not in plain.system
    some = prompt_for(Options(guidelines="off"), Setting.of(schema, {"DATE": "DATE", "WEAPON": "ITEM", "MONEY": None}))
    kinds = some.form["properties"]["quotes"]["items"]["anyOf"]
    assert [kind["properties"]["label"]["enum"] for kind in kinds] == [["DATE"], ["WEAPON"]]
    assert not some.claims


def test_guidelines_without_their_heading_are_refused(schema: Schema, tmp_path: Path) -> None:
    path = tmp_path / "guidelines.md"
    path.write_text("# Rules\n\n## One-page summary\n\nMark ships.\n\n## 1. More\n\nNot this.\n", encoding="utf-8")
    assert summary_of_guidelines(path) == "Mark ships."
    path.write_text("# Rules\n\nMark ships.\n", encoding="utf-8")
    with pytest.raises(ClaimspansError, match=r"has no section “One-page summary”.*guidelines=off"):
        prompt_for(Options(guidelines=str(path)), Setting.of(schema))
    with pytest.raises(ClaimspansError, match="cannot be read"):
        prompt_for(Options(guidelines=str(tmp_path / "none.md")), Setting.of(schema))


# Examples


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


@pytest.mark.parametrize("shots", [1, 2, 4])
def test_an_article_is_never_its_own_example(gold: Layer, schema: Schema, shots: int) -> None:
    prompt = prompt_for(Options(shots=shots), Setting.of(schema))
    order = [document.doc for document in gold]
    for document in gold:
        renamed = Article(doc="another-id", text=document.text or "", published=document.published)
        messages = prompt.messages(renamed)
        others = [doc for doc in order if doc != document.doc][:shots]
        assert [one.article.doc for one in prompt.examples(renamed)] == others
        told = " ".join(words(" ".join(message["content"] for message in messages[1:-1])))
        read = "".join(
            sign if all(not zone.start <= at < zone.end for zone in document.zones) else "|"
            for at, sign in enumerate(document.text or "")
        )
        parts = [words(part) for part in read.split("|")]
        runs = {" ".join(part[at : at + 12]) for part in parts for at in range(len(part) - 11)}
        assert len(runs) > 100
        assert not [found for found in runs if found in told]


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda text: text, True),
        (lambda text: text.upper().replace("\n", "  "), True),
        (lambda text: text[: len(text) // 2], True),
        (lambda text: f"From our agency: {text} More soon.", True),
        (lambda text: "They said this. " + text[400:560], True),  # one passage of it
        (lambda text: " ".join(text.split()[60:66]), True),
        (lambda text: " ".join(words(text)[::-1]), False),
    ],
    ids=["itself", "other case", "a part", "more around it", "a passage", "some words of it", "the words alone"],
)
def test_nor_is_a_text_that_has_passages_of_it(
    gold: Layer, schema: Schema, change: Callable[[str], str], same: bool
) -> None:
    prompt = prompt_for(Options(shots=1), Setting.of(schema))
    first = gold[0]
    (chosen,) = prompt.examples(Article(doc="x", text=change(first.text or "")))
    assert (chosen.article.doc != first.doc) is same


def test_an_example_is_an_answer_from_which_all_spans_come_back(gold: Layer, schema: Schema) -> None:
    for document in gold:
        right = example(document, schema.labels, attributes=True, claims=True).answer
        found = read_answer(article_of(document), right, schema).document
        assert found.status == "done"
        assert [(one.label, one.start, one.end, one.attributes) for one in found.spans] == [
            (one.label, one.start, one.end, one.attributes)
            for one in sorted(document.spans, key=lambda span: span.order)
        ]
        assert len(found.claims) == len(document.claims)


def test_examples_of_ones_own(schema: Schema, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    texts = [f"Kim sent {number} ships." for number in range(3)]
    spans = [{"id": "s1", "label": "SPEAKER", "start": 0, "end": 3}]
    path.write_text(
        "".join(json.dumps({"doc": str(n), "text": text, "spans": spans}) + "\n" for n, text in enumerate(texts))
    )
    prompt = prompt_for(Options(shots=1, examples=str(path)), Setting.of(schema))
    (shown,) = prompt.examples(Article(doc="x", text=texts[0]))
    assert (shown.article.doc, [one["quote"] for one in shown.answer["quotes"]]) == ("1", ["Kim"])
    for settings, setting, message in (
        ({"shots": 5}, Setting.of(schema), "5 annotated articles, and none is its own example: at most 4"),
        ({"shots": 1}, Setting.of(schema, path=str(own_schema(tmp_path / "own.json"))), "-o examples=FILE"),
        ({"shots": 1, "examples": str(tmp_path / "none.jsonl")}, Setting.of(schema), "file-missing"),
    ):
        with pytest.raises(ClaimspansError, match=message):
            prompt_for(Options(**settings), setting)


# What is made of its answers


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
GOOD = f'{{"quotes": [{QUOTE}], "claims": []}}'


@pytest.mark.parametrize(
    "said",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"Here you are:\n```\n{GOOD}\n```\nAnything else?",
        f"<think>Is {{this}} one? [No]</think>\n\n{GOOD}",
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
    chat.say = lambda _: time.sleep(0.5)
    found = answer(chat, schema, timeout=0.1)
    assert (found["kind"], found["error"]) == ("timeout", "no answer within 0.1 s")


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


# Long articles


def long_article(gold: Layer) -> Document:
    """The articles behind one another, thrice."""
    return Document(doc="long", text="\n\n".join(document.text or "" for document in gold) * 3)


def found_in(text: str, wanted: list[tuple[str, str]]) -> str:
    """An answer with each of these words at every place where they stand in a text, and a claim about the first."""
    quotes: list[dict[str, Any]] = []
    for label, said in wanted:
        places = [found.start() for found in re.finditer(rf"\b{re.escape(said)}\b", text)]
        quotes += [
            {"id": f"s{len(quotes) + n}", "label": label, "quote": said, "occurrence": n}
            for n, _ in enumerate(places, 1)
        ]
    speakers = [quote["id"] for quote in quotes if quote["label"] == "SPEAKER"][:1]
    claims = [{"id": "c1", "event": "transfer", "holders": speakers, "supplier": "KP"}] if speakers else []
    return json.dumps({"quotes": quotes, "claims": claims})


WANTED = [("SPEAKER", "Jung Pak"), ("ITEM", "weapons"), ("ITEM", "missiles"), ("QUANTITY", "10,000")]


def places(text: str) -> list[tuple[str, int, int]]:
    found = [
        (label, hit.start(), hit.end())
        for label, said in WANTED
        for hit in re.finditer(rf"\b{re.escape(said)}\b", text)
    ]
    return sorted(found, key=lambda place: place[1:])


def test_a_long_article_is_asked_for_in_windows_that_overlap(chat: ChatServer, gold: Layer) -> None:
    document = long_article(gold)
    text = document.text or ""
    chat.say = lambda body: found_in(asked_text(body), WANTED)
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
    chat.say = lambda body: found_in(asked_text(body), WANTED) if len(asked_text(body).split()) < 200 else short
    (found,) = get(chat.uri, options={"cache": "off"})([gold[0]])
    assert [(one.label, one.start, one.end) for one in found.spans] == places(text)
    assert found.error is None


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


# Whole runs


def cli(*args: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "claimspans", *args],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**os.environ, **env},
    )


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
    args = (
        "run",
        chat.uri,
        "--shots",
        "2",
        "--out",
        "first",
        "-o",
        "price_in=1",
        "-o",
        "price_out=4",
        "-o",
        "cache=kept",
    )
    started = time.monotonic()
    ran = cli(*args, cwd=tmp_path, OPENAI_API_KEY=SECRET)
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
    ran = cli(*args[:5], "second", *args[6:], cwd=tmp_path)
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
    ran = cli("run", chat.uri, "--out", "run", "--repeat", "2", cwd=tmp_path, XDG_CACHE_HOME=str(tmp_path))
    assert ran.returncode == 0, ran.stderr
    assert len(chat.asked) == 10


@pytest.mark.slow
def test_the_command_line_says_what_is_wrong(tmp_path: Path) -> None:
    for uri in (f"openai:http://127.0.0.1:{free_port()}/v1#x", "openai:x"):
        ran = cli("run", uri, "--out", "run", cwd=tmp_path)
        assert (ran.returncode, ran.stdout) == (2, ""), ran.stderr
        assert "Traceback" not in ran.stderr
        assert not (tmp_path / "run").exists()


def test_the_prompt_is_shown_without_asking_anybody(gold: Layer, schema: Schema) -> None:
    plain = CliRunner().invoke(command, ["003", "--shots", "1"])
    assert plain.exit_code == 0, plain.stderr
    assert [line for line in plain.stdout.splitlines() if line.startswith("--- ")] == [
        "--- system",
        "--- user",
        "--- assistant",
        "--- user",
    ]
    body = json.loads(CliRunner().invoke(command, ["003", "--json"]).stdout)
    prompt = prompt_for(Options(), Setting.of(schema))
    assert body["messages"] == prompt.messages(article_of(gold[3]))
    assert body["response_format"]["json_schema"]["schema"] == prompt.form
    with pytest.raises(ClaimspansError, match="no such article"):
        CliRunner().invoke(command, ["999"], catch_exceptions=False)
