"""The use cases of copying the database and of putting a copy back.

A copy and what it is put in the place of are told apart by their audit trails: they say which knows more, and
what was erased since.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.core.audit import FIRST_SEQUENCE
from app.core.errors import BackupRefused, DatabaseUnusable, NotFound, SchemaMismatch, StorageError
from app.db import backup
from app.db.audit import AuditQueries
from app.db.erasure import Eraser
from app.db.ledger import Ledger
from app.db.trail import OPERATOR
from app.services.audit import AuditReport, AuditService
from app.services.witness import Witness

_DONE_AGAIN = {"database.backed_up", "database.restored", "decision.erased"}
"""Events that a restore does not lose: what was erased is erased again, and of copies it tells itself.

Making a copy leaves the first of them behind, so that without this the latest copy would always lack one."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is done to one database file."""

    audit: AuditService
    trail: AuditQueries
    ledger: Ledger
    eraser: Eraser


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that was made and verified."""

    path: Path
    bytes: int
    events: int
    """Of the audit trail in it that hold."""
    broken: str | None
    """Why its audit trail does not hold; None where it does."""
    is_noted: bool = True
    """Whether the audit trail of the database tells of it, which one that is locked or full cannot."""


@dataclass(frozen=True, slots=True)
class Newer:
    """What a database knows and a copy of it does not."""

    events: int = 0
    """Of the audit trail, without those that tell of copies and of erasures, which a restore does again."""
    decisions: int | None = 0
    """Those of them that tell of a new decision; None where that cannot be told."""
    is_whole: bool = True
    """False where the database is damaged, so that this is only what can still be told of it."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of a restore."""

    events: int
    """Of the audit trail that was put back."""
    aside: Path | None
    """Where the database that was replaced is kept; None where there was none."""
    erased_again: int
    """Decisions that were erased after the copy was made, and so once more."""
    newer: Newer
    """What the database that was replaced knew and the copy did not: it is in the file kept aside alone."""


