"""What is said of a corpus where it is published: ``annotations/card.json``, or what holds for any."""

from __future__ import annotations

import tomllib
from email.utils import parseaddr
from importlib import metadata
from typing import Any

import msgspec

from ..data.corpus import Corpus
from ..data.corpus_folder import ANNOTATIONS, shipped_corpus
from ..data.problems import ClaimspansError

UNRELEASED = "0.0.0"
"""The version of a dataset whose corpus has no release yet."""

FILE = "card.json"


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``card`` holds further fields of the card's header (hf.co/docs/hub/datasets-cards), ``responsible_ai`` those of
    Croissant's extension; ``baselines`` says by name what must be known of a system's figures; ``task`` is what the
    Hub lists scores under, empty where it lists none. ``license`` is the Hub's word for the one licence of annotations
    and articles, where there is one; ``contact`` is an address to write to.
    """

    name: str
    pretty_name: str
    description: str
    license: str = "other"
    license_name: str = "annotations"
    contact: str = ""
    usage: str = "LICENSE-DATA.md says what may be done with the annotations and with the articles."
    creator: str = ""
    keywords: list[str] = []
    card: dict[str, Any] = {}
    responsible_ai: dict[str, Any] = {}
    task: str = ""
    baselines: dict[str, str] = {}


def about_of(corpus: Corpus) -> About:
    """What the corpus says of itself; raises `ClaimspansError` for a file that cannot be read."""
    path = corpus.root / ANNOTATIONS / FILE
    if path.is_file():
        try:
            return msgspec.json.decode(path.read_bytes(), type=About)
        except msgspec.MsgspecError as error:
            fields = ", ".join(About.__struct_fields__)
            raise ClaimspansError(f"{path}: {error}; it has the fields {fields}") from error
    labels = ", ".join(corpus.schema.labels)
    claims = ", with the claims that the spans add up to" if corpus.schema.has_claims else ""
    return About(
        name=corpus.name,
        pretty_name=corpus.name,
        description=f"Texts marked span by span ({labels}){claims}.",
        creator=f"The annotators of {corpus.name}",
        keywords=["span annotation"],
        card={"task_ids": ["named-entity-recognition"], "tags": ["span-annotation"]},
    )


class Addresses(msgspec.Struct, frozen=True):
    """Where the tool is, and whom to write to about the data; empty where nobody has said it."""

    tool: str
    contact: str

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The addresses that stand for one that is yet to be given: .invalid is nobody's domain (RFC 2606)."""
        return tuple(address for address in (self.tool, self.contact) if address.rstrip("/").endswith(".invalid"))


def addresses_of(corpus: Corpus) -> Addresses:
    """The addresses for a corpus's card: of the project's corpora those of pyproject.toml.

    Another corpus has the contact that its ``card.json`` names, and nobody else's placeholders.
    """
    project = _project_addresses()
    contact = about_of(corpus).contact
    if corpus.root.resolve().is_relative_to(shipped_corpus().resolve()):
        return Addresses(project.tool, contact or project.contact)
    return Addresses("" if project.placeholders else project.tool, contact)


def _project_addresses() -> Addresses:
    """The repository and the authors' address, from pyproject.toml or what an installed package says of itself."""
    path = shipped_corpus() / "pyproject.toml"
    if path.is_file():
        said = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
        return Addresses(said["urls"]["Repository"], said["authors"][0]["email"])
    installed = metadata.metadata("claimspans")
    urls = dict(url.split(", ", 1) for url in installed.get_all("Project-URL") or ())
    (author,) = installed.get_all("Author-email") or [""]
    return Addresses(urls.get("Repository", ""), parseaddr(author)[1])
