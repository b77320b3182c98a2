"""What a person should know, told once."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Event
from storage.sql.upsert import insert
from storage.states import CONFIG_WORKSPACE


async def record_event(
    session: AsyncSession,
    kind: str,
    subject: str,
    message: str,
    *,
    now: datetime,
    question_id: int | None = None,
    workspace: str = CONFIG_WORKSPACE,
) -> bool:
    """Record an event; False where the same kind and subject was told before."""
    told = await session.execute(
        insert(session, Event)
        .values(workspace=workspace, kind=kind, subject=subject, message=message, at=now, question_id=question_id)
        .on_conflict_do_nothing(index_elements=["workspace", "kind", "subject"])
        .returning(Event.id)
    )
    return told.first() is not None


async def newest_id(session: AsyncSession) -> int:
    """The id of the last event, 0 before the first."""
    return await session.scalar(select(func.max(Event.id))) or 0


async def events_after(session: AsyncSession, workspaces: Collection[str], after: int, until: int) -> list[Event]:
    """Events of some workspaces with ids above `after`, up to `until`."""
    rows = await session.scalars(
        select(Event).where(Event.workspace.in_(workspaces), Event.id > after, Event.id <= until).order_by(Event.id)
    )
    return list(rows)


async def recent_events(session: AsyncSession, workspace: str, since: datetime) -> list[Event]:
    """Events from `since` on, oldest first."""
    rows = await session.scalars(
        select(Event).where(Event.workspace == workspace, Event.at >= since).order_by(Event.at, Event.id)
    )
    return list(rows)
