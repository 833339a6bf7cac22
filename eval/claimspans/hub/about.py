"""What is said of a corpus where it is published: ``annotations/card.json``, or what holds for any."""

from __future__ import annotations

from typing import Any

import msgspec

from ..data.corpus import Corpus
from ..data.corpus_folder import ANNOTATIONS
from ..data.problems import ClaimspansError

UNRELEASED = "0.0.0"
"""The version of a dataset whose corpus has no release yet."""

FILE = "card.json"


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``card`` holds further fields of the card's header (hf.co/docs/hub/datasets-cards), ``responsible_ai`` those of
    Croissant's extension; ``baselines`` says by name what must be known of a system's figures; ``task`` is what the
    Hub lists scores under, empty where it lists none.
    """

    name: str
    pretty_name: str
    description: str
    license_name: str = "annotations"
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
        card={"tags": ["span-annotation"]},
    )
