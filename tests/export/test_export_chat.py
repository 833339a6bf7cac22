"""A model trained on `export chat` is asked by `openai:` what it was trained on, and what it learnt is read whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans import ClaimspansError, Document, Schema, Span, read_schema
from claimspans.data.layer import Layer
from claimspans.data.schema import default_schema
from claimspans.export.formats.conversations import OPTIONS, conversations
from claimspans.export.formats.task import ELSEWHERE, Task
from claimspans.export.training_files import export
from claimspans.extractors import Setting, article_of, get, read_answer
from claimspans.extractors.openai.extractor import Options, prompt_for

from ..helpers.chat_server import Body, ChatServer, serve
from .test_export import content, lines

GUIDELINES = "# Ours\n\n## One-page summary\n\nMark what is there.\n"


@pytest.fixture
def chat(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with serve(lambda _: None) as server:
        yield server


@pytest.fixture
def other(schema: Schema, tmp_path: Path) -> Schema:
    """A schema of somebody else: one more label, one attribute of which names spans."""
    root = json.loads(json.dumps(schema.root))
    root["$defs"]["PLACE"] = root["$defs"]["ITEM"] | {
        "description": "Where it was.",
        "x-hotkey": "6",
        "properties": {
            "label": {"const": "PLACE"},
            "kind": {"description": "Which kind."},
            "within": {
                "description": "What it lies in.",
                "x-compare": "spans",
                "type": "array",
                "items": {"type": "string"},
            },
        },
    }
    root["$defs"]["label"]["oneOf"].append({"$ref": "#/$defs/PLACE"})
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(root), encoding="utf-8")
    return read_schema(path)


def place(text: str, words: str, ident: str | None = None, **attributes: Any) -> Span:
    start = text.index(words)
    return Span(label="PLACE", start=start, end=start + len(words), id=ident, text=words, attributes=attributes)


def answered(
    server: ChatServer, rows: list[dict[str, Any]], documents: list[Document], schema: Schema, **options: Any
) -> list[Document]:
    """What `openai:` reads where the model says what it was trained to say, being asked what it was trained on."""
    learnt = {as_key(row["messages"][:-1]): row["messages"][-1]["content"] for row in rows}
    server.say = lambda body: learnt.get(as_key(body["messages"]))
    extract = get(server.uri, options={"cache": "off", **options}, schema=schema)
    plain = [Document(doc=each.doc, text=each.text, published=each.published) for each in documents]
    return list(extract(plain))


def as_key(messages: Any) -> str:
    return json.dumps(messages)


def bare(spans: tuple[Span, ...]) -> list[Span]:
    """Spans without how they were found."""
    return [msgspec.structs.replace(span, alignment=None) for span in spans]


def test_openai_asks_what_was_exported_and_reads_the_whole_gold(gold: Layer, schema: Schema, chat: ChatServer) -> None:
    part = content("chat", gold, schema)
    found = answered(chat, lines(part), gold, schema)
    asked: list[Body] = chat.asked
    assert [body["messages"] for body in asked] == [row["messages"][:-1] for row in lines(part)]
    assert not +part.dropped
    for ours, theirs in zip(gold, found, strict=True):
        assert theirs.status == "done"
        assert bare(theirs.spans) == bare(ours.spans)
        assert theirs.claims == ours.claims


@pytest.mark.parametrize(
    "options", [{"claims": False}, {"attributes": False, "claims": False, "guidelines": "off"}, {"guidelines": "FILE"}]
)
def test_with_the_same_options_both_say_the_same(
    options: dict[str, Any], gold: Layer, schema: Schema, chat: ChatServer, tmp_path: Path
) -> None:
    (tmp_path / "FILE").write_text(GUIDELINES, encoding="utf-8")
    given = {name: str(tmp_path / "FILE") if value == "FILE" else value for name, value in options.items()}
    part = content("chat", gold, schema, **given)
    found = answered(chat, lines(part), gold, schema, **given)
    without = {"attributes", "claims"} & {name for name, value in options.items() if value is False}
    assert set(+part.dropped) == without
    told = lines(part)[0]["messages"][0]["content"]
    assert ("Mark what is there." in told) == ("FILE" in options.values())
    for ours, theirs in zip(gold, found, strict=True):
        assert theirs.status == "done"
        places = [(span.label, span.start, span.end) for span in ours.spans]
        assert [(span.label, span.start, span.end) for span in theirs.spans] == places
        assert any(span.attributes for span in theirs.spans) == ("attributes" not in without)
        assert bool(theirs.claims) == ("claims" not in without)


def test_every_option_that_changes_the_prompt_is_one_of_the_export(schema: Schema, tmp_path: Path) -> None:
    (tmp_path / "FILE").write_text(GUIDELINES, encoding="utf-8")
    changed: dict[str, Any] = {"guidelines": str(tmp_path / "FILE"), "claims": False, "attributes": False}
    for field in msgspec.structs.fields(Options):
        value = changed.get(field.name, field.default)
        same = prompt_for(Options(**{field.name: value}), Setting.of(schema)) == prompt_for(
            Options(), Setting.of(schema)
        )
        assert same == (field.name not in OPTIONS)


def test_a_gold_of_ones_own_is_told_and_read_in_the_form_of_its_schema(other: Schema, chat: ChatServer) -> None:
    """Ids that are missing or not in order, attributes that are, line ends of Windows, emoji, a quote said twice."""
    text = "Kyiv 🚀, Podil.\r\nKyiv; the Dnipro\r\nbank."
    again = text.rindex("Kyiv")
    spans = (
        place(text, "Dnipro\r\nbank", "x", within=("y",)),
        place(text, "Podil", within=("y",), kind="quarter"),
        place(text, "Kyiv", "y", kind="city"),
        Span(label="PLACE", start=again, end=again + 4, id="s1", text="Kyiv", attributes={"kind": None}),
    )
    documents = [Document(doc="d", text=text, published="2026-01-02", spans=spans), Document(doc="e", text="Nothing.")]
    with pytest.raises(ClaimspansError, match=r"the gold has no claims, and .* -o claims=false, here and when"):
        content("chat", documents, other)
    part = content("chat", documents, other, claims="false")
    rows = lines(part)
    form = prompt_for(Options(claims=False), Setting.of(other)).form
    for row in rows:
        said = json.loads(row["messages"][-1]["content"])
        jsonschema_rs.Draft202012Validator(form).validate(said)
    (first, second) = answered(chat, rows, documents, other, claims=False)
    assert "Where it was." in chat.asked[0]["messages"][0]["content"]
    assert [body["messages"] for body in chat.asked] == [row["messages"][:-1] for row in rows]
    assert (first.status, second.status, second.spans) == ("done", "done", ())
    assert [(span.id, span.start, span.text, span.attributes) for span in first.spans] == [
        ("s1", 0, "Kyiv", {"kind": "city", "within": ()}),
        ("s2", text.index("Podil"), "Podil", {"kind": "quarter", "within": ("s1",)}),
        ("s3", again, "Kyiv", {"kind": None, "within": ()}),
        ("s4", text.index("Dnipro"), "Dnipro\r\nbank", {"kind": None, "within": ("s1",)}),
    ]


def test_the_text_of_prompt_and_completion_is_that_of_the_messages(gold: Layer, schema: Schema) -> None:
    for chat_row, row in zip(
        lines(content("chat", gold, schema)), lines(content("prompt-completion", gold, schema)), strict=True
    ):
        system, user, assistant = (message["content"] for message in chat_row["messages"])
        assert row == {"prompt": f"{system}\n\n{user}\n", "completion": assistant}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"claims": "perhaps"}, r"openai: .*bool"),
        ({"guidelines": "nowhere.md"}, r"nowhere\.md: cannot be read"),
    ],
)
def test_an_option_that_cannot_be_is_refused_and_nothing_written(
    options: dict[str, Any], said: str, gold: Layer, schema: Schema, tmp_path: Path
) -> None:
    with pytest.raises(ClaimspansError, match=said):
        export(gold, "chat", tmp_path / "out", schema=schema, options=options)
    assert not (tmp_path / "out").exists()


@given(st.data())
def test_spans_that_a_quote_does_not_lead_back_to_are_counted(data: st.DataObject) -> None:
    schema = default_schema()
    text = data.draw(st.lists(st.sampled_from(["a", "b", "A", " ", "\n", "'", "é", "🚀"]), min_size=1).map("".join))
    spans = []
    for _ in range(data.draw(st.integers(0, 5))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        label = data.draw(st.sampled_from(["ITEM", "STANCE"]))
        spans.append(Span(label=label, start=start, end=end))
    document = Document(doc="d", text=text, spans=tuple(spans))
    task = Task.whole([document], schema, {"attributes": "false", "claims": "false"})
    dropped: Counter[str] = Counter()
    ((_, answer),) = conversations(task, dropped)
    read = read_answer(article_of(document), json.loads(answer), schema).document
    found = {span.id: (span.start, span.end) for span in read.spans}
    ordered = sorted(spans, key=lambda span: span.order)
    astray = sum(found.get(f"s{number}") != (span.start, span.end) for number, span in enumerate(ordered, 1))
    assert dropped[ELSEWHERE] == astray
