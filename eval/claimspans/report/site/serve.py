"""A folder of pages on loopback, which show themselves anew when the folder has changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ...data.problems import ClaimspansError

HOST = "127.0.0.1"
_RELOAD = b'<script src="/reload.js"></script>\n'


class PageServer(ThreadingHTTPServer):
    """``version`` is the number of the pages: where it changes, open pages load themselves again."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int) -> None:
        """Raises `ClaimspansError` for a port that is taken."""
        self.version = 0
        try:
            super().__init__((HOST, port), partial(_Pages, directory=str(folder.absolute())))
        except OSError as error:
            raise ClaimspansError(f"port {port}: {error.strerror}; name another with --port") from error
        names = (HOST, "localhost")
        self.hosts = {f"{name}:{self.server_port}" for name in names} | (
            set(names) if self.server_port == 80 else set()
        )

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_port}/"


class _Pages(SimpleHTTPRequestHandler):
    server: PageServer

    def do_GET(self) -> None:
        if self._refused():
            return
        path = self.path.partition("?")[0]
        if path == "/version":
            self._send(str(self.server.version).encode(), "text/plain")
        elif path == "/reload.js":
            self._send(Path(__file__).with_name("reload.js").read_bytes(), "text/javascript")
        elif path.endswith((".html", "/")):
            file = Path(self.translate_path(path))
            page = file / "index.html" if path.endswith("/") else file
            if page.is_file():
                self._send(page.read_bytes().replace(b"</body>", _RELOAD + b"</body>"), "text/html; charset=utf-8")
            else:
                self.send_error(HTTPStatus.NOT_FOUND)
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        if not self._refused():
            super().do_HEAD()

    def _refused(self) -> bool:
        """A page of another site whose name leads here (DNS rebinding) asks for its own host, and gets nothing."""
        if self.headers.get("Host", "").lower() in self.server.hosts:
            return False
        self.send_error(HTTPStatus.FORBIDDEN, "not a host of this server")
        return True

    def _send(self, raw: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def list_directory(self, path: Any) -> None:  # noqa: ARG002 -- none is shown
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, *_: Any) -> None:
        """Nothing is logged: the terminal says what was built."""


@contextmanager
def serving(folder: Path, port: int) -> Iterator[PageServer]:
    """The server of a folder, which need not be there yet; port 0 is any that is free."""
    with PageServer(folder, port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
