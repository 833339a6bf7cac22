"""Two annotation layers → one: what both have alike is taken, what differs is decided by somebody, and it is kept who.

`sides` puts an article's layers beside each other, `question` is what is asked and what was decided, `merge` makes the
outcome of them, `decisions` and `outcome` are the files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ...data.corpus import schema_of
from ...data.layer import Layer
from ...data.problems import ClaimspansError
from ...data.schema import Schema
from ..side_by_side import side_by_side
from .merge import Merged, merge
from .question import Decision, Question, decision
from .sides import Sides

__all__ = ["Ask", "Decision", "Merged", "Question", "Sides", "Stop", "adjudicate", "decision", "merge", "put_beside"]

Ask = Callable[[Question, Merged, Sides], "Decision | None"]
"""Asks somebody: the question, the outcome so far, the article. None leaves the question open; may raise `Stop`."""


class Stop(Exception):  # noqa: N818 -- nothing has gone wrong
    """Whoever is asked wants to go on another time."""


def put_beside(first: Layer, second: Layer, schema: Schema | None = None) -> list[Sides]:
    """The articles of two layers, each with both, in the order of the first.

    Raises `ClaimspansError` for layers of different articles, and for two layers of one name that differ: decisions
    name layers.
    """
    beside = side_by_side((first, second))
    if first.name == second.name and list(first) != list(second):
        raise ClaimspansError(f"two layers are called {first.name}; rename the folder of one")
    one, two = beside.names
    schema = schema or schema_of(first, second)
    return [Sides((one, two), (a, b), schema) for a, b in beside.articles]


def adjudicate(
    articles: Sequence[Sides], decisions: Callable[[], Mapping[str, Decision]], ask: Ask | None = None
) -> list[Merged]:
    """The outcome of each article under the decisions, ``ask`` being asked for every one that is not there.

    ``decisions`` gives those that there are, also what ``ask`` has added to them or taken back meanwhile. Once ``ask``
    has raised `Stop` nobody is asked any more.
    """
    known = dict(decisions())
    found = [merge(sides, known) for sides in articles]
    left: set[str] = set()
    while ask is not None:
        following = ((at, each) for at, one in enumerate(found) for each in one.open if each.key not in left)
        position, question = next(following, (0, None))
        if question is None:
            break
        try:
            answered = ask(question, found[position], articles[position])
        except Stop:
            break
        before, known = known, dict(decisions())
        if answered is None and known == before:
            left.add(question.key)
        changed = {key for key in {**before, **known} if before.get(key) != known.get(key)}
        for at, sides in enumerate(articles):
            if changed & sides.keys.keys():
                found[at] = merge(sides, known)
    return found
