# ruff: noqa: E501  # tables: a row a line
"""The stock that `archive.py` composes reports from: kinds of events, facts in several wordings, names, boilerplate.

A kind is told in lines of words: groups parted by ";", and within a group words parted by "|" that say the same.
An origin picks one word of each group and keeps to it, so that two origins tell one event in other words.

A fact is a tuple of wordings of one statement. Slots: `event who did what how` come from the kind; `noun nouns ved
adj adv ing` from the general words, most of them from the few that the story keeps coming back to; `place near
region` are places, `person role org` somebody, `n c pct money day month hour` figures. A slot that stands in two
wordings has one value. Between two slots stand few words, so that two reports that use one wording share no
run of words but by chance; the phrases that all newsrooms share are in `PHRASES`.
"""

from __future__ import annotations

__all__ = [
    "BACKGROUND",
    "COLOUR",
    "CREDITS",
    "FACTS",
    "FIRST",
    "FOOTERS",
    "HEADS",
    "KINDS",
    "LEADS",
    "NAME_ENDS",
    "NAME_MIDDLES",
    "NAME_STARTS",
    "ORGANISATIONS",
    "PAPERS",
    "PHRASES",
    "PLACE_ENDS",
    "PLACE_STARTS",
    "QUOTES",
    "ROLES",
    "ROUTINES",
    "SWAPS",
    "WEEKDAYS",
]

