"""Counts by article: any partition and order of the articles sums to the score of them all, to the last byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import claimspans
from claimspans import Cargo, Claim, ClaimspansError, Document, Layer, Result, Span, Zone, score
from claimspans.data.column_types import fit
from claimspans.data.records import Failure, Rejected, nested_record
from claimspans.data.schema import Schema
from claimspans.hub.table_schema import configurations
from claimspans.hub.tables import span_rows
from claimspans.scoring.count_tables import counts_schema

TEXT = "Seoul said on Monday that 152mm shells were shipped – 6,000 of them 🚢 to Vladivostok. " * 3


def table(documents: Iterable[Document], *, gold: bool = False) -> pyarrow.Table:
    """Articles as rows with their spans nested; a gold has its text and zones too."""
    rows = []
    for one in documents:
        row = nested_record(one)
        if gold:
            row |= {"text": one.text, "zones": [msgspec.to_builtins(zone) for zone in one.zones]}
        rows.append(row)
    names = dict.fromkeys(name for row in rows for name in row)
    return pyarrow.table({name: [row.get(name) for row in rows] for name in names})


def parts_of(documents: Sequence[Document], groups: Sequence[int]) -> list[list[Document]]:
    return [[one for one, group in zip(documents, groups, strict=True) if group == number] for number in set(groups)]


def summed(gold: Sequence[Document], predictions: Sequence[Document], groups: Sequence[int], **options: Any) -> Result:
    """The score as the sum of counts of parts, in the order of the parts' numbers."""
    tables = []
    for part in parts_of(gold, groups):
        docs = {one.doc for one in part}
        answers = table(one for one in predictions if one.doc in docs)
        tables.append(claimspans.counts(table(part, gold=True), answers, **options))
    return Result.of_counts(tables, options.get("schema"))


offsets = st.tuples(st.integers(0, 200), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))
statuses = st.sampled_from([None, "done", "partial", "failed"])


@st.composite
def spans(draw: st.DrawFn, labels: str) -> tuple[Span, ...]:
    found = draw(st.lists(st.tuples(st.sampled_from(labels), offsets), max_size=7))
    return tuple(
        Span(label=label, start=start, end=end, id=f"s{number}", text=TEXT[start:end])
        for number, (label, (start, end)) in enumerate(found)
    )


@st.composite
def claims(draw: st.DrawFn, named: Sequence[Span]) -> tuple[Claim, ...]:
    ids = [span.id for span in named]
    made = []
    for number in range(draw(st.integers(0, 2))):
        item = draw(st.sampled_from([None, *ids]))
        made.append(
            Claim(
                id=f"c{number}",
                event=draw(st.sampled_from(["transfer", "use"])),
                supplier=draw(st.sampled_from([None, "KP"])),
                cargo=() if item is None else (Cargo(item=item),),
            )
        )
    return tuple(made)


@st.composite
def tasks(draw: st.DrawFn) -> tuple[list[Document], list[Document]]:
    gold: list[Document] = []
    answers: list[Document] = []
    for number in draw(st.permutations(range(draw(st.integers(1, 7))))):
        own = draw(spans("ABC"))
        if not gold:  # a gold without a label of its own would be read under the schema of the corpus at hand
            own = (*own, Span(label="A", start=0, end=5, id="first", text=TEXT[:5]))
        zones = [Zone(kind="boilerplate", start=start, end=end) for start, end in draw(st.lists(offsets, max_size=1))]
        doc = f"d{number}"
        gold.append(Document(doc=doc, text=TEXT, spans=own, zones=tuple(zones), claims=draw(claims(own))))
        if draw(st.integers(0, 4)):
            found = draw(st.one_of(spans("ABCD"), st.just(own)))
            rejected = [Rejected(type="span", reason="quote-missing", detail="", label="A")] * draw(st.integers(0, 2))
            told = Document(doc=doc, spans=found, claims=draw(claims(found)), rejected=tuple(rejected))
            answers.append(msgspec.structs.replace(told, status=draw(statuses)))
    return gold, answers


