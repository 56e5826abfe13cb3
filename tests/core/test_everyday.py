"""Everyday words in disguise, as a model reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.everyday import with_everyday_words
from app.core.vocabulary import FREQUENT, RISKY


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("those p3ople c0me h3re", "those people come here"),
        ("a te*cher, a bro#her and m*slims", "a teacher, a brother and muslims"),
        ("bl*ck or wh*te", "black or white"),
        ("th*t is a qu_stion", "that is a question"),
        ("sooooo gooood, peeeople", "so good, people"),
        ("but, butttt", "but, but"),
        ("comming soon, untill then", "coming soon, until then"),
        ("thnk of ths wrld", "think of this world"),
        ("m-e-e-t me n.o.w, t o d a y", "meet me now, today"),
        ("wom\u0435n and m\u0435n", "women and men"),
        ("t#\u0435 end of th\u0435 stor\u0443", "the end of the story"),
        ("wo\u200bm\u200ben", "women"),
        ("h3 add$ w0rds!", "h3 adds words!"),
        ("hap%y", "happy"),
    ],
)
def test_an_everyday_word_is_read_as_what_it_is(written: str, read: str) -> None:
    assert with_everyday_words(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "mp3 b2b covid19 windows7 ps5 3am 4part 2nd 10th 80s a1 h1 x86 m25",
        "e-mail re-use in-law co-op well-known my_var snake_case_name a-b T-shirt de-ice",
        "@live_now and #h4lf, foo@b4r.com, https://example.com/te*cher?q=w0rld&p=th*t",
        "a*b + 5*3, **bold**, *this*, x = y*z; 100% #1",
        "rhythm psych crypt hmm brr nth Mr Mrs Dr St html https www FBI NHS TV",
        "U.S. and U.K., i.e. a b c, A B C D, e.g. this",
        "na\u00efve caf\u00e9, \u043f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440, \u0394T, 5\u00b5m",
        "all good books still need coffee, Aaron",
        "Scarlett Starr and Ann; a page* with a note*, part of a lon- word",
        "$100 and 50$, 20\u20ac, C++ and C#",
    ],
)
def test_what_is_no_disguise_stays(text: str) -> None:
    assert with_everyday_words(text) == text


@pytest.mark.parametrize("token", ["f*ck", "sh*t", "wh*re", "k1ll", "c*nt", "fck", "b1tch", "r@pe", "kiiill"])
def test_what_may_be_a_risky_word_is_left_to_the_normalizer(token: str) -> None:
    assert with_everyday_words(f"you {token} them") == f"you {token} them"


@given(st.sampled_from(sorted(RISKY)), st.data())
def test_no_risky_word_becomes_another_word(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    masked = f"{word[:at]}*{word[at + 1 :]}"
    read = with_everyday_words(masked)
    assert read == masked or (word not in FREQUENT and read.isalpha())


@given(st.text(alphabet="abcdehiklmnoprstuwy0134579@$!*#_-. \u0435\u043e\u200b", max_size=80))
def test_what_is_read_is_bounded(text: str) -> None:
    assert len(with_everyday_words(text)) <= 3 * len(text)


@pytest.mark.parametrize("piece", ["a", "a ", "a-", "a.", "t*", "3", "x\u200b", "\u0435a", "aab", "thnk "])
def test_a_hostile_text_is_read_in_linear_time(piece: str) -> None:
    # A text that is read in quadratic time would take minutes.
    assert with_everyday_words(piece * 200_000)
