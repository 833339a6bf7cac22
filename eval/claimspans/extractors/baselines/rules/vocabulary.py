"""English words by what they do in an attribution: verbs, nouns and adjectives of taking a position, kinds of source."""

from __future__ import annotations

THINGS = frozenset(
    "missile launcher carrier bomber cruiser freighter destroyer tanker container computer number figure order weapon "
    "letter matter water river border september october november december corner summer winter power quarter charter "
    "fighter chamber tractor motor reactor sector factor error door floor terror harbour helicopter silver copper "
    "powder rubber transfer mortar howitzer propeller trailer boiler tower order danger anger hunger offer shelter "
    "manner layer paper rumour vapour colour labour favour crater".split()
)
"""Nouns that end like those of persons."""

_VERBS = {
    "denial": "deny refute reject rebut repudiate disavow disclaim retract withdraw contradict disprove debunk recant",
    "dispute": "dispute doubt question contest challenge dismiss query ridicule belittle discount scoff distrust",
    "confirmation": (
        "confirm acknowledge admit concede accept corroborate confess apologise apologize verify vouch own authenticate"
    ),
    "condemnation": (
        "condemn accuse denounce blame criticise criticize decry deplore slam castigate rebuke reproach censure indict "
        "lambast complain protest"
    ),
    "concern": "warn fear worry caution dread lament regret fret agonise agonize alert",
    "commitment": "pledge promise vow threaten offer agree undertake guarantee swear commit",
    "assertion": (
        "say tell state report announce claim argue mention reveal explain declare write reply answer retort respond "
        "insist maintain contend assert allege remark reiterate testify recount comment add note stress "
        "believe think know suspect estimate assess conclude suggest indicate predict reckon imply disclose affirm "
        "observe emphasise emphasize underline clarify recall quip joke boast muse aver opine grumble sneer snap "
        "shout whisper mutter exclaim shrug laugh fume thunder counter rejoin quote cite speculate surmise theorise "
        "deem consider describe call term label brand regard depict portray demand urge echo repeat inform brief "
        "advise certify attest hold"
    ),
}
STANCE_OF = {lemma: stance for stance, lemmas in _VERBS.items() for lemma in lemmas.split()}

NEEDS_CLAUSE = frozenset(
    "add note stress swear own accept agree believe think know suspect suggest indicate imply observe recall shrug "
    "laugh snap boast quip joke counter conclude argue explain consider hold deem speculate reckon remark "
    "respond reply answer comment question challenge doubt offer threaten write shout alert advise reveal assess "
    "quote cite estimate repeat echo regard urge demand fear regret worry caution allege dread discount predict "
    "withdraw contradict guarantee undertake commit protest complain apologise apologize mention inform brief "
    "report state maintain insist emphasise emphasize underline".split()
)
"""Verbs that are also acts: only with a clause, a quotation or a content of their own are they cues."""

CLAUSE_VERBS = {
    lemma: "assertion"
    for lemma in (
        "find see hear show put count record document list log point read feel prove learn remember establish "
        "determine hope expect guess suppose understand assume gather judge sum realise realize "
        "notice picture calculate register detect trace confide relate signal hint provide propose request "
        "speak talk"
    ).split()
}
"""Verbs of perception and of record: a cue only where a clause or a figure depends on them."""

NAMING_VERBS = frozenset("call describe deem term label brand regard consider depict portray dub".split())
CREDITING_VERBS = frozenset(
    "disclose cite quote publish release leak provide report reveal give issue compile claim allege document record "
    "write count list say".split()
)
"""As participles behind a document or a figure they credit it to a source."""

WITHHOLDING = {
    **dict.fromkeys(("decline", "refuse", "avoid", "refrain", "evade", "dodge", "sidestep", "duck", "fail"), True),
    **dict.fromkeys(("stop", "hesitate", "neglect", "shy"), True),
}
SAYING_TARGETS = frozenset(
    "say comment confirm deny answer discuss reply respond speak tell disclose explain elaborate acknowledge admit "
    "name identify reveal specify clarify give provide dispute rule mention be state verify talk endorse".split()
)
"""What may be withheld: "declined to comment"."""
EVADED_WHEN_NEGATED = frozenset(
    "confirm deny comment say answer dispute acknowledge admit concede discuss reply respond verify tell speak know "
    "elaborate disclose reveal specify explain mention rule exclude contest recall remember confess corroborate reject "
    "refute contradict own accept doubt challenge question announce state express return recognise recognize vouch "
    "endorse accuse blame".split()
)
NOT_A_DENIAL = frozenset("say tell".split())

