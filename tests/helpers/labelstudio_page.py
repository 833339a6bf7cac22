"""What an annotator does in Label Studio's page, as a person's hands do it: keys, and the mouse over words."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from .browser import PATIENCE
from .labelstudio_server import LabelStudio

PICTURES = "CLAIMSPANS_PICTURES"
"""The environment variable of the folder for pictures; the documents' are made with docs/pictures."""

WIDTH, HEIGHT, TASKS = 1200, 720, 240
"""Pixels of the window, and of the list of tasks at its left."""

TAKEN = 5_000
"""Milliseconds after which a key that showed nothing was not heard."""


WORDS = """
function words(root, quote) {
  const nodes = [];
  let text = "";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    nodes.push({node: walker.currentNode, start: text.length});
    text += walker.currentNode.data;
  }
  const at = text.indexOf(quote);
  const one = index => {
    const {node, start} = nodes.findLast(({start}) => start <= index);
    const range = document.createRange();
    range.setStart(node, index - start);
    range.setEnd(node, index - start + 1);
    return range;
  };
  return at < 0 ? null : {first: one(at), last: one(at + quote.length - 1)};
}
"""
_PLACE = (
    "(root, quote) => {"
    + WORDS
    + """
  const {first, last} = words(root, quote);
  first.startContainer.parentElement.scrollIntoView({block: "center"});
  const from = first.getBoundingClientRect(), to = last.getBoundingClientRect();
  return [from.left, from.top + from.height / 2, to.right, to.top + to.height / 2];
}"""
)
_MARK = (
    "(root, quote) => {"
    + WORDS
    + """
  const found = words(root, quote);
  return found ? [...root.querySelectorAll(".htx-highlight")]
    .filter(one => one.contains(found.first.startContainer)).map(one => one.dataset.label.replace(/^\\d+:/, "")) : null;
}"""
)


