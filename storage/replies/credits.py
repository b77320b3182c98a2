"""How authors are to be credited, and what an editor did to know who they are."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.models import CreditGiven, Question, Reply, SourceCheck

CHUNK = 10_000
"""Ids a statement: SQLite takes 32,766 variables."""


async def load_credits(session: AsyncSession, reply_ids: Collection[int]) -> dict[int, CreditGiven]:
    """The last credit of each reply's author within its workspace, by reply id; what has none is missing."""
    said, about, here, there = aliased(Reply), aliased(Reply), aliased(Question), aliased(Question)
    found: dict[int, CreditGiven] = {}
    ordered = sorted(reply_ids)
    for start in range(0, len(ordered), CHUNK):
        rows = await session.execute(
            select(said.id, CreditGiven)
            .join(here, here.id == said.question_id)
            .join(about, about.author_id == said.author_id)
            .join(there, (there.id == about.question_id) & (there.workspace == here.workspace))
            .join(CreditGiven, CreditGiven.reply_id == about.id)
            .where(said.id.in_(ordered[start : start + CHUNK]))
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


async def credits_of_question(session: AsyncSession, question_id: int) -> dict[int, CreditGiven]:
    """The last credit of each author within the workspace of a question, by the author's id."""
    asked = await session.get_one(Question, question_id)
    rows = await session.execute(
        select(Reply.author_id, CreditGiven)
        .join(CreditGiven, CreditGiven.reply_id == Reply.id)
        .join(Question, Question.id == Reply.question_id)
        .where(Question.workspace == asked.workspace)
        .order_by(CreditGiven.id)
    )
    return dict(rows.all())
