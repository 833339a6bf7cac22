"""A list of words as it is written in a table."""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """The words of a text, which blanks part."""
    return frozenset(listed.split())
