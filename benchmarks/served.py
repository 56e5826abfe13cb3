"""A service in a process of its own, over any database, as benchmarks start, ask and kill it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from app import bootstrap
from app.settings import ROOT, Settings

START_S = 300.0
TIMEOUT_S = 120.0


@dataclass(frozen=True, slots=True)
class Served:
    """A running service."""

    process: "subprocess.Popen[bytes]"
    port: int

    def connect(self) -> HTTPConnection:
        """Open a connection, which can be used for one request after the other."""
        return HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_S)

    def is_ready(self) -> bool:
        """Whether it answers."""
        with suppress(OSError, HTTPException):
            return ask(self.connect(), "GET", "/readyz")[0] == 200
        return False

    def rss_mb(self) -> dict[str, float]:
        """Resident memory in MB: of the service, of the engine's process that it started, and of both."""
        service, *started = (_rss_mb(pid) for pid in _family(self.process.pid))
        return {"service": service, "engine": sum(started), "both": service + sum(started)}


def ask(
    connection: HTTPConnection,
    method: str,
    path: str,
    body: str | bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, bytes]:
    """Send one request, and give the status and the body of its answer."""
    connection.request(method, path, body, {"content-type": "application/json", **(headers or {})})
    response = connection.getresponse()
    return response.status, response.read()


def post(connection: HTTPConnection, path: str, body: object, *, key: str) -> tuple[int, Any]:
    """Send JSON under an Idempotency-Key."""
    status, answer = ask(connection, "POST", path, json.dumps(body), {"idempotency-key": key})
    return status, json.loads(answer)


def environment(database_url: str) -> dict[str, str]:
    """The environment of every command on a database, without a developer's own settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PLAINSPEAK_")}
    # A database server has no folder to keep a key in.
    key = {} if database_url.startswith("sqlite") else {"PLAINSPEAK_SECRET_KEY": "benchmark" * 8}
    return {**own, **key, "PYTHONPATH": str(ROOT), "PLAINSPEAK_DATABASE_URL": database_url}


def start(database_url: str, *, log: Path, threads: int = 1) -> Served:
    """Serve, and wait until it is ready; raises RuntimeError where it does not start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    settings = {"PLAINSPEAK_PORT": str(port), "PLAINSPEAK_THREADS": str(threads)}
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve"],
            env=environment(database_url) | settings,
            stdout=out,
            stderr=out,
        )
    served = Served(process, port)
    deadline = time.monotonic() + START_S
    while not served.is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise RuntimeError(f"It does not start; see {log}.")
        time.sleep(0.05)
    return served


def broken(database_url: str) -> str:
    """What `plainspeak db verify` would find, without a process of its own; "" where the trail holds."""
    key = environment(database_url).get("PLAINSPEAK_SECRET_KEY")
    settings = Settings.model_validate({"database_url": database_url, "secret_key": key})
    with bootstrap.open_audit(settings) as audit:
        return audit.verify().broken or ""


def verify(database_url: str) -> str:
    """Run `plainspeak db verify`; "" where the audit trail holds, else what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "db", "verify"],
        env=environment(database_url),
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stderr.strip()


def _family(pid: int) -> list[int]:
    """A process and all below it, where the system tells (Linux)."""
    found = [pid]
    for parent in found:
        for tasks in Path(f"/proc/{parent}/task").glob("*/children"):
            with suppress(OSError):
                found += [int(child) for child in tasks.read_text().split()]
    return found


def _rss_mb(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0