KINDS = """
storm 10
event: storm|gale|tempest; hurricane|cyclone|typhoon; blizzard|snowstorm|whiteout; downpour|cloudburst|deluge
hit: battered|lashed|pounded; hit|struck|tore into
who: rescuers|rescue teams|crews; residents|inhabitants|locals; forecasters|meteorologists|weather experts; linesmen|electricians|engineers; farmers|growers|smallholders
did: cleared|removed|hauled away; warned of|forecast|predicted; repaired|mended|patched; abandoned|left|fled
what: roofs|rooftops|tiles; power lines|cables|pylons; fallen trees|trunks|timber; flooded cellars|basements|underpasses; sandbags|barriers|dykes; ferry services|sailings|crossings
how: severe|fierce|violent; sodden|soaked|waterlogged; gusting|howling|roaring; coastal|seaside|shoreline
match 12
event: match|game|fixture; final|decider|title match; derby|local clash|city duel; semi-final|last-four tie|cup tie
hit: thrilled|gripped|delighted; stunned|silenced|shocked
who: supporters|fans|followers; defenders|backs|centre-halves; strikers|forwards|attackers; referees|officials|linesmen; visitors|guests|the away side
did: scored|netted|converted; missed|squandered|wasted; booked|cautioned|warned; celebrated|cheered|toasted
what: penalties|spot kicks|chances; goals|headers|equalisers; corners|free kicks|crosses; injuries|knocks|strains; season tickets|places|seats; contracts|transfers|signings
how: late|last-minute|injury-time; unbeaten|flawless|perfect; disputed|controversial|debated; goalless|barren|scoreless
trial 10
event: trial|court case|hearing; appeal|retrial|review; lawsuit|action|claim; sentencing|verdict|ruling
hit: opened in|began in|got under way in; divided|split|polarised
who: prosecutors|the prosecution|state attorneys; jurors|the jury|jury members; lawyers|counsel|attorneys; judges|the bench|magistrates; witnesses|bystanders|those who testified
did: rejected|dismissed|threw out; heard|listened to|took down; disputed|challenged|contested; presented|submitted|produced
what: charges|counts|accusations; documents|files|papers; testimony|statements|depositions; bail|release|surety; fingerprints|traces|samples; damages|compensation|payouts
how: unlawful|illegal|criminal; sealed|secret|undisclosed; lenient|mild|soft; forensic|scientific|laboratory
election 9
event: election|vote|ballot; referendum|plebiscite|popular vote; run-off|second round|final ballot; by-election|special election|local vote
hit: shook|jolted|unsettled; dominated|overshadowed|gripped
who: voters|the electorate|citizens; candidates|contenders|hopefuls; observers|monitors|election watchers; volunteers|helpers|campaigners; pollsters|survey firms|analysts
did: counted|tallied|totted up; backed|supported|endorsed; promised|pledged|vowed; conceded|admitted|acknowledged
what: ballots|votes|ballot papers; posters|leaflets|placards; polling stations|booths|precincts; coalitions|alliances|pacts; tax cuts|rebates|refunds; recounts|checks|audits
how: narrow|slim|tight; rural|provincial|upcountry; undecided|wavering|floating; postal|absentee|mailed
fire 8
event: fire|blaze|inferno; explosion|blast|detonation; wildfire|forest fire|bushfire; gas leak|fume alarm|chemical alarm
hit: destroyed part of|gutted a block in|ravaged; engulfed|raced through|swept
who: firefighters|fire crews|brigades; paramedics|ambulance crews|medics; neighbours|people next door|residents; tenants|lodgers|occupants; investigators|inspectors|examiners
did: evacuated|emptied|cleared; doused|extinguished|put out; inspected|examined|checked; saved|rescued|pulled out
what: stairwells|landings|corridors; warehouses|depots|sheds; smoke alarms|detectors|sprinklers; gas bottles|cylinders|canisters; attics|lofts|upper floors; hydrants|hoses|pumps
how: charred|blackened|burnt; toxic|poisonous|noxious; smouldering|glowing|smoking; wooden|timber-framed|timbered
crash 8
event: crash|collision|accident; derailment|rail accident|train wreck; pile-up|multiple crash|chain collision; emergency landing|crash landing|forced landing
hit: blocked|closed|paralysed; brought chaos to|disrupted|halted traffic in
who: drivers|motorists|people at the wheel; passengers|travellers|people aboard; medics|doctors|emergency staff; conductors|guards|stewards; technicians|mechanics|fitters
did: towed|dragged|hauled; treated|bandaged|looked after; diverted|rerouted|turned back; recovered|retrieved|salvaged
what: coaches|carriages|wagons; lorries|trucks|vans; brakes|brake lines|discs; signals|switches|points; guard rails|crash barriers|kerbs; flight recorders|data recorders|black boxes
how: icy|slippery|frozen; overturned|upturned|capsized; speeding|fast|hurtling; oncoming|approaching|opposite
strike 7
event: strike|walkout|stoppage; lockout|shutdown|closure; pay dispute|wage row|pay fight; go-slow|work-to-rule|slowdown
hit: crippled|paralysed|brought to a halt; entered a new week in|dragged on in|continued in
who: unions|labour leaders|organised workers; employers|managers|bosses; pickets|strikers|protesters; commuters|passengers|daily travellers; mediators|go-betweens|arbitrators
did: rejected|turned down|refused; demanded|sought|called for; suspended|halted|broke off; signed|sealed|concluded
what: pay offers|wage proposals|pay packages; overtime|extra shifts|night work; pensions|retirement funds|old-age benefits; timetables|rosters|schedules; redundancies|layoffs|job cuts; bonuses|premiums|extra pay
how: unpaid|unremunerated|without pay; industrial|factory|manufacturing; temporary|short-term|fixed-term; bitter|rancorous|embittered
merger 7
event: merger|tie-up|amalgamation; takeover|acquisition|buyout; share sale|flotation|listing; insolvency|bankruptcy|collapse
hit: surprised investors in|stirred markets in|moved shares in; cost jobs in|worried suppliers in|hurt dealers in
who: shareholders|investors|owners; analysts|market watchers|brokers; regulators|competition authorities|watchdogs; creditors|lenders|banks; directors|board members|executives
did: approved|cleared|waved through; bought|acquired|snapped up; sold|offloaded|disposed of; valued|priced|appraised
what: shares|stock|holdings; plants|factories|works; bonds|notes|debt papers; patents|licences|rights; subsidiaries|units|daughter firms; dividends|payouts|distributions
how: hostile|unwelcome|unsolicited; quarterly|three-month|interim; loss-making|unprofitable|ailing; listed|traded|quoted
arrest 8
event: arrest|capture|detention; raid|swoop|search; stabbing|knife attack|assault; robbery|hold-up|heist
hit: alarmed|frightened|worried; ended a manhunt in|closed a hunt in|stunned people in
who: detectives|investigators|plain-clothes officers; suspects|accused|alleged offenders; officers|police|constables; victims|injured people|those attacked; informers|sources|tipsters
did: seized|confiscated|took away; questioned|interrogated|interviewed; handcuffed|overpowered|restrained; smuggled|trafficked|moved
what: weapons|firearms|pistols; drugs|narcotics|pills; banknotes|cash|currency; getaway cars|stolen vehicles|motorcycles; fake passports|forged papers|identity cards; jewels|gems|stones
how: masked|hooded|disguised; armed|gun-carrying|knife-wielding; wanted|sought|fugitive; unmarked|anonymous|plain
summit 7
event: summit|meeting of leaders|top-level talks; peace talks|negotiations|truce talks; state visit|official visit|trip; treaty|accord|agreement
hit: opened in|started in|began in; ended without result in|collapsed in|broke up in
who: diplomats|envoys|ambassadors; ministers|cabinet members|members of government; delegates|negotiators|representatives; aides|advisers|officials; presidents|heads of state|leaders
did: signed|initialled|put their names to; discussed|debated|talked over; postponed|delayed|put off; welcomed|hailed|praised
what: sanctions|embargoes|penalties; border crossings|checkpoints|frontier posts; fishing quotas|catch limits|catches; prisoner swaps|exchanges|releases; draft texts|declarations|communiques; tariffs|duties|customs charges
how: bilateral|two-way|mutual; frozen|stalled|deadlocked; disputed|contested|claimed; diplomatic|consular|ambassadorial
outbreak 6
event: outbreak|epidemic|wave of infections; vaccination drive|inoculation campaign|jab campaign; food poisoning|contamination|salmonella case; hospital closure|ward closure|clinic shutdown
hit: spread in|reached|arrived in; strained clinics in|filled wards in|burdened hospitals in
who: doctors|physicians|medics; patients|sufferers|the sick; nurses|ward staff|carers; virologists|epidemiologists|disease experts; pharmacists|chemists|druggists
did: vaccinated|inoculated|immunised; isolated|quarantined|separated; prescribed|dispensed|handed out; tested|screened|sampled
what: vaccines|doses|vials; masks|face coverings|respirators; infections|cases|positive tests; antibiotics|medicines|drugs; intensive-care beds|ventilators|isolation wards; swabs|blood samples|smears
how: contagious|infectious|catching; feverish|coughing|ill; elderly|older|aged; chronic|long-term|lasting
quake 4
event: earthquake|quake|tremor; landslide|mudslide|rockfall; eruption|volcanic blast|lava flow; avalanche|snow slide|slab
hit: shook|rocked|jolted; buried part of|damaged|devastated
who: seismologists|geologists|earth scientists; survivors|people pulled out|the rescued; volunteers|helpers|diggers; soldiers|troops|army units; shepherds|herders|hill farmers
did: unearthed|dug out|freed; searched|combed|scoured; flew in|brought|airlifted; pitched|set up|put up
what: rubble|debris|ruins; tents|shelters|tarpaulins; aftershocks|further tremors|smaller shocks; bridges|viaducts|crossings; sniffer dogs|search dogs|dog teams; blankets|bedding|sleeping bags
how: collapsed|flattened|toppled; mountainous|hilly|upland; trapped|buried|entombed; makeshift|improvised|provisional
law 7
event: bill|draft law|legislation; budget|spending plan|finance plan; reform|overhaul|revamp; ban|prohibition|outlawing
hit: divided lawmakers in|split parliament in|stirred debate in; passed its first test in|cleared a hurdle in|moved forward in
who: lawmakers|deputies|members of parliament; ministers|cabinet members|government politicians; opponents|critics|detractors; economists|financial experts|scholars; lobbyists|interest groups|pressure groups
did: amended|changed|rewrote; opposed|fought|resisted; adopted|passed|voted through; criticised|attacked|slammed
what: clauses|paragraphs|sections; subsidies|grants|state aid; income taxes|levies|duties; benefits|allowances|welfare payments; spending caps|limits|ceilings; amendments|changes|motions
how: unpopular|disliked|resented; fiscal|budgetary|financial; bipartisan|cross-party|joint; costly|expensive|dear
launch 5
event: launch|unveiling|presentation; satellite|probe|spacecraft; recall|call-back|withdrawal; outage|breakdown|failure
hit: drew crowds in|attracted visitors to|was shown in; caused trouble in|brought delays to|upset customers in
who: engineers|developers|designers; customers|buyers|users; programmers|coders|software writers; scientists|researchers|scholars; retailers|shops|dealers
did: unveiled|showed|presented; tested|tried out|examined; recalled|called back|withdrew; upgraded|improved|modernised
what: batteries|cells|power packs; sensors|detectors|probes; apps|programs|software; chips|processors|circuits; data centres|servers|computers; charging points|sockets|plugs
how: faulty|defective|broken; wireless|cordless|remote; autonomous|self-driving|driverless; lightweight|light|slim
festival 5
event: festival|celebration|fair; exhibition|show|display; premiere|first night|opening; award ceremony|prize-giving|gala
hit: drew thousands to|filled the streets of|enlivened; opened in|began in|started in
who: musicians|players|performers; visitors|guests|the audience; curators|organisers|planners; actors|stars|cast members; critics|reviewers|commentators
did: performed|played|staged; applauded|cheered|hailed; opened|inaugurated|launched; painted|drew|sketched
what: canvases|paintings|pictures; songs|tunes|ballads; costumes|outfits|dresses; tickets|passes|admissions; stages|platforms|podiums; sculptures|statues|bronzes
how: colourful|bright|vivid; sold-out|packed|full; classical|orchestral|symphonic; open-air|outdoor|alfresco
protest 8
event: protest|demonstration|rally; march|procession|parade; riot|unrest|disorder; sit-in|occupation|blockade
hit: filled|crowded|packed; rattled|disturbed|troubled
who: protesters|demonstrators|marchers; students|undergraduates|young people; activists|campaigners|militants; police|officers|security forces; shopkeepers|traders|merchants
did: chanted|shouted|yelled; blocked|barricaded|sealed off; dispersed|scattered|drove away; occupied|took over|held
what: banners|flags|placards; squares|plazas|boulevards; tear gas|water cannon|stun grenades; slogans|chants|battle cries; barricades|roadblocks|burning tyres; curfews|bans|restrictions
how: peaceful|calm|non-violent; angry|furious|enraged; violent|rowdy|unruly; banned|unauthorised|forbidden
clash 7
event: attack|assault|strike; ambush|surprise attack|raid; shelling|bombardment|artillery fire; ceasefire|truce|pause in fighting
hit: killed people in|claimed lives in|left dead in; drove people from|emptied villages near|forced flight from
who: troops|soldiers|government forces; rebels|insurgents|fighters; civilians|villagers|non-combatants; militias|armed groups|irregulars; aid workers|relief staff|humanitarians
did: shelled|bombarded|fired on; captured|took|overran; retreated from|left|gave up; mined|booby-trapped|laid charges under
what: outposts|positions|strongholds; drones|unmanned aircraft|rockets; convoys|columns|transports; supply routes|roads|lifelines; mortars|howitzers|guns; refugees|displaced people|families in flight
how: besieged|encircled|surrounded; heavy|intense|fierce; wounded|injured|hurt; contested|disputed|embattled
wildlife 3
event: sighting|discovery|find; rescue|recovery|release; cull|hunt|shooting; oil spill|slick|leak
hit: excited people in|amazed visitors to|delighted children in; worried fishermen in|angered hunters in|upset residents of
who: biologists|zoologists|naturalists; rangers|wardens|gamekeepers; divers|snorkellers|swimmers; hikers|walkers|ramblers; anglers|fishermen|fishers
did: tagged|ringed|marked; photographed|filmed|pictured; nursed|fed|reared; protected|guarded|watched
what: seal pups|porpoises|dolphins; wolves|lynxes|bears; nests|burrows|dens; herons|storks|cranes; beetles|moths|butterflies; reefs|mussel beds|seagrass
how: endangered|threatened|rare; stranded|beached|washed up; migrating|wandering|roaming; orphaned|motherless|abandoned
works 6
event: building project|construction scheme|development; bridge closure|road closure|tunnel closure; airport expansion|runway plan|terminal plan; housing plan|estate|new quarter
hit: divided neighbours in|split opinion in|angered residents of; came to|moved ahead in|took shape in
who: planners|architects|town designers; councillors|aldermen|council members; builders|contractors|construction firms; tenants|renters|householders; commuters|cyclists|pedestrians
did: approved|endorsed|accepted; demolished|tore down|razed; renovated|restored|refurbished; delayed|held up|postponed
what: cycle lanes|footpaths|pavements; flats|apartments|homes; tram lines|tracks|rails; parking spaces|garages|car parks; playgrounds|parks|green spaces; sewers|drains|pipes
how: derelict|disused|run-down; affordable|cheap|low-cost; noisy|loud|deafening; suburban|outlying|peripheral
school 5
event: school closure|merger of schools|shutdown; exam row|test scandal|cheating case; enrolment|intake|admission; teacher shortage|lack of teachers|staffing gap
hit: troubled parents in|worried families in|upset pupils in; became an issue in|was debated in|came up in
who: teachers|school staff|educators; pupils|schoolchildren|learners; parents|mothers and fathers|families; headteachers|principals|heads; lecturers|professors|academics
did: taught|instructed|coached; cancelled|called off|scrapped; marked|graded|assessed; enrolled|admitted|accepted
what: textbooks|schoolbooks|readers; classrooms|lecture rooms|halls; scholarships|bursaries|stipends; exams|tests|papers; school buses|shuttles|transport; lunches|school meals|canteen food
how: overcrowded|crammed|packed; gifted|talented|bright; vocational|technical|practical; remote|online|distance
"""

