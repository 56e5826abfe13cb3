"""Counts of what was judged, kept up in the very transaction that stores it.

A page about a million decisions cannot count them each time, so the ledger adds every decision to a row of
its hour, and every term that fired in it to a row of its day. The counts are of what was judged: erasing a
decision, of which they hold nothing, leaves them as they are.
"""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection, text

from app.core.review import Decision
from app.core.tallies import band_of
from app.db.tables import UtcTime

HOUR_CHARS, DAY_CHARS = 13, 10
"""How much of a stored time names its hour and its day."""

# Written out: SQLAlchemy has no word for it that SQLite and PostgreSQL share.
_ADD_HOUR = text(
    "INSERT INTO decision_hours (hour, model, label, action, band, posts) "
    "VALUES (:hour, :model, :label, :action, :band, :posts) "
    "ON CONFLICT (hour, model, label, action, band) "
    "DO UPDATE SET posts = decision_hours.posts + excluded.posts"
)
_ADD_TERM = text(
    "INSERT INTO term_days (day, term, posts) VALUES (:day, :term, :posts) "
    "ON CONFLICT (day, term) DO UPDATE SET posts = term_days.posts + excluded.posts"
)


def tally(connection: Connection, decisions: Sequence[Decision]) -> None:
    """Add decisions to the counts of their hour, and the terms in their texts to those of their day."""
    hours: Counter[tuple[str, str, str, str, int]] = Counter()
    terms: Counter[tuple[str, str]] = Counter()
    for decision in decisions:
        at, verdict = UtcTime.written(decision.created_at), decision.verdict
        hours[
            at[:HOUR_CHARS], verdict.versions.model, verdict.label, verdict.action, band_of(verdict.score)
        ] += 1
        fired = {edit.term for edit in decision.text.edits if edit.term} if decision.text else set()
        terms.update((at[:DAY_CHARS], term) for term in fired)
    connection.execute(
        _ADD_HOUR,
        [
            {
                "hour": hour,
                "model": model,
                "label": str(label),
                "action": str(action),
                "band": band,
                "posts": posts,
            }
            for (hour, model, label, action, band), posts in hours.items()
        ],
    )
    if terms:
        connection.execute(
            _ADD_TERM, [{"day": day, "term": term, "posts": posts} for (day, term), posts in terms.items()]
        )
