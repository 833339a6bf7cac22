"""What a date dates, and whether that is still to come: by the verb or noun that governs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ....text.dates import days
from .goods import ENTRY_OF
from .plain_text import PlainText, one_of
from .source_words import OFFICES, PEOPLE
from .vocabulary import STANCE_OF
from .word_lists import words as word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_ACTS = word_set(
    "recall conclude withdraw hold consider own agree offer undertake guarantee commit count mark doubt label"
)
_SAYING = (STANCE_OF.keys() - _ACTS) | word_set(
    "speak ask quote hear post tweet correct interview thank praise decline update hint intimate imply insinuate"
)
"""Verbs of taking a position, save those that are mostly acts."""
_NOISES = word_set(
    "explode thunder bark roar boom crack crackle echo blast hiss whistle flare burst fume rumble hum buzz scream "
    "shriek howl whine sing growl groan rattle blare crow chime"
)
"""Verbs of saying that goods are the subject of where they make a noise."""
_PROMISES = word_set("promise pledge vow plan expect order hope want agree undertake offer intend schedule aim prepare")
_THINKING = word_set("remember recall know think believe")
_PAPERS = word_set(
    "report letter interview statement memo notice article essay note document speech testimony briefing "
    "press dispatch reply answer declaration communique bulletin email telegram complaint paper study fact- "
    "sheet sheet leaflet hearing commentary affidavit dossier survey pamphlet circular cable deposition submission "
    "broadcast address sermon lecture talk conference review brochure flyer post tweet denial claim remark comment "
    "announcement accusation admission confession apology retraction assurance explanation account version allegation "
    "rebuttal confirmation appeal plea protest question refusal charge"
)
_CONTENTS = word_set("list figure number name detail finding datum data photograph photo picture video footage")
_STAMPED = word_set("log entry label list register ledger book stamp record docket inventory invoice diary logbook")
_OTHER = re.compile(
    r"^ (?:budget|revenues?|profits?|earnings|turnover|sales figures|output figures|results|accounts|model|prices?"
    r"|season|edition|census|figures|series|elections?)\b"
)
_ADVERBIAL = re.compile(r"(?:^|[.;:,\n(] )(?:In|During|By|Since|Until|in|during|since|until) $")
"""Before a date that opens a clause: in 2030 prices fell."""
_LEADS = re.compile(
    r"^(?:(?:published|posted|updated|issued|last updated|date|dated|released)\b[: ]*|.{0,60}[|·] ?)$", re.IGNORECASE
)
_STAMP = re.compile(
    r"(?:[\[(] ?|(?:correction|clarification|update|updated|amended|corrected)s?[,: (]+(?:on )?(?:the )?)$",
    re.IGNORECASE,
)
"""What stands at the beginning of a line before the day of an entry, or of a correction."""
_AGENCY = re.compile(r"^[.,]? ?(?:\([A-Z][^)]{1,40}\)|/[A-Z][^/]{1,30}/|[A-Z]{2,}\.? ?-|[-–—]+ |\. [A-Z]{2,}\b)")


def governor(reading: PlainText, start: int, end: int) -> tuple[Token | None, list[Token]]:
    """The verb that governs the words, and the nouns on the way to it."""
    last = reading.words[reading.covering(end - 1)].token
    inside = {word.token.i for word in reading.words[reading.at(start) : reading.covering(end - 1) + 1]}
    token = last
    nouns: list[Token] = []
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


_POSTPONED = re.compile(
    r"\b(?:(?:due|set|likely|scheduled|planned|expected|slated) (?:to \w+ )?(?:\w+ )?"
    r"|(?:is|are) to \w+ (?:\w+ )?"
    "|(?:delayed|postponed|moved|adjourned|put off|set|booked|fixed|scheduled) (?:to|for|until|till) )"
    "(?:for |on |in |by |until |at )?(?:the )?$"
)
_SETTING_OUT = re.compile(
    r"\bset (?:out|off|sail|forth|up|in|down|fire|foot|free|aside|about) (?:on |in |at )?(?:the )?$"
)
_MODALS = frozenset(("will", "shall", "'ll", "\u2019ll", "may", "must", "can", "would", "should", "could", "might"))


def is_ahead(reading: PlainText, start: int, end: int, signal: str | None) -> bool:
    """Whether what is dated is still to come: by its verb's tense, by words such as will, due, plan, or by "by"."""
    verb, nouns = governor(reading, start, end)
    before = re.split(r"[.;:!?\n\"]", reading.plain[max(0, start - 60) : start])[-1]
    if re.search(r"\bcome $", before, re.IGNORECASE):
        return True
    if (
        _POSTPONED.search(before)
        and not _SETTING_OUT.search(before)
        and not re.match("(?:the )?(?:last|past)", reading.plain[start:end], re.IGNORECASE)
    ):
        return True
    if before.endswith(" for ") and not nouns:
        return True
    if verb is None:
        return signal == "by" or re.search(r"\b(?:will|due|plan|next|by)\b", before[-40:], re.IGNORECASE) is not None
    helping = [child for child in verb.children if child.dep_ in ("aux", "auxpass") and child.text != "May"]
    words = {child.lower_ for child in helping} | {verb.lower_}
    perfect = bool(words & {"had", "has", "have", "'ve", "been"})
    if verb.tag_ == "VBD" and verb.lemma_ in _PROMISES and not nouns and signal != "by" and not perfect:
        return _is_far(verb, start, reading)  # vowed on Monday to send more
    if (words & _MODALS and not perfect) or verb.lemma_ in _PROMISES:
        return not nouns or verb.lemma_ not in _PROMISES
    if verb.dep_ == "xcomp" and "to" in words:
        if verb.head.lemma_ == "be" and verb.head.tag_ == "VBD":
            return False
        return (
            verb.head.lemma_ in _PROMISES
            or verb.head.tag_ in ("VBZ", "VBP")
            or signal == "by"
            or verb.head.lemma_ == "be"
            or verb.head.lower_ in ("due", "set", "likely", "ready", "bound")
        )
    if signal == "by":
        return not perfect and (verb.tag_ != "VBD" or bool(words & {"was", "were"}))
    if signal == "until" and not perfect and _lasts(verb):
        return True
    if verb.tag_ in ("VBD", "VBN") or perfect or words & {"was", "were", "did"}:
        return False
    bare = not re.search(r"\b(?:on|in|by|at|until|till|from|since|before|after|during|through|this|next)\s$", before)
    named = reading.plain[start : start + 1].isupper() and bare
    present = verb.tag_ in ("VBZ", "VBP", "VB") and verb.lemma_ not in _SAYING | _THINKING
    return present and not nouns and not (named and verb.lemma_ != "be")


