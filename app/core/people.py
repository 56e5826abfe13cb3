"""Who works at the desk: people, their roles, their passwords, and the logins they are known by.

A login is named by a random id in a signed cookie; the row behind it can be ended at any time. A person's
name is never given to another: the audit trail says by it who did what.
"""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.errors import PersonInvalid

PASSWORD_MIN_CHARS = 12
PASSWORD_MAX_CHARS = 200
NAME_MAX_CHARS = 40
LONGEST_LOGIN = timedelta(days=30)
"""A login ends at the latest so long after it began, however busy it is."""

# The secret also keys hashes of texts. No text in UTF-8 has the byte 0xff: no hash serves for two.
_PURPOSE = b"\xffplainspeak login v1\x00"
_NAME = re.compile(rf"[a-z0-9][a-z0-9._-]{{0,{NAME_MAX_CHARS - 1}}}")
# Who else acts: the machine, the command line, an app, the setup link, a browser of nobody known, a key.
_TAKEN = re.compile(r"plainspeak|operator|app|setup|moderator-.*|ps_.*")


class Role(StrEnum):
    """What a person may do. Each role includes those before it."""

    VIEWER = "viewer"
    """Read every page."""
    MODERATOR = "moderator"
    """Rule on items and change the lexicon."""
    ADMIN = "admin"
    """Everything: people, policy, erasure."""

    def includes(self, other: "Role") -> bool:
        """Whether a person of this role may do what asks for the other.

        >>> Role.MODERATOR.includes(Role.VIEWER), Role.MODERATOR.includes(Role.ADMIN)
        (True, False)
        """
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class User:
    """A person who can log in."""

    name: str
    """How they are known and how they log in; it never changes."""
    role: Role
    password_hash: str
    """Argon2id with its own salt and parameters."""
    created_at: datetime
    disabled_at: datetime | None = None
    """Since when they cannot log in; None while they can."""


@dataclass(frozen=True, slots=True)
class Session:
    """One login of a person in one browser."""

    id: str
    user: str
    opened_at: datetime
    used_at: datetime
    """To within a minute."""
    agent: str
    """What the browser says it is; "" where it says nothing."""

    def has_ended(self, now: datetime, *, idle: timedelta) -> bool:
        """Whether it was unused for too long, or is too old."""
        return now - self.used_at > idle or now - self.opened_at > LONGEST_LOGIN


@dataclass(frozen=True, slots=True)
class Login:
    """A person and the session they are logged in by."""

    user: User
    session: Session


def check_name(given: str) -> str:
    """Give a name as it is kept, or raise PersonInvalid.

    >>> check_name(" Ada.L ")
    'ada.l'
    """
    name = given.strip().lower()
    if not _NAME.fullmatch(name):
        raise PersonInvalid(
            f"The name is {given[:NAME_MAX_CHARS]!r}. Take 1 to {NAME_MAX_CHARS} letters from a to z, "
            "digits, dots, hyphens and underscores, beginning with a letter or digit."
        )
    if _TAKEN.fullmatch(name):
        raise PersonInvalid(f"The name {name!r} means something else in the audit trail. Take another.")
    return name


def check_password(given: str, *, name: str) -> str:
    """Give a new password as it is hashed, or raise PersonInvalid; it is never repeated."""
    password = spelled(given)
    if not PASSWORD_MIN_CHARS <= len(password) <= PASSWORD_MAX_CHARS:
        raise PersonInvalid(
            f"The password has {len(password)} characters. Take {PASSWORD_MIN_CHARS} to "
            f"{PASSWORD_MAX_CHARS}; a few words in a row are easy to keep in mind."
        )
    rest = password.lower().replace(name, "") if len(name) > 1 else password
    if len(set(rest)) < PASSWORD_MIN_CHARS // 2:
        raise PersonInvalid(
            "The password is little more than one thing over and over, or the name. "
            "Take one that is hard to guess."
        )
    return password


def spelled(password: str) -> str:
    """One spelling for what keyboards write in several ways, and none for half characters."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", errors="ignore").decode()


def cookie_of(session_id: str, *, secret: bytes) -> str:
    """What a browser keeps of a login: its id, signed."""
    return f"{session_id}.{_signature(session_id, secret=secret)}"


def session_id_in(cookie: str, *, secret: bytes) -> str | None:
    """The id in a cookie of ours; None where the signature is not ours."""
    session_id, _, signature = cookie.partition(".")
    expected = _signature(session_id, secret=secret)
    good = hmac.compare_digest(expected.encode(), signature.encode("utf-8", errors="surrogatepass"))
    return session_id if good else None


def _signature(session_id: str, *, secret: bytes) -> str:
    given = _PURPOSE + session_id.encode("utf-8", errors="surrogatepass")
    return hmac.digest(secret, given, hashlib.sha256).hex()
