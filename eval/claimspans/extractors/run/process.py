"""A program in a process group of its own, asked by lines of JSON: what it does wrong ends it, and nothing else."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from typing import IO, Any

import msgspec

from ..contract import Answer, Article
from ..secrets import blanked_bytes, decoded
from .guard import end_descendants
from .log import Log

LONGEST_ANSWER = 1 << 26
"""Bytes of one answer; what is longer is no answer."""

_AHEAD = 64
"""Lines that are read before they are asked for; a process that says more waits."""

_TICK = 0.25
"""Seconds between looks at the clock and at memory."""


class Fault(Exception):  # noqa: N818 -- a process has it, not this program
    """What a process did wrong: ``kind`` is timeout, crash, memory or protocol. The process is gone.

    ``answered`` holds what it had said before.
    """

    def __init__(self, kind: str, detail: str, answered: Mapping[str, Answer] | None = None) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail
        self.answered = dict(answered or {})


class Ask(msgspec.Struct, frozen=True):
    """Articles to ask for: ``lines`` as they are sent, the ids that must come back, and how long all may take."""

    lines: bytes
    docs: tuple[str, ...]
    timeout: float | None = None
    memory: int | None = None

    @classmethod
    def of(
        cls, articles: Sequence[Article], *, together: bool, timeout: float | None = None, memory: int | None = None
    ) -> Ask:
        """``together`` as one line with an array, for a worker of ours; else a line an article.

        ``timeout`` in seconds for all of them, ``memory`` in bytes of the process group.
        """
        encode = msgspec.json.encode
        lines = encode(articles) + b"\n" if together else b"".join(encode(one) + b"\n" for one in articles)
        return cls(lines, tuple(one.doc for one in articles), timeout, memory)


class LineProcess:
    """A running program. What it writes on stdout and is no JSON object, and all of stderr, goes to ``log``."""

    def __init__(self, argv: Sequence[str], log: Log | None = None, env: Mapping[str, str] | None = None) -> None:
        """Start it; raises `OSError` where it cannot be started."""
        self._log = log
        self._lines: queue.Queue[bytes | None] = queue.Queue(_AHEAD)
        self._gone = False
        self._asked: queue.Queue[bytes | None] = queue.Queue()
        self._process = process = subprocess.Popen(  # noqa: S603 -- the user named the program
            list(argv),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if log is not None else subprocess.DEVNULL,
            start_new_session=True,
            env=env,
        )
        if log is not None and process.stderr is not None:
            log.follow(process.stderr)
        for target, stream in ((self._read, process.stdout), (self._write, process.stdin)):
            threading.Thread(target=target, args=(stream,), daemon=True).start()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def send(self, line: bytes) -> None:
        """Hand over bytes to write; a process that reads nothing holds up nobody."""
        self._asked.put(line)

    def ask(self, ask: Ask) -> dict[str, Answer]:
        """Its answers by article; raises `Fault`, the process killed, for anything but one answer to each."""
        self.send(ask.lines)
        began = time.monotonic()
        found: dict[str, Answer] = {}
        try:
            while len(found) < len(ask.docs):
                answer = self.receive(ask.timeout, ask.memory, began)
                doc = answer.get("doc")
                if doc not in ask.docs or doc in found:
                    why = "which it was not asked for" if doc not in ask.docs else "twice"
                    raise Fault("protocol", f"answered for article {doc!r}, {why}")  # noqa: TRY301
                found[doc] = answer
        except Fault as fault:
            self.kill()
            fault.answered = found
            raise
        return found

    def receive(self, timeout: float | None, memory: int | None = None, began: float | None = None) -> dict[str, Any]:
        """The next JSON object; raises `Fault`. ``timeout`` in seconds from ``began``, or now; ``memory`` in bytes."""
        end = None if timeout is None else (time.monotonic() if began is None else began) + timeout
        while True:
            left = _TICK if end is None else min(_TICK, end - time.monotonic())
            try:
                line = self._lines.get(timeout=max(0.0, left))
            except queue.Empty:
                if left <= 0:
                    raise Fault("timeout", f"no answer within {timeout:g} s") from None
                self._watch(memory)
                continue
            if line is None:
                raise Fault("crash", self._ending())
            if len(line) >= LONGEST_ANSWER:
                raise Fault("protocol", f"an answer of more than {LONGEST_ANSWER >> 20} MiB")
            if not line.lstrip().startswith(b"{"):
                self._note(line)
                # Who says nothing but noise never leaves the queue empty.
                if left <= 0:
                    raise Fault("timeout", f"no answer within {timeout:g} s, only other lines")
                continue
            try:
                data = decoded(line.decode("utf-8"))
                answer: dict[str, Any] = _whole_characters(data) if b"\\u" in line else data
            except (ValueError, RecursionError) as error:
                self._note(line)
                raise Fault("protocol", f"an answer that is not JSON: {error}") from error
            return answer

    def kill(self) -> None:
        """End the process and what it started, at once, also what left its group."""
        self._gone = True
        self._asked.put(None)
        if self.alive:
            end_descendants(self._process.pid)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._log is not None:
            self._log.drain()

    def close(self) -> None:
        """Let it end by itself, which a program does when its stdin ends; kill it if it does not."""
        self._asked.put(None)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)
        self.kill()

    def _read(self, out: IO[bytes]) -> None:
        with out:
            while (line := out.readline(LONGEST_ANSWER)) and self._put(line):
                if len(line) >= LONGEST_ANSWER:
                    break
        self._put(None)

    def _put(self, line: bytes | None) -> bool:
        """Hand a line over, as soon as there is room; whether anybody is left to take it."""
        while not self._gone:
            with contextlib.suppress(queue.Full):
                self._lines.put(line, timeout=_TICK)
                return True
        return False

    def _write(self, into: IO[bytes]) -> None:
        with contextlib.suppress(OSError), into:  # it ended, which the reader tells
            while (line := self._asked.get()) is not None:
                into.write(line)
                into.flush()

    def _watch(self, memory: int | None) -> None:
        if memory is not None and resident(self._process.pid) > memory:
            raise Fault("memory", f"more than {memory >> 20} MiB resident")

    def _note(self, line: bytes) -> None:
        if self._log is not None:
            self._log.write(blanked_bytes(line[:10_000]))

    def _ending(self) -> str:
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "closed its stdout"
        if code >= 0:
            return f"ended with exit code {code}"
        try:
            return f"killed by {signal.Signals(-code).name}"
        except ValueError:
            return f"killed by signal {-code}"


def _whole_characters(data: Any) -> Any:
    """With ? for half of a surrogate pair, which an escape can name and no file can hold."""
    return json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))


def resident(pid: int) -> int:
    """Bytes of memory that a process and its children hold."""
    import psutil

    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
    except psutil.Error:
        return 0
    total = 0
    for each in family:
        with contextlib.suppress(psutil.Error):
            total += each.memory_info().rss
    return total
