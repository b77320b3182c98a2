"""Who had themselves erased: known by a mark from which nobody can be read."""

from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Erasure
from storage.sql.upsert import insert


def erased_name(platform: str, remote_id: str) -> str:
    """What stands for an erased profile: made of its id, which cannot be read from it."""
    return "erased:" + sha256(f"{platform}\0{remote_id}".encode()).hexdigest()


async def load_erased(session: AsyncSession) -> frozenset[str]:
    """All marks: few, and mostly none."""
    return frozenset(await session.scalars(select(Erasure.name)))


async def mark_erased(session: AsyncSession, platform: str, remote_id: str) -> None:
    """What a page brings of this profile is left out from now on; marked before, it stays so."""
    name = erased_name(platform, remote_id)
    await session.execute(insert(session, Erasure).values(name=name).on_conflict_do_nothing())
