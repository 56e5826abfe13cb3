"""The use case of taking everything out again."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from app.core.feedback import Feedback
from app.core.review import Decision
from app.db.queries import Queries, RecordedRuling

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A decision with the rulings people made on it, and what the site told about it."""

    decision: Decision
    rulings: tuple[RecordedRuling, ...]
    feedback: tuple[Feedback, ...]


class ExportService:
    """Streams what is kept, oldest first."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

    def decisions(self) -> Iterator[ExportRow]:
        """Every decision with its rulings."""
        for some in chunks(self._queries.decisions()):
            ids = [decision.id for decision in some]
            rulings, feedback = self._queries.rulings_on(ids), self._queries.feedback_on(ids)
            for decision in some:
                yield ExportRow(
                    decision=decision,
                    rulings=rulings.get(decision.id, ()),
                    feedback=feedback.get(decision.id, ()),
                )


def chunks(decisions: Iterator[Decision]) -> Iterator[list[Decision]]:
    """Lists of a few decisions each, for reads that take several ids."""
    while some := list(islice(decisions, _CHUNK)):
        yield some
