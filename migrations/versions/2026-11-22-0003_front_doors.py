"""API keys, receipts of what was answered, feedback, and the language of a decision.

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-22 06:01:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Fixed here, so that a later change of app.db.tables leaves this step of the history as it was.
TIME = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("last_used_at", TIME),
        sa.Column("revoked_at", TIME),
    )
    op.create_table(
        "receipts",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column(
            "decision_id", sa.Text, sa.ForeignKey("decisions.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("expires_at", TIME, nullable=False),
    )
    op.create_index("ix_receipts_decision_id", "receipts", ["decision_id"])
    op.create_index("ix_receipts_expires_at", "receipts", ["expires_at"])
    op.add_column("decisions", sa.Column("client_token", sa.Text))
    op.add_column("decisions", sa.Column("language", sa.Text, nullable=False, server_default="en"))
    op.create_index("ix_decisions_client_token", "decisions", ["client_token"])
    op.create_index("ix_decisions_text_hash_id", "decisions", ["text_hash", "id"])
    op.create_table(
        "feedback",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("decision_id", sa.Text, sa.ForeignKey("decisions.id", ondelete="CASCADE")),
        sa.Column("text_hash", sa.Text, nullable=False),
        sa.Column("client_token", sa.Text),
        sa.Column("community_id", sa.Text),
        sa.Column("scores", sa.JSON, nullable=False),
    )
    op.create_index("ix_feedback_decision_id", "feedback", ["decision_id"])


def downgrade() -> None:
    raise NotImplementedError("Nobody's key is taken away by a downgrade; restore a backup instead.")
