"""The templates of the pages: what they show is escaped, and a name that is not there is an error."""

from __future__ import annotations

from typing import Any


def fill(template: str, **values: Any) -> str:
    """A page from one of this folder's templates."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("claimspans", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**values)
