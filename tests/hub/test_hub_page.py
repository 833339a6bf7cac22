"""The card as its reader sees it, in a real browser: its pictures, tables and headings, and the pictures' words."""

from __future__ import annotations

import hashlib
import os
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from ..helpers.labelstudio_page import PICTURES
from ..helpers.places import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.xdist_group("hub"),
]
WIDTH = 960
STYLE = """<!doctype html><meta charset="utf-8"><style>
body { font: 16px/1.5 sans-serif; margin: 24px; color: #1f2328; background: white }
h1, h2 { border-bottom: 1px solid #d0d7de; padding-bottom: 6px }
table { border-collapse: collapse } th, td { border: 1px solid #d0d7de; padding: 5px 12px; vertical-align: top }
code { background: #f0f1f3; border-radius: 4px; padding: 1px 4px; font-size: 85% } img { max-width: 100% }
pre { background: #f6f8fa; padding: 12px; overflow: auto } pre code { background: none; padding: 0 }
</style>"""
_BOXES = """pattern => [...document.querySelectorAll(pattern)].map(each => {
  const {left, top, right, bottom} = each.getBoundingClientRect();
  return {left, top, right, bottom, words: each.innerHTML.match(/<!--(.*?)-->/)?.[1]};
})"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": WIDTH, "height": 1000}, color_scheme="light")


def rendered(folder: Path) -> str:
    """The card's body as HTML, as plain Markdown with tables has it."""
    body = (folder / "README.md").read_text(encoding="utf-8").split("\n---\n", 1)[1]
    return f"{STYLE}{MarkdownIt('commonmark').enable('table').render(body)}"


def test_the_card_is_whole_on_the_page(whole: Path, page: Page) -> None:
    shown = whole.with_name("card.html")
    shown.write_text(rendered(whole).replace('src="', f'src="{whole.name}/'), encoding="utf-8")
    page.goto(shown.as_uri())
    pictures = page.eval_on_selector_all("img", "all => all.map(one => [one.naturalWidth, one.clientWidth, one.alt])")
    assert len(pictures) == 3
    assert all(natural and WIDTH / 2 < wide <= WIDTH and alt for natural, wide, alt in pictures)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    unread = [text for text in page.locator("p").all_inner_texts() if text.startswith(("|", "#", "- ")) or "**" in text]
    assert unread == []
    assert page.locator("h2").all_inner_texts() == [
        "Quick start", "Configurations", "Fields", "Labels and boundary rules", "How it was annotated", "Baselines",
        "What 5 articles can and cannot show", "Leakage", "Rights", "Data statement", "Datasheet", "Versions",
        "Citation", "Contact", "Scoring all folds",
    ]  # fmt: skip
    picture(page, whole)


def picture(page: Page, whole: Path) -> None:
    """The beginning of the card in docs/pictures is that of this card; with CLAIMSPANS_PICTURES it is made again."""
    head = rendered(whole).partition("<h2>Fields</h2>")[0].encode()
    made_from = hashlib.sha256(head + (whole / "show.svg").read_bytes()).hexdigest()
    if folder := os.environ.get(PICTURES):
        path = Path(folder) / "hub-card.png"
        end = page.locator("h2", has_text="Fields").bounding_box()
        assert end is not None
        page.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": end["y"] - 12})
        info = PngInfo()
        info.add_text("made-from", made_from)
        small = Image.open(path).convert("P", palette=Image.Palette.ADAPTIVE, colors=128)
        small.save(path, optimize=True, pnginfo=info)
    shown: Any = Image.open(ROOT / "docs" / "pictures" / "hub-card.png")
    assert shown.text["made-from"] == made_from, f"the card has changed: make the picture again, with {PICTURES} set"


@pytest.mark.parametrize("name", ["labels.svg", "timeline.svg"])
def test_no_words_of_a_picture_lie_over_others_or_outside(whole: Path, page: Page, name: str) -> None:
    page.goto((whole / name).as_uri())
    words = page.evaluate(_BOXES, "g[id^=text_], text")
    (frame,) = page.evaluate(_BOXES, ":root")
    assert len(words) > 10
    for one in words:
        assert frame["left"] <= one["left"] < one["right"] <= frame["right"], one
        assert frame["top"] <= one["top"] < one["bottom"] <= frame["bottom"], one
    for one, two in combinations(words, 2):
        apart = one["right"] <= two["left"] or two["right"] <= one["left"]
        assert apart or one["bottom"] <= two["top"] or two["bottom"] <= one["top"], (one, two)
