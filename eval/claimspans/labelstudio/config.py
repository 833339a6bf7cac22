"""The labelling configuration of a schema as XML, and the short guidelines that the page shows."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
import zlib

from ..data.fields import CLAIM_PARTS
from ..data.problems import ClaimspansError
from ..data.schema import Schema
from ..report.templates import fill
from .fields import LABELS, TEXT, Page


def configuration(schema: Schema) -> str:
    """The XML that Label Studio calls the labelling interface; the same schema gives the same bytes."""
    return _fill("config.xml", Page(schema))


_LARGEST = 1 << 22
"""Bytes of a schema."""


def remembered(configuration: str) -> Schema | None:
    """The schema that a configuration was made from: it stands in a comment of it. None where it was taken out."""
    found = re.search(r"<!-- claimspans schema ([A-Za-z0-9+/=]+) -->", configuration)
    if found is None:
        return None
    try:
        return Schema(zlib.decompressobj().decompress(base64.b64decode(found[1]), _LARGEST), "the project's schema")
    except (ValueError, zlib.error, ClaimspansError):
        return None


Shape = frozenset[tuple[str, ...]]
"""What a configuration lets somebody say: its controls, what they are of, and the values of each."""


def shape(configuration: str) -> Shape | None:
    """The shape of a configuration, whatever it looks like; None where it is no XML."""
    try:
        root = ET.fromstring(configuration)  # noqa: S314 -- expat itself refuses entities that grow
    except ET.ParseError:
        return None
    found: set[tuple[str, ...]] = set()
    for control in root.iter():
        if control.get("name"):
            found.add((control.tag, *(control.get(key, "") for key in ("name", "toName", "value"))))
        found |= {
            (control.tag, control.get("name", ""), one.tag, one.get("value", ""))
            for one in control
            if one.tag in ("Label", "Choice", "Relation")
        }
    return frozenset(found)


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
    kept = base64.b64encode(zlib.compress(page.schema.raw, 9)).decode()
    return fill(
        template, "labelstudio", page=page, keys=_keys(page), labels=LABELS, text=TEXT, parts=CLAIM_PARTS, schema=kept
    )
