"""Words and phrases are read as a person types them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.search import MOST_WORDS, words_in


@pytest.mark.parametrize(
    ("query", "words", "unfinished"),
    [
        ("", (), False),
        ("kill", ("kill",), True),
        ('"kill your self"', ("kill your self",), False),
        ('un"alive', ('un"alive',), True),
        ('"never closed', ("never closed",), False),
        ("!!! ... 🌽", (), False),
        ("k!ll !!!", ("k!ll",), True),
    ],
)
def test_words_are_read(query: str, words: tuple[str, ...], *, unfinished: bool) -> None:
    assert words_in(query) == (words, unfinished)


@given(st.text())
def test_any_query_is_readable(query: str) -> None:
    words, _ = words_in(query)
    assert len(words) <= MOST_WORDS
    assert all(word.strip() for word in words)
