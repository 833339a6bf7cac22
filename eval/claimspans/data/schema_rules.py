"""What a schema must have, each demand with its place and remedy; and what is added to one of labels alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

from .corpus_folder import SCHEMA, shipped_corpus
from .problems import ClaimspansError
from .records import Claim

_RECORDS = (
    "record",
    "prediction",
    "doc",
    "id",
    "id_or_null",
    "ids",
    "offset",
    "document",
    "zone",
    "span",
    "predicted_document",
    "rejected",
    "failure",
    "predicted_span",
    "predicted_span_fields",
    "source",
)
"""Definitions of records that are the same under any labels: a schema that lacks them has the project's."""

_CLAIMS = ("claim", "claim_fields", "predicted_claim", "predicted_claim_fields", "cargo")
"""Definitions that a schema has all of, or none."""

CLAIM_LABELS = ("SPEAKER", "QUANTITY", "ITEM", "DATE", "STANCE")
"""Labels that claims refer to."""

_RESERVED = frozenset({*_RECORDS, *_CLAIMS, "label"})
_LABEL_KEYWORDS = {"title": "WHAT IT IS", "description": "what it marks", "x-color": "#1f77b4", "x-hotkey": "1"}
_FIELDS = frozenset({"type", "doc", "id", "start", "end", "text", "occurrence", "score", "alignment"})
_COMPARE = ("equal", "name", "number", "edtf", "spans")


def read_json(raw: bytes, name: str) -> dict[str, Any]:
    """The schema as JSON; raises `ClaimspansError` with the place where it is none."""
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ClaimspansError(f"{name}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise ClaimspansError(
            f"{name}:{error.lineno}: not JSON: {error.msg} at column {error.colno}; mend it there"
        ) from error
    except (ValueError, RecursionError) as error:
        raise ClaimspansError(f"{name}: not JSON: {error}; expected a JSON Schema") from error
    if not isinstance(found, dict):
        raise ClaimspansError(f"{name}: holds {type(found).__name__}; expected a JSON object with x-version and $defs")
    return found


def completed(root: dict[str, Any], name: str) -> dict[str, Any]:
    """The schema with the definitions of records that it lacks; raises `ClaimspansError` for what it must have."""
    wrong = next(_heads(root), None) or next(_labels(root["$defs"]), None)
    if wrong is None:
        defs = _with_records(root["$defs"])
        root = root | {"$defs": defs}
        wrong = next(_claims(defs), None) or next(_dangling(root, "#", root), None)
        # Where there are no labels at all nothing is ever held to the schema.
        wrong = wrong or (_against_the_standard(root) if label_names(defs) else None)
    if wrong is not None:
        place, what, remedy = wrong
        raise ClaimspansError(f"{name}: {place}: {what}; {remedy}")
    return root


Wrong = tuple[str, str, str]
"""A place in the schema, what is wrong there, and what to do."""


def _heads(root: Mapping[str, Any]) -> Iterator[Wrong]:
    if not isinstance(root.get("x-version"), str) or not root["x-version"]:
        yield "x-version", "is not there", 'add a version of its own as a string, such as "x-version": "1.0.0"'
    if not isinstance(root.get("$defs"), dict):
        yield "$defs", "is not there", "add an object with label and a definition for each label"
        return
    options = root["$defs"].get("label")
    if not isinstance(options, dict) or not isinstance(options.get("oneOf"), list):
        yield "$defs/label/oneOf", "is not there", 'list the labels in it, each as {"$ref": "#/$defs/NAME"}'
        return
    for number, option in enumerate(options["oneOf"]):
        place = f"$defs/label/oneOf/{number}"
        reference = option.get("$ref") if isinstance(option, dict) else None
        if not isinstance(reference, str) or not reference.startswith("#/$defs/") or len(steps(reference)) != 2:
            yield place, f"is {json.dumps(option)}", 'write the label as {"$ref": "#/$defs/NAME"}'
        elif steps(reference)[1] not in root["$defs"]:
            known = f"$defs has no {steps(reference)[1]}"
            yield place, known, f"add $defs/{steps(reference)[1]}, or mend the reference"
        elif steps(reference)[1] in _RESERVED:
            yield place, f"{steps(reference)[1]} is the name of a record's definition", "rename the label"


def label_names(defs: Mapping[str, Any]) -> list[str]:
    """The labels in their order."""
    return [steps(option["$ref"])[1] for option in defs["label"]["oneOf"]]


def _labels(defs: Mapping[str, Any]) -> Iterator[Wrong]:
    seen: set[str] = set()
    for label in label_names(defs):
        part, place = defs[label], f"$defs/{label}"
        if label in seen:
            yield "$defs/label/oneOf", f"names {label} twice", "name each label once"
        seen.add(label)
        if not isinstance(part, dict):
            yield place, f"is {type(part).__name__}", "make it an object"
            continue
        for keyword, example in _LABEL_KEYWORDS.items():
            if not isinstance(part.get(keyword), str):
                yield f"{place}/{keyword}", "is not there", f"add it, such as {json.dumps({keyword: example})[1:-1]}"
        properties = part.get("properties", {})
        if not isinstance(properties, dict):
            yield f"{place}/properties", f"is {type(properties).__name__}", "make it an object of attributes"
            continue
        if properties.get("label", {"const": label}) != {"const": label}:
            remedy = f'write {{"const": "{label}"}}, or leave it out'
            yield f"{place}/properties/label", "names another label", remedy
        for name, body in properties.items():
            if name != "label":
                yield from _attribute(f"{place}/properties/{name}", name, body)


