"""Bodies that are not what they say, or deeper, larger or stranger than anything honest."""

import gzip
import json
import re
import string
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from app.core.access import Scope
from app.web.main import create_app
from app.web.nesting import MOST_DEPTH, is_too_deep
from tests.attacks.conftest import Fort

EVERYWHERE = "0.0.0.0"  # noqa: S104 names are what is tested
JSON = {"content-type": "application/json"}
LINES = {"content-type": "application/x-ndjson"}
ROUTES = (
    "/moderate",
    "/moderate/batch",
    "/v1/moderations",
    "/v1alpha1/comments:analyze",
    "/v1alpha1/comments:suggestscore",
)
DEEP = (
    b"[" * 100_000,
    b"[" * 100_000 + b"]" * 100_000,
    b'{"text":' * 50_000 + b"1" + b"}" * 50_000,
    b'{"text": "a", "context": ' + b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1) + b"}",
    b'{"text": "\\"]]]]", "context": ' + b"[" * 40 + b"]" * 40 + b"}",
    b'{"comment": ' + b'{"a":[' * 500 + b"]}" * 500 + b"}",
    ("[" * 100_000).encode("utf-16"),
    ("[" * 100_000).encode("utf-32"),
)


@pytest.mark.parametrize("path", ROUTES)
def test_json_that_is_too_deep_is_refused_before_it_is_read(fort: Fort, path: str) -> None:
    caller = fort.caller(fort.keys[Scope.MODERATE])

    for body in DEEP:
        response = caller.post(path, content=body, headers=JSON)
        assert response.status_code == 400, body[:40]
        assert "nests deeper" in response.text
    lines = caller.post("/moderate/batch", content=b"\n".join(DEEP[:5]) + b'\n{"text": "x"}\n', headers=LINES)
    answers = [json.loads(line) for line in lines.text.splitlines()]
    assert [answer.get("code") for answer in answers[:-1]] == ["bad_json"] * 5
    assert answers[-1]["label"]


def test_what_honest_callers_send_is_not_too_deep(fort: Fort) -> None:
    caller = fort.caller(fort.keys[Scope.MODERATE])
    brackets = "[[[[{{{{" * 20

    assert caller.post("/moderate", json={"text": brackets, "context": [brackets] * 5}).status_code == 200
    items = [{"text": 'a "quoted" \\ [ thing'} for _ in range(100)]
    assert caller.post("/moderate/batch", json={"items": items}).status_code == 200


def test_depth_is_told_in_time_that_grows_as_the_body_does() -> None:
    for unit in (b"[]", b'"', b'"\\', b"\\", b'[""]', b"[" * 32 + b"]" * 32, b'{"a":"\\""}', b"[[]", b"]"):
        small, large = (_cost(partial(is_too_deep, unit * n), 3) for n in (4_000, 32_000))
        assert large < small * 8 * 6 + 0.05, unit


def _cost(work: Callable[[], object], tries: int) -> float:
    best = float("inf")
    for _ in range(tries):
        begun = time.thread_time()
        work()
        best = min(best, time.thread_time() - begun)
    return best


@pytest.mark.parametrize(
    "value",
    [
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"1e400",
        b"9" * 5_000,
        b"-" + b"9" * 100_000,
        b"1" + b"0" * 400,
        b"0x1F",
        b"1e-400",
        b"-0.0",
        b"00",
        b"1_000",
        b"true",
        b"null",
    ],
)
def test_numbers_that_are_none_are_refused_and_never_kept(fort: Fort, value: bytes) -> None:
    caller = fort.caller(fort.keys[Scope.MODERATE])
    bodies = {
        "/moderate": b'{"text": %s}' % value,
        "/moderate/batch": b'{"items": %s}' % value,
        "/v1/moderations": b'{"input": %s}' % value,
        "/v1alpha1/comments:analyze": b'{"comment": {"text": "hello"}, "requestedAttributes": {"TOXICITY": '
        b'{"scoreThreshold": %s}}}' % value,
        "/v1alpha1/comments:suggestscore": b'{"comment": {"text": "hello"}, "attributeScores": {"TOXICITY": '
        b'{"summaryScore": {"value": %s}}}}' % value,
    }

    for path, body in bodies.items():
        response = caller.post(path, content=body, headers=JSON)
        assert response.status_code < 500, (path, response.text)
        # Null is as good as no threshold to clients of Google's services.
        taken = {b"1e-400", b"-0.0", b"true"} | ({b"null"} if path.endswith(":analyze") else set())
        assert response.status_code >= 400 or value in taken, path
        json.loads(response.text, parse_constant=_no_constant)


