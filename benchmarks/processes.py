"""Processes that are measured: how they are started, how much memory they hold, how they end."""

import os
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.settings import ROOT

HOST = "127.0.0.1"
STOP_S = 10.0


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def environment() -> dict[str, str]:
    """The environment of this process, in which modules of the repository are found."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


@contextmanager
def started(
    module: str, arguments: Sequence[str], *, log: Path, pipes: bool = False
) -> Iterator["subprocess.Popen[str]"]:
    """Run a module of this repository until the block ends.

    Args:
        module: its dotted name.
        arguments: what it is given.
        log: where its standard error goes, and its standard output without `pipes`.
        pipes: whether its standard input and output are for the caller.
    """
    pipe = subprocess.PIPE if pipes else None
    command = [sys.executable, "-m", module, *arguments]
    with log.open("wb") as out:
        # Our own interpreter and our own module.
        process = subprocess.Popen(  # noqa: S603
            command, stdin=pipe, stdout=pipe or out, stderr=out, text=True, env=environment(), cwd=ROOT
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.communicate(timeout=STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_for_port(port: int, process: "subprocess.Popen[str]", *, within_s: float) -> bool:
    """Whether the process listens at a port in time."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return True
        time.sleep(0.05)
    return False


def rss_mb(process_id: int) -> float:
    """Resident memory of a process and all it started, in MB (10^6 bytes); what they share counts twice."""
    command = ["ps", "-A", "-o", "pid=,ppid=,rss="]
    # Fixed words.
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
    kib = {process: size for process, _, size in rows}
    children: dict[int, list[int]] = defaultdict(list)
    for process, parent, _ in rows:
        children[parent].append(process)
    total, waiting = 0, [process_id]
    while waiting:
        each = waiting.pop()
        total += kib.get(each, 0)
        waiting += children[each]
    return total * 1024 / 1e6
