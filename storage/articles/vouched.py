"""Words for which a writer vouches, by their keyed hash."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import VouchedQuote
from storage.sql.chunks import chunked
from storage.sql.upsert import insert


async def find_vouched(session: AsyncSession, workspace: str, names: Collection[str]) -> dict[str, datetime]:
    """Those of the names that somebody vouches for, with since when."""
    found: dict[str, datetime] = {}
    for chunk in chunked(sorted(names)):
        rows = await session.execute(
            select(VouchedQuote.name, VouchedQuote.at).where(
                VouchedQuote.workspace == workspace, VouchedQuote.name.in_(chunk)
            )
        )
        found |= dict(rows.all())
    return found


async def add_vouched(session: AsyncSession, workspace: str, name: str, by: str, now: datetime) -> int | None:
    """Remember a name; the id of the row, None where it is known already."""
    new = await session.execute(
        insert(session, VouchedQuote)
        .values(workspace=workspace, name=name, by=by, at=now)
        .on_conflict_do_nothing(index_elements=["workspace", "name"])
        .returning(VouchedQuote.id)
    )
    found = new.first()
    return None if found is None else int(found[0])
