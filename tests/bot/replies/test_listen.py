"""Gateways are supervised: whatever ends one is noted, and it begins again."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from adapters.contract.errors import Unauthorized, Unavailable
from bot.desk import resume_all
from bot.replies import listen
from storage.accounts.accounts import load_activity, take_lease
from storage.models import Lease
from storage.states import CONFIG_WORKSPACE


@dataclass
class Gateway:
    """An adapter that only listens; each call takes the next turn: an error, or None for a clean end."""

    turns: list[Exception | None] = field(default_factory=list)
    calls: int = 0

    async def listen(self):
        self.calls += 1
        if not self.turns:
            await asyncio.Event().wait()
        turn = self.turns.pop(0)
        if turn is not None:
            raise turn


@dataclass
class One:
    """Accounts of one gateway."""

    gateway: object

    async def adapter(self, account_id):
        return self.gateway


@pytest.fixture
def soon(monkeypatch):
    """No waiting between tries."""
    monkeypatch.setattr(listen, "RENEW", timedelta(seconds=0.02))
    monkeypatch.setattr(listen, "LOOK_AGAIN", timedelta(seconds=0.02))
    monkeypatch.setattr(listen, "ASK_AGAIN", (timedelta(seconds=0.01),) * 3)
    monkeypatch.setattr(listen, "back_off", lambda failures: timedelta(seconds=0.01))


async def until(condition):
    async with asyncio.timeout(10):
        while not await condition():  # noqa: ASYNC110  # rows send no events
            await asyncio.sleep(0.01)


async def activity(context):
    async with context.store.read() as session:
        return await load_activity(session, "listen square")


async def wait_for_activity(context, wanted):
    async def found():
        seen = await activity(context)
        return seen is not None and wanted(seen)

    await until(found)


@pytest.fixture
async def supervised(bot, soon):
    """Supervise a gateway until the test ends; answers the context."""
    tasks = []
    account_id = (await bot.account()).id

    def supervise(gateway):
        context = replace(bot.context, accounts=One(gateway))
        tasks.append(asyncio.create_task(listen.listen_all(context, [account_id])))
        return context

    yield supervise
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_gateway_that_listens_is_noted(supervised):
    context = supervised(Gateway())
    await wait_for_activity(context, lambda seen: seen.succeeded_at and not seen.error)


@pytest.mark.parametrize("turn", [Unavailable("the gateway is down"), ValueError("a mistake"), None])
async def test_a_gateway_that_ends_is_noted_and_listened_to_again(supervised, turn):
    gateway = Gateway([turn])
    context = supervised(gateway)
    await wait_for_activity(context, lambda seen: seen.failed_at is not None)
    await wait_for_activity(context, lambda seen: not seen.error)
    assert gateway.calls == 2


async def test_only_one_holder_listens(supervised, bot):
    account_id = (await bot.account()).id
    async with bot.context.store.write() as session:
        await take_lease(session, f"listen:{account_id}", "somebody else", bot.clock(), timedelta(minutes=1))
    gateway = Gateway()
    supervised(gateway)
    await asyncio.sleep(0.1)
    assert gateway.calls == 0
    bot.clock.advance(minutes=2)

    async def listens():
        return gateway.calls == 1

    await until(listens)


async def test_who_loses_the_lease_stops_listening(supervised, bot):
    gateway = Gateway()
    context = supervised(gateway)
    await wait_for_activity(context, lambda seen: seen.succeeded_at)
    async with bot.context.store.write() as session:
        await session.execute(update(Lease).values(holder="somebody else"))
    await wait_for_activity(context, lambda seen: seen.error)
    assert gateway.calls == 1


class Masking(One):
    """Opening the adapter fails when it is cancelled, as a roll-back that is cut off does."""

    opening = False

    async def adapter(self, account_id):
        self.opening = True
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise Unavailable("the connection is gone") from None


async def test_a_cancellation_ends_it_though_another_error_comes_of_it(bot, soon):
    accounts = Masking(Gateway())
    context = replace(bot.context, accounts=accounts)
    task = asyncio.create_task(listen.listen_all(context, [(await bot.account()).id]))

    async def opens():
        return accounts.opening

    await until(opens)
    task.cancel()
    done, _ = await asyncio.wait([task], timeout=10)
    task.cancel()
    assert done


async def test_an_adapter_without_a_gateway_is_left_alone(bot, soon):
    account_id = (await bot.account()).id
    async with asyncio.timeout(5):
        await listen.listen_all(bot.context, [account_id])
    assert await activity(bot.context) is None


async def test_a_login_that_is_refused_for_good_waits_for_a_person(supervised, bot):
    gateway = Gateway([Unauthorized("the token was revoked")] * 4)
    context = supervised(gateway)
    await wait_for_activity(context, lambda seen: seen.error == "the token was revoked")

    async def refused():
        return (await bot.account()).state == "unauthorized"

    await until(refused)
    await asyncio.sleep(0.2)
    assert gateway.calls == 4
    assert await bot.told("unauthorized") == ["square waits for you: the token was revoked"]
    await resume_all(bot.context, CONFIG_WORKSPACE, "Mara")

    async def listens():
        return gateway.calls == 5

    await until(listens)