LEADS: tuple[tuple[str, ...], ...] = (
    (
        "A {how} {event} {hit} {place} on {day}, and {n} {who} {did} {what}",
        "{who^} in {place} {did} {what} on {day} after a {event} that {n} people had reported",
        "{n} {who} {did} {what} {day} as the {event} {hit} {place}, {region}",
    ),
    (
        "A {event} {hit} {place} {day}, {org} said, with {c} {what} {adv} {ved}",
        "{org} confirmed {day} that the {event} near {place} {ved} {c} {what}",
        "There were {c} {what} {ved} at {place} by {day} evening, according to {org}",
    ),
    (
        "{person}, {role} of {org}, {ved} a {adj} {event} in {place} on {day}",
        "The {event} of {place} was {adv} {ved} {day} by {person}, who is {role} at {org}",
        "At {org} it fell to {role} {person} to announce {day} how {adj} the {place} {event} had been",
    ),
    (
        "{place} woke to a {how} {event} and {n} {adj} {nouns} on {day}",
        "On {day}, after the {event}, people of {place} faced {n} {nouns} and {how} {what}",
        "A {adj} {noun}, {n} {nouns} and {what}: that was {day} in {place} when the {event} {hit} {region}",
    ),
)

HEADS: tuple[tuple[str, ...], ...] = (
    (
        "{event^} {hit} {place}",
        "{place}: {how} {event} leaves {n} {who} without {what}",
        "{who^} {did} {what} in {place}",
    ),
    (
        "{n} {who} after {place} {event}",
        "{how^} {event} in {region}, {org} says",
        "{person} on {event} in {place}: {adj} {noun}",
    ),
    ("{place} {event}: {who} {did} {what}", "Why {who} in {region} {ved} {nouns}", "{org} counts {c} {what}"),
    (
        "{person} and the {adj} {noun} of {place}",
        "'{adj^} {noun}': {place} after the {event}",
        "{n} {nouns} {ved} in {region}",
    ),
)

