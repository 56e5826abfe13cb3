"""A text is cut into words that cover it, and few enough to ask for."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.core.occlusion import CHARS_SCORED, MOST_PIECES, Piece, pieces_of, spans_to_leave_out, without
from app.core.types import Span


@given(st.text())
def test_every_word_is_left_out_exactly_once(text: str) -> None:
    spans = spans_to_leave_out(text)
    assert " ".join(text[span.start : span.end] for span in spans).split() == text.split()
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(st.integers(1, 30_000))
def test_long_texts_cost_no_more_than_a_budget(words: int) -> None:
    text = "word " * words
    spans = spans_to_leave_out(text)
    assert len(spans) <= MOST_PIECES
    assert len(spans) <= 2 or len(spans) * len(text) <= CHARS_SCORED


def test_a_piece_tells_how_far_the_score_falls_without_it() -> None:
    spans = (Span(0, 3), Span(4, 7))
    assert without("abc def", spans[0]) == " def"
    assert pieces_of(0.75, spans, [0.5, 1.0]) == (Piece(spans[0], 0.25), Piece(spans[1], -0.25))
