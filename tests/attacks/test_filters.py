"""SQL and search syntax in every filter; patterns that mean more than they should."""

import pytest

from app.core.access import Scope, key_hash
from app.services.people import Role
from tests.attacks.conftest import Fort

SQL = (
    "'",
    "''; DROP TABLE decisions; --",
    "' OR '1'='1",
    '" OR 1=1 --',
    "x' UNION SELECT hash, 1, 1, 1, 1 FROM api_keys --",
    "%",
    "_",
    "%' ESCAPE '\\",
    "\\",
    '"',
    '"unclosed',
    "NEAR(kill yourself, 5)",
    "kill AND NOT yourself",
    "text : kill",
    "decision_search : kill",
    "kill*",
    "^kill",
    "{text} : kill",
    "(((((",
    "-kill",
    "+kill",
    ":name",
    "?1",
    "$1",
    "%s%s%n",
    "\x1a",
    "0x27",
    "1;WAITFOR DELAY '0:0:5'",
    "’ OR ’1’=’1",
    "a" * 20_000,
)


@pytest.mark.parametrize("given", SQL)
def test_no_filter_is_read_as_sql(fort: Fort, given: str) -> None:
    browser = fort.browser(Role.ADMIN)
    hashed = key_hash(fort.keys[Scope.ADMIN], secret=fort.runtime.secret)
    before = fort.rows()

    for page, names in {
        "/decisions": ("q", "author", "content", "after", "label", "category", "action", "since", "until"),
        "/decisions/export.csv": ("q", "author", "content"),
        "/decisions/export.jsonl": ("q", "author", "content"),
        "/review": ("category", "label", "state", "order", "score", "age", "after", "before"),
        "/lexicon": ("q", "category", "state", "page"),
        "/webhooks": ("state", "before"),
        "/discovery": ("days", "since", "q"),
        "/dashboard": ("days", "since", "window"),
    }.items():
        for name in names:
            response = browser.get(page, params={name: given})
            assert response.status_code in {200, 303, 404, 413, 422, 431}, (page, name, response.text[:200])
            assert hashed not in response.text
    assert fort.rows() == before


@pytest.mark.parametrize("given", ["%", "_", "somebod_", "%ody", "' OR '1'='1", "SOMEBODY", "somebody' --"])
def test_a_filter_finds_what_is_equal_and_nothing_else(fort: Fort, given: str) -> None:
    browser = fort.browser(Role.VIEWER)

    assert fort.decision in browser.get("/decisions", params={"author": "somebody"}).text
    assert fort.decision not in browser.get("/decisions", params={"author": given}).text
    assert fort.decision not in browser.get("/decisions/export.jsonl", params={"author": given}).text


@pytest.mark.parametrize(
    "given", ["' OR '1'='1", "../first", "first%", "%", "../../etc/passwd", "..%2f..%2fx"]
)
def test_no_id_is_read_as_anything_else(fort: Fort, given: str) -> None:
    caller = fort.caller(fort.keys[Scope.ADMIN])

    for address in (
        f"/decisions/{given}",
        f"/decisions/{given}/view",
        f"/review/{given}",
        f"/lexicon/{given}",
        f"/static/{given}",
        f"/docs/assets/{given}",
    ):
        response = caller.get(address)
        assert response.status_code in {307, 404, 405}, address
        assert "root:x" not in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/static/../main.py",
        "/static/..%2fmain.py",
        "/static/%2e%2e/main.py",
        "/static/%2e%2e%2fmain.py",
        "/static/..%5cmain.py",
        "/static/....//main.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/./../main.py",
        "/static/plainspeak.css/../../main.py",
        "/static/%c0%ae%c0%ae/main.py",
        "/static/%252e%252e/main.py",
        "/static/~root",
        "/static/",
        "/static/.",
        "/docs/assets/../__init__.py",
        "/docs/assets/%2e%2e/__init__.py",
        "/docs/assets/..%2f..%2f..%2fetc%2fpasswd",
    ],
)
def test_no_file_is_served_but_those_that_are_meant_to_be(fort: Fort, path: str) -> None:
    response = fort.caller().get(f"http://127.0.0.1{path}")

    assert response.status_code in {307, 401, 404}
    assert "import" not in response.text
    assert "root:x" not in response.text