class BackupService:
    """Copies one database file, and puts copies in its place."""

    def __init__(
        self,
        file: Path,
        *,
        open_file: Callable[[Path], AbstractContextManager[Parts]],
        open_trail: Callable[[Path], AbstractContextManager[AuditQueries]],
        upgrade: Callable[[Path], None],
        clock: Callable[[], datetime],
        wait_s: float,
    ) -> None:
        """Work on a file.

        Args:
            file: the database that serves.
            open_file: opens any database of this version.
            open_trail: opens the audit trail of a database of any version, to read it.
            upgrade: brings any database to this version.
            clock: the time now, UTC.
            wait_s: how long to wait for a locked database.
        """
        self._file = file
        self._open = open_file
        self._open_trail = open_trail
        self._upgrade = upgrade
        self._clock = clock
        self._wait_s = wait_s

    def backup(self, target: Path) -> Copied:
        """Copy the database while it is written to, and verify the copy.

        Raises:
            BackupRefused: There is something in the place of the copy.
            StorageError: The database or the copy cannot be used; there is no copy then.
        """
        if target.exists():
            raise BackupRefused(f"There is a {str(target)!r} already. Name another file.")
        if not self._file.is_file() or backup.is_blank(self._file):
            raise DatabaseUnusable(
                f"There is no database {str(self._file)!r} to copy. Check PLAINSPEAK_DATABASE_URL."
            )
        working = target.with_name(f"{target.name}.new")
        try:
            with _swept_away(working):
                backup.copy(self._file, working, busy_timeout_s=self._wait_s)
                backup.check_file(working)
                report = self._report(working)
                working.replace(target)
        except OSError as error:
            raise StorageError(
                f"The copy {str(target)!r} cannot be written ({error.strerror}). Name another place."
            ) from error
        size = target.stat().st_size
        if report is None:
            return Copied(target, size, 0, None)
        detail = (("file", target.name), ("bytes", str(size)), ("events", str(report.events)))
        try:
            with self._open(self._file) as parts:
                parts.ledger.note("database.backed_up", "backup", detail=detail, now=self._clock())
        except StorageError:
            # The copy is as good as any, and who makes one of a disk that is full needs it most.
            return Copied(target, size, report.events, report.broken, is_noted=False)
        return Copied(target, size, report.events, report.broken)

    def restore(self, source: Path, *, discard_newer: bool) -> Restored:
        """Put a copy in the place of the database, which is kept aside.

        What was erased since the copy was made is erased in it too, as far as the database that is replaced
        can still tell.

        Args:
            source: the copy.
            discard_newer: whether to replace a database that knows more than the copy.

        Raises:
            BackupRefused: The database is in use or newer, or the trail of the copy does not hold.
            StorageError: The copy cannot be used. Nothing was replaced.
        """
        if not source.is_file():
            raise BackupRefused(f"There is no {str(source)!r}. Name a file that `plainspeak db backup` made.")
        self._take_for_oneself()
        working = self._file.with_name(f"{self._file.name}.new")
        try:
            with _swept_away(working):
                backup.check_file(source)
                backup.copy(source, working, busy_timeout_s=self._wait_s)
                self._upgrade(working)
                events = self._verified(working, source)
                newer, erased = self._since(working, discard_newer=discard_newer)
                _check_newer(newer, self._file, discard_newer=discard_newer)
                erased_again = self._finish(working, source=source, erased=erased)
                aside = self._replace(working)
        except OSError as error:
            raise StorageError(
                f"The database {str(self._file)!r} cannot be replaced ({error.strerror}). Give this user "
                "write access to its folder, on a disk that has hard links."
            ) from error
        return Restored(events, aside, erased_again, newer)

    def _report(self, working: Path) -> AuditReport | None:
        """Verify the trail of a copy; None for one of another version, whose trail only that one can read."""
        try:
            with self._open(working) as parts:
                return parts.audit.verify()
        except SchemaMismatch:
            return None

    def _verified(self, working: Path, source: Path) -> int:
        with self._open(working) as parts:
            report = parts.audit.verify()
        if report.broken:
            raise BackupRefused(
                f"The audit trail of {str(source)!r} does not hold. {report.broken} Take another copy, and "
                f"have the key that belongs to it at {str(self._file.with_suffix('.key'))!r}."
            )
        return report.events

    def _since(self, working: Path, *, discard_newer: bool) -> tuple[Newer, tuple[str, ...]]:
        """What the database that is replaced knows and the copy does not, and what was erased from it."""
        if not self._file.exists():
            return Newer(), ()
        try:
            backup.check_file(self._file)
            if backup.is_blank(self._file):
                return self._since_of_a_wreck(working)
            with self._open(self._file) as parts, self._open(working) as copied:
                return _newer(parts.trail, than=copied.trail), parts.trail.erased()
        except SchemaMismatch:
            if not discard_newer:
                raise
            # The trail of every version reads the same.
            with self._open_trail(self._file) as trail, self._open(working) as copied:
                return _newer(trail, than=copied.trail), trail.erased()
        except StorageError:
            # Damaged, or never one of ours: that is what copies are for.
            return self._since_of_a_wreck(working)

    def _since_of_a_wreck(self, working: Path) -> tuple[Newer, tuple[str, ...]]:
        """The same of a database that is damaged, as far as it and the file beside the key still tell."""
        with self._open(working) as copied:
            try:
                with self._open(self._file) as parts:
                    newer, erased = _newer(parts.trail, than=copied.trail), parts.trail.erased()
                return replace(newer, is_whole=False), erased
            except StorageError:
                known, seen = copied.trail.head(), None
        with suppress(StorageError):
            seen = Witness(self._file.with_suffix(".head")).read()
        events = seen.sequence - known.sequence if seen and known else 0
        return Newer(events=max(events, 0), decisions=None, is_whole=False), ()

    def _finish(self, working: Path, *, source: Path, erased: tuple[str, ...]) -> int:
        """Erase again what was erased, and leave word of the restore."""
        now, count = self._clock(), 0
        with self._open(working) as parts:
            for decision_id in erased:
                with suppress(NotFound):
                    parts.ledger.erase(decision_id, actor=OPERATOR, now=now)
                    count += 1
            detail = (("file", source.name), ("erased_again", str(count)))
            parts.ledger.note("database.restored", "restore", detail=detail, now=now)
            parts.eraser.scrub(now=now, at_once=True)
        # Nothing is left in a log beside it.
        backup.take_for_oneself(working)
        return count

    def _take_for_oneself(self) -> None:
        """Refuse a database that somebody has open. One that is damaged cannot tell."""
        if self._file.exists():
            with suppress(DatabaseUnusable):
                backup.take_for_oneself(self._file)

    def _replace(self, working: Path) -> Path | None:
        stamp = f"{self._clock():%Y%m%dT%H%M%S}"
        aside = self._file.with_name(f"{self._file.name}.replaced-{stamp}")
        had_one = self._file.exists()
        self._take_for_oneself()
        backup.put_in_place(working, of=self._file, aside=aside)
        with self._open(self._file) as parts:
            head = parts.trail.head()
        if head is not None:
            Witness(self._file.with_suffix(".head")).write(head)
        return aside if had_one else None


def _newer(trail: AuditQueries, *, than: AuditQueries) -> Newer:
    """What a trail tells that the one of a copy does not. All of it, where they are not of one trail."""
    head = than.head()
    known = head.sequence if head is not None else FIRST_SEQUENCE - 1
    is_begun = known < FIRST_SEQUENCE or (head is not None and trail.hash_of(known) == head.hash)
    kinds = trail.kinds_after(known if is_begun else FIRST_SEQUENCE - 1)
    newer = {kind: count for kind, count in kinds.items() if kind not in _DONE_AGAIN}
    return Newer(events=sum(newer.values()), decisions=newer.get("decision.recorded", 0))


def _check_newer(newer: Newer, file: Path, *, discard_newer: bool) -> None:
    """Raise BackupRefused where a sound database knows more than the copy and nobody said to discard it."""
    if newer.is_whole and newer.events and not discard_newer:
        raise BackupRefused(
            f"The database {str(file)!r} is sound and holds {newer.events} events that the copy does not "
            f"have, {newer.decisions} of them new decisions. What was stored since the copy was made would "
            "be lost; if that is what you want, add --discard-newer."
        )


@contextmanager
def _swept_away(working: Path) -> Iterator[None]:
    """Leave nothing of a copy that is worked on, whatever comes of it."""
    try:
        yield
    finally:
        for part in ("", "-wal", "-shm", "-journal"):
            Path(f"{working}{part}").unlink(missing_ok=True)
