"""What goes out through accounts beside posts: requests for leave, digests and reminders into channels; each once.

The same order as for posts: a row, its claim, the intent, the call, the outcome. One whose outcome is unclear is looked
for by its key, and sent again only where its network proves that it is not there.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from adapters.contract.adapter import Adapter
from adapters.contract.errors import AdapterError, OverBudget, RateLimited, Rejected, Unauthorized, Uncertain
from adapters.contract.optional import AsksAuthor, Delivers, Retracts
from adapters.contract.sending import Reference
from bot.context import Context
from bot.delivery.summary import compose_delivery
from bot.quotes.consent_requests import write_key
from bot.steps import BUDGET_PAUSE, LOOK_AGAIN, back_off, for_each, note_limit, report_event
from storage.accounts import accounts
from storage.digests import outgoings
from storage.engine import LostClaim
from storage.models import Outgoing, Revision
from storage.replies import consents, requests
from storage.replies.replies import newest_revisions_of
from storage.states import AccountState, ConsentState, OutgoingState

LEASE = timedelta(minutes=5)
GIVE_UP = timedelta(days=3)
LEAVE, DIGEST, EDITORS, LOG = requests.KIND, "digest", "editors", "log"
MOST = 100
"""Errands a tick: the other steps must have their turn."""

log = structlog.get_logger()


class ObsoleteOutgoing(Exception):
    """It is not sent any more; the text says why."""


Send = Callable[[datetime | None], Awaitable[Reference]]
"""The call, ready to be made. Given since when an earlier try is unclear, None where there was none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try. told: a person must know."""

    state: OutgoingState
    reason: str = ""
    retry_at: datetime | None = None
    told: bool = False


async def send_due_messages(context: Context) -> int:
    """Send what is due; answers how much was taken."""
    async with context.store.read() as session:
        if await accounts.posting_is_paused(session) or not await outgoings.has_any(session, list(_PREPARE)):
            return 0
    async with context.store.write() as session:
        lapsed = await outgoings.release_lapsed(session, list(_PREPARE), context.now())
        await outgoings.look_again(session, [row.id for row in lapsed], context.now())
    sent = 0
    for _ in range(MOST):
        async with context.store.write() as session:
            claimed = await outgoings.claim_for_accounts(
                session,
                list(_PREPARE),
                accounts=context.accounts.ids,
                holder=context.holder,
                now=context.now(),
                lease=LEASE,
            )
        if claimed is None:
            break
        with suppress(LostClaim):
            sent += await _attempt(context, claimed)
    return sent


async def _attempt(context: Context, claimed: Outgoing) -> bool:
    """One try; whatever comes of it is a row before an error goes up."""
    since, handed = claimed.intent_at, False
    try:
        assert claimed.account_id is not None
        adapter = await context.accounts.adapter(claimed.account_id)
        send = await _PREPARE[claimed.kind](context, adapter, claimed)
        async with context.store.write() as session:
            await outgoings.record_intent(session, claimed.id, context.holder, since or context.now(), LEASE)
        handed = True
        reference = await send(since)
    except LostClaim:
        raise
    except Exception as error:
        unclear = since is not None or (handed and not isinstance(error, AdapterError))
        await _record(context, claimed, _decide(context, claimed, error, unclear=unclear), error)
        if not isinstance(error, AdapterError | ObsoleteOutgoing):
            raise
        return False
    await _record_sent(context, claimed, reference)
    return True


def _decide(context: Context, claimed: Outgoing, error: Exception, *, unclear: bool) -> Outcome:  # noqa: PLR0911
    """The type of the error is the decision. unclear: it may stand there, whatever this try says."""
    now, reason = context.now(), str(error)
    again = OutgoingState.UNCERTAIN if unclear or isinstance(error, Uncertain) else OutgoingState.RETRY
    if isinstance(error, ObsoleteOutgoing):
        return Outcome(OutgoingState.FAILED, f"{reason}{', but it may have gone out' if unclear else ''}", told=unclear)
    if now - claimed.due_at >= GIVE_UP:
        ended = OutgoingState.UNCERTAIN if again is OutgoingState.UNCERTAIN else OutgoingState.FAILED
        return Outcome(ended, f"given up after {GIVE_UP.days} days: {reason}", told=True)
    match error:
        case Rejected():
            return Outcome(OutgoingState.UNCERTAIN if unclear else OutgoingState.FAILED, reason, told=True)
        case RateLimited(retry_at=retry_at):
            return Outcome(again, reason, retry_at)
        case Unauthorized():
            return Outcome(again, reason, now + LOOK_AGAIN, told=True)
        case OverBudget():
            return Outcome(again, reason, now + BUDGET_PAUSE)
        case Uncertain():
            return Outcome(again, reason, now + LOOK_AGAIN)
        case AdapterError():
            return Outcome(again, reason, now + back_off(claimed.attempts))
        case _:
            fault = f"a fault of pullquote: {type(error).__name__}: {reason}"
            return Outcome(again, fault, now + back_off(claimed.attempts), told=True)


async def _record(context: Context, claimed: Outgoing, outcome: Outcome, error: Exception) -> None:
    async with context.store.write() as session:
        is_over = outcome.state is OutgoingState.FAILED
        await outgoings.end(
            session,
            claimed.id,
            context.holder,
            outcome.state,
            state_reason=outcome.reason,
            retry_at=outcome.retry_at,
            **({"payload": {}} if is_over else {}),
        )
        assert claimed.account_id is not None
        if isinstance(error, Unauthorized):
            await accounts.set_account_state(session, claimed.account_id, AccountState.UNAUTHORIZED, outcome.reason)
        elif isinstance(error, RateLimited):
            await note_limit(session, claimed.account_id, error)
        if outcome.told and claimed.kind != LOG:  # what is told goes to the log channel: that would go on for ever
            message = f"{_NAMES[claimed.kind]} ({claimed.subject}): {outcome.state}: {outcome.reason}"
            kind, subject = f"{claimed.kind} {outcome.state}", f"{claimed.kind}-{claimed.id}"
            await report_event(session, kind, subject, message, now=context.now())
    log.warning("not sent", kind=claimed.kind, id=claimed.id, state=outcome.state, reason=outcome.reason)


async def _record_sent(context: Context, claimed: Outgoing, reference: Reference) -> None:
    now = context.now()
    stands = {"link": reference.link, "extra": dict(reference.extra)}
    async with context.store.write() as session:
        await outgoings.end(
            session,
            claimed.id,
            context.holder,
            OutgoingState.SENT,
            state_reason="",
            sent_at=now,
            remote_id=reference.remote_id,
            payload={**claimed.payload, "reference": stands},
        )
        if claimed.kind == LEAVE:
            await _record_consent_request(session, claimed, reference, now)
    log.info("sent", kind=claimed.kind, id=claimed.id)


async def _record_consent_request(
    session: AsyncSession, request: Outgoing, reference: Reference, now: datetime
) -> None:
    """Wording, time and proof, unless the author was quicker with an answer."""
    assert request.reply_id is not None
    if await requests.load_ledger(session, request.reply_id):
        return
    wording, proof = request.payload["wording"], reference.link or f"request {reference.remote_id}"
    revisions = [request.payload["revision"]]
    await consents.add_consent(session, revisions, ConsentState.ASKED, now, wording=wording, proof=proof)


# ---------------------------------------------------------------- the errands


_NAMES = {
    LEAVE: "a request for leave",
    DIGEST: "a digest for a channel",
    EDITORS: "a reminder for the editors",
    LOG: "a line for the log channel",
}


async def _prepare_request(context: Context, adapter: Adapter, claimed: Outgoing) -> Send:
    if not isinstance(adapter, AsksAuthor):
        raise Rejected("this network carries no requests for leave")
    async with context.store.read() as session:
        found = await requests.load_request(session, claimed.account_id or 0, claimed.id)
        if found is None or found.is_gone or not claimed.payload:
            raise ObsoleteOutgoing("its words are gone")
        reply, wording = found.reply, str(claimed.payload["wording"])
        newest = await newest_revisions_of(session, reply.platform, reply.remote_id)
        revision = await session.get(Revision, claimed.payload["revision"])
        ledger = await requests.load_ledger(session, reply.id)
    if claimed.payload["revision"] not in newest or revision is None or revision.text is None:
        raise ObsoleteOutgoing("its author has changed the words since")
    if ledger and claimed.intent_at is None:
        raise ObsoleteOutgoing("its author has decided since")
    reference = Reference(reply.remote_id, reply.link, reply.extra)

    async def send(since: datetime | None) -> Reference:
        return await adapter.ask_author(reference, wording, write_key(claimed.id), since)

    return send


async def _prepare_text(_context: Context, adapter: Adapter, claimed: Outgoing) -> Send:
    return _deliver(adapter, claimed, str(claimed.payload["text"]), {})


async def _prepare_digest(context: Context, adapter: Adapter, claimed: Outgoing) -> Send:
    text, files = await compose_delivery(context, claimed.payload["digests"], adapter.capabilities)
    return _deliver(adapter, claimed, text, files)


def _deliver(adapter: Adapter, claimed: Outgoing, text: str, files: Mapping[str, bytes]) -> Send:
    if not isinstance(adapter, Delivers):
        raise Rejected("this network takes no deliveries")

    async def send(since: datetime | None) -> Reference:
        return await adapter.deliver(claimed.place, text, files, f"{claimed.kind}-{claimed.id}", since)

    return send


_PREPARE: Mapping[str, Callable[[Context, Adapter, Outgoing], Awaitable[Send]]] = {
    LEAVE: _prepare_request,
    DIGEST: _prepare_digest,
    EDITORS: _prepare_text,
    LOG: _prepare_text,
}


# ---------------------------------------------------------------- taking requests back


async def retract_orphans(context: Context) -> int:
    """Remove the requests that repeat words which were deleted, erased or purged; answers how many."""
    async with context.store.read() as session:
        orphans = await requests.list_orphans(session, context.accounts.ids, context.now())
    removed = 0

    async def retract(request: Outgoing) -> None:
        nonlocal removed
        assert request.account_id is not None
        try:
            adapter = await context.accounts.adapter(request.account_id)
            if isinstance(adapter, Retracts):
                await adapter.retract(_find_reference(request))
        except AdapterError as error:
            async with context.store.write() as session:
                await requests.try_again(session, request.id, context.now() + LOOK_AGAIN)
            log.warning("a request for leave was not removed", id=request.id, reason=str(error))
            return
        async with context.store.write() as session:
            await requests.take_back(session, request.id)
        removed += 1

    await for_each(orphans, retract)
    return removed


def _find_reference(request: Outgoing) -> Reference:
    stands = request.payload.get("reference", {})
    return Reference(request.remote_id or "", stands.get("link", ""), stands.get("extra", {}))
