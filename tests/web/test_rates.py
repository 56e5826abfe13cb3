"""Who calls too often is told when to come back, at each door in its words."""

from collections.abc import Callable

import httpx2
import openai
import pytest
from fastapi.testclient import TestClient

from app.core.access import Scope
from app.core.errors import RateLimited
from app.web.rates import Rates, network_of

OpenClient = Callable[..., TestClient]
MakeKey = Callable[..., str]

POST = {"text": "have a lovely day"}
ANALYZE = {"comment": POST, "requestedAttributes": {"TOXICITY": {}}}


def test_a_key_that_calls_too_often_waits_and_the_others_do_not(
    open_client: OpenClient, make_key: MakeKey
) -> None:
    busy, calm = ({"x-api-key": make_key(Scope.REVIEW)} for _ in range(2))
    client = open_client(require_keys=True, rate_per_key=2, rate_per_address=1)

    assert [client.post("/moderate", json=POST, headers=busy).status_code for _ in range(2)] == [200, 200]
    own = client.post("/moderate", json=POST, headers=busy)
    google = client.post("/v1alpha1/comments:analyze", json=ANALYZE, headers=busy)
    page = client.get("/review", headers=busy)

    assert [each.status_code for each in (own, google, page)] == [429, 429, 429]
    assert all(1 <= int(each.headers["retry-after"]) <= 60 for each in (own, google, page))
    assert own.json()["error"]["code"] == "rate_limit_exceeded"
    assert own.json()["detail"].endswith("raise PLAINSPEAK_RATE_PER_KEY.")
    assert (google.json()["error"]["code"], google.json()["error"]["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert client.post("/moderate", json=POST, headers=calm).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_an_address_that_guesses_keys_is_slowed_and_a_good_key_is_not(
    open_client: OpenClient, make_key: MakeKey
) -> None:
    key = make_key()
    client = open_client(require_keys=True, rate_per_address=2)

    guesses = [client.post("/moderate", json=POST, headers={"x-api-key": f"ps_{n}"}) for n in range(4)]

    assert [each.status_code for each in guesses] == [401, 401, 429, 429]
    assert guesses[-1].json()["detail"].endswith("raise PLAINSPEAK_RATE_PER_ADDRESS.")
    assert client.post("/moderate", json=POST, headers={"x-api-key": key}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/docs", "/openapi.json", "/$discovery/rest", "/login", "/static/plainspeak.css", "/"]
)
def test_what_needs_no_key_is_counted_by_address(
    open_client: OpenClient, make_key: MakeKey, path: str
) -> None:
    make_key()
    client = open_client(require_keys=True, rate_open_per_address=2)

    answers = [client.get(path, follow_redirects=False) for _ in range(3)]

    assert [each.status_code == 429 for each in answers] == [False, False, True]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert "raise PLAINSPEAK_RATE_OPEN_PER_ADDRESS." in answers[-1].text


def test_all_that_is_open_counts_as_one_and_each_probe_for_itself(
    open_client: OpenClient, make_key: MakeKey
) -> None:
    key = make_key()
    client = open_client(require_keys=True, rate_open_per_address=1)

    assert client.get("/$discovery/rest").status_code == 200
    assert client.get("/openapi.json").status_code == 429
    assert client.post("/moderate", json=POST, headers={"x-api-key": key}).status_code == 200
    assert client.post("/moderate", json=POST).status_code == 401
    assert [client.get("/healthz").status_code for _ in range(2)] == [200, 429]
    assert [client.get("/readyz").status_code for _ in range(2)] == [200, 429]


def test_openais_client_hears_when_to_call_again(open_client: OpenClient, make_key: MakeKey) -> None:
    key = make_key()
    inner = open_client(require_keys=True, rate_per_key=1)

    def ask(request: httpx2.Request) -> httpx2.Response:
        answer = inner.post(request.url.path, content=request.content, headers=dict(request.headers))
        kept = {
            name: answer.headers[name] for name in ("content-type", "retry-after") if name in answer.headers
        }
        return httpx2.Response(answer.status_code, content=answer.content, headers=kept)

    with httpx2.Client(transport=httpx2.MockTransport(ask)) as http:
        client = openai.OpenAI(base_url="http://127.0.0.1/v1", api_key=key, max_retries=0, http_client=http)
        client.moderations.create(input="have a lovely day")
        with pytest.raises(openai.RateLimitError) as refused:
            client.moderations.create(input="have a lovely day")

    assert (refused.value.status_code, refused.value.code) == (429, "rate_limit_exceeded")
    assert 1 <= int(refused.value.response.headers["retry-after"]) <= 60


def test_nobody_is_counted_on_loopback_without_keys(open_client: OpenClient) -> None:
    client = open_client(rate_per_key=1, rate_per_address=1, rate_open_per_address=1)

    assert [client.post("/moderate", json=POST).status_code for _ in range(5)] == [200] * 5
    assert [client.get("/docs").status_code for _ in range(5)] == [200] * 5


def test_0_is_no_limit() -> None:
    rates = Rates(per_key=0, per_address=0, open_per_address=0)

    for _ in range(10_000):
        rates.count_key("ps_00000000")
        rates.count_address("192.0.2.1")
        rates.count_open("192.0.2.1")


def test_the_networks_of_ipv6_are_counted_and_not_single_addresses() -> None:
    rates = Rates(per_key=0, per_address=1, open_per_address=1)
    rates.count_address("2001:db8::1")

    with pytest.raises(RateLimited, match="2001:db8::/64"):
        rates.count_address("2001:db8::2")
    rates.count_address("2001:db8:0:1::1")
    assert network_of("testclient") == "testclient"
