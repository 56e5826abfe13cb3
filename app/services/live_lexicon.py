"""The lexicon in force, kept up to date while the service runs."""

from collections.abc import Callable

from app.core.lexicon import Lexicon, lexicon_of
from app.core.revisions import in_force, states_of
from app.db.queries import Queries
from app.services.follow import Follower


class LiveLexicon(Follower[Lexicon]):
    """Follows the revisions of terms."""

    area = "lexicon"

    def __init__(self, bundled: Lexicon, queries: Queries, *, use: Callable[[Lexicon], None]) -> None:
        """Begin with the bundled terms.

        Args:
            bundled: the terms that come with Plainspeak.
            queries: every read.
            use: is given each new lexicon.
        """
        super().__init__(bundled, use=use)
        self.bundled = bundled
        self._queries = queries

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon in use."""
        return self._value

    def _last_revision(self) -> int:
        return self._queries.last_revision()

    def _build(self, number: int) -> Lexicon:  # noqa: ARG002  the latest of each term, whatever its number
        return lexicon_of(in_force(states_of(self.bundled.terms, self._queries.latest_revisions())))

    def _version(self, value: Lexicon) -> str:
        return value.version

    def _describe(self, value: Lexicon) -> str:
        return f"{value.version}, {len(value.terms)} terms"
