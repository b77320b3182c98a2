"""Gateways are supervised: whatever ends one is noted, and it begins again."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from adapters.errors import Unavailable
from bot import listen
from storage.accounts import load_activity, take_lease


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
    monkeypatch.setattr(listen, "back_off", lambda failures: timedelta(seconds=0.01))


async def until(condition):
    async with asyncio.timeout(10):
        while not await condition():
            await asyncio.sleep(0.01)


async def activity(context):
    async with context.store.read() as session:
        return await load_activity(session, "listen square")
