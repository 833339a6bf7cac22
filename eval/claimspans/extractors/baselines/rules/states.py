"""States by name, adjective, people, capital and seat: those of the world, and those that a corpus lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ....data.problems import ClaimspansError

if TYPE_CHECKING:
    from spacy.tokens import Doc

WORLD = "world.json"
BUILDINGS = "buildings.json"
_SHORT = 3
"""Names of so many letters are told apart by case: "US" is one, "us" is none."""

# Code: name = further names / adjectives / peoples / capital and seats
_STATES = """
AE United Arab Emirates=UAE|Emirates/Emirati/Emiratis/Abu Dhabi
AF Afghanistan/Afghan/Afghans/Kabul
AL Albania/Albanian/Albanians/Tirana
AM Armenia/Armenian/Armenians/Yerevan
AO Angola/Angolan/Angolans/Luanda
AR Argentina/Argentine|Argentinian/Argentines/Buenos Aires
AT Austria/Austrian/Austrians/Vienna
AU Australia/Australian/Australians/Canberra
AZ Azerbaijan/Azerbaijani|Azeri/Azerbaijanis/Baku
BA Bosnia and Herzegovina=Bosnia/Bosnian/Bosnians/Sarajevo
BD Bangladesh/Bangladeshi/Bangladeshis/Dhaka
BE Belgium/Belgian/Belgians/Brussels
BG Bulgaria/Bulgarian/Bulgarians/Sofia
BO Bolivia/Bolivian/Bolivians/La Paz
BR Brazil/Brazilian/Brazilians/Brasilia
BY Belarus/Belarusian/Belarusians/Minsk
CA Canada/Canadian/Canadians/Ottawa
CD Congo=DRC/Congolese//Kinshasa
CH Switzerland/Swiss//Bern
CL Chile/Chilean/Chileans/Santiago
CN China=PRC/Chinese//Beijing
CO Colombia/Colombian/Colombians/Bogota
CU Cuba/Cuban/Cubans/Havana
CY Cyprus/Cypriot/Cypriots/Nicosia
CZ Czech Republic=Czechia/Czech/Czechs/Prague
DE Germany/German/Germans/Berlin
DK Denmark/Danish/Danes/Copenhagen
DZ Algeria/Algerian/Algerians/Algiers
EC Ecuador/Ecuadorian/Ecuadorians/Quito
EE Estonia/Estonian/Estonians/Tallinn
EG Egypt/Egyptian/Egyptians/Cairo
ER Eritrea/Eritrean/Eritreans/Asmara
ES Spain/Spanish/Spaniards/Madrid
ET Ethiopia/Ethiopian/Ethiopians/Addis Ababa
FI Finland/Finnish/Finns/Helsinki
FR France/French//Paris|Elysee
GB United Kingdom=UK|U.K.|Britain|Great Britain|England/British|Scottish/Britons/London|Downing Street|Whitehall
GE Georgia/Georgian/Georgians/Tbilisi
GH Ghana/Ghanaian/Ghanaians/Accra
GR Greece/Greek/Greeks/Athens
HR Croatia/Croatian/Croatians/Zagreb
HU Hungary/Hungarian/Hungarians/Budapest
ID Indonesia/Indonesian/Indonesians/Jakarta
IE Ireland/Irish//Dublin
IL Israel/Israeli/Israelis/Jerusalem|Tel Aviv
IN India/Indian/Indians/New Delhi|Delhi
IQ Iraq/Iraqi/Iraqis/Baghdad
IR Iran/Iranian/Iranians/Tehran|Teheran
IS Iceland/Icelandic/Icelanders/Reykjavik
IT Italy/Italian/Italians/Rome
JO Jordan/Jordanian/Jordanians/Amman
JP Japan/Japanese//Tokyo
KE Kenya/Kenyan/Kenyans/Nairobi
KG Kyrgyzstan/Kyrgyz//Bishkek
KH Cambodia/Cambodian/Cambodians/Phnom Penh
KP North Korea=DPRK|N. Korea|N Korea|the North|NK/North Korean|N. Korean/North Koreans/Pyongyang
KR South Korea=ROK|S. Korea|S Korea|the South|Republic of Korea/South Korean|S. Korean/South Koreans/Seoul|Blue House
KW Kuwait/Kuwaiti/Kuwaitis/Kuwait City
KZ Kazakhstan/Kazakh|Kazakhstani/Kazakhs/Astana
LA Laos/Laotian/Laotians/Vientiane
LB Lebanon/Lebanese//Beirut
LK Sri Lanka/Sri Lankan/Sri Lankans/Colombo
LT Lithuania/Lithuanian/Lithuanians/Vilnius
LV Latvia/Latvian/Latvians/Riga
LY Libya/Libyan/Libyans/Tripoli
MA Morocco/Moroccan/Moroccans/Rabat
MD Moldova/Moldovan/Moldovans/Chisinau
ME Montenegro/Montenegrin/Montenegrins/Podgorica
ML Mali/Malian/Malians/Bamako
MM Myanmar=Burma/Burmese//Naypyidaw
MN Mongolia/Mongolian/Mongolians/Ulaanbaatar
MX Mexico/Mexican/Mexicans/Mexico City
MY Malaysia/Malaysian/Malaysians/Kuala Lumpur
MZ Mozambique/Mozambican/Mozambicans/Maputo
NG Nigeria/Nigerian/Nigerians/Abuja
NI Nicaragua/Nicaraguan/Nicaraguans/Managua
NL Netherlands/Dutch//The Hague|Amsterdam
NO Norway/Norwegian/Norwegians/Oslo
NP Nepal/Nepalese|Nepali//Kathmandu
NZ New Zealand//New Zealanders/Wellington
OM Oman/Omani/Omanis/Muscat
PE Peru/Peruvian/Peruvians/Lima
PH Philippines/Philippine|Filipino/Filipinos/Manila
PK Pakistan/Pakistani/Pakistanis/Islamabad
PL Poland/Polish/Poles/Warsaw
PS Palestine/Palestinian/Palestinians/Ramallah
PT Portugal/Portuguese//Lisbon
QA Qatar/Qatari/Qataris/Doha
RO Romania/Romanian/Romanians/Bucharest
RS Serbia/Serbian|Serb/Serbs/Belgrade
RU Russia=Russian Federation/Russian/Russians/Moscow|Kremlin
SA Saudi Arabia/Saudi|Saudi Arabian/Saudis/Riyadh
SD Sudan/Sudanese//Khartoum
SE Sweden/Swedish/Swedes/Stockholm
SG Singapore/Singaporean/Singaporeans/
SI Slovenia/Slovenian/Slovenians/Ljubljana
SK Slovakia/Slovak/Slovaks/Bratislava
SO Somalia/Somali/Somalis/Mogadishu
SS South Sudan/South Sudanese//Juba
SY Syria/Syrian/Syrians/Damascus
TD Chad/Chadian/Chadians/N'Djamena
TH Thailand/Thai/Thais/Bangkok
TJ Tajikistan/Tajik/Tajiks/Dushanbe
TM Turkmenistan/Turkmen//Ashgabat
TN Tunisia/Tunisian/Tunisians/Tunis
TR Turkey=Türkiye|Turkiye/Turkish/Turks/Ankara
TW Taiwan/Taiwanese//Taipei
TZ Tanzania/Tanzanian/Tanzanians/Dodoma
UA Ukraine/Ukrainian/Ukrainians/Kyiv|Kiev
UG Uganda/Ugandan/Ugandans/Kampala
US United States=US|U.S.|USA|U.S.A.|America/American/Americans/Washington|White House|Pentagon
UZ Uzbekistan/Uzbek/Uzbeks/Tashkent
VE Venezuela/Venezuelan/Venezuelans/Caracas
VN Vietnam/Vietnamese//Hanoi
YE Yemen/Yemeni/Yemenis/Sanaa
ZA South Africa/South African/South Africans/Pretoria
ZW Zimbabwe/Zimbabwean/Zimbabweans/Harare
"""
_SEATS = frozenset({"White House", "Pentagon", "Kremlin", "Downing Street", "Whitehall", "Blue House", "Elysee"})


class State(NamedTuple):
    """A state; ``names`` stand for it, the first being its own, ``seats`` for its government."""

    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    seats: tuple[str, ...] = ()


class States:
    """Which state a name, an adjective, a people, a capital or a building stands for."""

    def __init__(self, states: Iterable[State]) -> None:
        self._states = tuple(states)
        self.name_of: Mapping[str, str] = {state.code: state.names[0] for state in self._states}
        self._code_of: dict[str, str] = {}
        """Names as they are written, and in small letters where they are long enough to be told by them."""
        kinds = [
            (state.code, name) for state in self._states for name in (*state.names, *state.adjectives, *state.seats)
        ]
        for code, name in kinds:
            self._code_of.setdefault(name, code)
            if len(name.replace(".", "")) > _SHORT:
                self._code_of.setdefault(name.lower(), code)
        self._themselves = {name.lower() for state in self._states for name in state.names}
        self._seats = {name.lower() for state in self._states for name in state.seats}

    def code(self, words: str) -> str | None:
        """The code of the state that these words stand for, be it a name, an adjective or a building; case counts."""
        return self._code_of.get(words) or self._code_of.get(words.removeprefix("the ").removeprefix("The "))

    def is_state(self, words: str) -> bool:
        """Whether words are a state's name, its capital or its people."""
        return self.code(words) is not None and words.removeprefix("the ").lower() in self._themselves

    def is_seat(self, words: str) -> bool:
        """Whether words are a building that stands for a government."""
        return self.code(words) is not None and words.lower() in self._seats

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Where one of the states is named, the longest name first."""
        names = sorted((name for name in self._code_of if name[:1].isupper()), key=len, reverse=True)
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?!\w)")

    def named(self, text: str) -> list[str]:
        """The codes of the states that a text names, each once, in reading order."""
        return list(dict.fromkeys(self._code_of[match[0]] for match in self.pattern.finditer(text)))

    def with_world(self, folder: Path) -> States:
        """These states, and before them those that a corpus lists beside its schema, if it does."""
        places = _rows(folder / BUILDINGS, "name")
        listed = [
            State(
                row["code"],
                tuple(row[key] for key in ("name", "long", "capital", "demonym") if row.get(key)),
                (row["adjective"],),
                (
                    *(place["name"] for place in places if place["code"] == row["code"]),
                    *(row[key] for key in ("presidential_building",) if row.get(key)),
                ),
            )
            for row in _rows(folder / WORLD, "name", "adjective")
        ]
        return States([*listed, *self._states]) if listed else self


def _rows(path: Path, *needed: str) -> list[dict[str, Any]]:
    """The states, or buildings, of a file: a list of objects, or an object that has it as its ``states``."""
    if not path.is_file():
        return []
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        rows = held["states"] if isinstance(held, dict) else held
        if all(isinstance(row[key], str) for row in rows for key in ("code", *needed)):
            return list(rows)
    except (ValueError, TypeError, KeyError):
        pass
    raise ClaimspansError(f"{path}: expected a list of objects with the texts code, {', '.join(needed)}")


def _real() -> Iterable[State]:
    for line in _STATES.strip().splitlines():
        names, adjectives, people, capital = (part.strip() for part in line[3:].split("/"))
        places = [place for place in capital.split("|") if place]
        name, _, further = names.partition("=")
        own = [name, *further.split("|"), people, *(place for place in places if place not in _SEATS)]
        yield State(
            line[:2],
            tuple(each for each in own if each),
            tuple(each for each in adjectives.split("|") if each),
            tuple(place for place in places if place in _SEATS),
        )


REAL = States(_real())


@lru_cache(maxsize=8)
def states_of(folder: Path | None) -> States:
    """The states of the world, with those that a corpus's folder lists."""
    return REAL if folder is None else REAL.with_world(folder)


def of(parsed: Doc) -> States:
    """The states by which a text is read."""
    found: States = parsed.user_data.get("states", REAL)
    return found
