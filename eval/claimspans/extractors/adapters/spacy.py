"""``spacy:package-or-folder``: the entities, or the span groups, of a spaCy pipeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from ...data.hashes import hash_of
from ...data.label_map import require_common
from ...data.problems import ClaimspansError
from ..contract import Answer, Article
from ..registry import Loaded, Setting
from .model_folders import said

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ENTITIES = "ents"


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What of a pipeline is asked, and how."""

    spans: Annotated[
        str, msgspec.Meta(description="which spans: `ents`, the entities, or the names of span groups; comma between")
    ] = ENTITIES
    disable: Annotated[str, msgspec.Meta(description="components to leave out, such as `parser`; comma between")] = ""
    batch: Annotated[int, msgspec.Meta(ge=1, description="articles that go through the pipeline at once")] = 16


def load(target: str, options: Options, setting: Setting) -> Loaded:
    """The pipeline; raises `ClaimspansError` where there is none of that name or it has none of the labels asked."""
    name = f"spacy:{target}"
    nlp, folder = _pipeline(name, target, _listed(options.disable))
    labels = {label for component, given in nlp.pipe_labels.items() if _makes_spans(nlp, component) for label in given}
    require_common(name, labels, {*setting.asked, *setting.labels})
    groups = _listed(options.spans)
    if not groups:
        raise ClaimspansError(f"{name}: spans is empty; expected {ENTITIES}, or the names of span groups")

    def answer(articles: Sequence[Article]) -> Iterator[Answer]:
        texts = (article.text for article in articles)
        for article, doc in zip(articles, nlp.pipe(texts, batch_size=options.batch), strict=True):
            yield {"doc": article.doc, **_found(doc, groups)}

    identity = {
        "spacy": version("spacy"),
        "pipeline": f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}",
        "weights": hash_of(folder),
    }
    return Loaded(answer, identity, batch=options.batch)


def _pipeline(name: str, target: str, disable: list[str]) -> tuple[Language, Path]:
    """The pipeline, and the folder that holds all of it."""
    import spacy

    path = Path(target)
    if not path.is_dir():
        nlp, path = _packaged(name, target, disable)
    else:
        try:
            nlp = spacy.load(path, disable=disable)
        except Exception as error:
            raise ClaimspansError(
                f"{name}: no pipeline that can be loaded; expected a folder written by nlp.to_disk ({said(error)})"
            ) from error
    unknown = set(disable).difference(nlp.component_names)
    if unknown:
        raise ClaimspansError(
            f"{name}: disable: no component {', '.join(sorted(unknown))}; it has {', '.join(nlp.component_names)}"
        )
    return nlp, path


def _packaged(name: str, target: str, disable: list[str]) -> tuple[Language, Path]:
    if not all(part.isidentifier() for part in target.split(".")):
        raise ClaimspansError(f"{name}: no such folder")
    try:
        module = import_module(target)
    except ModuleNotFoundError as error:
        if error.name != target.partition(".")[0]:
            raise
        raise ClaimspansError(
            f"{name}: neither a folder nor an installed package; pip install it, or name a folder"
        ) from error
    except Exception as error:
        raise ClaimspansError(f"{name}: the package cannot be imported ({said(error)})") from error
    if not hasattr(module, "load") or module.__file__ is None:
        raise ClaimspansError(
            f"{name}: a package that is no pipeline; expected one with load(), such as en_core_web_sm"
        )
    try:
        return module.load(disable=disable), Path(module.__file__).parent
    except Exception as error:
        raise ClaimspansError(f"{name}: the pipeline cannot be loaded ({said(error)})") from error


def _makes_spans(nlp: Language, component: str) -> bool:
    """Whether a component's labels may be those of spans: not where it says that it assigns something else alone."""
    assigned = nlp.get_pipe_meta(component).assigns
    return not assigned or any(place.startswith(("doc.ents", "doc.spans")) for place in assigned)


def _found(doc: Doc, groups: Sequence[str]) -> dict[str, Any]:
    spans: list[dict[str, Any]] = []
    for group in groups:
        if group == ENTITIES:
            found, scores = list(doc.ents), None
        elif group in doc.spans:
            found, scores = list(doc.spans[group]), doc.spans[group].attrs.get("scores")
        else:
            known = ", ".join([ENTITIES, *doc.spans])
            return {"error": f"the pipeline made no span group {group}; it made {known}"}
        for place, span in enumerate(found):
            given = {"label": span.label_, "start": span.start_char, "end": span.end_char, "text": span.text}
            spans.append(given if scores is None else given | {"score": float(scores[place])})
    if any("score" not in span for span in spans):
        # A curve over scores needs one of every span.
        spans = [{key: value for key, value in span.items() if key != "score"} for span in spans]
    return {"spans": spans}


def _listed(given: str) -> list[str]:
    return [part.strip() for part in given.split(",") if part.strip()]
