"""Who said how much of what was shipped when, and who denied it: the data, and a harness that scores any extractor.

>>> import claimspans
>>> gold = claimspans.load()
>>> claimspans.score(gold, gold)["strict"].micro.f1
1.0
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from .version import DATASET_VERSION
from .version import VERSION as __version__  # noqa: N811 -- the name that Python expects

if TYPE_CHECKING:
    from .agree import Agreement, agree
    from .check import check
    from .compare import Comparison, compare
    from .corpus import Corpus, Layer, load
    from .problems import ClaimspansError, InputError, Problem
    from .quotes import Aligned, Quote, align_quotes
    from .records import Cargo, Claim, Document, Span, Zone
    from .result import Result
    from .run import run
    from .schema import Schema, read_schema
    from .score import score

__all__ = [
    "DATASET_VERSION",
    "Agreement",
    "Aligned",
    "Cargo",
    "Claim",
    "ClaimspansError",
    "Comparison",
    "Corpus",
    "Document",
    "InputError",
    "Layer",
    "Problem",
    "Quote",
    "Result",
    "Schema",
    "Span",
    "Zone",
    "__version__",
    "agree",
    "align_quotes",
    "check",
    "compare",
    "load",
    "read_schema",
    "run",
    "score",
]

_HOMES = {
    "agree": "Agreement agree",
    "check": "check",
    "compare": "Comparison compare",
    "corpus": "Corpus Layer load",
    "problems": "ClaimspansError InputError Problem",
    "quotes": "Aligned Quote align_quotes",
    "records": "Cargo Claim Document Span Zone",
    "schema": "Schema read_schema",
    "result": "Result",
    "run": "run",
    "score": "score",
}


class _Face(ModuleType):
    """The package, its public names imported where they are first used so that the command line starts at once.

    A function and the module that it lives in may share a name: the function is what this module has under it.
    """


def _public(home: str, name: str) -> property:
    def found(_module: ModuleType) -> Any:
        return getattr(import_module(f"{__name__}.{home}"), name)

    def submodule(_module: ModuleType, _value: Any) -> None:
        """Python would put a submodule here when it is imported."""

    return property(found, submodule)


for _home, _names in _HOMES.items():
    for _name in _names.split():
        setattr(_Face, _name, _public(_home, _name))
sys.modules[__name__].__class__ = _Face
