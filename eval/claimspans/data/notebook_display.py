"""What a notebook shows of records, layers and scores: made by the report package, found when it is asked for."""

from __future__ import annotations

from importlib import import_module


class NotebookDisplay:
    """Gives an object the HTML of `claimspans.report.notebook`, which the packages below it do not import."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        shown: str = import_module("claimspans.report.notebook").html(self)
        return shown
