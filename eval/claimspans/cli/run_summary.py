"""What became of a run, in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..data.escapes import one_line
from ..data.predictions import PREDICTIONS
from ..data.problems import counted, short

if TYPE_CHECKING:
    from ..extractors.run import Tally


def summary(uri: str, folder: Path, tally: Tally) -> list[str]:
    """The lines that are printed after a run."""
    shown = [f"{tally.statuses[status]} {status}" for status in ("done", "partial", "failed") if tally.statuses[status]]
    claims = f" and {counted(tally.claims, 'claim')}" if tally.claims else ""
    found = f"{counted(tally.spans, 'span')}{claims} in {counted(tally.settled, 'article')}"
    lines = [f"{uri}: {found} ({', '.join(shown) or 'none run'}) → {folder / PREDICTIONS}"]
    if tally.restarted:
        kept = f"; that run is kept in {tally.previous}" if tally.previous else ""
        lines.append(f"Begun afresh; changed since the run before: {tally.restarted}{kept}.")
    if tally.source:
        lines.append(f"The code that ran is {tally.source}.")
    if tally.rejected:
        lines.append(f"Rejected, and counted as spurious: {_counted(tally.rejected)}.")
        lines += [f"  {reason}, first in {doc}: {short(said, 300)}" for reason, (doc, said) in tally.rejections.items()]
    if tally.fuzzy:
        lines.append(
            f"{counted(tally.fuzzy, 'quote is', 'quotes are')} only nearly in the articles: counted as spurious."
        )
    if tally.details:
        lines.append(
            f"{counted(tally.details, 'attribute does', 'attributes do')} not fit the schema: left out (errors.jsonl)."
        )
    if tally.dropped:
        lines.append(f"Left out by the label map: {_counted(tally.dropped)}.")
    if tally.failures:
        example = f", first {tally.example[0]}: {short(tally.example[1], 200)}" if tally.example else ""
        lines.append(f"Failed: {_counted(tally.failures)}{example}")
        lines += [f"  {line}" for line in (tally.traceback or "").splitlines()]
        if tally.example and len(tally.articles) > 1:
            lines.append(f"To run it alone, give the same command with --only {tally.example[0]}.")
        lines.append(f"{folder / 'errors.jsonl'} says why each failed, {folder / 'log'} holds what was said meanwhile.")
    if tally.usage:
        lines.append(
            "Used: " + ", ".join(f"{_figure(count)} {name}" for name, count in sorted(tally.usage.items())) + "."
        )
    if tally.repeat:
        figures = ", ".join("–" if figure is None else f"{figure:.3f}" for figure in tally.repeat["strict_f1"])
        lines.append(f"Run again, its first articles agree with this run to a strict F1 of {figures}.")
    lines += tally.hints
    if tally.useless:
        lines.append("Nothing that the system gave could be used.")
    if tally.stopped:
        lines.append(f"Stopped after {counted(tally.failures_in_a_row, 'failure')} in a row.")
    if tally.left:
        lines.append(f"{counted(tally.left, 'article has', 'articles have')} not been run; the same command goes on.")
    return [one_line(line) for line in lines]


def _figure(count: float) -> str:
    return f"{count:,}" if isinstance(count, int) else f"{count:,.4g}"


def _counted(counter: Any) -> str:
    return ", ".join(f"{count} {name}" for name, count in counter.most_common())
