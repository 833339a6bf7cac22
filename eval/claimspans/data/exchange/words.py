"""Invented words and personal names, the case of a word, and the indefinite article before it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

GIVEN = (
    "Alexis Amari Andrea Ariel Aubrey Avery Blair Bronn Cameron Casey Charlie Corin Dakota Dana Darcy Devon Dominique "
    "Elis Emery Ezra Finley Frankie Gabriel Hollis Ilya Indigo Jaime Jamie Jessie Jody Jules Kai Kendall Kiran Lane "
    "Leslie Lior Logan Luca Marlo Micah Morgan Nikita Noa Noel Noor Oakley Parker Peyton Quinn Reese Remy Riley Robin "
    "Rory Rowan Sacha Sami Sasha Shai Shiloh Sidney Sky Tal Taylor Terry Toni Umber Valery Wren Yael Zuri"
).split()
"""Given names of women and men alike, so that the pronouns of the text stay right."""
SURNAMES = (
    "Abernathy Adeleke Akintola Alvarado Amador Andrade Arslan Asante Bakker Balogun Barbieri Bergstrom Bianchi "
    "Blomqvist Boateng Bondar Borges Brandt Calloway Cardoso Castellan Chaudhry Cisneros Dahlberg Delacroix Desjardins "
    "Diallo Dominguez Dragomir Eklund Eriksen Esposito Fairbanks Falcone Faraday Ferreira Figueroa Fontaine Galloway "
    "Gauthier Goncalves Grabowski Gunnarsson Haddad Halloran Hargreaves Hashemi Havel Hendricks Holmberg Ibarra "
    "Iglesias Ivanenko Jankowski Jovanovic Kaminski Karimov Kaufmann Kettering Kowalczyk Kruger Lachance Langford "
    "Lindholm Lombardi Mahlangu Malhotra Marchetti Mbeki Medeiros Mensah Moreau Mukherjee Nakagawa Narang Navarro "
    "Ndiaye Nilsen Novotny Nyberg Obafemi Odhiambo Okonkwo Ollivander Orsini Oyelaran Pacheco Palacios Pemberton "
    "Petrakis Quintana Radcliffe Rahimi Ramachandran Restrepo Rosales Rutherford Salazar Santoro Sarkisian Schuster "
    "Sepulveda Sinclair Sokolova Stavros Sundaram Szabo Takahashi Tavares Thackeray Toivonen Tremblay Uchida Urbina "
    "Valdez Vandermeer Vasquez Villanueva Wadsworth Wexler Whitfield Yamaguchi Yilmaz Zambrano Zielinski"
).split()

_ONSETS = "B Br C Cr D Dr F Fl G Gr H K Kr L M N P Pr R S St T Tr V Z".split()
_MIDDLES = "ald ambr arv aven elb end ent erv ilm ind irv old ond orv ost ult umb urn".split()
_ENDS = "a ak an el en eth ick in is o on or os um".split()


class Fresh:
    """New words and names: none is in a text, and none comes twice."""

    def __init__(self, rng: Random, text: str) -> None:
        self.rng = rng
        self._taken = text.lower()
        self._pools = {True: rng.sample(GIVEN, len(GIVEN)), False: rng.sample(SURNAMES, len(SURNAMES))}

    def word(self) -> str:
        """An invented word, with a capital."""
        rng = self.rng
        return self._first(rng.choice(_ONSETS) + rng.choice(_MIDDLES) + rng.choice(_ENDS) for _ in iter(int, 1))

    def name(self, *, given: bool) -> str:
        """A given name or a surname, as long as there are any."""
        pool = self._pools[given]
        found = next((name for name in pool if name.lower() not in self._taken), None)
        return self.word() if found is None else self._first([found])

    def acronym(self, length: int) -> str:
        """So many capitals."""
        letters = "BCDFGHKLMNPRTVZ"
        return self._first("".join(self.rng.choice(letters) for _ in range(length)) for _ in iter(int, 1))

    def _first(self, words: Iterable[str]) -> str:
        found = next(word for word in words if word.lower() not in self._taken)
        self._taken += f" {found.lower()}"
        return found


def cased(name: str, like: str) -> str:
    """The name in capitals or in lower case where ``like`` is; a single capital is a capital, not capitals."""
    if len(like) > 3 and like.isupper():
        return name.upper()
    return name.lower() if like.islower() else name


_SPELT = re.compile(r"[A-Z]{1,4}(?![a-z])")
_VOWEL = re.compile(r"(?:[aeioué]|hono|hour|heir)(?!wa)", re.IGNORECASE)
_CONSONANT = re.compile(r"(?:uk|un[ai](?!n)|uni|us[ae]|eu|ut[ao]p|uga|uru|one\b|once\b|uto)", re.IGNORECASE)


def takes_an(word: str) -> bool:
    """Whether "an" stands before a word, an acronym that is spelt, or a figure."""
    if word[:1].isdigit():
        digits = re.split(r"\D", word.replace(",", ""))[0]
        return digits.startswith("8") or (digits in ("11", "18")) or (len(digits) == 5 and digits[:2] in ("11", "18"))
    spelt = _SPELT.match(word)
    if spelt and (spelt[0] == word or not word[spelt.end() :][:1].isalpha()) and (len(spelt[0]) > 1 or "." in word[:2]):
        return word[0] in "AEFHILMNORSX"
    return _VOWEL.match(word) is not None and _CONSONANT.match(word) is None
