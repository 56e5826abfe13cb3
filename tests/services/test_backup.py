"""A copy that is made while the service writes serves the same decisions, and nothing is lost by it."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from app import bootstrap
from app.bootstrap import Runtime
from app.core.errors import BackupRefused, DatabaseUnusable, SchemaMismatch, StorageError
from app.core.types import Content
from app.services.backup import BackupService, Newer
from app.settings import Settings
from tests.disk import no_file_above

POST = "have a lovely day zxqvbrm"
Restart = Callable[[], Runtime]


@pytest.fixture
def settings(database_file: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{database_file}", threads=1)


@pytest.fixture
def backups(settings: Settings) -> BackupService:
    return bootstrap.backups(settings)


def judge(settings: Settings, *texts: str) -> list[str]:
    """Judge some posts and give the ids of their decisions."""
    runtime = bootstrap.build(settings)
    try:
        return [runtime.moderation.moderate(Content(text=text)).decision.id for text in texts]
    finally:
        runtime.close()


def kept(settings: Settings) -> list[str]:
    runtime = bootstrap.build(settings)
    try:
        return sorted(row.decision.id for row in runtime.export.decisions())
    finally:
        runtime.close()


def holds(settings: Settings) -> str | None:
    with bootstrap.open_audit(settings) as audit:
        return audit.verify().broken


def test_a_copy_is_made_while_the_service_writes_and_serves_the_same_decisions(
    settings: Settings, backups: BackupService, database_file: Path, tmp_path: Path
) -> None:
    runtime = bootstrap.build(settings)
    made: list[str] = []
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            made.append(runtime.moderation.moderate(Content(text=POST)).decision.id)

    writer = threading.Thread(target=write)
    writer.start()
    while len(made) < 20:
        assert writer.is_alive()
    before = list(made)
    copied = backups.backup(tmp_path / "copy.db")
    stop.set()
    writer.join()
    runtime.close()

    assert copied.broken is None
    assert copied.path.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.db"]
    # Everything that was acknowledged before is in the copy, and what came later is lost only on purpose.
    with pytest.raises(BackupRefused, match=r"that the copy does not have.*--discard-newer"):
        backups.restore(copied.path, discard_newer=False)
    restored = backups.restore(copied.path, discard_newer=True)
    assert restored.aside is not None
    assert set(before) <= set(kept(settings)) <= set(made)
    assert holds(settings) is None
    assert database_file.stat().st_mode & 0o077 == 0


def test_everything_beside_a_database_with_a_space_in_its_url_is_in_one_folder(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/my%20stuff%3F/plainspeak.db", threads=1)
    ids = judge(settings, POST)
    backups = bootstrap.backups(settings)
    backups.backup(tmp_path / "copy.db")
    restored = backups.restore(tmp_path / "copy.db", discard_newer=False)

    assert {path.name for path in tmp_path.iterdir()} == {"my stuff?", "copy.db"}
    names = {"plainspeak.db", "plainspeak.key", "plainspeak.head"}
    assert names <= {path.name for path in (tmp_path / "my stuff?").iterdir()}
    assert restored.aside is not None
    assert restored.aside.parent == tmp_path / "my stuff?"
    assert kept(settings) == ids
    assert holds(settings) is None


def test_a_copy_that_cannot_be_put_in_place_is_told_in_words(
    settings: Settings, backups: BackupService, database_file: Path, tmp_path: Path
) -> None:
    judge(settings, POST)
    backups.backup(tmp_path / "copy.db")
    # What nobody can write over, also a user who may everything.
    database_file.with_name(f"{database_file.name}.new").mkdir()

    with pytest.raises(StorageError, match=r"cannot be replaced \(.*write access to its folder"):
        backups.restore(tmp_path / "copy.db", discard_newer=False)


def test_a_copy_of_a_database_that_takes_no_writes_is_made_all_the_same(
    settings: Settings, environment: dict[str, str], database_file: Path, tmp_path: Path
) -> None:
    ids = judge(settings, POST)
    command = [sys.executable, "-m", "app.cli", "db", "backup", str(tmp_path / "copy.db")]
    own = environment | {"PLAINSPEAK_DATABASE_WAIT_S": "0.2"}
    with closing(sqlite3.connect(database_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        made = subprocess.run(command, env=own, capture_output=True, text=True, check=False)

    assert made.returncode == 0, made.stderr
    assert "does not tell of this copy" in made.stderr
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT id FROM decisions").fetchall() == [(ids[0],)]


def test_a_copy_without_room_names_its_own_disk_and_leaves_nothing(
    settings: Settings, backups: BackupService, tmp_path: Path
) -> None:
    judge(settings, POST)
    copy = tmp_path / "elsewhere" / "copy.db"
    copy.parent.mkdir()

    with no_file_above(40_000), pytest.raises(StorageError, match=r"elsewhere/copy\.db"):
        backups.backup(copy)

    assert list(copy.parent.iterdir()) == []


def test_a_database_that_is_in_use_is_not_replaced(
    settings: Settings, backups: BackupService, tmp_path: Path
) -> None:
    ids = judge(settings, POST)
    copied = backups.backup(tmp_path / "copy.db")
    runtime = bootstrap.build(settings)
    with pytest.raises(BackupRefused, match=r"is in use. Stop every `plainspeak serve`"):
        backups.restore(copied.path, discard_newer=True)
    runtime.close()

    assert backups.restore(copied.path, discard_newer=True).aside is not None
    assert kept(settings) == ids


def test_a_damaged_database_is_replaced_and_kept_aside(
    settings: Settings, backups: BackupService, database_file: Path, tmp_path: Path
) -> None:
    ids = judge(settings, POST, "k!ll y0urs3lf")
    copied = backups.backup(tmp_path / "copy.db")
    database_file.write_bytes(b"garbage" * 1000)

    restored = backups.restore(copied.path, discard_newer=False)

    assert restored.aside is not None
    assert restored.aside.read_bytes() == b"garbage" * 1000
    assert kept(settings) == sorted(ids)
    assert holds(settings) is None


def test_what_was_erased_since_the_copy_is_not_brought_back(
    settings: Settings, backups: BackupService, database_file: Path, tmp_path: Path
) -> None:
    first, second = judge(settings, POST, "good morning")
    copied = backups.backup(tmp_path / "copy.db")
    runtime = bootstrap.build(settings)
    runtime.decisions.erase(first, actor="ada")
    runtime.close()

    restored = backups.restore(copied.path, discard_newer=True)

    assert restored.erased_again == 1
    assert b"zxqvbrm" not in database_file.read_bytes()
    assert kept(settings) == [second]
    assert holds(settings) is None


def test_what_was_erased_from_a_database_of_another_version_is_not_brought_back_either(
    settings: Settings, backups: BackupService, database_file: Path, tmp_path: Path
) -> None:
    first, second = judge(settings, POST, "good morning")
    copied = backups.backup(tmp_path / "copy.db")
    runtime = bootstrap.build(settings)
    runtime.decisions.erase(first, actor="ada")
    runtime.close()
    with closing(sqlite3.connect(database_file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(SchemaMismatch, match="newer Plainspeak"):
        backups.restore(copied.path, discard_newer=False)
    restored = backups.restore(copied.path, discard_newer=True)

    assert restored.erased_again == 1
    assert b"zxqvbrm" not in database_file.read_bytes()
    assert kept(settings) == [second]


@pytest.mark.parametrize("empty", [True, False])
def test_where_there_is_no_database_nothing_is_copied_and_nothing_made(
    tmp_path: Path, *, empty: bool
) -> None:
    file = tmp_path / "typo.db"
    if empty:
        file.touch()
    settings = Settings(database_url=f"sqlite:///{file}", secret_key=SecretStr("x" * 40))
    with pytest.raises(
        DatabaseUnusable, match=r"no database '.*typo\.db' to copy. Check PLAINSPEAK_DATABASE_URL"
    ):
        bootstrap.backups(settings).backup(tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == (["typo.db"] if empty else [])


def test_the_latest_copy_is_put_back_over_a_database_that_learned_nothing_since(
    settings: Settings, backups: BackupService, tmp_path: Path
) -> None:
    first, second = judge(settings, POST, "good morning")
    backups.backup(tmp_path / "earlier.db")
    copied = backups.backup(tmp_path / "copy.db")
    runtime = bootstrap.build(settings)
    runtime.decisions.erase(first, actor="ada")
    runtime.close()

    restored = backups.restore(copied.path, discard_newer=False)

    # Its own event, and an erasure that is done again, are nothing to lose.
    assert (restored.newer, restored.erased_again) == (Newer(), 1)
    assert kept(settings) == [second]
    assert holds(settings) is None


def test_of_a_damaged_database_it_is_told_what_the_copy_lacks(
    settings: Settings, backups: BackupService, database_file: Path, tmp_path: Path
) -> None:
    (first,) = judge(settings, POST)
    copied = backups.backup(tmp_path / "copy.db")
    judge(settings, *(f"{word} zxqkept" for word in ("one", "two", "three")))
    sound = database_file.read_bytes()

    # A page of an index is gone: the trail itself can still be read.
    with closing(sqlite3.connect(database_file)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_review_items_oldest'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with database_file.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    readable = backups.restore(copied.path, discard_newer=False)
    assert readable.aside is not None
    assert b"zxqkept" in readable.aside.read_bytes()
    readable.aside.unlink()
    # Nothing of it can be read: the file beside the key knows how far the trail went.
    database_file.write_bytes(sound)
    database_file.with_suffix(".head").unlink()
    runtime = bootstrap.build(settings)
    runtime.start()
    runtime.close()
    database_file.write_bytes(b"garbage" * 1000)
    unreadable = backups.restore(copied.path, discard_newer=False)
    assert unreadable.aside is not None
    unreadable.aside.unlink()
    database_file.write_bytes(b"")
    emptied = backups.restore(copied.path, discard_newer=False)

    assert readable.newer == Newer(events=3, decisions=3, is_whole=False)
    assert unreadable.newer == Newer(events=4, decisions=None, is_whole=False)
    assert emptied.aside is not None
    assert kept(settings) == [first]
    assert holds(settings) is None


def test_a_copy_is_put_where_there_is_no_database(
    settings: Settings, backups: BackupService, database_file: Path, tmp_path: Path
) -> None:
    ids = judge(settings, POST)
    copied = backups.backup(tmp_path / "copy.db")
    for path in tmp_path.glob("plainspeak.*"):
        if path.suffix != ".key":
            path.unlink()

    assert backups.restore(copied.path, discard_newer=False).aside is None
    assert kept(settings) == ids
    assert database_file.exists()


def test_a_copy_whose_trail_was_changed_or_that_is_none_is_refused(
    settings: Settings, backups: BackupService, database_file: Path, tmp_path: Path
) -> None:
    ids = judge(settings, POST)
    copied = backups.backup(tmp_path / "copy.db")
    with pytest.raises(BackupRefused, match=r"copy\.db' already. Name another file"):
        backups.backup(copied.path)
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(copied.path.read_bytes()[:20_000])
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"garbage" * 1000)
    for path in (damaged, garbage):
        with pytest.raises(StorageError, match=r"damaged"):
            backups.restore(path, discard_newer=True)
    with pytest.raises(BackupRefused, match=r"no '.*none\.db'"):
        backups.restore(tmp_path / "none.db", discard_newer=True)
    database_file.with_suffix(".key").write_text("0" * 64)
    with pytest.raises(BackupRefused, match=r"does not hold. .*the secret is another one. .*have the key"):
        backups.restore(copied.path, discard_newer=True)

    # Nothing was replaced, and nothing is left lying about.
    assert kept(settings) == ids
    assert not list(tmp_path.glob("*.new*"))


def test_the_commands_copy_and_restore(
    settings: Settings, environment: dict[str, str], tmp_path: Path
) -> None:
    ids = judge(settings, POST)

    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "app.cli", "db", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    copy = str(tmp_path / "copy.db")
    assert run("backup", copy).returncode == 0
    judge(settings, "good morning")
    refused = run("restore", copy)
    restored = run("restore", copy, "--discard-newer")
    again = run("restore", copy)
    scrubbed = run("scrub")

    assert refused.returncode == 1
    assert "holds 1 events that the copy does not have, 1 of them new decisions" in refused.stderr
    assert "--discard-newer" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "held 1 events that the copy lacks, 1 of them new decisions" in restored.stderr
    # What a restore itself leaves in the trail is nothing that the copy lacks.
    assert again.returncode == 0, again.stderr
    assert "that the copy lacks" not in again.stderr
    assert (restored.returncode, scrubbed.returncode) == (0, 0), restored.stderr + scrubbed.stderr
    assert "remove it when you do not need it" in restored.stderr
    assert kept(settings) == ids
