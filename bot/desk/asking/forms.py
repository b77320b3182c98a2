"""Between a filled form and its yes: kept, so that neither a restart nor a mistake costs what was typed."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.context import Context
from bot.desk.errors import refuse
from storage.questions import forms


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that nobody said yes to yet. at: when it was changed."""

    id: int
    at: datetime
    filled: Mapping[str, Any]


async def keep_form(
    context: Context, workspace: str, by: str, filled: Mapping[str, Any], draft_id: int | None = None
) -> int:
    """Keep a form, or with `draft_id` other words for one that is kept; answers its id. Raises DeskError."""
    async with context.store.write() as session:
        if draft_id is None:
            return await forms.add_form(session, workspace, by, filled, context.now())
        draft = await forms.load_form(session, workspace, draft_id)
        if draft is None or draft.by != by:
            raise refuse("form_gone")
        await forms.change_form(session, draft_id, filled, context.now())
    return draft_id


async def load_form(context: Context, workspace: str, by: str, draft_id: int) -> Mapping[str, Any]:
    """What stands in a form. Raises DeskError where it is gone, or somebody else's."""
    async with context.store.read() as session:
        draft = await forms.load_form(session, workspace, draft_id)
    if draft is None or draft.by != by:
        raise refuse("form_gone")
    return draft.filled


async def list_forms(context: Context, workspace: str, by: str) -> list[KeptForm]:
    """The forms of somebody that still wait, the newest first."""
    async with context.store.read() as session:
        found = await forms.list_forms(session, workspace, by)
    return [KeptForm(draft.id, draft.at, draft.filled) for draft in found]


@asynccontextmanager
async def take_form(context: Context, workspace: str, by: str, draft_id: int) -> AsyncIterator[Mapping[str, Any]]:
    """Make a question of a form, once: a second yes finds it gone. What fails within gives it back."""
    filled = await load_form(context, workspace, by, draft_id)
    async with context.store.write() as session:
        if not await forms.take_form(session, draft_id, context.now()):
            raise refuse("form_gone")
    try:
        yield filled
    except Exception:
        async with context.store.write() as session:
            await forms.give_back(session, draft_id)
        raise


async def drop_form(context: Context, workspace: str, by: str, draft_id: int) -> None:
    """Delete a form. Raises DeskError."""
    await load_form(context, workspace, by, draft_id)
    async with context.store.write() as session:
        await forms.drop_form(session, draft_id)
