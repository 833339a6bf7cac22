"""The secrets that a run knows, and how they are blanked wherever they turn up: answers, errors, logs, the cache."""

from __future__ import annotations

import json
import os
import re
from typing import Any
from urllib.parse import SplitResult, parse_qsl

TOKEN = "CLAIMSPANS_TOKEN"  # noqa: S105 -- the name of the variable that holds it
"""The environment variable with the bearer token of a service."""

KEY = "OPENAI_API_KEY"
"""The environment variable with the key of a language model's server; it goes into one header of a request."""

_SHORTEST = {TOKEN: 6, KEY: 8, "HF_TOKEN": 8, "CLAIMSPANS_SUGGEST_TOKEN": 16}
"""Characters; what is shorter ("EMPTY", "x") is put there for servers without keys, and stands in many a text."""

HIDDEN = "[key]"


def secret(variable: str) -> str:
    """What an environment variable holds, without the white space that a file has around it."""
    return os.environ.get(variable, "").strip()


def secrets() -> list[str]:
    """The secrets of this process's environment, the longest first: one may be a part of another."""
    found = {secret(variable) for variable, shortest in _SHORTEST.items() if len(secret(variable)) >= shortest}
    return sorted(found, key=len, reverse=True)


def blanked(text: str) -> str:
    """The text with each secret hidden."""
    for each in secrets():
        text = text.replace(each, HIDDEN)
    return text


def blanked_bytes(raw: bytes) -> bytes:
    """The same of bytes, such as those of a log."""
    for each in secrets():
        raw = raw.replace(each.encode(), HIDDEN.encode())
    return raw


def blanked_json(data: Any) -> Any:
    """The value with each secret hidden in its strings and names, however they were escaped before they were read."""
    if isinstance(data, str):
        return blanked(data)
    if isinstance(data, list | tuple):
        return [blanked_json(each) for each in data]
    if isinstance(data, dict):
        return {blanked_json(name): blanked_json(each) for name, each in data.items()}
    return data


def decoded(raw: bytes | str) -> Any:
    """The JSON that was said to a run, its secrets hidden; raises `ValueError` and `RecursionError` as json does."""
    data = json.loads(raw)
    return blanked_json(data) if secrets() else data


_NAME = re.compile(
    r"auth|bearer|credential|jwt|key|passw|pwd|secret|sess|sig(nature)?$|^sas$|token|^(access|api|code|ticket)$",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9]{16,}")
"""What nobody writes for a model, a version or a language: letters and digits without a break."""


def has_credentials(parts: SplitResult) -> bool:
    """Whether a URL names a user, or has in its query what is called like a credential or looks like one."""
    known = secrets()
    named = [*parse_qsl(parts.query, keep_blank_values=True), *parse_qsl(parts.fragment)]
    return (
        parts.username is not None
        or any(each in parts.geturl() for each in known)
        or any(_NAME.search(name) or any(map(_VALUE.fullmatch, re.split(r"[-_.~]", value))) for name, value in named)
    )
