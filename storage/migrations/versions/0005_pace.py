"""Pace: when each step has work next is found by an index"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_INDEXES = (
    ("ix_targets_plan_at", "targets", ("plan_at",)),
    ("ix_posts_state_collect_until", "posts", ("state", "collect_until")),
    ("ix_posts_state_counted_at", "posts", ("state", "counted_at")),
    ("ix_posts_state_closed_at_closes_at", "posts", ("state", "closed_at", "closes_at")),
    ("ix_posts_digested_at", "posts", ("digested_at", "closed_at")),
    ("ix_outgoings_state_kind", "outgoings", ("state", "kind")),
)


def upgrade() -> None:
    _upgrade_due()


def downgrade() -> None:
    _downgrade_due()


def _upgrade_due() -> None:
    """Every target is looked at once: when its next post is due was not stored."""
    at_once = "1970-01-01 00:00:00.000000"
    op.add_column("targets", sa.Column("plan_at", UtcDateTime(timezone=True), server_default=at_once, nullable=True))
    op.add_column("activities", sa.Column("held", sa.Integer(), nullable=True))
    op.drop_index("ix_questions_changed_at", "questions")
    op.create_index("ix_questions_changed_at", "questions", ["changed_at", "judged_at", "judged_by"])
    for name, table, columns in _INDEXES:
        op.create_index(name, table, list(columns))


def _downgrade_due() -> None:
    for name, table, _ in _INDEXES:
        op.drop_index(name, table)
    op.drop_index("ix_questions_changed_at", "questions")
    op.create_index("ix_questions_changed_at", "questions", ["changed_at"])
    op.drop_column("activities", "held")
    op.drop_column("targets", "plan_at")
