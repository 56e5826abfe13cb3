"""The use cases around people: add and change them, log them in, know them again, log them out."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from app.core.errors import LoginRefused, PersonInvalid, QueueFull, StorageError
from app.core.people import (
    NAME_MAX_CHARS,
    PASSWORD_MAX_CHARS,
    PASSWORD_MIN_CHARS,
    Login,
    Role,
    Session,
    User,
    check_name,
    check_password,
    cookie_of,
    session_id_in,
    spelled,
)
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.trail import OPERATOR

__all__ = [
    "NAME_MAX_CHARS",
    "OPERATOR",
    "PASSWORD_MAX_CHARS",
    "PASSWORD_MIN_CHARS",
    "Login",
    "PeopleService",
    "Role",
    "Session",
    "User",
]

_LOG = structlog.get_logger()
# OWASP's choice for argon2id: 19 MiB and two passes. More would slow the model beside it at every login.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Of a password that nobody has: a name that is not there takes as long to refuse as a wrong password.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$dofQYXNDkCLxGe1bUmCyLA$Ig8W7IvVCNZsWzgnAgFK4GxkDbR1/RaqMc8puy6di5s"
_REFUSED = "The name and the password do not belong together, or this person may not log in. Try again."
USE_GRAIN = timedelta(minutes=1)
"""How exactly the last use of a session is kept."""
AGENT_MAX_CHARS = 200


class PeopleService:
    """Knows who may come in."""

    def __init__(
        self,
        ledger: Ledger,
        queries: Queries,
        *,
        clock: Callable[[], datetime],
        secret: bytes,
        idle: timedelta,
    ) -> None:
        """Bring the parts together.

        Args:
            ledger: every write.
            queries: every read.
            clock: the time now, UTC.
            secret: signs the cookies.
            idle: how long a login lasts after its last use.
        """
        self._ledger = ledger
        self._queries = queries
        self._clock = clock
        self._secret = secret
        self._idle = idle
        self._has_users = False

    def any(self) -> bool:
        """Whether anybody was ever added: from then on the pages ask who comes."""
        # People are disabled and never removed, so this never becomes untrue again.
        self._has_users = self._has_users or self._queries.any_user()
        return self._has_users

    def all(self) -> tuple[User, ...]:
        """Everybody, by name."""
        return self._queries.users()

    def add(self, name: str, password: str, role: Role, *, actor: str) -> User:
        """Add a person.

        Raises:
            PersonInvalid: The name or the password cannot be taken.
            PersonConflict: The name is another's, or the first person would be no admin.
        """
        name = check_name(name)
        hashed = _HASHER.hash(check_password(password, name=name))
        user = User(name, role, hashed, self._clock())
        self._ledger.add_user(user, actor=actor)
        return user

    def set_password(self, name: str, password: str, *, actor: str, keep: Session | None = None) -> None:
        """Give a person another password and end their sessions, all but one.

        Raises:
            NotFound: There is no such person.
            PersonInvalid: The password cannot be taken.
        """
        hashed = _HASHER.hash(check_password(password, name=name))
        self._change(
            name,
            lambda user: replace(user, password_hash=hashed),
            change="password_changed",
            actor=actor,
            keep=keep,
        )

    def change_password(self, login: Login, *, old: str, new: str) -> None:
        """Let a person change their own password; their other sessions end.

        Raises:
            PersonInvalid: The old one is wrong, or the new one cannot be taken.
        """
        name = login.user.name
        if not _matches(login.user.password_hash, old):
            raise PersonInvalid("The password you have now is another one. Nothing was changed.")
        self.set_password(name, new, actor=name, keep=login.session)

    def set_role(self, name: str, role: Role, *, actor: str) -> None:
        """Give a person another role; they log in anew. Raises NotFound, PersonConflict."""
        self._change(name, lambda user: replace(user, role=role), change="role_changed", actor=actor)

    def disable(self, name: str, *, actor: str) -> None:
        """Keep a person out until they are enabled again. Raises NotFound, PersonConflict."""
        now = self._clock()
        self._change(name, lambda user: replace(user, disabled_at=now), change="disabled", actor=actor)

    def enable(self, name: str, *, actor: str) -> None:
        """Let a person in again. Raises NotFound."""
        self._change(name, lambda user: replace(user, disabled_at=None), change="enabled", actor=actor)

    def log_in(self, name: str, password: str, *, agent: str) -> str:
        """Open a session and give the cookie that names it.

        Raises:
            LoginRefused: The message is the same whatever is wrong, and comes as late.
        """
        user = self._queries.user(name.strip().lower()[:NAME_MAX_CHARS])
        is_right = _matches(_NOBODY if user is None else user.password_hash, password)
        if user is None or not is_right or user.disabled_at is not None:
            _LOG.warning("login.refused")
            raise LoginRefused(_REFUSED)
        now = self._clock()
        session = Session(secrets.token_urlsafe(32), user.name, now, now, agent[:AGENT_MAX_CHARS])
        if not self._ledger.open_session(session, password_hash=user.password_hash, idle=self._idle):
            raise LoginRefused(_REFUSED)
        return cookie_of(session.id, secret=self._secret)

    def login(self, cookie: str) -> Login | None:
        """Give the person whom a cookie names; None where it names no session that goes on."""
        session_id = session_id_in(cookie, secret=self._secret)
        login = None if session_id is None else self._queries.login(session_id)
        now = self._clock()
        if (
            login is None
            or login.user.disabled_at is not None
            or login.session.has_ended(now, idle=self._idle)
        ):
            return None
        if now - login.session.used_at >= USE_GRAIN:
            try:
                self._ledger.use_session(login.session.id, at=now)
            except (StorageError, QueueFull) as error:
                # Reading must go on while the database cannot be written.
                _LOG.warning("session.use_not_kept", code=error.code)
        return login

    def sessions(self, name: str) -> tuple[Session, ...]:
        """Give the sessions of a person that go on, the last used first."""
        now = self._clock()
        found = self._queries.sessions(name)
        return tuple(session for session in found if not session.has_ended(now, idle=self._idle))

    def log_out(self, cookie: str) -> None:
        """End the session that a cookie names, if it does."""
        if (login := self.login(cookie)) is not None:
            self.end_session(login.session.id, name=login.user.name)

    def end_session(self, session_id: str, *, name: str) -> None:
        """End a session of a person, wherever it is."""
        self._ledger.end_session(session_id, user=name)

    def end_other_sessions(self, login: Login) -> None:
        """End every session of a person but this one."""
        self._ledger.end_sessions(login.user.name, but=login.session.id)

    def _change(
        self,
        name: str,
        alter: Callable[[User], User],
        *,
        change: str,
        actor: str,
        keep: Session | None = None,
    ) -> None:
        self._ledger.change_user(
            name,
            alter,
            change=change,
            actor=actor,
            now=self._clock(),
            keep_session=keep.id if keep else None,
        )


def _matches(password_hash: str, password: str) -> bool:
    """Whether a password is the one behind a hash; argon2 compares in constant time."""
    # Longer ones are nobody's, and hashing them would only take time.
    given = spelled(password) if len(password) <= 2 * PASSWORD_MAX_CHARS else ""
    try:
        return _HASHER.verify(password_hash, given)
    except VerificationError:
        return False
