"""Judgement: what is worth an editor's time, decoys of a question, and what a wording is found again by"""

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
    _upgrade_fingerprints()


def downgrade() -> None:
    _downgrade_fingerprints()
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


def _upgrade_fingerprints() -> None:
    """Empty: what is stored already gets its prints when its question is judged next, by other rules than before."""
    op.create_table(
        "fingerprints",
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_fingerprints_revision_id_revisions")),
        sa.PrimaryKeyConstraint("kind", "hash", "revision_id", name=op.f("pk_fingerprints")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fingerprints_revision_id", "fingerprints", ["revision_id"])


def _downgrade_fingerprints() -> None:
    op.drop_index("ix_fingerprints_revision_id", "fingerprints")
    op.drop_table("fingerprints")
