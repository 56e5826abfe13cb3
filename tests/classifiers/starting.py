"""An interpreter that does something first: what happens to a child of the service happens for real."""

import os
import sys
import time
from pathlib import Path

import pytest

PATIENCE_S = 60


class Interpreter:
    """Stands in for this interpreter wherever a process is started; `first` are lines of a shell."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._script = folder / "python"
        self._started = folder / "started"
        self.real = sys.executable
        self.does_first("")
        monkeypatch.setattr(sys, "executable", str(self._script))

    def does_first(self, lines: str) -> None:
        """From the next start on."""
        # Another file, for a running shell goes on reading the one it has.
        fresh = self._script.with_suffix(".new")
        fresh.write_text(
            f'#!/bin/sh\necho $$ >> "{self._started}"\n{lines}\nexec "{self.real}" "$@"\n', encoding="utf-8"
        )
        fresh.chmod(0o755)
        fresh.rename(self._script)

    @property
    def started(self) -> list[int]:
        """The ids of all processes up to now."""
        return [int(line) for line in self._started.read_text().split()] if self._started.exists() else []


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for_the_end(process: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while is_running(process):
        assert time.monotonic() < until
        time.sleep(0.05)
