"""How APScheduler calls the tick: after a stall one of the missed runs comes, at once, and never two beside each other."""

import asyncio
import time
from datetime import UTC, datetime

from bot import run
from bot.scheduler.tick import Ticked


async def test_after_a_stall_one_run_comes_and_never_two_at_once(monkeypatch):
    monkeypatch.setattr(run, "EVERY", run.timedelta(seconds=1))
    beginnings, running, again = [], [0, 0], asyncio.Event()

    class Ticker:
        async def tick(self):
            beginnings.append(time.monotonic())
            running[0] += 1
            running[1] = max(running)
            if len(beginnings) == 2:
                again.set()
            if len(beginnings) == 1:
                time.sleep(3.2)  # noqa: ASYNC251  # the whole loop stalls, as a laptop does that sleeps
            else:
                await asyncio.sleep(1.3)
            running[0] -= 1

    scheduler = run._schedule(Ticker(), datetime.now(UTC))  # noqa: TID251
    (job,) = scheduler.get_jobs()
    await asyncio.wait_for(again.wait(), 10)
    await asyncio.sleep(0.5)
    scheduler.shutdown(wait=False)
    assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
    assert beginnings[1] - beginnings[0] < 4.0  # the missed run is made up for, not dropped
    assert running[1] == 1


async def test_a_tick_that_hangs_is_ended_and_told_and_the_next_one_comes(monkeypatch, plain_log, capsys):
    monkeypatch.setattr(run, "LONGEST_TICK", run.timedelta(seconds=0.2))
    begun = []

    async def hang_once(context):
        begun.append(context)
        if len(begun) == 1:
            await asyncio.Event().wait()
        return Ticked()

    monkeypatch.setattr(run, "tick", hang_once)
    ticker = run._Ticker("the context")
    await asyncio.wait_for(ticker.tick(), 5)
    await asyncio.wait_for(ticker.tick(), 5)
    assert begun == ["the context", "the context"]
    assert "a tick hung and was ended" in capsys.readouterr().out
