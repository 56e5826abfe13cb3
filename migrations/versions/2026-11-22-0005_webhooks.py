"""Webhooks: endpoints, the outbox of what they are told, and whose post a decision is on.

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-22 09:20:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TIME = sa.String(27)


def upgrade() -> None:
    op.add_column("decisions", sa.Column("key_id", sa.Text))
    op.create_table(
        "webhook_endpoints",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("key_id", sa.Text, sa.ForeignKey("api_keys.id")),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("kinds", sa.JSON, nullable=False),
        sa.Column("sealed_secret", sa.Text, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("wait_until", TIME),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column(
            "endpoint_id", sa.Text, sa.ForeignKey("webhook_endpoints.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column(
            "decision_id", sa.Text, sa.ForeignKey("decisions.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("at", TIME, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("queued_at", TIME, nullable=False),
        sa.Column("next_at", TIME, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("lease_until", TIME),
        sa.Column("tried_at", TIME),
        sa.Column("status", sa.Integer),
        sa.Column("error", sa.Text, nullable=False),
    )
    op.create_index("ix_webhook_deliveries_decision_id", "webhook_deliveries", ["decision_id"])
    op.create_index(
        "ix_webhook_deliveries_due", "webhook_deliveries", ["endpoint_id", "state", "next_at", "number"]
    )
    op.create_index("ix_webhook_deliveries_state", "webhook_deliveries", ["state", "number"])


def downgrade() -> None:
    raise NotImplementedError("What apps were promised is not taken back; restore a backup instead.")
