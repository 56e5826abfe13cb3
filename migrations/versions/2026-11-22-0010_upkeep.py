"""The signed head of the audit trail, when a text was removed, and what is left to do in the file.

Revision ID: 0010
Revises: 0008
Create Date: 2026-11-22 12:40:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TIME = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column(
            "sequence", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False
        ),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
    )
    op.create_table(
        "upkeep",
        sa.Column("task", sa.Text, primary_key=True),
        sa.Column("at", TIME, nullable=False),
    )
    op.add_column("decisions", sa.Column("text_removed_at", TIME))


def downgrade() -> None:
    raise NotImplementedError("The audit trail is not taken down; restore a backup instead.")
