"""How often attributes are right, by article: over all spans as columns, each two values compared once."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from ..data.attribute_columns import UNSAID, AttributeColumns, CodesByArticle, Values
from ..data.schema import Attribute, Schema
from .attributes import AttributeScore, same_value
from .entries import Entries, Name, entries, entries_of
from .matching import Pairs
from .overlaps import Columns, Ints


def standing_for(gold: Columns, said: AttributeColumns, told: AttributeColumns, typed: Pairs) -> CodesByArticle:
    """By article, the ids of predicted spans → those of the gold spans that the ``type`` alignment takes them for.

    Only pairs of full credit count, and spans that have ids.
    """
    full = typed.credit == 2
    right, named = said.ids[typed.gold[full]], told.ids[typed.predicted[full]]
    both = right != UNSAID
    return CodesByArticle(gold.doc[typed.gold[full]][both], named[both], right[both])


def words_by_article(codes: CodesByArticle, values: Values, articles: int) -> list[dict[str, str]]:
    """The same as words: a mapping for each article."""
    found: list[dict[str, str]] = [{} for _ in range(articles)]
    for doc, code, right in codes.all():
        found[doc][str(values.listed[code])] = str(values.listed[right])
    return found


class Sides(msgspec.Struct, frozen=True):
    """Both sides of a task with what their spans say, and the strict pairs of full credit as positions in them."""

    labels: Sequence[str]
    gold: Columns
    predicted: Columns
    said: AttributeColumns
    told: AttributeColumns
    matched: tuple[Ints, Ints]
    named: CodesByArticle


def attribute_entries(schema: Schema, sides: Sides, articles: int) -> Entries:
    """The counts of `AttributeScore` by article and ``LABEL.attribute``."""
    names: list[Name] = []
    found: list[tuple[Ints, Ints]] = []
    for label in schema.labels.values():
        if label.name not in sides.labels:
            continue
        number = sides.labels.index(label.name)
        for column, attribute in enumerate(label.attributes):
            counts = _counted(attribute, column, number, sides, articles)
            here = np.flatnonzero(counts.any(axis=1))
            found.append((here, counts[here]))
            names.append((f"{label.name}.{attribute.name}",))
    if not found:
        return entries_of((), len(AttributeScore.__struct_fields__))
    article = np.concatenate([here for here, _ in found])
    name = np.repeat(np.arange(len(found)), [len(here) for here, _ in found])
    return entries(article, name, names, np.concatenate([counts for _, counts in found]))


def _counted(attribute: Attribute, column: int, label: int, sides: Sides, articles: int) -> Ints:
    """The counts of an attribute: articles × the fields of `AttributeScore`, in their order."""
    said, told = sides.said.codes[:, column], sides.told.codes[:, column]
    pairs = sides.gold.label[sides.matched[0]] == label
    one, other = (side[pairs] for side in sides.matched)
    has = said[one] != UNSAID
    one, other = one[has], other[has]
    given = told[other] != UNSAID
    right = _right(attribute, said[one[given]], told[other[given]], sides.gold.doc[one[given]], sides)
    own, others = sides.gold.label == label, sides.predicted.label == label
    stated = others & (told != UNSAID)
    columns = {
        "matched": sides.gold.doc[one],
        "given": sides.gold.doc[one[given]],
        "right": sides.gold.doc[one[given][right]],
        "POS": sides.gold.doc[own & (said != UNSAID)],
        "ACT": sides.predicted.doc[others if attribute.only_for is None else stated],
        "stated": sides.predicted.doc[stated],
    }
    counted = [np.bincount(columns[field], minlength=articles) for field in AttributeScore.__struct_fields__]
    return np.stack(counted, axis=1)


def _right(attribute: Attribute, said: Ints, told: Ints, doc: Ints, sides: Sides) -> npt.NDArray[np.bool_]:
    """Which values are the same; each two of them are compared once, but for ids, which mean something by article."""
    listed = sides.said.values.listed
    if attribute.compare == "spans":
        return _same_spans(attribute, said, told, doc, sides)
    pairs, which = np.unique(said.astype(np.int64) * len(listed) + told, return_inverse=True)
    both = zip(*(side.tolist() for side in np.divmod(pairs, max(len(listed), 1))), strict=True)
    same = [same_value(attribute, listed[one], listed[other], {}) for one, other in both]
    return np.array(same, dtype=np.bool_)[which]


def _same_spans(attribute: Attribute, said: Ints, told: Ints, doc: Ints, sides: Sides) -> npt.NDArray[np.bool_]:
    values = sides.said.values
    right, given = ([values.listed[code] for code in codes.tolist()] for codes in (said, told))
    ids = [value if isinstance(value, tuple) else () for value in given]
    flat = np.array([values.get(name, UNSAID) for names in ids for name in names], dtype=np.int64)
    stands = sides.named.of(np.repeat(doc, [len(names) for names in ids]), flat)
    named = iter(str(values.listed[code]) if code != UNSAID else None for code in stands.tolist())
    stand_for = [{name: next(named) for name in names} for names in ids]
    return np.array(
        [
            same_value(attribute, one, other, {name: known for name, known in stand.items() if known is not None})
            for one, other, stand in zip(right, given, stand_for, strict=True)
        ],
        dtype=np.bool_,
    )
