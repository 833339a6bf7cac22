"""``cmd:"program argument…"``: a long-lived program that reads an article a line and writes an answer a line."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from ...data.hashes import hash_of
from ...data.problems import ClaimspansError
from ..contract import Answer, Article
from ..registry import Loaded, Setting
from ..run.process import Ask, LineProcess


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing can be set."""


def arguments(target: str) -> list[str]:
    """The program and its arguments; raises `ClaimspansError` for a program that is not there."""
    try:
        argv = shlex.split(target)
    except ValueError as error:
        raise ClaimspansError(
            f"cmd:{target}: {error}; expected a program and its arguments, quoted as in a shell"
        ) from error
    if not argv or shutil.which(argv[0]) is None:
        raise ClaimspansError(
            f"cmd:{target}: no program {argv[0] if argv else ''}; expected one on the path, or a path"
        )
    return argv


def identity(argv: Sequence[str]) -> dict[str, str]:
    """Hashes of the program and of every argument that is a file."""
    named = [shutil.which(argv[0]) or argv[0], *argv[1:]]
    return {Path(one).name: hash_of(one) for one in named if Path(one).is_file()}


def load(target: str, _options: Options, _setting: Setting) -> Loaded:
    argv = arguments(target)
    running: list[LineProcess] = []

    def answer(articles: Sequence[Article]) -> Iterable[Answer]:
        if not running or not running[0].alive:
            running[:] = [LineProcess(argv)]
        return running[0].ask(Ask.of(articles, together=False)).values()

    return Loaded(answer, identity(argv))
