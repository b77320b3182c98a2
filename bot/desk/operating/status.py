"""What the operator at three in the morning wants to know."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.context import Context
from bot.desk.operating import SHOWN
from bot.desk.operating.spending import Spend, read_spending
from bot.digest.selection.rounds import Sent, form_rounds
from bot.posts.notices import NoticeState, describe_notice
from bot.questions.clock import find_time_faults, next_due
from bot.questions.content import Content
from bot.replies.counting import count_anew
from bot.scheduler.plan import is_paused
from bot.scheduler.pulse import LOOP
from storage.accounts import accounts, events
from storage.engine import Session
from storage.models import Account, Activity, Question, QuestionVersion
from storage.questions import posts, questions
from storage.questions.posts import Posted
from storage.replies import replies
from storage.search.counted import count_outcomes
from storage.states import STOOD, AccountState, Outcome, PostState, QuestionState, Source

TOLD_SINCE = timedelta(days=7)
ALIVE = timedelta(minutes=2)
"""A running bot writes at least every half minute that it ticks."""


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """One account: whether it works, and when it last did."""

    name: str
    platform: str
    state: AccountState
    reason: str
    retry_at: datetime | None
    read_retry_at: datetime | None
    published_at: datetime | None
    collected_at: datetime | None
    configured: bool


@dataclass(frozen=True, slots=True)
class PostStatus:
    """One post and how complete its collection is. counted: stored and missing, None where the platform tells none.

    notice: whether the line stands there that replies may be quoted.
    """

    id: int
    account: str
    occurrence: str
    state: PostState
    reason: str
    retry_at: datetime | None
    link: str
    stored: int
    counted: int | None
    closes_at: datetime | None
    notice: NoticeState = NoticeState.STANDS

    @property
    def lacks_notice(self) -> bool:
        """Whether it is out and replies to it wait, because nobody there is told that they may be quoted."""
        return self.state in STOOD and self.notice in (NoticeState.REFUSED, NoticeState.GONE)


@dataclass(frozen=True, slots=True)
class QuestionStatus:
    """One question. usable: answers of its last round; held: those of all that may be refusals; closed: nobody is asked
    any more; next_due_at None: never. faults: what is wrong with its places and times.
    """

    slug: str
    state: QuestionState
    source: Source
    reason: str
    text: str
    usable: int
    target: int
    closed: bool
    next_due_at: datetime | None
    posts: tuple[PostStatus, ...]
    faults: tuple[str, ...] = ()
    held: int = 0

    @property
    def is_enough(self) -> bool:
        """Whether its target of usable answers is reached."""
        return self.usable >= self.target


@dataclass(frozen=True, slots=True)
class ActivityStatus:
    """When a step last succeeded and failed."""

    name: str
    succeeded_at: datetime | None
    failed_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Status:
    """Everything `pullquote status` prints. questions: the newest of `asked`, oldest first. not_out: the last posts
    that are not out as they should be, with the names of their questions. retentions: days by platform, where its
    rules allow fewer. ticked_at: when a running bot was last seen. held: the longest that its loop was held within the
    last hour, in milliseconds.
    """

    now: datetime
    paused: bool
    accounts: tuple[AccountStatus, ...]
    questions: tuple[QuestionStatus, ...]
    activities: tuple[ActivityStatus, ...]
    told: tuple[tuple[datetime, str, str], ...]
    retention_days: int
    ticked_at: datetime | None
    retentions: tuple[tuple[str, int], ...] = ()
    spending: tuple[Spend, ...] = ()
    held: int | None = None
    asked: int = 0
    not_out: tuple[tuple[str, PostStatus], ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether a `pullquote run` is at work."""
        return self.ticked_at is not None and self.now - self.ticked_at < ALIVE

    @property
    def failing(self) -> tuple[ActivityStatus, ...]:
        """Steps whose last try failed."""
        return tuple(each for each in self.activities if each.error)


async def read_status(context: Context, workspace: str, *, limit: int = SHOWN) -> Status:
    """The state of everything in a workspace, from the store alone: no platform is asked. limit: of questions."""
    async with context.store.read() as session:
        known_accounts = sorted((await accounts.load_accounts(session)).values(), key=lambda each: each.id)
        activities = await accounts.load_activities(session)
        told = await events.recent_events(session, workspace, context.now() - TOLD_SINCE)
    return Status(
        now=context.now(),
        paused=await is_paused(context),
        accounts=tuple(_account(context, account) for account in known_accounts),
        **await _read_questions(context, workspace, limit),
        activities=tuple(ActivityStatus(a.name, a.succeeded_at, a.failed_at, a.error) for a in activities.values()),
        told=tuple((event.at, event.kind, event.message) for event in told),
        retention_days=context.config.retention.after_close.days,
        ticked_at=_last_sign(activities),
        retentions=tuple(
            (platform, retention.days)
            for platform, retention in context.shorter_retentions.items()
            if platform in {account.platform for account in known_accounts}
        ),
        spending=await read_spending(context),
        held=activities[LOOP].held if LOOP in activities else None,
    )


