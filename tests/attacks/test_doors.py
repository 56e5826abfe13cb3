"""Every route that there is, with no key, a wrong one, a revoked one and one of too small a scope.

The routes are those of the application itself: one that somebody adds and forgets to close fails here.
"""

from collections.abc import Iterator

import pytest
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from app.bootstrap import Runtime
from app.core.access import Scope, key_hash
from app.services.people import Role
from app.web.access import OPEN, ROLES, SCOPES, needs_of, scope_of
from app.web.main import create_app
from tests.attacks.conftest import URL, Fort

OPEN_TO_ALL = {
    "/",
    "/healthz",
    "/readyz",
    "/docs",
    "/docs/assets/{path:path}",
    "/openapi.json",
    "/$discovery/rest",
    "/static/{path:path}",
    "/login",
    "/setup",
}
"""Written down once more, so that opening a route takes two changes."""
BAD_KEYS = (
    "ps_00000000_" + "A" * 43,
    "ps_",
    "Bearer",
    "' OR '1'='1",
    "ps_%00",
    "A" * 5_000,
)
DISGUISES = (
    "{path}%0a",
    "{path}%0d%0a",
    "{path}%00",
    "{path}/",
    "/{path}",
    "{path}//",
    "/.{path}",
    "/static/..{path}",
    "/static/%2e%2e{path}",
    "/docs/assets/..{path}",
    "{path}%2f",
    "{path};.css",
    "{path}%3f",
    "{path}%23",
    "{path}.json",
    "{path}%20",
    "{path}%e2%80%ae",
    "{upper}",
)
"""Ways to write an address so that whoever guards it reads another than whoever answers it."""


def routes_of(runtime: Runtime) -> Iterator[tuple[str, str]]:
    """Every method and path that the application answers."""
    for context in iter_route_contexts(create_app(runtime).routes):
        assert context.path is not None
        if isinstance(context.route, Mount):
            yield "GET", context.path + "/{path:path}"
        else:
            for method in sorted(getattr(context.route, "methods", None) or {"GET"}):
                yield method, context.path


def filled(path: str, fort: Fort) -> str:
    """A path with names in the place of its parameters."""
    values = {
        "{decision_id}": fort.decision,
        "{item_id}": fort.item,
        "{term_id}": "unalive",
        "{number}": "1",
        "{path:path}": "plainspeak.css",
        "{name}": "ben" if path.startswith("/people") else "edit",
    }
    for name, value in values.items():
        path = path.replace(name, value)
    return path


def test_what_is_open_is_what_is_meant_to_be() -> None:
    assert {path for path, needed in SCOPES.items() if needed is OPEN} == OPEN_TO_ALL


def test_nothing_is_answered_without_a_good_key(fort: Fort) -> None:
    before = fort.rows()
    asked = 0
    for method, path in routes_of(fort.runtime):
        for key in ("", *BAD_KEYS, fort.revoked):
            response = fort.caller(key).request(method, filled(path, fort))
            asked += 1
            if path not in OPEN_TO_ALL:
                assert response.status_code == 401, (method, path, key)
                assert fort.decision not in response.text
    assert asked > 400
    assert fort.rows() == before


@pytest.mark.parametrize("scope", [Scope.MODERATE, Scope.REVIEW])
def test_a_key_of_too_small_a_scope_gets_nowhere(fort: Fort, scope: Scope) -> None:
    before = fort.rows()
    refused = 0
    for method, path in routes_of(fort.runtime):
        needed = scope_of(path)
        if needed is OPEN or scope.includes(needed):
            continue
        response = fort.caller(fort.keys[scope]).request(method, filled(path, fort))
        assert response.status_code == 403, (method, path)
        refused += 1
    assert refused > 5
    assert fort.rows() == before


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MODERATOR])
def test_a_person_of_too_small_a_role_gets_nowhere(fort: Fort, role: Role) -> None:
    browser = fort.browser(role)
    before = fort.rows()
    refused = 0
    for method, path in routes_of(fort.runtime):
        if path not in ROLES:
            continue
        needs = needs_of(path)
        if role.includes(needs.read if method in {"GET", "HEAD"} else needs.change):
            continue
        assert browser.request(method, filled(path, fort)).status_code == 403, (method, path)
        refused += 1
    assert refused > 5
    assert fort.rows() == before


def test_a_login_is_no_key_for_the_api(fort: Fort) -> None:
    browser = fort.browser(Role.ADMIN)

    assert browser.post("/moderate", json={"text": "hello"}).status_code == 401
    assert browser.get(f"/decisions/{fort.decision}").status_code == 401


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("scope", [None, Scope.MODERATE])
def test_no_way_to_write_an_address_leads_past_its_scope(
    fort: Fort, disguise: str, scope: Scope | None
) -> None:
    caller = fort.caller(fort.keys[scope] if scope else "")
    for method, path in routes_of(fort.runtime):
        needed = scope_of(path)
        if method not in {"GET", "POST"} or needed is OPEN or (scope and scope.includes(needed)):
            continue
        address = filled(path, fort)
        asked = disguise.format(path=address, upper=address.upper())
        response = caller.request(method, f"{URL}{asked}")
        assert response.status_code >= 300, (method, asked, response.text[:200])
        # A redirect may only lead to where the same is asked again.
        if response.status_code < 400:
            assert scope_of(response.headers["location"].removeprefix(URL).partition("?")[0]) is (needed), (
                asked,
                response.headers["location"],
            )


def test_a_key_is_found_by_its_keyed_hash_and_the_hash_is_no_key(fort: Fort) -> None:
    """A lookup by the hash takes a time that tells of the hash alone, and the secret keys that."""
    key = fort.keys[Scope.ADMIN]
    kept = key_hash(key, secret=fort.runtime.secret)

    assert kept.encode() in b"".join(
        each.read_bytes() for each in fort.file.parent.glob(f"{fort.file.name}*")
    )
    assert key_hash(key, secret=b"another secret") != kept
    for given in (kept, kept.partition(":")[2], key[:11], key[:-1], key + "A", key.swapcase(), key + "\n"):
        assert fort.runtime.ring.find(given) is None
    found = fort.runtime.ring.find(key)
    assert found is not None
    assert found.hash == kept


@pytest.mark.parametrize(
    "header",
    [
        {"x-http-method-override": "GET"},
        {"x-http-method": "GET"},
        {"x-method-override": "GET"},
        {"x-original-url": "/healthz"},
        {"x-rewrite-url": "/healthz"},
        {"x-forwarded-for": "127.0.0.1"},
        {"x-forwarded-host": "127.0.0.1"},
        {"x-real-ip": "127.0.0.1"},
        {"forwarded": "for=127.0.0.1"},
        {"cookie": "plainspeak_session=0.0; plainspeak_session=admin"},
    ],
)
def test_no_header_opens_a_door(fort: Fort, header: dict[str, str]) -> None:
    caller = fort.caller()

    assert caller.post("/review", headers=header).status_code == 401
    assert caller.post("/review?_method=GET", headers=header, data={"_method": "GET"}).status_code == 401
    assert caller.get("/decisions/export.jsonl", headers=header).status_code == 401
