"""Reads and rows of the policy: its revisions, and the posts to try another one on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, Row, Select, func, select

from app.core.errors import PolicyInvalid
from app.core.language import ENGLISH
from app.core.policy import Policy
from app.core.policy_revisions import PolicyRevision, content_of, policy_of
from app.core.policy_trial import SECTIONS, ScoredPost
from app.core.types import ReviewState, RulingAction
from app.db.engine import translated
from app.db.tables import decisions, policy_revisions, review_items


class PolicyQueries:
    """Reads on their own connections, as `app.db.queries` does."""

    def __init__(self, engine: Engine, *, base: Policy) -> None:
        """Read revisions over the policy file, `base`."""
        self._engine = engine
        self._base = base

    def last_revision(self) -> int:
        """Give the number of the last revision; 0 where there is none."""
        rows = self._all(select(func.max(policy_revisions.c.number).label("number")))
        return rows[0].number or 0

    def revision(self, number: int) -> PolicyRevision | None:
        """Give a revision, or None; raises PolicyInvalid where it cannot be read."""
        rows = self._all(select(policy_revisions).where(policy_revisions.c.number == number))
        return self._revision_of(rows[0]) if rows else None

    def latest(self, limit: int) -> tuple[PolicyRevision, ...]:
        """Give the last revisions, the newest first; raises PolicyInvalid where one cannot be read."""
        newest = select(policy_revisions).order_by(policy_revisions.c.number.desc()).limit(limit)
        return tuple(self._revision_of(row) for row in self._all(newest))

    def scored(self, limit: int) -> tuple[ScoredPost, ...]:
        """Give the last decisions with what people made of them."""
        newest = (
            select(decisions.c.id, decisions.c.score, decisions.c.categories)
            .add_columns(decisions.c.unavailable, decisions.c.language, decisions.c.created_at)
            .order_by(decisions.c.created_at.desc(), decisions.c.id.desc())
            .limit(limit)
            .subquery()
        )
        statement = select(newest, review_items.c.state, review_items.c.outcome).join_from(
            newest, review_items, review_items.c.decision_id == newest.c.id, isouter=True
        )
        return tuple(_scored(row) for row in self._all(statement))

    def _revision_of(self, row: Row[Any]) -> PolicyRevision:
        try:
            policy = policy_of(self._base, row.content, row.number)
        except (KeyError, TypeError, AttributeError) as error:
            raise PolicyInvalid(
                f"Version {row.number} of the policy cannot be read. It may be from a newer Plainspeak; "
                "update this one, or save the policy again at /policy."
            ) from error
        return PolicyRevision(row.number, policy, row.actor, row.reason, row.at, row.reverts_to)

    def _all(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        with translated(self._engine.url), self._engine.connect() as connection:
            return connection.execute(statement).all()


def revision_row(revision: PolicyRevision) -> dict[str, object]:
    """What is kept of a revision."""
    return {
        "number": revision.number,
        "version": revision.policy.version,
        "actor": revision.actor,
        "reason": revision.reason,
        "at": revision.at,
        "reverts_to": revision.reverts_to,
        "content": content_of(revision.policy),
    }


def _scored(row: Row[Any]) -> ScoredPost:
    return ScoredPost(
        scores=(row.score, *(row.categories.get(section, 0.0) for section in SECTIONS[1:])),
        needs_person=bool(row.unavailable) or row.language != ENGLISH,
        blocked=row.outcome == RulingAction.BLOCK.value if row.state == ReviewState.RESOLVED.value else None,
    )
