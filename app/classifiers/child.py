"""A process that an engine computes in: its start, what goes over the socket to it and back, its end.

Over a socket go messages of JSON, each with its length before it (`multiprocessing.connection`). The process
first says what the file is, in an object, or {"error": sentence, "code": of the error}. Then it takes lists
of [id, what is asked] and gives lists of [id, answer, or a sentence where it failed], in the order in which
they are done; a list of nothing is a sign of life. An empty message asks it to end.
`app.classifiers.supervised` is the other end.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import orjson

from app.core.errors import EngineFailed, ModelCorrupt

CLOSED = "The engine is shutting down."
_ROOT = Path(__file__).parents[2]
_SILENT_S = 60.0
"""A process that loads and neither computes nor reads for so long is ended."""
_LOADS_S = 1800.0
"""Longer than this nothing is loaded, whatever signs of life there are."""
_LET_GO_S = 10.0
_LOOK_S = 0.5
_FRUGAL = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "1000000",
    "GOMP_SPINCOUNT": "1000",
    "GGML_NO_BACKTRACE": "1",
}
"""glibc would keep some 50 MB that calls of other sizes have freed, the threads of a call that is done would
spin on a core that another one needs, and a process that fails would start a debugger first. Elsewhere these
mean nothing."""
_ERRORS = {error.code: error for error in (ModelCorrupt, EngineFailed)}
"""What loading may fail with."""


@dataclass(frozen=True, slots=True)
class Program:
    """What the process runs, and on which file."""

    module: str
    path: Path
    """Of the GGUF."""
    options: tuple[object, ...]
    """The arguments after the path."""


class Child:
    """One process, from its start to its end."""

    def __init__(self, program: Program, *, is_off: Callable[[], bool]) -> None:
        """Start it and hear what the file is.

        Args:
            program: what to start.
            is_off: asked now and then while it loads; whether it is not wanted any more.

        Raises:
            ModelCorrupt, EngineFailed: as `Supervisor`.
        """
        self._sending = threading.Lock()
        self._started = time.monotonic()
        with _scratch() as scratch:
            self._start(program, scratch)
            try:
                self.said = self._loaded(program.path, is_off=is_off)
            except BaseException:
                self.end(patience_s=0.0)
                raise

    @property
    def how_it_ended(self) -> str:
        """In words; only after its end."""
        code = self.process.returncode
        return signal.Signals(-code).name if code < 0 else f"exit status {code}"

    def ask(self, asked: Mapping[int, bytes]) -> None:
        """Send questions, each the JSON of one by its id. May wait until the process reads."""
        self._send(orjson.dumps([(number, orjson.Fragment(what)) for number, what in asked.items()]))

    def finish(self) -> None:
        """Ask it to end once it has answered."""
        self._send(b"")

    def answers(self, *, hangs_s: float, is_late: Callable[[], bool]) -> Any:  # noqa: ANN401 JSON of our own process
        """Wait for the next answers; None when the process is gone, or says nothing although it is late."""
        try:
            while not self._connection.poll(hangs_s):
                if is_late():
                    return None
            return orjson.loads(self._connection.recv_bytes())
        except (EOFError, OSError):
            return None

    def end(self, *, patience_s: float) -> float:
        """See to it that the process is gone; gives how many seconds it lived."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(patience_s)
        self.process.kill()
        self.process.wait()
        # Not while somebody writes to the number of the socket, which another file may have next.
        with self._sending:
            self._connection.close()
        return time.monotonic() - self._started

    def _start(self, program: Program, scratch: dict[str, str]) -> None:
        ours, theirs = socket.socketpair()
        self._connection = Connection(ours.detach())
        with theirs:
            handle = theirs.fileno()
            words = map(str, (handle, program.path, *program.options))
            # -P: not the folder it happens to run in, which may have a package of the same name.
            command = [sys.executable, "-P", "-m", program.module, *words]
            # Our own interpreter and our own module. A signal to the service's group is not for this one.
            self.process = subprocess.Popen(  # noqa: S603
                command,
                pass_fds=[handle],
                stdin=subprocess.DEVNULL,
                env={**_environment(), **scratch},
                start_new_session=True,
            )

    def _send(self, message: bytes) -> None:
        # A process that is gone is noticed by who waits for its answers.
        with suppress(OSError), self._sending:
            self._connection.send_bytes(message)

    def _loaded(self, path: Path, *, is_off: Callable[[], bool]) -> dict[str, Any]:
        """What it says of the file, once it is loaded."""
        try:
            said = self._first_word(is_off)
        except (EOFError, OSError) as error:
            self.end(patience_s=_LET_GO_S)
            raise self._death(path) from error
        if said is None:
            raise EngineFailed(
                f"Loading {str(path)!r} came to a halt: for {_SILENT_S:.0f} s nothing was read or computed, "
                f"or it took longer than {_LOADS_S / 60:.0f} minutes. "
                "See that the disk it is on can be read, or copy the file to another one."
            )
        if "error" in said:
            raise _ERRORS.get(said["code"], ModelCorrupt)(said["error"])
        return said

    def _first_word(self, is_off: Callable[[], bool]) -> dict[str, Any] | None:
        """The first message that is no mere sign of life; None when those stop, or go on for ever."""
        heard = time.monotonic()
        while (now := time.monotonic()) - heard < _SILENT_S and now - self._started < _LOADS_S:
            if is_off():
                raise EngineFailed(CLOSED)
            if self._connection.poll(_LOOK_S):
                heard = now
                said: dict[str, Any] | list[Any] = orjson.loads(self._connection.recv_bytes())
                if isinstance(said, dict):
                    return said
        return None

    def _death(self, path: Path) -> EngineFailed:
        """Why it died before it had loaded the file."""
        return EngineFailed(
            f"The process that loads {str(path)!r} died ({self.how_it_ended}): there is too little memory "
            "for it, or the file is damaged. Free some memory, or copy the file again."
        )


@contextmanager
def _scratch() -> Iterator[dict[str, str]]:
    """Where the process writes while it loads, in terms of its environment: gone whatever it dies of."""
    with ExitStack() as stack:
        try:
            folder = tempfile.TemporaryDirectory(prefix="plainspeak-", ignore_cleanup_errors=True)
        except OSError:
            # Not every engine writes; one that must says so itself.
            yield {}
            return
        yield {"TMPDIR": stack.enter_context(folder)}


def _environment() -> dict[str, str]:
    """Ours, with this package findable whatever else is installed."""
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return _FRUGAL | os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
