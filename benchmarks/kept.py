"""What a benchmark has measured, a line each, so that it is not measured again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from claimspans.data.files import read_json_lines, write_text


def read_kept(path: Path, kind: Any) -> list[Any]:
    """What is kept; nothing where there is no file. Raises `ClaimspansError` for a line that is not of this kind."""
    return read_json_lines(path, kind, "what was measured before") if path.is_file() else []


def keep(path: Path, found: Sequence[msgspec.Struct]) -> None:
    """Write all that has been measured, in the place of what is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, "".join(f"{msgspec.json.encode(one).decode()}\n" for one in found))
