"""The use case of taking everything out again."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from app.core.feedback import Feedback
from app.core.lessons import Lesson, lesson_of
from app.core.review import Decision, RecordedRuling
from app.core.search import DecisionSearch
from app.db.queries import Queries

__all__ = ["ExportRow", "ExportService", "Lesson"]

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A decision with the rulings on it that stand."""

    decision: Decision
    rulings: tuple[RecordedRuling, ...]
    feedback: tuple[Feedback, ...]


class ExportService:
    """Streams what is kept."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

    def decisions(self) -> Iterator[ExportRow]:
        """Every decision with its rulings, oldest first."""
        yield from self._with_rulings(self._queries.decisions())

    def found(self, search: DecisionSearch) -> Iterator[ExportRow]:
        """The decisions of a search with their rulings, newest first."""
        yield from self._with_rulings(self._queries.found(search))

    def lessons(self) -> Iterator[Lesson]:
        """What moderators' rulings teach, the newest first; of posts with the same text the newest alone.

        What was erased, with its author or by itself, is not there any more.
        """
        seen: set[str] = set()
        for row in self.found(DecisionSearch()):
            lesson = lesson_of(row.decision, row.rulings)
            if lesson is not None and lesson.text_hash not in seen:
                seen.add(lesson.text_hash)
                yield lesson

    def _with_rulings(self, decisions: Iterator[Decision]) -> Iterator[ExportRow]:
        for some in chunks(decisions):
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
