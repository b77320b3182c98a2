"""The outbox: what is sent beside posts, each row once. A kind says how; the loop is the same for all of them.

The order is the promise, as for posts: a row, its claim, the intent, the call, the outcome. One whose outcome is
unclear is looked for by its key; where its kind cannot be looked for, a person is told and it is never sent again.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from adapters.contract.errors import AdapterError, Unauthorized
from adapters.contract.sending import Reference
from bot.context import Context
from bot.log import get_logger
from bot.posts.outcome import Decision, Expected, NotWanted, States, decide
from bot.posts.publish import pause_account
from bot.steps import back_off, report_event
from storage.accounts import accounts
from storage.digests import outgoings
from storage.engine import LostClaim, Session
from storage.models import Outgoing
from storage.states import OutgoingState

LEASE = timedelta(minutes=5)
GIVE_UP = timedelta(days=3)
"""How long something that is not taken is tried."""
MOST = 100
"""Rows of some kinds a tick, so that other steps are not held up."""

log = get_logger(__name__)

Send: TypeAlias = Callable[[datetime | None], Awaitable[Reference]]
"""The call, ready to be made. Given since when an earlier try is unclear, None where there was none."""


@dataclass(frozen=True, slots=True)
class OutgoingKind:
    """How the rows of one kind are sent.

    name: what people call it, with `{place}` for where it goes. prepare: all that comes before a byte leaves; raises
    AdapterError, or NotWanted where it has become needless; what it opens, the stack closes. record: what else is
    stored once it was sent. can_be_found: a repeat with the same key is looked for first. is_told: its failures are.
    """

    name: str
    prepare: Callable[[Context, Outgoing, AsyncExitStack], Awaitable[Send]]
    record: Callable[[Session, Outgoing, Reference, datetime], Awaitable[None]] | None = None
    can_be_found: bool = True
    is_told: bool = True


async def send_due(context: Context, kinds: Mapping[str, OutgoingKind], places: Collection[str] = ()) -> int:
    """Send what is due through the accounts, or through none to one of `places`; answers how much was taken."""
    async with context.store.read() as session:
        if not await outgoings.has_work(session, kinds):
            return 0
    await _release(context, kinds)
    sent = 0
    for _ in range(MOST):
        async with context.store.write() as session:
            claimed = await outgoings.claim(
                session,
                kinds,
                findable=[name for name, kind in kinds.items() if kind.can_be_found],
                accounts=context.accounts.ids,
                places=places,
                holder=context.holder,
                now=context.now(),
                lease=LEASE,
            )
        if claimed is None:
            break
        with suppress(LostClaim):
            sent += await _attempt(context, kinds[claimed.kind], claimed)
    return sent


async def _release(context: Context, kinds: Mapping[str, OutgoingKind]) -> None:
    async with context.store.write() as session:
        for lapsed in await outgoings.release_lapsed(session, kinds, context.now()):
            if kinds[lapsed.kind].can_be_found:
                lapsed.retry_at = context.now()
            else:
                decision = Decision(lapsed.state, lapsed.state_reason, notifies=True)
                await _report(context, session, kinds[lapsed.kind], lapsed, decision)


async def _attempt(context: Context, kind: OutgoingKind, claimed: Outgoing) -> bool:
    """Try once; the outcome is stored before an error is raised."""
    since, is_out = claimed.intent_at, False
    try:
        async with AsyncExitStack() as stack:
            send = await kind.prepare(context, claimed, stack)
            now = context.now()
            async with context.store.write() as session:
                await outgoings.record_intent(session, claimed.id, context.holder, since or now, now + LEASE)
            is_out = True
            reference = await send(since)
    except LostClaim:
        raise
    except Exception as error:
        await _record_failure(context, kind, claimed, error, is_out=is_out)
        if not isinstance(error, AdapterError | Expected):
            raise
        return False
    await _record_sent(context, kind, claimed, reference)
    return True


def _decide(
    kind: OutgoingKind, claimed: Outgoing, error: Exception, *, is_out: bool, now: datetime
) -> Decision[OutgoingState]:
    """is_out: the call was made. A row with an intent from before may stand there, whatever this try says."""
    unclear = claimed.intent_at is not None
    if isinstance(error, NotWanted):
        reason = f"{error}, but it may have gone out" if unclear else str(error)
        return Decision(OutgoingState.FAILED, reason, notifies=unclear)
    again, never = OutgoingState.RETRY, OutgoingState.FAILED
    if unclear:
        again = never = OutgoingState.UNCERTAIN
    states = States(again=again, never=never, unclear=OutgoingState.UNCERTAIN if is_out else again)
    decision = decide(error, states, attempts=claimed.attempts, now=now)
    if decision.state is OutgoingState.UNCERTAIN and not kind.can_be_found:
        return replace(decision, retry_at=None, notifies=True)
    if decision.retry_at is not None and now - claimed.due_at >= GIVE_UP:
        ended = OutgoingState.FAILED if decision.state is OutgoingState.RETRY else decision.state
        return Decision(ended, f"given up after {GIVE_UP.days} days: {decision.reason}", notifies=True)
    if isinstance(error, Unauthorized) and claimed.account_id is None:  # no account pauses until a person mends it
        return replace(decision, retry_at=now + back_off(claimed.attempts))
    return decision


async def _record_failure(
    context: Context, kind: OutgoingKind, claimed: Outgoing, error: Exception, *, is_out: bool
) -> None:
    decision = _decide(kind, claimed, error, is_out=is_out, now=context.now())
    values: dict[str, Any] = {"state_reason": decision.reason, "retry_at": decision.retry_at}
    if decision.state is OutgoingState.FAILED:
        values["payload"] = {}  # its words
    async with context.store.write() as session:
        await outgoings.end(session, claimed.id, context.holder, decision.state, **values)
        is_paused = claimed.account_id is None
        if claimed.account_id is not None:
            is_paused = await pause_account(session, claimed.account_id, error, context.now())
        if decision.notifies and (is_paused or not isinstance(error, Unauthorized)):
            await _report(context, session, kind, claimed, decision)
    log.warning("not sent", kind=claimed.kind, id=claimed.id, state=decision.state, reason=decision.reason)


async def _record_sent(context: Context, kind: OutgoingKind, claimed: Outgoing, reference: Reference) -> None:
    now = context.now()
    sent = {"reference": {"link": reference.link, "extra": dict(reference.extra)}}
    values = {"state_reason": "", "sent_at": now, "remote_id": reference.remote_id}
    async with context.store.write() as session:
        payload = {**await outgoings.load_payload(session, claimed.id), **sent}
        await outgoings.end(session, claimed.id, context.holder, OutgoingState.SENT, payload=payload, **values)
        if claimed.account_id is not None:
            await accounts.record_sent(session, claimed.account_id)
        if kind.record is not None:
            await kind.record(session, claimed, reference, now)
    log.info("sent", kind=claimed.kind, id=claimed.id)


_OUTCOMES = {
    OutgoingState.UNCERTAIN: "it is unclear whether {it} arrived",
    OutgoingState.FAILED: "{it} was not sent",
    OutgoingState.RETRY: "{it} waits for you",
}


async def _report(
    context: Context, session: Session, kind: OutgoingKind, row: Outgoing, decision: Decision[OutgoingState]
) -> None:
    if not kind.is_told:
        return
    outcome = _OUTCOMES[decision.state].format(it=kind.name.format(place=row.place))
    if decision.state is OutgoingState.UNCERTAIN and decision.retry_at is None:
        outcome += ", and it is not sent again: ask there"
    message = f"{outcome} ({row.subject}): {decision.reason}"
    event = f"{row.kind} {decision.state}"
    await report_event(session, event, f"{row.kind}-{row.id}", message, now=context.now())
