"""The systems that benchmarks.training trains: each takes annotated articles and gives an extractor."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from claimspans.data.bio import decode, encode
from claimspans.data.records import Document, Span
from claimspans.export.training_files import export
from claimspans.extractors.baselines import crf
from claimspans.extractors.baselines.crf.features import read
from claimspans.scoring.learning_curves import Extract
from claimspans.text.tokens import Token, outside

from .sentence_model import token_vectors

_EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "train_spacy.py"
_KEPT = 64
"""Principal components of the sentence model's vectors that a field sees as features with values."""


class System(NamedTuple):
    """How it is trained, and what it is, in words."""

    train: Callable[[Sequence[Document]], Extract]
    about: str


def _crf(features: str, documents: Sequence[Document]) -> Extract:
    return crf.train(documents, features=features).extract


def _spacy(documents: Sequence[Document]) -> Extract:
    """By the example script, from the files of the export."""
    script = _script()
    with tempfile.TemporaryDirectory() as folder:
        export(documents, "spacy", Path(folder) / "files")
        nlp = script.trained(script.read(Path(folder) / "files" / "all.spacy"))

    def extract(others: Iterable[Document]) -> Iterator[Document]:
        for document in others:
            found = nlp(document.text or "").ents
            spans = tuple(Span(label=one.label_, start=one.start_char, end=one.end_char) for one in found)
            yield Document(doc=document.doc, spans=spans)

    return extract


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_spacy", _EXAMPLE)
    if spec is None or spec.loader is None:
        raise ImportError(str(_EXAMPLE))
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


class _Line(NamedTuple):
    """A line: its tokens, the CRF's features of each, and the sentence model's vector of each."""

    tokens: tuple[Token, ...]
    features: tuple[tuple[str, ...], ...]
    vectors: Any


def _lines(document: Document) -> Iterator[_Line]:
    text = document.text or ""
    seen = read(text, document.published, "parse")
    vectors = token_vectors(text, [line.tokens for line in seen])
    for line, vector in zip(seen, vectors, strict=True):
        yield _Line(line.tokens, line.features, vector)


def _runs(documents: Sequence[Document]) -> Iterator[tuple[_Line, Document]]:
    """The lines of the articles, cut where a zone stands: nothing is annotated in one."""
    for document in documents:
        for line in _lines(document):
            for run in outside(line.tokens, [(zone.start, zone.end) for zone in document.zones]):
                yield _Line(line.tokens[run], line.features[run], line.vectors[run]), document


def _labels(documents: Sequence[Document]) -> list[str]:
    return sorted({span.label for document in documents for span in document.spans})


def _tags(line: _Line, document: Document, label: str) -> list[str]:
    return encode(line.tokens, [span for span in document.spans if span.label == label], touching=True)[0]


Tagger = Callable[[_Line], Iterable[Sequence[str]]]
"""A line → a row of tags for each label."""


def _extractor(tagger: Tagger) -> Extract:
    def extract(others: Iterable[Document]) -> Iterator[Document]:
        for document in others:
            spans = [
                Span(label=label, start=line.tokens[first].start, end=line.tokens[last - 1].end)
                for line in _lines(document)
                for tags in tagger(line)
                for label, first, last in decode(tags)
            ]
            yield Document(doc=document.doc, spans=tuple(spans))

    return extract


def _linear(documents: Sequence[Document]) -> Extract:
    """A logistic regression a label over the frozen vectors of a token and of its neighbours."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    def windows(vectors: Any) -> Any:
        nothing = np.zeros((1, vectors.shape[1]), dtype=vectors.dtype)
        return np.hstack([vectors, np.vstack([nothing, vectors[:-1]]), np.vstack([vectors[1:], nothing])])

    runs = list(_runs(documents))
    seen = np.vstack([windows(line.vectors) for line, _ in runs])
    models = []
    for label in _labels(documents):
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.001, max_iter=200))
        models.append(model.fit(seen, [tag for run in runs for tag in _tags(*run, label)]))
    return _extractor(lambda line: [list(model.predict(windows(line.vectors))) for model in models])


def _crf_with_vectors(documents: Sequence[Document]) -> Extract:
    """The baseline's fields with the vectors' first principal components as further features."""
    import numpy as np
    from sklearn.decomposition import PCA

    runs = list(_runs(documents))
    components = PCA(_KEPT, random_state=0, whiten=True).fit(np.vstack([line.vectors for line, _ in runs]))

    def features(line: _Line) -> list[dict[str, float]]:
        values = components.transform(line.vectors)
        return [
            dict.fromkeys(words, 1.0) | {f"v{place}": float(value) for place, value in enumerate(row)}
            for words, row in zip(line.features, values, strict=True)
        ]

    seen = [features(line) for line, _ in runs]
    fields = []
    for label in _labels(documents):
        field = crf.require()(algorithm="lbfgs", c1=0.1, c2=0.1, max_iterations=100, all_possible_transitions=True)
        fields.append(field.fit(seen, [_tags(*run, label) for run in runs]))

    def tagger(line: _Line) -> Iterator[Sequence[str]]:
        shown = features(line)
        return (field.predict_single(shown) for field in fields)

    return _extractor(tagger)


SYSTEMS: Mapping[str, System] = {
    "crf": System(partial(_crf, "parse"), "the baseline that ships: a CRF over words, shapes and spaCy's parse"),
    "crf-words": System(partial(_crf, "words"), "the same without the parse"),
    "crf-rules": System(
        partial(_crf, "rules"), "the same with the output of the rules, whose authors had read the five news articles"
    ),
    "spacy": System(_spacy, "spaCy's small English model, its recogniser fine-tuned by docs/examples/train_spacy.py"),
    "minilm": System(_linear, "a logistic regression a label over the frozen all-MiniLM-L6-v2, three tokens wide"),
    "crf+minilm": System(_crf_with_vectors, f"the CRF with {_KEPT} principal components of that model as features"),
}
