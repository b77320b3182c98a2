"""Posts and parts: the outbox. Every transition is an UPDATE guarded by the state it starts from."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.accounts.accounts import select_paused
from storage.engine import LostClaim
from storage.models import Account, Post, PostPart, Question, QuestionVersion, Target
from storage.states import AHEAD, AS_WANTED, NOT_POSTED, TRIED, AccountState, PartState, PostState, QuestionState


@dataclass(frozen=True, slots=True)
class Claimed:
    """A post that is ours until its lease ends, with all that is needed to send it. `was`: its state before."""

    post: Post
    target: Target
    account: Account
    question: Question
    version: QuestionVersion
    was: PostState


async def claim_post(
    session: AsyncSession, *, holder: str, now: datetime, lease: timedelta, accounts: Iterable[int]
) -> Claimed | None:
    """Take the next post that wants work, or None. `accounts`: ids of those that this process can reach."""
    ready = or_(
        Post.state == PostState.DUE,
        and_(
            Post.state.in_(TRIED),
            or_(Post.retry_at.is_(None), Post.retry_at <= now),
            or_(Post.lease_until.is_(None), Post.lease_until <= now),
        ),
    )
    row = (
        await session.execute(
            select(Post, Target, Account, Question, QuestionVersion)
            .join(Target, Post.target_id == Target.id)
            .join(Account, Target.account_id == Account.id)
            .join(Question, Target.question_id == Question.id)
            .join(QuestionVersion, Post.version_id == QuestionVersion.id)
            .where(
                ready,
                Post.due_at <= now,
                Account.id.in_(list(accounts)),
                Account.state == AccountState.ACTIVE,
                or_(Account.retry_at.is_(None), Account.retry_at <= now),
                or_(
                    Account.read_retry_at.is_(None),
                    Account.read_retry_at <= now,
                    Post.state != PostState.UNCERTAIN,  # which is looked for first
                ),
                or_(
                    and_(Question.state == QuestionState.ACTIVE, Question.workspace.not_in(select_paused())),
                    Post.state == PostState.UNCERTAIN,
                ),
            )
            .order_by(Post.due_at, Post.id)
            .limit(1)
            .with_for_update(of=Post, skip_locked=True)  # where several claim at once, each takes another
            .execution_options(populate_existing=True)
        )
    ).first()
    if row is None:
        return None
    post, target, account, question, version = row
    was = post.state
    state = PostState.UNCERTAIN if was is PostState.UNCERTAIN else PostState.PUBLISHING
    taken = await session.execute(
        update(Post)
        .where(Post.id == post.id, Post.state == was, or_(Post.lease_until.is_(None), Post.lease_until <= now))
        .values(state=state, holder=holder, lease_until=now + lease, attempts=Post.attempts + 1)
        .returning(Post.id)
        .execution_options(synchronize_session=False)
    )
    if taken.first() is None:
        return None
    return Claimed(post, target, account, question, version, was)


async def has_waiting(session: AsyncSession) -> bool:
    """Whether any post is not out yet and may still go out, now or later."""
    waiting = select(Post.id).where(Post.state.in_(AHEAD)).limit(1)
    return (await session.scalar(waiting)) is not None


async def release_lapsed(session: AsyncSession, now: datetime) -> list[int]:
    """A lapsed `publishing` becomes `uncertain`, never `due`: its last call may have reached the platform."""
    lapsed = await session.execute(
        update(Post)
        .where(Post.state == PostState.PUBLISHING, Post.lease_until <= now)
        .values(state=PostState.UNCERTAIN, holder=None, lease_until=None, retry_at=None)
        .returning(Post.id)
    )
    return list(lapsed.scalars())


async def move_post(session: AsyncSession, post_id: int, holder: str, state: PostState, **values: Any) -> None:
    """End our claim with a new state. Raises LostClaim where it is not ours any more."""
    released = {"state": state, "holder": None, "lease_until": None}
    await _write_held(session, post_id, holder, {"retry_at": None} | values | released)


async def renew_claim(session: AsyncSession, post_id: int, holder: str, until: datetime) -> None:
    """Keep the claim while working. Raises LostClaim."""
    await _write_held(session, post_id, holder, {"lease_until": until})


async def _write_held(session: AsyncSession, post_id: int, holder: str, values: Mapping[str, Any]) -> None:
    held = update(Post).where(Post.id == post_id, Post.holder == holder)
    if (await session.execute(held.values(**values).returning(Post.id))).first() is None:
        raise LostClaim(f"post {post_id} is no longer held by {holder}")


def add_parts(session: AsyncSession, parts: Iterable[PostPart]) -> None:
    """What a post will say, before the first call."""
    session.add_all(parts)


async def load_parts(session: AsyncSession, post_id: int) -> list[PostPart]:
    """The parts of a post, root first."""
    rows = await session.scalars(
        select(PostPart)
        .where(PostPart.post_id == post_id)
        .order_by(PostPart.position)
        .execution_options(populate_existing=True)
    )
    return list(rows)


async def record_intent(session: AsyncSession, part_id: int, now: datetime) -> None:
    """This part is about to be sent: committed before the call."""
    await session.execute(
        update(PostPart)
        .where(PostPart.id == part_id)
        .values(state=PartState.SENDING, intent_at=now, sends=PostPart.sends + 1, looked=0)
    )


async def record_reference(
    session: AsyncSession, part_id: int, now: datetime, *, remote_id: str, link: str, extra: Mapping[str, str]
) -> None:
    """The part stands on the platform: true whoever holds the post by now."""
    await session.execute(
        update(PostPart)
        .where(PostPart.id == part_id, PostPart.state != PartState.SENT)
        .values(state=PartState.SENT, sent_at=now, remote_id=remote_id, link=link, extra=dict(extra))
    )


async def record_not_sent(session: AsyncSession, part_id: int, state: PartState = PartState.PREPARED) -> None:
    """It is certain that the last call posted nothing: it does not count as a send."""
    sent = case((and_(PostPart.state == PartState.SENDING, PostPart.sends > 0), 1), else_=0)
    await session.execute(
        update(PostPart).where(PostPart.id == part_id).values(state=state, sends=PostPart.sends - sent)
    )


async def record_look(session: AsyncSession, part_id: int) -> None:
    """One more complete and empty look-up."""
    await session.execute(update(PostPart).where(PostPart.id == part_id).values(looked=PostPart.looked + 1))


async def is_part(session: AsyncSession, remote_id: str) -> bool:
    """Whether a part of ours has this reference."""
    return (await session.scalar(select(PostPart.id).where(PostPart.remote_id == remote_id).limit(1))) is not None


async def find_posted_texts(session: AsyncSession, platform: str, texts: Collection[str]) -> set[str]:
    """Those of the texts that an account of a platform has posted, or is about to."""
    rows = await session.scalars(
        select(PostPart.text)
        .join(Post, Post.id == PostPart.post_id)
        .join(Target, Target.id == Post.target_id)
        .join(Account, Account.id == Target.account_id)
        .where(
            Account.platform == platform,
            Post.adopted.is_(False),
            PostPart.text.in_(texts),
            PostPart.state.not_in(NOT_POSTED),
        )
    )
    return set(rows)


Posted = tuple[Post, Account, list[PostPart]]
"""A post with its account and parts, root first."""


async def posts_of_question(session: AsyncSession, question_id: int) -> list[Posted]:
    """Every post of a question, oldest first."""
    return (await posts_of_questions(session, [question_id]))[question_id]


async def posts_of_questions(session: AsyncSession, question_ids: Collection[int]) -> dict[int, list[Posted]]:
    """Every post of some questions by question, oldest first."""
    found: dict[int, list[Posted]] = {id_: [] for id_ in question_ids}
    for question_id, posted in await _load_posted(session, Target.question_id.in_(question_ids)):
        found[question_id].append(posted)
    return found


async def posts_not_out(session: AsyncSession, workspace: str, most: int) -> list[tuple[int, Posted]]:
    """Posts of a workspace that are not out as they should be, with their questions' ids: the last ones."""
    last = (
        select(Post.id)
        .join(Target, Target.id == Post.target_id)
        .join(Question, Question.id == Target.question_id)
        .where(Question.workspace == workspace, Post.state.not_in(AS_WANTED))
        .order_by(Question.id.desc(), Post.due_at.desc(), Post.id.desc())
        .limit(most)
    )
    found = await _load_posted(session, Post.id.in_(last))
    return sorted(found, key=lambda each: (each[0], each[1][0].due_at, each[1][0].id))


