"""Which neighbours make a spelling another word than it seems: data, and nothing else.

"As" behind "kick his" and before nothing is no "as"; "wore" behind "a" is no verb. Each frame names what has
to stand right before and right behind; an empty string stands for the end of a sentence or of the text. Two
words can be named as one ("in hell"). Where a spelling is a word of English, the frame is one in which
grammar has no room for it, or in which nobody says it.
"""

from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


END = frozenset({""})


@dataclass(frozen=True, slots=True)
class Frame:
    """A place in which a spelling is read as a risky word. None for a side asks nothing of it."""

    word: str
    before: frozenset[str] | None = None
    behind: frozenset[str] | None = None
    unless_before: frozenset[str] = frozenset()
    unless_behind: frozenset[str] = frozenset()
    unless_near: frozenset[str] = frozenset()
    """Words that, anywhere in reach, show what else is talked about."""
    near_crude: bool = False
    """Whether a crude word has to stand in reach as well."""


_OWNERS = _words("my yo his her their ya yall y'all our your ur")
_DETERMINERS = _words("a an this that these those my your ur his her their our some any such every no")
_ONE = _words("a an this that another every such")
INSULTS = _words("""
    dumb stupid fat ugly fake lazy filthy dirty nasty broke sorry crazy psycho basic rotten pathetic smug
    worthless useless disgusting lying evil selfish entitled annoying whiny bitter miserable skanky trashy
    thieving degenerate ignorant lil fucking fuckin fckin damn goddamn motherfucking bitchass punk hoe whorey
    whiney scary clown ratchet thirsty bald retarded
""")
"""Adjectives that stand before a noun for somebody; "little" and "bad" are left out, trees are little too."""
_PERSUASIONS = _words("""
    socialist communist commie leftist liberal fascist nazi racist feminist republican democrat tory gypsy
    gypsie islamist globalist zionist vegan incel
""")
_SIZES = _words("big huge massive tiny small little large long fat micro hard erect weird black white old")
_PEOPLE = _words("""
    bitch bitches hoe hoes nigga niggas nigger niggers whore whores slut sluts cunt cunts motherfucker
    motherfuckers mf mfs faggot faggots
""")
_KICKS = _words("""
    kick kicks kicked kicking kiss kisses kissing kissed whoop whoops whooped whooping whip bust haul lick
    licking licked beat eat wipe wiping shake shaking
""")
_BEHIND_ASS = END | _words("and off out up back down outta kicked beat whooped here hole holes cheeks")
_ASS_LIKE = _words("""
    bad cute bitch sad weak loud grown rude cheap poor gay bum thick skinny corny goofy hating raggedy dusty
    musty thirsty
""")
_LIKENED = INSULTS | _SIZES | _ASS_LIKE
_DYEING = _words("""
    hair hairs wool yarn fabric fabrics cloth clothes color colour colors colours beard roots root shirt
    shirts blonde brunette bleach tie eggs egg thread silk cotton red blue green purple pink orange indigo
    henna ink leather textile textiles linen food eyebrows brows salon natural ombre highlights shoes
""")
_INFINITIVE = _words("""
    to will would should must gonna wanna can could may might go please just let don't didn't dont didnt
    won't lets i'll you'll they'll he'll she'll we'll shall all
""")
_DIES = (
    END
    | _words("""
    out off alone already soon young today tonight tomorrow slowly painfully like of from before because
    for horribly there here too now anyway someday
""")
    | _phrases("""
    in hell, in pain, in agony, in prison, in jail, in large, in vain, in misery, and go, and rot, and burn,
    and come, and leave
""")
)
_DIED = _phrases("alone, of cancer, of aids, of hunger, of a, of an, of old, in prison, in jail, in battle")
_TREES = _words("""
    tree trees bark wood woods forest leaf leaves beer syrup plywood log logs branch branches table furniture
    silver paper grove sap veneer trunk plant planted timber cabinet floor flooring john society pine oak
    maple street avenue lane road
""")
_BUNGLES = _words("job surgery attempt repair procedure operation")
_BUNGLED = _words("up it this them things everything")
_MANNISH = _words("""
    femme femmes lesbian lesbians queer gay masc haircut cassidy gender woman women dyke sundance stud name
    pulp harmon queen drag
""")
_TALKED_TO = END | _words("""
    please ass u you i'm im i stop shut get go bye what why who don't dont is be
""")
_VERB_OBJECT = _words(
    "the a an your my his her their our this that these those every all some it him them us me"
)
_COUNTRY = _words("""
    delta river state seed seeds coup army president government junta border people population uranium
    republic forces embassy and in
""")
MENTIONS = _words("word words term name spelling spelt spelled wrote write letters crossword called")
_VICTIMS = _VERB_OBJECT - {"it"} | _words(
    "you u somebody someone people everyone every anyone one blacks whites jews"
)


def _insult(word: str, *, also: frozenset[str] = frozenset()) -> tuple[Frame, ...]:
    """Frames of a noun for somebody that is no word of English."""
    return (
        Frame(word, before=INSULTS | _PERSUASIONS | also),
        Frame(word, before=_words("you u ya"), behind=END | _words("and i i'm im shut stop")),
    )


