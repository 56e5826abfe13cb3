"""First tables: decisions, review items, rulings and the audit trail.

Revision ID: 0001
Revises:
Create Date: 2026-11-22 00:01:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Fixed here, so that a later change of app.db.tables leaves this step of the history as it was.
TIME = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("content_id", sa.Text),
        sa.Column("author_id", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("plain_text", sa.Text),
        sa.Column("edits", sa.JSON),
        sa.Column("hints", sa.JSON),
        sa.Column("context", sa.JSON, nullable=False),
        sa.Column("text_hash", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        sa.Column("category", sa.Text),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("categories", sa.JSON, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("lexicon", sa.Text, nullable=False),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("unavailable", sa.JSON, nullable=False),
        sa.Column("latency_ms", sa.Double, nullable=False),
    )
    op.create_index("ix_decisions_created_at", "decisions", ["created_at"])
    op.create_index("ix_decisions_content_id", "decisions", ["content_id"])
    op.create_index("ix_decisions_author_id", "decisions", ["author_id"])

    op.create_table(
        "review_items",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("decision_id", sa.Text, sa.ForeignKey("decisions.id"), nullable=False, unique=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("priority", sa.Double, nullable=False),
        sa.Column("category", sa.Text),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
    )
    op.create_index("ix_review_items_queue", "review_items", ["state", sa.text("priority DESC"), "id"])

    op.create_table(
        "rulings",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("item_id", sa.Text, sa.ForeignKey("review_items.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("category", sa.Text),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("ix_rulings_item_id", "rulings", ["item_id"])

    op.create_table(
        "audit_events",
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("at", TIME, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("previous_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.create_index("ix_audit_events_subject", "audit_events", ["subject"])
    for statement in APPEND_ONLY[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("The audit trail is not taken down; restore a backup instead.")


APPEND_ONLY = {
    "sqlite": (
        """
        CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
        BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END
        """,
        """
        CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
        BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END
        """,
        # INSERT OR REPLACE deletes the old row without firing the trigger above.
        """
        CREATE TRIGGER audit_events_no_replace BEFORE INSERT ON audit_events
        WHEN EXISTS (SELECT 1 FROM audit_events WHERE sequence = NEW.sequence)
        BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END
        """,
    ),
    "postgresql": (
        """
        CREATE FUNCTION audit_events_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'audit events are append-only'; END $$
        """,
        """
        CREATE TRIGGER audit_events_no_change BEFORE UPDATE OR DELETE ON audit_events
        FOR EACH ROW EXECUTE FUNCTION audit_events_append_only()
        """,
        """
        CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events
        FOR EACH STATEMENT EXECUTE FUNCTION audit_events_append_only()
        """,
    ),
}
