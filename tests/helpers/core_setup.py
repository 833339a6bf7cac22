"""Fast tests see the packages of ``make test-fast`` alone, also where those of ``make test`` are installed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.machinery import PathFinder
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


class CoreFinder(PathFinder):
    """Finds no module that only a larger set-up has, as if it were not installed."""

    hidden: frozenset[str] = frozenset()

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> Any:
        return None if fullname.partition(".")[0] in cls.hidden else super().find_spec(fullname, path, target)


def hide_what_is_not_core() -> None:
    """From here on this process imports what ``make test-fast`` installs, and what has been imported already."""
    larger = distributions("dev") - distributions("test-core")
    CoreFinder.hidden = frozenset(
        name
        for name, made_by in packages_distributions().items()
        if larger.issuperset(map(canonicalize_name, made_by)) and name not in sys.modules
    )
    sys.meta_path[sys.meta_path.index(PathFinder)] = CoreFinder


def distributions(extra: str) -> frozenset[str]:
    """The distributions that claimspans needs with an extra, and those that they need, as far as they are installed."""
    found: set[tuple[str, frozenset[str]]] = set()
    left = [("claimspans", frozenset({extra}))]
    while left:
        name, extras = left.pop()
        if (name, extras) not in found:
            found.add((name, extras))
            left += _required(name, extras)
    return frozenset(name for name, _ in found)


def _required(distribution: str, extras: Iterable[str]) -> list[tuple[str, frozenset[str]]]:
    try:
        lines = requires(distribution) or []
    except PackageNotFoundError:
        return []
    needed = map(Requirement, lines)
    return [
        (canonicalize_name(one.name), frozenset(one.extras))
        for one in needed
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras))
    ]