def _lasts(verb: Token) -> bool:
    """Whether a state lasts now: is closed, stays shut."""
    helping = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    governing = [verb.head] if verb.dep_ in ("acomp", "xcomp", "oprd") else []
    return any(each.tag_ in ("VBZ", "VBP") for each in [verb, *helping, *governing])


def _is_far(verb: Token, start: int, reading: PlainText) -> bool:
    """Whether more than a preposition stands between a verb and the date behind it; before it none is far."""
    between = reading.words[reading.at(reading.plain_place(verb.idx, verb.idx + 1)[0]) + 1 : reading.at(start)]
    return any(word.token.pos_ not in ("ADP", "DET", "ADV") for word in between)


def role(reading: PlainText, start: int, end: int, edtf: str | None, published: str | None) -> str:
    """What a date dates: a publication, a statement, an event or anything else."""
    plain = reading.plain
    source_start, source_end = reading.place(start, end)
    text = reading.source
    line_start = text.rfind("\n", 0, source_start) + 1
    line_end = text.find("\n", source_end)
    before, behind = text[line_start:source_start], text[source_end : len(text) if line_end < 0 else line_end]
    stated = edtf is not None and re.search(r"\d", plain[start:end])
    if stated and edtf is not None and _is_published(before, behind, edtf, published, source_start):
        return "publication"
    if _OTHER.match(plain[end : end + 20]) and not _ADVERBIAL.search(plain[:start]):
        return "other"
    if re.match(r': ?"', plain[end:]):
        return "statement"  # the mayor on Monday: "No."
    verb, nouns = governor(reading, start, end)
    if nouns and nouns[0].lemma_.lower() in _PAPERS:
        return "statement"
    subjects = [] if verb is None else [verb.head, *verb.children]
    if any(noun.lemma_.lower() in _STAMPED and noun.pos_ == "NOUN" for noun in [*nouns, *subjects]):
        return "event"
    if verb is None:
        return "event"
    return "statement" if _says(verb, plain[max(0, start - 12) : start]) else "event"


