"""Units of measure and of money, and the packages that goods are counted in."""

from __future__ import annotations

from .word_lists import words as word_set

_UNITS = {
    "kilometre": "km kms kilometer kilometre",
    "metre": "m meter metre",
    "centimetre": "cm centimeter centimetre",
    "mile": "mile",
    "foot": "foot feet ft",
    "inch": "inch",
    "yard": "yard",
    "ton": "ton",
    "tonne": "tonne t",
    "kilogram": "kg kilogram kilogramme kilo",
    "gram": "gram gramme g",
    "pound": "pound lb",
    "ounce": "ounce",
    "litre": "litre liter l",
    "gallon": "gallon",
    "hectare": "hectare ha",
    "acre": "acre",
    "watt": "watt w",
    "kilowatt": "kw kilowatt",
    "megawatt": "mw megawatt",
    "gigawatt": "gw gigawatt",
    "hertz": "hz hertz",
    "kilohertz": "khz",
    "megahertz": "mhz megahertz",
    "gigahertz": "ghz gigahertz",
    "volt": "volt",
    "kiloton": "kiloton",
    "megaton": "megaton",
    "horsepower": "horsepower hp",
    "knot": "knot",
    "degree": "degree",
    "pood": "pood",
    "league": "league",
    "fathom": "fathom",
    "bushel": "bushel",
    "hundredweight": "hundredweight",
}
UNIT_OF = {form: unit for unit, forms in _UNITS.items() for form in forms.split()}
MONEY = word_set(
    "dollar euro pound crown florin rouble ruble yen won yuan mark franc peso rupee dinar rial shekel hryvnia "
    "lira zloty cent pence penny kopeck krona krone forint leu lev real rand riyal dirham tenge koruna "
    "ducat guilder shilling thaler renminbi"
)
SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "Rs": "rupee", "₽": "rouble"}
SIGNS |= {"USD": "dollar", "EUR": "euro", "GBP": "pound", "CHF": "franc", "JPY": "yen"}
SIGNS |= {"₴": "hryvnia", "₩": "won", "₪": "shekel", "₺": "lira"}
QUALIFIERS = word_set("metric square sq cubic nautical short long shipping")
"""Words that stand between a number and its unit or package."""
TIMES = word_set(
    "second minute hour day week month year decade century night morning weekend season fortnight quarter-century hrs "
    "spring summer autumn winter afternoon evening generation"
)
"""Units of time: a number of them is a duration."""
