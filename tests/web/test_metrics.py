"""`GET /metrics`, read back by the official parser after real requests."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from app.core.access import Scope
from app.core.errors import QueueFull
from app.core.types import Classification, Outage
from app.services.recorder import MOST_SOURCES, Recorder
from app.services.vitals import Vitals
from app.web.access import SCOPES

OpenClient = Callable[..., TestClient]
MakeKey = Callable[..., str]
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]

ANYWHERE = "0.0.0.0"  # noqa: S104 keys are what is tested
METRICS_KEY = "a-scraper-of-our-own-0123456789abcdef"
HARM = "zxqvbrmpt I want to unalive myself"
CALM = "have a lovely day"
NOTHING = Vitals(versions=None, queues={}, desk=None)


def samples_of(text: str) -> Samples:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def scrape(client: TestClient, **headers: str) -> Samples:
    response = client.get("/metrics", headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    return samples_of(response.text)


def value(samples: Samples, name: str, **labels: str) -> float | None:
    return samples.get((f"plainspeak_{name}", frozenset(labels.items())))


def test_requests_are_counted_by_the_template_of_their_route(open_client: OpenClient) -> None:
    client = open_client()
    decision = client.post("/moderate", json={"text": CALM}).json()["id"]
    client.post("/moderate", json={"text": ""})
    client.get(f"/decisions/{decision}")
    client.get("/decisions/zxqvbrmpt")
    client.get("/zxqvbrmpt/nowhere")
    client.request("ZXQVBRMPT", "/healthz")

    found = scrape(client)

    moderate = {"route": "/moderate", "method": "POST"}
    assert value(found, "requests_total", **moderate, status="200") == 1
    assert value(found, "requests_total", **moderate, status="422") == 1
    one = {"route": "/decisions/{decision_id}", "method": "GET"}
    assert value(found, "requests_total", **one, status="200") == 1
    assert value(found, "requests_total", **one, status="404") == 1
    assert value(found, "requests_total", route="elsewhere", method="GET", status="404") == 1
    assert value(found, "requests_total", route="/healthz", method="other", status="405") == 1
    assert value(found, "request_seconds_count", route="/moderate") == 2
    # The scrape itself is counted once it is answered, and so in the next.
    assert value(scrape(client), "requests_total", route="/metrics", method="GET", status="200") == 1


def test_each_stage_is_timed_and_what_was_judged_is_counted(open_client: OpenClient) -> None:
    client = open_client()
    before = scrape(client)
    client.post("/moderate/batch", json={"items": [{"text": HARM}, {"text": CALM}, {"text": CALM + "!"}]})

    found = scrape(client)

    for stage in ("normalize", "classify", "decide", "record"):
        assert value(before, "stage_seconds_count", stage=stage) == 0
        assert value(found, "stage_seconds_count", stage=stage) == 1
        whole = value(found, "request_seconds_sum", route="/moderate/batch")
        part = value(found, "stage_seconds_sum", stage=stage)
        assert whole is not None
        assert part is not None
        assert 0 < part < whole
    assert (value(found, "engine_call_texts_count"), value(found, "engine_call_texts_sum")) == (1, 3)
    assert value(found, "engine_texts") == 0
    assert value(found, "lane_texts_total", lane="first", why="every") == 3
    assert value(found, "decisions_total", label="safe", category="none", action="allow") == 2
    harm = {"label": "extremely_harmful", "category": "self_harm", "action": "review"}
    assert value(found, "decisions_total", **harm) == 1


def test_tells_how_things_stand(open_client: OpenClient) -> None:
    client = open_client()
    answer = client.post("/moderate", json={"text": HARM}).json()

    found = scrape(client)

    versions = {name: answer[name] for name in ("model", "lexicon", "policy")}
    (info,) = [
        dict(labels)
        for name, labels in found
        if (name, found[name, labels]) == ("plainspeak_versions_info", 1)
    ]
    assert versions == {name: info[name] for name in versions}
    assert info["release"]
    assert (value(found, "model_up"), value(found, "database_up")) == (1, 1)
    assert value(found, "waiting", queue="writer") == 0
    assert value(found, "review_items") == 1
    oldest = value(found, "review_oldest_seconds")
    assert oldest is not None
    assert 0 < oldest < 3600
    assert value(found, "override_posts", side="harmful") == 0
    assert value(found, "override_ratio", side="harmful") is None
    assert value(found, "webhook_deliveries", state="waiting") == 0
    assert value(found, "webhook_deliveries", state="failed") == 0


def test_the_override_ratio_is_that_of_the_rulings(open_client: OpenClient) -> None:
    client = open_client()
    items = [
        client.post("/moderate", json={"text": f"{HARM} {number}"}).json()["review"]["id"]
        for number in range(2)
    ]
    for item, action in zip(items, ("allow", "block"), strict=True):
        page = client.get(f"/review/{item}").text
        form = page.partition('id="ruling"')[2].partition("</form>")[0]
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        ruled = client.post(f"/review/{item}/ruling", data={**hidden, "action": action})
        assert ruled.status_code == 200, ruled.text

    found = scrape(client)

    assert value(found, "override_posts", side="harmful") == 2
    assert value(found, "override_ratio", side="harmful") == 0.5
    assert value(found, "review_items") == 0
    assert value(found, "review_oldest_seconds") == 0


def test_nothing_of_a_post_and_no_id_is_in_it(open_client: OpenClient) -> None:
    client = open_client()
    answer = client.post("/moderate", json={"text": HARM, "author_id": "zxqvbrmpt", "content_id": "c-77"})
    client.get(f"/decisions/{answer.json()['id']}")
    client.get("/decisions/c-77")

    text = client.get("/metrics").text

    for secret in ("zxqvbrmpt", "unalive", "c-77", answer.json()["id"], answer.json()["review"]["id"]):
        assert secret not in text
    routes = {dict(labels)["route"] for _, labels in samples_of(text) if "route" in dict(labels)}
    assert routes <= {*SCOPES, "elsewhere"}


def test_a_service_without_a_model_says_so(open_client: OpenClient, tmp_path: Path) -> None:
    client = open_client(model=tmp_path / "none.gguf")
    client.post("/moderate", json={"text": CALM})

    found = scrape(client)

    assert (value(found, "model_up"), value(found, "database_up")) == (0, 1)
    assert value(found, "requests_total", route="/moderate", method="POST", status="503") == 1


def test_a_scraper_may_ask_for_openmetrics(client: TestClient) -> None:
    response = client.get("/metrics", headers={"accept": "application/openmetrics-text; version=1.0.0"})

    assert response.headers["content-type"].startswith("application/openmetrics-text")
    assert response.text.endswith("# EOF\n")


def test_where_keys_are_asked_for_it_takes_an_admin_or_the_key_of_the_setting(
    open_client: OpenClient, make_key: MakeKey
) -> None:
    review, admin = make_key(Scope.REVIEW), make_key(Scope.ADMIN)
    client = open_client(host=ANYWHERE, metrics_key=METRICS_KEY)

    def status(path: str, key: str) -> int:
        return client.get(path, headers={"authorization": f"Bearer {key}"}).status_code

    assert client.get("/metrics").status_code == 401
    assert status("/metrics", review) == 403
    assert (status("/metrics", admin), status("/metrics", METRICS_KEY)) == (200, 200)
    assert status("/metrics", METRICS_KEY[:-1]) == 401
    # It opens nothing else.
    assert (status("/decisions", METRICS_KEY), status("/people", METRICS_KEY)) == (401, 401)
    assert (
        client.post("/moderate", json={"text": CALM}, headers={"x-api-key": METRICS_KEY}).status_code == 401
    )


def test_sources_that_cannot_answer_are_counted_and_never_too_many_of_them() -> None:
    recorder = Recorder(release="1")
    for number in range(MOST_SOURCES + 2):
        recorder.classified([Classification(unavailable=(Outage(f"model-{number}", "it is down"),))])

    found = samples_of(recorder.exposition(NOTHING, accept="")[0].decode())

    name = "unavailable_texts_total"
    assert value(found, name, source="model-0") == 1
    assert value(found, name, source="other") == 2
    assert len([1 for sample, _ in found if sample == f"plainspeak_{name}"]) == MOST_SOURCES + 1
    assert "it is down" not in str(found)


def test_texts_are_no_longer_in_the_engine_when_it_refused_them() -> None:
    recorder = Recorder(release="1")

    def in_engine() -> float | None:
        return value(samples_of(recorder.exposition(NOTHING, accept="")[0].decode()), "engine_texts")

    def refuse() -> None:
        with recorder.in_engine(3):
            assert in_engine() == 3
            raise QueueFull

    with pytest.raises(QueueFull):
        refuse()
    assert in_engine() == 0