def _no_constant(name: str) -> None:
    pytest.fail(f"The answer holds {name}, which is no JSON.")


def test_of_two_fields_of_one_name_neither_counts(fort: Fort) -> None:
    """Whoever checks the first in front of the service would check another text than the one that is kept."""
    caller = fort.caller(fort.keys[Scope.MODERATE])
    body = b'{"text": "have a lovely day", "text": "k!ll y0urs3lf"}'

    one = caller.post("/moderate", content=body, headers=JSON).json()
    line = caller.post("/moderate/batch", content=body + b"\n", headers=LINES).json()
    many = caller.post("/moderate/batch", content=b'{"items": [' + body + b"]}", headers=JSON).json()

    assert [each["code"] for each in (one, line, many)] == ["repeated_field"] * 3


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "identity, gzip", "GZIP"])
def test_a_compressed_body_is_never_unpacked(fort: Fort, coding: str) -> None:
    caller = fort.caller(fort.keys[Scope.MODERATE])
    bomb = gzip.compress(b'{"text": "' + b"a" * 50_000_000 + b'"}')
    packed = zlib.compress(b'{"text": "hello"}')

    for body in (bomb, packed):
        for path, kind in [*((path, JSON) for path in ROUTES), ("/moderate/batch", LINES)]:
            response = caller.post(path, content=body, headers={**kind, "content-encoding": coding})
            # Clients of Google's services know one status for all bad requests.
            assert response.status_code == (400 if path.startswith("/v1alpha1/") else 415), path
            assert "Send the body uncompressed" in response.json()["error"]["message"]


@pytest.mark.parametrize("coding", ["identity", "Identity", "", " , identity"])
def test_a_body_that_says_it_is_not_compressed_is_read(fort: Fort, coding: str) -> None:
    caller = fort.caller(fort.keys[Scope.MODERATE])

    response = caller.post("/moderate", json={"text": "hello"}, headers={"content-encoding": coding})

    assert response.status_code == 200


def test_a_second_line_of_the_header_counts_too(fort: Fort) -> None:
    headers = [("content-encoding", "identity"), ("content-encoding", "gzip"), *JSON.items()]

    assert fort.caller().post("/moderate", content=b"{}", headers=headers).status_code == 415


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:8000", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("localhost.evil.example", 400),
        ("evil.example:127.0.0.1", 400),
        ("evil.example@localhost", 400),
        ("localhost@evil.example", 400),
        ("localhost#evil.example", 400),
        ("localhost/evil", 400),
        ("localhost.", 400),
        ("127.1", 400),
        ("2130706433", 400),
        ("0", 400),
        ("[::ffff:127.0.0.1]", 400),
        ("", 400),
    ],
)
def test_a_page_that_gave_this_machine_a_name_of_its_own_gets_nothing(
    fort: Fort, host: str, status: int
) -> None:
    for path in ("/healthz", "/openapi.json", "/static/plainspeak.css"):
        assert fort.caller().get(path, headers={"host": host}).status_code == status
    if status == 400:
        assert fort.caller(fort.keys[Scope.ADMIN]).get("/review", headers={"host": host}).status_code == 400


def test_a_head_that_is_too_large_is_refused(fort: Fort) -> None:
    caller = fort.caller()

    assert caller.get("/healthz", headers={"x-large": "a" * 40_000}).status_code == 431
    assert caller.get("/healthz", headers={f"x-{n}": "a" * 400 for n in range(100)}).status_code == 431
    assert caller.get("/healthz?" + "a" * 40_000).status_code == 431
    assert caller.get("/healthz/" + "a" * 40_000).status_code == 431
    assert caller.get("/healthz", headers={"x-large": "a" * 20_000}).status_code == 200


