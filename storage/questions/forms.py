"""Forms that were filled in and wait for a yes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import UnsentForm

KEPT = timedelta(days=30)
"""A form that nobody said yes to for so long is dropped when the next one comes."""


async def add_form(session: AsyncSession, workspace: str, by: str, filled: Mapping[str, Any], now: datetime) -> int:
    """Keep a filled form; answers its id."""
    await session.execute(delete(UnsentForm).where(UnsentForm.at < now - KEPT))
    draft = UnsentForm(workspace=workspace, by=by, filled=dict(filled), at=now)
    session.add(draft)
    await session.flush()
    return draft.id


async def load_form(session: AsyncSession, workspace: str, draft_id: int) -> UnsentForm | None:
    """A form that still waits, None where it became a question or was dropped."""
    draft = await session.get(UnsentForm, draft_id)
    return draft if draft is not None and draft.workspace == workspace and draft.taken_at is None else None


async def find_form(session: AsyncSession, workspace: str, by: str, token: str) -> UnsentForm | None:
    """The form that was first shown with this token, also where it became a question."""
    theirs = UnsentForm.workspace == workspace, UnsentForm.by == by
    found: UnsentForm | None = await session.scalar(
        select(UnsentForm).where(*theirs, UnsentForm.filled["token"].as_string() == token).limit(1)
    )
    return found


async def list_forms(session: AsyncSession, workspace: str, by: str) -> list[UnsentForm]:
    """Those of somebody that still wait, the newest first."""
    theirs = UnsentForm.workspace == workspace, UnsentForm.by == by, UnsentForm.taken_at.is_(None)
    newest = UnsentForm.at.desc(), UnsentForm.id.desc()
    return [*await session.scalars(select(UnsentForm).where(*theirs).order_by(*newest))]


async def change_form(session: AsyncSession, draft_id: int, filled: Mapping[str, Any], now: datetime) -> None:
    """Other words for the same form."""
    await session.execute(update(UnsentForm).where(UnsentForm.id == draft_id).values(filled=dict(filled), at=now))


async def take_form(session: AsyncSession, draft_id: int, now: datetime) -> bool:
    """Take it to make a question of it; False where somebody was quicker."""
    taken = await session.execute(
        update(UnsentForm)
        .where(UnsentForm.id == draft_id, UnsentForm.taken_at.is_(None))
        .values(taken_at=now)
        .returning(UnsentForm.id)
    )
    return taken.first() is not None


async def give_back(session: AsyncSession, draft_id: int) -> None:
    """Return a taken form: no question was made of it."""
    await session.execute(update(UnsentForm).where(UnsentForm.id == draft_id).values(taken_at=None))


async def drop_form(session: AsyncSession, draft_id: int) -> None:
    """Delete a form."""
    await session.execute(delete(UnsentForm).where(UnsentForm.id == draft_id))