class Annotator:
    """One person at the page of one server."""

    def __init__(self, browser: Browser, studio: LabelStudio) -> None:
        self.studio = studio
        # The light page whatever the machine prefers, so that pictures are alike.
        self.page: Page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        self.page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self.elsewhere: list[str] = []
        self.page.route(lambda url: not url.startswith((studio.url, "data:", "blob:")), self._refuse)

    def _refuse(self, route: Any) -> None:
        self.elsewhere.append(route.request.url)
        route.abort()

    def log_in(self, username: str, password: str, picture: str | None = "login") -> None:
        self.page.goto(f"{self.studio.url}/user/login/")
        self.page.locator("input[name=email]").fill(username)
        self.page.locator("input[name=password]").fill(password)
        self.picture(picture, left=640, right=1160, bottom=600)
        self.page.locator("button[type=submit]").click()
        self.page.wait_for_url(lambda url: "login" not in url)

    def open_project(self, project: int) -> None:
        self.page.goto(f"{self.studio.url}/projects/{project}/data")
        expect(self.page.get_by_role("button", name="Label All Tasks")).to_be_visible()

    def list_articles(self, *docs: str) -> None:
        """Wait until the list of articles names these, where it can be seen without scrolling."""
        for doc in docs:
            expect(self.page.get_by_text(doc, exact=True)).to_be_in_viewport()

    def begin(self, picture: str | None = "instructions") -> None:
        """Label All Tasks: the instructions come first, then the first article that is not done."""
        self.page.get_by_role("button", name="Label All Tasks").click()
        close = self.page.get_by_role("button", name="Close modal")
        close.wait_for()
        self.picture(picture, left=280, right=920, bottom=500)
        close.click()
        close.wait_for(state="hidden")

    def open_task(self, project: int, task: int) -> None:
        self.page.goto(f"{self.studio.url}/projects/{project}/data?task={task}")

    def open_row(self, project: int, task: int) -> None:
        """Open an article by a click on its row."""
        self.open_project(project)
        row = self.page.get_by_role("checkbox", name=f"Select Task {task}", exact=True)
        row.locator(f"xpath=following::*[text()='{task}'][1]").click()

    def tabs(self, *names: str) -> None:
        """Wait until the versions of the article stand as tabs above it, in this order."""
        expect(self.page.locator(".lsf-annotation-button__name")).to_have_text(list(names))

    def duplicate(self, version: str) -> None:
        """Make a version one's own annotation, by the menu of its tab."""
        tab = self.page.locator(".lsf-annotation-button").filter(has=self.page.get_by_text(version, exact=True))
        tab.click()
        expect(tab).to_have_class(re.compile("selected"))
        tab.hover()
        tab.locator(".lsf-annotation-button__trigger").click()
        self.page.locator("text=Duplicate Annotation >> visible=true").click()
        expect(self.page.locator("button:visible").get_by_text("Submit", exact=True)).to_be_visible()

    @property
    def text(self) -> Locator:
        return self.page.locator(".lsf-richtext__container:visible")

    def see(self, quote: str, *labels: str, patience: int = PATIENCE) -> None:
        """Wait so many milliseconds until the words are there, marked with these labels and no others."""
        expect(self.text).to_contain_text(quote.split("\n", maxsplit=1)[0])
        for _ in range(patience // 100):
            if self.text.evaluate(_MARK, quote) == list(labels):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{quote}: {self.text.evaluate(_MARK, quote)}, expected {labels}")

    def take_label(self, key: str, label: str) -> None:
        """Press a label's key, again where the page did not hear it: it hears keys a while after it shows the text."""
        taken = self.page.locator(".lsf-label_selected:visible").filter(has_text=label)
        for _ in range(PATIENCE // TAKEN):
            self.page.keyboard.press(key)
            with contextlib.suppress(AssertionError):
                expect(taken).to_have_count(1, timeout=TAKEN)
                return
        raise AssertionError(f"{label}: not taken by the key {key}")

    def select_words(self, quote: str) -> None:
        """Press the mouse at the first character, draw to the last, let go."""
        left, above, right, below = self.text.evaluate(_PLACE, quote)
        self.page.mouse.move(left + 1, above)
        self.page.mouse.down()
        self.page.mouse.move((left + right) / 2, (above + below) / 2, steps=5)
        self.page.mouse.move(right - 1, below, steps=5)
        self.page.mouse.up()

    def draw_mark(self, key: str, quote: str, label: str) -> None:
        """Take a label and draw it over words, again where the page that was drawn on had just been made anew."""
        for _ in range(PATIENCE // TAKEN - 1):
            self.take_label(key, label)
            self.select_words(quote)
            with contextlib.suppress(AssertionError):
                self.see(quote, label, patience=TAKEN)
                return
        self.see(quote, label)

    def mark(self, key: str, quote: str, label: str) -> None:
        self._let_go()
        self.draw_mark(key, quote, label)

    def click_on(self, quote: str) -> None:
        """Select the region there. A click on one that is selected would let it go, so nothing is selected before."""
        self._let_go()
        self._click(quote)
        self._questions.first.wait_for()

    @property
    def _questions(self) -> Locator:
        """What the page asks of the selected region."""
        return self.page.locator(".cs-fields .lsf-choices:visible, .cs-fields input[type=text]:visible")

    def _let_go(self) -> None:
        self.page.keyboard.press("Escape")
        expect(self._questions).to_have_count(0)

    def delete(self, quote: str) -> None:
        self.click_on(quote)
        self.page.keyboard.press("Backspace")
        self.see(quote)

    def _click(self, quote: str) -> None:
        left, above, right, _ = self.text.evaluate(_PLACE, quote)
        self.page.mouse.click((left + right) / 2, above)

    def write(self, field: str, value: str, *, enter: bool = True) -> None:
        """Type an answer. Without ``enter`` the page takes it when the mark is let go of, or on Submit."""
        entry = self.page.locator(f'input[name="{field}"]:visible')
        entry.fill(value)
        if enter:
            entry.press("Enter")
            entry.wait_for(state="hidden")

    def mend(self, wrong: str, right: str) -> None:
        """Change a written answer with the pencil, which is there while one points at it."""
        answer = self.page.get_by_test_id("textarea-region").filter(has_text=wrong)
        answer.hover()
        answer.get_by_label("Edit Region").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(right)
        self.page.keyboard.press("Enter")
        self.page.get_by_test_id("textarea-region").get_by_text(right, exact=True).wait_for()

    def let_go_from_a_field(self, field: str) -> None:
        """Esc counts only once the cursor is out of the field, which a click beside the words brings about."""
        self.page.locator(f'input[name="{field}"]:visible').focus()
        self.page.keyboard.press("Escape")
        expect(self._questions.first).to_be_visible()
        box = self.text.bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + 5, box["y"] + box["height"] - 5)
        self._let_go()

    def choose(self, value: str) -> None:
        box = self.page.locator(f'.lsf-choice:visible input[name="{value}"]')
        box.check()
        expect(box).to_be_checked()

    def relate(self, source: str, target: str) -> None:
        self.click_on(source)
        arrows = self.page.locator("svg path[marker-end], svg g path")
        before = arrows.count()
        self.page.keyboard.press("Alt+r")
        self._click(target)
        self.page.wait_for_function(
            "before => document.querySelectorAll('svg path[marker-end], svg g path').length > before", arg=before
        )

    def name_last_arrow(self, name: str) -> None:
        """Choose what an arrow means: at its row in the tab Relations, behind a button that is there on pointing."""
        self.page.get_by_text("Relations", exact=True).first.click()
        row = self.page.locator(".lsf-relations__item").last
        row.hover()
        row.get_by_label("Show Relation Labels").click()
        row.locator(".lsf-relation-meta button").click()
        self.page.get_by_role("option", name=name).click()
        self.page.keyboard.press("Escape")

    def submit(self) -> None:
        self._send("Submit", "POST")

    def update(self) -> None:
        """Submit again what was submitted before."""
        self._send("Update", "PATCH")

    def skip(self) -> None:
        self._send("Skip", "POST")

    def submit_in_vain(self, missing: str, picture: str | None = None) -> None:
        """Submit although an answer is missing: the page says which, and sends nothing."""
        self._press("Submit")
        self.page.get_by_text(missing).wait_for()
        self.picture(picture, left=TASKS)
        # A press while the message is still coming is lost.
        while self.page.get_by_text(missing).is_visible():
            self._press("OK")
            self.page.wait_for_timeout(500)

    def _press(self, button: str) -> None:
        self.page.locator("button:visible").get_by_text(button, exact=True).click()

    def _send(self, button: str, method: str) -> None:
        """Press a button and wait until the server has taken what it sends."""
        with self.page.expect_response(
            lambda answer: "/annotations" in answer.url and answer.request.method == method
        ) as answer:
            self._press(button)
        assert answer.value.ok

    def picture(self, name: str | None, left: int = 0, right: int = WIDTH, bottom: int = HEIGHT) -> None:
        """Keep what the page shows, or a part of it, where somebody wants it for the documents."""
        if name and (folder := os.environ.get(PICTURES)):
            self.page.screenshot(
                path=Path(folder) / f"labelstudio-{name}.png",
                animations="disabled",
                clip={"x": left, "y": 0, "width": right - left, "height": bottom},
            )
