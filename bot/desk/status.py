"""What the operator at three in the morning wants to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.clock import next_due
from bot.context import Context
from bot.digest.usable import count_usable
from bot.questions import Content
from bot.scheduler import is_paused
from storage import events, posts, questions, replies
from storage.models import Account, Activity, Question, QuestionVersion
from storage.states import AccountState, PostState, QuestionState, Source

TOLD_SINCE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """One account: whether it works, and when it last did."""

    name: str
    platform: str
    state: AccountState
    reason: str
    retry_at: datetime | None
    published_at: datetime | None
    collected_at: datetime | None
    configured: bool


@dataclass(frozen=True, slots=True)
class PostStatus:
    """One post and how complete its collection is. counted: the platform's own number, None where it tells none."""

    account: str
    occurrence: str
    state: PostState
    reason: str
    link: str
    stored: int
    counted: int | None
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class QuestionStatus:
    """One question: its posts, its usable answers, and when it is asked next (None: not again)."""

    slug: str
    state: QuestionState
    source: Source
    reason: str
    text: str
    usable: int
    target: int
    next_due_at: datetime | None
    posts: tuple[PostStatus, ...]


@dataclass(frozen=True, slots=True)
class ActivityStatus:
    """When a step last succeeded and failed."""

    name: str
    succeeded_at: datetime | None
    failed_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Status:
    """Everything `pullquote status` prints."""

    now: datetime
    paused: bool
    accounts: tuple[AccountStatus, ...]
    questions: tuple[QuestionStatus, ...]
    activities: tuple[ActivityStatus, ...]
    told: tuple[tuple[datetime, str, str], ...]
    retention_days: int


async def read_status(context: Context, workspace: str) -> Status:
    """The state of everything in a workspace, from the store alone: no platform is asked."""
    async with context.store.read() as session:
        accounts = list(await session.scalars(select(Account).order_by(Account.id)))
        activities = list(await session.scalars(select(Activity).order_by(Activity.name)))
        known = await questions.list_questions(session, workspace)
        told = await events.recent_events(session, workspace, context.now() - TOLD_SINCE)
    return Status(
        now=context.now(),
        paused=await is_paused(context),
        accounts=tuple(_account(context, account) for account in accounts),
        questions=tuple([await _question(context, question, version) for question, version in known]),
        activities=tuple(ActivityStatus(a.name, a.succeeded_at, a.failed_at, a.error) for a in activities),
        told=tuple((event.at, event.kind, event.message) for event in told),
        retention_days=context.retention.days,
    )


def _account(context: Context, account: Account) -> AccountStatus:
    return AccountStatus(
        name=account.name,
        platform=account.platform,
        state=account.state,
        reason=account.state_reason,
        retry_at=account.retry_at,
        published_at=account.published_at,
        collected_at=account.collected_at,
        configured=account.id in context.accounts.ids,
    )


async def _question(context: Context, question: Question, version: QuestionVersion) -> QuestionStatus:
    content = Content.model_validate(version.content)
    usable = await count_usable(context.store, question.id, context.capabilities)
    due = next_due(content, context.now(), 1) if question.state is QuestionState.ACTIVE else []
    return QuestionStatus(
        slug=question.slug,
        state=question.state,
        source=question.source,
        reason=question.state_reason,
        text=content.text,
        usable=usable[-1].answers if usable else 0,
        target=content.enough,
        next_due_at=due[0].due_at if due and content.accounts else None,
        posts=await _posts(context, question.id),
    )


async def _posts(context: Context, question_id: int) -> tuple[PostStatus, ...]:
    async with context.store.read() as session:
        found = await posts.posts_of_question(session, question_id)
        stored = await replies.count_replies(session, [post.id for post, _, _ in found])
    return tuple(
        PostStatus(
            account=account.name,
            occurrence=post.occurrence,
            state=post.state,
            reason=post.state_reason,
            link=parts[0].link if parts else "",
            stored=stored.get(post.id, 0),
            counted=post.counted,
            closes_at=post.closes_at,
        )
        for post, account, parts in found
    )


def list_incomplete(found: Sequence[PostStatus]) -> list[PostStatus]:
    """Posts of which the platform counts more replies than are stored."""
    return [post for post in found if post.counted is not None and post.counted > post.stored]
