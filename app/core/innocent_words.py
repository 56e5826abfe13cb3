"""Innocent words that are spelt like a disguised one: data, and nothing else.

What `python -m benchmarks.collisions` prints for the word lists american-english-huge, british-english, dutch,
french, italian, ngerman and spanish of Debian 12 is here, and so are abbreviations of programmers and others
("cnt", "prn") and what a run over innocent posts brought up. They are left as they are.
"""

INNOCENT = frozenset("""
    phuc bich suk phuket
    aanhang aanland aarse aases aboutasse aboutasses aboyasses aces achat acock acuman adieso aglee agli
    agly ajustasses alarmbellen allasse allasses alsdan altercating alterloser anaal anacin analisi
    ananas anas anbellen anbellend andasse andassi anhang anidio anisasses ankies annal annotasses
    annotassi annusammo annusare ans anstandsloser antidrug antidrugs antidrugsbrigade
    antidrugsoperaties antierotic antiguns antimarijuana antinazi antiporn antipornographic
    antipornography antiprostitution antirape antirapes antisexual antisuicide antiterrorism
    antiterrorist antiterrorists apersonarse arce arcedo archdukes ares arke aromatherapists ars arsed
    aspic aspics assassina assassinare assassinasses assassinat assassinati assassini assay assayable
    asse assed assess assessable assesto assi assis assisi assisis assisto assit assoldare assoldati
    assoldi assole assoles assona assonasses autoerotic autoerotically autosexing babs backstab
    backstabbed backstabbing ballcocks bankhangen bastaard bastaardkind bastaards bastaardspin bastar
    bastarda bastardear bastardi bastardo bbs beamer beamers beanshooter bedamn bedamned bedide bedien
    bedild bedroog bedrug bedrugs bedyed bedyeing bedyes beech beechbottom beechdrops beeches beeching
    beechnuts beechwood beechy beenah beenahs beenas beendroog begunstiger begunstigers behang behangen
    behatted behet belangloser belled bellen bellenman bellenspoor beloer bendes beniger bepeins bepreek
    berapen berappe besloot betist beuna beurse beurze bewaker bewakers bewhore bgn biches bichez bichof
    bichon billycocks birch birches birching birchleaf birchtree birchwood bishes bitched bitchen
    bitchin blackcocks blacksnakes blowguns bmb bmp bmps bnr bobo bobos bobs bollock bollocksing bomba
    bombable bombages bombais bombait bomben bombenalarm bombenfest bombenform bombenterror bombig
    bomblets bombload bombloads bombona bombproof bombshell bombsight bombsite bombsites boneshaker
    boneshakers boobie boonies boons boonstaken boos boosman botch botches botching botchy boychik
    boychiks btn bubs bulldyke bulldykes bullshits bullshitting bullshot bullsnakes bushkill bustard
    bustards butches butching butterdocks buzzbomb buzzkill buzzkills cammen camminammo camminare
    campsheeting canardes canasse canasses canasson cancanasses candeda candide candido candie candocks
    candying cannabic cannabisbrief cannabisclub cannabisclubs cannabislogica cannabisplant
    cannabisplantages cannabisproduct cannabissector cannais canonnades cants capitaliser carbonnades
    cartelliser catskill catskills catting cawcher cawk cck cfg charmerons cherrybomb chickenshits chik
    chiks chins chinstrap chit chitin chiton chits chitty chunks chut chuter chuting cions clearcutting
    cleverdicks cliffhanging clitoric cloot cloots cloudporn clt clts cns cnt cntr cnts cnut cockabully
    cockcrows cocksfoot cockup coincions coldcocks colonnades compassed cono conoto contrapechar
    contrapeso convocating cooms coona cooncan coos copycatting coqs counterterrorism counterterrorist
    counterterrorists counterthreat cpm cpu crapshoot crapshooter crapshooting crosscutting css ctx
    cuman cumana cumi cummingtonite cutin dammed damna damnabilities damnability damnable damne damnes
    damnit dbg dct dcts deadbeats deadbird deadborn deadeyes deadfall deadfalls deadhand deadhead
    deadheaded deadheading deadheads deadhouse deadlift deadlifted deadlifting deadliftparty deadlifts
    deadlight deadlights deadlined deadlines deadlining deadlock deadlocked deadlocking deadlocks
    deadman deadmen deadname deadnames deadstock deadstroke deadweight deadweights deadwood deadwoods
    deadwork deadzone deadzones deathbeds deathblow deathblows deathcup deathcups deathless deathlike
    deathmetal deathrate deathsman deathsmen deathtrap deathvalley deathward deathwards deathwatch
    deathwatches dedain deeing deek deekman deet deeth deetman deewan deid dekan dekanat dekanin
    designerdrug designerdrugs dessertporn dickdarms dickon diddies dido didos diebe diedi dieing dieke
    diekes diekman diemen dien dieoff diesi diesis diez dike dikes diks discloser disclosers discusses
    dise diskurses diskusses divebomb divebombing divebombs dld dns docks dodman dogans dolosa donazioni
    doorbellen doorhangen doorschoot doorspreek dorpst dragcon dragonnades drags dragsman dragsmen drg
    drgs droog droogloop droogmachine droogmachines droogmaking droogoven droogramen droogs droogscheer
    droogstand droogstoken droogtunnel droogzolder drugdealer drugdealers druggets drugmaker drugmakers
    drugnota drugoverlast drugrunner drugsboot drugsbrigade drugscene drugscircuit drugscontrole
    drugscontroles drugsdeal drugsdealer drugsdealers drugsdeals drugsexpert drugsexperts drugsinfo
    drugsinfoteam drugslord drugsmonitor drugsnota drugsoverlast drugsrunner drugsscene drugssector
    drugsteam drugstest drugstests drugstore drugstores drugstransport drugteam drugtest drus dst dth
    dugs dukes dukeships durgan dyck dyed dyeing dyes dyk dyked ecstasis emotionsloser erektion
    erotically erotik escorchar escorta escortais escortait escortent escortgirl escortgirls escortons
    escortsector escortservice escortservices escot escots esortammo esortare esra facer facers fack
    facked facking facks facs faggotries fagin fagot fagotages fagotin fagots fagotto faker fakers faqs
    fct fcts fetich fetisj fetisjclub fetisjclubs fgs ficker fickerin fickers ficks filmisnotdead
    filterloser fingerhutes firebombs fishkill fishkills fistfuck fistfucked fistfucken fistfucking
    fistfucks flashguns fld flds foodporn foodpornography footfetish forasse forasses forassi forcions
    forlana formerons formloser formoles friedloser fucken fuckfaces fuckoff fugs gamecocks gans ganz
    generalstab genocidaal genocidally genozide giantkiller girlswithguns glenhayes gnd gnus goddamnit
    godiez golosa gonade gondes gools goon goos gousses gps gpu grabbelend grp grps guna gunk gunn
    gunstiger gurdon haes haircutting haker haltloser handbellen handdroog handguns handshaker hangen
    harddrug harddrugs harddrugsscene hardporno hared hares harmannus harmloser hateable hatefully
    hategroup hateless hatemail hatewatch hateworthy hatt hatte hatted hatton havelozer hayed hayes hdr
    headbomb heilloser heillozer herdics herdman herin herinnerd herkies herniaria hernie hernieuses
    heroicomic heron heroon hispano hitlerisme hitlerite hitlerregime hng hngs hoebe hoei hoeis hoek
    hoekman hoekwant holocaustmuseum holocausto holysloot homoerotic honeymoons hookah hookahs hookas
    hooke hooted hopelozer hornie hornyhanded hornyhead hornyheads horseshits hose hoseman hosemen hst
    hts humorloser hutes hutt hutton hypersexual icoon idied idiome idiomen idioot idioots idiota idioti
    idioticon idiotin idiotisa idiotisasses idiotisme idiotismen idx inbellen incants incesable
    incestdrama incesti incestmonster incesto incettaste incetto inclut indics indien indroog induing
    inestable ingans inhaker inhangen inniger inprik insloot internetbellen internetporno
    internetpornofilter invagina invaginai invaginais invaginait ionisasses islamterrorist jacassent
    jacassons jackasseries jobshares justgoshoot kant kanton kants kantsteen kashmirunderthreat keas
    keel keeled keeler keelers keeling keelman keelmen keels keelson kees kiddied kiddying kiek kieks
    kies kiesman kiks kila killable killas killbrand killbuck killcows killcrop killdeer kille killen
    killerin killerprogramme killerprogrammen killerrobot killerrobots killersinstinct killig killona
    killt killtest kilt kingsnakes klitoris kls kluts kock kokkin koks koller kollergang kollers
    kollertest koog koon kullertest kuntz kutten kyes kylertown labelliser ladykiller ladykillers lana
    lanado lanais laserguns letterbomb letterbombs linch liseron loca lodertest loer loeris logopenic
    loker lokers looser losa losado losar losschoot losser lossers loza lozer lozers lustloser lych
    lyncha lynchages lyncher lynchtest machineguns mailbomb mailbombing mailbombs mananas manassa
    manasse manasses mandie mandiez mangnus mansardes marder marders marihuana marihuanaplant matelozer
    meases medeis medicalcannabis medick medicks medics medie medien megadeath megadeaths megans mekkes
    melosa menaces menais menasse menasses menassi mendes mendie mendies mendiez mentiti menues messstab
    mesuts methamfetamine methos mgmt mgr micromoles micropenis milestones mindfucked mindfucking
    mindfucks mirons moest moles molesta molestais molestait molestar molestaties moleste molesteer
    molestent molestera molestes molesti molesto molestons moletages moleter molettent moons moonscape
    moonstone moonstruck morin morn mornin morns moro morondanga morondo morongo moroni moros moroso
    morrongo mrd msg msgs msn mth multidrug murderee murderees murer murons myases mythos nais naled
    naturalcannabis naziarts nazibewind nazie nazies naziminister nazioni nazipropaganda naziregime
    nazirite naziskins nazisme nbr nds nides niger nigers niggarding niggerhead niggering nigher nippe
    nippel nippels nippering nippes nippled nodelozer notasse notasses notassi npm nues nuked nullardes
    ofidio onancock ongans ongunstiger onkies ontwast openhangen orgas orgasme orgasmen overassess
    overcutting overdoe overdoes overdosages overdosering overdoses overdosis overdyeing overhangen
    overhanging overhate overhated overhates overkill overkilled overkilling overkills overpeins
    oversekst oversexed overshoot overshooting painkiller painkillers painkilling pandanuses pano panoso
    paperhanging parachuter parachuting parameterloser parasexual parasuicide parasuicides partydrug
    partydrugs passee passi passibile passie passies passiever passieweek passimeter passymeasure
    patriotardes pdf pds pedis pedobaptist pedofilia pedogenesis pedogenetic pedologic pedological
    pedologically pedometer pedotribe pedotrophy peds peins peis peni penisplant penisring penistone
    pennis pens pensare pensi pensiline pension pensiones pensions percoct pern pernis perno pernochar
    personalstab personarse pesos photobomb photobombing photobombs photoshoot photoshooting photoshoots
    photoshop pillardes planloser plugugly pns pono pornobusiness pornofilm pornofilms pornofilter
    pornografie pornographic pornographically pornographie pornoshow pornoshows pornosite pornosites
    pornostar pornostars pornovideo poro poroso poroto postdrug postholocaust powerbomb preek presidios
    pressrooms prickwood prickwoods prik prikstaking prn prns problemloser programmerons promusses pron
    prono pronograde pronome pronomen pronomens pronto prosecuting prostitue prostitues prostituted pss
    psy psychosexual psychotherapists ptosis ptr ptrs pudsy pusses pussycats pussyfoot pussytoes
    radiotherapists raes rapeable rapen rapendo raperesti rapeseed rapeseeds rapiat rapiats rapin
    rapinis rapista rapisti rappe rapped rappelions rappist raps rapst rapt rarefacer reapretar reardan
    reardon refermerons resol resolvent restloser retar retarda retardado retardais retardait retardate
    retardates retardaties retardatory retardatrice retarde retardes retarding retardo retargets retrad
    retrousses rgb richardes ringardes ringsloot riotguns roadkill roadkills romancions rooped rooping
    rps rpt rpts rsp rst rupe rupin sabbed sabbing salesrooms sank scampassi schoolbellen sct scts sdk
    secs sects seid sekst sekstapes seksten seminude semipornographic semipornography separabilities
    separability separable separammo separare separat sessa sexed sexi sexing sexisme sexismen sexta
    sextain sextan sexte sexten sexteto sextina sexto sexton sextonship sextonships sextuplets
    sextuplions sexuado sexualisa sexualisasses sexualisme sexualist sexualists sharpshooter
    sharpshooting shd sheatfish sheather sheathers sheats sheeting sheety shirting shirty shist
    shitheads shiting shitless shitlist shitlists shittier shitwork shoo shooing shoota shootable
    shootais shootait shoote shootera shootouts shopt shortcutting shotguns shothole shuting shuts sics
    sideshoot sithole slank slat slather slaton slats slaty slipsheeting slits slitty sloot slootmans
    sloots slootwater sluttier smartdrug smartdrugs snapshoot snapshooter snapshooting snk snug soares
    sockfetish softdrug softdrugs softish softporno sohot solana somewheres sondes sonsofbitches soot
    soother sooting sothos sourpusses spanloser spc speecher speek spica spiccando spivs sql src ssl ssn
    stablest starnazzi stb stinkbomben stinksloot stonecutting stopcocks str stranglehold strangleholds
    straphanging strappassi strs stubbed stubbing stuf stuped stupida stupidate stupidi stupido stupito
    subskill subskills suicida suicidais suicidait suicided suicidesquad sult sultan superbitch
    superbitches superbomb superbombs superguns superorgasm superorgasms synchrony systemloser
    talentloser tapenades tats teats terrorisme terrorista terroristi terroristin therapeuses thespis
    thewalkingdead thors thorstens thos thost thoughtways threadid threading threaping tht thts
    tiercions timeshares tist titi titian tittie tittup tittuping tks tls tmp toazes todies toeschoot
    toespreek togoos toisasses tokkie tomerons tondes tondue tondues tonuses tots totties totty tousses
    trannie transsexual transsexualisme trapshooter trapshooting trekbellen trivialiser trn troubleshoot
    troubleshooted troubleshooter troubleshooting trunnion tts tuls tulsan turncocks tutties tutty twas
    tways twt tyty ugli uglysweaterparty uithang ulsda undercutting undersexed undershoot undershooting
    upases updike updrags uphang uphanging uppercutting upshoot upshooting urape urce urzeit vagin
    vaginally vagins vaina veinardes vergebener videobellen videoshoot waker wakers wallkill wanke
    washoe washoes waterbellen watershoot weathercocks wede weeda wher wheres whitegenocide whl whored
    whorehouse whorehouses whoremaster whoremasters whoreson whoresons widerstandsloser wildcatting
    winddroog windwaker winterkill winterkilled winterkilling winterkills woodcocks woodcutting
    workshopt zeks
""".split())
