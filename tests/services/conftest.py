"""Real SQLite, migrated, for the services."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.db.engine import Database, open_database, upgrade
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.writer import GroupWriter


@pytest.fixture
def service_file(tmp_path: Path) -> Path:
    return tmp_path / "services.db"


@pytest.fixture
def service_database(service_file: Path) -> Iterator[Database]:
    upgrade(f"sqlite:///{service_file}")
    with open_database(f"sqlite:///{service_file}", busy_timeout_s=0.1) as database:
        yield database


@pytest.fixture
def ledger(service_database: Database) -> Iterator[Ledger]:
    with GroupWriter(service_database.writer) as writer:
        yield Ledger(writer)


@pytest.fixture
def queries(service_database: Database) -> Queries:
    return Queries(service_database.reader)
