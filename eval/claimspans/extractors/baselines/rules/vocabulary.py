"""English verbs, nouns and adjectives by the position that they take, and by what they govern."""

from __future__ import annotations

from .word_lists import words

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
        "observe emphasise emphasize underline clarify recall quip joke boast muse aver opine brag "
        "gloat grumble sneer snap "
        "shout whisper mutter exclaim shrug laugh fume thunder counter rejoin quote cite speculate surmise theorise "
        "deem consider describe call term label brand regard depict portray demand urge echo repeat inform brief "
        "advise certify attest hold"
    ),
}
STANCE_OF = {lemma: stance for stance, lemmas in _VERBS.items() for lemma in lemmas.split()}

NEEDS_CLAUSE = words(
    "add note stress swear own accept agree believe think know suspect suggest indicate imply observe "
    "recall shrug laugh snap boast quip joke counter conclude argue explain consider hold deem speculate "
    "reckon remark respond reply answer comment question challenge doubt offer threaten write shout alert "
    "advise reveal assess quote cite estimate repeat echo regard urge demand fear regret worry caution "
    "allege dread discount predict withdraw contradict guarantee undertake commit protest complain "
    "apologise apologize mention inform brief report state maintain insist emphasise emphasize underline"
)
"""Verbs that are also acts: only with a clause, a quotation or a content of their own are they cues."""

CLAUSE_VERBS = words(
    "find see hear show put count record document list log point read feel prove learn remember establish "
    "determine hope expect guess suppose understand assume gather judge sum realise realize notice "
    "picture calculate register detect trace confide relate signal hint provide propose request speak "
    "talk"
)
"""Verbs of perception and of record: a cue only where a clause or a figure depends on them."""

NAMING_VERBS = words("call describe deem term label brand regard consider depict portray dub")
CREDITING_VERBS = words(
    "disclose cite quote publish release leak provide report reveal give issue compile claim allege "
    "document record write count list say"
)
"""As participles behind a document or a figure they credit it to a source."""

WITHHOLDING = words("decline refuse avoid refrain evade dodge sidestep duck fail stop hesitate neglect shy")
SAYING_TARGETS = words(
    "say comment confirm deny answer discuss reply respond speak tell disclose explain elaborate "
    "acknowledge admit name identify reveal specify clarify give provide dispute rule mention be state "
    "verify talk endorse"
)
"""What may be withheld: "declined to comment"."""
EVADED_WHEN_NEGATED = words(
    "confirm deny comment say answer dispute acknowledge admit concede discuss reply respond verify tell "
    "speak know elaborate disclose reveal specify explain mention rule exclude contest recall remember "
    "confess corroborate reject refute contradict own accept doubt challenge question announce state "
    "express return recognise recognize vouch endorse accuse blame"
)

NOUNS = {
    "concern": (
        "concern worry fear alarm unease anxiety misgiving misgivings dismay apprehension warning disquiet "
        "fright dread "
        "spectre specter regret"
    ),
    "denial": "denial rebuttal refutation disclaimer retraction",
    "dispute": "doubt scepticism skepticism objection reservation",
    "confirmation": "confirmation acknowledgement acknowledgment admission confession apology",
    "condemnation": "accusation charge condemnation protest outrage indignation anger complaint",
    "commitment": "commitment promise pledge vow refusal willingness readiness offer threat guarantee",
    "assertion": (
        "statement claim assertion view opinion belief remark remarks data evidence estimate finding version account "
        "assessment announcement allegation argument conclusion position suggestion suspicion hope satisfaction "
        "condolence condolences relief surprise gratitude theory"
    ),
}
NOUN_STANCE_OF = {lemma: stance for stance, lemmas in NOUNS.items() for lemma in lemmas.split()}
LIGHT_VERBS = words(
    "express voice reiterate raise reaffirm have issue make give offer repeat lodge register share convey "
    "harbour harbor put enter air"
)

ADJECTIVES = {
    "concern": (
        "concerned worried alarmed afraid fearful anxious uneasy troubled apprehensive nervous wary "
        "frightened dismayed "
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
TROUBLING_VERBS = words("trouble worry alarm concern frighten unsettle disturb dismay delight please anger")
"""Verbs whose object feels."""

MODALS_AHEAD = frozenset(("will", "'ll", "’ll", "wo", "shall", "may", "might", "should"))
AHEAD = words(
    "expect plan intend want wish prepare ask urge order require need due ready set likely seek try press "
    "schedule hope mean able unlikely reluctant call invite encourage free force bound want have"
)
"""What governs an infinitive that is not said yet: "is expected to confirm"."""
CONDITIONS = words("if whether unless before until should till lest")
