"""Sources without a cue: the labels of a transcript's turns, and names before or behind the colon of a headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from . import mentions, states
from .genders import is_first_name
from .kinds import kind_of
from .phrases import is_person
from .source_words import OFFICES, PEOPLE, TITLES
from .word_lists import words as listed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_NAME = (
    r"(?P<name>[A-ZÀ-Þ][\w.'’-]*"
    r"(?:[ \t]+(?:(?:van|von|der|den|de|da|di|du|al|bin|of)[ \t]+){0,2}[A-ZÀ-Þ][\w.'’-]*){0,4}"
    r"(?:(?<=\bThe)(?:[ \t][a-z-]+){1,3})?)"
)
_NOTES = r"(?:[ \t]*(?:\([^)\n]*\)|\[[^\]\n]*\]))*"
"""What stands in brackets behind a name: a party, a role, a time."""
_LABEL = re.compile(
    r"^[ \t]*(?:[-–•*][ \t]+)?(?:Q?\d+[.)]?[ \t]+)?"  # a bullet, the number of a question
    r"(?:[\[(]\d?\d[:.]\d\d(?:[:.]\d\d)?[\])][ \t]*)?"  # a time
    rf"{_NAME}(?P<notes>{_NOTES})(?P<role>,[^\n:.?!]{{2,60}})?"
    r"[ \t]*(?P<mark>:(?=[ \t]|$)|[ \t][—–-](?=[ \t]))",
    re.MULTILINE,
)
_REST = re.compile(r"\s*[^\n]*")
_SIDE = re.compile(rf"(?<=[.!?”\"] ){_NAME}{_NOTES}:(?=[ \t])")
"""A further label in the line of another: "Peru: we sold none. Chile: they sold forty."."""
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
_HOLDER = re.compile(rf"\((?=[^)\n]*[ \t]){_NAME}[^)\n]*\)")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_OPENINGS = ("i", "we", "my", '"', "“", "‘", "'")
"""With what somebody's own words begin."""
_LONGEST = 6
_NO_SOURCES = listed(
    "explainer reminder disclaimer newsletter answer weather chapter dinner cover header footer teaser trailer ticker "
    "banner poster correction clarification update another other rather either neither whether monitor error mirror "
    "timeline winner loser master"
)
"""What opens a headline before its colon and is nobody."""


class Turn(NamedTuple):
    """Somebody before or behind a colon, and the words that are his."""

    speaker: TokenSpan
    words: list[Token]


def turns(parsed: Doc) -> Iterator[Turn]:
    """The turns of a transcript and the colon attributions of headlines, in reading order."""
    text = parsed.text
    labels = [match for match in _LABEL.finditer(text) if _is_name(parsed, match)]
    found = [match for match in labels if match["mark"] == ":"]
    found += _INLINE.finditer(text) if any(_ASKER.match(match["name"].strip()) for match in found) else ()
    counted = Counter(match["name"].strip() for match in labels)
    found += [match for match in labels if match["mark"] != ":" and _is_parted(match, counted)]
    capitals = sum(name.split()[-1].isupper() and len(name) > 1 for name in counted)
    asked = any("?" in text[match.end() :].partition("\n")[0] for match in found)
    transcript = (
        len({match["name"] for match in found}) < len(found)
        or bool({"A", "Q", "Answer", "ANSWER"} & set(counted))
        or (capitals > 1 and asked)
    )
    found = [match for match in found if counted[match["name"].strip()] > 1 or _is_label(match)] if transcript else []
    headings = list(_ANSWERER.finditer(text))
    sides = [] if transcript else list(_sides(parsed, labels))
    said = {match.start("name"): match for match in (*found, *headings, *sides)}
    starts = sorted(match.start() for match in said.values())
    for match in said.values():
        if not _ASKER.match(match["name"].strip()):
            end = next((start for start in starts if start > match.start("name")), len(text))
            yield from _turn(parsed, match, end)
    if not transcript:
        yield from _headlines(parsed, {match.start() for match in sides})


def _turn(parsed: Doc, match: re.Match[str], end: int) -> Iterator[Turn]:
    """What stands between a label and a place, as the words of whom the label names, if it states anything."""
    span = _labelled(parsed, match)
    said = parsed.text[match.end() : end].strip()
    words = [token for token in parsed if match.end() <= token.idx < end]
    if span is not None and said and _states(words) and not said.startswith(("Thank you", "Order")):
        yield Turn(span, words)