FACTS: tuple[tuple[str, ...], ...] = (
    ("{who^} {did} {c} {what} before {hour}", "By {hour}, {c} {what} had been {ved} by {who}", "It took {who} until {hour} with {c} {what}"),
    ("{person}, {role} of {org}, promised {money} for {nouns}", "{org} will spend {money} on {nouns}, its {role} {person} said", "{nouns^} get {money}, {role} {person} announced on behalf of {org}"),
    ("About {n} {who} {ved} the {noun} near {near}", "Near {near} the {noun} was {ved} by {n} {who}, {org} reported", "{org} counted {n} {who} around {near} who {ved} the {noun}"),
    ("The {adj} {noun} in {near} was {ved} for {n} days", "For {n} days nobody in {near} {ved} the {adj} {noun}", "{near} kept its {adj} {noun} {ved} over {n} days, officials said"),
    ("{org} {ved} {pct} of its {nouns} in {region}", "In {region}, {pct} of the {nouns} at {org} were {ved}", "{nouns^} in {region} fell by {pct}, figures of {org} show"),
    ("{person} said the {how} {what} would be {adv} {ved}", "That {how} {what} would be {ved} {adv} was the view of {person}", "{what^}, {how} as they are, will {adv} be {ved}, {person} told reporters"),
    ("At least {n} {who} were taken to {near}", "{n} {who} arrived at clinics of {near}", "Clinics in {near} received {n} {who}, {role} {person} said"),
    ("A {noun} {ved} {what} between {place} and {near}", "Between {near} and {place}, {what} were {ved} by a {noun}", "{what^} on the way from {place} to {near} {ved} a {noun}"),
    ("{who^} from {near} {did} {what} with {adj} {nouns}", "With {adj} {nouns}, {who} of {near} {did} {what}", "{near} sent {who}, who {did} {what} and {ved} {adj} {nouns}"),
    ("The {role} of {org}, {person}, {adv} {ved} the {noun}", "{person}, who leads {org}, {ved} the {noun} {adv}", "The {noun} was {adv} {ved} by {org} and its {role}, {person}"),
    ("{org} wants {adj} {nouns} by {month}", "{adj^} {nouns} are what {org} expects until {month}", "Until {month}, {org} hopes to have {nouns} that are more {adj}"),
    ("{c} {nouns} were {ved} in {region} since {month}", "Since {month}, {region} has seen {c} {nouns} {ved}", "{region} counts {c} {nouns} {ved} from {month} on"),
    ("The {event} cost {money}, {org} estimated", "{org} put the {event} at {money}", "Damage of {money} came with the {event}, by an estimate of {org}"),
    ("{person} {ved} the {event} as {adj} and {adj2}", "{adj^} and {adj2}: so {person} {ved} the {event}", "For {person}, the {event} was {adj2}, if not {adj}"),
    ("{who^} {adv} {did} {what}, but {n} {nouns} {ved}", "{n} {nouns} {ved} although {who} {adv} {did} {what}", "While {who} {did} {what} {adv}, {n} {nouns} were {ved}"),
    ("A {role} at {org}, {person}, resigned over the {noun}", "{person} stepped down as {role} of {org} because of the {noun}", "Over the {noun}, {org} lost its {role}, {person}"),
    ("{place} has {c} {nouns} and one {adj} {noun}", "One {adj} {noun} and {c} {nouns} are all that {place} has", "{place}, with its {c} {nouns}, has a single {adj} {noun}"),
    ("The {noun} between {org} and {org2} {ved} in {month}", "In {month}, {org} and {org2} {ved} their {noun}", "{org2} {ved} its {noun} with {org} in {month}"),
    ("{person} will {ing} the {adj} {noun} with {person2} on {day}", "On {day}, {person2} and {person} meet about the {adj} {noun}", "{person2} has invited {person} for {day} to speak of the {adj} {noun}"),
    ("{near} {ved} {nouns} worth {money}", "{nouns^} worth {money} were {ved} in {near}", "{money} in {nouns} was what {near} {ved}"),
    ("The {how} {what} {ved} {n} {nouns} of {org}", "{n} {nouns} of {org} were {ved} by {how} {what}", "{org} said {how} {what} had {ved} {n} of its {nouns}"),
    ("{who^} must {ing} {what} until {day}", "Until {day} {what} are for {who} to {ing}", "By {day}, {who} are to {ing} all {what}"),
)  # fmt: skip

