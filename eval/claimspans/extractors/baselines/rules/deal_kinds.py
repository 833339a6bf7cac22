"""Which words of an event name the same kind of deal: a gift is what was given, a sale what was sold."""

from __future__ import annotations

_KINDS = (
    "sale sell resell re-sell resale auction hawk",
    "gift give donate donation present bestow bequeath grant award",
    "loan lend",
    "lease rent rental hire charter",
    "purchase buy acquire acquisition procure procurement repurchase",
    "receipt receive get obtain",
    "order commission",
    "shipment ship",
    "delivery deliver hand handover turn bring land arrive reach arrival",
    "supply provide furnish arm equip",
    "export re-export reexport",
    "import",
    "transfer transport",
    "launch fire test test-fire test-launch",
    "use employ deploy",
)
_KIND_OF = {word: kind.split()[0] for kind in _KINDS for word in kind.split()}


def kind_of(lemma: str) -> str:
    """The noun of its kind; a word of no kind stands for itself."""
    return _KIND_OF.get(lemma, lemma)
