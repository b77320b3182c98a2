"""The bot until it is stopped: APScheduler calls tick, gateways are listened to, a signal ends it in order."""

import asyncio
import gc
import logging
from contextlib import nullcontext, suppress
from datetime import datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.app import App
from bot.context import Context
from bot.log import get_logger
from bot.replies.counting import count_anew
from bot.replies.listen import listen_all
from bot.scheduler.alive import bury_dead, keep_alive
from bot.scheduler.failures import log_failure
from bot.scheduler.pulse import Pulse
from bot.scheduler.signals import catch_signals
from bot.scheduler.tick import NOTE_EVERY, Ticked, tick
from bot.steps import report_event
from storage.commits import Commits
from storage.engine import StoreError
from storage.lock import hold_lock
from storage.questions.questions import plan_anew

EVERY = timedelta(seconds=5)
"""How soon it is seen what a command wrote (docs/architecture.md, the loop)."""
LONGEST_SLEEP = NOTE_EVERY
"""A tick comes at least so often, as it notes that the loop runs."""
LONGEST_TICK = timedelta(minutes=30)
"""Each call has a limit of its own, all that is due after a week of sleep took minutes: what takes longer hangs."""

log = get_logger(__name__)


async def serve(app: App, stopped: asyncio.Event | None = None) -> None:
    """Tick until a signal; what is in hand is finished, a second signal ends at once.

    stopped: what a signal sets, where somebody else needs it too (`catch_signals`). Raises AlreadyRuns where another
    process runs on the same SQLite file (on PostgreSQL they share the work), and StoreError where that file is deleted
    or replaced meanwhile.
    """
    path = app.context.store.sqlite_path
    with nullcontext() if path is None else hold_lock(path.with_name(f"{path.name}.lock")):
        async with app.context.store.write() as session:
            await plan_anew(session)
        _spare_the_imports()
        stopped = stopped or catch_signals()
        database = _Database(path)
        await bury_dead(app.context)
        alive = asyncio.create_task(keep_alive(app.context))
        counting = asyncio.create_task(_count_all(app.context))
        ticker = _Ticker(app.context, database, stopped)
        scheduler = _schedule(ticker, app.context.now())
        # Accounts that only read have no gateway, and their SDK stays unloaded until it is needed.
        listening = asyncio.create_task(listen_all(app.context, list(app.posting.values())))
        beating = asyncio.create_task(Pulse(app.context).beat())
        log.info("started", accounts=len(app.account_ids), database=app.context.store.url.render_as_string())
        await stopped.wait()
        log.info("stopping: what is in hand is finished; a second signal ends at once")
        scheduler.pause()
        listening.cancel()
        beating.cancel()
        counting.cancel()
        await asyncio.gather(listening, beating, counting, return_exceptions=True)
        await ticker.finish()
        alive.cancel()
        await asyncio.gather(alive, return_exceptions=True)
        database.check()
        scheduler.shutdown(wait=False)
    log.info("stopped")


async def _count_all(context: Context) -> None:
    """After an upgrade all answers are counted beside the ticks, so that nobody who asks waits for it."""
    context.counting = lambda counted: log.info("counting all answers anew", counted=counted)
    try:
        await count_anew(context)
    except StoreError as error:
        log.warning("the answers were not counted: whoever asks next counts them", reason=str(error))


def _spare_the_imports() -> None:
    """A full garbage collection walked all that was imported and held the loop for 70 ms (measured, bench.filter_lag).

    What is there at the start stays until the end: the collector need not look at it again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(700)  # Python's own: a command looks more rarely, and what runs for long keeps little


class _Database:
    """SQLite's file as it was opened: one that was deleted or replaced is written to, and nobody sees it any more."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._opened = self._identify()

    def _identify(self) -> tuple[int, int] | None:
        if self._path is None:
            return None
        with suppress(FileNotFoundError):
            found = self._path.stat()
            return found.st_dev, found.st_ino
        return None

    @property
    def is_gone(self) -> bool:
        return self._identify() != self._opened

    def check(self) -> None:
        """Raises StoreError."""
        if self.is_gone:
            found = "replaced by another file" if self._path is not None and self._path.exists() else "deleted"
            raise StoreError(
                f"the database {self._path} was {found} while pullquote ran, which has stopped: nothing is posted that "
                "could not be recorded. Put a copy back with `pullquote restore FILE`, then start it again"
            )


class _Ticker:
    """One tick after the other, where there may be work, and a way to wait for the one in hand."""

    def __init__(
        self, context: Context, database: _Database | None = None, stopped: asyncio.Event | None = None
    ) -> None:
        self._context, self._database, self._stopped = context, database, stopped
        self._in_hand = asyncio.Lock()
        self._commits: Commits | None = None
        self._next_at: datetime | None = None  # when there is work, if nothing changes; None: not known

    async def tick(self) -> None:
        """What hangs is ended, as it would be killed: the next tick goes on from the rows. Else no tick came again."""
        async with self._in_hand:
            if self._database is not None and self._stopped is not None and self._database.is_gone:
                self._stopped.set()
                return
            if not await self._may_have_work():
                return
            self._next_at = None
            try:
                async with asyncio.timeout(LONGEST_TICK.total_seconds()) as limit:
                    done = await tick(self._context)
            except TimeoutError:
                if not limit.expired():
                    raise
                log.exception("a tick hung and was ended; the next one goes on", longest=str(LONGEST_TICK))
                await self._tell_hang()
            else:
                _report(done)
                self._next_at = done.next_at

    async def _may_have_work(self) -> bool:
        """Whether its moment has come, somebody wrote to the database, or an adapter hinted at something."""
        if self._next_at is None:
            return True
        if self._commits is None:
            self._commits = Commits(self._context.store)
        now = self._context.now()
        has_changed = await self._commits.have_come()
        is_hinted = bool(self._context.hints or self._context.rereads)
        is_time = not self._next_at - LONGEST_SLEEP <= now < self._next_at  # also where a clock stepped back
        return has_changed or is_hinted or is_time

    async def _tell_hang(self) -> None:
        message = f"a tick took longer than {LONGEST_TICK} and was ended; the next one goes on"
        try:
            now = self._context.now()
            async with self._context.store.write() as session:
                await report_event(session, "hung", f"{now:%Y-%m-%dT%H:%M}", message, now=now)
        except Exception as error:  # noqa: BLE001  # the next tick goes on
            log_failure(self._context, error, "that a tick hung was not written down")

    async def finish(self) -> None:
        """Wait for the tick in hand."""
        async with self._in_hand:
            if self._commits is not None:
                await self._commits.close()


def _report(done: Ticked) -> None:
    """One line for what happened; publishing and failures are logged where they happen."""
    for each in done.collected:
        if each.added or each.edited or each.gone:
            log.info("collected", account=each.account, added=each.added, edited=each.edited, gone=each.gone)
    for slug in done.closed:
        log.info("closed", question=slug)
    for written in done.written:
        log.info("digest written", edition=written.edition, files=[str(path) for path in written.paths])


def _schedule(ticker: _Ticker, now: datetime) -> AsyncIOScheduler:
    """APScheduler drops late runs by default (measured: 10 of 10 after a stall of 3.5 s); here one of them runs."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick of more than 5 s is no cause for a warning
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        ticker.tick,
        IntervalTrigger(seconds=int(EVERY.total_seconds()), timezone="UTC"),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
        next_run_time=now,
    )
    scheduler.start()
    return scheduler
