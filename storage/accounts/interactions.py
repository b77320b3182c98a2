"""Interactions that were handled."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Interaction
from storage.sql.upsert import insert


async def record(session: AsyncSession, account_id: int, remote_id: str, kind: str, now: datetime) -> bool:
    """Note an interaction; False where it was handled before."""
    new = await session.execute(
        insert(session, Interaction)
        .values(account_id=account_id, remote_id=remote_id, kind=kind, at=now)
        .on_conflict_do_nothing()
        .returning(Interaction.remote_id)
    )
    return new.first() is not None
