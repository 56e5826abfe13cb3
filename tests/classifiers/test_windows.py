"""How texts are cut."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.classifiers.windows import Window

BEGIN, END = 2, 3
WINDOW = Window(tokens=32, overlap=8)


@settings(max_examples=100, deadline=None)
@given(length=st.integers(0, 400))
def test_windows_cover_every_token_with_the_stated_overlap(length: int) -> None:
    tokens = list(range(1000, 1000 + length))
    windows = WINDOW.cut(tokens, begin=BEGIN, end=END)
    assert all(len(window) <= WINDOW.tokens and (window[0], window[-1]) == (BEGIN, END) for window in windows)
    inside = [window[1:-1] for window in windows]
    assert [token for window in inside[:1] for token in window] + [
        token for window in inside[1:] for token in window[WINDOW.overlap :]
    ] == tokens
    assert all(before[-WINDOW.overlap :] == after[: WINDOW.overlap] for before, after in pairwise(inside))
    assert all(len(window) > WINDOW.overlap for window in inside[1:])
