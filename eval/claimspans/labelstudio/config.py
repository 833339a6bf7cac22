"""The labelling configuration of a schema as XML, and the short guidelines that the page shows."""

from __future__ import annotations

from ..data.fields import CLAIM_PARTS
from ..data.schema import Schema
from ..report.templates import fill
from .fields import LABELS, TEXT, Page


def configuration(schema: Schema) -> str:
    """The XML that Label Studio calls the labelling interface; the same schema gives the same bytes."""
    return _fill("config.xml", Page(schema))


def instruction(schema: Schema) -> str:
    """The guidelines in short, as the HTML that the page shows before the first article and behind its “i”."""
    return _fill("instruction.html", Page(schema))


_KEYS = "qwertasdfgzxcvbyiopjklnm"
"""Keys of answers: those of Label Studio itself (u unselects, h hides) are left out."""


def _keys(page: Page) -> dict[tuple[str, str | None], str]:
    """A key for each answer, by control and value; labels share them, for one mark is selected at a time."""
    keys: dict[tuple[str, str | None], str] = {}
    for mark in page.marks.values():
        free = [key for key in _KEYS if key not in {other.hotkey for other in page.marks.values()}]
        answers = [(field.control, choice.value) for field in mark.fields for choice in field.choices]
        keys |= {answer: free[number] if number < len(free) else "" for number, answer in enumerate(answers)}
    return keys


def _fill(template: str, page: Page) -> str:
    return fill(template, "labelstudio", page=page, keys=_keys(page), labels=LABELS, text=TEXT, parts=CLAIM_PARTS)
