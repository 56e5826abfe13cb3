"""People and their logins: the statements. `app.db.changes` writes the audit events of what is done here."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, or_, select, update

from app.core.errors import NotFound, PersonConflict
from app.core.people import LONGEST_LOGIN, Login, Role, Session, User
from app.db.tables import sessions, users

ANY_USER = select(users.c.name).limit(1)
USERS = select(users).order_by(users.c.name)


def user_statement(name: str) -> Select[Any]:
    """Read a person."""
    return select(users).where(users.c.name == name)


def login_statement(session_id: str) -> Select[Any]:
    """Read a session with its person."""
    return (
        select(users, sessions)
        .join_from(sessions, users, users.c.name == sessions.c.user_name)
        .where(sessions.c.id == session_id)
    )


def user_of(row: Row[Any]) -> User:
    """Read a row of `users`."""
    return User(
        name=row.name,
        role=Role(row.role),
        password_hash=row.password_hash,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )


def session_of(row: Row[Any]) -> Session:
    """Read a row of `sessions`."""
    return Session(
        id=row.id, user=row.user_name, opened_at=row.opened_at, used_at=row.used_at, agent=row.agent
    )


def login_of(row: Row[Any]) -> Login:
    """Read the answer to `login_statement`."""
    return Login(user_of(row), session_of(row))


def add(connection: Connection, user: User) -> None:
    """Store a new person; raises PersonConflict."""
    if connection.execute(ANY_USER).one_or_none() is None and user.role is not Role.ADMIN:
        raise PersonConflict(
            f"{user.name!r} would be the first person, and a {user.role.value} cannot add others. "
            "Make the first one an admin."
        )
    if connection.execute(user_statement(user.name)).one_or_none():
        raise PersonConflict(f"There is a person {user.name!r} already, or there was. Take another name.")
    connection.execute(insert(users).values(**_row(user)))


def change(connection: Connection, name: str, alter: Callable[[User], User]) -> User:
    """Store a person as `alter` leaves them; raises NotFound, PersonConflict."""
    row = connection.execute(user_statement(name)).one_or_none()
    if row is None:
        raise NotFound(f"There is no person {name!r}. `plainspeak users list` shows those there are.")
    user = alter(user_of(row))
    connection.execute(update(users).where(users.c.name == name).values(**_row(user)))
    admins = select(func.count()).where(users.c.role == Role.ADMIN.value, users.c.disabled_at.is_(None))
    if not connection.execute(admins).scalar_one():
        raise PersonConflict(f"{name!r} is the last admin. Make somebody else an admin first.")
    return user


def open_session(connection: Connection, session: Session, *, password_hash: str, idle: timedelta) -> bool:
    """Store a new session, and forget those that have ended by themselves.

    Give False, and store nothing, where the person was disabled or has another password than the one that was
    verified: that takes a while.
    """
    still = select(users.c.name).where(
        users.c.name == session.user, users.c.password_hash == password_hash, users.c.disabled_at.is_(None)
    )
    if connection.execute(still).one_or_none() is None:
        return False
    now = session.opened_at
    over = or_(sessions.c.used_at < now - idle, sessions.c.opened_at < now - LONGEST_LOGIN)
    connection.execute(delete(sessions).where(over))
    connection.execute(
        insert(sessions).values(
            id=session.id,
            user_name=session.user,
            opened_at=now,
            used_at=session.used_at,
            agent=session.agent,
        )
    )
    return True


def use_session(connection: Connection, session_id: str, *, at: datetime) -> None:
    """Store when a session was last used."""
    connection.execute(update(sessions).where(sessions.c.id == session_id).values(used_at=at))


def end_session(connection: Connection, session_id: str, *, user: str) -> None:
    """Forget a session of a person."""
    connection.execute(delete(sessions).where(sessions.c.id == session_id, sessions.c.user_name == user))


def end_sessions(connection: Connection, user: str, *, but: str | None) -> None:
    """Forget the sessions of a person, all but one."""
    connection.execute(delete(sessions).where(sessions.c.user_name == user, sessions.c.id != (but or "")))


def _row(user: User) -> dict[str, object]:
    return {
        "name": user.name,
        "role": user.role.value,
        "password_hash": user.password_hash,
        "created_at": user.created_at,
        "disabled_at": user.disabled_at,
    }