def _last_sign(activities: Mapping[str, Activity]) -> datetime | None:
    """When a running bot last wrote: at the end of a tick, or beside one that takes long."""
    signs = [each.succeeded_at for name, each in activities.items() if name in {"tick", LOOP}]
    if LOOP in activities:
        signs.append(activities[LOOP].failed_at)
    return max((sign for sign in signs if sign is not None), default=None)


async def _read_questions(context: Context, workspace: str, limit: int) -> dict[str, Any]:
    await count_anew(context)
    async with context.store.read() as session:
        known = await questions.list_questions(session, workspace, newest=limit)
        slugs = {question.id: question.slug for question, _ in known}
        outcomes = await count_outcomes(session, list(slugs))
        posted = await posts.posts_of_questions(session, list(slugs))
        not_out = await posts.posts_not_out(session, workspace, SHOWN)
        slugs |= await questions.slugs_by_id(session, {id_ for id_, _ in not_out} - set(slugs))
        described = await _describe_posts(session, [*(each for found in posted.values() for each in found)])
        described |= await _describe_posts(session, [each for _, each in not_out])
        asked = await questions.count_questions(session, workspace)
    return {
        "questions": tuple(
            _question(context, each, posted[each[0].id], described, outcomes.get(each[0].id, {})) for each in known
        ),
        "not_out": tuple((slugs[id_], described[post.id]) for id_, (post, _, _) in not_out),
        "asked": asked,
    }


def _account(context: Context, account: Account) -> AccountStatus:
    return AccountStatus(
        name=account.name,
        platform=account.platform,
        state=account.state,
        reason=account.state_reason,
        retry_at=account.retry_at,
        read_retry_at=account.read_retry_at,
        published_at=account.published_at,
        collected_at=account.collected_at,
        configured=account.id in context.accounts.ids,
    )


def _question(
    context: Context,
    known: tuple[Question, QuestionVersion],
    posted: Sequence[Posted],
    described: Mapping[int, PostStatus],
    outcomes: Mapping[str, Mapping[Outcome, int]],
) -> QuestionStatus:
    """outcomes: how many answers become of what, by round."""
    question, version = known
    content = Content.model_validate(version.content)
    now = context.now()
    rounds = form_rounds((Sent(*each) for each in posted), repeats=content.cron is not None)
    due = next_due(content, now, 1) if question.state is QuestionState.ACTIVE else []
    return QuestionStatus(
        slug=question.slug,
        state=question.state,
        source=question.source,
        reason=question.state_reason,
        text=content.text,
        usable=outcomes.get(rounds[-1].name if rounds else "", {}).get(Outcome.USABLE, 0),
        target=content.enough,
        closed=bool(rounds) and rounds[-1].is_closed(now),
        next_due_at=due[0].due_at if due and content.accounts else None,
        posts=tuple(described[post.id] for post, _, _ in posted),
        faults=tuple(_find_faults(question, content, [each.due_at for each in due])),
        held=sum(counts.get(Outcome.HELD, 0) for counts in outcomes.values()),
    )


def _find_faults(question: Question, content: Content, due: Sequence[datetime]) -> Iterator[str]:
    """Why it is not asked, or not as it was meant. One of a command without a time was asked at once."""
    if question.state is not QuestionState.ACTIVE or question.source is Source.ADOPTED:
        return
    if not content.accounts:
        yield "it has no account: it is asked nowhere"
    elif question.source is Source.CONFIG and content.at is None and content.cron is None:
        yield "it has no time: it is never asked"
    for at in due if content.accounts else ():
        yield from find_time_faults(content, at)


async def find_due(context: Context, question: Question) -> datetime | None:
    """When it goes out by itself; None where it has no time, or none that is to come."""
    async with context.store.read() as session:
        _, version = await questions.load_question(session, question.id)
    due = next_due(Content.model_validate(version.content), context.now(), 1)
    return due[0].due_at if due else None


async def list_posts(context: Context, question_id: int) -> tuple[PostStatus, ...]:
    """Every post of a question, oldest first."""
    return (await list_posts_of(context, [question_id]))[question_id]


async def list_posts_of(context: Context, question_ids: Collection[int]) -> dict[int, tuple[PostStatus, ...]]:
    """Every post of some questions, by question, oldest first."""
    async with context.store.read() as session:
        posted = await posts.posts_of_questions(session, question_ids)
        described = await _describe_posts(session, [*(each for found in posted.values() for each in found)])
    return {id_: tuple(described[post.id] for post, _, _ in found) for id_, found in posted.items()}


async def _describe_posts(session: Session, found: Sequence[Posted]) -> dict[int, PostStatus]:
    """By id, in their order."""
    stored = await replies.count_replies(session, [post.id for post, _, _ in found])
    return {
        post.id: PostStatus(
            id=post.id,
            account=account.name,
            occurrence=post.occurrence,
            state=post.state,
            reason=post.state_reason,
            retry_at=post.retry_at,
            link=parts[0].link if parts else "",
            stored=stored.get(post.id, 0),
            counted=None if post.missing is None else stored.get(post.id, 0) + post.missing,
            closes_at=post.closes_at,
            notice=describe_notice(parts),
        )
        for post, account, parts in found
    }
