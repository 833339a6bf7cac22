"""Who said how much of what was shipped when, and who denied it: the data, and a harness that scores any extractor.

>>> import claimspans
>>> gold = claimspans.load()
>>> claimspans.score(gold, gold)["strict"].micro.f1
1.0
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from .version import DATASET_VERSION
from .version import VERSION as __version__  # noqa: N811 -- the name that Python expects

if TYPE_CHECKING:
    from .data.checks.levels import check
    from .data.corpus import Corpus, load
    from .data.layer import Layer
    from .data.problems import ClaimspansError, InputError, Problem
    from .data.records import Cargo, Claim, Document, Span, Zone
    from .data.schema import Schema, read_schema
    from .extractors.batch import batch
    from .extractors.estimator import SpanExtractor
    from .extractors.run import run
    from .hub.frames import claims_frame, from_frame, spans_frame, to_datasets
    from .layers.agreement import Agreement, agree
    from .report.write import write_report
    from .scoring.classification_report import classification_report
    from .scoring.compare import Comparison, compare
    from .scoring.count_tables import counts
    from .scoring.result import Result
    from .scoring.score import score
    from .text.quotes import Aligned, Quote, align_quotes

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
    "SpanExtractor",
    "Zone",
    "__version__",
    "agree",
    "align_quotes",
    "batch",
    "check",
    "claims_frame",
    "classification_report",
    "compare",
    "counts",
    "from_frame",
    "load",
    "read_schema",
    "run",
    "score",
    "spans_frame",
    "to_datasets",
    "write_report",
]

_MODULES = {
    "check": "data.checks.levels",
    "Corpus": "data.corpus",
    "Layer": "data.layer",
    "load": "data.corpus",
    "ClaimspansError": "data.problems",
    "InputError": "data.problems",
    "Problem": "data.problems",
    "Cargo": "data.records",
    "Claim": "data.records",
    "Document": "data.records",
    "Span": "data.records",
    "Zone": "data.records",
    "Schema": "data.schema",
    "read_schema": "data.schema",
    "batch": "extractors.batch",
    "run": "extractors.run",
    "claims_frame": "hub.frames",
    "from_frame": "hub.frames",
    "spans_frame": "hub.frames",
    "to_datasets": "hub.frames",
    "Agreement": "layers.agreement",
    "agree": "layers.agreement",
    "write_report": "report.write",
    "SpanExtractor": "extractors.estimator",
    "classification_report": "scoring.classification_report",
    "Comparison": "scoring.compare",
    "compare": "scoring.compare",
    "counts": "scoring.count_tables",
    "Result": "scoring.result",
    "score": "scoring.score",
    "Aligned": "text.quotes",
    "Quote": "text.quotes",
    "align_quotes": "text.quotes",
}
"""The module of each public name: imported when the name is first used, so that the command line starts at once."""


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
