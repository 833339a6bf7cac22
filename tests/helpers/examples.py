"""How many examples Hypothesis tries: as many as a test names, or a tenth of them with --hypothesis-profile=fast.

No example has a deadline and none is too slow: how long one takes says how busy the machine is.
"""  # fmt: skip

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import HealthCheck, settings

_TIMED = [HealthCheck.too_slow]

settings.register_profile("full", max_examples=100, deadline=None, suppress_health_check=_TIMED)
settings.register_profile("fast", max_examples=10, deadline=None, suppress_health_check=_TIMED)
settings.load_profile("full")


def examples(full: int, *, suppressed: Iterable[HealthCheck] = ()) -> settings:
    """Settings of a test that tries so many in the full run; in the fast one not fewer than two."""
    share = settings().max_examples
    return settings(max_examples=max(2, full * share // 100), suppress_health_check=[*_TIMED, *suppressed])
