"""Sources without a cue: the labels of a transcript's turns, and names before or behind the colon of a headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from . import kinds, mentions, states
from .kinds import kind_of
from .source_words import OFFICES, PEOPLE, TITLES
from .word_lists import words as listed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_LABEL = re.compile(
    r"^[ \t]*(?:Q?\d+[.)]?[ \t]+)?"  # the number of a question
    r"(?P<name>(?:[A-ZÀ-Þ][\w.'’-]*[ \t]?){1,5})(?:[ \t]*\([^)\n]*\))?[ \t]*:(?=[ \t]|$)",
    re.MULTILINE,
)
_INLINE = re.compile(r"(?<=[?.!]) (?P<name>A|ANSWER|Answer|Q)[ \t]*:(?=[ \t])")
"""The label of a turn that stands in one line with the question before it."""
_ANSWERER = re.compile(
    r"^[ \t]*ANSWER\b[^\n]*?,[ \t]*(?P<name>[A-ZÀ-Þ][\w.'’-]*(?:[ \t][A-ZÀ-Þ][\w.'’-]*)+)[ \t]*:?[ \t]*$", re.MULTILINE
)
_ASKER = re.compile(r"(?:Q|QUESTION|Question|Questioner|REPORTER|Reporter|MODERATOR|Moderator)\b\.?")
_LINE = re.compile(
    r"(?P<stamp>[ \t]*(?:[–—•*·-][ \t]+|(?:[01]?\d|2[0-3])[.:h][0-5]\d\b(?:[ap]m|h)?[ \t]*[–—-]?[ \t]*))?"
    r"(?P<text>[^\n]+)"
)
"""A line, and before it the bullet of a list or the time of a live entry."""
_LONGEST = 6
_NO_SOURCES = listed(
    "explainer reminder disclaimer newsletter answer weather chapter dinner cover header footer teaser trailer ticker "
    "banner poster another other rather either neither whether monitor error mirror"
)
"""What opens a headline before its colon and is nobody."""


class Turn(NamedTuple):
    """Somebody before or behind a colon, and the words that are his."""

    speaker: TokenSpan
    words: list[Token]


def turns(parsed: Doc) -> Iterator[Turn]:
    """The turns of a transcript and the colon attributions of headlines, in reading order."""
    found = list(_LABEL.finditer(parsed.text))
    found += _INLINE.finditer(parsed.text) if any(_ASKER.match(match["name"].strip()) for match in found) else ()
    counted = Counter(match["name"].strip() for match in found)
    capitals = sum(name.split()[-1].isupper() and len(name) > 1 for name in counted)
    asked = any("?" in parsed.text[match.end() :].partition("\n")[0] for match in found)
    transcript = (
        len(found) > len(counted) or bool({"A", "Q", "Answer", "ANSWER"} & set(counted)) or (capitals > 1 and asked)
    )
    found = [match for match in found if transcript and (counted[match["name"].strip()] > 1 or _is_label(match))]
    headings = list(_ANSWERER.finditer(parsed.text))
    starts = sorted(match.start() for match in [*found, *headings])
    for match in [*found, *headings]:
        if _ASKER.match(match["name"].strip()):
            continue
        span = _without_title(parsed, match.start("name"), match.start("name") + len(match["name"].rstrip()))
        following = next((start for start in starts if start > match.start()), len(parsed.text))
        said = parsed.text[match.end() : following].strip()
        words = [token for token in parsed if match.end() <= token.idx < following]
        if span is not None and said and _states(words) and not said.startswith(("Thank you", "Order")):
            yield Turn(span, words)
    if not transcript:
        yield from _headlines(parsed)


def _states(turn: list[Token]) -> bool:
    """Whether a turn is more than a question: it is an answer, or states something before it asks."""
    said = [token for token in turn if not token.is_space]
    if said[-1].text != "?":
        return True
    stated = [token for token in said if token.sent != said[-1].sent and token.sent[-1].text in (".", "!")]
    return any(token.dep_ == "nsubj" and token.head.pos_ in ("VERB", "AUX") for token in stated)


def _is_label(match: re.Match[str]) -> bool:
    """Whether the words before a colon name somebody, though they stand there once: two names, or capitals alone."""
    words = match["name"].replace(".", "").split()
    return match["name"].strip() in ("A", "Q", "Answer") or len(words) > 1 or (words[0].isupper() and len(words[0]) > 1)


def _without_title(parsed: Doc, start: int, end: int) -> TokenSpan | None:
    words = parsed.char_span(start, end, alignment_mode="contract")
    if words is None:
        return None
    first = words.start
    while first < words.end - 1 and (parsed[first].lower_ in TITLES | {"the"} or parsed[first].text == "."):
        first += 1
    span = parsed[first : words.end]
    return span if len(span) else None


def _headlines(parsed: Doc) -> Iterator[Turn]:
    """A source before or behind the last colon of a line that is no sentence."""
    for line in _LINE.finditer(parsed.text):
        words = parsed.char_span(line.start("text"), line.end(), alignment_mode="contract")
        if words is None or not len(words) or words[0].lower_ in ("the", "a", "an"):
            continue
        if not line["stamp"] and line[0].rstrip().endswith((".", "?", "!", ",")):
            continue
        stamped = (line["stamp"] or "")[:1].isdigit()
        accounts = _accounts(words)
        for account in accounts:
            yield from _headline(account, stamped=stamped, least=1 if len(accounts) > 1 else 2)


def _accounts(line: TokenSpan) -> list[TokenSpan]:
    """The parts of a headline between semicolons, where each has its colon; else the line."""
    ends = [line.start - 1, *(token.i for token in line if token.text == ";"), line.end]
    parts = [line.doc[start + 1 : end] for start, end in pairwise(ends)]
    return parts if all(any(token.text == ":" for token in part) for part in parts) else [line]


def _headline(words: TokenSpan, *, stamped: bool, least: int) -> Iterator[Turn]:
    """The source before or behind the only colon of some words, of which at least so many are what it says."""
    parsed = words.doc
    colons = [token.i for token in words if token.text == ":"]
    if len(colons) != 1:
        return
    before = parsed[words.start : colons[0]]
    behind = parsed[colons[0] + 1 : words.end]
    if len(behind) > 2 and behind[-1].like_num and behind[-2].text == ",":
        behind = behind[:-2]  # the age of a source
    addressed = next((word.i for word in before if word.lower_ == "to" and word.i > before.start), before.end)
    if commas := [token.i for token in before if token.text == "," and token.nbor().lower_ == "for"]:
        addressed = commas[0]
    before = parsed[before.start : addressed]
    commas = [token.i for token in before if token.text == ","]
    if commas and len(behind) and behind[0].text in ('"', "“", "«"):
        before = parsed[commas[-1] + 1 : before.end]
    if any(token.text in (".", "?", "!") for token in before):
        return
    if len(before) == 1 and before[0].pos_ == "PROPN" and len(behind) and behind[0].lower_ in ("i", "we", "my"):
        yield Turn(before, list(behind))
        return
    for part, other in ((behind, before), (before, behind)):
        head = _source(part)
        if head is None or (stamped and _stands_alone(head, part)) or len(other) < least:
            continue
        span = mentions.extent(head)
        if span is not None and part.end < span.end:
            span = parsed[span.start : part.end] if addressed == part.end else span
        if span is not None and span.start >= part.start and span.end <= part.end:
            yield Turn(span, list(other))
            return


def _stands_alone(head: Token, part: TokenSpan) -> bool:
    """Whether a name has no title before it: before the colon of a live entry it may be where somebody reports from."""
    titled = any(token.lower_ in OFFICES | PEOPLE | TITLES for token in part if token.i < head.i)
    return head.ent_type_ in ("PERSON", "GPE") and not titled


def _source(part: TokenSpan) -> Token | None:
    """The head of a part that is a source alone, with at most a word of what it speaks about."""
    end = next(
        (token.i for token in part if token.lower_ in ("on", "about", "over", "of") and token.i > part.start), part.end
    )
    about = part.doc[part.start : end]
    if not 0 < len(about) <= _LONGEST or any(
        token.pos_ in ("VERB", "AUX") and token.tag_ != "VBN" and token.dep_ != "amod" for token in about
    ):
        return None
    heads = [
        token
        for token in about
        if token.pos_ in ("NOUN", "PROPN")
        and (token.i + 1 == end or (token.nbor().pos_ not in ("NOUN", "PROPN") and token.nbor().text != "-"))
    ]
    if not heads:
        return None
    head = heads[-1] if any(token.tag_ == "POS" for token in about) else heads[0]
    while head.i + 1 < end and head.nbor() in heads:
        head = head.nbor()
    if any(token.pos_ == "ADP" and token.i < head.i for token in about):
        return None
    lemma = head.lemma_.lower()
    known = states.of(part.doc)
    span = mentions.extent(head)
    human = kinds.is_human(lemma) and lemma not in _NO_SOURCES
    people = human or lemma in OFFICES or lemma in PEOPLE or kind_of(head) is not None
    titled = any(token.i < head.i and token.lower_ in OFFICES | PEOPLE | TITLES for token in about)
    person = head.ent_type_ == "PERSON" or (head.pos_ == "PROPN" and titled)
    named = span is not None and (known.is_state(span.text) or known.is_seat(span.text) or person)
    return head if people or named else None
