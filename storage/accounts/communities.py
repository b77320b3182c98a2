"""Communities that accounts are in, or were."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import GuildMembership
from storage.sql.upsert import insert


async def is_there(session: AsyncSession, account_id: int, remote_id: str) -> bool:
    """Whether it is known that an account is in a community."""
    held = await session.get(GuildMembership, (account_id, remote_id))
    return held is not None and held.left_at is None


async def note_joined(session: AsyncSession, account_id: int, remote_id: str) -> None:
    """The account is there, whatever was before."""
    there = {"left_at": None, "erased_at": None}
    await session.execute(
        insert(session, GuildMembership)
        .values(account_id=account_id, remote_id=remote_id, **there)
        .on_conflict_do_update(index_elements=["account_id", "remote_id"], set_=there)
    )


async def note_left(session: AsyncSession, account_id: int, remote_id: str, now: datetime) -> None:
    """The account was removed; the first moment of it counts."""
    await session.execute(
        insert(session, GuildMembership)
        .values(account_id=account_id, remote_id=remote_id, left_at=now)
        .on_conflict_do_update(
            index_elements=["account_id", "remote_id"], set_={"left_at": now}, where=GuildMembership.left_at.is_(None)
        )
    )


async def list_to_erase(session: AsyncSession, left_before: datetime) -> list[GuildMembership]:
    """Communities that were left before a moment and whose data is still there."""
    rows = await session.scalars(
        select(GuildMembership)
        .where(GuildMembership.left_at <= left_before, GuildMembership.erased_at.is_(None))
        .order_by(GuildMembership.account_id, GuildMembership.remote_id)
    )
    return list(rows)


async def note_erased(session: AsyncSession, account_id: int, remote_id: str, now: datetime) -> None:
    """Nothing of it is left."""
    await session.execute(
        update(GuildMembership)
        .where(GuildMembership.account_id == account_id, GuildMembership.remote_id == remote_id)
        .values(erased_at=now)
    )
