"""Since when a pull has to look: what changed before is here already."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

_LATE = timedelta(minutes=1)
"""How long after its time stamp a change may come into sight: it bears that of its beginning."""

_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"
"""How the server reads a time in a condition."""

_NEVER = datetime.min.replace(tzinfo=UTC)


def changed_since(since: str | None) -> list[dict[str, Any]]:
    """The condition on the tasks; none where all are new."""
    if since is None:
        return []
    column, operator = "filter:tasks:updated_at", "greater_or_equal"
    return [{"filter": column, "operator": operator, "type": "Datetime", "value": since}]


def next_since(began: datetime | None, latest: datetime | None, before: str | None) -> str | None:
    """The time since which the next pull has to look; None where everything has to be looked at.

    ``began`` is the clock of whatever answered, which may be a proxy's; ``latest`` stands on the tasks and is the
    clock that counts, but says nothing of what is on its way. So it is the earlier of the two.
    """
    if began is None or latest == _NEVER:
        return None
    if latest is None:
        return before
    return min(began - _LATE, latest).strftime(_FORM)


def stamp(time: Any) -> str | None:
    """A time as the server writes it; None where there is none."""
    return time.astimezone(UTC).strftime(_FORM) if isinstance(time, datetime) else time


def moment(stamp: Any) -> datetime:
    """A time stamp of the server's, or a time; the beginning of time where there is none."""
    if isinstance(stamp, datetime):
        return stamp.astimezone(UTC)
    try:
        return datetime.fromisoformat(stamp).astimezone(UTC)
    except (TypeError, ValueError):
        return _NEVER
