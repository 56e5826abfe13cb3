"""In a flood the doors refuse before they read, each in the form its clients know."""

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from app.core.errors import QueueFull
from app.web import errors
from app.web.edge import Edge
from app.web.render import Renderer
from app.web.shed import JUDGED, Shed


class Flooded(Edge):
    """An edge in a flood."""

    def turn_away(self) -> None:
        raise QueueFull("Far more is asked than this machine can answer. Send it again in a moment.")


@pytest.fixture
def reached() -> list[str]:
    return []


@pytest.fixture
def flooded(reached: list[str]) -> TestClient:
    app = FastAPI()

    @app.api_route("/{path:path}", methods=["GET", "POST"])
    async def anything(request: Request) -> None:
        reached.append(request.url.path)

    app.add_middleware(Shed, edge=Flooded(max_in_flight=1, max_wait_s=1))
    errors.install(app, page=Renderer().page)
    return TestClient(app)


@pytest.mark.parametrize("path", sorted(JUDGED))
def test_a_door_refuses_and_says_when_to_come_back(
    flooded: TestClient, reached: list[str], path: str
) -> None:
    answer = flooded.post(path, json={"text": "hello"})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1
    assert "Send it again" in answer.text
    assert not reached


def test_clients_of_openai_and_google_get_the_form_they_know(flooded: TestClient) -> None:
    assert flooded.post("/v1/moderations", json={}).json()["error"]["code"] == "queue_full"
    assert flooded.post("/v1alpha1/comments:analyze", json={}).json()["error"]["status"] == "UNAVAILABLE"


def test_what_moderators_and_monitors_ask_for_goes_on(flooded: TestClient, reached: list[str]) -> None:
    for path in ("/review", "/healthz", "/metrics", "/decisions/1"):
        assert flooded.get(path).status_code == 200
    assert reached == ["/review", "/healthz", "/metrics", "/decisions/1"]


def test_every_door_that_judges_is_shed(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    judging = {
        path
        for path, methods in paths.items()
        if "post" in methods and any(word in path for word in ("moderate", "moderations", ":analyze"))
    }
    assert judging == JUDGED
