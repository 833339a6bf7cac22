"""The report in a real browser: filters, keys, two systems, hostile text, dark and narrow screens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from claimspans import Document, Layer, Schema, Span
from claimspans.report.html import System, render

from ..helpers.browser import PATIENCE
from .test_report import system, worsened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("report"),
]
HOSTILE = (
    "<script>alert(1)</script> & \u202eright-to-left\u202c 👩‍👩‍👧 </script><img src=x onerror=alert(2)> "
    + "long" * 5000
)


@pytest.fixture
def one(gold: Layer) -> list[System]:
    return [system("one", gold, worsened(gold, 1))]


@pytest.fixture
def two(gold: Layer, one: list[System]) -> list[System]:
    return [*one, system("other", gold, worsened(gold, 2, scores=True))]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must not do anything: write to the console, fail, open a dialog, ask for what is not a file."""
    page = browser.new_page(color_scheme="light")
    page.set_default_timeout(PATIENCE)
    failed: list[str] = []

    def refuse(dialog: Dialog) -> None:
        failed.append(dialog.message)
        dialog.dismiss()

    page.on("console", lambda message: failed.append(message.text))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("dialog", refuse)
    page.on("request", lambda request: failed.append(request.url) if not request.url.startswith("file:") else None)
    yield page
    page.close()
    assert failed == []


def show(page: Page, folder: Path, gold: list[Document], systems: list[System]) -> None:
    path = folder / "report.html"
    path.write_text(render(gold, systems), encoding="utf-8")
    page.goto(path.as_uri())


def listed(page: Page) -> int:
    """How many places are shown; the page's own count must say the same."""
    count = page.locator(".place:visible").count()
    assert page.locator("#count").inner_text().startswith(f"{count} of ")
    return count


def test_filters_narrow_the_list_and_its_count(
    page: Page, gold: Layer, one: list[System], tmp_path: Path, schema: Schema
) -> None:
    show(page, tmp_path, gold, one)
    errors = listed(page)
    assert page.locator('.place:visible[data-kinds="correct"]').count() == 0
    chip = page.locator(".chip", has_text="missed")
    missed = int(chip.locator(".n").inner_text())
    assert missed > 0
    chip.click()
    assert listed(page) == errors - missed
    page.get_by_role("button", name="No kinds").click()
    assert listed(page) == 0
    assert page.get_by_text("Nothing passes these filters").is_visible()
    chip.click()
    assert listed(page) == missed
    page.get_by_label("Article", exact=True).select_option("003")
    assert set(page.locator(".place:visible .where").evaluate_all("all => all.map(e => e.innerText.slice(0, 3))")) == {
        "003"
    }
    page.get_by_role("button", name="Reset").click()
    assert listed(page) == errors

    page.keyboard.press("/")
    page.keyboard.type("MUNITIONS")
    found = listed(page)
    assert 0 < found < errors
    assert all("munitions" in text.lower() for text in page.locator(".place:visible").all_text_contents())
    page.keyboard.press("Escape")
    assert listed(page) == errors

    page.get_by_label("Label", exact=True).select_option("DATE")
    date = str(list(schema.labels).index("DATE"))
    shown = page.locator(".place:visible").evaluate_all("all => all.map(e => e.dataset.labels.split(' '))")
    assert 0 < len(shown) < errors
    assert all(date in labels for labels in shown)

    cell = page.get_by_label(re.compile(r"^\d+ gold ITEM, predicted DATE$"))
    count = int(cell.inner_text())
    cell.click()
    assert listed(page) == count > 0
    page.get_by_role("button", name="× gold ITEM, predicted DATE").click()
    assert listed(page) == page.locator(".place").count()


def test_keys_step_through_the_errors(page: Page, gold: Layer, one: list[System], tmp_path: Path) -> None:
    show(page, tmp_path, gold, one)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the errors"
    at = "[...document.querySelectorAll('.place:not([hidden])')].indexOf(document.activeElement)"
    steps = []
    for key in ("j", "j", "ArrowDown", "k", "ArrowUp", "k"):
        page.keyboard.press(key)
        steps.append(page.evaluate(at))
    assert steps == [0, 1, 2, 1, 0, 0]
    assert page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    box = page.locator(":focus").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.locator("#words").input_value() == "jk"


def test_two_systems_are_told_apart(page: Page, gold: Layer, two: list[System], tmp_path: Path) -> None:
    show(page, tmp_path, gold, two)
    errors = listed(page)
    parts = []
    for option in ("only A", "only B", "both"):
        page.get_by_label("Wrong").select_option(option)
        parts.append(listed(page))
    assert all(parts)
    assert sum(parts) == errors
    place = page.locator(".place:visible").first
    assert place.locator(".kind").count() >= 2
    page.get_by_label("Wrong").select_option("only B")
    badges = page.locator(".place:visible header > span:first-child").all_text_contents()
    assert {badge.split()[-1] for badge in badges} <= {"correct", "here"}


def test_hostile_text_is_shown_literally(page: Page, tmp_path: Path) -> None:
    bad = "</script><script>alert(3)</script>"
    gold = [
        Document(
            doc='"><b>1',
            text=HOSTILE,
            spans=(
                Span(label="ITEM", start=0, end=25, id="<i>s1", attributes={"category": bad, "origin": None}),
                Span(label="SPEAKER", start=28, end=50),
                Span(label="ITEM", start=100, end=len(HOSTILE)),
            ),
        )
    ]
    predicted = [
        Document(
            doc='"><b>1',
            spans=(
                Span(label="ITEM", start=0, end=25, attributes={"category": "<img src=x onerror=alert(4)>"}),
                Span(label='"><svg onload=alert(5)>', start=45, end=50, score=0.5),
            ),
        )
    ]
    show(page, tmp_path, gold, [system(f"runs/{bad}", gold, predicted)])
    texts = page.locator(".text").all_text_contents()
    assert texts[0].rstrip(" …") in HOSTILE
    assert texts[0].startswith("<script>alert(1)</script> & \u202eright-to-left\u202c 👩‍👩‍👧 </script><img")
    assert len(texts[-1]) > 20_000
    assert page.locator("h1").inner_text() == f"runs/{bad}"
    assert bad in (page.locator(".place").nth(0).text_content() or "")
    assert page.locator("script").count() == 1
    assert page.locator(".place img, .place b b, .place i, main svg[onload]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_dark_screen_gets_a_dark_page_and_a_narrow_one_no_sideways_scrolling(
    page: Page, gold: Layer, two: list[System], tmp_path: Path
) -> None:
    show(page, tmp_path, gold, two)
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(background) != light
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
