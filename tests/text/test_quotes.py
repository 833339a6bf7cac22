"""Quotes to offsets: a table of hard cases, and what must hold for any text."""

from __future__ import annotations

import itertools
import json
import re
import sys
import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from claimspans import Aligned, Quote, align_quotes
from claimspans.data.records import Document
from claimspans.text.normalize import fold, folded
from claimspans.text.quotes import STATUSES, _hits

from ..helpers.examples import examples
from ..helpers.places import CASES

TABLE = [json.loads(line) for line in (CASES / "quotes.jsonl").read_text(encoding="utf-8").splitlines()]

Place = tuple[int, int]


def places(marked: str) -> tuple[str, dict[int, Place]]:
    """The text without its marks, and where each mark stood: "{0:Kim} said" → "Kim said", {0: (0, 3)}."""
    text, found, opened = "", {}, []
    for part in re.split(r"(\{\d+:|\})", marked):
        if part.startswith("{"):
            opened.append((int(part[1:-1]), len(text)))
        elif part == "}":
            number, start = opened.pop()
            found[number] = (start, len(text))
        else:
            text += part
    return text, found


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["case"].replace(" ", "-"))
def test_hard_cases(case: dict[str, Any]) -> None:
    text, expected = places(case["text"])
    quotes = [Quote(**quote) for quote in case["quotes"]]
    found = align_quotes(text, quotes)
    assert [one.quote for one in found] == quotes
    assert [one.status for one in found] == case["status"]
    shown = {number: (one.start, one.end) for number, one in enumerate(found) if one.status != "unaligned"}
    assert shown == expected
    assert all(one.text == text[one.start : one.end] for one in found if one.start is not None)
    assert all((one.start, one.end, one.text) == (None, None, None) for one in found if one.status == "unaligned")


def test_the_table_has_every_status() -> None:
    assert {status for case in TABLE for status in case["status"]} == set(STATUSES)


NEAR_MISSES = [case for case in TABLE if case["case"].startswith(("another ", "negation ", "possibility", "direction"))]


@pytest.mark.parametrize("case", NEAR_MISSES, ids=lambda case: case["case"].replace(" ", "-"))
def test_near_misses_are_refused_for_what_they_say_and_not_for_their_letters(case: dict[str, Any]) -> None:
    (quote,) = case["quotes"]
    assert fuzz.ratio(folded(quote["quote"]), folded(case["text"])) >= 90


def test_the_gold_is_found_again_by_its_own_words_in_any_case(gold: list[Document]) -> None:
    """Every span by its words and what stands around it; nothing of it is fuzzy or lost."""
    for article in gold:
        text = article.text or ""
        quotes = [
            Quote(
                label=span.label,
                quote=text[span.start : span.end].upper().replace("’", "'"),
                before=text[max(0, span.start - 60) : span.start].replace("“", '"'),
                after=text[span.end : span.end + 60],
            )
            for span in article.spans
        ]
        found = align_quotes(text, quotes[::-1])[::-1]
        assert [(one.start, one.end) for one in found] == [(span.start, span.end) for span in article.spans]
        # A headline that the article repeats at once has the same words around it: two spans at most.
        assert [one.status for one in found].count("exact") >= len(found) - 2


def test_the_gold_is_found_again_from_bare_quotes_in_reading_order(gold: list[Document]) -> None:
    """Without context a repeated word goes to its first mentions: most, and nothing is fuzzy or lost."""
    hit = total = 0
    for article in gold:
        text = article.text or ""
        spans = sorted(article.spans, key=lambda span: span.order)
        found = align_quotes(text, [Quote(label=span.label, quote=text[span.start : span.end]) for span in spans])
        assert {one.status for one in found} <= {"exact", "ambiguous"}
        right = [one.start == span.start for one, span in zip(found, spans, strict=True)]
        assert all(good for good, one in zip(right, found, strict=True) if one.status == "exact")
        hit, total = hit + sum(right), total + len(right)
    assert hit / total > 0.9  # the rest are words that stand in the article without being annotated first


def noisy(draw: st.DrawFn, part: str) -> str:
    """The part as somebody else might write it: other case, other quotes and dashes, blanks doubled."""
    signs = []
    for sign in part:
        same = {"'": "'’‘", "’": "'’‘", '"': '"“”', "“": '"“”', "-": "-–—", "—": "-–—"}.get(sign)
        forms = list(same) if same else [sign, sign.upper(), sign.lower(), sign.title()]
        signs.append(draw(st.sampled_from([" ", "\n", "\u00a0", "  ", "\r\n\t"] if sign.isspace() else forms)))
    return "".join(signs)


