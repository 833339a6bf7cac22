"""Who is who in a corpus: its ``world.json``, where it has one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from .files import read_json

WORLD, BUILDINGS = "world.json", "buildings.json"
_EXPECTED = "who is who in the corpus: states with code and name, or an object with states, persons, companies …"


class WorldState(msgspec.Struct, frozen=True):
    """A state, and what is named after it; ``code`` is one of those that ISO 3166 leaves to users."""

    code: str
    name: str
    long: str | None = None
    adjective: str | None = None
    demonym: str | None = None
    capital: str | None = None
    presidential_building: str | None = None
    buildings: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def seats(self) -> tuple[str, ...]:
        """The buildings that stand for its government."""
        return tuple(dict.fromkeys(filter(None, (self.presidential_building, *self.buildings))))


class Named(msgspec.Struct, frozen=True):
    """Somebody, or something, with a name and perhaps a short one."""

    name: str
    short: str = ""


class Building(msgspec.Struct, frozen=True):
    """A building by whose name a state is called."""

    code: str
    name: str


class World(msgspec.Struct, frozen=True):
    """The states and names of a corpus."""

    states: tuple[WorldState, ...] = ()
    persons: tuple[Named | str, ...] = ()
    persons_minor: tuple[Named | str, ...] = ()
    companies: tuple[Named | str, ...] = ()
    ships: tuple[Named | str, ...] = ()
    armed_factions: tuple[Named | str, ...] = ()
    think_tanks: tuple[Named | str, ...] = ()
    media: tuple[Named | str, ...] = ()
    weapons: tuple[Named | str, ...] = ()


def read_world(root: Path) -> World:
    """The world of a corpus, empty where it has none; raises `ClaimspansError` for a file that says something else."""
    kinds: Any = World | tuple[WorldState, ...]
    found = read_json(root / WORLD, kinds, _EXPECTED) if (root / WORLD).is_file() else World()
    world = found if isinstance(found, World) else World(states=found)
    if not (root / BUILDINGS).is_file():
        return world
    rows: Any = tuple[Building, ...]
    houses = read_json(root / BUILDINGS, rows, "buildings with code and name")
    named = {state.code: tuple(row.name for row in houses if row.code == state.code) for state in world.states}
    return msgspec.structs.replace(
        world, states=tuple(msgspec.structs.replace(one, buildings=named[one.code]) for one in world.states)
    )
