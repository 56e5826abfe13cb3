"""Words that a fold may lead to: data, and nothing else.

A spelling is undone only when the result is one of these words or an unambiguous surface of the lexicon.
Digits and symbols inside a word may also lead to an ambiguous surface or to a canonical form of one word.
That makes innocent text safe by construction: "8ball" cannot become anything.

How a word gets in:

- `RISKY`: it is risky when said plainly, it has at least three letters, and people disguise it. Inflections
  are spelt out. Slurs are kept to those seen most in disguise. Coined words belong in the lexicon.
- `FREQUENT`: the few words that people mask with stars so often that a reader fills them in without thinking.
  A masked word is resolved to one of these first.
- `CRUDE`: those of `RISKY` that innocent company seldom has. Beside one of them a mask is read
  that leaves little.
- `COMPANY`: those and others that are said in one breath with them; enough for a respelling that is no word.
- `HELPERS`: ordinary words unfolded only beside a risky word ("k!ll y0urs3lf"), or while cutting a spelt-out
  sentence into words.
- `EVERYDAY`: words that are what they seem: the most common ones, and the helpers.
- `ORDINARY`: spellings that would lead to a risky word and are innocent. Found by running each fold over the
  word lists american-english-huge, british-english, french, ngerman, spanish, italian and dutch of Debian 12;
  the many that are spelt like a respelling or a text without spaces are in `app.core.innocent_words`.
- `PIECES`: words of those lists that are a piece of a risky word; cut at two of them it is not joined
  ("pen is").
"""

from app.core.common_words import COMMON
from app.core.innocent_words import INNOCENT


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RISKY = _words("""
    fuck fucks fucked fucker fuckers fucking fuckin fuckface motherfucker motherfuckers motherfucking
    clusterfuck shit shits shitty shitting shithead shithole bullshit dipshit bitch bitches bitchy
    bitching ass asses asshole assholes dumbass jackass fatass arsehole bastard bastards cunt cunts twat
    twats dick dicks dickhead dickheads cock cocks cocksucker cocksuckers prick pricks wanker wankers
    pussy pussies slut sluts slutty whore whores hoe hoes skank thot thots damn damned goddamn nigger
    niggers nigga niggas faggot faggots fag fags retard retards retarded tranny trannies kike kikes spic
    spics chink chinks gook gooks coon coons dyke dykes nazi nazis hitler kill kills killed killing killer
    killers die dies died dying dead death deaths suicide suicides suicidal murder murders murdered
    murdering murderer murderers massacre strangle behead stab stabbed stabbing shoot shooting shooter gun
    guns bomb bombs bombing rape rapes raped raping rapist rapists hang hanging selfharm overdose
    overdosed cutting terrorist terrorists terrorism lynch genocide sex sexual sexting sext sexts sexted
    porn porno pornography pornstar nude nudes naked horny boob boobs tits titties titty penis vagina anal
    anus orgasm orgasms masturbate masturbating masturbation cum cumming cumshot blowjob blowjobs handjob
    jerkoff dildo dildos escort escorts hooker hookers prostitute prostitutes prostitution erotic fetish
    incest pedophile pedophiles pedophilia pedo pedos paedophile paedophiles molest molested molester
    molesting onlyfans hentai nipples nipple erection asshat asswipe batshit bollocks boobies clitoris
    cumdumpster dickwad douchebag douchebags fucktard fucktards fuckwit genocidal holocaust horseshit
    pornhub wetback wetbacks beaner beaners bellend arse arses drug drugs cocaine heroin meth
    methamphetamine fentanyl ketamine mdma ecstasy weed marijuana cannabis opioid opioids xanax oxycodone
    percocet adderall lsd shrooms hate hated hates disgusting idiot idiots moron morons stupid loser
    losers ugly threat kys kms stfu
""")

