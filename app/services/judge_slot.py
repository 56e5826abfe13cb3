"""The judge that answers at the moment, or why there is none."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import structlog

from app.core.errors import EngineFailed, ModelError, PlainspeakError
from app.core.lexicon import Lexicon
from app.core.policy import Policy
from app.services.judge import Judge
from app.services.meter import UNMETERED

_LOG = structlog.get_logger()
_RETRY_S = 5.0
"""Time before a model that cannot be used is tried again."""
_LONGEST_RETRY_S = 60.0
"""Before one that an engine failed on, whose every try costs memory or a wait: twice as long each time."""
_PATIENCE_S = 30.0
"""Who asks while the model is loaded waits so long, and is then told."""
_WARM_UP = "Hello there, this is a p0st to w@rm up w*th, wrttn to have its language guessed as well."


class JudgeSlot:
    """Holds the judge, or the reason why there is none.

    While the model cannot be used, the pages stay up, every request is told why, and the file is tried again,
    so that putting it in place is enough.
    """

    def __init__(
        self,
        load: Callable[[Lexicon, Policy], Judge],
        *,
        lexicon: Lexicon,
        policy: Policy,
        patience_s: float = _PATIENCE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._load = load
        self._lexicon = lexicon
        self._policy = policy
        self._patience_s = patience_s
        self._clock = clock
        self._lock = threading.Lock()
        # One of its own: who brings a lexicon does not wait for a model.
        self._loading = threading.Lock()
        self._judge: Judge | None = None
        self._error: ModelError | None = None
        self._failures = 0
        self._not_before = 0.0

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
        if not self._loading.acquire(timeout=self._patience_s):
            raise EngineFailed("The model is still being loaded. Send the request again in a moment.")
        try:
            return self._judge or self._loaded()
        finally:
            self._loading.release()

    def _loaded(self) -> Judge:
        if self._error is not None and self._clock() < self._not_before:
            raise self._error.with_traceback(None)
        try:
            judge = self._load(self._lexicon, self._policy)
        except ModelError as error:
            self._wait_after(error)
            _LOG.error("model.unusable", code=error.code, detail=str(error))
            raise
        with self._lock:
            # What came while it was loaded is used too.
            self._judge = replace(judge, lexicon=self._lexicon, policy=self._policy)
        _LOG.info("model.loaded", model=judge.classifier.version)
        return self._judge

    def _wait_after(self, error: ModelError) -> None:
        self._failures = self._failures + 1 if isinstance(error, EngineFailed) else 0
        wait_s = min(_RETRY_S * 2 ** max(self._failures - 1, 0), _LONGEST_RETRY_S)
        self._error = error
        self._not_before = self._clock() + wait_s
