"""What a service does by itself to stay in order.

It keeps the witness of the audit trail, texts no longer than it should, and the file clean of what was
erased. Every process that serves does it; doing it twice changes nothing.
"""

import threading
import time
from collections.abc import Callable
from datetime import datetime

import structlog

from app.core.errors import PlainspeakError
from app.db.erasure import Eraser
from app.services.audit import AuditService
from app.services.retention import RetentionService

_LOG = structlog.get_logger()
WITNESS_EVERY_S = 5.0
"""A look costs three short reads; the file is written where something has happened."""
SWEEP_EVERY_S = 600.0


class Upkeep:
    """Runs on a thread of its own."""

    def __init__(
        self,
        audit: AuditService,
        retention: RetentionService,
        eraser: Eraser,
        *,
        clock: Callable[[], datetime],
        sweep_every_s: float = SWEEP_EVERY_S,
    ) -> None:
        """Bring the parts together; nothing is done yet."""
        self._audit = audit
        self._retention = retention
        self._eraser = eraser
        self._clock = clock
        self._sweep_every_s = sweep_every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="plainspeak-upkeep", daemon=True)

    def start(self) -> None:
        """Do it from now on."""
        self._thread.start()

    def close(self) -> None:
        """Stop, and leave the witness as it should be."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self._audit.keep_witness()

    def sweep(self) -> None:
        """Remove what is due, and clean the file; what goes wrong is logged and tried again."""
        try:
            self._retention.sweep()
            self._eraser.scrub(now=self._clock())
        except PlainspeakError as error:
            _LOG.warning("upkeep.failed", code=error.code, detail=str(error))

    def _run(self) -> None:
        # By a clock that nobody sets.
        swept_at: float | None = None
        while True:
            self._audit.keep_witness()
            if swept_at is None or time.monotonic() - swept_at >= self._sweep_every_s:
                swept_at = time.monotonic()
                self.sweep()
            if self._stop.wait(WITNESS_EVERY_S):
                return
