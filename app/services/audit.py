"""The use case of proving that the audit trail is as it was written."""

from dataclasses import dataclass

import structlog

from app.core.audit import FIRST_SEQUENCE, GENESIS, Head, Walk, is_signed, walk_chain
from app.core.errors import StorageError
from app.db.audit import AuditQueries
from app.services.witness import Witness

_LOG = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What came of verifying the trail."""

    events: int
    """How many hold, from the first one on."""
    head: str
    """The hash of the last of them."""
    broken: str | None
    """One sentence that names the first event that does not hold; None where all do."""
    notes: tuple[str, ...]
    """What could not be told."""

    @property
    def ok(self) -> bool:
        """Whether the whole trail holds."""
        return self.broken is None


class AuditService:
    """Verifies the trail and keeps its witness up to date."""

    def __init__(self, queries: AuditQueries, witness: Witness | None, *, secret: bytes) -> None:
        """Verify with these parts.

        Args:
            queries: the reads.
            witness: the file beside the key; None for a database server, which has no such place.
            secret: what heads are signed with.
        """
        self._queries = queries
        self._witness = witness
        self._secret = secret

    def verify(self) -> AuditReport:
        """Read the whole trail and compare it with its signed heads; what is written meanwhile is no fault.

        Raises:
            StorageError: The database or the witness cannot be read.
        """
        head, seen = self._queries.head(), self._witness.read() if self._witness else None
        signed = [each for each in (head, seen) if each is not None]
        walk = walk_chain(self._queries.events(), heads=signed)
        broken = self._false_signature(head, seen) or self._break_of(walk, head, seen)
        notes = () if broken or not self._lacks_witness(seen) else (self._no_witness(),)
        return AuditReport(events=walk.sequence, head=walk.hash, broken=broken, notes=notes)

    def _false_signature(self, *heads: Head | None) -> str | None:
        for head in heads:
            if head is not None and not is_signed(head, secret=self._secret):
                return (
                    f"The head of the trail, which names event {head.sequence}, was not signed with the "
                    "secret of this service: it was changed, or the secret is another one."
                )
        return None

    def _break_of(self, walk: Walk, head: Head | None, seen: Head | None) -> str | None:
        if walk.broken is not None:
            return walk.broken.why
        # A head that was signed meanwhile covers what was written meanwhile.
        latest = self._queries.head()
        furthest = max((each.sequence for each in (head, seen) if each is not None), default=0)
        if walk.sequence < furthest:
            return (
                f"Event {walk.sequence + 1} is missing: the trail ends with event {walk.sequence}, and event "
                f"{furthest} was signed."
            )
        if latest is None:
            return "Nothing is signed: the head of the trail is gone, so that events may have been cut off."
        if walk.sequence > latest.sequence:
            return (
                f"Event {latest.sequence + 1} is not signed: something else than this service wrote it, or "
                "events before it were cut off and written anew."
            )
        if missing := self._queries.missing_guards():
            return f"Nothing keeps events from being changed: the triggers {', '.join(missing)} are gone."
        return None

    def _lacks_witness(self, seen: Head | None) -> bool:
        return self._witness is not None and seen is None

    def _no_witness(self) -> str:
        path = self._witness.path if self._witness else None
        return (
            f"There is no {str(path)!r}, so an older copy of the whole database would not show. "
            "`plainspeak serve` writes it."
        )

    def testify(self) -> bool:
        """Write the head of the database to the witness; False where the two contradict each other.

        A witness that the trail does not bear out is never written over: it is the proof.

        Raises:
            StorageError: The database or the witness cannot be read or written.
        """
        if self._witness is None:
            return True
        head, seen = self._queries.head(), self._witness.read()
        if head is None or not all(self._bears_out(each) for each in (head, seen) if each is not None):
            return False
        if head != seen:
            self._witness.write(head)
        return True

    def _bears_out(self, seen: Head) -> bool:
        there = GENESIS if seen.sequence < FIRST_SEQUENCE else self._queries.hash_of(seen.sequence)
        return there == seen.hash and is_signed(seen, secret=self._secret)

    def keep_witness(self) -> None:
        """Bring the witness up to date; what keeps it from being is logged."""
        try:
            if not self.testify():
                _LOG.error("audit.broken", next_step="Run `plainspeak db verify`.")
        except StorageError as error:
            _LOG.warning("audit.no_witness", code=error.code, detail=str(error))
