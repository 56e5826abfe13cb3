"""Following what people change while the service runs, in every process that serves the same database.

Each looks a few times a second whether there is a new revision, by anybody, builds the new value beside the
one in use and puts it in its place. Requests read one reference and wait for nothing. A value that cannot be
built changes nothing: the last good one stays in use, and the log and `/readyz` say why.
"""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

import structlog

from app.core.errors import LexiconInvalid, PolicyInvalid, StorageError

_LOG = structlog.get_logger()
POLL_S = 0.5
"""Between two looks at the database; a look is one short read."""

T = TypeVar("T")


class Follower(ABC, Generic[T]):
    """Keeps one value up to date. What it follows, a subclass says."""

    area: ClassVar[str]
    """What log events and the page that mends it are called by."""

    def __init__(self, value: T, *, use: Callable[[T], None]) -> None:
        """Begin with a value; `use` is given each new one."""
        self._value = value
        self._use = use
        self._tried = 0
        """Number of the last revision that was taken up, or found unusable."""
        self._broken = ""
        self._unreachable = ""
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, name=f"plainspeak-{self.area}", daemon=True)

    @property
    def detail(self) -> str:
        """What is in use, and what keeps it from being the latest, if anything."""
        said = self._describe(self._value)
        trouble = " ".join(filter(None, (self._broken, self._unreachable)))
        return f"{said}. Kept, for the latest cannot be used: {trouble}" if trouble else said

    def start(self) -> None:
        """Take up what is revised already, and follow from now on."""
        self.refresh()
        self._thread.start()

    def close(self) -> None:
        """Stop following."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def refresh(self) -> None:
        """Use the latest value, where there is a new one that can be used."""
        with self._lock:
            try:
                number = self._last_revision()
                if number != self._tried:
                    self._load(number)
            except StorageError as error:
                self._log_kept(error.code, known=bool(self._unreachable))
                self._unreachable = str(error)
            else:
                self._unreachable = ""

    @abstractmethod
    def _last_revision(self) -> int:
        """Number of the last revision; 0 without one."""

    @abstractmethod
    def _build(self, number: int) -> T:
        """Build the value up to a revision; raises LexiconInvalid or PolicyInvalid where it cannot be."""

    @abstractmethod
    def _version(self, value: T) -> str:
        """The version of a value."""

    def _describe(self, value: T) -> str:
        return self._version(value)

    def _load(self, number: int) -> None:
        """Build the value up to a revision; one that cannot be built is not tried a second time."""
        try:
            value = self._build(number)
        except StorageError:
            raise
        except (LexiconInvalid, PolicyInvalid) as error:
            self._broken = f"{error} Correct it at /{self.area}."
            self._log_kept(error.code)
        # Whatever a revision holds, this worker goes on.
        except Exception as error:  # noqa: BLE001
            self._broken = f"Revision {number} raised {type(error).__name__}. Please report it."
            self._log_kept("unexpected")
        else:
            self._use(value)
            self._value = value
            self._broken = ""
            _LOG.info(f"{self.area}.loaded", **{self.area: self._version(value)}, revision=number)
        self._tried = number

    def _log_kept(self, code: str, *, known: bool = False) -> None:
        if not known:
            _LOG.error(f"{self.area}.kept", **{self.area: self._version(self._value)}, code=code)

    def _follow(self) -> None:
        while not self._stop.wait(POLL_S):
            self.refresh()
