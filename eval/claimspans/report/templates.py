"""Templates: a name that is not there is an error, and what pages show is escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment


def fill(
    template: str, package: str = "report", *, folder: Path | None = None, escape: bool = True, **values: Any
) -> str:
    """A text from a template in the folder of a package, or in ``folder``; ``escape`` where it is HTML or XML."""
    return _environment(package, folder, escape).get_template(template).render(**values)


@cache
def _environment(package: str, folder: Path | None, escape: bool) -> SandboxedEnvironment:
    """One for all pages, so that a template is compiled once."""
    from jinja2 import FileSystemLoader, PackageLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=PackageLoader("claimspans", package) if folder is None else FileSystemLoader(folder),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
