"""Posts with their question and version, for forms and buttons."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Author, Post, PostPart, Question, QuestionVersion, Reply, Revision, Target
from storage.sql.newest import newest_revision
from storage.states import COLLECTED, NOT_OVER, TOMBSTONES, Origin, PostState


@dataclass(frozen=True, slots=True)
class FormPost:
    """A post with its question, the version that it sent, and its place."""

    post: Post
    question: Question
    version: QuestionVersion
    target: Target

    def is_open(self, now: datetime) -> bool:
        """Whether votes are taken; also in the moment between the platform's word and ours that it stands."""
        closes_at = self.post.closes_at
        return self.post.state in NOT_OVER and self.post.closed_at is None and (closes_at is None or closes_at > now)

    def takes_answers(self, now: datetime) -> bool:
        """Whether an answer is taken: a form that was opened in time may be handed in during the grace."""
        until = self.post.collect_until
        return self.is_open(now) or (self.post.state is PostState.CLOSED and until is not None and until > now)


def _select_form_posts() -> Select[Post, Question, QuestionVersion, Target]:
    return (
        select(Post, Question, QuestionVersion, Target)
        .join(Target, Target.id == Post.target_id)
        .join(Question, Question.id == Target.question_id)
        .join(QuestionVersion, QuestionVersion.id == Post.version_id)
    )


async def load_form_post(session: AsyncSession, account_id: int, post_id: int) -> FormPost | None:
    """A post of an account."""
    row = (
        await session.execute(_select_form_posts().where(Post.id == post_id, Target.account_id == account_id))
    ).first()
    return None if row is None else FormPost(*row)


async def find_guild(session: AsyncSession, post_id: int) -> str:
    """The community in which the root of a post stands; "" where the network has none, or before it is known."""
    extra = await session.scalar(select(PostPart.extra).where(PostPart.post_id == post_id, PostPart.position == 0))
    return str((extra or {}).get("guild", ""))


async def list_open_posts(
    session: AsyncSession, account_id: int, workspaces: Collection[str], now: datetime, most: int
) -> list[tuple[FormPost, PostPart]]:
    """Posts of an account in these workspaces that are open or within the grace, newest first, each with its root."""
    rows = await session.execute(
        _select_form_posts()
        .add_columns(PostPart)
        .join(PostPart, (PostPart.post_id == Post.id) & (PostPart.position == 0))
        .where(
            Target.account_id == account_id,
            Question.workspace.in_(workspaces),
            Post.state.in_(COLLECTED),
            or_(Post.collect_until.is_(None), Post.collect_until > now),
        )
        .order_by(Post.published_at.desc(), Post.id.desc())
        .limit(most)
    )
    return [(FormPost(*row[:4]), row[4]) for row in rows]


async def load_form_answer(session: AsyncSession, post_id: int, author_remote_id: str) -> str:
    """What somebody has answered to a post by form, as it reads now; "" for nothing."""
    text: str | None = await session.scalar(
        select(Revision.text)
        .join(Reply, Reply.id == Revision.reply_id)
        .join(Author, Author.id == Reply.author_id)
        .where(Reply.post_id == post_id, Reply.origin == Origin.SUBMITTED, Author.remote_id == author_remote_id)
        .where(newest_revision())
    )
    return text or ""


async def count_form_answers(session: AsyncSession, post_id: int) -> int:
    """How many answers by form a post has: not those that were taken back."""
    query = select(func.count()).where(
        Reply.post_id == post_id,
        Reply.origin == Origin.SUBMITTED,
        Reply.state.not_in(TOMBSTONES),
    )
    return await session.scalar(query) or 0
