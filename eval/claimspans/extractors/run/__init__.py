"""Systems over articles: predictions, and what became of each article, in run folders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, overload

from ...data.corpus import Corpus
from ...data.problems import ClaimspansError
from ...data.records import Document
from ...data.schema import given_schema
from .folder import RunFolder, default_folder
from .local import Function, address_of
from .system import run_one
from .tally import Tally
from .workers import Limits

__all__ = ["Limits", "RunFolder", "Tally", "run"]


@overload
def run(
    system: str | Function, documents: Sequence[Document] | None = ..., folder: Path | str | None = ..., **more: Any
) -> Tally: ...


@overload
def run(
    system: Sequence[str | Function],
    documents: Sequence[Document] | None = ...,
    folder: Path | str | None = ...,
    **more: Any,
) -> list[Tally]: ...


def run(
    system: str | Function | Sequence[str | Function],
    documents: Sequence[Document] | None = None,
    folder: Path | str | None = None,
    **more: Any,
) -> Tally | list[Tally]:
    """Run a system over documents with texts, into a run folder, and say what became of them.

    A system is the URI of an extractor, or a function that takes an article as a dict and gives its spans. A function
    is called in this process, article by article, without the limits of the others, and afresh each time: nobody can
    see whether it is what it was. Of several systems each is run, into folders inside ``folder``. ``documents`` are
    the project's own articles unless given, the folder is ``runs/`` and the system's name; a run of something else
    that is there is then begun anew, and the last one that was finished kept beside, as NAME.previous. `score` takes
    what is returned. ``more`` are the keyword arguments of `run_one`, which also says what is raised; its schema
    may be a path.
    """
    more |= {"schema": given_schema(more.get("schema"))}
    if isinstance(system, str) or callable(system):
        return run_one(system, _documents(documents), _folder(system, folder, more), **more)
    if not isinstance(system, Sequence) or not all(isinstance(one, str) or callable(one) for one in system):
        kind = type(system).__name__
        raise ClaimspansError(f"{kind}: expected the URI of an extractor, a function, or a list of these")
    inside = Path("runs") if folder is None else Path(folder)
    names: Counter[str] = Counter()
    found = []
    for one in system:
        name = default_folder(_uri(one)).name
        names[name] += 1
        name += f"-{names[name]}" * (names[name] > 1)
        restart = {"restart": folder is None} | more
        found.append(run_one(one, _documents(documents), inside / name, **restart))
    return found


def _uri(system: str | Function) -> str:
    return system if isinstance(system, str) else address_of(system).uri


def _documents(given: Sequence[Document] | None) -> Sequence[Document]:
    return Corpus().plain() if given is None else given


def _folder(system: str | Function, given: Path | str | None, more: dict[str, Any]) -> Path:
    if given is None:
        more.setdefault("restart", True)
        return default_folder(_uri(system))
    return Path(given)
