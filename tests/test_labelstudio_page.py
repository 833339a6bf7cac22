"""Two annotators at the page of a real Label Studio, and what pull makes of their work."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pytest

from claimspans import Document, Layer, Span
from claimspans.labelstudio.accounts import invite
from claimspans.labelstudio.client import Client
from claimspans.labelstudio.pull import pull
from claimspans.labelstudio.push import push
from claimspans.labelstudio.server import current
from claimspans.records import document_records
from claimspans.schema import Schema

from .conftest import chromium
from .labelstudio_page import TASKS, Annotator
from .labelstudio_server import GROUP, LabelStudio

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    GROUP,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: install the package chromium to run the browser tests"),
]

EMOJI = "🚀👩‍👩‍👧 e\u0301\u00a0The Kremlin denied the report on Monday.\n\nTokyo condemned the launch 🎆 later."
"""Behind the emoji a browser counts 10 more than Python does: each sign beyond U+FFFF is two units of UTF-16."""

TITLE = "Two annotators"


def span(label: str, quote: str, text: str = EMOJI, **attributes: Any) -> Span:
    start = text.index(quote)
    return Span(
        label=label, start=start, end=start + len(quote), id=f"{label}-{start}", text=quote, attributes=attributes
    )


class Work(NamedTuple):
    """The project with its tasks by article, and the second account."""

    project: int
    tasks: dict[str, int]
    second: tuple[str, str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def work(label_studio: LabelStudio, gold: Layer, schema: Schema) -> Work:
    kremlin = span("SPEAKER", "Kremlin", entity="Kremlin", source_type="body", country="RU", relay=False)
    denied = span("STANCE", "denied", stance="denial", certainty="certain", speakers=(kremlin.id,))
    articles = [
        Document(doc="emoji", text=EMOJI, published="2024-09-05", spans=(kremlin, denied)),
        Document(doc="skipped", text="Nothing was said of arms.", published="2024-09-05"),
        gold[3],
    ]
    served, who = current(label_studio.home), label_studio.home.credentials()
    assert served is not None
    assert who is not None
    with Client(label_studio.url, label_studio.token) as client:
        pushed = push(client, TITLE, articles, schema)
        tasks = {row["data"]["doc_id"]: row["id"] for row in client.tasks(pushed.project, ["id", "data"])}
    second = invite(served, who, "Berta")
    return Work(pushed.project, tasks, (second.username, second.password))


@pytest.fixture
def annotator(browser: Browser, label_studio: LabelStudio, tmp_path: Path) -> Iterator[Callable[[], Annotator]]:
    """New annotators; what each saw last is kept as a picture in the test's folder."""
    made: list[Annotator] = []

    def make() -> Annotator:
        made.append(Annotator(browser, label_studio))
        return made[-1]

    yield make
    for number, one in enumerate(made):
        one.page.screenshot(path=tmp_path / f"annotator-{number}.png")
        one.page.context.close()


def records(folder: Path, doc: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{doc}.jsonl").read_text(encoding="utf-8").splitlines()]


def without_ids(rows: list[dict[str, Any]], texts: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Records with the words of a span in the place of its id, which a new one gets from the server."""
    words = texts or {row["id"]: row["text"] for row in rows if row["type"] == "span"}
    return [
        {
            key: [words[one] for one in value] if key == "speakers" else value
            for key, value in row.items()
            if key != "id"
        }
        for row in rows
    ]


def test_two_annotators_from_logging_in_to_the_layers(
    annotator: Callable[[], Annotator], label_studio: LabelStudio, work: Work, gold: Layer, schema: Schema, tmp_path: Path
) -> None:
    first = annotator()
    first.log_in(label_studio.username, label_studio.password)
    first.open_project(work.project)
    first.begin()

    # The suggestion is there; behind the emoji the mouse marks what Python would cut out.
    first.see("Kremlin", "SPEAKER")
    first.see("denied", "STANCE")
    first.mark("1", "Tokyo", "SPEAKER")
    first.click_on("Tokyo")
    first.write("SPEAKER.entity", "Japan")
    first.choose("state")
    first.write("SPEAKER.country", "JP")
    first.choose("false")
    first.mark("5", "condemned", "STANCE")
    first.click_on("condemned")
    first.choose("condemnation")

    # A required answer is missing, and nothing is sent.
    first.page.get_by_role("button", name="Submit current annotation").click()
    warning = first.page.locator(".ant-modal-body:visible, [role=dialog]:visible").get_by_text("certainty")
    warning.first.wait_for()
    first.page.get_by_role("button", name="OK").click()
    first.click_on("condemned")
    first.choose("certain")
    first.relate("condemned", "Tokyo")
    first.submit()

    first.see("Nothing was said")
    first.skip()
    assert first.elsewhere == []

    second = annotator()
    second.log_in(*work.second)
    second.open_project(work.project)
    second.picture("project", bottom=420)
    second.open_task(work.project, work.tasks["003"])
    second.see("procured", "CLAIM")
    second.picture("article", left=TASKS)
    second.mark("1", "Moscow", "SPEAKER")
    second.click_on("Moscow")
    second.write("SPEAKER.entity", "Russia")
    second.picture("fields", left=TASKS)
    second.page.get_by_role("button", name="Submit current annotation").click()
    second.page.get_by_role("button", name="OK").wait_for()
    second.picture("missing", left=TASKS)
    second.page.get_by_role("button", name="OK").click()
    second.delete("Moscow")
    second.click_on("said")
    second.choose("probable")
    second.picture("stance", left=TASKS)
    second.submit()

    # What the first one submitted is mended by the second, and stays the first one's.
    second.open_task(work.project, work.tasks["emoji"])
    second.see("condemned", "STANCE")
    second.click_on("condemned")
    second.choose("probable")
    second.submit("Update current annotation", "PATCH")
    assert second.elsewhere == []

    with Client(label_studio.url, label_studio.token) as client:
        pulled = pull(client, TITLE, tmp_path, schema)
    assert (pulled.problems, pulled.conflicts) == ([], [])

    emoji = records(tmp_path / label_studio.username, "emoji")
    expected = [
        span("SPEAKER", "Kremlin", entity="Kremlin", source_type="body", country="RU", relay=False),
        span("STANCE", "denied", stance="denial", certainty="certain", speakers=("Kremlin",)),
        span("SPEAKER", "Tokyo", entity="Japan", source_type="state", country="JP", relay=False),
        span("STANCE", "condemned", stance="condemnation", certainty="probable", speakers=("Tokyo",)),
    ]
    assert [row["text"] for row in emoji if row["type"] == "span"] == [
        EMOJI[row["start"] : row["end"]] for row in emoji if row["type"] == "span"
    ]
    wanted = list(document_records(Document(doc="emoji", spans=tuple(expected))))
    assert without_ids(emoji)[1:] == [{k: v for k, v in row.items() if k != "id"} for row in wanted if "label" in row]

    changed = [
        msgspec.structs.replace(one, attributes={**one.attributes, "certainty": "probable"})
        if (one.label, one.text) == ("STANCE", "said") and one.start == EMOJI_SAID
        else one
        for one in gold[3].spans
    ]
    edited = msgspec.structs.replace(gold[3], spans=tuple(changed))
    theirs = records(tmp_path / work.second[0], "003")
    assert theirs[1:] == [msgspec.to_builtins(row) for row in document_records(edited)][1:]
    assert not (tmp_path / label_studio.username / "skipped.jsonl").exists()
    assert not (tmp_path / label_studio.username / "003.jsonl").exists()


EMOJI_SAID = 271
"""Where the first “said” of article 003 stands, on which the second annotator clicks."""
