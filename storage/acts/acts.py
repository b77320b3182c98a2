"""The record of what editors did: who, when, what about, and what it added, so that it can be taken back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import EditorAct

JUDGED, RESTORED, DECIDED, CREDITED, USED, CHECKED = "judged", "restored", "consent", "credit", "used", "check-source"
ADDED, IMPORTED, LISTED, FORGOT, DECOYS = "add", "import", "do-not-quote", "forget", "decoys"
VOUCHED, READ_BACK = "vouched", "read-back"
MOST_REMEMBERED = 200
"""Imports among which one of a shape is looked for."""


async def record_act(
    session: AsyncSession,
    workspace: str,
    kind: str,
    subject: str,
    *,
    by: str,
    now: datetime,
    added: Mapping[str, Sequence[int]] | None = None,
    read_as: Mapping[str, Any] | None = None,
) -> EditorAct:
    """Record an act. subject: `reply 3`, `author 2`, `question tea`; no word of a person.

    added: by table, the ids of the rows that it added; without any, it cannot be taken back. read_as: how a file was
    read, for the next one of its `shape`.
    """
    before: dict[str, Any] = {"added": {table: find_ranges(ids) for table, ids in (added or {}).items() if ids}}
    if read_as:
        before["read_as"] = dict(read_as)
    act = EditorAct(workspace=workspace, kind=kind, subject=subject, by=by, at=now, before=before)
    session.add(act)
    await session.flush()
    return act


async def extend_act(session: AsyncSession, act_id: int, table: str, ids: Sequence[int]) -> None:
    """An act that goes on in another transaction has added these rows too."""
    act = await session.get_one(EditorAct, act_id)
    added = dict(act.before["added"])
    added[table] = find_ranges([*list_ids(added.get(table, [])), *ids])
    act.before = dict(act.before) | {"added": added}


async def find_read_as(session: AsyncSession, workspace: str, shape: str) -> Mapping[str, Any] | None:
    """How the last file of this shape was read, of those that still stand."""
    query = select(EditorAct.before).where(
        EditorAct.workspace == workspace, EditorAct.kind == IMPORTED, EditorAct.undone_at.is_(None)
    )
    for before in await session.scalars(query.order_by(EditorAct.id.desc()).limit(MOST_REMEMBERED)):
        found: Mapping[str, Any] | None = before.get("read_as")
        if found and found.get("shape") == shape:
            return found
    return None


async def list_acts(session: AsyncSession, workspace: str, most: int) -> list[EditorAct]:
    """The last ones of a workspace, the newest first."""
    rows = await session.scalars(
        select(EditorAct).where(EditorAct.workspace == workspace).order_by(EditorAct.id.desc()).limit(most)
    )
    return list(rows)


async def find_act(session: AsyncSession, workspace: str, act_id: int) -> EditorAct | None:
    """An act of a workspace."""
    found: EditorAct | None = await session.scalar(
        select(EditorAct).where(EditorAct.workspace == workspace, EditorAct.id == act_id)
    )
    return found


async def find_last(session: AsyncSession, workspace: str, kinds: Sequence[str], *, by: str = "") -> EditorAct | None:
    """The newest of these kinds that stands; by: of this editor."""
    query = select(EditorAct).where(
        EditorAct.workspace == workspace, EditorAct.kind.in_(kinds), EditorAct.undone_at.is_(None)
    )
    query = query.where(*([EditorAct.by == by] if by else []))
    found: EditorAct | None = await session.scalar(query.order_by(EditorAct.id.desc()).limit(1))
    return found


async def mark_undone(session: AsyncSession, act_id: int, by: str, now: datetime) -> bool:
    """Note that an act is taken back; False where somebody was faster."""
    done = await session.execute(
        update(EditorAct)
        .where(EditorAct.id == act_id, EditorAct.undone_at.is_(None))
        .values(undone_at=now, undone_by=by)
        .returning(EditorAct.id)
    )
    return done.first() is not None


def find_ranges(ids: Iterable[int]) -> list[list[int]]:
    """Ids as pairs of the first and the last of those that follow each other: an import adds thousands."""
    ranges: list[list[int]] = []
    for each in sorted(ids):
        if ranges and each == ranges[-1][1] + 1:
            ranges[-1][1] = each
        else:
            ranges.append([each, each])
    return ranges


def list_ids(ranges: Iterable[Sequence[int]]) -> list[int]:
    """The ids of `find_ranges`."""
    return [each for first, last in ranges for each in range(first, last + 1)]
