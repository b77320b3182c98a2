"""Drafts that are watched until they are printed: their sources are read again, and what changed is told once.

Nothing of a draft is stored but how many quotes it has, where in stored replies they stand, and keyed hashes of them.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from bot.articles.drafts.vouched import name_quotation
from bot.articles.report import ArticleReport
from bot.context import Context
from bot.digest.selection.select import find_barriers
from bot.quotes import Barrier, Edition, prove_quote
from bot.replies.reread import refresh_replies
from storage.accounts.events import record_event
from storage.articles import watched
from storage.articles.watched import WatchedPart
from storage.engine import Session
from storage.erasing.barred import take_key
from storage.models import WatchedDraft, WatchedQuote
from storage.replies.current import load_author_replies, load_ledgers
from storage.search.counted import load_verdicts
from storage.states import WatchedState

LONGEST = timedelta(days=14)
EVERY, EVERY_PAID = timedelta(minutes=15), timedelta(hours=6)
"""How often sources are read again; the latter where that costs money."""
EVENTS = {
    WatchedState.DELETED: "quote_deleted",
    WatchedState.EDITED: "quote_edited",
    WatchedState.BARRED: "quote_barred",
}
_TOLD = {
    WatchedState.DELETED: "was deleted by its author",
    WatchedState.EDITED: "was changed by its author",
    WatchedState.BARRED: "may not be quoted any more",
}
_GONE = frozenset({Barrier.DELETED, Barrier.PURGED})


async def watch(context: Context, workspace: str, report: ArticleReport, until: datetime, by: str) -> int | None:
    """Watch those quotes of a checked draft that stand in stored replies; the draft's id, None where it has none.

    Watched before, it is watched until the new time.
    """
    now = context.now()
    async with context.store.write() as session:
        key, quotes = await take_key(session), []
        for checked in report.checked:
            answer, proof = checked.answer, checked.proof
            if answer is None or proof is None or answer.is_given or not checked.holds:
                continue
            name = name_quotation(key, workspace, checked.quotation)
            for span in proof.spans:
                reply = answer.replies[span.part]
                quotes.append(
                    WatchedQuote(
                        number=checked.quotation.number,
                        name=name,
                        reply_id=reply.id,
                        revision_id=reply.revision_id,
                        start=span.start,
                        end=span.end,
                    )
                )
        if not quotes:
            return None
        await _drop_same(session, workspace, {quote.name for quote in quotes}, now)
        draft = WatchedDraft(
            workspace=workspace,
            quotes=len({quote.number for quote in quotes}),
            by=by,
            at=now,
            until=min(until, now + LONGEST),
            check_at=now + EVERY,
        )
        return await watched.add_draft(session, draft, quotes)


async def _drop_same(session: Session, workspace: str, names: Collection[str], now: datetime) -> None:
    for draft in await watched.list_drafts(session, [workspace], now):
        if {quote.name for quote in await watched.list_quotes(session, [draft.id])} == set(names):
            await watched.drop_draft(session, workspace, draft.id)


# ---------------------------------------------------------------- looking


async def look_at_watched(context: Context) -> None:
    """Read again what is due, and tell what is not as it was; forget drafts whose time is over."""
    now = context.now()
    async with context.store.read() as session:
        drafts = await watched.list_drafts(session, None, now)
        due = [draft.id for draft in drafts if draft.check_at <= now]
        quotes = await watched.list_quotes(session, due)
        parts = {part.quote.reply_id: part.account_id for part in await watched.load_parts(session, due)}
    if due:
        await refresh_replies(context, sorted({quote.reply_id for quote in quotes} & parts.keys()))
    is_paid = any(
        context.accounts.tariff_of(account) is not None for account in parts.values() if account in context.accounts.ids
    )
    async with context.store.write() as session:
        for draft_id in due:
            await watched.plan_check(session, draft_id, now + (EVERY_PAID if is_paid else EVERY))
        for draft in drafts:
            await _compare(context, session, draft, now)
        await watched.drop_over(session, now)


async def _compare(context: Context, session: Session, draft: WatchedDraft, now: datetime) -> None:
    parts = await watched.load_parts(session, [draft.id])
    barriers = await _find_barriers(context, session, [part.quote.reply_id for part in parts])
    told: dict[int, WatchedState] = {}
    for part in parts:
        state = _judge(part, barriers.get(part.quote.reply_id))
        if state is WatchedState.STANDS:
            await _follow(session, part)
        else:
            await watched.note_changed(session, [part.quote.id], state, now)
            told.setdefault(part.quote.number, state)
    questions = {part.quote.number: part.question_id for part in parts}
    for number, state in told.items():
        await record_event(
            session,
            EVENTS[state],
            f"draft {draft.id} quote {number} of {draft.quotes}",
            f"one of the {draft.quotes} quotes of a watched draft {_TOLD[state]}: number {number}",
            now=now,
            question_id=questions[number],
            workspace=draft.workspace,
        )


async def _find_barriers(context: Context, session: Session, reply_ids: Sequence[int]) -> Mapping[int, Barrier]:
    stored = await load_author_replies(session, reply_ids)
    _, noted, _ = await load_verdicts(session, [reply.revision_id for reply in stored], context.rules_hash)
    parts = find_barriers(stored, await load_ledgers(session, stored), context.capabilities, noted=noted)
    return {part.reply.id: barrier for part in parts if (barrier := part.barriers[Edition.PUBLIC])}


def _judge(part: WatchedPart, barrier: Barrier | None) -> WatchedState:
    """What became of the words. That they could not be read again says nothing of them."""
    if part.words is None or part.text is None or barrier in _GONE:
        return WatchedState.DELETED
    if part.newest != part.quote.revision_id and not _stands(part):
        return WatchedState.EDITED
    return WatchedState.STANDS if barrier in (None, Barrier.UNREACHED) else WatchedState.BARRED


def _stands(part: WatchedPart) -> bool:
    return prove_quote(part.text or "", part.words or "").holds


async def _follow(session: Session, part: WatchedPart) -> None:
    """The words stand in the newest revision, perhaps elsewhere in it."""
    if part.newest != part.quote.revision_id:
        span = prove_quote(part.text or "", part.words or "").spans[0]
        await watched.move_quote(session, part.quote.id, part.newest, span.start, span.end)
