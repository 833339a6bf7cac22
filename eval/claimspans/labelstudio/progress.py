"""What long steps tell while they work; the command line shows it, everybody else hears nothing."""

from __future__ import annotations


class Progress:
    """Says nothing. A subclass shows ``stage``, a step that begins, and ``tick``, how far it has come."""

    def stage(self, text: str) -> None:
        """A step begins."""

    def tick(self, text: str) -> None:
        """The step goes on; an empty text has nothing new to say."""


SILENT = Progress()
