"""Retries over HTTP: the header at every door, and what is refused."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.core.errors import IdempotencyKeyInvalid
from app.web.retries import parse_key

ANALYZE = {"comment": {"text": "hello"}, "requestedAttributes": {"TOXICITY": {}}}


@pytest.mark.parametrize(
    ("path", "body", "other"),
    [
        ("/moderate", {"text": "hello"}, {"text": "bye"}),
        ("/moderate/batch", {"items": [{"text": "a"}, {"text": "b"}]}, {"items": [{"text": "b"}]}),
        ("/v1/moderations", {"input": ["a", "b"]}, {"input": ["b", "a"]}),
        ("/v1alpha1/comments:analyze", ANALYZE, {**ANALYZE, "doNotStore": True}),
    ],
)
def test_every_door_gives_a_retry_what_it_gave_before(
    client: TestClient, path: str, body: dict[str, Any], other: dict[str, Any]
) -> None:
    headers = {"idempotency-key": json.dumps(f"key of {path}")}

    first = client.post(path, json=body, headers=headers)
    again = client.post(path, json=body, headers=headers)
    reused = client.post(path, json=other, headers=headers)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    if "v1alpha1" in path:
        error = reused.json()["error"]
        assert (error["code"], error["details"]) == (400, [{"errorType": "IDEMPOTENCY_KEY_REUSED"}])
    else:
        status = 400 if path.startswith("/v1/") else 422
        assert (reused.status_code, reused.json()["code"]) == (status, "idempotency_key_reused")


def test_a_key_is_of_one_address(client: TestClient) -> None:
    headers = {"idempotency-key": "one-key"}
    assert client.post("/moderate", json={"text": "x"}, headers=headers).status_code == 200

    response = client.post("/v1/moderations", json={"input": "x"}, headers=headers)

    assert response.json()["code"] == "idempotency_key_reused"


def test_a_refused_request_does_not_use_up_its_key(client: TestClient) -> None:
    headers = {"idempotency-key": "refused-first"}

    assert client.post("/moderate", json={"text": " "}, headers=headers).status_code == 422
    assert client.post("/moderate", json={"text": "x"}, headers=headers).status_code == 200


def test_a_content_id_is_enough(client: TestClient) -> None:
    body = {"text": "see you at six", "content_id": "post-of-a-retry"}

    first, again = (client.post("/moderate", json=body).json() for _ in range(2))
    edited = client.post("/moderate", json={**body, "text": "see you at seven"}).json()

    assert again == first
    assert edited["id"] != first["id"]


@pytest.mark.parametrize(
    ("header", "key"), [("abc", "abc"), ('"a b"', "a b"), (r'"a\"b\\c"', r"a\"b\c".replace('\\"', '"'))]
)
def test_a_key_may_be_quoted_or_bare(header: str, key: str) -> None:
    assert parse_key(header) == key


@pytest.mark.parametrize("header", ["", '""', "a b", '"a', 'a"', "ä", '"\t"', "x" * 256, r'"a\b"'])
def test_anything_else_is_no_key(header: str) -> None:
    with pytest.raises(IdempotencyKeyInvalid, match="Send 1 to 255"):
        parse_key(header)


def test_a_key_that_is_none_is_refused(client: TestClient) -> None:
    response = client.post("/moderate", json={"text": "x"}, headers={"idempotency-key": "a b"})

    assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_invalid")
