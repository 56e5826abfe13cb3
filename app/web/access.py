"""Who may call which route: every request goes through here before its body is read.

`SCOPES` names every route and `ROLES` every page; tests hold them to the application. Where keys or logins
are asked for, a path that is not there is for admins alone, so that a route that was forgotten is closed.
"""

import hmac
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

import anyio.to_thread
import structlog
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import Headers
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Send

from app.core.errors import KeyInvalid, KeyMissing, LoginMissing, RoleMissing, ScopeMissing
from app.services.keys import ApiKey, KeyRing, Scope
from app.services.people import Login, PeopleService, Role, User
from app.web.csrf import cookie_name
from app.web.person import LOGIN, Caller
from app.web.rates import Rates

OPEN = None
"""The scope of a route that asks for no key."""

SCOPES: Mapping[str, Scope | None] = {
    "/": OPEN,
    "/healthz": OPEN,
    "/readyz": OPEN,
    "/metrics": Scope.ADMIN,
    "/docs": OPEN,
    "/docs/assets/{path:path}": OPEN,
    "/openapi.json": OPEN,
    "/$discovery/rest": OPEN,
    "/static/{path:path}": OPEN,
    "/login": OPEN,
    "/setup": OPEN,
    "/moderate": Scope.MODERATE,
    "/moderate/batch": Scope.MODERATE,
    "/decisions/{decision_id}": Scope.MODERATE,
    "/decisions/{decision_id}/appeal": Scope.MODERATE,
    "/authors/{author_id:path}": Scope.ADMIN,
    "/authors/{author_id:path}/export": Scope.ADMIN,
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
    "/review/{item_id}/explanation": Scope.REVIEW,
    "/decisions": Scope.REVIEW,
    "/decisions/export.csv": Scope.REVIEW,
    "/decisions/export.jsonl": Scope.REVIEW,
    "/decisions/{decision_id}/view": Scope.REVIEW,
    "/decisions/{decision_id}/erase": Scope.ADMIN,
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
    "/account": Scope.ADMIN,
    "/account/logout": Scope.ADMIN,
    "/account/password": Scope.ADMIN,
    "/account/sessions": Scope.ADMIN,
    "/storage": Scope.ADMIN,
    "/people": Scope.ADMIN,
    "/people/{name}": Scope.ADMIN,
}
"""What each path of the application asks of a key. Whatever is deleted asks for an admin's."""


@dataclass(frozen=True, slots=True)
class Needs:
    """The roles that a page takes."""

    read: Role
    change: Role
    """For every method but GET."""


_SEEN_BY_ALL = Needs(Role.VIEWER, Role.MODERATOR)
_OWN = Needs(Role.VIEWER, Role.VIEWER)
_WORK = Needs(Role.MODERATOR, Role.MODERATOR)
_ADMIN = Needs(Role.ADMIN, Role.ADMIN)

ROLES: Mapping[str, Needs] = {
    "/review": _SEEN_BY_ALL,
    "/review/events": _SEEN_BY_ALL,
    "/review/next": _WORK,
    "/review/undo": _WORK,
    "/review/{item_id}": _SEEN_BY_ALL,
    "/review/{item_id}/ruling": _WORK,
    "/review/{item_id}/skip": _WORK,
    "/review/{item_id}/claim": _WORK,
    "/review/{item_id}/release": _WORK,
    "/review/{item_id}/words": _WORK,
    "/review/{item_id}/explanation": _WORK,
    "/decisions": _SEEN_BY_ALL,
    "/decisions/export.csv": _SEEN_BY_ALL,
    "/decisions/export.jsonl": _SEEN_BY_ALL,
    "/decisions/{decision_id}/view": _SEEN_BY_ALL,
    "/decisions/{decision_id}/erase": _ADMIN,
    "/lexicon": _SEEN_BY_ALL,
    "/lexicon/add_term": _WORK,
    "/lexicon/export.toml": _SEEN_BY_ALL,
    "/lexicon/import_terms": _WORK,
    "/lexicon/{term_id}": _SEEN_BY_ALL,
    "/lexicon/{term_id}/{name}": _WORK,
    "/discovery": _SEEN_BY_ALL,
    "/webhooks": _ADMIN,
    "/webhooks/{number}/replay": _ADMIN,
    "/dashboard": _SEEN_BY_ALL,
    "/policy": _SEEN_BY_ALL,
    "/policy/preview": Needs(Role.VIEWER, Role.VIEWER),  # It keeps nothing.
    "/policy/save": _ADMIN,
    "/policy/revert": _ADMIN,
    "/account": _OWN,
    "/account/logout": _OWN,
    "/account/password": _OWN,
    "/account/sessions": _OWN,
    "/storage": _ADMIN,
    "/people": _ADMIN,
    "/people/{name}": _ADMIN,
    "/metrics": _ADMIN,
    "/authors/{author_id:path}": _ADMIN,
    "/authors/{author_id:path}/export": _ADMIN,
}
"""What each page asks of a person who is logged in. The API is for keys."""

