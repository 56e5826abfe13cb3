"""Whether the service can answer: the model is loaded and the database takes writes.

A lexicon or a policy that could not be brought up to date is told and is no failure: the last good one
answers. So is a language model that does not answer: a person does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.core.errors import ModelError, PlainspeakError
from app.db.ledger import Ledger
from app.services.judge import Judge
from app.services.live_lexicon import LiveLexicon
from app.services.live_policy import LivePolicy


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must work."""

    name: str
    ok: bool
    detail: str
    """What it is when it works; what is wrong and the next step when it does not."""


class HealthService:
    """Tries what a request needs."""

    def __init__(
        self, judge: Callable[[], Judge], ledger: Ledger, lexicon: LiveLexicon, policy: LivePolicy
    ) -> None:
        self._judge = judge
        self._ledger = ledger
        self._lexicon = lexicon
        self._policy = policy

    def readiness(self) -> tuple[Check, ...]:
        """Try the model and the database, each by itself, and tell which lexicon and policy are in use."""
        return (
            self._check("model", self._model),
            self._check("database", self._database),
            Check(name="lexicon", ok=True, detail=self._lexicon.detail),
            Check(name="policy", ok=True, detail=self._policy.detail),
            *self._language_model(),
        )

    def _language_model(self) -> tuple[Check, ...]:
        """Whether the language model answers. Where it does not, texts that need it go to a person."""
        try:
            found = self._judge().language_model
        except ModelError:
            return ()  # The check of the model tells.
        if found is None:
            return ()
        try:
            detail = found.check()
        except ModelError as error:
            detail = f"Texts that need it go to a person. {error}"
        return (Check(name="scorer", ok=True, detail=detail),)

    def _model(self) -> str:
        return self._judge().classifier.check()

    def _database(self) -> str:
        self._ledger.ping()
        return "writable"

    @staticmethod
    def _check(name: str, attempt: Callable[[], str]) -> Check:
        try:
            return Check(name=name, ok=True, detail=attempt())
        except PlainspeakError as error:
            return Check(name=name, ok=False, detail=str(error))
