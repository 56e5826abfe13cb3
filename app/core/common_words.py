"""The most common English words: data, and nothing else.

They tell where a text with the spaces left out falls into words ("killyou"), and spare a look at words that
are what they seem. Words of three letters are the few hundred most common, because shorter ones stand in
longer words by chance. Taken by frequency in posts from Debian's american-english-huge and british-english
lists (SCOWL), without risky words and surfaces of the lexicon.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMMON = _words("""
    abandon abandoned abdomen abdominal abhorrent abiding abilities ability able abnormal abnormalities
    abnormality abnormally abolish abomination aboriginal abort aborted abortion abortions about above
    abroad abscess absence absent absolute absolutely absorb absorbed abstract absurd abundance abuse
    abused abuser abusers abuses abusing abusive academia academic academics academy accent accents
    accept acceptable acceptance accepted accepting accepts access accessed accessible accessing
    accessories accident accidentally accidents accompanied accomplish accomplished accomplishment
    accomplishments accordance according accordingly account accountability accountable accounts
    accumulate accumulation accuracy accurate accurately accusation accusations accuse accused accuser
    accusing acetaminophen ache aches achieve achieved achievement achievements achieving acid acidemia
    acidosis acids aciduria acknowledge acne acquired across act acted actin acting action actions
    activate activated active actively activism activist activists activities activity actor actors
    actress actresses acts actual actually acute adapt adaptation add added addict addicted addiction
    addicts adding addition additional additionally additions address addressed addresses addressing
    adds adequate adhere adjust admin administration administrative administrator administrators admins
    admire admission admit admits admitted admittedly admitting adolescence adolescent adopt adopted
    adopting adoption adorable adore adrenal adult adulthood adults advance advanced advances advantage
    advantages adventure adventures advertisement advertising advice advise advised advocacy advocate
    advocates advocating aesthetic affair affairs affect affected affecting affection affects affiliated
    affirmative afford affordable afghan afraid afro after aftercare afternoon afterwards again against
    age aged agencies agency agenda agendas agent agents ages aggression aggressive aggressively aging
    ago agree agreed agreeing agreement agrees agriculture ahead aid aiding aids aim aimed aims ain air
    aircraft aired airlines airplane airport aka akin alan alarm alas alaska albeit albert albinism
    album albums alcohol alcoholic alert alerts alexander alfa algebra algorithm alias alien aliens
    align alike alive all allegation allegations alleged allegedly allegiance allergic allergies allergy
    alley alliance allies allow allowed allowing allows ally almighty almost alone along alongside
    alopecia alpha alphabet already alright also alt alter altered alternate alternative alternatives
    although altogether alveolar always ama amateur amaze amazed amazes amazing amazingly amazon
    ambassador amber ambiguous ambition ambitious amen amendment amino ammo amnesty among amongst amount
    amounts amused amusing amyloidosis analogy analysis anarchist anarchists anatomy ancestors ancestry
    anchor anchorage ancient and android anemia aneurysm angel angels anger angina angle anglo angry
    animal animals animated animation anime ankle ankles anna anniversary annotation annotations
    announce announced announcement announces annoy annoyed annoying annoys annual anomalies anomaly
    anon anonymous another answer answered answering answers anterior anthem anti antibiotics antichrist
    antics antidepressants antisemitic antisemitism anxiety anxious any anybody anyhow anymore anyone
    anything anytime anyway anyways anywhere aortic apache apart apartheid apartment apartments apes
    apnea apocalypse apologies apologise apologist apologize apologized apologizing apology app
    appalling apparent apparently appeal appealing appeals appear appearance appearances appeared
    appearing appears appease appetite applaud apple apples applicable application applications applied
    applies apply applying appointed appointment appointments appreciate appreciated appreciation
    approach approached approaches approaching appropriate appropriately appropriation approval approve
    approved approximately apps aquarium arabic arbitrary arbitration arch architecture archive archived
    archives are area areas arena arguably argue argued arguing argument arguments aria arm armed armor
    arms army around aroused array arrest arrested arresting arrests arrival arrive arrived arrives
    arriving arrogance arrogant arrow arsenal art arterial arteries arteriovenous artery arthritis
    article articles artificial artist artistic artists arts asap ashamed aside asinine ask asked asking
    asks asleep aspect aspects aspirin assassination assault assaulted assaulting assaults assembly
    assert assertion assessment asset assets assign assigned assignment assimilate assist assistance
    assistant assisted associate associated associates association assume assumed assumes assuming
    assumption assumptions assure assured asthma astonishing aswell asylum ataxia ate atheism atheist
    atheists athlete athletes athletic atm atmosphere atresia atrial atrocities atrophy attach attached
    attachment attack attacked attacking attacks attempt attempted attempting attempts attend attended
    attending attention attitude attitudes attorney attract attracted attraction attractive attribute
    attributed attributes atypical audacity audience audiences audio auditorium august aunt auntie
    authentic authentication author authoritarian authorities authority authors autism autistic auto
    autoimmune automated automatic automatically autonomic autosomal autumn available avatar avenue
    average aviation avoid avoided avoiding awaiting awake awakening award awarded awards aware
    awareness away awesome awful awfully awhile awkward axis babe babes babies baby bachelor bacitracin
    back backbone backed background backgrounds backing backlash backpack backs backstage backup
    backward backwards backyard bacon bacteria bacterial bad badass baddest badge badly bag bags bail
    bait baiting bake baked baker bakery baking balance balanced balboa balcony bald ball balloon ballot
    balls ban banana bananas band bands bandwagon bang banged banging bank bankers banking bankrupt
    banks banned banner banning bans banter baptist bar barbarians barbaric barbarity barber barbie bare
    barely bark barking barrel barren bars basal base baseball based baseless basement bases bash
    bashing basic basically basics basis basket basketball bass bat batch bath bathroom bathrooms batman
    bats battery battle battles bay beach bean beans bear beard bearing bears beast beasts beat beaten
    beating beats beauties beautiful beautifully beauty became because beck become becomes becoming bed
    bedroom beds beef been beer beers bees before began begging begin beginning begins begun behalf
    behave behaved behaving behavior behavioral behaviors behaviour beheaded beheading behind behold
    bein being beings belief beliefs believable believe believed believer believers believes believing
    belive bell belle belly belong belonged belonging belongs beloved below belt ben bench bend bending
    beneath beneficial beneficiary benefit benefits benign bent berlin berry beside besides best bet
    beta betray betrayal betrayed betta better betting betty between beware beyond bias biased bible
    biblical bicycle big bigger biggest bigot bigoted bigotry bigots bike bikini bilateral bile bill
    billboard billion billionaire billionaires billions bills billy bimbo binary bind binding bing bingo
    bio biographies biography biological biology biopsy bipolar bird birds birth birthday bisexual
    bishop bit bitcoin bite bites biting bits bitter bizarre black blackberry blacks bladder blade blah
    blame blamed blames blaming bland blank blanket blanking blasphemy blast blatant blatantly bleach
    bleed bleeding blend bless blessed blessing blessings blew blind blinded blindly blindness blink
    bliss bloated block blockage blocked blocking blocks blog blogger blogs bloke blond blonde blondes
    blood blooded bloodstream bloody blow blowing blown blows blue blues blunt blvd board boarding
    boards boardwalk boat boats bob bobby bodies body bogus boil boiling boils boko bold bombed bomber
    bond bonds bone boner bones bonus boo book booked booker booking books boom boomer boomers boost
    boot booth boots booty booze border borderline borders bore bored boring born borough borrow
    borrowed boss bosses boston bot both bother bothered bothering bothers bots bottle bottles bottom
    bought boulevard bounce bound boundaries bounds bounty bout boutique bowel bowl bowling box boxes
    boxing boy boycott boyfriend boyfriends boys brachydactyly brad brag bragging brain braindead
    brainless brains brainwashed brainwashing branch branches brand branded brands brat brats brave
    bravo brazil bread break breakdown breakfast breaking breaks breast breastfeeding breasts breath
    breathe breathing breathtaking bred breed breeding breeds breeze brew brewing brick bricks bride
    bridge bridges brief briefly brigade bright brilliant bring bringing brings brink brit brits bro
    broad broadcast broader broadway broke broken bronchitis broncos brooks bros brother brotherhood
    brothers brought brown brownie brownies browns browser brunch brush brutal brutality brutally bubba
    bubble bubbles buck bucket bucks buddies buddy budget buff buffalo buffet buffoon bug bugs build
    builder building buildings builds buildup built bulk bull bullet bullets bullied bullies bulling
    bulls bully bullying bummer bump bumps bums bunch bundle bunnies bunny burden burger burgers buried
    burka burn burned burning burns burnt burrito burst bury bus buses bush business businesses bust
    busted buster busting busy but butch butt butter butterfly button buttons butts buy buyer buying
    buys buzz bye cabal cabin cabinet cable cache caffeine cage cages cake cakes calcium calculate
    calculated calendar calif caliphate call called calling calls calm calorie calories came camel
    camels camera cameras camp campaign campaigns camping camps campus can canal cancel canceled
    cancelled cancer cancerous cancers candid candidate candidates candy cannon cannot canon cans cant
    canyon capable capacity cape capita capital capitalism capitalist capitol caps captain caption
    capture captured captures capturing car caravan carbon carcinoma card cardiac cardio cardiomyopathy
    cards care cared career careers careful carefully careless cares caring carl carol carpet carried
    carrier carries carrots carry carrying cars cart cartel carter cartilage cartoon cartoons casa
    cascade case cases cash casino cast caste casting castle casual casually cat cataract catch catches
    catching categories category catering cathedral catholic catholicism catholics cats cattle caucus
    caught cause caused causes causing cave cavity cease ceiling celebrate celebrated celebrates
    celebrating celebration celebrities celebrity celebs celiac cell cells cellulitis cemetery censor
    censored censoring censorship census cent center centered centers central centre cents centuries
    century cereal cerebellar cerebral ceremony certain certainly certificate certified cervical
    cesspool chad chads chain chains chair chairman challenge challenged challenges challenging chamber
    chambers champ champagne champion champions championship chance chances change changed changes
    changing channel channels chant chanting chaos chaotic chapter char character characteristic
    characteristics characterized characters charge charged charges charging charities charity charlie
    charlotte charm charming chart charter charts chase chased chasing chat chatting cheap cheaper cheat
    cheated cheating cheats check checkbooks checked checking checkout checks cheek cheeks cheeky cheer
    cheering cheers cheese cheesecake cheesy chef chemical chemicals chemistry cheque cherish cherry
    chess chest chew chic chick chicken chickens chicks chief child childhood childish children chile
    chili chill chilling chills chilly chimp chimps chin china ching chip chips chocolate choice choices
    choir choke choking cholestasis cholesterol choose chooses choosing chop chops chose chosen
    christian chromosome chronic chubby chuck chuckle chump chunk chunky church churches cigarette
    cigarettes cinema cinematic cinnamon circle circles circuit circumcision circumstances circus
    cirrhosis citation citations cite cited cites cities citing citizen citizens citizenship city civic
    civil civilian civilians civilisation civilised civility civilization civilizations civilized claim
    claimed claiming claims clam clan clap clarification clarify clarity clash class classes classic
    classical classification classified classify classmate classmates classroom classy clause claw clay
    clean cleaned cleaner cleaning cleansing cleanup clear cleared clearer clearing clearly cleft clever
    click clicked clicking client clients cliff cliffs climate climb climbing clindamycin clinic
    clinical clip clips clit clock clone close closed closely closer closes closest closet closeted
    closing closure clot clothes clothing clots clotting cloud clouds clout clown clowns club clubs clue
    clueless clumsy cluster coach coaches coaching coal coalition coast coat cockroaches cocktail cocky
    cocoa coconut code codes coding coffee coffin cognitive cohen coin coincidence coins coke cold cole
    colin coliseum colitis collaboration collapse collapsed collar colleague colleagues collect
    collected collecting collection collections collective collectively college colleges collins
    collusion colon colonial colonialism colonies colony color colorado colored colorful coloring colors
    colour coloured colours column columns com coma combat combination combine combined combining combo
    come comeback comedian comedians comedies comedy comes comfort comfortable comfy comic comics coming
    command commander commands commend commended comment commentary commentator commented commenting
    comments commerce commercial commercials commie commies commission commit commitment commits
    committed committee committing common commonly commons communal communicate communication
    communications communism communist communists communities community commute comp companies companion
    company comparable compare compared comparing comparison compassion compassionate compatible
    compelling compete competent competing competition competitive compilation compile complain
    complained complaining complains complaint complaints complete completed completely completion
    complex complicated complications complicit compliment comply component composed compound comprehend
    comprehension comprehensive compression compromise compromised compulsive computer computers comrade
    con conceive concentrate concentration concept conception concepts concern concerned concerning
    concerns concert concerts conclude conclusion conclusions concrete concur concussion condemn
    condemned condemning condescending condition conditional conditions condom condoms condone conduct
    conducted cone confederate conference confidence confident configuration configure confirm
    confirmation confirmed confirming confirms conflict conflicts conform confront confrontation
    confronted confuse confused confusing confusion congenital congo congrats congratulations congress
    congressional congressman conjunctivitis connect connected connecting connection connections
    connective conquer conquered cons conscience conscious consciousness consensus consent consequence
    consequences conservatism conservative conservatives consider considerable consideration considered
    considering considers consist consistency consistent consistently consists console conspiracy
    constant constantly constituents constitute constitutes constitution constitutional construct
    constructed construction constructive consult consume consumed consumer consuming consumption cont
    contact contacted contacting contactless contacts contain contained container containing contains
    contemplating contemporary contempt content contents contest contestants contested context continent
    continually continue continued continues continuing continuous continuously contract contradiction
    contradictory contrary contrast contribute contributed contributing contribution contributions
    contributor contributors contrived control controlled controller controlling controls controversial
    controversies controversy convenient conveniently convention conventional conventions conversation
    conversations conversion convert converted converter converting converts convicted conviction
    convince convinced convincing convo cook cooked cookie cookies cooking cooks cool cooler coolest
    cooper cooperation coordinates coordination cop cope copied copies coping copper cops copy copying
    copyright copyrighted cord core corn cornea corneal corner corners corny corona coronary coronavirus
    corporate corporation corporations corps corpse corpus correct corrected correcting correction
    corrections correctly correctness correlation corrupt corrupted corruption cory cos cosplay cost
    costa costs costume costumes cotton couch cough coughing could coulter council counseling counselor
    count counted counter counterparts counties counting countless countries country counts county coup
    couple couples courage courier course courses court courtesy courts cousin cousins cove cover
    coverage covered covering covers cow coward cowardly cowards cowboy cowboys coworker coworkers cows
    coz cozy crab crack cracked cracker crackers cracking cracks craft crafted craig cramps cranial crap
    crappy crash crashed crashes crashing crave craving crawl crawling crazy cream create created
    creates creating creation creative creativity creator creature creatures cred credentials
    credibility credible credit credited credits creed creek creep creeping creeps creepy cretin crew
    crib cricket cried cries crime crimes criminal criminals cringe cripple crisis criteria criterion
    critic critical criticism criticisms criticize criticized criticizing critics critique crook crooked
    crooks crop cross crossed crosses crossing crow crowd crowded crowds crown crucial crude cruel
    cruelty cruise crusade crush crushed crushes crushing cry crybaby crying crypto crystal cube cuckold
    cuddle cuisine cult cultural culturally culture cultures cup cupcakes cups curb cure cured curiosity
    curious curl curly currencies currency current currently curry curse cursed cursor curve custody
    custom customer customers customize customs cut cutaneous cute cutest cutie cutis cuts cuz cycle
    cycles cynical cyst cystic cysts dad daddy dads daft daily dairy damage damaged damages damaging
    dammit dance dancer dancers dancing dang danger dangerous dangerously dangers danish dare dark
    darker darkness darling darn dash dat data database date dated dates dating daughter daughters dawn
    day daylight days dazzle deadline deadly deaf deafness deal dealer dealers dealing deals dealt dean
    dear debate debates debating debit debt debug debugging debut decade decades decency decent
    deception decide decided decides deciding decision decisions deck declaration declare declared
    declares declaring decline declined declining deconstructed decrease decreased dedicated dedication
    deed deeds deemed deep deeper deeply deer def default defeat defeated defect defects defence defend
    defended defender defending defends defense defensive deficiency deficit define defined defines
    defining definitely definition definitions deflect degeneracy degenerate degenerates degeneration
    degrade degrading degree degrees dehydrogenase del delay delayed delays delete deleted deletes
    deleting deletion deliberate deliberately delicate delicious delight delightful deliver delivered
    delivering delivers delivery delta deluded delusion delusional delusions demand demanded demanding
    demands demeaning demented dementia demise demo democracy democrat democratic democrats demographic
    demographics demon demonic demons demonstrate demonstrated demonstrates demonstrating demonstration
    denial denied denies denounce dense density dental dentist deny denying department depend dependency
    dependent depending depends deplorable deployment deport deportation deported deporting deposit
    deposited deposits depressed depressing depression depressive dept depth deputy deranged derivative
    derived dermatitis derogatory descendants descended descent describe described describes describing
    description desert deserve deserved deserves deserving design designated designed designer designs
    desire desired desires desk desktop despair desperate desperately desperation despicable despise
    despite dessert destination destined destiny destroy destroyed destroying destroys destruction
    destructive detail detailed details detained detect detected detention determination determine
    determined devastated devastating develop developed developer developers developing development
    developmental developments develops deviant device devices devil devils devoid devoted devout
    diabetes diabetic diagnose diagnosed diagnosis dialog dialogue diamond diaper diapers diarrhea dice
    dictate dictator dictators dictatorship dictionary did diesel diet dietary diff differ difference
    differences different differentiate differently difficult difficulties difficulty diffuse digest
    digestive digging digital digits dignity dilated dime dimensional ding dinner diphtheria dire direct
    directed directing direction directions directly director directories directors directory dirt dirty
    dis disabilities disability disable disabled disagree disagreed disagreeing disagreement disagrees
    disambiguation disappear disappeared disappoint disappointed disappointing disappointment disaster
    disc discharge discipline discomfort disconnect discord discount discouraged discourse discover
    discovered discovery discredit discriminate discriminated discrimination discuss discussed
    discussing discussion discussions disease diseased diseases disgrace disgraceful disguise disguised
    disgust disgusted dish dishes dishonest disingenuous disk dislike dismiss dismissed disorder
    disorders display displayed displaying displays disposable disposal dispute disputed disputes
    disregard disrespect disrespected disrespectful disrespecting disrupt disruption disruptive diss
    disseminated distal distance distancing distant distinct distinction distinctive distinguish
    distinguished distract distracted distraction distress distributed distribution district districts
    disturb disturbed disturbing ditch ditto diva dive diverse diversity divide divided dividing divine
    division divisive divorce divorced dizziness dizzy docs doctor doctors doctrine document documentary
    documentation documented documents dodge dodger dodgers does dog dogs doing doll dollar dollars
    dolls domain dome domestic dominance dominant dominate dominated domination don donate donated
    donation donations done dong donkey donut donuts doom doomed door doors dope dork dosage dose double
    doubt doubts douche dough down downfall downhill download downloaded downright downs downtown dozen
    dozens draft drag dragged dragging dragon dragons drain draining drake drama dramatic drank draw
    drawing drawn draws dread dreadful dream dreamed dreamers dreaming dreams dress dressed dresses
    dressing drew dried drink drinking drinks drive drivel driven driver drivers drives driving drone
    drones drop dropped dropping drops drove drown drowned drowning drum drunk drunken dry dual dubious
    duck ducks duct dude dudes due duel duke dull dumb dumber dumbest dummies dummy dump dumped dumping
    dumpster dunno duplicate duplication duration during dust dusty dutch duties duty dwarfism dynamic
    dynamically dynasty dysfunction dysfunctional dyskinesia dysphoria dysplasia dystonia dystrophy each
    eager eagle eagles ear earlier earliest early earn earned earnest earning earrings ears earth
    earthquake ease easier easiest easily east easter eastern easy eat eaten eating eats ebooks echo
    eclipse economic economics economy ectodermal ectopic edge edges edgy edit edited editing edition
    editor editorial editors edits educate educated educating education educational effect effective
    effectively effects efficiency efficient effort efforts egg eggs egyptian egyptians eight einstein
    either ejaculation elaborate elbow elbows elder elderly elect elected electing election elections
    electoral electric electrical electricity electronic elegant element elementary elements elephant
    elephants elevated elevator eligible eliminate eliminated elimination elite elites elitist else
    elsewhere email emails embarrassed embarrassing embarrassment embassy embedded ember embrace
    embraced embracing emergency emma emoji emojis emotion emotional emotionally emotions empathy
    emperor emphasis empire employed employee employees employer employers employment empowered
    empowering empowerment empty enable enabled enabling encephalitis encephalopathy encounter
    encountered encourage encouraged encouragement encourages encouraging encyclopaedia encyclopedia
    encyclopedic end ended ending endless endlessly endocrine endorse endorsed ends endure enemies enemy
    energy enforce enforced enforcement enforcing engage engaged engagement engaging engine engineer
    engineering engineers engines english enigma enjoy enjoyable enjoyed enjoying enjoys enlarged
    enormous enough enslave enslaved ensure enter entered entering enterprise enters entertain
    entertained entertaining entertainment enthusiasm entire entirely entirety entities entitled
    entitlement entity entrance entries entry environment environmental envy enzyme epic epilepsy
    episode episodes epitome equal equality equally equals equate equipment equivalent era eradicated
    erase erased erasing eric error errors erythromycin escalate escape escaped escaping esophageal
    esophagus especially essay essence essential essentially establish established establishing
    establishment estate estates esteem estimate estimated estradiol estrogen etc eternal eternity
    ethical ethics ethnic ethnically ethnicities ethnicity euro euros evaluation evangelical
    evangelicals eve even evening event events eventually ever every everybody everyday everyone
    everything everywhere evidence evident evidently evil evolution evolve evolved exact exactly
    exaggerated exam examination examine example examples exams excel excellent except exception
    exceptional exceptions excess excessive exchange exchanges exchanging excited excitement exciting
    exclude excluded excluding exclusive exclusively excuse excuses execute executed executing execution
    executive exempt exercise exercises exercising exes exhausted exhausting exhibit exist existed
    existence existent existential existing exists exit exotic expand expanded expanding expansion
    expect expectations expected expecting expects expelled expense expenses expensive experience
    experienced experiences experiencing experiment experimenting expert expertise experts expiration
    expire expired expires explain explained explaining explains explanation explanations explicit
    explicitly explode exploit exploitation exploited explore explorer exploring explosion expo export
    expose exposed exposes exposing exposure express expressed expressing expression expressions extend
    extended extension extensions extensive extent exterminate exterminated extermination external
    extinct extinction extra extract extraordinary extreme extremely extremism extremist extremists eye
    eyebrows eyed eyes fabric fabulous face faced faces facial facilities facility facing fact factor
    factors factory facts factual factually fade fail failed failing fails failure failures fair fairly
    fairness fairy faith faithful fake faked faking fall fallacy fallen falling fallout falls false
    falsely fam fame familial familiar families family famous fan fanatics fancy fandom fans fantasies
    fantastic fantasy far farce fare farm farmer farmers farming farms fart farther fascinating fascism
    fascist fascists fashion fashioned fast faster fastest fasting fat fatal fate father fathers fatigue
    fats fatty fault faults faux fave faves favor favorite favorites favors favour favourite fear feared
    fearing fears feast feat feather feature featured features featuring feces fed federal feds fee
    feeble feed feedback feeder feeding feeds feel feeling feelings feels fees feet fell fella fellas
    fellow felony felt female females feminine feminism feminist feminists fence feral ferry fertility
    fest festival fetal fetch fetus fever few fewer fiat fiber fibers fibrillation fibrosis fibrous
    fiction fictional field fields fierce fifteen fifth fifty fight fighter fighters fighting fights
    figure figured figures figuring file filed files filing fill filled filling fills film filmed
    filming filmmaker filmmakers filmmaking films filter filtering filters filth filthy final finale
    finally finals finance financial financially find finding findings finds fine finest finger fingers
    finish finished finishing fire firearm firearms fired fires fireworks firing firm firmly first
    firstly fish fisher fishing fist fistula fit fitness fits fitting five fix fixed fixing flag flagged
    flags flair flake flame flames flaming flappy flash flashback flat flavor flaw flawed flawless flaws
    fled flee fleeing fleet flesh flew flex flexible flick flies flight flights flip flipped flipping
    flirt flirting float floating flock flood flooded flooding floor flop flow flower flowers flows flu
    fluffy fluid fluids flush fly flying focal focus focused focuses focusing fold folder folders folk
    folks follow followed follower followers following follows fond font food foodie foods fool fooled
    fooling foolish fools foot footage football for forbid forbidden force forced forces forcibly
    forcing ford forehead foreign foreigner foreigners forest forever forget forgetting forgive forgiven
    forgiveness forgot forgotten fork form formal format formation formatting formed former formerly
    forming forms formula fort forth fortunate fortunately fortune forum forums forward foster fought
    foul found foundation founded founder founding fountain four fourth fox fraction fracture fractures
    fragile frame framework franchise frank franklin frankly frat fraud frauds fraudulent freak freaking
    freaks freaky free freedom freedoms freely freeman freeway freeze freezer freezing french frequency
    frequent frequently fresh freshman fridge fried friend friendly friends friendship friendships fries
    frightened frightening fringe frog frogs from front frontal frozen fruit fruits frustrated
    frustrating frustration fuel fulfill full fully fun function functional functionality functioning
    functions fund fundamental fundamentally funded funding funds funeral funk funnier funniest funny
    furious furniture furry further furthermore fury fusion fuss future fuzzy gabby gaga gags gain
    gained gaining gains galaxy gallery gallon gals gambling game gamer games gaming gamma gang ganglia
    gangs gangsta gangster garage garbage garden gardens garlic gas gasoline gassed gastritis
    gastrointestinal gate gates gather gathered gathering gave gawd gay gays gear geek geez gender
    gendered genders gene general generalized generally generate generated generating generation
    generations generic generous genes genetic genetically genetics genital genitalia genitals genius
    genre gentle gentleman gentlemen genuine genuinely geography germ german germans germs gestational
    get gets getting ghetto ghost ghostbusters ghosts giant giants gibson gift gifted gifts giggles
    gilbert gimme ginger girdle girl girlfriend girlfriends girls girly give giveaway given gives giving
    glad gladly glam glance gland glands glass glasses glee glen glimpse glitter global globalist
    globalists globally globe glorious glory gloves glow glucose glue glycogen glycosylation goal goals
    goat goats god goddess gods goes going gold golden golf gone gonna good goodbye goodness goodnight
    goods goofy google googled goons goose gore gorgeous gorilla gosh gospel gossip got gotcha goth
    gotta gotten gourmet gov government governments governor govt goyim grab grabbed grabbing grabs
    grace grad grade grades gradually graduate graduated graduation graffiti graham gram grammar grand
    grandchildren grande grandfather grandma grandmother grandpa grandparents grandson granny grant
    granted grants grape grapes graph graphic graphics grasp grass grateful gratitude grave graves
    gravity gray greasy great greater greatest greatly greatness greed greedy greek green greens greet
    greetings grew grey grid grief griffin grill grim grind grip groceries grocery groin grooming gross
    ground grounds group grouping groups grove grow growing grown grows growth guarantee guaranteed
    guard guardian guards guess guessed guessing guest guests guidance guide guideline guidelines guides
    guild guilt guilty guinea guise guitar gulf gullible guru guts gutter guy guys gym gymnastics
    gypsies gypsy gyro habit habits hack hacked hacking hacks had hadith hadiths haha hail hair haircut
    haired hairs hairy halal half halfway hall halt hammer hand handed handful handicapped handing
    handle handled handles handling handmade handouts hands handsome handy hangover hangs happen
    happened happening happens happier happiest happily happiness happy haram harass harassed harassing
    harassment harbor hard hardcore harder hardest hardly hardware hardworking hardy harm harmed harmful
    harming harmless harmony harms harper harry harsh hart has hash hashtag hat hateful hater haters
    hating hatred hats have haven having havoc head headache headaches headed header heading headline
    headlines headphones headquarters heads heal healing health healthcare healthy heap hear heard
    hearing hearings hears heart heartbeat heartbreaking hearted heartless hearts heat heated heaven
    heavily heavy heck heel heels height heights heil heinous held helicopter hell hello help helped
    helpful helping helpless helps hemoglobin hemolytic hemophilia hemorrhagic hence henry hepatic
    hepatitis her herbs herd here hereditary heres heritage hernia hero heroes herpes hers herself hes
    hesitate heterosexual hey hibernate hick hidden hide hideous hides hiding hierarchy high higher
    highest highland highlight highlighting highlights highly highschool highway hijab hike hiking
    hilarious hill hillbilly hills him himself hind hint hints hip hiphop hips hipster hire hired hires
    hiring his historian historians historic historical historically history hit hits hitting hmm hoax
    hobbies hobby hockey hold holder holding holds hole holes holiday holidays hollow holly holy home
    homeland homeless homemade homes hometown homework homicide homie homies homo homophobe homophobes
    homophobia homophobic homos homosexual homosexuality homosexuals honda honest honestly honesty honey
    hong honor honorable honored honour hood hoodie hoods hook hooked hooks hop hope hoped hopeful
    hopefully hopeless hopes hoping hordes hormonal hormone hormones horn horrendous horrible horribly
    horrid horrific horrifying horror horse horses hospital hospitalized hospitals host hostage hosted
    hostile hosting hosts hot hotel hotels hotline hotter hottest hour hours house household houses
    housing how however hows hubby hug huge hugely hugging hugs huh human humane humanitarian humanity
    humans humble humidity humiliated humiliation humor humorous humour hump hundred hundreds hung
    hunger hungry hunt hunter hunters hunting hurricane hurry hurt hurtful hurting hurts husband
    husbands hustle hybrid hydrocephalus hydrochloride hydrochlorothiazide hydrocortisone hydroxylase
    hymen hype hyper hyperplasia hypertension hypocrisy hypocrite hypocrites hypocritical hypoplasia
    hypothetical hypothyroidism hypotonia hysteria hysterical ice ichthyosis icon iconic idea ideal
    ideals ideas identical identification identified identifies identify identifying identity
    ideological ideologies ideology idiocy idiopathic idiotic idol idols ignorance ignorant ignore
    ignored ignores ignoring ill illegal illegally illegals illegitimate illiterate illness illnesses
    illogical illusion illustrates image imagery images imaginary imagination imagine imagined imagining
    imam imbecile imbeciles immature immediate immediately immensely immigrant immigrants immigration
    immoral immune immunodeficiency impact impaired impairment impeach impeached impeachment imperial
    imperialism implement implementation implemented implementing implications implicit implied implies
    imply implying import importance important importantly imported importing impose imposed impossible
    impress impressed impression impressive imprisoned improve improved improvement improvements
    improving inability inaccurate inane inappropriate inbox inbred incapable incentive inch inches
    incident incidents incite inciting inclined include included includes including inclusion inclusive
    incoherent income incoming incompetence incompetent incomplete inconsistent incontinence
    incorporated incorrect incorrectly increase increased increases increasing increasingly incredible
    incredibly indeed indefinitely independence independent index indicate indicated indicates
    indication indie indigenous indirectly individual individuals indoctrination induced industrial
    industries industry inept inequality inevitable infamous infancy infant infantile infants infected
    infection infections infectious inferior inferiority infertility infested infidels infiltrate
    infinite infinity inflammation inflammatory inflated influence influenced influences influential
    influx info inform information informative informed infrastructure ingredients inhabitants
    inhalation inherent inherently inheritance inherited inhuman inhumane initial initially initiate
    initiated initiative inject injection injured injuries injury injustice inner innocence innocent
    innocents input inquiry insane insanity insects insecure insecurities insecurity insensitive
    insensitivity insert inserted inserting inside insight insightful insights insignificant insist
    insisted insisting insists insomnia inspiration inspirational inspire inspired inspiring install
    installation installed installing instance instances instant instantly instead instinct instincts
    institute institution institutions instructions insufferable insufficiency insulin insult insulted
    insulting insults insurance integrate integrated integrating integration integrity intel intellect
    intellectual intellectually intelligence intelligent intend intended intense intensity intent
    intention intentional intentionally intentions interact interaction interactions intercourse
    interest interested interesting interests interface interfere interference interferon interior
    internal international internationally internet interpret interpretation interpreted interracial
    interstitial intervention interview interviewed interviews intestinal intestine intimate intimidate
    intimidated into intolerance intolerant intrauterine intriguing intro introduce introduced
    introducing introduction invade invaded invaders invading invalid invasion invasive invent invented
    invention invest invested investigate investigated investigating investigation investigations
    investing investment invisible invitation invite invited inviting invoker involuntary involve
    involved involvement involves involving ion iron ironic ironically irony irrational irregular
    irrelevant irresponsible irritable irritated irritating island islands isolate isolated isolation
    issue issued issues itch itching itchy item items its itself jack jacket jade jail jailed jake james
    jane japan jaundice java jay jazz jealous jealousy jean jeans jeez jeff jelly jenny jerk jerking
    jerks jerry jersey jesse jets jew jewelry jews jihad jihadist jihadists jimmy job jobs jock joe joey
    john johnny johns join joined joining joins joint joints joke joker jokes joking jones jordan joseph
    josh journal journalism journalist journalists journey joy judge judged judgement judges judging
    judgment judicial juice juicy jump jumped jumping jumps jungle junior junk junkie jury jus just
    justice justification justified justify justifying juvenile kafir kamala kappa karma kashmir
    kashmiri kat keen keep keeper keeping keeps kelly kent kept keratosis kerry key keyboard keys khan
    kick kicked kicking kicks kid kidding kidnapped kidnapping kidney kidneys kids killings kinase kind
    kinda kindergarten kindly kindness kinds king kingdom kings kinky kiss kissed kisses kissing kitchen
    kitten kitty knee kneeling knees knew knife knight knights knives knock knocked knocking know
    knowing knowledge known knows kosher kris kudos kyle label labeled labeling labelled labels labor
    labour lack lacking lacks lactose laden ladies lads lady laguna laid lake lakers lakes lame lamp
    land landed landing landlord lands landscape lane lanes lang language languages laptop large largely
    larger largest las laser lashes last lasted lasting lasts late lately later lateral latest latina
    latino latinos latte latter laugh laughable laughed laughing laughs laughter launch launched
    launches launching laundry laura law lawn laws lawsuit lawyer lawyers lay layer layers laying layout
    lazy lead leader leaders leadership leading leads leaf league leak leaked leaking leaks lean leaning
    learn learned learning learnt lease least leather leave leaves leaving lecture lectures led lee
    leeches left lefties leftist leftists lefty leg legacy legal legally legend legendary legends
    leggings legion legislation legislative legislature legit legitimate legitimately legs lemme lemon
    length lengthy lens leopard lesbian lesbians lesbos lesion lesions less lesser lesson lessons lest
    let lethal lets letter letterbox letters letting leukemia level levels lewis liability liar liars
    libel liberal liberalism liberals liberation libertarian liberty libraries library libs lice license
    licensed licenses lick licker licking lie lied lies life lifelong lifestyle lifetime lift lifted
    lifting light lighten lighter lighting lightly lightning lights like liked likely likes likewise
    liking lily limb limbs limit limitations limited limiting limits limp line linear lined lines lineup
    lingerie lining link linked linking links lion lions lip lipid lips lipstick liquid liquor list
    listed listen listened listening listens listing lists lit lite literal literally literary
    literature litter little live lived liver lives living load loaded loading loads loan loans loathe
    loathing lobby lobster local locals locate located location locations lock lockdown locked locker
    locking locks lodge log logan logged logging logic logical logically login logo logs lone loneliness
    lonely long longer longest look looked looking looks loop loose loosing loot looting lord los lose
    loses losing loss losses lost lot lots lottery loud louder louis lounge lousy love loved lovely
    lover lovers loves loving low lower lowest lowlife loyal loyalty luck luckily lucky ludicrous
    luggage luke lump luna lunacy lunatic lunatics lunch lung lungs lupus lust luxury lying lymph
    lymphocytic lymphoma lynched lynching lyrics mac machine machines macro macron macular mad madam
    made madness madonna mafia magazine magazines maggots magic magical magically magnesium magnificent
    maid mail mailbox mailed main mainly mainstream maintain maintaining maintenance major majority make
    maker makers makes makeup making male males malformation malformations malicious malignant mall mama
    man manage managed management manager managers manages managing mandate mandatory mane manga mango
    manhattan maniac manipulate manipulated manipulation manipulative mankind manly manner manners
    manning mans mansion mantra manual manually manufactured manufacturing many map maple mapping maps
    marathon march marches marching margin maria marina marine marines mark marked market marketing
    markets marks marriage marriages married marrow marry marrying mars marshall mart martial martin
    marvel masculine masculinity mask masks mason mass massage masses massive massively master
    masterpiece masters match matched matches matching mate material materials maternity mates math
    mathematics maths matrix matt matter matters mature maturity max maximum may maybe mayo mayor meal
    meals mean meaning meaningful meaningless meanings means meant meantime meanwhile measles measure
    measured measures meat meatballs mecca mechanical mechanism medal media median mediation medicaid
    medical medicare medication medications medicine medicines medieval mediocre meditation
    mediterranean medium meds medullary meet meeting meetings meets mega mein melanoma melodrama melon
    melt meltdown melted melting member members membership membrane meme memes memorable memorial
    memories memory men menace meningitis mens mental mentality mentally mention mentioned mentioning
    mentions menu merchant mercilessly mercury mercy mere merely merge merged merger merging merit
    merits mermaid merry mesa mess message messages messaging messed messenger messiah messing messy met
    meta metabolic metal metaphor meter method methods metoo metro metronidazole metropolitan mickey
    micro microcephaly mid middle midget midnight might mighty migraine migrant migrants migrate
    migrated migrating migration mike mild mildly mile mileage miles milf militant militants military
    militia milk mill miller million millionaire millions milo min mind minded mindless minds mindset
    mine mines mini minimal minimum minions minister ministers ministry minor minorities minority minors
    mint minus minute minutes miracle mirror miscarriage miserable miserably misery misguided
    misinformation misleading misogynist misogynistic misogyny misplaced miss missed misses missile
    missiles missing mission mistake mistaken mistakes mister mistress misunderstanding misunderstood
    mitch mitochondrial mitral mitt mix mixed mixing mixture moan moaning mob mobile mobs mock mocked
    mockery mocking mocks mod mode model modeling models moderate moderators modern modest modi modified
    modify modifying mods module modules mole molecules molesters molly mom moment moments momentum
    momma mommy moms money mongering mongol mongoloid monitor monitoring monkey monkeys monopoly monster
    monsters month monthly months monument monuments mood moody moon moot moots moral morality morally
    morals more moreover morgan morning mornings moronic morphine mortgage mosaic moses moslems mosque
    mosques mosquito moss most mostly mother mothers motion motivate motivated motivation motive motives
    motor motto mount mountain mountains mouse mouth mouths move moved movement movements moves movie
    movies moving much mucus multi multicultural multiculturalism multiple mum mums munchers murderous
    murphy murray muscle muscles muscular museum mushroom music musical musician musicians must
    mutations mute muted mutilation mutt mutual myeloid myoclonus myopathy myself mysterious mystery
    myth mythology myths nagging nah nail nailed nails naive name named namely names naming nancy napa
    narcissism narcissist narcissistic narrative narrow nasal nasty nation national nationalism
    nationalist nationalists nationality nationals nations nationwide native natives natural naturally
    nature naughty nausea naval navigation navy neanderthals near nearby nearest nearly neat necessarily
    necessary neck necklace need needed needing needle needles needless needs needy negative negatively
    negativity neglected negro neighbor neighborhood neighborhoods neighbors neighbour neighbourhood
    neighbours neither nelson neon neonatal neoplasia nephew nephropathy nephrotic nerd nerds nerdy
    nerve nerves nervous nest nested net network networking networks neuralgia neurofibromatosis
    neurological neuronal neurons neuropathy neutral neutrality never nevermind nevertheless new newbie
    newborn newborns newcomers newer newest newly news newsletter newspaper newspapers next nice nicely
    nicer nicest nick nickname nicotine niece niggaz night nightclub nightmare nightmares nights nine
    ninja nips nite nitroglycerin noble nobody node nodes noise noises nominate nominated nomination
    nominee non none nonetheless nonsense nonsensical noodle noodles noon noose nope nor nordic norm
    normal normally norms north northern northwest nose noses not notability notable notch note noted
    notes noteworthy nothing notice noticeable noticeboard noticed notices noticing notification
    notifications notified notify noting notion notorious noun novel novels now nowadays nowhere nuclear
    nugget nuke nukes null numb number numbers numbness numerous nurse nurses nursing nut nutrients
    nutrition nutritional nuts nutshell nystagmus oaks oath obese obesity obey object objection
    objections objective objectively objects obligation oblivion oblivious obnoxious obscure observation
    observations observatory observe observed observer obsessed obsession obsessive obstruction
    obstructive obtain obtained obvious obviously occasion occasional occasionally occasions occupation
    occupied occupy occur occurred occurring occurs ocean odd oddly odds odor off offence offend
    offended offender offenders offending offends offense offensive offer offered offering offers office
    officer officers offices official officially officials offline offspring often oil oils okay old
    older oldest olds olive oliver olympics omega once one ones ongoing onion online only onset onto
    ontology oops open opened opening openly opens opera operate operated operating operation operations
    operator ophthalmic opinion opinions opponent opponents opportunities opportunity oppose opposed
    opposing opposite opposition oppress oppressed oppression oppressive optic optics optimism
    optimistic option options oracle oral orange oranges order ordered ordering orders ordinary org
    organ organic organisation organisations organization organizations organize organized organizing
    organs oriental orientation oriented origin original originally originated origins orleans orthodox
    osteoporosis other others otherwise otic ouch ought our ours ourselves out outback outcome outdated
    outdoor outdoors outed outer outfit outfits outing outlaw outlet outlets outline outlook output
    outrage outraged outrageous outright outs outside outstanding outta oval ovarian ovaries oven over
    overall overcome overload overlooked overly overnight overrated override overrun overseas overview
    overweight overwhelmed overwhelming ovulation owe owes own owned owner owners ownership owning owns
    oxford oxygen pace pacific pack package packages packed packet packing packs padding pagan page
    pages paid pain painful painfully painless pains paint painted painting pair pairs palace palate
    pale paleo palm palms pals palsy pancakes pancreas pancreatic panda pandemic pander pandering panel
    panic panther panthers panties pants papa paper papers para parade paradise paragraph paragraphs
    parallel paralysis parameter parameters paramount paranoia paranoid paraplegia parasite parasites
    parasitic parathyroid pardon parent parenthood parenting parents paris park parked parker parking
    parks parliament parody paroxysmal parse parsing part partial partially participants participate
    participated participating participation particular particularly parties partisan partition partly
    partner partners partnership parts party partying pass passage passed passenger passengers passes
    passing passion passionate passive passport password past pasta paste pastor pastors patch patches
    patent path pathetic pathological paths patience patient patients patriarchy patrick patriot
    patriotic patriotism patriots patrol pats pattern patterns paul pause pay payback paycheck payer
    payers paying payment payments pays peace peaceful peacefully peak peaked peaks peanut pearl
    peasants pecker pedestal peek peep peeps peer peers pelvic pelvis penalty pence pencil pending
    penicillin peninsula penises penny people peoples pepper per perceive perceived percent percentage
    perception perfect perfection perfectly perform performance performances performed performers
    performing perhaps period periodic periods peripheral perks permanent permanently permission
    permissions permit permitted peroxide perpetrators perry persecuted persecution persist persistent
    person persona personal personalities personality personally personnel persons perspective
    perversion pervert perverted perverts pet peter petition pets petty phase phenomenon phenotype phil
    philosophical philosophy phobia phoenix phone phones phony phosphate photo photograph photographer
    photography photos phrase phrases physical physically physics piano pic pick picked picker picking
    picks pickup pics picture pictured pictures pie piece pieces pier pig pigs pike pile pill pillars
    pillow pills pilot pilots pimp pin pine ping pink pinned pioneer pipe pipeline pirate pirates piss
    pissed pisses pissing pistol pitch pitched pitiful pits pituitary pity pityriasis pizza place placed
    placement places placing plague plain plan plane planes planet planned planning plans plant
    plantation plants plastic plate platelets plates platform platforms platinum play playbook played
    player players playful playground playing playlist playoff playoffs plays plaza plea pleasant please
    pleased pleasing pleasure pledge plenty pleural plight plot plotting plug plugin plugs plus
    pneumonia pocket pockets podcast poem poetic poetry point pointed pointing pointless points poison
    poisoned poisoning poke polar pole poles police policies policy polish polite politely political
    politically politician politicians politics poll polling polls pollution polo polycystic polydactyly
    polymyxin polyps pond pony pool poop poor poorly pop popcorn pope popped popping pops popular
    popularity populated population populations populist porch pork port portal portion portland
    portrait portray portrayed pos pose poser posh posing position positions positive positively
    positivity possess possessed possession possibility possible possibly post posted poster posters
    posting posts pot potassium potato potatoes potential potentially potter pound pounding pounds pour
    pouring poverty powder power powered powerful powers practical practically practice practiced
    practices practicing praise praised prank pray prayer prayers praying pre preach preaching
    precautions precedent preceding precious precise precisely predator predators predatory predict
    predictable predicted predominantly prefer preferably preference preferences preferred pregnancy
    pregnant prejudice premature premier premiere premise premium prep preparation prepare prepared
    preparing pres prescribed prescription presence present presentation presented presenting presents
    preservation preserve preserved preserving presidency president presidential presidents press
    pressed pressing pressure presumably presume pretend pretended pretending pretends pretentious
    prettier pretty prevalent prevent prevented preventing prevention prevents preview previous
    previously prey price priceless prices pride priest priests primarily primary prime primitive prince
    princess principal principle principles print printed printing prior priorities priority prison
    prisoners prisons privacy private privately privilege privileged privileges prize prizes pro prob
    probably problem problematic problems probs procedure procedures proceed process processed processes
    processing proclaimed prod produce produced producer producers produces producing product production
    productive products prof profession professional professionals professor professors profile profiles
    profit profits profound program programmatically programme programmed programming programs progress
    progressive progressively progressives prohibited project projecting projection projects prolonged
    prom prominent promise promised promises promising promo promote promoted promotes promoting
    promotion promotional prone pronounce pronounced pronouns proof prop propaganda proper properly
    properties property prophet proportion proposal proposals propose proposed proposing props pros
    prose prosecute prosecuted prospect prospects prosperity prostate protect protected protecting
    protection protective protects protein proteins protest protesters protesting protestors protests
    protocol proud proudly prove proved proven proves provide provided provider providers provides
    providing province proving provocative provoke provoking proxy pseudo psoriasis psych psychiatric
    psychiatrist psycho psychological psychologist psychology psychopath psychopaths psychotic pterygium
    puberty pubic public publication publications publicity publicly publish published publisher
    publishing puck pudge puke pull pulled pulling pulls pulmonary pulse pump pumped pumping pumpkin
    punch punched punches punching punish punished punishment punk punks puppet puppets puppies puppy
    purchase purchased purchases pure purely purge purity purple purpose purposely purposes purpura
    purse pursue pursuit push pushed pushes pushing puss put puts putting pyramid pyridoxine python
    qualifications qualified qualify qualities quality quarter quarters queen queens queer queers
    queries query quest question questionable questioned questioning questions queue quick quicker
    quickly quiet quietly quirky quit quite quitting quiz quote quoted quotes quoting rabbi rabbit rabid
    rabies race races racial racially racing racism racist racists radar radiation radical radicalized
    radicals radio radius rage raging raid rail rails railway rain rainbow raining rainy raise raised
    raises raising rallies rally ram rambling ramen rampage rampant ran ranch rancho rand random
    randomly range rangers ranges rank ranked ranking ranks rant ranting rants rap rapid rapidly rapper
    rappers rapping rare rarely rash rat ratchet rate rated rates rather rating ratings ratio rational
    rationale rats raw rays razor reach reached reaches reaching react reaction reactions read reader
    readers reading reads ready real realise realised realist realistic realistically reality
    realization realize realized realizing really realm reap rear reason reasonable reasonably reasoning
    reasons rebel rebellion rebels rebuild recall recap receive received receiver receives receiving
    recent recently reception recessive recipe recipient reckless reckon recognise recognition recognize
    recognized recognizing recommend recommendation recommendations recommended record recorded
    recording records recover recovered recovering recovery recreation recruit recruiting rectal
    recurrent recurring red redeem redemption redirect redirected redirecting redirects redneck rednecks
    redness redskins reduce reduced reduces reducing reduction redundant refer reference referenced
    references referencing referendum referred referring refers reflect reflected reflection reflects
    reflux reform refrain refresh refreshing refs refuge refugee refugees refund refusal refuse refused
    refuses refusing regain regard regarded regarding regardless regards regime region regional regions
    register registered registration regret regrets regular regularly regulate regulation regulations
    rehab reign reject rejected rejection rejects relatable relate related relates relating relation
    relations relationship relationships relative relatively relatives relax relaxed relaxing release
    released releases releasing relentless relentlessly relevance relevant reliable relief relies
    relieved religion religions religious rely relying remain remained remaining remains remake remark
    remarkable remarks remedies remember remembered remembering remembers remind reminded reminder
    reminders reminding reminds remix remote remotely removal remove removed removes removing
    renaissance renal rename renamed renaming rendering rent rental repair reparations repeal repeat
    repeated repeatedly repeating repent repetitive replace replaced replacement replacing replied
    replies reply replying report reported reportedly reporter reporters reporting reports repository
    repost represent representation representative representatives represented representing represents
    reproduce reproducing reproductive reps republic republican republicans repugnant repulsive
    reputable reputation request requested requesting requests require required requirement requirements
    requires requiring rescue rescued research researched researchers researching resent resentment
    reservation reservations reserve reserved reset residence resident residents resign resigned resist
    resistance resistant resolution resolve resolved resort resource resources respect respectable
    respected respectful respectfully respecting respective respects respiratory respond responded
    responding responds response responses responsibilities responsibility responsible responsive rest
    restart restaurant restaurants resting restore restored restoring restrict restricted restriction
    restrictions result resulted resulting results resume retail retain retardation retention retina
    retinal retinitis retire retired retirement retreat retrieve retro return returned returning returns
    retweet retweeted retweeting retweets reunion reunited reveal revealed revealing reveals revelation
    revenge revenue reverse reversed revert reverted reverting reverts review reviewed reviewer
    reviewing reviews revised revision revisions revolting revolution revolutionary reward rewarded
    rewarding rewards rewrite rewritten rhetoric rheumatoid rhythm ribs rice rich richer rick rid
    riddance ridden ride rider riders rides ridge ridicule ridiculed ridiculous ridiculously riding
    rifle rigged right righteous rightfully rightly rights riley ring rings riot rioters rioting riots
    rip ripped ripping rise rises rising risk risks rite ritual river rivers riverside road roads
    roaming roast roasted rob robbed robber robbery robin robot robots rock rocket rockets rocking rocks
    rocky rode rodeo roger rogers rogue role roles roll rollback rolled roller rolling rollover rolls
    roma roman romance romans romantic roof rooftop rookie room roommate roommates rooms root rooted
    rooting roots rope rose roses roster rotten rotting rouge rough roughly round rounded rounds route
    routine routinely routing row rows royal royals rubber rubbing rubbish ruby rude rugby ruin ruined
    ruining ruins rule ruled rules ruling rumor rumors run runner running runny runs runtime rural rush
    russia rusty ruth ruthless sabotage sack sacred sacrifice sacrifices sad sadistic sadly sadness
    safari safe safely safer safety saga said saint saints sake salad salary sale sales salivary salmon
    salon salt salty salute salvation sam same sample san sanctioned sanctions sanctuary sand sandbox
    sanders sandwich sandwiches sandy sane sang sanity sarcasm sarcastic sarcoma sass sassy sat satanic
    satire satisfaction satisfied satisfy satisfying sauce sausage savage savages save saved saves
    saving savings savior saw say saying says scala scale scalp scam scan scandal scar scare scared
    scares scarf scaring scars scary scenario scene scenery scenes schedule scheduled scheme schemes
    schizophrenia scholar scholarly scholars scholarship school schooling schools science sciences
    scientific scientist scientists sclerosing sclerosis scoliosis scoop scope score scored scores
    scoring scout scrap scratch scream screamed screaming screams screen screening screenplay screenshot
    screenshots screw screwed screwing script scripting scripts scripture scroll scrolling scrub scum
    scumbag scumbags sea seafood seal sealed sean search searched searches searching season seasonal
    seasons seat seats second secondary secondly seconds secret secretary secretly secrets section
    sections sector secular secularism secure security see seed seeds seeing seek seeker seekers seeking
    seeks seem seemed seemingly seems seen sees segment segregation seizure seizures select selected
    selection selective self selfie selfies selfish sell seller selling sells selves semen semester semi
    senate senator senators send sending sends senior seniors sensation sense senseless senses sensible
    sensitive sensitivity sensory sent sentence sentenced sentences sentiment separate separated
    separately separating separation sept sequel sequence sequences serena serial series serious
    seriously serve served server servers serves service services serving session sessions set sets
    setting settings settle settled settlement settlers setup seven several severe severely severity
    sewer sexes sexism sexist sexuality sexually sexy shade shades shadow shadows shady shah shake
    shakes shaking shall shallow sham shame shamed shameful shameless shaming shape shaped share shared
    shares sharia sharing shark sharp shave shaved shaving she shed sheen sheep sheer sheesh sheet
    sheets shelf shell shelter shenanigans sheriff shes shield shift shifting shill shine shining shiny
    ship shipped shipping ships shirt shirts shock shocked shocking shoe shoes shook shooters shootings
    shoots shop shopping shops shore short shortage shorter shortly shortness shorts shorty shot shotgun
    shots should shoulder shoulders shout shouted shouting shouts shove shoved shovel show showcase
    showed shower showers showing shown shows shred shri shrimp shrine shut shutdown shutting shy
    shylocks sibling siblings sick sickening sickness side sidebar sided sides sidewalk sierra sigh
    sight sign signal signaling signals signature signed significance significant significantly signing
    signs silence silenced silencer silent silently silk silly silver similar similarly simp simple
    simplex simplistic simply simps simultaneously sin since sincere sincerely sinful sing singer
    singers singing single singles sings sink sins sinus sir sis sissy sister sisters sit site sites
    sits sitting situation situations six sixth size sized sizes skanks skate skating skeletal skeleton
    sketch skies skill skilled skills skin skinned skinny skins skip skipped skirt skirts skull sky
    slack slag slam slander slang slap slapped slapping slaps slash slaughter slaughtered slave slavery
    slaves slay sleep sleeping sleeps sleepy sleeve slept slice slick slide slight slightest slightly
    slim slime slimy slip slipped slippery slipping slit slogan slope sloppy slot slow slower slowly
    slur slurs smack smacked small smaller smallest smart smarter smartest smash smashed smashing smear
    smell smelling smells smelly smile smiles smiling smith smoke smoked smoking smooth smug snack
    snacks snail snake snakes snap snapped sneak sneakers sneaky sniper snitch snow snowflake snowflakes
    soap sober soccer social socialism socialist socialists socially societal societies society
    sociopath sock socket socks soda sodium sofa soft software soil solar sold soldier soldiers sole
    solely soles solid solidarity solo solution solutions solve solved solving some somebody someday
    somehow someone someones something sometime sometimes somewhat somewhere son song songs sonic sons
    soon sooner sophisticated sophomore sore sores sorry sort sorta sorted sorting sorts sought soul
    soulless souls sound sounded sounding sounds soundtrack soup sour source sourced sources sourcing
    south southern southwest sovereign sovereignty soviet space spaces spaghetti spain spam spamming
    span spare spark sparse spasms spastic spasticity spawn speak speaker speakers speaking speaks
    spears spec special specialist specialized specially species specific specifically specified
    specifies specify spectacular spectre spectrum speculation speech speeches speed speedily speedy
    spell spelled spelling spells spencer spend spending spends spent sperm spew spewing spews spice
    spicy spider spiders spike spill spin spinal spine spineless spinning spiral spirit spirited spirits
    spiritual spit spite spitting splash spleen split splitting spoil spoiled spoiler spoke spoken
    sponge sponsor sponsored spontaneous spooky spoon sport sporting sports spot spotlight spots spotted
    spotting spouse spout spouting spray spread spreading spreads spree spring springs spurs squad
    square squat squeeze stability stable stack stacked stadium staff stage staged stages staggering
    stain stairs stake stale stalk stalker stalking stamp stamps stance stand standard standards
    standing stands stank staples star stare staring starring stars start started starter starters
    starting starts startup starve starving stat state stated statement statements states static stating
    station stations statistic statistical statistically statistics stats statue statues stature status
    stay stayed staying stays steady steak steakhouse steal stealing steals steam steel stem stems
    stenosis step stepped stepping steps stereotype stereotypes stereotypical sterling steroids steven
    stevens stick sticker sticking sticks sticky stiff stiffness stigma still sting stink stinking
    stinks stinky stir stirring stock stoked stole stolen stomach stomp stone stoned stones stoning
    stood stooges stool stools stop stopped stopping stops storage store stored stores stories storm
    story storyline storytelling straight straightforward strain strange strangely stranger strangers
    strap strategic strategically strategy straw strawberry streak stream streaming street streets
    strength stress stressed stressful stressing stretch stretched stretching strict strictly strike
    strikes striking string strings strip stripped stripper stroke strong stronger strongest strongly
    struck structural structure structures struggle struggled struggles struggling stub stubborn stuck
    stud student students studied studies studio studios study studying stuff stuffed stun stunning
    stunt stupidest stupidity style styled styles styling stylish stylist sub subhuman subject subjected
    subjective subjects submission submissive submit submitted submitting subs subscribe subscription
    subsequent subsequently substance substances substantial substantially substitute subtle suburban
    suburbs subversion subway succeed succeeded succeeds success successful successfully such suck
    sucked sucker suckers sucking sucks sudden suddenly sued suffer suffered suffering suffers
    sufficient sugar suggest suggested suggesting suggestion suggestions suggests suit suitable suite
    suited suites suits sulfate sum summaries summary summer summit sums sun sunglasses sunny sunrise
    sunset sunsets sunshine super superficial superhero superior superiority superman superstar supp
    supplements supplies supply support supported supporter supporters supporting supportive supports
    suppose supposed supposedly suppress suppression supremacist supremacists supremacy supreme sure
    surely surf surface surgeon surgery surgical surname surprise surprised surprises surprising
    surprisingly surreal surrender surround surrounded surrounding surveillance survey survival survive
    survived surviving survivor survivors sushi suspect suspected suspects suspend suspended suspense
    suspension suspicion suspicious sustain sustained swag swallow swallowed swallowing swamp swan swap
    swear swearing sweat sweater sweating sweaty swedes sweep sweeping sweet sweetest sweetheart sweetie
    swelling swift swim swimming swine swing swinging swings swiss switch switched switching swollen
    sword sworn symbol symbolic symbols sympathetic sympathy symptom symptoms synagogue sync syndrome
    syntax synthesis syrup system systematic systemic systems table tables tablets tachycardia tackle
    taco tacos tactic tactics tag tagged tagging tags tail tails take taken takeover takes takin taking
    tale talent talented talents tales talk talked talking talks tall taller tank tanks tantrum tape
    tapes target targeted targeting targets tart task tasks taste tastes tasting tasty tattoo tattoos
    taught tavern tax taxes taxi taxonomy taxpayer taxpayers tea teach teacher teachers teaches teaching
    teachings team teammates teams tear tearing tears tease teasing tech technical technically technique
    techniques technology ted tedious teen teenage teenager teenagers teens teeth telangiectasia
    television tell telling tells temp temper temperature template templates temple temples temporarily
    temporary tempted tempting ten tend tendencies tendency tender tends tennis tens tense tension tent
    term terminal terminate terminology terms terrible terribly terrific terrified terrifying territory
    terror terry test testament tested testicle testicles testicular testify testimony testing
    testosterone tests tetanus texas text textbook texted texting texts than thank thankful thankfully
    thanks thanksgiving thankyou that the theater theaters theatre thee theft their theirs them theme
    themed themes themselves then theology theories theory therapist therapy there therefore theres
    these thesis they thiamine thick thief thieves thigh thighs thin thing things think thinking thinks
    third thirst thirsty thirty this tho thoracic thorough thoroughly those thou though thought
    thoughtful thoughts thousand thousands thread threads threaten threatened threatening threatens
    threats three threw thrilled thriller thrive throat throats throbbing thrombocytopenia thrombosis
    throne through throughout throw throwaway throwback throwing thrown throws thru thug thugs thumb
    thumbs thunder thus thyroid tick ticket tickets tide tied tier ties tiger tigers tight til tildes
    till time timeline timer times timezone timing timothy tinder tingling tinker tiny tip tips tire
    tired tires tiresome tissue tissues title titled titles toast tobacco today todays toddler toddlers
    toes together toilet toilets token told tolerance tolerant tolerate tolerated toll tom tomato
    tomatoes tomcat tommy tomorrow ton tone tongue tonight tonite tons tony too took tool tools tooth
    top topic topical topics topped topping tops torch tories torn torture tortured tory toss tossed
    total totally touch touched touches touching tough tougher tour tourism tourist tourists tournament
    tours toward towards towel tower towers town towns township toxic toys trace track tracking tracks
    tract trade traded trader trading tradition traditional traditions traffic trafficking tragedy
    tragic trail trailer trails train trained training trains trait traitor traitors traits trans
    transaction transactions transdermal transfer transferred transferring transfers transform
    transformation transformed transgender transgenders transient transit transition translate
    translated translation translations transmission transmitted transparency transparent transphobia
    transphobic transplant transport transportation trap trapped trash trashy trauma traumatic
    traumatized travel traveled traveling traveller travellers travelling travels travis treason
    treasonous treasure treat treated treating treatment treatments treats tree trees trek tremendous
    tremor trend trending trends trial trials triangle tribal tribe tribes tribute trick tricked tricks
    tricky tried tries trigger triggered triggering triggers trillion trip triple tripping trips trisomy
    triumph trivia trivial troll trolling trolls troops trophy tropical trouble troubled troubles trough
    truck trucks true truly trump trumps trunk trust trusted trusting trustworthy truth truthful truths
    try trying tsunami tube tuberculosis tubes tubular tucker tuition tummy tumor tumors tune tuned
    tunnel turd turkey turks turn turned turner turning turns turtle tusk tutorial tweet tweeted
    tweeting tweets twelve twenty twice twilight twin twink twins twist twisted twisting twists twit
    twitch twitter two tyler type typed types typical typically typing typo tyranny ugh ugliest ulcers
    ultimate ultimately ultra ultrasound umbrella unable unacceptable unarmed unattractive unaware
    unbearable unbelievable unbiased unblock unblocked unborn uncivil uncle unclean unclear
    uncomfortable uncommon unconscious unconstitutional unconstructive uncontrolled under underage
    undercover underdeveloped underestimate underground underlying undermine underneath underrated
    understand understandable understanding understands understood underwear undo undocumented undoing
    undone undoubtedly undue uneducated unemployed unemployment unethical unexpected unfair unfamiliar
    unfit unfortunate unfortunately unfunny ungrateful unhappy unhealthy unhinged unicorn uniform
    unimportant uninformed unintelligent unintentional union unions unique unironically unit unite
    united units unity universal universe universities university unknown unless unlike unlikely
    unlimited unnatural unnecessary unpleasant unpopular unprotected unreal unrealistic unreasonable
    unrelated unreliable unsafe unsigned unsourced unstable unsuccessful unsuitable unsure until unto
    untrue unusual unusually unwanted unwilling upcoming update updated updates updating upgrade uphold
    uplifting upload uploaded uploading upon upper ups upset upsetting upside urban urge urgent urgently
    urges urinary urination urine ursa usage use used useful useless user username users uses usher
    using usual usually uterine uterus utter utterly vacation vacations vaccinated vaccine vaccines
    vacuum vaginal vaginas vague vain valentine valid validate validation validity valley valuable value
    valued values valve vampire van vandal vandalise vandalising vandalism vandalize vandalized
    vandalizing vandals vanilla vanity vans vapid variable variables variant variation variations varies
    variety various vary varying vascular vasculitis vast vastly vector vegan vegas vegetables
    vegetarian veggies vehicle vehicles vein veins velvet vengeance venous vent ventricular venture
    venue verbal verbally verge verifiability verifiable verification verified verify verifying vermin
    versa verse verses version versions versus vertical very vessel vessels veteran veterans vets
    vetting via viable vibe vibes vice vicious victim victimhood victims victor victoria victory video
    videos vids view viewed viewer viewers viewing viewpoint views vile villa village villages villain
    vine vintage vinyl violate violated violates violating violation violations violence violent
    violently viper viral virgin virginia virginity virgins virtual virtually virtue virus viruses visa
    visas visible vision visit visited visiting visitors visits vista visual visually vital vitamin
    vitamins viva vocabulary vocal vodka voice voices void volleyball volume volumes voluntary volunteer
    volunteers vomit vomiting vote voted voter voters votes voting vows vulgar vulnerable wack wade
    waffle waffles wage wages wagon waist wait waited waiting wake wakeup waking wales walk walkaway
    walked walker walking walks wall wallet walls wanderlust wank wanna wannabe want wanted wanting
    wants war ward wardrobe wards warfare warm warming warmth warn warned warner warning warnings warns
    warped warrant warren warring warrior warriors wars was wash washed washing waste wasted wastes
    wasting wat watch watched watches watching water waterfront watering watermelon waters wats wave
    waves waving way ways weak weakened weaker weakness wealth wealthy weapon weapons wear wearing wears
    weasel weather weave weaver web weber webpage website websites wedding weddings week weekend
    weekends weekly weeks weigh weight weights weird weirdly weirdo weirdos welcome welcomed welcoming
    welfare well wells welsh went were west western westerners wet whack whale what whatever whats
    whatsoever wheel wheelchair wheels when whenever where whereas wherever whether which whichever
    while whilst whine whining whiny whip whipped whiskey whisper whistle white whiteness whites whitey
    who whoa whoever whole wholesome wholly whom whoop whoops whose why wicked wide widely wider
    widespread widget widow width wife wiki wild wildlife wildly will willfully willing willingly win
    wind window windows winds wine winery wing wingers wings wink winner winners winning wins winter
    wipe wiped wiping wire wired wisdom wise wish wished wishes wishing wit witch witches with withdraw
    withdrawal withdrawals withdrawing withdrawn withdrew within without witness witnessed witnesses
    witty wives wizard woke wolf wolves woman womb women won wonder wondered wonderful wondering
    wonderland wonders wont wood wooden woods woody word wording words wore work worked worker workers
    workflow workforce working workout workplace works workshop world worlds worldwide worm worms worn
    worried worries worry worrying worse worsen worship worshipping worst worth worthless worthwhile
    worthy would wound wounds wow wrap wrapped wreck wrestling wright wrist wrists write writer writers
    writes writing writings written wrong wrongly wrote xenophobic yahoo yard yards yawn yay yea yeah
    year years yeast yell yelled yelling yellow yep yes yesterday yet yids yikes yoga yoho york you
    young younger youngest your yours yourself yourselves youth yrs yuck yummy yup zebra zero zombie
    zombies zone zones zoo zoom
""")
