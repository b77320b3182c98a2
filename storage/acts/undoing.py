"""Taking back what an editor entered: those rows alone. What a person said has rows of its own, which stay."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.acts.acts import list_ids
from storage.erasing.people import erase_replies
from storage.models import (
    Author,
    ChosenPassage,
    Consent,
    CreditGiven,
    EditorAct,
    Outgoing,
    Printing,
    Reply,
    Revision,
    SourceCheck,
    Verdict,
    VouchedQuote,
)
from storage.replies.stale import note_stale
from storage.sql.chunks import chunked
from storage.states import TOMBSTONES, OutgoingState

ENTRIES: dict[str, type[Any]] = {
    table.__tablename__: table for table in (Consent, CreditGiven, SourceCheck, Printing, ChosenPassage, VouchedQuote)
}
"""Tables to which entries are added, each of which can be taken out again."""


async def count_entries(session: AsyncSession, act: EditorAct) -> dict[str, int]:
    """What an act added and is there yet, by table."""
    counts = {}
    for name, ranges in act.before["added"].items():
        standing = {"verdicts": Verdict.restored_at.is_(None), "replies": Reply.state.not_in(TOMBSTONES)}
        table: Any = {"verdicts": Verdict, "replies": Reply}.get(name) or ENTRIES[name]
        number = 0
        for chunk in chunked(list_ids(ranges)):
            query = select(func.count()).select_from(table).where(table.id.in_(chunk))
            number += await session.scalar(query if name not in standing else query.where(standing[name])) or 0
        if number:
            counts[name] = number
    return counts


async def find_used(session: AsyncSession, act: EditorAct) -> list[int]:
    """Those of the replies that an act added which were printed, or whose author was asked: that stays in the world."""
    found: set[int] = set()
    asked = (Outgoing.state != OutgoingState.FAILED, Outgoing.reply_id.is_not(None))
    for chunk in chunked(list_ids(act.before["added"].get("replies", []))):
        found |= set(await session.scalars(select(Printing.reply_id).where(Printing.reply_id.in_(chunk))))
        found |= set(await session.scalars(select(Outgoing.reply_id).where(Outgoing.reply_id.in_(chunk), *asked)))
    return sorted(found)


async def take_out(session: AsyncSession, act: EditorAct, now: datetime) -> None:
    """Take out the rows that an act added; the digests on disk that show it are to be written anew."""
    for name, ranges in act.before["added"].items():
        for chunk in chunked(list_ids(ranges)):
            await note_stale(session, await _find_replies(session, name, chunk))
            if name == "replies":
                await _take_replies(session, chunk, now)
            elif name == "verdicts":
                await session.execute(
                    update(Verdict).where(Verdict.id.in_(chunk), Verdict.restored_at.is_(None)).values(restored_at=now)
                )
            else:
                await session.execute(delete(ENTRIES[name]).where(ENTRIES[name].id.in_(chunk)))


async def _find_replies(session: AsyncSession, name: str, ids: Sequence[int]) -> Collection[int]:
    """The replies that such entries are about; of a check of a person, or of words by phone, none is shown anywhere."""
    if name == "replies":
        return set(ids)
    if name in ("source_checks", "vouched_quotes"):
        return ()
    if name == "credits_given":  # it holds for all that its author said
        of_author = select(Reply.author_id).join(CreditGiven, CreditGiven.reply_id == Reply.id)
        query = select(Reply.id).where(Reply.author_id.in_(of_author.where(CreditGiven.id.in_(ids))))
        return set(await session.scalars(query))
    if name == "printings":
        return set(await session.scalars(select(Printing.reply_id).where(Printing.id.in_(ids))))
    table: Any = Verdict if name == "verdicts" else ENTRIES[name]
    query = select(Revision.reply_id).join(table, table.revision_id == Revision.id).where(table.id.in_(ids))
    return set(await session.scalars(query))


async def _take_replies(session: AsyncSession, ids: Sequence[int], now: datetime) -> None:
    """They leave tombstones, and their names in the file are free again: a second import takes them as new. Of people
    who said nothing else, the names go too.
    """
    people = set(await session.scalars(select(Reply.author_id).where(Reply.id.in_(ids))))
    await erase_replies(session, list(ids), now)
    speaking = set(
        await session.scalars(
            select(Reply.author_id).where(Reply.author_id.in_(people), Reply.state.not_in(TOMBSTONES))
        )
    )
    silent = Author.id.in_(sorted(people - speaking))
    await session.execute(update(Author).where(silent).values(handle="", display_name="", link="", evidence=[]))
