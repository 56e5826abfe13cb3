"""In which places an emoji stands for a word: data, and nothing else.

Grammar needs a word there ("to 🔪 them", "such a 🐶"), and nothing near says that the thing itself is meant:
a dog, a fruit, a kitchen, a toy.
"""

from app.core.frames import (
    DETERMINERS,
    END,
    INFINITIVE,
    INSULTS,
    KICKS,
    LIKENED,
    OWNERS,
    PEOPLE,
    Frame,
    phrases,
    words,
)

_DOGS = words("""
    dog dogs doggo doggy pup pups puppy puppies kennel vet leash walk walks walked fur furry breed rescue
    shelter adopt adopted paw paws bark barks barking cat cats kitten treat treats fetch tail filter lover
    lovers person people owner owners mom mum dad parent parents sitter walker bed food toy
""")
_FRUIT = words("""
    peach peaches fruit cobbler tree orchard pie jam juice ripe georgia smoothie nectarine sweet fresh yoghurt
    yogurt salad market farm tea eat ate eating basket
""")
_GARDEN = words("""
    eggplant eggplants aubergine aubergines vegetable vegetables garden recipe parmesan parm cook cooked roast
    roasted grilled curry market tomato tomatoes farm dinner lasagne moussaka
""")
_CATS = words("""
    cat cats kitten kittens kitty vet meow litter adopt adopted fur purr purring pet pets paw paws dog dogs
    shelter rescue whiskers feline
""")
_KITCHEN = words("""
    cook cooking chef kitchen knife knives onion onions garlic chop slice sliced recipe carrot carrots chicken
    meat cake bread steak dinner butter cheese fish turkey vegetable vegetables salad tomato tomatoes cutting
    thin thinly fine finely dice diced peel peeled sharp game round boss level
""")
_TOYS = words("water toy toys nail glue nerf game games squirt paintball heat laser massage bubble spray")
_TO_DEATH = phrases("""
    beat to, beaten to, bleed to, bled to, stab to, stabbed to, shot to, choke to, choked to, freeze to,
    starve to, starved to, burn to, burned to, burnt to, stoned to, put to, tortured to, crushed to,
    strangled to, tased to
""")
_CONTEMPT = INSULTS - words("lazy scary crazy fat dirty bald ugly sorry lil filthy")
"""Insults that nobody gives an animal."""
_OF_HERS = phrases(
    "you a, u a, ur a, your a, she a, he a, you're a, youre a, she's a, shes a, he's a, such a, of a"
)
_ANY = (DETERMINERS - words("my our his her their no any")) | words("the like but you u another light")
_DIAPERS = words("""
    diaper diapers nappy nappies dog dogs puppy cat bag bags toilet baby toddler litter potty emoji
    stepped yard lawn
""")
_SELVES = words("yourself yourselves urself myself himself herself themselves ourselves")
_MANY = words("all every everyone everybody people somebody someone blacks whites jews muslims these those")
_SUCK = words("suck sucks sucking sucked")

_SHIT_OF = phrases("""
    give a, gives a, gave a, worth a, full of, full on, piece of, pile of, sack of, load of, lot of,
    treated like, treat me like, feel like, feels like, felt like, look like, looks like
""")

PICTURE_FRAMES: dict[str, tuple[Frame, ...]] = {
    "🐶": (
        Frame("bitch", before=_CONTEMPT | words("ass hoe") | _OF_HERS, unless_near=_DOGS),
        Frame("bitch", before=words("you u ya"), behind=END | words("ass"), unless_near=_DOGS),
        Frame("bitch", behind=words("ass slap slapped about"), unless_near=_DOGS),
        Frame("bitch", before=_ANY | INSULTS, unless_near=_DOGS, near_crude=True),
        Frame(
            "bitch",
            behind=words("i i'm im ima imma you u don't get shut stop"),
            unless_near=_DOGS,
            near_crude=True,
        ),
    ),
    "🍑": (
        Frame("ass", before=LIKENED - words("fat big little small huge"), unless_near=_FRUIT),
        Frame("ass", behind=PEOPLE, unless_near=_FRUIT),
        Frame("ass", before=KICKS | OWNERS | phrases("in the, up the"), unless_near=_FRUIT),
        Frame("ass", before=LIKENED | {"the"}, unless_near=_FRUIT, near_crude=True),
    ),
    "🍆": (
        Frame("dick", before=_SUCK, unless_near=_GARDEN),
        Frame(
            "dick",
            before=phrases(
                "suck my, suck his, suck a, sucking my, sucking his, sucks my, big black, a tiny, a hairy"
            ),
            unless_near=_GARDEN,
        ),
        Frame("dick", behind=words("pic pics head sucker sucking"), unless_near=_GARDEN),
        Frame("dick", before=words("my your his some big small tiny"), unless_near=_GARDEN, near_crude=True),
    ),
    "💩": (
        Frame("shit", before=_SHIT_OF, unless_near=_DIAPERS),
        Frame("shit", before=words("holy bull smelly eat eating talk talking talks"), unless_near=_DIAPERS),
        Frame(
            "shit",
            behind=words("out hole holes head heads talk talking show bag storm"),
            unless_near=_DIAPERS,
        ),
        Frame("shit", before=_ANY, unless_near=_DIAPERS, near_crude=True),
    ),
    "🐱": (
        Frame(
            "pussy",
            before=words("eat eating ate lick licking licked fucking fuckin wet tight"),
            unless_near=_CATS,
        ),
        Frame("pussy", before=words("a"), behind=words("ass"), unless_near=_CATS),
        Frame("pussy", before=_ANY | words("get new some"), unless_near=_CATS, near_crude=True),
    ),
    "🔪": (
        Frame("kill", before=INFINITIVE - {"all", "just"}, behind=_MANY, unless_near=_KITCHEN),
        Frame(
            "kill",
            before=INFINITIVE | words("him them her i they we"),
            behind=_SELVES,
            unless_near=_KITCHEN,
        ),
        Frame("kill", before=INFINITIVE - {"all"}, behind=words("him her them us"), unless_near=_KITCHEN),
        Frame("kill", before=words("i'll gonna wanna to should will"), behind=END, unless_near=_KITCHEN),
        Frame(
            "killed",
            before=words("have has had was were be been being got almost nearly he she they who"),
            unless_near=_KITCHEN,
        ),
        Frame("killed", behind=words("by himself themselves"), unless_near=_KITCHEN),
    ),
    "💀": (
        Frame("death", before=_TO_DEATH),
        Frame("death", before=END, behind=words("to")),
        Frame("death", behind=words("threat threats penalty sentence toll camp camps row wish")),
        Frame("dead", behind=words("body bodies")),
        Frame(
            "dead",
            before=phrases(
                "want you, want him, want her, want them, want us, drop, for, off, brain, shot, found"
            ),
            behind=END | words("in and or"),
        ),
        Frame("dead", before=words("be are is was were"), behind=words("by already soon now too in inside")),
    ),
    "🔫": (
        Frame("gun", before=words("a the my his her your their another"), unless_near=_TOYS),
        Frame("gun", behind=words("control laws law violence owner owners shop shops rights range safety")),
    ),
}
"""The frames of each emoji; one is enough."""
