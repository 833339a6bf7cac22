"""The states of the world by every form of their names, and those that a corpus lists in its ``world.json``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec

from .world import WorldState

FORMS = ("short", "long", "abbreviation", "adjective", "people", "capital", "seat", "name")
"""The columns of ``states.psv`` behind code and region."""
HALVES = {"the North": "KP", "the South": "KR"}
"""Points of the compass that name a state."""
_ORDINARY = frozenset(
    {"turkey", "china", "polish", "lodge", "cuba", "us", "uk", "fr", "georgia", "jordan", "chad", "lima", "beehive"}
)
"""Names that are other words in lower case."""


class State(msgspec.Struct, frozen=True):
    """``forms`` are by the names of `FORMS`; the first of each is what another state's mention becomes."""

    code: str
    region: str
    forms: Mapping[str, tuple[str, ...]]

    @property
    def name(self) -> str:
        """The name by which sources are called that speak for it."""
        return next(self.forms[form][0] for form in ("name", "short", "long") if self.forms[form])

    def written(self) -> Iterator[tuple[str, str]]:
        """Every form as it may stand in a text, also in capitals and in lower case; dotted is "U.S."."""
        for form in FORMS[:-1]:
            for name in self.forms[form]:
                yield form, name
                if len(name) > 3:
                    yield form, name.upper()
                    if name.lower() not in _ORDINARY and form in ("short", "capital"):
                        yield form, name.lower()
                if form == "abbreviation":
                    yield "dotted", ".".join(name) + "."


@cache
def real_states() -> tuple[State, ...]:
    """The states of ``states.psv``."""
    found = []
    for line in (Path(__file__).parent / "states.psv").read_text(encoding="utf-8").splitlines()[1:]:
        code, region, *cells = line.split("|")
        parts = (tuple(filter(None, cell.split(";"))) for cell in cells)
        found.append(State(code, region, dict(zip(FORMS, parts, strict=True))))
    return tuple(found)


def invented_states(rows: Iterable[WorldState]) -> list[State]:
    """The states of a ``world.json``."""
    found = []
    for row in rows:
        long = None if row.long == row.name else row.long
        told = (row.name, long, None, row.adjective, row.demonym, row.capital, None, None)
        cells = [(cell or "").partition(" (")[0] for cell in told]
        forms = {form: (cell,) if cell else () for form, cell in zip(FORMS, cells, strict=True)}
        found.append(State(row.code, "", forms | {"seat": row.seats}))
    return found
