"""What goes out next, and what can still be done about it: a yes or no to a proposal, other words, now."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.context import Context
from bot.desk.asking.ask import check_content, has_time, plan_now, record
from bot.desk.asking.post_now import post_now
from bot.desk.errors import DeskError, refuse
from bot.desk.operating.status import PostStatus
from bot.questions.clock import next_due
from bot.questions.content import Content
from bot.scheduler.plan import is_paused
from bot.scheduler.sync import list_targets, record_content
from bot.steps import report_question
from storage.accounts import accounts
from storage.engine import Session
from storage.models import Post, PostPart, Question, QuestionVersion
from storage.questions import planned, posts, questions
from storage.questions.planned import Unsent
from storage.states import BEGUN, CONFIG_WORKSPACE, NOT_BEGUN, RUNNING, UNSENT, QuestionState, Source


@dataclass(frozen=True, slots=True)
class Queued:
    """One thing that goes out, or would. state: `proposed`, `paused`, `planned`, or that of its post.

    due_at: None for a proposal that goes out with its yes. by: who asked.
    """

    workspace: str
    slug: str
    question_id: int
    text: str
    state: str
    account: str
    place: str
    due_at: datetime | None
    reason: str = ""
    post_id: int | None = None
    by: str = ""


# ---------------------------------------------------------------- looking


async def list_queue(context: Context, workspaces: Collection[str], most: int = 25) -> list[Queued]:
    """Proposals first, then what goes out next, soonest first."""
    found: list[Queued] = []
    async with context.store.read() as session:
        asleep = await accounts.paused_workspaces(session)
        for workspace in workspaces:
            is_asleep = not asleep.isdisjoint({workspace, CONFIG_WORKSPACE})
            known = await questions.list_questions(session, workspace)
            unsent = await planned.load_unsent(session, [each.id for each, _ in known if each.state in RUNNING])
            for question, version in known:
                waiting = unsent.get(question.id, ())
                found += _list_question(context, question, version, waiting, is_asleep=is_asleep)
    last = max((each.due_at for each in found if each.due_at), default=context.now())
    return sorted(found, key=lambda each: (each.state != "proposed", each.due_at or last, each.question_id))[:most]


def _list_question(
    context: Context, question: Question, version: QuestionVersion, unsent: Iterable[Unsent], *, is_asleep: bool
) -> list[Queued]:
    content = Content.model_validate(version.content)
    if question.state is QuestionState.PROPOSED:
        return list(_describe(question, content, "proposed"))
    if question.state not in RUNNING:
        return []
    is_asleep = is_asleep or question.state is QuestionState.PAUSED
    found = [
        Queued(
            workspace=question.workspace,
            slug=question.slug,
            question_id=question.id,
            text=content.text,
            state="paused" if is_asleep else post.state,
            account=account.name,
            place=place,
            due_at=post.retry_at or post.due_at,
            reason=question.state_reason if is_asleep else post.state_reason,
            post_id=post.id,
            by=question.asked_by,
        )
        for post, account, place in unsent
    ]
    ahead = next_due(content, context.now(), 1) if has_time(content) else []
    if ahead and content.accounts:
        state = "paused" if is_asleep else "planned"
        found += _describe(question, content, state, ahead[0].due_at)
    return found


def _describe(question: Question, content: Content, state: str, due_at: datetime | None = None) -> Iterator[Queued]:
    for entry in content.accounts:
        name, _, place = entry.partition(":")
        yield Queued(
            workspace=question.workspace,
            slug=question.slug,
            question_id=question.id,
            text=content.text,
            state=state,
            account=name,
            place=place,
            due_at=due_at,
            reason=question.state_reason,
            by=question.asked_by,
        )


# ---------------------------------------------------------------- a yes or no


async def propose(
    context: Context,
    content: Content,
    account_ids: Mapping[str, int],
    *,
    workspace: str,
    by: str,
    slug: str | None = None,
) -> Question:
    """A question that waits for an editor. Raises DeskError where any network would refuse it."""
    await check_content(context, content, account_ids)
    async with context.store.write() as session:
        recorded = await record(context, session, content, workspace=workspace, slug=slug, by=by)
        question = recorded.question
        question.state, question.state_reason = QuestionState.PROPOSED, f"asked by {by}, waits for an editor's yes"
        await questions.set_targets(session, question.id, list_targets(content, account_ids))
        message = f"{question.slug} was proposed by {by} and waits for an editor's yes"
        await report_question(session, question, "proposed", question.slug, message, now=context.now())
    return question


async def approve(context: Context, question: Question, *, by: str) -> Question:
    """It goes out now, or when its own time comes. Raises DeskError where it no longer waits."""
    async with context.store.write() as session:
        version, content = await _load_newest(session, question.id)
        if has_time(content) and not next_due(content, context.now(), 1):
            raise refuse("time_over", question=question.slug)
        taken = await _end_proposal(session, question, QuestionState.ACTIVE, "")
        targets = [each for each in await questions.load_targets(session, question.id) if each.active]
        if has_time(content):
            for target in targets:  # nothing of the time in which it waited goes out
                await questions.set_planned_until(session, target.id, context.now())
        else:
            await planned.insert_posts(session, plan_now(context, content, version, targets))
        message = f"{question.slug} was approved by {by}"
        await report_question(session, taken, "approved", taken.slug, message, now=context.now())
    return taken


async def decline(context: Context, question: Question, *, by: str, reason: str = "") -> Question:
    """It is not asked. Raises DeskError where it no longer waits."""
    reason_text = f"declined by {by}{': ' + reason if reason else ''}"
    async with context.store.write() as session:
        taken = await _end_proposal(session, question, QuestionState.WITHDRAWN, reason_text)
        message = f"{question.slug} was {reason_text}"
        await report_question(session, taken, "declined", taken.slug, message, now=context.now())
    return taken


async def _end_proposal(session: Session, question: Question, state: QuestionState, reason: str) -> Question:
    moved, held = await questions.end_proposal(session, question.id, state, reason)
    if not moved:
        raise DeskError(f"{question.slug} no longer waits: it is {held.state}{_because(held)}")
    return held


def _because(question: Question) -> str:
    return f" ({question.state_reason})" if question.state_reason else ""


async def _load_newest(session: Session, question_id: int) -> tuple[QuestionVersion, Content]:
    _, version = await questions.load_question(session, question_id)
    return version, Content.model_validate(version.content)


# ---------------------------------------------------------------- other words


async def edit_question(
    context: Context, question: Question, content: Content, account_ids: Mapping[str, int], *, by: str
) -> Question:
    """Other words, time or places for a question of a command of which nothing went out yet. Raises DeskError."""
    if question.source is not Source.COMMAND:
        raise refuse("in_config", question=question.slug)
    if question.state is QuestionState.WITHDRAWN:
        raise DeskError(f"{question.slug} was taken back{_because(question)}: ask anew")
    await check_content(context, content, account_ids)
    async with context.store.write() as session:
        found = await posts.posts_of_question(session, question.id)
        if any(_is_out(post, parts) for post, _, parts in found):
            raise refuse("out_already", question=question.slug)
        recorded = await record_content(
            session, question.workspace, question.slug, content, Source.COMMAND, context.now()
        )
        targets = await questions.set_targets(session, question.id, list_targets(content, account_ids))
        await planned.drop_waiting(session, [post.id for post, _, _ in found])
        if recorded.question.state is not QuestionState.PROPOSED and not has_time(content):
            await planned.insert_posts(session, plan_now(context, content, recorded.version, targets))
        version, message = recorded.version.number, f"{question.slug} was edited by {by}"
        await report_question(
            session, question, "edited", f"{question.slug} version {version}", message, now=context.now()
        )
    return recorded.question


def _is_out(post: Post, parts: Collection[PostPart]) -> bool:
    """Whether anything of it went out, or may have."""
    begun = any(part.state in BEGUN for part in parts)
    return begun or post.state not in NOT_BEGUN


# ---------------------------------------------------------------- now


async def hurry(context: Context, question: Question) -> tuple[PostStatus, ...]:
    """Post what is planned next at once; it does not go out again when its time comes. Raises DeskError."""
    if question.state is not QuestionState.ACTIVE:
        raise DeskError(f"{question.slug} is {question.state}{_because(question)}: resume or approve it first")
    if await is_paused(context, question.workspace):
        raise refuse("all_paused")
    async with context.store.write() as session:
        version, content = await _load_newest(session, question.id)
        found = await posts.posts_of_question(session, question.id)
        waits = [post.id for post, _, _ in found if post.state in UNSENT and post.published_at is None]
        if waits:
            await planned.hurry_posts(session, waits, context.now())
        else:
            ahead = next_due(content, context.now(), 1)
            if not ahead:
                raise refuse("nothing_planned", question=question.slug)
            targets = [each for each in await questions.load_targets(session, question.id) if each.active]
            early = plan_now(context, content, version, targets, ahead[0].nominal)
            await planned.insert_posts(session, early)
    return await post_now(context, question)
