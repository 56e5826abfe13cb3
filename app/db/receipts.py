"""Which requests were answered by which decisions. Kept within the transaction that keeps the decisions.

Of one request sent twice at once, both are judged, and whichever is committed first is the answer to both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from app.core.errors import IdempotencyKeyReused, NotFound
from app.core.retries import Kept, Receipt, answer_of
from app.core.review import Decision, ReviewItem
from app.core.waves import NO_SHINGLES, Shingles
from app.db.tables import decisions, receipts

Answered = tuple[str, ...] | IdempotencyKeyReused | NotFound
"""Ids of the decisions that answer a submission, or why it gets none."""
MOST_NAMES = 500
"""Names asked for in one statement; databases limit its parameters."""
MOST_EXPIRED = 200
"""Old receipts that are swept away with one group of new ones."""

_NAMED = (
    select(receipts)
    .where(receipts.c.name.in_(bindparam("names", expanding=True)), receipts.c.expires_at > bindparam("now"))
    .order_by(receipts.c.name, receipts.c.place)
)
_INSERT = insert(receipts)
_FORGET = delete(receipts).where(receipts.c.name == bindparam("forgotten"))
_SWEEP = delete(receipts).where(
    receipts.c.name.in_(
        select(receipts.c.name)
        .where(receipts.c.expires_at <= bindparam("now"))
        .order_by(receipts.c.expires_at)
        .limit(MOST_EXPIRED)
    ),
    receipts.c.expires_at <= bindparam("now"),
)


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A new decision, the review item it opens, and how its content is recognised when it comes again."""

    decision: Decision
    item: ReviewItem | None
    receipt: Receipt | None = None
    shingles: Shingles = NO_SHINGLES
    """What its item is compared with others by."""
    bands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """The answer to one request: new decisions, and ids of those that were made before, in order."""

    entries: tuple[NewDecision | str, ...]
    receipt: Receipt | None = None
    """How the whole request is recognised when it comes again."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What is to be stored of some submissions, and what answers each."""

    records: tuple[NewDecision, ...]
    answers: tuple[Answered, ...]
    receipts: tuple[tuple[Receipt, tuple[str, ...]], ...]


def read_receipts(connection: Connection, names: Sequence[str], *, now: datetime) -> dict[str, Kept]:
    """Give what the names lead to; those that are unknown or expired are left out."""
    found: dict[str, Kept] = {}
    for start in range(0, len(names), MOST_NAMES):
        some = names[start : start + MOST_NAMES]
        for row in connection.execute(_NAMED, {"names": some, "now": now}):
            before = found[row.name].decision_ids if row.name in found else ()
            found[row.name] = Kept(row.fingerprint, (*before, row.decision_id))
    return found


def settle(connection: Connection, submissions: Sequence[Submission]) -> Settled:
    """Decide what is new, one submission after the other."""
    named = [receipt for submission in submissions for receipt in _receipts_of(submission)]
    known: dict[str, Kept] = {}
    if named:
        now = max(receipt.made_at for receipt in named)
        known = read_receipts(connection, list({receipt.name for receipt in named}), now=now)
    settling = _Settling(known, erased=_erased(connection, submissions))
    answers = tuple(settling.answer(submission) for submission in submissions)
    return Settled(tuple(settling.records), answers, tuple(settling.made.values()))


def _erased(connection: Connection, submissions: Sequence[Submission]) -> set[str]:
    """The decisions that some submissions name as made before, and that are not there any more."""
    named = {entry for submission in submissions for entry in submission.entries if isinstance(entry, str)}
    ids = sorted(named)
    for start in range(0, len(ids), MOST_NAMES):
        there = select(decisions.c.id).where(decisions.c.id.in_(ids[start : start + MOST_NAMES]))
        named.difference_update(connection.execute(there).scalars())
    return named


class _Settling:
    """What is known so far, and what was found to be new."""

    def __init__(self, known: dict[str, Kept], *, erased: set[str]) -> None:
        self._known = known
        self._erased = erased
        self.records: list[NewDecision] = []
        self.made: dict[str, tuple[Receipt, tuple[str, ...]]] = {}

    def answer(self, submission: Submission) -> Answered:
        """Ids of the decisions that answer a submission."""
        whole, count = submission.receipt, len(submission.entries)
        if whole:
            try:
                earlier = answer_of(whole, self._known.get(whole.name), count=count)
            except IdempotencyKeyReused as error:
                return error
            if earlier is not None:
                return earlier
        if any(isinstance(entry, str) and entry in self._erased for entry in submission.entries):
            return NotFound("A decision that was to be answered again was just erased. Send the post again.")
        ids = tuple(self._id_of(entry) for entry in submission.entries)
        if whole:
            self._keep(whole, ids)
        return ids

    def _id_of(self, entry: NewDecision | str) -> str:
        if isinstance(entry, str):
            return entry
        receipt = entry.receipt
        kept = self._known.get(receipt.name) if receipt else None
        if receipt and kept and kept.fingerprint == receipt.fingerprint:
            return kept.decision_ids[0]
        self.records.append(entry)
        if receipt:
            self._keep(receipt, (entry.decision.id,))
        return entry.decision.id

    def _keep(self, receipt: Receipt, ids: tuple[str, ...]) -> None:
        self._known[receipt.name] = Kept(receipt.fingerprint, ids)
        self.made[receipt.name] = (receipt, ids)


def keep_receipts(connection: Connection, made: Sequence[tuple[Receipt, tuple[str, ...]]]) -> None:
    """Store receipts in place of those of the same names, and sweep some that have expired."""
    if not made:
        return
    connection.execute(_SWEEP, {"now": max(receipt.made_at for receipt, _ in made)})
    connection.execute(_FORGET, [{"forgotten": receipt.name} for receipt, _ in made])
    connection.execute(
        _INSERT,
        [
            {
                "name": receipt.name,
                "place": place,
                "fingerprint": receipt.fingerprint,
                "decision_id": decision_id,
                "expires_at": receipt.expires_at,
            }
            for receipt, decision_ids in made
            for place, decision_id in enumerate(decision_ids)
        ],
    )


def _receipts_of(submission: Submission) -> Iterator[Receipt]:
    if submission.receipt is not None:
        yield submission.receipt
    for entry in submission.entries:
        if isinstance(entry, NewDecision) and entry.receipt is not None:
            yield entry.receipt
