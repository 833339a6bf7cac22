"""A site in a real browser, from disk: filters, links, keys, a narrow and a dark screen, axe's rules, hostile text."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import msgspec
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from claimspans import Claim, Corpus, Document, Layer, Span
from claimspans.data.escapes import csv_text
from claimspans.data.ledger import COLUMNS, entries
from claimspans.data.records import Cargo
from claimspans.data.schema import Schema
from claimspans.data.sources import Source
from claimspans.report.site.build import write_site
from claimspans.report.site.serve import serving

from ..helpers.browser import PATIENCE
from ..helpers.labelstudio_page import PICTURES
from ..helpers.places import ROOT
from .test_report import worsened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]
PAGES = (
    "index.html",
    "ledger.html",
    "articles.html",
    "articles/003.html",
    "report.html",
    "speakers.html#speaker=Russia",
)


@pytest.fixture(scope="module")
def pages(gold: Layer, corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five articles with a system laid over them."""
    out = tmp_path_factory.mktemp("site") / "pages"
    write_site(out, corpus, gold, "gold", {"mine": worsened(gold, 1)}, with_articles=True)
    return out


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must not write to the console, fail, open a dialog, or ask anybody but loopback for anything."""
    page = browser.new_page(color_scheme="light", viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE)
    failed: list[str] = []

    def refuse(dialog: Dialog) -> None:
        failed.append(dialog.message)
        dialog.dismiss()

    here = ("file:", "blob:", "http://127.0.0.1:")
    page.on("console", lambda message: failed.append(message.text))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("dialog", refuse)
    page.on("request", lambda asked: failed.append(asked.url) if not asked.url.startswith(here) else None)
    yield page
    page.close()
    assert failed == []


def show(page: Page, pages: Path, name: str) -> None:
    page.goto("about:blank")
    page.goto(f"{pages.as_uri()}/{name}")


def saved(page: Page) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save these as CSV").click()
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        return file.read()


def rows(documents: list[Document]) -> list[dict[str, Any]]:
    return [msgspec.structs.asdict(entry) for entry in entries(documents)]


def test_filters_are_kept_in_the_address_and_the_table_is_saved_as_the_command_writes_it(
    page: Page, pages: Path, gold: Layer
) -> None:
    show(page, pages, "ledger.html")
    every = rows(gold)
    assert saved(page) == csv_text(COLUMNS, every)
    claims = {(row["doc"], row["claim"]): row for row in every}
    page.get_by_label("Stance").select_option("concern")
    page.get_by_label("Words").fill("weapons")
    held = [key for key, row in claims.items() if row["stance"] == "concern"]
    address = page.evaluate("location.href")
    shown = page.locator("tbody tr:not(.spacer)")
    assert address.endswith("#stance=concern&words=weapons")
    assert 0 < shown.count() < len(held)
    told = f"{shown.count()} of {len(claims)} claims"
    assert page.locator("#count").inner_text() == told
    assert {line.split(",")[4] for line in saved(page).splitlines() if line.startswith("00")} == {"concern"}
    page.get_by_role("link", name="Timeline").click()
    assert page.url.endswith("index.html#stance=concern&words=weapons")
    page.goto("about:blank")
    page.goto(address)
    assert page.get_by_label("Stance").input_value() == "concern"
    assert page.locator("#count").inner_text() == told
    page.get_by_role("button", name="Reset").click()
    assert page.locator("#count").inner_text() == f"{len(claims)} of {len(claims)} claims"


def test_a_mark_is_reached_by_the_keyboard_alone_and_opens_its_sentence(page: Page, pages: Path) -> None:
    show(page, pages, "index.html")
    page.locator("#chart svg a").first.wait_for()
    page.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    card = page.locator("#card")
    assert "16,500" in card.inner_text()
    last = card.inner_text()
    page.keyboard.press("ArrowLeft")
    assert card.inner_text() != last
    bold = page.locator("#card .sentence b").all_inner_texts()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*.html#c*")
    lit = page.locator(".text .piece.on")
    assert lit.count() >= len(bold) > 0
    lit_words = "".join("".join(lit.all_inner_texts()).split())  # a system's spans cut the pieces
    assert all("".join(words.split()) in lit_words for words in bold)
    page.wait_for_function(
        "() => { const { top, bottom } = document.querySelector('.on').getBoundingClientRect();"
        "  return top >= 0 && bottom <= innerHeight }"
    )
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"


def test_bounds_times_and_answers_are_drawn_as_such(page: Page, pages: Path, gold: Layer) -> None:
    show(page, pages, "index.html")
    chart = page.locator("#chart svg").first
    chart.wait_for()
    numbered = {
        (entry.doc, entry.claim)
        for entry in entries(gold)
        if entry.unit == "container" and entry.value is not None and entry.stance == "assertion"
    }
    assert chart.locator("a").count() == len(numbered)
    bounded = [row for row in rows(gold) if row["unit"] == "container" and row["comparator"] in ("ge", "gt", "below")]
    arrows = chart.locator("g[data-mark=vector] path").count()
    assert arrows == len({(row["doc"], row["claim"]) for row in bounded})
    assert "≈ 6,700" in (chart.locator("g[data-mark=text]").text_content() or "")
    strip = page.locator("#chart svg").nth(1)
    answers = [claim for document in gold for claim in document.claims if claim.target is not None]
    assert strip.locator("g[data-mark=arrow] path").count() >= len(answers) > 0
    picture(page, pages)
    page.get_by_role("checkbox", name="without a number").uncheck()
    assert page.locator("#chart svg").count() == 1
    assert page.evaluate("location.hash") == "#beside=no"


VIEWS = (
    ("ledger.html", 1180, "light"),
    ("articles/003.html", 1180, "light"),
    ("speakers.html#speaker=Russia", 1180, "light"),
    ("report.html", 1180, "light"),
    ("index.html", 1180, "dark"),
    ("index.html", 390, "light"),
    ("ledger.html", 390, "dark"),
    ("articles/003.html", 390, "dark"),
)
"""What docs/pictures/site.png shows: a page, its width in pixels, light or dark."""
HIGH = 900


def picture(page: Page, pages: Path) -> None:
    """The pictures in docs/pictures are of these data and pages; with CLAIMSPANS_PICTURES they are made again."""
    parts = ("index.html", "data/claims-0.js", "assets/timeline.js", "assets/site.css", "assets/common.css")
    made_from = hashlib.sha256(b"".join((pages / part).read_bytes() for part in parts)).hexdigest()
    if folder := os.environ.get(PICTURES):
        page.set_viewport_size({"width": 1180, "height": 960})
        page.locator("#chart svg a").nth(5).focus()
        info = PngInfo()
        info.add_text("made-from", made_from)
        for name, taken in (("timeline.png", shot(page)), ("site.png", views(page, pages))):
            taken.save(Path(folder) / name, optimize=True, pnginfo=info)
    for name in ("timeline.png", "site.png"):
        shown: Any = Image.open(ROOT / "docs" / "pictures" / name)
        assert shown.text["made-from"] == made_from, f"{name} has changed: make it again, with {PICTURES} set"


def shot(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def views(page: Page, pages: Path) -> Image.Image:
    """The views side by side, half as large as they are: three in the upper row, the others below."""
    taken = []
    for name, width, scheme in VIEWS:
        page.emulate_media(color_scheme=cast("Any", scheme))
        page.set_viewport_size({"width": width, "height": HIGH})
        show(page, pages, name)
        taken.append(shot(page).reduce(2))
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    show(page, pages, "index.html")
    sheet = Image.new("RGB", (3 * 600 + 20, HIGH + 30), "#888888")
    left = [0, 0]
    for number, each in enumerate(taken):
        row = int(number >= 3)
        sheet.paste(each, (left[row] + 5, row * (HIGH // 2 + 10) + 5))
        left[row] += each.width + 10
    return sheet.quantize(160)


def test_axe_finds_nothing_and_no_page_scrolls_sideways_on_a_phone(page: Page, pages: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    some = {"exclude": [[".place:nth-child(n+20)"]]}  # of many alike
    for name in PAGES:
        show(page, pages, name)
        page.wait_for_function(
            "!document.querySelector('#names, #chart, #ledger') || claimspans.loaded === claimspans.chunks"
        )
        light = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert axe.run(page, some, {"preload": False}).response["violations"] == [], name
        page.emulate_media(color_scheme="dark")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
        contrast = axe.run(page, some, {"preload": False, "runOnly": ["color-contrast"]})
        assert contrast.response["violations"] == [], f"{name}, dark"
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")


def test_others_of_the_same_event_are_shown_with_a_speaker(page: Page, pages: Path) -> None:
    show(page, pages, "speakers.html")
    page.get_by_label("Name").fill("koepcke")
    page.get_by_role("link", name="Robert Koepcke").click()
    assert page.url.endswith("#speaker=Robert+Koepcke")
    first = page.locator(".said").first
    assert "over 16,500 containers" in first.inner_text()
    others = first.locator("ul strong").all_inner_texts()
    assert "Jung Pak" in others
    assert "Robert Koepcke" not in others


def copied(gold: Layer, times: int) -> tuple[Corpus, list[Document]]:
    """The five articles many times over, as a corpus."""
    documents = [msgspec.structs.replace(one, doc=f"{one.doc}-{number}") for number in range(times) for one in gold]
    known = Corpus()
    sources = {one.doc: msgspec.structs.replace(known.sources[one.doc[:3]], doc=one.doc) for one in documents}
    of = SimpleNamespace(sources=sources, schema=known.schema, name="copies", texts={})
    return cast("Corpus", of), documents


def test_of_many_claims_only_the_rows_near_the_window_are_in_the_page(page: Page, gold: Layer, tmp_path: Path) -> None:
    corpus, documents = copied(gold, 60)
    write_site(tmp_path / "pages", corpus, documents, "gold")
    claims = sum(len(document.claims) for document in documents)
    show(page, tmp_path / "pages", "ledger.html")
    page.get_by_text(f"{claims:,} of {claims:,} claims", exact=True).wait_for()
    assert page.locator("table").get_attribute("aria-rowcount") == str(claims + 1)
    assert page.locator("tbody tr").count() < 80
    page.keyboard.press("Control+End")
    page.locator(f'tr[aria-rowindex="{claims + 1}"]').wait_for()
    assert page.locator("tbody tr").count() < 80
    show(page, tmp_path / "pages", "index.html")
    page.get_by_text("Too many for a mark each").wait_for()
    assert page.locator("#chart svg a").count() == 0


HOSTILE = (
    '=<script>alert(1)</script> " onmouseover=alert(2) x=" {{ 7 * 7 }} {% raw %} \u202eright-to-left '
    "</script>' & 👩‍👩‍👧"
)


def hostile(schema: Schema) -> tuple[Corpus, list[Document]]:
    """A corpus in which whatever may be free is the hostile text."""
    attributes: Mapping[str, Any] = {
        "SPEAKER": {"entity": HOSTILE},
        "QUANTITY": {"value": 5, "comparator": "ge", "unit": HOSTILE},
        "ITEM": {"category": HOSTILE},
        "DATE": {"edtf": "2024-01", "signal": HOSTILE},
    }
    text = f"{HOSTILE} {HOSTILE}\njavascript:alert(3)"
    spans = tuple(
        Span(id=f"s{number}", label=label, start=0, end=len(HOSTILE), text=HOSTILE, attributes=told)
        for number, (label, told) in enumerate(attributes.items())
    )
    claim = Claim(
        id="c1", event="transfer", stance="denial", status=HOSTILE, holders=("s0",), supplier="javascript:alert(4)",
        recipient=HOSTILE, cargo=(Cargo(item="s2", quantity="s1"),), when=("s3",), same_as="javascript:alert(5)",
    )  # fmt: skip
    source = Source(
        doc="a", file="a.txt", sha256="0" * 64, title=HOSTILE, publisher=HOSTILE, rights=HOSTILE, published="2024"
    )
    of = SimpleNamespace(sources={"a": source}, schema=schema, name=HOSTILE, texts={"a": text})
    return cast("Corpus", of), [Document(doc="a", text=text, published="2024", spans=spans, claims=(claim,))]


def test_hostile_text_is_words(page: Page, schema: Schema, tmp_path: Path) -> None:
    corpus, documents = hostile(schema)
    for with_articles in (True, False):
        out = tmp_path / str(with_articles)
        write_site(out, corpus, documents, HOSTILE, with_articles=with_articles)
        for name in (
            "index.html",
            "ledger.html",
            "articles.html",
            "articles/a.html#c1",
            f"speakers.html#speaker={HOSTILE}",
        ):
            show(page, out, name)
            page.locator("main").get_by_text("right-to-left").last.wait_for(state="attached")
            scripts = page.evaluate(
                "[...document.scripts].map(each => new URL(each.src).pathname.split('/').slice(-2).join('/'))"
            )
            assert scripts
            assert all(script.startswith(("assets/", "data/")) for script in scripts)
            assert page.locator("img, [onmouseover], iframe, a[href^='javascript:']").count() == 0
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        show(page, out, "articles/a.html")
        if with_articles:
            page.get_by_label("ids").uncheck()
            assert page.locator(".text").text_content() is not None
            assert HOSTILE in (page.locator(".text").text_content() or "")
        else:
            assert HOSTILE in page.locator(".quotes .piece").all_text_contents()
        assert page.locator("h1").text_content() == HOSTILE
        show(page, out, "ledger.html")
        kept = rows(documents) if with_articles else [row | {"paragraph": ""} for row in rows(documents)]
        assert saved(page) == csv_text(COLUMNS, kept)
        assert f"'{HOSTILE}".replace('"', '""') in saved(page)


def test_a_served_page_shows_what_was_saved(page: Page, gold: Layer, corpus: Corpus, tmp_path: Path) -> None:
    out = tmp_path / "pages"
    write_site(out, corpus, gold[:1], "gold")
    with serving(out, 0) as server:
        with page.expect_response("**/version"):
            page.goto(f"{server.url}ledger.html#stance=assertion")
        count = page.locator("#count")
        held = [sum(claim.stance == "assertion" for claim in document.claims) for document in gold[:2]]
        page.get_by_text(f"{held[0]} of {len(gold[0].claims)} claims", exact=True).wait_for()
        write_site(out, corpus, gold[:2], "gold")
        server.version += 1
        total = sum(len(document.claims) for document in gold[:2])
        page.get_by_text(f"{sum(held)} of {total} claims", exact=True).wait_for()
        assert count.count() == 1
        assert json.dumps(page.url).endswith('#stance=assertion"')
        page.goto("about:blank")
