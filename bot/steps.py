"""What the steps share: work for each, events that a person should know, and how long to wait for the next try."""

import random
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from adapters.contract.errors import Calls, RateLimited
from bot.log import get_logger
from storage.accounts import accounts, events
from storage.engine import Session, once_committed
from storage.models import Account, Question
from storage.states import CONFIG_WORKSPACE, AccountState

Item = TypeVar("Item")

log = get_logger(__name__)


async def for_each(items: Iterable[Item], work: Callable[[Item], Awaitable[None]]) -> None:
    """Do `work` for each item; the first error is raised after all were tried, the others are logged."""
    first: Exception | None = None
    for item in items:
        try:
            await work(item)
        except Exception as error:
            if first is None:
                first = error
            else:
                log.exception("failed too", item=item)
    if first is not None:
        raise first


async def report_event(
    session: Session,
    kind: str,
    subject: str,
    message: str,
    *,
    now: datetime,
    question_id: int | None = None,
    workspace: str = CONFIG_WORKSPACE,
) -> None:
    """Record an event of `kind` about `subject`, and log it once that stands, unless it was recorded before.

    Where the transaction fails, as on a full disk, it was not told, and the next try must not fill the log with it.
    """
    if await events.record_event(
        session, kind, subject, message, now=now, question_id=question_id, workspace=workspace
    ):
        once_committed(session, lambda: log.info(message, told=kind))


async def report_question(
    session: Session, question: Question, kind: str, subject: str, message: str, *, now: datetime
) -> None:
    """The same of a question, in its workspace."""
    await report_event(session, kind, subject, message, now=now, question_id=question.id, workspace=question.workspace)


ASK_AGAIN = (timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=5))
"""After so many refusals of a login in a row it is asked again so much later: networks refuse good keys now and then
(tweepy #582, discord-api-docs #6769). The next one pauses the account."""


async def note_refusal(session: Session, account: Account, reason: str, now: datetime, *, writes: bool) -> bool:
    """The login was refused, for something that was to be sent or read: it is asked again, and at last the account
    pauses; whether it does. Both are rows, which a restart finds again.
    """
    if account.state is AccountState.UNAUTHORIZED:
        return True
    count, until = (account.refusals, account.retry_at) if writes else (account.read_refusals, account.read_retry_at)
    if count and until is not None and now < until:
        return False  # what was under way at that moment was refused with it
    if count >= len(ASK_AGAIN):
        await stop_account(session, account, reason, now)
        return True
    account.state_reason = reason
    if writes:
        account.refusals, account.retry_at = count + 1, now + ASK_AGAIN[count]
    else:
        account.read_refusals, account.read_retry_at = count + 1, now + ASK_AGAIN[count]
    return False


async def stop_account(session: Session, account: Account, reason: str, now: datetime) -> None:
    """The login stays refused: nothing is tried before somebody has mended it (`pullquote resume`)."""
    account.state, account.state_reason = AccountState.UNAUTHORIZED, reason
    account.retry_at = account.read_retry_at = None
    message = f"{account.name} waits for you: {reason}"
    await report_event(session, "unauthorized", f"{account.name} {now:%Y-%m-%dT%H:%M}", message, now=now)


async def note_limit(session: Session, account_id: int, error: RateLimited) -> None:
    """A limit holds for the calls that it names: one on reading does not stop posting, nor the other way round."""
    reads, writes = error.calls is not Calls.WRITES, error.calls is not Calls.READS
    await accounts.limit_calls(session, account_id, error.retry_at, reads=reads, writes=writes)


LOOK_AGAIN = timedelta(minutes=1)

BUDGET_PAUSE = timedelta(hours=1)

LONGEST_BACK_OFF = timedelta(minutes=30)


def back_off(attempts: int) -> timedelta:
    """Waiting time before the next try: 30 s doubled each time, at most 30 min, ±20 % so that herds part."""
    seconds = min(30.0 * 2 ** min(attempts, 10), LONGEST_BACK_OFF.total_seconds())
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311  # not a secret
