"""Innocent words that are spelt like a disguised one: data, and nothing else.

What `python -m benchmarks.collisions` prints for the word lists american-english-huge, british-english,
dutch, french, italian, ngerman and spanish of Debian 12 is here, but for words that are crude themselves
("fuckup", "lynchage"), and so are abbreviations of programmers and others ("prn") and what a run over
innocent posts brought up. They are left as they are.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INNOCENT = _words("""
    aanhang aanland aarse aases aboutasse aboutasses aboyasses absentarse absentasses absorbasses
    acceptasses accidentasses aces achat acock actasses acuman adaptasses adieso admiralstab adoptasses
    affairasses affectasses aglee agli agly aidasses aimasses airasses airgun airguns ajustasses akshit
    alarmasses alarmbellen albumhoes alertasses alignasses allasse allasses alsdan altercating
    alterloser amanal amass amasses ambisexual amenasses anaal anacin analcite analcites analemma
    analisi ananas anas anbellen anbellend andasse andassi andie anhang anicca aniccas anidio anisasses
    ankies annal annotasses annotassi annusammo annusare ans anstandsloser antidrug antidrugs
    antidrugsbrigade antidrugsoperaties antierotic antigun antiguns antihomosexual antimarijuana
    antinazi antiporn antipornographic antipornography antiprostitution antirape antirapes antisex
    antisexual antisuicide antiterrorism antiterrorist antiterrorists antiweed apersonarse apparentasses
    apparse arce arcedo archdukes ares argumentasses arke armasses armloser aromatherapist
    aromatherapists arrayanal ars arsed arsenite arseno ashkenazi aspectasses aspic aspics assailments
    assam assaria assart assarts assassina assassinare assassinasses assassinat assassinati assassini
    assay assayable assbackwards assclown asse assed assenter assenters assess assessable assessing
    assessore assestaste assestate assesto asseye asseyes assface asshat assi assignasses assis assisi
    assisis assistasses assisto assit assoil assoiled assoils assoldare assoldati assoldi assole assoles
    assona assonasses assone assones assonions assunto assurgencies assurgency assurgent asswage
    asswaged asswages asswaging attachasses aushole autoerotic autoerotically autosexing babs backhoe
    backhoes backstab backstabbed backstabbing badass badasses baddie baddies badgeasses bagass bagasses
    ballasses ballcock ballcocks bananal bandasses bandied bandies bandying bankhangen bastaard
    bastaardkind bastaards bastaardspin bastar bastarda bastardear bastardelo bastardi bastardies
    bastardilla bastardillo bastardise bastardised bastardises bastardising bastardism bastardization
    bastardizations bastardize bastardized bastardizes bastardizing bastardo bastidon bathbomb bathbombs
    bayasses bbs beamer beamers beanshooter beardie beardies bedamn bedamned bedide bedien bedild
    bedrape bedraped bedrapes bedraping bedroog bedrug bedrugs bedyed bedyeing bedyes beech beechbottom
    beechdrops beeches beeching beechnuts beechwood beechy beenah beenahs beenas beendroog begunstiger
    begunstigers behang behangen behatted behet belangloser belled bellen bellendem bellenman
    bellenspoor beloer bemerking bendes benedicks beniger bepeins bepreek berapen berappe besloot beslut
    besluta beslutas betist beuna beurse beurze bewaker bewakers bewhore bgn bich biches bichez bichof
    bichon billasses billycock billycocks bindweed bioterrorism birch birches birching birchleaf
    birchtree birchwood bishan bishes bishopweed bishwas bitasses bitche bitched bitchen bitcheries
    bitchery bitchier bitchiest bitchily bitchin bitchiness bitchinesses bitterweed bizzoso blackcock
    blackcocks blacksnakes blanketweed blessasses blewanus blindasses blowgun blowguns bluetits blueweed
    bmp bmps bnr bobo bobos bobs bollock bollocksing bomba bombable bombages bombais bombait bombam
    bombas bombasses bomben bombenalarm bombenfest bombenform bombenterror bombera bombig bomblet
    bomblets bombload bombloads bombona bombproof bombshell bombshells bombsight bombsights bombsite
    bombsites bombsquad bondasses boneshaker boneshakers boobie boodie boodied boodies boodying
    boombladen boonies boons boonstaken boos boosman bornasses bossasses botch botches botching botchy
    boutasses boxasses boychik boychiks boycottasses bradasses braindead brainfag branchasses
    bridgeasses briefasses broomrape broomrapes brunchasses bstr btn bubs bullasses bulldyke bulldykes
    bullshido bullshits bullshitted bullshitter bullshitters bullshitting bullshot bullsnakes bullweed
    busasses bushkill bushtits bustard bustards butanal butasses butches butching buttasses butterdocks
    butterweed buzzbomb buzzkill buzzkills cabalasses calmasses cammen camminammo camminare campasses
    campsheeting canardes canasse canasses canasson cancanasses candeda candide candido candie
    candlebomb candocks candyass candyasses candying cannabic cannabisbrief cannabisclub cannabisclubs
    cannabiscup cannabislogica cannabisplant cannabisplantage cannabisplantages cannabisplanten
    cannabisproduct cannabissector cannais cannonasses canonnades cants capitaliser carbomb carbonnades
    cardasses cardie cardies carpetweed cartasses cartelliser catchasses catchweed catskill catskills
    catting cawcher cawk cfg challengeasses changeasses chantasses chargeasses charmasses charmerons
    chemotherapist cherrybomb chickenshit chickenshits chickweed chik chiks chinasses chins chinstrap
    chipasses chit chitin chiton chits chitty chopasses chunks chut chuter chuting cions clamasses
    clapasses classasses clearcutting cleverdick cleverdicks cliffhang cliffhanging clitoric cloot
    cloots cloudporn cloutasses clt clts cns cnt cntr cnts cnut coachasses coccis cockabully cockapoo
    cockapoos cockbill cockbilled cockbilling cockbills cockbird cockbirds cockblock cockblocked
    cockboat cockboats cockburn cockcrow cockcrows cockeye cockeyed cockeyes cockface cockfight
    cockfighting cockfightings cockfights cockhorse cockhorses cockled cockmatch cockmatches cockpaddle
    cockpits cockroach cockroachs cocksfoot cockshot cockshots cockshut cockshy cocksparrow cockspurs
    cocksure cocksurely cocktails cocktease cockthrowing cockup cockups coincions coldcock coldcocks
    coletits collectasses colonnades colorasses commandasses commentasses comparse comparses compass
    compassed compasses complexasses complimentasses concernasses concertasses confirmasses conformasses
    confrontasses connectasses cono conoto consistasses consultasses contactasses contasses contentasses
    contestasses contractasses contrapechar contrapeso contrastasses convocating cooms coona cooncan
    cooncans coondog coondogs coonin coonskin coonskins coonties coos copycatting coqs cordasses
    cornasses cottonweed couchasses counterterrorism counterterrorist counterterrorists counterthreat
    coupasses cousinasses cowweed cpm cpu crampsasses crapshoot crapshooter crapshooting crawlasses
    crazyweed crossasses crosscutting crowdie crowdies css ctfu ctx cuman cumana cumback cumbe cumbent
    cumbias cumby cumi cummington cummingtonite cutin daddies dahoe dammed damna damnabilities
    damnability damnable damnaient damnas damnasse damnassent damnasses damnassiez damnassions
    damnations damnatory damndest damndests damne damneder damnedest damnedests damnera damnerai
    damneraient damnerais damnerait damneras damnerez damneriez damnerions damnerons damneront damnes
    damnificador damnificadora damnificar damnification damnifies damnifying damnions damnit datasses
    datenight daymare dbg dck dcks dct dcts deadass deadbeats deadbird deadbolts deadborn deadend
    deadeye deadeyes deadfall deadfalls deadhand deadhead deadheaded deadheading deadheads deadhouse
    deadlift deadlifted deadlifting deadliftparty deadlifts deadlight deadlights deadlined deadlines
    deadliness deadlining deadlink deadlinks deadlock deadlocked deadlocking deadlocks deadman deadmen
    deadname deadnames deadpay deadpool deadstock deadstroke deadweight deadweights deadwood deadwoods
    deadwork deadzone deadzones deathbed deathbeds deathblow deathblows deathcore deathcup deathcups
    deathday deathless deathlike deathliness deathmatch deathmetal deathpenalty deathrate deathray
    deathsman deathsmen deathstar deathtrap deathtraps deathvalley deathward deathwards deathwatch
    deathwatches deathwish dedain deeing deek deekman deerweed deet deeth deetman deewan deid dekan
    dekanat dekanin demandasses designerdrug designerdrugs deskilled deskilling deskills dessertporn
    dickbrain dickdarms dickester dickface dicklichen dickon dickpic dickpics dicksonia dickstem
    dicksten dickster dickstes dickwad dickweed diddies dido didos dieback diebacks diebe dieben diecast
    diedi diedrich diegene diehard diehards dieing dieke diekes diekman diemaker diemakers diemen
    diemens dien dieoff dieper dieping dierick diesi diesis diestock dieted dieverse diez digusting dike
    dikes dikkat diks dikshit dimensionsloser dipshits discloser disclosers discordasses discusses dise
    disgusing diskurses diskusses divebomb divebombing divebombs dld dns docks documentasses dodman
    dogans dolosa donazione donazioni doorbellen doorhang doorhangen doorschoot doorspreek dorpst
    dragcon dragonnades drags dragsman dragsmen drainasses dramadies dressasses drg droog droogloop
    droogmachine droogmachines droogmaking droogoven droogramen droogs droogscheer droogstand
    droogstoken droogtunnel droogzolder dropasses drugbaron drugdealer drugdealers drugget druggets
    druglord druglords drugmaker drugmakers drugnota drugoverlast drugrunner drugrunners drugsbaron
    drugsboot drugsbrigade drugsbureau drugscene drugscircuit drugscontrole drugscontroles drugsdeal
    drugsdealer drugsdealers drugsdeals drugsexpert drugsexperts drugsinfo drugsinfoteam drugskater
    drugskaters drugslord drugsmarkten drugsmilieu drugsmonitor drugsnota drugsoverlast drugsrunner
    drugsrunners drugsscene drugssector drugsteam drugstest drugstests drugstore drugstores
    drugstransport drugswet drugswetten drugswinsten drugteam drugtest drus dst duckweed dugs dukes
    dukeships dumbahh dumbshit durgan dyck dyckman dyed dyeing dyes dyk dyked dykk ecstasis
    emotionsloser encourageasses endloser engageasses erektion erotically erotik escorchar escorta
    escortage escortais escortait escortas escortassent escortasses escortbureau escortbureaus escortent
    escortera escorterai escorterais escorterait escortgirl escortgirls escortons escortsector
    escortservice escortservices escot escots esortammo esortare esra essayasses exceptasses exemptasses
    existasses expansionarse explicitasses exploitasses exportasses facer facers fack facked facking
    facks facs fagan faggoting faggotings faggotries fagin faglie fagot fagotages fagotin fagots fagotto
    fagus faker fakers fanasses fanwhore faqs fartasses fct fcts feminazi feminazis fenton fetich fetisj
    fetisjclub fetisjclubs feverweed fgs ficker fickerin fickers ficks filmasses filmisnotdead
    filterloser fingerdick fingerhutes firebombs fireweed fishkill fishkills fistfuck fistfucked
    fistfucken fistfucking fistfucks fixasses flairasses flashasses flashgun flashguns fld flds
    flirtasses fluasses fondasses fontanal foodporn foodpornography fook fooks footfetish forasse
    forasses forassi forcions forlana formasses formatasses formerons formloser formoles foulasses
    fraudasses friedloser fuckboy fuckboys fucken fuckery fuckfaces fuckhead fuckheads fucknut fucknuts
    fuckstick fuckwad fuckwads fugs fundie fundies gainasses gamecock gamecocks gangrape gangraped
    gangrapes gans ganz generalsstab generalstab genocidaal genocidally genocidewet genozide germasses
    giantkiller girlswithguns gladdie gladdies glandasses glasscock glenhayes gnd gnus goatweed godasses
    goddamned goddamning goddamnit godiez golosa gonade gondes gonked gools goon goos gousses gps gpu
    grabbelend greenweed grillarse grillasses grimasses groupasses grp grps gulfweed guna gunbarrel
    gunboat gunboats guncontrol guncotton gunda gundeck gundog gundogs gunfight gunfighter gunfighters
    gunfighting gunfights gunfire gunfires gunfought gunhouse gunk gunlaws gunlayer gunlayers gunlock
    gunlocks gunmaker gunmakers gunmetal gunn gunowner gunowners gunpaper gunpapers gunplay gunplays
    gunpoint gunpoints gunport gunpowder gunroom gunrooms gunrunner gunrunning gunship gunships gunshot
    gunshots gunsing gunslinger gunslingers gunsmith gunsmiths gunsten gunstick gunsticks gunstiger
    gunstock gunstone guntown gunviolence gunwales gurdon habitasses haddie haddies haes haircutting
    haker halfcock halfdead haltloser hancock handbellen handdroog handgun handguns handshaker
    hangability hangbird hangbirds hangcloset hangcontainer hangdog hangdogs hangen hangend hangfire
    hangfires hangglide hanggliding hangi hanglamp hanglip hangmap hangnail hangnails hangnest hangnests
    hangon hangout hangouts hangovers hangplant hangslot hangtag hangtags hangtime hangtoilet hangups
    hangwater harassasses hardass hardasses harddrug harddrugs harddrugsscene hardporno hared hares
    harmannus harmloser hateable hatecrime hatecrimes hatefuck hatefully hategroup hateless hatemail
    hatemonger hatemongers hatespeech hatewatch hatewatching hateworthy hatt hatte hatted hatton
    havelozer hayed hayes hdr headass headasses headbomb hearse hearses heathcocks hedie heilloser
    heillozer herdics herdman herin herinnerd herkies herniaria hernie hernieuses heroicomic heron
    heroon hersasses hispano hitchcocks hitlerisme hitlerite hitlerregime hngs hoebe hoeben hoecake
    hoecakes hoedown hoedowns hoei hoein hoeis hoek hoekman hoekwant hoelang hoemade hoesten hoestend
    holocaustmuseum holocausto holysloot homoerotic honeymoons honorasses hookah hookahs hookas hooke
    hookerton hooted hopelozer hornie horniman hornito hornyhanded hornyhead hornyheads horseshits
    horseshoe horseshoes horseweed hory hose hoseman hosemen hourdie hourdies howdie howdied howdies
    howdying hst hts humorloser hutes hutt hutton hybridasses hydrotherapist hypersexal hypersexual
    hypersexuality hypnotherapist ianal icoon idied idiome idiomen idiota idioti idioticon idioticons
    idiotin idiotisa idiotisas idiotisassent idiotisasses idiotisera idiotiserai idiotiserais
    idiotiserait idiotisme idiotismen idx illusionsloser imageasses impactasses importasses inbellen
    incants incesable incessent incestdrama incesti incestmonster incesto incettaste incetto inclut
    indexasses indics indien indroog induing inestable informasses ingans inhaker inhangen injectasses
    inniger innocentasses inprik insistasses insloot installasses insultasses intentasses internetbellen
    internetporno internetpornofilter intersexual interviewasses invagina invaginai invaginais
    invaginait invaginated invalidasses inventasses ionisasses ironweed islamterrorist itchweed
    jacassent jacassons jackasseries jackasses jerkasses jobshares jointasses jumpasses justgoshoot kant
    kanton kants kantsteen kashmirunderthreat keas keel keeled keeler keelers keeling keelman keelmen
    keels keelson kees kickass kiddied kiddying kiek kieks kies kiesman kiks kila kildare killable
    killas killbrand killbuck killcam killcams killcow killcows killcrop killcrops killdeer kille killen
    killend killerbee killerin killerprogramme killerprogrammen killerrobot killerrobots killerrobotten
    killersinstinct killfeed killington killjoy killjoys killona killshot killshots killstreak
    killstreaks killswitch killt killten killtest killzone kilt kinderloser kingsnakes klitoris kluts
    kock kokkin koks koller kollergang kollers kollertest koog koon kullertest kuntz kutten kyes
    kylertown labelliser labourasses ladykiller ladykillers lakshit lambkills lampasses lana lanado
    lanais lasarse lasergun laserguns layasses leganal lemonweed lestasses letterbomb letterbombs
    liftasses limitasses linch lipschitz liquidasses liseron listasses litasses lithate loca locoweed
    lodertest loer loeris logopenic loker lokers looser losa losado losar loserem losschoot losser
    lossers lovetrumpshate loza lozer lozers lunchasses lustloser lych lyncha lynchages lyncher lynchpin
    lynchtest machinegun machineguns mailbomb mailbombing mailbombs mainecoon mainecoons majorasses
    manageasses mananas manassa manasse manasses mandie mandiez mangnus mansardes manwhore manwhores
    marchasses marder marders marginasses marihuana marihuanaplant massasses masskilling masskillings
    massshooting massshootings matchasses matelozer mayweed meases mechanotherapist medeis
    medicalcannabis medick medicks medics medie medien megadeath megadeaths megans mekkes melosa menaces
    menais menasse menasses menassi mendes mendie mendies mendiez mentiti menues messstab mesuts
    methamfetamine methamphetamines methan methos methought methoxide methoxides metrosexual mgmt mgr
    micromoles micropenis middies middlesex milestones milieuterrorist milkweed minasses mindfuck
    mindfucked mindfucking mindfucks minorasses mirons mixasses mixstab modelasses modicum moest moles
    molesta molestais molestait molestar molestare molestas molestassent molestasses molestaties moleste
    molesteer molestent molestera molesterai molesterais molesterait molesteras molestes molesti molesto
    molestons moletages moleter molettent moons moonscape moonstone moonstruck morin morn mornin morns
    moro moronda morondanga morondo morongo moroni moros moroso morrongo mothafucka mothafuckas
    mothafucker mothafuckin mothafucking motorhoes mrd msg msgs msn mth muchasses muhfucka muleshoe
    multidrug multiskilled multiskilling murderedbywords murderee murderees murderess murderesses
    murderously murderousness murderousnesses murer murons muthafucka muthafuckas muthafucker
    muthafuckin myases mythos nais naled naturalcannabis naziarts nazibewind nazie nazies naziminister
    nazione nazioni nazipropaganda naziregime naziregimes nazirite nazirites naziskins nazisme nbr nds
    neckweed nides niger nigers niggah niggahs niggarded niggarding niggardize niggardized niggardizes
    niggardizing niggardliness niggardlinesses niggardly niggards niggerdom niggerhead niggering
    niggerisms niggerling niggerlings nigher nippe nippel nippels nippering nippes nippled nodelozer
    nondrug nonerotic nonhomosexual nonsexual nordie nordies notasse notasses notassi npm nues nuked
    nullardes objectasses octopussy ofidio onancock ongans ongunstiger onkies ontwast openhangen opiod
    opiods opoid opoids oppressasses orangeasses organdie organdies orgas orgasme orgasmen ourdie
    ourdies outbitch outbitches outbitching outkilled outkilling outkills outrageasses outshoot
    outshooting outweed overassess overcutting overdie overdoe overdoes overdosages overdosering
    overdoses overdosis overdyeing overhang overhangen overhanging overhate overhated overhates overkill
    overkilled overkilling overkills overpeins oversekst oversexed overshoot overshooting
    paedogenetically paedotribes pageasses painkiller painkillers painkilling palmasses pandanuses pano
    panoso pansexual paperasses paperhanging parachuter parachuting paradies parameterloser parasexual
    parasuicide parasuicides parikshit partydrug partydrugs passasses passee passi passibile passie
    passies passiever passieweek passimeter passymeasure patentasses patientasses patriotardes payasses
    pdf pds pedis pedobaptism pedobaptist pedobear pedofilia pedogate pedogenesis pedogenetic pedologic
    pedological pedologically pedometer pedometers pedophilic pedotribe pedotrophy peds peins peis peni
    penisland penisplant penisring penistone pennis pens pensare pensi pensiline pension pensiones
    pensions percoct perdie permanentasses pern pernis perno pernochar persistasses personalstab
    personarse pesos petcock petcocks photobomb photobombed photobombing photobombs photoshoot
    photoshooting photoshoots photoshop phuc phuket physiotherapist pigweed pillardes pillasses
    pilotasses pinasses pinchcocks pinhooker pinhookers pinprick pinpricks pinweed pissasses plainasses
    planasses planloser plantasses plugugly pns pointasses pokeweed pondweed pono popgun popguns
    poppycocks popweed pornobusiness pornofilm pornofilms pornofilter pornografie pornographic
    pornographically pornographie pornoshow pornoshows pornosite pornosites pornostar pornostars
    pornovideo poro poroso poroto portasses posasses postanal postasses postdrug postholocaust potass
    potasses potgun powerbomb preanal precutting predeath predeaths preek presidios pressasses
    pressrooms prickled prickliness prickwood prickwoods prik prikstaking primearse prn prns
    problemloser prodrug prodrugs profitasses programmerons progressasses progun promusses pron pronazi
    prono pronograde pronome pronomen pronomens pronto propanal prosecuting prospectasses prostitue
    prostitues prostituted protestasses pss psy psychoanal psychosexual psychotherapist psychotherapists
    ptosis ptr ptrs pudsy purgeasses pusses pussycat pussycats pussyfoot pussyfooted pussyfooter
    pussyfooters pussyfooting pussyfoots pussytoes pussywillow pussywillows pyramidasses radiotherapist
    radiotherapists raes rageasses rainasses rakshit ramasses ramenasses randie randies rangeasses rapea
    rapeaba rapeable rapean rapeando rapen rapendo rapeoil raperesti rapeseed rapeseeds rapiat rapiats
    rapin rapinis rapista rapisti rappe rapped rappelions rappist raps rapst rapt rarefacer ratasses
    ratloser reapretar reardan reardon rebelarse recordasses refermerons reformasses regardasses
    relationshit relaxasses rentasses repairasses reportasses resol resolvent respectasses restasses
    restloser retar retarda retardada retardado retardador retardadora retardai retardaient retardais
    retardait retardant retardants retardas retardasse retardassent retardasses retardassiez
    retardassions retardataire retardataires retardate retardates retardateur retardateurs retardatie
    retardaties retardations retardativa retardative retardativo retardatoria retardatorio retardatory
    retardatrice retardatrices retardatriz retarde retardeerde retardement retardements retardera
    retarderai retarderaient retarderais retarderait retarderas retarderen retarderez retarderiez
    retarderions retarderons retarderont retarders retardes retarding retardions retardment retardments
    retardo retargets retrad retrousses rgb richardes richweed ridasses ringardes ringsloot riotasses
    riotgun riotguns ripasses riverweed roadkill roadkills robasses rockweed romancions rooped rooping
    rowdies rps rpt rpts rsp rst ruinasses rupe rupin rushdie sabbed sabbing salearse salesrooms
    sandwichasses sank sassasses satrape satrapes scalpasses scampassi scatterguns schmuckloser
    schoolbellen scratchasses sct scts sdk seacock seacocks seaweed secondasses secs sects segmentasses
    seid sekst sekstapes seksten seksual sellasses seminude semipornographic semipornography semiskilled
    separabilities separability separable separammo separare separat seqs sessa sexbot sexbots sexed
    sexi sexing sexisme sexismen sexlife sexpert sexpot sexpots sexsmith sexta sextain sextan sextape
    sextapes sexte sexten sexteto sextil sextiles sextina sextings sexto sexton sextonship sextonships
    sextuplets sextuplions sexuado sexualem sexualisa sexualisas sexualisasses sexualised sexualisera
    sexualism sexualisme sexualist sexualists sexualities sexualization sexualizations sexualize
    sexualized sexualizes sexualizing sexus sharpshooter sharpshooting shd sheatfish sheather sheathers
    sheats shebeener shebeeners sheeeit sheeit sheeting sheety sheit shirting shirty shist shitakes
    shitheads shiting shitless shitlist shitlists shitlord shitpost shitposter shitposting shitposts
    shitshow shitstorm shittahs shittake shittakes shittier shittims shittimwood shittimwoods shittu
    shitwork shoo shooing shoota shootable shootais shootait shootaround shootarounds shootas
    shootassent shootasses shootdown shoote shootera shooterai shooterais shooterait shooteras shootout
    shootouts shopt shoreweed shortcutting shotguns shothole shroom shuting shuts shuttlecocks sics
    sideshoot signalasses signasses silkweed silverweed sithole sittenloser sixgun sixshooter sjw
    skipass skipasses slank slat slather slaton slats slaty slipsheeting slits slitty sloot slootmans
    sloots slootwater sluta slutshame slutshamed slutshaming slutten sluttier slutwalk smartass
    smartasses smartdrug smartdrugs smartweed smashasses snakeweed snapshoot snapshooter snapshooting
    snapweed snk snug soares sociosexual sockfetish softdrug softdrugs softish softporno sohot solana
    soldasses someth somewheres sondes sonsofbitches soot soother sooting sothos soupasses sourpusses
    sourse spanloser spc spearguns speecher speek spica spicas spicate spiccando spiccare spiccaste
    spiralasses spivs springgun sql src ssl ssn stabled stablest staffasses starnazzi stb stbs stickweed
    stinkbomb stinkbomben stinkbombs stinksloot stinkweed stockasses stonecutting stoopit stopcock
    stopcocks stormcock str stranglehold strangleholds strangleweed straphang straphanging strappassi
    stressasses strs stubbed stubbing studdie studdies studdying stuf stuped stupida stupidate stupidem
    stupidester stupidi stupido stupidphone stupito subskill subskills suicida suicidais suicidait
    suicidare suicided suicidesquad suk sult sultan superbitch superbitches superbomb superbombs
    supergun superguns superorgasm superorgasms supportasses surfasses suspectasses synchrony
    systemloser tablethoes talentloser tallasses tapenades tats taxasses teats teddie teddies
    temperamentloser tentasses terrorisme terrorismus terrorista terroristi terroristin testasses thegns
    therapeuses thespis thewalkingdead thors thorstens thos thost thotiana thoughtways threadid
    threading threaping tht thts tiercions tilanus tillasses timeshares tist titi titian titti tittie
    tittup tittuping tks tls tmp toastasses toazes todies toeschoot toeshoe toeshoes toespreek togoos
    toisasses tokkie tomasses tomerons tomtits tondes tondue tondues tonked tonloser tonuses topasses
    torchasses tots totties totty touchasses tousses tractasses traitasses trannie transexual
    transformasses transitasses transparentarse transplantasses transportasses transsexual
    transsexualisme trapshooter trapshooting trekbellen trivialiser trn troubleshoot troubleshooted
    troubleshooter troubleshooting trunnion trustasses tts tuls tulsan tumbleweed tumbleweeds turncock
    turncocks tutties tutty twas tways twistasses twt tyty ugli uglysweaterparty uithang ulsda umfing
    undercutting undersexed undershoot undershooting undraped unisexual unskilled upases updike updrags
    uphang uphanging uppercutting upshoot upshooting urape urce urgeasses urzeit usasses vagin vaginally
    vaginated vagins vaina validasses vandyke vandykes veinardes veinasses ventanal ventasses vergebener
    victimasses videobellen videoshoot violentasses visitasses vitaminasses waker wakers wallkill
    wanderstab wanke warrantasses washoe washoes waterbellen watershoot waterweed weathercock
    weathercocks wede weeda weedas weedsport weedwacker weedwhacker wher wheres whitegenocide whl whored
    whoredom whoredoms whorehouse whorehouses whoreish whoremaster whoremasterly whoremasters
    whoe whoremonger whoremongers whorepresents whoreson whoresons whr widerstandsloser wikihate wildcatting
    winddroog windgun windies windwaker winterkill winterkilled winterkilling winterkills wiseass
    wiseasses witchweed woodcock woodcocks woodcutting workshopt yaas yaass yas yass yellowweed zeks
    zlatan zoomasses
