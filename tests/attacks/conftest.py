"""A service that asks for keys and logins, with somebody of each role, and what an attacker may have."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app import bootstrap
from app.bootstrap import Runtime
from app.core.access import Scope
from app.services.people import Role
from app.settings import Settings
from app.web.main import create_app

URL = "http://127.0.0.1"
PASSWORD = "seven green apples"
NAMES = {Role.ADMIN: "ada", Role.MODERATOR: "ben", Role.VIEWER: "cleo"}
POST = "I want to unalive myself"
HTML = {"accept": "text/html,application/xhtml+xml"}


@dataclass(frozen=True, slots=True)
class Fort:
    """The service under attack."""

    app: FastAPI
    runtime: Runtime
    file: Path
    keys: dict[Scope, str]
    revoked: str
    decision: str
    """Of a post that waits for a person."""
    item: str

    def caller(self, key: str = "") -> TestClient:
        """A program, with a key or without."""
        headers = {"x-api-key": key} if key else {}
        return TestClient(
            self.app,
            base_url=URL,
            raise_server_exceptions=False,
            follow_redirects=False,
            headers=headers,
        )

    def browser(self, role: Role | None = None) -> TestClient:
        """A browser, of somebody who is logged in or of nobody."""
        browser = TestClient(
            self.app, base_url=URL, raise_server_exceptions=False, follow_redirects=False, headers=HTML
        )
        if role is not None:
            # As /login does, without its throttle: tests log in more often than people.
            cookie = self.runtime.people.log_in(NAMES[role], PASSWORD, agent="test")
            browser.cookies.set("plainspeak_session", cookie)
        return browser

    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as database:
            tables = [
                name
                for (name,) in database.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'decision_search%'"
                )
            ]
            return {
                name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
                for name in tables
            }


def token_of(browser: TestClient, page: str) -> str:
    """The token of the forms of a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', browser.get(page).text)
    assert found is not None, page
    return found.group(1)


@pytest.fixture(scope="module")
def fort(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fort]:
    file = tmp_path_factory.mktemp("fort") / "plainspeak.db"
    settings = Settings.model_validate(
        {
            "database_url": f"sqlite:///{file}",
            "require_keys": True,
            "rate_per_key": 0,
            "rate_per_address": 0,
            "threads": 1,
        }
    )
    runtime = bootstrap.build(settings)
    for role, name in NAMES.items():
        runtime.people.add(name, PASSWORD, role, actor="test")
    with bootstrap.open_keys(settings) as service:
        keys = {scope: service.create(scope.value, scope)[1] for scope in Scope}
        gone, revoked = service.create("revoked", Scope.ADMIN)
        service.revoke(gone.id)
    app = create_app(runtime)
    posted = TestClient(app, base_url=URL).post(
        "/moderate",
        json={"text": POST, "content_id": "first", "author_id": "somebody"},
        headers={"x-api-key": keys[Scope.MODERATE]},
    )
    answer = posted.json()
    yield Fort(app, runtime, file, keys, revoked, answer["id"], answer["review"]["id"])
    runtime.close()
