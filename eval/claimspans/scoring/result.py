"""What a score holds: tables of counts, and what derives from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from ..data.notebook_display import NotebookDisplay
from ..data.problems import ClaimspansError, counted
from ..data.schema import Schema, given_schema
from .article_rows import ArticleRows, Sums
from .article_status import Fates
from .attributes import AttributeScore
from .capabilities import CapabilityScore
from .counts import Counts
from .curves import Curve, curves
from .inputs import Task
from .matching import Pairs
from .notes import notes
from .overlaps import Ints
from .scheme_score import SchemeScore
from .signature import RESAMPLES, SEED
from .signature import signature as signature_of
from .significance import bootstrap
from .tables import Characters, counts_of
from .text_tables import plain, score_tables, unstated, worst_first

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from ..data.records import Document
    from .errors import Outcome


class Result(NotebookDisplay):
    """A score: ``result["strict"].micro.f1``. What takes time and is not always asked for is worked out when it is.

    All is a sum of the articles' counts, ``sums``. ``docs`` and ``labels`` name the rows of the schemes' tables,
    ``ignored`` counts predictions in zones, and ``notes`` says in sentences what was decided and counted on the way.
    """

    def __init__(
        self,
        sums: Sums,
        signature: str,
        schema: Schema | None = None,
        rows: ArticleRows | None = None,
        capabilities: Sequence[CapabilityScore] = (),
    ) -> None:
        """``rows`` are those that were summed, where their articles are at hand."""
        self.schema = schema
        self.capabilities = capabilities
        self.sums = sums
        self._rows = rows
        self.signature = signature
        self.docs = sums.docs
        self.labels = sums.labels
        self.schemes = {scheme: SchemeScore(scheme, sums.labels, table) for scheme, table in sums.tables.items()}
        self.ignored = sums.numbers["ignored"]
        self.unannotated = () if rows is None else rows.task.unannotated
        self.forms = {} if rows is None else rows.task.forms
        self.fates = Fates.of(sums)
        self.notes = notes(sums, self)

    @classmethod
    def of_counts(cls, tables: Iterable[pyarrow.Table], schema: Schema | PathLike[str] | str | None = None) -> Result:
        """The score of all articles whose counts are in these tables of `counts`, which are read one after the other.

        The schema is that with which they were counted. A sum has every figure, interval and note, and no spans: no
        errors, pairs and curves. An article in two tables counts once if it is the same in both. Raises
        `ClaimspansError` where it is not, and for counts that do not add.
        """
        from .count_tables import CountsSum

        known, total = given_schema(schema), CountsSum()
        for table in tables:
            total.add(table)
        sums = total.sums(known)
        return cls(sums, signature_of(sums, known), known)

    @property
    def task(self) -> Task:
        """Both sides as columns; raises `ClaimspansError` for a sum of counts, which has no spans."""
        return self._counted.task

    @property
    def has_spans(self) -> bool:
        """Whether the articles are at hand; not of a sum of counts."""
        return self._rows is not None

    @property
    def _counted(self) -> ArticleRows:
        if self._rows is None:
            raise ClaimspansError("this is a sum of counts, without spans: score the articles themselves to see them")
        return self._rows

    @cached_property
    def attributes(self) -> Mapping[str, AttributeScore]:
        """By ``LABEL.attribute``, in the order of the schema, those that either side has."""
        known = () if self.schema is None else self.schema.attributes()
        found = {name: AttributeScore(**counts) for (name,), counts in self.sums.named("attributes").items()}
        names = (f"{label.name}.{attribute.name}" for label, attribute in known)
        return {name: found[name] for name in names if name in found and (found[name].POS or found[name].stated)}

    @cached_property
    def claims(self) -> Mapping[str, Counts]:
        """Of "whole" claims, and of "slots"."""
        found = self.sums.named("claims")
        return {part: Counts(**found.get((part,), {})) for part in ("whole", "slots")}

    @property
    def coverage(self) -> str | None:
        """Which articles are not scored for want of annotations, in a sentence; None where all are."""
        left_out = self.unannotated
        if not left_out:
            return None
        shown = ", ".join(left_out[:5]) + (f" and {len(left_out) - 5} more" if len(left_out) > 5 else "")
        return (
            f"Scored on {len(self.docs)} of {counted(len(self.docs) + len(left_out), 'article')}: the others are not "
            f"annotated, and nothing in them counts ({shown})."
        )

    def __repr__(self) -> str:
        shown = [
            f"{name} {'F1 –' if scheme.micro.f1 is None else f'F1 {scheme.micro.f1:.3f}'}"
            for name, scheme in self.schemes.items()
        ]
        return f"<Result {counted(len(self.docs), 'article')}: {', '.join(shown)}>"

    @property
    def completed(self) -> dict[str, Counts]:
        """For each scheme the counts over the articles for which the run got an answer."""
        rows = [number for number, doc in enumerate(self.docs) if doc not in self.fates.failed]
        return {name: counts_of(scheme.table[rows].sum(axis=(0, 1))) for name, scheme in self.schemes.items()}

    @property
    def pairs(self) -> Mapping[str, Pairs]:
        """How each scheme pairs the spans, as positions in the columns of ``task``; strict, partial and type too."""
        return self._counted.pairs

    @cached_property
    def characters(self) -> Mapping[str, Characters]:
        """Character-level counts by label, and "all": their sum."""
        counts = self.sums.named("characters")
        by_label = {label: Characters(**counts.get((label,), {})) for label in self.labels}
        return by_label | {"all": sum(by_label.values(), Characters())}

    @cached_property
    def confusion(self) -> Ints:
        """Labels × labels, with a last column for missed gold spans and a last row for spurious predictions.

        Rows add up to POS, columns to ACT.
        """
        place = {label: at for at, label in enumerate([*self.labels, None])}
        table = np.zeros((len(place), len(place)), dtype=np.int64)
        for (gold, predicted), (spans,) in self.sums.of("confusion").items():
            table[place[gold], place[predicted]] = spans  # type: ignore[index] # both are labels
        return table

    @cached_property
    def curves(self) -> Mapping[str, Curve]:
        """Precision–recall curves by label, and "all"; empty where the predictions carry no scores, and for a sum."""
        return {} if self._rows is None else curves(self.task, self.pairs["strict"])

    @property
    def stated(self) -> dict[str, AttributeScore]:
        """The attributes that at least one prediction states."""
        return {name: score for name, score in self.attributes.items() if score.stated}

    def errors(self) -> Iterator[Outcome]:
        """What is not right, in reading order of each article: kind, gold spans, predictions (`errors.Outcome`).

        Of the attributes only those that the system states somewhere can be wrong.
        """
        for gold, predicted in self.task.both_documents():
            yield from (outcome for outcome in self.outcomes(gold, predicted) if outcome.wrong)

    def outcomes(self, gold: Document, predicted: Document | None) -> list[Outcome]:
        """What became of the spans of an article, the right ones too."""
        from .errors import outcomes

        return outcomes(gold, predicted, self.schema, stated=self.stated)

    def __str__(self) -> str:
        said = [note for note in (*self.notes, unstated(self)) if note is not None]
        return "\n".join([plain(score_tables(self)), "", *said, self.signature])

    def __getitem__(self, scheme: str) -> SchemeScore:
        return self.schemes[scheme]

    def to_dict(self, *, brief: bool = False) -> dict[str, Any]:
        """The shape that other programs rely on: keys may be added, these stay.

        If ``brief``, without what takes time or room on much data: intervals, articles, characters, confusion, curves.
        """
        if not brief:
            self._draw_intervals()
        shown = {
            "signature": self.signature,
            "articles": len(self.docs),
            "unannotated": list(self.unannotated),
            "ignored_in_zones": self.ignored,
            "forms": dict(self.forms),
            "notes": list(self.notes),
            "schemes": {
                name: scheme.to_dict(() if brief else self.docs, interval=not brief)
                for name, scheme in self.schemes.items()
            },
            "attributes": {name: attribute.to_dict() for name, attribute in self.attributes.items()},
            "claims": {name: counts.to_dict() for name, counts in self.claims.items()},
        }
        if self.capabilities:
            shown["capabilities"] = [score.to_dict() for score in self.capabilities]
        if self.fates.known:
            completed = {name: counts.to_dict() for name, counts in self.completed.items()}
            shown["run"] = self.fates.to_dict() | {"completed": completed}
        return (
            shown
            if brief
            else shown
            | {
                "characters": {name: found.to_dict() for name, found in self.characters.items()},
                "confusion": {"labels": [*self.labels, None], "table": self.confusion.tolist()},
                "curves": {name: found.to_dict() for name, found in self.curves.items()},
            }
        )

    def _draw_intervals(self) -> None:
        """The intervals of all schemes from the same draws: drawing is what takes time."""
        schemes = list(self.schemes.values())
        found = bootstrap([scheme.table.sum(axis=1) for scheme in schemes], SEED, RESAMPLES)
        for scheme, interval in zip(schemes, found, strict=True):
            scheme.__dict__["interval"] = interval

    def to_json(self, *, brief: bool = False) -> str:
        return msgspec.json.format(msgspec.json.encode(self.to_dict(brief=brief)), indent=2).decode()

    def rows(self, by: str = "label") -> list[dict[str, Any]]:
        """One row for each scheme and label, and one for all labels (``label`` is "all").

        With ``by="article"`` one for each scheme and article, the lowest F1 first.
        """
        if by not in ("label", "article"):
            raise ClaimspansError(f"by={by!r}: expected label or article")
        return [
            {"scheme": name, by: key} | counts.to_dict()
            for name, scheme in self.schemes.items()
            for key, counts in (
                worst_first(self, name) if by == "article" else [*scheme.labels.items(), ("all", scheme.micro)]
            )
        ]

    def to_frame(self, by: str = "label") -> pandas.DataFrame:
        """The `rows` as a frame; needs pandas."""
        try:
            import pandas
        except ImportError as error:
            raise ClaimspansError("to_frame needs pandas: pip install 'claimspans[pandas]'") from error
        return pandas.DataFrame(self.rows(by))
