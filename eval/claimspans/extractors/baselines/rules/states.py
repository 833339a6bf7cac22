"""States by name, adjective, people, capital and seat: those of the world, and those that a corpus lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ....data.states import HALVES, State, invented_states, real_states
from ....data.world import read_world

if TYPE_CHECKING:
    from spacy.tokens import Doc

_THEMSELVES = ("short", "long", "abbreviation", "dotted", "people", "capital")
_SHORT = 3
"""Names of so many letters are told apart by case: "US" is one, "us" is none."""


class States:
    """Which state a name, an adjective, a people, a capital or a building stands for."""

    def __init__(self, states: Iterable[State]) -> None:
        self._states = tuple(states)
        self.name_of: Mapping[str, str] = {state.code: state.name for state in self._states}
        self._code_of: dict[str, str] = {}
        """Names as they are written, and in small letters where they are long enough to be told by them."""
        self._themselves: set[str] = set()
        self._seats: set[str] = set()
        self._peoples: set[str] = set()
        for state in self._states:
            written = [*state.written(), *(("short", half) for half in HALVES if HALVES[half] == state.code)]
            halves = [
                (form, f"{name[0]}.{name[5:]}") for form, name in written if name.startswith(("North ", "South "))
            ]
            for form, name in written + halves:
                self._code_of.setdefault(name, state.code)
                if len(name.replace(".", "")) > _SHORT and form != "seat":
                    self._code_of.setdefault(name.lower(), state.code)
                if form in _THEMSELVES:
                    self._themselves.add(name.lower())
                elif form == "seat":
                    self._seats.add(name.lower())
                if form == "people":
                    self._peoples.add(name)

    def code(self, words: str) -> str | None:
        """The code of the state that these words stand for, be it a name, an adjective or a building; case counts."""
        return self._code_of.get(words) or self._code_of.get(words.removeprefix("the ").removeprefix("The "))

    def is_state(self, words: str) -> bool:
        """Whether words are a state's name, its capital or its people."""
        return self.code(words) is not None and not {words.lower(), words.removeprefix("the ").lower()}.isdisjoint(
            self._themselves
        )

    def is_people(self, words: str) -> bool:
        """Whether words are a people's name, which stands for its state."""
        return words in self._peoples

    def is_seat(self, words: str) -> bool:
        """Whether words are a building that stands for a government."""
        return self.code(words) is not None and words.lower() in self._seats

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Where one of the states is named, the longest name first."""
        names = sorted((name for name in self._code_of if name[:1].isupper()), key=len, reverse=True)
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?!\w)")

    def named(self, text: str) -> list[str]:
        """The codes of the states that a text names, each once, in reading order."""
        return list(dict.fromkeys(self._code_of[match[0]] for match in self.pattern.finditer(text)))

    def inside_names(self, parsed: Doc) -> dict[int, str]:
        """By its place the code of each word in a state's name of several words: "the People's Republic of Talvia"."""
        found = {}
        for match in self.pattern.finditer(parsed.text.replace("’", "'")):
            name = parsed.char_span(*match.span())
            if name is not None and " " in match[0] and self.is_state(match[0]):
                found.update(dict.fromkeys((word.i for word in name), self._code_of[match[0]]))
        return found

    def with_world(self, folder: Path) -> States:
        """These states, and before them those that a corpus lists beside its schema, if it does."""
        listed = invented_states(read_world(folder).states)
        return States([*listed, *self._states]) if listed else self


REAL = States(real_states())


@lru_cache(maxsize=8)
def states_of(folder: Path | None) -> States:
    """The states of the world, with those that a corpus's folder lists."""
    return REAL if folder is None else REAL.with_world(folder)


def of(parsed: Doc) -> States:
    """The states by which a text is read."""
    found: States = parsed.user_data.get("states", REAL)
    return found