COLOUR: tuple[str, ...] = (
    "{person}, {n}, a {role} from {near}, {ved} {nouns} and {ved2} the {noun}",
    "In {month} the {adj} {noun} of {near} {ved} {pct} more {nouns}",
    "{nouns^} in {region} are {adj}, and {org} {adv} {ved} them",
    "The {noun} {ved} {adv}, the {noun2} {ved2} a {adj} {noun3}",
    "{org} has {c} {nouns} in {near} and {n} {adj} {nouns2} elsewhere",
    "Some {nouns} {ved} {near} {adv} while {who} {did} {adj} {nouns2}",
    "{person} had {ved} {org} for a {adj} {noun} in {month}",
    "{adj^} {nouns} {ved} {money} at {org}, up {pct}",
    "A {noun} of {nouns} {ved} the {adj} {noun2} near {near}",
    "{near} {ved} its {noun} without {adj} {nouns}, {person} recalled",
    "{ing^} {nouns} is {adj}, said {person}, {role} for {region}",
    "Neither {person} nor {org} {ved} the {adj} {noun} {adv}",
    "{org} called {nouns} {adj}; {org2} {ved} {adj2} {nouns2}",
    "{what^} were {adv} {ved}, and {how} {nouns} {ved2} {hour}",
    "For {who}, {adj} {nouns} meant {ing} the {noun} at {hour}",
    "The {adj} {noun} had {ved} {c} {nouns} when {person} {ved2} it",
    "According to {org}, {pct} of {who} {ved} {adj} {nouns}",
    "{person} {ved} {money} to {nouns} in {near}, where {adj} {noun} {ved2}",
    "Both {nouns} and {nouns2} {ved} {adj} {what} in {region}",
    "It was a {adj}, {adj2} {noun} that {ved} {person}",
    "A {role} who {ved} {nouns} in {near} {adv} {ved2} the {event}",
    "{month} brought {near} {n} {nouns}, a {noun} and {adj} {nouns2}",
    "{ing^} the {noun}, {who} {ved} {adj} {nouns} for {hour}",
    "Under {person}, {org} {ved} {pct} of the {adj} {nouns}",
    "{region} {ved} a {noun} over {nouns} with {near}, its {adj} neighbour",
    "{adj^} as the {noun} {ved}, {nouns} of {org} {ved2} {adv}",
    "The {event} {ved} {nouns} that {org} {ved2} in {month}",
    "No {noun} {ved} {who}, {role} {person} noted, and {nouns} were {adj}",
    "{who^} had {did} {what} in {near} in {month}, with {adj} {nouns}",
    "{n} of {c} {nouns} {ved} the {noun} {adv}, {org} found",
)

