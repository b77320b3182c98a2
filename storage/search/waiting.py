"""Answers that wait for an editor's look, in their order: counted, and one found after the other."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import CountedReply, Question
from storage.states import QuestionState


class Wait(IntEnum):
    """Where an answer waits: first what may be a refusal, of all questions; then what nobody decided yet, and what was
    kept and lacks its author's leave.
    """

    HELD = 0
    HELD_AND_KEPT = 1
    UNDECIDED = 2
    KEPT = 3

    @classmethod
    def of(cls, *, is_held: bool, is_decided: bool) -> Self:
        """By what is known of an answer."""
        return cls((0 if is_held else 2) + is_decided)

    @property
    def is_held(self) -> bool:
        """Whether it may be a refusal."""
        return self < Wait.UNDECIDED

    @property
    def is_decided(self) -> bool:
        """Whether an editor kept it."""
        return bool(self % 2)


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """How many answers to a question wait in the same place."""

    workspace: str
    slug: str
    question_id: int
    waits: Wait
    count: int


async def count_waiting(
    session: AsyncSession, workspaces: Collection[str], question_id: int | None = None
) -> list[WaitingGroup]:
    """All that waits in these workspaces, but for questions that were taken back; or to one question, in no order."""
    query = (
        select(Question.workspace, Question.slug, Question.id, CountedReply.waits, func.count())
        .join(CountedReply, CountedReply.question_id == Question.id)
        .where(Question.workspace.in_(workspaces), Question.state != QuestionState.WITHDRAWN)
        .where(CountedReply.waits.is_not(None))
        .group_by(Question.workspace, Question.slug, Question.id, CountedReply.waits)
    )
    rows = await session.execute(query if question_id is None else query.where(Question.id == question_id))
    return [WaitingGroup(workspace, slug, id_, Wait(waits or 0), count) for workspace, slug, id_, waits, count in rows]


async def find_place(session: AsyncSession, reply_id: int) -> tuple[int, Wait, float] | None:
    """Where an answer waits: (question id, wait, rank); None where it does not."""
    row = await session.get(CountedReply, reply_id, populate_existing=True)
    return None if row is None or row.waits is None else (row.question_id, Wait(row.waits), row.rank)


async def find_first(
    session: AsyncSession, question_id: int, waits: Wait, behind: tuple[float, int] | None = None
) -> int | None:
    """The best answer that waits there. behind: (rank, reply id) of the one that was shown last."""
    query = select(CountedReply.reply_id).where(CountedReply.question_id == question_id, CountedReply.waits == waits)
    if behind is not None:
        query = query.where(tuple_(CountedReply.rank, CountedReply.reply_id) > tuple_(*behind))
    return await session.scalar(query.order_by(CountedReply.rank, CountedReply.reply_id).limit(1))
