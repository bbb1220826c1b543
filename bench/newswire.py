"""Invented news in pieces: what the simulator of stemmata builds its reports from.

A *fact* is one piece of news that a report may tell, with one wording or several. In a wording

- `[a|b|c]` is a choice that says the same ("[hurt|injured]"): a copy editor changes some of these;
- `{n}`, `{k}`, `{c}`, `{h}`, `{p}`, ... are filled once for a fact, whatever wording is used;
- `^when^` is a joint at which the sentence may be cut in two;
- a trailing `@` asks for a source ("..., the mayor said" or "The mayor said that ...").

Events, people, places and outlets are all invented.
"""

# ruff: noqa: E501  # a table: one fact a line
from __future__ import annotations

from dataclasses import dataclass

__all__ = ["GENERAL", "QUOTES", "SHARED", "STATEMENTS", "TOPICS", "Topic"]


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of event: its leads in several wordings, what it has of labels, and facts of its own."""

    name: str
    headline: tuple[str, ...]
    lead: tuple[str, ...]
    labels: dict[str, tuple[str, ...]]
    facts: tuple[str, ...]


TOPICS: tuple[Topic, ...] = (
    Topic(
        "ferry",
        (
            "Ferry hits breakwater at {place}",
            "Dozens hurt as ferry strikes wall at {place}",
            "Fog blamed for {place} ferry crash",
        ),
        (
            "A passenger ferry [struck|hit|rammed] the breakwater of {place} in dense fog on {day}, [injuring|hurting] at least {n} commuters@",
            "At least {n} passengers were [hurt|injured] on {day} ^when^ a ferry ran into the harbour wall at {place}@",
            "Fog closed in over {place} on {day}, and minutes later a crowded ferry lay broken against the stones with {n} people [bleeding|wounded]",
            "{n} travellers needed [treatment|medical care] after the evening boat to {place} smashed into a pier on {day}@",
        ),
        {
            "commuters": ("passengers", "travellers", "holidaymakers"),
            "crew": ("sailors", "seamen", "ship's company"),
            "captain": ("skipper", "master", "pilot"),
        },
        (
            "The radar of the vessel had [failed|gone dark] {k} minutes before the bow touched@",
            "The captain [ordered|told] everyone to sit down ^before^ the engines were [reversed|thrown astern]",
            "Divers found a gash of {k} metres below the waterline@",
            "The ship was built in a yard at {town} and had [carried|ferried] commuters for {n} years",
            "Harbour pilots had [complained|grumbled] for months about faded markings along the channel",
            "Lifeboats from {town} reached the hull ^while^ the siren was still [wailing|howling]",
            "Two sister ships were [withdrawn from service|taken off the route] until the weekend@",
            "Crew members handed out blankets and [sweet tea|hot soup] on the car deck",
            "The company that [runs|operates] the line lost a court case about its safety drills last year",
            "Oil from a cracked tank drifted towards the bathing beaches of {town}@",
        ),
    ),
    Topic(
        "mine",
        (
            "Miners trapped at {place}",
            "Roof fall at {place} colliery leaves {k} missing",
            "Race to reach men below {place}",
        ),
        (
            "{k} miners were [trapped|cut off] {c} metres underground at {place} on {day} ^after^ a gallery [collapsed|caved in]@",
            "Rescue teams [dug|tunnelled] through the night to reach {k} men buried by a roof fall in the {place} colliery on {day}",
            "A gallery gave way beneath {place} on {day}, leaving {k} of the night shift without a way out@",
            "Families gathered at the pithead of {place} ^after^ part of the mine fell in on {day} with {k} people below",
        ),
        {
            "miners": ("pitmen", "colliers", "workers"),
            "rescuers": ("rescue teams", "emergency crews", "volunteers"),
            "owners": ("operators", "bosses", "managers"),
        },
        (
            "Tapping was [heard|picked up] through a steel pipe shortly after {h}@",
            "A drill brought from {town} [bored|cut] {k} metres an hour until its bit broke",
            "Methane in the eastern shaft [rose|climbed] above the limit twice this spring@",
            "The owners had promised {c} new roof bolts and delivered {n}@",
            "Water was [pumped|drained] from the lower level at a rate of {c} litres a minute",
            "The pit employs {c} miners and feeds the power station at {town}",
            "Inspectors last went down in {month} and [praised|commended] the ventilation",
            "Wives of the miners held [candles|lamps] beside the winding tower",
            "A canteen was opened for rescuers ^when^ snow began to fall",
            "Shares of the operator were suspended at the exchange in {town}",
        ),
    ),
    Topic(
        "fire",
        ("Fire guts tower block in {place}", "Blaze in {place} kills {k}", "Residents flee burning flats in {place}"),
        (
            "A fire [swept|tore] through a tower block in {place} early on {day}, killing {k} residents and driving {c} into the street@",
            "{k} people died and {c} were left homeless ^when^ flames engulfed an apartment house in {place} on {day}@",
            "Smoke filled the only staircase of a high-rise in {place} on {day}; {k} tenants never reached the door",
            "The deadliest house fire in {region} for a generation killed {k} people in {place} on {day}@",
        ),
        {
            "residents": ("tenants", "occupants", "inhabitants"),
            "firefighters": ("fire crews", "firemen", "brigades"),
            "landlord": ("owner", "property company", "housing firm"),
        },
        (
            "Firefighters reached the upper floors ^after^ ladders from {town} [arrived|were brought]",
            "The cladding had been [fitted|put up] {k} years ago by a firm that no longer exists",
            "Residents had written {n} letters about blocked exits@",
            "The first alarm was [raised|given] at {h} by a night porter",
            "A sprinkler system was [planned|foreseen] but never paid for@",
            "Neighbours caught children who were dropped from a balcony on the third floor",
            "The blaze is thought to have [started|begun] in a store for prams and bicycles@",
            "The landlord owns {n} similar blocks between {town} and the coast",
            "Hydrants in the street gave [little|hardly any] water ^because^ of repairs@",
            "An evacuation centre was set up in the swimming hall of the district",
        ),
    ),
    Topic(
        "quake",
        ("Earthquake shakes {place}", "Strong tremor kills {n} in {region}", "{place} digs for survivors after quake"),
        (
            "A strong earthquake [shook|rocked] {place} on {day}, killing at least {n} villagers and [flattening|levelling] {c} houses@",
            "At least {n} people were [killed|crushed] on {day} ^when^ the ground heaved beneath the valley of {place}@",
            "Whole streets of {place} lay in ruins on {day} after a tremor that was felt as far away as {town}",
            "{region} counted {n} dead on {day} and feared for more under the rubble of {place}@",
        ),
        {
            "villagers": ("inhabitants", "locals", "farmers"),
            "soldiers": ("troops", "army units", "conscripts"),
            "survivors": ("the homeless", "evacuees", "those spared"),
        },
        (
            "The tremor lasted {n} seconds and was followed by {c} aftershocks@",
            "Soldiers [cleared|opened] the mountain road ^before^ the first lorries set out",
            "Survivors spent the night in vineyards and [cars|buses]",
            "The dome of a chapel from the {cent} century came down@",
            "Seismologists put the [focus|centre] at a depth of {n} kilometres",
            "Telephone masts were [out of order|dead] until {h}",
            "Bread was [flown|carried] in by helicopter from {town}",
            "A dam above the valley showed cracks but [held|stood]@",
            "Building rules were [tightened|made stricter] after the last great quake but seldom enforced",
            "Sniffer dogs found a girl alive beneath a kitchen table",
        ),
    ),
    Topic(
        "strike",
        (
            "Strikers and police clash in {place}",
            "{n} hurt at {place} picket line",
            "Trucks forced through {place} blockade",
        ),
        (
            "Strikers [clashed|fought] with police at the gates of a plant in {place} on {day}, leaving {n} people [hurt|injured]@",
            "Police [broke up|cleared] a picket line at {place} on {day} ^after^ {k} days of blockade; {n} were taken to hospital@",
            "Tear gas drifted over {place} on {day} as lorries were [forced|driven] past dismissed workers, {n} of whom were beaten@",
            "A labour dispute in {place} turned violent on {day} and put {n} people in the care of doctors@",
        ),
        {
            "strikers": ("workers", "protesters", "saboteurs", "demonstrators"),
            "police": ("officers", "riot squads", "security forces"),
            "picket line": ("blockade", "illegal blockade", "protest"),
        },
        (
            "The dispute began ^when^ the company said it would replace {c} welders with machines",
            "Stones were [thrown|hurled] at the first of {k} trucks@",
            "Talks broke down last {day} after {n} hours",
            "The plant makes axles for half of the railways of {region}",
            "The union [warned|announced] that {n} more factories would stand still by Friday",
            "Police had [asked|pressed] the strikers to leave {k} times through loudspeakers@",
            "A court in {town} had [ruled|found] the picket line unlawful on Monday",
            "Shares of the company lost {k} per cent in early trading",
            "Cooks from the canteen joined the strikers with pots of [lentils|potato soup]",
            "The minister of labour called both sides back to the table@",
        ),
    ),
    Topic(
        "flood",
        ("River bursts banks at {place}", "Thousands flee floods in {region}", "{place} under water after dyke breaks"),
        (
            "A swollen river [burst|broke] its banks at {place} on {day}, [drowning|killing] {k} people and forcing {c} families from their homes@",
            "{k} people [drowned|were swept away] and {c} households were evacuated ^after^ a dyke failed near {place} on {day}@",
            "Brown water stood roof-high in the lower quarter of {place} on {day}; {k} people were [dead|lost]@",
            "The worst flood in {region} since records began cost {k} lives at {place} on {day}@",
        ),
        {
            "families": ("households", "residents", "townspeople"),
            "engineers": ("experts", "technicians", "hydrologists"),
            "volunteers": ("helpers", "students", "neighbours"),
        },
        (
            "The gauge at {town} [read|showed] {k} metres above normal ^before^ it was torn away",
            "Volunteers filled {c} thousand sandbags in {n} hours@",
            "Engineers [opened|lifted] the sluices at {h} against the wishes of farmers downstream",
            "Cattle were [driven|moved] to the cemetery hill",
            "The dyke was due to be [raised|strengthened] in the coming year@",
            "Rain is forecast to [ease|let up] by the end of the week",
            "The railway between {place} and {town} will stay [shut|closed] for {n} days",
            "Rowing boats took bread and insulin to {c} people in attics@",
            "A chemical works stopped its kilns as a precaution",
            "Insurers put the damage at {c} million crowns",
        ),
    ),
    Topic(
        "raid",
        ("Air raid hits market in {place}", "{n} killed in strike on {place}", "Market bombed in {region}"),
        (
            "Warplanes [bombed|struck] a crowded market in {place} on {day}, killing {n} civilians@",
            "At least {n} civilians were [killed|slain] on {day} ^when^ a market in the town of {place} was hit from the air@",
            "{n} shoppers died in {place} on {day} under missiles whose origin both sides dispute",
            "Rescuers pulled {n} bodies out of burnt stalls in {place} on {day} after what they called an air raid@",
        ),
        {
            "rebels": ("fighters", "militants", "terrorists", "insurgents"),
            "government forces": ("the army", "regime forces", "loyalist troops"),
            "rescuers": ("medics", "first responders", "ambulance crews"),
        },
        (
            "Rebels have [held|controlled] the hills around the town since {month}",
            "Government forces [denied|rejected] any part in the attack and blamed a depot that exploded@",
            "Rescuers ran out of stretchers and [used|took] doors instead",
            "Two jets had [circled|flown] above the bazaar for {n} minutes@",
            "The front line runs {k} kilometres north of the bakery that was hit",
            "A convoy with medicine was turned back at a checkpoint near {town}@",
            "The truce that envoys had [agreed|signed] expired at midnight",
            "Fragments with markings were [collected|gathered] for investigators from abroad",
            "About {c} thousand displaced people live in tents along the road",
            "Schools in the area closed ^after^ a shell landed in a yard last week",
        ),
    ),
    Topic(
        "trial",
        ("Banker jailed in {place}", "{place} court sentences financier", "Fraud verdict stuns {region}"),
        (
            "A court in {place} [sentenced|sent] a banker to {k} years in prison on {day} for [defrauding|cheating] {c} savers@",
            "The banker who [cheated|robbed] {c} savers was jailed for {k} years on {day} by judges in {place}@",
            "After {n} days of hearings, judges in {place} found a once celebrated financier guilty on {day} and gave him {k} years",
            "{c} people who lost their savings heard on {day} that the man they trusted will spend {k} years in a cell@",
        ),
        {
            "savers": ("investors", "depositors", "small customers"),
            "prosecutors": ("state lawyers", "the prosecution", "investigators"),
            "banker": ("financier", "fund manager", "swindler"),
        },
        (
            "Prosecutors [presented|showed] {c} files and a notebook in cipher",
            "The banker [listened|sat] without a word ^while^ the verdict was read",
            "His lawyers have {n} days to [appeal|lodge an appeal]@",
            "The money was [moved|sent] through {k} shell firms with letter boxes in {town}@",
            "Savers had been promised {k} per cent a quarter",
            "A yacht and {k} paintings were [sold|auctioned] for the benefit of creditors",
            "The regulator had [closed|shelved] two complaints before the collapse@",
            "The case is the largest of its kind since the harbour bank failed {n} years ago",
            "One juror was [excused|replaced] ^after^ she spoke to a reporter",
            "Auditors signed the books {k} times without [looking|a look] into the vault",
        ),
    ),
    Topic(
        "outbreak",
        ("Fever outbreak spreads in {place}", "{place} hospital isolates {n} patients", "Health alarm in {region}"),
        (
            "Doctors in {place} [isolated|quarantined] {n} patients on {day} with a fever that has killed {k}@",
            "{k} people have [died|succumbed] and {n} are in isolation in {place}, health officials [announced|made known] on {day}",
            "A fever of unknown origin closed two wards in {place} on {day}, {k} deaths after it first appeared@",
            "Masks sold out in {place} on {day} as the number of the sick [rose|climbed] to {n}@",
        ),
        {
            "patients": ("the sick", "cases", "sufferers"),
            "doctors": ("physicians", "medical staff", "clinicians"),
            "officials": ("authorities", "health inspectors", "bureaucrats"),
        },
        (
            "Samples were [sent|flown] to a laboratory in {town} ^after^ two tests gave no result",
            "Officials traced {c} people who had [eaten|dined] at a wedding@",
            "Doctors wear [raincoats|ski goggles] for want of better gear",
            "Vaccines against a related strain will [come|arrive] within {n} days@",
            "Schools and the cattle market stay shut until {day}",
            "The disease was last [seen|recorded] in {region} {n} years ago",
            "Patients complain of headaches and a rash on the [arms|forearms]",
            "Bats in an abandoned quarry are being [examined|tested]@",
            "The border post at {town} takes the temperature of every [driver|motorist]",
            "A nurse who fell ill on Sunday is [recovering|on the mend]",
        ),
    ),
    Topic(
        "vote",
        ("Opposition wins {place} vote", "Upset in {region} election", "Mayor of {place} ousted"),
        (
            "The opposition [won|carried] the election in {place} on {day} by {c} votes, ending {n} years of one-party rule@",
            "Voters in {place} [threw out|ousted] their mayor on {day} after {n} years; the margin was {c} ballots@",
            "By a lead of {c} votes, a schoolteacher [took|captured] the town hall of {place} on {day}@",
            "{n} years of rule by one family ended in {place} on {day} ^when^ the last {c} postal ballots were opened",
        ),
        {
            "opposition": ("alliance", "challengers", "populists"),
            "observers": ("monitors", "election watchers", "foreign delegates"),
            "supporters": ("followers", "activists", "partisans"),
        },
        (
            "Turnout [reached|stood at] {n} per cent, the highest in a generation",
            "Observers [noted|counted] {k} polling stations without curtains@",
            "Supporters [danced|sang] outside the brewery until {h}",
            "The loser [refused|declined] to concede ^before^ a recount@",
            "The campaign turned on a bridge that was paid for twice",
            "A ballot box was [found|discovered] in a laundry at {town}@",
            "The new council will meet in {n} days",
            "Pollsters had [predicted|forecast] a clear win for the incumbent",
            "State radio [switched|changed] to folk music when the first results came in",
            "The treasury of the town holds {c} thousand crowns and a larger pile of bills@",
        ),
    ),
    Topic(
        "train",
        (
            "Express derails near {place}",
            "{n} hurt as train leaves rails at {place}",
            "Signal failure suspected in {place} derailment",
        ),
        (
            "An express train [derailed|left the rails] near {place} on {day}, killing {k} travellers and [injuring|hurting] {n}@",
            "{k} people were [killed|crushed] and {n} hurt ^when^ {k} coaches of an express overturned outside {place} on {day}@",
            "Coaches lay across a potato field at {place} on {day} after a night train jumped the track; {k} of those aboard were dead",
            "The railway's worst accident in {region} in years left {k} dead and {n} [wounded|injured] at {place} on {day}@",
        ),
        {
            "travellers": ("passengers", "people aboard", "holidaymakers"),
            "driver": ("engineer", "engine driver", "man at the controls"),
            "signalman": ("dispatcher", "controller", "pointsman"),
        },
        (
            "The driver had [braked|pulled the brake] {k} seconds before the curve@",
            "A rail with a crack of {n} centimetres was [taken|carried] to the laboratory",
            "The signalman on duty was on his {k}th night in a row@",
            "Cranes from {town} [lifted|raised] the dining car ^after^ the overhead line was earthed",
            "Travellers [crawled|climbed] out through skylights with the help of farmers",
            "The line carries {c} trains a week and was last relaid {n} years ago",
            "Luggage and a consignment of tulips [littered|covered] the embankment",
            "Buses will [replace|stand in for] trains until the end of the month@",
            "The speed limit at the spot had been [lowered|cut] in {month}",
            "Black boxes were [opened|read out] in the presence of a judge@",
        ),
    ),
    Topic(
        "heist",
        ("Thieves empty museum in {place}", "Gold hoard stolen in {place}", "Police hunt gang after {place} raid"),
        (
            "Thieves [stole|carried off] {c} gold coins from the museum of {place} in the night to {day}@",
            "{c} coins of gold [vanished|were taken] from a museum in {place} ^after^ burglars cut the power on {day}@",
            "A treasure of {c} coins, found by a ploughman in the last century, was gone from its case in {place} on {day}",
            "The museum of {place} opened on {day} to an empty room: {c} coins had been [lifted|removed] in {k} minutes@",
        ),
        {
            "thieves": ("burglars", "robbers", "the gang"),
            "guards": ("watchmen", "night staff", "security men"),
            "police": ("detectives", "investigators", "officers"),
        },
        (
            "Thieves [sawed|cut] through a grille on the garden side ^while^ guards watched a football match",
            "Police found a burnt van {k} kilometres from {town}@",
            "The hoard is [insured|valued] at {c} thousand crowns, a fraction of what dealers would pay",
            "Guards heard glass [break|shatter] at {h} and took it for a cat",
            "Cables in a junction box were cut by somebody who [knew|understood] the plan of the house@",
            "Only {n} of the coins had ever been [shown|lent] abroad",
            "Melting them would [destroy|ruin] the only portrait of a forgotten king@",
            "A reward of {c} crowns was [offered|promised] by a brewery",
            "The alarm had been [serviced|checked] in {month}",
            "Border police were given a list with [drawings|photographs] of every piece",
        ),
    ),
)

SHARED: tuple[tuple[str, ...], ...] = (
    (
        "Every hospital between {place} and {town} was [put on alert|asked to free beds]@",
        "[Doctors|Medics] in {town} were told to expect more arrivals from {place}@",
        "Beds were cleared in clinics throughout {region} as cars kept coming from {place}",
        "Off-duty nurses reported for work in {town} by the dozen@",
    ),
    (
        "The main road into {place} was [closed|blocked] until {h}@",
        "Traffic to {place} stood still until {h} ^because^ of a police cordon",
        "Motorists heading for {place} were turned round at the ring road and could not pass before {h}@",
        "It was {h} before the first cars were let through to {place} again",
    ),
    (
        "An inquiry will be led by {p}, a [retired|former] judge from {town}@",
        "{p}, who sat on the bench at {town} for decades, is to [head|chair] an investigation@",
        "The government of {region} handed the investigation to {p}, once a judge@",
        "Who is to blame will be for {p} to find out, the judge who came out of retirement at the request of {region}",
    ),
    (
        "The prime minister, {pm}, [cut short|broke off] a visit abroad and was due in {place} by nightfall@",
        "{pm} was flying home to {place}, the premier's office [announced|let it be known]",
        "A trip overseas was abandoned by prime minister {pm}, who wanted to see {place} with his own eyes@",
        "By evening {pm} was expected among the people of {place}; the premier had left a summit early",
    ),
    (
        "The governor declared {k} days of mourning in {region}@",
        "Flags in {region} will fly at half mast for {k} days by order of the governor",
        "{k} days of mourning were proclaimed by the governor of {region}@",
        "For {k} days no music will be played in the public halls of {region}, the governor decreed",
    ),
    (
        "A hotline for relatives [received|took] {c} calls within hours@",
        "Some {c} worried relatives rang a special number before noon@",
        "Operators answered {c} calls from people who missed a brother, a mother, a friend",
        "The number set up for families was dialled {c} times by lunchtime@",
    ),
)
"""Facts that every report of the event may tell, each in wordings that share little but names and figures."""

GENERAL: tuple[str, ...] = (
    "{p}, a baker of {n}, was [carrying|bringing] trays to a kindergarten and dropped them all",
    "A chess tournament in the parish hall was [called off|cancelled] ^after^ the second round",
    "Pharmacies in {town} gave away [bandages|painkillers] without asking for money",
    "{p}, who [sells|hawks] umbrellas at the station, shut the stall for the first time since a strike {n} years ago",
    "Radio amateurs [relayed|passed on] names to villages that had no telephone",
    "A bus driver took {n} strangers home and [refused|would not take] their fares",
    "The football club of {place} [opened|offered] its dressing rooms for the night",
    "Pupils at a music school [played|performed] a slow waltz on the steps ^while^ people queued for news",
    "The bishop of {town} [spoke|preached] for {k} minutes and then asked for silence",
    "{p} [lent|gave] a tractor to anyone who could drive it",
    "Florists had no white lilies left by {h}",
    "A plumber named {p} [crawled|squeezed] into the cellar ^before^ anyone in uniform had come",
    "Television vans from {k} countries [parked|stood] in the beet fields",
    "The zoo at {town} moved its wolves because of the [noise|helicopters]",
    "In {month} the same street had been [praised|honoured] as the prettiest of {region}",
    "An opera about the founding of {place} will be [staged|shown] a year later than planned",
    "Two economists at the university of {town} [expect|foresee] a loss of {c} jobs by winter",
    "The price of diesel [rose|went up] by {k} crowns a barrel at the exchange",
    "Parliament will [debate|discuss] a bill on compensation on {day}",
    "An emergency fund of {c} thousand crowns was [approved|passed] without a vote against@",
    "Tourist offices [reported|registered] {c} cancellations from abroad",
    "The embassy of a neighbouring state [offered|promised] {n} tents and a field kitchen",
    "A satellite picture [taken|made] at {h} shows a grey smear over the suburbs",
    "{p}, an archivist, [compared|likened] the day with an entry in a chronicle of the {cent} century",
    "Crows [circled|wheeled] above the water tower all afternoon, a hunter noticed",
    "The last census [counted|listed] {c} households in the quarter",
    "A choir of retired postmen [collected|raised] {c} crowns in an hour",
    "Somebody [painted|chalked] the word 'why' on the door of the tax office",
    "A lawyer, {p}, [filed|handed in] a complaint against persons unknown on behalf of {k} households",
    "The weather service had [issued|sent] a yellow warning the evening before@",
    "Power was [restored|back] in {k} of the {n} districts before dusk@",
    "Water from the mains must be [boiled|cooked] until further notice@",
    "The airport of {town} [diverted|turned away] {n} flights",
    "A blood bank asked for donors of a rare group ^when^ its stocks [fell|sank] to {k} litres@",
    "The mayor, {p}, [walked|went] from door to door with a notebook",
    "Insurance clerks [arrived|turned up] with folding chairs and forms in three colours",
    "{p}, {n}, [filmed|recorded] the scene from a crane and sold the pictures to nobody",
    "The stadium served as a [shelter|dormitory] for {c} people who could not go home",
    "Market women [lit|kept] braziers for those who waited in the cold",
    "An old rule from wartime [allows|permits] the prefect to seize lorries, and he did",
    "Cyclists with megaphones [told|warned] people to keep their windows closed",
    "A translator, {p}, [helped|assisted] families from abroad with the papers",
    "The cathedral's bell, cracked for {n} years, was [rung|tolled] all the same",
    "Trams ran with black ribbons on their [mirrors|lamps]",
    "A statue of a general lost its [sword|head] in the crush",
    "Beekeepers along the river [fear|worry] for {c} hives",
    "{p} [proposed|suggested] a monument and was shouted down",
    "The archive of the land registry was [soaked|drenched] and will be freeze-dried at {town}",
    "A professor of law at {town}, {p}, [called|considered] the emergency decree too broad@",
    "The national bank [ruled out|excluded] a moratorium on loans@",
    "Customs officers let {n} foreign fire engines pass without papers ^although^ it was a holiday",
    "Children were [told|asked] to stay at home until {day}@",
    "A theatre troupe on tour [gave|handed] its costumes to people in nightgowns",
    "The charity of {p} has [served|handed out] {c} meals since the morning",
    "A veteran of the coastguard, {p}, [offered|volunteered] charts that were never printed",
    "At {h} the wind [turned|shifted] and the smell reached the villas on the hill",
    "Bookmakers [suspended|stopped] bets on the regional elections",
    "A rumour about a second incident [emptied|cleared] the cinema within minutes",
    "Shepherds brought {n} animals down from pastures above {town}",
    "The tax office [extended|lengthened] its deadline by {n} days@",
    "A wedding party of {n} [danced|ate] in the corridor of the clinic to keep the bride awake",
    "The chimney sweep {p} [counted|numbered] the damaged roofs for the council and stopped at {c}",
    "Three ice cream vendors were [fined|reprimanded] for raising their prices",
    "Archaeologists from {town} [stopped|halted] their dig and lent shovels",
    "The seamstresses of a uniform factory [sewed|stitched] {c} masks overnight",
    "A petition for an earlier warning [drew|gathered] {c} signatures before supper",
    "The poet {p} [read|recited] by torchlight to those who could not sleep",
    "On the far bank, a casino [kept|left] its neon lights on",
    "A plane with {n} specialists [landed|touched down] at a gliding field near {town}@",
    "Nobody at the ministry [answered|picked up] the telephone for {k} hours",
    "Foresters [felled|cut down] {n} poplars to make a way for cranes",
    "{p}, a ventriloquist known from television, [cheered|amused] children in the gymnasium",
    "The prison of {place} [released|freed] {n} inmates for a day to help",
    "A dentist, {p}, [identified|recognised] a neighbour by a bridge of gold",
    "Students of the polytechnic [mapped|charted] blocked lanes on a page that {c} people used",
    "Farmers [parked|lined up] {n} tractors along the dual carriageway with their beacons on",
    "The lottery [postponed|put off] its draw for the first time in {n} years",
    "A violin from the {cent} century was [rescued|saved] by a cleaner in slippers",
    "Lamps failed in the tunnel ^after^ a transformer at {town} [burnt out|melted]",
    "The consul of an island state, {p}, [visited|called on] {k} compatriots in the ward for burns",
)
"""Facts of colour and consequence, each told in one wording only: two reports that tell one share a text."""

STATEMENTS: tuple[str, ...] = (
    '"We shall not rest until every family knows what happened and who must answer for it," {pm}, the prime minister, said',
    '"Nobody could have foreseen a night like this, and nobody will be left alone with its bill," prime minister {pm} told parliament',
    '"I have seen courage today that this country will remember longer than its grief," said {pm}, the head of government',
    '"Let there be no doubt that we will rebuild, street by street, with the help of our friends abroad," {pm} told the nation',
)
"""What a public figure said to everybody: reports that share no text may both carry it."""

QUOTES: tuple[str, ...] = (
    '"I thought the sky had come down on the orchard," {p}, a [carpenter|joiner], said',
    '"My shoes are still in there and I do not want them back," said {p}, a pupil',
    '"You learn to count heads before you count anything else," said {p}, who [leads|runs] a brigade',
    '"First a humming, then a long nothing, then everybody at once," {p} [recalled|remembered]',
    '"They gave us forms in a language none of us can read," [complained|protested] {p}, a cook',
    '"If they had listened to the night shift this would be an ordinary morning," {p} said',
    '"We have soup for three hundred and bowls for forty," said {p} of the relief committee',
    '"It smelled of pears and burnt rubber," said {p}, a [taxi driver|cab driver]',
    '"Nobody tells us anything, so we tell each other everything," said {p}, a grandmother',
    '"In my report of last autumn I used the word reckless twice," {p}, an [engineer|inspector], said',
    '"The dog knew before I did," said {p}, a [gardener|park keeper]',
    '"I am not brave, I only had the longest ladder," {p}, a roofer, said',
    '"We asked for a doctor and they sent a photographer," said {p}',
    '"Tell them to bring lamps, not speeches," {p} [shouted|called] to a reporter',
    '"I signed because everybody before me had signed," {p}, a clerk, [admitted|conceded]',
    '"There is a list of names on the church door and I read it every hour," said {p}',
)
"""What people at the place said to one report; a copy carries it on."""
