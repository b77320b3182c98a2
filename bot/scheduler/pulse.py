"""What `run` notes of itself: how long its loop was held, and whether a tick hangs."""

import asyncio
import time
from collections import deque
from datetime import datetime, timedelta

from bot.context import Context
from bot.log import get_logger
from bot.steps import report_event
from storage.accounts.accounts import load_accounts, record_activity

LOOP = "loop"
"""The activity under which it stands."""
MEASURE_EVERY = 0.25  # s
NOTE_EVERY = timedelta(minutes=1)
REMEMBERED = 60
"""Of so many notes the longest hold counts: an hour."""
LONG_TICK = timedelta(minutes=5)
"""Longer than a tick takes but after days of sleep: then it is told at which step it is."""
SKEWED = timedelta(seconds=30)
"""By so much our clock is wrong: an answer takes less, and what is posted by it comes at another minute."""

log = get_logger(__name__)


class Pulse:
    """A sleep again and again: what it oversleeps, the loop was held, or the machine slept."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._held: deque[float] = deque([0.0], maxlen=REMEMBERED)  # seconds, of each minute the longest

    @property
    def held(self) -> timedelta:
        """The longest hold of the last hour."""
        return timedelta(seconds=max(self._held))

    async def beat(self) -> None:
        """Measure and note, until cancelled."""
        noted_at = self._context.now()
        while True:
            began = time.monotonic()
            await asyncio.sleep(MEASURE_EVERY)
            self._held[-1] = max(self._held[-1], time.monotonic() - began - MEASURE_EVERY)
            now = self._context.now()
            if not timedelta() <= now - noted_at < NOTE_EVERY:
                noted_at = now
                await self.note()
                self._held.append(0.0)

    async def note(self) -> None:
        """Write it down for `status`; where that fails the tick says so."""
        now = self._context.now()
        try:
            async with self._context.store.write() as session:
                await record_activity(session, LOOP, now, describe_hang(self._context, now), held=self.held)
            await report_skew(self._context, now)
        except Exception as error:  # noqa: BLE001  # whatever it is, the tick meets it too
            log.debug("how the loop fares was not written down", error=str(error))


def describe_hang(context: Context, now: datetime) -> str:
    """What to tell of a tick that is in hand for long; "" where none is."""
    if context.doing is None or now - context.doing.since < LONG_TICK:
        return ""
    return (
        f"a tick is at its step {context.doing.step!r} since {context.doing.since:%Y-%m-%d %H:%M} UTC: "
        "where it hangs it is ended after half an hour"
    )


async def report_skew(context: Context, now: datetime) -> None:
    """Tell, once a day, where this machine's clock is another than those of the networks."""
    skews = {id_: skew for id_, skew in context.skews.items() if abs(skew) > SKEWED}
    if not skews:
        return
    async with context.store.write() as session:
        names = {account.id: account.name for account in (await load_accounts(session)).values()}
        found = ", ".join(f"{_describe_skew(skew)} that of {names[id_]}" for id_, skew in sorted(skews.items()))
        message = f"this machine's clock is {found}: set it right, what is due is posted by it"
        await report_event(session, "clock", f"{now:%Y-%m-%d}", message, now=now)


def _describe_skew(skew: timedelta) -> str:
    seconds = round(abs(skew).total_seconds())
    amount = f"{seconds} s" if seconds < 120 else f"{round(seconds / 60)} min"
    return f"{amount} {'ahead of' if skew > timedelta() else 'behind'}"
