"""Every way to be refused: a status, a code for programs, and a sentence with the value and the next step."""

import json
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.bootstrap import Runtime
from app.core.errors import ModelMissing, PlainspeakError, QueueFull
from app.web.errors import STATUS, install, status_of
from app.web.main import create_app
from app.web.render import Renderer

JSON = {"content-type": "application/json"}
POST = "I want to unalive myself"
HEAL_S = 60.0

OpenClient = Callable[..., TestClient]


def problem_of(response: Any, *, status: int, code: str) -> dict[str, Any]:  # noqa: ANN401 a response of httpx
    """Check the form of a refusal and give it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert set(body) == {"type", "title", "status", "detail", "code", "error"}
    assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:plainspeak:problem:{code}")
    assert body["title"]
    assert body["detail"].endswith(".")
    kind = "invalid_request_error" if status < 500 else "server_error"
    param = body["error"]["param"]
    assert body["error"] == {"message": body["detail"], "type": kind, "param": param, "code": code}
    assert (response.headers.get("retry-after") is not None) == (status in {429, 503})
    return body


def post_of(**fields: object) -> str:
    return json.dumps({"text": "fine", **fields})


@pytest.mark.parametrize(
    ("body", "status", "code", "words"),
    [
        (post_of(text=""), 422, "empty_text", ("''", "Send at least one visible character")),
        (post_of(text=" \n\t"), 422, "empty_text", (r"' \n\t'", "Send")),
        (post_of(text=5), 422, "invalid_field", ("'text' is 5", "/docs")),
        (post_of(text=None), 422, "invalid_field", ("'text' is None", "/docs")),
        ('{"text":NaN}', 422, "invalid_field", ("'text' is nan", "/docs")),
        ("{}", 422, "missing_field", ("'text'", "Send it")),
        ("", 422, "missing_field", ("The body is empty", "Send an object")),
        ("[]", 422, "invalid_field", ("The body is []", "/docs")),
        ("5", 422, "invalid_field", ("The body is 5", "/docs")),
        (post_of(text="a" * 20_001), 413, "text_too_long", ("20001", "20000", "PLAINSPEAK_MAX_CHARS")),
        (post_of(colour="red"), 422, "unknown_field", ("'colour'", "Leave it out")),
        ('{"text":', 400, "bad_json", ("JSON", "Send an object")),
        (b'{"text":"\xff"}', 400, "bad_json", ("UTF-8", "Send an object")),
        ('{"text":"x","a":' + "[" * 100_000 + "]" * 100_000 + "}", 400, "bad_json", ("Send",)),
        ('{"text":' + "9" * 10_000 + "}", 400, "bad_json", ("Send",)),
        (r'{"text":"a\ud800b"}', 422, "unreadable_text", (r"'\ud800' at place 1", "Send well-formed")),
        (r'{"text":"a\u0000b"}', 422, "unreadable_text", (r"'\x00' at place 1", "Send well-formed")),
        (
            r'{"text":"x","context":["y","\ud800"]}',
            422,
            "unreadable_text",
            ("Message 1", r"'\ud800'", "Send"),
        ),
        (r'{"text":"x","context":["\u0000"]}', 422, "unreadable_text", ("Message 0", r"'\x00'", "Send")),
        (r'{"text":"x","author_id":"\u0000"}', 422, "unreadable_text", ("author_id", r"'\x00'", "Send")),
        (r'{"text":"x","content_id":"\ud800"}', 422, "unreadable_text", ("content_id", "Send")),
        (r'{"text":"x","\ud800":1}', 422, "unreadable_text", ("Send",)),
        (post_of(content_id=""), 422, "id_invalid", ("The content_id is ''", "send null")),
        (post_of(author_id=""), 422, "id_invalid", ("The author_id is ''", "send null")),
        (post_of(author_id=".."), 422, "id_invalid", ("The author_id is '..'", "Send another")),
        (post_of(content_id="."), 422, "id_invalid", ("The content_id is '.'", "Send another")),
        (post_of(author_id="a\nb"), 422, "id_invalid", ("The author_id", r"'\n' at place 1", "without")),
        (post_of(content_id="a\x7f"), 422, "id_invalid", ("The content_id", r"'\x7f' at place 1", "without")),
        (post_of(content_id="9" * 201), 422, "invalid_field", ("'content_id' is '999", "200")),
        (post_of(context=["x"] * 21), 422, "invalid_field", ("'context' is ['x', ", "20")),
        (post_of(store="no"), 422, "invalid_field", ("'store' is 'no'", "/docs")),
        (post_of(explain=True), 422, "no_explainer", ("explain is true", "Send explain: false")),
    ],
)
def test_refuses_a_post(
    client: TestClient, body: str | bytes, status: int, code: str, words: tuple[str, ...]
) -> None:
    refusal = problem_of(client.post("/moderate", content=body, headers=JSON), status=status, code=code)

    assert all(word in refusal["detail"] for word in words), refusal["detail"]


@pytest.mark.parametrize(
    ("items", "code", "words"),
    [
        ([], "invalid_field", ("'items' is []", "at least 1")),
        ([{"text": "x"}, {"text": ""}], "empty_text", ("Item 1 of 2", "Send")),
        ([{"text": "x"}, {"text": "y", "author_id": ""}], "id_invalid", ("Item 1 of 2", "author_id")),
        ([{"text": "x"}, {"text": 5}], "invalid_field", ("'items.1.text' is 5", "/docs")),
        ([{"text": "x"}, {"text": "y", "explain": True}], "no_explainer", ("explain",)),
    ],
)
def test_refuses_a_batch(
    client: TestClient, items: list[dict[str, object]], code: str, words: tuple[str, ...]
) -> None:
    refusal = problem_of(client.post("/moderate/batch", json={"items": items}), status=422, code=code)

    assert all(word in refusal["detail"] for word in words), refusal["detail"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/moderate/batch", {"items": [{"text": "x"}] * 1001}, 413),
        ("/v1/moderations", {"input": ["x"] * 1001}, 400),
    ],
)
def test_a_batch_of_too_many_is_refused_as_too_large(
    client: TestClient, path: str, body: dict[str, object], status: int
) -> None:
    refusal = problem_of(client.post(path, json=body), status=status, code="batch_too_large")

    assert all(word in refusal["detail"] for word in ("1001", "1000", "PLAINSPEAK_MAX_BATCH"))


@pytest.mark.parametrize("given", ['"half a \\ud83d"', '["fine", "half a \\ud83d"]'])
def test_half_a_character_among_openais_texts_is_named(client: TestClient, given: str) -> None:
    response = client.post("/v1/moderations", content=f'{{"input": {given}}}', headers=JSON)

    assert "is no character" in problem_of(response, status=400, code="unreadable_text")["detail"]


def test_names_the_field_for_programs(client: TestClient) -> None:
    assert client.post("/moderate", json={"text": 5}).json()["error"]["param"] == "text"


def test_repeats_only_the_start_of_what_it_refuses(client: TestClient) -> None:
    refused = [
        {"text": "x", "y" * 100_000: 1},
        {"text": ["y" * 100_000]},
        {"text": "x", "store": "y" * 100_000},
    ]

    assert all(len(client.post("/moderate", json=body).content) < 2000 for body in refused)


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "y" * 1000, ""])
def test_refuses_another_content_type(client: TestClient, content_type: str) -> None:
    response = client.post("/moderate", content=post_of(), headers={"content-type": content_type})

    refusal = problem_of(response, status=415, code="wrong_content_type")
    assert repr(content_type[:80]) in refusal["detail"]
    assert "content-type: application/json" in refusal["detail"]


@pytest.mark.parametrize("content_type", ["application/jsonl", "application/x-jsonlines", "text/plain"])
def test_a_batch_of_another_content_type_is_told_how_lines_are_sent(
    client: TestClient, content_type: str
) -> None:
    lines = post_of() + "\n" + post_of()
    response = client.post("/moderate/batch", content=lines, headers={"content-type": content_type})

    refusal = problem_of(response, status=415, code="wrong_content_type")
    assert "application/x-ndjson" in refusal["detail"]


@pytest.mark.parametrize("body", ["", "{", "[" * 40])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/moderate", 200),
        ("/moderate/batch", 200),
        ("/v1/moderations", 200),
        ("/v1alpha1/comments:analyze", 200),
        ("/v1alpha1/comments:suggestscore", 200),
        ("/decisions/no-such-id/appeal", 404),
    ],
)
def test_the_body_that_a_refusal_asks_for_is_taken(
    client: TestClient, path: str, status: int, body: str
) -> None:
    refused = client.post(path, content=body, headers=JSON)

    assert refused.status_code in {400, 422}
    asked_for = re.search("Send an object like ({.*}) in UTF-8", refused.json()["error"]["message"])
    assert asked_for
    assert client.post(path, content=asked_for.group(1), headers=JSON).status_code == status


def test_refuses_a_body_without_content_type(client: TestClient) -> None:
    problem_of(client.post("/moderate", content=post_of()), status=415, code="wrong_content_type")


def test_names_a_decision_it_does_not_have(client: TestClient) -> None:
    refusal = problem_of(client.get("/decisions/no-such-id"), status=404, code="not_found")

    assert "'no-such-id'" in refusal["detail"]


@pytest.mark.parametrize(
    "path", ["/nope", "/decided", "/reviewed", "/static/nope.css", "/static/%2e%2e/main.py"]
)
def test_refuses_an_unknown_path(client: TestClient, path: str) -> None:
    refusal = problem_of(client.get(path), status=404, code="not_found")

    assert "/docs" in refusal["detail"]


def test_refuses_a_wrong_method_and_says_the_right_one(client: TestClient) -> None:
    response = client.get("/moderate")

    refusal = problem_of(response, status=405, code="method_not_allowed")
    assert "GET /moderate" in refusal["detail"]
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize("path", ["/review/no-such-id", "/review/a/b/c"])
def test_a_page_is_refused_with_a_page(client: TestClient, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert response.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.nip.io", ""]
)
def test_refuses_another_name_of_the_host(client: TestClient, host: str) -> None:
    refusal = problem_of(client.get("/healthz", headers={"host": host}), status=400, code="wrong_host")

    assert repr(host) in refusal["detail"]


@pytest.mark.parametrize("host", ["localhost", "LocalHost:8000", "127.0.0.1:1", "[::1]", "[::1]:8000"])
def test_answers_under_its_own_names(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_an_unexpected_error_shows_nothing_of_itself(
    runtime: Runtime, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise ValueError(POST)

    app = create_app(runtime)
    app.add_api_route("/fail", fail)
    app.add_api_route("/review/fail/it", fail)
    client = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)

    response = client.get("/fail")
    page = client.get("/review/fail/it")

    refusal = problem_of(response, status=500, code="internal")
    assert "report it" in refusal["detail"]
    assert (page.status_code, page.headers["content-type"]) == (500, "text/html; charset=utf-8")
    log = "".join(capfd.readouterr())
    assert "ValueError" in log
    assert "test_errors.py:" in log
    assert "Traceback" not in log
    assert all(POST not in place for place in (response.text, page.text, log))


def classes_of(root: type[PlainspeakError]) -> Iterator[type[PlainspeakError]]:
    yield root
    for child in root.__subclasses__():
        yield from classes_of(child)


TREE = tuple(each for each in classes_of(PlainspeakError) if each.__module__ == "app.core.errors")


def test_every_error_has_a_code_of_its_own_and_a_title() -> None:
    assert len({error.code for error in TREE}) == len(TREE)
    assert all(error.title for error in TREE)
    assert set(STATUS) <= set(TREE)


@pytest.mark.parametrize("error", TREE, ids=lambda error: error.code)
def test_every_error_of_the_tree_is_answered(error: type[PlainspeakError]) -> None:
    def fail() -> None:
        raise error("The value is 'x'. Do that.")

    app = FastAPI()
    install(app, page=Renderer().page)
    app.add_api_route("/fail", fail)

    response = TestClient(app, raise_server_exceptions=False).get("/fail")

    refusal = problem_of(response, status=int(status_of(error)), code=error.code)
    assert (refusal["title"], refusal["detail"]) == (error.title, "The value is 'x'. Do that.")


def test_only_the_fault_of_the_service_is_a_5xx() -> None:
    assert status_of(QueueFull) == status_of(ModelMissing) == 503
    assert {error.code for error in TREE if status_of(error) == 500} == {
        "error",
        "settings_invalid",
        "secret_unreadable",
        "lexicon_invalid",
        "policy_invalid",
    }


def missing(path: Path, _: Path) -> None:
    assert not path.exists()


def copy_second_opinion(path: Path, bundled: Path) -> None:
    file = json.loads(bundled.with_suffix(".card.json").read_text())["second_opinion"]["file"]
    path.with_name(file).write_bytes(bundled.with_name(file).read_bytes())


def corrupt(path: Path, bundled: Path) -> None:
    path.write_bytes(b"GGUF" + bytes(range(256)) * 100)
    copy_second_opinion(path, bundled)
    card = json.loads(bundled.with_suffix(".card.json").read_text())
    card["sha256"] = sha256(path.read_bytes()).hexdigest()
    path.with_suffix(".card.json").write_text(json.dumps(card))


def truncated(path: Path, bundled: Path) -> None:
    corrupt(path, bundled)
    path.write_bytes(bundled.read_bytes()[:1_000_000])
    card = json.loads(path.with_suffix(".card.json").read_text())
    card["sha256"] = sha256(path.read_bytes()).hexdigest()
    path.with_suffix(".card.json").write_text(json.dumps(card))


def mismatch(path: Path, bundled: Path) -> None:
    corrupt(path, bundled)
    path.write_bytes(path.read_bytes() + b"x")


def no_card(path: Path, bundled: Path) -> None:
    path.write_bytes(bundled.read_bytes())


@pytest.mark.parametrize(
    ("spoil", "code", "words"),
    [
        (missing, "model_missing", "PLAINSPEAK_MODEL"),
        (corrupt, "model_corrupt", "Copy the file again"),
        (truncated, "model_corrupt", "Copy the file again"),
        (mismatch, "model_mismatch", "Copy the file and its card again"),
        (no_card, "card_invalid", "Put 'mine.card.json' beside it"),
    ],
)
def test_says_why_the_model_cannot_be_used(
    open_client: OpenClient,
    tmp_path: Path,
    bundled_model: Path,
    *,
    spoil: Callable[[Path, Path], None],
    code: str,
    words: str,
) -> None:
    path = tmp_path / "mine.gguf"
    spoil(path, bundled_model)

    client = open_client(model=path)

    refusal = problem_of(client.post("/moderate", json={"text": POST}), status=503, code=code)
    assert words in refusal["detail"]
    assert str(path) in refusal["detail"]
    ready = problem_of(client.get("/readyz"), status=503, code="not_ready")
    assert refusal["detail"] in ready["detail"]
    assert client.get("/healthz").status_code == 200
    assert client.get("/review").status_code == 200


def test_heals_when_the_model_is_put_in_place(
    open_client: OpenClient, tmp_path: Path, bundled_model: Path
) -> None:
    path = tmp_path / "mine.gguf"
    client = open_client(model=path)
    problem_of(client.post("/moderate", json={"text": POST}), status=503, code="model_missing")

    path.with_suffix(".card.json").write_bytes(bundled_model.with_suffix(".card.json").read_bytes())
    copy_second_opinion(path, bundled_model)
    (tmp_path / "part").write_bytes(bundled_model.read_bytes())
    (tmp_path / "part").rename(path)

    deadline = time.monotonic() + HEAL_S
    while client.get("/readyz").status_code != 200 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert client.post("/moderate", json={"text": POST}).status_code == 200


@contextmanager
def held(database: Path, *, how: str = "IMMEDIATE") -> Iterator[None]:
    """Hold the database as another process would."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute(f"BEGIN {how}")
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_says_that_the_database_is_locked_and_goes_on_after(
    open_client: OpenClient, database_file: Path, how: str
) -> None:
    client = open_client(database_wait_s=0.1)

    with held(database_file, how=how):
        refusal = problem_of(
            client.post("/moderate", json={"text": POST}), status=503, code="database_locked"
        )
        ready = problem_of(client.get("/readyz"), status=503, code="not_ready")
        pages = client.get("/review")

    assert str(database_file) in refusal["detail"]
    assert "try again" in refusal["detail"]
    assert ready["detail"].startswith("database: ")
    assert pages.status_code == 200
    assert client.post("/moderate", json={"text": POST}).status_code == 200
    with closing(sqlite3.connect(database_file)) as other:
        assert other.execute("SELECT count(*) FROM decisions").fetchone() == (1,)


