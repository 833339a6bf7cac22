"""What a mark costs at the page of a real Label Studio, in keys, clicks and drags of the mouse."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import expect

from claimspans import Document
from claimspans.data.schema import default_schema
from claimspans.labelstudio.config import configuration
from claimspans.labelstudio.decode import from_annotation
from claimspans.labelstudio.fields import Page
from claimspans.labelstudio.push import push

from ..helpers.labelstudio_page import Annotator
from ..helpers.labelstudio_server import Api, LabelStudio
from ..helpers.places import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.slow, pytest.mark.browser]
TEXT = "Kim said that he sent 65 shells in May."
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
            self._page.wait_for_timeout(150)
        self._done[0] += len(keys)

    def click(self, words: str) -> None:
        self._person._click(words)
        self._page.wait_for_timeout(300)
        self._done[1] += 1

    def mark(self, key: str, words: str, label: str) -> None:
        """Mark words; the mark is selected then, by itself or by a click."""
        self.press(key)
        self._person.select_words(words)
        self._done[2] += 1
        self._person.see(words, label)
        if not self._selected:
            self.click(words)
        expect(self._person._questions.first).to_be_visible()

    def write(self, answer: str) -> None:
        """Type into the text field that Tab leads to."""
        self.press("Tab", *answer, "Enter")

    def choose(self, *keys: str) -> None:
        """Press the keys of answers, each of which is ticked then."""
        ticked = self._page.locator(".lsf-choice:visible input:checked")
        before = ticked.count()
        self.press(*keys)
        expect(ticked).to_have_count(before + len(keys))

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


def keys_of(page: str, control: str, *values: str) -> list[str]:
    """The keys of answers, as a configuration has them."""
    choices = {
        (one.get("name"), choice.get("value")): str(choice.get("hotkey"))
        for one in ET.fromstring(page).iter("Choices")  # noqa: S314 -- our own
        for choice in one
    }
    return [choices[control, value] for value in values]


def annotate(person: Annotator, page: str, *, selected: bool) -> dict[str, Cost]:
    """Mark each label once with the answers that it must have, a claim before its four parts; what each costs.

    An arrow is drawn when the part has just been made and is selected: after an arrow nothing is.
    """
    hands, found = Hands(person, selected=selected), {}

    def mark(key: str, words: str, fields: str, *values: str, wrote: str = "", speaker: str = "") -> None:
        label = fields.partition(".")[0]
        hands.mark(key, words, label)
        if wrote:
            hands.write(wrote)
        for field, value in zip(fields.split(), values, strict=True):
            hands.choose(*keys_of(page, field, value))
        if speaker:
            hands.arrow(speaker)
        found[label] = hands.cost
        if label in ("QUANTITY", "ITEM", "DATE", "STANCE"):
            if speaker:
                hands.click(words)
            hands.arrow("sent")
            found["CLAIM"] = Cost(*map(sum, zip(found["CLAIM"], hands.cost, strict=True)))
        person._let_go()

    mark("1", "Kim", "SPEAKER.source_type SPEAKER.relay", "person", "false", wrote="Kim")
    mark("6", "sent", "CLAIM.event CLAIM.status", "transfer", "occurred")
    mark("2", "65", "QUANTITY.comparator QUANTITY.measure", "eq", "count", wrote="65")
    mark("3", "shells", "ITEM.category", "ML3")
    mark("4", "May", "DATE.date_role", "event", wrote="2024-05")
    mark("5", "said", "STANCE.stance STANCE.certainty", "assertion", "certain", speaker="Kim")
    return found


@pytest.mark.parametrize("selected", [False, True])
def test_what_a_mark_costs(person: Annotator, label_studio: LabelStudio, *, selected: bool) -> None:
    page, title = configuration(default_schema()), f"What a mark costs {selected}"
    with Api(label_studio.url, label_studio.token) as client:
        number = push(client, title, [Document(doc="k", text=TEXT)], default_schema(), layer=None).project
        (task,) = [row["id"] for row in client.tasks(number, ["id"], inside=False)]
    given = json.dumps({SETTING: selected})
    person.page.evaluate("given => localStorage.setItem('labelStudio:settings', given)", given)
    person.open_task(number, task)
    person.see("Kim")
    found = annotate(person, page, selected=selected)
    person.submit()
    with Api(label_studio.url, label_studio.token) as client:
        (made,) = client.get(f"/api/tasks/{task}/annotations/")
        opened = client.get(f"/api/tasks/{task}")
    document, notes = from_annotation(opened, made, Page(default_schema()))
    assert notes == []
    assert document is not None
    assert len(document.spans) == 5
    (claim,) = document.claims
    assert [len(part) for part in (claim.holders, claim.when, claim.cargo)] == [1, 1, 2]
    row = re.compile(r"^\| (\w+) \|[^|]*\| ([\d+ ]+) \| ([\d+ ]+) \|$", re.MULTILINE)
    rows = row.findall((ROOT / "docs" / "annotators.md").read_text(encoding="utf-8"))
    assert found == {label: Cost(*map(int, costs[selected].split(" + "))) for label, *costs in rows}
