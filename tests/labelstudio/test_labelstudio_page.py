"""Two annotators at the page of a real Label Studio, and what pull makes of their work."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pytest

from claimspans import Document, Layer, Span
from claimspans.data.records import document_records, span_record, to_line
from claimspans.data.schema import Schema
from claimspans.labelstudio.accounts import invite
from claimspans.labelstudio.pull import pull
from claimspans.labelstudio.push import push
from claimspans.labelstudio.server import current

from ..helpers.labelstudio_page import TASKS, Annotator
from ..helpers.labelstudio_server import Api, LabelStudio

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.slow, pytest.mark.browser]

EMOJI = "🚀👩‍👩‍👧 e\u0301\u00a0The Kremlin denied the report on Monday.\n\nTokyo condemned the launch 🎆 later."
"""Behind the emoji a browser counts 10 more than Python does: each sign beyond U+FFFF is two units of UTF-16."""

TITLE = "Two annotators"
SAID = 271
"""Where the first “said” of article 003 stands, on which the second annotator clicks."""


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
    with Api(label_studio.url, label_studio.token) as client:
        pushed = push(client, TITLE, articles, schema)
        tasks = {row["data"]["doc_id"]: row["id"] for row in client.tasks(pushed.project, ["id", "data"])}
    second = invite(served, who, "Berta")
    return Work(pushed.project, tasks, (second.username, second.password))


Annotate = Callable[[str, str], Annotator]


@pytest.fixture
def annotator(browser: Browser, label_studio: LabelStudio, tmp_path: Path) -> Iterator[Annotate]:
    """Somebody who has logged in; what each saw last is kept as a picture in the test's folder."""
    made: list[Annotator] = []

    def log_in(username: str, password: str) -> Annotator:
        made.append(Annotator(browser, label_studio))
        made[-1].log_in(username, password)
        return made[-1]

    yield log_in
    for number, one in enumerate(made):
        one.page.screenshot(path=tmp_path / f"annotator-{number}.png")
        one.page.context.close()


def records(folder: Path, doc: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{doc}.jsonl").read_text(encoding="utf-8").splitlines()]


def first_annotator(person: Annotator, work: Work) -> None:
    """Completes the suggestions on one article."""
    person.open_project(work.project)
    person.begin()
    person.see("Kremlin", "SPEAKER")
    person.see("denied", "STANCE")
    person.mark("1", "Tokyo", "SPEAKER")
    person.click_on("Tokyo")
    person.write("SPEAKER.entity", "Japn", enter=False)
    person.choose("state")
    person.choose("false")
    person.click_on("Tokyo")
    person.mend("Japn", "Japan")
    person.let_go_from_a_field("SPEAKER.country")
    person.mark("5", "condemned", "STANCE")
    person.click_on("condemned")
    person.choose("condemnation")
    person.submit_in_vain("STANCE: choose certainty")
    person.click_on("condemned")
    person.choose("certain")
    person.relate("condemned", "Tokyo")
    person.name_last_arrow("speakers")
    person.click_on("Tokyo")
    person.write("SPEAKER.country", "JP", enter=False)
    person.submit()


def second_annotator(person: Annotator, work: Work) -> None:
    """Changes one answer of a suggestion, and one of what the first annotator submitted."""
    person.open_task(work.project, work.tasks["003"])
    person.see("procured", "CLAIM")
    person.picture("article", left=TASKS)
    person.mark("1", "Moscow", "SPEAKER")
    person.click_on("Moscow")
    person.write("SPEAKER.entity", "Russia")
    person.picture("fields", left=TASKS)
    person.submit_in_vain("SPEAKER: choose source_type", "missing")
    person.delete("Moscow")
    person.click_on("said")
    person.choose("probable")
    person.picture("stance", left=TASKS)
    person.submit()

    person.open_task(work.project, work.tasks["emoji"])
    person.see("condemned", "STANCE")
    person.click_on("condemned")
    person.choose("probable")
    person.update()


def test_two_annotators_from_logging_in_to_the_layers(
    annotator: Annotate, label_studio: LabelStudio, work: Work, gold: Layer, schema: Schema, tmp_path: Path
) -> None:
    first = annotator(label_studio.username, label_studio.password)
    first_annotator(first, work)
    second = annotator(*work.second)
    second.open_project(work.project)
    second.list_articles("emoji", "skipped", "003")
    second.picture("project", bottom=420)
    second.begin()
    second.see("Kremlin", "SPEAKER")  # everybody gets what somebody else has done, too
    first.see("Nothing was said")
    first.skip()
    second_annotator(second, work)
    # Everything that the page needs comes from this machine.
    assert first.elsewhere == second.elsewhere == []

    with Api(label_studio.url, label_studio.token) as client:
        pulled = pull(client, TITLE, tmp_path, schema)
    assert (pulled.problems, pulled.conflicts) == ([], [])
    written = sorted(Path(path).relative_to(tmp_path).as_posix() for path in pulled.written)
    assert written == [f"{work.second[0]}/003.jsonl", f"{work.second[0]}/emoji.jsonl"]
    (changed,) = [note.detail for note in pulled.news if "changed" in note.detail]
    assert changed.startswith(f"{work.second[0]} changed what {label_studio.username} had submitted")

    # Behind the emoji the mouse marked what Python cuts out there; what the second changed is theirs.
    emoji = [row for row in records(tmp_path / work.second[0], "emoji") if row["type"] == "span"]
    assert [row["text"] for row in emoji] == [EMOJI[row["start"] : row["end"]] for row in emoji]
    expected = [
        span("SPEAKER", "Kremlin", entity="Kremlin", source_type="body", country="RU", relay=False),
        span("STANCE", "denied", stance="denial", certainty="certain", speakers=("Kremlin",)),
        span("SPEAKER", "Tokyo", entity="Japan", source_type="state", country="JP", relay=False),
        span("STANCE", "condemned", stance="condemnation", certainty="probable", speakers=("Tokyo",)),
    ]
    assert [named_by_words(row, emoji) for row in emoji] == [without_id(span_record("emoji", one)) for one in expected]

    edited = [
        msgspec.structs.replace(one, attributes={**one.attributes, "certainty": "probable"})
        if (one.label, one.text, one.start) == ("STANCE", "said", SAID)
        else one
        for one in gold[3].spans
    ]
    assert edited != list(gold[3].spans)
    document = msgspec.structs.replace(gold[3], spans=tuple(edited))
    theirs = (tmp_path / work.second[0] / "003.jsonl").read_text(encoding="utf-8")
    ours = document_records(document, json.loads(theirs.splitlines()[0])["sha256"])
    assert theirs.splitlines() == "".join(map(to_line, ours)).splitlines()


def without_id(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "id"}


def named_by_words(record: dict[str, Any], spans: list[dict[str, Any]]) -> dict[str, Any]:
    """A record with the words of its speakers in the place of their ids, which are given by pull."""
    words = {row["id"]: row["text"] for row in spans}
    if "speakers" in record:
        record = record | {"speakers": [words[one] for one in record["speakers"]]}
    return without_id(record)