METRICS = "/metrics"
PROBES = frozenset({"/healthz", "/readyz"})
"""What supervisors and balancers ask every few seconds."""
ELSEWHERE = "elsewhere"
"""What stands for the route of a path that is not there."""
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_ROLE_PATTERNS: tuple[tuple[re.Pattern[str], Needs], ...] = tuple(
    (compile_path(path)[0], needs) for path, needs in ROLES.items() if "{" in path
)
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (compile_path(path)[0], path) for path in SCOPES if "{" in path
)
_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
}
_NEXT_STEP = "Send one as `Authorization: Bearer KEY`, `X-API-Key: KEY` or `?key=KEY`."


def scope_of(path: str, *, method: str = "GET") -> Scope | None:
    """What a path asks for.

    >>> scope_of("/healthz"), scope_of("/review/some-id"), scope_of("/no/such/route")
    (None, <Scope.REVIEW: 'review'>, <Scope.ADMIN: 'admin'>)
    >>> scope_of("/decisions/some-id"), scope_of("/decisions/some-id", method="DELETE")
    (<Scope.MODERATE: 'moderate'>, <Scope.ADMIN: 'admin'>)
    """
    scope = SCOPES.get(route_of(path), Scope.ADMIN)
    return Scope.ADMIN if method == "DELETE" and scope is not OPEN else scope


def route_of(path: str) -> str:
    """The template of the route that a path leads to, of which there are as many as there are routes.

    >>> route_of("/healthz"), route_of("/review/some-id"), route_of("/no/such/route")
    ('/healthz', '/review/{item_id}', 'elsewhere')
    """
    if path in SCOPES:
        return path
    return next((template for pattern, template in _PATTERNS if pattern.match(path)), ELSEWHERE)


def needs_of(path: str) -> Needs:
    """What a path that is not for programs asks of a person; the most where nothing was said.

    >>> needs_of("/review/some-id").read, needs_of("/no/such/route").read
    (<Role.VIEWER: 'viewer'>, <Role.ADMIN: 'admin'>)
    """
    if path in ROLES:
        return ROLES[path]
    return next((needs for pattern, needs in _ROLE_PATTERNS if pattern.match(path)), _ADMIN)


def is_page(path: str, *, method: str = "GET") -> bool:
    """Whether a path is there and for people, who log in; so is all that is for admins.

    >>> is_page("/review/some-id"), is_page("/moderate"), is_page("/no/such/route")
    (True, False, False)
    """
    return route_of(path) != ELSEWHERE and scope_of(path, method=method) in {Scope.REVIEW, Scope.ADMIN}


