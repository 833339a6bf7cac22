"""Words and phrases that take a position, one sentence for each, and look-alikes that take none."""

from __future__ import annotations

import pytest

from ..helpers.attributions import Cues, cues, read

pytestmark = pytest.mark.slow

POSITIONS: dict[str, tuple[str, Cues]] = {
    "holes picked": ("The engineers poked holes in the report.", [("poked", "dispute", ["engineers"])]),
    "holes shot": ("The soldiers shot holes in the tank.", []),
    "cold water": ("The ministry poured cold water on the claim.", [("poured", "dispute", ["ministry"])]),
    "water": ("The mechanic poured cold water on the engine.", []),
    "issue": ("The union took issue with the tally.", [("took", "dispute", ["union"])]),
    "differing": ("The envoy begged to differ.", [("begged", "dispute", ["envoy"])]),
    "merit": ("The minister sees no merit in the charge.", [("sees", "dispute", ["minister"])]),
    "no merit not seen": ("The firm did not pick holes in the report.", [("pick", "evasion", ["firm"])]),
    "scotched": ("The envoy scotched the rumour.", [("scotched", "denial", ["envoy"])]),
    "quashed": ("The officer quashed the mutiny.", []),
    "pooh-poohed": ("The admiral pooh-poohed the report.", [("pooh-poohed", "dispute", ["admiral"])]),
    "not bought": ("The panel did not buy the story.", [("buy", "dispute", ["panel"])]),
    "not purchased": ("The firm did not buy the rifles.", []),
    "judged behind its clause": (
        "The minister finds the allegation that he sold mines preposterous.",
        [("finds", "dispute", ["minister"])],
    ),
    "own tongue": ("The envoy held her tongue about the shells.", [("held", "evasion", ["envoy"])]),
    "not a word": ("Of the rifles the ministry breathed not a word.", [("breathed", "evasion", ["ministry"])]),
    "no word breathed": (
        "The colonel would not breathe a word about the mortars.",
        [("breathe", "evasion", ["colonel"])],
    ),
    "stonewalled": ("The firm stonewalled when asked about it.", [("stonewalled", "evasion", ["firm"])]),
    "left open": ("The minister left open whether the guns were sold.", [("left", "evasion", ["minister"])]),
    "gate left open": ("The dealer left the gate open.", []),
    "silent": ("The envoy fell silent when it was mentioned.", [("silent", "evasion", ["envoy"])]),
    "owned to nothing": ("The minister would own to nothing.", [("own", "evasion", ["minister"])]),
    "neither behind": ("The army disclaimed neither the tanks nor the crew.", [("disclaimed", "evasion", ["army"])]),
    "none behind": ("The army confirmed none of it.", [("confirmed", "evasion", ["army"])]),
    "refused to refute": ("The envoy declined to rebut the charge.", [("declined", "evasion", ["envoy"])]),
    "not retracted": ("The panel did not repudiate the figure.", [("repudiate", "evasion", ["panel"])]),
    "without behind no subject": (
        "Without denying the sale, the dealer noted that he had paid.",
        [("denying", "evasion", ["dealer"]), ("noted", "assertion", ["dealer"])],
    ),
    "fronted": ("From denying the sale of shells the railway refrained.", [("refrained", "evasion", ["railway"])]),
    "not untrue": ("“It is not untrue,” said Lund.", [("said", "evasion", ["Lund"])]),
    "denied to somebody": ("Chile denied the envoy a visa.", []),
    "denied entry": ("The port denied the freighter entry.", []),
    "denied herself": ("The queen denies herself nothing.", []),
    "among": ("Among the pilots there is unease about the drones.", [("unease", "concern", ["pilots"])]),
    "given": ("The sale gave the admirals the jitters.", [("jitters", "concern", ["admirals"])]),
    "seized": ("Panic over the gas shells seized the townspeople.", [("Panic", "concern", ["townspeople"])]),
    "to a dismay": ("Much to the mayor's dismay, the shells were sold.", [("dismay", "concern", ["mayor"])]),
    "voiced in a clause": (
        "The fears that the union voiced about the shells were ignored.",
        [("fears", "concern", ["union"])],
    ),
    "source of worry": ("The shells are a source of anxiety for farmers.", [("anxiety", "concern", ["farmers"])]),
    "a body's": ("Ministry qualms about the sale have grown.", [("qualms", "concern", ["Ministry"])]),
    "made plain": ("The colonel made plain his misgivings about it.", [("misgivings", "concern", ["colonel"])]),
    "company": ("The firm is a going concern.", []),
    "nobody's": ("Concern over the drones is mounting.", []),
    "wrong beside a feeling": (
        "The envoy expressed dismay at the illegal sale of guns by Chile.",
        [("dismay", "condemnation", ["envoy"])],
    ),
    "manner": ("“Rust,” croaked the gunner.", [("croaked", "assertion", ["gunner"])]),
    "sung": ("The choir sang in the square.", []),
    "cleft act": ("It was we who sold the guns, the brothers said.", [("said", "confirmation", ["brothers"])]),
    "gerund act": ("The dealer bragged of having sold mortars.", [("bragged", "confirmation", ["dealer"])]),
    "proves nothing": (
        "The telegram, the historian argues, proves nothing about the sale.",
        [("argues", "dispute", ["historian"])],
    ),
    "weak case": ("The general says the tally is full of holes.", [("says", "dispute", ["general"])]),
    "no account": ("The envoy said on no account had shells been shipped.", [("said", "denial", ["envoy"])]),
    "whole cloth": ("The story is made of whole cloth, said the consul.", [("said", "denial", ["consul"])]),
    "yet to see": ("The pilot swore that he had yet to see a missile.", [("swore", "evasion", ["pilot"])]),
    "affront": ("The envoy said the sale was an affront.", [("said", "condemnation", ["envoy"])]),
    "menace": ("The mayor said the mines were a menace.", [("said", "concern", ["mayor"])]),
    "whose": (
        "Ana Lund, whose denial that any gun was sold was brief, has left.",
        [("denial", "denial", ["Ana Lund"])],
    ),
    "in whose view": ("The pilot, in whose view the bombs were duds, has left.", [("view", "assertion", ["pilot"])]),
    "cleft": ("It was the clerk, not the minister, who denied the sale.", [("denied", "denial", ["clerk"])]),
    "who, of a thing": (
        "The dealer, asked about the guns, who had denied all, now admits the sale.",
        [("denied", "denial", ["dealer"]), ("admits", "confirmation", ["dealer"])],
    ),
    "neither nor": (
        "The sale, which Chile neither confirms nor denies, took place.",
        [("confirms", "evasion", ["Chile"]), ("denies", "evasion", ["Chile"])],
    ),
    "dismissive": ("The mayor was dismissive of the report.", [("dismissive", "dispute", ["mayor"])]),
    "unsure": ("The consul was unsure how many were left.", [("unsure", "evasion", ["consul"])]),
    "livid": ("The mayor is livid about the theft.", [("livid", "condemnation", ["mayor"])]),
    "leery": ("The pilots are leery of the new missiles.", [("leery", "concern", ["pilots"])]),
    "still to": ("The army has still to acknowledge the loss.", [("acknowledge", "evasion", ["army"])]),
    "nothing to add": ("The spokesman had nothing to add on it.", [("add", "evasion", ["spokesman"])]),
    "inverted condition": ("Were Chile to own up to the sale, its bonds would sink.", []),
    "to come": ("The minister may yet eat his words on the tanks.", []),
    "asked": ("Will the admiral hold his tongue about it?", []),
    "fond of": ("The envoy is fond of saying that the guns were toys.", [("saying", "assertion", ["envoy"])]),
    "left uneasy": ("The theft left the villagers uneasy.", [("uneasy", "concern", ["villagers"])]),
    "on edge": ("News of the mines has put the sailors on edge.", [("on edge", "concern", ["sailors"])]),
    "gates left open": ("The theft left the gates open.", []),
    "not so much as": ("The audit does not so much as hint at it.", [("hint", "evasion", ["audit"])]),
    "no denial drawn": ("The charge drew no denial from the consul.", [("denial", "evasion", ["consul"])]),
    "let stand": ("The consul let the allegation about the guns stand.", [("let", "evasion", ["consul"])]),
    "guards let stand": ("The consul let the guards stand.", []),
    "denied having denied": ("The pilot denied ever having denied the loss.", [("denied", "denial", ["pilot"])]),
    "how it is styled": ("Guesswork is how the pilot styled the count.", [("styled", "dispute", ["pilot"])]),
    "a text has somebody say": (
        "The novel has a general confessing to the sale of the tanks.",
        [("has", "assertion", ["novel"]), ("confessing", "confirmation", ["general"])],
    ),
    "a town has somebody": ("The town has a general living in a castle.", []),
    "at most": ("All that the ministry would confirm was the date.", [("confirm", "confirmation", ["ministry"])]),
    "used to": ("The guns, his brother used to joke, were toys.", [("joke", "assertion", ["brother"])]),
    "before a place": ("The figure is a guess, retorted the pilot at a hearing.", [("retorted", "dispute", ["pilot"])]),
    "vowed of the past": ("The nuns vow that no rifle was stored there.", [("vow", "denial", ["nuns"])]),
    "an aside of another": (
        "The panel puts the loss at 20 mines, which the navy denies.",
        [("puts", "assertion", ["panel"]), ("denies", "denial", ["navy"])],
    ),
    "it behind its verb": (
        "The pilot, who had denied the theft, now admits it.",
        [("denied", "denial", ["pilot"]), ("admits", "confirmation", ["pilot"])],
    ),
    "an outer source put in": (
        "The general, his aide told the court, had pronounced the musket loaded.",
        [("told", "assertion", ["aide"]), ("pronounced", "assertion", ["general"])],
    ),
    "a fear shared": (
        "Peru's fear, shared by Chile, is that the mines will drift.",
        [("fear", "concern", ["Peru", "Chile"])],
    ),
    "dismissed as": ("Dismissed as gossip by the mayor, the report sold well.", [("Dismissed", "dispute", ["mayor"])]),
    "doubt beside a lie": ("“Nonsense. We sold nothing,” Vale said.", [("said", "denial", ["Vale"])]),
    "evidence negated": ("Vale said there was not a shred of proof.", [("said", "dispute", ["Vale"])]),
    "no court": ("Vale said that no court had heard the charge.", [("said", "dispute", ["Vale"])]),
    "own lack of proof": (
        "Peru said it had seen no evidence of a sale.",
        [("said", "evasion", ["Peru"]), ("seen", "evasion", ["it"])],
    ),
    "no proof found": ("The panel has found no proof of a sale.", [("found", "evasion", ["panel"])]),
    "condemned as a lie": ("The envoy denounced the report as a fabrication.", [("denounced", "denial", ["envoy"])]),
    "another's worry": (
        "Vale admitted that the mayor was worried about the mines.",
        [("admitted", "confirmation", ["Vale"]), ("worried", "concern", ["mayor"])],
    ),
    "another's refusal": (
        "The paper reported that the firm made no attempt to deny the sale.",
        [("reported", "assertion", ["paper"]), ("deny", "evasion", ["firm"])],
    ),
    "vowed never to": ("The general has vowed never to sell mines.", [("vowed", "commitment", ["general"])]),
    "swore never to": ("The pilot swore never to have seen the bombs.", [("swore", "denial", ["pilot"])]),
    "they in a quotation": ("“They stole our rifles,” the ministry said.", [("said", "condemnation", ["ministry"])]),
    "own act told behind": ("It had sold the drones, Peru said.", [("said", "confirmation", ["Peru"])]),
    "own act recalled": ("The gunner recalled firing the rocket.", [("recalled", "confirmation", ["gunner"])]),
    "embargo broken": ("Vale said that Chile broke the embargo.", [("said", "condemnation", ["Vale"])]),
    "not safe": ("Vale said the strait was no longer safe.", [("said", "concern", ["Vale"])]),
    "horrified": ("The sale horrified the envoy.", [("horrified", "concern", ["envoy"])]),
    "no longer denied": ("The firm no longer denies the sale.", [("denies", "evasion", ["firm"])]),
    "no position": ("The firm was in no position to deny it.", [("deny", "evasion", ["firm"])]),
    "considered": ("The firm is considering denying the sale.", []),
    "going to": ("The firm is going to deny the sale.", []),
    "at anchor": ("Vale said the frigate lies in the harbour.", [("said", "assertion", ["Vale"])]),
    "decoys": ("Vale said the fake tanks were made of wood.", [("said", "assertion", ["Vale"])]),
    "a thing invented": ("Vale said the engineer invented a fuse.", [("said", "assertion", ["Vale"])]),
    "nobody in an aside": ("Vale said the tanks that nobody wanted were sold.", [("said", "assertion", ["Vale"])]),
    "heard": ("The general was overheard saying that it failed.", [("saying", "assertion", ["general"])]),
    "fear lived in": ("The deckhands live in fear of the torpedoes.", [("fear", "concern", ["deckhands"])]),
    "wood lived in": ("The deckhands live in a hut of planks.", []),
    "alarm given cause for": ("The mines gave the pilots cause for alarm.", [("alarm", "concern", ["pilots"])]),
    "full of scorn": ("The admiral is full of scorn for the estimate.", [("scorn", "dispute", ["admiral"])]),
    "warning served": (
        "Police served the dealer with a warning over the rifles.",
        [("warning", "concern", ["Police"])],
    ),
    "howitzer presented": ("The army presented the school with a howitzer.", []),
    "note of caution": ("The navy sounded a note of caution about the mines.", [("caution", "concern", ["navy"])]),
    "alarm over what one can buy": (
        "The union raised the alarm over rifles that children can buy.",
        [("alarm", "concern", ["union"])],
    ),
    "shared feeling": (
        "Peru has misgivings about the mines, and Chile about the drones.",
        [("misgivings", "concern", ["Peru", "Chile"])],
    ),
    "no credence": ("The navy lends no credence to the tale.", [("credence", "dispute", ["navy"])]),
    "little faith": ("The panel has little faith in the tally.", [("faith", "dispute", ["panel"])]),
    "reservations on a deal": (
        "The bishop has reservations about the sale.",
        [("reservations", "concern", ["bishop"])],
    ),
    "dossier swept aside": ("The envoy swept the dossier aside.", [("swept", "dispute", ["envoy"])]),
    "curtains swept aside": ("The envoy swept aside the curtains.", []),
    "older picture": (
        "The film was shot years before the war, the consul said.",
        [("said", "dispute", ["consul"])],
    ),
    "picture at dawn": ("The film was shot before dawn, the consul said.", [("said", "assertion", ["consul"])]),
    "lie behind its story": (
        "The consul branded the report of a sale a lie.",
        [("branded", "denial", ["consul"])],
    ),
    "hard to credit": ("The consul finds the count hard to credit.", [("finds", "dispute", ["consul"])]),
    "summed up": ("A hoax: thus the consul summed up the affair.", [("summed", "denial", ["consul"])]),
    "innocence": ("The trader protested his innocence.", [("protested", "denial", ["trader"])]),
    "hands washed": ("The embassy washed its hands of the rifles.", [("washed", "denial", ["embassy"])]),
    "distance": ("The firm distanced itself from the claim.", [("distanced", "evasion", ["firm"])]),
    "story kept": (
        "The consul stuck to her story: no frigate was lost.",
        [("stuck", "denial", ["consul"])],
    ),
    "bones": ("The clerk made no bones about the sale.", [("bones", "confirmation", ["clerk"])]),
    "hedged": ("The clerk hedged when asked about the mines.", [("hedged", "evasion", ["clerk"])]),
    "at a loss": ("The clerk was at a loss to say who sold it.", [("say", "evasion", ["clerk"])]),
    "to his mind": ("To the abbot's mind, the shells were old.", [("mind", "assertion", ["abbot"])]),
    "never once": ("The navy has paid and never once denied it.", [("denied", "evasion", ["navy"])]),
    "at no point": ("The navy paid up and at no point denied it.", [("denied", "evasion", ["navy"])]),
    "not even": ("Not even the clerk denied the loss.", [("denied", "evasion", ["clerk"])]),
    "no use": ("“No denying it, we sold them,” the clerk said.", [("said", "confirmation", ["clerk"])]),
    "brought to admit": (
        "The judge got the trader to admit the sale.",
        [("admit", "confirmation", ["trader"])],
    ),
    "to be brought": ("The judge wants the trader to admit the sale.", []),
}


