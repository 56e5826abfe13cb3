"""Words of posts by how many have them, the most frequent first: data, and nothing else.

They tell which of several words a disguised one is ("bl*ck"). Counted in public English posts, without risky
words, surfaces of the lexicon and names of people.
"""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LIKELY = _words("""
    the and you that are for this not with have they your all like but what can just people was about
    don who from get will she out how them one there when their her women would white more should know
    has because why want think now some only his time being these good then see here than even been our
    any other make need say black back too right never really had were off going him over way man those
    got men did its much take still love well most look life stop into woman many let every also please
    could example which talk after where down does country better day same said first trump world come
    thing again very before new nothing work own always someone feel years keep bad tell little gay such
    ever give something article girl another old use anything anyone help two real put made actually
    sure racist last page person hope find everyone call while getting school against best around mean
    great things believe guy wrong must muslims may left long since money live yes enough year without
    girls lot doing big trying away god next won thanks care makes called home jews try read today
    america name control used kids dumb free already end done saying says yourself point maybe children
    muslim until face hard through place refugees myself guys else show liberals race having family
    needs problem thought both probably thank everything told though reason sorry start leave high hell
    support fact whole nice head yet friends immigrants true making cause full post ask american looks
    might looking part understand once female change talking under few kind happy job pretty seen least
    gonna word house nobody night hey wish less matter days wants times illegal gets watch eat instead
    state far wife coming between shut came suck trans human friend themselves stay either immigration
    group fat using trash game pay government funny others sick different wait mother found mind each
    guess history cant run seems war vote media agree play president self remember news edit week law
    child went wanted number party conservatives means working open idea comment rights living society
    body send ones poor video rather bring boy become countries question literally ago cannot dude
    calling immigrant piece single lost class bit taking wanna rest case three stand took police hear
    side deserve sad hit welcome young allowed wow half thinking power course move comes americans
    whites lives parents fun story jewish worse islam heard information goes male alone asked sense
    comments cut words blood stuff truth anymore soon liberal chinese crazy able whatever second gone
    baby normal wonder hot almost attack pathetic beat fight started tonight list act check report seem
    dog during public worst saw type asian team top fine tried turn knows past imagine mom small learn
    joke together food evil culture fake mouth bunch issue behind ignorant block seriously born
    especially exactly car line hand system given add however brain son europe happen migrants articles
    follow quite beautiful simply straight problems anyway crap deal often speak clearly shot kid boys
    dirty bet social religion community common lying city account definitely set somebody order middle
    buy continue write absolutely attention respect source worth english sounds hurt low answer haven
    four political date completely opinion crime christian close unless telling sometimes gave finally
    heart movie morning twitter skin gays lie age future win honestly violence states watching book
    proud tired red blocked month mad racism important pain happened room thinks useless hole amazing
    india daughter sleep giving okay democrats asking hair eyes break message editing based entire
    months pages hands forget short obviously longer laws term along lose office scum easy usually wall
    israel takes business listen happens nation street south knew personal clear known refugee sucks
    playing due shows taken blame seeing door strong serious later film speech link earth likely brother
    fair sound except sister glad shame removed picture safe town language balls cool front whether near
    enjoy plan possible feeling million issues tomorrow british difference section save exist works
    edits phone dad husband himself gender expect fire mental above outside paid indian special border
    meet miss clean father bro sources disease form africa site claim walk sit throw population married
    destroy burn chance honest totally ready music hold policy running waiting correct hours sent
    discussion lies weird note lady brown trust mine met hello area inside created mass level round pass
    simple complete alive within ill none truly remove dear african gotta water fool considered text
    facts national gives legal internet christians smart pro couple doctor till explain bed join
    including sign land pick actual families health view accept animals third late weeks abuse basically
    rules court wear consider content majority groups early perhaps experience general added grow
    indians period jobs bill cares reading rich islamic minutes evidence waste nature card cry china
    dark force sort deep share ban perfect likes across certain delete church realize marriage reasons
    apparently fix cancer weak twice garbage notice lazy supposed tax angry religious illegals reality
    asians lets statement united deleted citizens everybody following written violent banned huge
    biggest names action otherwise eating protect create stopped turned looked everywhere ridiculous
    park needed freedom rid laugh wrote syndrome mention college current birth pregnant allow mum online
    belong vandalism jail six five disabled hysterical rule kick changed false european crying total
    light worry wake test drive song large scared ten judge wearing german east interesting further step
    dangerous lead holy doubt nasty horrible color girlfriend symptoms interested fear herself afraid
    main blue worked babies west felt yours relationship awesome posts prison super towards moment
    certainly politics several drop broke worthless liar mixed kept build ways calls changes females
    games hour fall identity typical feels arabs original lots election multiple brought conservative
    republicans return recently terrible weekend according fighting itself attacks absolute criminal
    peace questions choice excuse sub argument lower members condition meant tho troll lack nonsense
    moved silly wont mostly situation disorder fit treated proof foreign millions fault politicians
    easily count putting places acting luck lesbian criminals forced similar touch cute western table
    starting among suggest broken warning cold address surprised ladies posting version thread loves
    dogs marry mentally style decent writing views failed trouble wing movement schools bag spread
    military numbers bus per forward involved image pride club folks related anybody voice road carry
    amount treat tells average subject innocent response local zero ignore speaking cat personally
    causes modern reply showing keeps fast legs although asylum space voted crimes equal stupidity
    choose plus research obvious spend actions lesbians deport behavior drink company filthy jokes
    include supremacist eye prove birthday pull victim tweet advice russia hating agenda massive website
    football result bully title north proper faith corrupt position thoughts figure risk humans awful
    unfortunately teach bullied push deletion decided photo building major teacher claims planet
    disagree ground flag youre bloody posted butt character caused boyfriend currently avoid review lgbt
    loved whoever russian kinda process cops welfare hopefully mess annoying editors defend extremely
    rate civil status racial slow heads value nor somewhere upon native record yesterday aroused service
    interest sentence daily racists cuz missing pictures mexico leaving attempt victims walking hatred
    pure hide random appreciate air sell lovely charge streets attractive propaganda positive mate smell
    beyond willing pic admit letting ruin higher nine ahead forgot natural feelings forever security
    education justice noticed cross project swear moving quit migrant dress useful points assume private
    sweet drunk john built cover users debate happening favorite reliable bout nearly students diversity
    sucking arab assault sitting computer insane cities season editor prefer university gang deserves
    sake neither dating abortion supporters democrat despite cash filled commit bible quality played
    vile star nah mexican purpose queer admin piss thousands everyday becoming caught shop mentioned
    recent congress destroyed double stuck reference french rude flat properly alt constantly keeping
    mistake leader types quick loving request sir voting access complain older international republican
    paying affected benefits sexist wet links paper size below economy borders turns daddy minority
    logic bank laughing box clown stories bought foreigners wanting bigger pig taxes reported weight
    throat helping virus regarding aware catch chat held adding spent offer lucky arrested indeed
    provide train breaking pray green march finish wonderful texas anywhere treatment easier raised fail
    policies yea boss hospital holding minute bother responsible knowing missed shall plenty sexy rare
    therefore humanity values prevent lived google kiss fellow neck sold changing cells material
    supporting quiet feed jump slave negative aliens races bottom slaves smile bar parts science
    immediately letter meaning books ideas decision ethnic supremacists tag damage study feminist
    elected kitchen losing africans info king hearing watched guilty rock animal meeting visit campaign
    busy wondering hilarious dream somehow decide steal cost specific pakistan worried named present
    trade apart dare transgender available fully insult males matters huh raise difficult mid standard
    extra species feminism leftist feet standing driving nose whose selling ride usual shes slavery
    match videos file regardless member blind quote topic handle opinions safety queen confused key data
    career solution official federal considering hurts council mexicans failure knowledge
""")
