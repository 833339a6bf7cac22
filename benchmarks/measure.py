"""Programs in processes of their own, in turns: CPU seconds, wall seconds, peak memory, and what they print."""

from __future__ import annotations

import compileall
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata, util
from pathlib import Path
from typing import Any

import msgspec

from . import workload

TOOLS_FILE = Path(__file__).with_name("tools.py")
LAUNCHER_FILE = Path(__file__).with_name("launcher.py")
RESAMPLES = 2000
# A program that takes longer than this is not asked again: its figure does not hang on the third digit.
SLOW_SECONDS = 30.0
SCHEMES = ("strict", "exact", "partial", "type")
REFERENCES = ("claimspans", "claimspans-api")
DECODE, PEER = "msgspec-decode", "nervaluate"

Counts = dict[str, dict[str, int | None]]


class Tool(msgspec.Struct, frozen=True, kw_only=True):
    """A program to measure: what it is called, what it counts, and whether it can tell overlapping spans."""

    name: str
    package: str
    counts: str
    nested: bool = True

    @property
    def version(self) -> str | None:
        try:
            return metadata.version(self.package)
        except metadata.PackageNotFoundError:
            return None

    def command(self, gold: Path, predictions: Path, articles: int) -> list[str]:
        if self.name == "claimspans":
            files = ["--gold", str(gold), str(predictions)]
            return [sys.executable, "-P", "-m", "claimspans", "score", *files, "--json", "--brief"]
        inputs = [str(articles), str(RESAMPLES)] if self.name == "bootstrap" else [str(gold), str(predictions)]
        return [sys.executable, "-P", str(TOOLS_FILE), self.name, *inputs]


