"""What an adapter may ask of us: files of its own, one holder at a time, money counted, a hint."""

import asyncio
import os
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.host import host as module
from bot.host.host import AccountHost
from storage.accounts.accounts import record_account
from storage.models import Spending
from tests.running import Clock


@pytest.fixture
async def open_host(store, tmp_path):
    """The Host of one account as the process `holder` has it."""
    async with store.write() as session:
        account_id = (await record_account(session, "square", "sandbox")).id
    hinted = set()

    def hint(account_id, references):
        hinted.update((account_id, each.remote_id) for each in references)

    def open_host(holder="one", clock=None):
        now = clock or Clock()
        return AccountHost(
            store=store,
            account_id=account_id,
            folder=tmp_path / "state" / "square",
            holder=holder,
            now=now,
            hinted=hint,
        )

    open_host.hinted = hinted
    return open_host


async def test_what_is_saved_is_there_for_the_next_process_and_nobody_else(open_host, tmp_path):
    assert await open_host().load("session") is None
    await open_host().save("session", "token-1")
    await open_host().save("session", "token-2 ü")
    assert await open_host("two").load("session") == "token-2 ü"
    path = tmp_path / "state" / "square" / "session"
    assert [each.name for each in path.parent.iterdir()] == ["session"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("holders", [("one", "one"), ("one", "two")], ids=["tasks", "processes"])
async def test_one_at_a_time_holds_a_name(open_host, holders):
    hosts = {holder: open_host(holder) for holder in set(holders)}
    inside, most = 0, 0

    async def work(host):
        nonlocal inside, most
        async with host.exclusive("session"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.05)
            inside -= 1

    await asyncio.gather(*(work(hosts[holder]) for holder in holders))
    assert most == 1


async def test_a_name_held_by_a_dead_process_is_free_when_its_lease_ends(open_host):
    clock = Clock()
    dead = open_host("dead", clock).exclusive("session")
    await dead.__aenter__()
    clock.moment += module.LEASE - timedelta(seconds=1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(open_host("two", clock).exclusive("session").__aenter__(), 0.6)
    clock.moment += timedelta(seconds=1)
    async with asyncio.timeout(5), open_host("three", clock).exclusive("session"):
        pass


async def test_two_names_do_not_wait_for_each_other(open_host):
    async with open_host("one").exclusive("session"), asyncio.timeout(5), open_host("two").exclusive("tokens"):
        pass


async def test_what_calls_cost_is_counted_by_the_day(open_host, store):
    clock = Clock()
    host = open_host(clock=clock)
    await host.spend("reads", 3)
    await host.spend("reads", 4)
    clock.advance(days=1)
    await host.spend("reads", 5)
    async with store.read() as session:
        rows = (await session.scalars(select(Spending).order_by(Spending.day))).all()
    assert [(row.day, row.amount) for row in rows] == [("2026-11-16", 7), ("2026-11-17", 5)]


async def test_a_hint_brings_the_next_collection_forward(bot):
    await bot.tick()
    bot.reply("ada")
    done = await bot.tick(seconds=5)
    assert done.collected == []
    bot.context.hints.add(1)
    done = await bot.tick(seconds=5)
    assert [each.added for each in done.collected] == [1]
    assert bot.context.hints == set()


async def test_a_write_that_fails_leaves_the_old_value(open_host):
    await open_host().save("session", "token-1")
    with pytest.raises(UnicodeEncodeError):
        await open_host().save("session", "\ud83d")
    assert await open_host().load("session") == "token-1"
