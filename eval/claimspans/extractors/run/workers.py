"""Workers: processes that hold an extractor, started, asked, and started again when they fail."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from ...data.manifest import then_and_now
from ...data.problems import ClaimspansError
from ..adapters import command
from ..contract import Answer, Article
from ..registry import Address, Setting
from . import guard
from .log import Log
from .process import Ask, Fault, LineProcess
from .worker import Start


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """``timeout`` and ``load_timeout`` in seconds, ``memory`` in bytes of a worker and its children."""

    timeout: float = 60.0
    load_timeout: float = 300.0
    memory: int | None = None


class Pace(msgspec.Struct):
    """How long the first article of a worker took in this run, in seconds; None before any has answered."""

    first: float | None = None

    def allowance(self, limits: Limits) -> float:
        """Seconds for a worker's first article: as long as loading may take, until one has shown how long it takes."""
        if self.first is None:
            return limits.load_timeout
        return min(limits.load_timeout, limits.timeout + 2 * self.first)


class Hire(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker is to be, and how it is watched."""

    address: Address
    options: dict[str, Any]
    setting: Setting
    limits: Limits
    identity: Mapping[str, Any] | None = None
    """What an extractor of ours must say of itself: two versions are no run. Files of a program may be its logs."""

    @property
    def foreign(self) -> bool:
        """Whether it is a program of the user's, which knows only articles and answers."""
        return self.address.scheme == "cmd"


class RefusedError(ClaimspansError):
    """An extractor that cannot be loaded, with what its user can do."""


class ChangedError(ClaimspansError):
    """An extractor that is another than when the run began."""


class Worker:
    """A running worker.

    ``identity``, ``batch``, ``workers``, ``source`` and ``files``, those of its code, are what the extractor said of
    itself.
    """

    def __init__(self, hire: Hire, log: Path, pace: Pace | None = None) -> None:
        """Start it and wait until it is ready. Workers of one run share a ``pace``.

        Raises `RefusedError` for what its user can mend, `ChangedError` for one that is not what it must be, `Fault`
        where it ends or is not ready in time.
        """
        self._hire = hire
        self._fresh = True
        self._pace = pace or Pace()
        self.identity: Mapping[str, Any] = {}
        self.batch = 1
        self.workers: int | None = None
        self.source: str | None = None
        self.files: Sequence[str] = ()
        self._log_path = log
        self._begun = log.stat().st_size if log.exists() else 0
        self._log = Log(log)
        try:
            self._start()
        except BaseException:
            self._log.close()
            raise

    def _start(self) -> None:
        hire = self._hire
        if hire.foreign:
            program = command.arguments(hire.address.target)
            self.identity = command.identity(program)
        else:
            program = [sys.executable, "-P", "-m", "claimspans.extractors.run.worker"]
        argv = [sys.executable, "-I", guard.__file__, *program]
        try:
            self._process = LineProcess(argv, self._log, _unbuffered() if hire.foreign else environment())
        except OSError as error:
            raise RefusedError(f"{hire.address.uri}: cannot be started: {error.strerror}") from error
        if not hire.foreign:
            self._load()

    def _load(self) -> None:
        hire = self._hire
        self._process.send(msgspec.json.encode(Start(hire.address, hire.options, hire.setting)) + b"\n")
        try:
            said = self._process.receive(hire.limits.load_timeout, hire.limits.memory)
        except Fault:
            self._process.kill()
            raise
        if "refused" in said:
            self._process.close()
            raise RefusedError(str(said["refused"]))
        self.identity, self.batch, self.workers = said["ready"], said["batch"], said["workers"]
        self.source, self.files = said["source"], said["files"]
        if hire.identity is not None and hire.identity != self.identity:
            self._process.kill()
            raise ChangedError(
                f"{hire.address.uri}: changed while it was run ({then_and_now(hire.identity, self.identity)}). What "
                "was done is kept: put it back and run the same command again, or run the new one with --fresh"
            )

    def ask(self, articles: Sequence[Article]) -> dict[str, Answer]:
        """The answers by article; raises `Fault`, after which it is gone."""
        limits = self._hire.limits
        timeout = limits.timeout * len(articles)
        fresh, self._fresh = self._fresh, False
        if fresh:
            # What is loaded at the first article is no fault of that article.
            timeout += max(0.0, self._pace.allowance(limits) - limits.timeout)
        began = time.monotonic()
        ask = Ask.of(articles, together=not self._hire.foreign, timeout=timeout, memory=limits.memory)
        try:
            found = self._process.ask(ask)
        except Fault as fault:
            if self._hire.foreign and fault.kind == "timeout" and self._pace.first is None:
                fault.detail += "; a program must write each answer out at once (flush), before it reads on"
            self._log.drain()
            self._log.close()
            if fault.kind == "crash" and (said := last_words(self._log_path, self._begun)):
                fault.detail += f"; its last words: {said}"
            raise
        if fresh:
            self._pace.first = max(self._pace.first or 0.0, time.monotonic() - began)
        return found

    def close(self) -> None:
        self._process.close()
        self._log.close()

    def kill(self) -> None:
        self._process.kill()
        self._log.close()


def first_worker(hire: Hire, log: Path, pace: Pace) -> Worker:
    """The worker that shows whether an extractor can be loaded; raises `ClaimspansError` where it cannot."""
    try:
        return Worker(hire, log, pace)
    except Fault as fault:
        said = last_words(log)
        limit = hire.limits.load_timeout
        raise ClaimspansError(
            f"{hire.address.uri}: could not be loaded: {fault.kind}, {fault.detail}"
            + (f"; it may have {limit:g} s (--load-timeout)" if fault.kind == "timeout" else "")
            + (f"; its last words: {said}" if said else "")
        ) from fault


def last_words(log: Path, begun: int = 0) -> str:
    """The last line of a log behind its first ``begun`` bytes; empty where there is none."""
    lines = log.read_bytes()[begun:].decode("utf-8", "replace").strip().splitlines() if log.exists() else []
    return lines[-1][:300] if lines else ""


def _unbuffered() -> dict[str, str]:
    """The environment of a program: one in Python would keep its answers back, and all would wait for each other."""
    return {"PYTHONUNBUFFERED": "1", **os.environ}


def environment() -> dict[str, str]:
    """The environment of a worker of ours: hashes not random, and the package where this process has it from.

    Behind it the user's own folders. An empty entry of PYTHONPATH is the working folder, whose files are no modules
    of ours: it is left out.
    """
    package = str(Path(__file__).parents[3])
    path = [package, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": os.pathsep.join(path), "PYTHONUNBUFFERED": "1"}
