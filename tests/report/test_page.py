"""The HTML page of show: escaped, self-contained, and its layers switch in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from claimspans import Claim, Corpus, Document, Layer, Span, Zone
from claimspans.data.schema import Schema
from claimspans.report.page import pieces, render

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_pieces_join_to_the_text_again(gold: Layer) -> None:
    for document in gold:
        assert "".join(piece.text for piece in pieces(document, document)) == document.text


def test_text_is_shown_literally(corpus: Corpus, schema: Schema) -> None:
    text = "<script>alert(1)</script> & \u202eright-to-left 👩‍👩‍👧 end"
    span = Span(
        label="SPEAKER", start=0, end=8, id="s1", text=text[:8], attributes={"entity": '"><img src=x onerror=alert(2)>'}
    )
    claim = Claim(id="c1", event="transfer", stance="denial", holders=("s1",), supplier="<b>KP</b>")
    document = Document(
        doc="003", text=text, spans=(span,), claims=(claim,), zones=(Zone(kind="duplicate", start=9, end=12),)
    )
    page = render([(document, corpus.sources["003"])], schema, "gold", None)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<b>KP" not in page
    assert "&lt;script" in page
    assert "👩‍👩‍👧" in page


def test_the_page_loads_nothing(gold: Layer, corpus: Corpus, schema: Schema) -> None:
    page = render([(document, corpus.sources[document.doc]) for document in gold], schema, "gold", {})
    assert not re.search(r"src\s*=|url\(|@import|href=\"[^#]", page)


def test_the_page_opens_with_words_and_has_no_gaps(gold: Layer, corpus: Corpus, schema: Schema) -> None:
    page = render([(document, corpus.sources[document.doc]) for document in gold], schema, "gold", {})
    assert not re.search(r"\n[ \t\u00a0]*\n[ \t\u00a0]*\n", re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))


@pytest.mark.browser
def test_layers_switch_in_a_browser(
    browser: Browser, gold: Layer, corpus: Corpus, schema: Schema, tmp_path: Path
) -> None:
    moved = msgspec.structs.replace(
        gold[3], spans=tuple(msgspec.structs.replace(s, id=None) for s in gold[3].spans[:5])
    )
    path = tmp_path / "page.html"
    path.write_text(render([(gold[3], corpus.sources["003"])], schema, "gold", {"003": moved}), encoding="utf-8")
    page = browser.new_page()
    failed: list[str] = []
    page.on("console", lambda message: failed.append(message.text))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("request", lambda request: failed.append(request.url) if not request.url.startswith("file:") else None)
    page.goto(path.as_uri())
    marked = page.locator(".text .g1").first
    assert marked.inner_text() == "over 16,500 containers"
    background = "el => getComputedStyle(el).backgroundColor"
    before = marked.evaluate(background)
    assert before != "rgba(0, 0, 0, 0)"
    page.get_by_label("QUANTITY").uncheck()
    assert marked.evaluate(background) == "rgba(0, 0, 0, 0)"
    page.get_by_label("QUANTITY").check()
    assert marked.evaluate(background) == before
    shadow = "el => getComputedStyle(el).boxShadow"
    assert set(re.findall(r"rgba?\([^)]*\)", marked.evaluate(shadow))) != {"rgba(0, 0, 0, 0)"}
    page.get_by_label("predictions (underlined)").uncheck()
    assert set(re.findall(r"rgba?\([^)]*\)", marked.evaluate(shadow))) == {"rgba(0, 0, 0, 0)"}
    assert page.locator(".zone").first.inner_text() == "General"
    assert page.locator(".claim[data-spans]").count() == len(gold[3].claims)
    assert failed == []
