"""URIs of extractors, the adapters that they name, and how an adapter is loaded.

An adapter is a module of this folder with ``Options``, a struct of what a user may set, and
``load(target, options, setting) -> Loaded``; it imports what is heavy inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import msgspec

from ..data.label_map import LabelMap
from ..data.problems import ClaimspansError, short
from ..data.schema import Schema
from .contract import Answer, Article
from .secrets import KEY, TOKEN, has_credentials


class Scheme(msgspec.Struct, frozen=True):
    """A kind of extractor: its module here, the extra that it needs, the form of its URI, what it is."""

    module: str
    extra: str | None
    form: str
    about: str


SCHEMES: Mapping[str, Scheme] = {
    "rules": Scheme("adapters.builtin", "rules", "rules", "the baseline without training"),
    "crf": Scheme("adapters.crf", "crf", "crf, or crf:MODEL", "the trained baseline: the model that ships, or yours"),
    "py": Scheme("adapters.python", None, "py:MODULE:FUNCTION or py:FILE.py:FUNCTION", "a Python function"),
    "spacy": Scheme("adapters.spacy", "spacy", "spacy:PACKAGE or spacy:FOLDER", "the entities of a spaCy pipeline"),
    "hf": Scheme("adapters.huggingface", "hf", "hf:FOLDER", "a Hugging Face model for token classification"),
    "gliner": Scheme("adapters.gliner", "gliner", "gliner:FOLDER", "a GLiNER model"),
    "cmd": Scheme("adapters.command", None, 'cmd:"PROGRAM ARGUMENT…"', "a program: JSON lines on stdin and stdout"),
    "http": Scheme("adapters.http", "http", "http://HOST/PATH", "a service: POST an article, the answer comes back"),
    "https": Scheme("adapters.http", "http", "https://HOST/PATH", "the same, encrypted"),
    "openai": Scheme("openai.extractor", "http", "openai:URL#MODEL", "a language model by OpenAI's chat protocol"),
    "file": Scheme("adapters.file", None, "file:PREDICTIONS", "a predictions file, as if it were run"),
    "labelstudio": Scheme("adapters.labelstudio", None, "labelstudio:EXPORT.json", "an export of Label Studio"),
}


class Address(msgspec.Struct, frozen=True):
    """A URI in its parts: for ``http`` and ``https`` the target is the URI itself."""

    uri: str
    scheme: str
    target: str


class Setting(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is asked of an extractor: labels with what they mean; ``asked`` are the labels that it is asked for.

    ``asked`` has the system's own labels where there is a label map, and ours where there is none. Without a schema
    nobody has said what labels mean, and ``labels`` is empty.
    """

    labels: dict[str, str] = {}
    asked: tuple[str, ...] = ()
    schema: str | None = None
    """The path of the schema; what lies beside it, guidelines and gold, is that of its corpus."""

    @classmethod
    def of(
        cls,
        schema: Schema | None,
        label_map: LabelMap | None = None,
        names: Collection[str] = (),
    ) -> Setting:
        """That of a schema, or without one of labels by their ``names`` alone."""
        labels = {} if schema is None else {name: label.description for name, label in schema.labels.items()}
        mapped = [theirs for theirs, ours in (label_map or {}).items() if ours is not None]
        path = None if schema is None or schema.path is None else str(schema.path)
        return cls(labels, tuple(mapped) if label_map is not None else tuple(labels or names), path)


AnswerAll = Callable[[Sequence[Article]], Iterable[Answer]]
"""Articles → an answer for each, in any order."""


class Loaded(msgspec.Struct, frozen=True):
    """An extractor that is ready: ``answer`` takes articles and gives an answer for each, in any order.

    ``identity`` tells it from another: versions, and hashes of code and weights. A run that is resumed must find it
    unchanged. ``batch`` is how many articles it likes to get at once, ``workers`` how many copies of it may run.
    ``source`` is the file that a name was found in, where the user is to be told which one; ``files`` are those whose
    change makes it another one, as far as they are known.
    """

    answer: AnswerAll
    identity: Mapping[str, Any]
    batch: int = 1
    workers: int | None = None
    source: str | None = None
    files: tuple[str, ...] = ()


def parse(uri: str) -> Address:
    """A URI in its parts; raises `ClaimspansError` for one that names no kind of extractor."""
    scheme, colon, target = uri.partition(":")
    if scheme not in SCHEMES:
        hint = f"; for a predictions file write file:{uri}" if re.search(r"\.(jsonl|gz|parquet)$", uri) else ""
        known = "\n".join(f"  {kind.form:<44} {kind.about}" for kind in SCHEMES.values())
        raise ClaimspansError(f"{uri}: no such extractor{hint}; expected one of\n{known}")
    if scheme in ("http", "https"):
        target = uri
    if target and scheme in ("http", "https", "openai"):
        _refuse_secrets(scheme, target)
    if scheme == "rules" and colon:
        raise ClaimspansError(f"{uri}: rules takes nothing after it")
    if not target and scheme not in ("rules", "crf"):
        raise ClaimspansError(f"{uri}: expected {SCHEMES[scheme].form}")
    return Address(uri, scheme, target)


def _refuse_secrets(scheme: str, url: str) -> None:
    """Raise `ClaimspansError` for a URL with credentials: it is the name of a run, in files and messages."""
    try:
        parts = urlsplit(url)
        inside = has_credentials(parts)
    except ValueError as error:
        raise ClaimspansError(f"{scheme}: not a URL ({error}); expected {SCHEMES[scheme].form}") from error
    if inside:
        variable = KEY if scheme == "openai" else TOKEN
        raise ClaimspansError(
            f"{scheme}: the URL has credentials in it, and it would be written into files; leave them out, and give a "
            f"bearer token in the environment variable {variable}"
        )
    if not parts.hostname:
        raise ClaimspansError(f"{url}: has no host; expected {SCHEMES[scheme].form}")


def options_of(address: Address, given: Mapping[str, Any]) -> Any:
    """The options of an adapter, read from the strings of the command line or from values.

    Raises `ClaimspansError` for an option that it has not, and for a value that is none of its.
    """
    kind = adapter(address).Options
    known = ", ".join(f"{field.name} ({_default(field)})" for field in msgspec.structs.fields(kind)) or "none"
    try:
        return msgspec.convert(dict(given), kind, strict=False)
    except msgspec.ValidationError as error:
        raise ClaimspansError(
            f"{address.scheme}: {error}; it has these options, with their defaults: {known}"
        ) from error


def _default(field: msgspec.structs.FieldInfo) -> str:
    return "–" if field.default in (None, "", msgspec.NODEFAULT) else str(field.default)


def adapter(address: Address) -> Any:
    """The module of a URI's adapter."""
    return import_module(f"{__package__}.{SCHEMES[address.scheme].module}")


def load(address: Address, options: Mapping[str, Any], setting: Setting) -> Loaded:
    """The extractor of a URI, ready. Raises `ClaimspansError` for what its user can mend, such as a missing extra."""
    scheme = SCHEMES[address.scheme]
    known = options_of(address, options)
    try:
        loaded: Loaded = adapter(address).load(address.target, known, setting)
    except ModuleNotFoundError as error:
        if scheme.extra is None:
            raise
        raise ClaimspansError(
            f"{address.scheme} needs {error.name}, which is not installed: pip install 'claimspans[{scheme.extra}]'"
        ) from error
    except OSError as error:  # a name that no file can have, a folder that may not be read
        raise ClaimspansError(f"{short(address.uri)}: {error.strerror or error}; expected {scheme.form}") from error
    return loaded
