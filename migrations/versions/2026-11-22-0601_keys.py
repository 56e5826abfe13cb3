"""API keys.

Revision ID: 0002_doors
Revises: term_revisions
Create Date: 2026-11-22 06:01:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_doors"
down_revision = "term_revisions"
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


def downgrade() -> None:
    raise NotImplementedError("Nobody's key is taken away by a downgrade; restore a backup instead.")