FREQUENT = _words("""
    fuck fucks fucked fucker fuckers fucking motherfucker motherfuckers motherfucking shit shits shitty
    bullshit bitch bitches ass asshole assholes cunt cunts pussy pussies dickhead dick dicks bastard
    bastards nigger niggers nigga niggas faggot faggots retard retards retarded whore whores damn goddamn
    kill kills killed killing die suicide suicidal murder murdered rape raped rapist porn sex sexual
""")

CRUDE = _words("""
    fuck fucks fucked fucker fuckers fucking fuckin motherfucker motherfuckers motherfucking shit shits
    shitty shitting bullshit bitch bitches bitching ass asses asshole assholes dumbass fatass bastard
    bastards cunt cunts twat twats dick dicks dickhead dickheads cock cocks cocksucker cocksuckers prick
    pricks pussy pussies slut sluts slutty whore whores hoe hoes skank thot thots nigger niggers nigga niggas
    faggot faggots fag fags retard retards retarded tranny trannies kike kikes spic spics chink chinks gook
    gooks coons dyke dykes wanker wankers titties cum
""")

COMPANY = CRUDE | _words("""
    dumb idiotic pathetic worthless loser losers morons rapist rapists suck sucks sucking sucked lick
    licking ugly stupid idiot idiots moron hate hated disgusting filthy scum trash kys stfu jew jews muslim
    muslims black blacks white whites arab arabs mexican mexicans immigrant immigrants migrants refugee
    refugees illegals gay gays lesbian trans porn nude nudes naked horny
""")

HELPERS = _words("""
    you your yours yourself yourselves urself myself himself herself themselves themself themselfs
    ourselves self me my mine him her his she they them their want wanna gonna going should would could
    please just people person everyone everybody all every they're you're youre go to of in on at it is
    are was be the and with for not now off up so an this that commit about think need tried want wants
    will can did do does tonight today girl girls boy boys woman women man men kid kids little old dirty
""")

SINGLE_LETTER_WORDS = _words("i a u")

ORDINARY = (
    _words("""
    adieu asexual assassin assassins assassinate assassinated assassination assume assumed assumes begun
    candied candies cumin damnation deadbeat deadline diego dickson dieu erotica gunman gunmen hangman
    hangmen hangup indie indies kiddie kiddies methanal molestation offshoot offshoots onassis retardation
    therapist therapists toadies weedkiller weedkillers clítoris cocaïne génocide hâte hâtes hâté hâtés
    massacré pédophile pédophiles pénis râpe râpes râpé râpés suicidé suicidés érection añal morón rapé gün
    díé hóé suïcide
""")
    | INNOCENT
)

PIECES = _words("""
    ab abbing abis acre ad adder ai al amine amphetamine ank annies anny ard ards arse as bas bass bast
    basta bastar bed bing bis bit blow bo bom boo bs bull bulls caine cann canna ch chi ching cluster co
    coca coo corts cu cums cut dam de dea der derer des di dil dip dips dos dose dosed dr dru ds dum dumb
    dy ed er erect ero ers es esc esco est ester fa face fans fat fata fet gina ging god got gs gu ha han
    hand harm hat he head heads hen hent hero hit ho hole holes hoo hook hooke hot ick id idi ids ina inc
    ince ine ing ink inks ion ish ism ist its jack jer jerk job jobs juana ked kers kes ket keta ki kik
    kil kille koff le led lest lester ling ll lo los lose ls ly lyn ma mari mas mass masturba mb md ming
    mo mol mole moles molesti mor moro mother ms mur na nabis nak ned ng nies nip nis nk no ns nt nu ob
    obs ok oker oks only ons oot opio orgas ort orts os ot otic ots over overdo pe ped pen pes pid ping
    pist ple po por porns pr ra rap rapi rd rds re res ret retar rn roin ron rons rooms rs rt sacre se sed
    ser sers ses sext sh shi shoo shot sk ska sm ss st star sted ster sting strang stu stup sucker suckers
    tai tar tard tass te ted ter terror terrori tes th tho thole ti tic ties ting tit tr tran ts turbate
    twa ty ug ugs us va vag vagi wan wank wanke we who zi zis
""")

EVERYDAY = COMMON | HELPERS
