"""Agreement of annotation layers, and every disagreement, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from .terminal import figure, new_table

if TYPE_CHECKING:
    from ..layers.agreement import Agreement
    from ..layers.differences import Difference


def agreement_tables(agreement: Agreement) -> Iterator[Table]:
    """Spans by label, attributes, claims; of more than two layers the means over pairs, and every pair."""
    found = agreement.to_dict()
    many = len(agreement.layers) > 2
    means = ", means over pairs" if many else ""
    heads = agreement.layers if many else ("first", "second")
    shown = new_table(f"spans{means}", ("label", *heads, "exact F1", "overlap F1"))
    for name, row in found["spans"].items():
        cells = (*map(str, row["counts"]), figure(row["exact_f1"]), figure(row["overlap_f1"]))
        shown.add_row(name, *cells, style="bold" if name == "all" else None)
    yield shown
    if many:
        yield _pair_table(found["pairs"])
    of = "that two layers have at least; observed and κ are means over pairs" if many else "that both have"
    shown = new_table(f"attributes of spans {of}", ("attribute", "spans", "equal", "observed", "κ", "α"))
    for name, row in found["attributes"].items():
        ratios = (row["observed"], row["kappa"], row["alpha"])
        shown.add_row(name, str(row["matched"]), str(row["equal"]), *map(figure, ratios))
    yield shown
    if all(row["f1"] is None for row in found["claims"].values()):
        return
    if many:
        yield _claim_pair_table(found)
        return
    shown = new_table("claims", ("", "F1"))
    for name, row in found["claims"].items():
        shown.add_row(name, figure(row["f1"]))
    yield shown


def _pair_table(pairs: Sequence[Mapping[str, Any]]) -> Table:
    shown = new_table("spans by pair", ("label", "pair", "exact F1", "overlap F1"))
    shown.columns[1].justify = "left"
    for name in dict.fromkeys(name for pair in pairs for name in pair["spans"]):
        for number, pair in enumerate(pairs):
            row = pair["spans"].get(name, {"exact_f1": None, "overlap_f1": None})
            ratios = (figure(row["exact_f1"]), figure(row["overlap_f1"]))
            shown.add_row("" if number else name, f"{pair['first']} × {pair['second']}", *ratios)
        shown.add_section()
    return shown


def _claim_pair_table(found: Mapping[str, Any]) -> Table:
    shown = new_table("claims by pair, F1", ("pair", *found["claims"]))
    for pair in found["pairs"]:
        shown.add_row(f"{pair['first']} × {pair['second']}", *(figure(row["f1"]) for row in pair["claims"].values()))
    shown.add_row("mean", *(figure(row["f1"]) for row in found["claims"].values()), style="bold")
    return shown


def day_table(days: Mapping[str, tuple[int, Agreement]]) -> Table:
    """The agreement of each day's articles, given with their number."""
    columns = ("day", "articles", "exact F1", "overlap F1", "claims F1")
    shown = new_table("by the day on which an article was finished", columns)
    for day, (articles, agreement) in days.items():
        found = agreement.to_dict()
        spans, whole = found["spans"]["all"], found["claims"]["whole"]
        figures = (spans["exact_f1"], spans["overlap_f1"], whole["f1"])
        shown.add_row(day, str(articles), *map(figure, figures))
    return shown


def difference_lines(found: Sequence[Difference]) -> Iterator[Text]:
    """By article: what differs and where, then what each layer has, then the sentence."""
    for doc, each_of in groupby(found, key=lambda each: each.doc):
        yield Text(doc, style="bold")
        for each in each_of:
            what = each.kind if each.field is None else f"{each.kind} {each.field}"
            yield Text.assemble(f"{each.start}–{each.end} ", (what, "red"), f" {each.ids} {each.place}")
            for layer, reading in zip(each.layers, each.readings, strict=True):
                line = Text(f"    {layer}: ")
                if reading is None:
                    line.append("–", style="dim")
                else:
                    line.append(reading.words, style="cyan")
                yield line
            if each.sentence:
                yield Text(f"    {each.sentence}", style="dim")
        yield Text()
