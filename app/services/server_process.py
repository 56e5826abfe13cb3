"""The service in a process of its own, as `plainspeak bench` measures it: a free port, a fresh database."""

import http.client
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import SettingsInvalid

HOST = "127.0.0.1"
START_S = 60.0
STOP_S = 10.0


@dataclass(frozen=True, slots=True)
class Server:
    """A service in a process of its own."""

    host: str
    port: int
    process_id: int

    def rss_mb(self) -> float:
        """Its resident memory and that of its engine's process, in MB (10^6 bytes)."""
        own = str(self.process_id)
        processes = map(str.split, _lines("ps", "-A", "-o", "pid=,ppid=,rss="))
        return sum(int(kib) for process, parent, kib in processes if own in (process, parent)) * 1024 / 1e6


@contextmanager
def start_server(environment: Mapping[str, str], *, folder: Path) -> Iterator[Server]:
    """Serve on a free loopback port over a fresh database until the block ends.

    Args:
        environment: all variables of the process but the address and the database, which are set here.
        folder: where the process runs.

    Raises:
        SettingsInvalid: it did not become ready; the message has what it printed.
    """
    port = _free_port()
    with tempfile.TemporaryDirectory() as fresh:
        own = {
            "PLAINSPEAK_HOST": HOST,
            "PLAINSPEAK_PORT": str(port),
            "PLAINSPEAK_DATABASE_URL": f"sqlite:///{fresh}/bench.db",
        }
        log = Path(fresh) / "log"
        with (
            log.open("w", encoding="utf-8") as out,
            _process({**environment, **own}, folder=folder, out=out.fileno()) as process,
        ):
            if not _becomes_ready(port, process):
                raise SettingsInvalid(f"The service did not start: {log.read_text(encoding='utf-8')[-500:]}")
            yield Server(host=HOST, port=port, process_id=process.pid)


def _lines(*command: str) -> list[str]:
    # Fixed words.
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()  # noqa: S603


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def _process(
    environment: Mapping[str, str], *, folder: Path, out: int
) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "app.cli", "serve"]
    # Our own interpreter and our own module.
    with subprocess.Popen(command, env=environment, stdout=out, stderr=out, cwd=folder) as process:  # noqa: S603
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()


def _becomes_ready(port: int, process: "subprocess.Popen[bytes]") -> bool:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        if _is_ready(port):
            return True
        time.sleep(0.1)
    return False


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
