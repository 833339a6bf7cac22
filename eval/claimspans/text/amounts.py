"""English amounts by one grammar: a number, share, range or vague number, with the words for how exact it is.

It reads text that is folded with its case kept; what is counted, and whether it is an amount at all and no date, name
or size, is left to those who know the words around.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from .changes import falls
from .exactness import reach
from .numbers import SCALES, SHORT_SCALES, WORDS, values

_LESS_THAN_20 = [word for word, number in WORDS.items() if number < 20 and word != "dozen"]
_TENS = [word for word, number in WORDS.items() if number >= 20]
_SCALE = "|".join(SCALES)
_SIGN = r"(?:(?:US|A|C|HK|NZ)?\$|[€£¥₹₽₴₩₪₺]|(?:Rs\.?|USD|EUR|GBP|CHF|JPY)(?= ?\d))"

_SIZE = r"[ -]?(?:mm|cm|milli(?!on|ard)|inch|pounder|gauge|bore)|-cal"
_DIGITS = (
    rf"(?:\d{{1,3}}(?: \d{{3}})+(?![\d]|[.,]\d|{_SIZE})"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:'\d{3})+|\d{1,3}(?:\.\d{3}){2,}"
    r"|\d{1,3}\.\d{3},\d+|\d+(?:[.,]\d+)?)"
)
_BELOW_100 = (
    f"(?:(?:{'|'.join(_TENS)})(?:(?: ?-{{1,2}} ?| (?![a-z]+-(?!odd|plus)[a-z]))"
    f"(?:{'|'.join(_LESS_THAN_20[1:10])})(?![a-z]))?|{'|'.join(_LESS_THAN_20)})(?![a-z])"
)
_LOTS = (
    rf"(?:(?:{_BELOW_100}[ -])?(?:(?:baker's )?dozen"
    rf"|(?:score|gross)(?![a-z])(?:(?:-and-| and ){_BELOW_100})?)(?![a-z]))"
)
_BELOW_1000 = (
    rf"(?:{_LOTS}|(?:{_BELOW_100}[ -])?hundred(?![a-z])(?:(?:[ -]and)?[ -]{_BELOW_100}(?! hundred))?|{_BELOW_100})"
)
_HALF = r"(?:[ -]and[ -](?:a[ -](?:half|quarter|third)|three[ -]quarters?|(?:one|two)[ -]thirds?))"
_AND_A_HALF = r"(?: and a (?:half|quarter)(?! [a-z]+ (?:ago|later|earlier)))"
_ONES = "|".join(_LESS_THAN_20[:10])
_POINT = rf"(?<!\bat one) point(?:[ -](?:{_ONES})(?![a-z]))+"
_VULGAR = "[¼-¾⅐-⅞]"
NUMBER = (
    f"(?>(?:(?:one|two|three)[ -])?(?:quarters?|thirds?) of a (?:{_SCALE})(?![a-z])"
    rf"|half a (?:{_SCALE}|dozen|gross|score)(?![a-z])|half[ -](?:a[ -])?dozen|(?:half|quarter)-(?:{_SCALE})(?![a-z])"
    rf"|(?:{_DIGITS}{_VULGAR}|{_VULGAR}|{_DIGITS} \d/\d{{1,2}}(?![\d/])"
    rf"|{_DIGITS}{_HALF}?(?:[ -]?(?:bn|mn|mln|tn)\b|[km]\b)?|{_BELOW_1000}(?:{_POINT}|{_HALF})?)"
    f"(?:[ -](?:{_SCALE}|dozen)(?![a-z])(?:,? (?:and )?{_BELOW_1000}(?! ?(?:{_SCALE}))(?![a-z]))?)*"
    f"|(?:{_SCALE})(?:[ -](?:{_SCALE}))*"
    f"(?![a-z])){_AND_A_HALF}?"
)
"""A numeral in digits or words with all that belongs to it, in a folded text."""
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
_PARTS |= {"ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "fifteenth": 15, "sixteenth": 16, "twentieth": 20}
_PARTS |= {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100, "thousandth": 1000}
_PART = "|".join([*(f"{part}s" for part in _PARTS if part[-1] not in "fs"), *_PARTS])
_SOME = "|".join(WORDS)
_PERCENT = r"(?: ?%|[ -]?pct?\b| ?p\.c\b|[ -]?per[ -]?cents?| percentage points?| percent(?:s|ages?)?)(?![a-z])"
_MULTIPLES = {"doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5, "sextupl": 6, "halv": 0.5}
_MULTIPLE = r"(?:doubl|tripl|trebl|quadrupl|quintupl|sextupl|halv)(?:e|es|ed|ing)"
_MANY = "hundreds|thousands|millions|billions|trillions|dozens|scores|lakhs|crores"
_LOOSE = r"few|several|couple(?: of)?|many|some"
_JOIN = r"(?:(?:(?<=[\d%])|(?<=\d[kmn])) ?- ?(?=[\d$€£¥])| to |-to-| or (?:possibly |perhaps |maybe |even )?)"
_UNIT_BETWEEN = r"(?(both)(?: [a-z]+)?|(?(from)(?: [a-z]+)?))"

_LOTS_OF = f"(?:tens|{_MANY})"
_ANY_SCALE = f"(?:{_SCALE}|dozen|gross|score)"
_BEFORE_SHARE = "a|an|first|second|last|final|the other|good|full|bare|mere|remaining|missing|another|further"
_ARTICLE_BEFORE = "|".join(rf"(?<=\b{words} )" for words in _BEFORE_SHARE.split("|"))
_SHARE = rf"(?:(?:an?|{_SOME}|\d+)[ -])?(?:{_PART})"
_LARGER = r"(?!after|under|never|later|ever|other|together)[a-z]{3,}er"
_TIMES = rf"(?: times(?= (?:as|more|less|that|the|its|their|over|what|{_LARGER})\b))"
_ENDS = r"(?:(?![\w/])|(?=(?:kg|km|lbs?|kW|MW|GW|kHz|MHz|GHz|t)\b))"
"""No word goes on behind a number, save a unit."""
_KINDS = {
    "vague": f"(?:(?:(?:{_LOOSE}) )?"
    f"(?:{_LOTS_OF} (?:or (?:even )?(?:{_MANY})|(?:and|upon|on) (?:{_MANY})|of (?:tens of )?(?:{_MANY}))"
    f"|tens(?= of )|{_MANY})"
    f"|(?:{_LOOSE}) (?:{_LOTS_OF} of )?(?:dozen|score|{_SCALE})(?: (?:{_SCALE}))*)(?![a-z])",
    "rate": f"(?P<few>{NUMBER})(?:-in-|-out-of-|(?: [a-z]+){{0,3}}? "
    "(?:(?:in|out of)(?: every| each)?|(?:of|to) (?:every|each))(?: a)? )"
    rf"(?P<all>{NUMBER})(?![\w%])",
    "odds": r"[1-9]\d{0,2} ?: ?1(?![\d:])",
    "fractions": "(?:(?P<opened>between|from) )?"
    rf"(?P<least>{_SHARE}|(?:{_SOME})(?= (?:to|or) (?:{_SOME})[ -](?:{_PART}))) (?P<and>and|to|or) "
    rf"(?P<most>{_SHARE})(?![\w-]| of an? )",
    "range": f"(?:(?:(?P<both>between )|(?P<from>from ))(?:an? )?)?"
    f"(?P<low>{_SIGN}?{NUMBER})(?P<share>{_PERCENT})?{_UNIT_BETWEEN}"
    rf"(?P<join>(?(both) and |{_JOIN}))(?:an? )?(?P<high>{_SIGN}?{NUMBER})(?P<shares>{_PERCENT})?"
    rf"(?P<times>{_TIMES})?{_ENDS}",
    "percent": f"(?:half a|{NUMBER}){_PERCENT}",
    "multiples": rf"{NUMBER}{_TIMES}"
    r"|(?:twice|thrice)(?= (?:as|that|the|its|their|what)\b)|\d+(?:\.\d+)?x(?= [a-z])",
    "fraction": rf"(?:(?P<parts>\d+|{_SOME})[ -](?P<named>{_PART})|(?:{_ARTICLE_BEFORE})(?P<part>{_PART})"
    r"|half(?! an? |-| dozen)|\d{1,3}/[1-9]\d{0,2}(?!\d|/)"
    rf"|{_VULGAR}(?! (?:an? |{_SCALE}|dozen)))"
    rf"(?![\w-]| of a (?:{_SCALE}))",
    "halfof": rf"(?:half|½)(?= an? (?!{_ANY_SCALE})[a-z])",
    "multiple": rf"(?:{_MULTIPLE}|(?:{_SOME}|{_SCALE}|\d+)-?fold)(?![\w-])",
    "number": rf"(?:{_SIGN} ?)?{NUMBER}{_ENDS}",
}
"""Kinds of amounts; the first that fits at a place is read."""
_CORE, _NO_RATE = (
    re.compile(
        r"(?<![\w/:-])(?<!\w[.,])(?<!\s\.)(?:"
        + "|".join(f"(?P<{kind}>{pattern if kind != left_out else '(?!)'})" for kind, pattern in _KINDS.items())
        + ")",
        re.IGNORECASE,
    )
    for left_out in ("", "rate")
)
_WORD = re.compile(r"[\w.,$€£¥]*\w")


class Amount(NamedTuple):
    """``text[start:end]`` with its modifiers; the words of the number itself stand from ``core`` to ``close``."""

    start: int
    end: int
    core: int
    close: int
    value: float | None
    upper: float | None
    comparator: str
    ratio: bool


def amounts(text: str) -> Iterator[Amount]:
    """The amounts of a folded text, in reading order, none in another.

    >>> [(one.value, one.upper, one.comparator) for one in amounts("well over 40 of the ten to twelve dozen, a third")]
    [(40.0, None, 'gt'), (120.0, 144.0, 'between'), (0.3333, None, 'eq')]
    """
    place = 0
    while match := _CORE.search(text, place):
        place = match.end()
        found = _read(text, match)
        if not found:
            behind = _WORD.match(text, match.start())
            place = behind.end() if behind else match.start() + 1
        for start, end, value, upper, ratio in found:
            opened, closed, said = reach(text, start, end, ratio=ratio, vague=match["vague"] is not None)
            comparator = "vague" if match["vague"] else "between" if upper is not None else said
            yield Amount(opened, closed, start, end, value, upper, comparator, ratio)
            place = end


Core = tuple[int, int, float | None, float | None, bool]
"""Start, end, value, upper end, and whether it is a ratio."""


def _read(text: str, match: re.Match[str]) -> list[Core]:
    start, end = match.span()
    if match["vague"]:
        return [(start, end, None, None, False)]
    if match["rate"]:
        few, every = _number(match["few"]), _number(match["all"])
        rest = text[end : end + 12].lower()
        one_of = re.search(r"\b(?:in|out of|of every|of each|to every|to each)\b", match["rate"].lower()) is not None
        odd = few == 1 and every is not None and 1 < every < 100 and not re.match(r" [a-z]{3,}s\b", text[end:])
        good = few is not None and every is not None and one_of and few < every and (every in _WHOLES or odd)
        if good and (
            text[:start].lower().endswith("in ")
            or not re.match(r" (?:second|minute|hour|day|night|week|month|year|place|case)s?\b", rest)
        ):
            return [(start, end, round(few / every, 4), None, True)]  # type: ignore[operator]
        bare = _NO_RATE.match(text, start)
        return _read(text, bare) if bare else []
    if match["odds"]:
        return [(start, end, int(match["odds"].split(":")[0]), None, True)]
    if match["fractions"]:
        return _fractions(text, match)
    if match["range"]:
        return _range(text, match)
    if match["percent"]:
        value = 0.5 if match["percent"].lower().startswith("half a") else _number(match["percent"])
        return [] if value is None else [(start, end, round(value / 100, 6), None, True)]
    if match["multiples"]:
        times = match["multiples"].lower().removesuffix("x")
        return [(start, end, {"twice": 2, "thrice": 3}.get(times) or _number(times), None, True)]
    if match["multiple"]:
        return [(start, end, _multiple(match["multiple"].lower()), None, True)]
    if match["halfof"]:
        return [(start, end, 0.5, None, False)]
    if match["fraction"]:
        share = _fraction(match)
        sizes = "/" in match["fraction"] and (share or 0) > 1  # 155/52: a calibre, and no share
        return [] if sizes else [(start, end, share, None, True)]
    return _single(text, start, end)


_WHOLES = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 100, 1000, 10_000, 100_000, 1_000_000)
"""What a share is given of: three in ten, one in a hundred."""


def _single(text: str, start: int, end: int) -> list[Core]:
    value = _number(text[start:end])
    return [] if value is None else [(start, end, value, None, False)]


def _fractions(text: str, match: re.Match[str]) -> list[Core]:
    """One span of two shares that bound a third; two where the words say a change, or where they bound none."""
    ends = [re.compile("(?:an? )?(.+)", re.IGNORECASE).match(text, *match.span(name)) for name in ("least", "most")]
    (first, least), (second, most) = ((end.start(1), end[1].lower()) for end in ends if end)
    part = re.split("[ -]", most)[-1]
    high = _share(*_parted(most))
    low = _share(least, part) if least in WORDS else _share(*_parted(least))
    if low is None or high is None:
        return []
    joined = match["and"].lower() != "and" or (match["opened"] or "").lower() == "between"
    if low < high and joined and not falls(text, match.start()):
        return [(match.start() if match["opened"] else first, match.end(), low, high, True)]
    return [(first, match.end("least"), low, None, True), (second, match.end(), high, None, True)]


def _parted(share: str) -> tuple[str, str]:
    """How many of which part: two-thirds."""
    many, _, part = share.replace("-", " ").rpartition(" ")
    return many, part


def _range(text: str, match: re.Match[str]) -> list[Core]:
    """One span from the lower end to the upper; two where the words say a change, or where it is none."""
    low, high = _number(match["low"]), _number(match["high"])
    share = match["shares"] is not None
    multiple = share or match["times"] is not None
    if low is None or high is None:
        return _single(text, match.start("low"), match.end("low"))
    if match["share"] and not share:  # by 5 per cent to 60 tons
        return [(match.start("low"), match.end("share"), round(low / 100, 6), None, True)]
    scale = re.search(rf"(?:{_SCALE}|dozen|[km]|bn|mn|tn)$", match["high"], re.IGNORECASE)
    scale = None if scale and scale.start() == 0 else scale  # six to a dozen
    wide = re.search(rf"(?:{_SCALE}|dozen|[km]|bn|mn|tn)$", match["low"], re.IGNORECASE)
    if scale and not wide and low < 1000:
        low *= {**SCALES, **SHORT_SCALES, "dozen": 12}[scale[0].lower()]
    divisor = 100 if share else 1
    if not scale and match["high"].endswith(",000") and low < 1000 < high and low * 1000 < high:
        low *= 1000  # 20 to 30,000
    change = match["from"] and falls(text, match.start())
    joined = match["join"].lower().strip(" ").replace("-to-", "to")
    ratio = re.search(r"\bratio\b[^.;\n]{0,60}$", text[: match.start()], re.IGNORECASE) is not None
    if joined == "to" and (high == 1 < low or (ratio and low == 1)) and not match["from"]:  # three to one
        return [(match.start(), match.end(), round(low / high, 4), None, True)]
    by = share or text[: match.start()].lower().endswith(" by ")
    by_so_much = match["share"] and joined == "to" and by and falls(text, match.start())
    if low < high and not change and not by_so_much and not (joined.startswith("or") and high > 3 * max(low, 1)):
        return [(match.start(), match.end(), round(low / divisor, 6), round(high / divisor, 6), multiple)]
    if joined == "-":
        return []
    if joined != "to":
        return _single(text, match.start("low"), match.end("low"))
    end = match.end("share") if match["share"] else match.end("low")
    first = (match.start("low"), end, round(low / divisor, 6), None, share)
    return [first, (match.start("high"), match.end(), round(high / divisor, 6), None, multiple)]


def _number(words: str) -> float | None:
    """The one number that the words hold, short scales included."""
    plain = re.sub(_SIGN, "", words.lower(), flags=re.IGNORECASE).strip()
    plain = re.sub("baker's dozen$", "thirteen", plain).replace("'", "")
    plain = re.sub(f"^half-(?={_SCALE})", "half a ", re.sub(f"^quarter-(?={_SCALE})", "quarter of a ", plain))
    short = re.search(r"(?<=[\d.)f]) ?-?(k|m|mn|mln|bn|tn)$", plain)
    if short:
        plain = plain[: short.start()].rstrip(" -")
    if part := re.fullmatch(r"(?:(\w+)[ -])?(quarter|third)s? of a (\w+)", plain):
        return round(values(part[1] or "one")[0] / _PARTS[part[2]] * SCALES[part[3]], 4)
    if spelt := re.match(rf"(.+) point((?:[ -](?:{_ONES}))+)(?![a-z])", plain):  # two point five million
        whole, digits = values(spelt[1]), "".join(str(WORDS[word]) for word in re.findall("[a-z]+", spelt[2]))
        plain = f"{whole[0]:.0f}.{digits}{plain[spelt.end() :]}" if len(whole) == 1 else plain
    held = values(plain)
    if len(held) != 1:
        return None
    return round(held[0] * (SHORT_SCALES[short[1]] if short else 1), 4)


def _multiple(word: str) -> float | None:
    if word.endswith("fold"):
        return _number(word.removesuffix("fold").rstrip("-"))
    return next(value for stem, value in _MULTIPLES.items() if word.startswith(stem))


def _fraction(match: re.Match[str]) -> float | None:
    if 0 < (vulgar := unicodedata.numeric(match["fraction"][0], 1)) < 1:
        return round(vulgar, 4)
    if "/" in match["fraction"]:
        many, _, part = match["fraction"].partition("/")
        return round(int(many) / int(part), 4)
    return _share(match["parts"] or "one", match["named"] or match["part"] or "half")


def _share(many: str, part: str) -> float | None:
    """So many of a part: two thirds."""
    number, part = _number(many or "one"), part.lower()
    return None if number is None else round(number / (_PARTS.get(part) or _PARTS[part.removesuffix("s")]), 4)
