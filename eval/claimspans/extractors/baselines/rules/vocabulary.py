"""English verbs, nouns and adjectives by the position that they take, and by what they govern."""

from __future__ import annotations

from .manner_verbs import MANNER
from .word_lists import words

_VERBS = {
    "denial": (
        "deny refute reject rebut repudiate disavow disclaim retract withdraw contradict disprove debunk recant disown "
        "deprecate gainsay rescind unsay negate controvert confute forswear abjure falsify scotch debunk"
    ),
    "dispute": (
        "dispute doubt question contest challenge dismiss query ridicule belittle discount scoff distrust mistrust "
        "deride mock lampoon disparage impugn object quibble demur sneer jeer downplay minimise minimize "
        "pooh poo-poo disbelieve disagree dissent rubbish discredit trash misdoubt second-guess cavil carp nitpick "
        "scorn"
    ),
    "confirmation": (
        "confirm acknowledge admit concede accept corroborate confess apologise apologize verify vouch "
        "own authenticate reconfirm "
        "substantiate allow grant validate recognise recognize uphold ratify"
    ),
    "condemnation": (
        "condemn accuse denounce blame criticise criticize decry deplore slam castigate rebuke reproach censure indict "
        "lambast lambaste complain protest fault chide scold upbraid berate admonish reprimand reprove pillory vilify "
        "charge excoriate fulminate rail inveigh assail impeach incriminate denigrate revile vituperate lash flay "
        "stigmatise stigmatize chastise berate remonstrate arraign execrate anathematise"
    ),
    "concern": (
        "warn fear worry caution dread lament regret fret agonise agonize alert bemoan bewail mourn rue shudder "
        "tremble "
        "quail blanch despair panic stew forewarn"
    ),
    "commitment": "pledge promise vow threaten offer agree undertake commit volunteer consent",
    "assertion": (
        "say tell state report announce claim argue mention reveal explain declare write reply answer retort respond "
        "insist maintain contend assert allege remark reiterate testify recount comment add note stress "
        "believe think know suspect estimate assess conclude suggest indicate predict reckon imply disclose affirm "
        "observe emphasise emphasize underline underscore highlight clarify recall quip joke boast muse "
        "aver avow opine "
        "brag crow gloat grumble sneer snap shout whisper mutter murmur mumble exclaim shrug laugh fume "
        "thunder counter "
        "rejoin quote cite speculate surmise theorise theorize hypothesise conjecture deduce infer presume "
        "deem consider describe call term label brand regard depict portray characterise characterize "
        "demand urge plead appeal implore beg recommend advocate echo repeat restate inform brief remind assure "
        "reassure notify advise counsel certify attest depose hold rule submit posit specify stipulate volunteer "
        "insinuate intimate divulge proclaim profess pronounce venture interject interpose relate narrate "
        "forecast foresee foretell prophesy project extrapolate figure reason swear guarantee "
        "roar bark bellow growl grunt groan sigh moan snarl snort splutter stammer sob shriek scream yell cry "
        "hiss rasp drawl deadpan grin smile nod sniff blurt tweet cable telegraph radio email text wire "
        "post message fax telephone phone telex praise hail applaud commend thank congratulate endorse "
        "chant chorus intone recite gush enthuse rant preach lecture bluster boom whine wail gripe grouse marvel jot "
        "asseverate postulate riposte jest stutter croak pipe squeak bleat rave rage seethe forewarn exhort "
        "moot avouch apprise summarise summarize prognosticate chatter babble rhapsodise gasp sputter chuckle "
        "chortle giggle expound elucidate rationalise persist update dictate prattle harrumph carp cavil "
        "expostulate remonstrate ejaculate wisecrack retell reassert counterclaim tattle "
        " surmise "
        "scribble scrawl blog broadcast confess recollect"
    ),
    "evasion": "stonewall prevaricate equivocate temporise temporize",
}
STANCE_OF = dict.fromkeys(MANNER, "assertion")
STANCE_OF |= {lemma: stance for stance, lemmas in reversed(_VERBS.items()) for lemma in lemmas.split()}

