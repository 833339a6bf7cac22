"""Read a folder's Croissant metadata with mlcroissant: a program for an environment that has it.

``python croissant_reader.py FOLDER`` prints, as JSON, the errors and warnings, and the records of every record set.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return None if value is not None and value != value else value  # noqa: PLR0124 -- NaN, where pandas has nothing


def main() -> None:
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=f"{sys.argv[1]}/croissant.json")
    issues = dataset.metadata.ctx.issues
    found = {
        "errors": sorted(map(str, issues.errors)),
        "warnings": sorted(map(str, issues.warnings)),
        "records": {
            each.id: [plain(record) for record in dataset.records(each.id)] for each in dataset.metadata.record_sets
        },
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
