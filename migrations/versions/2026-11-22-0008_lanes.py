"""What each model would have answered alone, where more than one was asked.

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-22 09:50:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decisions", sa.Column("lanes", sa.JSON))


def downgrade() -> None:
    raise NotImplementedError("What was answered is not thrown away by a downgrade; restore a backup instead.")