NOUNS = {
    "concern": (
        "concern worry fear alarm unease anxiety misgiving misgivings dismay apprehension warning disquiet fright dread "
        "spectre specter regret"
    ),
    "denial": "denial rebuttal refutation disclaimer retraction",
    "dispute": "doubt scepticism skepticism objection reservation",
    "confirmation": "confirmation acknowledgement acknowledgment admission confession apology",
    "condemnation": "accusation condemnation protest outrage indignation anger complaint",
    "commitment": "commitment promise pledge vow refusal willingness readiness offer threat guarantee",
    "assertion": (
        "statement claim assertion view opinion belief remark remarks data evidence estimate finding version account "
        "assessment announcement allegation argument conclusion position suggestion suspicion hope satisfaction "
        "condolence condolences relief surprise gratitude theory"
    ),
}
NOUN_STANCE_OF = {lemma: stance for stance, lemmas in NOUNS.items() for lemma in lemmas.split()}
LIGHT_VERBS = frozenset(
    "express voice reiterate raise reaffirm have issue make give offer repeat lodge register share convey harbour harbor "
    "put enter air".split()
)

ADJECTIVES = {
    "concern": (
        "concerned worried alarmed afraid fearful anxious uneasy troubled apprehensive nervous wary frightened dismayed "
        "disturbed amused unhappy"
    ),
    "commitment": "committed willing open determined prepared",
    "assertion": "certain sure convinced confident adamant aware persuaded satisfied positive",
    "dispute": "sceptical skeptical doubtful dubious unconvinced unpersuaded",
    "evasion": "silent mum noncommittal unaware tight-lipped speechless",
    "condemnation": "outraged indignant appalled furious",
    "confirmation": "sorry",
}
ADJECTIVE_STANCE_OF = {word: stance for stance, words in ADJECTIVES.items() for word in words.split()}
TROUBLING_VERBS = frozenset("trouble worry alarm concern frighten unsettle disturb dismay delight please anger".split())
"""Verbs whose object feels."""

MODALS_AHEAD = frozenset(("will", "'ll", "’ll", "wo", "shall", "may", "might", "should"))
AHEAD = frozenset(
    "expect plan intend want wish prepare ask urge order require need due ready set likely seek try press schedule "
    "hope mean able unlikely reluctant call invite encourage free force bound want have".split()
)
"""What governs an infinitive that is not said yet: "is expected to confirm"."""
CONDITIONS = frozenset("if whether unless before until should once till lest".split())

