"""Training formats, one a file: each makes of a `Task` its bytes and says what it could not hold."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import msgspec

from ...data.problems import ClaimspansError
from .task import Part, Task

__all__ = ["FORMATS", "Format", "Part", "Task", "get"]

CUT = "cut out of the text"
KEPT = "kept in the text, nothing marked in them"
MARKED = "marked as spans of their kind"
MISSING = "missing values of doc.ents, and doc.spans['zones']"


class Format(msgspec.Struct, frozen=True):
    """A format: the end of its file's name, or "" where it is a folder, what it is for, and what becomes of zones.

    ``prompts``: whether it tells a language model what to do, and so has the options of a prompt.
    """

    name: str
    module: str
    suffix: str
    about: str
    zones: str
    prompts: bool = False

    @property
    def export(self) -> Callable[[Task], Part]:
        found: Callable[[Task], Part] = import_module(f"{__name__}.{self.module}").export
        return found


FORMATS = {
    each.name: each
    for each in (
        Format("bio", "bio", ".jsonl", "tokens, BIO tags, offsets: token classifiers", CUT),
        Format("brat", "brat", "", "standoff .txt and .ann: the annotation tool brat", MARKED),
        Format("chat", "chat", ".jsonl", "messages as openai: has them: supervised fine-tuning", KEPT, prompts=True),
        Format("conll", "conll", ".conll", "columns of CoNLL-2003: older taggers", CUT),
        Format("csv", "spans_csv", ".csv", "a table of spans: spreadsheets and pandas", "not in it"),
        Format("doccano", "doccano", ".jsonl", "entities and relations: the annotation tool doccano", KEPT),
        Format("dygiepp", "dygiepp", ".jsonl", "sentences with spans and relations by token: DyGIE++", CUT),
        Format("gliner", "gliner", ".json", "words and spans: GLiNER", CUT),
        Format("gliner2", "gliner2", ".jsonl", "texts and what they name: GLiNER2", CUT),
        Format("labelstudio", "labelstudio", "", "tasks and their page: the annotation tool Label Studio", MARKED),
        Format("langextract", "langextract", ".jsonl", "annotated documents: LangExtract's examples", CUT),
        Format("prodigy", "prodigy", ".jsonl", "tokens, spans and relations: the annotation tool Prodigy", KEPT),
        Format("prompt-completion", "prompt_completion", ".jsonl", "the same as plain text", KEPT, prompts=True),
        Format("spacy", "spacy", ".spacy", "DocBin: spaCy's ner and spancat", MISSING),
        Format("uima", "uima", "", "CAS XMI and its type system: INCEpTION, WebAnno", MARKED),
    )
}


def get(name: str) -> Format:
    """The format of a name; raises `ClaimspansError` for an unknown one."""
    if name not in FORMATS:
        raise ClaimspansError(f"{name}: no such format; expected one of {', '.join(FORMATS)}")
    return FORMATS[name]
