"""A PostgreSQL server of the tests' own, on a socket in a temporary folder, gone with them.

It never waits for the disk: what is tested is what survives the death of a Plainspeak process, not of the
server.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from app.db.engine import upgrade

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
    # A socket's path is short, and its folder belongs to whom the server runs as: never root.
    folder = Path(tempfile.mkdtemp(prefix="plainspeak-pg-"))
    user = _ADMIN if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user, user)
    data, settings = folder / "data", [f"-c {name}={value}" for name, value in _SETTINGS.items()]

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments],
            check=True,
            cwd=folder,
            user=user,
            group=user,
            extra_groups=[] if user else None,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)},
            stdout=subprocess.DEVNULL,
        )

    def stop() -> None:
        run("pg_ctl", "stop", f"--pgdata={data}", "--mode=immediate", "--wait")

    try:
        run(
            "initdb",
            f"--pgdata={data}",
            f"--username={_ADMIN}",
            "--auth=trust",
            "--no-sync",
            "--encoding=UTF8",
        )
        options = " ".join([f"-k {folder}", *settings])
        run(
            "pg_ctl",
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
            stop()
    finally:
        shutil.rmtree(folder)
