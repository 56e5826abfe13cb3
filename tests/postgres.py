"""A PostgreSQL server of the tests' own, on a socket in a temporary folder, gone with them.

Where tests are killed, their server stays behind: the next tests stop it. Whose tests still run is told by a
lock on a file beside the server, which the kernel lets go of when they end, however they do.

It never waits for the disk: what is tested is what survives the death of a Plainspeak process, not of the
server.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import psycopg
import pytest

from app.db.engine import upgrade

PREFIX = "plainspeak-pg-"
_LOCK = "lock"
_ADMIN = "postgres"
_SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "jit": "off",
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def binaries() -> Path | None:
    """The folder of the server's programs: Debian keeps them out of the path."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return next((folder for folder in reversed(folders) if (folder / "initdb").is_file()), None)


class PostgresServer:
    """A running server, whose databases are copies of one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0
        self.admin = psycopg.connect(host=str(folder), user=_ADMIN, dbname="postgres", autocommit=True)
        self.create("migrated", template="template0")
        upgrade(self.url("migrated"))

    def url(self, name: str) -> str:
        """The URL of a database, as an operator would set it."""
        return f"postgresql+psycopg://{_ADMIN}@/{name}?host={self._folder}"

    def create(self, name: str, *, template: str) -> None:
        """Make a database."""
        self.admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' STRATEGY WAL_LOG")

    @contextmanager
    def fresh(self, *, template: str = "migrated") -> Iterator[str]:
        """A database of one test; gives its URL."""
        self._made += 1
        name = f"test_{self._made}"
        self.create(name, template=template)
        yield self.url(name)
        self.admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def run_server() -> Iterator[PostgresServer]:
    """Start a server; skips where there is none to start."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here; `make postgres` does it as root on Debian.")
    sweep(Path(tempfile.gettempdir()), programs)
    # A socket's path is short, and its folder belongs to whom the server runs as: never root.
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    data, settings = folder / "data", [f"-c {name}={value}" for name, value in _SETTINGS.items()]
    with _locked(folder):
        if os.getuid() == 0:
            shutil.chown(folder, _ADMIN, _ADMIN)
        try:
            _run(
                folder,
                programs / "initdb",
                f"--pgdata={data}",
                f"--username={_ADMIN}",
                "--auth=trust",
                "--no-sync",
                "--encoding=UTF8",
            )
            options = " ".join([f"-k {folder}", *settings])
            _run(
                folder,
                programs / "pg_ctl",
                "start",
                f"--pgdata={data}",
                f"--log={folder / 'log'}",
                f"--options={options}",
                "--wait",
                "--timeout=300",
            )
            try:
                server = PostgresServer(folder)
                with closing(server.admin):
                    yield server
            finally:
                _stop(folder, programs)
        finally:
            shutil.rmtree(folder)


def sweep(within: Path, programs: Path) -> list[Path]:
    """Stop and remove the servers of tests that are gone; gives their folders."""
    gone = []
    for lock in within.glob(f"{PREFIX}*/{_LOCK}"):
        # Removed meanwhile by the tests it belongs to, or another person's.
        with suppress(OSError), lock.open("rb") as file:
            if _is_free(file):
                if _answers(lock.parent):
                    _stop(lock.parent, programs)
                shutil.rmtree(lock.parent)
                gone.append(lock.parent)
    return gone


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a folder for as long as this process lives. The file gets its name once the lock is held."""
    working = folder / "lock.new"
    with working.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        working.rename(folder / _LOCK)
        yield


def _is_free(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _answers(folder: Path) -> bool:
    """Whether a server listens in a folder: the number in its file may be another process's by now."""
    with suppress(psycopg.OperationalError):
        psycopg.connect(host=str(folder), user=_ADMIN, dbname="postgres").close()
        return True
    return False


def _stop(folder: Path, programs: Path) -> None:
    _run(folder, programs / "pg_ctl", "stop", f"--pgdata={folder / 'data'}", "--mode=immediate", "--wait")


def _run(folder: Path, program: Path, *arguments: str) -> None:
    """Run a program of the server's, as whom its folder belongs to."""
    user = _ADMIN if os.getuid() == 0 else None
    subprocess.run(
        [program, *arguments],
        check=True,
        cwd=folder,
        user=user,
        group=user,
        extra_groups=[] if user else None,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)},
        stdout=subprocess.DEVNULL,
    )
