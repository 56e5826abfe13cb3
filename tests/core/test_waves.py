"""Posts that differ in little stay together, others stay apart, and what differs is all marked."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.waves import ALIKE, BANDS, MOST_WORDS, bands_of, compare, likeness, shingles_of

LETTERS = "abcdefghijklmnopqrstuvwxyz"
words = st.text(LETTERS, min_size=3, max_size=8)
posts = st.lists(words, min_size=20, max_size=80, unique=True)
texts = st.text(max_size=200)

WAVE = [
    "Free crypto giveaway, send 0.1 coins to this address and get 5 back, only today, ask me how",
    "Free crypto giveaway, send 0.3 coins to this address and get 9 back, only today, ask me how",
    "FREE crypto giveaway!!! send 0.1 coins to this address and get 5 back, only tonight, ask me how",
    "Hey free crypto giveaway, send 0.1 coins to this address and get 5 back, only today, ask me how 🚀",
]
UNRELATED = [
    "Free tickets for the game tonight, first come first served, ask at the desk",
    "You are a fool and everybody at school knows it",
    "You are a hero and everybody at school knows who did it",
    "i will find your house tonight",
    "i will find you a new house by tonight if you like",
    "send me the address and i come back with coins for the meter",
]


def alike(one: str, other: str) -> bool:
    return likeness(shingles_of(one), shingles_of(other)) >= ALIKE


@given(posts, words, st.data())
def test_one_word_in_twenty_may_be_another(post: list[str], word: str, data: st.DataObject) -> None:
    places = data.draw(st.sets(st.integers(0, len(post) - 1), max_size=len(post) // 20))
    edited = [f"{word}{word}x" if place in places else each for place, each in enumerate(post)]
    assert alike(" ".join(post), " ".join(edited))


@given(posts, words, st.data())
def test_one_word_in_twenty_may_be_more_or_missing(post: list[str], word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(post)))
    assert alike(" ".join(post), " ".join([*post[:place], f"{word}{word}x", *post[place:]]))
    assert alike(" ".join(post), " ".join([*post[:place], *post[place + 1 :]]))


@given(posts, posts)
def test_texts_of_other_words_are_apart(one: list[str], other: list[str]) -> None:
    apart = [word for word in other if word not in one]
    assert not alike(" ".join(one), " ".join(apart))


def test_posts_of_a_wave_stay_together_and_others_apart() -> None:
    assert all(alike(one, other) for one, other in combinations(WAVE, 2))
    assert not any(alike(one, other) for one in WAVE for other in UNRELATED)
    assert not any(alike(one, other) for one, other in combinations(UNRELATED, 2))


@given(texts, texts)
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    ours, theirs = shingles_of(one), shingles_of(other)
    assert 0 <= likeness(ours, theirs) <= 1
    assert likeness(ours, theirs) == likeness(theirs, ours)
    assert likeness(ours, ours) == (1 if ours else 0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Buy NOW, only 50!", "buy now: only 75", True),
        ("see you tonight 🙂", "see you tonight 🔪", False),
        ("kys", "kys", True),
        ("kys", "kiss", False),
        ("送钱 给我", "送钱 给我", True),
        ("", "", False),
        ("!!!", "!!!", False),
    ],
)
def test_case_punctuation_and_numbers_do_not_count(one: str, other: str, *, same: bool) -> None:
    assert alike(one, other) is same


def test_a_text_too_long_to_compare_is_like_no_other() -> None:
    fits, too_long = "word " * MOST_WORDS, "word " * (MOST_WORDS + 1)
    assert alike(fits, fits)
    assert not alike(too_long, too_long)
    assert bands_of(shingles_of(too_long)) == ()


def test_bands_are_the_same_in_every_version() -> None:
    # Stored beside each item: another way to reckon them would part old posts from new ones.
    assert bands_of(shingles_of("Hello there")) == (
        4845830291753463460,
        5974594527413083045,
        -684240181424413810,
        -6500004365531843210,
        5380225242516064309,
        -1523968420230212145,
        7557777252896452920,
        1574263302366904508,
    )


@given(texts)
def test_bands_are_signed_numbers_of_64_bits(text: str) -> None:
    bands = bands_of(shingles_of(text))
    assert len(bands) in {0, BANDS}
    assert all(-(2**63) <= band < 2**63 for band in bands)


def test_bands_find_nearly_every_text_that_differs_in_one_word_of_twenty() -> None:
    draw = random.Random(4)
    missed = 0
    for _ in range(1000):
        post = ["".join(draw.choices(LETTERS, k=6)) for _ in range(20)]
        edited = [*post]
        edited[draw.randrange(20)] = "other"
        ours, theirs = bands_of(shingles_of(" ".join(post))), bands_of(shingles_of(" ".join(edited)))
        missed += not set(ours) & set(theirs)
    assert missed <= 5


@given(texts, texts)
def test_what_is_compared_joins_to_both_texts(one: str, other: str) -> None:
    found = compare(one, other)
    assert "".join(each.text for each in found.one) == one
    assert "".join(each.text for each in found.other) == other
    shared = ["".join(each.text for each in side if not each.differs) for side in (found.one, found.other)]
    # The space before a word that one of them lacks is not marked.
    assert shared[0].replace(" ", "") == shared[1].replace(" ", "")
    assert any(each.differs for each in (*found.one, *found.other)) is (one != other)


def test_what_differs_is_marked_word_by_word() -> None:
    found = compare("get 5 coins back today", "get 9 coins back")
    assert [each.text for each in found.one if each.differs] == ["5", "today"]
    assert [each.text for each in found.other if each.differs] == ["9"]


def test_a_space_that_differs_is_marked() -> None:
    for odd in ("  ", "\u00a0", "\t"):
        found = compare("number 5", f"number{odd}5")
        assert [each.text for each in found.other if each.differs] == [f"{odd}5"]


def test_a_comparison_that_would_take_long_marks_all_in_between() -> None:
    one, other = "same " + "a b " * 200 + "end", "same " + "b a " * 200 + "end"
    found = compare(one, other)
    assert [each.differs for each in found.one] == [False, True, False]
    assert "".join(each.text for each in found.other) == other
