import sys
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.alignment import Meaning, Proposal, aligned, apply, edits_of, hints_of
from app.core.types import Category, Edit, Step


@contextmanager
def counted_calls() -> Iterator[list[int]]:
    """Count the function calls, Python and C, made inside."""
    calls = [0]

    def count(_frame: object, event: str, _argument: object) -> None:
        calls[0] += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def replace(start: int, end: int, replacement: str, *, step: Step = Step.LEET) -> Proposal:
    return Proposal(start, end, replacement, step, "Why.")


def replayed(original: str, edits: tuple[Edit, ...]) -> str:
    parts: list[str] = []
    at = 0
    for edit in edits:
        assert at <= edit.start < edit.end <= len(original)
        assert edit.surface == original[edit.start : edit.end]
        parts += [original[at : edit.start], edit.canonical]
        at = edit.end
    return "".join([*parts, original[at:]])


def test_without_proposals_nothing_changes() -> None:
    assert apply(aligned("abc"), []) == aligned("abc")


def test_an_edit_points_at_the_original() -> None:
    after = apply(aligned("a k!ll b"), [replace(2, 6, "kill")])
    assert after.text == "a kill b"
    assert edits_of(after) == (Edit(2, 6, "k!ll", "kill", Step.LEET, note="Why."),)


def test_a_later_edit_right_of_a_shorter_one_is_shifted_back() -> None:
    after = apply(apply(aligned("k i l l  d!e"), [replace(0, 7, "kill")]), [replace(6, 9, "die")])
    assert after.text == "kill  die"
    assert [(edit.start, edit.end, edit.canonical) for edit in edits_of(after)] == [
        (0, 7, "kill"),
        (9, 12, "die"),
    ]


def test_an_edit_over_an_earlier_one_covers_both_and_remembers_the_steps() -> None:
    meaning = Meaning(term="seggs", category=Category.SEXUAL, ambiguous=False)
    spaced = apply(aligned("x s 3 g g s"), [replace(2, 11, "s3ggs", step=Step.SPACING)])
    folded = apply(spaced, [replace(2, 7, "seggs", step=Step.LEET)])
    done = apply(folded, [Proposal(2, 7, "sex", Step.LEXICON, "Sex.", meaning)])
    (edit,) = edits_of(done)
    assert (edit.start, edit.end, edit.surface, edit.canonical) == (2, 11, "s 3 g g s", "sex")
    assert (edit.step, edit.via) == (Step.LEXICON, (Step.SPACING, Step.LEET))
    assert (edit.term, edit.category, edit.note) == ("seggs", Category.SEXUAL, "Sex.")


def test_partly_overlapping_edits_become_one() -> None:
    after = apply(apply(aligned("abcdef"), [replace(1, 3, "XYZ")]), [replace(3, 5, "--")])
    assert after.text == "aXY--ef"
    assert [(edit.start, edit.end, edit.canonical) for edit in edits_of(after)] == [(1, 4, "XY--")]


def test_a_change_that_was_undone_is_no_edit() -> None:
    after = apply(apply(aligned("ab"), [replace(0, 1, "x")]), [replace(0, 1, "a")])
    assert (after.text, edits_of(after)) == ("ab", ())


def test_of_overlapping_proposals_the_first_wins() -> None:
    assert apply(aligned("abcd"), [replace(1, 3, "y"), replace(0, 2, "x")]).text == "xcd"


def test_a_hint_covers_the_original_and_changes_nothing() -> None:
    after = apply(aligned("k!ll k!ll"), [replace(0, 4, "k")])
    (hint,) = hints_of(after, [replace(2, 6, "slay")])
    assert (hint.start, hint.end, hint.surface, hint.canonical) == (5, 9, "k!ll", "slay")
    assert after.text == "k k!ll"


@st.composite
def proposals_on(draw: st.DrawFn, text: str) -> list[Proposal]:
    bounds = draw(st.lists(st.integers(0, len(text)), max_size=12).map(sorted))
    pairs = [(bounds[at], bounds[at + 1]) for at in range(0, len(bounds) - 1, 2)]
    steps = st.sampled_from([Step.UNICODE, Step.SPACING, Step.LEET])
    return [
        replace(start, end, draw(st.text("xyz", max_size=4)), step=draw(steps))
        for start, end in pairs
        if start < end
    ]


@settings(max_examples=300)
@given(st.text("abc", max_size=30), st.data())
def test_edits_always_replay_to_the_text(original: str, data: st.DataObject) -> None:
    alignment = aligned(original)
    for _ in range(data.draw(st.integers(0, 4))):
        alignment = apply(alignment, data.draw(proposals_on(alignment.text)))
        assert replayed(original, edits_of(alignment)) == alignment.text
        for hint in hints_of(alignment, data.draw(proposals_on(alignment.text))):
            assert hint.surface == original[hint.start : hint.end]


def test_work_grows_in_step_with_the_number_of_edits() -> None:
    def calls(repeats: int) -> int:
        text = "ab" * repeats
        with counted_calls() as count:
            many = apply(aligned(text), [replace(at, at + 1, "xyz") for at in range(0, len(text), 2)])
            again = apply(many, [replace(at, at + 1, "q") for at in range(3, len(many.text), 4)])
            edits_of(again)
            hints_of(again, [replace(at, at + 1, "z") for at in range(len(again.text))])
        return count[0]

    assert calls(2000) <= 5 * calls(500)