def test_says_that_the_database_is_read_only(
    open_client: OpenClient, database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    kept = open_client().post("/moderate", json={"text": POST}).json()

    client = open_client(
        database_url=f"sqlite:///file:{database_file}?mode=ro&uri=true",
        secret_key="0123456789abcdef0123456789abcdef",
    )

    response = client.post("/moderate", json={"text": POST})
    refusal = problem_of(response, status=503, code="database_read_only")
    assert "write access" in refusal["detail"]
    assert problem_of(client.get("/readyz"), status=503, code="not_ready")["detail"].startswith("database: ")
    assert client.get("/review").status_code == 200
    assert client.get(f"/decisions/{kept['id']}").json() == kept


def test_a_full_service_refuses_before_any_work_and_keeps_its_pages(
    open_client: OpenClient, database_file: Path
) -> None:
    client = open_client(max_in_flight=1, database_wait_s=30)

    def insist() -> int:
        # The one place may be taken by a question of the loop below.
        while (status := client.post("/moderate", json={"text": POST}).status_code) == 503:
            pass
        return status

    with ThreadPoolExecutor(1) as pool:
        with held(database_file):
            first = pool.submit(insist)
            while (response := client.get("/decisions/x")).status_code == 404:
                assert not first.done()
            refusal = problem_of(response, status=503, code="queue_full")
            pages = [client.get(path).status_code for path in ("/healthz", "/review", "/docs")]
        assert first.result() == 200

    assert "PLAINSPEAK_MAX_IN_FLIGHT" in refusal["detail"]
    assert pages == [200, 200, 200]
    assert client.get("/decisions/x").status_code == 404
