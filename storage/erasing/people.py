"""Erasing a person: no words, no names, no links; what stays is a mark by which a later page is known to be theirs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import String, and_, cast, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.erasing.barred import bar_person
from storage.erasing.generation import begin_erasing
from storage.erasing.names import erase_name
from storage.erasing.senders import erase_address
from storage.fingerprints.prints import drop_prints
from storage.models import (
    Account,
    Author,
    ChosenPassage,
    Consent,
    CreditGiven,
    Look,
    Outgoing,
    Post,
    Printing,
    Question,
    Reply,
    Revision,
    SourceCheck,
    Target,
    Verdict,
    Vote,
    WatchedQuote,
)
from storage.read_backs import drop_read_backs
from storage.replies import tallies
from storage.replies.stale import note_stale
from storage.states import Bar, ReplyState


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased. links: of the replies, and of the profile. digest_ids: those that said what this person did as
    an asker or an editor.
    """

    reply_ids: tuple[int, ...]
    links: frozenset[str]
    digest_ids: tuple[int, ...] = ()


async def erase_person(session: AsyncSession, platform: str, remote_id: str, now: datetime) -> Erased:
    """Erase whoever has this id on a platform, also who only voted, asked or edited, or never did anything."""
    await begin_erasing(session, now)
    digest_ids = await erase_name(session, platform, remote_id)
    author = await session.scalar(select(Author).where(Author.platform == platform, Author.remote_id == remote_id))
    if author is not None:
        return replace(await erase_author(session, author, now), digest_ids=tuple(digest_ids))
    await _erase_votes(session, platform, remote_id, now)
    await erase_address(session, remote_id)
    await bar_person(session, platform, remote_id, Bar.ERASED)
    return Erased((), frozenset(), tuple(digest_ids))


async def erase_author(session: AsyncSession, author: Author, now: datetime) -> Erased:
    """Empty everything of an author, in every workspace. The replies stay as tombstones, so that counts stay true."""
    held = list(await session.scalars(select(Reply).where(Reply.author_id == author.id)))
    erased = Erased(tuple(reply.id for reply in held), frozenset({author.link, *(reply.link for reply in held)} - {""}))
    await _erase_votes(session, author.platform, author.remote_id, now)
    await session.execute(delete(SourceCheck).where(SourceCheck.author_id == author.id))
    await erase_replies(session, erased.reply_ids, now)
    await bar_person(session, author.platform, author.remote_id, Bar.ERASED)
    await erase_address(session, author.remote_id)
    author.remote_id = f"erased:{author.id}"
    author.handle = author.display_name = author.link = ""
    author.labels, author.evidence, author.made_at = [], [], None
    author.do_not_quote, author.do_not_quote_reason = True, None
    return erased


async def erase_replies(session: AsyncSession, reply_ids: Sequence[int], now: datetime) -> None:
    """Empty these replies, with all that was noted about them; the files that show them are to be written anew."""
    await _erase_notes(session, reply_ids)
    await _empty(session, reply_ids, now)
    await note_stale(session, reply_ids)


async def _erase_votes(session: AsyncSession, platform: str, voter: str, now: datetime) -> None:
    posts = select(Post.id).join(Target, Target.id == Post.target_id).join(Account, Account.id == Target.account_id)
    theirs = and_(Vote.voter == voter, Vote.post_id.in_(posts.where(Account.platform == platform)))
    await tallies.delete_votes(session, theirs, now)


async def _erase_notes(session: AsyncSession, reply_ids: Sequence[int]) -> None:
    """What was judged, agreed, chosen, asked and printed."""
    revisions = select(Revision.id).where(Revision.reply_id.in_(reply_ids))
    await session.execute(delete(Verdict).where(Verdict.revision_id.in_(revisions)))
    await session.execute(delete(Consent).where(Consent.revision_id.in_(revisions)))
    await session.execute(delete(ChosenPassage).where(ChosenPassage.revision_id.in_(revisions)))
    for request in await session.scalars(select(Outgoing).where(Outgoing.reply_id.in_(reply_ids))):
        # where it stands is kept until it is removed there; it has no words
        request.payload = {key: value for key, value in request.payload.items() if key == "reference"}
    await session.execute(delete(Printing).where(Printing.reply_id.in_(reply_ids)))
    await session.execute(delete(CreditGiven).where(CreditGiven.reply_id.in_(reply_ids)))
    await session.execute(delete(Look).where(Look.reply_id.in_(reply_ids)))
    await drop_read_backs(session, reply_ids)
    # where it was quoted is told yet; what is left until then says nothing of the words
    await session.execute(update(WatchedQuote).where(WatchedQuote.reply_id.in_(reply_ids)).values(name=""))


async def _hide_parents(session: AsyncSession, reply_ids: Sequence[int]) -> None:
    """What others answered to them stays an answer to somebody: ids of posts name their author on some networks."""
    parent = aliased(Reply)
    erased = select(parent.remote_id).where(parent.id.in_(reply_ids))
    questions = select(parent.question_id).where(parent.id.in_(reply_ids))
    await session.execute(
        update(Reply)
        .where(Reply.question_id.in_(questions), Reply.parent_remote_id.in_(erased))
        .values(parent_remote_id="erased")
        .execution_options(synchronize_session=False)
    )


async def _empty(session: AsyncSession, reply_ids: Sequence[int], now: datetime) -> None:
    await _hide_parents(session, reply_ids)
    await session.execute(
        update(Revision)
        .where(Revision.reply_id.in_(reply_ids))
        .values(text=None, original=None, foreign=[], version="", language="", emptied_at=now)
    )
    await drop_prints(session, reply_ids, now)
    await session.execute(
        update(Reply)
        .where(Reply.id.in_(reply_ids))
        .values(
            state=ReplyState.PURGED,
            remote_id="erased:" + cast(Reply.id, String),
            parent_remote_id=None,
            link="",
            source="",
            source_id="",
            extra={},
            checked_at=now,
        )
    )
    touched = select(Reply.question_id).where(Reply.id.in_(reply_ids))
    await session.execute(update(Question).where(Question.id.in_(touched)).values(changed_at=now))
