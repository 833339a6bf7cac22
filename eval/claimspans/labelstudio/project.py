"""A project on the server: the schema that it was made from, and whether its page is still that of a schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..data.schema import Schema, default_schema
from .api import Client
from .config import configuration, page_in, remembered, shape


def schema_of(client: Client, title: str, otherwise: Schema | None = None) -> Schema:
    """The schema that the project called ``title`` was made from; ``otherwise`` where it is not there or says none."""
    project = client.project(title)
    found = None if project is None else remembered(str(project.get("label_config") or ""))
    otherwise = otherwise or default_schema()
    return otherwise if found is None or found.sha256 == otherwise.sha256 else found


def page_of(project: Mapping[str, Any], schema: Schema) -> str:
    """How the page of a project is to that of a schema.

    ``same``, ``looks``: the same can be said on it, in other words or colours, or ``foreign``: labels, fields or values
    are others, so that what was said on the one cannot be read with the other.
    """
    there = str(project.get("label_config") or "")
    wanted = configuration(page_in(there, schema))
    if _squeezed(there) == _squeezed(wanted):
        return "same"
    return "looks" if shape(there) == shape(wanted) else "foreign"


def _squeezed(configuration: str) -> str:
    """A configuration without blanks: the server or an editor may set it out otherwise."""
    return "".join(configuration.split())


def told_of(project: Mapping[str, Any]) -> str:
    """The project and the schema that it remembers, for a message."""
    found = remembered(str(project.get("label_config") or ""))
    made = "" if found is None else f", made with another schema ({', '.join(found.labels)})"
    return f"project “{project['title']}” ({project['id']}){made}"
