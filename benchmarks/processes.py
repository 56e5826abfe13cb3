"""Processes that are measured: how they are started, how much memory they hold, how they end."""

import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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
            if not pipes:
                process.terminate()
            try:
                # Closes the pipe, at which a process with pipes ends by itself.
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
    return sum(each.rss_kib for each in _family(process_id)) * 1024 / 1e6


def processor_s(process_id: int) -> float | None:
    """Processor time that a process and all it started have taken; None where there is no /proc to ask."""
    if not Path("/proc/self/stat").exists():
        return None
    ticks = 0
    for each in _family(process_id):
        with suppress(OSError):
            # The name, in brackets, may hold blanks; user and system time come eleven fields after it.
            fields = (
                Path(f"/proc/{each.process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            )
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class _Process:
    process_id: int
    parent_id: int
    rss_kib: int


def _family(process_id: int) -> list[_Process]:
    """A process and all that it and its children started."""
    command = ["ps", "-A", "-o", "pid=,ppid=,rss="]
    # Fixed words.
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    processes = [_Process(*map(int, line.split())) for line in listed.splitlines()]
    found = [each for each in processes if each.process_id == process_id]
    for member in found:
        found += [each for each in processes if each.parent_id == member.process_id]
    return found


def processor() -> str:
    """What the machine computes with."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
