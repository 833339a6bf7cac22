"""Addresses: that of this machine, and that of the server that a user means by what they gave."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ..data.problems import ClaimspansError

HOST = "127.0.0.1"
"""This machine alone: nothing is served to others."""


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
