"""The end of the socket that an engine's process has: what `app.classifiers.child` talks to.

The process ends when the other end of it does, and only then: a signal to a whole group is for the service,
which ends this in order. That the service is gone is seen by the socket closing, whatever it died of and on
whatever system.
"""

import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import orjson

from app.core.errors import EngineFailed, ModelError

_LOOK_S = 0.5
_COMPUTED_S = 0.001
"""Of a processor's time: less is what any process has that waits."""


class Port:
    """Where questions come from and answers go. Answers may be given by any thread."""

    def __init__(self, handle: int) -> None:
        """Take over the inherited socket of that number, and what a process of its own must see to."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        threading.excepthook = _end_process
        self._connection = Connection(handle)
        self._sending = threading.Lock()
        self._is_ready = False

    @contextmanager
    def loading(self, path: Path) -> Iterator[None]:
        """Show signs of life while a file is loaded; where it cannot be, say why and end the process."""
        threading.Thread(target=self._show_life, daemon=True).start()
        try:
            yield
        except ModelError as error:
            self._refuse(error)
        except MemoryError:
            self._refuse(EngineFailed(f"There is too little memory to load {str(path)!r}. Free some memory."))

    def ready(self, said: dict[str, object]) -> None:
        """Say what the file is: questions come from now on."""
        self._is_ready = True
        self._send(said)

    def asked(self) -> Iterator[list[tuple[int, Any]]]:
        """The questions as they come, until the service asks to end."""
        while message := self._received():
            yield orjson.loads(message)

    def answer(self, answers: Sequence[tuple[int, object]]) -> None:
        """Give answers, each to the number of its question; none at all is a sign of life."""
        self._send(answers)

    def _send(self, message: object) -> None:
        raw = orjson.dumps(message, option=orjson.OPT_SERIALIZE_NUMPY)
        try:
            with self._sending:
                self._connection.send_bytes(raw)
        except OSError:
            # Nobody is left to tell.
            os._exit(0)

    def _received(self) -> bytes:
        try:
            return self._connection.recv_bytes()
        except (EOFError, OSError):
            # The service is gone, and so are those who asked.
            os._exit(0)

    def _refuse(self, error: ModelError) -> None:
        self._send({"error": str(error), "code": error.code})
        sys.exit(0)

    def _show_life(self) -> None:
        """Until the file is loaded: a word as often as work was done, and the end with the service."""
        before = _work()
        while not self._connection.poll(_LOOK_S):
            if self._is_ready:
                return
            if (now := _work()) > before:
                before = now
                self._send([])
        if not self._is_ready:
            # Nothing is asked before: the service is gone.
            os._exit(0)


def _work() -> tuple[int, int]:
    """What the other threads did up to now: units of time that they computed, and reads from a disk."""
    computed_s = time.process_time() - time.thread_time()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return int(computed_s / _COMPUTED_S), usage.ru_inblock + usage.ru_majflt


def _end_process(arguments: threading.ExceptHookArgs) -> None:
    """A thread that stops would leave its callers waiting: end, so that the service starts a process anew."""
    sys.excepthook(arguments.exc_type, arguments.exc_value or arguments.exc_type(), arguments.exc_traceback)
    sys.stderr.flush()
    os._exit(70)
