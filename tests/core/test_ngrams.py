import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.ngrams import BUCKETS, WORD_BUCKETS, grams, letter_buckets, pair_bucket, word_bucket


def test_case_and_repetition_are_not_seen() -> None:
    assert grams("Go AWAY go away") == grams("go away go away go away")


def test_marks_are_words_of_their_own() -> None:
    assert grams("no! don't").words == ("no", "!", "don", "'", "t")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_has_buckets_inside_the_table(text: str) -> None:
    found = grams(text)
    assert all(0 <= word_bucket(word) < WORD_BUCKETS for word in found.words)
    assert all(0 <= pair_bucket(pair) < WORD_BUCKETS for pair in found.pairs)
    assert all(WORD_BUCKETS <= bucket < BUCKETS for word in found.words for bucket in letter_buckets(word))


def test_words_that_share_letters_share_buckets() -> None:
    shared = set(letter_buckets("idiots")) & set(letter_buckets("idiot"))
    assert len(shared) > len(letter_buckets("idiot")) / 2
    assert not set(letter_buckets("idiot")) & set(letter_buckets("garden"))


@pytest.mark.parametrize(("word", "bucket"), [("kill", 22121), ("you", 30742)])
def test_buckets_are_those_the_weights_were_trained_with(word: str, bucket: int) -> None:
    assert word_bucket(word) == bucket


def test_a_word_without_end_costs_no_more_than_a_long_one() -> None:
    assert len(letter_buckets("a" * 100_000)) == len(letter_buckets("a" * 1000))
