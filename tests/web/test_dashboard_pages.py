"""The dashboard over the whole service, and its pictures."""

import json
import re
import shutil
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event

from app.core.card import scores_entry
from app.web.dashboard import drift_words, span
from app.web.pictures import ceiling, curve, diagonal, dots, drawn, grid, hints, spaced, stacked, upright

OpenClient = Callable[..., TestClient]
MOST_QUERIES = 12
FOLLOWERS = ("plainspeak-lexicon", "plainspeak-policy")
FORBIDDEN = re.compile(r"\bstyle=|<style|<script(?! type=\"module\" src)|\son\w+=")


@pytest.fixture
def service_settings(settings_over_both: dict[str, object]) -> dict[str, object]:
    return settings_over_both


@pytest.fixture
def browser(open_client: OpenClient) -> TestClient:
    return open_client()


def queries_of(ask: Callable[[], object]) -> int:
    made: list[str] = []

    def note(*given: object) -> None:
        # Lexicon and policy are followed on threads of their own, however long the page takes.
        if threading.current_thread().name not in FOLLOWERS:
            made.append(str(given[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return sum(not each.startswith(("BEGIN", "PRAGMA")) for each in made)


def test_what_was_judged_and_ruled_is_on_the_dashboard(browser: TestClient) -> None:
    for days in ("1", "7", "14", "30", "no-number"):
        empty = browser.get(f"/dashboard?days={days}")
        assert empty.status_code == 200
        assert "Nothing waits now." in empty.text
        assert "Nobody ruled in this time." in empty.text

    for text in ("hello there", "i will find your house and kill you", "I want to unalive myself"):
        assert browser.post("/moderate", json={"text": text}).status_code == 200
    token = re.search(r'name="csrf" value="([^"]+)"', browser.get("/review").text)
    assert token is not None
    item = browser.post("/review/next", data={"csrf": token[1]})
    version = re.search(r'name="version" value="(\d+)"', item.text)
    assert version is not None
    ruling = {"csrf": token[1], "version": version[1], "action": "block"}
    assert browser.post(f"{item.url.path}/ruling", data=ruling).status_code == 200

    page = browser.get("/dashboard").text
    assert re.search(r"<dt>Posts judged</dt><dd>3</dd>", page)
    assert re.search(r"<dt>Waiting now</dt><dd>1</dd>", page)
    assert "less than a minute" in page
    assert 'href="/lexicon/unalive"' in page
    assert "On the last 1 of its verdicts" in page
    assert "benign held back" in page

    for address in ("/dashboard", "/policy", "/review", "/decisions"):
        answers: list[str] = []
        assert queries_of(partial(ask, browser, address, into=answers)) <= MOST_QUERIES
        assert not FORBIDDEN.search(answers[0])


def test_scores_stand_beside_those_of_the_card(
    open_client: OpenClient, bundled_model: Path, tmp_path: Path
) -> None:
    for path in bundled_model.parent.glob("plainspeak-mini.*"):
        shutil.copy(path, tmp_path / path.name)
    (card,) = tmp_path.glob("*.card.json")
    said = json.loads(card.read_text(encoding="utf-8"))
    said["scores"] = scores_entry("every_day", [0.01] * 150 + [0.97] * 50)
    card.write_text(json.dumps(said), encoding="utf-8")
    browser = open_client(model=tmp_path / bundled_model.name)
    few = browser.get("/dashboard").text
    assert "There are too few posts, now or on the card’s set, to compare." in few
    items = [{"text": f"good morning {number}"} for number in range(120)]
    assert browser.post("/moderate/batch", json={"items": items}).status_code == 200
    page = browser.get("/dashboard").text
    assert "The set is every day, of 200 texts." in page
    assert "Scores are spread clearly differently than on the card’s set" in page
    assert re.search(r"<th scope=\"row\">95 to 100%</th><td>0</td><td>0%</td><td>25%</td>", page)


def ask(browser: TestClient, address: str, *, into: list[str]) -> None:
    into.append(browser.get(address).text)


def test_drawings_are_well_formed_and_carry_no_style() -> None:
    marks = [
        *grid(),
        *stacked([[1, 2], [0, 3]], ["part-0", "part-1"], top=5),
        *curve([1, 2], "tone", top=2),
        *dots([(0.1, 0.2), (0.5, 0.6)], "tone"),
        diagonal(),
        upright(0.4, "cut-review"),
        *hints(["<b>1 & 2</b>"]),
    ]

    root = ET.fromstring(drawn(marks))  # noqa: S314  drawn just above

    assert root.attrib["preserveAspectRatio"].startswith("none")
    assert all("style" not in element.attrib for element in root.iter())
    assert [each.text for each in root.iter() if each.tag.endswith("title")] == ["<b>1 & 2</b>"]


def test_scales_and_words_are_round() -> None:
    assert [ceiling(value) for value in (0, 0.5, 1.5, 9, 51, 1234)] == [1, 1, 2, 10, 80, 2000]
    assert spaced(["a", "b", "c", "d", "e"], 3) == ("a", "c", "e")
    assert spaced(["a"], 3) == ("a",)
    lengths = (timedelta(seconds=9), timedelta(minutes=40), timedelta(hours=3.5), timedelta(days=40))
    assert [span(each) for each in lengths] == ["less than a minute", "40 minutes", "3.5 hours", "40 days"]
    words = [drift_words(each) for each in (None, 0.01, 0.2, 0.9)]
    assert len(set(words)) == 4