@pytest.mark.parametrize("length", [b"9" * 30, b"9" * 5_000, b"1e3", b"0x10", b"+5", b"\xb2"])
def test_a_length_that_is_no_length_is_refused(fort: Fort, length: bytes) -> None:
    headers = {b"content-length": length, b"content-type": b"application/json"}
    response = fort.caller().post("/moderate", content=b"{}", headers=headers)

    assert response.status_code == 413
    assert len(response.text) < 2_000


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "A" * 100])
def test_no_other_method_does_anything(fort: Fort, method: str) -> None:
    caller = fort.caller(fort.keys[Scope.ADMIN])
    before = fort.rows()

    for path in (
        "/moderate",
        "/review",
        "/people/cleo",
        "/static/x",
        "/login",
        # An admin's key erases this one, and may.
        *([f"/decisions/{fort.decision}"] if method != "DELETE" else []),
    ):
        assert caller.request(method, path).status_code in {400, 401, 403, 404, 405}, path
    assert fort.rows() == before


def test_values_with_a_line_feed_begin_no_header(fort: Fort) -> None:
    caller = fort.caller(fort.keys[Scope.ADMIN])

    for path in (
        "/review?state=x%0d%0aset-cookie:zxq=1",
        "/login?next=/review%0d%0aset-cookie:zxq=1",
        "/decisions/export.csv?q=%0d%0aset-cookie:zxq=1",
        "/lexicon/x%0d%0aset-cookie:zxq=1",
        "/review/%0d%0aset-cookie:zxq=1/",
    ):
        response = caller.get(path)
        assert "zxq" not in str(response.headers), path
        assert response.status_code < 500


def test_the_words_of_an_error_repeat_little_of_what_was_sent(fort: Fort) -> None:
    caller = fort.caller(fort.keys[Scope.MODERATE])
    long = string.ascii_letters * 400

    for response in (
        caller.post("/moderate", json={"text": "x", long: 1}),
        caller.post("/moderate", json={"text": [long]}),
        caller.post("/moderate", json={"text": "x"}, headers={"idempotency-key": long[:20_000]}),
        caller.post("/moderate", content=b"x", headers={"content-type": long[:20_000]}),
        caller.get("/healthz", headers={"host": long[:20_000]}),
        caller.post(
            "/v1alpha1/comments:analyze",
            json={"comment": {"text": "x"}, "requestedAttributes": {long: {}}, "languages": [long]},
        ),
    ):
        assert 400 <= response.status_code < 500
        assert len(response.text) < 2_500, response.text
        assert not re.search(r"[A-Za-z]{300}", response.text)


@pytest.mark.parametrize(
    ("host", "names", "good", "bad"),
    [
        (
            "127.0.0.1",
            "Desk.example, other.example",
            ["desk.example", "OTHER.example:443", "localhost"],
            ["x"],
        ),
        ("127.0.0.1", "*", ["anything.example"], []),
        ("::1", "", ["[::1]:8000", "localhost"], ["evil.example", "::1.example"]),
        (EVERYWHERE, "", ["anything.example", "192.0.2.7"], []),
        (EVERYWHERE, "desk.example", ["desk.example:8000", "127.0.0.1"], ["evil.example", "192.0.2.7"]),
    ],
)
def test_the_names_that_are_allowed_are_those_that_are_answered(
    fort: Fort, host: str, names: str, good: list[str], bad: list[str]
) -> None:
    settings = fort.runtime.settings.model_copy(update={"host": host, "allowed_hosts": names})
    caller = replace(fort, app=create_app(replace(fort.runtime, settings=settings))).caller()

    assert [caller.get("/healthz", headers={"host": name}).status_code for name in good] == [200] * len(good)
    assert [caller.get("/healthz", headers={"host": name}).status_code for name in bad] == [400] * len(bad)
