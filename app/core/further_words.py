"""Less common English words: data, and nothing else.

They tell where a text with the spaces left out falls into words when a high-risk word is glued to one of
them ("agonizingdeath"); they spare nothing a look, as those of `app.core.common_words` do. Taken by frequency
in posts from Debian's american-english list (SCOWL), from five letters on, without words of `COMMON`, words
that hold a high-risk one and surfaces of the lexicon.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FURTHER = _words("""
    aback abandoning abandonment abandons abbey abbot abbreviated abbreviation abbreviations abducted
    abduction aberrant aberration abetted abetting abhor abide abject aboard abolished abolishing
    abolition abominable abominations aboriginals aborigines aborting abound abridged abrogated abrupt
    abruptly abscesses absentee absolve absorbing absorbs absorption abstain abstinence abstinent
    abstraction abstracts absurdities absurdity absurdly abundant abundantly abusively abysmal abyss
    academically accelerate accelerated accelerates accelerating acceleration accented accessibility
    accessory accidental acclaim acclaimed accolades accommodate accommodating accommodation
    accommodations accompanies accompany accompanying accomplice accomplishes accomplishing accord
    accordion accounted accounting accreditation accredited accrued accumulated accumulates accusatory
    accusers accuses accustomed acetate achievable achievers achieves aching acidic acknowledged
    acknowledgement acknowledges acknowledging acorn acquaintance acquaintances acquainted acquiesce
    acquire acquiring acquisition acquittal acres acronym acronyms acrylic actionable activates activating
    activation actuality acuity acumen acupuncture adage adamant adaptations adapted adapter adapting
    addendum addictions addictive addled adenoid adenoids adept adequately adhered adherence adherents
    adhering adhesion adjacent adjective adjectives adjudicate adjunct adjusted adjusting adjustment
    adjustments administer administered administering administrations admirable admirably admiral
    admiration admired admirer admirers admires admiring admissions admittance admixture admonished adobe
    adolescents adoptions adoptive adopts adorably adoration adored adores adoring adorned adrenaline
    adrift adulterer adulterers adulterous adultery advancement advancements advancing advent adventuring
    adventurous adversary adverse adversity advert advertise advertised advertisements advertiser
    advertises adverts advisable advisement adviser advisers advises advising advisor advisors advisory
    advocated aegis aerial aerobic aerospace aesthetically aesthetics affectionate affidavit affiliate
    affiliates affiliation affiliations affinity affirm affirmation affirmed affirming affirms affix
    afflicted affliction affluent afforded affording affords affront afghans aficionados afire afloat
    aforementioned aforesaid afterlife aftermath afternoons afterthought afterward ageism aggrandizing
    aggravate aggravated aggravating aggregate aggregates aggregation aggressiveness aggressor aggressors
    agile agitate agitated agitating agitation agitators agnostic agnostics agonizing agony agreeable
    agreements agricultural aided aides ailments aiming aimless aimlessly airborne airhead airing airline
    airliner airliners airmen airplanes airports airspace airwaves airway airways aisle alarmed alarming
    alarms albatross albino albinos albumin alchemist alcoholics alcoholism alerted alerting alfalfa algae
    algebraic algorithms aliases alienate alienated alienating alienation aligned aligning alignment
    aligns alimony alkali alkaline alkaloid allege alleges alleging allegory alleviate alleys alliances
    allied alligator alligators alliteration allocated allocation allot allowance allowances allude
    alluded alludes allure alluring allusions almanac almond almonds aloha aloof aloud alpaca alpacas
    alphabetical alphabetically alphabets alphas alpine altar alteration alterations altercation altering
    alternately alternates alternating alternatively alters altho altitude altruism altruistic aluminum
    alumni amalgam amalgamation amassed amateurish amateurs amazement ambassadors ambiguity ambitions
    ambivalent ambulance ambush amebic amend amended amending amendments amends amenities amiable amicable
    amidst amigo amigos amiss ammonia ammunition amnesia amnesiac amoeba amoral amorous amounted amounting
    amphetamine amphetamines amphibians amphitheater amphitheatre ample amplified amplify amputation
    amputee amuse amusement amuses anachronistic anaconda anarchism anarchy anathema ancestor ancestral
    anchored anchors ancients androgen androgynous androids anecdotal anecdote anecdotes anemic anesthesia
    anesthetic aneurysms angelic angered angers angioplasty angles angrier angrily angst anguish animate
    animations animosity animus annals annex annexation annexed annihilate annihilated annihilation
    annotated announcements announcer announcers announcing annoyance annoyances annoyingly annually
    annular anointed anomalous anons anonymity anonymously anorexia anorexic antacids antagonism
    antagonist antagonistic antagonizing antebellum antelope antenna anthology anthrax anthropological
    anthropologist anthropologists anthropology antibiotic antibody anticipate anticipated anticipating
    anticipation antidepressant antidote antifreeze antigen antipathy antiquated antique antiquity antis
    antisocial antithesis antithetical antlers anxieties anxiously aorta apathetic apathy aphasia
    apocalyptic apolitical apologetic apologists apologizes apoplectic apoplexy apostasy apostate
    apostates apostle apostles apostrophe appalled apparatus apparel appealed appeased appeasement
    appeasing append appendicitis appending appendix appetizer applauded applauding applause applesauce
    appliance appliances applicant applicants appoint appointees appoints appraisal appreciates
    appreciating appreciative apprehended apprehension apprentice apprise appropriated appropriateness
    appropriating appropriations approves approving approx approximate approximation apron apropos
    aptitude aptly aquatic aqueduct arbiter arbitrarily arbitrator arbitrators arbor arboretum arcade
    arcane archaeological archaeologists archaeology archaic archbishop arched archer archers arches
    archetype architect architects architectural archiving arctic ardent ardently arduous arguable argues
    argumentation argumentative arise arises arising aristocracy aristocratic aristocrats arithmetic
    armchair armies arming armlet armored armpit armpits aroma aromatic arose arousal arouse arousing
    arrange arranged arrangement arrangements arranging arrays arrivals arrogantly arrowhead arrows arroyo
    arson arteriosclerosis artful artfully articulate articulated artifact artifacts artifice artificially
    artillery artistically artistry artsy artwork asbestos ascend ascended ascending ascertain ascribe
    aseptic ashes ashore asparagus aspen aspersions asphalt asphyxiating aspiration aspirations aspire
    aspired aspires aspiring assailant assemble assembled assembler assemblies asserted asserting
    assertions assertive assertiveness asserts assigning assignments assigns assimilated assimilating
    assimilation assisting assists associating associations assorted assurance assurances assuredly
    assures asterisk asteroid asteroids astigmatism astonished astonishingly astounded astounding astounds
    astral astray astrology astronaut astronauts astronomer astronomical astronomy astute asylums
    asymmetry asynchronous atheistic atherosclerosis athletically athletics atlas atmospheric atomic atoms
    atone atonement atria atrium atrocious atrocity attaching attachments attacker attackers attain
    attainable attained attaining attendance attendant attendants attends attentive attest attested attic
    attire attorneys attracting attractions attractiveness attracts attributable attributing attribution
    attrition auburn auction auctions audacious audible audibly audit audition auditions auditory augment
    augmentation aunts aural austere austerity authentically authenticate authenticated authenticity
    authored authoritarianism authoritarians authoritative authorization authorize authorized authorship
    autobiographical autobiography autocratic autograph automate automation automobile automobiles
    automotive autonomous autonomy autopilot autopsy avail availability avalanche avenge avenger avengers
    avenues averages averaging averse aversion avian aviators avocado avocados avoidance avoids avowed
    await awaited awaits awaken awakened awakens awarding awash awkwardly awkwardness awoke axial axioms
    axons ayatollah azalea babble babbling baboon baboons babysit babysitter babysitting bachelors
    bacillus backdrop backdrops backer backers backfire backfired backhand backhanded backlog backpacking
    backpacks backside backsides backstop backstory backtrack backups backwardness backwoods bacterium
    badder badger badgering badges badlands badminton badmouthing baffle baffled baffles baffling bagel
    bagels baggage bagging baggy bagpipes bailed bailing bailout baited baits bakers balances balancing
    balding baldness ballast ballerina ballet balling ballistic ballooning balloons ballots ballroom
    baloney bamboo bamboozle bamboozled bandage bandana banded banding bandit bandits bandwidth bangs
    banish banished banishment banjo banker bankroll bankruptcies bankruptcy bankrupted bankrupting
    banners banquet baptism baptists baptized barbarian barbarism barbecue barbed barbell barbeque barbers
    barbershop barbiturate bareback barefoot bargain bargaining barge barista baristas barium barker barks
    barley barney barns barometer baron baronet barons baroque barrack barracks barrage barred barrels
    barricade barricades barrier barriers barring barrio barrow bartender bartenders basements bashed
    bashes basil basilica basin basing baskets basking bastion batches bathe bathed bathing baths bathtub
    bating baton batons battalion batted batten batter battered batteries battering batters batting
    battled battlefield battleground battleship battleships battling batty bawling bayonet bayou bazaar
    beaches beacon beaded beads beady beagle beaks beaming beams bearable bearded beards bearer bearers
    beastly beater beaters beatings beaver bedbugs bedding bedfellows bedridden bedrock bedrooms bedside
    bedtime beefing beefs beefy beetle beetles beets befitting beforehand befriend befriended befriends
    befuddled begets beggar beggars begged beginner beginners beginnings begone beguiling behaves behest
    behinds beholden beige belated belching belittle belittled belittles belittling belladonna bellies
    belligerent bellows bells bellybutton belongings belts benchmark bender bends benefited benefiting
    benefitted benevolent benzene berate berated berating beriberi berries berserk bespoke bestiality
    bestow bestowed bests bestseller betas betcha betraying betrays bettering betterment betters beverage
    beverages bewildered bewildering biases bibles bibliography biceps bicker bickering bicuspid bicycles
    bidder bidding biggie biker bikers bikes biking bikinis bilingual billboards billed billiards billing
    bimbos binaries binder binders bindings binds binge binged binging binoculars biochemical biographer
    biographical biologically biologist biologists bipartisan biracial birdie birthdays birthed birther
    birthers birthing birthmarks birthplace birthrate birthright births biscuit biscuits bishops bismuth
    bison bistro bitcoins bitten bitterly bitterness bittersweet bizarrely blackberries blackbird blacked
    blacker blackest blacking blackish blackjack blacklist blacklisted blackmail blackmailed blackmailing
    blackness blackout blades blameless blandly blandness blanked blankets blankly blanks blaring
    blasphemous blasted blasting blasts blaze blazer blazers blazing bleached bleachers bleaching bleak
    bleat bleating bleeds bleep blended blender blending blends blesses blight blinders blindfold
    blindfolded blinding blinds blindsided bling blinked blinking blinks blissful blister blistering
    blisters blithely blitz blizzard bloating blobs blockade blockbuster blockbusters bloggers blogging
    bloodbath bloods bloodshed bloodsuckers bloodthirsty bloom blooming blooms bloopers blossom blossoms
    blouse blowout bludgeon blueberry bluebird bluegrass blueprint bluff bluffing bluffs bluish blunder
    bluntly blunts blurb blurred blurry blush blushed blushing bluster boarder boarders boast boasted
    boasting boasts boating bobble bodice bodily bodybuilding bodyguard bogged boggles boggling bohemian
    boiled boiler boilerplate boisterous boldly bolster bolstered bolts bonanza bondage bonded bonding
    boned bonehead boney bonfire bonkers bonnie bonsai bonuses booed boogie booing bookie bookings booklet
    bookmark bookmarked bookmarks bookstore bookworm boomerang booming boondocks boorish boosted booster
    boosting booted booths booties bootleg boozer bordering boredom bores borne boron boroughs borrowing
    borrows bossed bossing bossy botanical botanist botched bothersome bottled bottling bottomless bottoms
    botulism boulder boulders bounced bouncer bounces bouncing boundary bounded bounding bounties bouquet
    bourbon bourgeois bouts bovine bowed bowels bowers bowing bowler bowlers bowls bowman boxed boxer
    boxers boycotted boycotting boycotts brace bracelet bracelets braces bracing bracket brackets bragged
    brags braid braided braids brained brainstorming brainwash brainy brake brakes branching branding
    brandishing brandy brash brass bratty bravado braved bravely braver bravery braves bravest brawl
    brawling brawls brazen brazenly breach breached breaches breaching breaded breadth breadwinner
    breakage breakdowns breaker breakers breakpoints breakthrough breakup breakups breastbone breathed
    breather breathes breathless breaths breathtakingly breeder breeders breezy brethren brewed brewer
    breweries brewers brewery brews briar bribe bribery bribes bribing bridal brides bridesmaid
    bridesmaids briefing briefs brigades brighten brightened brightens brighter brightest brightly
    brightness brilliance brilliantly brimming brimstone brisk brisket bristle britches brittle broadband
    broadcaster broadcasters broadcasting broaden broadening broadly broads broccoli brochure broker
    brokers bronchial bronco bronze brood brooding brook broom brooms broth brothel brothels brotherly
    brownish brows browse browsed browsers browsing bruins bruise bruised bruises bruising brunching
    brunette brunettes brunt brushed brushes brushing brutalize brutalized brute bubbling bubbly buckets
    buckle buckshot buckwheat budding budge budgeting budgets buffed buffer buffoons buffs bugged bugger
    buggers bugging buggy builders builtin bulbous bulbs bulge bulged bulging bulimia bulimic bulky
    bulldog bulldozer bulletin bulletproof bullish bullock bullpen bumble bumblebees bumbling bummed
    bumped bumper bumping bumpy bunches bundled bundles bungalow bungling bunion bunions bunker bunkers
    buoyant burdened burdening burdens bureau bureaucracy bureaucrat bureaucratic bureaucrats burglar
    burglary burial buries burkas burlesque burnout burping burps burritos bursitis bursting bursts
    burying bused bushes bushy busiest businessman businessmen busses bussing busters busts butcher
    butchered butchering butchers butler butte butted buttercup buttered butterflies buttering butters
    buttery butting buttocks buyers buzzing buzzwords bypass bypassing bystanders bytes cabana cabaret
    cabbage cabinets cables cached caches caching cackle cackling cactus cadence cadets cadre cafeteria
    caffeinated caged caging caked calamity calculates calculating calculation calculations calculator
    calculators calculus calendars caliber calibrated calico caliph caliphs caller callers calligraphy
    callous calluses calmed calmer calming calmly caloric calve calves camaraderie cameo cameos cameraman
    camouflage camouflaged campaigned campaigners campaigning camper campers campfire campfires campground
    campsite campuses campy canary canceling cancellation cancelling cancels candidacy candidly candle
    candlelight candles candor canes canine canker canned cannery cannibal cannibalism cannibals canny
    canoe canonical canons canteen canton cantor canvas canvass canvassing canyons capabilities capability
    capacities caper capes capillaries capillary capitalists capitalization capitalize capitalized
    capitalizes capitalizing capitals capitulated capped capping capricious capsule captioned captions
    captivated captivating captive captivity caramel caravans carbohydrates carbonate carbs carbuncle
    carcass carcinomas cardboard cardigan cardinal cardinals cardiologist cardiovascular carefree
    caregiver caregivers carelessly carelessness caressing caretaker cargo caricature caricatures carnage
    carnival carotid carousel carpal carpenter carpentry carpets carriage carriers carrot cartels carton
    cartons cartoonist cartridge carve carved carver carving cashed cashew cashews cashier cashing
    cashmere casing casinos casket casserole casters castes castles castor castrate castrated castrating
    castration casts casualties casualty catalog catalogue catalyst catapults cataracts catastrophe
    catastrophic catcher catchy catechism categorically categorization categorize categorized categorizes
    categorizing cater catered caters catfish catharsis cathartic cathedrals catheter catty catwalk caudal
    cauldron cauliflower causal causation causeway caustic caution cautionary cautions cautious cavalry
    caveat caved caveman cavemen cavernous caves caviar caving cavities ceased ceases ceasing cedar
    ceilings celebrations celebratory celery celestial celibacy celibate cellar cello cellular cellulite
    celluloid cement cements censors censure censured centaur centennial centimeters centralized centrally
    centrifugal centrist centrists centurion cephalic ceramic ceramics cerebellum ceremonies certainty
    certificates certification certifications cerulean cervix cesspools chained chainsaw chairs chalk
    challenger chamberlain chameleon chamomile championed championing championships champs chancellor
    chandelier chandler channeling chanted chants chapel chaplain chapped chaps chapters
    characteristically characterization characterizations characterize characterizing charade charcoal
    charger chargers chariot charisma charismatic charitable charlatan charmed charmer charms chars
    charted chartered charters charting chaser chasers chases chasm chaste chastise chastised chastity
    chats chatted chattel chatter chatty chauvinist chauvinistic chauvinists cheapest cheater cheaters
    checker checkers checklist checkmate checkup checkups cheddar cheered cheerful cheerfully cheerleader
    cheerleaders cheery cheeseburger cheeses cheetah chefs chemically chemotherapy cherished chestnut
    chests chewed chewing chews chewy chickenpox chiefly chiefs chieftain chiggers childbirth childcare
    childishly childless childlike chilis chilled chiller chime chimes chimney chimpanzee chimpanzees
    chino chipmunk chipped chipper chipping chiropractic chiropractor chirp chirping chirps chivalry
    chloride chlorine chock chocolates choked choker chokers chokes cholera chomp chopping choppy chord
    chords chore choreographed choreography chores chorus chowder christened chrome chromosomes
    chronically chronicle chronicled chronicles chronological chronology chucked chucking chuckled
    chuckles chuckling chucks chugging chumps churn churning churns chute chutzpah cider cigar cigars
    cilia cinemas cinematographer cinematography cipher circa circling circuits circular circulated
    circulating circulation circulatory circumcised circumference circumstance circumstantial circumvent
    circuses cisgender citadel citizenry citric citrus civics civilize civilly claimant claimants clammy
    clamp clams clans clapped clapper clapping claps claptrap clarifications clarified clarifies
    clarifying clarion clashes clashing classed classicism classics classifications classifies classifying
    classless classrooms clauses claustrophobic clavicle claws cleaners cleanest cleanliness cleanly
    cleans cleanse cleansed clearance clearest clears cleavage cleave cleaver clement clenching clergy
    cleric clerics clerk clerks cleverly cleverness clickable clickbait clicks climactic climates climatic
    climax climbed climber climbs clinch cling clinging clings clingy clinically clinics clipboard clipped
    clippers clippings clique cliques clits cloak clocked clocks clockwise clockwork clogged clogging
    clones cloning closeness closets closures cloth clothe clothed cloths clouded clouding cloudy clove
    clover clowned clowning cloying clubbing clubfoot clubhouse clues clump clumps clumsily clumsiness
    clunker clunky clustered clusters clutch clutching clutter cluttered cluttering coached coagulation
    coalitions coastal coaster coasting coastline coastlines coated coating coats cobalt cobbled cobra
    cobras cobwebs coconuts coddle coddled coddling coded codeine codex coerce coerced coercion coercive
    coexist coexistence coffees coffers cogent cognition coherence coherent coherently cohesion cohesive
    cohort cohorts coils coincide coincidences coincidental coincidentally coined coitus coked colder
    coldest colds collaborate collaborated collaborating collaborative collaborator collaborators collage
    collapses collapsible collapsing collarbone collateral collation collectivist collector collectors
    collects colleen collegiate collide collie collision colloquial colloquially collude colluded
    colluding cologne colonel colonialists colonists colonization colonize colonized colonizing
    colonoscopy colorblind coloreds colorless colossal colossus colts columbine columnist combatants
    combative combed combinations combines combing combos combustion comebacks comedic comet comeuppance
    comfortably comforted comforter comforting comical comically comings comity comma commanded commanders
    commanding commandment commandments commando commas commemorate commemorating commemoration commence
    commenced commendable commendation commending commends commentaries commentating commentators
    commercially commissioned commissioner commissioners commissioning commissions commitments committees
    commodities commodity commodore commonplace commonwealth commune communes communicated communicates
    communicating communicator communion communistic commuter compact companions companionship comparative
    comparatively compares comparisons compartment compassionately compatibility compel compelled compels
    compendium compensate compensated compensating compensation competed competence competency competes
    competitions competitor competitors compilations compiled compiler compilers compiling complacency
    complacent complainant complement complementary completes completing complexes complexion complexities
    complexity compliance compliant complicate complication complicity complied complies complimentary
    complimenting compliments complying components compose composer composers composing composite
    composition compositions composure compounded compounds comprehending comprehensible comprehensively
    compress compressed comprise comprised comprises comprising compromises compromising compulsion
    compulsively compulsory computation compute computed computing comrades concatenate conceal concealed
    concealment concede conceded conceding conceit conceited conceivable conceivably conceived
    concentrated concentrates concentrating conceptions conceptual concerted concession concessions
    concise concluded concludes concluding conclusive conclusively concocted concoction concord
    concurrency concurrent concurrently concussions condemnation condemns condensed condescension
    conditionally conditioned conditioner conditioning condo condolences condoned condones condoning
    condos conducive conducting conduction conductive conductor conducts cones confederacy confederates
    confederation confer conferences conferred confess confessed confesses confessing confession
    confessional confessions confetti confidant confide confided confidential confidentiality confidently
    configurable configurations configured configuring confined confinement confines confiscate
    confiscated confiscation conflicted conflicting conformance conformation conforming conformity
    conforms confrontational confrontations confronting confronts confuses confusions congenitally
    congested congestion congratulate congratulated congratulates congratulating congratulation
    congratulatory congregate congregation congregations congressmen congresswoman congresswomen
    conjecture conjugate conjunction conjure conjured conjures conjuring connectivity connector connects
    conned conniving connoisseur connotation connotations conquering conqueror conquerors conquest
    conscientious consciously consecutive consensual consented consenting consequently conservation
    conservatory conserve conserving considerably considerate considerations consisted consisting
    consolation consoles consolidate consolidated consolidation consonant consonants consortium
    conspiracies conspiratorial conspirators conspire conspired conspiring constants constellation
    consternation constipated constipation constituencies constituency constituent constituted
    constitutionally constraining constraint constraints constriction constrictive constructing
    constructions constructively constructor constructors constructs construe construed consulate
    consultant consultants consultation consulted consulting consumerism consumers consumes consummate
    contagious containers contaminate contaminated contaminating contamination contemplate contemplated
    contemplation contemplative contemporaries contemptible contemptuous contend contended contender
    contenders contends contention contentious contentment contestant contesting contests contexts
    contextual contiguous continental continents contingent continua continual continuation continuations
    continuity continuum contour contraception contraceptive contraceptives contracted contracting
    contraction contractions contractor contractors contracts contradict contradicted contradicting
    contradictions contradicts contraption contrasted contrasting contrasts contributes contrivances
    controllers contusion conundrum convenience convent conventionally convergence converse conversely
    conversing conversions converters convex convey conveyed conveying conveys convict convicting
    convictions convicts convinces convincingly convoluted convoy convulsions cookbook cooker cookout
    coolers coolie cooling coolness cools cooped cooperate cooperating cooperative coordinate coordinated
    coordinating coordinator cooties copious copped coppers copycat copyrights coral cordial cords cores
    cornbread corneas cornered cornerstone corniest cornrows corns corollary coronation coroner corporal
    corporeal corpses corral correctional corrective corrects correlate correlated correlates correspond
    correspondence correspondent corresponding corresponds corridor corroborated corroborating corrode
    corrosion corrupting cortex cosign cosmetic cosmetics cosmic cosmology cosmopolitan cosmos costing
    costly cottage cottages couches cougar cougars coughs councillor councillors councils counsel
    counsellor counselors countdown counteract countered counterfeit countering counterpart counterpoint
    counterproductive counters countrymen countryside countrysides coupe coupled coupling coupon coupons
    coups courageous couriers courteous courthouse courting courtroom courtyard coven covenant coverings
    covert covet cowardice cower cowered cowering cowgirl coyote coyotes crabs crackdown crackle crackpot
    cradle crafting crafts craftsmanship crafty crammed cramp cramping cranberry crane cranium cranked
    cranks cranky crapped craps crass crate crater crates craved craven craves cravings crawfish crawled
    crawls crayon crayons craze crazed crazier crazies craziest craziness creaky creamery creams creamy
    crease creases creationism creations creatively creators credence credibly credulity creeds creeper
    creepers creepiness cremate cremated crepes crept crescent crest cretinous cretins crews cribs
    cricketer crickets criminally crimson cringing crippled cripples crippling crises crisp crisps crispy
    critically criticizes critiques critiquing critter crochet crocheting crock crocodile croissant
    cronies crony cropped crops crossfire crossings crossover crossroads crotch croup crowding crowned
    crowning crowns crows crucified crucifixion crucify crudely cruelly cruiser cruisers cruising crumb
    crumble crumbled crumbles crumbling crumbs crummy crumpled crunch crusader crusaders crusades crust
    crusted crusts crusty crutch crutches crybabies crypt cryptic cryptocurrency crystalline cubes
    cuckolding cuckolds cuckoo cucumber cucumbers cuddled cuddles cuddling cuddly cuffed cuffing cuffs
    culinary culled culling culminated culminating culmination culpable culprit culprits cultivate
    cultivated cultivating cults cultured cumbersome cumulative cumulus cunning cupboard cupboards cupcake
    cupid curable cures curfew curing curiously curled curling curls curmudgeon currents curricula
    curriculum curries curses cursing cursive cursory curtail curtain curtains curvature curved curves
    curving curvy cushion cushy cussed cussing custard custodian customary customization customized
    customizing cuteness cuter cutesy cutout cutter cutters cyberbully cyberpunk cyberspace cyclic
    cyclical cycling cyclist cyclists cyclone cyclones cylinder cylinders cynically cynicism cypress
    dabbing dabbling daemon dagger daggers dahlia dainty daisy dalmatian damsel danced dances dandelion
    dandruff dandy dangle dangling dapper dared daredevil dares daring darken darkening darkest darkly
    darlings darned darts dashboard dashes dashing dastardly databases datatype daunting davenport dawns
    daydream daydreaming daydreams daylights daytime dazzling deacon deactivate deactivated deafening
    dealership dealings deans dearest dearly dearth debacle debatable debated debauchery debilitating
    debris debts debugger debunk debunked debunking debuted debuts decadent decaf decapitated decay
    decaying deceased deceit deceitful deceive deceived deceivers deceiving decently deceptions deceptive
    deceptively decidedly decimal decimals decimate decimated decipher decisive decisively decked decks
    declarations declassified declines decoder decoding decomposition decompression deconstruction decor
    decorate decorated decorating decoration decorations decorative decorum decoy decreases decreasing
    decree decreed decrepit decriminalized decry dedicate dedicates dedicating deduce deducted deductible
    deduction deductions deems deepen deepest deface defacing defamation defamatory defame defamed
    defaming defaults defeating defeatist defeats defective defendant defendants defenders defenseless
    defenses defensively defer deference deferred defiance defiant defiantly deficiencies deficient
    deficits defied defies defiled definite definitive definitively deflate deflated deflected deflecting
    deflection deformed deformities deformity deftly defunct defuse defying degenerated degenerative
    degradation degraded degrades dehumanization dehumanize dehumanized dehumanizing dehydrated
    dehydration deities deity dejected delaying delectable delegate delegated delegates delegation
    deletions delicacy delicately deliciously delighted delightfully delights delimited delineate
    delinquent delirious delirium deliverance delude deluge deluxe delve delving demagogue demagoguery
    demean demeanor demeans democracies democratically demography demolish demolished demolishes
    demolishing demolition demonstrably demonstrations demonstrators demoralize demos demoted denials
    denier deniers denigrate denigrates denigrating denim denizens denomination denominational
    denominations denominator denote denotes denounced denouncing densely dentistry dentists dentures
    deodorant depart departed departing departments departure dependable dependant depended dependence
    dependencies depict depicted depicting depiction depictions depicts depleted depletion deploy deployed
    deploying deportations deports depositing deposition depot depraved depravity deprecated deprecating
    depress depressant depressants depresses depressingly depressions deprivation deprive deprived
    depriving depths deputies derail derailed derailing derangement derby deregulation derelict
    dereliction derision derivation derivatives derive derives deriving derrick descend descendant
    descendents descending descends descriptions descriptive descriptor desecrate desegregation
    desensitized deserted deservedly designate designates designation designations designers designing
    desirable desist desks desolate despised despises despot despotic despotism despots desserts
    destinations destitute destroyer destroyers destruct detach detached detachment detailing detain
    detainees detecting detection detective detectives detector detectors detects deter detergent
    deteriorate deteriorated deteriorates deteriorating deterioration determinant determines determining
    deterred deterrent detest detested detonate detour detract detractors detracts detriment detrimental
    deuce deuces devalue devaluing devastate devastation deviance deviants deviation devilish devious
    devised devolved devolves devote devotee devotees devotion devotional devour dharma diabolical
    diacritic diagnoses diagnosing diagnostic diagram diagrams dialect dialectic dialects dialed dialogues
    dialysis diameter diamonds diaphragm diaries diary diatribe dicey dichotomy dictated dictates
    dictating dictatorial dictatorships diction dictionaries didactic dieting diets differed differential
    differentiated differentiating differentiation differing differs diffs diffusion digested digesting
    digestion digger diggers digit digitalis digitally dignified dignitaries digress dilemma diligence
    diligent diligently dilute diluted dimension dimensions dimes diminish diminished diminishes
    diminishing dimple dimples dimwit dimwits dimwitted diner dingy dining dinners dinosaur dinosaurs
    diocese dioxide diploma diplomacy diplomat diplomatic diplomats dipping directional directive
    directives directorial directs dirtier dirtiest dirtying disabling disadvantage disadvantaged
    disadvantages disaffected disagreeable disagreements disallowed disambiguate disappearance
    disappearances disappearing disappears disappointingly disappointments disappoints disapproval
    disapprove disarm disarmament disarmed disarming disarray disasters disastrous disavow disavowed
    disavowing disbanded disbelief disbelieve discard discarded discards discern discernible discernment
    discharged disciples disciplinary disciplined disciplines disclaimer disclose disclosed disclosure
    disco discoloration discolored disconcerting disconnected discontent discontinue discontinued
    discounted discounts discourage discourages discouraging discoveries discovering discovers discredited
    discrediting discreet discrepancies discrepancy discrete discretion discretionary discriminates
    discriminating discriminatory discs disdain disdainful disenfranchised disengage disfigured disgraced
    disgracing disgruntled disguising disgusts disheartened disheartening dishing dishonesty dishonor
    dishonorable dishwasher dishwashers disillusioned disinformation disintegration disinterested
    disjointed disks disliked dislikes disliking dislocated dislocation dislocations disloyal dismal
    dismantle dismantled dismantling dismay dismayed dismembered dismissal dismisses dismissing dismissive
    disobedience disobeying disordered disorderly disorganized disoriented disown disowned disparage
    disparaging disparate disparities disparity dispatch dispatched dispel dispensary dispense dispenser
    dispensing disperse dispersed dispersion displace displaced displacement displacing displeased
    displeasure dispose disposed disposing disposition dispossession disproportion disproportionate
    disproportionately disprove disproved disproven disproves disproving disputable disputing disqualified
    disqualifies disqualify disregarded disregarding disregards disreputable disrespectfully disrespects
    disrupted disrupting disruptions disrupts dissatisfaction dissatisfied dissect dissection disseminate
    disseminating dissemination dissent dissenters dissenting dissertation disservice dissident dissidents
    dissing dissolution dissolve dissolved dissonance distanced distances distaste distasteful distilled
    distillery distinctions distinctly distinguishes distinguishing distort distorted distorting
    distortion distortions distorts distracting distractions distracts distraught distressed distressing
    distribute distributing distrust disturbance disturbances disturbingly disturbs ditched ditches
    ditching diuretics divers diversified diversify diversion divert diverted diverting dives dividend
    divides diving divinity divisions divisiveness divorces divorcing doable docile docking doctoral
    doctorate doctorates doctored doctrines documentaries documenting dodged dodges dodging dodgy doers
    dogged doggie dogging dogma dogmatic doings doldrums dolly dolphin dolphins dolts domains domestically
    domesticated dominates dominating dominion domino dominos donates donating donkeys donor donors doodle
    doodles dooms doomsday doorbell doorknob doormat doorstep doped dopes dopey dorks dorky dormant dorms
    dorsal doses dosing dotted doubled doubles doubling doubly doubted doubtful doubting doubtless douches
    doughnut doughnuts doughty downbeat downed downer downgrade downgraded downgrading downing
    downloadable downloading downloads downplay downplayed downplaying downstairs downtime downtrodden
    downward downwards dowry draconian drafted drafting drafts dragonfly drainage drained drains drakes
    dramas dramatically dramatics drastic drastically drawbacks drawer drawers drawings dreaded dreading
    dreadlocks dreads dreamer dreamy dreary dredge dregs drenched dresser dressers dribble drier dries
    drift drifted drifting drifts drill drilled drilling drills drinker drinkers dripping drips driveway
    droid droll droning drool drooling drooping droopy dropout droppings dross drought droves drowns
    drowsiness drowsy drudge druid drummer drumming drums drunkenly drunks dryer drying dryness dubbed
    dubbing duchess duchy ducked ducking ducts duels dugout dullard dullest dumbfounded dumbness dumpling
    dumplings dumps dunce dunces dunes dungeon dungeons dunked dunking duodenal duodenum duped duplicated
    duplicates duplicating durable duress dustbin dusted dusting dwarf dwarfs dwarves dweeb dweebs dwell
    dweller dwellers dwelling dwells dwindling dynamics dynamite dynastic dynasties dysfunctions dyslexia
    dyslexic eagerly earache eardrum earlobe earls earnestness earnings earns earthly earthquakes eases
    easterners eater eaters eatery ebony eccentric eccentricities eccentricity ecclesiastical echelon
    echoed echoing ecological ecology economical economically economies economist economists ecosystem
    ecstatic eczema edema edible edict editable editions editorializing editorials educations educator
    educators eerie eerily effected effecting effectiveness effeminate efficacy efficiently effortless
    effortlessly effusion egalitarian egalitarianism eggnog eggplant eggshells egocentric egotistical
    egregious eighteen eighth eighties ejaculate ejaculated ejaculating ejected ejection elaborated
    elaborating elastic elated elders eldest elective electorate electors electrocardiogram electrolysis
    electrolyte electrolytes electromagnetic electron electronically electronics electrons elects elegance
    elegantly elemental elevate elevates elevating elevation elevators eleven eleventh elicit eligibility
    eliminates eliminating elitism elitists elliptical elongated eloquent eloquently elucidate eludes
    elusive elves emailed emailing emanating emasculate emasculated emasculating embarked embarrass
    embarrassingly embassies embed embedding embezzlement emblem embodiment embody emboldened embolism
    embraces embroidered embroidery embroiled embryo embryonic embryos emerald emerge emerged emergence
    emergencies emerges emerging emery emigrate emigrated emigration eminent emirates emission emissions
    emotive empathetic empathize emperors emphasize emphasized emphasizes emphatically emphysema empires
    empirical empirically employ employing employs emporium empower empowers empress emptied emptiness
    emptying emulate emulated emulates emulating emulator enables enact enacted enamel enamored
    encapsulate encapsulates enchanted enchanting enchiladas enclave enclaves encode encoded encoding
    encompass encompassed encompassing encore encountering encounters encroached encroachments encrusted
    encrypt encrypted encryption encyclopaedic encyclopedias endanger endangered endangering endearing
    endearment endeavor endeavors endemic endings endorsement endorsements endorses endorsing endowed
    endurance endured enduring enema energetic energies energized enforcer enforces engages engineered
    engraved engrossing engulf engulfed enhance enhanced enhancement enhances enhancing enigmatic
    enjoyment enlarge enlargement enlighten enlightened enlightening enlightenment enlist enlisted
    enormously enquiry enraged enrich enriched enriching enrichment enroll enrolled enrollment ensemble
    enslavement enslaving ensue ensued ensues ensuing ensured ensures ensuring entail entails entangled
    enterprises enterprising entertainer entertainers entertainingly entertains enthralled enthralling
    enthusiast enthusiastic enthusiastically enthusiasts entice enticing entitle entitlements entourage
    entranced entrances entrenched entrepreneur entrepreneurial entrepreneurs entropy entrusted
    enumeration envelope enveloping envious environmentalism environmentalist environments envision
    envisioned envoy enzymes ephemeral epicenter epics epidemic epidermal epileptic epilogue episcopal
    episodic epistemology epithet epithets epsilon equalization equalizer equated equates equating
    equation equations equator equilibrium equine equinox equipped equitable equity equivalence
    equivalently equivalents equivocal eradicate eradicating eradication eraser erases erasure erect
    erected erectile erode eroding erosion errand errands errant erratic erroneous erroneously erudite
    erupted eruption escalated escalates escalating escalation escalator escapes escapism escapist
    esoteric espionage esplanade espouse espoused espousing espresso esquire essays essentials esteemed
    ester estimates estimation estranged eternally ether ethereal ethic ethically ethnics ethos etiquette
    etymological etymology eucalyptus eugenics euphemism euphemisms euphemistic euphoria euphoric eureka
    euthanasia evacuate evacuated evacuation evade evaded evading evaluate evaluated evaluating evangelism
    evangelist evaporate evasion evasive evenings evenly eventful eventual evergreen everlasting evict
    evicted eviction evidenced evidences evils eviscerate evocative evoke evokes evoking evolutionary
    evolves evolving exacerbated exaggerate exaggerating exaggeration exalted examined examiner examines
    examining exasperated exceed exceeded exceeding exceedingly exceeds excelled excellence excels
    excepted excepting exceptionally excerpt excerpts excesses excessively excision excite excites
    exclaiming exclamation excludes exclusion exclusives exclusivity excommunicated excommunication
    excrement excrete excretion excruciating excruciatingly excursion excused excusing executable executes
    executioner executions executives executor exemplary exemplified exemplifies exemplify exemption
    exemptions exercised exert exerted exertion exhale exhaust exhaustion exhaustive exhibited exhibiting
    exhibition exhibitions exhibits exhilarating exhilaration exile exiled existentialism exited exiting
    exits exodus expands expanse expansions expectancy expectation expedient expedite expedited expedition
    expeditions expel expelling expendable expenditure experimental experimentation experimented
    experiments expertly expiring expiry explanatory expletives exploded explodes exploding exploitative
    exploiting exploits exploration explored explorers explores explosions explosive explosives
    exponential exponentially exported exporting exports expos exposition expound expresses expressive
    expressly expulsion expunged exquisite exquisitely extant extending extends extensively exterior
    exterminating exterminator externally externals extinguish extinguished extort extortion extracted
    extracting extraction extracts extradition extraneous extraordinarily extras extraterrestrials
    extravagant extravaganza extremes extremities extrovert exuberance exuberant exude exudes eyeball
    eyeballs eyebrow eyeing eyelashes eyelid eyelids eyeliner eyesight eyesore eyewitness eyewitnesses
    fable fables fabricate fabricated fabricating fabrication fabrications facade faceless facepalm facet
    facetious facets facile facilitate facilitating facsimile faction factions factitious factored
    factories faculties faculty fades fading faeces failings faint fainted fainting fairer fairgrounds
    fairies faithfully faithless faiths fakes falcon falcons fallacies fallacious fallible falsehood
    falsehoods falsification falsified falsify falsifying falters famed familiarity familiarize famine
    famously fanatic fanatical fanatically fanaticism fanboy fanboys fancied fancies fanciful fanfare
    fangs fanny fantasize fantasized fantasizes fantasizing fantastically farcical fared fares farewell
    farmed farsightedness farted farthest farting farts fascinated fascination fashionable fashionista
    fashions fasted fatalities fatality fatally fated fateful fatherhood fatherland fatherless fathom
    fatigued fatness fatter fattest fatties fatuous faulted faulty fauna favorable favorably favored
    favoring favoritism fawned fawning fearful fearless fearlessly feasible feathered feathers febrile
    fecal feckless federalist federally federation fedora feeders feign feigning feisty felicity feline
    fellatio felling fellows fellowship felon felonies felons femininity femoral femur fences fender
    fermented ferocious ferret ferric ferries ferrous fertile fertilization fertilizer fervent fervently
    fester festering festivals festive festivities fetched fetching fetid fetuses feudal fevers fiasco
    fibula fickle fictitious fiddle fiddlers fiddling fidelity fiercely fiery fiesta fifths fifties
    figment figuratively filet filibuster filler fillers fillings filtered filthiest finalized financed
    finances financier financing finder fined finely finer fines finesse fingered fingering fingernails
    fingerprint fingerprints finishes finite fireball firefighter firefighters firefly firehouse fireman
    firemen fireplace firewall firework firms firsthand firsts fiscal fiscally fisheries fisherman
    fishermen fishery fishes fishy fissure fissures fists fitfully fitted fittest fives fixable fixated
    fixation fixes fixture fizzle flabbergasted flabby flaccid flack flagellation flagging flagrant
    flagrantly flagship flailing flairs flakes flaky flamboyant flamed flamingo flamingos flange flank
    flannel flapping flaps flare flared flares flaring flashbacks flashed flashes flashing flashlight
    flashy flatly flats flatten flattened flatter flattered flattering flattery flatulence flaunt
    flaunting flaunts flavored flavors fleas fledged fleece fleecing fleeting fleshed fleshing fleshy
    flexibility flexing flickering flicks flier fliers flimsy flinch fling flinging flint flippant flips
    flirts floated floats flocking flocks flogged flogging floodgates floods floored floors flopped
    flopping floppy flops flora floral florid florist floss flour flourish flourished flourishes
    flourishing flowed flowering flowery flowing flown fluctuating fluent fluently fluff fluke flume flung
    flunked fluoride flushed flushes flushing flustered flute flutter flyer flyers flyover foaming foamy
    focussed focussing fodder foetus fogging foggy foibles foiled folded folding folds folklore follicle
    follicles followup folly fondling fondly fondness fondue fonts foolishly foolishness footballer
    footballers footballs footed foothills footing footnote footnoted footnotes footprint footprints
    footsteps footwork forbade forbidding forbids forceful forcefully forcible fords forearm forearms
    forecast forefathers forefront foreheads foremost forensic foresee foreseeable foreshadowing foresight
    foreskin foreskins forestry forests forethought forewarned forfeit forgave forge forged forgery
    forgetful forgetfulness forgets forgettable forging forgiving forked forking forks formalism
    formalized formally formations formative formats formatted formidable formulaic formulas formulate
    formulated formulation formulations fornication forsake forsaken forte forthcoming forthright
    forthwith forties fortify fortitude fortnight fortress forts fortunes forty forwarded forwarding
    forwards fossil fossils fosters fouled fouling fouls foundations founders fountains fours foursquare
    fourteen fourteenth foxes foyer fracking fractal fractional fractions fractured fragility fragment
    fragments fragrance frail frailty framed frames frameworks framing franchises francs franks frantic
    fraternity fraudulently fraught freaked freakish freckles freebie freebies freed freeing freelance
    freeloader freeloaders freeloading freer frees freestyle freeways freezes freight frenzy frequented
    fresco freshen fresher freshly freshmen freshness friction friendless fright frighten frighteningly
    frigid fringes frisk frivolous frontier fronting fronts frost frostbite frosted frosting frosty
    frothing frothy frown frowned frowns froze fructose frugal fruitful fruition fruitless fruity
    frustrate frustrates frustrations frying fudge fueled fueling fuelled fuels fugitive fulfil fulfilled
    fulfilling fulfillment fulfills fuller fullest fullness fumble fumbles fumbling fumes fuming
    functionally fundamentalism fundamentalist fundamentalists fundamentals funerals fungal fungi fungus
    funky funnel funneling funnily furiously furnace furnish furnished furthering furthers furthest fused
    fussing fussy futile futility futures futuristic gables gadget gadgets gaffes gagged gagging galactic
    gallbladder galleries gallium gallons gallows gallstones galore gambit gamble gambler gamed gander
    ganged ganging gangly gangrene gangsters gaping garbled gardener gardeners gardening gargantuan gargle
    garland garlands garner garnered garrison gases gaslight gasping gasps gassing gastric gated gateway
    gatherings gathers gaucher gaudy gauge gauntlet gayer gayest gayness gazette gazing geared gearing
    gears geeks geeky geese geezer gelatin genealogical genealogy genera generalities generalization
    generalizations generalize generalizing generals generates generator generators generically generics
    generosity generously genesis genial genie geniuses genome genres genteel gentile gentiles gently
    gentrification gentrified gents genus geographic geographical geographically geological geology
    geometric geometry geopolitics geriatric germane gerrymandering gesture gestures getaway ghastly
    ghettos ghosted ghosting ghoul ghoulish gibberish gibbon giddy gigantic giggle giggling gilded gimmick
    gimmicks gingerbread gingivitis ginseng gipsy giraffe giraffes girth giveaways glacier glaciers
    gladiator glamorous glamour glanced glancing glare glaring glaringly glaucoma glaze glazed gleaned
    gleeful gleefully glide glides gliding glimmer glimpses glint glistening glitch glitches glitz gloat
    gloating globalization globes gloom gloomy glorification glorified glorify glorifying gloriously gloss
    glossary glossy glove glowed glowing glued gluing gluten gluttonous gnarly gnome gnomes goaded goalie
    goalkeeper goalpost goalposts goatee gobble gobbling goblin goblins goddaughter goddesses godfather
    godforsaken godless godlike godly godparents godsend godson goggles goiter goldfish golds goldsmith
    golfer golfing golly gonads gonorrhea goober goodbyes goodie goodwill goody goofed goofing goofs
    googles googling gopher gorge gorgeously gorillas gosling gospels gouge govern governance governed
    governing governmental governors governs gowns grabber graced graceful gracefully graceless graces
    gracious graded grader graders gradient grading grads gradual graduates graduating graft grail grain
    grains grainy grammatical grammatically grams grandad grandchild granddad granddaughter grandeur
    grandfathers grandiose grandmas grandmothers grandparent grandpas grandstanding granite grannies
    granola granting granules graphical graphically graphs grapple grappling grasped grasping grasps
    gratefully gratification grating gratuitous gravel gravely graveyard gravitate gravitational gravy
    grazed grease greased greats greedily greener greenhouse greeted greeting greets gremlin gremlins
    grenade grenades greyhound gridlock grids grievance grievances grieve grieving grille grilled grilling
    grimes grimy grinder grinding grinds gringo grinning grins gripe gripping grips grisly gritty
    grizzlies grizzly groan groaned groom groomed groove grooved grooves groovy grope groped groping
    grossed grossly grotesque grotto groundbreaking grounded grounding groundwork grouped groupie groupies
    groupings grovel groves growled grownups growths grubbing grubby grudge grudges gruesome grumpy grunge
    grunt guarantees guarded guardians guarding gubernatorial guerilla guerrilla guesses guided guiding
    guilds guillotine guitarist guitarists guitars gulag gulags gumbo gummy gunned gunners gunning gunny
    guppy gurus gushing gusto gutless gutsy gutted gutters gutting guzzler guzzling gymnasium gymnast
    gyrate habitable habitat habitats habitual habitually hacienda hacker hackers hackneyed haddock
    haggard haiku hailed hails haircuts hairdo hairdresser hairdressers hairline hairstyle hairstylist
    halftime hallelujah hallmark hallows halls hallucinating hallucination hallucinations hallway hallways
    halted halting halves hamburger hamburgers hamlet hammered hammering hammers hampered hamster
    hamstring handbag handball handbook handcrafted handcuffed handcuffs handedness handheld handicap
    handily handkerchief handler handlers handout handshake handstand handwriting handwritten handyman
    hanks haphazard hapless happenings harbored harboring hardball harden hardened hardening hardline
    hardliners hardship hardships harem harlequin harmonic harping harpy harrowing harsher harshly
    harshness harts harvest harvesting hashtags hassle haste hasten hastily hasty hatch hatched hatchet
    haughty hauled hauling haunt haunted haunting haunts havens hawking hawks haystack haywire hazard
    hazardous hazards hazel hazelnut hazing hazmat headdress headers headings headlands headless
    headlights headmaster headset heady healed healer heals healthier heaped heaping heaps hearsay
    heartache heartbeats heartbreak heartbroken heartburn heartening heartfelt heartily heartland
    heartstrings heartwarming hearty heath heathen heathens heather heating heats heave heavenly heavens
    heavier heaviest heaviness heavyweight hectic hector hedge hedgehog hedonism hedonistic heeded hefty
    hegemony heightened heirs heist helicopters helium helix hellhole hellholes hellish helmet helmets
    helper helpers helplessly helpline hemisphere hemispheres hemorrhage hemorrhages hemorrhoid
    hemorrhoids henceforth henchmen herald heraldry herbal herded herdsmen hereby heredity herein heresy
    heretic heretics hermaphrodite hermit heroic heroism heros herring hesitant hesitates hesitation
    heterogeneous heyday hiatus hibernation hibiscus hiccup hiccups hickory hicks hideously hierarchical
    highlands highlighted highlighter highness highs highways hijack hijacked hijackers hijacking hiked
    hikers hikes hilariously hilarity hillbillies hilltop hinder hindered hinders hindrance hindsight
    hinge hinges hinted hinting hippie hippies hippy histories histrionic histrionics hitch hitching
    hitter hitters hives hoard hoarder hoarding hoards hoaxes hobbit hobos hoeing hogan hogwash hoist
    hokey hokum holders holdings holier holiest holiness holistic holler hollering hollowed hologram
    holster homage homeboy homeboys homecoming homegrown homelands homelessness homeopathic homeopathy
    homeowner homeowners homepage homer homesick homestead homicidal homicides homogeneous honed honeycomb
    honeymoon honking honorably honorary honoring honors hooded hoodlums hooking hookup hookworm hooligans
    hooping hoops hooray hopelessly hopelessness hopped hopper hopping horde horizon horizons horizontal
    horizontally horned hornets horns horoscope horrendously horrified horrors horseback horseman horsemen
    horsepower horsetail hoses hospitable hospitality hospitalization hospitalizations hostages hostel
    hostess hostilities hostility hotbed hotly hound hounding hounds hourly housed households housekeeper
    housewife housewives housework hover hovering howdy howling hubris huckster huddle huddled huffing
    hugged humanism humanist humanities humanize humanizing humankind humanly humanoid humbled humbling
    humbly humbug humid humiliate humiliating humility humming hummingbird hummus humongous humorless
    humped humping humus hunch hungover hunted hunts hurdle hurdles hurled hurler hurling hurrah hurray
    hurricanes huskies husky hustler hustlers hustling hybrids hydra hydrate hydrated hydraulic
    hydrocarbon hydrogen hyena hyenas hygiene hyped hyperactivity hyperbole hyperbolic hyperlink
    hyperlinked hyperlinks hypersensitive hypersensitivity hyperspace hyperventilating hyperventilation
    hyphen hyphens hyping hypnosis hypnotic hypnotize hypnotized hypochondriac hypoglycemia hypothalamus
    hypothermia hypotheses hypothesis hypothetically hysterectomy hysterically ibuprofen iceberg icing
    icons idealism idealistic idealized ideally identically identifiable identifier identifiers identities
    ideologically idiom idiomatic idiosyncratic idolaters idolatry idolize idolized idolizing idyllic
    ignite ignited ignites ignoramus ignoramuses ignorantly iguanas illicit illiteracy illiterates
    illuminate illuminated illuminating illusions illustrate illustrated illustrating illustration
    illustrations illustrative illustrator illustrious imaginable imaginations imaginative imaging imams
    imbalance imbalanced imbecilic imitate imitating imitation immaculate immaterial immaturity immense
    immersed immersion immigrate immigrated immigrating imminent immolation immorality immortal immunity
    immunization immunizations immutable impacted impacting impacts impair impairments impairs impart
    impartial impartiality impatient impatiently impeaching impeccable impede impeded impediment impending
    impenetrable imperative imperfect imperfection imperialist imperialistic imperialists impersonal
    impersonate impersonating impersonation impersonator impetigo impetus implant implantation implants
    implausible implementations implements implicated implication implicitly implode imploding implore
    implosion impolite importation imports imposing imposition impossibility impossibly imposter imposters
    impostor impotence impotent impoverished impractical impregnate impregnated impregnating impresses
    impressing impressionable impressions impressively imprint imprison imprisoning imprisonment
    improbable impromptu improper improperly improves improvisation improvised impulse impulses impulsive
    impunity impure inaccessible inaccuracies inaccuracy inaction inactive inactivity inadequacy
    inadequate inadvertently inanimate inappropriately inarticulate inasmuch inauguration inborn inbreed
    inbreeding incapacitated incarcerated incarceration incarnate incarnation incarnations incendiary
    incense incentives inception incessant incessantly incidence incidental incidentally incisive incisor
    incited incitement incites incivility inclination incline incognito incoherence incomes incomparable
    incompatibility incompatible incompetents incomprehensible inconceivable inconclusive incongruous
    inconsequential inconsiderate inconsistencies inconsistency inconsistently inconvenience
    inconveniences inconvenient incorporate incorporates incorporating increment incremental increments
    incubator incumbent incur incurable incurred incurs indecent indecisive indefensible indefinite indent
    indentation indented indentured independently independents indescribable indexed indexes indexing
    indicating indications indicative indicator indicators indices indict indicted indictment indictments
    indifference indifferent indigestion indignant indignation indigo indirect indiscriminate
    indiscriminately indisputable indistinguishable individualism individuality individually indoctrinate
    indoctrinated indoctrinating indoor indoors induce inducing inducted induction indulge indulged
    indulgence indulgent indulging industrialized industrious ineffective ineffectual inefficient
    ineligible ineptitude ineptness inequalities inert inertia inertial inescapable inevitability
    inevitably inexcusable inexpensive inexperience inexperienced inexplicable inexplicably infallible
    infamy infanticide infantry infarction infatuated infatuation infect infecting infects infer inference
    inferiors infernal inferno inferred inferring infertile infest infestation infestations infesting
    infidel infidelity infighting infiltrated infiltrating infiltration infiltrator infiltrators
    infinitely infirm inflame inflamed inflatable inflate inflating inflation inflict inflicted inflicting
    inflicts influencing influenza infomercial informal informally informational informing informs
    infrequently infringe infringed infringement infringements infringing infuriated infuriates
    infuriating infused infuses ingenious ingenuity ingest ingesting inglorious ingrained ingrate
    ingratiating ingredient ingrown inhabit inhabited inhalants inhale inhaled inhaler inhaling inherit
    inhumanity inimitable initialization initialize initialized initializing initials initiating
    initiation initiatives injected injecting injections injunction injure injures injuring injustices
    inkling inland inlet inline inmate inmates innate innermost inning innings innocuous innovation
    innovations innovative innuendo innumerable inoffensive inordinate inpatient inputs inquire inquirer
    inquiries inquiring inquisition inquisitive insanely insatiable inscribed inscription inscriptions
    insect insecticide inseparable insertion inserts insider insiders insides insidious insignia insinuate
    insinuated insinuating insinuation insinuations insipid insistence insistent insofar insolent
    insomniac inspect inspected inspection inspections inspector inspectors inspirations inspires
    installment instantaneous instantaneously instigate instigated instigating instigator instill
    instilled instilling instinctive instinctively instituted institutes institutional institutionalize
    institutionalized instruct instructed instruction instructional instructive instructor instructs
    instrument instrumental instrumentation instruments insubstantial insufficient insulated insulates
    insulating insulation insure insurgency insurgent insuring insurrection intact intake integer integers
    integral integrates intellectualism intellectuals intelligently intelligentsia intelligibility
    intelligible intending intends intensely intensified intensifies intensive intents interacted
    interacting interactive interacts interbred intercept intercepted intercepting interceptions
    interceptor intercontinental interestingly interfaces interfaith interfered interferes interfering
    interim interiors intermarried intermarry intermarrying intermediate intermission intermittent
    intermittently intern internalize internalized internally internals interned internment interns
    internship interpersonal interpolation interpretations interpreter interpreting interpretive
    interprets interred interrogation interrupt interrupted interrupting interruption interrupts intersect
    intersection intersections interspersed interstate intertwined interval intervals intervene intervened
    intervening interventions interviewer interviewing intestines intimacy intimidating intimidation
    intolerable intoxicated intoxicating intoxication intractable intravenous intrepid intricacies
    intricate intrigue intrigued intrinsic intrinsically introduces introductory intros introspection
    introspective introversion introvert introverted intrude intruder intruders intrusion intrusive
    intuition intuitive invader invades invalidate invalidated invalidates invalidating invaluable
    invariably invasions inventing inventions inventive inventiveness inventor inventors inventory invents
    inverse inversion invert inverted investigative investigator investigators investments investor
    investors invigorating invincible invites invocation invoice invoke invoked invokes invoking
    involuntarily inward iodine irate iridium ironies ironing irrationality irrationally irredeemable
    irrefutable irrelevance irreparable irreparably irresistible irrespective irresponsibly irreversible
    irritability irritate irritates irritation islander islanders isles islet isolating issuing italic
    italics itches iterate iterating iteration iterations iterator itinerary ivory jackal jacked jackets
    jacking jacks jaded jagged jaguar jailing jails jammed jamming janitor janitors jargon jarring jasmine
    jasper jawed jazzy jealously jehad jello jellybean jellyfish jeopardy jerked jerky jerseys jester
    jewel jeweler jewels jiggle jihads jimmies jingle jiujitsu jobless jockey jockeys jocks jogging
    jointly joked jokers jokingly jollies jolly journalistic journals journeys joyful joyless joyous
    judgemental judgements judgmental judgments judiciary juggernaut juggle juggling juices juicing jumble
    jumbled jumbo jumper jumpers jumpsuit junction jungles juniors junkies junkyard jurisdiction
    jurisprudence jurors justices justifiable justifiably justifications justifies justly juxtaposition
    kangaroo kangaroos karaoke karate kayaking kebab kebabs keenly kennel kernel kerosene ketchup kettle
    keyboards keynote keystone keyword keywords khaki kicker kickers kiddo kiddos kiddy kidnap kidnappers
    kidnaps kilograms kilometers kilos kilter kinder kindest kindle kindling kindred kinetic kingdoms
    kingpin kinks kisser kitchens kitsch kittens kitties knack kneecap kneel knickers knighted knighting
    knitting knockout knocks knots knotted knowingly knowledgeable knuckle knucklehead knuckleheads
    knuckles koala kooky labelling labia laboratories laboratory labored laborer laborers labyrinth
    labyrinthine laced lacked lackey lackeys lackluster lacrimal lacrosse lactate lactic ladder ladders
    ladybug lager lagged lagging lagoon lambda lambent lambs lament lames lamest lampoon lamps lance
    lander landfill landings landlady landlords landmark landmarks landowners landscapes landscaping
    landslide lanky lantern lapel lapse lapses laptops larceny larva larvae laryngitis larynx lasagna
    lasagne lasers lashed lashing lassie lastly latch latex latitude lattes lattice lauded laughably
    launcher launchers laundering laurel lavender lavish lavishly lawful lawless lawlessness lawmaker
    lawmakers lawns lawsuits laxative layered layman layoffs layouts layover laziest lazily laziness leach
    leaches leaden leaflet leaflets leafs leagues leakage leaky leaned leanings leans leaping learner
    learners learns leases leash leasing lectured lecturer lecturing ledge ledger leech leeching leeway
    leftest leftie leftism leftover leftovers lefts legalistic legality legalization legalize legalized
    legalizing legals legged legionnaire legions legislate legislating legislator legislators legislatures
    legitimacy legitimize leisure leisurely lemming lemmings lemonade lemons lending lends lengths lenient
    lenses leprechaun leprechauns leprosy lesbianism lessen lessens letdown lethargic lethargy lettering
    lettuce leukocyte leveled levelled lever leverage leveraging levity lexicon liable liaison libellous
    libelous liberally liberate liberated liberating libertarians liberties libertine libido librarian
    licence licences licensing lichen licked licks lieutenant lifeguard lifeguards lifeless lifeline
    lifers lifespan lifestyles lifetimes lifts ligament ligaments lightened lightening lightest
    lightheaded lighthearted lighthouse lighthouses lightness lightweight likable likeable likelihood
    liken likened likeness limber limbo limelight limerick limestone limitation limitless limousine
    limping lineage lineages linebacker liner liners linger lingering lingers lingo lingual linguist
    linguistic linguistics linguists linkage lipids liquids listener listeners listings listless liter
    literacy literals literate liters lithium litigation litmus littered littering litters littlest
    liturgy livable livelihood livelihoods lively livestock livid lizard lizards llama loader loaders
    loafers loath loathed loathsome lobbied lobbies lobbying lobbyist lobbyists lobes lobotomy lobsters
    locale locales localities localization localized locally locating lockers lockout lockup locomotive
    locomotives lodged lodging lofty logistics logon logos logout loitering lollipop loner lonesome
    longevity longhorn longing longs longtime lookout lookup looming looms looney loonies loons loony
    loophole loopholes looping loops loosely loosen looted looters lopsided lords lordships lorry lotion
    lotto lotus loudest loudly loudmouth loudspeaker loudspeakers lounging lovable loveable lovebirds
    loveless lovelies lovingly lowbrow lowercase lowered lowering lowers lowly loyalist loyalists
    loyalties lozenges lucid lucked luckiest lucrative lukewarm lumbar lumber lumberjack luminous lumped
    lumping lumps lunar luncheon lunches lunchtime lured lurid luring lurker lurking lurks luscious luster
    lusts luxuries luxurious lymphatic lyric lyrical macabre macaroni macaroons machete machetes
    machinations machinery machismo macho macintosh macros madame madden maddening maddeningly madder
    madly madman madrasa madrassa maggot magician magicians magnet magnetic magneto magnets magnify
    magnifying magnitude magnolia magnum magpie mahatma maiden maids mailboxes mailing mailman mails
    maimed mainland mainline mains maintained maintains majestic majesty majoring majorities majorly
    majors malaise malaria malarkey maleness malevolent malfeasance malformed malfunction malfunctioning
    malfunctions malice maliciously malign malignancies maligned mallet malls malnourished malnutrition
    malware mamas mamma mammal mammals mammogram mammoth manageable mandarin mandated mandating maneuver
    maneuvers manganese mangoes mangos manhood mania maniacal maniacs manic manifest manifestation
    manifestations manifested manifestly manifesto manifestos manifests manipulates manipulating
    manipulations manipulator manipulators manliness manna mannequin mannered mannerisms manor manpower
    mansions manslaughter mantis mantle manuals manufacture manufacturer manufacturers manufactures manure
    mapped mappings marble marbles marched marchers margarine margarita margaritas marginal marginally
    margins marinated mariners marital maritime marker markers marketable marketed marketplace marking
    markings markup marlin marmalade maroon marquee marquis marred marries marshal marshmallows martens
    martian martians martini martinis martins martyr martyrdom martyrs marvelous marvels mascot mashed
    masked masking masochist masochistic masonic masons masquerade masquerading massages mastectomy
    mastered masterful masterfully mastering mastermind mastery matador matchmaking materialism
    materialist materialistic materialized materially maternal maternally mathematical mathematically
    mathematician mathematicians mating matriarchy matrices matte mattered mattress matured maudlin mauled
    maven maverick maxed maxillary maxim maxima maximize maximizing mayhem mayonnaise mayoral mayors
    meadow meadows meager meandering meaner meanest meaningfully measly measurable measurement
    measurements measuring meatball meatloaf meats meaty mechanic mechanics mechanisms medals meddle
    meddling medial medias mediate mediator medic medically medicate medicated medicating medicinal
    mediocrity meditate meditating meditative megaphone melancholic melancholy melanin mellow melodic
    melodramatic melody melts memberships membranes membranous memoir memoirs memorandum memorials
    memorize memorized menacing mendacious mendacity menopausal menopause menstrual menstruate
    menstruating menstruation mentor mentored mentoring mentors menus mercenaries mercenary merchandise
    merchants merciful merciless mercurial mercuric merges meridian merited meritocracy mermaids merrier
    mesmerizing messengers messes messier mestizo mestizos metabolism metabolize metallic metaphorical
    metaphorically metaphors metaphysical metaphysics metastases metatarsal meted meteor meteorite meters
    metric metrics metropolis metros microbes microphone microscope microscopic microwave midday middling
    midland midlands midst midterm midterms midtown midway midwife migraines migrations mikes milder
    mildest milestone milieu militancy militaries militaristic militias milked milking milks milkshake
    milkshakes milky millennia millennial millennium millers millimeters millionaires millionth
    millisecond mills milquetoast mimic mimicking mimosa mimosas mince mincing mindedness mindful
    mindfulness minding mindlessly mined miner mineral minerals miners mingle mingling miniature
    minimalist minimally minimize minimized minimizing mining minion miniscule ministerial ministries
    minks minstrel minted mints minuscule minutiae miracles miraculous miraculously mirage mired mirrored
    mirrors mirth misalignment misanthropic misanthropy misbehave misbehaving misbehavior miscarriages
    miscegenation miscellaneous miscellany mischief mischievous misconception misconceptions misconduct
    misconstrue misconstrued miscreant misdeeds misdemeanor misdirection misfire misfit misfits misfortune
    mishmash misinformed misinterpret misinterpretation misinterpreted misinterpreting mislead misled
    mismanaged mismatch misnomer misogynists misquote misread misreading misrepresent misrepresentation
    misrepresented misrepresenting misrepresents misshapen missionaries missions misspell misspelled
    misspelling misspellings misstep missteps mistakenly mistaking mistletoe mistook mistreat mistreated
    mistreatment mistrust misty misunderstand misunderstandings misuse misused misusing mites mitigate
    mitigated mitigation mittens mitts mixer mixers mixes moans mobbing mobility mobilization mobilize
    mobsters mocha modal modeled modelled modelling modem moderated moderately moderates moderating
    moderation moderator modernism modernist modernity modernized modes modestly modesty modification
    modifications modifier moist moisture moisturizer molar molds moldy molecular molecule molybdenum
    momentarily momentary mommas mommies monarch monarchical monarchs monarchy monastery monetary monetize
    monger mongers mongrel monies moniker monitored monitors monks monogamous monogamy monologue
    mononucleosis monopolies monopolize monorail monotonous monoxide monsoon monstrosity monstrous montage
    monumental monumentally moocher moochers mooching moods moonbeam moonlight moors moose mopping morale
    moralizing moratorium morbid morbidly mores morocco morrow mortal mortality mortar mortgages mortified
    mosquitoes motel motherhood motherland motherless motherly moths motions motivates motivating
    motivational motivations motivator motley motorcycle motorcycles motorized motors motorway mound
    mountainous mountaintop mounted mounting mounts mourn mourning mourns moustache mouthed mouthing
    mouthpiece mouthwash mowed mowing mucking mucous muddle muddled muddling muddy muffin muffins muffled
    mufti mugged mugging mulatto mulattos mules mullah mullahs mullet multilingual multimedia
    multinational multiplayer multiples multiplex multiplication multiplied multiply multiplying
    multiracial multitude multitudes multivitamin mumble mumbling mummies mummy mumps munch munchies
    munching munchkin munchkins mundane municipal municipalities municipality mural murals murky murmur
    murmurs museums mushy musically musicals musings muslin mussels mustache mustang mustard muster musty
    mutable mutant mutants mutated mutation mutilate mutilated mutilating muttered muttering mutts
    mutually muzzle muzzled myopia myopic myriad myrtle mysteries mysteriously mystic mystical mysticism
    mythical mythological nabbed nacho nachos nailing naivety nameless namesake nanny napalm napkin
    napping nappy narcissists narcotics narcs narrated narration narratives narrator narrowed narrowing
    narrowly narrows nastiest nastiness natal nationalistic nationalities nationally nativity natty
    naturalism naturalistic naturalization naturalized natures naught nauseated nauseating nauseous navel
    navigate navigating navigational naysayers nearer nearing nearsightedness neatly nebula nebulous
    necessities necessity necklaces necks necrophilia necrosis nectar needful needlessly nefarious negate
    negated negates negation negatives neglect neglecting neglects negligence negligent negligible
    negotiable negotiate negotiated negotiating negotiation negotiations negotiator neighboring nemesis
    neocon neocons neologism neologisms nephews nephritis nepotism nervousness nervy nests neural
    neuralgic neuritis neurologist neuron neurotic neurotransmitters neutered neutralize neutrally neutron
    newbies newcomer newline newlines newlyweds newsflash newsletters newsworthy newton nexus niacin niche
    nicked nickel nickelodeon nicknamed nicknames nicks nieces nifty nightclubs nightlife nightly
    nightmarish nighttime nihilism nihilist nihilistic nineteen nineteenth ninety ninjas ninny ninth
    nipping nirvana nitpick nitpicking nitrogen nitwit nobility nobles nocturnal nodular nodule nodules
    noisy nomad nomadic nomads nomenclature nominal nominally nominating nominations nominees nonalcoholic
    nonbelievers nonchalant nonexistent nonfiction nonprofit nonprofits nonstop nonverbal nonviolent
    nonwhite nonwhites nooses normalcy normality normalization normalize normalized normalizing normative
    northeast northeastern northerners northwestern nosebleed nosebleeds nosed nosey nostalgia nostalgic
    nostril nostrils notably notation notations notebook nothingness nothings noticeably notifying notions
    notoriety notoriously notwithstanding nouns nourish nourished novelist novelty novice noxious nuance
    nuanced nuances nubile nudge nudity nuggets nuisance nuking numbered numbering numbing numbs numbskull
    numeral numerals numeric numerical numerically nursery nurture nurtured nurturing nutcracker nutrient
    nutritious nutty oasis oaths oatmeal obedience obedient obeying obeys obfuscate obfuscation obituary
    objected objecting objectionable objectives objectivity obligated obligations obligatory oblige
    obliged obliterate obliterated obnoxiously obscene obscenely obscured obscurity observable observant
    observers observing obsess obsessing obsessions obsessively obsidian obsolete obstacle obstacles
    obstinate obstruct obstructed obstructing obstructionist obtainable obtaining obtuse obviousness
    occidental occlusion occlusive occult occupant occupational occupations occupies occupying occurrence
    occurrences oceanic oceans octane octave octopus ocular oddest oddity odious odyssey offal offbeat
    offenses offerings offhand offing offset offsets offshore oftentimes oiled ointment okayed olden oldie
    oleander oligarch oligarchs oligarchy olives omelette omission omissions omits omitted omitting
    omnibus omniscient oncoming oneself onions onlookers onslaught onward onwards oodles oozes oozing
    opaque opener openings openness operas operates operational operative operatives operators opiate
    opiates opined opinionated opium opportunism opportunist opportunistic opposes opposites oppresses
    oppressing oppressor oppressors opted optical optimal optimist optimization optimize optimizer
    optimizing optimum optional orangutan orangutans orbit orbital orbiting orbits orchard orchestra
    orchestral orchestrated orchid orchids ordained ordeal orderly ordinance oregano organics organism
    organisms organizational organizer organizers organizes orgies orient orientals orientations
    originality originals originate originates originating originator orioles ornament ornaments orphan
    orphaned orphans orthodontist orthodoxy ostensibly ostracized ostrich ostriches otter otters ottoman
    ottomans ounce ounces ousted outage outbreak outbreaks outburst outbursts outcast outcasts outcomes
    outcry outfield outfitters outgoing outgrowth outings outlandish outlawed outlawing outlaws outlined
    outlines outlining outlive outlooks outnumber outnumbered outpatient outplayed outputs outputting
    outrageously outreach outset outsider outsiders outskirts outsmart outspoken outtake outtakes outward
    outwardly outweigh outweighs ovary ovation ovens overactive overalls overbearing overblown overboard
    overcame overcast overcharged overcomes overcoming overcrowded overcrowding overdoing overdone
    overdosing overdraft overdue overeating overestimate overflow overflowing overgrown overgrowth
    overhaul overhead overheard overheating overjoyed overlap overlapping overlay overloaded overloading
    overlong overlook overlooking overlord overlords overpaid overpass overpopulated overpopulation
    overpower overpowered overpriced overproduced overproduction overprotective overreach overreact
    overreacted overreacting overreaction overridden overrides overriding overs oversee oversensitive
    overshadow overshadowed overshare oversight oversimplification oversized overspending overstated
    overstatement overt overtake overtaken overthink overthinking overthrow overtime overtly overturn
    overturned overturning overuse overused overwhelm overwhelmingly overwhelms overworked overwrite
    overwriting overwritten overwrought overzealous ovulate ovulated ovulating owing oxide oyster oysters
    ozone paced pacemaker pacemakers pacified pacifist pacify pacing packaged packaging packer packers
    packets padded paddle paddles paddock paddy padre padres paean paganism pagans pageant pageants
    pagination paging pained painlessly painter painters paintings paints paired pairing paisley pajamas
    palaces palatable palatal palazzo paleness palette palisades palladium pallets palliative palomino
    palpable palpitations palsies pampered pampering pamphlet pamphlets panache pancake pandas pandered
    panders panels panhandle panicked panicking panorama pansies pansy pantheon panty papacy papal papaya
    paperback paperwork papoose parable parabolic parachute paraded parades paradigm parading paradox
    paradoxical paragon parallels paralyses paralyzed paramilitary paranormal paraphernalia paraphrase
    paraphrased paraphrasing parapsychology parcel parcels pardoned pardons parental parentheses
    parenthesis parenthetical parish parity parkour parkway parlance parlay parliamentary parlor parochial
    parole parrot parroting parrots parry parsonage parsons partake parted participant participates
    participatory particle particles partied parting partisans partisanship partnered partnering
    partnerships passable passages passer passionately passions passively passports passwords pasted
    pastel pastiche pastime pasting pastoral pastries pastry pasture pasty patched patchy patella patently
    patents paternal paternity pathetically pathologically pathology pathos pathway pathways patiently
    patio patriarchal patrolling patrols patron patronage patronizing patrons patsy patterned patties
    patting patty paused pauses pausing paved pavement pavilion paving pawns paychecks payday payed payoff
    payoffs payroll paywall peacemaker peach peaches peaking peanuts pearls pears peasant pebble pebbles
    pecan pecking peculiar pedal pedantic peddle peddled peddling pederasty pedestrian pedestrians
    pediatric pedigree peeing peeking peeling peels peeped peerage peering peeve peeves pegged pejorative
    pelican pelicans pellagra pellet pelting penal penalize penalized penalties penchant pencils pendant
    pendulum penetrate penetrated penetrating penetration penguin penguins penile penitentiary penned
    pennies pentagon penthouse penultimate peppered peppermint peppers peptic perceives perceiving
    percentages percentile perceptions perceptive perch percussion perdition perennial perfected
    perfectionist perforation perforce performer performs perfume peril perils periodically periodontal
    periscope perish perished peritoneum peritonitis perjury permeates permissible permits permitting
    pernicious perpetrated perpetrating perpetrator perpetual perpetually perpetuate perpetuated
    perpetuates perpetuating perpetuation perplexed perplexing persecute persecuting perseverance
    persisted persistence persistently persisting persists persnickety personalized personification
    personified perspectives persuade persuaded persuasion persuasive pertain pertaining pertains
    pertinent peruse pervasive perverse perversions perversity pesky pessimism pessimist pessimistic
    pestering pesticides pests petals peters petite petitions petrified petrol petroleum petting petulant
    phallic phantom pharaoh pharmaceutical pharmacist pharmacy phased phases phasing phenobarbital
    phenomena phenomenal pheromones philistine philosopher philosophers philosophies phlegm phobias phobic
    phoebe phoned phonemes phonetic phoney phonological phosphorus photogenic photographed photographers
    photographic photographing photographs phrased phrasing physician physicians physicist physicists
    physiological physiology physique pianist piccolo pickers picket pickle pickled pickles picky picnic
    picturesque picturing pierce pierced piercing piercings piers piffle pigeon pigeons piggy piglets
    pigment pigmentation piled piles pilgrim pilgrimage pilgrims piling pillage pillaging pillar pilled
    pilling pillows pimped pimping pimple pimples pimps pinch pinched pinches pinching pineapple
    pineapples pines pinging pining pinky pinnacle pinning pinpoint pinto pints pinup pioneered pioneers
    pious piped pipelines piper pipes piping piracy pistols pistons pitcher pitchers pitches pitchfork
    pitchforks pitching pitfalls pitied pittance pitted pitting pitying pivot pivotal pixel pixels pixie
    pizzas pizzeria placard placate placebo placeholder placenta placental plagiarism plagiarize
    plagiarized plagued plagues plaguing plaid plainly plains planed planetary planets planing plank
    planner planners plantations planted planting plaque plasma plaster plastered plateau plated platelet
    platitudes platonic platoon platter plausible playable playboy playfully playgrounds playhouse
    playlists playpen plead pleaded pleading pleads pleas pleasantly pleases pleasurable pleasures pledged
    pledging plentiful plethora pleurisy plexus plodding plots plotted plough ploughing plowed plowing
    pluck plucked plucking plugged plugging plugins plumber plumbers plumbing plummet plummeted plummeting
    plump plunder plundered plunge plunging plural plush pocketing podcasts podium poems poets pogrom
    pogroms poignancy poignant poinsettia pointer pointers pointy poised poisonous poisons poked poker
    pokes pokey poking polarized polarizing polemic polemical policed policeman policemen polices policing
    polio polished polishing politeness politic politicize politicized politicizing politico polka polled
    pollen pollutants pollute polluted polluters polluting polyamory polyethylene polygamist polygamy
    polygon polygraph polymorphic polynomial polystyrene polytechnic pomegranate pompous ponder pondering
    ponderous ponders ponds ponies ponytail ponytails poodle pooling pools pooped pooping poops poorer
    poorest popes poppy populace popularized populate populating populism populists populous porcelain
    porridge portable portage portals ported porter portfolio porting portions portraits portrayal
    portrayals portraying portrays ports posed posers poses posit positional positioned positioning
    positives positivism posits posse posses possesses possessing possessions possessive possibilities
    possum postage postal postcard postcards posterior posterity postings postman postmodern postpartum
    postponed posture postures posturing potency potent potion potshots pottery potty pouch pouches
    poultry pounce pounded poured pours pouting pouts powdered powerfully powerhouse powering powerless
    practise practised practising practitioner practitioners pragmatic prairie praises praising prancing
    pranks pratfalls prawn prayed prays preached preacher preachers preaches preachy preamble precarious
    precede preceded precedence precedents precedes precinct precipitation precision preclude precocious
    preconceived precursor precursors predates predecessor predecessors predetermined predicament
    predicate predicated predictability predictably predicting prediction predictions predictive predicts
    predisposed predisposition predominant preemptive preemptively preface prefect prefecture preferable
    preferential preferring prefers prefix pregnancies prehistoric prejudiced prejudices prejudicial
    preliminary prelude premarital prematurely premeditated premenstrual premises premiums prenatal
    preoccupied prepaid preparations preparatory preparedness prepares preposterous prepped prepping
    preppy prequel prequels prerequisite prerogative preschool prescribe prescriptions presentations
    presenter presently preserves preside presiding presses pressured pressures pressuring prestige
    prestigious presumed presumes presuming presumption presumptions presumptive presumptuous preteen
    pretender pretenders pretense pretenses pretension pretensions pretext pretties prettiest pretzel
    pretzels prevail prevailed prevailing prevails prevalence preventable preventative preventive preying
    preys priced pricey pricing priesthood primal primaries primate primates primed primer primordial
    primrose princes princesses principals principled printer printers prints prioritize prism prisoner
    pristine privates privatized privy prized proactive probabilities probability probable probation probe
    probes probing procedural proceeded proceeding proceedings proceeds procession processor processors
    proclaim proclaiming proclamation procrastinating procreate procreation productions productivity
    profane profanities profanity profess professed professes professing professionalism professionally
    professions proficiency proficient profiled profiling profitable profited profiteering profiting
    profoundly profusely progesterone prognosis programing programmer programmers programmes progressed
    progresses progressing progression prohibit prohibiting prohibition prohibits projected projectile
    projections projector proletarian proletariat proliferation prolific prolong prolonging promenade
    prominence prominently promiscuity promiscuous promos promoter promoters promotions prompt prompted
    prompting promptly prompts promulgated pronoun pronouncing pronunciation pronunciations proofread
    proofs propagandist propagandists propagate propagated propagating propane propel propeller propensity
    prophecies prophecy prophesied prophesy prophetic prophets proponent proponents proportional
    proportionally proportionate proportions proposer proposes proposition propped propping proprietary
    proscribed prosecution prosecutor prosecutors prospective prosper prospered prosperous prosthetic
    prostituting prostrate protagonist protagonists protections protector protectors protestant
    protestants protested protester protestor protocols proton protons prototype prototypes protracted
    protruding prouder proudest provably proverb proverbial proverbs providence provinces provincial
    provision provisional provisioning provisions provocation provocatively provoked provokes prowess
    prowl proxies proximity prude prudent prudish prune pruning psalms pseudonym psyche psychedelic
    psychedelics psychiatrists psychiatry psychic psychologically psychologists psychopathic psychos
    psychosis publicize publicized publicizing publishers publishes pudding puddle pudgy puerile puffed
    puffing puffs puffy pukes puking pullout pulpit pulsating pulsing pummeled pumpkins pumps punchline
    punctuated punctuation puncture pundit pundits punishable punishes punishing punishments punitive
    punting pupil pupils puppeteer puppetry purchasing purer purest purgatory purged purging purify
    puritan puritans purplish purported purportedly purports purposeful purposefully purposeless pursued
    pursues pursuing pursuits purveyor purview pusher pushers pushover pushups pushy pustules putrid putty
    puzzle puzzled puzzles puzzling pwned pygmies pygmy pyramids quack quackery quacks quadrant quadratic
    quadruple quads quail quaint quake qualification qualifier qualifiers qualifies qualifying qualitative
    qualms quantify quantitative quantities quantity quantum quarantine quarantined quarrel quarrels
    quarterback quartered quarterly quartet quarts quartz quasi queasy querying queues queuing quibble
    quiche quickest quickie quicksand quicksilver quieter quills quinine quintessential quips quirks quits
    quitter quizzes quota quotas quotation quotations quotient rabbis rabbits rabble raced racers raceway
    raciest racked racket racks radial radiance radiant radiates radiator radicalism radically radioactive
    radiology radios radon raffle raged rages ragged raggedy ragging raided raider raiders raiding raids
    railed railing railroad railways rainbows raincoat rained rainfall rainforest rainier rains raisins
    raking rallied rallying ramble rambles ramifications rammed ramming rampaging ramps rancher rancid
    randomness randoms randy ranged ranger ranging rankings ransom rapids rapier rapture rarer rarest
    rarity rascal rascals rashes raspberry ratchets ratified ration rationales rationalism rationality
    rationalization rationalize rationalized rationalizing rationally ratios ratted rattle rattlesnake
    rattling raunchy ravaged ravaging raven ravens raving ravioli ravish ravishing razed razors reacted
    reacting reactionaries reactionary reactivate reactive reactor reacts readability readable readership
    readily readiness readings reaffirms realer realest realism realists realities realizes realms reals
    realtor realty reaper reaping reapply rearing rearrange rearranged rearranging rears reasoned
    reassurance reassure reassured reassuring rebellious reborn rebound rebuilding rebuilt rebuke rebut
    rebuttal rebuttals recalled recalling recalls recanted recast receding receipt receipts receivers
    receptionist receptionists receptive receptor receptors recess recession recharge recidivism recipes
    recipients reciprocate reciprocity recital recitation recite reciting recklessness reckoning reclaim
    reclaimed reclaiming reclusive recognizable recognizes recoil recoils recollection recommending
    recommends reconcile reconciled reconciliation reconnaissance reconnect reconnected reconnecting
    reconsider reconsideration reconstruction recorder recordings recount recourse recovers recreate
    recreated recreating recreational recruited recruiter recruitment recruits rectified rectify rector
    rectum recur recurrence recursion recursive recursively recycle recycled recycling reddish redeemable
    redeemed redeeming redefine redefined redefining redefinition redesign redesigned redhead redheads
    redirection redistribute redistributed redistribution redone redskin redundancy redwood redwoods reefs
    reeks reelect reelected reelection reevaluate referee referees referential referral referrals refill
    refine refined refining reflecting reflections reflective reflex reflexes reflexive refocus
    reformation reformed reforms refraction refractory refrained refreshed refresher refreshingly
    refrigerator refuges refunded refunds refurbished refutation refute refuted refutes refuting regained
    regaining regal regency regent reggae regimen regiment regimes registering registers registry regress
    regression regressive regretfully regrettable regrettably regretted regretting regroup regulars
    regulated regulates regulating regulators regulatory regurgitate regurgitating regurgitation
    rehabilitate rehabilitated rehabilitation rehash rehashing rehearsal rehearsals rehearsing reigned
    reigning reigns reimburse reincarnated reincarnation reindeer reinforce reinforced reinforcement
    reinforces reinforcing reins reinsert reinserted reinserting reinstall reinstate reinstated
    reinstating reinvent reissued reiterate rejecting rejections rejoice rejoicing rejoin relapse relapsed
    relapsing relational relativity relaxation relay relayed relegated relent relevancy reliability
    reliably reliance reliant relic relics relied relieve relieving religiously relinquish relish relive
    reliving reload reloaded reloading relocate relocated relocation reluctance reluctant reluctantly
    remade remainder remakes remarkably remarked remarried rematch remedial remedy remembrance reminiscent
    reminiscing remission remnant remnants remorse removable removals remover render rendered renders
    rendition renegade renew renewable renewal renewed renewing renounce renouncing renovated renovation
    renown renowned rentals rented renters renting rents reopen reopened reopening reorder reorganize
    reorganizing repaired repairing repairs repatriate repatriation repay repealed repeater repeats repel
    repelled repellent repentance repented repercussions repetition rephrase rephrased rephrasing
    replaceable replacements replaces replay replayed replaying replays replenish replete replica
    replicate replicated replication repositories reprehensible representations repress repressed
    repressing repression repressive reprieve reprimand reprimanded reprint reprinted reproach reprobate
    reproduced reproduction reptile reptiles reptilian republicanism republics repulsed reputations
    reputed requiem requisite reread rereading reruns rescind rescuers rescuing researcher researches
    resemblance resemble resembles resembling resentful resents reserves reservoir reservoirs resetting
    resettle resettled reside residences residency residential resides residing residual residue
    resignation resignations resigning resigns resilience resilient resin resisted resister resisting
    resolute resolutely resolutions resolving resonance resonant resonate resonates resorted resorting
    resorts resounding resourceful respectively respite responsibly restarting restate restatement
    restating rested restitution restless restock restocked restoration restores restrain restrained
    restraining restraint restricting restrictive restricts restroom restrooms restructured restructuring
    rests resubmit resubmitted resumed resumes resuming resurgence resurrect resurrected resurrection
    retailer retailers retained retaining retains retake retaliate retaliated retaliation retaliatory
    retelling retentive rethink rethinking retiring retort retract retracted retraction retractions
    retrain retread retreated retreating retribution retrieval retrieved retriever retrieving retrograde
    retrospect retrospective reunions reunite reusable reuse reusing revel revelations revels revenues
    revere revered reverence reverend reversal reversible reversing reversion reviewers revise revising
    revisit revisited revisiting revival revive revived revocation revoke revoked revoking revolt revolted
    revolts revolutionaries revolutions revolve revolved revolver revolves revolving revulsion rewind
    reword reworded rewording rework reworked reworking rewrites rewriting rewrote rhapsody rhetorical
    rheumatic rhino rhinos rhyme rhymes rhyming rhythmic rhythms ribbing ribbon ribbons riboflavin riches
    richest richly richness rickets ricks rickshaw ridding riddle riddled riddles ridges ridicules
    ridiculing ridiculousness riffraff rifles rigging righteously righteousness rightful rightist rigid
    rigidity rigor rigorous riled ringing ringleader rinse ripoff ripper rippling risen risked risking
    risky rites rituals rival rivalry rivals riverfront riveting roach roadblock roadhouse roadside roams
    roaring roasters roasting roasts robberies robbers robbing robes robotic robust rocked rocker rockers
    rodent rodents rollers rollicking romances romantically romanticizing romper roofs rooftops rookies
    roost rooster ropes rosemary rosters rotary rotate rotated rotating rotation rotations rotor roughshod
    roulette roundabout roundabouts rounder rounding roundworm rousing router routes routines rover rovers
    roving rowdy royally royalty rubbed rubble rubella rubes ruble rubles ruckus rudder ruddy rudely
    rudeness rudest rudimentary rueful ruffle ruffled ruffles rugged ruination ruler rulers rulings rumble
    rumbling rumination rumored runaway rundown runes runners runoff runway runways rupture ruptured
    rushed rushes rushing rustic ruthlessly saber sabotaged sabotaging sabres saccharine sacked sacking
    sacks sacrament sacraments sacrificed sacrificial sacrificing saddened saddening saddens sadder
    saddest saddle saddled sadist safeguard safeguarding safest saffron sagging saguaro sahib sailed
    sailing sailor sailors sails salaam salacious salads salami salaries salesman salesmen salespeople
    salient saline saliva salivating sally salmonella salons saloon salsa salted salting salts salutes
    salvage samba sampled sampler samples sampling samurai sanctified sanctimonious sanction sanctity
    sandals sander sandman sands sanguine sanitary sanitation sanitize sapphire sappy sarcastically
    sardines sardonic satanism satellite satellites satin satirical satisfactory satisfies saturated
    saturation saucy sauerkraut sausages savagely savagery savannah savant saver saviors saviour saviours
    savor savory savvy sawing sawyer sayings scabies scabs scalar scalded scaled scales scaling scalps
    scaly scammed scammer scammers scamming scamp scampi scams scandalous scandals scanned scanner
    scanning scans scant scapegoat scapegoating scapegoats scapula scarce scarcely scarcity scarier
    scariest scarlet scarred scarring scarves scathing scatter scattered scattering scenarios scenic scent
    scented scepter schedules scheduling schema scheming schizoid schizophrenic schmaltzy schmuck schmucks
    scholarships scholastic schoolboy schoolchildren schooled schoolmates schoolwork schoolyard schtick
    sciatica scientifically scion scissor scissors scoff scold scolded scolding scooped scoops scoot
    scooter scooters scoped scopes scorched scoreboard scorer scorn scorned scorpion scorpions scotch
    scoundrel scoundrels scourge scouting scouts scrabble scramble scrambled scrambling scrapped scrapping
    scrappy scraps scratched scratches scratching scratchy scrawny screech screeching screened screenings
    screens screenwriter screenwriters screwball screws screwy scribe scripted scriptural scriptures
    scrofula scrolled scrolls scrooge scrotum scrounger scroungers scrounging scrubbed scrubbing scrubs
    scruff scruffy scrumptious scrutinize scrutiny scuba scull sculptor sculpture sculptures scummy scums
    scurry seals seams seaport searing sears seashell seashore seaside seasoned seasoning seated seating
    sebaceous secede secession secluded seconded secondhand secrecy secrete secretion secretive sectarian
    sectarianism sectors secured securely securing securities sedan sedated sedition seditious seduce
    seduced seducing seduction seductive seeded seeding seedy seeming seeps seethe seething segments
    segregate segregated segregating segregationist seize seized seizing seldom selecting selections
    selectively selector selenium selfishly selfishness selfless sellers sellout sellouts semantic
    semantics semblance semesters semicolon seminal seminar seminars seminary sender senile senna
    sensational sensationalism sensationalist sensations sensibilities sensibility sensibly sensing
    sensitivities sensor sensors sensual sensuality sentencing sentient sentimental sentimentality
    sentiments sentinel sentries sentry separates separations separatism separatist separatists sepsis
    septic septicemia septum sequels sequential sequins sequitur sequoia serenaded serendipity serene
    serenity serge sergeant serialization serialize seriousness sermon sermons serous serpent serum
    servant servants serviceable serviced servicemen servicing servitude sesame setbacks setter
    settlements settler settles settling setups seventeen seventeenth seventh seventies seventy sever
    severed sewage sewers sewing sexier sexiest sexiness sexists sexless shabbiest shabby shack shackle
    shackled shackles shaded shading shadowy shaft shafted shaggy shakedown shaken shaker shaky shalt
    shambles shamelessly shames shampoo shanty shapeless shapes shaping shareholder shareholders shariah
    sharks sharpen sharpened sharpest sharply sharpness shattered shattering shaver shear sheath shedding
    sheds sheikh sheikhs shellfish sheltered sheltering shelters shelves shepherd shepherds sheriffs
    shielding shields shifted shiftless shifts shifty shilling shills shimmering shimmy shined shiner
    shines shingles shinning shins shipment shipments shiver shocker shockingly shocks shoddy shone
    shoplifting shopper shoppers shoreline shores shortages shortcomings shortcut shortcuts shorted
    shorten shortened shortening shortest shorthand shoveling shovels shoves shoving showcased showcases
    showdown showered showering showgirls showroom shredded shreds shrew shrewd shrieking shrill shrink
    shrinking shrinks shriveled shroud shrug shrugged shrugging shrugs shtick shucks shudder shudders
    shuffle shuffling shunned shush shutters shuttle shyness shyster sicken sickened sickeningly sickens
    sicker sickest sickle sickly sidekick sideline sidelined sidelines sideshow sidewalks sideways siding
    siege sighed sighs sighted sighting sights sigma signalling signatures signers signified signifies
    signify signpost silencing silicon silicone silicosis silky sillier silliness silverware silvery
    simian simians similarities similarity simmering simpering simpler simplest simpleton simpletons
    simplicity simplified simplify simplifying simulate simulated simulation simulator simultaneous
    sincerest sincerity singled singleton singling singular singularity singularly sinister sinking sinks
    sinned sinner sinners sinning sinuses sinusitis sipping siren sirens sisterhood sitcom sitcoms siting
    sitter sitters situated sixteen sixties sixty sizable sizeable sizing sizzle skateboard skateboarding
    skater skates skeletons skeptic skeptical skepticism skeptics sketches sketchy skewed skewer skier
    skiers skiing skimmed skimming skimpy skinhead skinheads skinnier skipping skips skits skulls skunks
    skydive skydiving skyline skyrocket skyrocketed skyrocketing slacker slackers slacking slain slammed
    slammer slams slandered slandering slanderous slant slanted slants slapdash slapstick slashed slashes
    slashing slate slaughterhouse slaughtering slaver slavers slaving slayer slaying slays sleaze sleazy
    sledding sleek sleeper sleepiness sleepless sleepwalking sleeves sleigh slender sliced slices slicing
    slider sliders slides slideshow sliding sling slinging slings slipknot slippers slips slither slitting
    sliver slogans slopes slosh sloth slots slotted slovenly slowed slowest slowing slows sludge sluggish
    slugs slumber slump slums slurp slurred slush smacking smacks smallpox smalls smarmy smarten smartly
    smartphone smartphones smarts smashes smeared smearing smears smelled smelt smiled smiley smirk
    smirking smite smithereens smiths smitten smokehouse smoker smokers smokes smoky smoother smoothie
    smoothing smoothly smother smothered smuggle smuggled smugglers smuggling smurf snails snapping snappy
    snaps snapshot snark snarky snatched sneaker sneaking sneaks sneer sneeze sneezes sneezing snicker
    snickers snide sniffing sniffles snipe sniped snipers snipes sniping snipped snippet snippets snitched
    snitching sniveling snivelling snobby snobs snoop snooping snoopy snooze snoring snort snorted
    snorting snotty snowball snowballs snowboarding snowed snowfall snowing snowman snowmen snows snowy
    snuck snuff snuggle snuggled snuggles snuggling soaked soaking soapbox soaps soaring sobbing sobering
    sobriety sociable socialistic socialize socialized socializing socials socioeconomic sociological
    sociology sociopaths sockets socking sodas sodomy softball soften softener softeners softening softer
    softest softly soggy solace solemn solicited soliciting solidify solidly solids solitary solitude
    solstice soluble solvent solver solvers solves somber someplace someway songbird songwriter sonny
    soothing sophistication sophomoric soppy sopranos sorbet sorcery sordid sorely soreness sororities
    sorority sorrow sorrows soulful soulmate soundly soundtracks soupy southeast southeastern southerners
    southwestern soviets sowed spacecraft spaced spaceship spacey spacing spade spades spammed spammer
    spammers spandex spank spanked spanking spanks spanning spans spared sparing sparked sparkle sparkles
    sparkling sparks sparring sparrow spartan spasm spastics spatial spawned spawning spawns spear
    spearmint specialists specialize specializes specials specialty specie specification specifics
    specifying specimen specimens specious speck specs spectacle spectacles spectacularly spectator
    spectators speculate speculated speculating speculations speculative speechless speeding speeds
    speedway spellings spelt spender spermicide sperms spewed sphere spheroids sphincter spiel spies
    spiffy spiked spikes spilled spilling spills spilt spinach spines spinner spins spinster spiraling
    spirals spirituality spiritually spirituals spiteful spits splashed splashing splatter splendid
    splendor spliced splinter splints splits splurge spoilers spoiling spoils spoilt spokes spokesman
    spokesperson sponges spongy sponsoring sponsors sponsorship spontaneity spontaneously spoof spoofing
    spook spooked spooks spoons sporadic sporadically spores sportscasters sportsmanship sporty spotter
    spotty spouses spouted spouts sprain sprained sprains sprang sprawling sprayed spraying sprays
    spreaders spreadsheet spreadsheets sprees sprightly springtime sprinkle sprinkled sprinkles sprint
    sprite sprout sprouts spruce sprung spunk spurious spurred sputum spying spyware squabble squadron
    squads squalor squander squandered squandering squanders squared squarely squares squash squashed
    squashing squats squatters squatting squaw squawk squeak squeaky squeal squealed squealing squeezed
    squeezing squid squint squirm squirrel squirrels squirt squish squishy stacking stacks stadiums
    staffed staffer staffers stagecoach staggeringly staging stagnant stained stains staircase stairway
    stakes staking stalemate stalked stalkers stalks stall stalled stalling stallion stalls stamina
    stamped stampede stamping stances standardized standby standings standpoint staph staphylococcus
    staple stapler starch stardom stared stares starfish stark starlight starred starry startled startling
    starvation starved stash statehood stateless stately statesman statewide stationary stationed statuses
    statute statutes statutory staunch stead steadfast steadfastly steadily steaks stealth steamboat
    steamed steaming steamroll steamy steep steeped steer steering steers stein stellar stemmed stemming
    stench stent stepdad stepfather stepmom steppe stereo stereotyped stereotyping sterile sterilization
    sterilize sterilized sterilizing stern sternly sternum steroid steward stewards stewardship stickers
    stickler stifle stifled stifling stigmatize stigmatized stillborn stills stilted stimulate stimulated
    stimulating stimulation stimulus stinging stings stingy stinker stint stipulations stirred stirs
    stitch stitched stitches stitching stocked stocking stockings stockpile stocks stoic stoicism stoke
    stokes stoking stomachs stomped stomping stomps stoner stoners stonewall stonewalling stoney stony
    stooge stoop stooping storey storing stork stormed storming storms stormy storyteller stout stove
    straighten straightened straightening straights strained straining strains strait straits strand
    stranded strands strangeness strangest strangling strapping strategies strategist stratosphere
    strawberries straws stray streaks streamed streamer streamers streams strengthen strengthened
    strengthening strengthens strengths strenuous strep streptococcal streptococcus stresses stretches
    stretchy stricken stricter strictest stricture strides strife strikeout striker strikers stringent
    stringy stripe striped stripes strippers stripping strips strive strives striving stroked strokes
    stroking stroll stroller strolling stronghold strontium structured strung strut struts strutting
    stubbornly stubby stubs studded studious studs stuffing stuffs stuffy stumble stumbled stumbles
    stumbling stump stumped stung stunk stunned stunningly stuns stunted stunting stunts stupendous stupor
    sturdy sturgeon stutter stuttering stylistic stylistically stylized suave subbed subbing subclass
    subconscious subconsciously subcontinent subculture subcultures subcutaneous subdivided subdivisions
    subgroup subgroups subheading subjecting subjugate subjugated subjugation sublime subliminal submarine
    submarines submissions submits subordinate subordination subplot subplots subscribed subscriber
    subscribers subscriptions subsection subsections subservient subset subside subsided subsides
    subsidiary subsidize subsidized subsidizing subsidy substandard substantiate substantiated
    substantiation substantive substituted substitutes substituting substitution subtitles subtlety subtly
    subtotal subtract suburb subversive subvert subverted succeeding successes succession successive
    successor succinct succinctly succulent succulents succumb succumbing succumbs suckered sucrose sudsy
    suede sufferer sufferers sufferings suffice sufficiently suffix suffocate suffocating suffocation
    suffrage suffragettes sugars sugary suggestive suing suitably suitcase sulfide sulfur sulfuric sulky
    sully sumac summarily summarize summarized summarizes summarizing summation summed summers summertime
    summon summoned summons sumptuous sunburn sundae sunflower sunken sunlight sunscreen superb superbly
    superficiality superficially superfluous superhuman superintendent superiors supermarket supermarkets
    supermodel supernatural supernova superpower superpowers superseded superstars superstition
    superstitions superstitious supervised supervision supervisor supervisors supper supplement supplied
    suppliers supplying supposes supposing supposition suppositories suppressed suppressing supremely
    surfaced surfaces surfacing surfboard surfer surfing surge surgeons surgeries surgically surly
    surnames surpass surpassed surplus surrealist surrendered surrendering surrey surrogate surrogates
    surroundings surrounds surveyed surveys survives susceptibility susceptible suspecting suspenders
    suspending suspends suspenseful suspensions sustainable sustaining sustains sustenance suture sutures
    swagger swaggering swallows swami swamped swapped swapping swarm swarmed swarms swastika swastikas
    swatch swathes swaths swayed swears sweaters sweatpants sweats sweatshirt sweatshirts sweeps
    sweepstakes sweetened sweeteners sweeter sweetly sweetness sweets swell swept swerve swerving swiftly
    swifts swimmer swimmers swims swimsuit swindle swindling swipe swipes swiping swirl swirling swirls
    swoon swooning swoop swords swore swung sycamore sycophant sycophantic sycophants syllable symbiotic
    symbolically symbolism symmetric symmetrical symmetry sympathies sympathize sympathizer sympathizers
    sympathizing symphony symptomatic synagogues synced synch synchronize synchronized synchronizing
    synchronous syncing syndicate syndicated syndromes synonym synonymous synonyms synopsis syntactic
    synthesized synthetic syphilis syphilitic syringe sysop sysops systematically tablespoon tablespoons
    tablet tabloid tabloids taboo taboos tacit tacked tackled tackles tackling tacky tactical tadpole
    taffy tailgate tailgating tailor tailored taint tainted takeoff taker takers talkative talker talkers
    tallest tally tamale tamales tamed tampered tampering tampon tampons tandem tangent tangential
    tangerine tangible tangier tangle tangled tango tanked tanker tanking tanned tanner tanning tantamount
    tantrums taped taper tapeworm taping tapped tapping tarantula tardy tares tariff tariffs tarmac
    tarnish tarnished tarnishing tarot tarred tarts taser tasked tasted tasteful tasteless tatted tattered
    tatters tattle tattooed tattooing taunt taunted taunting taunts tautology tawdry taxation taxed taxing
    taxis teabag teamed teaming teammate teamwork teapot tearful teased teaser teasers teases teaspoons
    technicality technician techno technocracy technological technologically technologies tediously
    teeming teenaged teeny teetering teething telecast telecommunications telegram telegraph telegraphed
    telepathy telephone telephones telescope televised televisions teller temerity temperament
    temperamental temperatures tempered tempest tempo temporal temps tempt temptation temptations tenant
    tenants tendentious tenderloin tenderness tending tendinitis tendon tendons tenet tenets tenor tensile
    tensing tensions tentative tenth tents tenuous tenure tepid tequila termed terminally terminals
    terminated terminating termination terminator terminus termites terrace terrain terrier terrifies
    territorial territories terrorize terrorized terrorizing terrors tertiary tester testes testified
    testifying testimonials tethered textbooks textual texture textures thanked thanking thankless
    thatcher theatres theatrical thefts theist theistic thematic thematically theocracy theocratic
    theologians theological theorem theoretical theoretically theorist theorists theorizing therapies
    thereafter thereby therein thereof thermal thermometer theses theta thickened thickening thicker
    thickest thickness thieving thinker thinkers thinly thinner thinning thins thirdly thirds thirteen
    thirties thistle thong thorn thoroughbred thoughtfulness thoughtless thrash thrashed thrashing
    threaded threes threesome threshold thrice thrift thrill thrillers thrilling thrills thrives thriving
    thrones throttle throwbacks thrower thrush thrust thrusting thumbnail thumbnails thump thumping
    thunderous thunderstorm thunderstorms thunk thwart thwarted thwarting thymus tibia ticked ticking
    tickle tickled tickling ticks tidal tidbit tides tidings tiers tighten tightened tightening tighter
    tightly tightness tights tiles tilted tilting timber timberline timbers timed timeless timelines
    timely timers timestamp timestamps timetable timid timings tinfoil tingle tingles tingly tings tiniest
    tinkering tinsel tinted tipped tipping tipsy tirade tiredness tireless tirelessly tiresomely tiring
    titan titanic titanium titans titular tizzy toads toady toasted toaster toasting toeing toenail
    toenails togetherness toggle tokens tolerable tolerates tolerating tolls tomahawk tomboy tombstone
    tomfoolery tomorrows tonal toned toner tones tongues tonic tonne tonnes tonsillitis tonsils toolbar
    toolbox toolkit toothache toothaches toothbrush toothless toothpaste tooting topless topology toppings
    topple toppled toque torches torchlight torment tormented tormenting tormentor tornado tornadoes
    torque torrent torrents torsion torso tortilla tortillas tortoise tortures torturing tosses tossing
    totaled totaling totalitarian totalitarianism totalitarians totals totem totes toting touchdown
    touchdowns touchy toughen toughest toured touring tournaments tourney touted touting towed towels
    towering towing townhouse toxicity toxin toxins traced traces trachea tracing tracked tracker traction
    tractor tracts trademark traders trades traditionalist traditionalists traditionally trafficked
    trafficker traffickers tragically trailblazers trailers trailing trainer trainers traitorous
    trajectory tramp trample trampled tramps trance tranquil tranquility transcend transcendental
    transcends transcribed transcript transcription transcripts transformations transformer transformers
    transforming transforms transfusion transfusions transgression transgressions transistor transitional
    transitioned transitioning transitions transitive translates translating translator translators
    transliteration translucent transmissible transmit transmits transmitters transmitting transparently
    transplantation transplanted transplants transported transporter transporting transports transpose
    transposition transverse transvestite transvestites trappings traps trashcan trashed trashes trashing
    traumas traumatizing traveler travelers travelled travelogue traverse travesty trays treacherous
    treachery tread treading treadmill treads treasured treasurer treasures treasury treatable treaties
    treatise treaty tremble trembling tremendously tremors trench trenchant trendy trespass trespassers
    trespassing triad triangles triangular tribalism tribunal tribune tributary tributes trickery tricking
    trickle trickster trident trifecta trifle trifling triglyceride triglycerides trill trillions trilogy
    trimester trimmed trimming trinity trinkets tripe tripled triplets tripod tripped trite triumphant
    troglodyte troglodytes trolled troop trooper troopers trope tropes trophies tropic tropics troubadour
    troublemaker troublemakers troublesome troubling troupe trousers trout truce trucker truckers truer
    truest truffle truffles trumped trumpet truncate truncated truncation trunks trustee trustees trusts
    trustworthiness trusty truthfully truthfulness tryouts tsunamis tubby tuberculous tuberous tubers
    tucked tucking tucks tugging tumble tumult tundra tunes tuning tunnels turban turbines turbulent turds
    turgid turkeys turmoil turnaround turnip turnout turnover turnovers turnpike turrets turtles tutor
    tutorials tutoring tutors tuxedo twaddle twain tweaked tweaking tweaks tweeter tweeters twelfth
    twenties twentieth twerk twerking twerp twerps twinkle twinks twinning twirling twister twitches
    twitching twits twittering twitters tying tympanum typhoid typhoon typhus typified typography typos
    tyrannical tyrant tyrants ubiquitous ubiquity uglier ugliness ukulele ulcer ulterior ultimatum
    ultraviolet umbilical umbrellas umpire umpteenth unabated unaccompanied unaccountable unadulterated
    unaffected unafraid unambiguous unambiguously unanimous unanimously unannounced unanswered unappealing
    unassuming unattended unauthorized unavailable unavoidable unbalanced unbearably unbecoming
    unbeknownst unbelievably unbelievers unblocking unbreakable unbridled uncalled uncanny uncaring
    uncensored uncertain uncertainty unchallenged uncharted unchecked unchristian uncivilized uncles
    uncomfortably uncommonly uncompromising unconditional unconditionally unconfirmed unconnected
    unconsciously unconsciousness uncontested uncontrollable uncontrollably uncontroversial unconventional
    unconvinced unconvincing uncoordinated uncouth uncover uncovered uncovering uncovers uncultured uncut
    undecided undefeated undefined undemocratic undeniable undeniably underbelly underclass undercut
    underdog underdogs underestimated underestimating undergo undergoing undergone undergrad undergraduate
    underhand underhanded undermined undermines undermining underpaid underpants underprivileged
    underscore understandably understated understatement undertake undertaken undertaker undertaking
    undertone undertones underwater underweight underwent underworld undeserving undesirable undesirables
    undetected undeveloped undid undisciplined undisclosed undisputed undressed unease uneasy unedited
    unemployable unending unequal unequivocally uneven uneventful unexpectedly unexplained unfairly
    unfairness unfaithful unfathomable unfavorable unfettered unfinished unflattering unflinching unfold
    unfolded unfolding unfolds unforgettable unforgivable unforgiving unfounded unfriend unfriendly
    unfulfilled ungodly unhappiness unheard unhelpful unholy unicorns unidirectional unification unified
    uniformed uniformly uniforms unify unifying unilateral unilaterally unimaginable unimaginative
    unimpressive uninitiated uninspired uninspiring uninstall uninsured unintelligible unintended
    unintentionally uninterested uninteresting uninvited uniquely uniqueness unisex unites uniting
    universally universes unjust unjustifiable unjustified unjustly unkind unknowing unknowingly unlawful
    unlawfully unlearn unleash unleashed unleashing unlicensed unload unloaded unlock unlocked unlocking
    unloved unlucky unmarried unmask unmasked unmasking unmatched unmemorable unmistakable unmitigated
    unnamed unnecessarily unneeded unnerving unnoticed unofficial unofficially unorganized unoriginal
    unorthodox unpack unpacking unpaid unpalatable unparalleled unpatriotic unplanned unplug unprecedented
    unpredictable unprepared unpretentious unprincipled unproductive unprofessional unproven unprovoked
    unpublished unpunished unqualified unquestionably unraveling unread unreadable unreasonably
    unrecognizable unrecognized unregistered unreleased unrelenting unremarkable unrepentant unrequited
    unresolved unresponsive unrest unrestricted unruly unsanitary unsatisfactory unsatisfied unsatisfying
    unsavory unscathed unscientific unscrupulous unseemly unseen unsentimental unsettling unsightly unsold
    unsolicited unsolved unsophisticated unspeakable unspecified unspoken unsteady unstoppable unsubscribe
    unsubstantiated unsuccessfully unsuited unsupported unsurprising unsuspecting unsympathetic
    unthinkable unthinking untidy untitled untold untouchable untouched untrained untreated untrustworthy
    unusable unused unveil unveiled unveils unverified unwarranted unwashed unwelcome unwell unwieldy
    unwillingness unwise unwittingly unworthy unwritten upbeat upbringing updater upfront upgraded
    upgrades upgrading upheld uphill upholding upholds upkeep upland uplift uploads upped uppercut upping
    uppity upright uprising uprisings uproar upscale upsets upstairs upstanding upstate upstream uptight
    uptown upward upwards uranium urethra urged urgency urging urinate urinated urinating usable
    usefulness uselessness usernames ushered usurp usurpation usury utensils utilities utility utilize
    utilized utilizing utmost utopia utopian uttered uttering vacant vacate vacationing vaccinate
    vaccination vaccinations vacuous vacuuming vacuums vaguely vagueness valedictorian valentines valet
    validated validating valleys valor valuing valves vampires vandalizes vanguard vanish vanished
    vanishing vanquished vantage vaping vapor vaporize variability variance variants varicose varied
    varieties varsity vasectomy vassal vaudeville vault vectors veers vegans vegetable vegetarianism
    vegetarians vegetation veggie vehemently vehicular veiled velocity vendetta vending vendor vendors
    veneer venerable venerate vengeful venom venomous ventilation venting ventricle ventricles vents
    ventures venturing venues veracity verbatim verbiage verbose verbs verdict vernacular vernal versatile
    versed vertebrae vertebral vertically vertigo verve vesicles vested vests veterinarian vetoed vetted
    vibrant vibrate vibrating vibration vibrations vibrator vicar vicariously vices vicinity viciously
    viciousness victimization victimize victimized victimizing victories victorious videotape viewpoints
    vigil vigilance vigilant vigilante vigilantes vigilantism vignettes vigor vigorous vigorously vileness
    vilified vilify villagers villainous villains villas vindication vindictive vindictiveness vinegar
    vines vineyard vineyards viola violator violators violet violets violin vipers virtues virtuous
    virulent virulently visage visceral viscous visibility visibly visionary visions visitation visitor
    visuals vitality vitreous vitriol vitriolic vivid vividly vixen vocalist vocals vocation vocational
    vogue voiced voicemail voicing voided volatile volcanic volcano volcanoes volition voltage volts
    voluntarily volunteered volunteering vomited voodoo vortex vouch voucher vowed vowel vowels voyage
    vulgarity vulnerabilities vulnerability vulture vultures vulva vying wacko wackos wacky waddling
    wading wafer waged wager wagging waging wagons wailing waiter waiters waitress waitresses waits waive
    waiver waivers wakes waldo walkers walkway walled wallets wallop wallow wallowing wallpaper walnut
    walnuts walrus waltz wander wandered wandering wanders wannabee wannabees wannabes wanton warded
    warden warding warehouse warlock warlord warlords warmed warmer warmest warmly warmonger warmongering
    warmongers warms warranted warrants warred warships warthog wartime warts washer washes wasps wasteful
    wasteland watchdog watcher watchers watchtower waterboarded waterboarding watercolor watered waterfall
    waterfalls watermark watershed waterways watery watts waved wavelength waxed waxes waxing wayfarers
    wayside wayward weaken weakening weakens weakest weakling weaklings weakly weaknesses wealthier
    wealthiest weaponry wearers weary weasels weavers weaves weaving webbing webcam webcast webmaster
    wedge wedgie wedlock weekday weekdays weeping weepy weighed weighing weighs weighted weightlifting
    weighty weirder weirdest weirdness welch welcomes welding wellington wench werewolf westerner westerns
    wetter whacked whacking wharf whatnot wheat wheelchairs wheeler wheezing whence whens whereabouts
    whereby wherein whiff whimper whims whimsical whimsy whined whiner whiners whines whinny whiplash
    whipping whips whirl whirlwind whiskers whisky whispered whispering whispers whistled whistles
    whistling whitefish whiten whitening whiter whitest whitewash whitewashed whitewashing wholeheartedly
    wholesale whomever whooped whoopee whooping whopper whopping whosoever wickedly wickedness wicket
    widen widening widgets widowed widows wield wielding wiggle wikis wildcat wilder wilderness wildest
    wildfire willed willful willies willingness willow willpower wills wimps wimpy winded winding windmill
    windpipe windshield windy wines winged winger wingnuts winking winks winters wipers wipes wireless
    wires wiretapping wiring wisely wiser wisest wishful witchcraft wither withered withhold withholding
    withstand witless witnessing wizardry wizards wobble wobbly woefully woken wolfram wolverine womanhood
    womanizer womanizing wombat wombs wonderfully wondrous woodland woodlands woodwork woolly woozy worded
    wordy workable workaround workbook workflows workings workload workouts workplaces worksheet
    worksheets workshops workstation worldly worrisome worsened worsening worsens worshipers worshiping
    worshipped worshipper worshippers worships worthiness worthlessness wounded wounding woven wrangle
    wrapper wrapping wraps wrath wrathful wreak wreckage wrecked wrecking wrecks wrench wrenching wrestle
    wrestled wrestler wrestlers wretch wretched wrinkled wrinkles wrinkly writhing wrongdoing wronged
    wrongful wrongfully wrongs wrought xenophobia yacht yahoos yanked yanks yapping yawning yawns yearbook
    yearly yearning yellowing yellowish yellows yells yesterdays yield yielded yields yoghurt yogis yogurt
    yokel yokels youngster youngsters youthful youths yucky yuppie zealot zealots zealous zebras zeppelin
    zeros zipper zippers zippy zodiac zoned zoning zoomed zooming
""")

PEOPLES = _words("""
    african africans american americans arab arabs asian asians australian brazilian british canadian
    canadians catholic catholics caucasian caucasians chinese christian christians cuban dutch egyptian
    european europeans filipino french german germans greek haitian hindu hindus hispanic hispanics
    indian indians iranian iraqi irish islamic israeli israelis italian italians jamaican japanese
    jewish korean latino latinos lebanese mexican mexicans mormon muslim muslims nigerian nigerians
    pakistani pakistanis palestinian palestinians polish russian russians scottish sikh sikhs somali
    somalis spanish swedish syrian syrians turkish ukrainian vietnamese
""")
"""Peoples and faiths; they are glued to what is said about them."""

TALK = _words("""
    covid eye lol lmao idk ppl smh tbh omg dont isnt wasnt aint cant wont didnt doesnt arent thats hes
    shes theyre em naw nah oh bruh fam af rn tho cuz cos bum guy guys fat too has was who why how his
    its our she but off way yet ever lad skanky crusty whiny blithering incels roomie whales wouldn
    couldn shouldn didn doesn isn wasn aren weren hasn hadn
""")
"""Short words of talk, and some that are said beside high-risk words."""
