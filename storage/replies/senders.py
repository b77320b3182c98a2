"""What stands beside mails of the same sender: who signed them, to how many questions, through which server."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Author, Post, Question, Reply


@dataclass(frozen=True, slots=True)
class SenderCounts:
    """Of one sender in a workspace. mails; questions; names: in how many names they were signed; server: how many
    senders wrote to the same question through the same server; opened_at: when that question was asked.
    """

    mails: int
    questions: int
    names: int
    server: int
    opened_at: datetime | None


async def load_told(session: AsyncSession, reply_id: int) -> tuple[Reply, str]:
    """A reply, and the id of its author on its platform."""
    rows = await session.execute(
        select(Reply, Author.remote_id).join(Author, Author.id == Reply.author_id).where(Reply.id == reply_id)
    )
    reply, remote_id = rows.one()
    return reply, remote_id


async def count_sender(session: AsyncSession, workspace: str, reply: Reply, server: str) -> SenderCounts:
    """server: the domain that signed, "" for none."""
    signed = Reply.extra["signed_name"].as_string()
    mails, asked, names = (
        await session.execute(
            select(func.count(), func.count(Reply.question_id.distinct()), func.count(signed.distinct()))
            .join(Question, Question.id == Reply.question_id)
            .where(Reply.author_id == reply.author_id, Question.workspace == workspace)
        )
    ).one()
    by_server = select(func.count(Reply.author_id.distinct())).where(
        Reply.question_id == reply.question_id,
        Reply.platform == reply.platform,
        func.coalesce(Reply.extra["dkim"].as_string(), "") == server,
    )
    opened_at = await session.scalar(select(Post.published_at).where(Post.id == reply.post_id))
    return SenderCounts(mails, asked, names, (await session.scalar(by_server) or 0) if server else 0, opened_at)