class Access:
    """ASGI middleware that lets a request through to its route, or raises why not."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        ring: KeyRing,
        people: PeopleService,
        rates: Rates | None,
        metrics_key: str | None,
    ) -> None:
        """Wrap an app.

        Args:
            app: what answers.
            ring: the keys there are.
            people: who can log in. Once there is anybody, the pages ask for a login or a key.
            rates: how often callers may call, where routes that are not open ask for a key; None where they
                do not. Then a key that is sent all the same says who calls, and one that is not in use
                says nothing.
            metrics_key: what a scraper may read the metrics with and nothing else, if anything.
        """
        self._app = app
        self._ring = ring
        self._people = people
        self._rates = rates
        self._metrics_key = metrics_key

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if (needed := _needed(scope)) is OPEN:
            self._count_open(scope)
            await self._app(scope, receive, send)
            return
        given = key_of(scope)
        if scope["path"] == METRICS and self._is_scraper(given):
            await self._app(scope, receive, send)
            return
        key = await self._find(given) if given else None
        good = key if key is not None and key.revoked_at is None else None
        login, asks = None, self._rates is not None
        # The API is for keys alone; a login is looked for on pages, and where there is nothing.
        if needed is not Scope.MODERATE:
            login, has_people = await anyio.to_thread.run_sync(self._look, Request(scope), good)
            asks = asks or (has_people and is_page(scope["path"], method=scope["method"]))
        self._count(scope, good, login)
        if login is not None and asks:
            check_role(login.user, scope["path"], method=scope["method"])
        elif asks:
            if not given and self._leads_to_login(scope):
                await _to_login(scope)(scope, receive, send)
                return
            check(key, given=given, needed=needed)
        scope.setdefault("state", {})["caller"] = Caller(good.id if good else None, login)
        if good is not None:
            self._ring.note_use(good)
        before = LOGIN.set(login)
        try:
            if good is not None:
                structlog.contextvars.bind_contextvars(key=good.id)
            await self._app(scope, receive, send)
        finally:
            LOGIN.reset(before)

    def _is_scraper(self, given: str) -> bool:
        own = self._metrics_key
        return own is not None and hmac.compare_digest(given.encode("utf-8", "surrogatepass"), own.encode())

    def _look(self, request: Request, key: ApiKey | None) -> tuple[Login | None, bool]:
        """Who is logged in, and whether anybody could be. Blocks."""
        cookie = request.cookies.get(cookie_name("session", request), "")
        login = self._people.login(cookie) if cookie and key is None else None
        return login, login is not None or self._people.any()

    def _count_open(self, scope: MutableMapping[str, Any]) -> None:
        if self._rates is not None:
            path: str = scope["path"]
            self._rates.count_open(_address(scope), probe=path if path in PROBES else "")

    def _count(self, scope: MutableMapping[str, Any], key: ApiKey | None, login: Login | None) -> None:
        if self._rates is None:
            return
        if key is not None:
            self._rates.count_key(key.id)
        elif login is not None:
            self._rates.count_person(login.user.name)
        else:
            self._rates.count_address(_address(scope))

    def _leads_to_login(self, scope: MutableMapping[str, Any]) -> bool:
        """Whether to send a browser to the login; raises LoginMissing where that would lose a form."""
        if not is_page(scope["path"], method=scope["method"]) or not self._people.any():
            return False
        if scope["method"] == "GET" and "text/html" in Headers(raw=scope["headers"]).get("accept", ""):
            return True
        raise LoginMissing(
            "This page is for people who are logged in, and you are not, or not any more. Nothing was "
            "changed. Log in at /login; a program sends an API key."
        )

    async def _find(self, given: str) -> ApiKey | None:
        if self._ring.is_stale:
            await anyio.to_thread.run_sync(self._ring.refresh)
        return self._ring.find(given)


def _address(scope: Mapping[str, Any]) -> str:
    return address[0] if (address := scope.get("client")) else ""


def _needed(scope: Mapping[str, Any]) -> Scope | None:
    return scope_of(scope["path"], method=scope["method"])


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


def check_role(user: User, path: str, *, method: str) -> None:
    """Let a person pass whose role is enough; raises RoleMissing."""
    needs = needs_of(path)
    needed = needs.read if method in _READS else needs.change
    if not user.role.includes(needed):
        raise RoleMissing(
            f"You are logged in as {user.name!r}, a {user.role.value}, and this is for {needed.value}s. "
            "Ask an admin if it should be yours to do."
        )


def _to_login(scope: Mapping[str, Any]) -> RedirectResponse:
    """Lead to the login, and from there back to the page."""
    query = scope["query_string"].decode("latin-1")
    here = quote(scope["path"]) + (f"?{query}" if query else "")
    return RedirectResponse("/login?" + urlencode({"next": here}), HTTPStatus.SEE_OTHER)


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
