"""How authors are to be credited, and what an editor did to know who they are."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.models import CreditGiven, Question, Reply, SourceCheck
from storage.sql.chunks import chunked


async def load_credits(session: AsyncSession, reply_ids: Collection[int]) -> dict[int, CreditGiven]:
    """The last credit of each reply's author within its workspace, by reply id; what has none is missing."""
    answer, about, here, there = aliased(Reply), aliased(Reply), aliased(Question), aliased(Question)
    found: dict[int, CreditGiven] = {}
    for chunk in chunked(sorted(reply_ids)):
        rows = await session.execute(
            select(answer.id, CreditGiven)
            .join(here, here.id == answer.question_id)
            .join(about, about.author_id == answer.author_id)
            .join(there, (there.id == about.question_id) & (there.workspace == here.workspace))
            .join(CreditGiven, CreditGiven.reply_id == about.id)
            .where(answer.id.in_(chunk))
            .order_by(CreditGiven.id)
        )
        found.update((reply_id, credit) for reply_id, credit in rows)
    return found


async def load_checks(session: AsyncSession, author_id: int) -> list[SourceCheck]:
    """What editors did to know who an author is, oldest first."""
    rows = await session.scalars(
        select(SourceCheck).where(SourceCheck.author_id == author_id).order_by(SourceCheck.at, SourceCheck.id)
    )
    return list(rows)


async def add_credit(session: AsyncSession, credit: CreditGiven) -> None:
    """How an author is to be credited from now on."""
    session.add(credit)
    await session.flush()


async def add_credits(session: AsyncSession, entered: Sequence[Mapping[str, object]]) -> list[int]:
    """The same of many, by column; answers their ids."""
    if not entered:
        return []
    # many rows a statement: as objects SQLite takes them one by one
    return list(await session.scalars(insert(CreditGiven).returning(CreditGiven.id), entered))


async def add_check(session: AsyncSession, check: SourceCheck) -> None:
    """What an editor did to know who an author is."""
    session.add(check)
    await session.flush()
