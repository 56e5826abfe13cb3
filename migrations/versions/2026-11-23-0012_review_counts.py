"""How many review items there are of each state and category, kept by triggers; and one more scrub of the file.

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-23 09:40:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ADD = """
    INSERT INTO review_counts (state, category, number)
    VALUES (NEW.state, coalesce(NEW.category, ''), 1)
    ON CONFLICT (state, category) DO UPDATE SET number = review_counts.number + 1;
"""
TAKE = """
    UPDATE review_counts SET number = number - 1
    WHERE state = OLD.state AND category = coalesce(OLD.category, '');
"""
SQLITE = (
    f"CREATE TRIGGER review_counts_insert AFTER INSERT ON review_items BEGIN {ADD} END",
    f"CREATE TRIGGER review_counts_delete AFTER DELETE ON review_items BEGIN {TAKE} END",
    f"""
    CREATE TRIGGER review_counts_update AFTER UPDATE OF state, category ON review_items
    WHEN OLD.state <> NEW.state OR OLD.category IS NOT NEW.category BEGIN {TAKE} {ADD} END
    """,
)
# Whoever writes items holds the lock of all writers, so no two wait for each other's counts.
POSTGRESQL = (
    f"""
    CREATE FUNCTION review_counts_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN {TAKE} END IF;
        IF TG_OP <> 'DELETE' THEN {ADD} END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER review_counts_insert_delete AFTER INSERT OR DELETE ON review_items
    FOR EACH ROW EXECUTE FUNCTION review_counts_keep()
    """,
    """
    CREATE TRIGGER review_counts_update AFTER UPDATE OF state, category ON review_items
    FOR EACH ROW WHEN (OLD.state <> NEW.state OR OLD.category IS DISTINCT FROM NEW.category)
    EXECUTE FUNCTION review_counts_keep()
    """,
)
TRIGGERS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
FILL = """
    INSERT INTO review_counts (state, category, number)
    SELECT state, coalesce(category, ''), count(*) FROM review_items GROUP BY 1, 2
"""

# Where the full-text index was told to forget by itself it did not always: it is cleaned once more.
SCRUB = """
    INSERT INTO upkeep (task, at)
    SELECT 'scrub', at FROM audit_events
    WHERE kind IN ('decision.erased', 'texts.removed') AND NOT EXISTS (SELECT 1 FROM upkeep WHERE task = 'scrub')
    ORDER BY sequence DESC LIMIT 1
"""


def upgrade() -> None:
    op.create_table(
        "review_counts",
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("state", "category", name="pk_review_counts"),
        sqlite_with_rowid=False,
    )
    op.execute(FILL)
    op.execute(SCRUB)
    for statement in TRIGGERS[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("What was answered is not thrown away by a downgrade; restore a backup instead.")
