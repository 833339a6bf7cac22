"""Which article of the gold a line of another tool's file is about: by the id that it names, or by its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..lines import Line
from ..problems import Problem

Texts = Mapping[str, str | None]

_ID_KEYS = ("doc", "doc_id", "document_id", "id")
"""Keys under which tools and their users keep the id of a text, at the top of a line or in its ``meta``."""

Spans = list[dict[str, Any]]


class Articles:
    """The gold's articles; without ``texts`` each line is an article of its own."""

    def __init__(self, texts: Texts | None) -> None:
        self.texts = texts

    def records(
        self, line: Line, spans: Spans, text: str | None, zones: Spans | None = None
    ) -> Iterator[Line | Problem]:
        """The spans of a line as records of the article that the line is about, or what keeps it from being found.

        ``spans`` have label, start, end and what else is known of them; their offsets count in ``text``.
        """
        named = list(_ids(line.data))
        if self.texts is None:
            if not named:
                yield _problem(line, f"no id of the article: write it under {_listed()}")
                return
            article = {"doc": named[0], "spans": spans} | ({} if text is None else {"text": text})
            yield Line(line.path, line.number, article | ({"zones": zones} if zones else {}))
            return
        found = self._place(named, text)
        if isinstance(found, str):
            yield _problem(line, found)
            return
        doc, shift = found
        for span in spans:
            moved = {"start": span["start"] + shift, "end": span["end"] + shift} if shift else {}
            yield Line(line.path, line.number, {"doc": doc, **span, **moved})

    def _place(self, named: list[str], text: str | None) -> tuple[str, int] | str:
        """The article and the offset at which ``text`` begins in it; a sentence where it cannot be said."""
        texts = self.texts or {}
        known = [doc for doc in named if doc in texts]
        if text is None or all(texts[doc] is None for doc in known or texts):
            if known:
                return known[0], 0
            return f"no article that the gold has: write its id under {_listed()}"
        places = [
            (doc, at) for doc in known or texts for at in _occurrences(texts[doc] or "", text) if texts[doc] is not None
        ]
        whole = [(doc, at) for doc, at in places if texts[doc] == text]
        if len(whole or places) == 1:
            return (whole or places)[0]
        where = f"article {known[0]}" if known else "any article of the gold"
        if not places:
            return f"a text that is not in {where}, character by character; offsets would be those of another text"
        return f"a text that the gold has {len(places)} times: write the id of its article under {_listed()}"


def _occurrences(article: str, text: str) -> Iterator[int]:
    at = article.find(text) if text.strip() else -1
    while at >= 0:
        yield at
        at = article.find(text, at + 1)


def _ids(data: Mapping[str, Any]) -> Iterator[str]:
    meta = data.get("meta")
    for place in (data, meta if isinstance(meta, Mapping) else {}):
        for key in _ID_KEYS:
            if isinstance(place.get(key), str | int) and not isinstance(place[key], bool):
                yield str(place[key])


def _listed() -> str:
    return ", ".join(_ID_KEYS[:-1]) + f" or {_ID_KEYS[-1]}"


def _problem(line: Line, found: str) -> Problem:
    return Problem("article-unnamed", line.path, line.number, found)
