"""Prompt and completion for supervised fine-tuning: JSON lines, an article a line, the answer as JSON of quotes."""

from __future__ import annotations

from collections import Counter

from .answers import answer, instruction, question
from .task import Part, Task, json_lines


def export(task: Task) -> Part:
    told = instruction(task)
    rows = (
        {
            "prompt": f"{told}\n\n{question(document)}\n\nAnswer:\n",
            "completion": answer(document, claims=task.claims),
        }
        for document in task.documents
    )
    return Part(json_lines(rows), Counter())
