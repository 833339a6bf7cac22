"""The dialogue of claimspans adjudicate: a difference in its sentence, what can be done, and why it was."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import click
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..data.problems import counted
from ..layers.adjudication import Stop
from ..layers.adjudication.decisions import DecisionFile
from ..layers.adjudication.question import Decision, Question, decision
from ..layers.adjudication.typed_values import expected, meaning_of, read_own
from ..text.sentences import around

if TYPE_CHECKING:
    from rich.console import Console

    from ..layers.adjudication import Merged, Sides

_MEANINGS = {
    "both": "both: the spans of both, or all that either lists",
    "neither": "neither: nothing, or null",
    "own": "own: type a value of your own",
    "skip": "skip: leave it open; what rests on it in this article is not asked yet",
    "undo": "undo: take back the last decision",
    "quit": "quit: stop here; the same command goes on",
}


_LONG = 240
"""Characters of a zone that are shown; of a longer one the middle is left out."""


class Dialogue:
    """Asks one person in a terminal; every answer is in the file at once."""

    def __init__(self, file: DecisionFile, out: Console, who: str) -> None:
        self._file = file
        self._out = out
        self._who = who
        self._asked = 0
        self._doc = ""

    def __call__(self, question: Question, so_far: Merged, sides: Sides) -> Decision | None:
        """The decision; None where it was skipped, or the last one was taken back. Raises `Stop`."""
        self._show(question, sides)
        choices = ["a", "b", *(how for how in question.options if how != "layer"), "skip", "undo", "quit"]
        while True:
            try:
                answer = self._prompt(", ".join(choices)).lower()
                found = self._take(question, answer, choices, so_far, sides)
            except click.Abort:
                self._out.print()  # the cursor stands behind the question
                raise Stop from None
            if found != "again":
                return found if isinstance(found, Decision) else None

    def _take(
        self, question: Question, answer: str, choices: list[str], so_far: Merged, sides: Sides
    ) -> Decision | str | None:
        matching = [choice for choice in choices if answer and choice.startswith(answer)]
        if answer in choices:
            matching = [answer]  # b, which both begins with too
        if len(matching) != 1:
            self._say(*[text for name, text in _MEANINGS.items() if name in choices])
            return "again"
        chosen = matching[0]
        if chosen == "quit":
            raise Stop
        if chosen == "skip":
            return None
        if chosen == "undo":
            if not self._asked:
                self._say("nothing was decided since this began")
                return "again"
            self._asked -= 1
            back = self._file.undo()
            self._say(f"taken back: {back.doc} {back.place}, {back.taken}")
            return "undone"
        value: Any = None
        if chosen == "own":
            given = self._own(question, so_far, sides)
            if given is None:
                return "again"
            value = given[0]
            if isinstance(value, dict):
                self._sentence(sides, value["start"], value["end"])
        why = self._prompt("why", default="")
        made = decision(
            question,
            "layer" if chosen in ("a", "b") else chosen,  # type: ignore[arg-type]
            layer=question.difference.layers["ab".index(chosen)] if chosen in ("a", "b") else None,
            value=value,
            why=" ".join(why.split()),
            who=self._who,
            when=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        )
        self._file.add(made)
        self._asked += 1
        return made

    def _own(self, question: Question, so_far: Merged, sides: Sides) -> tuple[Any] | None:
        """The value; None where somebody thought better of it."""
        self._say(f"expected: {expected(question, so_far.document, sides.schema)}; empty goes back")
        while answer := self._prompt("own value", default=""):
            try:
                return (read_own(question, answer, so_far.document, sides.schema),)
            except ValueError as error:
                self._say(str(error))
        return None

    def _prompt(self, text: str, default: str | None = None) -> str:
        found: str = click.prompt(text, default=default, show_default=False, err=True, prompt_suffix=": ")
        return found.strip()

    def _say(self, *lines: str) -> None:
        for line in lines:
            self._out.print(Padding(Text(line, style="yellow"), (0, 0, 0, 2), expand=False))

    def _show(self, question: Question, sides: Sides) -> None:
        difference = question.difference
        if self._doc != question.doc:
            self._doc = question.doc
            self._out.rule(f"{question.doc}: {counted(len(sides.keys), 'difference')}")
        self._out.print()
        place = difference.place.removeprefix(f"{question.what} ")
        self._out.print(Text.assemble((question.what, "bold red"), f"  {place}"))
        marks = dict.fromkeys((span.start, span.end) for span in question.spans if span is not None)
        if len(marks) < 2:
            self._sentence(sides, *next(iter(marks), (difference.start, difference.end)))
        for letter, name, reading, span in zip(
            "ab", difference.layers, difference.readings, question.spans, strict=True
        ):
            words = "–" if reading is None else reading.words
            meaning = "" if reading is None else meaning_of(question, reading.value, sides.schema)
            version = Table.grid(padding=(0, 2, 0, 0))
            version.add_row(
                f"  {letter}",
                Text(name, style="dim"),
                Text.assemble((words, "cyan"), (f" ({meaning})" if meaning else "", "dim")),
            )
            self._out.print(version)
            if len(marks) > 1 and span is not None:
                self._sentence(sides, span.start, span.end)

    def _sentence(self, sides: Sides, start: int, end: int) -> None:
        self._out.print(Padding(_marked(sides.text, start, end), (0, 0, 0, 5), expand=False))


def _marked(text: str, start: int, end: int) -> Text:
    """The sentence on one line, with brackets around what it is about."""
    if start >= len(text):
        return Text("(the article as a whole)", style="dim")
    first, last = around(text, start, end)
    before, inside, after = (
        " ".join(f"|{part}|".split())[1:-1] for part in (text[first:start], text[start:end], text[end:last])
    )
    if len(inside) > _LONG:
        inside = f"{inside[: _LONG // 2]} … {inside[-_LONG // 2 :]}"
    return Text.assemble((before.lstrip(), "dim"), ("⟦" + inside + "⟧", "bold"), (after.rstrip(), "dim"))
