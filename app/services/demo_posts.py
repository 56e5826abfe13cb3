"""The posts of the demonstration: what people write in a games forum, and what some of them should not.

Each is a pattern, with whether a person would take it down. The patterns were written for this project.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """A post with places to fill, and what a person makes of it."""

    text: str
    harmful: bool
    often: int = 1
    """How often it is drawn beside the others."""


FILLINGS = {
    "name": ("Mara", "Tobi", "Quill", "Juno", "Ravi", "Nell", "Otis", "Pia"),
    "place": ("the swamp level", "the lighthouse", "chapter four", "the ice cave", "the harbour map"),
    "thing": ("the new bow", "the patch notes", "the soundtrack", "the map editor", "that boss fight"),
    "day": ("tonight", "on Sunday", "after work", "this weekend", "tomorrow"),
    "food": ("dumplings", "lentil soup", "cinnamon buns", "ramen", "cornbread"),
}

PATTERNS = (
    Pattern("Anyone up for a round on {place} {day}?", harmful=False, often=9),
    Pattern("{thing} is so good, well done everybody", harmful=False, often=8),
    Pattern("How do I get past {place}? Stuck since yesterday.", harmful=False, often=9),
    Pattern("Thanks {name}, that helped a lot!", harmful=False, often=8),
    Pattern("I made {food} while the update was loading", harmful=False, often=6),
    Pattern("Unpopular opinion: {thing} was better before the update.", harmful=False, often=5),
    Pattern("My dog walked over the keyboard on {place} and won the match.", harmful=False, often=3),
    Pattern("Patch {day}? Source: I read it on the forum.", harmful=False, often=4),
    Pattern("{name} carried us through {place}, what a legend", harmful=False, often=5),
    Pattern("Finished {place} with one heart left. My hands are shaking.", harmful=False, often=4),
    Pattern("Does {thing} crash for anybody else since the update?", harmful=False, often=5),
    Pattern("Could we have a colour-blind mode for {place}, please?", harmful=False, often=3),
    Pattern("gg, see you all {day}", harmful=False, often=5),
    Pattern("Ed Sheeran in the background of {place}? I love it.", harmful=False),
    Pattern("The ninja kills the dragon in {place}, spoilers!", harmful=False, often=3),
    Pattern("I got killed by the boss of {place} eleven times, send help and {food}", harmful=False, often=3),
    Pattern("This grind is murder on my wrists.", harmful=False, often=2),
    Pattern("We are going to destroy you {day}, {name}! May the best team win.", harmful=False, often=2),
    Pattern("what a f*cking brilliant goal, {name}!!", harmful=False, often=3),
    Pattern("damn, {place} is hard", harmful=False, often=3),
    Pattern(
        "News: the studio says it got threats over {thing}. Horrible, leave people alone.",
        harmful=False,
        often=2,
    ),
    Pattern("Two years clean today. Thank you all for being here, {name} above all.", harmful=False, often=2),
    Pattern("My grandmother died {day}. I will be away for a while.", harmful=False),
    Pattern(
        "If anybody feels low: talking to {name} helped me, and there are helplines.", harmful=False, often=2
    ),
    Pattern(
        "Is the film about {thing} suitable for children? There is a drug scene, I heard.", harmful=False
    ),
    Pattern("Health class was about consent and contraception, quite good actually.", harmful=False),
    Pattern("People who call {name} an idiot for losing should be ashamed.", harmful=False, often=2),
    Pattern("{name} you are a pathetic l0ser and everybody here h@tes you", harmful=True, often=3),
    Pattern("you are the dumbest trash I ever played with, {name}, uninstall", harmful=True, often=3),
    Pattern("nobody likes you {name}. ugly, stupid and alone, as you should be", harmful=True, often=2),
    Pattern("k!ll y0urs3lf {name}", harmful=True, often=2),
    Pattern("just unalive yourself already", harmful=True, often=2),
    Pattern("i know where you live {name}, i will come {day} and break your legs", harmful=True, often=2),
    Pattern("one more word and you are dead, {name}. i mean it", harmful=True, often=2),
    Pattern("go back to where you came from, your people are vermin", harmful=True, often=2),
    Pattern("those immigrants are animals and should all be put down", harmful=True),
    Pattern("women are too stupid to play this, back to the kitchen", harmful=True, often=2),
    Pattern("selling p3rcs and xans, dm me on t3legram {day}", harmful=True, often=2),
    Pattern("who needs m0lly {day}? good price, fast", harmful=True),
    Pattern("send n00ds {name}, i show you mine", harmful=True, often=2),
    Pattern("hey babe want some seggs {day}? im so horny", harmful=True, often=2),
    Pattern("it was so beautiful to watch him bleed out, more people deserve that", harmful=True),
    Pattern("I want to unalive myself, nobody would miss me", harmful=False, often=2),
    Pattern("i can not do this anymore. cutting again {day}. sorry {name}", harmful=False),
    Pattern("f.u.c.k you {name} you worthless clown", harmful=True, often=2),
    Pattern("\u0443ou are a f\u043e\u043el, {name}, and ugly t\u043eo", harmful=True),
)
