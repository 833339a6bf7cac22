"""What spans say besides their place, as columns: codes of values, each of which is decoded, checked and kept once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import UNSET

from .records import Span, Value
from .schema import Schema, shipped_schema

Int32 = npt.NDArray[np.int32]

UNSAID = -1
"""The code of what a span does not say."""


class Values(dict[Any, int]):
    """Codes of values in the order in which they come up; two that JSON writes differently, such as 1 and true, differ.

    Both sides of a score share one, so that equal codes are equal values.
    """

    def __init__(self) -> None:
        self.listed: list[Value] = []
        self[UNSET] = UNSAID

    def code(self, value: Any) -> int:
        """Of one value; lists are tuples in records."""
        value = tuple(value) if isinstance(value, list) else value
        key = value if type(value) in _KEYS else (type(value), value)
        try:
            known = key in self
        except TypeError:  # a value with objects in it, which some schemas have
            key = (type(value), json.dumps(value, sort_keys=True))
            known = key in self
        if not known:
            self[key] = len(self.listed)
            self.listed.append(value)
        return self[key]

    def codes(self, values: list[Any]) -> Int32:
        """Of many values."""
        code = self.__getitem__ if set(map(type, values)) <= _KEYS else self.code
        return np.fromiter(map(code, values), dtype=np.int32, count=len(values))

    def __missing__(self, value: str | None) -> int:
        return self.code(value)


_KEYS = frozenset({str, type(None), type(UNSET)})
"""Types whose values are their own keys: they are equal to none of another type."""


class AttributeColumns(msgspec.Struct, frozen=True):
    """What the spans of a side say: ``ids`` and, row by row, the attributes of their label as the schema orders them.

    Codes of ``values``, or `UNSAID`; ``codes`` are spans × the most attributes that a label has.
    """

    values: Values
    ids: Int32
    codes: Int32

    def take(self, order: Any) -> AttributeColumns:
        """Those of the spans at some positions."""
        return AttributeColumns(self.values, self.ids[order], self.codes[order])

    @property
    def any_said(self) -> bool:
        """Whether a span has an attribute at all."""
        return bool((self.codes != UNSAID).any())


class CodesByArticle:
    """What stands for a code in an article, such as the label of the span that has an id there.

    The last of equal ones counts; rows without a code are left out.
    """

    def __init__(self, doc: Int32, code: Int32, value: Int32) -> None:
        known = code != UNSAID
        self._stride = 1 + int(code.max(initial=0))
        key = self._key(doc[known], code[known])
        order = np.argsort(key, kind="stable")
        self._keys, self._values = key[order], value[known][order]

    def _key(self, doc: Any, code: Any) -> npt.NDArray[np.int64]:
        return np.asarray(doc.astype(np.int64) * self._stride + code)

    def of(self, doc: Any, code: Any) -> npt.NDArray[np.int64]:
        """The values for articles and codes, `UNSAID` where there is none."""
        key = self._key(doc, code)
        place = np.searchsorted(self._keys, key, side="right") - 1
        known = (place >= 0) & (code != UNSAID) & (code < self._stride)
        known[known] = self._keys[place[known]] == key[known]
        found = np.full(len(key), UNSAID, dtype=np.int64)
        found[known] = self._values[place[known]]
        return found

    def all(self) -> Iterator[tuple[int, int, int]]:
        """Every article and code with its value."""
        docs, codes = np.divmod(self._keys, self._stride)
        yield from zip(docs.tolist(), codes.tolist(), self._values.tolist(), strict=True)


def names_by_label(schema: Schema) -> Mapping[str, list[str]]:
    """The attributes of each label: a column for each."""
    return {label.name: [attribute.name for attribute in label.attributes] for label in schema.labels.values()}


def _unsaid(rows: int, names: Mapping[str, Sequence[str]]) -> Int32:
    """Columns for the attributes of any label, of rows that say nothing."""
    return np.full((rows, max(map(len, names.values()), default=0)), UNSAID, dtype=np.int32)


def attribute_columns_of(articles: Sequence[Sequence[Span]], schema: Schema | None, values: Values) -> AttributeColumns:
    """What the spans of articles say, in the order given; attributes that no schema knows are left out."""
    names = names_by_label(schema) if schema is not None else {}
    spans = list(chain.from_iterable(articles))
    codes = _unsaid(len(spans), names)
    for row, span in enumerate(spans):
        for column, name in enumerate(names.get(span.label, ()) if span.attributes else ()):
            codes[row, column] = values.code(span.attributes.get(name, UNSET))
    ids = values.codes([UNSET if span.id is None else span.id for span in spans])
    return AttributeColumns(values, ids, codes)


class AttributeReader:
    """Takes what typed rows of spans say, many rows at a time.

    ``fields`` are the names in the rows of the attributes, by label, in the order of `names_by_label`.
    """

    def __init__(self, schema: Schema, fields: Mapping[str, list[str]], values: Values) -> None:
        self._schema, self._fields, self._values = schema, fields, values
        self._ids: list[Int32] = []
        self._codes: list[Int32] = []

    def take(self, rows: Sequence[Any], labels: Sequence[str], label: Int32) -> int:
        """How many attributes the rows state; ``label`` are positions of their labels in ``labels``."""
        codes = _unsaid(len(rows), self._fields)
        for number in np.unique(label).tolist():
            here = np.flatnonzero(label == number)
            own = [rows[row] for row in here.tolist()]
            for column, field in enumerate(self._fields.get(labels[number], ())):
                codes[here, column] = self._values.codes(list(map(attrgetter(field), own)))
        ids = self._values.codes(list(map(attrgetter("id"), rows)))
        ids[ids == self._values.get(None)] = UNSAID
        self._ids.append(ids)
        self._codes.append(codes)
        return int((codes != UNSAID).sum())

    def columns(self, labels: Sequence[str], label: Int32) -> AttributeColumns | None:
        """What all rows that were taken say, None where the schema does not allow it.

        Each value is held against the schema once. Null for an attribute that belongs to a value of another says
        nothing, as in records.
        """
        ids = np.concatenate([np.zeros(0, dtype=np.int32), *self._ids])
        codes = np.concatenate([_unsaid(0, self._fields), *self._codes])
        null = self._values.get(None)
        for number, name in enumerate(labels):
            here = np.flatnonzero(label == number)
            if not len(here):
                continue
            for column, attribute in enumerate(self._schema.labels[name].attributes):
                own = codes[here, column]
                if attribute.only_for is not None and null is not None:
                    own[own == null] = UNSAID
                    codes[here, column] = own
                sound = self._schema.attribute_validator(name, attribute.name).is_valid
                used = [self._values.listed[code] for code in np.unique(own[own != UNSAID]).tolist()]
                if not all(sound(list(value) if isinstance(value, tuple) else value) for value in used):
                    return None
            if any((codes[here, column] == UNSAID).any() for column in _demanded(self._schema, name)):
                return None
        return AttributeColumns(self._values, ids, codes)


def _demanded(schema: Schema, label: str) -> Iterator[int]:
    """The columns of attributes that a prediction of the label must have too."""
    names = names_by_label(schema)[label]
    yield from (names.index(name) for name in schema.definition(label).get("required", ()) if name in names)


_ALONE = frozenset({"title", "description", "examples", "$comment", "type", "properties", "required"})


def attributes_stand_alone(schema: Schema) -> bool:
    """Whether each attribute of a prediction can be held against the schema by itself.

    So it is where the schema has the project's own definitions of predicted spans, and those of its labels say nothing
    of several attributes together.
    """
    ours = shipped_schema()
    if any(_said(schema, name) != _said(ours, name) for name in ("predicted_span", "predicted_span_fields")):
        return False
    return all(key in _ALONE or key.startswith("x-") for label in schema.labels for key in schema.definition(label))


def _said(schema: Schema, name: str) -> Any:
    definition = schema.definition(name)
    return {key: value for key, value in definition.items() if key not in ("title", "description", "examples")}


def has_copies(*columns: Int32) -> bool:
    """Whether two rows of these columns are the same."""
    order = np.lexsort(columns)
    same = np.ones(max(len(order) - 1, 0), dtype=np.bool_)
    for column in columns:
        same &= column[order[1:]] == column[order[:-1]]
    return bool(same.any())
