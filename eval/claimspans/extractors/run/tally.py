"""What became of the articles of a run, counted as it goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from .folder import Written

STATUSES = ("done", "partial", "failed")


class Tally(msgspec.Struct):
    """``articles`` maps each article of the run to its length in characters.

    ``rejected`` counts spans and claims that could not be used, by reason; ``dropped`` spans that the label map left
    out, by their label; ``details`` what else was wrong, such as attributes that were left out; ``usage`` is the sum
    of what the extractor says that it used, such as tokens; ``rejections`` has an article and a detail for each
    reason of ``rejected``, ``example`` the article and the detail of a failure, both of the first article by id, and
    ``traceback`` is where in the user's code that failure was raised; ``repeat`` is how far the run agrees with
    further ones (`repeat.repeat`); ``source`` is the file of the extractor's code, where its user named it by a
    module's name or a file's, ``files`` are all files of that code; ``restarted`` is what has changed since an
    earlier run, which this one takes the place of, and ``previous`` the folder where that one is kept. ``unknown``
    are labels that the schema has not, in the order in which they came; ``hints`` say what may have slipped in all
    answers; ``folder`` is the run folder.
    """

    articles: Mapping[str, int]
    workers: int = 1
    statuses: Counter[str] = msgspec.field(default_factory=Counter)
    rejected: Counter[str] = msgspec.field(default_factory=Counter)
    dropped: Counter[str] = msgspec.field(default_factory=Counter)
    failures: Counter[str] = msgspec.field(default_factory=Counter)
    usage: Counter[str] = msgspec.field(default_factory=Counter)
    spans: int = 0
    claims: int = 0
    fuzzy: int = 0
    details: int = 0
    rejections: dict[str, tuple[str, str]] = msgspec.field(default_factory=dict)
    example: tuple[str, str] | None = None
    traceback: str | None = None
    unknown: dict[str, None] = msgspec.field(default_factory=dict)
    hints: Sequence[str] = ()
    failures_in_a_row: int = 0
    stopped: bool = False
    repeat: Mapping[str, Any] = {}
    reached: float = 0.0
    answered: int = 0
    source: str | None = None
    files: Sequence[str] = ()
    restarted: str | None = None
    previous: Path | None = None
    folder: Path | None = None

    def __fspath__(self) -> str:
        """The run folder: a run can be scored as it is returned."""
        return str(self.folder)

    def leave_out(self, labels: Mapping[str, int], attributes: int) -> None:
        """Count what was left out of an article's answer."""
        self.dropped.update(labels)
        self.details += attributes

    def add(self, written: Written) -> None:
        """Count an article."""
        self.statuses[written.status] += 1
        self.rejected.update(one.reason for one in written.rejected)
        for one in written.rejected:
            if one.reason == "label-unknown" and one.label is not None:
                self.unknown[one.label] = None
            if written.doc < self.rejections.get(one.reason, ("\U0010ffff", ""))[0]:
                said = f" “{one.text}”" if one.text else ""
                self.rejections[one.reason] = (written.doc, f"{one.detail}{said}")
        self.spans += len(written.spans)
        self.claims += len(written.claims)
        self.fuzzy += sum(span.alignment == "fuzzy" for span in written.spans)
        if written.status == "failed":
            self.failures_in_a_row += 1
            self.failures[(written.error.kind if written.error is not None else "error")] += 1
            if written.error is not None and (self.example is None or written.doc < self.example[0]):
                self.example = (written.doc, written.error.detail)
        else:
            self.failures_in_a_row = 0
        length = self.articles.get(written.doc, 0)
        if written.spans and length:
            self.reached += max(span.end for span in written.spans) / length
            self.answered += 1

    @property
    def settled(self) -> int:
        return self.statuses.total()

    @property
    def left(self) -> int:
        """Articles that have not been run."""
        return len(self.articles) - self.settled

    @property
    def useless(self) -> bool:
        """Whether the system gave something, and nothing of it could be used."""
        return bool(self.rejected) and not self.spans and not self.claims

    @property
    def failed_share(self) -> float | None:
        return self.statuses["failed"] / self.settled if self.settled else None

    @property
    def reach(self) -> float | None:
        """Where the last span of an article ends, as a part of the article: the mean over articles with spans.

        A system that reads only the beginning of a text shows here.
        """
        return self.reached / self.answered if self.answered else None

    def to_dict(self) -> dict[str, Any]:
        return {
            "articles": len(self.articles),
            **{status: self.statuses[status] for status in STATUSES},
            "left": self.left,
            "spans": self.spans,
            "claims": self.claims,
            "fuzzy": self.fuzzy,
            "rejected": dict(sorted(self.rejected.items())),
            "dropped": dict(sorted(self.dropped.items())),
            "attributes_left_out": self.details,
            "failures": dict(sorted(self.failures.items())),
            "reach": self.reach,
            "usage": dict(sorted(self.usage.items())),
        } | ({"repeat": self.repeat} if self.repeat else {})
