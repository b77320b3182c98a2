"""For whom a reply was written, the markup of a wording, and limits by kind of call"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import storage.types

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("replies", sa.Column("audience", sa.String(), nullable=False, server_default="public"))
    op.add_column("revisions", sa.Column("original", sa.String(), nullable=True))
    op.add_column("accounts", sa.Column("read_retry_at", storage.types.UtcDateTime(timezone=True), nullable=True))
    op.execute("UPDATE accounts SET read_retry_at = retry_at")  # until now a limit held for all calls
    op.drop_column("questions", "enough_at")


def downgrade() -> None:
    op.add_column("questions", sa.Column("enough_at", storage.types.UtcDateTime(timezone=True), nullable=True))
    op.drop_column("accounts", "read_retry_at")
    op.drop_column("revisions", "original")
    op.drop_column("replies", "audience")
