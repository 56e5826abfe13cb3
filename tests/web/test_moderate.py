"""A post from the wire to the database and back, with the bundled model."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bootstrap import Runtime
from app.core.types import Category

JSON = {"content-type": "application/json"}

OpenClient = Callable[..., TestClient]


def count(runtime: Runtime) -> int:
    return sum(1 for _ in runtime.export.decisions())


def test_answers_the_curl_of_the_readme(client: TestClient) -> None:
    response = client.post("/moderate", content='{"text":"I want to unalive myself"}', headers=JSON)

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    answer = response.json()
    expected = {
        "label": "extremely_harmful",
        "category": "self_harm",
        "action": "review",
        "normalized_text": "I want to kill myself",
        "hints": [],
        "unavailable": [],
    }
    assert {key: answer[key] for key in expected} == expected
    (edit,) = answer["edits"]
    expected_edit = {
        "start": 10,
        "end": 17,
        "surface": "unalive",
        "canonical": "kill",
        "step": "lexicon",
        "term": "unalive",
        "ambiguous": False,
    }
    assert {key: edit[key] for key in expected_edit} == expected_edit
    assert answer["review"]["state"] == "open"
    assert set(answer["categories"]) == {category.value for category in Category}
    assert all(0 <= score <= 1 for score in (*answer["categories"].values(), answer["score"]))
    assert answer["confidence"] >= 0.5
    assert answer["reasons"]
    assert answer["model"].startswith("plainspeak-mini@")


def test_lets_a_kind_post_through_without_a_review(client: TestClient) -> None:
    answer = client.post("/moderate", json={"text": "have a lovely day"}).json()

    assert (answer["label"], answer["action"], answer["category"]) == ("safe", "allow", None)
    assert (answer["edits"], answer["review"]) == ([], None)
    assert answer["normalized_text"] == "have a lovely day"


def test_gives_a_kept_decision_as_it_was_answered(client: TestClient) -> None:
    answer = client.post("/moderate", json={"text": "k!ll y0urs3lf"}).json()

    kept = client.get(f"/decisions/{answer['id']}")

    assert kept.status_code == 200
    assert kept.json() == answer


def test_the_item_of_a_decision_waits_in_the_queue(client: TestClient) -> None:
    answer = client.post("/moderate", json={"text": "I want to unalive myself"}).json()

    page = client.get(f"/review/{answer['review']['id']}")

    assert page.status_code == 200
    assert "unalive" in page.text


def test_counts_offsets_in_code_points_of_the_original(client: TestClient) -> None:
    text = "👍🏽 I want to unalive myself"

    edits = client.post("/moderate", json={"text": text}).json()["edits"]

    (edit,) = [edit for edit in edits if edit["term"] == "unalive"]
    assert text[edit["start"] : edit["end"]] == "unalive" == edit["surface"]


def test_keeps_the_ids_and_the_context_of_a_post(client: TestClient, runtime: Runtime) -> None:
    sent = {
        "text": "see you there",
        "content_id": "post-123",
        "author_id": "u-9 🙂",
        "context": ["when?", "at six"],
    }

    answer = client.post("/moderate", json=sent).json()

    decision = runtime.moderation.decision(answer["id"]).decision
    assert (decision.content_id, decision.author_id) == ("post-123", "u-9 🙂")
    assert decision.context == ("when?", "at six")


def test_keeps_no_text_when_asked_not_to(client: TestClient, runtime: Runtime) -> None:
    secret = "wqtzkvorp"
    text = f"I want to unalive myself {secret}"

    answer = client.post("/moderate", json={"text": text, "context": [secret], "store": False}).json()

    assert answer["normalized_text"] == f"I want to kill myself {secret}"
    kept = client.get(f"/decisions/{answer['id']}").json()
    gone: dict[str, object] = {"normalized_text": None, "edits": [], "hints": []}
    assert kept == answer | gone
    folder = Path(runtime.settings.database_url.removeprefix("sqlite:///")).parent
    assert all(secret.encode() not in path.read_bytes() for path in folder.iterdir())


def test_answers_a_batch_in_its_order(client: TestClient) -> None:
    texts = ["have a lovely day", "I want to unalive myself", "see you at six", "k!ll y0urs3lf"]

    response = client.post("/moderate/batch", json={"items": [{"text": text} for text in texts]})

    assert response.status_code == 200
    results = response.json()["results"]
    assert [result["normalized_text"] for result in results] == [
        "have a lovely day",
        "I want to kill myself",
        "see you at six",
        "kill yourself",
    ]
    assert [client.get(f"/decisions/{result['id']}").json() for result in results] == results


def test_a_batch_or_a_text_larger_than_the_engines_queue_is_answered(open_client: OpenClient) -> None:
    client = open_client(queue_size=8, max_chars=2000)
    texts = [f"post {number} about the weather" for number in range(40)]
    longest = ("I will unalive you all " * 100)[:1999] + "x"

    batch = client.post("/moderate/batch", json={"items": [{"text": text} for text in texts]})
    answer = client.post("/moderate", json={"text": longest})

    assert (batch.status_code, answer.status_code) == (200, 200)
    assert [result["normalized_text"] for result in batch.json()["results"]] == texts
    assert answer.json()["unavailable"] == []
    assert answer.json()["label"] != "safe"


def test_keeps_all_of_a_batch_or_nothing(client: TestClient, runtime: Runtime) -> None:
    before = count(runtime)

    response = client.post("/moderate/batch", json={"items": [{"text": "fine"}, {"text": " "}]})

    assert response.status_code == 422
    assert count(runtime) == before


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "application/vnd.example+json"])
def test_takes_json_under_its_other_names(client: TestClient, content_type: str) -> None:
    response = client.post("/moderate", content='{"text":"x"}', headers={"content-type": content_type})

    assert response.status_code == 200


@settings(max_examples=25)
@given(text=st.text(max_size=60))
def test_any_text_is_answered_or_refused(client: TestClient, text: str) -> None:
    response = client.post("/moderate", json={"text": text})

    if not text.strip() or "\0" in text:
        assert response.status_code == 422
        return
    assert response.status_code == 200
    answer = response.json()
    plain, end = "", 0
    for edit in answer["edits"]:
        assert text[edit["start"] : edit["end"]] == edit["surface"]
        plain += text[end : edit["start"]] + edit["canonical"]
        end = edit["end"]
    assert plain + text[end:] == answer["normalized_text"]


def test_is_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}
    ready = client.get("/readyz").json()
    assert ready["ready"] is True
    assert [(check["name"], check["ok"]) for check in ready["checks"]] == [
        ("model", True),
        ("database", True),
        ("lexicon", True),
        ("policy", True),
    ]


def test_the_address_of_the_service_leads_to_the_queue(client: TestClient) -> None:
    response = client.get("/", follow_redirects=False)

    assert (response.status_code, response.headers["location"]) == (307, "/review")
