"""Predicate adjectives by the position that they take."""

from __future__ import annotations

ADJECTIVES = {
    "concern": (
        "concerned worried alarmed afraid fearful anxious uneasy troubled apprehensive nervous wary "
        "frightened dismayed "
        "disturbed amused unhappy upset horrified shocked scared terrified distressed perturbed aghast "
        "unsettled jittery petrified leery edgy queasy spooked rattled unnerved panicky panicked despairing gloomy "
        "pessimistic disquieted agitated mortified chary timorous timid leery twitchy antsy fretful stricken "
    ),
    "commitment": "committed willing open determined prepared",
    "assertion": (
        "certain sure convinced confident adamant aware persuaded satisfied positive pleased delighted "
        "relieved hopeful agreed unanimous "
        "unmoved astonished amazed astounded dumbfounded stunned baffled puzzled perplexed bewildered mystified "
        "disappointed sad saddened heartbroken jubilant ecstatic elated overjoyed thrilled enthusiastic supportive "
        "unequivocal unflinching bullish upbeat wistful nostalgic embarrassed flattered "
        "optimistic insistent emphatic surprised proud clear"
    ),
    "dispute": "sceptical skeptical doubtful dubious unconvinced unpersuaded incredulous unimpressed impressed "
    "dismissive "
    "scornful contemptuous suspicious mistrustful distrustful derisive disdainful disbelieving cynical "
    "cool lukewarm",
    "evasion": (
        "silent mum noncommittal non-committal unaware lipped speechless committal evasive vague coy cagey ignorant "
        "uncertain unsure "
        "reticent taciturn tongue-tied uncommunicative agnostic undecided guarded secretive noncommital uninformed "
        "unforthcoming clueless mute"
    ),
    "condemnation": "livid irate enraged incandescent seething fuming aggrieved bitter disgusted censorious resentful "
    "outraged indignant appalled furious angry incensed critical scathing",
    "confirmation": "sorry apologetic contrite repentant remorseful penitent unrepentant candid unapologetic",
}
ADJECTIVE_STANCE_OF = {word: stance for stance, words in ADJECTIVES.items() for word in words.split()}