NEEDS_CLAUSE = words(
    "add note stress swear own accept agree believe think know suspect suggest indicate imply observe "
    "recall shrug laugh snap boast quip joke counter conclude argue explain consider hold deem speculate "
    "reckon remark respond reply answer comment question challenge doubt offer threaten write shout alert "
    "advise reveal assess quote cite estimate repeat echo regard urge demand fear regret worry caution "
    "allege dread discount predict withdraw contradict guarantee undertake commit protest complain "
    "apologise apologize mention inform brief report state maintain insist emphasise emphasize underline "
    "allow grant volunteer consent object sneer jeer fault charge rail fulminate assail mourn lament bemoan rue "
    "underscore highlight brag crow gloat grumble whisper mutter murmur mumble exclaim fume thunder surmise theorise "
    "theorize hypothesise conjecture deduce infer presume plead appeal implore beg recommend advocate restate remind "
    "assure reassure notify counsel certify attest depose rule submit posit specify stipulate insinuate intimate "
    "divulge proclaim profess pronounce venture interject interpose relate narrate forecast foresee foretell "
    "prophesy project extrapolate figure reason roar bark bellow growl grunt groan sigh moan snarl snort splutter "
    "stammer sob shriek scream yell cry hiss rasp drawl deadpan grin smile nod sniff blurt fire tweet cable telegraph "
    "radio email text wire post message fax telephone phone telex thank demur quibble mock deride validate "
    "minimise minimize praise hail applaud commend "
    "congratulate endorse describe call term label brand depict portray characterise characterize rescind admonish "
    "chant chorus intone recite gush enthuse rant preach lecture bluster boom whine wail gripe grouse marvel jot "
    "scribble scrawl blog broadcast recollect scorn recognise recognize uphold ratify shudder tremble quail blanch "
    "despair "
    "panic stew lash flay cavil carp falsify negate trash rubbish discredit forswear abjure scotch impeach revile "
    "disagree dissent remonstrate incriminate "
    "asseverate postulate riposte jest stutter croak pipe squeak bleat rave rage seethe forewarn exhort moot "
    "avouch apprise summarise summarize prognosticate chatter babble rhapsodise gasp sputter chuckle chortle "
    "giggle expound elucidate rationalise persist update dictate prattle harrumph expostulate "
    "ejaculate wisecrack retell reassert counterclaim tattle surmise"
)
NEEDS_CLAUSE |= MANNER
"""Verbs that are also acts: only with a clause, a quotation or a content of their own are they cues."""
OBJECT_SUFFICES = words(
    "fear regret worry caution question challenge doubt allege quote cite report reveal estimate predict "
    "suspect threaten offer agree undertake guarantee contradict discount protest complain apologise "
    "apologize state dread lament demand urge commit grant mourn bemoan rue forecast foresee "
    "deride advocate recommend underscore highlight reiterate restate divulge object praise hail applaud commend "
    "minimise minimize consent fault shudder tremble quail blanch despair panic cavil carp disagree dissent "
    "remonstrate impeach incriminate discredit rant rave mutter whisper grumble inform notify apprise"
)
"""Of these the ones whose content may be a noun, or a phrase with a preposition."""

CLAUSE_VERBS = words(
    "find see hear show put count record document list log point read feel prove learn remember establish "
    "determine hope expect guess suppose understand assume gather judge sum realise realize notice "
    "picture calculate register detect trace give confide relate signal hint provide propose request speak "
    "talk tally make enumerate value price peg gauge"
)
"""Verbs of perception and of record: a cue only where a clause or a figure depends on them."""

