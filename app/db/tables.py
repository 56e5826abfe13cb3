"""The tables, in SQLAlchemy Core. `app.db.rows` reads their rows as values of the core.

The migrations make the tables; a test holds the two together. Keys of categories, labels, actions and states
are plain text, so that a new one needs no migration. Nothing here touches a database.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
)
from sqlalchemy import Text as AnyText

from app.db.postgresql import PostgresText

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime as text of fixed width: `2026-11-22T08:00:00.000000Z`.

    It sorts as text in the order of time on every database, keeps microseconds, can be grouped by hour or day
    with `substr`, and is readable in the `sqlite3` shell. SQLite's own DateTime would lose the zone.
    """

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 SQLAlchemy's signature
        """Write in UTC whatever zone the value has."""
        return None if value is None else self.written(value)

    @staticmethod
    def written(value: datetime) -> str:
        """The time as it is stored."""
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; store aware datetimes.")
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, ANN401 SQLAlchemy's signature
        """Read as UTC."""
        return None if value is None else datetime.fromisoformat(value)


# NULL means "not stored", so that Python's None never becomes JSON's null.
_Json = JSON(none_as_null=True)
Text = AnyText().with_variant(PostgresText(), "postgresql")

decisions = Table(
    "decisions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("created_at", UtcTime, nullable=False),
    Column("content_id", Text, index=True),
    Column("author_id", Text),
    Column("text", Text),
    Column("plain_text", Text),
    Column("edits", _Json),
    Column("hints", _Json),
    Column("context", _Json, nullable=False),
    Column("text_hash", Text, nullable=False),
    Column("client_token", Text, index=True),
    Column("label", Text, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("category", Text),
    Column("score", Double, nullable=False),
    Column("categories", _Json, nullable=False),
    Column("action", Text, nullable=False),
    Column("reasons", _Json, nullable=False),
    Column("model", Text, nullable=False),
    Column("lexicon", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("unavailable", _Json, nullable=False),
    # Everything before this column was read as English.
    Column("language", Text, nullable=False, server_default="en"),
    Column("lanes", _Json),
    Column("latency_ms", Double, nullable=False),
    Column("key_id", Text),
    # Retention takes the text away and leaves the numbers.
    Column("text_removed_at", UtcTime),
)

# Ids sort by time, so the newest decision on a text is the last of its entries.
Index("ix_decisions_text_hash_id", decisions.c.text_hash, decisions.c.id)
# Lists of decisions go from the newest back, all of them or those of one kind.
Index("ix_decisions_created_at", decisions.c.created_at, decisions.c.id)
for _kind in ("author_id", "label", "category", "action"):
    Index(f"ix_decisions_{_kind}", decisions.c[_kind], decisions.c.created_at, decisions.c.id)

review_items = Table(
    "review_items",
    metadata,
    Column("id", Text, primary_key=True),
    Column("decision_id", ForeignKey("decisions.id"), nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("priority", Double, nullable=False),
    Column("category", Text),
    Column("label", Text, nullable=False),
    Column("score", Double, nullable=False),
    Column("action", Text, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("outcome", Text),
    Column("holder", Text),
    Column("claimed_at", UtcTime),
    Column("lease_until", UtcTime, index=True),
    # The appeal that is open on it; few items have one.
    Column("appeal_id", Text, index=True),
    # The first item whose text is nearly the same; see `app.core.waves`.
    Column("wave", Text),
    # Of the verdict, like the score: the queue is filtered by them.
    Column("lane", Text, nullable=False, server_default="first"),
    Column("language", Text, nullable=False, server_default="en"),
)
# The queue reads one state in one of two orders, from where the page before ended. What a filter asks for is
# in the index too, or one that matches little would read every item that waits.
for _name, _key in (("queue", review_items.c.priority.desc()), ("oldest", review_items.c.opened_at)):
    Index(
        f"ix_review_items_{_name}",
        review_items.c.state,
        review_items.c.turn,
        _key,
        review_items.c.id,
        review_items.c.label,
        review_items.c.action,
        review_items.c.score,
        review_items.c.lane,
        review_items.c.language,
    )
# Each category has a view of its own.
Index(
    "ix_review_items_category",
    review_items.c.state,
    review_items.c.category,
    review_items.c.turn,
    review_items.c.priority.desc(),
    review_items.c.id,
)

# How many items there are of each state and category. Triggers keep it (see the migration): counting what
# waits took longer than all else on a page of the queue.
review_counts = Table(
    "review_counts",
    metadata,
    Column("state", Text, primary_key=True),
    # Empty where the items have none.
    Column("category", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Few items have a wave. The queue shows the first of each, in either of its orders.
for _name, _key in (("wave", review_items.c.priority.desc()), ("wave_oldest", review_items.c.opened_at)):
    Index(
        f"ix_review_items_{_name}",
        review_items.c.wave,
        review_items.c.state,
        review_items.c.turn,
        _key,
        review_items.c.id,
        sqlite_where=review_items.c.wave.is_not(None),
        postgresql_where=review_items.c.wave.is_not(None),
    )

# Which first item of a wave a text may be like.
wave_bands = Table(
    "wave_bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("item_id", ForeignKey("review_items.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

rulings = Table(
    "rulings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("item_id", ForeignKey("review_items.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("action", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("category", Text),
    Column("note", Text, nullable=False),
    Column("undone_at", UtcTime),
    # The ruling that was made with it on the item that the person had open.
    Column("bulk", Text),
)
Index(
    "ix_rulings_bulk",
    rulings.c.bulk,
    sqlite_where=rulings.c.bulk.is_not(None),
    postgresql_where=rulings.c.bulk.is_not(None),
)
# A person's last ruling, which they may take back.
Index("ix_rulings_actor", rulings.c.actor, rulings.c.at)
# The last rulings of everybody, and how many there were in each hour.
Index("ix_rulings_at", rulings.c.at, rulings.c.action, rulings.c.undone_at)

audit_events = Table(
    "audit_events",
    metadata,
    # SQLite keeps only a plain INTEGER key in the row itself.
    Column("sequence", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("detail", _Json, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

# One row: the end of the chain, signed in the very transaction that wrote it.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("hash", Text, nullable=False),
    Column("signature", Text, nullable=False),
)

# What is left to do in the file, and since when; see `app.db.erasure`.
upkeep = Table(
    "upkeep",
    metadata,
    Column("task", Text, primary_key=True),
    Column("at", UtcTime, nullable=False),
)

term_revisions = Table(
    "term_revisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("term", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("change", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("content", _Json, nullable=False),
)
Index("ix_term_revisions_term", term_revisions.c.term, term_revisions.c.version, unique=True)

policy_revisions = Table(
    "policy_revisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("version", Text, nullable=False, unique=True),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    # The number of the revision whose steps it brings back; 0 is the policy file.
    Column("reverts_to", Integer),
    Column("content", _Json, nullable=False),
)

# What was judged, added up as it is stored: a million decisions are too many to count for a page.
decision_hours = Table(
    "decision_hours",
    metadata,
    # The start of a UtcTime, up to the hour: "2026-11-22T08".
    Column("hour", String(13), primary_key=True),
    Column("model", Text, primary_key=True),
    Column("label", Text, primary_key=True),
    Column("action", Text, primary_key=True),
    # Twentieths of the score: 0 is below 0.05, 19 is 0.95 and above.
    Column("band", Integer, primary_key=True, autoincrement=False),
    Column("posts", Integer, nullable=False),
    # Its key is all there is to it; SQLite then keeps the rows in the key itself, and reads them in one go.
    sqlite_with_rowid=False,
)
term_days = Table(
    "term_days",
    metadata,
    # The start of a UtcTime, up to the day.
    Column("day", String(10), primary_key=True),
    Column("term", Text, primary_key=True),
    Column("posts", Integer, nullable=False),
    sqlite_with_rowid=False,
)
feedback = Table(
    "feedback",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("decision_id", ForeignKey("decisions.id", ondelete="CASCADE"), index=True),
    Column("text_hash", Text, nullable=False),
    Column("client_token", Text),
    Column("community_id", Text),
    Column("scores", _Json, nullable=False),
)

receipts = Table(
    "receipts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", Text, nullable=False),
    Column("decision_id", ForeignKey("decisions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", UtcTime, nullable=False, index=True),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("created_at", UtcTime, nullable=False),
    Column("last_used_at", UtcTime),
    Column("revoked_at", UtcTime),
)

webhook_endpoints = Table(
    "webhook_endpoints",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key_id", ForeignKey("api_keys.id")),
    Column("url", Text, nullable=False),
    Column("kinds", _Json, nullable=False),
    Column("sealed_secret", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("wait_until", UtcTime),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("event_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("endpoint_id", ForeignKey("webhook_endpoints.id", ondelete="CASCADE"), nullable=False),
    # What is erased is not told any more.
    Column("decision_id", ForeignKey("decisions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("queued_at", UtcTime, nullable=False),
    Column("next_at", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", UtcTime),
    Column("tried_at", UtcTime),
    Column("status", Integer),
    Column("error", Text, nullable=False),
)
# What is due at an endpoint, the longest first; and what of a decision goes before it.
Index(
    "ix_webhook_deliveries_due",
    webhook_deliveries.c.endpoint_id,
    webhook_deliveries.c.state,
    webhook_deliveries.c.next_at,
    webhook_deliveries.c.number,
)
# The page lists one state; what was delivered long ago is swept.
Index("ix_webhook_deliveries_state", webhook_deliveries.c.state, webhook_deliveries.c.number)

users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("disabled_at", UtcTime),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("user_name", ForeignKey("users.name"), nullable=False, index=True),
    Column("opened_at", UtcTime, nullable=False),
    Column("used_at", UtcTime, nullable=False),
    Column("agent", Text, nullable=False),
)

appeals = Table(
    "appeals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("decision_id", ForeignKey("decisions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("against", Text, nullable=False),
    Column("item_version", Integer, nullable=False),
    Column("outcome", Text),
    Column("decided_at", UtcTime),
    Column("ruling_id", Text),
)
