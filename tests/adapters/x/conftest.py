"""Adapters with settings of their own, and a whole pullquote on the loopback X."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from adapters.registry import load_platform
from adapters.x import platform
from bot.config import AccountConfig
from storage.models import Event, Post, PostPart, Reply, Revision, Spending
from tests.bot.cli.conftest import empty_folder
from tests.running import Bot, Clock, configure
from tests.servers.x.fixtures import ada, adapter, alan, asker, grace, host, need_spec, network, tweepy

__all__ = ["ada", "adapter", "alan", "asker", "empty_folder", "grace", "host", "need_spec", "network", "tweepy"]


@pytest.fixture
async def open_adapter(network, asker, host):
    """Open an adapter of `asker` with other settings."""
    opened = []

    async def open_adapter(**changes):
        settings = platform.settings.model_validate(network.settings(asker, **changes))
        adapter = platform.connect(settings, host)
        opened.append(adapter)
        return await adapter.__aenter__()

    yield open_adapter
    for each in opened:
        await each.__aexit__(None, None, None)


class XBot(Bot):
    """A pullquote whose account `x` is `asker`; X's clock goes with its own."""

    network_x = None

    async def tick(self, **later):
        self.clock.advance(**later)
        self.network_x.set_clock(self.clock())
        return await super().tick()

    async def rows_of(self):
        """Everything that the tests look at, by name."""
        tables = {"posts": Post, "parts": PostPart, "replies": Reply, "revisions": Revision, "spendings": Spending}
        return SimpleNamespace(**{name: await self.rows(table) for name, table in tables.items()})

    async def events(self):
        return [(event.kind, event.message) for event in await self.rows(Event)]


@pytest.fixture
async def open_x_bot(network, asker, database, tmp_path, plain_log):
    """Open a pullquote with questions on X; settings: keys of the account that differ."""
    opened = []

    async def open_x_bot(questions, settings=None, **changes):
        clock = Clock()
        x = load_platform("x")
        keys = x.settings.model_validate(network.settings(asker, **(settings or {})))
        account = AccountConfig("x", x, keys, collect_every=timedelta(minutes=5))
        usual = {"at": "2026-11-16T08:01", "closes_after": "2d", "accounts": ("x",)}
        told = {slug: usual | {"text": f"What did you stop doing, {slug}?"} | keys for slug, keys in questions.items()}
        config = replace(
            configure(tmp_path, database, {}, {"accounts": (), "questions": told} | changes), accounts={"x": account}
        )
        bot = XBot(tmp_path, database, clock, {}, config)
        bot.network_x = network
        opened.append(bot)
        await bot.open()
        return bot

    yield open_x_bot
    for bot in opened:
        await bot.close()
