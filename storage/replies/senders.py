"""What stands beside mails of the same sender: who signed them, to how many questions, through which server; and which
replies hold the words of which mails.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import PUBLIC, Author, Post, Question, Reply, Revision
from storage.read_backs import SOURCE
from storage.sql.chunks import chunked
from storage.sql.newest import newest_revision
from storage.states import TOMBSTONES


@dataclass(frozen=True, slots=True)
class SenderCounts:
    """Of one sender in a workspace. questions; names: in how many names their mails were signed; server: how many
    senders wrote to the same question through the same server; opened_at: when that question was asked. here: how many
    replies to this question; wordings: how many mails this reply is made of.
    """

    questions: int
    names: int
    server: int
    opened_at: datetime | None
    here: int = 1
    wordings: int = 1


@dataclass(frozen=True, slots=True)
class StoredMail:
    """A reply that came as a mail. address: of its author; told: what its headers and signature say."""

    remote_id: str
    address: str
    posted_at: datetime
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WholeMail:
    """The newest mail of a reply. original: all of it; text: the same with blanks for what is not its author's, up to
    their last word; foreign: where those blanks are.
    """

    reply_id: int
    original: str
    text: str
    foreign: tuple[tuple[int, int], ...]


async def load_whole_mails(session: AsyncSession, platform: str, reply_ids: Sequence[int]) -> list[WholeMail]:
    """Of those of these replies that are mails with more in them than their author's words."""
    rows = await session.execute(
        select(Reply.id, Revision.original, Revision.text, Revision.foreign)
        .join(Revision, Revision.reply_id == Reply.id)
        .where(Reply.id.in_(reply_ids), Reply.platform == platform, Reply.audience != PUBLIC, newest_revision())
        .where(Revision.original.is_not(None), Revision.text.is_not(None))
        .order_by(Reply.id)
    )
    return [
        WholeMail(id_, whole, text, tuple((start, end) for start, end in spans)) for id_, whole, text, spans in rows
    ]


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
    asked, names = (
        await session.execute(
            select(func.count(Reply.question_id.distinct()), func.count(signed.distinct()))
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
    of_author = (Reply.author_id == reply.author_id, Reply.question_id == reply.question_id)
    here = select(func.count()).where(*of_author, Reply.source != SOURCE, Reply.state.not_in(TOMBSTONES))
    wordings = select(func.count()).where(Revision.reply_id == reply.id, Revision.version != "")
    return SenderCounts(
        asked,
        names,
        (await session.scalar(by_server) or 0) if server else 0,
        opened_at,
        await session.scalar(here) or 0,
        1 + (await session.scalar(wordings) or 0),
    )


async def list_mails_of(
    session: AsyncSession, question_id: int, platform: str, addresses: Sequence[str]
) -> list[StoredMail]:
    """The mails of these people to a question whose words are there; what they answered to a read-back is none."""
    found: list[StoredMail] = []
    for chunk in chunked(addresses):
        rows = await session.execute(
            select(Reply.remote_id, Author.remote_id, Reply.posted_at, Reply.extra)
            .join(Author, Author.id == Reply.author_id)
            .where(Author.platform == platform, Author.remote_id.in_(chunk), Reply.question_id == question_id)
            .where(Reply.platform == platform, Reply.audience != PUBLIC, Reply.source != SOURCE)
            .where(Reply.state.not_in(TOMBSTONES))
            .order_by(Reply.id)
        )
        found += [StoredMail(*row) for row in rows]
    return found


async def find_mails(
    session: AsyncSession, question_id: int, platform: str, names: Sequence[str]
) -> dict[str, str | None]:
    """Of those of these mails that were taken: the id of the reply whose newest words are theirs, None where another
    mail has newer ones.
    """
    found: dict[str, str | None] = {}
    of_question = (Reply.question_id == question_id, Reply.platform == platform)
    for chunk in chunked(names):
        rows = await session.execute(
            select(Reply.remote_id, Revision.version, newest_revision())
            .join(Revision, Revision.reply_id == Reply.id)
            .where(*of_question, or_(Reply.remote_id.in_(chunk), Revision.version.in_(chunk)))
            .order_by(Reply.id, Revision.number)
        )
        for remote_id, version, is_newest in rows:
            found.setdefault(remote_id, None)
            found[version or remote_id] = remote_id if is_newest else None
    return found


async def note_newer_mail(
    session: AsyncSession, question_id: int, platform: str, remote_id: str, told: Mapping[str, str]
) -> None:
    """What the headers and the signature of a reply's newest mail say."""
    await session.execute(
        update(Reply)
        .where(Reply.question_id == question_id, Reply.platform == platform, Reply.remote_id == remote_id)
        .where(Reply.state.not_in(TOMBSTONES))
        .values(extra=dict(told))
    )
