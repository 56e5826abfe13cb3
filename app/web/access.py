"""Who may call which route: every request goes through here before its body is read.

`SCOPES` names every route; a test holds it to the application. Where keys are asked for, a path that is not
there is for admins alone, so that a route that was forgotten is closed.
"""

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

import anyio.to_thread
import structlog
from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Send

from app.core.errors import KeyInvalid, KeyMissing, ScopeMissing
from app.services.keys import ApiKey, KeyRing, Scope
from app.web.rates import Rates

OPEN = None
"""The scope of a route that asks for no key."""

SCOPES: Mapping[str, Scope | None] = {
    "/": OPEN,
    "/healthz": OPEN,
    "/readyz": OPEN,
    "/docs": OPEN,
    "/docs/assets/{path:path}": OPEN,
    "/openapi.json": OPEN,
    "/$discovery/rest": OPEN,
    "/static/{path:path}": OPEN,
    "/moderate": Scope.MODERATE,
    "/moderate/batch": Scope.MODERATE,
    "/decisions/{decision_id}": Scope.MODERATE,
    "/v1/moderations": Scope.MODERATE,
    "/v1alpha1/comments:analyze": Scope.MODERATE,
    "/v1alpha1/comments:suggestscore": Scope.MODERATE,
    "/review": Scope.REVIEW,
    "/review/events": Scope.REVIEW,
    "/review/next": Scope.REVIEW,
    "/review/undo": Scope.REVIEW,
    "/review/{item_id}": Scope.REVIEW,
    "/review/{item_id}/ruling": Scope.REVIEW,
    "/review/{item_id}/skip": Scope.REVIEW,
    "/review/{item_id}/claim": Scope.REVIEW,
    "/review/{item_id}/release": Scope.REVIEW,
    "/review/{item_id}/words": Scope.REVIEW,
    "/decisions": Scope.REVIEW,
    "/decisions/export.csv": Scope.REVIEW,
    "/decisions/export.jsonl": Scope.REVIEW,
    "/decisions/{decision_id}/view": Scope.REVIEW,
    "/decisions/{decision_id}/erase": Scope.REVIEW,
    "/lexicon": Scope.REVIEW,
    "/lexicon/add_term": Scope.REVIEW,
    "/lexicon/export.toml": Scope.REVIEW,
    "/lexicon/import_terms": Scope.REVIEW,
    "/lexicon/{term_id}": Scope.REVIEW,
    "/lexicon/{term_id}/{name}": Scope.REVIEW,
    "/discovery": Scope.REVIEW,
    "/webhooks": Scope.ADMIN,
    "/webhooks/{number}/replay": Scope.ADMIN,
    "/dashboard": Scope.REVIEW,
    "/policy": Scope.REVIEW,
    "/policy/preview": Scope.REVIEW,
    "/policy/save": Scope.ADMIN,
    "/policy/revert": Scope.ADMIN,
}
"""What each path of the application asks for."""

_PATTERNS: tuple[tuple[re.Pattern[str], Scope | None], ...] = tuple(
    (compile_path(path)[0], scope) for path, scope in SCOPES.items() if "{" in path
)
_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
}
_NEXT_STEP = "Send one as `Authorization: Bearer KEY`, `X-API-Key: KEY` or `?key=KEY`."


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request, as far as it says."""

    key_id: str | None
    """Id of the key it came with; None without one."""


def scope_of(path: str) -> Scope | None:
    """What a path asks for.

    >>> scope_of("/healthz"), scope_of("/review/some-id"), scope_of("/no/such/route")
    (None, <Scope.REVIEW: 'review'>, <Scope.ADMIN: 'admin'>)
    """
    if path in SCOPES:
        return SCOPES[path]
    return next((scope for pattern, scope in _PATTERNS if pattern.match(path)), Scope.ADMIN)


class Access:
    """ASGI middleware that lets a request through to its route, or raises why not."""

    def __init__(self, app: ASGIApp, *, ring: KeyRing, rates: Rates | None) -> None:
        """Wrap an app.

        Args:
            app: what answers.
            ring: the keys there are.
            rates: how often callers may call, where routes that are not open ask for a key; None where they
                do not. Then a key that is sent all the same says who calls, and one that is not in use
                says nothing.
        """
        self._app = app
        self._ring = ring
        self._rates = rates

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or (needed := scope_of(scope["path"])) is OPEN:
            await self._app(scope, receive, send)
            return
        given = key_of(scope)
        key = await self._find(given) if given else None
        good = key if key is not None and key.revoked_at is None else None
        if self._rates is not None:
            if good is None:
                self._rates.count_address(address[0] if (address := scope.get("client")) else "")
            else:
                self._rates.count_key(good.id)
            check(key, given=given, needed=needed)
        if good is None:
            scope.setdefault("state", {})["caller"] = Caller(None)
            await self._app(scope, receive, send)
            return
        self._ring.note_use(good)
        scope.setdefault("state", {})["caller"] = Caller(good.id)
        with structlog.contextvars.bound_contextvars(key=good.id):
            await self._app(scope, receive, send)

    async def _find(self, given: str) -> ApiKey | None:
        if self._ring.is_stale:
            await anyio.to_thread.run_sync(self._ring.refresh)
        return self._ring.find(given)


def key_of(scope: Mapping[str, Any]) -> str:
    """The key that a request brings, the first of the three places it may be in; "" where it brings none."""
    headers = Headers(raw=scope["headers"])
    kind, _, token = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and token.strip():
        return token.strip()
    if own := headers.get("x-api-key", "").strip():
        return own
    query = scope["query_string"]
    return parse_qs(query.decode("latin-1")).get("key", [""])[0] if b"key=" in query else ""


def describe(app: FastAPI) -> None:
    """Say in the API's description which operations ask for a key, and how it is sent."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        description = plain()
        description["components"]["securitySchemes"] = _SCHEMES
        for path, operations in description["paths"].items():
            if scope_of(path) is not OPEN:
                for operation in operations.values():
                    operation["security"] = [{name: []} for name in _SCHEMES]
        return description

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to change it


def check(key: ApiKey | None, *, given: str, needed: Scope) -> None:
    """Let a key pass that may do what is needed.

    Raises:
        KeyMissing, KeyInvalid, ScopeMissing: it may not; the key itself is never repeated.
    """
    if not given:
        raise KeyMissing(f"This address asks for a key. {_NEXT_STEP}")
    if key is None:
        raise KeyInvalid("The key is not one of this service. `plainspeak keys create` makes one.")
    if key.revoked_at is not None:
        raise KeyInvalid(f"The key {key.id!r} was revoked. `plainspeak keys create` makes another.")
    if not key.scope.includes(needed):
        raise ScopeMissing(
            f"The key {key.id!r} has the scope {key.scope.value!r}, and this address asks for "
            f"{needed.value!r}. Use a key with that scope."
        )
