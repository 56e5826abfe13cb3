"""Which lanes gave the verdict of a review item, and in which language its post is: what the queue filters by.

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-22 17:20:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# As `app.core.review.lane_of` says it.
FILL = """
    UPDATE review_items SET (lane, language) = (
        SELECT
            CASE
                WHEN json_array_length(unavailable) > 0 THEN 'incomplete'
                WHEN json_array_length(lanes) > 1 THEN 'second'
                WHEN json_array_length(lanes) = 1 THEN 'early'
                ELSE 'first'
            END,
            decisions.language
        FROM decisions WHERE decisions.id = review_items.decision_id
    )
"""


def upgrade() -> None:
    op.add_column("review_items", sa.Column("lane", sa.Text, nullable=False, server_default="first"))
    op.add_column("review_items", sa.Column("language", sa.Text, nullable=False, server_default="en"))
    op.execute(FILL)
    # A filter that matches little is answered from the index alone.
    for name, key in (("queue", sa.text("priority DESC")), ("oldest", "opened_at")):
        op.drop_index(f"ix_review_items_{name}", "review_items")
        columns = ["state", "turn", key, "id", "label", "action", "score", "lane", "language"]
        op.create_index(f"ix_review_items_{name}", "review_items", columns)


def downgrade() -> None:
    raise NotImplementedError("What was answered is not thrown away by a downgrade; restore a backup instead.")
