"""Two layers of an article and what was decided → one document, with what is still to decide.

What both layers have alike is taken as the first has it. Zones and spans are decided first, then what is said of the
spans, then which claims there are, what happens in them, and the rest of their fields: what a decision makes of a
later difference is known before it is asked for, and a difference that vanishes with it is not asked for at all.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ...data.records import Document
from .asking import Asking
from .claims import Claims
from .question import Decision, Question
from .sides import Sides
from .spans import Spans
from .trail import Trail
from .zones import merged_zones


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome as far as it is decided: what is open is left out of ``document``.

    ``open`` are the questions to ask next; answering them may bring up others. ``closed`` are those that were asked
    and answered.
    """

    document: Document
    open: tuple[Question, ...]
    closed: tuple[tuple[Question, Decision], ...]
    trails: tuple[Trail, ...]


def merge(sides: Sides, decisions: Mapping[str, Decision]) -> Merged:
    """The outcome of an article under these decisions, by key. Those of other questions count for nothing."""
    asking = Asking(sides, decisions)
    zones = list(merged_zones(asking))
    spans = Spans(asking)
    claims = Claims(asking, spans)
    first = sides.documents[sides.first]
    return Merged(
        document=Document(
            doc=first.doc,
            text=first.text,
            published=first.published,
            zones=tuple(zone for zone, _ in zones if zone is not None),
            spans=spans.merged,
            claims=tuple(claims.merged()),
        ),
        open=asking.next,
        closed=tuple(asking.closed),
        trails=(*(trail for _, trail in zones), *spans.trails, *claims.trails),
    )
