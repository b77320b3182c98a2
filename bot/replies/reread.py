"""Re-read stored replies on their platforms: what is edited, deleted or hidden there is no longer quoted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from adapters.contract.errors import AdapterError, RateLimited, Unauthorized
from adapters.contract.reading import Freshness, Known, Reread
from adapters.contract.sending import Reference
from bot.context import Context
from bot.log import get_logger
from bot.replies.collect import reply_row
from bot.steps import note_limit, note_refusal
from storage.accounts.accounts import load_account
from storage.engine import Session
from storage.models import Account, Reply, Revision
from storage.replies import authors, ingest, replies
from storage.states import Origin, ReplyState

log = get_logger(__name__)


@dataclass(slots=True)
class Refreshed:
    """How many replies were found how; `errors` of accounts that could not be asked."""

    counts: Counter[Freshness] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything is not as it was stored."""
        return any(count for freshness, count in self.counts.items() if freshness is not Freshness.SAME)


async def refresh_replies(context: Context, reply_ids: Sequence[int]) -> Refreshed:
    """Read these replies again. What cannot be read again (an import, a form's answer where there is no form) is left
    as it is.
    """
    done = Refreshed()
    async with context.store.read() as session:
        held = await replies.load_known(session, reply_ids)
        handles = await authors.load_handles(session, {reply.author_id for reply, _ in held})
    by_account: dict[int, list[tuple[Reply, Known]]] = {}
    for reply, revision in held:
        if reply.account_id in context.accounts.ids and can_reread(context, reply):
            described = _describe(reply, revision, handles.get(reply.author_id, ""))
            by_account.setdefault(reply.account_id, []).append((reply, described))
    for account_id, known in by_account.items():
        await _refresh_account(context, account_id, known, done)
    return done


def can_reread(context: Context, reply: Reply) -> bool:
    """Whether its platform can read it again."""
    if reply.origin is Origin.SUBMITTED:
        return reply.account_id is not None and context.accounts.capabilities_of(reply.account_id).forms
    return reply.origin in (Origin.COLLECTED, Origin.SAVED)


async def refresh_hinted(context: Context) -> Refreshed | None:
    """Read again what adapters hinted at: single replies, or all replies to one of our posts."""
    hinted = set(context.rereads)
    if not hinted:
        return None
    async with context.store.read() as session:
        reply_ids = await replies.find_hinted(session, hinted)
    done = await refresh_replies(context, reply_ids)
    context.rereads.difference_update(hinted)
    return done


def _describe(reply: Reply, revision: Revision, handle: str) -> Known:
    reference = Reference(reply.remote_id, reply.link, reply.extra)
    return Known(reference, reply.post_id or 0, revision.version, revision.text, handle)


async def _refresh_account(context: Context, account_id: int, held: list[tuple[Reply, Known]], done: Refreshed) -> None:
    known = [each for _, each in held]
    try:
        adapter = await context.accounts.adapter(account_id)
        answers = list(await adapter.refresh(known))
    except AdapterError as error:
        log.warning("not re-read", account=account_id, replies=len(known), reason=str(error))
        done.errors.append(str(error))
        await _note_error(context, account_id, error)
        answers = [Reread(each.reference.remote_id, Freshness.UNKNOWN) for each in known]
    by_remote_id = {reply.remote_id: reply for reply, _ in held}
    async with context.store.write() as session:
        account = await load_account(session, account_id)
        for answer in answers:
            done.counts[answer.freshness] += 1
            await _apply(session, account, by_remote_id[answer.remote_id], answer, context.now())


async def _note_error(context: Context, account_id: int, error: AdapterError) -> None:
    """A limit and a refused login hold for what is collected as well."""
    async with context.store.write() as session:
        if isinstance(error, RateLimited):
            await note_limit(session, account_id, error)
        elif isinstance(error, Unauthorized):
            account = await load_account(session, account_id)
            await note_refusal(session, account, str(error), context.now(), writes=False)


async def _apply(session: Session, account: Account, reply: Reply, answer: Reread, now: datetime) -> None:
    match answer.freshness:
        case Freshness.GONE:
            await replies.empty_replies(session, [reply.id], now)
        case Freshness.HIDDEN:
            await replies.mark_checked(session, [reply.id], now, state=ReplyState.HIDDEN)
        case Freshness.UNKNOWN:
            await replies.mark_unknown(session, [reply.id], now)
        case Freshness.EDITED | Freshness.SAME if answer.reply is not None:
            row = reply_row(answer.reply, account, reply.question_id, reply.origin)
            await ingest.upsert_replies(session, [row], now)
            await replies.mark_checked(session, [reply.id], now)
        case Freshness.SAME if reply.state is ReplyState.HIDDEN:
            await replies.mark_checked(session, [reply.id], now, state=ReplyState.STANDING)
        case _:
            await replies.mark_checked(session, [reply.id], now)
