"""Real databases of both kinds, migrated, for the services."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.db.engine import Database, open_database
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.writer import GroupWriter


@pytest.fixture
def service_file(migrated_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated_file, tmp_path / "services.db"))


@pytest.fixture
def service_database(backend: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    if backend == "postgresql":
        url: str = request.getfixturevalue("migrated_url")
    else:
        url = f"sqlite:///{request.getfixturevalue('service_file')}"
    with open_database(url, busy_timeout_s=0.1) as database:
        yield database


@pytest.fixture
def ledger(service_database: Database) -> Iterator[Ledger]:
    with GroupWriter(service_database.writer) as writer:
        yield Ledger(writer, aside=service_database.aside)


@pytest.fixture
def queries(service_database: Database) -> Queries:
    return Queries(service_database.reader)
