"""The systems that benchmarks.training trains: each takes annotated articles and gives an extractor."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from claimspans.data.records import Document, Span
from claimspans.export.training_files import export
from claimspans.extractors.baselines import crf
from claimspans.scoring.learning_curves import Extract

from . import training_network
from .sentence_model import MINILM, MPNET
from .training_lines import Line, extractor, labels_of, tags, training_lines

_EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "train_spacy.py"
_KEPT = 64
"""Principal components of the sentence model's vectors that a field sees as features with values."""

_NETWORKS = 3


class System(NamedTuple):
    """How it is trained, by which seed, what it is, in words, and whether a second training differs by its seed."""

    train: Callable[[Sequence[Document], int], Extract]
    about: str
    random: bool = False


def _crf(features: str, documents: Sequence[Document], _: int) -> Extract:
    return crf.train(documents, features=features).extract


def _spacy(documents: Sequence[Document], _: int) -> Extract:
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


def _crf_with_vectors(documents: Sequence[Document], _: int) -> Extract:
    """The baseline's fields with the vectors' first principal components as further features."""
    import numpy as np
    from sklearn.decomposition import PCA

    seen = list(training_lines(documents, MINILM))
    components = PCA(_KEPT, random_state=0, whiten=True).fit(np.vstack([line.vectors for line, _ in seen]))

    def features(line: Line) -> list[dict[str, float]]:
        values = components.transform(line.vectors)
        return [
            dict.fromkeys(words, 1.0) | {f"v{place}": float(value) for place, value in enumerate(row)}
            for words, row in zip(line.features, values, strict=True)
        ]

    shown = [features(line) for line, _ in seen]
    fields = []
    for label in labels_of(documents):
        field = crf.require()(algorithm="lbfgs", c1=0.1, c2=0.1, max_iterations=100, all_possible_transitions=True)
        fields.append(field.fit(shown, [tags(line, document, [label]) for line, document in seen]))

    def tagger(line: Line) -> Iterator[Sequence[str]]:
        shown = features(line)
        return (field.predict_single(shown) for field in fields)

    return extractor(tagger, MINILM)


def _network(networks: int, documents: Sequence[Document], seed: int) -> Extract:
    """One tag a token, since the spans of these articles do not overlap."""
    seen, labels = list(training_lines(documents, MPNET)), labels_of(documents)
    tagger = training_network.train(
        [line for line, _ in seen],
        [tags(line, document, labels) for line, document in seen],
        seed=seed,
        networks=networks,
    )
    return extractor(lambda line: [tagger(line)], MPNET)


SYSTEMS: Mapping[str, System] = {
    "crf": System(partial(_crf, "parse"), "the baseline that ships: a CRF over words, shapes and spaCy's parse"),
    "crf-words": System(partial(_crf, "words"), "the same without the parse"),
    "spacy": System(_spacy, "spaCy's small English model, its recogniser fine-tuned by docs/examples/train_spacy.py"),
    "crf+minilm": System(
        _crf_with_vectors, f"the CRF with {_KEPT} principal components of the frozen {MINILM} as features"
    ),
    "network": System(
        partial(_network, 1),
        f"a CRF behind two convolutions over the frozen {MPNET}'s vectors of a token and of its syntactic head"
        " and the features of `crf`",
        random=True,
    ),
    "networks": System(
        partial(_network, _NETWORKS), f"the mean of the scores of {_NETWORKS} such networks, begun differently"
    ),
}
