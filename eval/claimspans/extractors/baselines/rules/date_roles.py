"""What a date dates, and whether that is still to come: by the verb or noun that governs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ....text.dates import days
from .reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAYING = frozenset(
    "say tell state note report announce claim add argue mention reveal suggest indicate assess disclose cite explain declare "
    "reiterate insist admit confess concede acknowledge confirm deny refute reject dismiss dispute question challenge accuse blame "
    "condemn denounce warn express voice pledge promise vow write wrote ask answer reply respond testify speak comment decline "
    "complain allege assure publish believe repeat stress estimate tweet post call criticise criticize maintain swear remind "
    "conclude apologise apologize quote hear interview brief file submit read thank laud praise describe demand urge assert affirm "
    "recall contradict retract correct update sum observe record protest remark".split()
)
_PAPERS = frozenset(
    "report letter interview statement memo notice article essay note document speech testimony briefing press dispatch reply "
    "answer declaration communique bulletin email telegram complaint paper study fact-sheet sheet leaflet hearing commentary".split()
)
_STAMPED = frozenset("log entry label list register ledger book stamp record docket inventory invoice diary logbook".split())
_OTHER = re.compile(r"^ (?:budget|model|prices?|season|edition|census|figures|series|elections?)\b")
_LEADS = re.compile(
    r"^(?:(?:published|posted|updated|issued|last updated|date|dated|released)\b[: ]*|.{0,60}[|·—–-] ?)$", re.IGNORECASE
)
_AGENCY = re.compile(r"^[.,]? ?(?:\([A-Z][^)]{1,40}\)|/[A-Z][^/]{1,30}/|[A-Z]{2,}\.? ?-|- |\. [A-Z]{2,}\b)")
_AHEAD = re.compile(r"\b(?:will|shall|'ll|due|plan(?:s|ned|ning)?|to be|is to|are to|were to|was to|expect(?:ed|s)?|scheduled|going to|"
                    r"promises?|hopes?|set to|would|must|may|can|should|need|wants?|intends?|next)\b", re.IGNORECASE)


def governor(reading: Reading, start: int, end: int) -> tuple[Token | None, list[Token]]:
    """The verb that governs the words, and the nouns on the way to it."""
    last = reading.words[reading.covering(end - 1)].token
    inside = {word.token.i for word in reading.words[reading.at(start) : reading.covering(end - 1) + 1]}
    token, nouns = last, []
    for _ in range(12):
        if token.i not in inside:
            if token.pos_ in ("VERB", "AUX"):
                return token, nouns
            if token.pos_ in ("NOUN", "PROPN"):
                nouns.append(token)
        if token.head is token:
            break
        token = token.head
    return None, nouns


def is_ahead(reading: Reading, start: int, end: int, signal: str | None) -> bool:
    """Whether what is dated is still to come: by its verb's tense, by words such as will, due, plan, or by "by"."""
    verb, _ = governor(reading, start, end)
    clause = reading.plain[:start]
    clause = re.split(r"[.;:!?\n\"]", clause)[-1]
    if verb is None:
        return signal == "by" or re.search(r"\b(?:will|due|plan|next|by)\b", clause[-40:], re.IGNORECASE) is not None
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {child.lower_ for child in auxiliaries} | {verb.lower_}
    if words & {"will", "shall", "'ll", "’ll", "may", "must", "can", "would", "should"}:
        return True
    if verb.dep_ == "xcomp" and any(child.lower_ == "to" for child in auxiliaries):
        return True
    past = verb.tag_ in ("VBD", "VBN") or bool(words & {"had", "has", "have", "was", "were", "did"})
    if signal == "by" and not (words & {"had", "has", "have"} or verb.tag_ == "VBD" and not words & {"were", "was"}):
        return True
    near = reading.plain[max(reading.plain.rfind(",", 0, start), start - 30, 0) : start]
    if re.search(r"\b(?:due|scheduled|planned|expected|is to|are to)\b", near) and "last" not in reading.plain[start:end].lower():
        return True
    if past:
        return False
    saying = verb.lemma_ in _SAYING
    return verb.tag_ in ("VBZ", "VBP") and not saying and not words & {"been"}


def role(reading: Reading, start: int, end: int, edtf: str | None, published: str | None) -> str:
    """What a date dates: a publication, a statement, an event or anything else."""
    plain = reading.plain
    source_start, source_end = reading.place(start, end)
    text = reading.source
    line_start = text.rfind("\n", 0, source_start) + 1
    line_end = text.find("\n", source_end)
    before, behind = text[line_start:source_start], text[source_end : len(text) if line_end < 0 else line_end]
    if edtf is not None and _is_published(before, behind, edtf, published):
        return "publication"
    if _OTHER.match(plain[end : end + 20]):
        return "other"
    verb, nouns = governor(reading, start, end)
    if any(noun.lemma_.lower() in _STAMPED for noun in nouns):
        return "event"
    if nouns and nouns[0].lemma_.lower() in _PAPERS:
        return "statement"
    if verb is None:
        return "event"
    if verb.lemma_.lower() == "date" and any(child.lemma_.lower() in _PAPERS for child in verb.head.subtree):
        return "statement"
    if verb.lemma_.lower() in _SAYING:
        return "statement"
    if verb.lemma_.lower() in ("date",):
        return "statement"
    complement = [child for child in verb.children if child.dep_ in ("xcomp", "ccomp") and child.i > verb.i]
    if verb.lemma_.lower() in ("be", "expect", "refuse", "go", "come", "have") and any(
        child.lemma_.lower() in _SAYING and child.dep_ == "xcomp" for child in complement
    ):
        return "statement"
    return "event"


def _is_published(before: str, behind: str, edtf: str, published: str | None) -> bool:
    """Whether it stands alone on its line, behind a label, or in a dateline."""
    words = re.findall(r"\w+", before + " " + behind)
    if published is not None:
        first, last = days(published)
        if not (days(edtf)[0] <= last and first <= days(edtf)[1]):
            return False
    if not before.strip(" (—–-|•") and len(words) <= 4 and not re.search(r"[a-z] [a-z]", behind):
        return True
    if _LEADS.match(before) and len(words) <= 12 and not re.search(r"\b(?:is|was|has|had|said|says)\b", before + behind):
        return True
    dateline = re.match(r"^[\w .'-]{2,40}, ?$", before) and (before.split(",")[0].isupper() or _AGENCY.match(behind))
    return bool(dateline and _AGENCY.match(behind))