NAMING_VERBS = words(
    "call describe deem term label brand regard consider depict portray dub characterise characterize see view treat "
    "judge style paint declare pronounce find perceive"
)
"""What somebody says of a thing: "called it absurd", "sees it as a threat"."""
CREDITING_VERBS = words(
    "disclose cite quote publish release leak provide report reveal give issue compile claim allege "
    "document record write count list say carry air broadcast print circulate distribute"
)
"""As participles behind a document or a figure they credit it to a source."""

WITHHOLDING = words(
    "decline refuse avoid refrain evade dodge sidestep duck fail stop hesitate neglect shy withhold forbear abstain "
    "reserve deflect parry skirt fend ignore omit balk baulk forget"
)
SAYING_TARGETS = words(
    "say comment confirm deny answer discuss reply respond speak tell disclose explain elaborate "
    "acknowledge admit name identify reveal specify clarify give provide dispute rule mention be state "
    "verify talk endorse call draw speculate divulge share support back pronounce commit publish question "
    "comment judgment judgement answer query subject topic issue reply response detail speculation confirmation "
    "denial elaboration assessment inquiry enquiry deny vouch address engage"
)
"""What may be withheld: "declined to comment", "dodged a question"."""
EVADED_WHEN_NEGATED = words(
    "confirm deny comment say answer dispute acknowledge admit concede discuss reply respond verify tell "
    "speak know elaborate disclose reveal specify explain mention rule exclude contest recall remember "
    "confess corroborate reject refute contradict accept doubt challenge question announce state "
    "express return recognise recognize vouch endorse accuse blame discuss address divulge support back adopt draw "
    "exclude substantiate authenticate check clarify comment vouch budge elaborate endorse dismiss judge argue agree "
    "add refuse condemn criticise criticize repeat answer certify guarantee explain release publish swear retract "
    "withdraw recant rescind disavow disown give"
)

NOUNS = {
    "concern": (
        "concern worry fear alarm unease anxiety misgiving misgivings dismay apprehension warning "
        "disquiet fright dread "
        "spectre specter regret sorrow horror consternation distress foreboding nervousness uneasiness trepidation "
        "caution qualm scruple forebodings premonition presentiment panic terror jitters nerves perturbation "
        "disquietude "
        "heartache grief sadness despair gloom pessimism wariness anguish angst jitter shiver willies creeps hysteria "
        "shock agitation disquietude paranoia solicitude nightmare palpitation mistrust affright vexation timidity "
        "heebie-jeebies butterflies shudder"
    ),
    "denial": "denial rebuttal refutation disclaimer retraction disavowal repudiation recantation",
    "dispute": (
        "doubt scepticism skepticism objection reservation scorn ridicule disbelief incredulity derision aspersion "
        "mockery quibble cavil disagreement dissent dissatisfaction contempt disdain"
    ),
    "confirmation": "confirmation acknowledgement acknowledgment admission confession apology",
    "condemnation": (
        "accusation charge condemnation protest outrage indignation anger complaint blame criticism fury rebuke "
        "censure reproach disgust denunciation reprimand opprobrium displeasure wrath exasperation recrimination "
        "irritation annoyance rage ire "
        "abhorrence revulsion resentment invective"
    ),
    "commitment": (
        "commitment promise pledge vow refusal willingness readiness offer threat guarantee undertaking determination "
        "resolve word"
    ),
    "assertion": (
        "statement claim assertion view opinion belief remark remarks data evidence estimate finding version account "
        "assessment announcement allegation argument conclusion position suggestion suspicion hope satisfaction "
        "condolence condolences relief surprise gratitude theory answer reply insinuation report assurance judgment "
        "judgement impression conviction contention proposal demand appeal request prediction forecast hint "
        "bewilderment puzzlement amazement astonishment perplexity bemusement disappointment optimism enthusiasm "
        "elation incomprehension "
        "delight pride joy support approval insistence verdict testimony hunch confidence certainty"
    ),
}
NOUN_STANCE_OF = {lemma: stance for stance, lemmas in reversed(NOUNS.items()) for lemma in lemmas.split()}
LIGHT_VERBS = words(
    "express voice reiterate raise reaffirm have issue make give offer repeat lodge register share convey "
    "harbour harbor put enter air cast throw pour heap feel show take lay pin place provide "
    "advance feel note state sound utter level levy hurl direct rain nurse nurture entertain harbour betray "
    "confess signal profess air aim ring lend attach blow bear"
)
WITHHELD_NOUNS = words(
    "answer explanation comment mention reply response information reason indication confirmation denial "
    "statement apology word account clarification opinion view verdict detail assurance hint clue acknowledgement "
    "acknowledgment admission"
)
"""Nouns of saying that a light verb negates: "gave no answer"."""
EVIDENCE = words(
    "evidence proof information record knowledge indication sign picture image trace idea recollection memory data "
    "intelligence explanation answer comment photograph reply"
)
"""What somebody does not have who leaves a matter open: "has no record of it"."""
VIEW_NOUNS = words(
    "view opinion word words judgment judgement assessment estimate estimation account telling reckoning count "
    "knowledge version eyes mind belief understanding experience tally calculation admission confession "
    "acknowledgement acknowledgment"
)
"""Nouns by which a phrase with a preposition credits a sentence to somebody: "in his words", "by her count"."""
VOICES = words("secret bones voice vent expression")
"""Nouns by which a feeling behind them is shown: "made no secret of her alarm", "gave voice to its fears"."""
ANSWERING = words("react respond reply answer look view greet watch regard receive hear read see meet")
HIDING = words("hide conceal disguise mask suppress contain")
CLAIMS = words(
    "it them that this claim report figure number count list charge accusation allegation story account "
    "version question "
    "suggestion idea criticism fear concern rumour rumor evidence finding photograph picture denial "
    "remark statement word "
    "decision position view estimate tally total doubt talk objection warning complaint tale theory assertion comment "
    "argument verdict assessment reports risk danger threat incident affair loss sale deal talk speculation him her"
)
"""What a position is taken to."""

