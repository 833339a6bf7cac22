"""An annotation layer: the Documents that one annotator, one pass or the gold has of a corpus."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .notebook_display import NotebookDisplay
from .problems import counted
from .records import Document
from .schema import Schema

if TYPE_CHECKING:
    import pandas
    from datasets import DatasetDict

    from .corpus import Corpus


def _public(name: str) -> Any:
    """A function of the public face: a layer is asked for its tables, and packages above this one make them."""
    return getattr(import_module(__name__.partition(".")[0]), name)


class Layer(list[Document], NotebookDisplay):
    """The annotated articles of one layer, in the order of ``sources.jsonl``.

    ``version`` is that of the corpus for a gold that was released. ``unannotated`` are the articles of the corpus for
    which the layer has no file, without spans: no figure counts them. ``schema`` is that of the corpus.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        name: str,
        version: str | None = None,
        *,
        unannotated: Iterable[Document] = (),
        schema: Schema | None = None,
    ) -> None:
        super().__init__(documents)
        self.name = name
        self.version = version
        self.corpus: Corpus | None = None
        self.unannotated = tuple(unannotated)
        self.schema = schema
        self._others: tuple[Document, ...] = ()

    def __repr__(self) -> str:
        of = " ".join([self.name, *([self.version] if self.version else [])])
        spans, claims = sum(len(one.spans) for one in self), sum(len(one.claims) for one in self)
        return f"<Layer {of}: {counted(len(self), 'article')}, {counted(spans, 'span')}, {counted(claims, 'claim')}>"

    @property
    def texts(self) -> dict[str, str | None]:
        """The texts of all articles of the corpus by id, those that are not annotated, or not chosen, too."""
        return {document.doc: document.text for document in (*self, *self.unannotated, *self._others)}

    def only(self, docs: Collection[str]) -> Layer:
        """The articles with these ids; what is predicted in others of the corpus is left out of a score."""
        unannotated = (document for document in self.unannotated if document.doc in docs)
        chosen = Layer(
            (document for document in self if document.doc in docs),
            self.name,
            self.version,
            unannotated=unannotated,
            schema=self.schema,
        )
        chosen.corpus = self.corpus
        every = (*self, *self.unannotated, *self._others)
        chosen._others = tuple(document for document in every if document.doc not in docs)
        return chosen

    def to_datasets(self, configuration: str = "documents") -> DatasetDict:
        """As `claimspans.to_datasets`."""
        found: DatasetDict = _public("to_datasets")(self, configuration)
        return found

    def spans_frame(self) -> pandas.DataFrame:
        """As `claimspans.spans_frame`."""
        found: pandas.DataFrame = _public("spans_frame")(self)
        return found

    def claims_frame(self) -> pandas.DataFrame:
        """As `claimspans.claims_frame`."""
        found: pandas.DataFrame = _public("claims_frame")(self)
        return found

    @property
    def progress(self) -> str | None:
        """How much of the corpus is annotated, in words; None where all of it is."""
        if not self.unannotated:
            return None
        return f"{self.name}: {len(self)} of {counted(len(self) + len(self.unannotated), 'article')} annotated"
