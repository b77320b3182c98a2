"""Whether a reply was written under our notice that replies may be quoted, as far as the store knows.

Why a reply counts or waits: docs/decisions/0013-no-leave-without-a-notice.md.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Account, Post, PostPart, Question, Reply, Target
from storage.replies.stale import note_stale
from storage.states import STOOD_PARTS, PartState


def is_under_notice() -> ColumnElement[bool]:
    """Of `Reply`: the notice stood when it was written.

    In the question itself it stands as long as anything can be replied to. Below it: from when it was sent until it
    was last seen before it was found gone.
    """
    before = and_(PostPart.sent_at <= Reply.posted_at, PostPart.sent_at <= Reply.seen_at)
    stood = or_(PostPart.gone_at.is_(None), Reply.posted_at <= PostPart.stood_at)
    return exists().where(
        PostPart.post_id == Reply.post_id,
        PostPart.has_notice,
        PostPart.state.in_(STOOD_PARTS),
        or_(PostPart.position == 0, and_(before, stood)),
    )


def is_asked() -> ColumnElement[bool]:
    """Of `Reply`: it was written to a question that we posted, and not to somebody's post, or nowhere that we know."""
    return exists().where(Post.id == Reply.post_id, Post.adopted.is_(False))


async def load_notices_below(
    session: AsyncSession,
    now: datetime,
    *,
    account_id: int | None = None,
    question_id: int | None = None,
    unseen_since: datetime | None = None,
) -> list[tuple[PostPart, Post, Question, Account]]:
    """Notices in self-replies that stand, as far as is known, and under which somebody may have answered of late.

    unseen_since: only those that were not looked at since then.
    """
    query = (
        select(PostPart, Post, Question, Account)
        .join(Post, Post.id == PostPart.post_id)
        .join(Target, Target.id == Post.target_id)
        .join(Question, Question.id == Target.question_id)
        .join(Account, Account.id == Target.account_id)
        .where(PostPart.has_notice, PostPart.position > 0)
        .where(PostPart.state == PartState.SENT, PostPart.gone_at.is_(None))
        .where(or_(Post.collect_until.is_(None), Post.collect_until > now, Post.closed_at.is_(None)))
        .order_by(PostPart.id)
    )
    if account_id is not None:
        query = query.where(Account.id == account_id)
    if question_id is not None:
        query = query.where(Question.id == question_id)
    if unseen_since is not None:
        query = query.where(func.coalesce(PostPart.stood_at, PostPart.sent_at) <= unseen_since)
    return [(part, post, question, account) for part, post, question, account in await session.execute(query)]


async def record_notices_stand(session: AsyncSession, part_ids: Collection[int], now: datetime) -> None:
    """Their network shows them."""
    await session.execute(update(PostPart).where(PostPart.id.in_(part_ids)).values(stood_at=now))


async def record_notice_gone(session: AsyncSession, part_id: int, now: datetime) -> None:
    """Its network shows it no more: what was written since it was last seen was not written under it for certain."""
    part = await session.get_one(PostPart, part_id)
    part.gone_at, part.stood_at = now, part.stood_at or part.sent_at
    since = select(Reply.id).where(Reply.post_id == part.post_id, Reply.posted_at > part.stood_at)
    await note_stale(session, list(await session.scalars(since)))
