"""True about people: acts, who is barred, imports, notices, accounts, digests to be written anew"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

import storage.types

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

MOMENT = storage.types.UtcDateTime(timezone=True)


def upgrade() -> None:
    _upgrade_barred()
    _upgrade_stale()
    _upgrade_acts()
    _upgrade_accounts()
    _upgrade_notices()
    _upgrade_imports()


def downgrade() -> None:
    _downgrade_imports()
    _downgrade_notices()
    _downgrade_accounts()
    _downgrade_acts()
    _downgrade_stale()
    _downgrade_barred()


def _upgrade_barred() -> None:
    """The hashes of those who were erased stay as they are: they get a key where it is known, at the next start."""
    op.create_table(
        "barred",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bar", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name", "bar", name=op.f("pk_barred")),
    )
    op.execute("INSERT INTO barred (name, bar) SELECT name, 'erased' FROM erasures")
    op.drop_table("erasures")


def _downgrade_barred() -> None:
    """Hashes with a key cannot be read by an older pullquote: these people are not known to it any more."""
    op.create_table(
        "erasures",
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_erasures")),
    )
    op.execute("INSERT INTO erasures (name) SELECT name FROM barred WHERE bar = 'erased'")
    op.drop_table("barred")


def _upgrade_stale() -> None:
    op.create_table(
        "stale_digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name=op.f("fk_stale_digests_digest_id_digests")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stale_digests")),
    )


def _downgrade_stale() -> None:
    op.drop_table("stale_digests")


# ---------------------------------------------------------------- acts


def _upgrade_acts() -> None:
    acts = op.create_table(
        "acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
    )
    op.create_index("ix_acts_workspace_id", "acts", ["workspace", "id"])
    rows = [_act(table, row) for table, query in KNOWN_ACTS.items() for row in op.get_bind().execute(query)]
    if rows:
        op.bulk_insert(acts, sorted(rows, key=lambda row: row["at"]))


def _downgrade_acts() -> None:
    op.drop_index("ix_acts_workspace_id", "acts")
    op.drop_table("acts")


def _act(table: str, row: sa.Row[Any]) -> dict[str, Any]:
    """row: id, workspace, subject, by, at, undone_at and kind."""
    values = dict(row._mapping)  # noqa: SLF001  # how SQLAlchemy hands it out
    row_id = values.pop("id")
    return {**values, "before": {"added": {table: [[row_id, row_id]]}}, "undone_by": ""}


def _table(name: str, *columns: str) -> Any:
    moments = ("at", "judged_at", "restored_at")
    return sa.table(name, *(sa.column(each, MOMENT) if each in moments else sa.column(each) for each in columns))


_questions, _replies = _table("questions", "id", "workspace"), _table("replies", "id", "question_id", "author_id")
_revisions = _table("revisions", "id", "reply_id")
_verdicts = _table("verdicts", "id", "revision_id", "editor", "judged_at", "restored_at")
_printings = _table("printings", "id", "reply_id", "by", "at")
_checks = _table("source_checks", "id", "author_id", "by", "at")
_about_reply = ("reply " + sa.cast(_replies.c.id, sa.String)).label("subject")
_never = sa.cast(sa.null(), MOMENT).label("undone_at")

# Who judged, printed and checked stands in their rows. Who entered a consent or a credit was not written down.
KNOWN_ACTS = {
    "verdicts": sa.select(
        sa.literal("judged").label("kind"), _verdicts.c.id, _questions.c.workspace,
        _about_reply, _verdicts.c.editor.label("by"), _verdicts.c.judged_at.label("at"),
        _verdicts.c.restored_at.label("undone_at"),
    )
    .select_from(_verdicts)
    .join(_revisions, _revisions.c.id == _verdicts.c.revision_id)
    .join(_replies, _replies.c.id == _revisions.c.reply_id)
    .join(_questions, _questions.c.id == _replies.c.question_id)
    .where(_verdicts.c.editor.is_not(None))
    .order_by(_verdicts.c.id),
    "printings": sa.select(
        sa.literal("used").label("kind"), _printings.c.id, _questions.c.workspace,
        _about_reply, _printings.c.by, _printings.c.at, _never,
    )
    .select_from(_printings)
    .join(_replies, _replies.c.id == _printings.c.reply_id)
    .join(_questions, _questions.c.id == _replies.c.question_id)
    .order_by(_printings.c.id),
    "source_checks": sa.select(
        sa.literal("check-source").label("kind"), _checks.c.id, sa.func.min(_questions.c.workspace).label("workspace"),
        ("author " + sa.cast(_checks.c.author_id, sa.String)).label("subject"), _checks.c.by, _checks.c.at, _never,
    )
    .select_from(_checks)
    .join(_replies, _replies.c.author_id == _checks.c.author_id)
    .join(_questions, _questions.c.id == _replies.c.question_id)
    .group_by(_checks.c.id, _checks.c.author_id, _checks.c.by, _checks.c.at)
    .order_by(_checks.c.id),
}  # fmt: skip


def _upgrade_accounts() -> None:
    op.add_column("accounts", sa.Column("refusals", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("accounts", sa.Column("read_refusals", sa.Integer(), nullable=False, server_default="0"))


def _downgrade_accounts() -> None:
    op.drop_column("accounts", "read_refusals")
    op.drop_column("accounts", "refusals")


def _upgrade_notices() -> None:
    op.add_column("parts", sa.Column("has_notice", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("parts", sa.Column("stood_at", storage.types.UtcDateTime(timezone=True), nullable=True))
    op.add_column("parts", sa.Column("gone_at", storage.types.UtcDateTime(timezone=True), nullable=True))
    # until now the notice was the end of the last text of a question, and an adopted post had none
    op.execute(
        "UPDATE parts SET has_notice = true WHERE role IN ('root', 'thread')"
        " AND post_id IN (SELECT posts.id FROM posts WHERE NOT posts.adopted)"
        " AND position = (SELECT max(other.position) FROM parts AS other"
        " WHERE other.post_id = parts.post_id AND other.role IN ('root', 'thread'))"
    )


def _downgrade_notices() -> None:
    op.drop_column("parts", "gone_at")
    op.drop_column("parts", "stood_at")
    op.drop_column("parts", "has_notice")


def _upgrade_imports() -> None:
    """What was imported until now has its id as `remote_id`, and nobody wrote down from where."""
    op.add_column("replies", sa.Column("source", sa.String(), nullable=False, server_default=""))
    op.add_column("replies", sa.Column("source_id", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_replies_question_id_source_id", "replies", ["question_id", "source_id"])


def _downgrade_imports() -> None:
    op.drop_index("ix_replies_question_id_source_id", "replies")
    op.drop_column("replies", "source_id")
    op.drop_column("replies", "source")
