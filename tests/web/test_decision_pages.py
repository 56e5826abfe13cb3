"""Search, permalinks, export and erasure as a browser without script sees them, over the whole service."""

import csv
import html
import json
import re
from collections.abc import Callable
from io import StringIO

import pytest
from fastapi.testclient import TestClient

OpenClient = Callable[..., TestClient]
FORMULA = '=HYPERLINK("http://x") you are a fool'


@pytest.fixture
def service_settings(settings_over_both: dict[str, object]) -> dict[str, object]:
    return settings_over_both


@pytest.fixture
def caller(open_client: OpenClient) -> TestClient:
    return open_client()


def judge(caller: TestClient, text: str, **fields: object) -> str:
    answer = caller.post("/moderate", json={"text": text, **fields})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


def links(html: str) -> list[str]:
    return re.findall(r'class="open" href="/decisions/([^/]+)/view"', html)


def test_decisions_are_found_by_what_was_meant(caller: TestClient) -> None:
    meant = judge(caller, "I want to unalive myself", author_id="u-1")
    other = judge(caller, "lovely weather <b>today</b>", author_id="u-2")
    assert links(caller.get("/decisions").text) == [other, meant]
    assert links(caller.get("/decisions?q=kill+myself").text) == [meant]
    assert links(caller.get("/decisions?label=safe").text) == [other]
    assert links(caller.get("/decisions?author=u-2&since=2020-01-01").text) == [other]
    html = caller.get('/decisions?q="weather <b>').text
    assert links(html) == [other]
    assert 'value="&#34;weather &lt;b&gt;"' in html
    assert "&lt;b&gt;today&lt;/b&gt;" in html
    nothing = caller.get("/decisions?q=%21%21")
    assert "Type at least one letter or digit." in nothing.text
    assert "Try fewer words" in caller.get("/decisions?q=zeppelin").text


@pytest.mark.parametrize(
    "query", ["label=x", "category=x", "action=x", "since=x", "until=2026-13-01", "until=9999-12-31"]
)
def test_a_search_that_does_not_exist_says_so(caller: TestClient, query: str) -> None:
    for path in ("/decisions", "/decisions/export.csv"):
        response = caller.get(f"{path}?{query}")
        assert response.status_code == 422
        assert "There is no such search" in response.text


@pytest.mark.parametrize(
    "query",
    [
        "after=d-1",
        "after=2026-11-22T08:00:00_d-1",
        "after=2026-11-22T08:00:00%2B00:00_",
        "q=you&after=2026-11-22T08:00:00%2B00:00_d-1",
        "q=you&after=-1_d-1",
        "q=you&after=9223372036854775808_d-1",
    ],
)
def test_a_place_that_is_none_says_so(caller: TestClient, query: str) -> None:
    response = caller.get(f"/decisions?{query}")
    assert response.status_code == 422
    assert "There is no such search" in response.text


@pytest.mark.parametrize("words", ["", "&q=morning"])
def test_pages_follow_each_other(caller: TestClient, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("app.web.decisions.PAGE_ROWS", 2)
    made = [judge(caller, f"good morning number {number}") for number in range(5)]
    found, address = [], f"/decisions?{words}"
    while address:
        page = caller.get(address).text
        found += links(page)
        following = re.search(r'href="([^"]*after=[^"]*)"', page)
        address = html.unescape(following[1]) if following else ""
    assert found == made[::-1]


def test_a_decision_has_a_page_and_the_api_still_answers_in_json(caller: TestClient) -> None:
    decision = judge(caller, "I want to unalive myself")
    html = caller.get(f"/decisions/{decision}/view").text
    assert "In plain words" in html
    assert "decision.recorded" in html
    assert caller.get(f"/decisions/{decision}").json()["id"] == decision
    missing = caller.get("/decisions/nothing/view")
    assert (missing.status_code, "There is no decision" in missing.text) == (404, True)
    assert missing.headers["content-type"].startswith("text/html")


def test_what_is_found_is_exported(caller: TestClient) -> None:
    formula = judge(caller, FORMULA)
    judge(caller, "lovely weather today")
    response = caller.get("/decisions/export.csv?q=fool")
    assert "decisions.csv" in response.headers["content-disposition"]
    (row,) = csv.DictReader(StringIO(response.text))
    assert (row["id"], row["text"]) == (formula, "'" + FORMULA)
    assert row["ruling"] == ""
    lines = [json.loads(line) for line in caller.get("/decisions/export.jsonl").text.splitlines()]
    assert [line["text"] for line in lines] == ["lovely weather today", FORMULA]
    assert caller.get("/decisions/export.jsonl?q=%21%21").text == ""


def test_a_decision_is_erased_by_somebody_who_is_sure(caller: TestClient) -> None:
    decision = judge(caller, "I want to unalive myself")
    page = f"/decisions/{decision}"
    token = re.findall(r'name="csrf" value="([^"]+)"', caller.get(f"{page}/view").text)[0]

    refused = caller.post(f"{page}/erase", data={"csrf": token})
    assert refused.status_code == 422
    assert "tick that you are sure" in refused.text
    assert caller.post(f"{page}/erase", data={"sure": "yes"}).status_code == 403
    assert caller.get(page).status_code == 200

    erased = caller.post(f"{page}/erase", data={"csrf": token, "sure": "yes"})
    assert erased.status_code == 200
    assert "Erased." in erased.text
    assert caller.get(page).status_code == 404
    assert links(caller.get("/decisions?q=myself").text) == []
    assert links(caller.get("/decisions").text) == []
    assert "No open items" in caller.get("/review?state=open").text
