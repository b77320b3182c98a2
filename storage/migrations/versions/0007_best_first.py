"""Answers are listed by their score again: what the rules alone keep has no rank, and stood last"""

from collections.abc import Sequence

from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """The same columns behind another first one: the lists are read from it alone."""
    op.drop_index("ix_counted_replies_question_id_rank", "counted_replies")
    op.create_index("ix_counted_replies_question_id_score", "counted_replies", _order_by("score"))


def downgrade() -> None:
    op.drop_index("ix_counted_replies_question_id_score", "counted_replies")
    op.create_index("ix_counted_replies_question_id_rank", "counted_replies", _order_by("rank"))


def _order_by(column: str) -> list[str]:
    return ["question_id", column, "reply_id", "outcome", "barrier", "first_hand"]
