"""Reads for the page of what is kept. They look at every row, and are for one person now and then."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, Connection, Engine, Table, func, select, text
from sqlalchemy.exc import DBAPIError

from app.core.holdings import Holding, Kind, TextHolding
from app.db import erasing
from app.db.engine import translated
from app.db.tables import (
    api_keys,
    appeals,
    audit_events,
    decision_hours,
    decisions,
    feedback,
    policy_revisions,
    receipts,
    review_counts,
    review_items,
    rulings,
    sessions,
    term_days,
    term_revisions,
    users,
    webhook_deliveries,
    webhook_endpoints,
)

_TABLES: Mapping[Kind, tuple[tuple[Table, Column[datetime] | None], ...]] = {
    Kind.DECISIONS: ((decisions, decisions.c.created_at),),
    Kind.REVIEWS: ((review_items, review_items.c.opened_at), (rulings, rulings.c.at)),
    Kind.APPEALS: ((appeals, appeals.c.at),),
    Kind.FEEDBACK: ((feedback, feedback.c.at),),
    Kind.RECEIPTS: ((receipts, None),),
    Kind.DELIVERIES: ((webhook_deliveries, webhook_deliveries.c.at), (webhook_endpoints, None)),
    Kind.COUNTS: ((decision_hours, None), (term_days, None), (review_counts, None)),
    Kind.REVISIONS: ((term_revisions, term_revisions.c.at), (policy_revisions, policy_revisions.c.at)),
    Kind.PEOPLE: ((users, users.c.created_at), (sessions, None), (api_keys, api_keys.c.created_at)),
    Kind.AUDIT: ((audit_events, audit_events.c.at),),
}
_SEARCH_ROWS = {
    "sqlite": text("SELECT count(*) FROM decision_search_keys"),
    "postgresql": text("SELECT count(*) FROM decision_search"),
}
_SIZES = {
    "sqlite": text(
        "SELECT coalesce(tbl_name, stat.name) AS name, sum(pgsize) AS size "
        "FROM dbstat AS stat LEFT JOIN sqlite_master ON sqlite_master.name = stat.name "
        "WHERE aggregate = TRUE GROUP BY 1"
    ),
    "postgresql": text(
        "SELECT relname AS name, pg_total_relation_size(oid) AS size FROM pg_class "
        "WHERE relkind = 'r' AND pg_table_is_visible(oid)"
    ),
}
_SERVER_SIZE = text("SELECT pg_database_size(current_database())")


class HoldingQueries:
    """Reads on their own connections."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def holdings(self) -> tuple[Holding, ...]:
        """How much of each kind is held."""
        with translated(self._engine.url), self._engine.connect() as connection:
            sizes = self._sizes(connection)
            found = [_holding(connection, kind, sizes) for kind in _TABLES]
            rows = int(connection.execute(_SEARCH_ROWS[self._engine.dialect.name]).scalar_one())
            size = sum(size for name, size in sizes.items() if name.startswith("decision_search"))
            found.insert(1, Holding(Kind.SEARCH, rows, None, size if sizes else None))
        return tuple(found)

    def server_bytes(self) -> int:
        """How large the database of a server is, which has no file to look at."""
        with translated(self._engine.url), self._engine.connect() as connection:
            return int(connection.execute(_SERVER_SIZE).scalar_one())

    def texts(self) -> tuple[TextHolding, ...]:
        """How many posts are held with their text, by what the machine did with them."""
        kept = decisions.c.text.is_not(None)
        statement = (
            select(
                decisions.c.action,
                func.count().label("decisions"),
                func.count().filter(kept).label("texts"),
                func.min(decisions.c.created_at).filter(kept).label("oldest_text"),
            )
            .group_by(decisions.c.action)
            .order_by(decisions.c.action)
        )
        with translated(self._engine.url), self._engine.connect() as connection:
            return tuple(
                TextHolding(row.action, row.decisions, row.texts, _time_of(row.oldest_text))
                for row in connection.execute(statement)
            )

    def marks(self) -> Mapping[str, datetime]:
        """When the file was last rewritten, and since when that is due, by task."""
        with translated(self._engine.url), self._engine.connect() as connection:
            return {row.task: row.at for row in connection.execute(erasing.marks_statement())}

    def _sizes(self, connection: Connection) -> dict[str, int]:
        """Bytes of each table with its indexes; nothing where the database does not tell."""
        statement = _SIZES[self._engine.dialect.name]
        try:
            return {row.name: int(row.size) for row in connection.execute(statement)}
        except DBAPIError:
            # SQLite is not always built with it.
            return {}


def _holding(connection: Connection, kind: Kind, sizes: Mapping[str, int]) -> Holding:
    rows, oldest = 0, []
    for table, at in _TABLES[kind]:
        rows += int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        if at is not None and (first := connection.execute(select(func.min(at))).scalar_one()) is not None:
            oldest.append(_time_of(first))
    size = sum(sizes.get(table.name, 0) for table, _ in _TABLES[kind])
    return Holding(kind, rows, min((each for each in oldest if each), default=None), size if sizes else None)


def _time_of(found: datetime | str | None) -> datetime | None:
    return datetime.fromisoformat(found) if isinstance(found, str) else found
