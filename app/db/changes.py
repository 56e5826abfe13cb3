"""Changes of what decides and of who may ask: terms, policy, keys, people, webhooks; and feedback on answers.

Each function is one unit of work: it stores a change with its audit event.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from app.core.access import ApiKey
from app.core.errors import NotFound
from app.core.feedback import Feedback
from app.core.people import User
from app.core.policy_revisions import PolicyRevision
from app.core.revisions import Revision, fingerprint
from app.core.webhooks import Endpoint
from app.db import outbox, people
from app.db.policies import revision_row
from app.db.rows import content_of
from app.db.tables import api_keys, feedback, policy_revisions, term_revisions
from app.db.trail import MACHINE, OPERATOR, Entry, append

_INSERT_REVISION = insert(term_revisions)
_LAST_POLICY = select(func.coalesce(func.max(policy_revisions.c.number), 0))
_LAST_REVISION = select(func.coalesce(func.max(term_revisions.c.number), 0))


def revise(connection: Connection, revisions: Sequence[Revision], *, lexicon: str) -> bool:
    """Store revisions of terms, all or none; False where other revisions came first."""
    if connection.execute(_LAST_REVISION).scalar_one() + 1 != revisions[0].number:
        return False
    connection.execute(_INSERT_REVISION, [_revision_row(revision) for revision in revisions])
    append(connection, [_revised(revision, lexicon=lexicon) for revision in revisions])
    return True


def save_policy(connection: Connection, revision: PolicyRevision) -> bool:
    """Store a revision of the policy; False where another one came first."""
    if connection.execute(_LAST_POLICY).scalar_one() + 1 != revision.number:
        return False
    connection.execute(insert(policy_revisions).values(revision_row(revision)))
    # The reason stays out: it may quote a post.
    reverted = () if revision.reverts_to is None else (("reverts_to", str(revision.reverts_to)),)
    detail = (("revision", str(revision.number)), *reverted)
    append(connection, [Entry(revision.at, revision.actor, "policy.saved", revision.policy.version, detail)])
    return True


def record_feedback(connection: Connection, given: Feedback, *, decision_id: str | None) -> None:
    """Store feedback on a decision, or on none."""
    connection.execute(
        insert(feedback).values(
            id=given.id,
            at=given.at,
            decision_id=decision_id,
            text_hash=given.text_hash,
            client_token=given.client_token,
            community_id=given.community_id,
            scores=[(score.attribute, score.value) for score in given.scores],
        )
    )
    detail = (("decision", decision_id or ""),)
    append(connection, [Entry(given.at, MACHINE, "feedback.recorded", given.id, detail)])


def create_key(connection: Connection, key: ApiKey) -> None:
    """Store a new API key."""
    connection.execute(
        insert(api_keys).values(
            id=key.id, name=key.name, scope=key.scope.value, hash=key.hash, created_at=key.created_at
        )
    )
    detail = (("name", key.name), ("scope", key.scope.value))
    append(connection, [Entry(key.created_at, OPERATOR, "key.created", key.id, detail)])


def revoke_key(connection: Connection, key_id: str, *, now: datetime) -> None:
    """Store that a key is not to be used any more; raises NotFound where there is no such key in use."""
    in_use = (api_keys.c.id == key_id) & api_keys.c.revoked_at.is_(None)
    if not connection.execute(update(api_keys).where(in_use).values(revoked_at=now)).rowcount:
        raise NotFound(f"There is no key {key_id!r} in use. `plainspeak keys list` shows those there are.")
    append(connection, [Entry(now, OPERATOR, "key.revoked", key_id, ())])


def add_user(connection: Connection, user: User, *, actor: str) -> None:
    """Store a new person; raises PersonConflict where the name is taken or the first is no admin."""
    people.add(connection, user)
    append(connection, [Entry(user.created_at, actor, "user.added", user.name, (("role", user.role.value),))])


def change_user(
    connection: Connection,
    name: str,
    alter: Callable[[User], User],
    *,
    change: str,
    actor: str,
    now: datetime,
    keep_session: str | None,
) -> User:
    """Store a person as `alter` leaves them, and end their sessions, all but one; see the ledger."""
    user = people.change(connection, name, alter)
    people.end_sessions(connection, name, but=keep_session)
    detail = (("role", user.role.value),)
    append(connection, [Entry(now, actor, f"user.{change}", name, detail)])
    return user


def add_endpoint(connection: Connection, endpoint: Endpoint) -> None:
    """Store a new webhook endpoint."""
    outbox.add_endpoint(connection, endpoint)
    # The address stays out: it may hold a secret of the receiver's.
    detail = (("key", endpoint.key_id or ""), ("events", " ".join(endpoint.kinds)))
    append(connection, [Entry(endpoint.created_at, OPERATOR, "webhook.added", endpoint.id, detail)])


def remove_endpoint(connection: Connection, endpoint_id: str, *, now: datetime) -> None:
    """Delete a webhook endpoint and all its deliveries; raises NotFound where there is none."""
    outbox.remove_endpoint(connection, endpoint_id)
    append(connection, [Entry(now, OPERATOR, "webhook.removed", endpoint_id, ())])


def _revised(revision: Revision, *, lexicon: str) -> Entry:
    # The reason stays out: it may quote a post.
    return Entry(
        at=revision.at,
        actor=revision.actor,
        kind=f"term.{revision.change.done}",
        subject=revision.term.id,
        detail=(
            ("revision", str(revision.number)),
            ("version", str(revision.version)),
            ("content", fingerprint(revision.term)),
            ("lexicon", lexicon),
        ),
    )


def _revision_row(revision: Revision) -> dict[str, object]:
    return {
        "number": revision.number,
        "term": revision.term.id,
        "version": revision.version,
        "change": revision.change.value,
        "actor": revision.actor,
        "reason": revision.reason,
        "at": revision.at,
        "content": content_of(revision.term),
    }
