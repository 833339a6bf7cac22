"""Where an exception was raised: the frames of the user's code, without those of this package that called it."""

from __future__ import annotations

import importlib
import traceback
from pathlib import Path
from typing import Any

_CALLERS = (str(Path(__file__).parents[1]), str(Path(importlib.__file__).parent), "<frozen")
_FRAMES = 20
"""The last so many frames are kept: a recursion says nothing more by its other thousand."""


def users_traceback(error: BaseException) -> str:
    """The traceback of an exception as Python prints it, from the first frame outside this package on.

    One that was raised by the call itself, such as for a wrong number of arguments, has no frame.
    """
    frame = error.__traceback__
    while frame is not None and frame.tb_frame.f_code.co_filename.startswith(_CALLERS):
        frame = frame.tb_next
    return "".join(traceback.format_exception(error.with_traceback(frame), limit=-_FRAMES)).rstrip()


def raised(error: BaseException) -> dict[str, Any]:
    """An exception as an extractor's answer: ``error`` says what it is, ``traceback`` where it was raised."""
    return {"error": f"{type(error).__name__}: {error}", "traceback": users_traceback(error)}
