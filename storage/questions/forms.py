"""Forms that were filled in and wait for a yes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Draft

KEPT = timedelta(days=30)
"""A form that nobody said yes to for so long is dropped when the next one comes."""


async def add_draft(session: AsyncSession, workspace: str, by: str, filled: Mapping[str, Any], now: datetime) -> int:
    """Keep a filled form; answers its id."""
    await session.execute(delete(Draft).where(Draft.at < now - KEPT))
    draft = Draft(workspace=workspace, by=by, filled=dict(filled), at=now)
    session.add(draft)
    await session.flush()
    return draft.id


async def load_draft(session: AsyncSession, workspace: str, draft_id: int) -> Draft | None:
    """A form that still waits, None where it became a question or was dropped."""
    draft = await session.get(Draft, draft_id)
    return draft if draft is not None and draft.workspace == workspace and draft.taken_at is None else None


async def fill_draft(session: AsyncSession, draft_id: int, filled: Mapping[str, Any], now: datetime) -> None:
    """Other words for the same form."""
    await session.execute(update(Draft).where(Draft.id == draft_id).values(filled=dict(filled), at=now))


async def take_draft(session: AsyncSession, draft_id: int, now: datetime) -> bool:
    """Take it to make a question of it; False where somebody was quicker."""
    taken = await session.execute(
        update(Draft).where(Draft.id == draft_id, Draft.taken_at.is_(None)).values(taken_at=now).returning(Draft.id)
    )
    return taken.first() is not None


async def give_back(session: AsyncSession, draft_id: int) -> None:
    """It became no question after all."""
    await session.execute(update(Draft).where(Draft.id == draft_id).values(taken_at=None))


async def drop_draft(session: AsyncSession, draft_id: int) -> None:
    """It is not wanted."""
    await session.execute(delete(Draft).where(Draft.id == draft_id))
