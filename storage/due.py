"""When each step of the tick has work next, by what is stored: one statement, and each part of it finds its answer by
an index, so that it costs the same whatever is stored.

A moment that is over means now; None, that something must change first. A step that does other work than its part
here knows of is never done: whoever changes one changes the other.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from storage.accounts.accounts import select_paused
from storage.articles.watched import has_lost
from storage.digests.outgoings import waits_for_send
from storage.models import (
    AT_ONCE,
    Account,
    Control,
    Event,
    Mark,
    Outgoing,
    Post,
    PostPart,
    Question,
    StaleDigest,
    StaleReply,
    Target,
    WatchedDraft,
)
from storage.questions.open_posts import can_have_replies, has_posts_to_collect
from storage.questions.questions import select_unjudged
from storage.replies.requests import select_orphans
from storage.search.taken import TAKEN
from storage.states import (
    AHEAD,
    BEGUN,
    CONFIG_WORKSPACE,
    RUNNING,
    UNSENT,
    AccountState,
    OutgoingState,
    PostState,
    QuestionState,
)
from storage.types import UtcDateTime


@dataclass(frozen=True, slots=True)
class DueScope:
    """Of what this process takes care. accounts: ids that it can reach. told: (account id, scope) of the marks up to
    which events were told. mails: kinds that go to one of `places`; messages: kinds that go through the accounts.
    """

    accounts: frozenset[int]
    rules_hash: str
    told: tuple[tuple[int, str], ...]
    mails: tuple[str, ...]
    places: tuple[str, ...]
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DueMoments:
    """When there is work next, by what is stored."""

    plan: datetime | None
    publish: datetime | None
    collect: datetime | None
    filter: datetime | None
    close: datetime | None
    digest: datetime | None
    watch: datetime | None
    events: datetime | None
    mails: datetime | None
    messages: datetime | None
    orphans: datetime | None
    rewrite: datetime | None


async def load_due(session: AsyncSession, scope: DueScope, now: datetime, hinted: Collection[int]) -> DueMoments:
    """When each step has work next. hinted: ids of accounts that are to be collected at once."""
    row = (await session.execute(_write_statement(scope), {"now": now, "hinted": list(hinted)})).one()
    return DueMoments(*row)


@lru_cache(maxsize=8)
def _write_statement(scope: DueScope) -> Select[Any]:
    parts = {
        "plan": _next_plan(),
        "publish": _next_publish(scope),
        "collect": _next_collection(scope),
        "filter": _at_once(select_unjudged(scope.rules_hash).exists()),
        "close": select(func.min(Post.closes_at)).where(can_have_replies(), Post.closed_at.is_(None)),
        "digest": _at_once(exists().where(Post.closed_at.is_not(None), Post.digested_at.is_(None))),
        "watch": _next_watch(),
        "events": _at_once(_has_untold(scope)),
        "mails": _next_mail(scope),
        "messages": _next_message(scope),
        "orphans": _next_orphan(scope),
        "rewrite": _at_once(
            or_(
                exists().where(StaleReply.id > 0),
                exists().where(StaleDigest.id > 0),
                exists().where(Control.name == TAKEN),
            )
        ),
    }
    return select(*(parts[each.name].scalar_subquery().label(each.name) for each in fields(DueMoments)))


def _at_once(condition: ColumnElement[bool]) -> Select[Any]:
    """A moment that is over where the condition holds."""
    return select(literal(AT_ONCE, UtcDateTime)).where(condition)


def _next_plan() -> Select[Any]:
    return (
        select(Target.plan_at)
        .join(Question, Question.id == Target.question_id)
        .where(Target.plan_at.is_not(None), Target.active, Question.state.in_(RUNNING))
        .order_by(Target.plan_at)
        .limit(1)
    )


def _next_publish(scope: DueScope) -> Select[Any]:
    """When a post that is not out may be claimed, its claim lapses, or its grace is over."""
    is_begun = exists().where(PostPart.post_id == Post.id, PostPart.state.in_(BEGUN))
    can_expire = and_(Post.state.in_(UNSENT), ~is_begun)
    may_go = and_(
        Account.id.in_(scope.accounts),
        Account.state == AccountState.ACTIVE,
        ~_is_paused(),
        or_(
            Post.state == PostState.UNCERTAIN,
            and_(Question.state == QuestionState.ACTIVE, Question.workspace.not_in(select_paused())),
        ),
    )
    reads_at = case((Post.state == PostState.UNCERTAIN, Account.read_retry_at), else_=None)
    goes_at = _last_of(Post.due_at, Post.retry_at, Post.lease_until, Account.retry_at, reads_at)
    ends_first = and_(can_expire, Post.expires_at < goes_at)
    moment = case(
        (Post.state == PostState.PUBLISHING, Post.lease_until),
        (and_(may_go, ~ends_first), goes_at),
        (can_expire, Post.expires_at),
    )
    return (
        select(func.min(moment, type_=UtcDateTime))
        .select_from(Post)
        .join(Target, Target.id == Post.target_id)
        .join(Account, Account.id == Target.account_id)
        .join(Question, Question.id == Target.question_id)
        .where(Post.state.in_(AHEAD))
    )


def _next_collection(scope: DueScope) -> Select[Any]:
    is_hinted = Account.id.in_(bindparam("hinted", expanding=True))
    collect_at = case((is_hinted, None), else_=Account.collect_at)
    moment = _last_of(literal(AT_ONCE, UtcDateTime), collect_at, Account.read_retry_at)
    return select(func.min(moment, type_=UtcDateTime)).where(
        Account.state == AccountState.ACTIVE,
        Account.id.in_(scope.accounts),
        has_posts_to_collect(bindparam("now", type_=UtcDateTime)),
    )


def _next_watch() -> Select[Any]:
    """When the sources of a watched draft are read again, or its time is over; at once where one of them changed."""
    moment = case((has_lost(), literal(AT_ONCE, UtcDateTime)), else_=func.min(_first_of_watch()))
    return select(moment.label("moment")).select_from(WatchedDraft)


def _first_of_watch() -> ColumnElement[datetime]:
    return case((WatchedDraft.check_at < WatchedDraft.until, WatchedDraft.check_at), else_=WatchedDraft.until)


def _has_untold(scope: DueScope) -> ColumnElement[bool]:
    """Whether any community was not told all that happened."""
    newest = select(func.coalesce(func.max(Event.id), 0)).scalar_subquery()
    told = select(func.count()).where(
        tuple_(Mark.account_id, Mark.scope).in_(scope.told), cast(Mark.value, BigInteger) >= newest
    )
    return cast(told.scalar_subquery(), Integer) < len(scope.told)


def _next_mail(scope: DueScope) -> Select[Any]:
    """Where there is no recipient any more nothing is sent, and no claim was made."""
    kinds = scope.mails if scope.places else ()
    is_wanted = or_(Outgoing.state == OutgoingState.SENDING, Outgoing.place.in_(scope.places))
    return select(func.min(_find_send())).where(waits_for_send(kinds), Outgoing.account_id.is_(None), is_wanted)


def _next_message(scope: DueScope) -> Select[Any]:
    can_go = and_(Outgoing.account_id.in_(scope.accounts), Account.state == AccountState.ACTIVE)
    goes_at = case(
        (Outgoing.state == OutgoingState.SENDING, Outgoing.lease_until),
        (can_go, _last_of(_find_send(), Account.retry_at)),
    )
    return (
        select(func.min(goes_at, type_=UtcDateTime))
        .select_from(Outgoing)
        .outerjoin(Account, Account.id == Outgoing.account_id)
        .where(waits_for_send(scope.messages), ~_is_paused())
    )


def _find_send() -> ColumnElement[datetime]:
    """When a row of the outbox that waits is claimed, or its claim lapses. Without a `retry_at` somebody must act."""
    later = case((Outgoing.retry_at < Outgoing.due_at, Outgoing.due_at), else_=Outgoing.retry_at)
    return case(
        (Outgoing.state == OutgoingState.DUE, Outgoing.due_at),
        (Outgoing.state == OutgoingState.SENDING, Outgoing.lease_until),
        else_=later,
    )


def _next_orphan(scope: DueScope) -> Select[Any]:
    moment = _last_of(literal(AT_ONCE, UtcDateTime), Outgoing.retry_at)
    return select_orphans(scope.accounts).with_only_columns(func.min(moment, type_=UtcDateTime)).order_by(None)


def _is_paused() -> ColumnElement[bool]:
    """Whether all posting is paused."""
    return literal(CONFIG_WORKSPACE).in_(select_paused())


# ---------------------------------------------------------------- the last of several moments


class _last_of(FunctionElement[datetime]):  # noqa: N801  # stands in statements, as functions do
    """The last of the moments; the first must be there, those that are none do not count."""

    type = UtcDateTime()
    inherit_cache = True

    def __init__(self, first: Any, *others: Any) -> None:
        super().__init__(first, *(func.coalesce(other, first) for other in others))


@compiles(_last_of)
def _write_greatest(element: Any, compiler: Any, **kw: Any) -> str:
    return f"greatest({compiler.process(element.clauses, **kw)})"


@compiles(_last_of, "sqlite")
def _write_max(element: Any, compiler: Any, **kw: Any) -> str:
    return f"max({compiler.process(element.clauses, **kw)})"
