"""Two lanes through the whole service: the bundled encoder, and a tiny random language model behind it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.classifiers.lm import make_scorer

OpenClient = Callable[..., TestClient]
ASKED = "these people should all just leave"
"""A post that the bundled encoder is unsure of, with the band as wide as here."""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """The policy of the repository, with a band that holds every score."""
    path = tmp_path / "policy.toml"
    default = Path(__file__).parents[2] / "policies" / "default.toml"
    path.write_text(
        default.read_text(encoding="utf-8") + "\n[cascade]\nlow = 0\nhigh = 1\n", encoding="utf-8"
    )
    return path


@pytest.fixture
def client(open_client: OpenClient, tmp_path: Path, policy: Path) -> TestClient:
    scorer = make_scorer(tmp_path / "tiny-lm.gguf")
    return open_client(scorer=str(scorer), policy=policy, threads=1)


def moderated(client: TestClient, **fields: object) -> dict[str, Any]:
    response = client.post("/moderate", json={"text": ASKED, **fields})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def test_an_answer_shows_each_lane_and_is_kept_with_them(client: TestClient) -> None:
    answer = moderated(client)
    assert {lane["model"].split("@")[0] for lane in answer["lanes"]} == {"plainspeak-mini", "tiny-lm"}
    assert "+tiny-lm@" in answer["model"]
    assert answer["score"] == max(lane["score"] for lane in answer["lanes"])
    assert "The first model was not sure, so a second one was asked." in answer["reasons"]
    assert client.get(f"/decisions/{answer['id']}").json() == answer


def test_readyz_names_the_language_model(client: TestClient) -> None:
    checks = {check["name"]: check for check in client.get("/readyz").json()["checks"]}
    assert checks["scorer"]["detail"].startswith("tiny-lm@")


def test_an_explanation_comes_on_request_only(client: TestClient) -> None:
    assert moderated(client)["explanation"] is None
    assert 0 < len(moderated(client, explain=True)["explanation"]) <= 600


def test_the_page_of_an_item_shows_the_lanes_and_streams_an_explanation(client: TestClient) -> None:
    item = f"/review/{moderated(client, text='I want to unalive myself')['review']['id']}"
    page = client.get(item).text
    assert "Each model alone" in page
    assert "tiny-lm@" in page
    (token,) = set(re.findall(r'name="csrf" value="([^"]+)"', page))
    streamed = client.post(f"{item}/explanation", data={"csrf": token}, headers={"accept": "text/plain"})
    assert streamed.headers["content-type"] == "text/plain; charset=utf-8"
    assert 0 < len(streamed.text) <= 600
    whole = client.post(f"{item}/explanation", data={"csrf": token})
    assert whole.status_code == 200
    assert "<output" in whole.text
    assert client.post(f"{item}/explanation", data={}).status_code == 403


def test_a_language_model_that_does_not_answer_sends_the_post_to_a_person(
    open_client: OpenClient, policy: Path
) -> None:
    # Port 9 of loopback: nothing listens there.
    client = open_client(
        scorer="ollama:plainspeak", ollama_url="http://127.0.0.1:9", policy=policy, threads=1
    )
    answer = moderated(client, text="have a lovely day")
    assert (answer["action"], answer["unavailable"]) == ("review", ["ollama:plainspeak"])
    assert any("ollama serve" in reason for reason in answer["reasons"])
    ready = client.get("/readyz")
    assert ready.status_code == 200
    checks = {check["name"]: check["detail"] for check in ready.json()["checks"]}
    assert "ollama serve" in checks["scorer"]
    assert "No explanation could be written" in moderated(client, explain=True)["explanation"]


def test_without_a_language_model_there_is_one_lane_and_no_button(open_client: OpenClient) -> None:
    client = open_client(threads=1)
    answer = moderated(client, text="I want to unalive myself")
    assert answer["lanes"] == []
    page = client.get(f"/review/{answer['review']['id']}").text
    assert "Each model alone" not in page
    assert 'id="explanation"' not in page


def test_a_language_model_whose_file_is_missing_is_an_error_that_names_it(open_client: OpenClient) -> None:
    client = open_client(scorer="/nowhere/x.gguf", threads=1)
    response = client.post("/moderate", json={"text": "hello"})
    assert response.status_code == 503
    assert "/nowhere/x.gguf" in response.json()["detail"]
