"""Every link of the documents leads somewhere: to a file, and where it names a heading, to that heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..helpers.places import ROOT

DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    # The text of the card is a template; its links are those of the dataset's folder.
    *sorted(page for page in (ROOT / "annotations").glob("*.md") if page.name not in ("CARD.md", "DATASHEET.md")),
    ROOT / "benchmarks" / "README.md",
]


@cache
def tokens(document: Path) -> list[Token]:
    text = re.sub(r"<!--.*?-->", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    return MarkdownIt("commonmark").enable("table").parse(text)


def targets(document: Path) -> Iterator[str]:
    """Where the links and pictures of a document lead, but for those to other sites."""
    for token in tokens(document):
        for inner in token.children or ():
            target = inner.attrGet("href") or inner.attrGet("src")
            if target is not None and not re.match(r"[a-z]+:", str(target)):
                yield str(target)


def anchors(document: Path) -> set[str]:
    """The names that GitHub gives to the headings."""
    found: dict[str, int] = {}
    names = set()
    for opening, inline in zip(tokens(document), tokens(document)[1:], strict=False):
        if opening.type != "heading_open":
            continue
        text = "".join(inner.content for inner in inline.children or () if inner.type in ("text", "code_inline"))
        name = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        names.add(f"{name}-{found[name]}" if name in found else name)
        found[name] = found.get(name, 0) + 1
    return names


def broken(document: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = (document.parent / path).resolve() if path else document
    return not file.exists() or bool(anchor and anchor not in anchors(file))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    assert [target for target in targets(document) if broken(document, target)] == []


def test_every_page_that_the_package_names_is_there() -> None:
    named = {
        (file.relative_to(ROOT).as_posix(), target)
        for file in (ROOT / "schema.json", *(ROOT / "eval").rglob("*.py"))
        for target in re.findall(r"(?<![\w/])(?:docs|annotations)/[\w-]+\.md(?:#[\w-]+)?", file.read_text("utf-8"))
    }
    assert len(named) > 3
    assert [each for each in named if broken(ROOT / "README.md", each[1])] == []


def test_every_page_and_every_picture_is_linked() -> None:
    linked = {
        (document.parent / target.partition("#")[0]).resolve() for document in DOCUMENTS for target in targets(document)
    }
    files = [*(ROOT / "docs").glob("*.md"), *(ROOT / "docs").rglob("*.svg"), *(ROOT / "docs" / "pictures").iterdir()]
    assert [file.name for file in files if file not in linked] == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# The `first`, and more: it\n\n[a](#the-first-and-more-it) [b](#other) [c](none.md)\n", "utf-8")
    assert [target for target in targets(page) if broken(page, target)] == ["#other", "none.md"]
