"""Which neighbours make a spelling another word than it seems: data, and nothing else.

"As" behind "kick his" and before nothing is no "as"; "wore" behind "a" is no verb. Each frame names what has
to stand right before and right behind; an empty string stands for the end of a sentence or of the text. Two
words can be named as one ("in hell"). Where a spelling is a word of English, the frame is one in which
grammar has no room for it, or in which nobody says it.
"""

from dataclasses import dataclass


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """What stands between the commas of a text."""
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


OWNERS = words("my yo his her their ya yall y'all our your ur")
DETERMINERS = words("a an this that these those my your ur his her their our some any such every no")
_ONE = words("a an this that another every such")
INSULTS = words("""
    dumb stupid fat ugly fake lazy filthy dirty nasty broke sorry crazy psycho basic rotten pathetic smug
    worthless useless disgusting lying evil selfish entitled annoying whiny bitter miserable skanky trashy
    thieving degenerate ignorant lil fucking fuckin fckin damn goddamn motherfucking bitchass punk hoe whorey
    whiney scary clown ratchet thirsty bald retarded
""")
"""Adjectives that stand before a noun for somebody; "little" and "bad" are left out, trees are little too."""
_PERSUASIONS = words("""
    socialist communist commie leftist liberal fascist nazi racist feminist republican democrat tory gypsy
    gypsie islamist globalist zionist vegan incel
""")
_SIZES = words("big huge massive tiny small little large long fat micro hard erect weird black white old")
PEOPLE = words("""
    bitch bitches hoe hoes nigga niggas nigger niggers whore whores slut sluts cunt cunts motherfucker
    motherfuckers mf mfs faggot faggots
""")
KICKS = words("""
    kick kicks kicked kicking kiss kisses kissing kissed whoop whoops whooped whooping whip bust haul lick
    licking licked beat eat wipe wiping shake shaking
""")
_BEHIND_ASS = END | words("off out up back down outta kicked beat whooped here hole holes cheeks")
_ASS_LIKE = words("""
    bad cute bitch sad weak loud grown rude cheap poor gay bum thick skinny corny goofy hating raggedy dusty
    musty thirsty
""")
LIKENED = INSULTS | _SIZES | _ASS_LIKE
_DYEING = words("""
    hair hairs wool yarn fabric fabrics cloth clothes color colour colors colours beard roots root shirt
    shirts blonde brunette bleach tie eggs egg thread silk cotton red blue green purple pink orange indigo
    henna ink leather textile textiles linen food eyebrows brows salon natural ombre highlights shoes
""")
INFINITIVE = words("""
    to will would should must gonna wanna can could may might go please just let don't didn't dont didnt
    won't lets i'll you'll they'll he'll she'll we'll shall all
""")
_DIES = (
    END
    | words("""
    out off alone already soon young today tonight tomorrow slowly painfully of from because horribly
    there here too now anyway someday
""")
    | phrases("""
    in hell, in pain, in agony, in prison, in jail, in large, in vain, in misery, and go, and rot, and burn,
    and come, and leave
""")
)
_DIED = phrases("alone, of cancer, of aids, of hunger, of a, of an, of old, in prison, in jail, in battle")
_TREES = words("""
    tree trees bark wood woods forest leaf leaves beer syrup plywood log logs branch branches table furniture
    silver paper grove sap veneer trunk plant planted timber cabinet floor flooring john society pine oak
    maple street avenue lane road
""")
_BUNGLES = words("job surgery attempt repair procedure operation")
_BUNGLED = words("up it this them things everything")
_MANNISH = words("""
    femme femmes lesbian lesbians queer gay masc haircut cassidy gender woman women dyke sundance stud name
    pulp harmon queen drag
""")
_TALKED_TO = END | words("""
    please ass u you i'm im i stop shut get go bye what why who don't dont is be
""")
_VERB_OBJECT = words(
    "the a an your my his her their our this that these those every all some it him them us me"
)
_COUNTRY = words("""
    delta river state seed seeds coup army president government junta border people population uranium
    republic forces embassy and in
""")
MENTIONS = words("word words term name spelling spelt spelled wrote write letters crossword called")
_VICTIMS = _VERB_OBJECT - {"it"} | words(
    "you u somebody someone people everyone every anyone one blacks whites jews"
)


def _insult(word: str, *, also: frozenset[str] = frozenset()) -> tuple[Frame, ...]:
    """Frames of a noun for somebody that is no word of English."""
    return (
        Frame(word, before=INSULTS | _PERSUASIONS | also),
        Frame(word, before=words("you u ya"), behind=END | words("and i i'm im shut stop")),
    )


