"""Templates: a name that is not there is an error, and what pages show is escaped."""

from __future__ import annotations

from typing import Any


def fill(template: str, package: str = "report", *, escape: bool = True, **values: Any) -> str:
    """A text from a template in the folder of a package; ``escape`` where it is HTML or XML."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("claimspans", package),
        autoescape=escape,  # noqa: S701 -- off for Markdown alone
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**values)