DENIED = (
    r"untrue|false(?:ly)?|wrong(?:ly)?|lies?|lie|fiction|fabricat\w+|invent(?:ion|ed|ions)|hoax|myth|fantasy|fake[ds]?|forge(?:d|ry|ries)|"
    r"mistak\w+|error|never|nothing|nobody|no one|none|fairy tale|made up|incorrect|inaccurate|nowhere|neither|"
    r"not true|not so|denied|denies|slander|libel"
)
DISPUTED = (
    r"baseless|groundless|unfounded|unproven|absurd\w*|ridiculous|nonsense|nonsensical|speculat\w+|exaggerat\w+|biased|"
    r"no (?:evidence|proof|trace|sign)|unsubstantiated|preposterous|laughable|hearsay|rumou?rs?|implausible|"
    r"far-fetched|flimsy|unreliable|dubious|questionable|(?:not|never|hardly|scarcely) (?:\w+ )?prove[ds]?|guess(?:work)?|"
    r"without (?:any )?(?:foundation|basis|evidence|proof)|no basis|no foundation|too \w+ to prove|unverifiable|"
    r"inconclusive|gossip|overblown|misleading|rubbish|nothing but|politically motivated|propaganda|unconvincing|"
    r"prove[sd]? nothing|fanciful|cannot be trusted|doubtful"
)
CONDEMNED = (
    r"violat\w+|illegal\w*|unlawful\w*|crim(?:e|es|inal|inals)|outrage(?:ous)?|breach\w*|shame\w*|disgrace\w*|stole|"
    r"stolen|steal\w*|theft|murder\w*|aggress\w+|betray\w*|treacher\w*|provocation|reckless\w*|unacceptable|cynical\w*|"
    r"hypocri\w+|scandal\w*|barbar\w+|terroris\w+|cheat\w*|smuggl\w+|condemn\w*|lawless\w*|massacre\w*|atrocit\w+|"
    r"brazen\w*|flout\w*|piracy|blackmail\w*"
)
CONCERNED = (
    r"danger\w*|worr(?:y|ying|ied|isome)|concern(?:ed|s|ing)?|alarm\w*|threat\w*|ramification\w*|grave|escalat\w+|"
    r"destabili[sz]\w+|risk\w*|fears?|feared|afraid|troubl(?:ed|ing)|serious consequences|catastroph\w+|disaster\w*|"
    r"unsettling|frighten\w*|regrettable|dread\w*"
)
EVADED = (
    r"no (?:comment|information|knowledge|idea|record|recollection)|nothing to (?:say|add)|not aware|unaware|"
    r"(?:do|does|did|could|can|would)(?:n['’]t| not) (?:yet )?(?:know|recall|remember|confirm|comment|say|tell)|"
    r"not in a position|can neither|neither confirm\w*|(?:has|have|had) (?:not|never) (?:seen|heard)|cannot (?:say|confirm|comment|tell|know)|"
    r"(?:am|is|are|was|were) not going to|(?:not|n['’]t) rule (?:\w+ )?out"
)
PROBABLE = (
    r"probabl[ey]|likely|presumabl[ey]|almost certainly|think[s]?|thought|believ(?:e[sd]?|ing)|expect(?:s|ed)?|suspect(?:s|ed)?|"
    r"reckon(?:s|ed)?|theory|doubtless|in all likelihood|suppose[sd]?|suspicion"
)
POSSIBLE = (
    r"might|could|may|appear(?:s|ed)?|suggest(?:s|ed|ing)?|possibl[ey]|perhaps|seem(?:s|ed)?|apparently|hope[sd]?|maybe|conceivabl[ey]"
)

_SOURCES = {
    "media": (
        "newspaper broadcaster paper magazine daily weekly channel portal website outlet newswire tabloid "
        "programme station post times herald wire press tribune mirror gazette courier ledger bulletin radio tv "
        "television journal chronicle observer telegraph"
    ),
    "document": (
        "report document docket imagery image images picture photograph photo footage video data memo memoir letter log diary "
        "ledger register list manifest record records file contract invoice receipt statement study survey paper "
        "audit print notice sheet cable e-mail email text note map log-book logbook communiqué communique "
        "declaration indictment transcript review article post book draft certificate inventory dossier website "
        "version minutes statistics figures filing sign label poster bill"
    ),
    "body": (
        "agency ministry intelligence house council department military army navy force embassy government police "
        "court parliament tribunal senate congress cabinet presidency administration directorate guard "
        "customs consulate mission committee commission command staff bureau office authority panel treasury task-force "
        "inspectorate alliance prosecution regime state delegation assembly garrison nations pact service "
        "marines brigade regiment battalion municipality legislature leadership chancellery secretariat junta"
    ),
    "organisation": (
        "company firm corporation union party institute movement militia group brigade front network bank railway "
        "society association federation charity foundation plant factory shipyard yard museum "
        "university college works club league think-tank centre center trust consortium airline line lines "
        " school hospital church ngo business cooperative syndicate"
    ),
    "group": (
        "family crew people everyone everybody majority minority public those they both each several most "
        "some team couple crowd villagers all others"
    ),
}
KIND_OF = {
    word: kind for kind, words in reversed(_SOURCES.items()) for word in words.split()
}
KIND_OF["agency"] = "body"
NAME_KINDS = {
    "media": (
        "post times herald wire press tribune mirror gazette courier ledger bulletin radio tv television news journal "
        "chronicle observer telegraph daily today mail advertiser beacon digest agence agenzia broadcasting"
    ),
    "body": (
        "ministry department council agency house army navy force forces embassy government police court parliament "
        "commission committee mission panel bureau office service guard customs intelligence register security staff "
        "command treasury secretariat nations alliance compact pact congress senate inspectorate directorate authority "
        "prosecutor prosecutor's"
    ),
    "organisation": (
        "company co corp inc ltd group union party institute movement front brigade network bank society association "
        "federation foundation works university centre center shipping lines trading logistics industries systems aero "
        "project museum precision forge chem optronics cargo defence-systems league militia corps"
    ),
}
NAME_KIND_OF = {word: kind for kind, words in reversed(NAME_KINDS.items()) for word in words.split()}

