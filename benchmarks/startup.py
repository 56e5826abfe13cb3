"""How long the service takes to start: `python -m benchmarks.startup`.

From the start of `plainspeak serve` over a database that is up to date, and over a fresh one, to the first
200 of `/readyz`; the processor time of imports, and which packages cost most (`python -X importtime`).
"""

import argparse
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from typing import Any

from app.settings import ROOT
from benchmarks import report
from benchmarks.processes import HOST, STOP_S, environment, free_port

ROUNDS = 5
MOST_S = 120.0
SHOWN = 15
_IMPORTED = re.compile(r"import time:\s+(\d+) \|\s+\d+ \| +([\w.]+)")


def measure(rounds: int) -> dict[str, Any]:
    """Milliseconds, medians over rounds."""
    fresh, again = [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            fresh.append(_until_ready_ms(Path(folder)))
            again.append(_until_ready_ms(Path(folder)))
    python = [_processor_ms("pass") for _ in range(rounds)]
    imports = [_processor_ms("import app.cli") for _ in range(rounds)]
    return {
        "rounds": rounds,
        "fresh_database_ms": round(statistics.median(fresh)),
        "ready_ms": round(statistics.median(again)),
        "python_cpu_ms": round(statistics.median(python)),
        "imports_cpu_ms": round(statistics.median(imports) - statistics.median(python)),
        "packages": _packages(),
    }


def _until_ready_ms(folder: Path) -> float:
    port = free_port()
    own = {
        "PLAINSPEAK_HOST": HOST,
        "PLAINSPEAK_PORT": str(port),
        "PLAINSPEAK_DATABASE_URL": f"sqlite:///{folder}/bench.db",
    }
    log = folder / "log"
    with log.open("wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve"],
            env={**environment(), **own},
            cwd=ROOT,
            stdout=out,
            stderr=out,
        )
        try:
            while not _is_ready(port):
                if process.poll() is not None or time.perf_counter() - started > MOST_S:
                    raise SystemExit(f"It did not start: {log.read_text(encoding='utf-8')[-1000:]}")
                time.sleep(0.005)
            return (time.perf_counter() - started) * 1000
        finally:
            process.terminate()
            process.wait(STOP_S)


def _is_ready(port: int) -> bool:
    with closing(http.client.HTTPConnection(HOST, port, timeout=5)) as connection:
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


def _processor_ms(code: str) -> float:
    """Processor time of running a line of Python in a process of its own."""
    before = os.times()
    _python("-c", code)
    after = os.times()
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    ) * 1000


def _packages() -> list[dict[str, Any]]:
    """What imports what the command line needs costs, by the package whose modules take it."""
    said = _python("-X", "importtime", "-c", "import app.cli").stderr
    times_us: dict[str, int] = defaultdict(int)
    for found in _IMPORTED.finditer(said):
        own_us, module = found.groups()
        times_us[module.partition(".")[0]] += int(own_us)
    costly = sorted(times_us.items(), key=lambda each: -each[1])[:SHOWN]
    return [{"package": package, "ms": round(own_us / 1000, 1)} for package, own_us in costly]


def _python(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 our own interpreter and words
        [sys.executable, *arguments], env=environment(), cwd=ROOT, capture_output=True, text=True, check=True
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true", help="print JSON in place of tables")
    parser.add_argument("--out", type=Path, help="also write startup.json into this folder")
    options = parser.parse_args()
    figures = measure(options.rounds)
    if options.out:
        report.keep(options.out, "startup", figures)
    print(json.dumps(figures, indent=1) if options.json else report.started(figures))


if __name__ == "__main__":
    main()
