"""What a mark costs at the page of a real Label Studio, in keys, clicks and drags of the mouse."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import Locator, expect

from claimspans import Claim, Document, Span
from claimspans.data.records import Value
from claimspans.data.schema import default_schema
from claimspans.labelstudio.decode import from_annotation
from claimspans.labelstudio.fields import LISTED, Page
from claimspans.labelstudio.push import push

from ..helpers.labelstudio_page import Annotator
from ..helpers.labelstudio_server import Api, LabelStudio
from ..helpers.places import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.slow, pytest.mark.browser]
TEXT = "North Korea said that it sent 65 shells in May."
SETTING = "selectAfterCreate"
"""What an annotator ticks once under Settings: Select region after creating it."""


class Cost(NamedTuple):
    keys: int
    clicks: int
    drags: int


class Hands:
    """Hands that count: a chord such as Alt+R is one key."""

    def __init__(self, person: Annotator, *, selected: bool) -> None:
        self._person = person
        self._page = person.page
        self._selected = selected
        self._done = [0, 0, 0]

    @property
    def cost(self) -> Cost:
        """What was done since the last look."""
        found, self._done = Cost(*self._done), [0, 0, 0]
        return found

    def press(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key)
            self._page.wait_for_timeout(50)
        self._done[0] += len(keys)

    def click(self, words: str) -> None:
        self._person._click(words)
        self._page.wait_for_timeout(300)
        self._done[1] += 1

    def mark(self, key: str, words: str, label: str) -> None:
        """Mark words; the mark is selected then, by itself or by a click."""
        self._person.draw_mark(key, words, label)
        self._done[0] += 1
        self._done[2] += 1
        if not self._selected:
            self.click(words)
        expect(self._person._questions.first).to_be_visible()

    @property
    def questions(self) -> Locator:
        return self._person._questions

    def answer(self, page: str, control: str, value: str) -> None:
        """Answer by its key where the page has one for the value, else by typing it."""
        key = keys_of(page).get((control, value)) or keys_of(page).get((control + LISTED, value))
        if key is None:
            self.write(control, value)
            return
        ticked = self._page.locator(".lsf-choice:visible input:checked")
        before = ticked.count()
        self.press(key)
        expect(ticked).to_have_count(before + 1)

    def write(self, control: str, answer: str) -> None:
        """Type into a text field: Tab leads to it where it is the mark's first, else a click does."""
        field = self._page.locator(f'input[name="{control}"]:visible')
        self._page.keyboard.press("Tab")
        if field.evaluate("one => one === document.activeElement"):
            self._done[0] += 1
        else:
            field.click()
            self._done[1] += 1
        self.press(*answer, "Enter")
        field.wait_for(state="hidden")

    def arrow(self, words: str) -> None:
        """Draw an arrow from the mark that is selected."""
        self.press("Alt+r")
        self.click(words)


@pytest.fixture
def person(browser: Browser, label_studio: LabelStudio) -> Iterator[Annotator]:
    made = Annotator(browser, label_studio)
    made.page.set_viewport_size({"width": 1440, "height": 900})
    made.log_in(label_studio.username, label_studio.password, picture=None)
    yield made
    made.page.context.close()


def keys_of(page: str) -> dict[tuple[str | None, str | None], str]:
    """The keys of answers by control and value, as a configuration has them."""
    return {
        (one.get("name"), choice.get("value")): str(choice.get("hotkey"))
        for one in ET.fromstring(page).iter("Choices")  # noqa: S314 -- our own
        for choice in one
    }


