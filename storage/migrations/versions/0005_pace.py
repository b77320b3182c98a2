"""Pace: words are found by an index, and what is usable is counted when it changes"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.migrations.search_index import create_fts5, create_tsvectors, drop_words, has_fts5
from storage.migrations.uncounted import watch_postgresql, watch_sqlite

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _upgrade_search()


def downgrade() -> None:
    _downgrade_search()


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
