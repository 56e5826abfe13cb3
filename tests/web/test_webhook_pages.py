"""The page of webhooks, and its button."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app import bootstrap
from app.core.access import Scope
from app.services.webhooks import EventKind
from app.settings import Settings

OpenClient = Callable[..., TestClient]
MakeKey = Callable[..., str]
# Nobody listens there: a port that is not given out.
URL = "http://127.0.0.1:1/hooks?<b>"


@pytest.fixture
def service_settings(settings_over_both: dict[str, object]) -> dict[str, object]:
    return settings_over_both


@pytest.fixture
def desk(open_client: OpenClient, service_settings: dict[str, object]) -> TestClient:
    """A service with one endpoint that nobody answers at, and a post judged."""
    settings = Settings.model_validate(service_settings | {"webhook_private_targets": True})
    client = open_client(webhook_private_targets=True)
    with bootstrap.open_webhooks(settings) as webhooks:
        webhooks.add(URL, key_id=None, kinds=tuple(EventKind))
    assert client.post("/moderate", json={"text": "I want to unalive myself"}).status_code == 200
    return client


def form_of(page: Any) -> tuple[str, str]:  # noqa: ANN401 a response
    """Address and token of the first form that sends something once more."""
    action = re.search(r'action="(/webhooks/\d+/replay)"', page.text)
    token = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert action
    assert token
    return action.group(1), token.group(1)


def test_shows_endpoints_and_deliveries_and_never_a_post(desk: TestClient) -> None:
    page = desk.get("/webhooks")

    assert page.status_code == 200
    assert "decision.created" in page.text
    assert "http://127.0.0.1:1/hooks?&lt;b&gt;" in page.text
    assert "unalive" not in page.text
    assert "whsec_" not in page.text


def test_the_button_sends_a_delivery_once_more(desk: TestClient) -> None:
    action, token = form_of(desk.get("/webhooks"))

    answer = desk.post(action, data={"csrf": token}, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/webhooks?notice=replayed")
    assert "once more" in desk.get(answer.headers["location"]).text


@pytest.mark.parametrize(
    ("path", "token", "status"),
    [
        ("/webhooks/1/replay", "wrong", 403),
        ("/webhooks/99/replay", None, 404),
        ("/webhooks/x/replay", None, 404),
        (f"/webhooks/{2**63}/replay", None, 404),
        (f"/webhooks/-{2**64}/replay", None, 404),
    ],
)
def test_a_form_that_is_not_ours_or_of_no_delivery_changes_nothing(
    desk: TestClient, path: str, token: str | None, status: int
) -> None:
    _, good = form_of(desk.get("/webhooks"))

    answer = desk.post(path, data={"csrf": token or good})

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert "application/json" not in answer.text


@pytest.mark.parametrize(
    "query", ["state=failed", "state=nope", "before=0", "before=x", "before=" + "9" * 30]
)
def test_any_address_of_the_page_shows_it(desk: TestClient, query: str) -> None:
    assert desk.get(f"/webhooks?{query}").status_code == 200


def test_only_an_admin_sees_it(open_client: OpenClient, make_key: MakeKey) -> None:
    keys = [make_key(Scope.REVIEW), make_key(Scope.ADMIN)]
    client = open_client(require_keys=True)

    assert [client.get("/webhooks", headers={"x-api-key": key}).status_code for key in keys] == [403, 200]
