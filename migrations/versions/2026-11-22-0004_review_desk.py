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

    for statement in SEARCH[op.get_context().dialect.name]:
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
SEARCH_SQLITE = (
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

# A row for each text, numbered in the order in which they came, as on SQLite. Words are what SQLite's index takes
# for words: runs of letters and digits, small, without accents. They are the same whatever the locale of the
# server is, because ICU's rules are named. What is past the first characters of a text, or of a word, is not
# indexed: PostgreSQL bounds both, and storing a decision must not fail on its index.
SEARCH_POSTGRESQL = (
    """
    CREATE TABLE decision_search (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        decision_id text NOT NULL UNIQUE REFERENCES decisions (id) ON DELETE CASCADE,
        words tsvector NOT NULL
    )
    """,
    "CREATE INDEX ix_decision_search_words ON decision_search USING gin (words)",
    r"""
    CREATE FUNCTION decision_search_words(body text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
        SELECT coalesce(array_agg(left(found.word, 500) ORDER BY found.place), '{}')
        FROM regexp_split_to_table(
            lower(regexp_replace(
                left(normalize(left(body, 50000), NFKD), 50000), '[\u0300-\u036f]', '', 'g'
            ) COLLATE "und-x-icu"),
            '[^[:alnum:]]+'
        ) WITH ORDINALITY AS found (word, place)
        WHERE found.word <> ''
    )
    """,
    # Between the two texts a place stays free, so that no phrase reaches from one into the other. In PL/pgSQL, which
    # keeps its plans: this runs for every post.
    """
    CREATE FUNCTION decision_search_vector(body text, plain text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    DECLARE
        words text[] := decision_search_words(body);
    BEGIN
        IF plain <> body THEN
            words := words || ''::text || decision_search_words(plain);
        END IF;
        RETURN (
            SELECT coalesce(string_agg(found.word || ':' || found.place, ' '), '')
            FROM unnest(words) WITH ORDINALITY AS found (word, place) WHERE found.word <> ''
        )::tsvector;
    END $$
    """,
    # Every word and "quoted phrase" must be there; the last word may go on where it is unfinished.
    """
    CREATE FUNCTION decision_search_query(wanted text[], unfinished boolean) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (
        SELECT coalesce(string_agg(phrase.words, ' & '), '')::tsquery
        FROM (
            SELECT array_to_string(decision_search_words(each.phrase), ' <-> ')
                || CASE WHEN unfinished AND each.place = cardinality(wanted) THEN ':*' ELSE '' END AS words
            FROM unnest(wanted) WITH ORDINALITY AS each (phrase, place)
            WHERE cardinality(decision_search_words(each.phrase)) > 0
        ) AS phrase
    )
    """,
    """
    CREATE FUNCTION decision_search_learn() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            DELETE FROM decision_search WHERE decision_id = OLD.id;
        END IF;
        IF NEW.text IS NOT NULL THEN
            INSERT INTO decision_search (decision_id, words)
            VALUES (NEW.id, decision_search_vector(NEW.text, NEW.plain_text));
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER decision_search_learn AFTER INSERT OR UPDATE OF text, plain_text ON decisions
    FOR EACH ROW EXECUTE FUNCTION decision_search_learn()
    """,
    # What was stored before this version.
    """
    INSERT INTO decision_search (decision_id, words)
    SELECT id, decision_search_vector(text, plain_text) FROM decisions
    WHERE text IS NOT NULL ORDER BY created_at, id
    """,
)
SEARCH = {"sqlite": SEARCH_SQLITE, "postgresql": SEARCH_POSTGRESQL}
