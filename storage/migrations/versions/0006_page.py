"""The page: which answers were read, and the order of the kept ones"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _upgrade_looks()


def downgrade() -> None:
    _downgrade_looks()


def _upgrade_looks() -> None:
    """Nobody has read anything yet."""
    op.create_table(
        "looks",
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("looked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["replies.id"], name=op.f("fk_looks_reply_id_replies"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_looks")),
    )


def _downgrade_looks() -> None:
    op.drop_table("looks")
