"""Revisions of terms: what people change about the lexicon, append-only.

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-22 06:00:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Fixed here, so that a later change of app.db.tables leaves this step of the history as it was.
TIME = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "term_revisions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("term", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
    )
    op.create_index("ix_term_revisions_term", "term_revisions", ["term", "version"], unique=True)
    for statement in APPEND_ONLY[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("The history of the lexicon is not taken down; restore a backup instead.")


APPEND_ONLY = {
    "sqlite": (
        """
        CREATE TRIGGER term_revisions_no_update BEFORE UPDATE ON term_revisions
        BEGIN SELECT RAISE(ABORT, 'term revisions are append-only'); END
        """,
        """
        CREATE TRIGGER term_revisions_no_delete BEFORE DELETE ON term_revisions
        BEGIN SELECT RAISE(ABORT, 'term revisions are append-only'); END
        """,
        # INSERT OR REPLACE deletes the old row without firing the trigger above.
        """
        CREATE TRIGGER term_revisions_no_replace BEFORE INSERT ON term_revisions
        WHEN EXISTS (SELECT 1 FROM term_revisions WHERE number = NEW.number
            OR (term = NEW.term AND version = NEW.version))
        BEGIN SELECT RAISE(ABORT, 'term revisions are append-only'); END
        """,
    ),
    "postgresql": (
        """
        CREATE FUNCTION term_revisions_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'term revisions are append-only'; END $$
        """,
        """
        CREATE TRIGGER term_revisions_no_change BEFORE UPDATE OR DELETE ON term_revisions
        FOR EACH ROW EXECUTE FUNCTION term_revisions_append_only()
        """,
        """
        CREATE TRIGGER term_revisions_no_truncate BEFORE TRUNCATE ON term_revisions
        FOR EACH STATEMENT EXECUTE FUNCTION term_revisions_append_only()
        """,
    ),
}
