"""What PostgreSQL needs of its own: how its connections are set up, and text that it cannot hold as it is.

There is one writer at a time, as on SQLite, so that a transaction that writes can read the last audit event
and link to it: it begins with an advisory lock of the whole database. Claims and leases leave no audit event
and go aside of that lock, each in a transaction of its own that locks its rows alone; see `app.db.aside`.
"""

import re
from typing import Any, Literal, assert_never

from sqlalchemy import Connection, Dialect, Engine, Text, TypeDecorator, event
from sqlalchemy.engine.interfaces import DBAPIConnection

Mode = Literal["read", "write", "aside"]

CONNECT_TIMEOUT_S = 5
VANISHED_S = 60
"""A process that vanished without a word, with its machine, gives up its turn after so long."""
# Any number will do as long as every Plainspeak process asks for the same: "PLAIN" in ASCII.
_WRITER_LOCK = 0x504C41494E


def engine_options(mode: Mode) -> dict[str, Any]:
    """What `create_engine` is told besides what it is told of every database."""
    # Each read is one statement, and what begins no transaction needs one round trip instead of three. A
    # write reads what others committed before it had its turn, so its snapshot must not be older than that.
    isolation = "AUTOCOMMIT" if mode == "read" else "READ COMMITTED"
    return {
        "connect_args": {"connect_timeout": CONNECT_TIMEOUT_S},
        "isolation_level": isolation,
        # A server that was started again is noticed before work is given to a dead connection.
        "pool_pre_ping": True,
    }


def prepare(engine: Engine, *, mode: Mode, lock_timeout_s: float) -> None:
    """Set up the connections and transactions of an engine."""
    limits = (
        f"set_config('lock_timeout', '{round(lock_timeout_s * 1000)}ms', true), "
        f"set_config('idle_in_transaction_session_timeout', '{VANISHED_S}s', true)"
    )
    match mode:
        case "read":
            event.listen(engine, "connect", _forbid_writing)
        case "write":
            _begin_with(engine, f"SELECT {limits}, pg_advisory_xact_lock({_WRITER_LOCK})")
        case "aside":
            _begin_with(engine, f"SELECT {limits}")
        case _:
            assert_never(mode)


def _forbid_writing(connection: DBAPIConnection, _: object) -> None:
    connection.execute("SET default_transaction_read_only = on")


def _begin_with(engine: Engine, statement: str) -> None:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    event.listen(engine, "begin", begin)


_ESCAPE = "\U0010ffff"
"""A code point that Unicode keeps free of any meaning, and that PostgreSQL stores."""
_ESCAPED = re.compile(f"{_ESCAPE}(.?)", re.DOTALL)


class PostgresText(TypeDecorator[str]):
    """Text in which U+0000 may occur, which PostgreSQL does not take: a post is kept as it was written."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 SQLAlchemy's signature
        """Escape."""
        return None if value is None else self.written(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:  # noqa: ARG002, ANN401 SQLAlchemy's signature
        """Read what was escaped."""
        return None if value is None else self.read(value)

    @staticmethod
    def written(value: str) -> str:
        """The text as it is stored."""
        return value.replace(_ESCAPE, _ESCAPE * 2).replace("\0", f"{_ESCAPE}0")

    @staticmethod
    def read(stored: str) -> str:
        """The text as it was. Where a stored one was cut within an escape, that is left out."""
        return _ESCAPED.sub(_unescaped, stored) if _ESCAPE in stored else stored


def _unescaped(found: re.Match[str]) -> str:
    return "\0" if found[1] == "0" else found[1]
