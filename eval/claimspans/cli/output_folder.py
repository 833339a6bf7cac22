"""Where a command may write: a folder that it names, or the corpus at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..data.corpus import Corpus
from ..data.corpus_folder import ANNOTATIONS, is_chosen
from ..data.problems import ClaimspansError


class Folder(click.Path):
    """An empty name, such as that of a variable that is not set, is refused: it would be the current folder."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value):
            self.fail("is empty; name a folder, or . for the current one", param, ctx)
        return super().convert(value, param, ctx)


def corpus_to_change() -> Corpus:
    """The corpus at hand; raises `ClaimspansError` where it is but the one that ships, which nobody named."""
    if not is_chosen():
        raise ClaimspansError(
            "there is no corpus here: name one with --corpus, work in its folder, or make one with claimspans new DIR"
        )
    return Corpus()


def layers_folder(corpus: Corpus) -> Path:
    """Where new layers go: into the corpus, or beside where it is but the one that ships."""
    return corpus.root / ANNOTATIONS if is_chosen() else Path(ANNOTATIONS)
