"""``py:module:function``: a Python function, or a class that is made once and called for each article.

It gets one article as a dict (``doc``, ``text``, ``published``) and gives its spans, or a whole answer
(`claimspans.extractors.python_answers`). A module is looked for where Python has its own and the installed ones, and
behind them in the working folder; a file is taken by its path.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from ...data.problems import ClaimspansError
from ..contract import Answer, Article, Refused
from ..python_answers import answer_of
from ..registry import AnswerAll, Loaded, Setting
from ..source_code import loaded_code
from ..tracebacks import raised, users_traceback


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing can be set: bind what a function needs in the function."""


def load(target: str, _options: Options, _setting: Setting) -> Loaded:
    """The function; raises `ClaimspansError` where the module cannot be imported or has no such callable."""
    place, colon, name = target.rpartition(":")
    if not colon or not place or not name:
        raise ClaimspansError(f"py:{target}: expected py:MODULE:FUNCTION or py:FILE.py:FUNCTION")
    module = _module(target, place)
    found: Any = module
    for step in name.split("."):
        found = getattr(found, step, None)
    if inspect.isclass(found):
        found = _called(target, found)
    if found is not None and not callable(found):
        kind = type(found).__name__
        raise ClaimspansError(f"py:{target}: {name} cannot be called, it is {kind}; expected a function, or __call__")
    if inspect.iscoroutinefunction(found) or inspect.isasyncgenfunction(found):
        raise ClaimspansError(f"py:{target}: {name} is async; name a function that awaits it, as with asyncio.run")
    source = getattr(module, "__file__", None)
    if found is None:
        known = sorted(key for key, value in vars(module).items() if callable(value) and not key.startswith("_"))
        raise ClaimspansError(
            f"py:{target}: {place} has no function {name}; it has {', '.join(known[:10]) or 'none'}"
            + (f"; it is {source}: a file of yours is named by its path, py:FILE.py:{name}" if source else "")
        )
    code = loaded_code(module.__name__)
    files = tuple(str(sys.modules[name].__file__) for name in code if name in sys.modules)
    return Loaded(answers(found), {"code": code}, source=source, files=files)


def _module(target: str, place: str) -> ModuleType:
    """The module of a name, or that of a file; what they import is looked for in their folder last of all."""
    path = Path(place)
    of_file = path.suffix == ".py"
    if of_file and not path.is_file():
        raise ClaimspansError(f"py:{target}: {place}: no such file")
    _look_behind(*([path.resolve().parent] if of_file else []), Path.cwd())
    try:
        return _of_file(path.resolve()) if of_file else importlib.import_module(place)
    except Exception as error:  # whatever the user's module does when it is imported
        raise ClaimspansError(f"py:{target}: {place} cannot be imported: {_said(error)}") from error


def _of_file(path: Path) -> ModuleType:
    """The module of a file, under the file's name unless another module has that: who imports it means the other."""
    name = path.stem
    found = importlib.util.find_spec(name) if name.isidentifier() and name not in sys.modules else None
    if found is None or found.origin != str(path):
        name = f"py:{name}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None  # noqa: S101 -- a file that ends in .py has one
    assert spec.loader is not None  # noqa: S101
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _look_behind(*folders: Path) -> None:
    """Look for modules in these folders too, behind all others: no file there takes the place of an installed one."""
    sys.path += [str(folder) for folder in folders if str(folder) not in sys.path]


def _called(target: str, found: Callable[[], Any]) -> Any:
    try:
        return found()
    except Exception as error:
        raise ClaimspansError(f"py:{target}: cannot be made: {_said(error)}") from error


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}\n{textwrap.indent(users_traceback(error), '  ')}"


def answers(function: Callable[[dict[str, Any]], Any]) -> AnswerAll:
    """A function of one article as an adapter's; an exception is that article's error."""

    def answer(articles: Sequence[Article]) -> Iterator[Answer]:
        for article in articles:
            record = msgspec.to_builtins(article)
            try:
                given = function(record)
                found = answer_of(given)  # a generator runs only now
            except Refused:
                raise
            except Exception as error:  # noqa: BLE001 -- one article's failure is that article's
                yield {"doc": article.doc, **raised(error)}
                continue
            if found is None:
                kind = type(given).__name__
                found = {"error": f"the function gave {kind}; expected spans, or an answer"}
            yield {"doc": article.doc, **found}

    return answer
