"""Pace, and what else an editor looks at: when a profile was made"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _upgrade_profiles()


def downgrade() -> None:
    _downgrade_profiles()


def _upgrade_profiles() -> None:
    """Unknown until a profile is read again."""
    op.add_column("authors", sa.Column("made_at", UtcDateTime(timezone=True), nullable=True))


def _downgrade_profiles() -> None:
    op.drop_column("authors", "made_at")
