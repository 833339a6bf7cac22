"""English nouns by the kind of source that they name, titles, offices and people."""

from __future__ import annotations

from .word_lists import words

THINGS = words(
    "missile launcher carrier bomber cruiser freighter destroyer tanker container computer number figure "
    "order weapon letter matter water river border september october november december corner summer "
    "winter power quarter charter fighter chamber tractor motor reactor sector factor error door floor "
    "terror harbour helicopter silver copper powder rubber transfer mortar howitzer propeller trailer "
    "boiler tower order danger anger hunger offer shelter manner layer paper rumour vapour colour labour "
    "favour crater"
)
"""Nouns that end like those of persons."""

_SOURCES = {
    "media": (
        "newspaper broadcaster paper magazine daily weekly channel portal website outlet newswire tabloid "
        "programme station post times herald wire press tribune mirror gazette courier ledger bulletin radio tv "
        "television journal chronicle observer telegraph"
    ),
    "document": (
        "report document docket imagery image images picture photograph photo footage video data memo memoir "
        "letter log diary "
        "ledger register list manifest record records file contract invoice receipt statement study survey paper "
        "audit print notice sheet cable e-mail email text note map log-book logbook communiqué communique "
        "declaration indictment transcript review article post book draft certificate inventory dossier website "
        "version minutes statistics figures filing sign label poster bill books entry tally catalogue catalog diagram "
        "ledger appendix annex footnote caption placard plaque testimony affidavit dispatch bulletin briefing "
        "schedule timetable fact-sheet leaflet brochure chart graph table map census calendar telegram fax wire tape "
        "evidence intercept receipt ticket stamp inscription logbook guidebook handbook textbook manual atlas almanac "
        "yearbook scrapbook notebook pamphlet flyer circular encyclopaedia encyclopedia dictionary chapter passage "
        "paragraph preface foreword prospectus warrant writ ruling annals archive "
        "archives papers memorandum deposition spreadsheet database postcard epitaph gravestone tombstone"
    ),
    "body": (
        "agency ministry intelligence house council department military army navy force embassy government police "
        "court parliament tribunal senate congress cabinet presidency administration directorate guard "
        "customs consulate mission committee commission command bureau office authority panel treasury "
        "task-force "
        "inspectorate alliance prosecution regime state delegation assembly garrison nations pact service "
        "inquiry enquiry inquest coastguard coast-guard gendarmerie squadron battery fleet marines "
        "headquarters exchequer legation chancery ombudsman taskforce "
        "brigade regiment battalion municipality legislature leadership chancellery secretariat junta admiralty "
        "constabulary judiciary politburo watchdog"
    ),
    "organisation": (
        "company firm corporation board management union party institute movement militia group brigade front network "
        "bank railway "
        "society association federation charity foundation plant factory shipyard yard museum "
        "university college works club league think-tank centre center trust consortium airline line lines "
        "bakery distillery dairy pharmacy hotel inn tavern restaurant cinema zoo circus library gallery shop store "
        "smelter airport farm academy laboratory observatory clinic orchestra dealership auctioneers "
        "school hospital church ngo business cooperative syndicate co-op conglomerate startup start-up brewery mill "
        "refinery foundry parish diocese monastery abbey convent theatre brotherhood congregation cartel chamber "
        "lobby coalition guild fraternity sisterhood"
    ),
    "group": (
        "family crew people everyone everybody majority minority public those they both each several most "
        "some team couple crowd villagers all others jury twins staff orchestra choir chorus audience congregation "
        "electorate workforce populace mob gang townsfolk townspeople folk "
        "pair duo trio twosome threesome foursome quartet quintet "
        "clergy nobility gentry peasantry entourage generation faculty squad platoon"
    ),
}
KIND_OF = {word: kind for kind, words in reversed(_SOURCES.items()) for word in words.split()}
KIND_OF["agency"] = "body"
KIND_OF |= dict.fromkeys(("capital", "country", "kingdom", "republic"), "state")
NAME_KINDS = {
    "media": (
        "post times herald wire press tribune mirror gazette courier ledger bulletin radio tv television news journal "
        "chronicle observer telegraph daily today mail advertiser beacon digest agence agenzia broadcasting "
        "echo sun star express sentinel argus examiner enquirer inquirer clarion globe dispatch bugle banner standard "
        "guardian voice monitor recorder review weekly packet courier mercury intelligencer spectator reporter "
        "gazetteer"
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
        "freight haulage optical optics marine maritime aviation airways airlines avionics dynamics robotics "
        "ballistics ordnance arms armaments munitions foundry foundries steel steelworks ironworks metals alloys "
        "motors engines turbines engineering electronics instruments semiconductors microsystems tech "
        "technologies software labs laboratories analytics research consulting consultancy consultants partners "
        "associates advisers holdings holding capital ventures enterprises investments insurance assurance "
        "securities brokers brokerage auctions exports imports supplies supply stores transport transports "
        "couriers forwarding salvage dredging drydock shipyard shipyards shipbuilding shipbuilders boatyard "
        "stevedores ferries tankers tugs railway railways pharma pharmaceuticals chemical chemicals plastics "
        "textiles mills brewery distillery bakery dairies foods farms mining minerals quarries petroleum oil gas "
        "energy power solar nuclear brothers sons guild institut college academy hospital clinic orchestra choir "
        "theatre lodge "
        "project museum precision forge chem optronics cargo defence-systems league militia corps sisters daughters "
        "knights brotherhood sisterhood"
    ),
}
NAME_KIND_OF = {word: kind for kind, words in reversed(NAME_KINDS.items()) for word in words.split()}