@st.composite
def slices(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> tuple[str, int, int, str]:
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return text, start, end, noisy(draw, text[start:end])


# Without capitals and digits, and nothing that spells a negation, no cut is forbidden.
SIGNS = [
    "a",
    "e",
    "ß",
    "ﬁ",
    "é",
    "e\u0301",
    "ı",
    "👩‍🚀",
    "🇰🇵",
    "\u00ad",
    "’",
    "“",
    "—",
    "-",
    "…",
    " ",
    " ",
    "\u00a0",
    "\r\n",
]
SMALL = st.lists(st.sampled_from(SIGNS), max_size=25).map("".join)


def check(one: Aligned, text: str, quote: str) -> None:
    assert one.status in ("exact", "ambiguous")
    assert one.start is not None
    assert one.text == text[one.start : one.end]
    assert one.text == one.text.strip() != ""
    assert folded(one.text) == folded(quote)


@examples(400)
@given(slices(SMALL))
@example(("ﬁ a\u00ad", 0, 4, "FI A"))
def test_any_slice_is_found_with_any_folding_noise(case: tuple[str, int, int, str]) -> None:
    text, _, _, quote = case
    (one,) = align_quotes(text, [Quote(label="X", quote=quote)])
    if folded(quote):
        check(one, text, quote)
    else:
        assert one.status == "unaligned"


@st.composite
def blocks(draw: st.DrawFn) -> tuple[str, str]:
    """A text of words of any signs, and some of the words that follow one another."""
    sign = st.one_of(st.characters(), st.sampled_from("-'\"é1,.tnNT\u00a0"))
    words = draw(st.lists(st.text(sign, min_size=1, max_size=6), min_size=1, max_size=8))
    start = draw(st.integers(0, len(words) - 1))
    end = draw(st.integers(start + 1, len(words)))
    blank = draw(st.sampled_from([" ", "\n", "\r\n", " \t"]))
    return blank.join(words), noisy(draw, blank.join(words[start:end]))


@examples(300)
@given(blocks())
@example(("0\u00ad", "0\u00ad"))
def test_words_from_blank_to_blank_of_any_text_are_found(case: tuple[str, str]) -> None:
    text, quote = case
    (one,) = align_quotes(text, [Quote(label="X", quote=quote)])
    if folded(quote):
        check(one, text, quote)
    else:
        assert one.status == "unaligned"


@examples(300)
@given(slices(st.text(max_size=40)))
def test_a_slice_is_refused_only_where_it_cuts_a_word(case: tuple[str, int, int, str]) -> None:
    text, start, end, quote = case
    (one,) = align_quotes(text, [Quote(label="X", quote=quote)])
    if one.status == "unaligned" and folded(quote):
        within = [text[edge - 1] + text[edge] for edge in (start, end) if 0 < edge < len(text)]
        assert any(not pair[0].isspace() and not pair[1].isspace() for pair in within)
        negating = re.search(r"un|in|im|il|ir|dis|mis|non|anti|'t|not|less", folded(text))
        assert negating or any(sign.isdigit() or sign.isupper() or sign.istitle() for sign in text)
    elif folded(quote):
        check(one, text, quote)


some_quotes = st.lists(
    st.builds(
        Quote,
        label=st.sampled_from("XY"),
        quote=st.text(alphabet="aAb 1,-", max_size=15),
        before=st.none() | st.text(alphabet="ab ", max_size=4),
        after=st.none() | st.text(alphabet="ab ", max_size=4),
        occurrence=st.none() | st.integers(1, 4),
    ),
    max_size=8,
)


@examples(300)
@given(text=st.text(alphabet="aAb 1,-", max_size=60), quotes=some_quotes)
def test_no_two_of_a_label_overlap_and_the_answer_is_the_same_each_time(text: str, quotes: list[Quote]) -> None:
    found = align_quotes(text, quotes)
    assert found == align_quotes(text, quotes)
    assert [one.quote for one in found] == quotes
    for label in "XY":
        taken = sorted(
            (one.start, one.end) for one in found if one.label == label and one.start is not None and one.end
        )
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(taken))


@pytest.mark.parametrize("last", [0x3000, pytest.param(sys.maxunicode, marks=pytest.mark.slow)])
def test_every_code_point_folds_alike_in_every_case(last: int) -> None:
    step = 1 if last == 0x3000 else 7  # all of the letters with case but few, then a sample of everything
    for sign in map(chr, range(0, last + 1, step)):
        assert {fold(form).text for form in (sign.upper(), sign.lower(), sign.title())} == {fold(sign).text}


@examples(200)
@given(text=st.text(max_size=60))
def test_the_map_back_covers_the_text_in_order(text: str) -> None:
    whole = fold(text)
    assert len(whole.text) == len(whole.starts) == len(whole.ends)
    assert whole.starts == sorted(whole.starts)
    for sign, start, end in zip(whole.text, whole.starts, whole.ends, strict=True):
        assert sign in fold(text[start:end]).text


@examples(300)
@given(part=st.text(alphabet="ab", min_size=1, max_size=6), whole=st.text(alphabet="ab", max_size=30))
def test_hits_are_all_places(part: str, whole: str) -> None:
    assert list(_hits(part, whole)) == [place for place in range(len(whole)) if whole.startswith(part, place)]


def test_quotes_that_repeat_themselves_take_linear_time() -> None:
    """15,001 places of 44,999 characters each: reading the quote afresh at each would be 7 · 10⁸ comparisons."""
    text = "ab " * 30_000
    began = time.process_time()
    found = align_quotes(text, [Quote(label="X", quote="ab " * 15_000), Quote(label="Y", quote="a")])
    assert [(one.status, one.start, one.end) for one in found] == [("ambiguous", 0, 44_999), ("ambiguous", 0, 1)]
    assert time.process_time() - began < 60


def test_a_long_article_with_many_quotes_that_it_does_not_hold() -> None:
    text = "The vessel carried shells to the port of the north. " * 400
    quotes = [
        Quote(label="X", quote=f"the ship that carried some shell to a port {'abcdefghij'[n]}") for n in range(10)
    ]
    began = time.process_time()
    assert {one.status for one in align_quotes(text, quotes)} == {"unaligned"}
    assert time.process_time() - began < 60  # 20,800 characters; measured 0.6 s


def test_an_occurrence_below_one_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        align_quotes("arms", [Quote(label="X", quote="arms", occurrence=0)])


def test_a_similarity_is_that_of_the_article_s_words() -> None:
    """35 letters against 36, all of the 35 in order: 2·35/71."""
    (one,) = align_quotes(
        "the senior officials of the ministry", [Quote(label="X", quote="the senior official of the ministry")]
    )
    assert (one.status, one.start, one.end) == ("fuzzy", 0, 36)
    assert one.similarity == pytest.approx(70 / 71)
