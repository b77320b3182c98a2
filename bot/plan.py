"""Plan: occurrences that have come due become rows; what is too late becomes `missed`, and is told."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Occurrence, due_between, end_of_grace
from bot.context import Context
from bot.questions import Content
from storage import posts, questions
from storage.events import tell
from storage.models import Post, Question, QuestionVersion, Target
from storage.posts import Planned
from storage.states import PostState, QuestionState

NOTE_EVERY = timedelta(minutes=5)
"""How often it is written down that nothing was due: a tick every 5 s must not write for every question."""


async def plan(context: Context, *, paused: bool) -> int:
    """Insert the posts that have come due since the last plan; answers how many. Paused, they are `cancelled`.

    Of several occurrences that passed while nothing ran, the last one goes out if it is within its grace; a question
    never catches up more than once.
    """
    now = context.now()
    async with context.store.read() as session:
        scheduled = await questions.load_scheduled(session)
    made = 0
    for question, version, target in scheduled:
        content = Content.model_validate(version.content)
        since = max(version.seen_at, target.planned_until or version.seen_at)
        due = due_between(content, since, now)
        if not due and target.planned_until is not None and now - target.planned_until < NOTE_EVERY:
            continue
        planned = _plan_target(content, version, target, due, now)
        if paused or question.state is QuestionState.PAUSED:
            planned = [_cancel(each) for each in planned]
        async with context.store.write() as session:
            ids = await posts.insert_posts(session, planned)
            if ids and planned[-1].state is PostState.DUE:
                await _tell_all(session, await posts.supersede_posts(session, target.id, planned[-1].due_at), now)
            await questions.set_planned_until(session, target.id, now)
            await _tell_missed(session, question, planned, now)
        made += len(ids)
    return made


def _plan_target(
    content: Content, version: QuestionVersion, target: Target, due: Sequence[Occurrence], now: datetime
) -> list[Planned]:
    planned = []
    for occurrence in due:
        expires_at = end_of_grace(content, occurrence.due_at)
        goes_out = occurrence is due[-1] and now < expires_at
        planned.append(
            Planned(
                target_id=target.id,
                version_id=version.id,
                occurrence=occurrence.nominal,
                due_at=occurrence.due_at,
                expires_at=expires_at,
                state=PostState.DUE if goes_out else PostState.MISSED,
                state_reason="" if goes_out else "pullquote was not running when it was due",
            )
        )
    return planned


def _cancel(planned: Planned) -> Planned:
    return Planned(
        planned.target_id,
        planned.version_id,
        planned.occurrence,
        planned.due_at,
        planned.expires_at,
        PostState.CANCELLED,
        "paused when it was due",
    )


async def expire(context: Context) -> int:
    """Posts whose grace is over before anything of them was sent are missed, and told; answers how many."""
    now = context.now()
    async with context.store.write() as session:
        missed = await posts.expire_posts(session, now)
        await _tell_all(session, missed, now)
    return len(missed)


async def _tell_all(session: AsyncSession, missed: Sequence[tuple[Post, Question]], now: datetime) -> None:
    for post, question in missed:
        reason = post.state_reason or "it could not be sent"
        await _tell(session, question, post.target_id, post.occurrence, reason, now)


async def _tell_missed(session: AsyncSession, question: Question, planned: Sequence[Planned], now: datetime) -> None:
    for each in planned:
        if each.state is PostState.MISSED:
            await _tell(session, question, each.target_id, each.occurrence, each.state_reason, now)


async def _tell(
    session: AsyncSession, question: Question, subject: int, occurrence: str, reason: str, now: datetime
) -> None:
    await tell(
        session,
        "missed",
        f"{question.slug}-{subject}-{occurrence}",
        f"{question.slug}, due {occurrence}, did not go out: {reason}",
        now=now,
        question_id=question.id,
        workspace=question.workspace,
    )
