"""Which posts there are: planned, hurried, extended, missed, dropped."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.backup.moments import find_last_post, load_restored
from storage.models import Account, Post, PostPart, Question, Target
from storage.sql.bulk import is_sqlite
from storage.sql.upsert import insert
from storage.states import BEGUN, NOT_BEGUN, UNSENT, PartState, PostState

NOT_KNOWN = "the database was restored from an older copy: whether it went out is not known, look on its network"


@dataclass(frozen=True, slots=True)
class Planned:
    """A post to be: one occurrence of a target."""

    target_id: int
    version_id: int
    occurrence: str
    due_at: datetime
    expires_at: datetime
    state: PostState
    state_reason: str = ""


Unsent: TypeAlias = tuple[Post, Account, str]
"""A post with its account and its place."""


async def load_unsent(session: AsyncSession, question_ids: Collection[int]) -> dict[int, list[Unsent]]:
    """What did not go out yet, or nobody knows whether it did, by question, the soonest first."""
    rows = await session.execute(
        select(Target.question_id, Post, Account, Target.place)
        .join(Target, Post.target_id == Target.id)
        .join(Account, Target.account_id == Account.id)
        .where(Target.question_id.in_(question_ids), Post.published_at.is_(None))
        .where(Post.state.in_((*UNSENT, PostState.UNCERTAIN)))
        .order_by(Post.due_at, Post.id)
    )
    found: dict[int, list[Unsent]] = {}
    for question_id, post, account, place in rows:
        found.setdefault(question_id, []).append((post, account, place))
    return found


async def insert_posts(session: AsyncSession, planned: Sequence[Planned]) -> list[int]:
    """Insert the occurrences that are not rows yet and answer the ids of the new ones."""
    if not planned:
        return []
    rows = [{**asdict(each), "attempts": 0, "late": False, "adopted": False} for each in planned]
    if is_sqlite(session) and (restored := await load_restored(session)) is not None:
        # buttons below posts that a restored copy does not know name ids that were given away already
        first = max(restored.floor, await find_last_post(session)) + 1
        rows = [{"id": id_, **row} for id_, row in enumerate(rows, first)]
    made = await session.execute(
        insert(session, Post)
        .values(rows)
        .on_conflict_do_nothing(index_elements=["target_id", "occurrence"])
        .returning(Post.id)
    )
    return list(made.scalars())


async def expire_posts(session: AsyncSession, now: datetime) -> list[tuple[Post, Question]]:
    """Posts past their grace of which nothing was sent become `missed`; answers them with their questions."""
    return await _miss(session, Post.expires_at <= now, {})


async def supersede_posts(session: AsyncSession, target_id: int, due_at: datetime) -> list[tuple[Post, Question]]:
    """Posts that wait longer than the one due at `due_at`: a target never catches up with more than one."""
    where = and_(Post.target_id == target_id, Post.due_at < due_at)
    return await _miss(session, where, {"state_reason": "the next one came due before it could be sent"})


async def give_up_doubtful(session: AsyncSession, target_id: int, due_at: datetime) -> None:
    """Of posts that a restored copy left unclear, those due before `due_at` are not looked for: the same words were
    posted again since, and would be found in their place.
    """
    sent = select(PostPart.post_id).where(PostPart.state == PartState.SENT)
    await session.execute(
        update(Post)
        .where(
            Post.target_id == target_id,
            Post.due_at < due_at,
            Post.state == PostState.UNCERTAIN,
            Post.id.not_in(sent),
            Post.adopted.is_(False),
        )
        .values(state=PostState.MISSED, state_reason=NOT_KNOWN, holder=None, lease_until=None, retry_at=None)
        .execution_options(synchronize_session=False)
    )


async def _miss(
    session: AsyncSession, where: ColumnElement[bool], values: dict[str, Any]
) -> list[tuple[Post, Question]]:
    started = select(PostPart.post_id).where(PostPart.state.in_(BEGUN))
    missed = await session.scalars(
        update(Post)
        .where(Post.state.in_(UNSENT), where, Post.id.not_in(started))
        .values(state=PostState.MISSED, retry_at=None, **values)
        .returning(Post.id)
    )
    rows = await session.execute(
        select(Post, Question)
        .join(Target, Post.target_id == Target.id)
        .join(Question, Target.question_id == Question.id)
        .where(Post.id.in_(missed.all()))
    )
    return [(post, question) for post, question in rows]


async def add_adopted(session: AsyncSession, post: Post, root: PostPart) -> None:
    """A post that is somebody's, with its text."""
    session.add(post)
    await session.flush()
    root.post_id, root.key = post.id, f"adopted-{post.id}"
    session.add(root)


async def hurry_posts(session: AsyncSession, post_ids: Collection[int], now: datetime) -> None:
    """Those of these posts that nobody is sending are due now."""
    await session.execute(
        update(Post)
        .where(Post.id.in_(post_ids), Post.state.in_(UNSENT), Post.holder.is_(None))
        .values(retry_at=None, due_at=now)
    )


async def extend_post(
    session: AsyncSession, post_id: int, state: PostState, closes_at: datetime, until: datetime
) -> None:
    """Let a post close at another time and be collected `until` then; a closed one opens again."""
    values = {"closes_at": closes_at, "collect_until": until, "closed_at": None, "digested_at": None}
    await session.execute(update(Post).where(Post.id == post_id).values(state=state, **values))


async def add_part(session: AsyncSession, post_id: int, part: PostPart, reason: str) -> bool:
    """Hand a published post to `publish` once more, for this part; False where it is not open."""
    moved = await session.execute(
        update(Post)
        .where(Post.id == post_id, Post.state == PostState.PUBLISHED)
        .values(state=PostState.RETRY, retry_at=None, state_reason=reason)
        .returning(Post.id)
    )
    if moved.first() is None:
        return False
    session.add(part)
    return True


async def drop_waiting(session: AsyncSession, post_ids: Collection[int]) -> None:
    """Forget those of these posts of which nothing went out, with their prepared bytes: they are planned anew."""
    dropped = select(Post.id).where(Post.id.in_(post_ids), Post.state.in_(NOT_BEGUN), Post.holder.is_(None))
    await session.execute(delete(PostPart).where(PostPart.post_id.in_(dropped)))
    await session.execute(delete(Post).where(Post.id.in_(dropped)))


async def set_post_state(session: AsyncSession, post_id: int, was: PostState, state: PostState, reason: str) -> None:
    """Move a post that nobody holds, if it is still as it was seen."""
    await session.execute(
        update(Post)
        .where(Post.id == post_id, Post.state == was, Post.holder.is_(None))
        .values(state=state, state_reason=reason, retry_at=None)
    )
