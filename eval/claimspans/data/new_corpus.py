"""A new corpus: a schema, a folder for texts, guidelines that are made from the schema, and what to do next."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from .corpus_folder import ANNOTATIONS, SCHEMA, SEEDS, SOURCES, is_corpus, shipped_corpus
from .files import write_folder
from .problems import ClaimspansError
from .schema import Schema, read_schema

SCHEMAS = ("claims", "spans")
"""The schemas that have a name: the project's own, and a template of three labels without claims."""


def new_corpus(path: Path, schema: str = "claims") -> Schema:
    """Make a corpus in a new or empty folder; ``schema`` is one of `SCHEMAS` or a file.

    Raises `ClaimspansError`, and makes nothing, for a folder with something in it and for a schema that cannot be.
    """
    if is_corpus(path):
        raise ClaimspansError(f"{path}: is a corpus already; name another folder")
    found = _schema(schema)
    name = Path(os.path.abspath(path)).name  # noqa: PTH100 -- links stay links
    files = {
        SCHEMA: found.raw,
        f"{SEEDS}/{SOURCES}": b"",
        f"{ANNOTATIONS}/GUIDELINES.md": guidelines(found).encode("utf-8"),
        "README.md": _readme(name).encode("utf-8"),
        # An article is its bytes: no tool may change its line ends.
        ".gitattributes": f"{SEEDS}/*.txt -text\n".encode(),
    }
    write_folder(path, files)
    return found


def _schema(name: str) -> Schema:
    if name == "claims":
        root = json.loads(read_schema(shipped_corpus() / SCHEMA).raw)
        # The examples are quotes of the project's articles, which no other corpus is about.
        root["$defs"] = {
            key: {word: said for word, said in part.items() if word != "examples"}
            for key, part in root["$defs"].items()
        }
        return Schema(json.dumps(root, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")
    if name == "spans":
        return read_schema(Path(__file__).parent / "templates" / "spans.json")
    if not Path(name).is_file():
        raise ClaimspansError(f"{name}: no such schema; expected {', '.join(SCHEMAS)}, or a file")
    return read_schema(name)


def guidelines(schema: Schema) -> str:
    """Guidelines with a table of each label, and a place for each rule that annotators need."""
    return "\n".join(_guidelines(schema)) + "\n"


def _guidelines(schema: Schema) -> Iterator[str]:
    yield from (
        "# Annotators' handbook",
        "",
        "What you mark, where each mark begins and ends, and what it says.",
    )
    # A language model is told this section too.
    yield from ("", "## One-page summary", "")
    numbered = list(schema.labels.values())
    yield from (f"{number}. **{label.name}**: {label.description}" for number, label in enumerate(numbered, 1))
    last = len(numbered) + 1
    yield f"{last}. A span has no white space at its edges. Two spans of one label never share a character."
    yield from ("", "## 0. What is read", "", *_stub("Which parts of an article are read, and which are zones."))
    for number, label in enumerate(numbered, 1):
        yield from ("", f"## {number}. {label.name}: {label.title}", "", schema.markdown(label.name))
        yield from _stub(
            f"What is {label.name}, and what is not.",
            "Where it begins and where it ends.",
            *(f"When which value of `{attribute.name}`." for attribute in label.attributes),
        )
    if schema.has_claims:
        about = schema.root["$defs"]["claim"].get("description", "")
        yield from ("", f"## {last}. Claims", "", about, "")
        yield from _stub("What is one claim, and what is two.")


def _stub(*rules: str) -> Iterator[str]:
    yield from ("| rule | ✓ | ✗ |", "| --- | --- | --- |", *(f"| {rule} | … | … |" for rule in rules))


def _readme(name: str) -> str:
    return f"""# {name}

A corpus for claimspans: `schema.json` says which labels there are, `seeds/` holds the texts, `annotations/` the layers.

    claimspans add FILE…             # texts, web pages, tables, a folder
    claimspans check                 # whether all is well, and how far the annotation is
    claimspans labelstudio up        # annotate; claimspans labelstudio pull fetches what was submitted
    claimspans agree A B             # compare two annotators; claimspans adjudicate A B makes one layer of two
    claimspans score EXTRACTOR       # run a system and score it against annotations/gold/
    claimspans release --version 1.0.0
"""
