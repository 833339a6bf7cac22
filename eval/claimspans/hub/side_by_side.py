"""Several corpora as one dataset: each is a build in a folder of its name, and above them stand one card and header.

A configuration is named for its corpus and its table, such as ``wire-spans``.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from ..data.corpus import Corpus
from ..data.problems import ClaimspansError
from ..report.templates import fill
from .about import UNRELEASED, about_of
from .build import seal, sources, write
from .card import bibtex, closing, facts_of
from .eval_yaml import eval_yaml
from .folder import CARD, CITATION, Manifest, cited, needs_hub, taking_the_place_of
from .header import Sources, front_matter
from .published import valid_name
from .tables import CANARY

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def build_parts(
    out: Path | str,
    parts: Mapping[str, Corpus],
    predictions: Mapping[str, Path | str] | None = None,
    *,
    with_articles: bool = False,
    repo: str | None = None,
) -> Manifest:
    """Write a dataset of several corpora by name, whole or not at all; each is built as `build.build` does it.

    ``predictions`` are named for their part and system, such as ``wire/rules``. Citation, version and what the Hub
    lists the dataset under are those of the first. Raises what `build.build` raises, and `ClaimspansError` for fewer
    than two corpora and for a name that is none.
    """
    needs_hub()
    given = predictions or {}
    _refuse(parts, given)
    first = next(iter(parts.values()))
    repo = repo or f"OWNER/{about_of(first).name}"
    valid_name(repo)
    with taking_the_place_of(Path(out)) as folder:
        made: list[Sources] = []
        manifests: dict[str, Manifest] = {}
        for name, corpus in parts.items():
            (folder / name).mkdir()
            systems = {key.partition("/")[2]: path for key, path in given.items() if key.partition("/")[0] == name}
            one = sources(folder / name, corpus, systems, repo, with_articles=with_articles, part=name)
            made.append(one)
            manifests[name] = write(one)
        (folder / "LICENSE-DATA.md").write_text(_rights(made), encoding="utf-8")
        shutil.copyfile(made[0].folder / CITATION, folder / CITATION)
        if task := about_of(first).task:
            (folder / "eval.yaml").write_text(eval_yaml(task, made[0].prefix), encoding="utf-8")
        (folder / CARD).write_text(f"---\n{front_matter(made, beside=True)}\n---\n\n{_card(made)}", encoding="utf-8")
        return seal(folder, _manifest(made, manifests))


def _refuse(parts: Mapping[str, Corpus], predictions: Mapping[str, Path | str]) -> None:
    if len(parts) < 2:
        raise ClaimspansError(f"{', '.join(parts) or 'no part'}: a dataset of several corpora has two parts or more")
    for name in parts:
        if not _NAME.fullmatch(name):
            raise ClaimspansError(f"{name!r}: no name of a part; expected small letters, figures and '_'")
    for key in predictions:
        part, _, system = key.partition("/")
        if part not in parts or not system:
            raise ClaimspansError(
                f"{key}: of which part? name predictions PART/NAME, such as {next(iter(parts))}/rules; "
                f"the parts are {', '.join(parts)}"
            )


def _manifest(made: list[Sources], manifests: Mapping[str, Manifest]) -> Manifest:
    """The manifest of all: it holds whatever text one of them holds."""
    first = manifests[made[0].part]
    return Manifest(
        made_by=first.made_by,
        dataset=made[0].corpus.version or UNRELEASED,
        schema=first.schema,
        signature=" ".join(one.signature for one in manifests.values()),
        standoff=all(one.standoff for one in manifests.values()),
        reserved=tuple(doc for one in manifests.values() for doc in one.reserved or ()),
        parts={one.part: one.corpus.name for one in made},
        placeholders=tuple(dict.fromkeys(each for one in manifests.values() for each in one.placeholders)),
        repo=first.repo,
        canary=CANARY,
        rows={f"{part}-{name}": splits for part, one in manifests.items() for name, splits in one.rows.items()},
        files={},
    )


def _rights(made: list[Sources]) -> str:
    """What each part's LICENSE-DATA.md says."""
    said = ((one.part, (one.folder / "LICENSE-DATA.md").read_text(encoding="utf-8")) for one in made)
    return "\n".join(f"# {part}\n\n{text.partition(chr(10))[2].strip()}\n" for part, text in said)


def _card(made: list[Sources]) -> str:
    """The card's text: what the parts are, and how to load them; each has its own card in its folder."""
    abouts = {one.part: about_of(one.corpus) for one in made}
    rows = [
        {
            "part": one.part,
            "about": abouts[one.part].description,
            "standoff": one.standoff,
            "articles": len(one.gold),
            "spans": sum(len(document.spans) for document in one.gold),
            "claims": sum(len(document.claims) for document in one.gold),
            "tables": {
                name: {split: len(found) for split, found in splits.items()} for name, splits in one.tables.items()
            },
            "splits": list(dict.fromkeys(split for splits in one.tables.values() for split in splits)),
            "systems": list(one.predictions),
        }
        for one in made
    ]
    about = abouts[made[0].part]
    return fill(
        "parts.md",
        "hub/templates",
        escape=False,
        pretty_name=about.pretty_name,
        parts=rows,
        repo=made[0].repo,
        canary=CANARY,
        bibtex=bibtex(about.name, cited(made[0].folder), made[0].repo),
        closing=closing(facts_of(made[0])),
    )
