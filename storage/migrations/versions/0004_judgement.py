"""Judgement: what is worth an editor's time, and decoys of a question"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _upgrade_quotable()
    _upgrade_decoys()


def downgrade() -> None:
    _downgrade_decoys()
    _downgrade_quotable()


def _upgrade_decoys() -> None:
    with op.batch_alter_table("questions") as questions:
        questions.add_column(sa.Column("decoys", sa.JSON(), server_default="[]", nullable=False))


def _downgrade_decoys() -> None:
    with op.batch_alter_table("questions") as questions:
        questions.drop_column("decoys")


def _upgrade_quotable() -> None:
    """What was judged until now counts as before, until it is judged again."""
    op.add_column("verdicts", sa.Column("quotable", sa.Boolean(), nullable=False, server_default=sa.true()))


def _downgrade_quotable() -> None:
    op.drop_column("verdicts", "quotable")
