"""``labelstudio:export.json``: what people marked in Label Studio, as if it were a system that is run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

from ...data.hashes import hash_of
from ...data.records import nested_record
from ...data.schema import read_schema
from ...labelstudio.export import read_export
from ..contract import Answer, Article
from ..registry import Loaded, Setting


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose annotations are taken."""

    annotator: Annotated[
        str | None,
        msgspec.Meta(description="whose: an address or number, or each; wanted where several people annotated"),
    ] = None


def load(target: str, options: Options, setting: Setting) -> Loaded:
    """The articles of an export of the type JSON; raises `ClaimspansError` for a file that is none."""
    schema = None if setting.schema is None else read_schema(setting.schema)
    documents = {document.doc: document for document in read_export(target, schema, options.annotator)}

    def answer(articles: Sequence[Article]) -> Iterator[Answer]:
        for article in articles:
            document = documents.get(article.doc)
            if document is None:
                yield {"doc": article.doc, "error": "the export has no submitted task for this article"}
            elif document.text != article.text:
                yield {"doc": article.doc, "error": "the export has another text for this article: offsets would lie"}
            else:
                yield nested_record(document)

    return Loaded(answer, {"export": hash_of(target)}, batch=64, workers=1)
