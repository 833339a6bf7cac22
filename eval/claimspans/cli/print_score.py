"""A score on standard output, in the format that is asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
import msgspec

from ..data.problems import counted
from ..report.formats import formatted

if TYPE_CHECKING:
    from ..scoring.editions import Loss
    from ..scoring.result import Result


class Shown(msgspec.Struct, frozen=True):
    """What of a score is printed, and how; ``editions`` is how many it is compared with."""

    form: str
    brief: bool
    details: bool
    errors: bool
    editions: int


def print_score(result: Result, what: Shown, lost: Sequence[Loss]) -> None:
    if what.form == "json" and (what.errors or lost):
        shown = result.to_dict(brief=what.brief)
        if what.errors:
            texts = {gold.doc: gold.text for gold, _ in result.task.both_documents()}
            shown["errors"] = [error.to_dict(texts.get(error.doc)) for error in result.errors()]
        if lost:
            shown["editions"] = {"count": what.editions, "strict": msgspec.to_builtins(lost)}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2, allow_nan=False))
    elif what.form != "table":
        click.echo(formatted(result, what.form, brief=what.brief), nl=False)
    else:
        _print_tables(result, what, lost)


def _print_tables(result: Result, what: Shown, lost: Sequence[Loss]) -> None:
    from ..report.terminal import console, figure_table, print_table
    from ..scoring.text_tables import detail_tables, failures, score_tables, unstated

    out = console()
    for side, form in result.forms.items():
        out.print(f"{side}: read as {form}", markup=False)
    if result.coverage is not None:
        out.print(result.coverage, soft_wrap=True)
    for table in score_tables(result, brief=what.brief):
        print_table(out, figure_table(table))
    for capability, failure in failures(result).items():
        out.print(f"{capability}, {failure}", soft_wrap=True)
    if lost:
        from ..scoring.editions import loss_table

        print_table(out, figure_table(loss_table(lost, what.editions)))
    if what.details:
        for table in detail_tables(result):
            print_table(out, figure_table(table))
    if what.errors:
        from ..report.errors import error_lines

        told = (
            (outcome, gold, predicted)
            for gold, predicted in result.task.both_documents()
            for outcome in result.outcomes(gold, predicted)
            if outcome.wrong
        )
        for line in error_lines(told):
            out.print(line, soft_wrap=True)
        out.print("")
    if result.ignored:
        out.print(
            f"{counted(result.ignored, 'prediction lies', 'predictions lie')} in zones, which are not read: ignored."
        )
    for note in (*result.notes, *([] if what.brief else [unstated(result)])):
        if note is not None and note != result.coverage:
            out.print(note)
    out.print(result.signature, style="dim", soft_wrap=True)
