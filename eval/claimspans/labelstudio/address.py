"""Addresses: where a local server may listen, on this machine alone, and which one a user means by what they gave."""

from __future__ import annotations

import re
import socket
from urllib.parse import urlsplit

from ..data.problems import ClaimspansError

HOST = "127.0.0.1"
"""This machine alone: nothing is served to others."""
FIRST_PORT = 8080


def server_address(given: str) -> str:
    """The address of the server, also where a page of it is given, such as …/projects/1/data?task=2.

    Raises `ClaimspansError` for what is no address, and for one with a password in it, which is not quoted.
    """
    if "@" in given:
        # What stands before it may be a password.
        raise ClaimspansError("the server's address holds an @; leave the name and password out of it")
    try:
        parts = urlsplit(given.strip())
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or re.search(r"\s", parts.netloc):
        raise ClaimspansError(f"{given}: not the address of a server; expected such as http://127.0.0.1:8080")
    path = re.sub(r"/(projects|user)(/.*)?$", "", parts.path).rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path}"


def choose_port(wanted: int | None, last: int | None) -> int:
    """The wanted port, else the last one, else the first that is free; Label Studio itself would take another."""
    if wanted is not None:
        reason = _occupied(wanted)
        if reason is not None:
            raise ClaimspansError(f"port {wanted}: {reason}; name another with --port, or leave it out")
        return wanted
    ports = list(range(FIRST_PORT, FIRST_PORT + 100))
    if last is not None:
        ports.insert(0, last)
    for port in ports:
        if _occupied(port) is None:
            return port
    raise ClaimspansError(f"no free port from {FIRST_PORT} to {FIRST_PORT + 99}; name one with --port")


def _occupied(port: int) -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except PermissionError:
            return "only the administrator may serve there"
        except OSError:
            return "another program serves there"
    return None
