"""Croissant metadata (mlcommons.org/croissant/1.0) with the responsible-AI fields and the files' hashes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from ..data.column_types import Type
from ..data.hashes import sha256_of
from .about import About
from .field_descriptions import said_of
from .folder import cited, parquet_name
from .table_schema import Configuration
from .tables import CANARY, Tables

CROISSANT = "croissant.json"

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

_TYPES = {"string": "sc:Text", "int64": "sc:Integer", "float64": "sc:Float", "bool": "sc:Boolean"}


def metadata(
    folder: Path,
    tables: Tables,
    known: Mapping[str, Configuration],
    repo: str,
    columns: Mapping[str, str],
    about: About,
    version: str,
) -> Any:
    """The metadata of a folder with its Parquet files and CITATION.cff; ``columns`` describes the columns by name."""
    released = cited(folder).get("date-released")
    files = [(name, split, parquet_name(name, split)) for name, splits in tables.items() for split in splits]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": about.name,
        "description": f"{about.description} {CANARY}",
        "conformsTo": [
            "http://mlcommons.org/croissant/1.0",
            *(["http://mlcommons.org/croissant/RAI/1.0"] if about.responsible_ai else []),
        ],
        "url": f"https://huggingface.co/datasets/{repo}",
        "license": f"https://huggingface.co/datasets/{repo}/blob/main/LICENSE-DATA.md",
        "usageInfo": about.usage,
        "creator": {"@type": "sc:Organization", "name": about.creator},
        "version": version,
        **({"datePublished": str(released)} if released else {}),
        "inLanguage": "en",
        "isLiveDataset": False,
        "citeAs": f"{cited(folder)['title']}. Version {version}.",
        "keywords": about.keywords,
        **about.responsible_ai,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": path,
                "name": path,
                "description": f"{known[name].row}; {split}",
                "contentUrl": path,
                **_measured(folder, path),
            }
            for name, split, path in files
        ],
        "recordSet": [_record_set(known[name], split, path, columns) for name, split, path in files],
    }


def refreshed(said: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The metadata of a folder whose files were written anew: with the sizes and hashes that they have now."""
    files = [one | _measured(folder, one["@id"]) for one in said["distribution"]]
    return said | {"distribution": files}


def _measured(folder: Path, path: str) -> dict[str, str]:
    raw = (folder / path).read_bytes()
    return {"contentSize": f"{len(raw)} B", "encodingFormat": "application/x-parquet", "sha256": sha256_of(raw)}


def _record_set(table: Configuration, split: str, path: str, about: Mapping[str, str]) -> Any:
    name = f"{table.name}_{split}"
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"{table.row}; {split}",
        "key": [{"@id": f"{name}/{column}"} for column in table.key],
        "field": [
            _field(
                f"{name}/{column}", kind, _Place({"fileObject": {"@id": path}, "extract": {"column": column}}, about)
            )
            for column, kind in table.columns.items()
        ],
    }


class _Place(msgspec.Struct, frozen=True):
    """Where a field's values come from: a column, and the way to a part of it."""

    source: dict[str, Any]
    about: Mapping[str, str]
    inside: tuple[str, ...] = ()

    def said_of(self, name: str) -> str:
        return said_of(self.about, self.source["extract"]["column"], name) or name


def _field(identity: str, kind: Type, place: _Place) -> Any:
    """A field; a struct, or a list of structs, has sub-fields that pick their part of the column by a JSON path.

    No path reaches into a list of structs that lies in another, such as the cargo of an article's claims: it is left
    out there, and stands where the outer list is a table of its own.
    """
    name = identity.rpartition("/")[2]
    field = {"@type": "cr:Field", "@id": identity, "name": name, "description": place.said_of(name)}
    more: dict[str, Any] = {}
    if isinstance(kind, list):
        more["repeated"] = True
        kind = kind[0]
    if isinstance(kind, dict):
        inner = [
            _field(f"{identity}/{part}", each, _Place(place.source, place.about, (*place.inside, part)))
            for part, each in kind.items()
            if not (more and _is_list_of_structs(each))
        ]
        return field | more | {"subField": inner}
    data_type = _TYPES[kind] if isinstance(kind, str) else "sc:Integer"  # a number that stands for a tag
    path = {"transform": {"jsonPath": ".".join(place.inside)}} if place.inside else {}
    return field | more | {"dataType": data_type, "source": place.source | path}


def _is_list_of_structs(kind: Type) -> bool:
    return isinstance(kind, list) and isinstance(kind[0], dict)
