"""Whether the words for a person tell a woman or a man: kinship, rank, trade and first names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Collection

_FEMALE = words(
    "mrs mrs. ms ms. miss madam madame mme dame lady queen princess duchess countess baroness empress sultana tsarina "
    "woman girl lass schoolgirl mother grandmother stepmother wife ex-wife widow sister daughter granddaughter "
    "stepdaughter aunt niece bride fiancée girlfriend mistress heiress nun abbess prioress novice nanny midwife "
    "spokeswoman chairwoman congresswoman councilwoman policewoman servicewoman airwoman businesswoman saleswoman "
    "noblewoman forewoman horsewoman sportswoman charwoman washerwoman fisherwoman landlady actress waitress hostess "
    "stewardess seamstress laundress governess headmistress postmistress schoolmistress ballerina barmaid milkmaid "
    "chambermaid housemaid housewife authoress poetess priestess manageress ambassadress matron mum grandma granny"
)
_MALE = words(
    "mr mr. sir lord king prince duke count baron emperor sultan tsar emir sheikh man boy lad schoolboy guy father "
    "grandfather stepfather husband ex-husband widower brother son grandson stepson uncle nephew groom bridegroom "
    "fiancé boyfriend heir monk abbot friar prior priest pope bishop archbishop cardinal imam rabbi "
    "spokesman chairman congressman councilman policeman serviceman businessman salesman nobleman craftsman foreman "
    "horseman sportsman milkman postman watchman nightwatchman gunman signalman lineman yachtsman oarsman doorman "
    "barman alderman landlord waiter steward headmaster postmaster schoolmaster butler valet dad grandpa"
)
_FEMALE_NAMES = words(
    "ada adela agnes agneta aida alice alina alma amalia amelia amina amira ana anastasia andrea angela anita anke "
    "anna anne anneke annika antonia astrid ayesha barbara beatrice beatriz bella berit berta bettina birgit bianca "
    "brigitte camilla carla carmen carol caroline catherine cecilia celeste charlotte chiara christina claire clara "
    "claudia cora cornelia dagmar daniela daphne daria deborah diana dina dora doris dorothea dorte edith edna eileen "
    "elena elisa elisabeth eliza elizabeth ella ellen elsa elsbeth else elvira emilia emily emma erika esther eva "
    "eve evelyn fatima fiona flora florence frances francesca freya frida gabriela galina gerda gertrud gisela gloria "
    "grace greta gudrun gunhild hana hanna hannah hedda hedwig heidi helen helena helga henrietta hilary hilda "
    "hildegard ida ilse ina inga inge ingeborg ingrid irena irene iris irma isabel isabella isolde ivana jana jane "
    "janet jasmin jean jelena jennifer jenny jessica joan joanna johanna josephine judith judy julia juliet karin "
    "karen katarina kate katherine kathleen katia katja kerstin kirsten klara larissa laura layla leila lena leonie "
    "leonora lidia lilian lily lina linda lisa liv lotte louise lucia lucy ludmila luisa lydia mabel magda magdalena "
    "maja mara margaret margarethe margit maria marianne marie marina marion marjorie marta martha martina mary "
    "mathilda matilda maud may meryem mia michelle mila mina mira miranda miriam monica monika nadia nadine nancy "
    "natalia natasha nell nina noor nora olga olivia ottilie paula pauline petra pia polly rachel rebecca regina "
    "renata rita rosa rosalind rose ruth sabina sabine sally samira sandra sara sarah selma senta sibyl signe sigrid "
    "sigrun silvia simone sofia solveig sonia sophia sophie stella susan susanna svetlana sylvia tamara tanja tatiana "
    "teresa thea thekla theresa tilda tina trude ulla ulrike una ursula valentina valerie vanessa vera verena veronica "
    "victoria viola violet virginia vivian wanda wilhelmina wilma winifred yasmin yvonne zara zelda zoe zora"
)
_MALE_NAMES = words(
    "aaron abel adam adrian ahmed alan albert aldo alec alex alexander alfred ali ambrose amir anders andreas andrei "
    "andrew anton antonio archie arne arno arthur arvid august axel basil ben benedikt benjamin bernard bernd bjorn "
    "bohdan boris bram bruno carl carlos caspar cedric charles christian christoph clemens colin conrad cornelius "
    "cyril damian daniel david denis dieter dietrich dimitri dirk dmitri dominik douglas edgar edmund eduard edward "
    "edwin egon einar elias emil emmerich enzo eric erik ernst erwin eugene fabian felix ferdinand fergus filip "
    "florian francis frank franz fred frederick friedrich fritz gabriel gareth gavin george gerald gerard gerhard "
    "gilbert giles giovanni goran gordon graham gregor gregory guido gunnar gustav guy hal hamid hanno hannes hans "
    "harald harold harry hassan heinrich heinz hector helmut henrik henry herbert herman horst howard hubert hugo "
    "humphrey ian igor ingmar isaac ismail ivan ivo jack jacob jakob jakub james jan jaroslav jasper jens jeremy jiri "
    "joachim joao johan johannes john jonas jonathan jorg jorge jorn jose josef joseph josip juan julian jurgen kai "
    "karel karl kaspar keith kenneth kevin klaus knut konrad konstantin kurt lars laszlo laurence leo leon leonard "
    "leopold lewis lorenz lothar louis luca lucas ludwig luis lukas magnus manfred manuel marcel marco marcus mario "
    "mark markus martin matteo matthew matthias maurice max maximilian mehmet michael michal miguel mikael mikhail "
    "milan milos miroslav mohammed moritz mustafa nathan ned neil nicholas nicolas nigel niels nikita nikolai nils "
    "noel norbert norman olaf oleg oliver omar orhan oscar oskar osip osman otto owen pablo patrick paul pavel pavlin "
    "pedro per peter philip piers piet pieter rafael ralf ralph ramon raoul raymond reinhard richard robert roderick "
    "roger roland rolf roman ronald rory roy rudolf rufus rupert ruben samuel sander sebastian sergei sergio siegfried "
    "sigmund simon stanislav stefan sten stephen steven stig sven sverre tarik theo theodor thomas thorsten till tim "
    "timothy tobias tom tomas tomasz tony torben tristan ulf ulrich umberto valentin vasily victor viktor vincent "
    "vladimir walter warren werner wilfred wilhelm willem william wim wolfgang xaver yusuf yuri zoltan"
)
_OTHER_WORDS = words("may mark frank grace rose guy till per violet regina dora victoria virginia carol florence iris")
"""First names that are words, or names of firms and ships too."""


def gender(of: Collection[str], first_name: str | None = None) -> str | None:
    """``f`` or ``m`` where the lower-case words of a mention, or a first name, tell it."""
    for kind, known in (("f", _FEMALE), ("m", _MALE)):
        if not known.isdisjoint(of):
            return kind
    return None if first_name is None else gender_of_name(first_name.lower())


def is_first_name(name: str) -> bool:
    """Whether a word is a first name that is nothing else."""
    return name.lower() in (_FEMALE_NAMES | _MALE_NAMES) - _OTHER_WORDS


def gender_of_name(name: str) -> str | None:
    """What a first name says; an unknown one in *-a* is more often a woman's."""
    if name in _MALE_NAMES:
        return "m"
    return "f" if name in _FEMALE_NAMES or (name.endswith("a") and len(name) > 2) else None