_ASS = (
    Frame("ass", before=OWNERS, behind=_BEHIND_ASS),
    Frame("ass", before=KICKS, behind=END | {"and"}),
    Frame(
        "ass",
        before=LIKENED,
        behind=PEOPLE,
        # "As dumb as" likens one to others.
        unless_before=frozenset(f"as {word}" for word in LIKENED),
    ),
    Frame("ass", before=_SIZES, behind=words("dick cock tits titties boobs")),
)
_DIE = (
    Frame("die", before=INFINITIVE, behind=_DIES, unless_near=_DYEING),
    Frame("die", before=words("go"), behind=words("in"), unless_near=_DYEING),
)
_BIRCH = (
    Frame("bitch", before=INSULTS | words("ass"), unless_near=_TREES),
    Frame("bitch", before=words("you u ya"), behind=_TALKED_TO, unless_near=_TREES | _BUNGLES),
    Frame("bitch", before=words("like but"), behind=words("i'm im i you u if please")),
    Frame("bitch", before=None, behind=words("ass please slap slapped"), unless_near=_TREES),
    Frame("bitch", before=words("a"), behind=words("ass") | END, unless_near=_TREES, near_crude=True),
    Frame(
        "bitch",
        unless_behind=_BUNGLED,
        unless_near=_TREES | _BUNGLES | MENTIONS,
        near_crude=True,
    ),
)
_GENITALS = OWNERS | _SIZES | words("a suck sucks sucking sucked girl trans")

_DEALING = words("dealer dealers cartel cartels trafficker traffickers trafficking addict addicts")
_GIVEN_OR_FULL = phrases("give a, gives a, gave a, full of, piece of, load of")

FRAMES: dict[str, tuple[Frame, ...]] = {
    "as": _ASS,
    "az": (*_ASS, Frame("ass", before=INSULTS | _SIZES)),
    "ahs": (*_ASS, Frame("ass", behind=words("hole holes"))),
    "dye": _DIE,
    "dyed": (Frame("died", behind=_DIED, unless_near=_DYEING),),
    "birch": _BIRCH,
    "botch": (*_BIRCH, Frame("bitch", behind=words("about"))),
    "butch": (
        Frame("bitch", before=INSULTS | words("ass"), unless_near=_MANNISH),
        Frame("bitch", before=words("you"), behind=words("ass"), unless_near=_MANNISH),
        Frame("bitch", unless_near=_MANNISH | MENTIONS, near_crude=True),
    ),
    "wore": (
        Frame("whore", before=words("a the such"), unless_behind=words("out down off away")),
        Frame(
            "whore",
            before=INSULTS - words("fucking fuckin damn goddamn sorry") | words("crack attention"),
            behind=END | words("and is who ass"),
        ),
        Frame("whore", before=words("this that"), behind=END),
    ),
    "dike": _insult("dyke"),
    "dikes": (Frame("dykes", before=INSULTS),),
    "fagot": (*_insult("faggot"), Frame("faggot", before=frozenset({"up"}))),
    "niger": (
        Frame("nigger", before=_ONE | INSULTS | words("these those sand dirty"), unless_behind=_COUNTRY),
    ),
    "nigers": (
        Frame("niggers", before=DETERMINERS | INSULTS | {"the"}, unless_behind=_COUNTRY),
        Frame("niggers", behind=words("are is were be gonna"), unless_behind=_COUNTRY),
    ),
    "nigher": (
        Frame("nigger", before=_ONE | words("sand these those dirty"), unless_behind=words("to than and")),
    ),
    "pns": (Frame("penis", before=_GENITALS),),
    "dck": (Frame("dick", before=_GENITALS),),
    "dcks": (Frame("dicks", before=_GENITALS | words("these those their")),),
    "dik": (Frame("dick", before=_GENITALS, unless_behind=words("dik diks")),),
    "ugli": (Frame("ugly", before=DETERMINERS | words("how so u ur"), unless_behind=words("fruit fruits")),),
    "prn": (Frame("porn", before=words("watching watched gay trans lesbian revenge child kiddie")),),
    "twt": _insult("twat"),
    "cnt": _insult("cunt", also=words("old")),
    "thts": (Frame("thots", before=words("these those dumb")),),
    "stb": (Frame("stab", before=INFINITIVE - {"all"}, behind=_VICTIMS),),
    "drg": (Frame("drug", behind=_DEALING),),
    "sht": (
        Frame("shit", before=words("holy bull horse talk talking talks dumb stupid piece")),
        Frame("shit", before=_GIVEN_OR_FULL),
        Frame("shit", behind=words("hole holes head heads bag bags talk talking posting faced eating")),
    ),
}
"""The frames of each spelling; one is enough."""

CAPITAL_IS_NAME = words("birch butch niger nigers dike dikes fagot")
"""Those that are names where they begin with a capital."""

OF_OTHER_LANGUAGES = words("""
    anaal asse assole assoles bastaard bastar bich biches bichez damne erektion ficker fickers fook
    fooks hornie kil kille killt kunt kunts losser lossers lozer lozers nazie nazies niggah niggahs nippel
    pedofilia peins pennis retar seksual sloot sloots sluta vagin wanke zex
""")
"""Words of other languages and names; in small letters amid English they are respellings."""

TERMS_OF_OTHER_LANGUAGES = words("daty pussi seks slutt")
"""Surfaces of the lexicon that are; in bad company they are read as well."""

TELLS_ENGLISH = words("""
    the you your my his their this that these those and with who what they she it's it to for from are were
    been would just like some such every how when if because don't can't i'm being need wanna gonna having
    him
""")
"""Words of English that are hardly words of another language."""
