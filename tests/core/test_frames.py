"""The neighbours that make a spelling another word: each spelling leads to a risky word, and only there."""

import pytest

from app.core.frames import FRAMES, OF_OTHER_LANGUAGES
from app.core.lexicon import lexicon_of
from app.core.normalize import normalize
from app.core.picture_frames import PICTURE_FRAMES
from app.core.readings import Readings
from app.core.vocabulary import RISKY

LEXICON = lexicon_of([])


def read(text: str) -> str:
    return normalize(text, lexicon=LEXICON).plain


def test_every_frame_leads_to_a_risky_word() -> None:
    tables = (*FRAMES.values(), *PICTURE_FRAMES.values())
    assert {frame.word for frames in tables for frame in frames} <= RISKY


def test_every_word_of_another_language_is_read_as_a_risky_one() -> None:
    assert [word for word in OF_OTHER_LANGUAGES if Readings.doubtful(word) not in RISKY] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kick his as", "kick his ass"),
        ("kick his as.", "kick his ass."),
        ("kick his as 😂", "kick his ass 😂"),
        ("they call it 'his as'", "they call it 'his as'"),
        ("kick his as far as you can", "kick his as far as you can"),
        ("as dumb as niggers", "as dumb as niggers"),
        ("KICK HIS AS", "KICK HIS ASS"),
        ("go dye, please", "go die, please"),
        ("go dye your hair", "go dye your hair"),
        (
            "you have nice hair, but I will dye it. I will dye.",
            "you have nice hair, but I will dye it. I will dye.",
        ),
        ("You Birch", "You Birch"),
        ("YOU BIRCH", "YOU BITCH"),
        ("this sloot again", "this slut again"),
        ("Sloot the plumber and his van", "Sloot the plumber and his van"),
        ("het water in de sloot", "het water in de sloot"),
        ("such a 🐶", "such a bitch"),
        ("such a 🐶🐶", "such a 🐶🐶"),
        ("such a 🐶 from the shelter", "such a 🐶 from the shelter"),
        ("a nice 🔫\ufe0f, the 🔫\ufe0f", "a nice 🔫\ufe0f, the gun"),
        ("the 🔫s of the film", "the 🔫s of the film"),
        ("how do you spell the word sloot", "how do you spell the word sloot"),
    ],
)
def test_neighbours_tell_the_word(text: str, expected: str) -> None:
    assert read(text) == expected
