"""The access token: from where it is read, and whether it is one that lasts."""

from __future__ import annotations

import base64
import binascii
import json
import os
import stat
from pathlib import Path

from ..data.problems import ClaimspansError

TOKEN = "LABEL_STUDIO_API_KEY"  # noqa: S105 -- the name of a variable
"""The environment variable of the token, as Label Studio's own tools have it."""


def read_token(path: Path | None = None, *, otherwise: str = "") -> str:
    """The access token: of a file that nobody else may read, else of the environment, else this one.

    Raises `ClaimspansError`, which never holds the token, where there is none.
    """
    if path is not None:
        try:
            mode = path.stat().st_mode
            token = path.read_text(encoding="utf-8").strip()
        except FileNotFoundError as error:
            raise ClaimspansError(f"{path}: no such file; write the token alone into it, with mode 0600") from error
        except (OSError, UnicodeDecodeError) as error:
            raise ClaimspansError(f"{path}: cannot be read as a token file; write the token alone into it") from error
        if stat.S_IMODE(mode) & 0o077:
            raise ClaimspansError(f"{path}: others may read this token: chmod 600 {path}")
    else:
        token = os.environ.get(TOKEN, "").strip() or otherwise
    if not token:
        raise ClaimspansError(
            f"no access token: copy it from Label Studio (Account & Settings) into {TOKEN}, or into a file for "
            "--token-file"
        )
    if not token.isascii() or not token.isprintable() or " " in token:
        raise ClaimspansError("the access token holds blanks or other characters that no token has; copy it again")
    return token


def check_token(token: str) -> None:
    """Raise `ClaimspansError` for what a personal token, a JWT, buys for itself: it lives for minutes."""
    if token.count(".") != 2:
        return
    middle = token.split(".")[1]
    try:
        said = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    except (binascii.Error, ValueError):
        return
    if isinstance(said, dict) and said.get("token_type") == "access":
        raise ClaimspansError(
            "this token lives for minutes only; take the Personal Access Token of Account & Settings, from which it "
            "was made, or the Legacy Token"
        )
