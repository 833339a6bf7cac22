"""Which code a Python extractor is made of: the modules that are loaded with it and that nobody installed."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

from ..data.hashes import hash_of

_OURS = str(Path(__file__).parents[1])
_INSTALLED = tuple(f"{os.sep}{name}{os.sep}" for name in ("site-packages", "dist-packages"))


def loaded_code(named: str) -> dict[str, str]:
    """A hash of the file of each loaded module, by the module's name; of the ``named`` one in any case.

    Left out are the standard library, what is installed (in a folder site-packages or dist-packages), this package,
    and the program itself.
    """
    paths = sysconfig.get_paths()
    roots = tuple(f"{root}{os.sep}" for root in (_OURS, paths["stdlib"], paths["platstdlib"]))
    found = {}
    for name, module in sorted(sys.modules.items()):
        source = getattr(module, "__file__", None)
        if not isinstance(source, str):
            continue
        own = name != "__main__" and not source.startswith(roots) and not any(part in source for part in _INSTALLED)
        if (own or name == named) and Path(source).is_file():
            found[name] = hash_of(source)
    return found