_ASS = (
    Frame("ass", before=_OWNERS, behind=_BEHIND_ASS),
    Frame("ass", before=_KICKS, behind=END | {"and"}),
    Frame(
        "ass",
        before=_LIKENED,
        behind=_PEOPLE,
        # "As dumb as" likens one to others.
        unless_before=frozenset(f"as {word}" for word in _LIKENED),
    ),
    Frame("ass", before=_SIZES, behind=_words("dick cock tits titties boobs")),
)
_DIE = (
    Frame("die", before=_INFINITIVE, behind=_DIES, unless_near=_DYEING),
    Frame("die", before=_words("go"), behind=_words("in"), unless_near=_DYEING),
)
_BIRCH = (
    Frame("bitch", before=INSULTS | _words("ass"), unless_near=_TREES),
    Frame("bitch", before=_words("you u ya"), behind=_TALKED_TO, unless_near=_TREES | _BUNGLES),
    Frame("bitch", before=_words("like but"), behind=_words("i'm im i you u if please")),
    Frame("bitch", before=None, behind=_words("ass please slap slapped"), unless_near=_TREES),
    Frame("bitch", before=_words("a"), behind=_words("ass") | END, unless_near=_TREES, near_crude=True),
    Frame(
        "bitch",
        unless_behind=_BUNGLED,
        unless_near=_TREES | _BUNGLES | MENTIONS,
        near_crude=True,
    ),
)
_GENITALS = _OWNERS | _SIZES | _words("a suck sucks sucking sucked girl trans")

_DEALING = _words("dealer dealers cartel cartels trafficker traffickers trafficking addict addicts")
_GIVEN_OR_FULL = _phrases("give a, gives a, gave a, full of, piece of, load of")

FRAMES: dict[str, tuple[Frame, ...]] = {
    "as": _ASS,
    "az": (*_ASS, Frame("ass", before=INSULTS | _SIZES)),
    "ahs": (*_ASS, Frame("ass", behind=_words("hole holes"))),
    "dye": _DIE,
    "dyed": (Frame("died", behind=_DIED, unless_near=_DYEING),),
    "birch": _BIRCH,
    "botch": (*_BIRCH, Frame("bitch", behind=_words("about"))),
    "butch": (
        Frame("bitch", before=INSULTS | _words("ass"), unless_near=_MANNISH),
        Frame("bitch", before=_words("you"), behind=_words("ass"), unless_near=_MANNISH),
        Frame("bitch", unless_near=_MANNISH | MENTIONS, near_crude=True),
    ),
    "wore": (
        Frame("whore", before=_words("a the such"), unless_behind=_words("out down off away")),
        Frame(
            "whore",
            before=INSULTS - _words("fucking fuckin damn goddamn sorry") | _words("crack attention"),
            behind=END | _words("and is who ass"),
        ),
        Frame("whore", before=_words("this that"), behind=END),
    ),
    "dike": _insult("dyke"),
    "dikes": (Frame("dykes", before=INSULTS),),
    "fagot": (*_insult("faggot"), Frame("faggot", before=frozenset({"up"}))),
    "niger": (
        Frame("nigger", before=_ONE | INSULTS | _words("these those sand dirty"), unless_behind=_COUNTRY),
    ),
    "nigers": (
        Frame("niggers", before=_DETERMINERS | INSULTS | {"the"}, unless_behind=_COUNTRY),
        Frame("niggers", behind=_words("are is were be gonna"), unless_behind=_COUNTRY),
    ),
    "nigher": (
        Frame("nigger", before=_ONE | _words("sand these those dirty"), unless_behind=_words("to than and")),
    ),
    "pns": (Frame("penis", before=_GENITALS),),
    "dck": (Frame("dick", before=_GENITALS),),
    "dcks": (Frame("dicks", before=_GENITALS | _words("these those their")),),
    "prn": (Frame("porn", before=_words("watching watched gay trans lesbian revenge child kiddie")),),
    "twt": _insult("twat"),
    "cnt": _insult("cunt", also=_words("old")),
    "thts": (Frame("thots", before=_words("these those dumb")),),
    "stb": (Frame("stab", before=_INFINITIVE - {"all"}, behind=_VICTIMS),),
    "drg": (Frame("drug", behind=_DEALING),),
    "sht": (
        Frame("shit", before=_words("holy bull horse talk talking talks dumb stupid piece")),
        Frame("shit", before=_GIVEN_OR_FULL),
        Frame("shit", behind=_words("hole holes head heads bag bags talk talking posting faced eating")),
    ),
}
"""The frames of each spelling; one is enough."""

CAPITAL_IS_NAME = _words("birch butch niger nigers dike dikes fagot")
"""Those that are names where they begin with a capital."""

OF_OTHER_LANGUAGES = _words("""
    anaal asse assole assoles bastaard bastar bich biches bichez damne dik diks erektion ficker fickers fook
    fooks hornie kil kille killt kunt kunts losser lossers lozer lozers nazie nazies niggah niggahs nippel
    pedofilia peins pennis retar shoota sloot sloots ugli vagin wanke zeks zex
""")
"""Words of other languages and names; in small letters amid English they are respellings."""

TELLS_ENGLISH = _words("""
    the you your my his their this that these those and with who what they she it's it to for from are were
    been would just like some such every how when if because don't can't i'm being
""")
"""Words of English that are hardly words of another language."""
