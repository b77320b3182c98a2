"""Plan: occurrences that have come due become rows; what is too late becomes `missed`, and is reported."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.context import Context
from bot.questions.clock import Occurrence, due_between, end_of_grace, find_deadline, next_due
from bot.questions.content import Content
from bot.steps import for_each, report_question
from storage.accounts import accounts
from storage.backup.moments import load_restored
from storage.engine import Session
from storage.models import Post, Question, QuestionVersion, Target
from storage.questions import questions
from storage.questions.planned import (
    NOT_KNOWN,
    Planned,
    expire_posts,
    give_up_doubtful,
    insert_posts,
    supersede_posts,
)
from storage.sql.chunks import chunked
from storage.states import AHEAD, CONFIG_WORKSPACE, PostState, QuestionState

BATCH = 25
"""Questions that are planned in one transaction: as many as take some milliseconds."""
NOT_RUNNING = "pullquote was not running when it was due"
LONG_AGO = datetime.min.replace(tzinfo=UTC)


async def plan(context: Context, *, paused: bool) -> int:
    """Insert the posts that have come due since the last plan; answers how many. Paused, they are `cancelled`.

    Of several occurrences that passed while nothing ran, the last one goes out if it is within its grace; a question
    never catches up more than once. What is not due is not read: when it will be stands at its target.
    """
    now, made = context.now(), 0
    async with context.store.read() as session:
        due = await questions.list_due_for_planning(session, now)

    async def plan_some(question_ids: Sequence[int]) -> None:
        nonlocal made
        made += await _plan_some(context, question_ids, now, paused=paused)

    await for_each(chunked(due, BATCH), plan_some)
    return made


async def _plan_some(context: Context, question_ids: Sequence[int], now: datetime, *, paused: bool) -> int:
    made, next_at = 0, {}
    async with context.store.write() as session:
        asleep = await accounts.paused_workspaces(session)
        restored = await load_restored(session)
        restored_at = LONG_AGO if restored is None else restored.at
        for question, version, target in await questions.load_scheduled(session, question_ids, now):
            content, until = Content.model_validate(version.content), _planned_until(version, target)
            if due := due_between(content, until, now):
                planned = _plan_target(content, version, target, due, now, restored_at=restored_at)
                if paused or question.workspace in asleep or question.state is QuestionState.PAUSED:
                    planned = [_cancel(each) for each in planned]
                made += await _store(session, question, planned, now)
                await questions.set_planned_until(session, target.id, now)
                until = now
            next_at[target.id] = next((each.due_at for each in next_due(content, until, 1)), None)
        await questions.set_plan_at(session, next_at)
    return made


async def _store(session: Session, question: Question, planned: Sequence[Planned], now: datetime) -> int:
    """Write what is due of one target; answers how many posts are new."""
    ids = await insert_posts(session, planned)
    if ids and planned[-1].state is PostState.UNCERTAIN:
        await give_up_doubtful(session, planned[-1].target_id, planned[-1].due_at)
    if ids and planned[-1].state in AHEAD:
        await _report_rows(session, await supersede_posts(session, planned[-1].target_id, planned[-1].due_at), now)
    await _report_missed(session, question, planned, now)
    return len(ids)


async def miss_before_change(session: Session, workspace: str, slug: str, content: Content, now: datetime) -> None:
    """What came due under the version before `content`, and was never planned, is missed: the new one starts now."""
    question = await questions.find_question(session, workspace, slug)
    before = None if question is None else await questions.newest_version(session, question.id)
    if question is None or before is None or before.content_hash == content.hash:
        return
    if question.state is not QuestionState.ACTIVE or await accounts.posting_is_paused(session):
        return
    old = Content.model_validate(before.content)
    for target in await questions.load_targets(session, question.id):
        if target.active:
            due = due_between(old, _planned_until(before, target), now)
            reason = "the question was changed before it went out"
            planned = [_miss(each, reason) for each in _plan_target(old, before, target, due, now)]
            await insert_posts(session, planned)
            await _report_missed(session, question, planned, now)


def _planned_until(version: QuestionVersion, target: Target) -> datetime:
    return max(version.seen_at, target.planned_until or version.seen_at)


def _plan_target(
    content: Content,
    version: QuestionVersion,
    target: Target,
    due: Sequence[Occurrence],
    now: datetime,
    *,
    restored_at: datetime = LONG_AGO,
) -> list[Planned]:
    """restored_at: what was due until then may have gone out already, unknown to the copy that was restored."""
    planned, deadline = [], find_deadline(content)
    for occurrence in due:
        is_doubtful = occurrence.due_at <= restored_at
        each = Planned(
            target_id=target.id,
            version_id=version.id,
            occurrence=occurrence.nominal,
            due_at=occurrence.due_at,
            expires_at=end_of_grace(content, occurrence.due_at),
            state=PostState.UNCERTAIN if is_doubtful else PostState.DUE,
        )
        goes_out = occurrence is due[-1] and (now < each.expires_at or is_doubtful)
        if deadline is not None and deadline <= occurrence.due_at:
            planned.append(_miss(each, f"its deadline ({content.deadline}) was over"))
        else:
            planned.append(each if goes_out else _miss(each, NOT_KNOWN if is_doubtful else NOT_RUNNING))
    return planned


def _miss(planned: Planned, reason: str) -> Planned:
    return replace(planned, state=PostState.MISSED, state_reason=reason)


def _cancel(planned: Planned) -> Planned:
    return replace(planned, state=PostState.CANCELLED, state_reason="paused when it was due")


async def expire(context: Context) -> int:
    """Posts whose grace is over before anything of them was sent are missed, and reported; answers how many."""
    now = context.now()
    async with context.store.write() as session:
        missed = await expire_posts(session, now)
        await _report_rows(session, missed, now)
    return len(missed)


async def _report_rows(session: Session, missed: Sequence[tuple[Post, Question]], now: datetime) -> None:
    for post, question in missed:
        reason = post.state_reason or "it could not be sent"
        await _report(session, question, post.target_id, post.occurrence, reason=reason, now=now)


async def _report_missed(session: Session, question: Question, planned: Sequence[Planned], now: datetime) -> None:
    for each in planned:
        if each.state is PostState.MISSED:
            await _report(session, question, each.target_id, each.occurrence, reason=each.state_reason, now=now)


async def _report(
    session: Session, question: Question, subject: int, occurrence: str, *, reason: str, now: datetime
) -> None:
    message = f"{question.slug}, due {occurrence}, did not go out: {reason}"
    await report_question(session, question, "missed", f"{question.slug}-{subject}-{occurrence}", message, now=now)


async def is_paused(context: Context, workspace: str = CONFIG_WORKSPACE) -> bool:
    """Whether all posting is paused, or that of a workspace."""
    async with context.store.read() as session:
        return await accounts.posting_is_paused(session, workspace)