QUOTES: tuple[str, ...] = (
    '"We {ved} the {noun} and nobody {adv} {ved2} our {nouns}," {person}, {role} of {org}, said',
    '"The {nouns} are {adj}, the {noun} is {adj2}, and that is {adv} {ved}," said {person}',
    '"{adj^} {nouns} do not {ing} themselves," {person} told a {noun} in {near}',
    '"My {noun} {ved} {adv} when {who} {did} {what}," said {person}, {n}',
    '"If {nouns} had been {ved}, there would be no {adj} {noun}," {person} of {org} said',
    '"I {ved} {n} {nouns} that {day} and {adv} {ved2} them," {person} recalled',
    '"It is {adj}," said {role} {person}. "The {noun} {ved}, and {nouns} {ved2}"',
    '"{who^} {did} {what}; I {ved} a {adj} {noun}," {person} wrote',
    '"You cannot {ing} a {noun} with {adj} {nouns}," {person} of {org} argued',
    '"Ask the {nouns}, ask {org}, ask the {adj} {noun}," {person} said in {near}',
)

BACKGROUND: tuple[str, ...] = (
    "The {noun} of {place} began when {org} {ved} {c} {nouns} and {person} {ved2} a {adj} {noun2}",
    "{person}, a former {role} of {org}, has {adv} {ved} the {adj} {noun} in {region} for {n} years",
    "{place} lies {n} kilometres from {near} and lives on {nouns}, {nouns2} and {adj} {noun}",
    "{org} was founded in {near} {n} years ago as a {noun} for {adj} {nouns} and has since {ved} {region}",
    "Relations between {org} and {org2} {ved} after the {adj} {noun} of {month}, when {person} {ved2} {nouns}",
)
"""Paragraphs that newsrooms carry from one story of a long affair to the next."""

