"""Whether the service can answer: the model is loaded and the database takes writes."""

from collections.abc import Callable
from dataclasses import dataclass

from app.core.errors import PlainspeakError
from app.db.ledger import Ledger
from app.services.moderation import Judge


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must work."""

    name: str
    ok: bool
    detail: str
    """What it is when it works; what is wrong and the next step when it does not."""


class HealthService:
    """Tries what a request needs."""

    def __init__(self, judge: Callable[[], Judge], ledger: Ledger) -> None:
        self._judge = judge
        self._ledger = ledger

    def readiness(self) -> tuple[Check, ...]:
        """Try the model and the database, each by itself."""
        return (self._check("model", self._model), self._check("database", self._database))

    def _model(self) -> str:
        return self._judge().classifier.version

    def _database(self) -> str:
        self._ledger.ping()
        return "writable"

    @staticmethod
    def _check(name: str, attempt: Callable[[], str]) -> Check:
        try:
            return Check(name=name, ok=True, detail=attempt())
        except PlainspeakError as error:
            return Check(name=name, ok=False, detail=str(error))
