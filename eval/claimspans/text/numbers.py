"""English numerals as numbers: "6 million", "10,000", "six", "double"."""

from __future__ import annotations

import re

RATIOS = {"double": 2, "doubled": 2, "doubles": 2, "triple": 3, "tripled": 3, "triples": 3, "half": 0.5}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
VAGUE = ("dozens", "scores", "hundreds", "thousands", "millions", "billions")
COMPARATORS = {
    **dict.fromkeys(("exactly", "precisely", "just", "only", "barely", "hardly", "scarcely", "mere", "fully"), "eq"),
    **dict.fromkeys(("at least", "no fewer than", "no less than", "not less than", "not fewer than"), "ge"),
    **dict.fromkeys(("minimum of", "as few as", "as little as"), "ge"),
    **dict.fromkeys(("over", "more than", "upward of", "upwards of", "above", "exceeding", "in excess of"), "gt"),
    **dict.fromkeys(("just over", "well over", "just above", "well above", "slightly more than"), "gt"),
    **dict.fromkeys(("up to", "at most", "no more than", "not more than", "maximum of", "as many as"), "le"),
    **dict.fromkeys(("as much as",), "le"),
    **dict.fromkeys(("less than", "fewer than", "under", "below", "just under", "well under"), "lt"),
    **dict.fromkeys(("about", "around", "approximately", "roughly", "some", "circa", "estimated"), "approx"),
    **dict.fromkeys(("perhaps", "maybe", "possibly", "closer to", "nearer", "in the region of"), "approx"),
    **dict.fromkeys(("nearly", "almost", "close to", "just short of", "not quite"), "below"),
}
"""What the words before a numeral make of it."""
BEHIND = {"or more": "ge", "or fewer": "le", "or less": "le", "or so": "approx", "at least": "ge", "at most": "le"}
"""What the words behind a numeral make of it."""
_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
WORDS = {word: number for number, word in enumerate(f"zero {_UNITS} eighteen nineteen".split())}
WORDS |= {
    w: n * 10 for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
WORDS |= {"dozen": 12}
_FOLD = re.compile(r"^([a-z]+)-?fold$")
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+(?:-[a-z]+)?")


def values(text: str) -> list[float]:
    """The numbers that the text holds, in its order; words and scales that belong together are one.

    >>> values("over 6.5 million shells at two hundred and fifty places, a twofold increase")
    [6500000.0, 250.0, 2.0]
    """
    found: list[float] = []
    total: float | None = None  # what scales have closed: the two million of "two million three hundred"
    group: float | None = None  # what is still open: its three hundred
    last = ""
    for word in [match[0] for match in _TOKEN.finditer(text.lower())] + [""]:
        if word == "a" or (word == "and" and last == "scale"):
            continue
        value = SCALES.get(word) or _number(word)
        follows = last == "scale" and word not in SCALES and value is not None and value < 100 and word[:1].isalpha()
        if (total is not None or group is not None) and word not in SCALES and not follows:
            found.append(float((total or 0) + (group or 0)))
            total = group = None
        if value is None:
            last = ""
        elif word == "hundred":
            group, last = (group or 1) * value, "scale"
        elif word in SCALES:
            total, group, last = (total or 0) + (group or 1) * value, None, "scale"
        else:
            group, last = (group or 0) + value, "number"
    return found


def _number(token: str) -> float | None:
    if not token:
        return None
    if token[0].isdigit():
        return float(token.replace(",", ""))
    fold = _FOLD.match(token)
    if fold and fold[1] in WORDS:
        return WORDS[fold[1]]
    tens, _, unit = token.partition("-")
    if unit:
        return WORDS[tens] + WORDS[unit] if tens in WORDS and unit in WORDS else None
    return WORDS.get(token, RATIOS.get(token))


def is_vague(text: str) -> bool:
    """Whether the text has a number word without a number, such as "dozens", and no numeral."""
    return not values(text) and any(word in VAGUE for word in _TOKEN.findall(text.lower()))
