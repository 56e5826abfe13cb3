from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.sentences import sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Go away! You are a fool. Bye", ["Go away!", "You are a fool.", "Bye"]),
        ("one line\nanother line", ["one line", "another line"]),
        ("It costs 3.50 at example.com, ok?", ["It costs 3.50 at example.com, ok?"]),
        ('He said "stop!" and left.', ['He said "stop!"', "and left."]),
        ("What?! No... yes", ["What?!", "No...", "yes"]),
        ("  spaced  ", ["spaced"]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_sentences_are_where_a_reader_sees_them(text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in sentences(text)] == found


@given(st.text("ab .!?\n\u2028é😂", max_size=60))
def test_sentences_cover_every_word_in_order_and_never_overlap(text: str) -> None:
    spans = sentences(text)
    assert all(span.start < span.end for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))
    kept = "".join(text[span.start : span.end] for span in spans)
    assert "".join(kept.split()) == "".join(text.split())
