"""A field that is there twice: parsers differ on which of them counts, so none does."""

import json

import pytest
from fastapi.testclient import TestClient

from app.core.errors import FieldRepeated
from app.web.strict_json import parse_json

JSON = {"content-type": "application/json"}
LINES = {"content-type": "application/x-ndjson"}
POST = '{"text": "have a lovely day", "text": "I want to unalive myself"}'
BODIES = {
    "/moderate": POST,
    "/moderate/batch": f'{{"items": [{{"text": "fine"}}, {POST}]}}',
    "/v1/moderations": '{"input": "have a lovely day", "model": "any", "input": "other"}',
    "/decisions/some-id/appeal": '{"reason": "It was a song.", "reason": "It was not."}',
    "/v1alpha1/comments:analyze": '{"comment": {"text": "a"}, "requestedAttributes": {"TOXICITY": {}, '
    '"TOXICITY": {"scoreThreshold": 1}}}',
    "/v1alpha1/comments:suggestscore": '{"comment": {"text": "a", "text": "b"}, "attributeScores": '
    '{"TOXICITY": {"summaryScore": {"value": 1}}}}',
}
TWICE = {
    "/v1/moderations": "input",
    "/decisions/some-id/appeal": "reason",
    "/v1alpha1/comments:analyze": "TOXICITY",
}


@pytest.mark.parametrize("path", BODIES)
def test_a_field_that_is_there_twice_is_refused_by_its_name(client: TestClient, path: str) -> None:
    response = client.post(path, content=BODIES[path], headers=JSON)

    sentence = f"The field {TWICE.get(path, 'text')!r} is there more than once. Send it once."
    answer = response.json()
    assert answer["error"]["message"] == sentence
    if path.startswith("/v1alpha1/"):
        assert (response.status_code, answer["error"]["code"]) == (400, 400)
        assert answer["error"]["details"] == [{"errorType": "REPEATED_FIELD"}]
    else:
        assert (response.status_code, answer["code"], answer["error"]["code"]) == (
            400 if path.startswith("/v1/") else 422,
            *["repeated_field"] * 2,
        )


def test_a_line_with_a_field_twice_is_refused_and_the_others_are_judged(client: TestClient) -> None:
    good = '{"text": "have a lovely day"}'

    response = client.post("/moderate/batch", content="\n".join((good, POST, good)), headers=LINES)

    answers = [json.loads(line) for line in response.text.splitlines()]
    assert [each.get("code", each.get("action")) for each in answers] == ["allow", "repeated_field", "allow"]


def test_the_same_name_in_other_objects_is_no_repetition(client: TestClient) -> None:
    items = [{"text": "have a lovely day"}, {"text": "have a lovely day"}]

    assert client.post("/moderate/batch", json={"items": items}).status_code == 200


def test_what_is_no_json_is_still_told_so(client: TestClient) -> None:
    for body in (b"{", b"\xff\xfe\xff", b'{"text": "a"} {"text": "b"}'):
        response = client.post("/moderate", content=body, headers=JSON)
        assert (response.status_code, response.json()["code"]) == (400, "bad_json")
    assert client.post("/moderate", content=b"", headers=JSON).json()["code"] == "missing_field"
    assert client.post("/moderate", content=POST, headers={"content-type": "text/plain"}).status_code == 415


def test_a_repetition_among_a_great_many_fields_is_found() -> None:
    fields = ", ".join(f'"{number}": 0' for number in range(100_000))

    with pytest.raises(FieldRepeated, match="'77777'"):
        parse_json(f'{{{fields}, "77777": 1}}'.encode())
    with pytest.raises(FieldRepeated) as found:
        parse_json(json.dumps({"x" * 500: 0})[:-1].encode() + b', "' + b"x" * 500 + b'": 1}')
    assert len(str(found.value)) < 160
