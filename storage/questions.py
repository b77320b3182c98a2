"""Questions, their versions and targets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Question, QuestionVersion, Target
from storage.states import QuestionState, Source
from storage.upsert import insert


@dataclass(frozen=True, slots=True)
class Recorded:
    """A question, its newest version, and whether either is new."""

    question: Question
    version: QuestionVersion
    changed: bool


async def record_question(
    session: AsyncSession,
    *,
    workspace: str,
    slug: str,
    content: dict[str, Any],
    content_hash: str,
    source: Source,
    now: datetime,
) -> Recorded:
    """Write a question and, where its content differs from the last version, a new version seen at `now`."""
    await session.execute(
        insert(session, Question)
        .values(
            workspace=workspace, slug=slug, source=source, state=QuestionState.ACTIVE, state_reason="", created_at=now
        )
        .on_conflict_do_nothing(index_elements=["workspace", "slug"])
    )
    question = (
        await session.scalars(select(Question).where(Question.workspace == workspace, Question.slug == slug))
    ).one()
    last = await newest_version(session, question.id)
    if last is not None and last.content_hash == content_hash:
        return Recorded(question, last, changed=False)
    version = QuestionVersion(
        question_id=question.id,
        number=1 if last is None else last.number + 1,
        content=content,
        content_hash=content_hash,
        seen_at=now,
    )
    session.add(version)
    await session.flush()
    return Recorded(question, version, changed=True)


async def newest_version(session: AsyncSession, question_id: int) -> QuestionVersion | None:
    """The version that is planned from."""
    return (
        await session.scalars(
            select(QuestionVersion)
            .where(QuestionVersion.question_id == question_id)
            .order_by(QuestionVersion.number.desc())
            .limit(1)
        )
    ).first()


async def find_question(session: AsyncSession, workspace: str, slug: str) -> Question | None:
    """A question by its slug."""
    return (
        await session.scalars(select(Question).where(Question.workspace == workspace, Question.slug == slug))
    ).first()


async def set_targets(session: AsyncSession, question_id: int, places: Iterable[tuple[int, str]]) -> list[Target]:
    """Make (account id, place) pairs the active targets of a question; others become inactive. Answers the active."""
    wanted = set(places)
    await session.execute(update(Target).where(Target.question_id == question_id).values(active=False))
    for account_id, place in sorted(wanted):
        await session.execute(
            insert(session, Target)
            .values(question_id=question_id, account_id=account_id, place=place, active=True)
            .on_conflict_do_update(index_elements=["question_id", "account_id", "place"], set_={"active": True})
        )
    rows = await session.scalars(
        select(Target)
        .where(Target.question_id == question_id, Target.active)
        .order_by(Target.id)
        .execution_options(populate_existing=True)
    )
    return list(rows)


async def set_question_state(session: AsyncSession, question_id: int, state: QuestionState, reason: str = "") -> None:
    """Pause, resume or withdraw one question."""
    await session.execute(update(Question).where(Question.id == question_id).values(state=state, state_reason=reason))


async def list_questions(session: AsyncSession, workspace: str) -> list[tuple[Question, QuestionVersion]]:
    """All questions of a workspace with their newest versions, oldest first."""
    newest = (
        select(QuestionVersion.question_id, func.max(QuestionVersion.number).label("number"))
        .group_by(QuestionVersion.question_id)
        .subquery()
    )
    rows = await session.execute(
        select(Question, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .join(
            newest,
            (newest.c.question_id == QuestionVersion.question_id) & (newest.c.number == QuestionVersion.number),
        )
        .where(Question.workspace == workspace)
        .order_by(Question.id)
    )
    return [(question, version) for question, version in rows]
