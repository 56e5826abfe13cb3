"""What holds for every text."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.core.lexicon import Form, Lexicon, Term, lexicon_of
from app.core.normalize import is_spelt_plainly, normalize, read_closely
from app.core.types import Category, NormalizedText, Step
from app.core.vocabulary import EVERYDAY, RISKY

LEXICON = lexicon_of(
    [
        Term("unalive", Category.SELF_HARM, (Form("unalive", "kill"), Form("un alive", "kill"))),
        Term(
            "seggs", Category.SEXUAL, (Form("seggs", "sex"), Form("🍆", "penis"), Form("le$bean", "lesbian"))
        ),
        Term("kys", Category.SELF_HARM, (Form("kys", "kill yourself"),)),
        Term(
            "corn",
            Category.SEXUAL,
            (Form("corn", "porn"), Form("🌽", "porn")),
            ambiguous=True,
            cues=("star", "👀"),
        ),
        Term("304", Category.SEXUAL, (Form("304", "whore"),), ambiguous=True, cues=("she",)),
    ]
)

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
SEEDS = [
    "kill",
    "k!ll",
    "un@l!ve",
    "s 3 g g s",
    "un\u200balive",
    "y0urs3lf",
    "f**k",
    "corn",
    "star",
    "🌽",
    "👀",
    "kys",
    "🍆",
    "304",
    "she",
    "ｓｅｘ",
    "kіll",
    "𝓴𝓲𝓵𝓵",
    "🇰🇮🇱🇱",
    "k1\ufe0f\u20e3ll",
    "http://k!ll.com",
    "@ss",
    "#s3x",
    "sui cide",
    "S E X",
    "d.i.e",
    "seeeggs",
    "s_x",
    "**",
    "fück",
    "k\u0336i\u0336l\u0336l\u0336",
    "İ",
    "\ud800",
    "a",
    "I",
    "le$bean",
]
GLUE = ["", " ", "  ", "\n", ".", "-", "_", "*", "!", "\u200d", "\ufe0f", "@", "1", "i", "s"]
STACKED = st.lists(st.tuples(st.sampled_from(SEEDS), st.sampled_from(GLUE)), max_size=10).map(
    lambda pairs: "".join(seed + glue for seed, glue in pairs)
)
CHARACTERS = st.text("kilsexdunave 013345!@$*_.-|I\u200b\u0336🌽с", max_size=40)
RESPELT = st.builds(
    lambda word, at, letters, case: case(word[:at] + word[at + letters :]),
    st.sampled_from(sorted(EVERYDAY | RISKY)),
    st.integers(0, 9),
    st.integers(0, 2),
    st.sampled_from([str.lower, str.title, str.upper]),
)
RUN_TOGETHER = st.lists(st.lists(RESPELT, min_size=1, max_size=3).map("".join), max_size=4).map(" ".join)
"""Words with letters and spaces left out: what the readings of a word are found for."""
TEXTS = st.one_of(ANY_TEXT, STACKED, CHARACTERS, RUN_TOGETHER)


def replayed(result: NormalizedText) -> str:
    parts: list[str] = []
    at = 0
    for edit in result.edits:
        parts += [result.original[at : edit.start], edit.canonical]
        at = edit.end
    return "".join([*parts, result.original[at:]])


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("fukdat")
def test_edits_lie_in_order_on_the_original_and_replay_to_the_plain_text(text: str) -> None:
    result = normalize(text, lexicon=LEXICON)
    at = 0
    for edit in result.edits:
        assert at <= edit.start < edit.end <= len(text)
        at = edit.end
    for edit in result.edits + result.hints:
        assert edit.surface == text[edit.start : edit.end]
        assert edit.surface != edit.canonical
    assert result.original == text
    assert replayed(result) == result.plain


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_plain_text_comes_through_unchanged(text: str) -> None:
    plain = normalize(text, lexicon=LEXICON).plain
    assert normalize(plain, lexicon=LEXICON).plain == plain


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_plain_text_is_bounded_by_the_length_of_the_original(text: str) -> None:
    assert len(normalize(text, lexicon=LEXICON).plain) <= 3 * LEXICON.growth * len(text)


@settings(max_examples=300, deadline=None)
@given(st.one_of(STACKED, CHARACTERS, st.text(st.characters(codec="ascii"), max_size=60)))
@example("a  killll")
@example("s@ ")
@example("puss!35 ")
@example("por!+1")
@example("that’s corn… “kys” — star")
@example("a cnt, you fucking bich")
def test_the_quick_look_misses_nothing(text: str) -> None:
    closely = read_closely(text, lexicon=LEXICON)
    assert normalize(text, lexicon=LEXICON) == closely
    if is_spelt_plainly(text, lexicon=LEXICON):
        assert {edit.step for edit in closely.edits} <= {Step.LEXICON}


@pytest.mark.parametrize(
    "block",
    [
        (0x0410, 0x044F),
        (0x0391, 0x03C9),
        (0x0621, 0x064A),
        (0x0905, 0x0939),
        (0x0E01, 0x0E2E),
        (0x4E00, 0x4F00),
        (0xAC00, 0xAD00),
        (0x05D0, 0x05EA),
        (0x3041, 0x3096),
        (0x1F600, 0x1F64F),
    ],
)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_other_scripts_and_emoji_are_untouched(block: tuple[int, int], data: st.DataObject) -> None:
    letters = st.characters(min_codepoint=block[0], max_codepoint=block[1])
    text = data.draw(st.lists(st.text(letters, min_size=1, max_size=8), max_size=8).map(" ".join))
    assert normalize(text, lexicon=LEXICON).edits == ()


@contextmanager
def counted_calls() -> Iterator[list[int]]:
    """Count the function calls, Python and C, made inside."""
    calls = [0]

    def count(_frame: object, event: str, _argument: object) -> None:
        if event in ("call", "c_call"):
            calls[0] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(before)


HOSTILE = [
    "k",
    "k ",
    "k.",
    "k!",
    "*",
    "a*",
    "**a ",
    "@",
    "$",
    "1",
    "k!ll ",
    "k!ll y0urs3lf ",
    "corn ",
    "corn star ",
    "🌽",
    "un\u200b",
    "a\u0336",
    "\u200b",
    "a\u0301\u0301\u0301",
    "ｋ",
    "kі",
    "http://",
    "a@",
    "a.b@",
    "#1",
    "unaliv",
    "f**",
    "s_",
    "_",
    "i k i l l ",
    "🇰",
    "k1\ufe0f\u20e3",
    "1-",
    "a-1-",
    "sui cid",
    "sui cide",
    "I",
    "aI",
    "   ",
    "\ud800",
    "s.e-",
]


def calls_for(text: str, lexicon: Lexicon) -> int:
    with counted_calls() as calls:
        normalize(text, lexicon=lexicon)
    return calls[0]


@pytest.mark.parametrize("unit", HOSTILE, ids=ascii)
def test_work_grows_no_faster_than_the_text(unit: str) -> None:
    short, long = unit * (1000 // len(unit)), unit * (4000 // len(unit))
    assert calls_for(long, LEXICON) <= 6 * calls_for(short, LEXICON) + 2000


def test_a_mixture_of_hostile_pieces_stays_linear() -> None:
    text = "".join(HOSTILE[at * 7 % len(HOSTILE)] for at in range(12 * len(HOSTILE)))
    assert calls_for(text * 4, LEXICON) <= 6 * calls_for(text, LEXICON) + 2000


def fastest(text: str) -> float:
    def once() -> float:
        started = process_time()
        normalize(text, lexicon=LEXICON)
        return process_time() - started

    return min(once() for _ in range(3))


def test_no_pattern_backtracks_its_way_to_a_square() -> None:
    # Calls do not show what happens inside a regular expression. Eight times the text takes about eight times
    # as long; a quadratic scan would take sixty-four times as long.
    ratios = {
        unit: fastest(unit * (8000 // len(unit))) / fastest(unit * (1000 // len(unit))) for unit in HOSTILE
    }
    assert {unit: ratio for unit, ratio in ratios.items() if ratio > 32} == {}
