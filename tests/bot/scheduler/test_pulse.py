"""What `run` notes of itself is told by `status`."""

import asyncio
import time
from datetime import timedelta

import pytest

from bot.context import Doing
from bot.desk import read_status
from bot.host.host import AccountHost
from bot.scheduler.failures import log_failure
from bot.scheduler.pulse import LONG_TICK, Pulse
from storage.states import CONFIG_WORKSPACE


async def test_how_long_the_loop_was_held_is_told(bot):
    pulse = Pulse(bot.context)
    beating = asyncio.create_task(pulse.beat())
    await asyncio.sleep(0)
    time.sleep(0.5)  # noqa: ASYNC251  # something holds the loop
    await asyncio.sleep(0.1)
    beating.cancel()
    await pulse.note()
    assert timedelta(seconds=0.2) < pulse.held
    status = await read_status(bot.context, CONFIG_WORKSPACE)
    assert (status.held > 200, status.is_running, status.failing) == (True, True, ())


async def test_a_tick_that_is_long_at_a_step_is_told_with_it_and_no_more_once_it_is_over(bot):
    pulse = Pulse(bot.context)
    bot.context.doing = Doing("collect", bot.clock())
    bot.clock.advance(minutes=LONG_TICK.total_seconds() / 60)
    await pulse.note()
    status = await read_status(bot.context, CONFIG_WORKSPACE)
    (told,) = status.failing
    assert "a tick is at its step 'collect' since 2026-11-16 08:00 UTC" in told.error
    assert status.is_running  # it hangs, and is not gone
    bot.context.doing = None
    await pulse.note()
    assert (await read_status(bot.context, CONFIG_WORKSPACE)).failing == ()


@pytest.fixture
async def bot(open_bot):
    return await open_bot(questions={})


async def test_a_full_disk_is_one_line_a_minute(bot, plain_log, capsys):
    for _ in range(13):
        log_failure(bot.context, OSError("[Errno 28] No space left on device"), "step failed", step="collect")
        bot.clock.advance(seconds=5)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert "its disk is full or fails: make room" in lines[0]


async def test_another_failure_is_logged_each_time_with_its_traceback(bot, plain_log, capsys):
    for _ in range(2):
        log_failure(bot.context, KeyError("a mistake"), "step failed", step="collect")
    assert capsys.readouterr().out.count("KeyError: 'a mistake'") == 2


def note_time(bot, account_id, *ahead):
    """Answers of a network after which our clock is so many seconds ahead."""
    host = AccountHost(
        store=bot.context.store,
        account_id=account_id,
        folder=bot.folder,
        holder="one",
        now=bot.clock,
        hinted=lambda *_: None,
        skewed=bot.context.skews.__setitem__,
    )
    for seconds in ahead:
        host.note_time(bot.clock() - timedelta(seconds=seconds))


async def tell_clock(bot):
    await Pulse(bot.context).note()
    return await bot.told("clock")


async def test_a_clock_that_is_wrong_is_told_once_a_day_with_who_says_so(open_bot):
    bot = await open_bot(questions={}, accounts=("square", "circle"))
    note_time(bot, 1, 300, 300)
    note_time(bot, 2, -31, -31)
    for _ in range(2):
        (told,) = await tell_clock(bot)
    assert "this machine's clock is 5 min ahead of that of square, 31 s behind that of circle: set it right" in told
    status = await read_status(bot.context, CONFIG_WORKSPACE)
    assert told in [message for _, _, message in status.told]
    bot.clock.advance(days=1)
    assert len(await tell_clock(bot)) == 2


@pytest.mark.parametrize("ahead", [(29, 30), (3600,), (3600, 1), (1, 3600)], ids=["little", "once", "before", "after"])
async def test_one_answer_alone_proves_no_clock_wrong(bot, ahead):
    """It may have waited for us while the machine slept."""
    await bot.restart(accounts=("square",))
    note_time(bot, 1, *ahead)
    assert await tell_clock(bot) == []
