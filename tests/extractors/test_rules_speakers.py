"""Who speaks, by kinds of mention and of order: parts of a whole, plural verbs, clefts, shared cues, and others."""

from __future__ import annotations

import pytest

from ..helpers.attributions import Cues, cues, read

pytestmark = pytest.mark.slow  # it loads spaCy

KINDS: dict[str, tuple[str, Cues]] = {
    "side before its own object": (
        "Chile condemned the raid, Peru the theft.",
        [("condemned", "condemnation", ["Chile", "Peru"])],
    ),
    "state before its own object": (
        "Chile blames Peru for the mine, Peru Chile.",
        [("blames", "condemnation", ["Chile", "Peru"])],
    ),
    "apposition to an object": ("The rebels blame Chile, the buyer.", [("blame", "condemnation", ["rebels"])]),
    "plural verb of a body that is taken for a noun": (
        "Danish cavalry insist that the shells are duds.",
        [("insist", "assertion", ["Danish cavalry"])],
    ),
    "verb of a body that is taken for a plural": (
        "Danish intelligence suspects that the crates hold mortars.",
        [("suspects", "assertion", ["Danish intelligence"])],
    ),
    "claim of a body": ("An army claim that the shells were duds was dropped.", []),
    "body with a hyphen": (
        "Danish counter-intelligence believes that the rifles are gone.",
        [("believes", "assertion", ["Danish counter-intelligence"])],
    ),
    "version of a document": (
        "An earlier version of this report said that 400 rifles had been lost.",
        [("said", "assertion", ["earlier version of this report"])],
    ),
    "addressee that is left out of what is told": (
        "The tale is pure invention, the nurse told this newspaper.",
        [("told", "denial", ["nurse"])],
    ),
    "negation before an attribution": (
        "Never, said the mayor, would he sell a gun.",
        [("said", "denial", ["mayor"])],
    ),
    "place of a dispatch": (
        "BERGEN, May 7 – Chile neither confirmed nor denied the theft.",
        [("confirmed", "evasion", ["Chile"]), ("denied", "evasion", ["Chile"])],
    ),
    "quotations of two in a row": (
        "“We sold guns,” said Vale. “They sold none,” said Holm.",
        [("said", "confirmation", ["Vale"]), ("said", "denial", ["Holm"])],
    ),
    "verb behind a comma without a subject": (
        "The senate sat until noon, then deplored the theft of the guns.",
        [("deplored", "condemnation", ["senate"])],
    ),
    "feeling with its clause, its light verb with a possessive": (
        "Peru voiced its growing anxiety that the mortars might be used.",
        [("anxiety", "concern", ["Peru"])],
    ),
    "adjective with its content behind a colon": (
        "The bakers are adamant: no gun was ever hidden there.",
        [("adamant", "denial", ["bakers"])],
    ),
    "no more than this": (
        "The colonel will only say that the rifles were old.",
        [("say", "assertion", ["colonel"])],
    ),
    "goods that somebody gives": ("Chile gave the rebels rifles; Peru gave them none.", []),
    "neither of two who let themselves be drawn": (
        "Neither the baker nor his cook would be drawn on the guns.",
        [("drawn", "evasion", ["baker", "cook"])],
    ),
    "adjective for people": ("The wounded say that the mortar was live.", [("say", "assertion", ["wounded"])]),
    "adjective before a verb taken for a noun": (
        "The bereaved hold that the rifles were live.",
        [("hold", "assertion", ["bereaved"])],
    ),
    "adjective of a claim": ("The poor claim was denied by Peru.", [("denied", "denial", ["Peru"])]),
    "cleft with one who is not meant": (
        "It was the baker and not the butcher who denied the theft.",
        [("denied", "denial", ["baker"])],
    ),
    "one put beside the source": (
        "Chile doubts, and Peru with it, that the rifles were lost.",
        [("doubts", "dispute", ["Chile", "Peru"])],
    ),
    "one put before by with": (
        "The baker swears, and with him the cook, that the guns were toys.",
        [("swears", "assertion", ["baker", "cook"])],
    ),
    "with him, who only goes": (
        "The baker said he would go, and with him the cook.",
        [("said", "commitment", ["baker"])],
    ),
    "rest with a clause": (
        "Some say the gun was old; others, that it was new.",
        [("say", "assertion", ["Some", "others"])],
    ),
    "numbers that share a verb": (
        "Five bakers came. Three recall that it was a gun, two that it was a pipe.",
        [("recall", "assertion", ["Three", "two"])],
    ),
    "inner source before the outer": (
        "Baker Karl Holm, his cook told the court, had admitted the theft.",
        [("told", "assertion", ["cook"]), ("admitted", "confirmation", ["Karl Holm"])],
    ),
    "not said": (
        "The auditor says the bank never claimed that the guns were lost.",
        [("says", "denial", ["auditor"]), ("claimed", "assertion", ["bank"])],
    ),
    "text of somebody": (
        "The baker's diary has the cook insisting that the guns were lost.",
        [("has", "assertion", ["diary"]), ("insisting", "assertion", ["cook"])],
    ),
    "had from others": (
        "The Daily Mail has it from two clerks that the mortars were lost.",
        [("has", "assertion", ["Daily Mail"])],
    ),
    "thinks so": (
        "The gun was old, the baker said, and Peru thinks so too.",
        [("said", "assertion", ["baker"]), ("thinks", "assertion", ["Peru"])],
    ),
    "two with titles": (
        "Prefect Ola Sand and Comptroller Ysolde Berg said the guns were lost.",
        [("said", "assertion", ["Ola Sand", "Ysolde Berg"])],
    ),
    "plural verb taken for a noun": (
        "Monks in Norway allege that the guns were cast in a bakery.",
        [("allege", "assertion", ["Monks"])],
    ),
    "misread behind its place": (
        "Officials at the quay claim that no guns were landed.",
        [("claim", "denial", ["Officials at the quay"])],
    ),
    "name with a possessive": ("The Welders' Union denied it.", [("denied", "denial", ["Welders' Union"])]),
    "predicate first": (
        "Equally silent about the guns remains Berg Shipping, the owner.",
        [("silent", "evasion", ["Berg Shipping"])],
    ),
    "convinced first": ("Convinced, too, is the monk that it was a bomb.", [("Convinced", "assertion", ["monk"])]),
    "up piped": (
        "Hardly had the bus stopped when up piped a novice: the guns were under the seat.",
        [("piped", "assertion", ["novice"])],
    ),
    "as maintains": (
        "Were it a toy, as maintains the novice, the monks would have stayed.",
        [("maintains", "assertion", ["novice"])],
    ),
    "cried out": ("“The guns are gone!” cried out a novice.", [("cried", "assertion", ["novice"])]),
    "not until": (
        "Not until May did the mill admit that the guns were cracked.",
        [("admit", "confirmation", ["mill"])],
    ),
    "hardly had": (
        "Hardly had the mill denied the sale when the guns were found.",
        [("denied", "denial", ["mill"])],
    ),
    "not a word": ("Not a word about the guns did she utter.", [("utter", "evasion", ["she"])]),
    "faulted for saying": (
        "The monk mocked the abbot for claiming that the guns were organs.",
        [("mocked", "dispute", ["monk"]), ("claiming", "assertion", ["abbot"])],
    ),
    "figures apart": (
        "Norway puts the loss at 30 guns, Peru at 19.",
        [("puts", "assertion", ["Norway", "Peru"])],
    ),
    "valued": ("The brokers valued the guns at 40 crowns.", [("valued", "assertion", ["brokers"])]),
    "makes it": ("The abbot makes it seven guns.", [("makes", "assertion", ["abbot"])]),
    "share of a group": (
        "Two of the nine jurors insist that it was a dud.",
        [("insist", "assertion", ["Two of the nine jurors"])],
    ),
    "collective": ("The choir chanted that the guns had gone.", [("chanted", "assertion", ["choir"])]),
    "plural verb set apart": ("The guns, the sailors argue, were toys.", [("argue", "assertion", ["sailors"])]),
    "plural verb inverted": ("The guns, argue the owners, were toys.", [("argue", "assertion", ["owners"])]),
    "document's plural": ("The rifles were new, the minutes record.", [("record", "assertion", ["minutes"])]),
    "old verb": ("Quoth the miller: “They were new.”", [("Quoth", "assertion", ["miller"])]),
    "noun in an enumeration": ("It shipped rifles, state television, and maps.", []),
    "charged with saying": (
        "The union accused the owner of having claimed that the mines were pumps.",
        [("accused", "condemnation", ["union"]), ("claimed", "assertion", ["owner"])],
    ),
    "cleft": ("It was she who told the court that guns had gone.", [("told", "assertion", ["she"])]),
    "possessive": ("His story is that the mines were pumps.", [("story", "assertion", ["His"])]),
    "whom": (
        "The drivers, according to whom the crates were empty, left.",
        [("according to", "assertion", ["drivers"])],
    ),
    "in a relative clause": (
        "No one found the man who, police say, sold the rifles.",
        [("say", "assertion", ["police"])],
    ),
    "thought to be": (
        "The shells, which the guards believed to be scrap, blew up.",
        [("believed", "assertion", ["guards"])],
    ),
    "others": (
        "Some say it was a mine, others that it was a boiler.",
        [("say", "assertion", ["Some", "others"])],
    ),
    "as does": (
        "Norway's police put the haul at 90 rifles, as does its navy.",
        [("put", "assertion", ["police", "navy"])],
    ),
    "fronted": ("First to deny the sale was farmer Karl Holm.", [("deny", "denial", ["Karl Holm"])]),
    "text that tells": (
        "The memoir has the general warning the cabinet that the guns would jam.",
        [("has", "assertion", ["memoir"]), ("warning", "concern", ["general"])],
    ),
    "paper that carries": (
        "It was the Harbour Echo that carried the nurse's claim that it was a bomb.",
        [("carried", "assertion", ["Harbour Echo"]), ("claim", "assertion", ["nurse"])],
    ),
    "silence": ("The navy would not discuss the loss.", [("discuss", "evasion", ["navy"])]),
    "nowhere": ("Nowhere does the report say that guns went.", [("say", "evasion", ["report"])]),
    "blamed on nobody": ("The navy blamed the fog for the loss.", [("blamed", "assertion", ["navy"])]),
    "sorry": ("The firm says sorry for the lost rocket.", [("says", "confirmation", ["firm"])]),
    "view": ("In the union's view it was never a gun.", [("view", "denial", ["union"])]),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_source_is_found_by_its_kind(name: str) -> None:
    text, expected = KINDS[name]
    assert cues(text) == expected


@pytest.mark.parametrize(
    ("text", "mention", "known"),
    [
        ("Though he denies it, Karl Holm sold guns.", "he", ("Karl Holm", "person")),
        ("Neither baker denied it.", "baker", ("bakers", "group")),
        ("Neither the baker nor Peru denied it.", "baker", ("baker", "unnamed")),
        ("Her brother knew, the nurse testified, that it was a gun.", "brother", ("nurse's brother", "unnamed")),
        ("The caller hung up. They said that it was a bomb.", "They", ("caller", "unnamed")),
        ("No court is like the Supreme Court. It denied the sale.", "It", ("Supreme Court", "body")),
        ("“No,” said Holm.", "Holm", ("Holm", "person")),
        ("The Bergen Mercury closed. The Mercury had said so twice.", "Mercury", ("Bergen Mercury", "media")),
        ("The Sisters of Mercy deny the sale.", "Sisters of Mercy", ("Sisters of Mercy", "organisation")),
        ("Officials in Bergen said so.", "Officials", ("officials in Bergen", "group")),
        ("“We regret it,” wrote Blue Lantern's lawyers.", "We", ("Blue Lantern", "organisation")),
        (
            "A lawyer for North Star Shipping said that the company knew nothing.",
            "company",
            ("North Star Shipping", "organisation"),
        ),
        ("Norwegian police put it at 40, as does its navy.", "navy", ("Norway's navy", "body")),
        ("The envoy and the trader met. Neither would discuss it.", "Neither", ("envoy and trader", "group")),
        ("The envoy met the trader. The former denied it.", "former", ("envoy", "unnamed")),
        ("The night guard said so.", "night guard", ("night guard", "unnamed")),
        ("Staff at the mill said so.", "Staff at the mill", ("staff at the mill", "group")),
        ("The mayor of Oslo, Karl Holm, said so.", "Karl Holm", ("Karl Holm", "person")),
        ("Its founder and chief executive, Karl Holm, said so.", "Karl Holm", ("Karl Holm", "person")),
        ("The army's assessment shows that 40 guns went.", "assessment", ("army's assessment", "document")),
        ("Many in the port say so.", "Many", ("many in the port", "group")),
        ("“No,” said the head of the regional council, Karl Holm.", "Karl Holm", ("Karl Holm", "person")),
        ("This was stated by the mayor.", "mayor", ("mayor", "unnamed")),
        ("ITAR-TASS reported the sale.", "ITAR-TASS", ("ITAR-TASS", "media")),
        ("Mr. HOLM (Peru) said so.", "HOLM", ("HOLM", "person")),
        ("The Chair said so.", "Chair", ("Chair", "unnamed")),
        ("Q: You told us that none were sold. And now?\nDr Karl Holm: None were.", "You", ("Karl Holm", "person")),
        ("So you deny it.", "you", ("you", "unnamed")),
    ],
)
def test_who_a_mention_means(text: str, mention: str, known: tuple[str, str]) -> None:
    speaker = next(span.attributes for span in read(text).spans if span.label == "SPEAKER" and span.text == mention)
    assert (speaker["entity"], speaker["source_type"]) == known


_FILLING = "The quay was shut for a day while the rain fell and the crane stood still. " * 9
WHOLE_ARTICLES = {
    "the state of a dateline": (
        f"OSLO, 3 May 2031. {_FILLING}Danish pilots left. The defence ministry denied it.",
        "defence ministry",
        ("Defence Ministry", "body", "NO"),
    ),
    "the state of the only organs": (
        f"{_FILLING}Norway's navy sailed. The Norwegian army stayed. Deputy Karl Holm denied it.",
        "Karl Holm",
        ("Karl Holm", "person", "NO"),
    ),
    "named behind the lead": (
        "A Danish official said the deal was off. Tova Lind, deputy secretary for Norway and Peru, gave no date.",
        "Danish official",
        ("Tova Lind", "person", "DK"),
    ),
    "the diplomat": (
        "Danish envoy Tova Lind denied it. The Danish diplomat said it was late.",
        "Danish diplomat",
        ("Tova Lind", "person", "DK"),
    ),
    "the state before the office": (
        "Tova Lind, the Danish envoy for Norway, denied it.",
        "Tova Lind",
        ("Tova Lind", "person", "DK"),
    ),
    "an abbreviation": (
        "The Office for Harbour Safety (OHS) opened. The OHS denied it.",
        "OHS",
        ("Office for Harbour Safety", "body", None),
    ),
    "an organ in capitals": ("The Danish KRV denied it.", "KRV", ("KRV", "body", "DK")),
    "a firm by its first word": (
        "Vostin Logistics opened a yard. Vostin denied it.",
        "Vostin",
        ("Vostin Logistics", "organisation", None),
    ),
    "initials": ("Tova Lind came. T. Lind denied it.", "T. Lind", ("Tova Lind", "person", None)),
    "an institute that says we": (
        "BLUE POINT INSTITUTE\nNote 7\nThe Shells\nWe think that nine were sold.",
        "We",
        ("Blue Point Institute", "organisation", None),
    ),
    "half of Korea": ("N. Korea tested it. The North denied it.", "North", ("North Korea", "state", "KP")),
}


@pytest.mark.parametrize("name", WHOLE_ARTICLES)
def test_an_article_says_elsewhere_who_speaks_and_for_which_state(name: str) -> None:
    text, mention, known = WHOLE_ARTICLES[name]
    speaker = next(span.attributes for span in read(text).spans if span.label == "SPEAKER" and span.text == mention)
    assert (speaker["entity"], speaker["source_type"], speaker["country"]) == known


def test_a_label_relays_what_its_turn_opens_with() -> None:
    text = "MS VALE: The navy denied it.\nMR HOLM: I deny it.\nMS VALE: I do not."
    relays = [span.attributes["relay"] for span in read(text).spans if span.text in ("VALE", "HOLM")]
    assert relays == [True, False, False]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("The lost gun\n– Norway: It lies in the bay.\n– Museum: Wait.", {"Norway": "Norway", "Museum": "museum"}),
        ("11.20 – Fire wardens: the siren was a drill", {"Fire wardens": "fire wardens"}),
        ("Cllr VALE: How many work?\nThe CLERK: Four.", {"CLERK": "clerk"}),
        ("Q12 Anna Vale: How many work?\nQ13 Anna Vale: There are four.", {"Anna Vale": "Anna Vale"}),
        ("NBS: The mayor left on Friday. Why?\nMAYOR: No.", {"NBS": "NBS", "MAYOR": "mayor"}),
        ("Asked about the guns, ex-admiral Karl Holm: “Ask the bank.”", {"Karl Holm": "Karl Holm"}),
        (
            "MS LUND: None were sold.\nThe Minister of Defence (Karl Holm): Two were.",
            {"LUND": "=", "Karl Holm": "="},
        ),
        (
            "**Ana Lund** (Labour): None were.\n**Karl van Holm:** Two.\n**Ana Lund:** So.",
            {"Ana Lund": "=", "Karl van Holm": "="},
        ),
        ("MR HOLM — None were sold.\nMS LUND — Two were.", {"HOLM": "=", "LUND": "="}),
        (
            "[00:14:05] Dr Karl Holm: None were.\n[00:15:30] Ana Lund, clerk:\nTwo were.",
            {"Karl Holm": "=", "Ana Lund": "="},
        ),
        ("Q. Were any sold?\nA. None were.", {"A": "A"}),
        ("Q   Were any sold?\nMR. HOLM:  None were.\nQ   And in May?\nMR. HOLM:  None.", {"HOLM": "="}),
        ("Peru: we sold none. The opposition: two were sold.", {"Peru": "=", "opposition": "="}),
        ("The result: nobody paid.\nThe question: who sold the guns?", {}),
        ("14.12 Holm: “We sold none.”\n14.20 Peru: the port is closed.", {"Holm": "="}),
        ("Guns were sold, guard says; Peru: “They were apples”", {"guard": "=", "Peru": "="}),
        ("Correction (3 May): An earlier report said that it was sold.", {"earlier report": "="}),
        ("Oslo. May 3. INTERFAX - Peru denied the sale.", {"Peru": "="}),
        ("OSLO, May 3 (Norpress) -- The ministry denied the sale.", {"ministry": "="}),
    ],
)
def test_a_list_a_live_entry_and_a_transcript_name_their_sources(text: str, speakers: dict[str, str]) -> None:
    known = {mention: mention if entity == "=" else entity for mention, entity in speakers.items()}
    assert {span.text: span.attributes["entity"] for span in read(text).spans if span.label == "SPEAKER"} == known


@pytest.mark.parametrize("text", ["So you deny it?", "If you say so, it is.", "You can say that.", "Did you deny it?"])
def test_one_who_is_asked_or_may_speak_is_no_source(text: str) -> None:
    assert not read(text).spans
