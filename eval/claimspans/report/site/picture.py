"""The timeline as one SVG picture, drawn by the scripts of its page in an interpreter instead of a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...data.corpus import Corpus
from ...data.ledger import COLUMNS
from ...data.problems import ClaimspansError
from ...data.records import Document
from ..templates import fill
from .build import call, choices, source
from .claims import ROW, article_record, with_quotes

if TYPE_CHECKING:
    import quickjs

_WIDTH = 860
"""Pixels, as offscreen.js has it."""

_LETTER, _LINE, _SIGN, _EDGE = 6.6, 20, 18, 14
"""Pixels: a letter at 12 px, a line of the key, a sign and what parts it from its name, the edge of the picture."""

_BOUNDS = (
    "↑ at least · ↓ at most · ◌ about · ━ the stated time · ┅ none is: when published · ╌ an answer · ┈ said again"
)
_STACK = 8 << 20
_VARIABLE = re.compile(r"--([\w-]+): ([^;]+);")
_USE = re.compile(r"var\(--([\w-]+)\)")


def timeline(corpus: Corpus, layer: Sequence[Document]) -> str | None:
    """The claims of a layer over time, in light colours, the same bytes for the same input; None without any to show.

    Raises `ClaimspansError` where the interpreter is not installed.
    """
    records = [article_record(with_quotes(document), corpus.sources[document.doc]) for document in layer]
    if not any(record["claims"] for record in records):
        return None
    context = _interpreter()
    context.eval(source("site/offscreen.js"))
    for name in ("vendor/d3.min.js", "vendor/plot.min.js", "claims.js"):
        context.eval(source(f"site/{name}"))
    units = choices(records)["unit"]
    context.eval(call("begin", {"columns": COLUMNS, "row": ROW, "chunks": 1}))
    context.eval(call("add", records))
    context.eval(f"allClaims({json.dumps(units[0][0] if units else 'all')})")
    context.eval(source("site/timeline.js"))
    drawn = json.loads(context.eval("drawn()"))
    return _composed(drawn["charts"], drawn["key"]) if drawn["charts"] else None


def _interpreter() -> quickjs.Context:
    try:
        import quickjs
    except ImportError as error:
        raise ClaimspansError("the card's timeline needs quickjs: pip install 'claimspans[hub]'") from error
    context = quickjs.Context()
    context.set_max_stack_size(_STACK)
    return context


def _composed(charts: Sequence[tuple[str, int]], key: Sequence[Sequence[tuple[str, str]]]) -> str:
    """The charts, one below the other, and the key below them."""
    drawings: list[tuple[str, float, float]] = []
    names: list[tuple[str, float, float]] = []
    top: float = 0
    for svg, height in charts:
        drawings.append((svg, 0, top))
        top += height
    for signs in key:
        left: float = _EDGE
        for sign, name in signs:
            wide = _SIGN + _LETTER * (len(name) + 2)
            if left + wide > _WIDTH and left > _EDGE:
                left, top = _EDGE, top + _LINE
            drawings.append((sign, left, top))
            names.append((name, left + _SIGN, top + 11))
            left += wide
        top += _LINE
    names.append((_BOUNDS, _EDGE, top + 11))
    colours = dict(_VARIABLE.findall(source("site/common.css") + source("site/site.css"))[::-1])  # the first are light
    picture = fill(
        "site/picture.svg",
        width=_WIDTH,
        height=round(top + _LINE + _EDGE),
        ink=colours["ink"],
        card=colours["card"],
        drawings=drawings,
        names=names,
    )
    return _USE.sub(lambda use: colours[use[1]], picture)
