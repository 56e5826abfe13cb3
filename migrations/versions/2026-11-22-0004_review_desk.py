"""The review desk: claims, skips, undone rulings, full-text search, and the indexes its pages read along.

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-22 06:30:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TIME = sa.String(27)


def upgrade() -> None:
    op.add_column("review_items", sa.Column("score", sa.Double, nullable=False, server_default="0"))
    op.add_column("review_items", sa.Column("action", sa.Text, nullable=False, server_default="review"))
    op.add_column("review_items", sa.Column("turn", sa.Integer, nullable=False, server_default="0"))
    op.add_column("review_items", sa.Column("outcome", sa.Text))
    op.add_column("review_items", sa.Column("holder", sa.Text))
    op.add_column("review_items", sa.Column("claimed_at", TIME))
    op.add_column("review_items", sa.Column("lease_until", TIME))
    op.add_column("rulings", sa.Column("undone_at", TIME))
    for statement in FILL:
        op.execute(statement)

    op.drop_index("ix_review_items_queue", "review_items")
    queue = ["turn", sa.text("priority DESC"), "id"]
    op.create_index("ix_review_items_queue", "review_items", ["state", *queue])
    op.create_index("ix_review_items_oldest", "review_items", ["state", "turn", "opened_at", "id"])
    op.create_index("ix_review_items_category", "review_items", ["state", "category", *queue])
    op.create_index("ix_review_items_lease_until", "review_items", ["lease_until"])
    op.create_index("ix_rulings_actor", "rulings", ["actor", "at"])

    op.drop_index("ix_decisions_created_at", "decisions")
    op.drop_index("ix_decisions_author_id", "decisions")
    op.create_index("ix_decisions_created_at", "decisions", ["created_at", "id"])
    for kind in ("author_id", "label", "category", "action"):
        op.create_index(f"ix_decisions_{kind}", "decisions", [kind, "created_at", "id"])

    if op.get_context().dialect.name == "sqlite":
        for statement in SEARCH:
            op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("The audit trail is not taken down; restore a backup instead.")


FILL = (
    """
    UPDATE review_items SET
        score = (SELECT score FROM decisions WHERE decisions.id = review_items.decision_id),
        action = (SELECT action FROM decisions WHERE decisions.id = review_items.decision_id)
    """,
    """
    UPDATE review_items SET outcome = (
        SELECT action FROM rulings
        WHERE rulings.item_id = review_items.id ORDER BY version DESC LIMIT 1
    ) WHERE state = 'resolved'
    """,
)

# Row numbers of `decisions` may change when SQLite compacts the file, so the index has numbers of its own. The
# plain text is indexed only where it says something else.
SEARCH = (
    "CREATE TABLE decision_search_keys (number INTEGER PRIMARY KEY, decision_id TEXT NOT NULL UNIQUE)",
    """
    CREATE VIEW decision_search_texts AS
    SELECT number, text, CASE WHEN plain_text <> text THEN plain_text END AS plain_text
    FROM decision_search_keys JOIN decisions ON decisions.id = decision_id
    """,
    """
    CREATE VIRTUAL TABLE decision_search USING fts5(
        text, plain_text, content='decision_search_texts', content_rowid='number',
        tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER decision_search_insert AFTER INSERT ON decisions WHEN NEW.text IS NOT NULL
    BEGIN
        INSERT INTO decision_search_keys (decision_id) VALUES (NEW.id);
        INSERT INTO decision_search (rowid, text, plain_text)
        SELECT number, text, plain_text FROM decision_search_texts
        WHERE number = (SELECT number FROM decision_search_keys WHERE decision_id = NEW.id);
    END
    """,
    # Before, while the view still has the texts that were indexed.
    """
    CREATE TRIGGER decision_search_delete BEFORE DELETE ON decisions WHEN OLD.text IS NOT NULL
    BEGIN
        INSERT INTO decision_search (decision_search, rowid, text, plain_text)
        SELECT 'delete', number, text, plain_text FROM decision_search_texts
        WHERE number = (SELECT number FROM decision_search_keys WHERE decision_id = OLD.id);
        DELETE FROM decision_search_keys WHERE decision_id = OLD.id;
    END
    """,
    """
    CREATE TRIGGER decision_search_forget BEFORE UPDATE OF text, plain_text ON decisions
    WHEN OLD.text IS NOT NULL
    BEGIN
        INSERT INTO decision_search (decision_search, rowid, text, plain_text)
        SELECT 'delete', number, text, plain_text FROM decision_search_texts
        WHERE number = (SELECT number FROM decision_search_keys WHERE decision_id = OLD.id);
        DELETE FROM decision_search_keys WHERE decision_id = OLD.id;
    END
    """,
    """
    CREATE TRIGGER decision_search_learn AFTER UPDATE OF text, plain_text ON decisions
    WHEN NEW.text IS NOT NULL
    BEGIN
        INSERT INTO decision_search_keys (decision_id) VALUES (NEW.id);
        INSERT INTO decision_search (rowid, text, plain_text)
        SELECT number, text, plain_text FROM decision_search_texts
        WHERE number = (SELECT number FROM decision_search_keys WHERE decision_id = NEW.id);
    END
    """,
    # What was stored before this version.
    """
    INSERT INTO decision_search_keys (decision_id)
    SELECT id FROM decisions WHERE text IS NOT NULL ORDER BY created_at, id
    """,
    "INSERT INTO decision_search (decision_search) VALUES ('rebuild')",
)
