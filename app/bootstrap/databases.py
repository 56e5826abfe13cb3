"""What works on a database without a model: keys, people, webhooks, discovery, the trail, copies."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from app.bootstrap.files import prepare_folder, read_lexicon, read_secret, sqlite_path, sqlite_url
from app.bootstrap.identity import now
from app.core.errors import BackupRefused, DatabaseUnusable
from app.core.lexicon import Lexicon, Term
from app.core.revisions import states_of
from app.db.audit import AuditQueries, found_trail, sign_commits
from app.db.engine import Database, check_schema, open_database, upgrade
from app.db.erasure import Eraser
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.writer import GroupWriter
from app.services.audit import AuditService
from app.services.backup import BackupService, Parts
from app.services.discovery import DiscoveryService
from app.services.keys import KeyService
from app.services.people import PeopleService
from app.services.sealing import Sealer
from app.services.webhooks import WebhookService
from app.services.witness import Witness
from app.settings import Settings

_OWNER_ONLY = 0o600


def upgrade_database(settings: Settings) -> None:
    """Make the database if there is none and bring it to this version."""
    prepare_folder(settings.database_url)
    secret = read_secret(settings)
    file = sqlite_path(settings.database_url)
    is_new = file is not None and not file.exists()
    before = upgrade(settings.database_url, busy_timeout_s=settings.database_wait_s)
    if file is not None and is_new and file.exists():
        # Before a post is in it: it is nobody else's business on this machine, as the key and copies are not.
        # Its log, whenever there is one, has the mode of the file.
        file.chmod(_OWNER_ONLY)
    with open_database(settings.database_url, busy_timeout_s=settings.database_wait_s) as database:
        found_trail(database, secret=secret, was_upgraded=before == "older")


def open_upgraded(settings: Settings) -> Database:
    """Bring the database up to date and open it."""
    upgrade_database(settings)
    database = open_database(settings.database_url, busy_timeout_s=settings.database_wait_s)
    check_schema(database.reader)
    sign_commits(database.writer, secret=read_secret(settings))
    return database


def _open_existing(settings: Settings) -> Database:
    """Open a database of this version, and make nothing."""
    file = sqlite_path(settings.database_url)
    if file is not None and not file.exists():
        raise DatabaseUnusable(f"There is no database {str(file)!r}. Set PLAINSPEAK_DATABASE_URL.")
    database = open_database(settings.database_url, busy_timeout_s=settings.database_wait_s)
    check_schema(database.reader)
    return database


def discovery_over(queries: Queries, bundled: Lexicon) -> DiscoveryService:
    """Discovery over a database, beside the terms there are."""

    def terms() -> list[Term]:
        states = states_of(bundled.terms, queries.latest_revisions())
        return [state.term for state in states.values()]

    return DiscoveryService(queries, terms=terms, clock=now)


@contextmanager
def open_discovery(settings: Settings) -> Iterator[DiscoveryService]:
    """Discovery alone, without a model.

    Raises:
        StorageError, LexiconInvalid: the message says what is wrong and what next.
    """
    with open_upgraded(settings) as database:
        yield discovery_over(Queries(database.reader), read_lexicon(settings.lexicon))


def webhooks_over(settings: Settings, ledger: Ledger, queries: Queries, *, secret: bytes) -> WebhookService:
    """The use cases around webhooks over a database."""
    return WebhookService(
        ledger,
        queries,
        clock=now,
        sealer=Sealer(secret),
        private_targets=settings.webhook_private_targets,
    )


@contextmanager
def open_webhooks(settings: Settings) -> Iterator[WebhookService]:
    """Only what looking after webhooks takes, without a model."""
    secret = read_secret(settings)
    with open_upgraded(settings) as database, GroupWriter(database.writer) as writer:
        yield webhooks_over(settings, Ledger(writer), Queries(database.reader), secret=secret)


@contextmanager
def open_keys(settings: Settings) -> Iterator[KeyService]:
    """Only what making and revoking keys takes, without a model."""
    secret = read_secret(settings)
    with open_upgraded(settings) as database, GroupWriter(database.writer) as writer:
        yield KeyService(Ledger(writer), Queries(database.reader), clock=now, secret=secret)


def people_over(settings: Settings, ledger: Ledger, queries: Queries, *, secret: bytes) -> PeopleService:
    """The people of a database."""
    idle = timedelta(hours=settings.session_hours)
    return PeopleService(ledger, queries, clock=now, secret=secret, idle=idle)


@contextmanager
def open_people(settings: Settings) -> Iterator[PeopleService]:
    """Only what adding and changing people takes, without a model."""
    secret = read_secret(settings)
    with open_upgraded(settings) as database, GroupWriter(database.writer) as writer:
        yield people_over(settings, Ledger(writer), Queries(database.reader), secret=secret)


def audit_over(settings: Settings, database: Database, *, secret: bytes) -> AuditService:
    """The audit trail of a database, with its witness beside the file."""
    file = sqlite_path(settings.database_url)
    witness = None if file is None else Witness(file.with_suffix(".head"))
    return AuditService(AuditQueries(database.reader), witness, secret=secret)


@contextmanager
def open_audit(settings: Settings) -> Iterator[AuditService]:
    """Only what verifying the audit trail takes. Nothing is written, and nothing is made."""
    with _open_existing(settings) as database:
        yield audit_over(settings, database, secret=read_secret(settings, make=False))


@contextmanager
def open_file(settings: Settings, path: Path) -> Iterator[Parts]:
    """Any database file of this version, as copying and restoring need it."""
    secret = read_secret(settings, make=False)
    with open_database(sqlite_url(path), busy_timeout_s=settings.database_wait_s) as database:
        check_schema(database.reader)
        sign_commits(database.writer, secret=secret)
        with GroupWriter(database.writer) as writer:
            trail, ledger = AuditQueries(database.reader), Ledger(writer)
            yield Parts(
                audit=AuditService(trail, None, secret=secret),
                trail=trail,
                ledger=ledger,
                eraser=Eraser(ledger, writer, database.writer),
            )


@contextmanager
def open_trail(settings: Settings, path: Path) -> Iterator[AuditQueries]:
    """The audit trail of a database file of any version, to read it."""
    with open_database(sqlite_url(path), busy_timeout_s=settings.database_wait_s) as database:
        yield AuditQueries(database.reader)


def scrub_database(settings: Settings) -> bool:
    """Rewrite the file of the database now if something was erased in it; whether nothing is left to do."""
    with open_upgraded(settings) as database, GroupWriter(database.writer) as writer:
        return Eraser(Ledger(writer), writer, database.writer).scrub(now=now(), at_once=True)


def backups(settings: Settings) -> BackupService:
    """Copies of the database of the settings.

    Raises:
        BackupRefused: It is no file.
    """
    file = sqlite_path(settings.database_url)
    if file is None:
        raise BackupRefused(
            "Only a SQLite file is copied here. Use the tools of your database server, for instance pg_dump."
        )

    def upgrade_file(path: Path) -> None:
        url, secret = sqlite_url(path), read_secret(settings, make=False)
        before = upgrade(url, busy_timeout_s=settings.database_wait_s)
        with open_database(url) as database:
            found_trail(database, secret=secret, was_upgraded=before == "older")

    return BackupService(
        file,
        open_file=lambda path: open_file(settings, path),
        open_trail=lambda path: open_trail(settings, path),
        upgrade=upgrade_file,
        clock=now,
        wait_s=settings.database_wait_s,
    )
