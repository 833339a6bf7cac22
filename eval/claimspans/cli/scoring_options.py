"""What the commands that score share: against which gold, and how predictions are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click
import msgspec

from ..data.corpus import Corpus
from ..data.label_map import read_label_map
from ..data.layer import Layer
from ..data.offset_conventions import READINGS
from ..data.other_forms import selected_part
from ..data.problems import ClaimspansError
from ..data.schema import Schema, read_schema
from ..data.splits import docs_of
from ..scoring.inputs import Reading


class GoldOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The gold as the command line names it."""

    gold: str | None
    schema: str | None
    layer: str
    split: str | None

    def require(self) -> None:
        """Raise `click.UsageError` or `ClaimspansError` for a gold that cannot be, before anything is done."""
        if self.schema is not None and self.gold is None:
            raise click.UsageError("--schema describes the gold of a file: name it with --gold")
        if self.split is not None and self.gold is not None:
            raise click.UsageError("--split is one of the corpus, whose gold is no file: leave --gold out")
        if self.gold is not None and not selected_part(Path(self.gold))[0].exists():
            raise ClaimspansError(f"{self.gold}: no such file; expected the file of a gold (--layer names a layer)")

    @property
    def files(self) -> tuple[Path | str | None, ...]:
        """What is read for it, and must not be written over."""
        return (Corpus().layer_path(self.layer),) if self.gold is None else (self.gold, self.schema)

    def load(self) -> tuple[Layer | Path, Schema | None]:
        """What `claimspans.score` takes as gold, and its schema: None for one that says nothing of it."""
        self.require()
        if self.gold is None:
            corpus = Corpus()
            layer = corpus.load(self.layer)
            return layer if self.split is None else layer.only(docs_of(corpus, self.split)), layer.schema
        return Path(self.gold), None if self.schema is None else read_schema(self.schema)


class ReadingOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How predictions are read, as the command line says it."""

    label_map: str | None
    read_as: tuple[str, ...]

    @property
    def reading(self) -> Reading:
        label_map = None if self.label_map is None else read_label_map(self.label_map, None)
        return {"label_map": label_map, "read_as": self.read_as}


MAP = click.option(
    "--map",
    "label_map",
    metavar="THEIRS=OURS,…",
    help="Which label of the system is which of ours, or a file that says so. What is not mapped is left out.",
)
READING = (
    MAP,
    click.option(
        "--read-as",
        multiple=True,
        type=click.Choice(tuple(READINGS)),
        help="Read offsets, or ids in a file, otherwise than they stand: in UTF-16 units, in bytes, with ends that are "
        "the last character, from 1, ids without case, folder and ending; repeatable.",
    ),
)
_GOLD = (
    click.option("--gold", type=click.Path(), help="A gold in a file, of records or articles, not the corpus."),
    click.option(
        "--schema",
        type=click.Path(),
        help="The schema of that gold; without one its labels are those it holds.",
    ),
    click.option("--layer", default="gold", show_default=True, help="The annotation layer to score against."),
    click.option("--split", help="Score the articles of this split alone, such as test: splits.jsonl names them."),
)

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def gathering(name: str, kind: type[msgspec.Struct], options: Iterable[Decorator]) -> Decorator:
    """Give a command these options; it gets them together under ``name``, as a struct with a field for each."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        def gathered(**given: Any) -> Any:
            own = {field: given.pop(field) for field in kind.__struct_fields__}
            return command(**{name: kind(**own)}, **given)

        gathered.__doc__ = command.__doc__
        gathered.__click_params__ = list(getattr(command, "__click_params__", ()))  # type: ignore[attr-defined]
        for option in reversed(tuple(options)):
            gathered = option(gathered)
        return gathered

    return decorate


gold_options = gathering("against", GoldOptions, _GOLD)
reading_options = gathering("read", ReadingOptions, READING)