def annotate(hands: Hands, page: str) -> dict[str, Cost]:
    """Mark each label once with its answers, a claim before its four parts; what each costs.

    An arrow is drawn when the part has just been made and is selected: after an arrow nothing is.
    """
    found = {}

    def mark(key: str, words: str, label: str, speaker: str = "", **answers: str) -> None:
        hands.mark(key, words, label)
        for field, value in answers.items():
            hands.answer(page, f"{label}.{field}", value)
        if speaker:
            hands.arrow(speaker)
        if label in ("QUANTITY", "ITEM", "DATE", "STANCE"):
            found[label] = hands.cost
            if speaker:
                hands.click(words)
            hands.arrow("sent")
            found["CLAIM"] = Cost(*map(sum, zip(found["CLAIM"], hands.cost, strict=True)))
        else:
            # After an arrow nothing is selected; any other mark has to be let go of before the next label's key.
            hands.press("Escape")
            found[label] = hands.cost
        expect(hands.questions).to_have_count(0)

    mark("1", "North Korea", "SPEAKER", source_type="state", relay="false", entity="North Korea", country="KP")
    mark("6", "sent", "CLAIM", event="transfer", status="occurred", supplier="KP")
    mark("2", "65", "QUANTITY", comparator="eq", measure="count", value="65", unit="shell")
    mark("3", "shells", "ITEM", category="ML3", origin="KP")
    mark("4", "May", "DATE", date_role="event", edtf="2024-05")
    mark("5", "said", "STANCE", "North Korea", stance="assertion", certainty="certain")
    return found


def known(count: int) -> list[Document]:
    """Articles with the values that are typed for this one, but for its date and number."""
    speaker: dict[str, Value] = {"entity": "North Korea", "source_type": "state", "country": "KP", "relay": False}
    quantity: dict[str, Value] = {"value": 1, "comparator": "eq", "unit": "shell", "measure": "count"}
    spans = [
        Span(label="SPEAKER", start=0, end=1, id="s1", attributes=speaker),
        Span(label="QUANTITY", start=1, end=2, id="s2", attributes=quantity),
        Span(label="ITEM", start=2, end=3, id="s3", attributes={"category": "ML3", "origin": "KP"}),
    ]
    claim = Claim(event="transfer", id="c1", status="occurred", supplier="KP")
    return [Document(doc=f"k{n}", text=TEXT, spans=tuple(spans), claims=(claim,)) for n in range(count)]


@pytest.mark.parametrize(("selected", "listed"), [(False, False), (True, False), (True, True)])
def test_what_a_mark_costs(person: Annotator, label_studio: LabelStudio, *, selected: bool, listed: bool) -> None:
    title = f"What a mark costs {selected} {listed}"
    with Api(label_studio.url, label_studio.token) as client:
        article = [Document(doc="k", text=TEXT)]
        number = push(client, title, article, default_schema(), layer=None, known=known(2 * listed)).project
        (task,) = [row["id"] for row in client.tasks(number, ["id"], inside=False)]
        page = client.get(f"/api/projects/{number}")["label_config"]
    given = json.dumps({SETTING: selected})
    person.page.evaluate("given => localStorage.setItem('labelStudio:settings', given)", given)
    person.open_task(number, task)
    person.see("North Korea")
    found = annotate(Hands(person, selected=selected), page)
    person.submit()
    with Api(label_studio.url, label_studio.token) as client:
        (made,) = client.get(f"/api/tasks/{task}/annotations/")
        opened = client.get(f"/api/tasks/{task}")
    document, notes = from_annotation(opened, made, Page(default_schema()))
    assert notes == []
    assert document is not None
    said = {name: value for span in document.spans for name, value in span.attributes.items()}
    assert [said[name] for name in ("entity", "country", "unit", "origin")] == ["North Korea", "KP", "shell", "KP"]
    (claim,) = document.claims
    assert [len(part) for part in (claim.holders, claim.when, claim.cargo)] == [1, 1, 2]
    assert claim.supplier == "KP"
    row = re.compile(r"^\| (\w+) \|[^|]*\| ([\d+ ]+) \| ([\d+ ]+) \| ([\d+ ]+) \|$", re.MULTILINE)
    rows = row.findall((ROOT / "docs" / "annotators.md").read_text(encoding="utf-8"))
    assert found == {label: Cost(*map(int, costs[selected + listed].split(" + "))) for label, *costs in rows}
