"""Every write. Each is one unit of work: its rows and its audit event are stored together or not at all."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine, bindparam, delete, false, update

from app.core.access import ApiKey
from app.core.appeals import Appeal
from app.core.erasure import Removed
from app.core.feedback import Feedback
from app.core.people import Session, User
from app.core.policy_revisions import PolicyRevision
from app.core.retries import Receipt
from app.core.review import Decision, QueueView, ReviewItem
from app.core.revisions import Revision
from app.core.types import Ruling
from app.core.webhooks import Delivery, Endpoint
from app.db import changes, claims, erasing, outbox, people, recording
from app.db.aside import Aside, Units
from app.db.receipts import NewDecision, Submission
from app.db.reviewing import (
    Asked,
    Bulk,
    keep_appeal,
    keep_ruling,
    keep_rulings,
    put_behind,
    take_all_back,
)
from app.db.tables import api_keys, rulings
from app.db.trail import OPERATOR, Entry, append
from app.db.writer import GroupWriter

_NOTE_USE = (
    update(api_keys).where(api_keys.c.id == bindparam("key")).values(last_used_at=bindparam("used_at"))
)
# On a read-only SQLite file an empty transaction would succeed.
_WRITE_NOTHING = delete(rulings).where(false())


class Ledger:
    """Records decisions, rulings and revisions of terms and policy, each with its audit event."""

    def __init__(self, writer: GroupWriter, *, aside: Engine | None = None) -> None:
        """Write through the writer; what needs no turn in the audit trail goes aside, where there is one."""
        self._writer = writer
        self._aside: Units = writer if aside is None else Aside(aside)

    def record(self, decision: Decision, item: ReviewItem | None) -> None:
        """Store a decision with the review item it opens, if any, and return when both are durable."""
        self.record_many([NewDecision(decision, item)])

    def record_many(
        self, entries: Sequence[NewDecision | str], *, receipt: Receipt | None = None
    ) -> tuple[str, ...]:
        """Store the answer to one request, all of it or nothing, and give the ids of its decisions in order.

        What was answered before, by its receipt or by that of the whole request, is not stored again: the ids
        are then of the decisions that were stored first.

        Raises:
            IdempotencyKeyReused: The receipt is of another request.
            NotFound: One that was answered before has been erased since. Nothing is stored.
        """
        if not entries:
            return ()
        # Summing up a text takes longer than storing it, so it is done before the one writer is asked.
        summed = tuple(each if isinstance(each, str) else recording.summed_up(each) for each in entries)
        (ids,) = self._writer.insert(recording.record, [Submission(summed, receipt)])
        if not isinstance(ids, tuple):
            raise ids
        return ids

    def rule(
        self, item_id: str, ruling: Ruling, *, expected_version: int, ruling_id: str, now: datetime
    ) -> ReviewItem:
        """Store a person's ruling and the item as it leaves it.

        Raises:
            NotFound: There is no such item.
            ReviewConflict: The item has changed since the person saw it, or is not theirs to rule on.
        """
        return self._writer.submit(
            lambda connection: keep_ruling(
                connection, item_id, ruling, expected_version=expected_version, ruling_id=ruling_id, now=now
            )
        )

    def rule_all(self, asked: Asked, others: Sequence[Asked], ruling: Ruling, *, now: datetime) -> Bulk:
        """Store the same ruling on an item and on others of its wave, each with its audit event.

        Others that are not free, not as the person saw them or not of the wave are left as they are.

        Raises:
            NotFound, ReviewConflict: As `rule` does for the item itself; nothing is stored then.
        """
        return self._writer.submit(
            lambda connection: keep_rulings(connection, asked, others, ruling, now=now)
        )

    def appeal(
        self, decision_id: str, reason: str, *, actor: str, appeal_id: str, item_id: str, now: datetime
    ) -> Appeal:
        """Store an appeal and its item, which waits again; give the one that is only sent again.

        Args:
            decision_id: what it is against.
            reason: what the author says.
            actor: who sends it.
            appeal_id: the id of a new appeal.
            item_id: the id of a new item, where the decision had opened none.
            now: the time.

        Raises:
            NotFound: There is no such decision.
            AppealConflict: Another appeal is open on it.
        """
        return self._writer.submit(
            lambda connection: keep_appeal(
                connection, decision_id, reason, actor=actor, appeal_id=appeal_id, item_id=item_id, now=now
            )
        )

    def revise(self, revisions: Sequence[Revision], *, lexicon: str) -> bool:
        """Store revisions of terms, all or none; False where other revisions came first.

        Args:
            revisions: numbered on from the last one that their author saw.
            lexicon: version of the lexicon with them.
        """
        return self._writer.submit(lambda connection: changes.revise(connection, revisions, lexicon=lexicon))

    def save_policy(self, revision: PolicyRevision) -> bool:
        """Store a revision of the policy; False where another one came first."""
        return self._writer.submit(lambda connection: changes.save_policy(connection, revision))

    def record_feedback(self, given: Feedback, *, decision_id: str | None) -> None:
        """Store feedback on a decision, or on none."""
        self._writer.submit(
            lambda connection: changes.record_feedback(connection, given, decision_id=decision_id)
        )

    def create_key(self, key: ApiKey) -> None:
        """Store a new API key."""
        self._writer.submit(lambda connection: changes.create_key(connection, key))

    def revoke_key(self, key_id: str, *, now: datetime) -> None:
        """Store that a key is not to be used any more; raises NotFound where there is no such key in use."""
        self._writer.submit(lambda connection: changes.revoke_key(connection, key_id, now=now))

    def note_key_uses(self, uses: Mapping[str, datetime]) -> None:
        """Store when keys were last used, by key id. Use is no change and leaves no audit event."""
        rows = [{"key": key_id, "used_at": at} for key_id, at in uses.items()]
        self._writer.submit(lambda connection: connection.execute(_NOTE_USE, rows).rowcount)

    def add_user(self, user: User, *, actor: str) -> None:
        """Store a new person; raises PersonConflict where the name is taken or the first is no admin."""
        self._writer.submit(lambda connection: changes.add_user(connection, user, actor=actor))

    def change_user(
        self,
        name: str,
        alter: Callable[[User], User],
        *,
        change: str,
        actor: str,
        now: datetime,
        keep_session: str | None = None,
    ) -> User:
        """Store a person as `alter` leaves them, and end their sessions, all but one.

        Args:
            name: who.
            alter: gives them as they will be; runs within the transaction.
            change: what is done, as the audit trail calls it: "disabled".
            actor: who does it.
            now: the time.
            keep_session: the session that goes on.

        Raises:
            NotFound: There is no such person.
            PersonConflict: No admin would be left.
        """
        return self._writer.submit(
            lambda connection: changes.change_user(
                connection, name, alter, change=change, actor=actor, now=now, keep_session=keep_session
            )
        )

    def open_session(self, session: Session, *, password_hash: str, idle: timedelta) -> bool:
        """Store a new session; False where the person may not log in any more with what was verified.

        Logins come and go: they leave no audit event.
        """
        return self._writer.submit(
            lambda connection: people.open_session(
                connection, session, password_hash=password_hash, idle=idle
            )
        )

    def use_session(self, session_id: str, *, at: datetime) -> None:
        """Store when a session was last used."""
        self._writer.submit(lambda connection: people.use_session(connection, session_id, at=at))

    def end_session(self, session_id: str, *, user: str) -> None:
        """Forget a session of a person."""
        self._writer.submit(lambda connection: people.end_session(connection, session_id, user=user))

    def end_sessions(self, user: str, *, but: str | None = None) -> None:
        """Forget the sessions of a person, all but one."""
        self._writer.submit(lambda connection: people.end_sessions(connection, user, but=but))

    def undo(self, ruling_id: str, *, person: str, now: datetime, within: timedelta) -> Bulk:
        """Take a ruling back: it stays, marked as undone, and the item waits again.

        With a ruling on several items at once those on the others are taken back too, as far as nobody has
        changed them since.

        Raises:
            NotFound: There is no such ruling.
            UndoRefused, ReviewHeld: It stands.
        """
        return self._writer.submit(
            lambda connection: take_all_back(connection, ruling_id, person=person, now=now, within=within)
        )

    def skip(self, item_id: str, *, person: str, expected_version: int, now: datetime) -> ReviewItem:
        """Put an item behind all others.

        Raises:
            NotFound: There is no such item.
            ReviewConflict: It is resolved, has changed, or is somebody else's.
        """
        return self._writer.submit(
            lambda connection: put_behind(
                connection, item_id, person=person, expected_version=expected_version, now=now
            )
        )

    def claim(
        self, item_id: str, *, person: str, now: datetime, until: datetime, renew: bool = False
    ) -> ReviewItem:
        """Take an item that waits and is free, or keep one's own, and give it as it is now.

        Claims say who looks, not who did what: they leave no audit event.

        Args:
            item_id: which item.
            person: who takes it.
            now: the time.
            until: when the claim ends by itself.
            renew: keep the claim's name, so that the page that took it can still release it.

        Raises:
            NotFound: There is no such item.
        """
        return self._aside.submit(
            lambda connection: claims.take(
                connection, item_id, person=person, now=now, until=until, renew=renew
            )
        )

    def claim_next(
        self, view: QueueView, *, person: str, now: datetime, until: datetime
    ) -> ReviewItem | None:
        """Take the first item of a view that nobody else holds; None when there is none."""
        return self._aside.submit(
            lambda connection: claims.take_next(connection, view, person=person, now=now, until=until)
        )

    def release(self, item_id: str, *, person: str, claimed_at: datetime) -> None:
        """Let go of an item, if this very claim still holds it."""
        self._aside.submit(
            lambda connection: claims.release(connection, item_id, person=person, claimed_at=claimed_at)
        )

    def erase(self, decision_id: str, *, actor: str, now: datetime) -> Removed:
        """Delete a decision, its review item and the rulings on it; see `app.db.erasure` for what is left.

        Raises:
            NotFound: There is no such decision.
        """
        return self._writer.submit(
            lambda connection: erasing.erase_one(connection, decision_id, actor=actor, now=now)
        )

    def erase_some_of_author(self, author_id: str, *, actor: str, now: datetime) -> Removed:
        """Delete some decisions on an author; nothing where none is left."""
        return self._writer.submit(
            lambda connection: erasing.erase_some_of_author(connection, author_id, actor=actor, now=now)
        )

    def remove_texts(
        self,
        decision_ids: Sequence[str],
        *,
        before: datetime,
        detail: tuple[tuple[str, str], ...],
        now: datetime,
    ) -> int:
        """Take the texts of decisions on which nobody works, nor did since a time; give of how many."""
        return self._writer.submit(
            lambda connection: erasing.remove_texts(
                connection, decision_ids, before=before, detail=detail, now=now
            )
        )

    def note(self, kind: str, subject: str, *, detail: tuple[tuple[str, str], ...], now: datetime) -> None:
        """Leave an event of something that the operator did to the database as a whole."""
        entry = Entry(now, OPERATOR, kind, subject, detail)
        self._writer.submit(lambda connection: append(connection, [entry]))

    def add_endpoint(self, endpoint: Endpoint) -> None:
        """Store a new webhook endpoint."""
        self._writer.submit(lambda connection: changes.add_endpoint(connection, endpoint))

    def remove_endpoint(self, endpoint_id: str, *, now: datetime) -> None:
        """Delete a webhook endpoint and all its deliveries; raises NotFound where there is none."""
        self._writer.submit(lambda connection: changes.remove_endpoint(connection, endpoint_id, now=now))

    def claim_deliveries(
        self, endpoint_id: str, *, now: datetime, until: datetime, limit: int
    ) -> tuple[Delivery, ...]:
        """Take deliveries that are due, of each decision the first alone. Deliveries leave no audit event."""
        return self._aside.submit(
            lambda connection: outbox.claim(connection, endpoint_id, now=now, until=until, limit=limit)
        )

    def keep_attempts(
        self, endpoint: Endpoint, tried: Sequence[Delivery], *, lease: datetime, now: datetime
    ) -> None:
        """Store deliveries and their endpoint as attempts left them, unless the lease was lost."""
        self._writer.submit(
            lambda connection: outbox.keep_attempts(connection, endpoint, tried, lease=lease, now=now)
        )

    def replay(self, number: int, *, now: datetime) -> None:
        """Have a delivery made once more; raises NotFound where there is none."""
        self._writer.submit(lambda connection: outbox.replay(connection, number, now=now))

    def replay_failed(self, *, now: datetime) -> int:
        """Have everything that was given up made once more; give how many there were."""
        return self._writer.submit(lambda connection: outbox.replay_failed(connection, now=now))

    def ping(self) -> None:
        """Show that the database can be written: write nothing, but as a write.

        Where the last write was lost, for instance on a full disk, nothing would succeed all the same: then a
        row is written and taken back.

        Raises:
            StorageError: It cannot.
        """
        if self._writer.failed:
            self._writer.submit(erasing.write_and_take_back)
        else:
            self._writer.submit(lambda connection: connection.execute(_WRITE_NOTHING).rowcount)
