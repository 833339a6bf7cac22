"""Words by which a content makes a neutral cue deny, doubt, blame or fear, or its speaker less sure: patterns."""

from __future__ import annotations

ADMITTED = (
    r"(?:my|our) (?:own )?(?:fault|mistakes?|errors?|blunders?|doing|oversight|bad)|mea culpa|guilty as charged|"
    r"(?:i|we) (?:was|were|am|are) (?:wrong|to blame|at fault|responsible|guilty|mistaken)|(?:i|we) (?:did it|"
    r"slipped up|"
    r"made (?:a|an|the) (?:\w+ )?(?:mistake|error|blunder)|(?:take|took|bear|accept) (?:\w+ )?(?:blame|"
    r"responsibility))|"
    r"(?:no|no point in|no use|no sense in) denying|(?:cannot|can['’]t) be denied|undeniabl[ey]|fair cop|"
    r"it was (?:us|me)|(?<=[“\"‘'«])guilty(?! of)|stupid of (?:me|us)"
)
DENIED = (
    r"untrue|false(?:ly)?|wrong(?:ly)?|lies?|lie|fiction|fabricat\w+|invent(?:ion|ed|ions)|hoax|myth|fantasy|"
    r"fake[ds]?|forge(?:d|ry|ries)|"
    r"mistaken|error|never|nothing|nobody|no one|none|fairy tale|made up|incorrect|inaccurate|nowhere|neither|"
    r"not true|not so|denied|denies|slander|libel|doctored|staged|falsif\w+|photoshopped|concoct\w+|cooked up|bogus|"
    r"phon(?:e)?y|sham|imaginary|imagin(?:ation|ed)|canard|untruth\w*|falsehood\w*|disinformation|non-?existent|"
    r"no such|nothing of the (?:kind|sort)|no truth|out of the question|cannot be true|phantoms?|liars?|"
    r"thin air|figments?|anything but|"
    r"the (?:reverse|opposite|contrary) (?:is|was) (?:true|the case)|(?:has|have|had) zero|"
    r"only in (?:the |his |her |their |your |my )?(?:\w+['’]s? )?(?:heads?|minds?|dreams?|imaginations?)"
)
DISPUTED = (
    r"baseless|groundless|unfounded|unproven|absurd\w*|ridiculous|nonsense|nonsensical|speculat\w+|exaggerat\w+|biased|"
    r"no (?:evidence|proof|trace|sign)|unsubstantiated|preposterous|laughable|hearsay|rumou?rs?|implausible|"
    r"far-fetched|flimsy|unreliable|dubious|questionable|"
    r"(?:not|never|hardly|scarcely) (?:\w+ )?prove[ds]?|guess(?:work)?|"
    r"without (?:any )?(?:foundation|basis|evidence|proof)|no basis|no foundation|too \w+ to prove|unverifiable|"
    r"inconclusive|gossip|overblown|misleading|rubbish|nothing but|politically motivated|propaganda|unconvincing|"
    r"prove[sd]? nothing|fanciful|(?:cannot|not) (?:to )?be (?:trusted|relied)|doubtful|flawed|inflated|overstate[ds]?|"
    r"thin(?= evidence|\W*$)|hollow|(?:hard|difficult) to believe|beggars belief|shaky|sloppy|weak|"
    r"does(?: not|n['’]t) add up|incredible|incredulous|selective|one-sided|circumstantial|tainted|premature|"
    r"simplistic|cherry-picked|blurred|blurry|contradictory|inconsistent|amateurish|clumsy|"
    r"rests? on (?:a |one )?(?:single|sole)|could (?:have been|be) (?:any|from any)\w*|show us|unsound|untested|"
    r"untrustworthy|drunk|farce|farcical|invalid|worthless|useless|meaningless|indeterminate|debatable|arbitrary|"
    r"un(?:signed|dated|verified|attributed|sourced|named|corroborated|checked)\b|unreadable|illegible|"
    r"(?:no|without a) method|hogwash|poppycock|balderdash|bunkum|twaddle|claptrap|drivel|garbage|piffle|baloney|"
    r"codswallop|tosh|hokum|malarkey|mumbo-jumbo|ludicrous|risible|spurious|tendentious|without merit|no merit|"
    r"hold(?:s|ing)? (?:no )?water|unsupported|alarmis[tm]|scaremonger\w*|hysteri\w+|tall (?:story|stories|tale)|"
    r"cock-and-bull|outlandish|old wives|tittle-tattle|hype|trumped[- ]up"
)
CONDEMNED = (
    r"violat\w+|illegal\w*|unlawful\w*|crim(?:e|es|inal|inals)|outrage(?:ous)?|breach\w*|shame\w*|disgrace\w*|stole|"
    r"stolen|steal\w*|theft|murder\w*|aggress\w+|betray\w*|treacher\w*|provocation|reckless\w*|unacceptable|cynical\w*|"
    r"hypocri\w+|scandal\w*|barbar\w+|terroris\w+|cheat\w*|smuggl\w+|condemn\w*|lawless\w*|massacre\w*|atrocit\w+|"
    r"brazen\w*|flout\w*|piracy|blackmail\w*|decei\w+|deceit\w*|dishonest\w*|bad faith|corrupt\w*|fraud\w*|"
    r"plunder\w*|loot(?:ed|ing)|in defiance|cowardly|unforgivable|inexcusable|irresponsib\w+|immoral|wicked|disgust\w*|"
    r"contempt\w*|complicit|guilty|bribe\w*|negligen\w+|lawbreak\w*|perfid\w+|infam\w+|abuse[ds]?|blood on"
)
CONCERNED = (
    r"danger\w*|worr(?:y|ying|ied|isome)|concern(?:ed|s|ing)?|alarm\w*|threat\w*|ramification\w*|grave|escalat\w+|"
    r"destabili[sz]\w+|risk\w*|fears?|feared|afraid|troubl(?:ed|ing)|serious consequences|catastroph\w+|disaster\w*|"
    r"unsettling|frighten\w*|regrettable|dread(?!nought)\w*|ominous|peril\w*|hazard\w*|unsafe|nightmare|time bomb|"
    r"powder keg|"
    r"sinister|disturbing|scar(?:y|ed)|tragic|tragedy|dismay\w*|unease|anxi\w+"
)
EVADED = (
    r"no (?:comment|information|knowledge|idea|record|recollection)|nothing to (?:say|add)|not aware|unaware|"
    r"(?:do|does|did|could|can|would)(?:n['’]t| not) (?:yet )?(?:know|recall|remember|confirm|comment|say|tell)|"
    r"not in a position|can neither|neither confirm\w*|(?:has|have|had) (?:not|never) (?:seen|heard)|"
    r"cannot (?:say|confirm|comment|tell|know)|"
    r"(?:not|n[’']t|never) (?:hear|see|find|catch) (?:me|us)|"
    r"(?:am|is|are|was|were) not going to|(?:(?:can)?not|n['’]t|never) (?:be )?rul(?:e|ed|ing) (?:\w+ )?out"
)
PROBABLE = (
    r"probabl[ey]|likely|presumabl[ey]|almost certainly|thinks?(?!-)|thought|believ(?:e[sd]?|ing)|expect(?:s|ed)?|"
    r"suspect(?:s|ed)?|"
    r"reckon(?:s|ed)?|theory|doubtless|in all (?:likelihood|probability)|suppose[sd]?|suspicion|assum(?:e[sd]?|ing)|"
    r"presum(?:e[sd]?|ing)|guess(?:es|ed)|surmise[sd]?|conjectured?|hunch|more likely|no doubt|must have|odds are|"
    r"as good as certain|takes it that|took it that|imagines?|gathers?|gathered that|inclined"
)
POSSIBLE = (
    r"might|could|may|appear(?:s|ed)?|suggest(?:s|ed|ing)?|possibl[ey]|perhaps|seem(?:s|ed)?|apparently|"
    r"hope[sd]?|maybe|conceivabl[ey]|in theory|as if|looks? like|looked like"
)