def _is_name(parsed: Doc, match: re.Match[str]) -> bool:
    """Whether a label has no verb: "Karl Holm, a trader, said:"; and *of* only where an office opens it."""
    if " of " in match["name"] and match["name"].split()[0].lower() not in TITLES | {"the"}:
        return False
    if match["name"].split()[-1].islower() and ((span := _labelled(parsed, match)) is None or _source(span) is None):
        return False
    role = parsed.char_span(*match.span("role"), alignment_mode="expand") if match["role"] else ()
    return role is not None and not any(token.tag_ in _FINITE for token in role)


def _is_parted(match: re.Match[str], counted: Counter[str]) -> bool:
    """Whether a dash parts a name from what he says: several do, and his stands there again or with his title."""
    return len(counted) > 1 and (counted[match["name"]] > 1 or _is_titled(match["name"].split()))


def _is_titled(name: list[str]) -> bool:
    return len(name) > 1 and name[0].lower().rstrip(".") in TITLES


def _sides(parsed: Doc, labels: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The labels of neighbouring lines, or of one line, that name several sources, of which each states something."""
    text = parsed.text
    rest = [_REST.match(text, match.end()) for match in labels]
    further = [side for line in rest if line is not None for side in _SIDE.finditer(text, *line.span())]
    kept = [match for match in (*labels, *further) if _names_source(parsed, match)]
    for match in kept:
        near = (other for other in kept if other is not match and other["name"] != match["name"])
        gaps = (text[min(match.end(), other.end()) : max(match.start(), other.start())] for other in near)
        if any(gap.strip().count("\n") == 0 for gap in gaps):
            yield match


def _names_source(parsed: Doc, match: re.Match[str]) -> bool:
    """Whether a label names a source, and a clause stands behind it."""
    span = _labelled(parsed, match)
    rest = _REST.match(parsed.text, match.end())
    said = parsed.char_span(*rest.span(), alignment_mode="contract") if rest is not None else None
    if span is None or said is None or not any(token.tag_ in _FINITE for token in said):
        return False
    name = match["name"].split()
    office = _is_titled(name) or (name[0].lower() == "the" and name[-1].lower() in TITLES)
    return office or (len(span) > 1 and is_first_name(span[0].text)) or _source(span) is not None


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


def _labelled(parsed: Doc, match: re.Match[str]) -> TokenSpan | None:
    """Whom a label names: without title, and in brackets where an office stands before: "The Minister (Karl Holm):"."""
    start, end = match.start("name"), match.start("name") + len(match["name"].rstrip(" \t"))
    if match["name"].startswith("The ") and "notes" in match.re.groupindex:
        named = _HOLDER.search(match["notes"])
        if named is not None:
            start, end = (match.start("notes") + place for place in named.span("name"))
    if match["name"].endswith(".") and len(match["name"]) > 2:
        end -= 1
    words = parsed.char_span(start, end, alignment_mode="contract")
    if words is None:
        return None
    first = words.start
    while (
        first < words.end - 1
        and (
            (parsed[first].lower_ in TITLES and parsed[first].text[0].isupper()) or parsed[first].lower_ in ("the", ".")
        )
        and parsed[first + 1].text != "-"
    ):
        first += 1
    span = parsed[first : words.end]
    return span if len(span) else None


def _headlines(parsed: Doc, read: set[int]) -> Iterator[Turn]:
    """A source before or behind the last colon of a line that is no sentence, save of those read already."""
    for line in _LINE.finditer(parsed.text):
        if line.start() in read:
            continue
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
    """The parts of a headline between semicolons, where each or the last has its colon; else the line."""
    ends = [line.start - 1, *(token.i for token in line if token.text == ";"), line.end]
    parts = [line.doc[start + 1 : end] for start, end in pairwise(ends)]
    with_colon = [part for part in parts if any(token.text == ":" for token in part)]
    return with_colon if with_colon in (parts, parts[-1:]) else [line]


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
    spoken = len(behind) > 0 and behind[0].lower_ in _OPENINGS
    if len(before) == 1 and before[0].pos_ == "PROPN" and spoken:
        yield Turn(before, list(behind))
        return
    for part, other in ((behind, before), (before, behind)):
        head = _source(part)
        if head is None or (stamped and not spoken and _stands_alone(head, part)) or len(other) < least:
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
    place = head.ent_type_ in ("PERSON", "GPE") or states.of(head.doc).is_state(part.text)
    return place and not titled


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
    people = lemma not in _NO_SOURCES and (is_person(lemma) or kind_of(head) is not None)
    titled = any(token.i < head.i and token.lower_ in OFFICES | PEOPLE | TITLES for token in about)
    person = head.ent_type_ == "PERSON" or (head.pos_ == "PROPN" and titled)
    named = span is not None and (known.is_state(span.text) or known.is_seat(span.text) or person)
    return head if people or named else None
