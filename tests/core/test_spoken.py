import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.spoken import spoken


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("plain words, 100 %", "plain words, 100 %"),
        ("those p3ople, те*chers 😂", "those people, teachers face with tears of joy"),
        ("you are a 🐒", "you are a monkey"),
        ("🔪🔪🔪 soon", "kitchen knife soon"),
        ("😂 😂 😂 ok 😂", "face with tears of joy ok face with tears of joy"),
        ("I ❤️ you", "I red heart you"),
        ("I ❤ you", "I red heart you"),
        ("👍🏿", "thumbs up dark skin tone"),
        ("👨\u200d👩\u200d👧", "family man woman girl"),
        ("love from 🇮🇹", "love from Italy"),
        ("𝓴𝓲𝓵𝓵 ｙｏｕ", "kill you"),
        ("naïve café", "naïve café"),
        ("Привет, мир", "Привет, мир"),
        ("Plainspeak™", "PlainspeakTM"),
    ],
)
def test_emoji_are_named_and_letters_are_plain(text: str, heard: str) -> None:
    assert spoken(text) == heard


@given(st.text())
def test_any_text_can_be_spoken_and_stays_so(text: str) -> None:
    heard = spoken(text)
    assert len(heard) <= 60 * max(len(text), 1)
    assert spoken(heard).split() == heard.split()
