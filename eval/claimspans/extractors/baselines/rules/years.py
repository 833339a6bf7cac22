"""Which numbers of four digits are years, by the words around them: behind a preposition, or before a budget."""

from __future__ import annotations

import re

from ....text.date_grammar import Expression
from . import year_counts
from .goods import ENTRY_OF
from .measures import MONEY, UNIT_OF
from .plain_text import PlainText, Word, one_of
from .word_lists import words as word_set

_BEFORE_YEARS = word_set(
    "in since during until till before after from by of between through years for late come starting beginning ending"
)
_MARKING = word_set(
    "stamped dated marked engraved inscribed embossed etched labelled labeled vintage fiscal year circa c c. ca ca."
)
"""Words behind which a bare number of four digits is a year."""
_MAKING = re.compile(
    r"(?:^|[.;:,(\n] ?|\b(?:was|were|is|are|last|first|been|and) )(?:re|newly )?(?:built|made|cast|forged|manufactured"
    r"|produced|printed|minted|founded|established|launched|commissioned|laid down|designed|issued|inspected|tested"
    r"|opened|closed|born|died|revised|serviced|modernised|modernized|scrapped|decommissioned|acquired|installed)"
    r"(?:,| in|:)? $",
    re.IGNORECASE,
)
"""Participles without a subject of their own, before a year: built 1987; last inspected: 2029."""
_OCCASIONS = word_set(
    "election talk trial exercise manoeuvre maneuver negotiation protest riot flood purge raid game hearing accord war "
    "clash floods sanction reform cut report survey figure estimate account season drill celebration strike poll"
)
"""What happens, in the plural too, in the year that stands before it."""
_LISTED_YEARS = re.compile(r"(?:^|[.;:,\n] )In (?:(?:1[5-9]|20|21)\d\d,? )+(?:and|or) $")
_STATISTICS = word_set("exports imports sales prices figures accounts results earnings revenues elections orders")
_YEARLY = word_set(
    "budget model election census harvest campaign account edition vintage report review survey audit treaty deal law "
    "war coup plan target programme program contract order price figure exercise sale export import output production "
    "revenue estimate forecast catalogue catalog parade embargo agreement accord accounts sales prices figures summit "
    "season strategy doctrine bill act decree spending tender ban"
)
"""What a year is said of that stands before it: the ministry's 2031 budget."""
_COMPARED = re.compile(r"\b(?:worse|better|higher|lower|earlier|later|busier|poorer|weaker|stronger) $")
_ON_A_YEAR = re.compile(r"\b(?:up|down|increase|rise|fall|drop|gain|improvement|advance|better) $", re.IGNORECASE)
_UP_TO = re.compile(
    r"\b(?:decades?|years?|months?|run-?up|run|period|up|prior|from (?:1[5-9]|20|21)\d\d|(?:1[5-9]|20|21)\d\d) to $",
    re.IGNORECASE,
)
_COUNTED_IN = re.compile(r" in (?:1[5-9]|20|21)\d\d(?!\d)")
"""Behind a number that only looks like a year: 2019 in 2019."""
_PLACING = word_set("in after within before on")


