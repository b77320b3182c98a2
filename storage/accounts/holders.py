"""What processes hold, and that of the dead: leases, claims of posts and of the outbox."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.accounts.accounts import take_lease
from storage.models import Lease, Outgoing, Post

_ALIVE = "alive:"
"""Leases of this name say that their holder lives; whoever has one and does not renew it is dead."""


async def list_holders(session: AsyncSession) -> list[str]:
    """Whoever holds anything."""
    held = [select(table.holder).where(table.holder.is_not(None)) for table in (Lease, Post, Outgoing)]
    return sorted(holder for holder in await session.scalars(union(*held)) if holder)


async def beat(session: AsyncSession, holder: str, now: datetime, length: timedelta) -> None:
    """Say that a process lives, to those on other machines."""
    await take_lease(session, f"{_ALIVE}{holder}", holder, now, length)


async def find_silent(session: AsyncSession, now: datetime) -> list[str]:
    """Those who said that they live, and say so no longer."""
    query = select(Lease.holder).where(Lease.name.startswith(_ALIVE), Lease.lease_until <= now)
    return list(await session.scalars(query))


async def free_what_they_hold(session: AsyncSession, dead: Collection[str], now: datetime) -> None:
    """Their leases are anybody's. Their claims have lapsed: what they were sending is unclear, never due again."""
    await session.execute(delete(Lease).where(Lease.holder.in_(dead)))
    for table in (Post, Outgoing):
        await session.execute(
            update(table)
            .where(table.holder.in_(dead), table.lease_until > now)
            .values(lease_until=now)
            .execution_options(synchronize_session=False)
        )
