"""A command that is run again whenever one of its files is saved."""

from __future__ import annotations

import gc
import shlex
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from ..data.problems import ClaimspansError

_INTERVAL = 0.3
"""Seconds between looks at the files."""
_NAMED = 8
"""Files that are named."""


def watch(once: Callable[[int], Iterable[Path]], fallback: Iterable[Path]) -> None:
    """Call ``once`` with the number of the round, then again each time a file is saved that it gave, until Ctrl-C.

    Where a round ends in an error, which is shown, the files of the round before are watched, at first ``fallback``.
    """
    files, number = list(fallback), 0
    try:
        while True:
            before = _saved(files)
            try:
                files = list(once(number)) or files
            except (ClaimspansError, click.ClickException, OSError) as error:
                click.echo(f"claimspans: {error}", err=True)
            number += 1
            # What was saved while it ran is run again.
            seen = _saved(files) | {path: state for path, state in before.items() if path in files}
            names = ", ".join(sorted(path.name for path in files)[:_NAMED]) + (" …" if len(files) > _NAMED else "")
            click.echo(f"Watching {names}; Ctrl-C ends.", err=True)
            while _saved(files) == seen:
                time.sleep(_INTERVAL)
            gc.collect()  # the command line looks for no cycles while it works
    except KeyboardInterrupt:
        click.echo("", err=True)


def _saved(files: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Time and size of each file; one that an editor is just putting in its place has none."""
    found = {}
    for path in files:
        try:
            state = path.stat()
        except OSError:
            continue
        found[path] = (state.st_mtime_ns, state.st_size)
    return found


def files_named(uri: str) -> list[Path]:
    """The files that the URI of an extractor, or a path, names."""
    scheme, _, target = uri.partition(":")
    place = target.rpartition(":")[0]
    try:
        words = shlex.split(target)
    except ValueError:
        words = []
    named = [uri, target, *words]
    if scheme == "py":
        named += [place, f"{place.replace('.', '/')}.py"]
    return [path for path in map(Path, named) if path.is_file()]