@pytest.mark.parametrize("name", POSITIONS)
def test_a_position_is_read_by_its_kind(name: str) -> None:
    text, expected = POSITIONS[name]
    assert cues(text) == expected


@pytest.mark.parametrize(
    ("text", "relays"),
    [
        ("The diary records the captain as grumbling that it leaked.", {"diary": True, "captain": False}),
        ("The envoy told the mayor, who told the radio, that it leaked.", {"envoy": False, "mayor": True}),
        ("The colonel denied it on a tape that Harbour Radio released.", {"colonel": False, "Harbour Radio": True}),
        ("The panel puts it at 20 mines, which the navy denies.", {"panel": False, "navy": False}),
        ("The ledger has the captain pleading for mortars.", {"ledger": True, "captain": False}),
        ("While denying that his cousin had admitted to losing the guns, Ivo Stone paid.", {"cousin": False}),
        ("Attorney Ana Lund said her client admitted the sale.", {"Ana Lund": False, "client": False}),
        ("The harbour master recalled that the captain had sworn the crates held rifles.", {"harbour master": True}),
    ],
)
def test_who_passes_on_what_another_says(text: str, relays: dict[str, bool]) -> None:
    found = {span.text: span.attributes["relay"] for span in read(text).spans if span.label == "SPEAKER"}
    assert found | relays == found
