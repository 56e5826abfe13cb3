"""What an app can have erased and told, over the whole service."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from app import bootstrap
from app.core.access import Scope
from app.core.people import Role
from app.settings import Settings
from tests.web.conftest import MakeKey

WORD = "zxqvbrmpt"
POST = f"I want to unalive myself {WORD}"
OpenClient = Callable[..., TestClient]


@pytest.fixture
def caller(open_client: OpenClient) -> TestClient:
    return open_client()


def send(caller: TestClient, **fields: object) -> dict[str, Any]:
    body = {"text": POST, "author_id": "gonzo/8", "content_id": WORD, "context": [f"before {WORD}"], **fields}
    answer = caller.post("/moderate", json=body, headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def appeal(caller: TestClient, decision_id: str) -> None:
    answer = caller.post(f"/decisions/{decision_id}/appeal", json={"reason": f"{WORD} is a name"})
    assert answer.status_code == 201, answer.text


def test_a_decision_is_erased_from_every_file_and_from_the_next_backup(
    caller: TestClient, database_file: Path, tmp_path: Path
) -> None:
    decision = send(caller)
    appeal(caller, decision["id"])

    erased = caller.delete(f"/decisions/{decision['id']}")

    assert (erased.status_code, erased.json()) == (
        200,
        {
            "decisions": 1,
            "review_items": 1,
            "rulings": 0,
            "appeals": 1,
            "feedback": 0,
            "webhook_deliveries": 0,
            "receipts": 2,
            "scrubbed": True,
        },
    )
    assert caller.get(f"/decisions/{decision['id']}").status_code == 404
    assert caller.delete(f"/decisions/{decision['id']}").status_code == 404
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(database_file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    for file in [*tmp_path.glob("plainspeak.*"), copy]:
        assert WORD.encode() not in file.read_bytes().lower(), file


def test_an_author_is_told_what_is_held_and_erased(caller: TestClient, database_file: Path) -> None:
    mine = [send(caller), send(caller, text=f"have a lovely day {WORD}"), send(caller, store=False)]
    other = send(caller, text="have a lovely day", author_id="gonzo", content_id="c-2", context=[])
    appeal(caller, mine[0]["id"])

    told = caller.get("/authors/gonzo%2F8/export")
    erased = caller.delete("/authors/gonzo%2F8")

    assert (told.status_code, told.headers["cache-control"]) == (200, "no-store")
    held = told.json()["decisions"]
    assert told.json()["author_id"] == "gonzo/8"
    assert {each["decision"]["id"] for each in held} == {each["id"] for each in mine}
    first = next(each for each in held if each["decision"]["id"] == mine[0]["id"])
    assert first["decision"]["text"] == POST
    assert first["decision"]["context"] == [f"before {WORD}"]
    assert first["appeals"][0]["reason"] == f"{WORD} is a name"
    assert first["review"]["state"] == "open"
    assert first["receipts"] == 1
    assert [each["kind"] for each in first["audit_events"]] == ["decision.recorded", "appeal.opened"]
    assert (erased.status_code, erased.json()["decisions"]) == (200, 3)
    assert caller.get("/authors/gonzo%2F8/export").status_code == 404
    assert caller.delete("/authors/gonzo%2F8").status_code == 404
    assert caller.get(f"/decisions/{other['id']}").status_code == 200
    for file in database_file.parent.glob("plainspeak.*"):
        content = file.read_bytes().lower()
        assert (WORD.encode() in content, b"gonzo/8" in content) == (False, False), file


@pytest.mark.parametrize("author", ["...", "a/../b", "a/export", " ", "ä b", "?a#b", "\u0085"])
def test_whatever_id_is_taken_can_be_told_and_erased(caller: TestClient, author: str) -> None:
    decision = send(caller, author_id=author)
    path = f"/authors/{quote(author, safe='')}"

    told = caller.get(f"{path}/export").json()["decisions"]
    erased = caller.delete(path).json()["decisions"]

    assert ([each["decision"]["id"] for each in told], erased) == ([decision["id"]], 1)


def test_an_address_that_names_no_author_erases_and_tells_nothing(
    caller: TestClient, database_file: Path
) -> None:
    decision = send(caller)
    with closing(sqlite3.connect(database_file)) as database:
        database.execute("UPDATE decisions SET author_id = ''")
        database.commit()

    answers = [caller.delete("/authors/"), caller.get("/authors//export")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert caller.get(f"/decisions/{decision['id']}").status_code == 200


def test_only_an_admin_s_key_erases_and_exports(open_client: OpenClient, make_key: MakeKey) -> None:
    keys = {scope: {"X-API-Key": make_key(scope)} for scope in Scope}
    caller = open_client(require_keys=True)
    answer = caller.post("/moderate", json={"text": POST, "author_id": "a"}, headers=keys[Scope.MODERATE])
    path = f"/decisions/{answer.json()['id']}"

    def statuses(headers: dict[str, str]) -> list[int]:
        return [
            caller.get("/authors/a/export", headers=headers).status_code,
            caller.delete(path, headers=headers).status_code,
            caller.delete("/authors/a", headers=headers).status_code,
        ]

    assert statuses({}) == [401, 401, 401]
    assert statuses(keys[Scope.MODERATE]) == statuses(keys[Scope.REVIEW]) == [403, 403, 403]
    assert caller.get(path, headers=keys[Scope.MODERATE]).status_code == 200
    # The author's only decision is erased by the second, so the third finds nothing.
    assert statuses(keys[Scope.ADMIN]) == [200, 200, 404]


def test_the_form_too_erases_for_an_admin_s_key_alone(open_client: OpenClient, make_key: MakeKey) -> None:
    keys = {scope: {"X-API-Key": make_key(scope)} for scope in Scope}
    caller = open_client(require_keys=True)
    answer = caller.post("/moderate", json={"text": POST}, headers=keys[Scope.MODERATE])
    path = f"/decisions/{answer.json()['id']}"

    def erased_with(key: dict[str, str]) -> int:
        page = caller.get(f"{path}/view", headers=key).text
        token = re.findall(r'name="csrf" value="([^"]+)"', page)[0]
        caller.post(f"{path}/erase", data={"csrf": token, "sure": "yes"}, headers=key)
        return caller.get(path, headers=keys[Scope.MODERATE]).status_code

    assert [erased_with(keys[scope]) for scope in (Scope.REVIEW, Scope.ADMIN)] == [200, 404]


def test_where_people_log_in_nobody_else_erases(open_client: OpenClient, database_file: Path) -> None:
    with bootstrap.open_people(Settings(database_url=f"sqlite:///{database_file}")) as people:
        people.add("ada", "three long words", Role.ADMIN, actor="test")
    caller = open_client()
    decision = send(caller)

    assert caller.delete(f"/decisions/{decision['id']}").status_code == 401
    assert caller.delete("/authors/gonzo%2F8").status_code == 401
    assert caller.get("/authors/gonzo%2F8/export").status_code == 401
    assert caller.get(f"/decisions/{decision['id']}").status_code == 200
