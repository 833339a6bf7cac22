"""Prompt and completion for supervised fine-tuning: JSON lines, an article a line, `chat` as plain text."""

from __future__ import annotations

from collections import Counter

from .conversations import conversations
from .task import Part, Task, json_lines


def export(task: Task) -> Part:
    """The messages with empty lines between them; the prompt ends its line, so that no token lies over both."""
    dropped: Counter[str] = Counter()
    rows = (
        {"prompt": "\n\n".join(message["content"] for message in told) + "\n", "completion": answer}
        for told, answer in conversations(task, dropped)
    )
    return Part(json_lines(rows), dropped)
