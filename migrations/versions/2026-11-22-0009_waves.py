"""Waves of posts that are nearly the same, and rulings on several of them at once.

Items that are there already have no wave: what comes in later is compared with what comes in from now on.

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-22 12:40:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("review_items", sa.Column("wave", sa.Text))
    for name, key in (("wave", sa.text("priority DESC")), ("wave_oldest", "opened_at")):
        op.create_index(
            f"ix_review_items_{name}",
            "review_items",
            ["wave", "state", "turn", key, "id"],
            sqlite_where=sa.text("wave IS NOT NULL"),
            postgresql_where=sa.text("wave IS NOT NULL"),
        )
    # A filter that matches little is answered from the index alone.
    for name, key in (("queue", sa.text("priority DESC")), ("oldest", "opened_at")):
        op.drop_index(f"ix_review_items_{name}", "review_items")
        columns = ["state", "turn", key, "id", "label", "action", "score"]
        op.create_index(f"ix_review_items_{name}", "review_items", columns)
    op.create_table(
        "wave_bands",
        sa.Column("band", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("item_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("band", "item_id", name="pk_wave_bands"),
        sa.ForeignKeyConstraint(["item_id"], ["review_items.id"], name="fk_wave_bands_item_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_wave_bands_item_id", "wave_bands", ["item_id"])
    op.add_column("rulings", sa.Column("bulk", sa.Text))
    op.create_index(
        "ix_rulings_bulk",
        "rulings",
        ["bulk"],
        sqlite_where=sa.text("bulk IS NOT NULL"),
        postgresql_where=sa.text("bulk IS NOT NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("Rulings are not thrown away by a downgrade; restore a backup instead.")
