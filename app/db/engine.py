"""Opening the database, bringing its schema up to date, and saying in words what went wrong with it.

SQLite is the default and PostgreSQL is the way past one machine, by URL alone. How the connections of the
two differ is decided here, for PostgreSQL by `app.db.postgresql`; how their words are searched, in
`app.db.search`; what erasing leaves, in `app.db.erasure`; and the tables, in the migrations. On both there is
one writer at a time, so that a transaction that writes can read the last audit event and link to it; on
SQLite that is `BEGIN IMMEDIATE`, on PostgreSQL an advisory lock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self, assert_never

import orjson
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from app.core.errors import DatabaseLocked, DatabaseReadOnly, DatabaseUnusable, SchemaMismatch, StorageError
from app.db import postgresql
from app.db.postgresql import Mode

BUSY_TIMEOUT_S = 5.0
"""How long to wait for another process that writes."""
READERS = 16
ASIDE = 4
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"

_POOLS: dict[Mode, int] = {"write": 1, "read": READERS, "aside": ASIDE}


@dataclass(frozen=True, slots=True)
class Database:
    """The ways to one database: the writer's single connection, and connections that only read."""

    writer: Engine
    reader: Engine
    aside: Engine | None = None
    """Connections for what need not wait for the writer's turn; SQLite has none."""

    def close(self) -> None:
        """Close every connection."""
        for engine in (self.writer, self.reader, self.aside):
            if engine is not None:
                engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_database(url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Database:
    """Make its engines. Nothing is opened before the first use."""
    writer = make_engine(url, busy_timeout_s=busy_timeout_s)
    return Database(
        writer=writer,
        reader=make_engine(url, mode="read", busy_timeout_s=busy_timeout_s),
        aside=None
        if writer.dialect.name == "sqlite"
        else make_engine(url, mode="aside", busy_timeout_s=busy_timeout_s),
    )


def make_engine(url: str, *, mode: Mode = "write", busy_timeout_s: float = BUSY_TIMEOUT_S) -> Engine:
    """Make the engine with one connection that writes, or one of those with several.

    Raises:
        DatabaseUnusable: The URL is none, names no file, or its driver is not installed.
    """
    try:
        parsed = make_url(url)
        on_sqlite = parsed.get_backend_name() == "sqlite"
        if on_sqlite and _is_in_memory(parsed):
            raise DatabaseUnusable(
                "The database URL names no file, and what is kept in memory alone is lost. Give one like "
                "'sqlite:///plainspeak.db'."
            )
        engine = create_engine(
            parsed,
            json_serializer=_to_json,
            json_deserializer=orjson.loads,
            pool_size=_POOLS[mode],
            max_overflow=0,
            # What a statement is given holds posts; neither an error nor a log at any level may repeat it.
            hide_parameters=True,
            **(
                {"connect_args": {"timeout": busy_timeout_s}}
                if on_sqlite
                else postgresql.engine_options(mode)
            ),
        )
    except (ArgumentError, ModuleNotFoundError) as error:
        # The URL is not quoted: it may hold a password.
        raise DatabaseUnusable(
            f"The database URL cannot be used ({type(error).__name__}). Give one like "
            "'sqlite:///plainspeak.db', or 'postgresql+psycopg://user@host/name' with the driver installed: "
            ".venv/bin/pip install --editable '.[postgres]'."
        ) from error
    if on_sqlite:
        _prepare_sqlite(engine, mode=mode)
    else:
        postgresql.prepare(engine, mode=mode, lock_timeout_s=busy_timeout_s)
    return engine


def _is_in_memory(url: URL) -> bool:
    """Whether SQLite would give each connection a database of its own, in memory."""
    return url.database in {None, "", ":memory:", "file::memory:"} or url.query.get("mode") == "memory"


def _to_json(value: object) -> str:
    """Write JSON; dataclasses become objects of their fields, enums their values."""
    return orjson.dumps(value).decode()


def _prepare_sqlite(engine: Engine, *, mode: Mode) -> None:
    # WAL lets readers read while the one writer writes; with FULL a commit has reached the disk when it
    # returns.
    # What is deleted is overwritten: erasing a post is to leave nothing of it in the file.
    writing = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
    pragmas, begin = (("query_only=ON",), "BEGIN") if mode == "read" else (writing, "BEGIN IMMEDIATE")

    def set_up(connection: DBAPIConnection, _: object) -> None:
        # Python's sqlite3 must not begin transactions by itself: it would not lock, nor include DDL.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))


def upgrade(url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> "SchemaState":
    """Bring the schema to this version's, in one transaction: all of it or nothing; give what it was before.

    Raises:
        SchemaMismatch: The database is from a newer Plainspeak.
        StorageError: The database cannot be opened or written.
    """
    engine = make_engine(url, busy_timeout_s=busy_timeout_s)
    try:
        with translated(engine.url), engine.begin() as connection:
            before = _state(connection)
            if before == "newer":
                raise _mismatch(engine.url, "newer")
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            return before
    finally:
        engine.dispose()


def check_schema(engine: Engine) -> None:
    """Make sure that the schema is this version's.

    Raises:
        SchemaMismatch: It is not; the message says what to run.
        StorageError: The database cannot be opened.
    """
    state = schema_of(engine)
    if state != "current":
        raise _mismatch(engine.url, state)


def schema_of(engine: Engine) -> "SchemaState":
    """Whether the schema is this version's, an older one's, a newer one's, or there is none.

    Raises:
        StorageError: The database cannot be opened.
    """
    with translated(engine.url), engine.connect() as connection:
        return _state(connection)


def alembic_config() -> Config:
    """Make Alembic's configuration, which has no file of its own."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option(
        "file_template", "%%(year)d-%%(month).2d-%%(day).2d-%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    return config


SchemaState = Literal["empty", "older", "current", "newer"]


def _state(connection: Connection) -> SchemaState:
    scripts = ScriptDirectory.from_config(alembic_config())
    known = {script.revision for script in scripts.walk_revisions()}
    found = set(MigrationContext.configure(connection).get_current_heads())
    if not found:
        return "empty"
    if not found <= known:
        return "newer"
    return "current" if found == set(scripts.get_heads()) else "older"


def _mismatch(url: URL, state: Literal["empty", "older", "newer"]) -> SchemaMismatch:
    database = name_of(url)
    match state:
        case "empty":
            return SchemaMismatch(
                f"The database {database!r} has no tables yet. Run `plainspeak db upgrade`."
            )
        case "older":
            return SchemaMismatch(
                f"The database {database!r} is from an older Plainspeak. Run `plainspeak db backup`, then "
                "`plainspeak db upgrade`."
            )
        case "newer":
            return SchemaMismatch(
                f"The database {database!r} is from a newer Plainspeak. Update Plainspeak, or name "
                "another database."
            )
        case _:
            assert_never(state)


def name_of(url: URL) -> str:
    """Name a database to a person: the file of SQLite, else the URL without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True)


# SQLite's primary result codes and PostgreSQL's SQLSTATEs.
_LOCKED = {5, 6, "55P03", "40001", "40P01"}
_READ_ONLY = {3, 8, "25006", "42501"}
_FULL = {13, "53100"}
_NO_ROOM = "SQLITE_IOERR_SHMSIZE"
"""What SQLite says of a disk on which not even the index of its log has room."""
_UNUSABLE = {10, 11, 14, 26, "3D000", "28000", "28P01", "53300", "57P01", "57P02", "57P03", "25P03"}
_NO_TABLE_SQLSTATES = {"42P01", "42703"}


def storage_error(error: SQLAlchemyError, *, url: URL) -> StorageError:
    """Say what a database error means, naming the database and the next thing to do.

    The statement and its parameters are left out: they hold posts.
    """
    database = name_of(url)
    original = error.orig if isinstance(error, DBAPIError) else None
    code = _code_of(original)
    if code in _LOCKED:
        return DatabaseLocked(
            f"Another process holds the database {database!r}. Nothing was stored; try again, or find that "
            "process."
        )
    if code in _READ_ONLY:
        return DatabaseReadOnly(
            f"The database {database!r} cannot be written. Give this user write access to it and, where "
            "it is a file, to its folder."
        )
    if code in _FULL or _reason(original) == _NO_ROOM:
        return StorageError(
            f"The disk of the database {database!r} is full. Nothing was stored; free some space."
        )
    if code in _NO_TABLE_SQLSTATES or (
        code == 1 and str(original).startswith(("no such table", "no such column"))
    ):
        return SchemaMismatch(
            f"The database {database!r} lacks a table or a column. Run `plainspeak db upgrade`."
        )
    if code in _UNUSABLE or getattr(error, "connection_invalidated", False) or (original and code is None):
        return DatabaseUnusable(
            f"The database {database!r} cannot be opened or is damaged ({_reason(original)}). {_check(url)}"
        )
    return StorageError(
        f"The database {database!r} refused the work ({_reason(original or error)}). Nothing was "
        "stored; please report it."
    )


def _check(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return "Check that its path is right and that this user may write to its folder, or restore a backup."
    return (
        "Check that the server runs and takes more connections, and that host, port, name, user and password "
        "in PLAINSPEAK_DATABASE_URL are right."
    )


def _code_of(original: BaseException | None) -> int | str | None:
    sqlite_code = getattr(original, "sqlite_errorcode", None)
    if isinstance(sqlite_code, int):
        # The low byte is the primary code, the rest a finer one.
        return sqlite_code & 0xFF
    sqlstate = getattr(original, "sqlstate", None)
    return sqlstate if isinstance(sqlstate, str) else None


def _reason(original: BaseException | None) -> str:
    """Name the class, and of SQLite also its code: a database's own words can quote the values of a row."""
    return getattr(original, "sqlite_errorname", None) or type(original).__name__


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Raise this project's errors in place of the database library's."""
    try:
        yield
    except SQLAlchemyError as error:
        raise storage_error(error, url=url) from error
