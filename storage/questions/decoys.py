"""What editors added to a question as the answers of a chat model."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Question
from storage.questions.questions import judge_again


async def lock_question(session: AsyncSession, question_id: int) -> Question:
    """A question as it is now, until the transaction ends: two editors add to it one after the other."""
    named = select(Question).where(Question.id == question_id).with_for_update()
    return (await session.scalars(named.execution_options(populate_existing=True))).one()


def set_decoys(question: Question, decoys: Sequence[dict[str, Any]], now: datetime) -> None:
    """From now on these are its decoys, beside those of its content: {text, by, at}."""
    question.decoys = list(decoys)
    judge_again(question, now)
