"""How much of an article another text holds, word for word."""

from __future__ import annotations


def longest_shared(text: str, article: str, known: int) -> int:
    """The length of the longest run of characters that both have, if it is longer than ``known``; else that."""
    runs = {article[at : at + known + 1] for at in range(len(article) - known)}
    for at in range(len(text) - known):
        while known < len(text) - at and text[at : at + known + 1] in runs:
            known += 1
            runs = {article[start : start + known + 1] for start in range(len(article) - known)}
    return known
