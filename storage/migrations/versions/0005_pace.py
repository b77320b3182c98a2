"""Pace: what answers are compared by, so that only what is new is judged"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _upgrade_outlines()


def downgrade() -> None:
    _downgrade_outlines()


def _upgrade_outlines() -> None:
    """Empty: what is stored is judged once more, by other rules than before."""
    op.create_table(
        "outlines",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("outline", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_outlines_question_id_questions")),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_outlines_reply_id_replies")),
        sa.PrimaryKeyConstraint("question_id", "reply_id", name=op.f("pk_outlines")),
        sqlite_with_rowid=False,
    )


def _downgrade_outlines() -> None:
    op.drop_table("outlines")
