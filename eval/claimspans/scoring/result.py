"""What a score holds: tables of counts, and what derives from them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from ..data.notebook_display import NotebookDisplay
from ..data.problems import ClaimspansError, counted
from .article_rows import ArticleRows, Sums
from .attributes import AttributeScore
from .capabilities import CapabilityScore
from .counts import Counts, Floats
from .curves import Curve, curve
from .fates import Fates
from .inputs import Task
from .matching import Pairs
from .notes import notes
from .overlaps import Bools, Columns, Ints
from .printed import plain, score_tables, unstated, worst_first
from .signature import RESAMPLES, SEED
from .significance import bootstrap
from .tables import Characters, Table, counts_of

if TYPE_CHECKING:
    import pandas

    from ..data.records import Document
    from ..data.schema import Schema
    from .errors import Outcome


class Macro(msgspec.Struct, frozen=True):
    """Means over the labels that have gold spans or predictions, each over those where it is defined."""

    precision: float | None
    recall: float | None
    f1: float | None


class SchemeScore:
    """The score under one scheme: a table of counts by article and label, and what derives from it by addition."""

    def __init__(self, scheme: str, labels: Sequence[str], table: Table) -> None:
        """``table`` is articles × labels × `FIELDS`."""
        self.scheme = scheme
        self.names = list(labels)
        self.table = table

    @cached_property
    def micro(self) -> Counts:
        return counts_of(self.table.sum(axis=(0, 1)))

    @cached_property
    def labels(self) -> Mapping[str, Counts]:
        return {name: counts_of(row) for name, row in zip(self.names, self.table.sum(axis=0), strict=True)}

    @property
    def articles(self) -> list[Counts]:
        """Over all labels, for each article in the order of the gold."""
        return [counts_of(row) for row in self.table.sum(axis=1)]

    @property
    def macro(self) -> Macro:
        shown = [counts for counts in self.labels.values() if counts.POS or counts.ACT]
        columns = ([c.precision for c in shown], [c.recall for c in shown], [c.f1 for c in shown])
        means = []
        for column in columns:
            defined = [value for value in column if value is not None]
            means.append(sum(defined) / len(defined) if defined else None)
        return Macro(*means)

    @cached_property
    def interval(self) -> dict[str, tuple[float, float]]:
        """95 % percentile bootstrap over articles of micro precision, recall and F1; empty below two articles."""
        return bootstrap([self.table.sum(axis=1)], SEED, RESAMPLES)[0]

    def to_dict(self, docs: Sequence[str] = (), *, interval: bool = True) -> dict[str, Any]:
        """With ``docs``, the names of the articles, also by article; with ``interval`` that of the micro figures."""
        by_article = {doc: counts.to_dict() for doc, counts in zip(docs, self.articles, strict=True)} if docs else {}
        ends = {"interval": {name: list(pair) for name, pair in self.interval.items()}} if interval else {}
        return {
            "micro": self.micro.to_dict() | ends,
            "macro": msgspec.structs.asdict(self.macro),
            "labels": {name: counts.to_dict() for name, counts in self.labels.items()},
        } | ({"articles": by_article} if docs else {})


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

    @property
    def task(self) -> Task:
        """Both sides as columns; raises `ClaimspansError` for a sum of counts, which has no spans."""
        return self._counted.task

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
        return {} if self._rows is None else _curves(self.task, self.pairs["strict"])

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
        return json.dumps(self.to_dict(brief=brief), ensure_ascii=False, indent=2, allow_nan=False)

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


def _curves(task: Task, strict: Pairs) -> dict[str, Curve]:
    if task.scores is None:
        return {}
    right: Bools = np.zeros(len(task.scores), dtype=np.bool_)
    right[strict.predicted[strict.credit == 2]] = True
    right = _surest(task.predicted, task.scores, right)
    found = {"all": curve(task.scores, right, len(task.gold))}
    for number, label in enumerate(task.labels):
        mine = task.predicted.label == number
        found[label] = curve(task.scores[mine], right[mine], int((task.gold.label == number).sum()))
    return found


def _surest(side: Columns, scores: Floats, right: Bools) -> Bools:
    """Of copies at one place those are right that are surest, wherever they stand in their file."""
    place = (side.label, side.end, side.start, side.doc)
    found = np.empty_like(right)
    found[np.lexsort((-scores, *place))] = right[np.lexsort((~right, *place))]
    return found
