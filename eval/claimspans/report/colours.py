"""The colours of labels on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..data.schema import Schema

_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}")
_OTHERS = ("#1f77b4", "#d95f02", "#1b9e77", "#7570b3", "#c2185b", "#8c6d1f", "#5f646d", "#3f8f29")


def label_colours(schema: Schema | None, labels: Iterable[str]) -> dict[str, str]:
    """The colours of the schema, and for other labels some that are told apart; only what is a colour gets into CSS."""
    own = {} if schema is None else {label.name: label.color for label in schema.labels.values()}
    return {
        label: own[label] if _COLOUR.fullmatch(own.get(label, "")) else _OTHERS[number % len(_OTHERS)]
        for number, label in enumerate(labels)
    }