""")

DOUBTFUL = _words("""
    acz ahs anaal asse assole assoles azs bastaard bastaards bastar bich biches bichez bitche bstrd cck
    cex cnt cnts cnut coc cok coona coq damne dck deeth dic dik diks diq drg drgs droog dyc dyck dyk
    dykk dyks erektion escorta fagot fagots fak ficker fickers ficks fook fooks fuc fuk fuq guk haker
    hatt hernie hornie hrny hte kic kiks kil kille killt koc kock kok koks koq kunt kunts kuntz kyk kyl
    loer losser lossers lozer lozers murer nazie nazies nigers niggah niggahs nippel nues overdoe passi
    pds pedofilia peins peis pennis perno pns pono poro prik prn prono rapin rappist retar rps seksual
    sheats shittu shoota sht shts sithole sloot sloots sluta spc stb stbs stuf sult sxe thost tist titti
    tts tulz twts ugli uzs vagin wanke whoe whr zeks zex
""")
"""Spellings that are no word of English: in bad company they are respellings all the same."""

DOUBTFUL_NOUNS = _words("""
    bich biches bichez bitche cnts dck dcks dik fagot fagots kunt kunts nigers niggah niggahs peins pennis
""")
"""Those of DOUBTFUL that are read behind "a", "this" or "your" as well, where no name stands."""

DOUBTFUL_VERBS = _words("""
    fook kil kyl
""")
"""Those that are read behind "to" or "will", and before "you" or "them"."""
