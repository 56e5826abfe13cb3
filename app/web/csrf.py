"""Proof that a form came from one of our own pages.

Each browser carries a random cookie, and each form a keyed hash of it and of the login, if there is one.
Another site can make a browser send the form, but can neither read the cookie nor compute the hash. Nothing
is stored on the server.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from fastapi import Request, Response

from app.core.errors import FormExpired

NONCE_BYTES = 32
# The secret also keys hashes of texts. No text in UTF-8 has the byte 0xff, so no hash of one is ever a token.
_PURPOSE = b"\xffplainspeak form v1\x00"
_OWN_SITE = ("same-origin", "none")
"""What browsers send as Sec-Fetch-Site with a form of ours; other ports of this machine are "same-site"."""


@dataclass(frozen=True, slots=True)
class FormKey:
    """What one page needs: the browser's nonce, and the token of the forms on it."""

    nonce: str
    token: str


class Csrf:
    """Gives tokens to pages and checks those that come back."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def key_of(self, request: Request) -> FormKey:
        """Give the key of this browser, a new one where it brings none. Follow it by `attach`."""
        nonce = request.cookies.get(_cookie_name(request)) or secrets.token_urlsafe(NONCE_BYTES)
        return FormKey(nonce, self._token(nonce, session=_session_of(request)))

    def attach(self, key: FormKey, request: Request, response: Response) -> None:
        """Leave the nonce with the browser, unless it has it already."""
        name = _cookie_name(request)
        if request.cookies.get(name) != key.nonce:
            response.set_cookie(
                name, key.nonce, path="/", httponly=True, samesite="strict", secure=is_https(request)
            )

    def verify(self, request: Request, token: str) -> None:
        """Accept a form of ours.

        Raises:
            FormExpired: The form is from another site, or its token or its cookie is missing or wrong.
        """
        nonce = request.cookies.get(_cookie_name(request), "")
        site = request.headers.get("sec-fetch-site", "none")
        expected = self._token(nonce, session=_session_of(request))
        matches = hmac.compare_digest(expected.encode(), token.encode())
        if not nonce or not matches or site not in _OWN_SITE:
            raise FormExpired(
                "Nothing was changed: the form has expired, or cookies are off. "
                "Go back to the page, reload it and send the form again."
            )

    def _token(self, nonce: str, *, session: str = "") -> str:
        # No cookie has a zero byte, so no nonce runs into the session.
        given = _PURPOSE + nonce.encode() + b"\0" + session.encode()
        digest = hmac.digest(self._secret, given, hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def is_https(request: Request) -> bool:
    """Whether a browser came by https, here or to the proxy in front.

    A proxy's word is taken because it can only make cookies stricter.
    """
    proxied = request.headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    return request.url.scheme == "https" or proxied == "https"


def cookie_name(name: str, request: Request) -> str:
    """Name a cookie. Browsers take a __Host- one only from https and this host: no neighbour plants it."""
    return f"__Host-plainspeak_{name}" if is_https(request) else f"plainspeak_{name}"


def _cookie_name(request: Request) -> str:
    return cookie_name("form", request)


def _session_of(request: Request) -> str:
    """The id of the login that forms are bound to; "" where nobody is logged in."""
    login = getattr(getattr(request.state, "caller", None), "login", None)
    return "" if login is None else str(login.session.id)
