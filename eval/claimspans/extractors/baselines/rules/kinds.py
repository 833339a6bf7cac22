"""Which kind of source a common noun names, by itself or with the noun before it: a paper, a white paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .source_words import KIND_OF, THINGS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_PAIRS = {
    "media": (
        "news agency,press agency,wire agency,telegraph agency,photo agency,picture agency,news service,wire service,"
        "news desk,news site,news outlet,radio station,television station,tv station,radio programme,news programme,"
        "current-affairs programme,television programme,tv programme"
    ),
    "document": (
        "press release,news release,white paper,green paper,policy paper,working paper,flight plan,work order,"
        "delivery order,purchase order,sailing order,police blotter,death notice,press cutting,news item,flight "
        "recorder,voice recorder,screen shot,arrest warrant,balance sheet"
    ),
    "body": (
        "town hall,city hall,foreign office,war office,secret service,security service,high command,fire brigade,"
        "police station,post office,patent office,upper chamber,lower chamber,upper house,lower house,rescue service,"
        "european union,african union,"
        "fire service,election board,customs house,port office,air wing,armed forces"
    ),
    "organisation": (
        "trading house,auction house,publishing house,fashion house,finance house,clearing house,charter house,"
        "brokerage house,joint venture,stock exchange,think tank,start up,power station,power plant,petrol station,"
        "sports club,travel agency,advertising agency,staffing agency,detective agency,aid agency,relief agency,"
        "rating agency,estate agency,shipping agency,law office,tour operator,ferry operator,port operator,"
        "network operator,"
        "satellite operator,rail operator,airport operator,trade body,industry body,umbrella body,liberation army,"
        "rebel army,private army,rebel command,liberation force,rebel force,legal team,defence team,law practice,"
        "pressure group,steel maker,arms maker,arms manufacturer,drone maker,engine maker"
    ),
}
_SHORTEST = 4
_OF_PERSONS = ("er", "or", "ist", "man", "woman", "men", "maid", "wife", "smith", "wright", "child", "children", "folk")
_KIND_OF_PAIR = {pair: kind for kind, pairs in _PAIRS.items() for pair in pairs.split(",")}


def kind_of(noun: Token) -> str | None:
    """The kind of source that a common noun names, if it is on a list."""
    lemma = noun.lemma_.lower()
    before = noun.nbor(-1).lower_ if noun.i > 0 else ""
    if before == "-" and noun.i > 1:
        before = noun.nbor(-2).lower_
    return _KIND_OF_PAIR.get(f"{before} {lemma}") or KIND_OF.get(noun.lower_) or KIND_OF.get(lemma)


def kind_before(name: Span) -> str | None:
    """The kind of firm or paper that the noun right before a name says: "the arms maker Velmo", "the daily Kurier"."""
    before = name[0].nbor(-1) if name.start > 0 else None
    kind = kind_of(before) if before is not None and before.text.islower() and before.pos_ != "VERB" else None
    return kind if kind in ("media", "organisation") else None


def kind_of_name(words: str) -> str | None:
    """The kind that the last two words of a name say: Harbour News Agency."""
    return _KIND_OF_PAIR.get(" ".join(words.lower().split()[-2:]))


def is_human(lemma: str) -> bool:
    """Whether a common noun has the form of those that name a person: dealer, sailor, chemist, gunman."""
    return lemma not in THINGS and len(lemma) > _SHORTEST and lemma.endswith(_OF_PERSONS)
