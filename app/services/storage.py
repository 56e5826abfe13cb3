"""The use case of telling the operator what is kept, where and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.core.audit import AuditEvent, Head
from app.core.holdings import Holding, TextHolding
from app.core.types import Action
from app.db.audit import AuditQueries
from app.db.erasing import SCRUB, SCRUBBED
from app.db.holdings import HoldingQueries
from app.db.queries import Queries


@dataclass(frozen=True, slots=True)
class Place:
    """A file, and how large it is."""

    what: str
    path: str
    bytes: int | None
    """None where it is not there."""


@dataclass(frozen=True, slots=True)
class Storage:
    """What is kept, where and for how long."""

    holdings: tuple[Holding, ...]
    texts: tuple[TextHolding, ...]
    keep_days: Mapping[Action, int]
    is_file: bool
    """False where a server keeps it, which copies and cleans up by itself."""
    places: tuple[Place, ...]
    head: Head | None
    last_backup: AuditEvent | None
    scrub_due: datetime | None
    """Since when traces of what was erased may be in the file; None where there are none."""
    scrubbed: datetime | None


class StorageService:
    """Tells what is kept."""

    def __init__(
        self,
        holdings: HoldingQueries,
        queries: Queries,
        trail: AuditQueries,
        *,
        file: Path | None,
        database: str,
        keep_days: Mapping[Action, int],
    ) -> None:
        """Tell of a database.

        Args:
            holdings: reads of how much there is.
            queries: the other reads.
            trail: reads of the audit trail.
            file: the database, where it is a file.
            database: how it is named to a person.
            keep_days: how long texts are kept.
        """
        self._holdings = holdings
        self._queries = queries
        self._trail = trail
        self._file = file
        self._database = database
        self._keep_days = keep_days

    def look(self) -> Storage:
        """Gather everything.

        Raises:
            StorageError: The database cannot be read.
        """
        marks = self._holdings.marks()
        backups = [each for each in self._queries.audit_trail("backup") if each.kind == "database.backed_up"]
        return Storage(
            holdings=self._holdings.holdings(),
            texts=self._holdings.texts(),
            keep_days=self._keep_days,
            is_file=self._file is not None,
            places=self._places(),
            head=self._trail.head(),
            last_backup=backups[-1] if backups else None,
            scrub_due=marks.get(SCRUB),
            scrubbed=marks.get(SCRUBBED),
        )

    def _places(self) -> tuple[Place, ...]:
        if self._file is None:
            return (Place("Database", self._database, self._holdings.server_bytes()),)
        named = {
            "Database": self._file,
            "Its log": Path(f"{self._file}-wal"),
            "Key": self._file.with_suffix(".key"),
            "Head of the audit trail": self._file.with_suffix(".head"),
        }
        return tuple(Place(what, str(path.resolve()), _size_of(path)) for what, path in named.items())


def _size_of(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
