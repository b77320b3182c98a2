"""Between two ticks `run` asks no more than whether anybody wrote."""

import pytest

from bot.run import _Ticker
from storage.accounts.accounts import set_control
from storage.engine import Store
from storage.states import CONFIG_WORKSPACE


@pytest.fixture
async def ticker(open_bot, monkeypatch):
    """One that has ticked, on a bot that is asked again tomorrow. `ticked` counts."""
    bot = await open_bot(questions={"habits": {"cron": "0 7 * * *"}})
    ticker = _Ticker(bot.context)
    ticker.bot, ticker.ticked = bot, 0
    from bot import run

    tick = run.tick

    async def count(context):
        ticker.ticked += 1
        return await tick(context)

    monkeypatch.setattr(run, "tick", count)
    for _ in range(3):  # what the first writes, the second sees
        await ticker.tick()
    ticker.ticked = 0
    yield ticker
    await ticker.finish()


async def test_where_nothing_is_due_and_nobody_wrote_no_tick_comes(ticker):
    for _ in range(5):
        ticker.bot.clock.advance(seconds=5)
        await ticker.tick()
    assert ticker.ticked == 0


async def test_what_a_command_of_another_process_writes_brings_a_tick(ticker):
    async with Store(ticker.bot.context.store.url) as other, other.write() as session:
        await set_control(session, CONFIG_WORKSPACE, "paused", "yes", by="mara", now=ticker.bot.clock())
    await ticker.tick()
    assert ticker.ticked == 1


async def test_its_moment_brings_a_tick(ticker):
    ticker.bot.clock.advance(seconds=30)  # it is noted again that the loop runs
    await ticker.tick()
    assert ticker.ticked == 1


async def test_a_hint_brings_a_tick(ticker):
    ticker.bot.context.hints.update(ticker.bot.context.accounts.ids)
    await ticker.tick()
    assert ticker.ticked == 1


async def test_a_clock_that_steps_back_brings_a_tick(ticker):
    ticker.bot.clock.advance(hours=-1)
    await ticker.tick()
    assert ticker.ticked == 1
