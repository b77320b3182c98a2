"""Judgement: what a wording is found again by"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _upgrade_fingerprints()


def downgrade() -> None:
    _downgrade_fingerprints()


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
