"""Site furniture and repeated lines: what of a text is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LABELS = (
    r"share(?: this)?|read (?:also|more|next)|related(?: posts| articles| stories)?|more (?:on this|stories|from)|"
    r"see also|photo(?:graph)?s?|pictures?|images?|image source|source|credits?|follow us|subscribe|sign up|"
    r"tags?|topics|keywords|filed under|posted in|categor(?:y|ies)|reading time|gallery|podcast|up next|"
    r"advertisement|sponsored|watch|listen|(?:additional )?reporting by|editing by|edited by|writing by|translated by|"
    r"compiled by|most (?:read|popular|viewed|shared)|trending|recommended|comments?|newsletter|donate|support us|"
    r"copyright|cookies?|don['’]t miss|you may also like|editor['’]s note|notes? to editors|graphic|infographic|"
    r"(?:press|media) (?:office|officer|desk|contacts?|enquiries|inquiries)|contacts?|tel(?:ephone)?|phone|fax|hotline|"
    r"news ?desk|authors?|annotation|speakers|briefers?|illustration|archive|"
    r"videos?|audio|next(?: article| story)?|previous(?: article| story)?|captions?|popular|top stories|weather|"
    r"markets?(?: data)?|horoscope|crossword|quiz|promoted|(?:paid|partner) content|breaking news alerts?|"
    r"(?:news )?alerts?|opening hours|editors?|publisher|masthead|imprint"
)
"""What a colon, bar or dash follows."""
_HEADS = (
    r"related(?: posts?| articles?| stories)?|most (?:read|popular|viewed|shared)|read (?:more|also|next)|trending|"
    r"popular now|top stories|editor['’]s picks|recommended(?: for you)?|you may also like|more (?:stories|on this)|"
    r"see also|up next"
)
"""What stands above a list of other headlines."""
_WHOLE = (
    r"advertisement|comments|ends?|share this article|subscribe|sign up|newsletter|back to top|"
    r"skip to (?:main )?content|menu|load more|show more|more (?:to follow|follows)|(?:story|"
    r"article) continues (?:below|after).*|"
    r"continue reading|read (?:the )?full (?:story|article)|log ?in|loading\W*|tweet|e-?mail|print|"
    r"(?:print|e-?mail|save|share|bookmark|gift|tweet|report|copy|like) (?:this )?(?:page|article|story|post|link|"
    r"comment|for later)|open in (?:the )?app|play (?:video|audio)|view (?:all|gallery|comments)|"
    r"(?:post|leave|add) a comment|"
    r"copyright (?:\(c\) |© )?\d{4}.*|-?30-?|all rights reserved|file (?:photo|picture)"
)
_BRACKETED = (
    r"(?:edited|photos?|image|picture|file (?:photo|picture)|source|translated|(?:additional )?reporting|editing|"
    r"writing)"
)
_APPEALS = (
    r"you are reading|you have (?:read )?(?:\w+ ){0,5}(?:article|stor)|join (?:\S+ ){0,4}(?:others|readers|subscribers|"
    r"members|people)|sign up\b|subscribe (?:to|now|today|for)|become an? (?:\w+ )?(?:member|subscriber|"
    r"supporter|patron)|"
    r"support (?:our|us|independent|free)\b|(?:already|not yet|not) an? (?:subscriber|member|reader)|"
    r"(?:did you )?enjoy(?:ing|ed)? (?:this|our)|like what you|if you (?:value|enjoy|like|liked) (?:our|this|what)|"
    r"help us (?:keep|to|stay)|please (?:donate|support|consider)|donate\b|buy us|(?:tap|click|swipe|"
    r"scroll) (?:here|for|to|"
    r"on|through)|follow (?:us|@)|download (?:our|the) app|register (?:free|now|for|to)|log in|listen to this|"
    r"watch (?:this|the) (?:video|clip)|share (?:this|on|via)|got a (?:tip|story)|(?:write|talk) to us|send us|"
    r"for (?:more|further) (?:news|stories|information|details)|all rights reserved|unlimited (?:access|digital)|"
    r"(?:our|a) (?:\w+ )?(?:weekly|daily|free|morning|evening) (?:newsletter|briefing|letter)|get (?:our|the|"
    r"unlimited|all) "
    r"(?:\w+ ){0,3}(?:newsletter|briefing|access|news|app|stories)|we use cookies|"
    r"this (?:article|story|piece|text|interview) (?:was|has been|is|first|originally) (?:\w+ )?(?:edited|translated|"
    r"published|appeared|shortened|free|for)\b|"
    r"corrections?\?|(?:spotted|found|seen|notice) an? (?:error|mistake|typo)|"
    r"shortened|translated (?:from|summary)|(?:unofficial )?translation\b|"
    r"(?:updates|times) are in local|the (?:views|opinions?) (?:here|expressed|of the)|"
    r"(?:[^.!?\n]{0,60}[:.!] )?(?:(?:please )?(?:help )?keep us (?:afloat|going|alive|free|"
    r"independent|running|online|printing|in print|in business|on air)\b|(?:support|back|fund|join) us(?:$|[.!?:,]| (?:"
    r"today|now|for|from|with)\b)|(?:support|back|fund|keep) (?:our|independent) (?:\w+ )?(?:journalis[mt]s?|reporting|"
    r"reporters?|newsroom|paper|work|news)\b|help keep [^.!?]{0,40}(?:alive|afloat|going|free|independent)\b"
    r"|chip in\b|give \d+ \w+ (?:now|today|a (?:week|month|year))\b|start your\b|try us\b)|"
    r"(?:your|our readers['’]?) (?:\d+ \w+|money|gifts?|donations?)\b|our (?:readers|members|subscribers) (?:pay|"
    r"fund|keep|support|own)\b|[^.!?]{0,40}\b(?:chipped in|support us|subscribed)\b[^.!?]{0,30}[.!] (?:thank|will "
    r"you)|we (?:need|want) [^.!?]{0,20}(?:subscribers|members|supporters|readers|donors)\b|"
    r"become one of our\b|last chance:|[^.!?]{0,30}\bgive a subscription\b|half price\b|"
    r"no (?:owner|adverts|ads|paywall|shareholders|billionaire|sponsors?)s?, no\b|"
    r"copy link|jump to|[^.!?]{0,60}\b(?:for|from) (?:just|only|as little as|less than) [^.!?]{1,30} (?:a|"
    r"per) (?:week|month|year)"
)
_COUNTED = (
    r"(?:min(?:ute)?s?(?:['’]? (?:read|listen|watch))?|comments?|shares?|likes?|views?|reactions?|retweets?|replies|"
    r"(?:\w+ )?(?:watching|listening|reading)(?: now)?|photos?|pictures?|images?|slides?|followers?|"
    r"subscribers?|readers)"
)
_COUNTER = (
    rf"(?:\w+ ){{0,3}}(?:\d[\d.,/]*[km]?|one|two|three|four|five) ?{_COUNTED}|"
    r"comments? ?\(\d+\)|live:? .{0,20}\b(?:watching|listening|reading)|"
    r"\d[\d.,]* (?:people|readers|others|users) (?:are )?(?:now )?(?:reading|watching|following|online)\b.{0,20}|"
    rf"(?:page|photo|picture|slide|image|part) \d+(?: (?:of|/) ?\d+|/\d+)"
)
_CREDITS = (
    r"(?:(?:;|,|and| )*(?:additional )?(?:reporting|editing|writing|translat(?:ed|ion)|photography|graphics|words|"
    r"research|compiled|illustrations?)(?: and (?:editing|writing|reporting))? by (?-i:[A-Z][\w.’'-]+"
    r"(?:(?: |, | and | in )[A-Z][\w.’'-]+)*))+"
)
"""Who made the text, in names alone."""
_CRUMBS = r"(?-i:[A-Z][\w&’'-]*(?: [\w&’'-]+){0,2}(?: ?[>›»→] ?[A-Z][\w&’'-]*(?: [\w&’'-]+){0,2})+)"
"""The way to a page: Home > World > Arms."""
_FURNITURE = re.compile(
    rf"[\W_]*(?:(?:{_LABELS})\s*[:|–—-].*|(?:{_HEADS}|{_WHOLE})\W*|(?:{_APPEALS}).*|(?:{_COUNTER})\W*|"
    rf"\({_BRACKETED}\b.*\)|"
    r"by (?:(?-i:[A-Z])[\w.’'-]+ (?-i:[A-Z])[^.!?]{2,60}|(?:our|staff|an? (?:\w+ )?(?:correspondent|"
    r"reporter))\b[^.!?]{0,60})|(?:from )?our (?:own |special |staff )?(?:correspondent|reporter)s?\b"
    rf"(?: in (?-i:[A-Z]\w+(?: [A-Z]\w+)*))?|{_CREDITS}|{_CRUMBS}|"
    r"(?:[©●▶#]|\(c\)).{0,120}|(?:[#@]\w+\s*)+)\s*",
    re.IGNORECASE,
)
_HEAD = re.compile(rf"[\W_]*(?:{_HEADS})\W*", re.IGNORECASE)
_INLINE = re.compile(
    rf"\({_BRACKETED}\b[^()\n]*\)|\b(?:photo|picture|image|illustration|(?:info)?graphic)s?(?: credits?|"
    rf" by)?: [^:\n]{{3,40}}$",
    re.IGNORECASE | re.MULTILINE,
)
_PART = re.compile(r"[^|•·›]+")
_CLOCK = re.compile(r"\b\d\d[.:]\d\d\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ENTRY = re.compile(r"\s*(?:\d{1,2}[.)]|[-–•*])\s")
_KICKER = re.compile(r"^(?:[A-Z]{4,}(?: [A-Z]+)?\b[:|]? ?)")
_NAME = re.compile(r"\s*(?:By|Author:) (?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)+)\s*")
_SHORTEST = 12
_CREDIT = 6
"""Words of a credit with its "Source:"; a longer line is a headline of what a source says."""
_LONGEST = 60


def zones(text: str) -> Iterator[tuple[int, int]]:
    """The lines, and parts of lines, that are furniture, and the lines that repeat an earlier one word for word."""
    seen: set[str] = set()
    before = ""
    listed = False
    authors: tuple[str, ...] = ()  # of whom a line at the end may speak
    for match in re.finditer(r"[^\n]+", text):
        line = " ".join(match[0].split())
        listed = (listed or _HEAD.fullmatch(before) is not None) and _ENTRY.match(match[0]) is not None
        if _is_repeated(line, seen) or listed or line.startswith(authors) or _is_furniture(match[0]):
            yield match.span()
        else:
            yield from _parts(match)
            yield from (inner.span() for inner in _INLINE.finditer(text, *match.span()))
        seen |= {line, _KICKER.sub("", line)}
        before = line
        if (byline := _NAME.fullmatch(match[0])) is not None:
            authors = (*authors, byline["name"])


def _is_repeated(line: str, seen: set[str]) -> bool:
    """Whether a line stands there before, or is a pull quote: in quotation marks alone, and quoted before."""
    if len(line) < _SHORTEST or line.endswith(":"):  # the label of a turn
        return False
    pulled = line.strip("“”\"'‘’«» .,!") if line[0] in "“\"'‘«" and line[-1] in "”\"'’»" else ""
    return line in seen or (len(pulled) >= _SHORTEST and any(pulled in other for other in seen))


def _is_furniture(line: str) -> bool:
    if line.strip().lower().startswith("source:") and len(line.split()) > _CREDIT:
        return False
    if "|" in line and line.index("|") < _LONGEST and not _YEAR.search(line):
        return True
    return _FURNITURE.fullmatch(line) is not None and not ("|" in line and _YEAR.search(line))


def _parts(line: re.Match[str]) -> Iterator[tuple[int, int]]:
    """What bars and dots part from a date of publication, which is read, and counters beside other words."""
    parts = list(_PART.finditer(line.string, *line.span()))
    if len(parts) < 2:
        return
    date = next((part.start() for part in parts if _YEAR.search(part[0]) and len(part[0]) < _LONGEST), line.start())
    for part in parts:
        heads = part.end() <= date and len(part[0]) < _LONGEST and not _CLOCK.search(part[0])
        if heads or _FURNITURE.fullmatch(part[0].strip()):
            yield part.span()
