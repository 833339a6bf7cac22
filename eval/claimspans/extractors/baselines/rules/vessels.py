"""Any other noun that goods are counted in where it stands before "of" and the goods: firkins of gunpowder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .goods import ENTRY_OF, EVENTS, PARTS
from .plain_text import PlainText, one_of
from .word_lists import words as word_set

if TYPE_CHECKING:
    from .items import Item

_NO_VESSELS = (
    EVENTS
    | PARTS
    | word_set(
        "kind type sort model version variant class category generation make brand design series species form "
        "range owner maker user buyer seller dealer trader supplier producer exporter importer holder thief "
        "victim crew driver pilot captain gunner officer soldier man woman person child expert friend lover "
        "fan critic opponent worker engineer smuggler firm company factory plant workshop state country "
        "region city village port source side loss sale purchase order export import deal contract offer "
        "request theft seizure use trial fire blast explosion report picture photograph photo drawing list "
        "copy name number price cost value share percentage fraction half third quarter majority minority "
        "total sum average amount hour day week month year decade century age era minute second part piece "
        "element aspect example case instance sign trace hit sight sound rain hail burst salvo volley barrage "
        "shot round page line word record account film story tale dozen score hundred thousand million pair "
        "component calibre size weight length ship convoy museum exhibition book song thing raid wave stage "
        "phase proof test review check display demonstration parade regiment battalion brigade division "
        "platoon designer inspector collector merchant manufacturer inventor guard survivor veteran supporter"
    )
)
"""What stands before "of" and goods and holds none."""
_ABSTRACT = re.compile(r"(?:tion|sion|ment|ness|ity|ance|ence|ing|ship|hood|ism|ist|al|ery)s?$")


def holds(reading: PlainText, index: int, items: list[Item]) -> bool:
    """Whether a plural of a thing stands before "of" and goods, and is itself neither goods, people nor events."""
    word = reading.words[index]
    noun = one_of(word.lower)
    if not word.is_noun or noun == word.lower or word.text[0].isupper() or reading.gap(index) != " ":
        return False
    if noun in _NO_VESSELS or noun in ENTRY_OF or _ABSTRACT.search(word.lower):
        return False
    return any(index + 2 <= item.first <= index + 3 for item in items)