PHRASES: tuple[str, ...] = (
    "The cause was not immediately clear",
    "No further details were given at the time of publication",
    "Police are appealing for witnesses to come forward",
    "An investigation has been opened and is still going on",
    "The company did not immediately respond to a request for comment",
    "There was no immediate word on whether anyone had been hurt",
    "This is a developing story and will be updated",
    "He could not be reached for comment on the matter",
    "She asked not to be named because she was not allowed to speak to the press",
    "It was not immediately known who was behind it",
    "Officials have called on people to stay calm",
    "The matter is expected to be decided by the end of the year",
    "Details of the agreement have not been made public",
    "Nobody has claimed responsibility so far",
    "More is expected to be known in the coming days",
    "The figures could not be checked independently",
    "A spokesman for the ministry declined to give details",
    "The two sides have blamed each other for the failure",
)

FOOTERS: tuple[str, ...] = (
    "Sign up for {outlet} letters: {nouns}, {adj} {nouns2} and {noun} every {day}",
    "Copyright {outlet}. All rights reserved. {nouns^} may not be published, {ved} or {ved2} without leave",
    "Read more: {adj} {nouns} of {place} | {noun} and {noun2} | the {outlet} {noun3}",
    "Seen {adj} {nouns}? Write to {outlet}, {noun} desk, {near}",
    "Support {adj} journalism: the {outlet} is read by {c} {nouns} in {place} every {day}",
    "Download the {outlet} app for {nouns}, {adj} {nouns2} and live {noun}",
    "Follow {outlet} for {nouns}: {adj} {noun}, a service of {org}",
    "Advertisement. {nouns^} from {org}: {adj}, {adj2}, {ved}",
)

ROUTINES: tuple[str, ...] = (
    "The weather in {place}: {n} degrees in the morning, {n2} in the afternoon, wind from the {adj} side at {n3} kilometres an hour",
    "At the {place} exchange the index of leading shares closed at {c} points, a change of {pct} on the day before",
    "The winning numbers of the {org} draw are {n}, {n2}, {n3} and the bonus ball {n4}",
    "Sunrise at {hour}, sunset at {hour2}; high water at the pier of {place} at {hour3}, {n} decimetres above the mark",
    "Wheat fetched {c} crowns a tonne in {place}, barley {c2}, rape seed {c3}; the market was described as quiet",
    "Road works: expect delays of {n} minutes on the ring road of {place} and of {n2} minutes at the {near} junction",
)