def _says(verb: Token, before: str) -> bool:
    """Whether a verb is one of saying here: no call at a port, no answered telephone, no promise by a day."""
    lemma = verb.lemma_.lower()
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    if verb.dep_ == "relcl" and any(child.tag_ in ("WDT", "WP") for child in subjects):
        subjects = [verb.head]
    if lemma in _NOISES and any(one_of(child.lower_) in ENTRY_OF for child in subjects):
        return False  # the shells exploded
    inner = [child for child in verb.children if child.dep_ in ("xcomp", "ccomp")]
    objects = {child.lemma_.lower() for child in verb.children if child.dep_ in ("dobj", "prt", "obj")}
    papers = objects | {child.lemma_.lower() for child in verb.children if child.dep_ == "nsubjpass"}
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl"):
        papers.add(verb.head.lemma_.lower())
    if lemma in ("date", "sign") and any(child.lemma_.lower() in _PAPERS for child in [verb.head, *verb.head.subtree]):
        return lemma == "date"
    if lemma in ("be", "expect", "refuse", "go", "come", "have", "do"):
        return any(child.lemma_.lower() in _SAYING for child in inner)
    if lemma in ("publish", "release") and papers & _CONTENTS:
        return True
    if (
        lemma in ("file", "print") and verb.dep_ in ("advcl", "ROOT") and not objects
    ):  # filed on 3 May, the form lists …
        return verb.tag_ == "VBN"
    if lemma in ("give", "make", "issue", "hold", "publish", "release", "send", "read", "file", "submit"):
        return bool(papers & _PAPERS)
    if lemma == "hear" and not inner:
        return any(child.dep_ == "nsubjpass" and _is_human(child) for child in verb.children)
    if lemma in _PROMISES and re.search(r"\b(?:by|until|before) (?:the )?$", before):
        return False
    if objects & {"telephone", "phone", "door", "off", "up", "back"}:
        return False
    if lemma == "call":
        return bool(inner or objects) or any(child.dep_ == "oprd" for child in verb.children)
    if lemma == "add" and objects:
        return any(child.dep_ == "ccomp" for child in verb.children)
    return lemma in _SAYING or (lemma in _ACTS and any(child.dep_ == "ccomp" for child in verb.children))


def _is_human(noun: Token) -> bool:
    return noun.pos_ == "PRON" or noun.ent_type_ == "PERSON" or noun.lemma_.lower() in OFFICES | PEOPLE


def _is_published(before: str, behind: str, edtf: str, published: str | None, place: int) -> bool:
    """Whether it is the day of publication near the top, alone on its line, behind a label, or in a dateline."""
    words = re.findall(r"\w+", before + " " + behind)
    if (
        re.match(r"^[\w .,'\u2019-]{2,40}, ?$", before)
        and before.split(",", maxsplit=1)[0].isupper()
        and _AGENCY.match(behind)
    ):
        return True
    if published is not None:
        first, last = days(published)
        if not (days(edtf)[0] <= last and first <= days(edtf)[1]):
            return False
        if edtf == published and len(edtf) == 10 and place < _TOP and len(words) <= 12 and not _CLAUSE.search(before):
            return not behind.lstrip(". ").startswith("Photo")
    if _STAMP.fullmatch(before) and re.match(r" ?(?:[\])]|[:.-]|$)", behind):
        return True
    if not before.strip(" (\u2014\u2013-|\u2022") and len(words) <= 4 and not re.search(r"[a-z] [a-z]", behind):
        return True
    if _LEADS.match(before) and len(words) <= 12 and not _CLAUSE.search(before + behind):
        return True
    return bool(re.match(r"^[\w .,'\u2019-]{2,40}, ?$", before) and _AGENCY.match(behind))


_TOP = 800
"""How many characters of an article its publication line lies in."""
_CLAUSE = re.compile(r"\b(?:is|was|were|are|has|had|have|said|says|told)\b")