async def _load_posted(session: AsyncSession, where: ColumnElement[bool]) -> list[tuple[int, Posted]]:
    """Posts with their questions' ids, oldest first."""
    part = aliased(PostPart)
    rows = await session.execute(
        select(Target.question_id, Post, Account, part)
        .join(Target, Post.target_id == Target.id)
        .join(Account, Target.account_id == Account.id)
        .outerjoin(part, part.post_id == Post.id)
        .where(where)
        .order_by(Post.due_at, Post.id, part.position)
    )
    found: dict[int, tuple[int, Posted]] = {}
    for question_id, post, account, each in rows:
        _, (_, _, parts) = found.setdefault(post.id, (question_id, (post, account, [])))
        if each is not None:
            parts.append(each)
    return list(found.values())


async def question_ids(session: AsyncSession, post_ids: Sequence[int]) -> dict[int, int]:
    """The question of each post."""
    rows = await session.execute(
        select(Post.id, Target.question_id).join(Target, Post.target_id == Target.id).where(Post.id.in_(post_ids))
    )
    return dict(rows.all())


async def count_posts(session: AsyncSession, workspace: str) -> dict[PostState, int]:
    """How many posts are in each state."""
    rows = await session.execute(
        select(Post.state, func.count())
        .join(Target, Post.target_id == Target.id)
        .join(Question, Target.question_id == Question.id)
        .where(Question.workspace == workspace)
        .group_by(Post.state)
    )
    return dict(rows.all())


async def find_adopted(session: AsyncSession, workspace: str, remote_id: str) -> Question | None:
    """The question that adopted this post."""
    found: Question | None = await session.scalar(
        select(Question)
        .join(Target, Target.question_id == Question.id)
        .join(Post, Post.target_id == Target.id)
        .join(PostPart, PostPart.post_id == Post.id)
        .where(Question.workspace == workspace, Post.adopted, PostPart.remote_id == remote_id)
        .limit(1)
    )
    return found


async def first_account_of(session: AsyncSession, platform: str, among: Collection[int]) -> int | None:
    """An account of a platform; the first that was configured."""
    found: int | None = await session.scalar(
        select(Account.id).where(Account.platform == platform, Account.id.in_(among)).order_by(Account.id).limit(1)
    )
    return found
