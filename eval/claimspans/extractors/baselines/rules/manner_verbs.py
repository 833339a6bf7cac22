"""Verbs of voice, sound and mien: of saying where a quotation or a clause stands beside them, else mere acts."""

from __future__ import annotations

import re

from .word_lists import words

MANNER = words(
    "yawn croak sing bleat babble gabble burble gibber coo purr chirp chirrup twitter squeak squeal squawk bawl howl "
    "holler yelp yap rumble drone lisp wheeze gasp pant cough sniffle whimper chuckle giggle titter guffaw cackle "
    "chortle snicker snigger smirk beam frown scowl glower pout grimace wink gulp choke storm rage seethe flare "
    "explode erupt bristle bridle harrumph tut cluck trill warble carol simper effuse rhapsodise rhapsodize waffle "
    "witter prattle prate blather jabber ramble pontificate moralise moralize sermonise sermonize declaim harangue "
    "orate enunciate articulate vocalise vocalize utter spout parrot quaver hazard ruminate reflect meditate "
    "philosophise philosophize wisecrack banter jest josh tease kid riposte retaliate entreat beseech exhort wheedle "
    "nag coax cajole convey pipe bellyache bitch kvetch gossip whoop cheer crackle trumpet mouth shrill bray caw "
    "honk hoot wail weep blub blubber snivel pray persist expound expatiate interrupt intervene hiccup slur stutter "
    "falter improvise ad-lib versify concur tally squall"
)
LEADING_TO = re.compile(
    r"(?:(?:is|was|are|were|has been|had been) (?:\w+ly )?(?:(?:fond|weary|tired|sick|proud) of|(?:quick|keen|anxious|"
    r"careful|eager|wont|known|happy|glad|apt|prone|heard|overheard|seen|at pains|obliged|forced|moved) to)|"
    r"never tire[sd] of|(?:like[sd]?|used|loved|loves|hastene?d?s?|took care|takes care|went on|goes on|continued|"
    r"continues|rushed|chose|chooses|felt obliged|felt bound) to|(?:keeps?|kept)(?: on)?|(?:has|have|had) taken to|"
    r"(?:takes|took|finds|found) pleasure in"
    r")",
    re.IGNORECASE,
)
"""Verbs that lead to one of saying: "the envoy is fond of reminding his guests"."""
WITH_PARTICLE = {
    "went": "on",
    "goes": "on",
    "shot": "back",
    "piped": "up",
    "pipes": "up",
    **dict.fromkeys(("chimed", "put", "cut", "broke", "butted", "chipped"), "in"),
}
"""Verbs that are of saying only with a particle: "the envoy went on"."""
PARTICLE = {"pointed": "out", "points": "out", "summed": "up", "cried": "out", "called": "out", "fired": "back"}
LEADING = {**dict.fromkeys(("piped", "spoke", "spake"), ("up",)), **dict.fromkeys(("chimed", "butted"), ("in",))}
"""Particles that stand before their verb: "up piped a deckhand"."""