def is_year(reading: PlainText, one: Expression, before: Word | None, after: Word | None) -> bool:
    """A four-digit number that counts nothing: behind a preposition, in brackets, or before its budget."""
    if one.parts["part"]:
        return True
    word = reading.words[reading.covering(one.end - 1)]
    if before is not None and (before.lower in _MARKING or _MAKING.search(reading.plain[: one.start])):
        return after is None or not (after.is_noun or after.token.pos_ == "ADJ")
    if before is not None and before.lower in ("about", "around"):
        earlier = reading.words[reading.at(before.start) - 1]
        return earlier.lower in ("in", "since", "from", "until", "by", "before", "after")
    if before is not None and before.lower == "on" and _ON_A_YEAR.search(reading.plain[: before.start]):
        return after is None or not after.is_noun
    if before is not None and before.lower == "to":
        return _UP_TO.search(reading.plain[: one.start]) is not None and not (after is not None and after.is_noun)
    before = None if before is not None and before.text in (".", ";", ":") else before
    if after is not None and (before is None or before.is_sign) and after.token.pos_ in ("AUX", "VERB"):
        return word.token.dep_ in ("nsubj", "nsubjpass") and after.lower not in ("were", "are", "have")
    if reading.plain.startswith("'s ", one.end):
        return True
    if before is not None and before.lower == "than" and _COMPARED.search(reading.plain[: before.start]):
        return after is None or not after.is_noun
    if _COUNTED_IN.match(reading.plain, one.end):
        return False
    noun = after is not None and (after.is_noun or after.token.pos_ == "ADJ")
    plural = after is not None and (after.token.tag_ in ("NNS", "NNPS") or _is_goods(after))
    if (
        before is not None
        and before.lower == "the"
        and noun
        and not plural
        and year_counts.counts_goods(reading, one.end)
    ):
        return False
    behind = reading.words[reading.covering(one.end - 1) + 2 :][:1]
    if noun and not plural and behind and behind[0].token.pos_ in ("DET", "NUM"):
        noun = False  # a verb: the war of 2024 cost 40 lives
    if (
        before is not None
        and before.lower in _PLACING
        and after is not None
        and after.token.tag_ == "NNS"
        and one_of(after.lower) not in _OCCASIONS
        and after.lower not in _STATISTICS
        and _opens_clause(behind)
    ):
        return False  # in 2028 tests the fuse was wet
    goes_on = bool(behind) and behind[0].token.pos_ in ("AUX", "VERB")
    statistic = after is not None and after.lower in _STATISTICS
    if before is not None and statistic and before.token.pos_ in ("ADP", "PART"):
        return True
    if plural and before is not None and before.lower == "the" and after is not None:
        return one_of(after.lower) in _OCCASIONS
    if after is not None and after.lower in ("hours", "hrs", "or", "km", "per"):
        return after.lower == "or" and before is not None and before.lower in ("in", "since", "by", "before", "after")
    if before is None:
        following = reading.plain[one.end : one.end + 1]
        return not noun and following in (":", "\n", "", ",", " ") and not plural
    if before.lower in ("the", "a", "an", "its", "their", "his", "her", "our", "'s", "this"):
        if after is None or not noun or one_of(after.lower) in UNIT_OF.keys() | MONEY | {"strong", "odd"}:
            return False
        return one_of(after.lower) in _YEARLY or (not plural and word.token.dep_ != "pobj")
    if before.lower in _BEFORE_YEARS:
        if not noun:
            return True
        opens = (
            not reading.plain[: before.start].strip() or reading.plain[: before.start].rstrip(" \"'")[-1:] in ".!?\n;:,"
        )
        if before.lower == "from" and opens and goes_on:
            return True  # from 2028 rifles were stamped
        if before.lower in ("of", "for", "from") or (before.lower == "by" and not opens):
            return word.token.dep_ == "pobj" and not plural
        return opens or word.token.dep_ in ("pobj", "npadvmod") or (before.lower in ("since", "until", "during"))
    if before.lower in ("and", "or") and plural and goes_on:
        return _LISTED_YEARS.search(reading.plain[: one.start]) is not None
    if before.lower in ("and", "or", "to", "-", "(", ",") and not noun:
        said = reading.plain[max(0, before.start - 14) : before.start]
        dated = re.search(r"\b(?:1[5-9]|20|21)\d\d ?$|\b(?:in|since|year) $", said)
        return before.lower in ("(", ",") or dated is not None
    return False


def _opens_clause(behind: list[Word]) -> bool:
    """Whether a clause begins with the words behind a plural, which is no subject then."""
    return bool(behind) and (behind[0].token.pos_ in ("DET", "PRON") or behind[0].token.dep_ == "poss")


def _is_goods(word: Word) -> bool:
    """Whether it is a plural of the field, whatever the model takes it for."""
    return word.lower.endswith("s") and one_of(word.lower) in ENTRY_OF
