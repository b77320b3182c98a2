"""The server is asked by plain HTTP, and by the real discord.py."""

import asyncio
from contextlib import asynccontextmanager

import httpx
import pytest

from tests.servers.discord.fixtures import ada, alan, application, clock, discord, grace, guild, spec

__all__ = ["ada", "alan", "application", "clock", "discord", "grace", "guild", "spec"]


@pytest.fixture
async def api(discord, application):
    """The HTTP API as the bot of the test sees it."""
    headers = {"Authorization": f"Bot {application.token}"}
    given = {"headers": headers, "timeout": 60, "trust_env": False, "verify": False}  # certificates take 24 ms to read
    async with httpx.AsyncClient(base_url=f"{discord.api}/", **given) as client:
        yield client


@asynccontextmanager
async def connect(application, *, prepare=None, **intents):
    """A discord.py client of an application that is ready; `running` is its `start`. prepare: before it logs in."""
    import discord

    wanted = {"guilds": True, "guild_messages": True} | intents
    client = discord.Client(
        intents=discord.Intents(**wanted),
        max_messages=None,
        chunk_guilds_at_startup=False,
        member_cache_flags=discord.MemberCacheFlags.none(),
    )
    client.heard = []

    async def on_message(message):
        client.heard.append(message)

    client.event(on_message)
    if prepare is not None:
        prepare(client)
    client.running = running = asyncio.create_task(client.start(application.token))
    ready = asyncio.create_task(client.wait_until_ready())
    try:
        await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            await running
        yield client
    finally:
        await client.close()
        ready.cancel()
        await asyncio.gather(running, ready, return_exceptions=True)


async def until(check, seconds=30):
    """Wait until something is true of this process."""
    async with asyncio.timeout(seconds):
        while not check():  # noqa: ASYNC110 (the library says nothing when it has heard something)
            await asyncio.sleep(0.01)


@pytest.fixture
async def client(discord, application, guild):
    async with connect(application) as client:
        yield client
