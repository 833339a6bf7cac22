"""JSON of other tools: each form is told by keys that no other form has, and its spans are found in one place of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from ..lines import Line
from ..problems import Problem
from ..schema import Schema
from . import token_tags
from .articles import Articles, Spans

Data = Mapping[str, Any]


class Form(msgspec.Struct, frozen=True):
    """A form: its name as the user knows it, whether an object has it, and an object's line as records."""

    name: str
    fits: Callable[[Data], bool]
    convert: Callable[[Line, Articles, Schema | None], Iterator[Line | Problem]]


class _FormError(ValueError):
    """The line has the form, and something in it cannot be read."""


def fitting(data: Data) -> list[Form]:
    """The forms that an object can be read as."""
    return [form for form in FORMS if form.fits(data)]


def _from(spans_of: Callable[[Data], Spans]) -> Callable[[Line, Articles, Schema | None], Iterator[Line | Problem]]:
    """A line's records, where its spans count in its ``text``."""

    def convert(line: Line, articles: Articles, _schema: Schema | None) -> Iterator[Line | Problem]:
        text = line.data.get("text")
        try:
            spans = [_checked(span) for span in spans_of(line.data)]
        except _FormError as error:
            yield Problem("form-broken", line.path, line.number, str(error))
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            detail = f"a span without {error}" if isinstance(error, KeyError) else f"a span of another shape: {error}"
            yield Problem("form-broken", line.path, line.number, detail)
        else:
            yield from articles.records(line, spans, text if isinstance(text, str) else None)

    return convert


def _checked(span: dict[str, Any]) -> dict[str, Any]:
    if any(type(span[name]) is not int for name in ("start", "end")):
        raise _FormError(f"offsets {span['start']!r} and {span['end']!r}; expected whole numbers")
    return {name: value for name, value in span.items() if value is not None}


# --- spaCy ------------------------------------------------------------------------------------------------------------


def _is_spacy(data: Data) -> bool:
    return "text" in data and isinstance(data.get("tokens"), list) and _has_groups(data)


def _has_groups(data: Data) -> bool:
    return isinstance(data.get("ents"), list) or isinstance(data.get("spans"), Mapping)


def _spacy(data: Data) -> Spans:
    groups = {f"spans[{name!r}]": spans for name, spans in (data.get("spans") or {}).items() if spans}
    if data.get("ents"):
        groups["ents"] = data["ents"]
    if len(groups) > 1:
        raise _FormError(f"spans in {' and '.join(groups)}; keep the group that is to be read")
    return [
        {"label": span["label"], "start": span["start"], "end": span["end"]}
        for spans in groups.values()
        for span in spans
    ]


# --- Hugging Face pipelines, GLiNER -----------------------------------------------------------------------------------

_LISTS = ("entities", "predictions", "ner", "output", "spans")


def _entities(data: Data) -> list[Any]:
    """The entities of an article, under whichever key its writer gave the list; a line may also be one entity."""
    return next((data[key] for key in _LISTS if isinstance(data.get(key), list)), [data])


def _is_pipeline(data: Data) -> bool:
    return any(isinstance(each, Mapping) and _is_of_pipeline(each) for each in _entities(data))


def _is_of_pipeline(entity: Data) -> bool:
    return "entity_group" in entity or ({"entity", "word"} <= entity.keys() and "label" not in entity)


def _pipeline(data: Data) -> Spans:
    spans = []
    for each in _entities(data):
        if "entity_group" not in each:
            raise _FormError(
                "an entity for each token; let the pipeline join them: pipeline(…, aggregation_strategy='simple')"
            )
        spans.append(
            {"label": each["entity_group"], "start": each["start"], "end": each["end"], "score": each.get("score")}
        )
    return spans


def _is_gliner(data: Data) -> bool:
    found = data.get("entities")
    return isinstance(found, list) and all(
        isinstance(each, Mapping) and {"start", "end", "label"} <= each.keys() for each in found
    )


def _gliner(data: Data) -> Spans:
    names = ("label", "start", "end", "text", "score")
    return [{name: each.get(name) for name in names} for each in data["entities"]]


# --- Prodigy, doccano -------------------------------------------------------------------------------------------------


def _is_prodigy(data: Data) -> bool:
    return "text" in data and bool({"_input_hash", "_task_hash", "answer"} & data.keys()) and not _has_groups(data)


def _prodigy(data: Data) -> Spans:
    if data.get("answer", "accept") != "accept":
        raise _FormError(f"the answer is {data['answer']!r}: nobody has accepted these spans; leave the line out")
    return [{name: span[name] for name in ("label", "start", "end")} for span in data.get("spans") or ()]


_DOCCANO = ("label", "labels")


def _is_doccano(data: Data) -> bool:
    if "text" not in data:
        return False
    lists = [data[key] for key in _DOCCANO if isinstance(data.get(key), list)]
    entities = data.get("entities")
    return any(all(isinstance(each, list) for each in found) for found in lists) or (
        isinstance(entities, list) and any(isinstance(each, Mapping) and "start_offset" in each for each in entities)
    )


def _doccano(data: Data) -> Spans:
    if isinstance(data.get("entities"), list):
        return [
            {"label": each["label"], "start": each["start_offset"], "end": each["end_offset"]}
            for each in data["entities"]
        ]
    found = next(data[key] for key in _DOCCANO if isinstance(data.get(key), list))
    return [{"label": label, "start": start, "end": end} for start, end, label in found]


# --- Label Studio -----------------------------------------------------------------------------------------------------


def _is_task(data: Data) -> bool:
    return isinstance(data.get("data"), Mapping) and bool({"annotations", "predictions"} & data.keys())


def _refused_task(line: Line, _articles: Articles, _schema: Schema | None) -> Iterator[Problem]:
    """Whose annotation of a task counts is for the user to say."""
    path = line.path.removesuffix(", record")
    detail = f"a task of Label Studio; give its export as an extractor: claimspans score labelstudio:{path}"
    yield Problem("form-broken", path, line.number, detail)


FORMS = (
    Form("an export of Label Studio", _is_task, _refused_task),
    Form("spaCy's Doc.to_json()", _is_spacy, _from(_spacy)),
    Form("a Hugging Face pipeline's entities", _is_pipeline, _from(_pipeline)),
    Form("GLiNER's entities", _is_gliner, _from(_gliner)),
    Form("Prodigy's JSON lines", _is_prodigy, _from(_prodigy)),
    Form("doccano's JSON lines", _is_doccano, _from(_doccano)),
    Form("tokens with BIO tags", token_tags.is_row, token_tags.convert),
)
