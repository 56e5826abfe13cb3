"""What people made of verdicts, counted."""

from datetime import timedelta

import pytest

from app.core.oversight import WAIT_BOUNDS, RuledPost, agreement, overrides, waits
from app.core.types import Category, Label


def post(
    label: Label = Label.HARMFUL,
    *,
    category: Category | None = Category.THREAT,
    confidence: float = 0.9,
    blocked: bool = True,
    hours: float = 1,
) -> RuledPost:
    return RuledPost(label, category, confidence, blocked, timedelta(hours=hours))


def test_overrides_are_counted_both_ways_and_by_category() -> None:
    posts = [
        post(blocked=False),
        *[post()] * 3,
        post(Label.POTENTIALLY_HARMFUL, category=Category.HATE, blocked=True),
        post(Label.SAFE, category=None, blocked=False),
    ]

    everything, threat, hate = overrides(posts)

    assert (everything.category, everything.harmful, everything.allowed) == (None, 4, 1)
    assert (everything.mild, everything.blocked) == (2, 1)
    assert (threat.category, threat.too_strict, threat.too_mild) == (Category.THREAT, 0.25, None)
    assert (hate.category, hate.too_strict, hate.too_mild) == (Category.HATE, None, 1.0)


def test_waits_are_put_in_their_stretches() -> None:
    found = waits([post(hours=hours) for hours in (0.01, 0.1, 1, 1, 30)])

    assert found is not None
    assert found.median == timedelta(hours=1)
    assert found.ninth_decile > timedelta(hours=8)
    assert found.counts == (1, 1, 2, 0, 0, 1)
    assert len(found.counts) == len(WAIT_BOUNDS) + 1


def test_agreement_is_with_the_side_of_the_label() -> None:
    sure = [post(confidence=0.9), post(Label.SAFE, confidence=0.9, blocked=False)]
    torn = [post(confidence=0.5, blocked=False), post(Label.SAFE, confidence=0.5)]

    found = agreement(sure * 25 + torn * 25)
    few = agreement(sure + torn)

    assert found is not None
    assert [(round(each.score, 6), each.rate, each.rows) for each in found.bins] == [
        (0.5, 0.0, 25),
        (0.5, 0.0, 25),
        (0.9, 1.0, 25),
        (0.9, 1.0, 25),
    ]
    assert found.error == pytest.approx(0.3)
    assert few is not None
    assert [each.rows for each in few.bins] == [4]


def test_without_rulings_nothing_is_said() -> None:
    assert waits([]) is None
    assert agreement([]) is None
    (everything,) = overrides([])
    assert (everything.too_strict, everything.too_mild) == (None, None)
