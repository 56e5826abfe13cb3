"""The judge that answers at the moment, or why there is none."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import structlog

from app.core.errors import ModelError, PlainspeakError
from app.core.lexicon import Lexicon
from app.core.policy import Policy
from app.services.meter import UNMETERED
from app.services.moderation import Judge

_LOG = structlog.get_logger()
_RETRY_S = 5.0
"""Time between two tries of a model that cannot be used."""
_WARM_UP = "Hello there, this is a p0st to w@rm up with, long enough for its language to be guessed."


class JudgeSlot:
    """Holds the judge, or the reason why there is none.

    While the model cannot be used, the pages stay up, every request is told why, and the file is tried again,
    so that putting it in place is enough.
    """

    def __init__(self, load: Callable[[Lexicon, Policy], Judge], *, lexicon: Lexicon, policy: Policy) -> None:
        self._load = load
        self._lexicon = lexicon
        self._policy = policy
        self._lock = threading.Lock()
        self._judge: Judge | None = None
        self._error: ModelError | None = None
        self._tried_at = 0.0

    def judge(self) -> Judge:
        """The judge.

        Raises:
            ModelError: the model cannot be used.
        """
        # Without the lock first: once there is a judge, there is always one.
        return self._judge or self._load_once()

    def warm_up(self) -> None:
        """Judge a post that nobody sent, so that the first one does not wait for what is loaded at need."""
        with suppress(PlainspeakError):
            replace(self.judge(), meter=UNMETERED).judge([_WARM_UP])

    def use(self, lexicon: Lexicon) -> None:
        """Judge with this lexicon from now on; what is being judged is finished with the one before."""
        with self._lock:
            self._lexicon = lexicon
            if self._judge is not None:
                self._judge = replace(self._judge, lexicon=lexicon)

    def use_policy(self, policy: Policy) -> None:
        """Decide by this policy from now on; what is being judged is finished by the one before."""
        with self._lock:
            self._policy = policy
            if self._judge is not None:
                self._judge = replace(self._judge, policy=policy)

    def close(self) -> None:
        """Stop the engine."""
        if self._judge is not None:
            self._judge.classifier.close()

    def _load_once(self) -> Judge:
        with self._lock:
            if self._judge is not None:
                return self._judge
            if self._error is not None and time.monotonic() - self._tried_at <= _RETRY_S:
                raise self._error.with_traceback(None)
            self._tried_at = time.monotonic()
            try:
                self._judge = self._load(self._lexicon, self._policy)
            except ModelError as error:
                self._error = error
                _LOG.error("model.unusable", code=error.code, detail=str(error))
                raise
            _LOG.info("model.loaded", model=self._judge.classifier.version)
            return self._judge