@settings(max_examples=40)
@given(data=st.data())
def test_any_partition_and_order_gives_the_same_score(data: st.DataObject) -> None:
    gold, answers = data.draw(tasks())
    groups = data.draw(st.lists(st.integers(0, 3), min_size=len(gold), max_size=len(gold)))
    schemes = ["strict", "partial", "type", "iou0.5"]
    whole = score(gold, answers, schemes=schemes)
    parts = summed(gold, answers, groups, schemes=schemes)
    assert parts.to_json() == whole.to_json()
    assert str(parts) == str(whole)
    assert parts.to_json(brief=True) == whole.to_json(brief=True)


@settings(max_examples=10)
@given(groups=st.lists(st.integers(0, 4), min_size=5, max_size=5), order=st.permutations(range(5)))
def test_attributes_and_claims_of_the_corpus_add(
    gold: Layer, schema: Schema, groups: list[int], order: list[int]
) -> None:
    articles = [gold[at] for at in order]
    answers = [msgspec.structs.replace(one, text=None, zones=(), spans=one.spans[1:]) for one in articles[1:]]
    answers = [msgspec.structs.replace(one, claims=()) for one in answers]
    whole = score(articles, answers, schema=schema)
    parts = summed(articles, answers, groups, schema=schema)
    assert parts.to_json() == whole.to_json()
    assert parts.attributes["QUANTITY.value"].right > 0


def test_scores_give_everything_but_curves() -> None:
    gold = [Document(doc="1", spans=(Span(label="A", start=0, end=5), Span(label="A", start=9, end=12)))]
    answers = [Document(doc="1", spans=(Span(label="A", start=0, end=5, score=0.5),))]
    whole, parts = score(gold, answers).to_dict(), summed(gold, answers, [0]).to_dict()
    assert whole.pop("curves").keys() == {"A", "all"}
    assert parts.pop("curves") == {}
    assert parts == whole


def test_a_batch_of_the_published_tables(gold: Layer, schema: Schema) -> None:
    """Rows of the configuration spans, as the hub has them, are a gold."""
    columns = dict(configurations(schema)["spans"].columns)
    rows = [fit(row | {"fold": 0}, columns) for document in gold for row in span_rows(document)]
    plain = [msgspec.structs.replace(one, text=None, zones=(), claims=()) for one in gold]
    found = claimspans.counts(pyarrow.Table.from_pylist(rows), table(plain), schema=schema)
    assert found["doc"].to_pylist() == sorted(one.doc for one in gold)
    assert Result.of_counts([found], schema)["strict"].micro.f1 == 1.0


def test_the_columns_are_the_same_whatever_is_counted() -> None:
    nothing = claimspans.counts(table([]), table([]))
    something = claimspans.counts(table([Document(doc="1", spans=(Span(label="X", start=0, end=1),))]), table([]))
    assert nothing.num_rows == 0
    assert something.schema.equals(nothing.schema, check_metadata=True)
    assert nothing.schema.equals(counts_schema(), check_metadata=True)
    assert Result.of_counts([nothing, something])["strict"].micro.MIS == 1
    assert Result.of_counts([nothing])["strict"].micro.f1 is None


def test_an_article_counts_once_and_with_one_content() -> None:
    gold = [Document(doc=str(number), spans=(Span(label="A", start=0, end=5),)) for number in range(3)]
    first, second = (claimspans.counts(table(gold[start:]), table(gold)[start:]) for start in (0, 1))
    assert Result.of_counts([first, second]).to_json() == Result.of_counts([first]).to_json()
    other = claimspans.counts(table(gold[2:]), table([]))
    with pytest.raises(ClaimspansError, match="2: tables 1 and 2 have this article with different contents"):
        Result.of_counts([first, other])


