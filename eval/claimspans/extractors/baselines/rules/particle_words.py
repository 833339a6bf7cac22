"""Verbs that take a position only with a particle or a preposition behind them."""

from __future__ import annotations

from .word_lists import words

_SWEEPING = "brush wave swat bat sweep thrust toss cast fling set shove flick"
PARTICLES = {
    "hit": {"back": "dispute"},
    "fire": {"back": "dispute"},
    **{verb: dict.fromkeys(("aside", "off", "away"), "dispute") for verb in _SWEEPING.split()},
    **{verb: {"apart": "dispute"} for verb in ("pick", "pull", "tear", "rip")},
    "push": {"back": "dispute", "aside": "dispute", "away": "dispute"},
    "take": {"back": "denial", "apart": "dispute"},
    "knock": {"down": "denial"},
    "throw": {"out": "dispute"},
    "laugh": {"off": "dispute", "at": "dispute"},
    "shrug": {"off": "dispute"},
    "explain": {"away": "dispute"},
    "play": {"down": "dispute"},
    "stand": {"by": "confirmation"},
    "stick": {"to": "confirmation", "by": "confirmation"},
    "row": {"back": "denial"},
    "walk": {"back": "denial"},
    "back": {"away": "denial", "up": "confirmation"},
    "bear": {"out": "confirmation"},
    "face": {"up": "confirmation"},
    "plead": {"guilty": "confirmation", "innocent": "denial", "not": "denial"},
    "point": {"out": "assertion", "to": "assertion"},
    "spell": {"out": "assertion"},
    "sum": {"up": "assertion"},
    "chime": {"in": "assertion"},
    "call": {"for": "assertion", "on": "assertion", "upon": "assertion"},
    "ask": {"for": "assertion"},
    "press": {"for": "assertion"},
    "insist": {"on": "assertion", "upon": "assertion"},
    "lash": {"out": "condemnation"},
    "rail": {"against": "condemnation", "at": "condemnation"},
    "fulminate": {"against": "condemnation", "at": "condemnation"},
    "thunder": {"against": "condemnation"},
    "rant": {"against": "condemnation", "at": "condemnation"},
    "inveigh": {"against": "condemnation"},
    "argue": {"for": "assertion", "against": "assertion"},
    "hint": {"at": "assertion"},
    "allude": {"to": "assertion"},
    "complain": {"of": "condemnation", "about": "condemnation"},
    "speak": {"of": "assertion", "about": "assertion"},
}
"""By verb and particle or preposition the stance of what is said with both."""
OF_CLAIMS = words(
    f"{_SWEEPING} take walk row back bear stand stick laugh shrug play explain push pick pull tear rip throw knock"
)
"""Those of them that are also done to things: only of a claim do they take a position."""
