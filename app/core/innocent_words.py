"""Innocent words that are spelt like a disguised one: data, and nothing else.

What `python -m benchmarks.collisions` prints for the word lists american-english-huge, british-english,
dutch,
french, italian, ngerman and spanish of Debian 12 is here, and so are abbreviations of programmers and others
("cnt", "prn") and what a run over innocent posts brought up. They are left as they are.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INNOCENT = _words("""
    aanhang aanland aarse aases aboutasse aboutasses aboyasses aces achat acock acuman adieso aglee agli
    agly ajustasses alarmbellen allasse allasses alsdan altercating alterloser ambisexual anaal anacin
    analisi ananas anas anbellen anbellend andasse andassi andie anhang anidio anisasses ankies annal
    annotasses annotassi annusammo annusare ans anstandsloser antidrug antidrugs antidrugsbrigade
    antidrugsoperaties antierotic antiguns antihomosexual antimarijuana antinazi antiporn antipornographic
    antipornography antiprostitution antirape antirapes antisexual antisuicide antiterrorism antiterrorist
    antiterrorists apersonarse arce arcedo archdukes ares arke armloser aromatherapist aromatherapists ars
    arsed ashkenazi aspic aspics assassina assassinare assassinasses assassinat assassinati assassini assay
    assayable assbackwards assclown asse assed assess assessable assesto assface asshat assi assis assisi
    assisis assisto assit assoldare assoldati assoldi assole assoles assona assonasses attentionwhore
    autoerotic autoerotically autosexing babs backstab backstabbed backstabbing badass badasses ballcocks
    bandying bankhangen bastaard bastaardkind bastaards bastaardspin bastar bastarda bastardear bastardelo
    bastardi bastardies bastardilla bastardillo bastardise bastardised bastardises bastardising bastardism
    bastardization bastardizations bastardize bastardized bastardizes bastardizing bastardo bathbomb
    bathbombs bbs beamer beamers beanshooter bedamn bedamned bedide bedien bedild bedraped bedrapes
    bedraping bedroog bedrug bedrugs bedyed bedyeing bedyes beech beechbottom beechdrops beeches beeching
    beechnuts beechwood beechy beenah beenahs beenas beendroog begunstiger begunstigers behang behangen
    behatted behet belangloser belled bellen bellenman bellenspoor beloer bendes benedicks beniger bepeins
    bepreek berapen berappe besloot betist beuna beurse beurze bewaker bewakers bewhore bgn bich biches
    bichez bichof bichon billycocks bioterrorism birch birches birching birchleaf birchtree birchwood bishes
    bitche bitched bitchen bitcheries bitchery bitchier bitchiest bitchily bitchin bitchiness bitchinesses
    bitchslap bitchslapped blackcocks blacksnakes blowguns bluetits bmp bmps bnr bobo bobos bobs bollock
    bollocksing bomba bombable bombages bombais bombait bombasses bomben bombenalarm bombenfest bombenform
    bombenterror bombig bomblets bombload bombloads bombona bombproof bombshell bombsight bombsite bombsites
    bombsquad boneshaker boneshakers boobie boodying boonies boons boonstaken boos boosman botch botches
    botching botchy boychik boychiks braindead bstr btn bubs bulldyke bulldykes bullshits bullshitted
    bullshitter bullshitters bullshitting bullshot bullsnakes bushkill bushtits bustard bustards butches
    butching butterdocks buzzbomb buzzkill buzzkills cammen camminammo camminare campsheeting canardes
    canasse canasses canasson cancanasses candeda candide candido candie candocks candyass candying cannabic
    cannabisbrief cannabisclub cannabisclubs cannabiscup cannabislogica cannabisplant cannabisplantage
    cannabisplantages cannabisplanten cannabisproduct cannabissector cannais canonnades cants capitaliser
    carbomb carbonnades cartelliser catskill catskills catting cawcher cawk cfg charmerons chemotherapist
    cherrybomb chickenshit chickenshits chik chiks chins chinstrap chit chitin chiton chits chitty chunks
    chut chuter chuting cions clearcutting cleverdick cleverdicks cliffhang cliffhanging clitoric cloot
    cloots cloudporn clt clts cns cnt cntr cnts cnut cockabully cockblock cockblocked cockburn cockcrows
    cockface cocksfoot cocktease cockup coincions coldcocks coletits colonnades compass compassed compasses
    cono conoto contrapechar contrapeso convocating cooms coona cooncan coonin coos copycatting coqs
    counterterrorism counterterrorist counterterrorists counterthreat cpm cpu crackwhore crapshoot
    crapshooter crapshooting crosscutting css ctfu ctx cuman cumana cumbe cumi cummington cummingtonite
    cumslut cutin daddies dammed damna damnabilities damnability damnable damnasses damne damnes damnit
    datenight dbg dck dcks dct dcts deadass deadbeats deadbird deadborn deadeyes deadfall deadfalls deadhand
    deadhead deadheaded deadheading deadheads deadhouse deadlift deadlifted deadlifting deadliftparty
    deadlifts deadlight deadlights deadlined deadlines deadlining deadlink deadlinks deadlock deadlocked
    deadlocking deadlocks deadman deadmen deadname deadnames deadpool deadstock deadstroke deadweight
    deadweights deadwood deadwoods deadwork deadzone deadzones deathbed deathbeds deathblow deathblows
    deathcore deathcup deathcups deathday deathless deathlike deathmatch deathmetal deathpenalty deathrate
    deathray deathsman deathsmen deathstar deathtrap deathtraps deathvalley deathward deathwards deathwatch
    deathwatches deathwish dedain deeing deek deekman deet deeth deetman deewan deid dekan dekanat dekanin
    designerdrug designerdrugs deskilled deskilling deskills dessertporn dickbrain dickdarms dickface dickon
    dickpic dickpics dicksonia dickstem dicksten dickster dickstes dickwad dickweed diddies dido didos
    dieback diebe diecast diedi diehard diehards dieing dieke diekes diekman diemen dien dieoff diesi diesis
    diez digusting dike dikes diks dipshits discloser disclosers discusses dise disgusing diskurses
    diskusses divebomb divebombing divebombs dld dns docks dodman dogans dolosa donazioni doorbellen
    doorhangen doorschoot doorspreek dorpst dragcon dragonnades drags dragsman dragsmen drg droog droogloop
    droogmachine droogmachines droogmaking droogoven droogramen droogs droogscheer droogstand droogstoken
    droogtunnel droogzolder drugdealer drugdealers druggets druglord druglords drugmaker drugmakers drugnota
    drugoverlast drugrunner drugsbaron drugsboot drugsbrigade drugscene drugscircuit drugscontrole
    drugscontroles drugsdeal drugsdealer drugsdealers drugsdeals drugsexpert drugsexperts drugsinfo
    drugsinfoteam drugslord drugsmarkten drugsmonitor drugsnota drugsoverlast drugsrunner drugsscene
    drugssector drugsteam drugstest drugstests drugstore drugstores drugstransport drugswet drugswetten
    drugswinsten drugteam drugtest drus dst dugs dukes dukeships dumbahh dumbshit durgan dyck dyed dyeing
    dyes dyk dyked ecstasis emotionsloser endloser erektion erotically erotik escorchar escorta escortage
    escortais escortait escortas escortassent escortasses escortent escortera escorterai escorterais
    escorterait escortgirl escortgirls escortons escortsector escortservice escortservices escot escots
    esortammo esortare esra facer facers fack facked facking facks facs fagan faggoting faggotings
    faggotries fagin fagot fagotages fagotin fagots fagotto faker fakers fanwhore faqs fct fcts feminazi
    feminazis fetich fetisj fetisjclub fetisjclubs fgs ficker fickerin fickers ficks filmisnotdead
    filterloser fingerdick fingerhutes firebombs fishkill fishkills fistfuck fistfucked fistfucken
    fistfucking fistfucks flashguns fld flds foodporn foodpornography fook fooks footfetish forasse forasses
    forassi forcions forlana formerons formloser formoles friedloser fuckboy fuckboys fucken fuckery
    fuckfaces fuckhead fuckheads fucknut fucknuts fuckstick fuckwad fuckwads fugs fundies gamecocks gangrape
    gangraped gangrapes gans ganz generalstab genocidaal genocidally genocidewet genozide giantkiller
    girlswithguns glasscock glenhayes gnd gnus goddamned goddamning goddamnit godiez golosa gonade gondes
    gools goon goos gousses gps gpu grabbelend grp grps guna guncontrol gunfight gunfights gunk gunlaws gunn
    gunowner gunowners gunpoint gunrunner gunship gunships gunshot gunshots gunsmith gunsmiths gunstiger
    gunviolence gurdon haes haircutting haker halfdead haltloser hancock handbellen handdroog handguns
    handshaker hangen hangon hangtag hangtags hangtime hardass hardasses harddrug harddrugs harddrugsscene
    hardporno hared hares harmannus harmloser hateable hatecrime hatecrimes hatefuck hatefully hategroup
    hateless hatemail hatemonger hatemongers hatespeech hatewatch hatewatching hateworthy hatt hatte hatted
    hatton havelozer hayed hayes hdr headass headasses headbomb heilloser heillozer herdics herdman herin
    herinnerd herkies herniaria hernie hernieuses heroicomic heron heroon hispano hitlerisme hitlerite
    hitlerregime hngs hoebe hoei hoein hoeis hoek hoekman hoekwant hoemade holocaustmuseum holocausto
    holysloot homoerotic honeymoons hookah hookahs hookas hooke hookerton hooted hopelozer hornie
    hornyhanded hornyhead hornyheads horseshits hose hoseman hosemen howdying hst hts humorloser hutes hutt
    hutton hydrotherapist hypersexal hypersexual hypersexuality hypnotherapist icoon idied idiome idiomen
    idiota idioti idioticon idiotin idiotisa idiotisas idiotisassent idiotisasses idiotisera idiotiserai
    idiotiserais idiotiserait idiotisme idiotismen idx inbellen incants incesable incestdrama incesti
    incestmonster incesto incettaste incetto inclut indics indien indroog induing inestable ingans inhaker
    inhangen inniger inprik insloot internetbellen internetporno internetpornofilter intersexual invagina
    invaginai invaginais invaginait invaginated ionisasses islamterrorist jacassent jacassons jackasseries
    jobshares justgoshoot kant kanton kants kantsteen kashmirunderthreat keas keel keeled keeler keelers
    keeling keelman keelmen keels keelson kees kickass kiddied kiddying kiek kieks kies kiesman kiks kila
    killable killas killbrand killbuck killcam killcams killcows killcrop killdeer kille killen killerbee
    killerin killerprogramme killerprogrammen killerrobot killerrobots killerrobotten killersinstinct
    killfeed killington killjoy killjoys killona killshot killshots killstreak killstreaks killswitch killt
    killtest kilt kingsnakes klitoris kluts kock kokkin koks koller kollergang kollers kollertest koog
    kullertest kuntz kutten kyes kylertown labelliser ladykiller ladykillers lambkills lana lanado lanais
    laserguns letterbomb letterbombs linch liseron loca locoweed lodertest loer loeris logopenic loker
    lokers looser losa losado losar losschoot losser lossers lovetrumpshate loza lozer lozers lustloser lych
    lyncha lynchages lyncher lynchpin lynchtest machineguns mailbomb mailbombing mailbombs mananas manassa
    manasse manasses mandie mandiez mangnus mansardes manslut manwhore manwhores marder marders marihuana
    marihuanaplant masskilling masskillings massshooting massshootings matelozer meases mechanotherapist
    medeis medicalcannabis medick medicks medics medie medien megadeath megadeaths megans mekkes melosa
    menaces menais menasse menasses menassi mendes mendie mendies mendiez mentiti menues messstab mesuts
    methamfetamine methos metrosexual mgmt mgr micromoles micropenis middlesex milestones milkweed mindfuck
    mindfucked mindfucking mindfucks mirons modicum moest moles molesta molestais molestait molestar
    molestaties moleste molesteer molestent molestera molestes molesti molesto molestons moletages moleter
    molettent moons moonscape moonstone moonstruck morin morn mornin morns moro morondanga morondo morongo
    moroni moros moroso morrongo mothafucka mothafuckas mothafucker mothafuckin mothafucking mrd msg msgs
    msn mth muhfucka multidrug multiskilled multiskilling murderedbywords murderee murderees murderess
    murderesses murderously murderousness murderousnesses murer murons muthafucka muthafuckas muthafucker
    muthafuckin myases mythos nais naled naturalcannabis naziarts nazibewind nazie nazies naziminister
    nazioni nazipropaganda naziregime nazirite naziskins nazisme nbr nds nides niger nigers niggah niggahs
    niggarded niggarding niggardize niggardized niggardizes niggardizing niggardliness niggardlinesses
    niggardly niggards niggerdom niggerhead niggering niggerisms niggerling niggerlings nigher nippe nippel
    nippels nippering nippes nippled nodelozer nonerotic nonhomosexual nonsexual notasse notasses notassi
    npm nues nuked nullardes octopussy ofidio onancock ongans ongunstiger onkies ontwast openhangen opiod
    opiods opoid opoids orgas orgasme orgasmen outbitch outbitches outbitching outkilled outkilling outkills
    outshoot outshooting overassess overcutting overdoe overdoes overdosages overdosering overdoses
    overdosis overdyeing overhangen overhanging overhate overhated overhates overkill overkilled overkilling
    overkills overpeins oversekst oversexed overshoot overshooting painkiller painkillers painkilling
    pandanuses pano panoso pansexual paperhanging parachuter parachuting parameterloser parasexual
    parasuicide parasuicides partydrug partydrugs passee passi passibile passie passies passiever passieweek
    passimeter passymeasure patriotardes pdf pds pedis pedobaptist pedobear pedofilia pedogate pedogenesis
    pedogenetic pedologic pedological pedologically pedometer pedophilic pedotribe pedotrophy peds peins
    peis peni penisland penisplant penisring penistone pennis pens pensare pensi pensiline pension pensiones
    pensions percoct pern pernis perno pernochar personalstab personarse pesos petcocks photobomb
    photobombed photobombing photobombs photoshoot photoshooting photoshoots photoshop phuc phuket
    physiotherapist pillardes pinhooker pinhookers pinprick pinpricks planloser plugugly pns pono
    pornobusiness pornofilm pornofilms pornofilter pornografie pornographic pornographically pornographie
    pornoshow pornoshows pornosite pornosites pornostar pornostars pornovideo poro poroso poroto postdrug
    postholocaust powerbomb precutting predeath predeaths preek presidios pressrooms prickled prickwood
    prickwoods prik prikstaking prn prns problemloser prodrugs programmerons promusses pron prono pronograde
    pronome pronomen pronomens pronto propanal prosecuting prostitue prostitues prostituted pss psy
    psychosexual psychotherapist psychotherapists ptosis ptr ptrs pudsy pusses pussycat pussycats pussyfoot
    pussyfooted pussyfooter pussyfooters pussyfooting pussyfoots pussytoes pussywillow pussywillows
    radiotherapist radiotherapists raes rapeable rapen rapendo raperesti rapeseed rapeseeds rapiat rapiats
    rapin rapinis rapista rapisti rappe rapped rappelions rappist raps rapt rarefacer reapretar reardan
    reardon refermerons resol resolvent restloser retar retarda retardado retardais retardait retardant
    retardants retardas retardassent retardasses retardate retardates retardaties retardations retardative
    retardatory retardatrice retarde retardera retarderai retarderais retarderait retarders retardes
    retarding retardment retardments retardo retargets retrad retrousses rgb richardes ringardes ringsloot
    riotguns roadkill roadkills romancions rooped rooping rps rpt rpts rsp rst rupe rupin sabbed sabbing
    salesrooms sank scampassi schoolbellen sct scts sdk seacocks secs sects seid sekst sekstapes seksten
    seminude semipornographic semipornography semiskilled separabilities separability separable separammo
    separare separat sessa sexbot sexbots sexed sexi sexing sexisme sexismen sexlife sexpert sexpot sexpots
    sexta sextain sextan sextape sextapes sexte sexten sexteto sextina sexto sexton sextonship sextonships
    sextuplets sextuplions sexuado sexualisa sexualisasses sexualised sexualism sexualisme sexualist
    sexualists sexualities sexualization sexualizations sexualize sexualized sexualizes sexualizing
    sharpshooter sharpshooting shd sheatfish sheather sheathers sheats sheeeit sheeit sheeting sheety sheit
    shirting shirty shist shitheads shiting shitless shitlist shitlists shitlord shitpost shitposter
    shitposting shitposts shitshow shitstorm shittier shittu shitwork shoo shooing shoota shootable shootais
    shootait shootaround shootarounds shootdown shoote shootera shootout shootouts shopt shortcutting
    shotguns shothole shroom shuting shuts sics sideshoot sithole sixshooter sjw skipass slank slat slather
    slaton slats slaty slipsheeting slits slitty sloot slootmans sloots slootwater slutshame slutshamed
    slutshaming sluttier slutwalk smartass smartasses smartdrug smartdrugs snapshoot snapshooter
    snapshooting snk snug soares sociosexual sockfetish softdrug softdrugs softish softporno sohot solana
    someth somewheres sondes sonsofbitches soot soother sooting sothos sourpusses spanloser spc speecher
    speek spica spiccando spivs sql src ssl ssn stablest starnazzi stb stbs stinkbomb stinkbomben stinkbombs
    stinksloot stonecutting stoopit stopcocks str stranglehold strangleholds strangleweed straphanging
    strappassi strs stubbed stubbing stuf stuped stupida stupidate stupidi stupido stupidphone stupito
    subskill subskills suicida suicidais suicidait suicided suicidesquad suk sult sultan superbitch
    superbitches superbomb superbombs superguns superorgasm superorgasms synchrony systemloser talentloser
    tapenades tats teats terrorisme terrorista terroristi terroristin therapeuses thespis thewalkingdead
    thors thorstens thos thost thotiana thoughtways threadid threading threaping tht thts tiercions
    timeshares tist titi titian tittie tittup tittuping tks tls tmp toazes todies toeschoot toespreek togoos
    toisasses tokkie tomerons tondes tondue tondues tonuses tots totties totty tousses trannie transexual
    transsexual transsexualisme trapshooter trapshooting trekbellen trivialiser trn troubleshoot
    troubleshooted troubleshooter troubleshooting trunnion tts tuls tulsan tumbleweed tumbleweeds turncocks
    tutties tutty twas tways twt tyty ugli uglysweaterparty uithang ulsda undercutting undersexed undershoot
    undershooting undraped unisexual unskilled upases updike updrags uphang uphanging uppercutting upshoot
    upshooting urape urce urzeit vagin vaginally vaginated vagins vaina vandykes veinardes vergebener
    videobellen videoshoot waker wakers wallkill wanke washoe washoes waterbellen watershoot weathercocks
    wede weeda weedwacker weedwhacker wher wheres whitegenocide whl whored whoredom whoredoms whorehouse
    whorehouses whoreish whoremaster whoremasterly whoremasters whoremonger whoremongers whorepresents
    whoreson whoresons widerstandsloser wikihate wildcatting winddroog windwaker winterkill winterkilled
    winterkilling winterkills wiseass wiseasses woodcock woodcocks woodcutting workshopt zeks
""")

DOUBTFUL = _words("""
    acz ahs anaal asse assole assoles azs bastaard bastaards bastar bich biches bichez bitche bstrd cck cex
    cnt cnts cnut coc cok coona coq damne dck deeth dic dik diks diq drg drgs droog dyc dyck dyk dyks
    erektion escorta fagot fagots fak ficker fickers ficks fook fooks fuc fuk fuq guk haker hatt hernie
    hornie hrny hte kic kiks kil kille killt koc kock kok koks koq kunt kunts kuntz kyk kyl loer losser
    lossers lozer lozers murer nazie nazies nigers niggah niggahs nippel nues overdoe passi pds pedofilia
    peins peis pennis perno pns pono poro prik prn prono rapin rappist retar rps sheats shittu shoota sht
    shts sithole spc stb stbs stuf sult sxe thost tist tts tulz twts ugli uzs vagin wanke zeks zex
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