OFFICES = words(
    "minister ambassador consul envoy spokesman spokeswoman spokesperson spokespeople general colonel "
    "admiral officer president premier governor mayor prosecutor official diplomat deputy councillor "
    "legate senator secretary soldier inspector commander attaché attache lieutenant major sergeant brigadier "
    "marshal commodore corporal private chancellor king queen prince representative delegate negotiator "
    "lawmaker legislator judge commissioner congressman congresswoman mp policeman sheriff gunner chief "
    "constable ombudsman sheriff marshal admiralty constabulary counsellor adviser advisor aide agent customs "
    "police army navy military government ministry "
    "parliament embassy court council force guard troops conscript commandant quartermaster vice-admiral "
    "chargé under-secretary undersecretary magistrate attorney-general member minister-president generals auditor "
    "envoy intelligence guards staff cabinet administration consulate presidency department directorate"
)
"""Heads of those who speak for a state, if one is named beside them."""

TITLES = words(
    "mr mr. ms ms. mrs mrs. dr dr. prof prof. professor sir madam lady lord miss general colonel admiral "
    "captain major lieutenant sergeant brigadier corporal private marshal commodore commander president "
    "minister premier senator ambassador consul envoy secretary chancellor governor mayor councillor "
    "inspector superintendent judge king queen prince princess father sister bishop pastor director chief "
    "deputy vice foreign defence defense prime trade interior finance gen gen. col col. adm adm. lt lt. "
    "maj maj. sgt sgt. capt capt. rep rep. sen sen. gov gov. spokesman spokeswoman spokesperson "
    "representative commissioner detective constable speaker rear air opposition leader broker dealer "
    "farmer analyst attorney justice officer first second lieutenant-general major-general vice-admiral "
    "canon reverend rev rev. dean vicar rector archdeacon monsignor rabbi imam hon hon. judge lord-justice "
    "cllr cllr. attaché chairman chairwoman chair headmaster skipper engineer gunner pilot driver lawyer "
    "dame comptroller controller cardinal archbishop abbot abbess prior prioress deacon chaplain sheikh ayatollah "
    "bosun boatswain coxswain purser bombardier fusilier trooper ensign cadet warden provost bailiff magistrate "
    "coroner barrister solicitor advocate notary counsel curator librarian archivist treasurer auditor ombudsman "
    "prosecutor comrade citizen baron baroness count countess duke duchess earl viscount marquis emperor empress "
    "sultan emir "
    "nurse surgeon midwife gunsmith armourer sapper foreman forewoman headmistress postmaster harbourmaster "
    "stationmaster constable sheriff marshal legate nuncio chargé"
)
UNNAMING = words("the a an this that these those both all some any each every no another our my your")
LEFT_OUT = words(
    "other only same successive several many few most another such further more sole two three four five "
    "six seven eight nine ten eleven twelve dozen dozens hundreds thousands first second third fourth "
    "fifth sixth seventh one certain various multiple numerous half own"
)
PEOPLE = words(
    "lawyer dealer broker farmer doctor witness captain worker engineer expert analyst source clerk pilot "
    "resident villager fisherman sailor driver guard nurse teacher priest monk student owner buyer seller "
    "trader smuggler economist historian scholar researcher scientist activist campaigner journalist "
    "reporter correspondent editor author critic opponent rebel fighter militant insurgent veteran "
    "relative neighbour neighbor husband wife mother father son daughter brother sister widow cook "
    "deckhand docker skipper mate master nightwatchman watchman foreman auditor accountant banker "
    "spokesman attendant caretaker head deputy member manager director chief boss founder chairman "
    "chairwoman president boy girl man woman child prisoner defector exile refugee translator interpreter "
    "butcher baker tailor mechanic technician welder surveyor surgeon investigator detective juror "
    "tourist passenger porter postman guide shepherd sapper soldier harbourmaster person people insider "
    "executive shareholder secretary hunter gunsmith locksmith blacksmith bishop archbishop priest nun pope rabbi imam "
    "cardinal chaplain cleric vicar prophet pirate boss spy thief twin uncle aunt cousin nephew niece grandfather "
    "grandmother cadet recruit patient client suspect defendant plaintiff applicant claimant tenant servant merchant "
    "consultant assistant occupant participant dissident respondent parent colleague coach chef nurse diplomat "
    "bureaucrat academic sceptic skeptic poet pundit scout peasant candidate advocate graduate lad youth teenager guy "
    "fellow folk duke earl baron count knight emperor empress sultan emir sheikh chieftain interlocutor "
    "heir host guest "
    "groom bride citizen comrade veteran physicist chemist technician statistician librarian historian politician "
    "musician electrician physician civilian guardian custodian employee trainee absentee trustee retiree "
    "surgeon crane-driver lighthouse-keeper beekeeper judge pensioner speaker opponent critic warden steward "
    "bosun stevedore stoker purser hand airman marine sapper conscript lookout ally rival neighbour regulator "
    "insurer creditor donor dean professor rector lecturer archivist curator amateur connoisseur "
    "ballistician gunmaker abbot abbess friar "
    "villager veteran reader armourer harbour-master crofter miner weaver "
    "midwife sexton hermit pilgrim novice deacon curate parson actress waitress hostess "
    "stewardess landlord landlady publican valet cabbie chauffeur mason optician vet veterinarian paramedic medic "
    "mathematician playwright informant go-between intermediary tycoon magnate oligarch heiress spouse fiancé "
    "fiancée girlfriend boyfriend roommate classmate schoolboy schoolgirl pupil undergraduate orphan nanny victim "
    "hostage captive inmate convict fugitive runaway mercenary coxswain partisan guerrilla warlord bodyguard "
    "farmhand lumberjack antiquary antiquarian enthusiast passer-by eyewitness patron understudy mastermind "
    "accomplice culprit litigant paralegal notary bailiff registrar actuary lifeguard bargee "
    "picket striker rating hawk dove moderate hardliner dissenter doubter loyalist local native islander local- "
    "resident fiance deckhand dockhand stagehand ranch-hand mill-hand handyman orderly volunteer reservist "
    "recluse loner rep clergyman grandee dignitary notable luminary cosmonaut astronaut cadre comrade commando "
    "conspirator delegate escapee evacuee returnee detainee internee abductee addressee absconder nominee "
    "appointee grantee lessee licensee mortgagee payee franchisee devotee referee attendee interviewee invitee "
    "amputee parolee divorcee draftee retainee debutante confidant confidante aspirant accountant adjutant aide- "
    "de-camp attendant combatant commandant communicant complainant contestant dependant emigrant immigrant "
    "migrant entrant inhabitant lieutenant militiaman peasant registrant sergeant tenant agent adolescent client "
    "correspondent delinquent dissident patient president regent resident respondent student superintendent "
    "clairvoyant celebrant debutant protestant sextant savant academician beautician clinician dietician logician "
    "magician mortician obstetrician optician paediatrician patrician pediatrician theoretician antiquarian "
    "comedian custodian grammarian historian humanitarian veterinarian disciplinarian octogenarian parishioner "
    "utopian thespian tragedian vegetarian pedestrian equestrian barrister prelate primate curate magnate "
    "advocate laureate associate inmate shipmate crewmate teammate flatmate workmate playmate helpmate schoolmate "
    "messmate bunkmate cellmate apprentice accomplice novice cadet brunette coquette bard bastard coward drunkard "
    "laggard steward wizard shepherdess goatherd cowherd swineherd shepherd herdsman cowboy cowgirl bellboy "
    "busboy ploughboy schoolmarm au-pair jockey attorney croupier cashier brigadier grenadier fusilier bombardier "
    "courtier financier hotelier premier gondolier chocolatier sommelier cameleer muleteer privateer profiteer "
    "racketeer mountaineer pamphleteer auctioneer charioteer overseer chief-of-staff bookkeeper bon-vivant "
    "ascetic mystic mechanic alcoholic fanatic lunatic sceptic cleric heretic critic paramedic medic hydraulics- "
    "expert navvy bobby detective representative relative captive fugitive executive bully dummy lackey flunkey "
    "yeoman caddie cabby bookie groupie foodie junkie townie squaddie goalie aussie signatory adversary "
    "beneficiary emissary functionary intermediary mercenary missionary plenipotentiary revolutionary visionary "
    "notary veterinary artificer aristocrat autocrat bureaucrat democrat technocrat plutocrat diplomat acrobat "
    "expat magus rancher ranger forester woodsman huntsman gamekeeper poacher astronomer geologist philosopher "
    "photographer cinematographer geographer cartographer stenographer lexicographer typist "
    "parliamentarian monarch regent viceroy ex-wife ex-husband "
    "counsel boatswain duchess countess bursar beadle squire maid apothecary canon chamberlain druid dyer ensign "
    "equerry escort gendarme matron minstrel pageboy pedlar prefect provost reeve scribe seamstress sentry "
    "stableboy stowaway subaltern umpire tsar schoolmistress choirboy choirgirl stepson grandson vassal serf "
    "sergeant-at-arms lance-corporal aide-de-camp nomad burglar appellant foreperson headmistress postmistress "
    "landlady priestess abbess prioress hostess stewardess governess laundress actress waitress baroness "
    "marchioness heiress mistress enchantress coxswain comptroller sexton"
)
