from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.passages import RUN_ON_WORDS, SENTENCE_CHARS, STRETCHES_WORDS, passages
from app.core.sentences import sentences


def texts(text: str) -> list[str]:
    return [text[span.start : span.end] for span in passages(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You idiot! We had soup. Bye", ["You idiot!", "We had soup.", "Bye"]),
        ("You idiot! We had soup.", []),
        ("", []),
        (" ".join(["word"] * (RUN_ON_WORDS - 1)), []),
    ],
    ids=["three sentences", "two sentences", "nothing", "a long sentence"],
)
def test_sentences_are_passages_where_there_are_enough_of_them(text: str, found: list[str]) -> None:
    assert texts(text) == found


def test_a_sentence_that_never_ends_is_cut_into_overlapping_stretches() -> None:
    words = [f"w{number}" for number in range(RUN_ON_WORDS + 2)]

    every = [stretch.split() for stretch in texts(" ".join(words))]

    for length in STRETCHES_WORDS:
        found = [stretch for stretch in every if len(stretch) == length]
        assert found[0][0] == words[0]
        assert found[-1][-1] == words[-1]
        assert all(set(first) & set(second) for first, second in pairwise(found))
        assert {word for stretch in found for word in stretch} == set(words)


def test_what_is_longer_than_a_window_is_no_passage_by_itself() -> None:
    long = "very" * SENTENCE_CHARS
    assert texts(f"Soup. {long}. Bread.") == ["Soup.", "Bread."]


@given(st.text("ab .!?\n\u2028\u3000é😂", max_size=300))
def test_passages_lie_in_sentences_and_begin_and_end_with_a_word(text: str) -> None:
    for span in passages(text):
        assert any(own.start <= span.start < span.end <= own.end for own in sentences(text))
        assert text[span.start : span.end] == text[span.start : span.end].strip()