def _attribute(place: str, name: str, body: Any) -> Iterator[Wrong]:
    if not isinstance(body, dict):
        yield place, f"is {json.dumps(body)}", "make it an object with a description and a type"
        return
    if name in _FIELDS:
        yield place, f"{name} is a field of every span", "rename the attribute"
    if "description" not in body and "$ref" not in body:
        yield f"{place}/description", "is not there", "say in a sentence what it holds"
    if body.get("x-compare", "equal") not in _COMPARE:
        yield f"{place}/x-compare", f"is {body['x-compare']!r}", f"use one of {', '.join(_COMPARE)}, or leave it out"


def _with_records(defs: Mapping[str, Any]) -> dict[str, Any]:
    """The definitions, with those of records that are not there: the project's, without claims where there are none."""
    found = dict(defs)
    for label in label_names(defs):
        properties = {"label": {"const": label}} | defs[label].get("properties", {})
        required = list(dict.fromkeys(["label", *defs[label].get("required", ())]))
        found[label] = defs[label] | {"properties": properties, "required": required}
    missing = [name for name in _RECORDS if name not in defs]
    if not missing:
        return found
    ours = json.loads((shipped_corpus() / SCHEMA).read_bytes())["$defs"]
    for name in missing:
        found[name] = {key: value for key, value in ours[name].items() if key != "examples"}
    if "claim" not in defs:
        for name, claims in (("record", "claim"), ("prediction", "predicted_claim")):
            if name in missing:
                kept = [option for option in found[name]["oneOf"] if option != {"$ref": f"#/$defs/{claims}"}]
                found[name] = found[name] | {"oneOf": kept}
        if "predicted_document" in missing:
            document = found["predicted_document"]
            none = {"description": "There are no claims.", "type": "array", "maxItems": 0}
            found["predicted_document"] = document | {"properties": document["properties"] | {"claims": none}}
        if "id" in missing:
            found["id"] = found["id"] | {"description": "Unique within the article and the layer: s1, s2 …"}
    if "span" in missing:
        rules = [
            {
                "if": {"properties": {"label": {"const": label}}},
                "then": {"required": [name for name in found[label]["properties"] if name != "label"]},
            }
            for label in label_names(defs)
        ]
        found["span"] = {key: value for key, value in found["span"].items() if key != "allOf"} | (
            {"allOf": rules} if rules else {}
        )
    return found


def _claims(defs: Mapping[str, Any]) -> Iterator[Wrong]:
    there = [name for name in _CLAIMS if name in defs]
    if not there:
        return
    for name in _CLAIMS:
        if name not in defs:
            yield f"$defs/{name}", f"is not there, and {there[0]} is", f"add all of {', '.join(_CLAIMS)}, or none"
    fields = defs["claim_fields"].get("properties", {}) if isinstance(defs.get("claim_fields"), dict) else {}
    for name in fields:
        if name not in Claim.__struct_fields__:
            known = ", ".join(Claim.__struct_fields__)
            yield f"$defs/claim_fields/properties/{name}", "is no field of a claim", f"use one of {known}"
    lacking = [label for label in CLAIM_LABELS if label not in label_names(defs)]
    if lacking:
        yield (
            "$defs/claim",
            f"claims name spans of {', '.join(CLAIM_LABELS)}, and label/oneOf has no {', '.join(lacking)}",
            f"add the labels, or leave out {', '.join(_CLAIMS)}",
        )


def _dangling(part: Any, place: str, root: Mapping[str, Any]) -> Iterator[Wrong]:
    """References to what is not there."""
    if isinstance(part, list):
        for number, inner in enumerate(part):
            yield from _dangling(inner, f"{place}/{number}", root)
    elif isinstance(part, dict):
        # What leads out would be fetched from wherever it says, files of this machine too.
        for key in ("$ref", "$dynamicRef", "$recursiveRef"):
            if isinstance(part.get(key), str) and not part[key].startswith("#"):
                yield f"{place}/{key}".removeprefix("#/"), f"{part[key]} leads out of the schema", _INSIDE
        for key in ("$id", "$schema") if part is not root else ():
            if isinstance(part.get(key), str):
                yield f"{place}/{key}".removeprefix("#/"), "makes a schema of a part of one", "remove it"
        reference = part.get("$ref")
        if isinstance(reference, str) and reference.startswith("#"):
            found: Any = root
            for step in steps(reference):
                found = found.get(step) if isinstance(found, dict) else None
            if found is None:
                yield f"{place}/$ref".removeprefix("#/"), f"{reference} is not there", "add it, or mend the reference"
        for key, inner in part.items():
            yield from _dangling(inner, f"{place}/{key}", root)


_INSIDE = "copy what it names into $defs, and refer to that as #/$defs/NAME"
_STANDARD = "https://json-schema.org/draft/2020-12/schema"


def _against_the_standard(root: dict[str, Any]) -> Wrong | None:
    """The first thing that JSON Schema does not allow."""
    import jsonschema_rs

    try:
        jsonschema_rs.meta.validate(root | {"$schema": _STANDARD})
    except jsonschema_rs.ValidationError as error:
        place = "/".join(map(str, error.instance_path))
        return place, f"not JSON Schema: {error.message}", "mend it (json-schema.org, 2020-12)"
    return None


def reference(*names: str) -> str:
    """A reference inside the schema that goes through these names, as `steps` takes it apart."""
    return "#/" + "/".join(quote(name.replace("~", "~0").replace("/", "~1")) for name in names)


def steps(reference: str) -> list[str]:
    """The names that a reference inside the schema goes through: ``#/$defs/ARMED%20GROUP`` (RFC 6901, section 6)."""
    found = unquote(reference).removeprefix("#/").split("/")
    return [step.replace("~1", "/").replace("~0", "~") for step in found]
