"""The chain is whole as it was made, and any change to it shows where it was made."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.audit import GENESIS, AuditEvent, link, verify_chain

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
words = st.text(max_size=20)
details = st.lists(st.tuples(words, words), max_size=3).map(tuple)
entries = st.lists(st.tuples(words, words, words, details), min_size=1, max_size=8)


def chain(drafts: list[tuple[str, str, str, tuple[tuple[str, str], ...]]]) -> list[AuditEvent]:
    events: list[AuditEvent] = []
    for sequence, (actor, kind, subject, detail) in enumerate(drafts, start=1):
        previous = events[-1].hash if events else GENESIS
        events.append(
            link(previous, sequence=sequence, at=NOW, actor=actor, kind=kind, subject=subject, detail=detail)
        )
    return events


def test_the_empty_chain_is_whole() -> None:
    assert verify_chain([]) is None


@given(entries)
def test_a_chain_is_whole_as_it_was_made(
    drafts: list[tuple[str, str, str, tuple[tuple[str, str], ...]]],
) -> None:
    assert verify_chain(chain(drafts)) is None


@given(entries, st.data())
def test_a_changed_event_is_found(
    drafts: list[tuple[str, str, str, tuple[tuple[str, str], ...]]], data: st.DataObject
) -> None:
    events = chain(drafts)
    index = data.draw(st.integers(0, len(events) - 1))
    event = events[index]
    events[index] = data.draw(
        st.sampled_from(
            [
                replace(event, actor=event.actor + "x"),
                replace(event, kind=event.kind + "x"),
                replace(event, subject=event.subject + "x"),
                replace(event, detail=(*event.detail, ("k", "v"))),
                replace(event, at=event.at + timedelta(microseconds=1)),
                replace(event, sequence=event.sequence + 1),
                replace(event, previous_hash="sha256:00"),
                replace(event, hash="sha256:00"),
            ]
        )
    )
    assert verify_chain(events) == index + 1


@given(entries, st.data())
def test_a_changed_event_that_is_hashed_anew_breaks_the_next(
    drafts: list[tuple[str, str, str, tuple[tuple[str, str], ...]]], data: st.DataObject
) -> None:
    events = chain([*drafts, ("ada", "a.b", "x", ())])
    index = data.draw(st.integers(0, len(events) - 2))
    event = events[index]
    events[index] = link(
        event.previous_hash,
        sequence=event.sequence,
        at=event.at,
        actor=event.actor + "x",
        kind=event.kind,
        subject=event.subject,
        detail=event.detail,
    )
    assert verify_chain(events) == index + 2


@given(entries, st.data())
def test_a_removed_event_is_found(
    drafts: list[tuple[str, str, str, tuple[tuple[str, str], ...]]], data: st.DataObject
) -> None:
    events = chain([*drafts, ("ada", "a.b", "x", ())])
    index = data.draw(st.integers(0, len(events) - 2))
    del events[index]
    assert verify_chain(events) == index + 1


def test_pairs_cannot_be_moved_between_key_and_value() -> None:
    def hash_of(detail: tuple[tuple[str, str], ...]) -> str:
        return link(GENESIS, sequence=1, at=NOW, actor="a", kind="k", subject="s", detail=detail).hash

    assert len({hash_of((("ab", "c"),)), hash_of((("a", "bc"),)), hash_of((("a", "b"), ("c", "")))}) == 3


@pytest.mark.parametrize("hours", [-8, 2])
def test_the_hash_is_of_the_instant_and_not_of_its_zone(hours: int) -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=hours)))
    here = link(GENESIS, sequence=1, at=NOW, actor="a", kind="k", subject="s")
    assert link(GENESIS, sequence=1, at=elsewhere, actor="a", kind="k", subject="s").hash == here.hash


def test_hashes_say_their_algorithm() -> None:
    event = link(GENESIS, sequence=1, at=NOW, actor="a", kind="k", subject="s")
    assert event.hash.startswith("sha256:")
    assert len(event.hash) == len("sha256:") + 64
