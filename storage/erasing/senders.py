"""Addresses of people who wrote to us: they stand in more places than their own row."""

from collections.abc import Sequence

from sqlalchemy import String, and_, cast, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import PUBLIC, Author, Reply, Revision
from storage.replies.stale import note_stale

HIDDEN = "…"
"""For each letter of an address in what somebody else wrote: spans still fit."""


async def erase_address(session: AsyncSession, address: str) -> None:
    """Take an address out of what others wrote: a whole mail that has it goes but for its sender's own words, and of
    those the address alone.
    """
    if "@" not in address:
        return
    await session.execute(
        update(Revision).where(Revision.original.icontains(address, autoescape=True)).values(original=None)
    )
    naming = Revision.text.icontains(address, autoescape=True)
    rows = (await session.execute(select(Revision.id, Revision.reply_id, Revision.text).where(naming))).all()
    for revision_id, _, text in rows:
        await session.execute(
            update(Revision).where(Revision.id == revision_id).values(text=_hide(text or "", address))
        )
    await note_stale(session, [reply_id for _, reply_id, _ in rows])


def _hide(text: str, address: str) -> str:
    """The text with as many signs for the address, in whatever case it is written."""
    place, wanted = 0, address.casefold()
    while (place := text.casefold().find(wanted, place)) >= 0:
        text = text[:place] + HIDDEN * len(address) + text[place + len(address) :]
    return text


async def forget_senders(session: AsyncSession, reply_ids: Sequence[int]) -> None:
    """What headers and signatures of emptied mails said goes, and the address of who has no words here any more.

    A mail is what was written to us and stands nowhere: not public, without a link. Who is not to be quoted is known
    on.
    """
    mails = and_(Reply.id.in_(reply_ids), Reply.audience != PUBLIC, Reply.link == "")
    authors = list(await session.scalars(select(Reply.author_id).where(mails).distinct()))
    if not authors:
        return
    await session.execute(update(Reply).where(mails).values(extra={}))
    has_words = exists().where(
        Reply.author_id == Author.id,
        Revision.reply_id == Reply.id,
        or_(Revision.text.is_not(None), Reply.audience == PUBLIC),
    )
    await session.execute(
        update(Author)
        .where(Author.id.in_(authors), ~has_words, ~Author.do_not_quote)
        .values(remote_id="purged:" + cast(Author.id, String), display_name="", handle="")
        .execution_options(synchronize_session=False)
    )
