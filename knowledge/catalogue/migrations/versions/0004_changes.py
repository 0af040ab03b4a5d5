"""What documents do to each other, and corrections by an admin.

Revision 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add changes; documents ingested before have none until they are ingested again."""
    op.create_table(
        "changes",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=16), nullable=False),
        sa.Column("by_number", sa.Text(), nullable=False),
        sa.Column("target_number", sa.Text(), nullable=False),
        sa.Column("article", sa.String(length=16), nullable=False),
        sa.Column("clause", sa.String(length=16), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("excepted", sa.JSON(), nullable=False),
        sa.Column("exception", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name=op.f("fk_changes_version_id_versions")
        ),
        sa.PrimaryKeyConstraint("version_id", "ordinal", name=op.f("pk_changes")),
    )
    op.add_column(
        "effects",
        sa.Column("corrected", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
