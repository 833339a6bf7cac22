"""The labelling configuration of a schema as XML, and the short guidelines that the page shows."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from itertools import zip_longest
from typing import Any

from ..data.fields import CLAIM_PARTS, Field
from ..data.problems import ClaimspansError
from ..data.schema import Choice, Schema
from ..report.templates import fill
from .fields import LABELS, LISTED, OTHER, REASON, TEXT, Lists, Page


def configuration(page: Page | Schema) -> str:
    """The XML that Label Studio calls the labelling interface; the same page gives the same bytes."""
    return _fill("config.xml", page if isinstance(page, Page) else Page(page))


def page_in(configuration: str, schema: Schema) -> Page:
    """The page of a schema with the lists and differences that a configuration offers."""
    return Page(schema, lists_in(configuration), differences="<Repeater" in configuration)


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


def _parsed(configuration: str) -> ET.Element | None:
    try:
        return ET.fromstring(configuration)  # noqa: S314 -- expat itself refuses entities that grow
    except ET.ParseError:
        return None


def lists_in(configuration: str) -> Lists:
    """The lists of values that a configuration offers beside its text fields."""
    root = _parsed(configuration)
    return {
        (one.get("name") or "").removesuffix(LISTED): [str(choice.get("value")) for choice in one][:-1]
        for one in (() if root is None else root.iter("Choices"))
        if (one.get("name") or "").endswith(LISTED)
    }


Shape = frozenset[tuple[str, ...]]
"""What a configuration lets somebody say: its controls, what they are of, and the values of each."""


def shape(configuration: str) -> Shape | None:
    """The shape of a configuration, whatever it looks like; None where it is no XML."""
    root = _parsed(configuration)
    if root is None:
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


_KEYS = "asdfgjklqwertyiopzxcvbnm"
"""Keys of answers, the home row first; those of Label Studio itself (u unselects, h hides) are left out."""

_OTHER_KEYS = ".;/'-="
"""Keys of what is typed in place of being chosen, a field each."""


def _keys(page: Page) -> dict[tuple[str, str | None], str]:
    """A key for each answer, by control and value. Labels share them, for one mark is selected at a time.

    A field that several labels have, such as the stance of a cue and of a claim, has the same keys in all of them.
    """
    labels = {other.hotkey for other in page.marks.values()}
    fields = [field for mark in page.marks.values() for field in mark.fields if field.choices]
    names = Counter(field.name for field in fields)
    first = {field.name: field for field in reversed(fields) if names[field.name] > 1}
    common = dict(zip(_dealt(first.values()), (key for key in _KEYS if key not in labels), strict=False))
    keys: dict[tuple[str, str | None], str] = {}
    for mark in page.marks.values():
        of_mark = [field for field in mark.fields if field.choices]
        answers = list(_dealt(of_mark))
        used = {common[answer] for answer in answers if answer in common} | labels
        free = (key for key in _KEYS if key not in used)
        dealt = {answer: common.get(answer) or next(free, "") for answer in answers}
        keys |= {(field.control, one.value): dealt[field.name, one.value] for field in of_mark for one in field.choices}
        listed = [field.control for field in mark.fields if field.control in page.lists]
        for row in zip_longest(*(page.lists[name] for name in listed)):
            keys |= {(name, one): next(free, "") for name, one in zip(listed, row, strict=True) if one is not None}
        keys |= {(name, OTHER): key for name, key in zip(listed, _OTHER_KEYS, strict=False)}
    return keys


def _dealt(fields: Iterable[Field]) -> Iterator[tuple[str, str | None]]:
    """Field and value of the answers, the likely ones before the others.

    These are the first of each field, then the last: where values stand in the order in which they are tried, the last
    is what everything else is.
    """
    of = [(field.name, [choice.value for choice in field.choices]) for field in fields]
    yield from ((name, values[0]) for name, values in of)
    yield from ((name, values[-1]) for name, values in of if len(values) > 1)
    yield from ((name, value) for name, values in of for value in values[1:-1])


def _shown(choice: Choice) -> str:
    """What a choice shows in place of its value: a code with its description, for it says little; else nothing."""
    is_code = (choice.value or "").isupper() and choice.description
    return f"{choice.value} <small>{escape(choice.description)}</small>" if is_code else ""


def _fill(template: str, page: Page) -> str:
    kept = base64.b64encode(zlib.compress(page.schema.raw, 9)).decode()
    own: dict[str, Any] = {"page": page, "keys": _keys(page), "shown": _shown, "schema": kept}
    own |= {"listed": LISTED, "other": OTHER, "reason": REASON}
    return fill(template, "labelstudio", **own, labels=LABELS, text=TEXT, parts=CLAIM_PARTS)
