"""Where a line break is a mere blank: between two lines of one sentence, of whatever width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....text.dates import MONTHS, WEEKDAYS
from .source_words import TITLES
from .states import States
from .word_lists import words as word_set

_BREAK = re.compile(r"(?<=[^\s])[ \t]*\r?\n[ \t]*(?=[^\s])")
_OPEN_ENDS = word_set(
    "the a an its their his her our my your this that these those no every each some any and or nor but as than of in "
    "on at by with to from for into onto upon over under between among about around behind before after since until "
    "during through against without within beside despite who whom whose which if whether because although "
    "while when where is was were are be been being has had have will would could should might must did does do not "
    "never only at least some nearly almost roughly barely exactly more fewer less very too so both either neither "
    "last next mid mr mrs ms"
)
"""Words with which no line ends that is a sentence, a headline or a name of its own."""
_NO_NAMES = word_set("he she it they we i you there here one two three four five six seven eight nine ten")
_SHORT_FORMS = word_set("gen. col. adm. lt. maj. sgt. capt. cpl. dr. mr. mrs. ms. prof. sen. rep. gov. st. no. nos.")
_CALENDAR = {*MONTHS, *WEEKDAYS, "spring", "summer", "autumn", "winter"}
_NUMBERED = word_set("route pier article resolution kilometre chapter figure table page line number no nos level unit")
_SPOKEN = re.compile(r"[,!?”’\"'»] (?:said|says|wrote|writes|added|adds|told|asked|replied)$")
_FEW, _WIDE = 3, 20
"""Of so many words is a line that holds a name alone, and one that is no paragraph."""
_STOP = ".!?:;…"
_OPENING = "“‘\"'«„("
_CLOSING = "\"'”’»)]"


def wrapped(source: str, known: States) -> Iterator[tuple[int, int]]:
    """The places of the line breaks, with the blanks beside them, that part nothing."""
    for match in _BREAK.finditer(source):
        start = source.rfind("\n", 0, match.start()) + 1
        end = source.find("\n", match.end())
        if _goes_on(source[start : match.start()], source[match.end() : end if end >= 0 else len(source)], known):
            yield match.span()


def _goes_on(line: str, following: str, known: States) -> bool:
    """Whether a sentence goes on from a line to the next."""
    words, first = line.split(), following.split(maxsplit=1)[0]
    last = words[-1]
    if last.rstrip(_CLOSING)[-1:] in _STOP:
        return last.lower() in _SHORT_FORMS or (last.lower().rstrip(".") in _CALENDAR | {"sept", "oct", "nov", "dec"})
    if first[0].islower() or last.endswith(","):
        return first[0].isalnum() or first[0] in _OPENING
    if not first[0].isalnum():
        return False
    if line.isupper() or not (line.lstrip()[0].isalnum() or line.lstrip()[0] in _OPENING):
        return False  # a letterhead, an entry
    bare = last.lower().lstrip(_OPENING)
    if bare in _OPEN_ENDS or (bare.isdigit() and first.strip(",.").lower() in _CALENDAR and len(bare) < 3):
        return True
    if bare in ("early", "late") and first.lower().strip(",.") in _CALENDAR:
        return True
    if first[0].isdigit():
        return bare in _CALENDAR | _NUMBERED and (len(words) > 1 or bare not in _CALENDAR)
    titled = bare in TITLES and (last[0].isupper() or len(words) > 1) and len(words) < _WIDE
    of_state = known.code(last) is not None and not known.is_state(last) and not known.is_seat(last)
    adjective = of_state and len(words) < _WIDE
    named = len(words) < _FEW and words[0] == "The" and last[0].isupper()
    goes_on = (titled or adjective or named) and first.lower() not in _OPEN_ENDS | _NO_NAMES
    return goes_on or _SPOKEN.search(line) is not None
