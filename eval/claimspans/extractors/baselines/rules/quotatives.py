"""Attributions that punctuation sets apart, whatever the parse: "…, said the envoy, …", "…, the Wire writes."."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .manner_verbs import LEADING, LEADING_TO, PARTICLE, WITH_PARTICLE
from .quotative_edges import (
    CLOSING,
    OPENING,
    QUOTES,
    after_clause,
    before_clause,
    behind_aside,
    behind_dashes,
    behind_place,
    closes,
    is_part,
    links,
    only_adjuncts,
)
from .source_phrases import LINKS, phrase, speaking
from .source_words import KIND_OF
from .verb_forms import IRREGULAR, finite
from .vocabulary import NOUN_STANCE_OF, STANCE_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OF_PERSONS = words(
    "tell inform remind brief advise notify assure reassure consider describe call term label brand regard deem hold "
    "depict portray characterise characterize accuse deny blame condemn denounce dispute challenge contest reject "
    "refute rebuke upbraid scold chide berate admonish reprimand reprove lambast lambaste slam pillory vilify praise "
    "hail applaud commend thank congratulate endorse mock deride belittle ridicule disown accept contradict doubt "
    "charge fault question query alert implore beg urge verify corroborate pooh disbelieve rubbish discredit trash "
    "scorn "
    "scotch forswear abjure negate confute falsify impeach revile lash flay recognise recognize uphold ratify chastise "
    "entreat beseech exhort coax cajole tease kid utter tally"
)
"""Verbs whose noun behind them is the one addressed or judged."""
_FURTHER = words(
    "guess hint speak point find show hope expect learn suppose sing weep bid chat gag confide relate signal"
)
"""Verbs of saying beside a quotation, and else only with a clause or never."""
_FINITE = {"found": "find", "bade": "bid", "tells": "tell"}
_TELLING = frozenset(("tell", "inform", "remind", "assure"))
_ADVERBS = words(
    "then later too also again now reluctantly drily dryly bluntly flatly simply merely once only at last least "
    "however still yet quietly angrily calmly cheerfully sadly"
)
_WHICH = words("at in from for near aboard on behind")
_GESTURES = words("laugh smile grin nod shrug sigh giggle chuckle wink snigger smirk sob frown")
_MANY = words("they we i you police clergy people folk")
_PERFECT = words("has have had")


class Quotative(NamedTuple):
    """A verb of saying and the head of its source, with the first token of both and the one behind the last."""

    verb: Token
    source: Token
    start: int
    end: int
    others: tuple[Token, ...] = ()


def _forms() -> dict[str, str]:
    found = {form: lemma for form, lemma in IRREGULAR.items() if lemma in STANCE_OF or lemma in _FURTHER}
    for lemma in (*STANCE_OF, *_FURTHER):
        found |= dict.fromkeys(finite(lemma), lemma)
    found |= {form: form for form in WITH_PARTICLE} | _FINITE
    return {form: lemma for form, lemma in found.items() if lemma not in _OF_PERSONS or lemma in _TELLING}


_FORMS = _forms()
_PLURAL_FORMS = frozenset(_FORMS.values()) - frozenset(WITH_PARTICLE) | {"record", "remember"}


def lemma_of(token: Token) -> str | None:
    """The verb of saying whose finite form a word has, whatever the parser takes it for."""
    return _FORMS.get(token.lower_) or (token.lower_ if token.lower_ in _PLURAL_FORMS else None)


def is_plural_form(token: Token) -> bool:
    """Whether a word is a verb of saying as it stands behind a plural, whatever the parser takes it for."""
    return token.lower_ in _PLURAL_FORMS


def ends_phrase(token: Token) -> bool:
    """Whether a noun phrase ends before a word that looks like its last noun: "officials in Kest claim that …"."""
    bare = token.i > 0 and token.nbor(-1).pos_ in ("NOUN", "PROPN")
    told = token.i + 1 < len(token.doc) and token.nbor().lower_ == "that"
    one = token.tag_ == "NNS" and lemma_of(token) is not None
    saying, bare = is_plural_form(token) or one, bare or (one and token.i > 0 and token.nbor(-1).pos_ == "ADJ")
    return bare and ((saying and told) or token.i in of(token.doc))


def _agrees(verb: Token, source: Token, *, inverted: bool) -> bool:
    """Whether a form without an ending is the verb of a plural: "the minutes record", "say officials"."""
    if verb.lower_ in _FORMS:
        return True
    many = source.tag_ in ("NNS", "NNPS") or source.lower_ in _MANY or source.n_rights > 1
    many = many or KIND_OF.get(source.lower_) == "group"
    verbal = verb.tag_ in ("VB", "VBP")
    if inverted:
        rest = verb.doc[verb.i : verb.sent.end]
        told = verb.i > 0 and after_clause(verb.doc, verb.i - 1, verb)
        told = told and not any(word.text == "," or word.pos_ == "CCONJ" for word in rest)
        return many and (verbal or verb.nbor().pos_ in ("DET", "PRON") or told)
    return many and (verbal or verb.lower_ not in NOUN_STANCE_OF or source.lower_ not in ("police", "customs"))


def quotatives(parsed: Doc) -> dict[int, Quotative]:
    """The attributions that punctuation sets apart, by the places of their verbs."""
    found = {}
    for token in parsed:
        known = lemma_of(token) is not None
        quotative = (_inverted(token) or _straight(token) or _parted(token)) if known else None
        if quotative is None and token.tag_ in ("VB", "VBG", "NN"):
            quotative = _led_to(token)
        if quotative is not None:
            found[token.i] = quotative
    return found


def of(parsed: Doc) -> dict[int, Quotative]:
    """The attributions of a text, found once."""
    if "quotatives" not in parsed.user_data:
        parsed.user_data["quotatives"] = quotatives(parsed)
    found: dict[int, Quotative] = parsed.user_data["quotatives"]
    return found


def sources_of(parsed: Doc) -> frozenset[int]:
    """The places of the heads of their sources."""
    if "quotative sources" not in parsed.user_data:
        parsed.user_data["quotative sources"] = frozenset(each.source.i for each in of(parsed).values())
    found: frozenset[int] = parsed.user_data["quotative sources"]
    return found


def _inverted(verb: Token) -> Quotative | None:
    """The noun phrase right behind a verb that stands behind a mark or opens a sentence."""
    parsed = verb.doc
    first = verb.i
    led = first > 0 and parsed[first - 1].lower_ in LEADING.get(verb.lower_, ())
    if lemma_of(verb) in _TELLING or (verb.lower_ in WITH_PARTICLE and not led):
        return None
    first -= led
    while first > 0 and parsed[first - 1].lower_ in (*_ADVERBS, "so", "thus", "or") and not parsed[first - 1].is_punct:
        first -= 1
    starts = first == verb.sent.start and (first == 0 or parsed[first - 1].text not in "”»")
    opens = first == 0 or parsed[first - 1].is_space or starts
    if not opens and parsed[first - 1].text not in OPENING and not _is_led(verb, first, led=led):
        return None
    if opens and not led and verb.tag_ not in ("VBD", "VBZ", "VBP", "NNP", "NN", "NNS") and first == verb.i:
        return None
    start = verb.i + 1
    start += start < len(parsed) and parsed[start].lower_ == PARTICLE.get(verb.lower_)
    while start + 1 < len(parsed) and parsed[start].lower_ in _ADVERBS:
        if parsed[start].lower_ == "at" and parsed[start + 1].lower_ not in ("last", "least"):
            return None
        start += 1
    start += start + 1 < len(parsed) and start > verb.i + 1 and parsed[start].text == ","
    if start + 2 < len(parsed) and parsed[start].text == "," and parsed[start + 1].lower_ in _ADVERBS:
        aside = start + 1
        while aside + 1 < len(parsed) and parsed[aside].lower_ in _ADVERBS:
            aside += 1
        start = aside + 1 if parsed[aside].text == "," else start
    start = behind_dashes(parsed, start)
    beside = first > 0 and parsed[first - 1].text in OPENING
    if beside and (after_clause(parsed, first - 1, verb) or before_clause(parsed, start)):
        start = behind_place(parsed, start)
    source, end = phrase(parsed, start, len(parsed))
    second, behind = phrase(parsed, behind_aside(parsed, end), len(parsed))
    joined = second is not None and closes(parsed, behind) and end < behind_aside(parsed, end)
    end = behind if joined else end
    if source is None or not (joined or _agrees(verb, source, inverted=True)):
        return None
    if source.lower_ == "it" and source.dep_ in ("dobj", "pobj"):
        return None  # "now admits it"
    following = parsed[end] if end < len(parsed) else None
    closed = (
        following is None or following.text in CLOSING or following.is_space or following.lower_ in ("who", "whose")
    )
    if (
        opens
        and first == verb.i
        and not (following is not None and any(mark in parsed[end : end + 8].text for mark in (":", '"', "“", ",")))
    ):
        return None
    if following is not None and following.lower_ in _WHICH and following.head == source and not opens:
        closed = closed or (following.right_edge.i + 1 < len(parsed) and following.right_edge.nbor().text in CLOSING)
    quoted = first > 0 and parsed[first - 1].text in QUOTES
    led_on = following is not None and following.pos_ in ("ADP", "SCONJ", "CCONJ", "ADV")
    closed = closed or (quoted and led_on)
    if not closed and not (after_clause(parsed, first - 1, verb) and only_adjuncts(parsed, end)):
        return None
    return Quotative(verb, source, first, end, (second,) if joined and second is not None else ())


def _is_led(verb: Token, first: int, *, led: bool) -> bool:
    """Whether a verb may follow a word: "as maintains the sapper", "when up piped a deckhand", "and quoth he"."""
    before = verb.nbor(first - 1 - verb.i)
    if before.lower_ == "as":
        return verb.tag_ in ("VBZ", "VBD", "VBP", "NNS") and (before.i == 0 or before.nbor(-1).text in OPENING)
    return (led and before.lower_ == "when") or (before.lower_ == "and" and verb.lower_ in ("quoth", "spake"))


def _straight(verb: Token) -> Quotative | None:
    """The noun phrase between a mark and a verb that a mark or the end of the sentence follows."""
    parsed = verb.doc
    behind = verb.i + 1
    if lemma_of(verb) in _TELLING:
        _, behind = phrase(parsed, behind, len(parsed))
    elif behind < len(parsed) and parsed[behind].lower_ == WITH_PARTICLE.get(verb.lower_, PARTICLE.get(verb.lower_)):
        behind += 1
    adjunct = not closes(parsed, behind)
    if adjunct and not only_adjuncts(parsed, behind):
        return None
    if verb.lower_ in WITH_PARTICLE and behind == verb.i + 1:
        return None
    last = verb.i - 1
    while last > verb.sent.start and parsed[last].lower_ in _PERFECT | _ADVERBS:
        last -= 1
    first = last
    while first > 0 and (is_part(parsed[first]) or links(parsed[first]) or parsed[first].lower_ == "and"):
        first -= 1
    opening = parsed[first]
    as_said = opening.lower_ == "as" and (first == verb.sent.start or parsed[first - 1].text in OPENING)
    as_said = as_said or (opening.lower_ == "so" and first > 0 and parsed[first - 1].lower_ == "or")
    if last - first < 1 or not (as_said or opening.text in OPENING):
        return None
    if first <= verb.sent.start and opening.text in '“"«:':
        return None
    placed = after_clause(parsed, first, verb) or (adjunct and before_clause(parsed, behind))
    if (adjunct or lemma_of(verb) in _GESTURES) and not placed:
        return None
    source, end = phrase(parsed, first + 1, last + 1, LINKS)
    others: list[Token] = []
    while source is not None and end <= last and (links(parsed[end]) or parsed[end].lower_ == "and"):
        inner, behind_it = phrase(parsed, end + 1, last + 1, LINKS)
        if inner is None and behind_it == end + 1:
            break
        others += [inner] if inner is not None and parsed[end].lower_ == "and" else []
        end = behind_it
    if source is None or end != last + 1 or not _agrees(verb, source, inverted=False):
        return None
    return Quotative(verb, source, first + 1, behind, tuple(others))


def _parted(verb: Token) -> Quotative | None:
    """The source that an aside parts from a verb between marks: "…, Ana Lund, 54, added, …"."""
    parsed, behind = verb.doc, verb.i + 1
    behind += behind < len(parsed) and parsed[behind].lower_ == PARTICLE.get(verb.lower_)
    source = next((child for child in verb.children if child.dep_ == "nsubj" and child.i < verb.i), None)
    if source is None or not closes(parsed, behind) or lemma_of(verb) in (*_TELLING, *WITH_PARTICLE):
        return None
    start = source.left_edge.i
    start -= start > verb.sent.start and parsed[start - 1].lower_ == "as"
    aside = any(child.dep_ in ("appos", "relcl", "acl", "advcl") and child.i > source.i for child in source.children)
    opened = start == verb.sent.start or parsed[start - 1].text in OPENING
    if not opened or not (aside or parsed[verb.i - 1].text == ",") or speaking(source) is None:
        return None
    return Quotative(verb, source, start, behind)


def _led_to(verb: Token) -> Quotative | None:
    """A verb to which others lead: "…, the envoy is fond of reminding his guests, …", "…, his aide used to joke"."""
    parsed, behind = verb.doc, verb.i + 1
    if verb.lemma_ not in STANCE_OF and verb.lemma_ != "point":
        return None
    if verb.lemma_ in _TELLING:
        _, behind = phrase(parsed, behind, len(parsed))
    behind += behind < len(parsed) and parsed[behind].lower_ in ("out", "up")
    if behind < len(parsed) and parsed[behind].text not in CLOSING and not parsed[behind].is_space:
        return None
    near = range(verb.i - 2, max(verb.sent.start, verb.i - 10) - 1, -1)
    first = next((place + 1 for place in near if parsed[place].text in OPENING and parsed[place].text != "-"), None)
    if first is None:
        return None
    source, end = phrase(parsed, first, verb.i)
    fits = source is not None and LEADING_TO.fullmatch(parsed[end : verb.i].text)
    return Quotative(verb, source, first, behind) if fits and source is not None else None
