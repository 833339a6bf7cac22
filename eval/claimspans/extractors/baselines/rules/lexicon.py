"""The word lists of the rules."""

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
STATE_NAMES = {
    "KP": "North Korea",
    "KR": "South Korea",
    "RU": "Russia",
    "US": "United States",
    "UA": "Ukraine",
    "GB": "United Kingdom",
    "IR": "Iran",
    "CN": "China",
    "JP": "Japan",
    "IL": "Israel",
}
_ADJECTIVES = ("korean", "russian", "american", "ukrainian", "british", "iranian", "chinese", "japanese", "israeli")
STATES = frozenset(name for name in COUNTRY_OF if not name.endswith(_ADJECTIVES)) | {"north", "americans"}

CUES = {
    "denial": "deny refute reject",
    "dispute": "dismiss question",
    "confirmation": "confirm acknowledge",
    "condemnation": "condemn accuse denounce blame",
    "concern": "warn fear worry deem term trouble underscore",
    "commitment": "pledge promise vow refuse",
    "assertion": (
        "say tell state note report announce claim add argue mention reveal believe think know stress suggest "
        "point indicate assess disclose cite observe record estimate explain declare reiterate sum admit insist"
    ),
}
STANCE_OF = {lemma: stance for stance, lemmas in CUES.items() for lemma in lemmas.split()}
NOUN_CUES = {"concern": "concern", "commitment": "commitment", "statement": "assertion", "data": "assertion"}
ADJECTIVE_CUES = {
    **dict.fromkeys(("concerned", "worried", "alarmed"), "concern"),
    **dict.fromkeys(("committed", "willing", "open", "ready"), "commitment"),
}
LIGHT_VERBS = frozenset({"express", "voice", "reiterate", "raise", "reaffirm", "have"})
PROBABLE = ("probably", "likely", "presumably", "almost certainly", "think", "believe")
POSSIBLE = ("might", "could", "may", "appears", "appear", "suggests", "possibly", "does not rule out")

PACKAGES = r"(?:shipping )?containers?|units?|rounds?|tons?|tonnes?|kilomet(?:er|re)s?|miles?|crates?|boxes|pieces"

HEADS = {
    "ML2": "howitzer mortar gun cannon",
    "ML3": "ammunition shell bullet ammo",
    "ML4": "missile rocket bomb launcher torpedo grenade",
    "ML6": "tank vehicle",
    "ML9": "submarine warship",
    "ML10": "jet aircraft drone helicopter",
    "ML11": "satellite radar",
    "ML22": "technology",
    "ML3-4": "munition",
    "ML": "arm weapon weaponry materiel equipment goods good cargo material",
}
CATEGORY_OF = {head: category for category, heads in HEADS.items() for head in heads.split()}
NOT_IN_ITEM = frozenset(
    [
        "other",
        "such",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "his",
        "her",
        "the",
        "a",
        "an",
        "any",
        "some",
        "several",
        "many",
        "multiple",
        "more",
        "all",
    ]
)
EVENT_NOUNS = frozenset(
    [
        "shipment",
        "transfer",
        "transaction",
        "delivery",
        "program",
        "programme",
        "test",
        "embargo",
        "trade",
        "supply",
        "support",
        "strike",
        "sector",
    ]
)
