"""The use case of a site that tells what its own people made of a post."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app.core.feedback import Feedback, SuggestedScore
from app.core.language import Guess, language_of
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.services.checks import check_characters
from app.services.moderation import text_hash

__all__ = ["Feedback", "FeedbackService", "SuggestedScore"]


class FeedbackService:
    """Keeps feedback with the decision it belongs to."""

    def __init__(
        self,
        ledger: Ledger,
        queries: Queries,
        *,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        secret: bytes,
        guess: Callable[[str], Guess],
    ) -> None:
        self._ledger = ledger
        self._queries = queries
        self._clock = clock
        self._new_id = new_id
        self._secret = secret
        self._guess = guess

    def suggest(
        self,
        text: str,
        scores: Sequence[SuggestedScore],
        *,
        client_token: str | None,
        community_id: str | None,
    ) -> str:
        """Keep suggested scores and, when they are durable, give the language of the text.

        They belong to the newest decision on the same text, among several to the one that came with the same
        token; where there is none, to the newest that came with this token. Without any they are kept alone.

        Raises:
            UnreadableText: something is not valid Unicode.
            StorageError: nothing is kept.
        """
        for what, given in (
            ("The text", text),
            ("The clientToken", client_token or ""),
            ("The communityId", community_id or ""),
            *(("The name of an attribute", score.attribute) for score in scores),
        ):
            check_characters(given, what=what)
        feedback = Feedback(
            id=self._new_id(),
            at=self._clock(),
            text_hash=text_hash(text, secret=self._secret),
            client_token=client_token,
            community_id=community_id,
            scores=tuple(scores),
        )
        decision_id = self._queries.decision_about(feedback.text_hash, client_token=client_token)
        self._ledger.record_feedback(feedback, decision_id=decision_id)
        return language_of(text, text, guess=self._guess)
