from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.core.discovery import MOST_EXAMPLES, Sample, discover, log_odds, words_of
from app.core.types import Category, Edit, NormalizedText, Step

START = datetime(2026, 11, 1, tzinfo=UTC)
BACKGROUND = ["the train is late", "what a match", "my cat sleeps", "soup for lunch", "the sun is out"]
counts = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 1000)).map(Counter)


def samples(
    texts: Iterable[str],
    *,
    target: bool = True,
    first_day: int = 0,
    authors: tuple[str | None, ...] = ("a", "b", "c"),
    category: Category | None = Category.HARASSMENT,
    overridden: bool = False,
) -> list[Sample]:
    return [
        Sample(
            decision_id=f"{target}-{first_day}-{number}",
            text=NormalizedText(text, text),
            at=START + timedelta(days=first_day, minutes=number),
            author_id=authors[number % len(authors)],
            category=category if target else None,
            target=target,
            overridden=overridden,
        )
        for number, text in enumerate(texts)
    ]


def test_a_word_of_harmful_posts_is_found_with_posts_and_category() -> None:
    harmful = samples([f"you are a glorbo the {number} time" for number in range(8)])
    found = discover(harmful + samples(BACKGROUND * 8, target=False))
    words = [each.word for each in found.candidates]
    assert "glorbo" in words
    assert "the" not in words
    assert (found.posts, found.targets) == (48, 8)
    glorbo = found.candidates[words.index("glorbo")]
    assert (glorbo.target_posts, glorbo.other_posts, glorbo.overridden_posts) == (8, 0, 0)
    assert glorbo.category is Category.HARASSMENT
    assert [each.decision_id for each in glorbo.examples] == ["True-0-7", "True-0-6", "True-0-5"]
    assert len(glorbo.examples) == MOST_EXAMPLES


def test_a_word_that_everybody_says_is_not_found() -> None:
    texts = ["have some soup now"] * 8
    found = discover(samples(texts) + samples(texts * 3, target=False))
    assert found.candidates == ()


def test_what_is_said_more_of_late_comes_first() -> None:
    old = samples([f"zork {number}" for number in range(14)])
    late = samples([f"blip {number}" for number in range(12)], first_day=20)
    calm = samples(BACKGROUND * 6, target=False) + samples(BACKGROUND * 6, target=False, first_day=20)
    found = discover(old + late + calm)
    assert [(each.word, each.is_rising) for each in found.candidates] == [("blip", True), ("zork", False)]


def test_one_author_alone_makes_no_word() -> None:
    harmful = [f"glorbo {number}" for number in range(8)]
    calm = samples(BACKGROUND * 8, target=False)
    assert discover(samples(harmful, authors=("a",)) + calm).candidates == ()
    assert [each.word for each in discover(samples(harmful, authors=("a", "b")) + calm).candidates] == [
        "glorbo"
    ]
    # Callers need not name authors; then nothing is known against it.
    assert [each.word for each in discover(samples(harmful, authors=(None,)) + calm).candidates] == ["glorbo"]


def test_one_post_that_repeats_a_word_counts_once() -> None:
    harmful = samples(["glorbo " * 100, "nothing", "at all"])
    assert discover(harmful + samples(BACKGROUND * 8, target=False)).candidates == ()


def test_known_words_and_read_ones_are_left_out() -> None:
    harmful = samples([f"glorbo zork {number}" for number in range(8)])
    calm = samples(BACKGROUND * 8, target=False)
    words = [each.word for each in discover(harmful + calm, known={"zork"}).candidates]
    assert words == ["glorbo"]
    edit = Edit(0, 6, "glorbo", "idiot", Step.LEXICON)
    assert words_of(NormalizedText("glorbo zork", "idiot zork", (edit,))) == {"zork"}


def test_overridden_posts_are_counted() -> None:
    harmful = samples([f"glorbo {number}" for number in range(8)], overridden=True)
    (glorbo,) = discover(harmful + samples(BACKGROUND * 8, target=False)).candidates
    assert glorbo.overridden_posts == 8


def test_nothing_gives_nothing() -> None:
    assert discover([]).candidates == ()
    assert discover(samples(["glorbo"] * 5)).candidates == ()


@given(counts, counts)
def test_the_two_sides_mirror_each_other(one: "Counter[str]", other: "Counter[str]") -> None:
    here, there = log_odds(one, other), log_odds(other, one)
    assert here.keys() == there.keys() == (one + other).keys()
    assert all(abs(here[word] + there[word]) < 1e-9 for word in here)


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    assert all(words_of(NormalizedText(text, text)))
