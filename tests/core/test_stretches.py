"""Which parts of a long plain text are scored beside the original."""

from hypothesis import given
from hypothesis import strategies as st

from app import bootstrap
from app.core.normalize import normalize
from app.core.stretches import AROUND, stretches
from app.core.types import NormalizedText
from app.settings import Settings

LEXICON = bootstrap.read_lexicon(Settings().lexicon)
FILLER = "the train was late again and the tea in the buffet car was cold as ever "
CODED = "k!ll y0urs3lf"


def test_a_text_without_edits_is_scored_once() -> None:
    text = normalize(FILLER * 30, lexicon=LEXICON)
    assert stretches(text) == (text.original,)


def test_a_short_plain_text_is_scored_whole() -> None:
    text = normalize(f"{FILLER}{CODED}", lexicon=LEXICON)
    assert stretches(text) == (text.original, text.plain)


def test_of_a_long_plain_text_only_the_neighbourhood_of_edits_is_scored_again() -> None:
    text = normalize(f"{FILLER * 40}{CODED} {FILLER * 40}", lexicon=LEXICON)
    original, stretch = stretches(text)
    assert original == text.original
    assert "kill yourself" in stretch
    assert stretch in text.plain
    assert 2 * AROUND <= len(stretch) < 3 * AROUND
    assert not stretch.startswith(" ")
    assert text.plain[text.plain.index(stretch) - 1] == " "


def test_neighbours_share_a_stretch_and_others_have_their_own() -> None:
    text = normalize(f"{CODED} {FILLER}{CODED} {FILLER * 40}{CODED}", lexicon=LEXICON)
    _, first, second = stretches(text)
    assert first.count("kill yourself") == 2
    assert second.endswith("kill yourself")


@given(
    st.lists(st.sampled_from([FILLER, f"{CODED} ", "fuuuuck ", "ｈｅｌｌｏ ", "x" * 700 + " "]), max_size=12)
)
def test_every_edit_is_in_a_stretch_with_what_stands_around_it(parts: list[str]) -> None:
    text = normalize("".join(parts), lexicon=LEXICON)
    found = stretches(text)[1:]
    if len(text.readings) == 1:
        assert not found
        return
    assert_covers(text, found)


def assert_covers(text: NormalizedText, found: tuple[str, ...]) -> None:
    """Each edit's word lies within one stretch, with its surroundings; stretches are in order and apart."""
    spans, end = [], 0
    for stretch in found:
        start = text.plain.index(stretch, end)
        end = start + len(stretch)
        spans.append((start, end))
    shift = 0
    for edit in text.edits:
        start = edit.start + shift
        stop = start + len(edit.canonical)
        shift += len(edit.canonical) - (edit.end - edit.start)
        assert any(
            low <= max(start - AROUND, 0) and min(stop + AROUND, len(text.plain)) <= high
            for low, high in spans
        )
