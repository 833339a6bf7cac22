"""docs/extractors.md: each example is run as its reader would, and nothing that it should name is left out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest

from claimspans.data.layer import Layer
from claimspans.data.records import Document
from claimspans.data.schema import Schema
from claimspans.extractors import SCHEMES, Refused, article_of, read_answer
from claimspans.extractors.run.folder import _OWN
from claimspans.extractors.run.schedule import RETRIES
from claimspans.labelstudio.encode import to_task
from claimspans.labelstudio.fields import Page

from ..helpers.chat_server import completion
from ..helpers.chat_server import serve as serve_chat
from ..helpers.documented import free_port, play, sections
from ..helpers.places import ROOT

DOCUMENT = ROOT / "docs" / "extractors.md"
SECTIONS = sections(DOCUMENT)
MODELS = [title for title in SECTIONS if title.startswith(("`hf`", "`gliner`"))]
FIRST = "Score your own extractor in five minutes"
KINDS = [title for title in SECTIONS if title.startswith("`")]
RUN = [
    FIRST,
    *(title for title in KINDS if title not in MODELS and not title.startswith(("`openai`", "`labelstudio`"))),
]


def of_kind(scheme: str) -> list[tuple[str, str]]:
    return next(blocks for title, blocks in SECTIONS.items() if title.startswith(f"`{scheme}`"))


def test_there_is_an_example_for_every_kind() -> None:
    commands = "".join(content for title in KINDS for _, content in SECTIONS[title])
    missing = [scheme for scheme in SCHEMES if f"claimspans score {scheme}" not in commands.replace("'", "")]
    assert missing == ["https"]  # as http, but for its certificate
    assert len(MODELS) == 2


def test_what_the_document_shows_of_the_contract_is_an_answer(gold: Layer, schema: Schema) -> None:
    text = DOCUMENT.read_text(encoding="utf-8").partition("## What goes in")[2]
    shown = re.findall(r"^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    (document,) = (document for document in gold if document.doc == "003")
    article = article_of(document)
    question = json.loads(shown[0])
    assert question.keys() == msgspec.to_builtins(article).keys()
    assert article.text.startswith(question["text"].rstrip("…").rstrip())
    assert question["published"] == article.published
    answers = [json.loads(line) for line in shown[1].splitlines()]
    spans = []
    for answer in answers[:-1]:
        found = read_answer(article, answer, schema)
        assert found.document.status == "done", answer
        spans += [span.text for span in found.document.spans]
    assert spans == ["over 16,500 containers", "over 16,500 containers", "munitions", "said"]
    with pytest.raises(Refused, match="the text is too long"):
        read_answer(article, answers[-1], schema)


def test_the_example_of_the_aligner_gives_what_stands_below_it() -> None:
    text = DOCUMENT.read_text(encoding="utf-8").partition("## From quotes to offsets")[2]
    (block,) = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    *lines, expression, comment = block.splitlines()
    names: dict[str, object] = {}
    exec("\n".join(lines), names)  # noqa: S102
    assert repr(eval(expression, names)) == comment.removeprefix("# ")  # noqa: S307


def test_the_files_of_a_run_and_the_limits_are_those_of_the_code() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for name in _OWN:
        assert name == ".lock" or f"`{name}" in text
    assert RETRIES == 4
    assert "up to four times again" in text


@pytest.mark.slow
@pytest.mark.parametrize("title", RUN)
def test_an_example_runs(title: str, tmp_path: Path) -> None:
    printed = play(SECTIONS[title], tmp_path, {"8000": str(free_port())})
    assert "micro" in printed
    assert "in 5 articles (5 done)" in printed
    for run in (tmp_path / "runs").iterdir():
        lines = [json.loads(line) for line in (run / "predictions.jsonl").read_text(encoding="utf-8").splitlines()]
        assert len(lines) == 5
        assert any(line["spans"] for line in lines), f"{title}: {run.name} found nothing"


@pytest.mark.slow
def test_the_example_from_python_runs(tmp_path: Path) -> None:
    play([block for block in SECTIONS[FIRST] if block[0] == "python"], tmp_path)
    printed = play(SECTIONS["From Python"], tmp_path)
    assert "'done': 5" in printed
    assert 0 < float(printed.splitlines()[-1]) < 1


@pytest.mark.slow
def test_the_example_of_an_archive_runs(tmp_path: Path) -> None:
    play([block for block in SECTIONS[FIRST] if block[0] == "python"], tmp_path)
    assert "'label': 'STANCE'" in play(SECTIONS["Archives"], tmp_path)


@pytest.mark.slow
def test_the_example_of_a_language_model_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    content = json.dumps({"quotes": [{"id": "s1", "label": "ITEM", "quote": "ammunition"}], "claims": []})
    with serve_chat(lambda _: completion(content)) as server:
        printed = play(of_kind("openai"), tmp_path, {"http://127.0.0.1:8000/v1#MODEL": server.uri.partition(":")[2]})
    assert "in 5 articles" in printed


@pytest.mark.slow
def test_the_example_of_label_studio_runs(tmp_path: Path, gold: Layer, schema: Schema) -> None:
    tasks = [to_task(document, Page(schema), layer="annotations") | {"id": 7} for document in gold]
    (tmp_path / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    printed = play(of_kind("labelstudio"), tmp_path)
    micro = next(line for line in printed.splitlines() if line.startswith("micro"))
    assert micro.split()[-3:] == ["1.000", "1.000", "1.000"]  # who marks what the gold has is right


def test_an_export_answers_for_its_own_articles_only(tmp_path: Path, gold: Layer, schema: Schema) -> None:
    from claimspans.extractors import get

    tasks = [to_task(document, Page(schema), layer="annotations") | {"id": 7} for document in gold]
    (tmp_path / "export.json").write_text(json.dumps(tasks[:2]), encoding="utf-8")
    given = [gold[0], Document(doc=gold[1].doc, text="another text"), gold[2]]
    found = list(get(f"labelstudio:{tmp_path / 'export.json'}")(given))
    assert found[0].spans == gold[0].spans
    assert [one.error.detail[:40] if one.error else None for one in found] == [
        None,
        "the export has another text for this art",
        "the export has no submitted task for thi",
    ]
