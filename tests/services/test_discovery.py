"""Discovery over real SQLite."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.classifiers.scripted import ScriptedClassifier
from app.cli import app
from app.core.lexicon import Form, Term, lexicon_of
from app.core.policy import parse_policy
from app.core.types import Category, Content, Ruling, RulingAction
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.services.discovery import DiscoveryService, known_words
from app.services.judge import Judge
from app.services.moderation import Answer, ModerationService
from app.settings import ROOT

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
CALM = ["the train is late", "what a match", "my cat sleeps", "soup for lunch", "the sun is out"] * 6
HARMFUL = [f"such a glorbo {number}" for number in range(6)]
SCORES: dict[str, dict[Category | None, float]] = {
    text: {Category.HARASSMENT: 0.9, None: 0.9} for text in HARMFUL
}
SEGGS = Term("seggs", Category.SEXUAL, (Form("seggs", "sex talk"),))

Post = Callable[..., list[Answer]]


@pytest.fixture
def post(ledger: Ledger, queries: Queries) -> Post:
    judge = Judge(
        classifier=ScriptedClassifier(SCORES),
        lexicon=lexicon_of([SEGGS]),
        policy=parse_policy((ROOT / "policies" / "default.toml").read_text(encoding="utf-8")),
        max_chars=1000,
    )
    ids = (f"id-{number:04}" for number in count(1))

    def post(texts: list[str], *, at: datetime = NOW, store: bool = True) -> list[Answer]:
        service = ModerationService(
            lambda: judge,
            ledger,
            queries,
            clock=lambda: at,
            new_id=lambda: next(ids),
            secret=b"s",
            retry_window=timedelta(hours=1),
        )
        return service.moderate_many([(Content(text), store) for text in texts])

    return post


@pytest.fixture
def discovery(queries: Queries) -> DiscoveryService:
    return DiscoveryService(queries, terms=lambda: [SEGGS], clock=lambda: NOW)


def test_it_looks_at_the_last_days_and_at_kept_texts(discovery: DiscoveryService, post: Post) -> None:
    post(["long ago"], at=NOW - timedelta(days=8))
    post(["a secret"], store=False)
    post([*CALM, *HARMFUL], at=NOW - timedelta(days=1))
    found = discovery.discover(days=7)
    assert (found.posts, found.targets) == (36, 6)
    assert [(each.word, each.target_posts) for each in found.candidates][:1] == [("glorbo", 6)]
    assert discovery.discover(days=30).posts == 37


def test_what_a_person_overrode_counts(discovery: DiscoveryService, post: Post, ledger: Ledger) -> None:
    post(CALM)
    answers = post(HARMFUL)
    for number, (answer, action, category) in enumerate(
        zip(
            answers,
            (RulingAction.ALLOW, RulingAction.BLOCK, RulingAction.ESCALATE, RulingAction.BLOCK),
            (None, None, None, Category.HATE),
            strict=False,
        )
    ):
        assert answer.item is not None
        ledger.rule(
            answer.item.id,
            Ruling(action, "ada", category=category),
            expected_version=1,
            ruling_id=f"r-{number}",
            now=NOW,
        )
    (glorbo,) = [each for each in discovery.discover(days=7).candidates if each.word == "glorbo"]
    assert (glorbo.target_posts, glorbo.overridden_posts) == (6, 2)


def test_terms_and_their_plain_words_are_known() -> None:
    assert {"seggs", "sex", "talk", "suicide"} <= known_words([SEGGS])
    assert "glorbo" not in known_words([SEGGS])


@pytest.mark.usefixtures("ledger")
def test_the_command_prints_what_is_new(
    post: Post, service_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    post([*CALM, *HARMFUL], at=now)
    monkeypatch.setenv("PLAINSPEAK_DATABASE_URL", f"sqlite:///{service_file}")
    printed = CliRunner().invoke(app, ["lexicon", "discover", "--json"])
    assert printed.exit_code == 0, printed.output
    found = json.loads(printed.stdout)
    assert found["candidates"][0]["word"] == "glorbo"
    assert found["candidates"][0]["examples"][0] in HARMFUL
    table = CliRunner().invoke(app, ["lexicon", "discover", "--days", "7"])
    assert "glorbo" in table.stdout
    assert "of 36" in table.stdout
