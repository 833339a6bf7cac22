"""The colours of labels on a page."""

from __future__ import annotations

from collections.abc import Sequence

PALETTE = ("#103dfd", "#7e5431", "#01a900", "#a16fde", "#e24b8c", "#8c6d1f", "#5f646d", "#3f8f29")
"""The first five are told apart without red, green or blue cones too, on a light page and a dark one.

A schema's own colours need not be: those of the project's SPEAKER and DATE are one to readers without red cones.
"""


def label_colours(labels: Sequence[str]) -> dict[str, str]:
    """A colour for each label; where there are more labels than colours, they begin anew."""
    return {label: PALETTE[number % len(PALETTE)] for number, label in enumerate(labels)}
