"""Templates: a name that is not there is an error, and what pages show is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def fill(
    template: str, package: str = "report", *, folder: Path | None = None, escape: bool = True, **values: Any
) -> str:
    """A text from a template in the folder of a package, or in ``folder``; ``escape`` where it is HTML or XML."""
    from jinja2 import FileSystemLoader, PackageLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        loader=PackageLoader("claimspans", package) if folder is None else FileSystemLoader(folder),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**values)
