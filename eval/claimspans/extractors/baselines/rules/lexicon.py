"""The states that the rules of claims know by name."""

from __future__ import annotations

COUNTRIES = {
    "KP": ("north korea", "north korean", "dprk", "pyongyang", "n. korea", "the north"),
    "KR": ("south korea", "south korean", "seoul"),
    "RU": ("russia", "russian", "moscow", "kremlin", "russian federation"),
    "US": ("us", "u.s.", "united states", "washington", "american", "americans", "white house", "pentagon"),
    "UA": ("ukraine", "ukrainian", "kyiv"),
    "GB": ("uk", "u.k.", "britain", "british", "united kingdom", "london"),
    "IR": ("iran", "iranian", "tehran"),
    "CN": ("china", "chinese", "beijing"),
    "JP": ("japan", "japanese", "tokyo"),
    "IL": ("israel", "israeli"),
}
COUNTRY_OF = {name: code for code, names in COUNTRIES.items() for name in names}
