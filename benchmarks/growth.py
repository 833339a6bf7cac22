"""What an archive costs as it grows: CPU, memory, and what a second worker brings. ``python -m benchmarks.growth``"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec
import psutil
import pyarrow
from pyarrow import parquet

from claimspans.data.corpus import Corpus
from claimspans.data.exchange.corpus import edition, known_of
from claimspans.data.records import Document, to_line
from claimspans.data.splits import docs_of
from claimspans.report.formats import markdown_table

from .kept import keep, read_kept
from .measure import machine
from .tables import update

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "benchmarks" / "SCALE.md"
EXTRACTORS = {"rules": "rules", "digits": f"py:{ROOT / 'benchmarks' / 'overhead.py'}:find_numbers"}
"""The baseline, and one that costs next to nothing, whose figures are those of everything around an extractor."""
EDITIONS = 40
"""Texts are those of so many editions of the training articles of wire, and begin again under other ids."""
START = 24
"""Articles of the smallest archive, whose cost is that of starting everything."""
FILE = 1000
"""Articles of a Parquet file, unless there would be fewer than eight files."""
GOAL = 10_000_000
CORES = 64
"""The archive that the page reckons with, and the cores that it is given."""
TICK = 0.5
"""Seconds between looks at the processes."""
RUN, RAY_1, RAY_2 = "run, 1 worker", "Ray, 1 worker", "Ray, 2 workers"
ALL: tuple[str, ...] = (RUN, RAY_1, RAY_2)


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """What a program and all that it started took: seconds, and bytes (shared pages counted once)."""

    extractor: str
    under: str
    articles: int
    cpu: float
    wall: float
    peak: int
    load: float
    """What the machine had to do before it began (mean of a minute)."""
    read: int
    written: int
    """Bytes of the Parquet files; what ``run`` writes is not counted."""


class Archive(msgspec.Struct, frozen=True):
    """Articles as Parquet files in a folder, and as lines for ``claimspans run``."""

    folder: Path
    lines: Path
    articles: int

    @property
    def stored(self) -> int:
        """Bytes of the Parquet files."""
        return sum(path.stat().st_size for path in self.folder.iterdir())


@click.command()
@click.option("--rules", default="1000", show_default=True, help="Sizes of archives for the extractor rules.")
@click.option("--digits", default="10000,100000", show_default=True, help="Sizes for one that costs little.")
@click.option("--ray", default="1000000", show_default=True, help="Sizes for it under Ray with two workers alone.")
@click.option(
    "--kept",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("runs/growth.jsonl"),
    show_default=True,
    help="What has been measured, and is not again; remove the file where the code has changed.",
)
@click.option("--markdown", "to_page", is_flag=True, help="Put the tables into benchmarks/SCALE.md.")
def main(rules: str, digits: str, ray: str, kept: Path, *, to_page: bool) -> None:
    """Extract archives of growing size with claimspans run and under Ray, and reckon what ten million articles cost.

    It needs the environment of make .venv-cluster/ready, and a machine that does nothing else.

    \b
    Example:
      .venv-cluster/bin/python -m benchmarks.growth --rules 1000,10000 --digits 10000,100000 --markdown
    """
    sizes = {"rules": _sizes(rules), "digits": _sizes(digits)}
    wanted = [(size, name, ALL) for name, given in sizes.items() if given for size in (START, *given)]
    wanted += [(size, "digits", ALL[2:]) for size in _sizes(ray)]
    made = list(itertools.islice(texts(), START * EDITIONS))
    costs: list[Cost] = read_kept(kept, Cost)
    with tempfile.TemporaryDirectory(prefix="claimspans-growth-") as name:
        for size, extractor, ways in sorted(wanted):
            known = {one.under for one in costs if (one.extractor, one.articles) == (extractor, size)}
            if left := [under for under in ways if under not in known]:
                archive = write_archive(Path(name) / f"{size}-{extractor}", made, size)
                for under in left:
                    costs.append(cost_of(archive, extractor, under))
                    keep(kept, costs)
                    click.echo(f"{extractor}, {under}, {size:,}: {costs[-1].cpu:.1f} s CPU", err=True)
                shutil.rmtree(archive.folder.parent)
    page = section(costs, sum(map(len, made)) / len(made))
    click.echo(page)
    if to_page:
        update(PAGE, {"extraction": page})


def _sizes(given: str) -> list[int]:
    try:
        found = sorted(int(one) for one in given.split(",") if one)
    except ValueError as error:
        raise click.BadParameter(f"{given}; expected numbers of articles, such as 1000,10000") from error
    if min(found, default=START + 1) <= START:
        raise click.BadParameter(f"{found[0]}; expected more than {START}, the articles of the smallest archive")
    return found


def texts() -> Iterator[str]:
    """The texts of one edition after the other."""
    return (document.text or "" for document in documents())


def documents() -> Iterator[Document]:
    """The annotated articles of one edition after the other."""
    corpus = Corpus(ROOT / "corpora" / "wire")
    layer = corpus.load()
    known, wanted = known_of(layer), docs_of(corpus, "train")
    for seed in range(EDITIONS):
        made = edition(layer, seed, known)
        yield from (made[doc].document for doc in wanted)


def write_archive(folder: Path, made: Sequence[str], articles: int) -> Archive:
    """So many articles; their texts begin again where they end."""
    within, lines = folder / "articles", folder / "articles.jsonl"
    within.mkdir(parents=True)
    rows = ({"doc": f"a{number:07}", "text": made[number % len(made)]} for number in range(articles))
    with lines.open("w", encoding="utf-8") as file:
        for number in itertools.count():
            part = list(itertools.islice(rows, max(1, min(FILE, articles // 8))))
            if not part:
                break
            file.writelines(map(to_line, part))
            parquet.write_table(pyarrow.Table.from_pylist(part), within / f"part-{number:05}.parquet")
    return Archive(within, lines, articles)


def cost_of(archive: Archive, extractor: str, under: str) -> Cost:
    """Of the archive by ``claimspans run``, or under Ray."""
    uri, out, load = EXTRACTORS[extractor], archive.folder.parent / "out", os.getloadavg()[0]
    shutil.rmtree(out, ignore_errors=True)
    if under == RUN:
        command = ["-m", "claimspans", "run", uri, "--articles", str(archive.lines), "--workers", "1", "--json"]
        command += ["--out", str(out)]
    else:
        script = str(ROOT / "docs" / "examples" / "archive_ray.py")
        command = [script, str(archive.folder), str(out), uri, "1" if under == RAY_1 else "2"]
    cpu, wall, peak = measured([sys.executable, *command])
    written = sum(path.stat().st_size for path in out.rglob("*.parquet"))
    return Cost(
        extractor=extractor,
        under=under,
        articles=archive.articles,
        cpu=cpu,
        wall=wall,
        peak=peak,
        load=load,
        read=archive.stored,
        written=written,
    )


def measured(command: Sequence[str]) -> tuple[float, float, int]:
    """CPU and wall seconds, and the most bytes, of a program with all that it starts; raises where it fails."""
    began, peak = time.monotonic(), 0
    cpu: dict[tuple[int, float], float] = {}
    with tempfile.TemporaryFile() as said:
        program = psutil.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        while program.poll() is None:
            held = 0
            for each in [program, *program.children(recursive=True)]:
                try:
                    used = each.cpu_times()
                    cpu[each.pid, each.create_time()] = used.user + used.system
                    held += each.memory_full_info().pss
                except psutil.Error:
                    continue  # it has ended
            peak = max(peak, held)
            time.sleep(TICK)
        if program.returncode:
            said.seek(0)
            raise click.ClickException(f"{command}: {said.read().decode(errors='replace')[-1000:]}")
    return sum(cpu.values()), time.monotonic() - began, peak


def section(costs: Sequence[Cost], characters: float) -> str:
    """The tables, and the arithmetic for an archive of `GOAL` articles."""
    facts = machine()
    about = (
        f"Texts: editions of the {START} training articles of wire, {characters:,.0f} characters on average, "
        f"{START * EDITIONS} different ones. {facts['processor']}, {facts['cores']} cores, {facts['memory']}; "
        f"{facts['system']}; {facts['python']}. Load is that of the minute before. CPU and memory are those of all "
        f"processes, looked at every {TICK} s."
    )
    columns = ("extractor", "under", "articles", "load", "CPU s", "wall s", "articles per CPU s", "peak MB")
    cells = [
        (
            *(one.extractor, one.under, f"{one.articles:,}", f"{one.load:.1f}", f"{one.cpu:,.1f}"),
            *(f"{one.wall:,.1f}", f"{one.articles / one.cpu:,.1f}", f"{one.peak / 1e6:,.0f}"),
        )
        for one in sorted(costs, key=lambda one: (list(EXTRACTORS).index(one.extractor), one.articles))
    ]
    parts = [about, markdown_table(columns, cells, names=2)]
    parts += [_reckoned(costs, extractor) for extractor in EXTRACTORS]
    return "\n\n".join(parts)


def _reckoned(costs: Sequence[Cost], extractor: str) -> str:
    """What an article costs beside the start, and what that makes for many."""
    found = {(one.under, one.articles): one for one in costs if one.extractor == extractor}
    whole_sizes = [size for _, size in found if all((under, size) in found for under in ALL)]
    if not whole_sizes:
        return f"**{extractor}**: not measured."
    most = max(whole_sizes)
    start, whole = ({under: found[under, size] for under in ALL} for size in (START, most))
    count = most - START
    each = {under: (whole[under].cpu - start[under].cpu) / count * 1000 for under in whole}
    passed = {under: whole[under].wall - start[under].wall for under in whole}
    if min(*each.values(), *passed.values()) <= 0:
        return f"**{extractor}**: {most:,} articles cost too little beside the start to reckon with; name more."
    hours = GOAL * each[RAY_2] / 1000 / 3600
    more = (whole[RAY_2].peak - whole[RAY_1].peak) / 1e6
    read, written = (size / most for size in (whole[RAY_2].read, whole[RAY_2].written))
    lines = [f"**{extractor}**, from {START} to {most:,} articles:", ""]
    for under, cost in whole.items():
        beside = start[under].cpu
        work = f"({cost.cpu:,.1f} − {beside:,.1f}) s CPU ÷ {count:,}"
        lines.append(f"- {under}: {work} = {each[under]:,.2f} ms an article, beside {beside:,.1f} s once")
    engine = each[RAY_1] - each[RUN]
    lines.append(f"- overhead of Ray: {each[RAY_1]:,.2f} − {each[RUN]:,.2f} = {engine:+,.2f} ms an article")
    share = passed[RAY_1] / (2 * passed[RAY_2])
    lines.append(f"- efficiency of 1 → 2 workers: {passed[RAY_1]:,.1f} s ÷ (2 × {passed[RAY_2]:,.1f} s) = {share:.0%}")
    lines.append(f"- memory of a second worker: {more:,.0f} MB")
    core = f"{hours:,.1f} CPU hours; ÷ {CORES} cores = {hours / CORES:,.2f} hours"
    lines.append(f"- {GOAL:,} articles: × {each[RAY_2]:,.2f} ms = {core}, where nobody waits for disk or network")
    kept = f"× {written:,.0f} bytes = {GOAL * written / 1e9:,.1f} GB written"
    lines.append(f"- as Parquet: × {read:,.0f} bytes = {GOAL * read / 1e9:,.1f} GB read, {kept}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
