"""What a language model is asked: the request, the prompt, and its examples."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from claimspans.cli.prompt import command
from claimspans.data.layer import Layer
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Document
from claimspans.data.schema import Schema, read_schema
from claimspans.extractors import Article, Setting, article_of, get, read_answer
from claimspans.extractors.openai.examples import example
from claimspans.extractors.openai.extractor import Options, prompt_for
from claimspans.extractors.openai.prompt import summary_of_guidelines

from ..helpers.chat_server import SHELLS, ChatServer, answer, asked_text, loaded
from ..helpers.places import ROOT


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
    assert summary_of_guidelines(GUIDELINES) in system
    assert summary_of_guidelines(GUIDELINES).startswith("1. ")
    assert "## " not in summary_of_guidelines(GUIDELINES)


GUIDELINES = ROOT / "annotations" / "GUIDELINES.md"


def own_schema(path: Path) -> Path:
    """Another schema: an attribute more, a label fewer, no claims."""
    raw = json.loads((ROOT / "schema.json").read_text(encoding="utf-8"))
    raw["$defs"]["ITEM"]["properties"]["colour"] = {"description": "Its paint.", "type": ["string", "null"]}
    raw["$defs"]["label"]["oneOf"] = [{"$ref": "#/$defs/ITEM"}]
    for name in ("claim", "claim_fields", "predicted_claim", "predicted_claim_fields", "cargo", "predicted_document"):
        del raw["$defs"][name]
    for name in ("record", "prediction"):
        raw["$defs"][name]["oneOf"].pop()
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


def test_another_schema_gives_another_prompt(chat: ChatServer, schema: Schema, tmp_path: Path) -> None:
    path = own_schema(tmp_path / "own.json")
    own = read_schema(path)
    chat.say = lambda _: '{"quotes": [{"id": "s1", "label": "ITEM", "quote": "shells", "colour": "grey"}]}'
    extract = get(chat.uri, options={"cache": "off"}, schema=own)
    (found,) = extract([Document(doc="a", text="Ten shells.")])
    assert [(one.start, one.attributes) for one in found.spans] == [(4, {"colour": "grey"})]
    told = chat.asked[0]["messages"][0]["content"]
    assert "`colour`: Its paint." in told
    assert "SPEAKER" not in told
    assert "claims" not in chat.asked[0]["response_format"]["json_schema"]["schema"]["properties"]
    ours, theirs = (prompt_for(Options(), Setting.of(one)) for one in (schema, own))
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


def test_labels_that_nobody_described_are_asked_for_by_name_alone(schema: Schema, tmp_path: Path) -> None:
    """Not as the project's own, though one has the name of one of ours."""
    setting = Setting.of(None, names=["DATE", "ship"])
    prompt = prompt_for(Options(), setting)
    kinds = prompt.form["properties"]["quotes"]["items"]["anyOf"]
    assert [kind["properties"]["label"]["enum"] for kind in kinds] == [["DATE"], ["ship"]]
    assert list(kinds[0]["properties"]) == ["id", "label", "quote", "occurrence", "before", "after"]
    assert "## DATE\n\n## ship\n" in prompt.system
    assert schema.labels["DATE"].description not in prompt.system
    assert summary_of_guidelines(GUIDELINES) not in prompt.system
    assert not prompt.claims
    path = tmp_path / "mine.jsonl"
    spans = [{"label": "ship", "start": 0, "end": 7, "flag": "LR"}]
    path.write_text("".join(json.dumps({"doc": doc, "text": f"Angara {doc}", "spans": spans}) + "\n" for doc in "ab"))
    (shown,) = prompt_for(Options(shots=1, examples=str(path)), setting).examples(Article(doc="c", text="Maria"))
    assert [set(quote) for quote in shown.answer["quotes"]] == [set(kinds[1]["properties"])]
    with pytest.raises(ClaimspansError, match="-o examples=FILE"):
        prompt_for(Options(shots=1), setting)
    with pytest.raises(ClaimspansError, match="no label to ask for; name some with --map"):
        prompt_for(Options(), Setting.of(None))


def test_guidelines_without_their_heading_are_refused(schema: Schema, tmp_path: Path) -> None:
    path = tmp_path / "guidelines.md"
    path.write_text("# Rules\n\n## One-page summary\n\nMark ships.\n\n## 1. More\n\nNot this.\n", encoding="utf-8")
    assert summary_of_guidelines(path) == "Mark ships."
    path.write_text("# Rules\n\nMark ships.\n", encoding="utf-8")
    with pytest.raises(ClaimspansError, match=r"has no section “One-page summary”.*guidelines=off"):
        prompt_for(Options(guidelines=str(path)), Setting.of(schema))
    with pytest.raises(ClaimspansError, match="cannot be read"):
        prompt_for(Options(guidelines=str(tmp_path / "none.md")), Setting.of(schema))


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
        ({"shots": 1}, Setting.of(read_schema(own_schema(tmp_path / "own.json"))), "-o examples=FILE"),
        ({"shots": 1, "examples": str(tmp_path / "none.jsonl")}, Setting.of(schema), "file-missing"),
    ):
        with pytest.raises(ClaimspansError, match=message):
            prompt_for(Options(**settings), setting)
