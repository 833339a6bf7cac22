"""Chat messages for supervised fine-tuning: JSON lines, an article a line, the answer as JSON of quotes."""

from __future__ import annotations

from collections import Counter

from .answers import answer, instruction, question
from .task import Part, Task, json_lines


def export(task: Task) -> Part:
    """``messages`` of system, user and assistant, and nothing else: what trainers and fine-tuning services take."""
    told = instruction(task)
    rows = (
        {
            "messages": [
                {"role": "system", "content": told},
                {"role": "user", "content": question(document)},
                {"role": "assistant", "content": answer(document, claims=task.claims)},
            ]
        }
        for document in task.documents
    )
    return Part(json_lines(rows), Counter())
