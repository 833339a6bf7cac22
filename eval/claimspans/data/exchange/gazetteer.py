"""States by their names, adjectives, people, capitals and seats, and which state stands for which in an edition."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from string import ascii_uppercase

from ..states import FORMS, HALVES, State, real_states
from .mentions import Edit, Mention
from .words import Fresh, cased

_USER_ASSIGNED = tuple([f"Q{letter}" for letter in ascii_uppercase[12:]] + [f"X{letter}" for letter in ascii_uppercase])
"""The codes that ISO 3166 leaves to users: those of invented states."""
_PREFIXES = {"Russo": "RU", "Sino": "CN", "Anglo": "GB", "Franco": "FR", "Indo": "IN"}


class Gazetteer:
    """Every form of the states that may be mentioned, and a search for all; ``words`` are those of their names."""

    def __init__(self, states: Sequence[State]) -> None:
        self.states = {state.code: state for state in states}
        self._known: dict[str, tuple[str, str]] = {}
        for state in states:
            for form, name in _written(state):
                self._known.setdefault(name, (state.code, form))
        self.words = {word.casefold() for name in self._known for word in name.split()}
        longest = sorted(self._known, key=lambda name: (-len(name), name))
        parts = [re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]") for name in longest]
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else re.compile(r"(?!)")

    def find(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Start, end, code and form of every mention."""
        korea = {code for code in HALVES.values() if code in self.states}
        for found in self._any.finditer(text):
            yield (*found.span(), *self._known[" ".join(found[0].replace("’", "'").split())])
        for words, code in HALVES.items():
            if code in korea and any(name in text for name in self.states[code].forms["short"]):
                for found in re.finditer(rf"\b{words}(?= [a-z]|['’.,])(?! of\b)", text):
                    yield found.start() + 4, found.end(), code, "abbreviation"

    def mentions(self, text: str, chosen: Mapping[str, State]) -> list[Mention]:
        """The mentions of a text, as those of the states that are chosen for theirs; those of the others stay."""
        found = []
        for start, end, code, form in self.find(text):
            new = rendered(chosen[code], form, text[start:end]) if code in chosen else None
            edits = None if new is None else (Edit(start, end, new),)
            found.append(Mention("state", f"state {code}", start, end, edits))
        return found

    def exchanged(self, needed: Mapping[str, set[str]], stuck: Collection[str], fresh: Fresh) -> dict[str, State]:
        """For each state with the forms that are needed of it another one of its own world, and of another region.

        A state without one is left out, and so are those that are ``stuck``. None is chosen twice, and none that is
        needed, except that invented states may change their codes among each other.
        """
        rng = fresh.rng
        pool = [state for state in real_states() if state.region and state.code not in needed]
        rng.shuffle(pool)
        codes = [code for code in _USER_ASSIGNED if code not in stuck]
        rng.shuffle(codes)
        fits = {code: [one for one in pool if self._fits(code, forms, one)] for code, forms in needed.items()}
        chosen: dict[str, State] = {}
        for code in sorted(needed.keys() & self.states.keys() - set(stuck), key=lambda code: (len(fits[code]), code)):
            if code in _USER_ASSIGNED:
                other = next((each for each in codes if each != code), None)
                if other is not None:
                    codes.remove(other)
                    chosen[code] = _new_state(other, fresh)
                continue
            found = next((one for one in fits[code] if one not in chosen.values()), None)
            if found is not None:
                chosen[code] = found
        return chosen

    def _fits(self, code: str, forms: set[str], other: State) -> bool:
        own = self.states.get(code)
        return own is not None and own.region != other.region and all(_canonical(other, form) for form in forms)


def _written(state: State) -> Iterator[tuple[str, str]]:
    yield from state.written()
    yield from (("prefix", prefix) for prefix, code in _PREFIXES.items() if code == state.code)


def _canonical(state: State, form: str) -> str | None:
    """How a form of a state is written."""
    if form == "dotted":
        return next((".".join(name) + "." for name in state.forms["abbreviation"]), None)
    return next(iter(state.forms["adjective" if form == "prefix" else form]), None)


def rendered(state: State, form: str, like: str) -> str | None:
    """A form of a state, in capitals or lower case where the mention that it replaces is; None where it has none."""
    name = _canonical(state, form)
    return None if name is None else name if form in ("abbreviation", "dotted") else cased(name, like)


def _new_state(code: str, fresh: Fresh) -> State:
    stem, capital, house = (fresh.word() for _ in range(3))
    stem = stem.rstrip("aeiou")
    short, adjective = fresh.rng.choice(
        (("ia", "ian"), ("ova", "ovan"), ("or", "orian"), ("ara", "aran"), ("und", "undish"))
    )
    people = stem + adjective + ("ers" if adjective == "undish" else "s")
    cells = (stem + short, f"Republic of {stem}{short}", f"R{stem[0]}{house[0]}", stem + adjective, people, capital)
    forms = {form: (cell,) for form, cell in zip(FORMS, (*cells, f"{house} House"), strict=False)}
    return State(code, "", forms | {"name": ()})
