"""Who is barred, by keyed hashes; and digests that are to be written anew as a whole"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _upgrade_barred()
    _upgrade_stale()


def downgrade() -> None:
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
