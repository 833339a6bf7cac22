"""Label Studio: the articles as tasks with their annotations, and the page that shows them."""

from __future__ import annotations

import json
from collections import Counter

from ...data.problems import ClaimspansError
from ...labelstudio.config import configuration
from ...labelstudio.encode import to_task
from ...labelstudio.fields import Page
from .task import Part, Task


def export(task: Task) -> Part:
    """``tasks.json`` for the import of a project and ``config.xml``, its labelling configuration.

    Raises `ClaimspansError` for a gold without a schema, which the page is made from, and for what Label Studio
    would lose.
    """
    if task.schema is None:
        raise ClaimspansError("labelstudio makes its page from a schema: name that of your gold with --schema")
    page = Page(task.schema)
    tasks = [to_task(document, page, layer="annotations") for document in task.documents]
    lines = ",\n".join(json.dumps(each, ensure_ascii=False, allow_nan=False) for each in tasks)
    files = {"tasks.json": f"[\n{lines}\n]\n".encode(), "config.xml": configuration(task.schema).encode()}
    return Part(files, Counter())