SAID = CLAIMS - words(
    "it them that this risk danger threat incident affair loss sale deal him her number count decision"
)
"""Those of them that are words of somebody."""

TROUBLING = {
    "concern": (
        "trouble worry alarm concern frighten unsettle disturb dismay unnerve horrify scare spook shock rattle perturb "
        "terrify distress sadden upset disquiet petrify disconcert daunt"
    ),
    "condemnation": "anger outrage infuriate enrage incense disgust appal appall",
    "assertion": "delight please gladden",
}
TROUBLING_VERBS = {lemma: stance for stance, lemmas in TROUBLING.items() for lemma in lemmas.split()}
"""Verbs whose object feels, by the stance of what it feels."""

MODALS_AHEAD = frozenset(("will", "'ll", "’ll", "wo", "shall", "may", "might", "should"))
AHEAD = words(
    "expect plan intend want wish prepare ask urge order require need due ready set likely seek try press "
    "schedule hope mean able unlikely reluctant call invite encourage free force bound want have"
)
"""What governs an infinitive that is not said yet: "is expected to confirm"."""
CONDITIONS = words("if whether unless should lest")
PENDING = words("before until till")
"""What opens a clause about something to come, unless it is in the past tense."""
IMPLYING = words(
    "continue begin start appear seem come manage choose rush hasten hurry proceed dare deign opt elect prefer "
    "like love tend use keep delight"
)
"""What governs an infinitive that is said all the same: "chose to deny"."""
FORCING = words("force oblige compel make move drive constrain bring lead prompt press bind")
IMPLYING_WORDS = words(
    "quick swift first last happy glad pleased sorry proud right wrong brave pains far trouble courage "
    "liberty occasion "
    "opportunity chance length lengths next careful content obliged compelled forced anxious keen eager bound floor"
)
REPORTING = words("say report believe think allege quote cite know understand rumour rumor claim")
"""What somebody is reported to have said: "is said to have denied it", "was quoted as saying"."""
