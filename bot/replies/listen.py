"""Listening: the gateways of the accounts that have one, supervised, each under a lease."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta

from adapters.contract.errors import Unauthorized
from adapters.contract.optional import Listens
from bot.context import Context
from bot.log import get_logger
from bot.steps import ASK_AGAIN, back_off, stop_account
from storage.accounts import accounts
from storage.states import AccountState

LEASE = timedelta(seconds=60)
RENEW = timedelta(seconds=20)
LOOK_AGAIN = timedelta(seconds=5)
"""How soon it is seen that somebody mended a login, or that who listened has ended."""
STEADY = timedelta(minutes=5)
"""After so long without a failure the back-off begins anew."""

log = get_logger(__name__)


async def listen_all(context: Context, account_ids: Iterable[int]) -> None:
    """Listen on every account whose adapter can, until cancelled."""
    await asyncio.gather(*(_supervise(context, account_id) for account_id in account_ids))


async def _supervise(context: Context, account_id: int) -> None:
    """Whatever ends the listening is noted for `status`, and it begins again after a back-off."""
    failures = refusals = 0
    while True:
        began = context.now()
        try:
            adapter = await context.accounts.adapter(account_id)
            if not isinstance(adapter, Listens):
                return
            await _listen(context, account_id, adapter)
            error = "it ended"
        except Exception as fault:  # shown in `status`, and tried again
            if _is_cancelled():
                raise
            if isinstance(fault, Unauthorized):
                before = 0 if context.now() - began > STEADY else refusals
                refusals = await _bear_refusal(context, account_id, str(fault), before)
                failures = 0
                continue
            error = f"{type(fault).__name__}: {fault}"
        refusals = 0
        failures = 1 if context.now() - began > STEADY else failures + 1
        pause = back_off(failures)
        log.warning("listening stopped", account=account_id, reason=error, again_in=f"{pause.total_seconds():.0f} s")
        await _note(context, account_id, error)
        await asyncio.sleep(pause.total_seconds())


def _is_cancelled() -> bool:
    """Whether this task was cancelled: a roll-back that fails puts its own error in place of the cancellation."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def _bear_refusal(context: Context, account_id: int, reason: str, refusals: int) -> int:
    """Wait until the login may be tried again: some minutes, and after several refusals in a row for a person.

    Answers the refusals in a row. They are counted here alone: a collection that goes well says nothing of a gateway.
    """
    if refusals >= len(ASK_AGAIN):
        await _wait_for_a_person(context, account_id, reason)
        return 0
    log.warning("login refused", account=account_id, reason=reason, again_in=str(ASK_AGAIN[refusals]))
    await _note(context, account_id, reason)
    await asyncio.sleep(ASK_AGAIN[refusals].total_seconds())
    return refusals + 1


async def _wait_for_a_person(context: Context, account_id: int, reason: str) -> None:
    """The login is refused for good: nothing is tried before somebody has mended it (`pullquote resume`)."""
    await _note(context, account_id, reason)
    async with context.store.write() as session:
        account = await accounts.load_account(session, account_id)
        await stop_account(session, account, reason, context.now())
    while await _is_refused(context, account_id):  # noqa: ASYNC110  # another process writes the row
        await asyncio.sleep(LOOK_AGAIN.total_seconds())


async def _is_refused(context: Context, account_id: int) -> bool:
    async with context.store.read() as session:
        return (await accounts.load_account(session, account_id)).state is AccountState.UNAUTHORIZED


async def _listen(context: Context, account_id: int, adapter: Listens) -> None:
    """Wait for the lease, then listen for as long as it can be renewed."""
    lease = f"listen:{account_id}"
    while not await _take(context, lease):  # noqa: ASYNC110  # another process has it, there is no event of that
        await asyncio.sleep(LOOK_AGAIN.total_seconds())
    listening = asyncio.ensure_future(adapter.listen())
    try:
        while not listening.done():
            await _note(context, account_id, "")
            await asyncio.wait([listening], timeout=RENEW.total_seconds())
            if not await _take(context, lease):
                return
        await listening
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        async with context.store.write() as session:
            await accounts.drop_lease(session, lease, context.holder)


async def _take(context: Context, lease: str) -> bool:
    async with context.store.write() as session:
        return await accounts.take_lease(session, lease, context.holder, context.now(), LEASE)


async def _note(context: Context, account_id: int, error: str) -> None:
    async with context.store.write() as session:
        account = await accounts.load_account(session, account_id)
        await accounts.record_activity(session, f"listen {account.name}", context.now(), error)
