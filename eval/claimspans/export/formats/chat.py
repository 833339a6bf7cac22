"""Chat messages for supervised fine-tuning: JSON lines, an article a line, told and answered as under `openai:`."""

from __future__ import annotations

from collections import Counter

from .conversations import conversations
from .task import Part, Task, json_lines


def export(task: Task) -> Part:
    """``messages`` of system, user and assistant, and nothing else: what trainers and fine-tuning services take."""
    dropped: Counter[str] = Counter()
    rows = (
        {"messages": [*told, {"role": "assistant", "content": answer}]} for told, answer in conversations(task, dropped)
    )
    return Part(json_lines(rows), dropped)