OFFICES = frozenset(
    "minister ambassador consul envoy spokesman spokeswoman spokesperson spokespeople general colonel admiral officer "
    "president premier governor mayor prosecutor official diplomat deputy councillor senator secretary soldier inspector "
    "commander attaché attache lieutenant major sergeant brigadier marshal commodore corporal private "
    "chancellor king queen prince representative delegate negotiator lawmaker legislator judge commissioner "
    "congressman congresswoman mp policeman sheriff gunner chief counsellor adviser advisor aide "
    "agent customs police army navy military government ministry parliament embassy court council force "
    "guard troops conscript commandant quartermaster vice-admiral chargé "
    "under-secretary undersecretary magistrate attorney-general member minister-president generals "
    "envoy intelligence guards staff cabinet administration consulate presidency department directorate".split()
)
"""Heads of those who speak for a state, if one is named beside them."""

TITLES = frozenset(
    "mr mr. ms ms. mrs mrs. dr dr. prof prof. professor sir madam lady lord miss general colonel admiral captain major "
    "lieutenant sergeant brigadier corporal private marshal commodore commander president minister premier senator "
    "ambassador consul envoy secretary chancellor governor mayor councillor inspector superintendent judge king queen "
    "prince princess father sister bishop pastor director chief deputy vice foreign defence defense prime trade "
    "interior finance gen gen. col col. adm adm. lt lt. maj maj. sgt sgt. capt capt. rep rep. sen sen. gov gov. "
    "spokesman spokeswoman spokesperson representative commissioner detective constable speaker rear air opposition "
    "leader broker dealer farmer analyst attorney justice officer first second lieutenant-general major-general "
    "vice-admiral attaché chairman chairwoman chair headmaster skipper engineer gunner pilot driver lawyer".split()
)
UNNAMING = frozenset("the a an this that these those both all some any each every no another our my your".split())
LEFT_OUT = frozenset(
    "other only same successive several many few most another such further more sole two three four five six seven "
    "eight nine ten eleven twelve dozen dozens hundreds thousands first second third fourth fifth sixth seventh one "
    "certain various multiple numerous half".split()
)
PEOPLE = frozenset(
    "lawyer dealer broker farmer doctor witness captain worker engineer expert analyst source clerk pilot resident "
    "villager fisherman sailor driver guard nurse teacher priest monk student owner buyer seller trader smuggler "
    "economist historian scholar researcher scientist activist campaigner journalist reporter correspondent editor "
    "author critic opponent rebel fighter militant insurgent veteran relative neighbour neighbor husband wife mother "
    "father son daughter brother sister widow cook deckhand docker skipper mate master nightwatchman watchman "
    "foreman auditor accountant banker spokesman attendant caretaker head deputy member manager director chief "
    "boss founder chairman chairwoman president boy girl man woman child prisoner defector exile refugee translator "
    "interpreter butcher baker tailor mechanic technician welder surveyor surgeon investigator detective juror "
    "tourist passenger porter postman guide shepherd sapper soldier harbourmaster person people insider "
    "executive shareholder secretary hunter gunsmith locksmith blacksmith".split()
)
CREDITS = frozenset(("according", "per"))
