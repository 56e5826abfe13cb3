"""The page of what is kept, as an admin's browser sees it, and what a post looks like whose text has gone."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import make_url

from app import bootstrap
from app.core.people import Role
from app.core.types import Content
from app.settings import Settings
from tests.db.conftest import run_elsewhere

OpenClient = Callable[..., TestClient]
POST = "I want to unalive myself zxqvbrmpt"


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def service_settings(settings_over_both: dict[str, object]) -> dict[str, object]:
    return settings_over_both


def test_the_page_says_what_is_kept_and_for_how_long(open_client: OpenClient) -> None:
    caller = open_client(keep_allowed_days=30)
    ids = [caller.post("/moderate", json={"text": POST}).json()["id"] for _ in range(3)]
    caller.delete(f"/decisions/{ids[0]}")

    page = caller.get("/storage")

    said = words(page.text)
    assert page.status_code == 200
    assert re.search(r"Posts and verdicts 2 [\d.]+ kB", said)
    assert re.search(r"Words for the search 2 [\d.]+ kB", said)
    assert re.search(r"Allowed 0 0 – 30 days", said)
    assert re.search(r"Held for a person 2 2 .{10,40} For good", said)
    assert "The audit trail is signed up to event 4." in said
    assert "zxqvbrmpt" not in page.text


def test_the_page_names_a_server_without_its_password(
    open_client: OpenClient, service_settings: dict[str, object], backend: str
) -> None:
    page = words(open_client().get("/storage").text)

    assert str(make_url(str(service_settings["database_url"])).database) in page
    assert re.search(r"Database [\d.]+ [kM]B", page)
    assert ("Head of the audit trail" in page) == (backend == "sqlite")
    assert ("pg_dump" in page) == (backend == "postgresql")
    assert str(service_settings["secret_key"]) not in page


def test_the_page_says_where_a_file_is_and_when_it_was_copied(
    open_client: OpenClient, service_settings: dict[str, object], database_file: Path, tmp_path: Path
) -> None:
    caller = open_client()
    decision_id = caller.post("/moderate", json={"text": POST}).json()["id"]
    bootstrap.backups(Settings.model_validate(service_settings)).backup(tmp_path / "copy.db")
    caller.delete(f"/decisions/{decision_id}")

    said = words(caller.get("/storage").text)

    assert re.search(r"Words for the search 0 ", said)
    assert str(database_file) in said
    assert str(database_file.with_suffix(".key")) in said
    assert "The last backup was made" in said
    assert "nothing of what was erased is left in it" in said


def test_the_page_is_for_admins(open_client: OpenClient, service_settings: dict[str, object]) -> None:
    with bootstrap.open_people(Settings.model_validate(service_settings)) as people:
        people.add("ada", "three long words", Role.ADMIN, actor="test")
    caller = open_client()

    assert caller.get("/storage").status_code == 401


def test_a_post_whose_text_has_gone_says_so(
    open_client: OpenClient, service_settings: dict[str, object]
) -> None:
    caller = open_client()
    decision = caller.post("/moderate", json={"text": POST}).json()
    run_elsewhere(
        str(service_settings["database_url"]),
        "UPDATE decisions SET text = NULL, plain_text = NULL, edits = NULL, hints = NULL, "
        "context = '[]', text_removed_at = '2026-12-24T08:00:00.000000Z'",
    )

    page = caller.get(f"/decisions/{decision['id']}/view")
    item = caller.get(f"/review/{decision['review']['id']}")

    assert "The text was removed" in page.text
    assert "24 Dec 2026" in page.text
    assert "The text was removed" in item.text
    assert caller.get(f"/decisions/{decision['id']}").json()["normalized_text"] is None
    assert "This text is not kept." in caller.get("/decisions").text


def test_a_service_keeps_its_witness_and_its_days_by_itself(
    service_settings: dict[str, object], backend: str
) -> None:
    settings = Settings.model_validate({**service_settings, "keep_allowed_days": 30, "threads": 1})
    runtime = bootstrap.build(settings)
    recent, old = (
        runtime.moderation.moderate(Content(text=f"have a lovely day {word}")).decision.id
        for word in ("zxqnew", "zxqworn")
    )
    runtime.close()
    run_elsewhere(
        settings.database_url,
        f"UPDATE decisions SET created_at = '2020-01-01T08:00:00.000000Z' WHERE id = '{old}'",  # noqa: S608
    )

    runtime = bootstrap.build(settings)
    runtime.start()
    while runtime.decisions.open(old).decision.text is not None:
        time.sleep(0.05)
    kept = runtime.decisions.open(recent).decision.text
    runtime.close()

    assert kept is not None
    with bootstrap.open_audit(settings) as audit:
        report = audit.verify()
    assert (report.broken, report.notes) == (None, ())
    if backend == "sqlite":
        file = Path(settings.database_url.removeprefix("sqlite:///"))
        content = b"".join(part.read_bytes() for part in file.parent.glob("plainspeak.*"))
        assert (b"zxqnew" in content, b"zxqworn" in content) == (True, False)