def test_counts_that_do_not_add_are_refused(schema: Schema) -> None:
    gold = table([Document(doc="1", spans=(Span(label="ITEM", start=0, end=5),))])
    strict, partial = (claimspans.counts(gold, table([]), schemes=scheme) for scheme in ("strict", "partial"))
    with pytest.raises(ClaimspansError, match="counts of strict under no schema and of partial under no schema do not"):
        Result.of_counts([strict, partial])
    with pytest.raises(ClaimspansError, match="give the schema that they were counted with"):
        Result.of_counts([strict], schema)
    with pytest.raises(ClaimspansError, match=r"claimspans\.counts has not made"):
        Result.of_counts([gold])
    with pytest.raises(ClaimspansError, match="no counts to sum"):
        Result.of_counts([])
    with pytest.raises(ClaimspansError, match="is no scheme"):
        claimspans.counts(gold, table([]), schemes="loose")


def test_a_sum_has_no_spans_and_says_so() -> None:
    gold = table([Document(doc="1", spans=(Span(label="A", start=0, end=5),))])
    result = Result.of_counts([claimspans.counts(gold, gold)])
    with pytest.raises(ClaimspansError, match="without spans"):
        list(result.errors())


def test_two_sums_are_compared_as_their_articles_are() -> None:
    gold = [
        Document(doc=str(doc), spans=tuple(Span(label="A", start=at, end=at + 5) for at in range(0, 100, 10)))
        for doc in range(6)
    ]
    better, worse = (
        [msgspec.structs.replace(one, spans=one.spans[least + int(one.doc) % 3 :]) for one in gold] for least in (0, 3)
    )
    groups = [0, 1, 0, 2, 1, 0]
    sums = {name: summed(gold, answers, groups, schemes="strict") for name, answers in (("b", better), ("w", worse))}
    whole, parts = claimspans.compare(gold, {"b": better, "w": worse}), claimspans.compare(None, sums)
    assert parts.pairs[0].micro == whole.pairs[0].micro
    assert parts.pairs[0].micro["f1"].p == 2 / 2**6
    assert parts.intervals == whole.intervals
    assert parts.signature == whole.signature
    assert parts.pairs[0].only_first == ()
    with pytest.raises(ClaimspansError, match="w: is scored on another gold than the first"):
        claimspans.compare(None, sums | {"w": summed(gold[:5], worse[:5], groups[:5], schemes="strict")})


def test_labels_are_mapped_and_what_is_left_out_is_counted(schema: Schema) -> None:
    """Though one of the parts has no gold span under the label that the map leads to."""
    gold = [Document(doc="0", spans=(Span(label="DATE", start=0, end=5),)), Document(doc="1", text="None.")]
    theirs = [
        Document(doc=one.doc, spans=(Span(label="when", start=0, end=5), Span(label="b", start=0, end=5)))
        for one in gold
    ]
    reading: dict[str, Any] = {"label_map": {"when": "DATE"}, "schema": schema}
    parts = summed(gold, theirs, [0, 1], **reading)
    whole = score([nested_record(one) for one in gold], [nested_record(one) for one in theirs], **reading)
    assert "Left out by the label map: 2 b." in parts.notes
    assert parts.to_json() == whole.to_json()
    with pytest.raises(ClaimspansError, match="a label map needs a schema here"):
        summed(gold, theirs, [0, 1], label_map={"when": "DATE"})
    with pytest.raises(ClaimspansError, match="articles are joined by their ids"):
        summed(gold, theirs, [0, 1], read_as=["ids"])


def test_failures_of_a_run_are_named() -> None:
    gold = [Document(doc=str(doc), spans=(Span(label="A", start=0, end=5),)) for doc in range(3)]
    answers = [
        Document(doc="0", status="failed", error=Failure(kind="timeout", detail="", attempts=1)),
        Document(doc="1", status="done", spans=gold[1].spans),
    ]
    result = summed(gold, answers, [0, 1, 0])
    assert result.fates.failed == ("0",)
    assert result.completed["strict"].COR == 1
