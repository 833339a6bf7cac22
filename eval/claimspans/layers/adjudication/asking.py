"""The questions of one article, answered by what was decided, or open in the order in which they can be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...data.fields import SchemaFields
from .question import Decision, Question
from .sides import Sides

Read = Callable[[Any], "tuple[Any] | None"]
"""Makes of a value that somebody typed what the outcome holds; None where that cannot be."""


class Asking:
    """Collects what is asked; ``phase`` is raised by whoever asks once later questions rest on earlier answers."""

    def __init__(self, sides: Sides, decisions: Mapping[str, Decision]) -> None:
        self.sides = sides
        self.fields = SchemaFields(sides.schema)
        self.phase = 0
        self.open: list[tuple[int, Question]] = []
        self.closed: list[tuple[Question, Decision]] = []
        self._decisions = decisions

    def ask(self, question: Question, read: Read = lambda value: (value,)) -> tuple[Decision, Any] | None:
        """The decision, and what ``read`` makes of a value of somebody's own.

        None where there is no decision that can be used, which leaves the question open.
        """
        found = self._decisions.get(question.key)
        own = read(found.value) if found is not None and found.how == "own" else (None,)
        if (
            found is None
            or own is None
            or found.how not in question.options
            or (found.how == "layer" and found.layer not in self.sides.names)
        ):
            self.open.append((self.phase, question))
            return None
        self.closed.append((question, found))
        return found, own[0]

    def layer(self, found: Decision) -> int:
        """The layer that a decision took."""
        return self.sides.names.index(found.layer or "")

    def nullable(self, label: str, field: str) -> bool:
        """Whether a field may be null."""
        found = self.fields.find(label, field)
        return found is not None and found.nullable

    @property
    def next(self) -> tuple[Question, ...]:
        """The open questions of the first phase that has any, in reading order."""
        first = min((phase for phase, _ in self.open), default=0)
        order = {key: number for number, key in enumerate(self.sides.keys)}
        now = [question for phase, question in self.open if phase == first]
        return tuple(sorted(now, key=lambda question: order[question.key]))
