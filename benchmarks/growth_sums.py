"""What scoring an archive and gathering its claims cost as it grows. ``python -m benchmarks.growth_sums``"""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec
import pyarrow
from pyarrow import parquet

from claimspans.data.records import Document, nested_record
from claimspans.report.formats import markdown_table

from .growth import CORES, FILE, GOAL, PAGE, RAY_1, RAY_2, ROOT, START, documents, measured
from .measure import machine
from .tables import update

HERE = "one process"
EDITIONS = 4
"""Articles are those of so many editions, and begin again under other ids: to the ledger they are wire copy."""
MISSED = 7
"""Every so manieth gold span is not predicted."""
_START = "import ray; ray.init(num_cpus={cores}, include_dashboard=False, object_store_memory=200 << 20)"
_CALL = "import sys; from claimspans.cli import main; main(sys.argv[1:])"


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """What a command and all that it started took: seconds, and bytes."""

    command: str
    under: str
    articles: int
    cpu: float
    wall: float
    peak: int


@click.command()
@click.option("--articles", default="1000", show_default=True, help="Sizes of archives, such as 1000,10000,100000.")
@click.option("--markdown", "to_page", is_flag=True, help="Put the tables into benchmarks/SCALE.md.")
def main(articles: str, *, to_page: bool) -> None:
    """Score archives of growing size, and gather their claims, in one process and on Ray.

    It needs the environment of make .venv-cluster/ready, and a machine that does nothing else.
    """
    made = list(itertools.islice(documents(), START * EDITIONS))
    costs: list[Cost] = []
    with tempfile.TemporaryDirectory(prefix="claimspans-growth-") as name:
        for size in sorted({START, *map(int, articles.split(","))}):
            folder = write_archive(Path(name) / str(size), made, size)
            for cost in costs_of(folder, size):
                costs.append(cost)
                click.echo(f"{cost.command}, {cost.under}, {size:,}: {cost.cpu:.1f} s CPU", err=True)
    page = section(costs)
    click.echo(page)
    if to_page:
        update(PAGE, {"scoring": page})


def write_archive(folder: Path, made: Sequence[Document], articles: int) -> Path:
    """So many articles as gold and as predictions that miss some of it, in files that are not aligned."""
    for side, size in (("gold", FILE), ("found", FILE * 3 // 4)):
        (folder / side).mkdir(parents=True)
        rows = (_row(made[number % len(made)], f"a{number:07}", side) for number in range(articles))
        for number in itertools.count():
            part = list(itertools.islice(rows, size))
            if not part:
                break
            names = dict.fromkeys(name for row in part for name in row)
            table = pyarrow.table({name: [row.get(name) for row in part] for name in names})
            parquet.write_table(table, folder / side / f"part-{number:05}.parquet")
    return folder


def _row(document: Document, doc: str, side: str) -> dict[str, object]:
    if side == "gold":
        return nested_record(document) | {"doc": doc, "text": document.text}
    named = {name for claim in document.claims for _, name, _ in claim.references()}
    values = (value for span in document.spans for value in span.attributes.values())
    named |= {name for value in values if isinstance(value, tuple) for name in value}
    spans = [span for number, span in enumerate(document.spans) if number % MISSED or span.id in named]
    return nested_record(msgspec.structs.replace(document, spans=tuple(spans))) | {"doc": doc}


def costs_of(folder: Path, articles: int) -> Iterator[Cost]:
    """Score and ledger in this order, in one process, and on Ray with one core and with two."""
    gold, found, schema = folder / "gold", folder / "found", str(ROOT / "corpora" / "wire" / "schema.json")
    commands = {
        "score": ["score", "--gold", str(gold), str(found), "--schema", schema],
        "ledger": ["ledger", str(gold), "--schema", schema, "--parquet", str(folder / "ledger.parquet")],
    }
    for name, command in commands.items():
        for under, cores in ((HERE, 0), (RAY_1, 1), (RAY_2, 2)):
            begun = f"{_START.format(cores=cores)}; {_CALL}" if cores else _CALL
            engine = ["--engine", "ray" if cores else "local"]
            cpu, wall, peak = measured([sys.executable, "-c", begun, *command, *engine])
            yield Cost(command=name, under=under, articles=articles, cpu=cpu, wall=wall, peak=peak)


def section(costs: Sequence[Cost]) -> str:
    """The table, and what `GOAL` articles cost by it."""
    facts = machine()
    about = (
        f"Articles are the {START} of wire that are for training, in {EDITIONS} editions that begin again under other "
        f"ids; every {MISSED}th span that no claim names is not predicted. {facts['processor']}, {facts['cores']} "
        f"cores, {facts['memory']}; {facts['python']}."
    )
    columns = ("command", "under", "articles", "CPU s", "wall s", "articles per CPU s", "peak MB")
    cells = [
        (
            *(one.command, one.under, f"{one.articles:,}", f"{one.cpu:,.1f}", f"{one.wall:,.1f}"),
            *(f"{one.articles / one.cpu:,.1f}", f"{one.peak / 1e6:,.0f}"),
        )
        for one in costs
    ]
    reckoned = "\n".join(_reckoned(costs, command) for command in ("score", "ledger"))
    return "\n\n".join([about, markdown_table(columns, cells, names=2), reckoned])


def _reckoned(costs: Sequence[Cost], command: str) -> str:
    """What an article costs beside the start, and what that makes for many."""
    found = {(one.under, one.articles): one for one in costs if one.command == command}
    most = max(size for _, size in found)
    start, whole = ({under: found[under, size] for under in (HERE, RAY_1, RAY_2)} for size in (START, most))
    each = {under: (whole[under].cpu - start[under].cpu) / (most - START) * 1000 for under in whole}
    share = (whole[RAY_1].wall - start[RAY_1].wall) / (2 * (whole[RAY_2].wall - start[RAY_2].wall))
    hours = GOAL * each[RAY_2] / 1000 / 3600
    told = ", ".join(f"{under} {cost:,.2f}" for under, cost in each.items())
    many = f"{GOAL:,} articles × {each[RAY_2]:,.2f} ms = {hours:,.1f} CPU hours"
    return (
        f"- `{command}`, ms CPU an article from {START} to {most:,}: {told}; efficiency of 1 → 2 workers {share:.0%}; "
        f"{many}, ÷ {CORES} cores = {hours / CORES:,.2f} hours"
    )


if __name__ == "__main__":
    main()
