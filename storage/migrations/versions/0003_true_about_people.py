"""True about people: where an imported reply comes from, and the id that it has there"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _upgrade_imports()


def downgrade() -> None:
    _downgrade_imports()


def _upgrade_imports() -> None:
    """What was imported until now has its id as `remote_id`, and nobody wrote down from where."""
    op.add_column("replies", sa.Column("source", sa.String(), nullable=False, server_default=""))
    op.add_column("replies", sa.Column("source_id", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_replies_question_id_source_id", "replies", ["question_id", "source_id"])


def _downgrade_imports() -> None:
    op.drop_index("ix_replies_question_id_source_id", "replies")
    op.drop_column("replies", "source_id")
    op.drop_column("replies", "source")
