"""The use case of finding what is new: which words of the last posts may be terms."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from app.core.discovery import Discovery, Sample, discover
from app.core.lexicon import Term
from app.core.review import Decision, RecordedRuling
from app.core.types import Label, RulingAction
from app.core.vocabulary import RISKY
from app.db.queries import Queries
from app.services.export import chunks

MOST_POSTS = 5000


class DiscoveryService:
    """Looks through the posts that are kept."""

    def __init__(
        self, queries: Queries, *, terms: Callable[[], Iterable[Term]], clock: Callable[[], datetime]
    ) -> None:
        """Bring the parts together.

        Args:
            queries: every read.
            terms: gives the terms there are, retired ones too, which are nothing new.
            clock: the time now, UTC.
        """
        self._queries = queries
        self._terms = terms
        self._clock = clock

    def discover(self, *, days: int) -> Discovery:
        """Look through the last days, at most `MOST_POSTS` posts."""
        since = self._clock() - timedelta(days=days)
        recent = self._queries.recent_decisions(limit=MOST_POSTS, since=since)
        return discover(list(self._samples(recent)), known=known_words(self._terms()))

    def _samples(self, decisions: Iterator[Decision]) -> Iterator[Sample]:
        for some in chunks(decisions):
            rulings = self._queries.rulings_on([decision.id for decision in some])
            for decision in some:
                if decision.text is not None:
                    overridden = is_overridden(decision, rulings.get(decision.id, ()))
                    yield Sample(
                        decision_id=decision.id,
                        text=decision.text,
                        at=decision.created_at,
                        author_id=decision.author_id,
                        category=decision.verdict.category,
                        target=overridden or is_harmful(decision),
                        overridden=overridden,
                    )


def is_harmful(decision: Decision) -> bool:
    """Whether the machine called the post harmful."""
    return decision.verdict.label.severity >= Label.HARMFUL.severity


def is_overridden(decision: Decision, rulings: Sequence[RecordedRuling]) -> bool:
    """Whether a person's last word on the post is not the machine's."""
    final = [each.ruling for each in rulings if each.ruling.action is not RulingAction.ESCALATE][-1:]
    return any(
        (ruling.action is RulingAction.BLOCK) != is_harmful(decision)
        or ruling.category not in {None, decision.verdict.category}
        for ruling in final
    )


def known_words(terms: Iterable[Term]) -> frozenset[str]:
    """Surfaces and plain words of terms, and the words that are risky when said plainly."""
    forms = [form for term in terms for form in term.forms]
    plain = {word for form in forms for word in form.canonical.lower().split()}
    return RISKY | plain | {form.surface for form in forms}
