"""Refusals of a login in a row, by kind of call"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _upgrade_accounts()


def downgrade() -> None:
    _downgrade_accounts()


def _upgrade_accounts() -> None:
    op.add_column("accounts", sa.Column("refusals", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("accounts", sa.Column("read_refusals", sa.Integer(), nullable=False, server_default="0"))


def _downgrade_accounts() -> None:
    op.drop_column("accounts", "read_refusals")
    op.drop_column("accounts", "refusals")
