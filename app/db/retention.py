"""Reads for retention: whose text has been kept for long enough."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Engine

from app.core.types import Action
from app.db.engine import translated
from app.db.erasing import AT_ONCE, outlived_statement


class RetentionQueries:
    """Reads on their own connections."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def outlived(self, action: Action, *, before: datetime) -> Iterator[list[str]]:
        """Stream ids of decisions of an action that keep a text from before a time, some at a time.

        Each list is a read of its own, from where the last one ended.
        """
        after: tuple[datetime, str] | None = None
        while True:
            statement = outlived_statement(action, before=before, after=after)
            with translated(self._engine.url), self._engine.connect() as connection:
                rows = connection.execute(statement).all()
            if rows:
                yield [row.id for row in rows]
            if len(rows) < AT_ONCE:
                return
            after = rows[-1].created_at, rows[-1].id
