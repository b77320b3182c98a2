"""Erasing what was said in a community that an account has left: words, names, votes, and what was asked there."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.erasing.generation import begin_erasing
from storage.erasing.people import Erased, erase_replies
from storage.models import (
    Author,
    Event,
    GuildMembership,
    Outgoing,
    Post,
    PostPart,
    Question,
    QuestionVersion,
    Reply,
    Target,
    UnsentForm,
    Vote,
)
from storage.replies import tallies
from storage.sql.chunks import chunked
from storage.states import QuestionState

GONE = "erased: the account was removed from this community"


async def erase_guild(session: AsyncSession, guild: GuildMembership, now: datetime) -> Erased:
    """Empty everything that an account read in a community. Who said nothing elsewhere loses their name here.

    Unlike who had themselves erased, they may be read again where they write again.
    """
    await begin_erasing(session, now)
    workspace = f"guild:{guild.remote_id}"
    replies = await _list_replies(session, guild, workspace)
    reply_ids = [reply.id for reply in replies]
    links = frozenset(reply.link for reply in replies) - {""}
    authors = sorted({reply.author_id for reply in replies})
    for chunk in chunked(reply_ids):
        await erase_replies(session, chunk, now)
    await _erase_votes(session, guild, workspace, now)
    await _erase_names(session, authors)
    await _erase_questions(session, workspace)
    return Erased(tuple(reply_ids), links)


async def _list_replies(session: AsyncSession, guild: GuildMembership, workspace: str) -> list[Reply]:
    """Of its own questions all, of others' those that were written there."""
    rows = await session.execute(
        select(Reply, Question.workspace)
        .join(Question, Question.id == Reply.question_id)
        .where(Reply.account_id == guild.account_id)
    )
    return [reply for reply, home in rows if home == workspace or reply.extra.get("guild") == guild.remote_id]


async def _erase_votes(session: AsyncSession, guild: GuildMembership, workspace: str, now: datetime) -> None:
    rows = await session.execute(
        select(Post.id, PostPart.extra, Question.workspace)
        .join(Target, Target.id == Post.target_id)
        .join(Question, Question.id == Target.question_id)
        .join(PostPart, PostPart.post_id == Post.id)
        .where(Target.account_id == guild.account_id, PostPart.position == 0)
    )
    there = [id_ for id_, extra, home in rows if home == workspace or extra.get("guild") == guild.remote_id]
    await tallies.delete_votes(session, Vote.post_id.in_(there), now)


async def _erase_names(session: AsyncSession, author_ids: Sequence[int]) -> None:
    for chunk in chunked(author_ids):
        elsewhere = select(Reply.author_id).where(Reply.author_id.in_(chunk), Reply.remote_id.not_like("erased:%"))
        held = await session.scalars(select(Author).where(Author.id.in_(chunk), Author.id.not_in(elsewhere)))
        for author in held:
            author.remote_id = f"erased:{author.id}"
            author.handle = author.display_name = author.link = ""
            author.labels = []


async def _erase_questions(session: AsyncSession, workspace: str) -> None:
    """The words of its questions, of forms that were begun, of what was told."""
    own: ColumnElement[bool] = Question.workspace == workspace
    versions = await session.scalars(
        select(QuestionVersion).join(Question, Question.id == QuestionVersion.question_id).where(own)
    )
    for version in versions:
        version.content = {"text": "(erased)"}
    posts = select(Post.id).join(Target, Target.id == Post.target_id).join(Question, Question.id == Target.question_id)
    await session.execute(update(PostPart).where(PostPart.post_id.in_(posts.where(own))).values(text="", payload={}))
    await session.execute(
        update(Question).where(own).values(state=QuestionState.WITHDRAWN, state_reason=GONE, asked_by="", decoys=[])
    )
    await session.execute(delete(UnsentForm).where(UnsentForm.workspace == workspace))
    await session.execute(delete(Event).where(Event.workspace == workspace))
    told = or_(Outgoing.kind == "editors", Outgoing.kind == "log")
    guild_id = workspace.removeprefix("guild:")
    await session.execute(delete(Outgoing).where(told, Outgoing.subject.contains(guild_id, autoescape=True)))
