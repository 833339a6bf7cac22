"""A service on loopback that does what an article's id says: ``busy-1`` is told to come back."""

from __future__ import annotations

import contextlib
import json
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD = {"label": "ITEM", "start": 2, "end": 8, "text": "shells"}


class Service(ThreadingHTTPServer):
    """``asked`` counts what it was asked for, ``seen`` holds the headers of the last question."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.ended = threading.Event()
        self.asked: Counter[str] = Counter()
        self.seen: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/extract"


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        article: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        kind = article["doc"].partition("-")[0]
        self.server.asked[article["doc"]] += 1
        self.server.seen = dict(self.headers)
        again = self.server.asked[article["doc"]] > 1
        if kind in ("busy", "failing") and not again:
            self._say(429 if kind == "busy" else 503, b"later", {"Retry-After": "0"} if kind == "busy" else {})
        elif kind == "never":
            self._say(503, b"maintenance", {"Retry-After": "0"})
        elif kind == "gone":
            self._say(404, b"no such model")
        elif kind == "forbidden":
            self._say(401, f"wrong: {self.headers.get('Authorization')}".encode())
        elif kind == "moved":
            self._say(307, b"", {"Location": "http://127.0.0.1:9/elsewhere"})
        elif kind == "html":
            self._say(200, b"<html>It works!</html>")
        elif kind == "list":
            self._say(200, json.dumps([GOOD]).encode())
        elif kind == "other":
            self._say(200, json.dumps({"doc": "another", "spans": []}).encode())
        elif kind == "large":
            self._say(200, b" " * 200_000 + b"{}")
        elif kind == "drop":
            self.close_connection = True
        elif kind == "slow":
            self.server.ended.wait()
        elif kind == "drip":
            self.send_response(200)
            self.end_headers()
            with contextlib.suppress(OSError):
                while not self.server.ended.wait(0.1):
                    self.wfile.write(b" ")
        else:
            self._say(200, json.dumps({"doc": article["doc"], "spans": [GOOD]}).encode())

    def _say(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        with contextlib.suppress(OSError):
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: what was asked is counted."""


@contextlib.contextmanager
def serve() -> Iterator[Service]:
    with Service() as service:
        thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield service
        finally:
            service.ended.set()
            service.shutdown()
            thread.join()
