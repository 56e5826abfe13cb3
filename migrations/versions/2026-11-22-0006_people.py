"""People who log in and their sessions; appeals, and the items that one is open on.

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-22 09:40:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TIME = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("disabled_at", TIME),
        sa.PrimaryKeyConstraint("name", name="pk_users"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=False),
        sa.Column("agent", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.ForeignKeyConstraint(["user_name"], ["users.name"], name="fk_sessions_user_name"),
    )
    op.create_index("ix_sessions_user_name", "sessions", ["user_name"])

    op.create_table(
        "appeals",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("decision_id", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("against", sa.Text, nullable=False),
        sa.Column("item_version", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("decided_at", TIME),
        sa.Column("ruling_id", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_appeals"),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name="fk_appeals_decision_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_appeals_decision_id", "appeals", ["decision_id"])
    op.add_column("review_items", sa.Column("appeal_id", sa.Text))
    op.create_index("ix_review_items_appeal_id", "review_items", ["appeal_id"])


def downgrade() -> None:
    raise NotImplementedError("The audit trail is not taken down; restore a backup instead.")
