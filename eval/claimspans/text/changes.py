"""Whether the words before two amounts tell of a rise or fall from the one to the other."""

from __future__ import annotations

import re

_CHANGE = re.compile(
    r"\b(?:ros|ris|fell|fall|gr[eo]w|drop|went|go(?:es|ing|ne)?\b|increas|decreas|cut|rais|revis|up\b|down\b|chang"
    "|climb|jump|s[aiu]nk|shr[aiu]nk|slip|soar|correct|lower|reduc|expand|doubl|tripl|halv|sw[eo]ll|shot|swung|shift"
    r"|mov|extend|slid|slump|plung|plummet|surg|edg|inch|dwindl|declin|trim|lift|boost|upgrad|downgrad|amend|adjust|updat"
    r"|turn(?!\w* out)"
    r")[a-z]*\b[^.;\n]*$",
    re.IGNORECASE,
)


def falls(text: str, start: int) -> bool:
    """Whether what stands there rose or fell, so that two numbers are no bounds."""
    before = text[max(0, start - 60) : start]
    return _CHANGE.search(before) is not None and re.search(r"\bany(?:thing|where) $", before, re.IGNORECASE) is None
