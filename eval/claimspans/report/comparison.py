"""A comparison of systems for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from ..data.problems import ClaimspansError, counted
from ..scoring.counts import RATIOS
from ..scoring.significance import ALPHA
from .terminal import figure, new_table

if TYPE_CHECKING:
    from ..scoring.compare import Comparison, Difference, Pair
    from ..scoring.found_by_one import OneSided

# Unicode has no superscript q.
LETTERS = "abcdefghijklmnoprstuvwxyz"
_SUPERSCRIPT = dict(zip(LETTERS, "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_CONTEXT = 24
"""Characters on either side, so that most spans stay on one line."""

_SHORT = {"precision": "P", "recall": "R", "f1": "F1"}


def system_table(comparison: Comparison) -> Table:
    """A row a system, with the letters of those that it beats behind each figure, and its rank by F1.

    Raises `ClaimspansError` for more systems than there are letters.
    """
    if len(comparison.systems) > len(LETTERS):
        raise ClaimspansError(
            f"the table has letters for {len(LETTERS)} systems; got {len(comparison.systems)}: compare fewer, "
            "or print everything with --json"
        )
    letter = dict(zip(comparison.systems, LETTERS, strict=False))
    beaten = {ratio: comparison.beats(ratio) for ratio in RATIOS}
    ranks = comparison.ranks()
    table = new_table(comparison.scheme, ("system", "gold", "pred", "P", "95 %", "R", "95 %", "F1", "95 %", "rank"))
    for name, result in comparison.results.items():
        counts = result[comparison.scheme].micro
        cells = []
        for ratio in RATIOS:
            marks = "".join(_SUPERSCRIPT[letter[other]] for other in letter if (name, other) in beaten[ratio])
            ends = comparison.intervals[name].get(ratio)
            cells += [figure(getattr(counts, ratio)) + marks, "–" if ends is None else f"{ends[0]:.3f}–{ends[1]:.3f}"]
        rank = str(ranks[name]) if name in ranks else "–"
        table.add_row(f"{letter[name]}  {name}", str(counts.POS), str(counts.ACT), *cells, rank)
    return table


def pair_table(comparison: Comparison) -> Table:
    """A row a pair and ratio: difference, interval, p, and the articles won, tied and lost on F1."""
    title = "differences of micro figures"
    table = new_table(title, ("pair", "", "difference", "95 %", "p", "p Holm", "won", "tied", "lost"))
    for pair in comparison.pairs:
        for ratio in RATIOS:
            articles = [str(pair.wins), str(pair.ties), str(pair.losses)] if ratio == "f1" else []
            table.add_row(
                _name(pair) if ratio == RATIOS[0] else "", _SHORT[ratio], *_cells(pair.micro[ratio]), *articles
            )
        table.add_section()
    return table


def label_table(comparison: Comparison) -> Table:
    """A row a pair, label and ratio: difference, interval, p."""
    table = new_table("differences by label", ("pair", "label", "", "difference", "95 %", "p", "p Holm"))
    for pair in comparison.pairs:
        first = _name(pair)
        for label, tested in pair.labels.items():
            for ratio in RATIOS:
                head = (first, label) if ratio == RATIOS[0] else ("", "")
                table.add_row(*head, _SHORT[ratio], *_cells(tested[ratio]))
                first = ""
    return table


def capability_table(comparison: Comparison) -> Table:
    """A row a capability, the weakest of the first system first, with the share of texts that each system passes.

    Of two systems also how many texts one alone passes, and the p-values; `Comparison.capabilities` has every pair's.
    """
    two = len(comparison.systems) == 2
    alone = [f"only {name}" for name in comparison.systems]
    columns = ("", "texts", *comparison.systems, *((*alone, "p", "p Holm") if two else ()))
    table = new_table("share of texts passed, by capability", columns)
    scores = [{score.capability: score for score in result.capabilities} for result in comparison.results.values()]
    tests = {test.capability: test for test in comparison.capabilities} if two else {}
    for name, first in scores[0].items():
        cells = [figure(each[name].share) for each in scores]
        if name in tests:
            test = tests[name]
            cells += [str(test.only_first), str(test.only_second), p_figure(test.p), p_figure(test.p_holm)]
        table.add_row(name, str(first.texts), *cells)
    return table


def notes(comparison: Comparison, *, by_label: bool = False) -> Iterator[str]:
    """What the tables mean, what so many articles can show at all, and what is to be known of each system."""
    yield (
        f"A raised letter: better than that system at p < {ALPHA} after Holm's correction. "
        "Systems that are not told apart share a rank (by F1)."
    )
    articles = counted(len(comparison.docs), "article")
    for tests, what in ((len(comparison.pairs), "pairs"), (comparison.label_tests * by_label, "pairs and labels")):
        smallest = comparison.smallest_p(max(tests, 1))
        if smallest > ALPHA:
            after = f" after Holm's correction for {tests} {what}" if tests > 1 else ""
            shown = "difference" if what == "pairs" else "difference by label"
            yield (
                f"{articles} can give no two-sided p below {p_figure(smallest)}{after}: "
                f"no {shown} here can reach {ALPHA}, however large it is."
            )
            break
    for name, result in comparison.results.items():
        yield from (f"{name}: {note}" for note in result.notes)
    for pair in comparison.pairs:
        if pair.undefined:
            yield f"{_name(pair)}: not counted as won, tied or lost: {pair.undefined}, where one of the two has no F1."


def regression_lines(comparison: Comparison) -> Iterator[str]:
    """A line for each system that the first one falls behind, with what the test says (`Comparison.worse`)."""
    for pair in comparison.worse():
        figures = [figure(comparison.results[name][comparison.scheme].micro.f1) for name in (pair.first, pair.second)]
        tested = f"p {p_figure(pair.micro['f1'].p_holm)} after Holm's correction"
        if not comparison.can_tell:
            articles = counted(len(comparison.docs), "article")
            tested += f"; {articles} can give no p below {ALPHA}, so any lower figure counts"
        yield (
            f"{pair.first} is worse than {pair.second}: {comparison.scheme} F1 {figures[0]} instead of {figures[1]} "
            f"({tested})"
        )


def one_sided(comparison: Comparison) -> Iterator[RenderableType]:
    """For each pair the gold spans that one has right and the other lacks, within their context."""
    for pair in comparison.pairs:
        for name, other, spans in (
            (pair.first, pair.second, pair.only_first),
            (pair.second, pair.first, pair.only_second),
        ):
            count = counted(len(spans), "span")
            yield Text(f"{count} that {name} has right and {other} lacks", style="bold")
            if spans:
                yield _span_table(spans)
            yield ""


def _span_table(spans: Sequence[OneSided]) -> Table:
    table = new_table("", ("article", "label", "place", "", "span", ""), numbers=False)
    table.title = None
    table.columns[3].justify = "right"
    for span in spans:
        before, text, after = (" ".join((part or "").split()) for part in (span.before, span.text, span.after))
        place = f"{span.start}–{span.end}"
        context = Text(before[-_CONTEXT:], style="dim"), Text(text, style="bold"), Text(after[:_CONTEXT], style="dim")
        table.add_row(span.doc, span.label, place, *context)
    return table


def p_figure(p: float | None) -> str:
    """A p-value to four decimals, or – where there is none."""
    if p is None:
        return "–"
    return "<0.0001" if p < 0.0001 else f"{p:.4f}"


def _name(pair: Pair) -> str:
    return f"{pair.first} − {pair.second}"


def _cells(tested: Difference) -> list[str]:
    ends = tested.interval
    interval = "–" if ends is None else f"{_signed(ends[0])} to {_signed(ends[1])}"
    return [_signed(tested.difference), interval, p_figure(tested.p), p_figure(tested.p_holm)]


def _signed(value: float | None) -> str:
    """A difference to three decimals with its sign; none where it rounds to 0."""
    if value is None:
        return "–"
    shown = f"{value:+.3f}"
    return "0.000" if float(shown) == 0 else shown.replace("-", "−")
