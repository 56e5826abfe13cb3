"""Words of English that a disguise makes of a high-risk word: data, and nothing else.

What the dropped vowels, sounds, slips and letters backwards of `benchmarks.disguises` make of the words of
`RISKY`, and the words that are one of them glued to another word, as far as Debian's american-english and
british-english lists have them in small letters. Whether "birch" was meant to be another word, no reader can
tell.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OTHER_WORDS = _words("""
    amass amasses anuses ares arseholes as assail assailed assailing assails assay assessing backhoe
    backhoes backstabbing bandied bandies bandying bats begun beheaded belled biddies birch birches birching
    bitched blowgun blowguns bobs bombed bombshell bombshells boobed boons boos botch botches botching
    brandied brandies brandying buddies bullshits bullshitting butch butches buzzkill buzzkills caddie
    caddied caddies caddying candied candies candying cannabises chickweed chinked chins chunk chunks
    clitorises cocked cockeyed cockfight cockfights cockpit cockpits cockroach cockroaches cockscomb
    cockscombs cocksure cocktail cocktails coins comedies cons coos cumin cuts daddies dammed damnable
    damnably damnedest deadbeat deadbeats deadbolt deadbolts deadest deadline deadlines deadlock deadlocked
    deadlocking deadlocks deadpan deadpanned deadpanning deadpans deadwood deathbed deathbeds deathblow
    deathblows deathless deathlike deathtrap deathtraps diehard dieting diets dike dikes ding docks druggist
    drugstore drugstores ducks dukes dye dyed dyeing dyes eddied eddies eddying erotically eroticism
    escorted fagot fagots fetishes fetishism firebomb firebombing firebombs flashgun flashguns gamecock
    gamecocks goddamned goodie goodies goon goons grass grasses gunboat gunboats gunfight gunfights gunfire
    gunman gunmen gunpoint gunpowder gunrunner gunrunners gunrunning gunshot gunshots gunslinger gunslingers
    gunsmith gunsmiths gunwale gunwales handgun handguns hangdog hanged hangman hangmen hangnail hangnails
    hangout hangouts hangover hangovers hared hares hatefully hatefulness haters hats hatted haycock
    haycocks hayed hearse hearses heron hoarse hoedown hoedowns horseshoe horseshoes impasses invest
    jackasses kiddie kiddies killdeer killdeers killjoy killjoys laddie laddies ladies letterbomb
    letterbombs locoweed looser loses lunch lynched lynches lynchpin lynchpins mailbomb mailbombing
    mailbombs marihuana methinks methought middies milkweed moon moons morn morns muddied muddies muddying
    mushrooms niggaz nigher offshoot organdie overdoes overhang overhanging overkill overshoe overshoes
    overshoot overshooting paddies painkiller painkillers peacock peacocks pedometer pedometers penises pens
    pesos pick picks pinprick pinpricks popgun popguns poppycock pornographic pricked prickled pusses
    pussycat pussycats pussyfoot pussyfooted pussyfooting pussyfoots ragweed rapped rapping raps retardant
    retardants roadkill rowdies rps sank seaweed sects semiskilled sets sexed sexes sexing sexism sexless
    sexpot sexpots sextant sextants sexton sextons sharpshooter shirting shittier shooing shootout shootouts
    shot shotgun shotguns shots shuts shutting shuttlecock shuttlecocks sics sits sitting slits slurs
    snowshoe snowshoes snug soot spiced spices stabled stablest stopcock stopcocks strange stranglehold
    strangleholds stranglers stupidest tats teats therapist therapists tidied tidies tidying torpedo
    tots transsexual trapshooting treat troubleshoot troubleshooter troubleshooting tumbleweed
    undercutting undershoot undershooting uppercutting weathercock weathercocks weeded whorehouse
    whorehouses woodcock woodcocks woodcutting woodies wore
""")
