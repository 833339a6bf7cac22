"""Where a record of the outcome comes from."""

from __future__ import annotations

import msgspec

from .question import Decision


class Trail(msgspec.Struct, frozen=True, kw_only=True):
    """``id`` is that of the record in the outcome, None for a zone and for what was left out.

    ``ids`` are those of the record in the layers that have it. ``decisions`` are the decisions that made it what it
    is, none where the layers agree.
    """

    type: str
    id: str | None
    place: str
    ids: dict[str, str | None]
    decisions: tuple[Decision, ...] = ()
    lost: tuple[str, ...] = ()
    """References that it had and that lead nowhere in the outcome."""
    left_out: bool = False
