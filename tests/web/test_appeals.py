"""Appeals over HTTP, and how a moderator sees them."""

import re

import pytest
from fastapi.testclient import TestClient

from app.web.wire import AppealOut

POST = {"text": "i will find your house and hurt you tonight"}
REASON = "<b>It is a line</b> from a film."


@pytest.fixture
def address(client: TestClient) -> str:
    return f"/decisions/{client.post('/moderate', json=POST).json()['id']}"


def test_an_appeal_is_taken_once_and_can_be_asked_for(client: TestClient, address: str) -> None:
    assert client.get(f"{address}/appeal").status_code == 404

    first = client.post(f"{address}/appeal", json={"reason": REASON})
    again = client.post(f"{address}/appeal", json={"reason": REASON})
    other = client.post(f"{address}/appeal", json={"reason": "Another reason."})

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert other.json()["code"] == "appeal_open"
    assert first.json() == again.json() == client.get(f"{address}/appeal").json()
    appeal = AppealOut.model_validate_json(first.content, extra="forbid")
    assert (appeal.reason, appeal.against, appeal.outcome) == (REASON, "block", None)


@pytest.mark.parametrize(
    "body",
    [{}, {"reason": ""}, {"reason": 3}, {"reason": "x" * 2001}, {"reason": "x", "more": 1}, {"reason": "\0"}],
)
def test_an_appeal_that_cannot_be_taken_is_refused(
    client: TestClient, address: str, body: dict[str, object]
) -> None:
    assert client.post(f"{address}/appeal", json=body).status_code == 422


def test_an_appeal_against_nothing_is_refused(client: TestClient) -> None:
    refused = client.post("/decisions/no-such/appeal", json={"reason": REASON})
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")


def test_a_moderator_sees_the_appeal_and_what_comes_of_each_button(client: TestClient, address: str) -> None:
    client.post(f"{address}/appeal", json={"reason": REASON})
    item = client.get(address).json()["review"]["id"]

    queue, page = client.get("/review?state=appeals").text, client.get(f"/review/{item}").text

    assert f"/review/{item}" in queue
    assert "The author appeals" in page
    assert "&lt;b&gt;It is a line&lt;/b&gt;" in page
    assert len(re.findall("On the appeal: what was decided (?:stands|is overturned)", page)) == 2
