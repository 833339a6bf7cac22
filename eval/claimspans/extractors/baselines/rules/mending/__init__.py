"""What the small model gets wrong of a text time and again, mended by the words around it before anything is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import cited, garden_paths, loose_nouns, misparsed, openings, parted_subjects, set_apart

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..states import States


def mend(parsed: Doc, known: States) -> None:
    """Mend words, then phrases, then clauses of a copy of the model's parse, by the states that are known."""
    misparsed.mend(parsed, known)
    openings.mend(parsed, known)
    loose_nouns.mend(parsed)
    parted_subjects.mend(parsed)
    set_apart.mend(parsed)
    cited.mend(parsed)
    garden_paths.mend(parsed)
