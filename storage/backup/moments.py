"""When a copy was made, and when one was put in place of the database: rows of `controls`."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.accounts.accounts import load_control, set_control
from storage.models import Activity, Post
from storage.states import CONFIG_WORKSPACE

_COPIED, _RESTORED = "copied", "restored"


@dataclass(frozen=True, slots=True)
class Copied:
    """When a copy was made, and how long the notes on who is barred were then (bytes). at None: by no `backup`."""

    at: datetime | None
    noted: int = 0


@dataclass(frozen=True, slots=True)
class Restored:
    """at: when. copied_at: what was sent since then is not known. posts: ids up to this one were in the copy.
    floor: ids up to this one may have been given away since.
    """

    at: datetime
    copied_at: datetime
    posts: int
    floor: int


async def mark_copied(session: AsyncSession, at: datetime, noted: int) -> None:
    """Say in a copy when it was made: a moment before its first byte was read."""
    value = json.dumps({"at": at.isoformat(), "noted": noted})
    await set_control(session, CONFIG_WORKSPACE, _COPIED, value, by="", now=at)


async def load_copied(session: AsyncSession) -> Copied:
    """What a copy says of itself; of a file that was copied otherwise, when its bot was last at work."""
    value = await _load(session, _COPIED)
    if value is None:
        return Copied(await session.scalar(select(func.max(Activity.succeeded_at))))
    said = json.loads(value)
    return Copied(datetime.fromisoformat(said["at"]), said["noted"])


async def mark_restored(session: AsyncSession, restored: Restored) -> None:
    """From now on, what was due before is looked for before it is sent."""
    value = {
        "at": restored.at.isoformat(),
        "copied_at": restored.copied_at.isoformat(),
        "posts": restored.posts,
        "floor": restored.floor,
    }
    await set_control(session, CONFIG_WORKSPACE, _RESTORED, json.dumps(value), by="", now=restored.at)


async def load_restored(session: AsyncSession) -> Restored | None:
    """When the database was last put in place of another one; None where it never was."""
    value = await _load(session, _RESTORED)
    if value is None:
        return None
    said = json.loads(value)
    at, copied_at = datetime.fromisoformat(said["at"]), datetime.fromisoformat(said["copied_at"])
    return Restored(at, copied_at, said["posts"], said["floor"])


async def find_last_post(session: AsyncSession) -> int:
    """The largest id that a post has."""
    return await session.scalar(select(func.max(Post.id))) or 0


async def _load(session: AsyncSession, name: str) -> str | None:
    return await load_control(session, CONFIG_WORKSPACE, name)
