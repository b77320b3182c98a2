"""A bot's adapter with a recording Host, on a loopback Discord whose time is the Host's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from types import SimpleNamespace

import pytest

from adapters.contract.forms import PostedQuestion
from adapters.discord import platform
from adapters.discord.gateway.listen import listen
from adapters.testing import RecordingHost
from adapters.testing.form_labels import FORM_LABELS
from bot.commands import saving
from bot.commands.install import make_member_acts, take_presses
from bot.commands.parts.acts import Face
from tests.servers.discord.fixtures import ada, alan, application, clock, discord, grace, guild, spec

__all__ = ["ada", "alan", "application", "clock", "discord", "grace", "guild", "spec"]


class SharedTime(RecordingHost):
    """A Host whose present is the server's: what passes here passes there."""

    def __init__(self, clock) -> None:
        super().__init__(clock())
        self._clock = clock

    def now(self):
        return self._clock()

    def advance(self, by: timedelta) -> None:
        self._clock.advance(seconds=by.total_seconds())


@pytest.fixture
def host(clock):
    return SharedTime(clock)


@pytest.fixture
def connect(discord, application, host):
    """An adapter with these settings; not opened."""

    def connect(**settings):
        told = {"token": application.token, "api": discord.api, "gateway": discord.gateway}
        adapter = platform.connect(platform.settings(**(told | settings)), host)
        adapter.offer_forms(host)
        return adapter

    return connect


@pytest.fixture
async def adapter(connect):
    async with connect() as adapter:
        yield adapter


@pytest.fixture
def asked(host):
    """What post 7 asks; tests may put another in its place."""
    host.questions[7] = PostedQuestion(
        post_id=7,
        question="Which habit made you better at your trade?",
        outlet="The Trade Weekly",
        options=(),
        open=True,
        hides_results=False,
        labels=FORM_LABELS,
    )
    return host.questions[7]


@asynccontextmanager
async def listening(adapter, application, **options) -> AsyncIterator["asyncio.Task[None]"]:
    """The adapter listens for as long as the block, with the buttons of members and the commands that it was offered;
    `options` as of `gateway.listen`.
    """

    async def install(client, tree):
        await install_members(client, tree, adapter._wire.host)
        if adapter._install is not None:
            await adapter._install(client, tree)

    options.setdefault("pauses", (0.05,) * 20)
    listen_now = listen(adapter._settings, adapter._wire, lambda: adapter._watched, install, **options)
    task = asyncio.create_task(listen_now)
    try:
        await first(application.ready(), task)
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task


async def install_members(client, tree, host):
    """What members press, with a Host that records it, and no pullquote behind it."""
    face = Face(SimpleNamespace(now=host.now, guilds={}), 1, make_member_acts(host))
    tree.add_command(saving.make_command(face))
    take_presses(client, face)


async def first(wanted, task):
    """Wait for `wanted`; where the task ends before, its error comes instead."""
    waiting = asyncio.ensure_future(wanted)
    await asyncio.wait([waiting, task], return_when=asyncio.FIRST_COMPLETED)
    if not waiting.done():
        waiting.cancel()
        await task
    return await waiting


async def until(holds, timeout: float = 60):
    """Wait until `holds()` is true; what it is then."""
    async with asyncio.timeout(timeout):
        while not (found := holds()):  # noqa: ASYNC110  # what is waited for happens in another process
            await asyncio.sleep(0.02)
    return found
