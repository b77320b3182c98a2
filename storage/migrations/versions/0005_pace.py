"""Pace: what is due, changed, counted and found is found by an index"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.migrations.search_index import create_fts5, create_tsvectors, drop_words, has_fts5
from storage.migrations.uncounted import watch_postgresql, watch_sqlite
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
    _upgrade_beside()
    _upgrade_profiles()
    _upgrade_due()
    _upgrade_outlines()
    _upgrade_search()


def downgrade() -> None:
    _downgrade_search()
    _downgrade_outlines()
    _downgrade_due()
    _downgrade_profiles()
    _downgrade_beside()


def _upgrade_profiles() -> None:
    """Unknown until a profile is read again."""
    op.add_column("authors", sa.Column("made_at", UtcDateTime(timezone=True), nullable=True))


def _downgrade_profiles() -> None:
    op.drop_column("authors", "made_at")


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


def _upgrade_search() -> None:
    """Words are indexed here. Nothing is counted yet: each question is, when it is asked for next."""
    op.add_column("questions", sa.Column("counted_by", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "uncounted",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uncounted")),
    )
    op.create_table(
        "counted_replies",
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=True),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("ranked_out", sa.Boolean(), nullable=False),
        sa.Column("barrier", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("waits", sa.SmallInteger(), nullable=True),
        sa.Column("rank", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["replies.id"], name=op.f("fk_counted_replies_reply_id_replies"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_counted_replies")),
    )
    op.create_index(
        "ix_counted_replies_question_id_round_outcome", "counted_replies", ["question_id", "round", "outcome"]
    )
    op.create_index(
        "ix_counted_replies_question_id_waits_rank", "counted_replies", ["question_id", "waits", "rank", "reply_id"]
    )
    op.create_index("ix_counted_replies_question_id_score", "counted_replies", ["question_id", "score"])
    op.create_index("ix_counted_replies_revision_id", "counted_replies", ["revision_id"])
    op.create_index("ix_counted_replies_author_id", "counted_replies", ["author_id"])
    if op.get_bind().dialect.name == "postgresql":
        create_tsvectors()
        watch_postgresql()
    else:
        watch_sqlite()
        if has_fts5():
            create_fts5()


def _downgrade_search() -> None:
    drop_words()
    op.drop_table("counted_replies")
    op.drop_table("uncounted")
    op.drop_column("questions", "counted_by")


def _upgrade_beside() -> None:
    """Nothing yet: what is stored is judged once more, by other rules than before."""
    op.add_column("verdicts", sa.Column("beside", sa.JSON(), nullable=False, server_default="[]"))


def _downgrade_beside() -> None:
    op.drop_column("verdicts", "beside")
