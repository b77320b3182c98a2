"""Posts that stand on their platform: collected while they are open, then closed, then digested."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Account, Post, PostPart, Question, Target
from storage.states import COLLECTED, CONFIG_WORKSPACE, IN_HAND, AccountState, PartState, PostState


async def posts_to_close(
    session: AsyncSession, now: datetime, question_id: int | None = None
) -> list[tuple[Post, int]]:
    """Posts whose time is over, of all questions or of one, each with the id of its account."""
    over = (
        select(Post, Target.account_id)
        .join(Target, Post.target_id == Target.id)
        .where(can_have_replies(), Post.closed_at.is_(None), Post.closes_at <= now)
        .where(or_(Post.lease_until.is_(None), Post.lease_until <= now))
        .order_by(Post.closes_at, Post.id)
    )
    rows = await session.execute(over if question_id is None else over.where(Target.question_id == question_id))
    return [(post, account_id) for post, account_id in rows]


async def close_adopted(session: AsyncSession, post_id: int, now: datetime) -> None:
    """Somebody else's post is no longer collected from now on."""
    await session.execute(update(Post).where(Post.id == post_id).values(closes_at=now))
    await close_post(session, post_id, now)


async def close_post(session: AsyncSession, post_id: int, now: datetime) -> None:
    """Nobody is asked any more; one that somebody extended in the meantime stays open, one that is incomplete so."""
    await session.execute(
        update(Post)
        .where(Post.id == post_id, Post.closed_at.is_(None), Post.closes_at <= now)
        .values(
            state=case((Post.state == PostState.INCOMPLETE, Post.state), else_=PostState.CLOSED),
            closed_at=now,
            holder=None,
            lease_until=None,
            retry_at=None,
        )
    )


async def closed_without_digest(session: AsyncSession) -> dict[int, list[int]]:
    """Closed posts whose final digest is not written yet, by question."""
    rows = await session.execute(
        select(Target.question_id, Post.id)
        .join(Target, Post.target_id == Target.id)
        .where(Post.closed_at.is_not(None), Post.digested_at.is_(None))
        .order_by(Target.question_id, Post.id)
    )
    found: dict[int, list[int]] = {}
    for question_id, post_id in rows:
        found.setdefault(question_id, []).append(post_id)
    return found


async def mark_digested(session: AsyncSession, post_ids: Sequence[int], now: datetime) -> None:
    """Their final digest is on disk."""
    await session.execute(update(Post).where(Post.id.in_(post_ids)).values(digested_at=now))


def can_have_replies() -> ColumnElement[bool]:
    """A condition on `Post`: it stands, or something of it does."""
    return or_(Post.state.in_(COLLECTED), and_(Post.state.in_(IN_HAND), Post.published_at.is_not(None)))


def _is_wanted(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """Open, or within the grace after the close; once at least in any case."""
    return or_(Post.collect_until.is_(None), Post.collect_until > now, Post.counted_at.is_(None))


async def posts_to_collect(
    session: AsyncSession, account_id: int, now: datetime, also: Collection[int] = ()
) -> list[tuple[Post, list[PostPart]]]:
    """Posts of an account whose replies are wanted at `now` (and those of `also`), and their standing parts, if any."""
    rows = await session.execute(
        select(Post, PostPart)
        .outerjoin(PostPart, PostPart.post_id == Post.id)
        .join(Target, Post.target_id == Target.id)
        .where(
            Target.account_id == account_id,
            can_have_replies(),
            or_(_is_wanted(now), Post.id.in_(also)),
            or_(PostPart.state == PartState.SENT, PostPart.id.is_(None)),
        )
        .order_by(Post.id, PostPart.position)
    )
    found: dict[int, tuple[Post, list[PostPart]]] = {}
    for post, part in rows:
        parts = found.setdefault(post.id, (post, []))[1]
        if part is not None:
            parts.append(part)
    return list(found.values())


async def name_posts(session: AsyncSession, post_ids: Collection[int]) -> dict[int, str]:
    """What the question of each post is called in addresses."""
    rows = await session.execute(
        select(Post.id, Question.workspace, Question.slug)
        .join(Target, Post.target_id == Target.id)
        .join(Question, Target.question_id == Question.id)
        .where(Post.id.in_(post_ids))
    )
    return {id_: name_question(workspace, slug) for id_, workspace, slug in rows}


def name_question(workspace: str, slug: str) -> str:
    """What a question is called in addresses: its slug, with the community where it was asked there."""
    return slug if workspace == CONFIG_WORKSPACE else f"{slug}-{workspace}"


async def collect_longer(session: AsyncSession, question_id: int, platform: str, until: datetime) -> None:
    """Read what comes to the posts of a question on one network until then, also after they closed."""
    posts = select(Post.id).join(Target, Target.id == Post.target_id).join(Account, Account.id == Target.account_id)
    await session.execute(
        update(Post)
        .where(Post.id.in_(posts.where(Target.question_id == question_id, Account.platform == platform)))
        .where(Post.collect_until < until)
        .values(collect_until=until)
        .execution_options(synchronize_session=False)
    )


async def load_question(session: AsyncSession, post_id: int) -> Question:
    """What a post asks."""
    query = select(Question).join(Target, Target.question_id == Question.id).join(Post, Post.target_id == Target.id)
    return (await session.scalars(query.where(Post.id == post_id))).one()


async def account_ids_with_work(session: AsyncSession, now: datetime, hinted: Collection[int] = ()) -> list[int]:
    """Accounts with posts to collect and whose next collection is due, or hinted at."""
    rows = await session.scalars(
        select(Account.id)
        .where(
            Account.state == AccountState.ACTIVE,
            or_(Account.read_retry_at.is_(None), Account.read_retry_at <= now),
            or_(Account.collect_at.is_(None), Account.collect_at <= now, Account.id.in_(hinted)),
            has_posts_to_collect(now),
        )
        .order_by(Account.id)
    )
    return list(rows)


def has_posts_to_collect(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """A condition on `Account`: replies to any of its posts are wanted. Each of its parts has an index, since most
    posts are old.
    """
    stands, is_in_hand = Post.state.in_(COLLECTED), and_(Post.state.in_(IN_HAND), Post.published_at.is_not(None))
    wanted = (
        and_(stands, Post.collect_until > now),
        and_(stands, Post.collect_until.is_(None)),
        and_(stands, Post.counted_at.is_(None)),
        and_(is_in_hand, _is_wanted(now)),
    )
    posts = (select(Target.account_id).join(Post, Post.target_id == Target.id).where(each) for each in wanted)
    return Account.id.in_(union_all(*posts))


async def account_ids_with_posts(session: AsyncSession, now: datetime) -> list[int]:
    """Accounts with posts to collect, whenever they are due."""
    return list(await session.scalars(select(Account.id).where(has_posts_to_collect(now)).order_by(Account.id)))


async def note_asker_reply(session: AsyncSession, post_id: int, remote_id: str, parent_remote_id: str | None) -> None:
    """Who asked wrote below their own post: no answer, but the platform counts it. Our own parts are known already."""
    post = await session.get_one(Post, post_id)
    is_part = await session.scalar(
        select(PostPart.id).where(PostPart.post_id == post_id, PostPart.remote_id == remote_id)
    )
    if is_part is None and remote_id not in post.asker_replies:
        post.asker_replies = {**post.asker_replies, remote_id: parent_remote_id}
