"""Drafts whose quotes are watched, by ids of replies, spans and keyed hashes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.models import Reply, Revision, WatchedDraft, WatchedQuote
from storage.states import ReplyState, WatchedState

_LOST = frozenset(ReplyState) - {ReplyState.STANDING}


@dataclass(frozen=True, slots=True)
class WatchedPart:
    """A part of a watched quote with the words that were quoted; None where they are gone. newest: the revision of
    today and its text.
    """

    quote: WatchedQuote
    words: str | None
    newest: int
    text: str | None
    question_id: int
    account_id: int | None


async def add_draft(session: AsyncSession, draft: WatchedDraft, quotes: Sequence[WatchedQuote]) -> int:
    """Watch these quotes; answers the id of the draft."""
    session.add(draft)
    await session.flush()
    for quote in quotes:
        quote.draft_id = draft.id
    session.add_all(quotes)
    return draft.id


async def list_drafts(session: AsyncSession, workspaces: Collection[str] | None, now: datetime) -> list[WatchedDraft]:
    """What is watched now, the newest first. workspaces: None for all."""
    query = select(WatchedDraft).where(WatchedDraft.until > now).order_by(WatchedDraft.id.desc())
    if workspaces is not None:
        query = query.where(WatchedDraft.workspace.in_(workspaces))
    return list(await session.scalars(query))


async def list_quotes(session: AsyncSession, draft_ids: Collection[int]) -> list[WatchedQuote]:
    """The quotes of drafts in their order."""
    query = select(WatchedQuote).where(WatchedQuote.draft_id.in_(draft_ids))
    return list(await session.scalars(query.order_by(WatchedQuote.draft_id, WatchedQuote.number, WatchedQuote.id)))


async def load_parts(session: AsyncSession, draft_ids: Collection[int]) -> list[WatchedPart]:
    """The parts that stood when they were last looked at, with the words then and now."""
    quoted, newest, later = aliased(Revision), aliased(Revision), aliased(Revision)
    is_newest = ~exists().where(later.reply_id == newest.reply_id, later.version > newest.version)
    rows = await session.execute(
        select(WatchedQuote, quoted.text, newest.id, newest.text, Reply.question_id, Reply.account_id)
        .join(Reply, Reply.id == WatchedQuote.reply_id)
        .join(quoted, quoted.id == WatchedQuote.revision_id)
        .join(newest, newest.reply_id == WatchedQuote.reply_id)
        .where(WatchedQuote.draft_id.in_(draft_ids), WatchedQuote.state == WatchedState.STANDS, is_newest)
        .order_by(WatchedQuote.id)
    )
    return [
        WatchedPart(quote, text and text[quote.start : quote.end], newest_id, now, question_id, account_id)
        for quote, text, newest_id, now, question_id, account_id in rows
    ]


async def note_changed(session: AsyncSession, quote_ids: Collection[int], state: WatchedState, now: datetime) -> None:
    """What became of these; once."""
    await session.execute(
        update(WatchedQuote)
        .where(WatchedQuote.id.in_(quote_ids), WatchedQuote.state == WatchedState.STANDS)
        .values(state=state, changed_at=now)
    )


async def move_quote(session: AsyncSession, quote_id: int, revision_id: int, start: int, end: int) -> None:
    """The words stand in a newer revision."""
    values = {"revision_id": revision_id, "start": start, "end": end}
    await session.execute(update(WatchedQuote).where(WatchedQuote.id == quote_id).values(values))


async def plan_check(session: AsyncSession, draft_id: int, at: datetime) -> None:
    """When its sources are read again."""
    await session.execute(update(WatchedDraft).where(WatchedDraft.id == draft_id).values(check_at=at))


async def drop_draft(session: AsyncSession, workspace: str, draft_id: int) -> bool:
    """Watch it no longer; False where it is none of the workspace."""
    found = await session.scalar(
        select(WatchedDraft.id).where(WatchedDraft.workspace == workspace, WatchedDraft.id == draft_id)
    )
    if found is None:
        return False
    await _drop(session, WatchedDraft.id == draft_id)
    return True


async def drop_over(session: AsyncSession, now: datetime) -> None:
    """Forget drafts whose time is over."""
    await _drop(session, WatchedDraft.until <= now)


async def _drop(session: AsyncSession, which: ColumnElement[bool]) -> None:
    await session.execute(delete(WatchedQuote).where(WatchedQuote.draft_id.in_(select(WatchedDraft.id).where(which))))
    await session.execute(delete(WatchedDraft).where(which))


def has_lost() -> ColumnElement[bool]:
    """Whether a quote that stood when it was last looked at may not: its reply is gone, hidden, or has a newer
    revision.
    """
    quoted, newer = aliased(Revision), aliased(Revision)
    return exists().where(
        WatchedQuote.state == WatchedState.STANDS,
        Reply.id == WatchedQuote.reply_id,
        quoted.id == WatchedQuote.revision_id,
        or_(
            Reply.state.in_(_LOST),
            exists().where(newer.reply_id == WatchedQuote.reply_id, newer.version > quoted.version),
        ),
    )