CREDITS: tuple[str, ...] = ("Northwire", "Coastwire", "Tidewire", "Meridian News Agency", "Altan Press Agency", "Corda News Service", "Parlis Press", "Ostra Wire")  # fmt: skip
PAPERS: tuple[str, ...] = ("Ledger", "Herald", "Courier", "Tribune", "Gazette", "Post", "Mirror", "Echo", "Standard", "Observer", "Times", "Chronicle", "Star", "Mail", "Dispatch", "Today", "Online", "Radio", "TV", "Journal")  # fmt: skip
ROLES: tuple[str, ...] = (
    "spokesman", "spokeswoman", "director", "minister", "mayor", "governor", "chairman", "president", "manager",
    "coach", "captain", "inspector", "professor", "researcher", "secretary", "treasurer", "lawyer", "commander",
    "deputy", "head", "founder", "analyst", "teacher", "driver", "baker", "nurse", "farmer", "carpenter", "engineer",
    "judge", "priest", "student", "pilot", "librarian", "clerk", "plumber", "gardener", "poet", "chemist", "banker",
)  # fmt: skip
WEEKDAYS: tuple[str, ...] = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORGANISATIONS: tuple[str, ...] = (
    "{name} Group", "{name} Bank", "{name} University", "FC {place}", "{place} Council", "{name} Institute",
    "{noun} Ministry", "{name} Holdings", "{place} Harbour Authority", "{name} Foundation", "{place} Police",
    "{name} Motors", "{name} Energy", "{place} Hospital", "National {noun} Board", "{name} Airlines", "{name} Union",
    "{place} United", "{name} Party", "{place} Chamber", "{name} Systems", "{name} Pharma",
)  # fmt: skip
FIRST: tuple[str, ...] = (
    "Anka", "Bero", "Celim", "Dorte", "Emlen", "Fadil", "Gerda", "Hamo", "Ilse", "Jaro", "Kalle", "Lenka", "Mirko",
    "Nadja", "Olin", "Petra", "Radek", "Sanna", "Tibor", "Ulla", "Vesna", "Wim", "Yara", "Zoran", "Adam", "Berta",
    "Clara", "David", "Edith", "Frank", "Grete", "Henry", "Irene", "Jacob", "Karen", "Louis", "Maria", "Nina", "Oskar",
    "Paula", "Rosa", "Samuel", "Thomas", "Ursula", "Viktor", "Walter", "Aino", "Bogdan", "Carmen", "Dario", "Elsa",
    "Felix", "Goran", "Hilde", "Ivan", "Joana", "Kemal", "Leila", "Milan", "Noor", "Omar", "Priya", "Rahul", "Selma",
    "Tariq", "Uma", "Vera", "Yusuf", "Zeynep", "Amadou", "Binta", "Chidi", "Deniz", "Eszter", "Fatou", "Gyula",
)  # fmt: skip
NAME_STARTS: tuple[str, ...] = ("Ab", "Bor", "Cal", "Drem", "Est", "Far", "Gol", "Hes", "Im", "Jas", "Ker", "Lom", "Mar", "Nos", "Or", "Pav", "Qui", "Ren", "Sob", "Tam", "Ul", "Van", "Wes", "Zel", "Bre", "Kro", "Stav", "Pet", "Hol", "Ras")  # fmt: skip
NAME_MIDDLES: tuple[str, ...] = ("", "a", "en", "o", "is", "ar", "um", "el", "or", "in", "ek", "us", "ad", "il", "on", "ur")  # fmt: skip
NAME_ENDS: tuple[str, ...] = ("rel", "szak", "dun", "mov", "tad", "kin", "mund", "per", "rek", "trow", "van", "sa", "dik", "kov", "len", "lin", "ster", "holm", "brek", "sin", "var", "tor", "kin", "nik", "berg", "sson", "wick", "ides", "ezu", "ali")  # fmt: skip
PLACE_STARTS: tuple[str, ...] = ("Bar", "Cor", "Dal", "El", "Fen", "Gor", "Hal", "Is", "Kal", "Lor", "Mar", "Nes", "Or", "Pel", "Ras", "Sol", "Tar", "Ur", "Vel", "Zar", "Brun", "Ost", "Wen", "Lim", "Tre", "Sken", "Gla", "Hov")  # fmt: skip
PLACE_ENDS: tuple[str, ...] = ("bruck", "dan", "enz", "ford", "gard", "holm", "inka", "jevo", "kesh", "lund", "mund", "nau", "ova", "pol", "rik", "stad", "tun", "vik", "haven", "mouth", "burg", "ton", "field", "sund", "minster", "abad", "ville", "grad")  # fmt: skip

SWAPS: dict[str, tuple[str, ...]] = {
    "said": ("stated", "noted"), "about": ("around",), "while": ("as",), "before": ("ahead of",), "until": ("till",),
    "people": ("persons",), "told": ("informed",), "without": ("with no",), "after": ("following",), "near": ("close to",),
    "and": ("as well as",), "from": ("out of",), "with": ("using",), "was": ("had been",), "were": ("had been",), "had": ("has",),
    "will": ("would",), "by": ("through",), "that": ("which",), "the": ("this",), "a": ("one",), "over": ("across",),
}  # fmt: skip
"""What an editor writes for a word, beside the words of the same group."""
