"""Who is at the desk.

People cannot log in yet, so a browser is a person: it is named after the cookie that its forms carry. The
name tells two people apart, and says nothing else of them.
"""

import hashlib

from app.web.csrf import FormKey

_LETTERS = 6


def person_of(key: FormKey) -> str:
    """Name the person behind a browser: "moderator-3f2a9c"."""
    return "moderator-" + hashlib.sha256(key.nonce.encode()).hexdigest()[:_LETTERS]
