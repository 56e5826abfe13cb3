import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.markup import without_markup


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<p>one</p><p>two</p>", "one two"),
        ("k<i>il</i>l y<span class='x'>o</span>u", "kill you"),
        ("a<br/>b<img src=x>c", "a b c"),
        ("fish &amp; chips &#x1F602;", "fish & chips 😂"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("seen<!-- not --><script>alert(1)</script><style>b{}</style>", "seen"),
        ("<a href='https://example.com'>link</a>", "link"),
        ("", ""),
    ],
)
def test_a_reader_sees_the_words(html: str, seen: str) -> None:
    assert without_markup(html) == seen


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert len(without_markup(text)) <= len(text) * 2
