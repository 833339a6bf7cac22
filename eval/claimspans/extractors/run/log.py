"""What a worker says on stderr, in a file: its first and its last part, whatever it says; secrets blanked."""

from __future__ import annotations

import contextlib
import os
import re
import threading
from pathlib import Path
from typing import IO

from ..secrets import blanked_bytes, secrets

FIRST = LAST = 1 << 20
"""Bytes that are kept of what was said first, and at least of what was said last."""

LARGEST = FIRST + 2 * LAST + 100
"""Bytes of a log, with the sentence on what was left out."""

_PART = 1 << 16
_NOTE = re.compile(rb"\n\.\.\. (\d+) bytes left out \.\.\.\n")


class Log:
    """A log of at most `LARGEST` bytes, that several workers may write one after the other."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("r+b" if path.exists() else "w+b")
        self._size = self._file.seek(0, os.SEEK_END)
        self._lock = threading.Lock()
        self._pump: threading.Thread | None = None

    def follow(self, stream: IO[bytes]) -> None:
        """Keep what comes out of a stream until it ends."""
        self._pump = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._pump.start()

    def drain(self, seconds: float = 1.0) -> None:
        """Wait until the stream has ended; what keeps it open, such as a process that got away, is not waited for."""
        if self._pump is not None:
            self._pump.join(seconds)

    def write(self, raw: bytes) -> None:
        with self._lock, contextlib.suppress(OSError, ValueError):  # a log that cannot be written is not worth a run
            self._file.seek(self._size)
            self._file.write(raw)
            self._size += len(raw)
            if self._size > FIRST + 2 * LAST:
                self._leave_out()
            self._file.flush()

    def close(self) -> None:
        with self._lock:
            self._file.close()

    def _leave_out(self) -> None:
        """Put the last part behind the first, and between them how much is gone."""
        self._file.seek(FIRST)
        known = _NOTE.match(self._file.read(100))
        begins = FIRST + (known.end() if known else 0)
        gone = (int(known[1]) if known else 0) + self._size - LAST - begins
        self._file.seek(self._size - LAST)
        last = self._file.read(LAST)
        self._file.seek(FIRST)
        self._file.write(b"\n... %d bytes left out ...\n" % gone + last)
        self._size = self._file.tell()
        self._file.truncate()

    def _read(self, stream: IO[bytes]) -> None:
        held = max((len(each.encode()) for each in secrets()), default=1) - 1
        rest = b""
        with stream:
            while part := os.read(stream.fileno(), _PART):
                rest = blanked_bytes(rest + part)
                # A secret may be cut by the part's end: so much is kept back until the next.
                cut = len(rest) - held if not rest.endswith(b"\n") else len(rest)
                self.write(rest[: max(0, cut)])
                rest = rest[max(0, cut) :]
        self.write(rest)
