from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.core.lessons import Lesson, LessonKind, lesson_of
from app.core.review import Decision, RecordedRuling
from app.core.types import (
    Action,
    Category,
    Label,
    NormalizedText,
    Ruling,
    RulingAction,
    Verdict,
    Versions,
)

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
FLAGGED = Verdict(Label.HARMFUL, 0.9, Category.THREAT, 0.9, (), Action.REVIEW, (), Versions("m", "l", "p"))
CALLED_SAFE = replace(FLAGGED, label=Label.SAFE, category=None)


def decision(verdict: Verdict = FLAGGED, *, stored: bool = True) -> Decision:
    return Decision(
        id="d",
        created_at=NOW,
        content_id=None,
        author_id="u-1",
        text=NormalizedText("1 w1ll find you", "I will find you") if stored else None,
        context=(),
        text_hash="hmac-sha256:00",
        verdict=verdict,
        latency_ms=1.0,
    )


def ruled(*actions: RulingAction, category: Category | None = None) -> list[RecordedRuling]:
    return [
        RecordedRuling(str(place), "r", NOW, place, Ruling(action, "ada", category=category))
        for place, action in enumerate(actions, start=2)
    ]


def lesson(verdict: Verdict, rulings: list[RecordedRuling]) -> Lesson:
    found = lesson_of(decision(verdict), rulings)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("verdict", "action", "category", "kind"),
    [
        (FLAGGED, RulingAction.BLOCK, None, LessonKind.CONFIRMED),
        (FLAGGED, RulingAction.BLOCK, Category.THREAT, LessonKind.CONFIRMED),
        (FLAGGED, RulingAction.BLOCK, Category.HATE, LessonKind.OVERRIDDEN),
        (FLAGGED, RulingAction.ALLOW, None, LessonKind.OVERRIDDEN),
        (CALLED_SAFE, RulingAction.BLOCK, Category.HATE, LessonKind.OVERRIDDEN),
        (CALLED_SAFE, RulingAction.BLOCK, None, LessonKind.OVERRIDDEN),
        (CALLED_SAFE, RulingAction.ALLOW, None, LessonKind.CONFIRMED),
    ],
)
def test_a_ruling_confirms_or_overrides_the_machine(
    verdict: Verdict, action: RulingAction, category: Category | None, kind: LessonKind
) -> None:
    assert lesson(verdict, ruled(action, category=category)).kind is kind


def test_a_blocked_post_is_of_its_category_and_nothing_is_said_of_the_others() -> None:
    found = lesson(FLAGGED, ruled(RulingAction.BLOCK, category=Category.HATE))

    assert found.harmful
    assert {category for category, said in found.harm.items() if said} == {Category.HATE}
    assert {said for category, said in found.harm.items() if category is not Category.HATE} == {None}


def test_an_allowed_post_harms_nobody_and_may_swear() -> None:
    found = lesson(FLAGGED, ruled(RulingAction.ALLOW))

    assert not found.harmful
    assert found.harm == {each: None if each is Category.PROFANITY else False for each in Category}


def test_the_last_ruling_counts_and_the_text_is_the_one_that_was_written() -> None:
    found = lesson(FLAGGED, ruled(RulingAction.ESCALATE, RulingAction.ALLOW))

    assert (found.kind, found.text) == (LessonKind.OVERRIDDEN, "1 w1ll find you")


def test_what_nobody_ruled_on_or_handed_on_or_did_not_keep_teaches_nothing() -> None:
    assert lesson_of(decision(), []) is None
    assert lesson_of(decision(), ruled(RulingAction.ESCALATE)) is None
    assert lesson_of(decision(stored=False), ruled(RulingAction.BLOCK)) is None
