"""For whom a pronoun stands as a source: number, gender, sides and parts, in sentences that are in no corpus."""

from __future__ import annotations

import pytest

from ..helpers.attributions import read

pytestmark = pytest.mark.slow  # it loads spaCy

Who = tuple[str, str, str | None]

MEANT: dict[str, tuple[str, dict[str, Who]]] = {
    "apposition": (
        "Ingrid Moe, a retired baker, sold her bicycle. She says the guns were rusty.",
        {"She": ("Ingrid Moe", "person", None)},
    ),
    "calling": (
        "The grocer visited the nun. She denied that rifles were hidden in the cellar.",
        {"She": ("nun", "unnamed", None)},
    ),
    "first name": (
        "Emma Ruud met her lawyer Pavel Orlik. He thinks the guns were sold.",
        {"He": ("Pavel Orlik", "person", None)},
    ),
    "own colonel": (
        "A drummer came to see us; his captain, he says, believed that the shells were duds.",
        {"captain": ("drummer's captain", "unnamed", None), "he": ("drummer", "unnamed", None)},
    ),
    "state": (
        "Norway bought nine frigates. It now says that two of them leak.",
        {"It": ("Norway", "state", "NO")},
    ),
    "people": (
        "The Norwegians paid at once. They now complain that the frigates never came.",
        {"They": ("Norway", "state", "NO")},
    ),
    "its own paper": (
        "The Fjord Gazette dismissed its cook. On its last page it claims that drones were sold.",
        {"it": ("Fjord Gazette", "media", None)},
    ),
    "two named": (
        "Baker Ole Dahl and mason Nils Lie were freed. Both insist that the guns were toys.",
        {"Both": ("Ole Dahl and Nils Lie", "group", None)},
    ),
    "the pair": (
        "Norway and Peru share a wharf. The pair deny that guns were landed there.",
        {"pair": ("Norway and Peru", "group", None)},
    ),
    "latter": (
        "Norway and Peru share a wharf. The latter warned that the shells could explode.",
        {"latter": ("Peru", "state", "PE")},
    ),
    "one": (
        "Seven weavers saw the lorry. One now swears that it carried mortars.",
        {"One": ("weavers", "unnamed", None)},
    ),
    "ordinal": (
        "Seven weavers saw the lorry. The sixth swore on the Bible that it carried mortars.",
        {"sixth": ("weavers", "unnamed", None)},
    ),
    "one of them": (
        "Seven weavers saw the lorry. One of them explained by telephone that it carried mortars.",
        {"One of them": ("weavers", "unnamed", None)},
    ),
    "none": (
        "Seven weavers saw the lorry. None would confirm that it carried mortars.",
        {"None": ("weavers", "group", None)},
    ),
    "somebody": (
        "Somebody at the abbey told the cook that the guns were wooden.",
        {"Somebody at the abbey": ("somebody at the abbey", "unnamed", None)},
    ),
    "of a noun": (
        "Norway has lost a ship. Its claim that a storm sank it was not believed.",
        {"Its": ("Norway", "state", "NO")},
    ),
    "for a firm": (
        "Ann Berg, who runs the Welders' Union, said: “We doubt that the tanks were sold.”",
        {"Ann Berg": ("Ann Berg", "person", None), "We": ("Welders' Union", "organisation", None)},
    ),
    "guild before a role": (
        "“We doubt it,” wrote Glass Blowers' Guild treasurer Emma Ruud.",
        {"We": ("Glass Blowers' Guild", "organisation", None), "Emma Ruud": ("Emma Ruud", "person", None)},
    ),
    "firm with a sign before a role": (
        "“We doubt it,” Holm & Co director Emma Ruud said.",
        {"We": ("Holm & Co", "organisation", None), "Emma Ruud": ("Emma Ruud", "person", None)},
    ),
    "head of a guild, named behind it": (
        "“We doubt it,” said the head of the Welders' Guild, Emma Ruud.",
        {"We": ("Welders' Guild", "organisation", None), "Emma Ruud": ("Emma Ruud", "person", None)},
    ),
    "state as a woman": (
        "Norway has lost her fleet. In May she denied that guns were sold.",
        {"she": ("Norway", "state", "NO")},
    ),
    "state as a woman in its sentence": (
        "Peru paid for the jets, and now she says they leak.",
        {"she": ("Peru", "state", "PE")},
    ),
    "woman beside a state": (
        "Norway thanked the nurse. In May she denied that guns were sold.",
        {"she": ("nurse", "unnamed", None)},
    ),
    "his text before his name": (
        "His tombstone says that Captain Pavel Orlik sank the frigate.",
        {"tombstone": ("Pavel Orlik's tombstone", "document", None)},
    ),
    "his widow before his name": (
        "His widow says the stoker Pavel Orlik never saw the mine.",
        {"widow": ("Pavel Orlik's widow", "unnamed", None)},
    ),
    "client": (
        "The grocer's lawyer said that his client denied it.",
        {"lawyer": ("grocer's lawyer", "unnamed", None), "client": ("grocer", "unnamed", None)},
    ),
    "shared owner": (
        "The abbey was shut. Its cook and two other novices say that rifles were hidden there.",
        {"cook": ("abbey's cook", "unnamed", None), "novices": ("abbey's novices", "group", None)},
    ),
    "other first name": (
        "Pavel Orlik opened the crate. Emma Ruud shut the gate. He says the guns were rusty.",
        {"He": ("Pavel Orlik", "person", None)},
    ),
    "nobody of that name": (
        "Pavel Orlik says she told him that the guns were rusty.",
        {"Pavel Orlik": ("Pavel Orlik", "person", None), "she": ("she", "unnamed", None)},
    ),
    "owner behind": (
        "According to his wife, the docker sold the guns.",
        {"wife": ("docker's wife", "unnamed", None)},
    ),
    "predicate of a thing": (
        "The monk came at noon. The gun was a dummy, he says.",
        {"he": ("monk", "unnamed", None)},
    ),
    "predicate of a person": (
        "Pavel Orlik is the mayor of Oslo. The mayor says that the guns were toys.",
        {"mayor": ("Pavel Orlik", "person", None)},
    ),
    "the two": (
        "Pavel Orlik and Emma Ruud came by boat. The two suspect that the guns were toys.",
        {"two": ("Pavel Orlik and Emma Ruud", "group", None)},
    ),
    "another": (
        "One welder recalled that it was a gun, another that it was a pipe.",
        {"welder": ("welder", "unnamed", None), "another": ("welder", "unnamed", None)},
    ),
    "of the organ named": (
        "The Norwegian parliament sat late. Senators complained that the jets were too dear.",
        {"Senators": ("senators", "group", "NO")},
    ),
}


@pytest.mark.parametrize("name", MEANT)
def test_a_pronoun_is_the_one_that_it_stands_for(name: str) -> None:
    text, expected = MEANT[name]
    spans = [span for span in read(text).spans if span.label == "SPEAKER"]
    found = {s.text: (s.attributes["entity"], s.attributes["source_type"], s.attributes["country"]) for s in spans}
    assert found == expected
