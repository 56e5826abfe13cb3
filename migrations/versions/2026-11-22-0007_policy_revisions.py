"""Revisions of the policy, append-only, and the counts that the dashboard is drawn from.

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-22 09:30:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Fixed here, so that a later change of app.db.tables leaves this step of the history as it was.
TIME = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "policy_revisions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("reverts_to", sa.Integer),
        sa.Column("content", sa.JSON, nullable=False),
        sa.UniqueConstraint("version", name="uq_policy_revisions_version"),
    )
    op.create_table(
        "decision_hours",
        sa.Column("hour", sa.String(13), primary_key=True),
        sa.Column("model", sa.Text, primary_key=True),
        sa.Column("label", sa.Text, primary_key=True),
        sa.Column("action", sa.Text, primary_key=True),
        sa.Column("band", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("posts", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "term_days",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("term", sa.Text, primary_key=True),
        sa.Column("posts", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_rulings_at", "rulings", ["at", "action", "undone_at"])
    dialect = op.get_context().dialect.name
    for statement in (*APPEND_ONLY[dialect], COUNT_DECISIONS[dialect], COUNT_TERMS[dialect]):
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("The history of the policy is not taken down; restore a backup instead.")


APPEND_ONLY = {
    "sqlite": (
        """
        CREATE TRIGGER policy_revisions_no_update BEFORE UPDATE ON policy_revisions
        BEGIN SELECT RAISE(ABORT, 'policy revisions are append-only'); END
        """,
        """
        CREATE TRIGGER policy_revisions_no_delete BEFORE DELETE ON policy_revisions
        BEGIN SELECT RAISE(ABORT, 'policy revisions are append-only'); END
        """,
        # INSERT OR REPLACE deletes the old row without firing the trigger above.
        """
        CREATE TRIGGER policy_revisions_no_replace BEFORE INSERT ON policy_revisions
        WHEN EXISTS (SELECT 1 FROM policy_revisions WHERE number = NEW.number OR version = NEW.version)
        BEGIN SELECT RAISE(ABORT, 'policy revisions are append-only'); END
        """,
    ),
    "postgresql": (
        """
        CREATE FUNCTION policy_revisions_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'policy revisions are append-only'; END $$
        """,
        """
        CREATE TRIGGER policy_revisions_no_change BEFORE UPDATE OR DELETE ON policy_revisions
        FOR EACH ROW EXECUTE FUNCTION policy_revisions_append_only()
        """,
        """
        CREATE TRIGGER policy_revisions_no_truncate BEFORE TRUNCATE ON policy_revisions
        FOR EACH STATEMENT EXECUTE FUNCTION policy_revisions_append_only()
        """,
    ),
}

# What was stored before this version.
COUNT_DECISIONS = {
    "sqlite": """
        INSERT INTO decision_hours (hour, model, label, action, band, posts)
        SELECT substr(created_at, 1, 13) AS hour, model, label, action,
            min(19, CAST(score * 20 AS INTEGER)) AS band, count(*)
        FROM decisions GROUP BY 1, 2, 3, 4, 5
    """,
    "postgresql": """
        INSERT INTO decision_hours (hour, model, label, action, band, posts)
        SELECT substr(created_at, 1, 13) AS hour, model, label, action,
            least(19, floor(score * 20)::integer) AS band, count(*)
        FROM decisions GROUP BY 1, 2, 3, 4, 5
    """,
}
COUNT_TERMS = {
    "sqlite": """
        INSERT INTO term_days (day, term, posts)
        SELECT day, term, count(*) FROM (
            SELECT DISTINCT decisions.id, substr(created_at, 1, 10) AS day,
                json_extract(edit.value, '$.term') AS term
            FROM decisions, json_each(decisions.edits) AS edit
        ) AS fired WHERE term IS NOT NULL GROUP BY day, term
    """,
    "postgresql": """
        INSERT INTO term_days (day, term, posts)
        SELECT day, term, count(*) FROM (
            SELECT DISTINCT decisions.id, substr(created_at, 1, 10) AS day, edit.value ->> 'term' AS term
            FROM decisions, json_array_elements(decisions.edits) AS edit
        ) AS fired WHERE term IS NOT NULL GROUP BY day, term
    """,
}
