"""The dataset folder on disk: Parquet and JSON lines, its manifest, and how it takes the place of an earlier build."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ..data.column_types import Tags, Type
from ..data.files import whole_folder
from ..data.hashes import sha256_of
from ..data.problems import ClaimspansError
from .table_schema import Configuration
from .tables import Row, Tables

if TYPE_CHECKING:
    from datasets import Features

MANIFEST = "build.json"
CARD = "README.md"
CITATION = "CITATION.cff"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder was built from, and the SHA-256 of each of its other files.

    ``hydrated``: it was published without the articles, and somebody's own copies were put in. ``reserved`` are the
    articles whose text it holds though no licence lets anybody publish it; None where nobody recorded that.
    ``reanchored`` are the articles whose text is a near copy, with what could not be placed in it. ``parts`` are the
    corpora of a dataset of several, each in a folder of its name that is a build of its own. ``placeholders`` are the
    addresses in the card that are yet to be given.
    """

    made_by: str
    dataset: str
    schema: str
    signature: str
    standoff: bool
    hydrated: bool = False
    reserved: tuple[str, ...] | None = None
    reanchored: dict[str, tuple[str, ...]] = {}
    parts: dict[str, str] = {}
    placeholders: tuple[str, ...] = ()
    repo: str
    canary: str
    rows: dict[str, dict[str, int]]
    files: dict[str, str]

    @property
    def foreign_texts(self) -> str:
        """Whose texts it holds that only their publishers may publish, in words; empty where it holds none."""
        if self.standoff or (self.reserved == () and not self.hydrated):
            return ""
        return f"articles {', '.join(self.reserved)}" if self.reserved else "its articles"

    def path_of(self, configuration: str, split: str) -> str:
        """The Parquet file of a configuration's split, which of several corpora lies in the folder of its own."""
        part, _, table = configuration.partition("-") if self.parts else ("", "", configuration)
        return f"{part}/{parquet_name(table, split)}" if part else parquet_name(table, split)


def parquet_name(configuration: str, split: str) -> str:
    return f"{configuration}/{split}-00000-of-00001.parquet"


def jsonl_name(configuration: str, split: str) -> str:
    return f"jsonl/{configuration}/{split}.jsonl"


def needs_hub() -> None:
    """Raises `ClaimspansError` where the extra is missing, before any work is done."""
    try:
        import datasets  # noqa: F401
        import huggingface_hub  # noqa: F401
    except ImportError as error:
        raise ClaimspansError(
            f"this needs {error.name}, which is not installed: pip install 'claimspans[hub]'"
        ) from error


def features_of(columns: Mapping[str, Type]) -> Features:
    """The columns as datasets declares them."""
    from datasets import ClassLabel, Features, Value

    def feature(kind: Type) -> Any:
        if isinstance(kind, Tags):
            return ClassLabel(names=list(kind.names))
        if isinstance(kind, dict):
            return {name: feature(inner) for name, inner in kind.items()}
        return [feature(kind[0])] if isinstance(kind, list) else Value(kind)

    return Features({name: feature(kind) for name, kind in columns.items()})


def write_tables(folder: Path, tables: Tables, known: Mapping[str, Configuration]) -> None:
    """Each configuration and split as Parquet, for the loader, and as JSON lines, for everybody else."""
    from datasets import Dataset, disable_progress_bars, enable_progress_bars, is_progress_bar_enabled

    shown = is_progress_bar_enabled()
    disable_progress_bars()
    try:
        for name, splits in tables.items():
            features = features_of(known[name].columns)
            for split, rows in splits.items():
                for path in (folder / parquet_name(name, split), folder / jsonl_name(name, split)):
                    path.parent.mkdir(parents=True, exist_ok=True)
                Dataset.from_list(rows, features=features).to_parquet(folder / parquet_name(name, split))
                lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
                (folder / jsonl_name(name, split)).write_text(lines, encoding="utf-8")
    finally:
        if shown:
            enable_progress_bars()


def read_jsonl(folder: Path, configuration: str, split: str) -> list[Row]:
    """The rows of a split; raises `ClaimspansError` for a file that is not there or is not JSON lines."""
    path = folder / jsonl_name(configuration, split)
    try:
        return lines_of(path)
    except (OSError, ValueError) as error:
        raise ClaimspansError(f"{path}: cannot be read ({error}); build the folder again") from error


def lines_of(path: Path) -> list[Row]:
    """The values of JSON lines; a text may hold other ends of a line, such as U+2028, which end none here."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def cited(folder: Path) -> dict[str, Any]:
    """What a folder's CITATION.cff says."""
    import yaml

    said: dict[str, Any] = yaml.safe_load((folder / CITATION).read_text(encoding="utf-8"))
    return said


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a folder but the manifest, by its path, in order."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {
        name: sha256_of(path.read_bytes())
        for name, path in names.items()
        # huggingface_hub keeps its bookkeeping in .cache, and .gitattributes is the Hub's own.
        if name not in (MANIFEST, ".gitattributes") and not name.startswith(".cache/")
    }


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a build; raises `ClaimspansError` where there is none."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError as error:
        free = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
        remedy = f"make it with: claimspans hub build {folder}" if free else "name a folder that hub build wrote"
        raise ClaimspansError(f"{folder}: no build of ours: it has no {MANIFEST}; {remedy}") from error
    except (OSError, msgspec.MsgspecError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise ClaimspansError(f"{folder / MANIFEST}: cannot be read ({said}); build or download it again") from error


def refuse_foreign(target: Path) -> None:
    """Raises `ClaimspansError` unless the folder is not there, is empty, or holds an earlier build and nothing else."""
    if not target.exists():
        return
    if not target.is_dir():
        raise ClaimspansError(f"{target}: is a file; expected a folder to build into")
    if not any(target.iterdir()):
        return
    if not (target / MANIFEST).is_file():
        raise ClaimspansError(
            f"{target}: is not empty and no earlier build of ours; name an empty folder, or one that is not there"
        )
    foreign = [name for name in hashes(target) if name not in read_manifest(target).files]
    if foreign:
        raise ClaimspansError(
            f"{target}: holds {', '.join(foreign[:3])}{' …' if len(foreign) > 3 else ''}, which an earlier build did "
            "not write and a new one would remove; move it elsewhere, or name another folder"
        )


@contextmanager
def taking_the_place_of(target: Path) -> Iterator[Path]:
    """A new folder that takes the place of an earlier build when all went well; see `refuse_foreign`."""
    refuse_foreign(target)
    with whole_folder(target) as made:
        yield made
