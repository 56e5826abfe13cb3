"""Keys: what asks for one, which are good, and how a refusal looks at each door."""

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from starlette.routing import Mount

from app import bootstrap
from app.bootstrap import Runtime
from app.core.access import Scope
from app.settings import Settings
from app.web.access import OPEN, SCOPES, scope_of
from app.web.main import create_app

OpenClient = Callable[..., TestClient]
MakeKey = Callable[..., str]

ANYWHERE = "0.0.0.0"  # noqa: S104 keys are what is tested
KNOWN_S = 2.0
"""Within this time every process knows of a change of the keys."""
POST = {"text": "have a lovely day"}
ANALYZE = {"comment": POST, "requestedAttributes": {"TOXICITY": {}}}


def settings_of(database_file: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{database_file}")


def paths_of(app: FastAPI) -> set[str]:
    """Every path the application answers on; what lies under a mount is one."""
    found = set()
    for context in iter_route_contexts(app.routes):
        assert context.path is not None
        found.add(context.path + ("/{path:path}" if isinstance(context.route, Mount) else ""))
    return found


def test_every_route_has_a_scope(runtime: Runtime) -> None:
    assert paths_of(create_app(runtime)) == set(SCOPES)


def test_a_route_that_nobody_gave_a_scope_is_for_admins(open_client: OpenClient, make_key: MakeKey) -> None:
    review, admin = make_key(Scope.REVIEW), make_key(Scope.ADMIN)
    client = open_client(require_keys=True)

    assert client.get("/forgotten").status_code == 401
    assert client.get("/forgotten", headers={"x-api-key": review}).status_code == 403
    assert client.get("/forgotten", headers={"x-api-key": admin}).status_code == 404


@pytest.mark.parametrize("setting", [{"host": ANYWHERE}, {"require_keys": True}])
def test_every_route_that_is_not_open_asks_for_a_key_of_its_scope(
    open_client: OpenClient, make_key: MakeKey, setting: dict[str, object]
) -> None:
    keys = {scope: make_key(scope) for scope in Scope}
    client = open_client(**setting)

    # No route takes this method, so none does its work, or streams for ever.
    for path, needed in SCOPES.items():
        without = client.options(path).status_code
        assert (without == 401) is (needed is not OPEN), path
        for scope, key in keys.items():
            status = client.options(path, headers={"x-api-key": key}).status_code
            assert status != 401, path
            assert (status == 403) is (needed is not OPEN and not scope.includes(needed)), (path, scope)


def test_a_key_is_taken_from_each_place_it_may_be_in(open_client: OpenClient, make_key: MakeKey) -> None:
    key = make_key()
    client = open_client(host=ANYWHERE)

    for headers, query in (
        ({"authorization": f"Bearer {key}"}, ""),
        ({"authorization": f"bearer  {key} "}, ""),
        ({"x-api-key": key}, ""),
        ({"authorization": "Basic dTpw", "x-api-key": key}, ""),
        ({}, f"?key={key}"),
        ({}, f"?alt=json&key={key}"),
    ):
        assert client.post(f"/moderate{query}", json=POST, headers=headers).status_code == 200


@pytest.mark.parametrize("given", ["", "ps_00000000_none", "sk-other", "ps_", "ps_\xe4", "\x7f", "ps_%ff%00"])
def test_a_wrong_key_is_refused_in_the_words_of_each_door(
    open_client: OpenClient, make_key: MakeKey, given: str
) -> None:
    make_key()
    client = open_client(host=ANYWHERE)
    code = "invalid_api_key" if given else "missing_api_key"

    own = client.post("/moderate", params={"key": given}, json=POST)
    google = client.post("/v1alpha1/comments:analyze", params={"key": given}, json=ANALYZE)
    page = client.get("/review", params={"key": given})

    assert [each.status_code for each in (own, google, page)] == [401, 401, 401]
    assert [each.headers["www-authenticate"] for each in (own, google, page)] == ["Bearer"] * 3
    assert own.headers["content-type"] == "application/problem+json"
    assert own.json()["code"] == own.json()["error"]["code"] == code
    assert "X-API-Key" in own.json()["detail"] or "plainspeak keys create" in own.json()["detail"]
    assert google.json()["error"]["status"] == "UNAUTHENTICATED"
    assert google.json()["error"]["details"] == [{"errorType": code.upper()}]
    assert page.headers["content-type"] == "text/html; charset=utf-8"


def test_a_key_of_another_scope_is_refused_in_the_words_of_each_door(
    open_client: OpenClient, make_key: MakeKey
) -> None:
    # No key has so little scope that it may not judge, so a path of admins stands for a route.
    headers = {"x-api-key": make_key()}
    client = open_client(host=ANYWHERE)

    own = client.get("/nope", headers=headers)
    google = client.get("/v1alpha1/nope", headers=headers)

    assert (own.status_code, own.json()["code"]) == (403, "insufficient_scope")
    assert (google.status_code, google.json()["error"]["status"]) == (403, "PERMISSION_DENIED")
    assert all("'moderate'" in each.text and "'admin'" in each.text for each in (own, google))


def test_a_key_is_looked_at_before_the_body(open_client: OpenClient, make_key: MakeKey) -> None:
    make_key()

    response = open_client(host=ANYWHERE).post("/moderate", content=b"{not json")

    assert response.status_code == 401


def test_openais_client_names_a_wrong_key(open_client: OpenClient, make_key: MakeKey) -> None:
    key = make_key()
    inner = open_client(host=ANYWHERE)
    transport = httpx2.MockTransport(
        lambda request: httpx2.Response(
            (
                answer := inner.post(request.url.path, content=request.content, headers=dict(request.headers))
            ).status_code,
            content=answer.content,
            headers={"content-type": answer.headers["content-type"]},
        )
    )
    with httpx2.Client(transport=transport) as http:
        good, bad = (
            openai.OpenAI(base_url="http://127.0.0.1/v1", api_key=each, max_retries=0, http_client=http)
            for each in (key, "sk-wrong")
        )
        assert good.moderations.create(input="have a lovely day").results[0].flagged is False
        with pytest.raises(openai.AuthenticationError) as refused:
            bad.moderations.create(input="have a lovely day")
    assert refused.value.code == "invalid_api_key"


def test_on_loopback_nobody_needs_a_key_and_a_wrong_one_does_no_harm(
    open_client: OpenClient, make_key: MakeKey
) -> None:
    make_key()
    client = open_client()

    for key in ("", "anything", "ps_00000000_none"):
        assert client.post("/moderate", json=POST, headers={"x-api-key": key}).status_code == 200


def test_a_revoked_key_is_refused_by_every_process_within_two_seconds(
    open_client: OpenClient, make_key: MakeKey, database_file: Path
) -> None:
    key = make_key()
    other = make_key()
    clients = [open_client(require_keys=True) for _ in range(2)]
    sent: dict[str, Any] = {"json": POST, "headers": {"x-api-key": key}}
    assert [client.post("/moderate", **sent).status_code for client in clients] == [200, 200]

    with bootstrap.open_keys(settings_of(database_file)) as service:
        service.revoke(key[:11])
    time.sleep(KNOWN_S)

    refused = [client.post("/moderate", **sent) for client in clients]
    assert [each.status_code for each in refused] == [401, 401]
    assert all(f"'{key[:11]}' was revoked" in each.json()["detail"] for each in refused)
    assert clients[0].post("/moderate", json=POST, headers={"x-api-key": other}).status_code == 200


def test_a_key_that_is_made_is_taken_within_two_seconds(open_client: OpenClient, make_key: MakeKey) -> None:
    first = make_key()
    client = open_client(require_keys=True)
    assert client.post("/moderate", json=POST, headers={"x-api-key": first}).status_code == 200

    second = make_key()
    time.sleep(KNOWN_S)

    assert client.post("/moderate", json=POST, headers={"x-api-key": second}).status_code == 200


def test_the_last_use_of_a_key_is_kept(database_file: Path, make_key: MakeKey) -> None:
    used, idle = make_key(name="used"), make_key(name="idle")
    settings = settings_of(database_file)
    with closing(bootstrap.build(settings)) as runtime:
        client = TestClient(create_app(runtime), base_url="http://127.0.0.1")
        assert client.post("/moderate", json=POST, headers={"x-api-key": used}).status_code == 200

    with bootstrap.open_keys(settings) as service:
        found = {key.id: key.last_used_at for key in service.all()}
    assert found[idle[:11]] is None
    assert found[used[:11]] is not None


def test_the_database_has_no_key_in_it(database_file: Path, make_key: MakeKey) -> None:
    key = make_key()

    kept = b"".join(path.read_bytes() for path in database_file.parent.glob("plainspeak.db*"))

    assert key[:11].encode() in kept
    assert key[12:].encode() not in kept


def test_a_key_is_good_for_its_own_database_only(open_client: OpenClient, make_key: MakeKey) -> None:
    key = make_key()
    client = open_client(require_keys=True, secret_key="0" * 32)

    assert client.post("/moderate", json=POST, headers={"x-api-key": key}).status_code == 401


def test_other_machines_may_call_the_host_by_any_name(open_client: OpenClient) -> None:
    headers = {"host": "plainspeak.example.org:8000"}

    assert open_client(host=ANYWHERE).get("/healthz", headers=headers).status_code == 200
    assert open_client(require_keys=True).get("/healthz", headers=headers).status_code == 400


def test_the_description_says_what_asks_for_a_key(client: TestClient) -> None:
    description = client.get("/openapi.json").json()

    schemes = description["components"]["securitySchemes"]
    assert {(each.get("scheme"), each.get("in"), each.get("name")) for each in schemes.values()} == {
        ("bearer", None, None),
        (None, "header", "X-API-Key"),
        (None, "query", "key"),
    }
    for path, operations in description["paths"].items():
        for operation in operations.values():
            assert ("security" in operation) is (scope_of(path) is not OPEN)
