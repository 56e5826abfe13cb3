"""What every request and every response goes through."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event

import anyio
import httpx2
import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Runtime
from app.core.errors import QueueFull
from app.web.edge import Edge
from app.web.limits import host_name
from app.web.main import create_app

JSON = {"content-type": "application/json"}
POST = "zxqvbrmpt I want to unalive myself"

OpenClient = Callable[..., TestClient]


@pytest.fixture(scope="module")
def small(runtime: Runtime) -> TestClient:
    """The application with bodies of at most 1000 bytes."""
    settings = runtime.settings.model_copy(update={"max_body_bytes": 1000})
    small = replace(runtime, settings=settings)
    return TestClient(create_app(small), base_url="http://127.0.0.1", raise_server_exceptions=False)


def body_of(size: int) -> bytes:
    frame = b'{"text":"x"}'
    return frame + b" " * (size - len(frame))


def in_parts(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), 100):
        yield body[start : start + 100]


def test_takes_a_body_as_long_as_allowed(small: TestClient) -> None:
    assert small.post("/moderate", content=body_of(1000), headers=JSON).status_code == 200
    assert small.post("/moderate", content=in_parts(body_of(1000)), headers=JSON).status_code == 200


@pytest.mark.parametrize(("path", "status"), [("/moderate", 413), ("/v1/moderations", 400)])
def test_refuses_a_longer_body(small: TestClient, path: str, status: int) -> None:
    response = small.post(path, content=body_of(1001), headers=JSON)

    assert (response.status_code, response.json()["code"]) == (status, "body_too_large")
    assert "1001 bytes; at most 1000" in response.json()["detail"]
    assert "PLAINSPEAK_MAX_BODY_BYTES" in response.json()["detail"]


def test_refuses_a_longer_body_that_does_not_say_its_length(small: TestClient) -> None:
    response = small.post("/moderate", content=in_parts(body_of(2000)), headers=JSON)

    assert (response.status_code, response.json()["code"]) == (413, "body_too_large")
    assert "at most 1000" in response.json()["detail"]


@pytest.mark.parametrize("length", [b"abc", b"-1", b"1e3", b"\xb2", b""])
def test_refuses_a_length_that_is_no_number(small: TestClient, length: bytes) -> None:
    headers = {b"content-type": b"application/json", b"content-length": length}

    response = small.post("/moderate", content=b"{}", headers=headers)

    assert response.status_code == 413


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_are_answered_without_a_body_where_they_ask_for_none(service_url: str, path: str) -> None:
    answer = httpx2.head(service_url + path)

    assert (answer.status_code, answer.content) == (200, b"")


@pytest.fixture(scope="module")
def failing(runtime: Runtime) -> TestClient:
    app = create_app(runtime)

    def fail() -> None:
        raise RuntimeError

    app.add_api_route("/fail", fail)
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False, follow_redirects=False)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/healthz", {}, 200),
        ("GET", "/readyz", {}, 200),
        ("HEAD", "/healthz", {}, 200),
        ("GET", "/openapi.json", {}, 200),
        ("GET", "/docs", {}, 200),
        ("GET", "/review", {}, 200),
        ("GET", "/static/plainspeak.css", {}, 200),
        ("GET", "/", {}, 307),
        ("GET", "/nope", {}, 404),
        ("GET", "/review/nope", {}, 404),
        ("GET", "/moderate", {}, 405),
        ("OPTIONS", "*", {}, 404),
        ("POST", "/moderate", {}, 415),
        ("POST", "/moderate", {"content-length": "99999999"}, 413),
        ("GET", "/healthz", {"host": "evil.example"}, 400),
        ("GET", "/fail", {}, 500),
    ],
)
def test_every_response_has_an_id_and_strict_headers(
    failing: TestClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    responses = [failing.request(method, path, headers=headers) for _ in range(2)]

    assert [response.status_code for response in responses] == [status, status]
    ids = {response.headers["x-request-id"] for response in responses}
    assert len(ids) == 2
    assert all(len(each) == 32 and int(each, 16) for each in ids)
    found = responses[0].headers
    assert found["x-content-type-options"] == "nosniff"
    assert found["x-frame-options"] == "DENY"
    assert found["referrer-policy"] == "no-referrer"
    policy = found["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    assert "'unsafe-inline'" not in policy.replace("style-src 'self' 'unsafe-inline'", "")
    assert ("unsafe-inline" in policy) == (path == "/docs")


def test_no_log_has_the_text_of_a_post(small: TestClient, capfd: pytest.CaptureFixture[str]) -> None:
    answered = small.post("/moderate", json={"text": POST, "context": [POST], "author_id": "zxqvbrmpt"})
    small.post("/moderate/batch", json={"items": [{"text": POST}]})
    for refused in (
        {"text": POST, "zxqvbrmpt": 1},
        {"text": POST + "\0"},
        {"text": [POST]},
        {"text": POST * 40},
    ):
        small.post("/moderate", json=refused)
    small.get("/decisions/zxqvbrmpt")

    log = "".join(capfd.readouterr())

    assert answered.json()["id"] in log
    assert "zxqvbrmpt" not in log
    assert "unalive" not in log


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("localhost", "localhost"),
        ("LOCALHOST:8000", "localhost"),
        ("[::1]", "[::1]"),
        ("[::1]:8000", "[::1]"),
        ("", ""),
        (":8000", ""),
        ("a]b:1", "a]b"),
    ],
)
def test_takes_the_port_from_a_host(header: str, name: str) -> None:
    assert host_name(header) == name


def test_the_edge_refuses_what_is_too_much_and_recovers() -> None:
    async def fill() -> list[str]:
        edge = Edge(max_in_flight=2, max_wait_s=60)
        go_on = Event()
        answers = []
        async with anyio.create_task_group() as tasks:

            async def work() -> None:
                answers.append(await edge.run(lambda: "done" if go_on.wait(30) else "late"))

            tasks.start_soon(work)
            tasks.start_soon(work)
            await anyio.wait_all_tasks_blocked()
            with pytest.raises(QueueFull, match="2 requests are in work"):
                await edge.run(lambda: "never")
            go_on.set()
        with pytest.raises(ZeroDivisionError):
            await edge.run(lambda: 1 // 0)
        answers.append(await edge.run(lambda: "after"))
        return answers

    assert anyio.run(fill) == ["done", "done", "after"]
