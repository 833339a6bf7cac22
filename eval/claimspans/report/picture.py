"""What the terminal shows, as an SVG picture that loads nothing from elsewhere."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

from rich.console import RenderableType
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

from ..data.escapes import terminal
from .terminal import EscapedConsole

_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")


def to_svg(shown: Iterable[RenderableType], title: str) -> str:
    """The renderables as one picture, the same for the same input."""
    console = EscapedConsole(
        record=True, width=110, file=io.StringIO(), force_terminal=True, color_system="truecolor", highlight=False
    )
    for each in shown:
        console.print(each)
    svg = console.export_svg(title=terminal(title), theme=DEFAULT_TERMINAL_THEME, unique_id="claimspans")
    return _FONT_FACE.sub("", svg)
