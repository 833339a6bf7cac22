"""Who said how much of what was shipped when, and who denied it: the data, and a harness that scores any extractor.

>>> import claimspans
>>> gold = claimspans.load()
>>> claimspans.score(gold, gold)["strict"].micro.f1
1.0
"""

from .agree import Agreement, agree
from .check import check
from .compare import Comparison, compare
from .corpus import Corpus, Layer, load
from .problems import ClaimspansError, InputError, Problem
from .records import Cargo, Claim, Document, Span, Zone
from .schema import Schema, read_schema
from .score import Result, score
from .version import DATASET_VERSION
from .version import VERSION as __version__  # noqa: N811 -- the name that Python expects

__all__ = [
    "DATASET_VERSION",
    "Agreement",
    "Cargo",
    "Claim",
    "ClaimspansError",
    "Comparison",
    "Corpus",
    "Document",
    "InputError",
    "Layer",
    "Problem",
    "Result",
    "Schema",
    "Span",
    "Zone",
    "__version__",
    "agree",
    "check",
    "compare",
    "load",
    "read_schema",
    "score",
]
