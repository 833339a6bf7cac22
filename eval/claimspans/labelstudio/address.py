"""Where a local server may listen: on this machine alone, on a port that is free."""

from __future__ import annotations

import ipaddress
import socket

from ..problems import ClaimspansError

HOST = "127.0.0.1"
FIRST_PORT = 8080


def loopback(host: str) -> str:
    """The address to serve on; raises `ClaimspansError` for one that other machines reach."""
    name = HOST if host == "localhost" else host
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        address = None
    if isinstance(address, ipaddress.IPv4Address) and address.is_loopback:
        return name
    raise ClaimspansError(
        f"{host}: Label Studio is served on this machine alone, expected 127.0.0.1 or localhost; for a team see "
        "docs/labelstudio-server.md"
    )


def choose_port(host: str, wanted: int | None, last: int | None) -> int:
    """The wanted port, else the last one, else the first that is free; Label Studio itself would take another."""
    if wanted is not None:
        reason = _occupied(host, wanted)
        if reason is not None:
            raise ClaimspansError(f"port {wanted}: {reason}; name another with --port, or leave it out")
        return wanted
    ports = list(range(FIRST_PORT, FIRST_PORT + 100))
    if last is not None:
        ports.insert(0, last)
    for port in ports:
        if _occupied(host, port) is None:
            return port
    raise ClaimspansError(f"no free port from {FIRST_PORT} to {FIRST_PORT + 99}; name one with --port")


def _occupied(host: str, port: int) -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except PermissionError:
            return "only the administrator may serve there"
        except OSError:
            return "another program serves there"
    return None
