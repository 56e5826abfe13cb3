"""Real databases of both kinds, migrated by Alembic once and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
import uuid_utils
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.core.review import Decision, ReviewItem, open_item
from app.core.types import (
    Action,
    Category,
    CategoryScore,
    Edit,
    Label,
    LaneVerdict,
    NormalizedText,
    Step,
    Verdict,
    Versions,
)
from app.db.engine import Database, open_database
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.writer import GroupWriter
from tests.postgres import PostgresServer

NOW = datetime(2026, 11, 22, 8, 30, 15, 123456, tzinfo=UTC)

MakeDecision = Callable[..., Decision]
RunElsewhere = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def database_file(migrated_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated_file, tmp_path / "plainspeak.db"))


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest) -> str:
    if backend == "postgresql":
        return str(request.getfixturevalue("migrated_url"))
    return f"sqlite:///{request.getfixturevalue('database_file')}"


@pytest.fixture
def empty_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if backend == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        with server.fresh(template="template0") as url:
            yield url
    else:
        yield f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def elsewhere(database_url: str) -> RunElsewhere:
    """Run a statement as any other program that opens the database does; gives the rows, if it has any."""
    return partial(run_elsewhere, database_url)


def run_elsewhere(url: str, statement: str) -> list[tuple[object, ...]]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        result = connection.execute(text(statement))
        return [tuple(row) for row in result] if result.returns_rows else []


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with open_database(database_url, busy_timeout_s=0.1) as database:
        yield database


@pytest.fixture
def writer(database: Database) -> Iterator[GroupWriter]:
    with GroupWriter(database.writer) as writer:
        yield writer


@pytest.fixture
def ledger(writer: GroupWriter, database: Database) -> Ledger:
    return Ledger(writer, aside=database.aside)


@pytest.fixture
def queries(database: Database) -> Queries:
    return Queries(database.reader)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def make_decision() -> MakeDecision:
    def make(
        original: str | None = "I want to unalive myself 🌽 \u202egnp.\u202c\u2066שלום\u2069 👩‍👩‍👧\x00end",
        *,
        decision_id: str | None = None,
        action: Action = Action.REVIEW,
        label: Label = Label.EXTREMELY_HARMFUL,
        category: Category | None = Category.SELF_HARM,
        score: float = 0.1 + 0.2,
        author_id: str | None = "u-9 🙂",
        unavailable: tuple[str, ...] = ("scorer@sha256:4",),
        lanes: tuple[LaneVerdict, ...] = (),
        language: str = "en",
    ) -> Decision:
        return Decision(
            id=decision_id or str(uuid_utils.uuid7()),
            created_at=NOW,
            content_id="post-123",
            author_id=author_id,
            text=None if original is None else text_of(original),
            context=() if original is None else ("earlier\n", "«später» 🌽"),
            text_hash="hmac-sha256:" + "ab" * 32,
            verdict=Verdict(
                label=label,
                confidence=0.97,
                category=category,
                score=score,
                categories=tuple(CategoryScore(key, 1 / (3 + at)) for at, key in enumerate(Category)),
                action=action,
                reasons=("“unalive” stands for “kill”.", "Second"),
                versions=Versions("mini@sha256:1", "lexicon@sha256:2", "policy@sha256:3"),
                unavailable=unavailable,
                language=language,
                lanes=lanes,
            ),
            latency_ms=8.125,
        )

    return make


def text_of(original: str) -> NormalizedText:
    edit = Edit(
        start=10,
        end=17,
        surface=original[10:17],
        canonical="kill",
        step=Step.LEXICON,
        via=(Step.UNICODE, Step.LEET),
        term="unalive",
        category=Category.SELF_HARM,
        ambiguous=False,
        note="A way to say “kill” 🔪.",
    )
    hint = Edit(start=25, end=26, surface=original[25:26], canonical="corn", step=Step.EMOJI, ambiguous=True)
    return NormalizedText(original, original[:10] + "kill" + original[17:], (edit,), (hint,))


@pytest.fixture
def record(ledger: Ledger, make_decision: MakeDecision) -> Callable[..., tuple[Decision, ReviewItem]]:
    """Store a decision to review and give it with its item."""

    def store(item_id: str = "r-1", **changes: object) -> tuple[Decision, ReviewItem]:
        decision = make_decision(**changes)
        item = open_item(decision, item_id=item_id, now=NOW)
        assert item is not None
        ledger.record(decision, item)
        return decision, item

    return store
