"""English numerals as numbers: "6 million", "10,000", "six", "two and a half", "double"."""

from __future__ import annotations

import re
import unicodedata

from .normalize import folded

RATIOS = {"double": 2, "doubled": 2, "doubles": 2, "triple": 3, "tripled": 3, "triples": 3}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 10**12}
SCALES |= {"lakh": 10**5, "crore": 10**7}
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12}
VAGUE = ("dozens", "scores", "hundreds", "thousands", "millions", "billions")
_MARKS = {
    "eq": "exactly, precisely, just, only, barely, hardly, scarcely, mere, bare, merely, fully, "
    "neither more nor less than",
    "ge": "at least, at the least, at the very least, at a minimum, no fewer than, no less than, not less than, "
    "not fewer than, minimum of, as few as, as little as, as low as, no lower than, not lower than",
    "gt": "over, more than, upward of, upwards of, above, exceeding, in excess of, just over, well over, just above, "
    "well above, slightly more than, north of, greater than, higher than",
    "le": "up to, up to and including, at most, at the most, at the very most, no more than, not more than, "
    "maximum of, as many as, as much as, as high as, no greater than, no higher than, not higher than, not above, "
    "not over, not exceeding",
    "lt": "less than, fewer than, under, below, just under, well under, south of, lower than",
    "approx": "about, around, approximately, approx, approx., roughly, some, circa, ca, ca., c., estimated, perhaps, "
    "maybe, possibly, probably, closer to, nearer, "
    "in the region of, in the order of, of the order of, on the order of, "
    "in the neighbourhood of, in the neighborhood of, in the vicinity of, something like, more like, somewhere",
    "below": "nearly, almost, close to, close on, just short of, not far short of, just shy of, not quite, "
    "getting on for, approaching, virtually, practically, nigh on, verging on, bordering on, the best part of, "
    "the better part of",
}
COMPARATORS = {words: mark for mark, listed in _MARKS.items() for words in listed.split(", ")}
"""What the words before a numeral make of it."""
DEGREE = "(?:(?:a (?:little|bit|shade|touch|fraction|good deal)|little|just|well|slightly|far|considerably) )+"
"""How far a number is passed or missed, which makes nothing of it by itself: a little over."""
_MARKS_BEHIND = {
    "ge": "or more, or even more, or possibly more, or perhaps more, or over, and more, and upwards, at least, "
    "at the least, at the very least, at a minimum, plus, or better, or above, or greater, and over, and up, "
    "and upward",
    "le": "or fewer, or less, or under, or below, or lower, at most, at the most, at the very most, at the outside, "
    "tops",
    "approx": "or so, or thereabouts, give or take, odd, ish, more or less",
}
BEHIND = {words: mark for mark, listed in _MARKS_BEHIND.items() for words in listed.split(", ")}
"""What the words behind a numeral make of it."""
_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
WORDS = {word: number for number, word in enumerate(f"zero {_UNITS} eighteen nineteen".split())}
WORDS |= {
    w: n * 10 for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
WORDS |= {"dozen": 12}
_LOTS = {"dozen": 12, "score": 20, "gross": 144, "hundred": 100}
_TENS = [word for word, number in WORDS.items() if number >= 20]
_DECADES = [word.removesuffix("y") + "ies" for word in _TENS]
"""The thirties: between thirty and forty."""
_PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_FOLD = re.compile(r"^([a-z]+)fold$")
_VULGAR = re.compile("[¼-¾⅐-⅞]")
_PART = re.compile(rf"(?:\b(?P<many>\d+|a|{'|'.join(WORDS)})[ -])?\b(?P<part>{'|'.join(_PARTS)})s?\b")
_TOKEN = re.compile(
    r"(?<!\d)\d{1,3}/[1-9]\d{0,2}(?!\d)|(?<!\d)\d{1,3}(?: \d{3})+(?![\d.,]?\d)|\d+(?:[.,]\d+)*|(?<![\w.])\.\d+"
    r"|[a-z]+|[^\w\s-]"
)
_FEW = re.compile(rf"\b(?:few|couple|several|many) (?:of )?(?:{'|'.join([*SCALES, *_LOTS])})\b")


def values(text: str) -> list[float]:
    """The numbers that the text holds, in its order; words, scales and fractions that belong together are one.

    A comma or point before three digits parts thousands where it cannot be a decimal one; a numeral that has no reading
    is left out.

    >>> values("over 6.5 million shells at two hundred and fifty places, a twofold increase")
    [6500000.0, 250.0, 2.0]
    >>> values("3,5 million crowns for 1 200 tons, or two and a half dozen")
    [3500000.0, 1200.0, 30.0]
    """
    found: list[float] = []
    total: float | None = None  # what scales have closed: the two million of "two million three hundred"
    group: float | None = None  # what is still open: its three hundred
    last = ""
    size = 1  # of the last scale, of which a fraction behind it is one: a million and a half
    words = [*_TOKEN.findall(_with_fractions(text)), ""]
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word in ("a", "an") or (word == "and" and (last == "scale" or (last and "/" in following))):
            continue
        if word and not word[-1].isalnum():  # "twenty, five" are two, "two million, five hundred" is one
            last = last if last == "scale" else ""
            continue
        scale = _LOTS.get(word) or SCALES.get(word)
        value = scale or _number(word)
        follows = value is not None and (
            (last == "scale" and value < 100 and (word[:1].isalpha() or "/" in word))
            or (last == "tens" and value < 10 and word[:1].isalpha())
            or (last in ("number", "tens") and "/" in word)
        )
        if (total is not None or group is not None) and scale is None and not follows:
            found.append(round(float((total or 0) + (group or 0)), 4))
            total = group = None
        if value is None:
            last = ""
        elif last == "scale" and "/" in word:
            total, group, last = (total or 0) + (group or 0) + value * size, None, ""
        elif word in _LOTS:
            size = _LOTS[word]
            group, last = (group or 1) * value, "scale"
        elif scale:
            size = scale
            total, group, last = (total or 0) + (group or 1) * value, None, "scale"
        else:
            group, last = (group or 0) + value, "tens" if word in _TENS else "number"
    return found


def _with_fractions(text: str) -> str:
    """Folded, with each fraction as "3/4": "¾", "three quarters"; "three-fold" as one word."""
    text = _VULGAR.sub(lambda sign: " " + unicodedata.normalize("NFKC", sign[0]).replace("\u2044", "/"), text)
    text = folded(text).replace("-fold", "fold")
    ones = {None: 1, "a": 1} | WORDS
    return _PART.sub(lambda part: f"{ones.get(part['many'], part['many'])}/{_PARTS[part['part']]}", text)


def _number(token: str) -> float | None:
    if token[-1:].isdigit():
        return _numeral(token)
    fold = _FOLD.match(token)
    if fold and fold[1] in WORDS:
        return WORDS[fold[1]]
    return WORDS.get(token, RATIOS.get(token))


def _numeral(token: str) -> float | None:
    """A numeral in digits: with decimal point or comma, with thousands parted by commas, points or blanks."""
    if "/" in token:
        many, _, part = token.partition("/")
        return int(many) / int(part)
    token = token.replace(" ", "")
    marks = [sign for sign in token if sign in ",."]
    first, *groups = re.split("[,.]", token)
    threes = all(len(group) == 3 for group in groups) and len(first) <= 3 and first.strip("0") != ""
    if len(marks) > 1 and len(set(marks)) == 1:
        return float("".join([first, *groups])) if threes or (marks[0] == "," and len(groups[-1]) == 3) else None
    if marks == [","] and threes:
        return float(first + groups[0])
    if len(marks) > 1 and marks.count(marks[-1]) > 1:
        return None
    return float("".join([first, *groups[:-1]]) + "." + groups[-1]) if groups else float(token)


def is_vague(text: str) -> bool:
    """Whether the text has a number word without a number, such as "dozens", "a few hundred" or "low thirties"."""
    plain = folded(text)
    words = _TOKEN.findall(plain)
    vague = any(word in (*VAGUE, "tens", *_DECADES) for word in words)
    return (vague and not values(text)) or (_FEW.search(plain) is not None and not re.search(r"\d", plain))


def is_unread(text: str) -> bool:
    """Whether the text has a numeral that `values` cannot read: Roman, Chinese or Ethiopic, or parted like "1.2.3"."""
    signs = any(unicodedata.numeric(sign, None) is not None and not sign.isdecimal() for sign in _VULGAR.sub("", text))
    broken = any(token[-1].isdigit() and _number(token) is None for token in _TOKEN.findall(_with_fractions(text)))
    return signs or broken or re.search(r"\b[MDCLXVI]{2,}\b", text) is not None
