"""Where the notice stands that replies may be quoted"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import storage.types

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _upgrade_notices()


def downgrade() -> None:
    _downgrade_notices()


def _upgrade_notices() -> None:
    op.add_column("parts", sa.Column("has_notice", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("parts", sa.Column("stood_at", storage.types.UtcDateTime(timezone=True), nullable=True))
    op.add_column("parts", sa.Column("gone_at", storage.types.UtcDateTime(timezone=True), nullable=True))
    # until now the notice was the end of the last text of a question, and an adopted post had none
    op.execute(
        "UPDATE parts SET has_notice = true WHERE role IN ('root', 'thread')"
        " AND post_id IN (SELECT posts.id FROM posts WHERE NOT posts.adopted)"
        " AND position = (SELECT max(other.position) FROM parts AS other"
        " WHERE other.post_id = parts.post_id AND other.role IN ('root', 'thread'))"
    )


def _downgrade_notices() -> None:
    op.drop_column("parts", "gone_at")
    op.drop_column("parts", "stood_at")
    op.drop_column("parts", "has_notice")
