"""The page: which answers were read, the order of the kept ones, words that a writer vouches for, watched drafts"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.migrations.answer_counts import drop_counts, keep_counts
from storage.types import UtcDateTime

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _upgrade_looks()
    _upgrade_drafts()
    _upgrade_read_backs()
    _upgrade_screens()


def downgrade() -> None:
    _downgrade_screens()
    _downgrade_read_backs()
    _downgrade_drafts()
    _downgrade_looks()


def _upgrade_looks() -> None:
    """Nobody has read anything yet."""
    op.create_table(
        "looks",
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("looked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["replies.id"], name=op.f("fk_looks_reply_id_replies"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_looks")),
    )


def _downgrade_looks() -> None:
    op.drop_table("looks")


def _upgrade_drafts() -> None:
    """Ids and keyed hashes; no word of a draft."""
    op.create_table(
        "vouched_quotes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouched_quotes")),
        sa.UniqueConstraint("workspace", "name", name=op.f("uq_vouched_quotes_workspace_name")),
    )
    op.create_table(
        "watched_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("quotes", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("until", UtcDateTime(timezone=True), nullable=False),
        sa.Column("check_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watched_drafts")),
    )
    op.create_index(op.f("ix_watched_drafts_until"), "watched_drafts", ["until"])
    op.create_table(
        "watched_quotes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["watched_drafts.id"],
            name=op.f("fk_watched_quotes_draft_id_watched_drafts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_watched_quotes_reply_id_replies")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name=op.f("fk_watched_quotes_revision_id_revisions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watched_quotes")),
    )
    op.create_index(op.f("ix_watched_quotes_draft_id"), "watched_quotes", ["draft_id"])
    op.create_index(op.f("ix_watched_quotes_reply_id"), "watched_quotes", ["reply_id"])


def _downgrade_drafts() -> None:
    op.drop_table("watched_quotes")
    op.drop_table("watched_drafts")
    op.drop_table("vouched_quotes")


def _upgrade_read_backs() -> None:
    """Nobody was shown their words yet."""
    op.create_table(
        "read_backs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("wants", sa.String(), nullable=False),
        sa.Column("credit", sa.String(), nullable=False),
        sa.Column("follow_up", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("heard", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_read_backs_reply_id_replies")),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_read_backs_revision_id_revisions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_backs")),
        sa.UniqueConstraint("message_id", name=op.f("uq_read_backs_message_id")),
        sa.UniqueConstraint("revision_id", name=op.f("uq_read_backs_revision_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_read_backs_token_hash")),
    )
    op.create_index(op.f("ix_read_backs_reply_id"), "read_backs", ["reply_id"])


def _downgrade_read_backs() -> None:
    op.drop_table("read_backs")


_BEST_FIRST = ["question_id", "rank", "reply_id", "outcome", "barrier", "first_hand"]


def _upgrade_screens() -> None:
    """Answers are counted and listed by an index. Nothing is counted yet: each question is, by other rules than before,
    when it is asked for next.
    """
    op.execute("DELETE FROM counted_replies")
    op.add_column("counted_replies", sa.Column("decided", sa.String(length=32), nullable=True))
    op.add_column("counted_replies", sa.Column("first_hand", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_index("ix_counted_replies_question_id_score", "counted_replies")
    op.create_index("ix_counted_replies_question_id_rank", "counted_replies", _BEST_FIRST)
    is_decided = sa.text("decided IS NOT NULL")
    op.create_index(
        "ix_counted_replies_question_id_decided",
        "counted_replies",
        ["question_id", "decided"],
        sqlite_where=is_decided,
        postgresql_where=is_decided,
    )
    op.create_index("ix_replies_seen_at", "replies", ["seen_at", "account_id"])
    op.create_table(
        "answer_counts",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("barred", sa.Boolean(), nullable=False),
        sa.Column("first_hand", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "question_id", "round", "outcome", "barred", "first_hand", name=op.f("pk_answer_counts")
        ),
    )
    keep_counts(is_sqlite=op.get_bind().dialect.name == "sqlite")


def _downgrade_screens() -> None:
    drop_counts(is_sqlite=op.get_bind().dialect.name == "sqlite")
    op.drop_table("answer_counts")
    op.drop_index("ix_replies_seen_at", "replies")
    op.drop_index("ix_counted_replies_question_id_decided", "counted_replies")
    op.drop_index("ix_counted_replies_question_id_rank", "counted_replies")
    op.create_index("ix_counted_replies_question_id_score", "counted_replies", ["question_id", "score"])
    op.drop_column("counted_replies", "first_hand")
    op.drop_column("counted_replies", "decided")
