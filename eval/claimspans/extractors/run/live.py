"""An extractor that is asked for one article at a time, as long as a server lives, and started anew when it falls."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from ...data.hashes import sha256_of
from ...data.label_map import LabelMap
from ...data.problems import ClaimspansError
from ...data.records import Document
from ...data.schema import Schema, default_schema
from .. import article_of, parse, read_answer
from ..contract import Reading, Refused
from ..registry import Setting, options_of
from .process import Fault
from .workers import Hire, Limits, RefusedError, Worker, last_words

_CRASHES = 1
"""How often an article is asked for again after a crash or an answer against the protocol, as in a run."""


class Live:
    """A worker with an extractor, ready; whatever the extractor does ends the worker and nothing else.

    ``version`` names the extractor with the digest of what it said of itself: other weights, another version;
    ``source`` is the file of its code, where its user named it by a module's name or a file's.
    Threads may share it: they wait for one another.
    """

    def __init__(
        self,
        uri: str,
        *,
        options: Mapping[str, Any] | None = None,
        label_map: LabelMap | None = None,
        schema: Schema | None = None,
        limits: Limits | None = None,
    ) -> None:
        """Load it; raises `ClaimspansError` for a URI that names nothing and for what cannot be loaded."""
        address = parse(uri)
        self._schema = schema or default_schema()
        self._map = label_map
        self._hire = Hire(
            address=address,
            options=msgspec.to_builtins(options_of(address, options or {})),
            setting=Setting.of(self._schema, label_map),
            limits=limits or Limits(),
        )
        self._lock = threading.Lock()
        self._closed = False
        self._folder = tempfile.TemporaryDirectory(prefix="claimspans-")
        self.log = Path(self._folder.name) / "worker.log"
        """What the extractor said on stderr."""
        self._worker: Worker | None = None
        try:
            self._worker = Worker(self._hire, self.log)
        except Fault as fault:
            said = self.last_words
            self.close()
            raise ClaimspansError(
                f"{uri}: could not be loaded: {fault.kind}, {fault.detail}"
                + (f"; its last words: {said}" if said else "")
            ) from fault
        except BaseException:
            self.close()
            raise
        told = [dict(self._worker.identity), self._hire.options, dict(label_map) if label_map is not None else None]
        digest = sha256_of(json.dumps(told, sort_keys=True, default=str))
        self.version = f"{uri}@{digest[:8]}"
        self.source = self._worker.source

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def last_words(self) -> str:
        return last_words(self.log)

    def __call__(self, document: Document) -> Reading:
        """What it says of an article; raises `Refused`, with kind and detail, where it gives no answer."""
        article = article_of(document)
        for crashes in range(_CRASHES + 1):
            with self._lock:
                if self._closed:
                    raise Refused("stopped", "the extractor was ended")
                try:
                    if self._worker is None:
                        self._worker = Worker(self._hire, self.log)
                    answer = self._worker.ask([article])[article.doc]
                    break
                except Fault as fault:
                    self._worker = None
                    if fault.kind not in ("crash", "protocol") or crashes == _CRASHES:
                        raise Refused(fault.kind, fault.detail) from fault
                except RefusedError as refused:
                    raise Refused("crash", f"could not be started again: {refused}") from refused
        return read_answer(article, answer, self._schema, self._map)

    def close(self) -> None:
        """End it at once, also while it is asked for something."""
        self._closed = True
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()
        self._folder.cleanup()
