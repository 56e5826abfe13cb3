"""Who is at the desk: a person who is logged in, a key, or a browser that nobody has named.

Until somebody is added, the desk on loopback is open, and a browser is a person: it is named after the cookie
that its forms carry. That name tells two people apart, and says nothing else of them.
"""

import hashlib
from contextvars import ContextVar
from dataclasses import dataclass

from fastapi import Request

from app.services.people import Login, Role
from app.web.csrf import FormKey

_LETTERS = 6
LOGIN: ContextVar[Login | None] = ContextVar("login", default=None)
"""Who is logged in where this request is answered: every page shows it."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request, as far as it says."""

    key_id: str | None
    """Id of the key it came with; None without one."""
    login: Login | None = None
    """Who is logged in; None where nobody is."""


NOBODY = Caller(None)


def person_of(request: Request, key: FormKey) -> str:
    """Name whoever acts: "ada", "ps_1a2b3c4d" or "moderator-3f2a9c"."""
    caller: Caller = getattr(request.state, "caller", NOBODY)
    if caller.login is not None:
        return caller.login.user.name
    return caller.key_id or "moderator-" + hashlib.sha256(key.nonce.encode()).hexdigest()[:_LETTERS]


def may(role: str) -> bool:
    """Whether whoever asks may do what takes this role. Where nobody logs in, everybody may."""
    login = LOGIN.get()
    return login is None or login.user.role.includes(Role(role))
