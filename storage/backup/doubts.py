"""What a copy says is still to be sent may have been sent since: it becomes unclear, and is looked for.

The same as after a call without an answer (docs/decisions/0008-unclear-is-looked-for.md).
"""

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.backup.moments import Restored, load_restored
from storage.models import Lease, Outgoing, Post, PostPart, Target
from storage.questions.planned import give_up_doubtful
from storage.states import AHEAD, TO_SEND, OutgoingState, PartState, PostState

REASON = "restored from an older copy: it may have been sent since, and is looked for first"


async def doubt_everything(session: AsyncSession, restored: Restored) -> None:
    """Posts, parts and the outbox of a copy, before anything is sent with it."""
    await _doubt_posts(session, restored)
    await _doubt_outgoings(session, restored)
    await session.execute(Lease.__table__.delete())  # type: ignore[attr-defined]


async def _doubt_posts(session: AsyncSession, restored: Restored) -> None:
    """Of a target with several only the newest is looked for: the same words would be found for each of them."""
    due = and_(Post.state.in_(AHEAD), Post.due_at <= restored.at, Post.adopted.is_(False))
    doubtful = select(Post.id).where(due)
    await session.execute(
        update(PostPart)
        .where(PostPart.post_id.in_(doubtful), PostPart.state == PartState.PREPARED)
        .values(state=PartState.SENDING, intent_at=restored.copied_at, sends=0, looked=0)
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        update(Post)
        .where(due)
        .values(state=PostState.UNCERTAIN, state_reason=REASON, holder=None, lease_until=None, retry_at=None)
        .execution_options(synchronize_session=False)
    )
    newest = select(Post.target_id, func.max(Post.due_at)).where(due).group_by(Post.target_id)
    for target_id, due_at in (await session.execute(newest)).all():
        await give_up_doubtful(session, target_id, due_at)


async def _doubt_outgoings(session: AsyncSession, restored: Restored) -> None:
    """What goes through an account can be looked for there; a mail cannot, and is never sent again."""
    left = or_(Outgoing.state.in_(TO_SEND), Outgoing.state == OutgoingState.UNCERTAIN)
    free = {"state": OutgoingState.UNCERTAIN, "state_reason": REASON, "holder": None, "lease_until": None}
    since = func.coalesce(Outgoing.intent_at, restored.copied_at)
    on_account, by_mail = Outgoing.account_id.is_not(None), Outgoing.account_id.is_(None)
    for where, retry_at in ((on_account, restored.at), (by_mail, None)):
        await session.execute(
            update(Outgoing)
            .where(left, where)
            .values(**free, intent_at=since, retry_at=retry_at)
            .execution_options(synchronize_session=False)
        )


async def closed_in_gap(session: AsyncSession, question_id: int) -> bool:
    """Whether a question closed after the copy was made and before it was restored: its digest may have been sent."""
    restored = await load_restored(session)
    if restored is None:
        return False
    closes = select(func.max(Post.closes_at)).join(Target, Target.id == Post.target_id)
    closed_at = await session.scalar(closes.where(Target.question_id == question_id))
    return closed_at is not None and restored.copied_at < closed_at <= restored.at
