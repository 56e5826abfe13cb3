"""The lexicon in force, kept up to date while the service runs.

Several processes may serve one database. Each looks a few times a second whether terms were revised, by
anybody, and then builds the new lexicon beside the one in use and puts it in its place. Requests read one
reference and wait for nothing. A lexicon that cannot be built changes nothing: the last good one stays in
use, and the log and `/readyz` say why.
"""

import threading
from collections.abc import Callable

import structlog

from app.core.errors import LexiconInvalid, StorageError
from app.core.lexicon import Lexicon, lexicon_of
from app.core.revisions import in_force, states_of
from app.db.queries import Queries

_LOG = structlog.get_logger()
POLL_S = 0.5
"""Between two looks at the database; a look is one short read."""


class LiveLexicon:
    """Follows the revisions of terms."""

    def __init__(self, bundled: Lexicon, queries: Queries, *, use: Callable[[Lexicon], None]) -> None:
        """Begin with the bundled terms.

        Args:
            bundled: the terms that come with Plainspeak.
            queries: every read.
            use: is given each new lexicon.
        """
        self.bundled = bundled
        self._queries = queries
        self._use = use
        self._lexicon = bundled
        self._tried = 0
        """Number of the last revision that was taken up, or found unusable."""
        self._broken = ""
        self._unreachable = ""
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="plainspeak-lexicon", daemon=True)

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon in use."""
        return self._lexicon

    @property
    def detail(self) -> str:
        """Version of the lexicon in use, and what keeps it from being the latest, if anything."""
        said = f"{self._lexicon.version}, {len(self._lexicon.terms)} terms"
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
        """Use the latest lexicon, where there is a new one that can be used."""
        with self._lock:
            try:
                number = self._queries.last_revision()
                if number != self._tried:
                    self._load(number)
            except StorageError as error:
                self._log_kept(error.code, known=bool(self._unreachable))
                self._unreachable = str(error)
            else:
                self._unreachable = ""

    def _load(self, number: int) -> None:
        """Build the lexicon up to a revision; one that cannot be built is not tried a second time."""
        try:
            latest = self._queries.latest_revisions()
            lexicon = lexicon_of(in_force(states_of(self.bundled.terms, latest)))
        except StorageError:
            raise
        except LexiconInvalid as error:
            self._broken = f"{error} Correct it at /lexicon."
            self._log_kept(error.code)
        # Whatever a revision holds, this worker goes on.
        except Exception as error:  # noqa: BLE001
            self._broken = f"Revision {number} raised {type(error).__name__}. Please report it."
            self._log_kept("unexpected")
        else:
            self._use(lexicon)
            self._lexicon = lexicon
            self._broken = ""
            _LOG.info("lexicon.loaded", lexicon=lexicon.version, revision=number, terms=len(lexicon.terms))
        self._tried = number

    def _log_kept(self, code: str, *, known: bool = False) -> None:
        if not known:
            _LOG.error("lexicon.kept", lexicon=self._lexicon.version, code=code)

    def _follow(self) -> None:
        while not self._stop.wait(POLL_S):
            self.refresh()