TOOLS = (
    Tool(name="claimspans", package="claimspans", counts="4 schemes, by label"),
    Tool(name="claimspans-api", package="claimspans", counts="4 schemes, by label"),
    Tool(name="nervaluate", package="nervaluate", counts="4 schemes, by label"),
    Tool(name="annotations-evaluate", package="annotations-evaluate", counts="4 schemes"),
    Tool(name="seqeval", package="seqeval", counts="strict, by label", nested=False),
    Tool(name="spacy", package="spacy", counts="strict, by label"),
    Tool(name="msgspec-decode", package="msgspec", counts="floor: typed records"),
    Tool(name="orjson-stream", package="orjson", counts="floor: fields, not kept"),
    Tool(name="bootstrap", package="claimspans", counts=f"{RESAMPLES:,} resamples"),
)


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One process: seconds, bytes, and its output, or why it has none."""

    cpu: float
    wall: float
    peak: int
    output: bytes = b""
    error: str | None = None


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """A tool's medians over its rounds; ``off`` is by how much its counts differ from those that are right."""

    name: str
    version: str | None
    counts: str
    rounds: int = 0
    cpu: float | None = None
    wall: float | None = None
    peak: float | None = None
    over_decode: float | None = None
    over_nervaluate: float | None = None
    phases: Mapping[str, float] = {}
    schemes: Counts = {}
    off: dict[str, dict[str, int]] = {}
    error: str | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What one call of the harness found."""

    articles: int
    nested: bool
    machine: Mapping[str, str]
    tools: list[Measured]

    @property
    def variant(self) -> str:
        return "nested" if self.nested else "flat"

    @property
    def disagreeing(self) -> list[str]:
        """The tools whose strict counts are not those that the workload was built with."""
        return [tool.name for tool in self.tools if "strict" in tool.off]


def run_process(command: Sequence[str], timeout: float) -> Run:
    """Run a command to its end or, after ``timeout`` wall seconds, to ours; CPU is the user's and the system's.

    A small launcher starts it and reads its usage: a process that starts another hands on its own peak of memory.
    """
    with (
        tempfile.TemporaryFile() as output,
        tempfile.TemporaryFile() as errors,
        tempfile.NamedTemporaryFile() as usage_file,
    ):
        launch = [sys.executable, "-I", "-S", str(LAUNCHER_FILE), usage_file.name, *command]
        process = subprocess.Popen(  # noqa: S603
            launch, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, start_new_session=True
        )
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return Run(cpu=0, wall=timeout, peak=0, error=f"not done after {timeout:g} s")
        output.seek(0)
        errors.seek(0)
        error = None
        if process.returncode:
            said = errors.read().decode(errors="replace").strip().splitlines() or ["nothing said"]
            error = f"exit code {process.returncode}: {said[-1]}"
        usage = json.loads(usage_file.read() or b"{}")
        return Run(
            cpu=usage.get("cpu", 0),
            wall=usage.get("wall", 0),
            peak=usage.get("peak", 0),
            output=output.read(),
            error=error,
        )


def measure(
    names: Sequence[str], articles: int, *, nested: bool, rounds: int, timeout: float
) -> Iterator[str | Report]:
    """Make the files, run every tool in turns and yield a line on each process, at last the report."""
    tools = [tool for tool in TOOLS if tool.name in names]
    runs: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    with tempfile.TemporaryDirectory(prefix="claimspans-benchmark-") as name:
        folder = Path(name)
        gold, predictions = folder / "gold.jsonl", folder / "predictions.jsonl"
        variant = "nested" if nested else "flat"
        yield f"writing {articles:,} articles, {variant}"
        making = [sys.executable, "-P", str(Path(workload.__file__)), name, str(articles), variant]
        made = run_process(making, timeout)
        if made.error:
            raise RuntimeError(f"the workload was not written: {made.error}")
        _compile("claimspans")
        for turn in range(rounds):
            for tool in tools:
                done = runs[tool.name]
                if (nested and not tool.nested) or (done and (done[-1].error or done[-1].cpu > SLOW_SECONDS)):
                    continue
                run = run_process(tool.command(gold, predictions, articles), timeout)
                done.append(run)
                yield f"round {turn + 1}/{rounds}  {tool.name}: {run.error or f'{run.cpu:.2f} s CPU'}"
    measured = [_median(tool, runs[tool.name]) for tool in tools]
    yield Report(
        articles=articles, nested=nested, machine=machine(), tools=_compared(measured, articles, nested=nested)
    )


def measure_dense(timeout: float) -> Iterator[tuple[str, Run]]:
    """What ``claimspans score`` takes for each of the dense workloads."""
    _compile("claimspans")
    for name in workload.DENSE:
        with tempfile.TemporaryDirectory() as folder:
            paths = workload.write_dense(Path(folder), name)
            yield name, run_process(TOOLS[0].command(*paths, 1), timeout)


def _compile(package: str) -> None:
    """Compile what may be a working copy: pip has done so for the other tools, and where nothing may be written
    (PYTHONDONTWRITEBYTECODE) each start would compile it anew.
    """
    spec = util.find_spec(package)
    for folder in (spec and spec.submodule_search_locations) or ():
        compileall.compile_dir(folder, quiet=2)


def _median(tool: Tool, runs: list[Run]) -> Measured:
    bare = Measured(name=tool.name, version=tool.version, counts=tool.counts)
    failed = next((run.error for run in runs if run.error), None)
    if not runs or failed:
        return msgspec.structs.replace(bare, error=failed or "cannot tell overlapping spans")
    middle = sorted(runs, key=lambda run: run.cpu)[(len(runs) - 1) // 2]
    told: dict[str, Any] = json.loads(middle.output)
    fields = ("COR", "INC", "PAR", "MIS", "SPU", "POS", "ACT")
    schemes = {}
    for scheme in SCHEMES:
        if scheme in told["schemes"]:
            counts = told["schemes"][scheme]
            micro = counts.get("micro", counts)  # the command line prints more than the totals
            schemes[scheme] = {field: micro[field] for field in fields}
    return msgspec.structs.replace(
        bare,
        rounds=len(runs),
        cpu=statistics.median(run.cpu for run in runs),
        wall=statistics.median(run.wall for run in runs),
        peak=statistics.median(run.peak for run in runs),
        phases=told.get("phases", {}),
        schemes=schemes,
    )


def _compared(tools: list[Measured], articles: int, *, nested: bool) -> list[Measured]:
    cpu = {tool.name: tool.cpu for tool in tools if tool.cpu is not None}
    right: Counts = {scheme: dict(counts) for scheme, counts in workload.expected(articles, nested=nested).items()}
    for reference in reversed(REFERENCES):  # of what the files do not say beforehand, the optimal matching does
        right = {**next((tool.schemes for tool in tools if tool.name == reference), {}), **right}
    return [
        msgspec.structs.replace(
            tool,
            over_decode=_over(tool, cpu.get(DECODE)),
            over_nervaluate=_over(tool, cpu.get(PEER)),
            off={scheme: off for scheme in tool.schemes if (off := _off(tool.schemes[scheme], right.get(scheme, {})))},
        )
        for tool in tools
    ]


def _over(tool: Measured, seconds: float | None) -> float | None:
    return None if tool.cpu is None or not seconds or tool.name == "bootstrap" else tool.cpu / seconds


def _off(counts: Mapping[str, int | None], right: Mapping[str, int | None]) -> dict[str, int]:
    off = {}
    for field, value in counts.items():
        wanted = right.get(field)
        if value is not None and wanted is not None and value != wanted:
            off[field] = value - wanted
    return off


def machine() -> dict[str, str]:
    """The facts that a figure hangs on: processor, cores, memory, system, Python."""
    import platform

    facts = {"processor": platform.processor() or platform.machine(), "cores": str(os.cpu_count())}
    information = Path("/proc/cpuinfo")
    if information.exists():
        named = [line for line in information.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        facts["processor"] = named[0].partition(":")[2].strip() if named else facts["processor"]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    facts["memory"] = f"{memory / 2**30:.0f} GiB"
    facts["system"] = f"{platform.system()} {platform.release()}"
    facts["python"] = f"{platform.python_implementation()} {platform.python_version()}"
    return facts
