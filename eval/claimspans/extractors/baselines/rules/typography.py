"""What a typesetter, a telegraph or a markup adds to a text: by the place of a sign what is read in its stead."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from ....text.dates import MONTHS, WEEKDAYS
from .line_breaks import wrapped
from .parsing import is_english
from .states import States
from .title_case import small_words
from .turn_letters import letter_signs

_EMPHASIS = re.compile(
    r"(?<![\w*_~])(?P<mark>\*{1,3}|_{1,3}|~~)(?=[^\s*_~])[^*_~\n]{0,200}?(?<=[^\s*_~])(?P<end>(?P=mark))(?![\w*_~])"
)
_TAG = re.compile(r"</?(?:b|i|u|em|strong|span|small|mark|sup|sub|a|p|br|q|s)(?:\s[^<>\n]*)?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,6}|[a-z]{2,8});", re.IGNORECASE)
_NOTE = re.compile(r"(?<=[^\W\d_]{2}[\w.,;”’])(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹]+)")
"""The number of a footnote behind a word."""
_DIVIDED = re.compile(r"(?P<head>[^\W\d_]+)(?P<hyphen>[-\u00ad\u2010])(?P<end>\n[ \t]*)(?=(?P<tail>[a-z][^\W\d_]*))")
_EMAILED = re.compile(
    r"(?<=\b[Ee])-(?=mail(?:ed|ing)\b)|(?<=\b[Rr]e)-(?=[a-z]{3,}(?:ed|ing|sold|sent)\b)|(?<=\b[Tt]rans)-(?=ship)"
    r"|(?<=\b[Aa]ir)-(?=(?:lift|drop|land)(?:s|ed|ing|ped|ping)?\b)"
)
"""The hyphen of a verb that is written as one word too, which the model does not know otherwise."""
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?: [^\W\d_]){4,}(?![^\W_])")
"""A word whose letters blanks part: d e n i e d."""
_MARK = re.compile(r"(?<=[\w.,;”’])[*†‡§¶]+(?=[\s.,;:)”’]|$)")
"""The sign of a footnote."""
_CONTRACTED = re.compile(
    r"(?<=\b(?:is|do)n)t\b|(?<=\b(?:was|did|has|had|are)n)t\b|(?<=\b(?:does|have|were)n)t\b|(?<=\b(?:could|would)n)t\b"
)
"""The end of a negated helper whose apostrophe is missing."""
_BY_EAR = {"sez": "says", "nite": "night", "tonite": "tonight", "wuz": "was", "thru": "through", "govt": "government"}
_RANKS = {"Col": "Colonel", "Gen": "General", "Cdr": "Commander", "Adm": "Admiral", "Maj": "Major"}
_RANK = re.compile(r"\b(?:Lt|Maj|Brig|Sgt|Col|Vice|Rear)\.?-(?P<rank>Col|Gen|Cdr|Adm|Maj)\b\.?")
_STYLE = re.compile(r"\b(?:H\.E\.|H\.R\.H\.|(?:Rt\. )?Hon\.) ")
_SPAN = re.compile(r"(?<=\d)—(?=\d)")
_MISSPELT = re.compile(rf"\b(?:{'|'.join(_BY_EAR)})\b")
_BLANKS = "[ \t\u00a0\u2002-\u200a\u202f]"
_QUOTED = re.compile(
    rf"(?P<open>«{_BLANKS}?|<<{_BLANKS}?|``|„|(?<!\w)»(?=\w)|(?<!\w),,)[^«»„“”\n]*?(?P<close>{_BLANKS}?»|{_BLANKS}?>>|''|[“”]|(?<=\S)«)"
    rf"|(?P<open1>‹{_BLANKS}?|‚(?=\S))[^‹›‘’\n]*?(?P<close1>{_BLANKS}?›|‘)"
)
"""A quotation between marks of other languages or of a typewriter."""
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")
_PICTURE = re.compile(rf"(?:{_BLANKS}*[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\u200d\ufe0f\u20e3])+{_BLANKS}*")
_RUN = re.compile(rf"(?<=\S){_BLANKS}{{2,}}(?=\S)")
_DASH = re.compile(r"(?<=\S)(?:[—―–]|--)(?=[^\s\w])|(?<=[^\s\w])(?:[—―–]|--)(?=\S)|(?<=[^\W\d_])--(?=[^\W\d_])")
_NO_BLANK = re.compile(r"(?<=[a-z]{2})(?:,|[.!?](?!(?:com|org|net|gov|edu|info|example)\b))(?=[a-z]{2})(?![^\s]*[@/])")
"""A comma or full point behind which the blank is missing."""
_STOP = re.compile(r"[ \t]+STOP\b(?![ \t]+\w+(?:ING|ED)\b)")
_LINE = re.compile(r"[^\n]+")
_CAPITALS = 4
"""Of so many words a line of capitals is read; a shorter one may be a name or a label."""
_CALENDAR = {*MONTHS, *WEEKDAYS} - {"may", "march"}  # which are verbs too
_NUMBER = re.compile(r"(?<!\S)[$€£]?\d[\d.,]*(?!\S)")
_WORD = re.compile(r"[^\W\d_]+(?:[’'](?:S|T|RE|LL|VE))?(?![\w-]*\d)")


def rewrites(source: str, known: States) -> dict[int, str]:
    """By the places of the signs that are not read as they stand, what is read there; nothing is the empty string."""
    found: dict[int, str] = {}
    for start, end, written in _rewrites(source, known):
        found.update(dict.fromkeys(range(start, end), ""))
        if written and end > start + 1:
            found[start], found[end - 1] = written[:-1], written[-1]
        else:
            found[start] = written
    return found


def _rewrites(source: str, known: States) -> Iterator[tuple[int, int, str]]:
    yield from _capitals(source, known)
    for start, _ in small_words(source, known):
        yield start, start + 1, source[start].lower()
    for match in _EMPHASIS.finditer(source):
        yield *match.span("mark"), ""
        yield *match.span("end"), ""
    for pattern in (_TAG, _NOTE, _MARK, _EMAILED):
        yield from ((*match.span(), "") for match in pattern.finditer(source))
    yield from ((*match.span(), html.unescape(match[0])) for match in _ENTITY.finditer(source))
    yield from ((*match.span(), "'t") for match in _CONTRACTED.finditer(source))
    yield from ((*match.span(), _BY_EAR[match[0]]) for match in _MISSPELT.finditer(source))
    yield from ((*match.span(), _RANKS[match["rank"]]) for match in _RANK.finditer(source))
    yield from ((*match.span(), "") for match in _STYLE.finditer(source))
    yield from ((*match.span(), "–") for match in _SPAN.finditer(source))
    for match in _QUOTED.finditer(source):
        for name, mark in (("open", "“"), ("close", "”"), ("open1", "‘"), ("close1", "’")):
            if match[name]:
                yield *match.span(name), mark
    yield from ((*match.span(), "'") for match in _APOSTROPHE.finditer(source))
    yield from ((*match.span(), " ") for match in _RUN.finditer(source))
    yield from ((*place, " ") for place in wrapped(source, known))
    yield from ((*match.span(), f" {match[0]} ") for match in _DASH.finditer(source))
    yield from ((*match.span(), f"{match[0]} ") for match in _NO_BLANK.finditer(source))
    yield from letter_signs(source)
    for match in _DIVIDED.finditer(source):
        yield match.start("hyphen"), match.end("end"), "-" if _is_compound(match) else ""
    for match in _SPACED.finditer(source):
        yield from ((place, place + 1, "") for place in range(match.start() + 1, match.end(), 2))
    for match in _PICTURE.finditer(source):
        if all(unicodedata.category(sign) not in ("No", "Po", "Ps", "Pe", "Sm") for sign in match[0]):
            inside = source[match.start() - 1 : match.start()].strip() and source[match.end() : match.end() + 1].strip()
            yield *match.span(), " " if inside else ""


def _is_compound(divided: re.Match[str]) -> bool:
    """Whether a word that goes on in the next line has its hyphen there too: sixty-six, but committee."""
    head, tail = divided["head"].lower(), divided["tail"]
    if divided["hyphen"] == "\u00ad" or is_english(head + tail):
        return False
    return is_english(head) and is_english(tail)


def _capitals(source: str, known: States) -> Iterator[tuple[int, int, str]]:
    """Lines of capitals in small letters, save the names; of a telegram STOP as a full point."""
    for line in _LINE.finditer(source):
        counted = len(_WORD.findall(line[0])) + len(_NUMBER.findall(line[0]))
        if not line[0].isupper() or counted < _CAPITALS or line[0].rstrip().endswith(":"):
            continue
        stops = list(_STOP.finditer(source, *line.span()))
        if len(stops) < 2 and not line[0].rstrip().endswith("STOP"):
            stops = []
        opens = {line.start(), *(match.end() for match in stops)}
        for match in _WORD.finditer(source, *line.span()):
            word = match[0]
            first = not source[max(opens & set(range(match.start() + 1)), default=0) : match.start()].strip()
            plain = word.lower() if is_english(word.lower()) and not _is_name(word, known) else word.title()
            if len(word) > 1 and known.code(word) is None:
                written = plain[:1].upper() + plain[1:] if first else plain
                yield from ((place, place + 1, sign) for place, sign in enumerate(written, match.start()))
        yield from ((*match.span(), ".") for match in stops)


def _is_name(word: str, known: States) -> bool:
    """Whether a word of capitals is known for a name: of a state, a month or a day of the week."""
    return known.code(word.title()) is not None or known.is_seat(word.title()) or word.lower() in _CALENDAR
