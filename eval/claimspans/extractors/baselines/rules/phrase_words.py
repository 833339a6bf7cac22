"""Set phrases of a verb with its object, by the position that they take: patterns of what stands behind the verb."""

from __future__ import annotations

from .vocabulary import SAID
from .word_lists import words

_OWN = r"(?:his|her|its|their|my|our|the)"
_SAID = rf"(?:{'|'.join(sorted(SAID | words('testimony confession admission')))})"
PHRASES = {
    "dispute": {
        "poke": r"fun at",
        "pick poke punch shoot knock": r"(?:\w+[ -]){0,2}(?:holes?|flaws) (?:in|through)",
        "pour throw dash fling": r"(?:(?:icy|ice-)?cold )?water (?:on|over)|buckets of (?:cold )?water",
        "take": r"(?:\w+ )?issue with|(?:\w+ )?exception to|(?:\w+ )*with (?:a|more than a) (?:pinch|grain) of salt|"
        r"a dim view of (?:the )?(?:evidence|report|figure|claim|count|estimate|photograph)|(?:\w+ ){1,5}to pieces",
        "beg": r"(?:leave )?to (?:differ|disagree|dissent)",
        "turn": rf"(?:up )?{_OWN} nose|a (?:sceptical|skeptical) eye",
        "wrinkle": rf"{_OWN} nose",
        "make": r"(?:light|little|short work|a mockery|fun|sport|nonsense|mincemeat) of",
        "give": r"(?:(?:very )?short shrift|little weight|no weight) to|(?:\w+ ){1,5}short shrift|"
        r"(?:\w+ ){1,5}(?:no|little|scant) weight|(?:\w+ ){0,3}the (?:brush-?off|raspberry|thumbs[ -]down)\b",
        "lend attach": r"(?:no|little|scant|not much) (?:weight|value|importance|significance) to|"
        r"(?:\w+ ){1,5}(?:no|little|scant) weight",
        "put set place": r"(?:no|little|scant|not much) (?:stock|store|reliance) (?:in|on|by)",
        "have": r"(?:no|little|scant) (?:time|patience|use) for|no truck with",
        "laugh hoot jeer": r"(?:\w+ ){1,6}out of (?:court|hand)",
        "toss": r"(?:\w+ ){1,6}aside|(?:aside|out) (?:the|that|this|its|his|her)",
        "raise": rf"(?:an |{_OWN} )?eyebrows?(?! at the chance)",
        "roll": rf"{_OWN} eyes",
        "see find": r"no (?:\w+ )?(?:merit|truth|substance|sense|validity|weight|value|basis|foundation) in",
        "tear rip": r"(?:\w+ ){1,5}(?:apart|to shreds|to pieces|to ribbons|down)|"
        r"(?:apart|down) (?:the|that|this|its|his|her)",
        "blow drive": r"(?:a|some) (?:\w+ )?(?:holes?|coach and horses) (?:in|through)",
        "throw cast": r"(?:\w+ ){1,5}into doubt",
        "call": r"(?:\w+ ){1,6}in(?:to)? (?:question|doubt)|(?:in(?:to)? (?:question|doubt))",
        "find": r"fault with (?:the |its |his |her |their )?"
        r"(?:evidence|report|figure|count|method|claim|estimate|audit)",
        "thumb": rf"{_OWN} nose at (?:the )?(?:evidence|report|figure|claim|count)",
    },
    "denial": {
        "give": r"the lie to",
        "knock": r"(?:\w+ ){1,7}on the head",
        "put": r"paid to (?:the |any |all )?(?:\w+ )?(?:reports?|stor(?:y|ies)|rumou?rs?|talk|claims?|tales?|"
        r"speculation|theor(?:y|ies))",
        "wash": rf"{_OWN} hands? of\b",
        "disclaim": r"(?:all |any )?(?:responsibility|knowledge|part)",
        "maintain protest plead proclaim assert declare profess swear insist": rf"(?:on )?{_OWN} (?:own )?"
        r"(?:\w+ )?innocence\b",
        "backtrack backpedal backpedale backpedalle backpedall back-pedal": rf"(?:from|on|over) "
        rf"(?:the |this |that |{_OWN} )?{_SAID}s?",
        "eat swallow": rf"{_OWN} (?:own )?words",
        "back row climb walk": rf"(?:back |down |off |away )+(?:from|on) (?:the |this |that |{_OWN} )?{_SAID}s?",
        "nail": r"(?:\w+ ){1,4}as (?:a lie|lies|false|fiction)",
        "shoot": rf"down (?:the |a |all )?{_SAID}s?|(?:the |a |all )?{_SAID}s? down",
        "go": rf"back on (?:the |this |that |its |his |her |their ){_SAID}s?",
    },
    "confirmation": {
        "own": r"(?:up )?to\b",
        "cop fess": r"(?:up )?to\b|up\b",
        "hold put": rf"(?:up {_OWN} hands?|{_OWN} hands? up) to\b",
        "make": r"(?:a )?(?:clean breast|full confession)",
        "face": r"(?:up )?to the (?:fact|truth|loss|evidence|charge)",
        "throw": rf"up {_OWN} hands?|{_OWN} hands? up",
        "come": r"clean\b",
        "eat": r"humble pie\b",
        "let": r"(?:it )?(?:slip|drop|out|on) that",
        "set": r"(?:his|her|its|their) (?:seal|stamp) (?:to|on)",
        "shoulder": r"(?:the |full |all |sole )*(?:blame|responsibility)",
    },
    "evasion": {
        "breathe utter speak": r"(?:not|never) an? (?:\w+ )?(?:word|syllable|sound)|no (?:word|syllable)|nothing\b",
        "say": r"(?:not|never) an? (?:\w+ )?(?:word|syllable|thing)|no (?:more|word)\b|(?:precious |very )?little\b",
        "hold": rf"{_OWN} (?:tongue|peace)s?\b(?! out)",
        "bite": rf"(?:{_OWN} )(?:lip|tongue)s?\b",
        "keep": rf"{_OWN} (?:own )?(?:counsel|peace|silence|(?:mouth|lips|trap|beak) (?:shut|sealed|closed|buttoned))|"
        r"(?:schtum|shtum|quiet)\b|silence\b|(?:\w+ )cards close|(?:\w+ ){1,3}(?:guessing|in the dark about)",
        "maintain preserve observe": r"(?:an? |its |his |her |their )?(?:\w+ )?silence\b",
        "lapse fall": r"(?:\w+ )?into (?:a )?(?:\w+ )?silence\b",
        "sit": r"on the fence",
        "fob": r"off (?:the |all |any )?(?:reporters?|questions?|journalists?|press|papers?|queries)",
        "reserve": rf"{_OWN} (?:position|judge?ment|answer|opinion)",
        "give": r"(?:nothing|little) (?:away|more away)|away nothing",
        "plead": r"ignorance|amnesia|(?:a )?loss of memory|the fifth",
        "feign profess": r"(?:ignorance|amnesia)",
        "play": r"dumb\b|for time\b",
        "beat": r"(?:about|around) the bush",
        "change": r"the subject",
        "leave": r"(?:(?:it|that|this) )?open\b(?! the)|"
        r"(?:the|every|that|this) (?:question|matter|point|issue|charge|claim|allegation|accusation|report) "
        r"(?:\w+ ){0,6}(?:open|hanging|unanswered)\b",
        "let": r"(?:\w+ ){1,9}(?:go|pass|stand) (?:unchallenged|uncontradicted|uncorrected|unanswered)\b|"
        r"(?:the |that |this |its |every )?(?:charge|allegation|claim|accusation|story|report|rumour|rumor)s? "
        r"(?:\w+ ){0,6}stand\b|(?:the |that |every |each )(?:question|query|remark|matter) (?:pass|drop|go|hang|lie)",
        "clam button zip": r"(?:up|it)\b",
        "take": r"the fifth",
        "hedge": rf"{_OWN} (?:bets?|answers?)|on (?:whether|the (?:question|issue))",
        "hedge waffle shrug shuffle fidget hem haw ramble mumble flounder squirm bluster hesitate": r"(?:\w+ ){0,2}"
        r"(?:when|on being|as) (?:he was |she was |they were |it was )?(?:asked|questioned|pressed|challenged|quizzed)",
        "skate gloss skim slide": r"over\b(?! the (?:ice|water|sea|waves|lake|road))",
        "pass": r"over (?:\w+ ){1,8}in silence",
        "draw": r"a veil (?:over|across)|a blank (?:when|as|on)",
        "shed throw": r"(?:no|little|scant|any|much) (?:more )?light (?:on|upon)",
        "distance": r"(?:itself|himself|herself|themselves|ourselves|myself) from",
        "fudge": r"(?:the |its |his |her )?(?:answer|question|issue|reply|matter)",
        "drag": r"a red herring",
    },
    "condemnation": {
        "point": r"(?:an? |the )?(?:\w+ )?fingers? at",
        "take": r"(?:\w+ ){0,6}to task|(?:\w+ )?aim at (?!the (?:target|ship|boat|bird|plane|crowd|man|"
        r"woman|soldier|sailor|bridge|tower)s?\b)|a (?:\w+ )?(?:swipe|dig|pop|potshot) at",
        "call bring": r"(?:\w+ ){1,6}to (?:account|book)\b",
        "dress tell": r"(?:\w+ ){1,4}(?:down|off) (?:for|over|about)|(?:down|off) (?:\w+ ){1,4}(?:for|over|about)",
        "give": r"(?:\w+ ){1,5}an? (?:\w+ )?(?:dressing[ -]down|earful|tongue-lashing|talking-to|roasting|"
        r"piece of (?:his|her|its|their) mind)",
        "haul rake": r"(?:\w+ ){1,4}over the coals",
        "cry": r"foul\b",
        "hold": r"(?:\w+ ){1,5}(?:responsible|accountable|to blame|liable)\b",
        "read": r"(?:\w+ ){1,4}the riot act",
        "hit": r"out at",
        "tear lay": r"into the (?:\w+ )?(?:minister|government|ministry|army|company|firm|navy|state)",
        "speak": r"out against",
        "heap": r"(?:blame|opprobrium|abuse) (?:on|upon)",
    },
    "concern": {
        "lose": r"(?:\w+ )?sleep (?:over|about)",
        "ring": r"(?:the |an? )?alarm bells?",
        "raise wave": r"(?:an? |the )?red flags?\b",
        "set": r"(?:the )?alarm bells ringing",
        "fear": r"the worst",
        "take": r"fright at",
    },
    "assertion": {
        "leave": r"(?:\w+ )*no doubt (?:that|about|over|as to)",
        "let": r"it be known|it be understood",
        "stick": rf"to {_OWN} (?:guns|story|version|account|line|position|view)\b",
        "stand hold": rf"{_OWN} ground\b",
        "have": r"none of (?:it|this|that)\b",
        "shake nod": rf"{_OWN} heads?(?=:)",
        "set": r"the record straight",
        "put": r"(?:it |the \w+ )?(?:about|around) that|it on record that|on record that|the record straight",
        "lay set": r"(?:it )?down that",
        "make": r"(?:it )?(?:\w+ly |quite )?(?:known|clear|plain|public) that",
        "spread": r"(?:the )?(?:word|rumour|rumor|story|tale) that",
    },
    "commitment": {
        "draw": r"the line at",
        "balk baulk jib": r"at \w+ing",
        "give pledge": r"(?:its|his|her|their) (?:solemn )?word\b",
        "stand": r"ready to",
        "turn": r"down (?:the |an? |any |all )?(?:\w+ )?(?:offer|request|proposal|demand|invitation|plea|bid)s?",
        "spurn rebuff": r"(?:the |an? |any |all |\w+['’]s )?(?:\w+ )?"
        r"(?:offer|request|proposal|demand|invitation|plea|bid|overture)s?",
    },
}
