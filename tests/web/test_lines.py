"""Many posts as lines, in and out, and the answers as they come."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Runtime
from app.core.errors import QueueFull
from app.web.lines import GROUP_LINES

OpenClient = Callable[..., TestClient]
LINES = {"content-type": "application/x-ndjson"}
PATH = "/moderate/batch"


def send(client: TestClient, *lines: object, **headers: str) -> list[Any]:
    body = "".join(json.dumps(line) + "\n" for line in lines)
    response = client.post(PATH, content=body, headers=LINES | headers)
    assert (response.status_code, response.headers["content-type"]) == (200, "application/x-ndjson")
    return [json.loads(line) for line in response.text.splitlines()]


def test_each_line_has_an_answer_in_order_that_is_kept(client: TestClient) -> None:
    texts = [
        "I want to unalive myself" if n % 3 == 0 else f"good morning {n}" for n in range(GROUP_LINES + 5)
    ]

    answers = send(client, *({"text": text, "content_id": f"line-{n}"} for n, text in enumerate(texts)))

    assert [each["action"] for each in answers] == [
        "review" if "unalive" in text else "allow" for text in texts
    ]
    assert client.get(f"/decisions/{answers[-1]['id']}").json()["id"] == answers[-1]["id"]


def test_a_line_that_cannot_be_judged_gets_a_problem_and_the_others_an_answer(client: TestClient) -> None:
    good = {"text": "have a lovely day"}
    body = [
        json.dumps(good),
        "{",
        "",
        '{"text": ""}',
        '{"txt": "x"}',
        '{"text": "\\ud83d"}',
        '{"text": "x", "author_id": ""}',
        "[]",
        json.dumps(good),
    ]

    headers = LINES | {"idempotency-key": "lines-with-problems"}
    response = client.post(PATH, content="\n".join(body), headers=headers)

    answers = [json.loads(line) for line in response.text.splitlines()]
    assert [each.get("code") or each["action"] for each in answers] == [
        "allow",
        "bad_json",
        "empty_text",
        "missing_field",
        "unreadable_text",
        "id_invalid",
        "invalid_field",
        "allow",
    ]
    assert all(each["status"] == 422 or each["code"] == "bad_json" for each in answers if "code" in each)


def test_the_same_lines_under_the_same_key_get_the_same_decisions(client: TestClient) -> None:
    lines = [{"text": f"sent again {n}"} for n in range(GROUP_LINES + 2)] + [{"text": ""}]

    first, second = (send(client, *lines, **{"idempotency-key": "the-same-lines"}) for _ in range(2))

    assert [each.get("id") for each in first] == [each.get("id") for each in second]
    assert len({each["id"] for each in first if "id" in each}) == GROUP_LINES + 2


def test_each_group_of_lines_has_a_key_of_its_own(client: TestClient) -> None:
    """As docs/api.md says."""
    header = {"idempotency-key": "lines-that-change"}
    lines = [{"text": f"a group of its own {n}"} for n in range(GROUP_LINES + 1)]

    first = send(client, *lines, **header)
    second = send(client, *lines, {"text": "one more"}, **header)
    elsewhere = client.post("/moderate", json={"text": "the bare key"}, headers=header)

    assert [each.get("id") for each in second[:GROUP_LINES]] == [each["id"] for each in first[:GROUP_LINES]]
    assert [each.get("code") for each in second[GROUP_LINES:]] == ["idempotency_key_reused"] * 2
    assert elsewhere.status_code == 200


def test_no_lines_get_no_answers(client: TestClient) -> None:
    assert send(client) == []


def test_answers_come_while_later_ones_are_judged(service_url: str) -> None:
    """A client that reads gets the first answers before the last post is judged."""
    count = 4 * GROUP_LINES
    body = b"".join(b'{"text": "good morning %d"}\n' % number for number in range(count))
    with httpx2.stream("POST", service_url + PATH, content=body, headers=LINES, timeout=300) as response:
        pieces = list(response.iter_raw())
    assert len(pieces) > 1
    assert b"".join(pieces).count(b"\n") == count


def test_a_body_may_be_larger_than_one_of_json_and_a_line_may_not(open_client: OpenClient) -> None:
    client = open_client(max_body_bytes=1000, max_lines_bytes=5000)
    line = json.dumps({"text": "good morning"})

    def chunks(count: int) -> Iterator[bytes]:
        yield from (line.encode() + b"\n" for _ in range(count))

    many = client.post(PATH, content=chunks(100), headers=LINES)
    long = send(client, {"text": "x" * 2000}, {"text": "good morning"})
    too_many = [
        client.post(PATH, content=chunks(1000), headers=LINES),
        client.post(PATH, content=b"".join(chunks(1000)), headers=LINES),
    ]

    assert (many.status_code, many.text.count("\n")) == (200, 100)
    assert [each.get("code") or each["action"] for each in long] == ["text_too_long", "allow"]
    assert [each.status_code for each in too_many] == [413, 413]
    assert all("PLAINSPEAK_MAX_LINES_BYTES" in each.json()["detail"] for each in too_many)
    assert client.post("/moderate", content=b"".join(chunks(100)), headers=LINES).status_code == 413


@pytest.mark.parametrize("group", [0, 1])
def test_a_full_queue_is_a_503_at_first_and_later_a_problem_on_each_line(
    client: TestClient, runtime: Runtime, monkeypatch: pytest.MonkeyPatch, group: int
) -> None:
    judge, calls = runtime.moderation.moderate_many, 0

    def busy(*args: Any, **keywords: Any) -> object:  # noqa: ANN401 whatever the service takes
        nonlocal calls
        calls += 1
        if calls == group + 1:
            raise QueueFull("Too much is waiting. Try again in a second.")
        return judge(*args, **keywords)

    monkeypatch.setattr(runtime.moderation, "moderate_many", busy)
    body = '{"text": "good morning"}\n' * (GROUP_LINES + 2)
    response = client.post(PATH, content=body, headers=LINES)

    if group == 0:
        assert (response.status_code, response.headers["retry-after"]) == (503, "1")
    else:
        answers = [json.loads(line) for line in response.text.splitlines()]
        assert [each["code"] for each in answers if "code" in each] == ["queue_full"] * 2
        assert len(answers) == GROUP_LINES + 2
